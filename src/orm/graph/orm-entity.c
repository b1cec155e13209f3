/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-links-private.h"
#include "orm-entity-private.h"
#include "orm-session-private.h"

#include <string.h>

/**
 * OrmEntity:
 *
 * An object with a row. A subclass says in its `class_init` which table and
 * columns it has and both names of each relationship; this class installs the
 * properties, keeps the fields, compares, notifies and frees.
 *
 * Setters change nothing and return %FALSE if the value is refused, by the
 * column's constraints or by #OrmEntityClass.validate(); what was wrong is in
 * orm_entity_get_error().
 */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OrmEntity, orm_entity, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Far below any id that a database gives. */
static gint64 next_key = G_MININT64;

OrmEntityPrivate *
_orm_entity_get_private (OrmEntity *self)
{
  return orm_entity_get_instance_private (self);
}

gint64
_orm_entity_get_key (OrmEntity *self)
{
  return _orm_entity_get_private (self)->key;
}

/*
 * Gives the entity another key, and tells the lists that know it by its key.
 */
void
_orm_entity_set_key (OrmEntity *self, gint64 key)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmMapper *mapper = priv->mapper;
  gint64 old_key = priv->key;

  priv->key = key;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *side = mapper->references[i];
      OrmEntity *owner = _orm_entity_peek_target (self, side);
      OrmCollection *collection = NULL;

      if (owner != NULL)
        collection = _orm_entity_peek_collection (owner, side->inverse);
      if (collection != NULL)
        _orm_collection_rekey (collection, old_key, key);
    }
  _orm_collection_rekey_linked (self, old_key, key);
}

/*
 * Once the session knows it under the new key: a handler may look for it.
 */
void
_orm_entity_notify_id (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (priv->session != NULL)
    _orm_outbox_add_entity (_orm_session_get_outbox (priv->session), self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

/*
 * Lends the text of the field.
 */
OrmValue
_orm_entity_get_slot (OrmEntity *self, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  const OrmReference *reference;

  if (slot < priv->mapper->n_columns)
    return _orm_value_from_field (&priv->mapper->columns[slot], self);

  reference = &priv->references[slot - priv->mapper->n_columns];
  return reference->key != 0 ? ORM_VALUE_INTEGER (reference->key) : ORM_VALUE_NULL;
}

/*
 * Takes a value as the row has it: nothing is announced.
 */
void
_orm_entity_load_slot (OrmEntity *self, guint slot, const OrmValue *value)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (slot < priv->mapper->n_columns)
    _orm_value_to_field (value, &priv->mapper->columns[slot], self);
  else
    {
      OrmReference *reference = &priv->references[slot - priv->mapper->n_columns];

      g_clear_object (&reference->target);
      reference->key = value->is_null ? 0 : value->integer;
      reference->is_missing = FALSE;
    }
}

void
_orm_entity_notify_slot (OrmEntity *self, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmMapper *mapper = priv->mapper;
  GParamSpec *pspec = slot < mapper->n_columns
                        ? mapper->column_pspecs[slot]
                        : mapper->references[slot - mapper->n_columns]->pspec;

  if (priv->session != NULL)
    _orm_outbox_add_entity (_orm_session_get_outbox (priv->session), self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

void
_orm_entity_mark_dirty (OrmEntity *self, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (priv->session == NULL || priv->state == ORM_ENTITY_DELETED)
    return;

  priv->dirty |= ORM_SLOT_BIT (slot);
  _orm_session_add_unsaved (priv->session, self);
}

void
_orm_entity_take_error (OrmEntity *self, GError *error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  g_clear_error (&priv->error);
  priv->error = error;
}

static void
change_column (OrmEntity *self, guint slot, const OrmValue *value)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  _orm_value_to_field (value, &priv->mapper->columns[slot], self);
  _orm_entity_notify_slot (self, slot);
  if ((priv->mapper->ordering_slots & ORM_SLOT_BIT (slot)) != 0)
    _orm_collection_reorder (self, slot);
}

/*
 * Sets a column as its user does: checked, noted for rollback, announced.
 */
gboolean
_orm_entity_set_slot_value (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  g_autoptr (OrmEntity) alive = g_object_ref (self);
  OrmValue old = _orm_entity_get_slot (self, slot);
  OrmSession *session = priv->session;

  if (_orm_value_equal (&old, value))
    return TRUE;

  if (!_orm_entity_check_column (self, slot, value, error))
    return FALSE;

  if (session == NULL)
    {
      change_column (self, slot, value);
      return TRUE;
    }

  _orm_session_enter (session);
  _orm_journal_add_column (_orm_session_get_journal (session), self, slot, &old,
                           ORM_JOURNAL_BY_PROGRAM);
  _orm_session_record_update (session, self, slot, &old);
  _orm_entity_mark_dirty (self, slot);
  change_column (self, slot, value);
  _orm_session_leave (session);
  return TRUE;
}

/*
 * Sets a column back: announced, but neither checked nor noted.
 */
void
_orm_entity_restore_column (OrmEntity *self, guint slot, const OrmValue *value)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmValue old = _orm_entity_get_slot (self, slot);

  if (_orm_value_equal (&old, value))
    return;

  if (priv->session != NULL)
    _orm_session_record_update (priv->session, self, slot, &old);
  change_column (self, slot, value);
}

/*
 * Gives a column that is about to be inserted without a value what the table
 * would give it, so that nobody has to read it back.
 */
void
_orm_entity_apply_fallback (OrmEntity *self, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  const OrmColumn *column = &priv->mapper->columns[slot];
  OrmValue old = _orm_entity_get_slot (self, slot);
  g_auto (OrmValue) value = ORM_VALUE_NULL;

  if (!old.is_null || column->fallback == NULL)
    return;

  value = _orm_value_fallback (column);
  _orm_journal_add_column (_orm_session_get_journal (priv->session), self, slot, &old,
                           ORM_JOURNAL_BY_LIBRARY);
  _orm_session_record_update (priv->session, self, slot, &old);
  change_column (self, slot, &value);
}

/*
 * The target if it is in memory; nothing is loaded.
 */
OrmEntity *
_orm_entity_peek_target (OrmEntity *self, OrmSide *side)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmReference *reference = &priv->references[side->number];

  if (reference->target != NULL || reference->key == 0 || priv->session == NULL)
    return reference->target;

  return _orm_session_peek (priv->session, side->target, reference->key);
}

OrmCollection *
_orm_entity_peek_collection (OrmEntity *self, OrmSide *side)
{
  return _orm_entity_get_private (self)->collections[side->number];
}

/*
 * While only its owner holds a collection, it does not hold its owner; while
 * somebody else does, a view for one, it keeps its owner alive.
 */
static void
on_collection_toggled (gpointer owner, GObject *collection, gboolean is_last)
{
  if (is_last)
    g_object_unref (owner);
  else
    g_object_ref (owner);
}

OrmCollection *
_orm_entity_ensure_collection (OrmEntity *self, OrmSide *side)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmCollection *collection = priv->collections[side->number];

  if (collection != NULL)
    return collection;

  collection = _orm_collection_new (self, side);
  priv->collections[side->number] = collection;
  if (_orm_side_has_links (side) && priv->session != NULL)
    _orm_session_note_linkable (priv->session, self);

  g_object_ref (self);
  g_object_add_toggle_ref (G_OBJECT (collection), on_collection_toggled, self);
  g_object_unref (collection);
  return collection;
}

void
_orm_entity_drop_references (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    g_clear_object (&priv->references[i].target);
}

/*
 * The lists tell that they are empty: soon there is nobody left to ask for
 * their members. Those that leave together empty their lists before any of them
 * leaves.
 */
void
_orm_entity_empty_lists (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    if (priv->collections[i] != NULL)
      _orm_collection_detach (priv->collections[i]);
}

/*
 * The session is closed: what was read stays readable, nothing more comes.
 */
void
_orm_entity_detach (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  priv->session = NULL;
  priv->state = ORM_ENTITY_DETACHED;
  priv->dirty = 0;
  priv->is_unsaved = FALSE;

  _orm_entity_empty_lists (self);

  /* Two of one class may point at each other and would never be freed. */
  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->mapper->references[i]->target == priv->mapper)
      g_clear_object (&priv->references[i].target);
}

static void
get_mapped_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OrmEntity *self = ORM_ENTITY (object);
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;
  OrmSide *side;

  if (prop_id <= mapper->n_columns)
    {
      OrmValue current = _orm_entity_get_slot (self, prop_id - 1);

      _orm_value_to_gvalue (&current, &mapper->columns[prop_id - 1], value);
      return;
    }

  side = &mapper->sides[prop_id - 1 - mapper->n_columns];
  if (side->spec->kind == ORM_RELATIONSHIP_TO_ONE)
    g_value_set_object (value, orm_entity_get_reference (self, side->spec->name));
  else
    g_value_set_object (value, _orm_entity_ensure_collection (self, side));
}

static void
set_mapped_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  g_autoptr (GError) error = NULL;

  if (!orm_entity_set (ORM_ENTITY (object), pspec->name, value, &error))
    _orm_entity_take_error (ORM_ENTITY (object), g_steal_pointer (&error));
}

static void
orm_entity_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ID)
    g_value_set_int64 (value, orm_entity_get_id (ORM_ENTITY (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
orm_entity_dispose (GObject *object)
{
  OrmEntity *self = ORM_ENTITY (object);
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (priv->session != NULL)
    _orm_session_forget (priv->session, self);
  priv->session = NULL;

  for (guint i = 0; priv->collections != NULL && i < priv->mapper->n_collections; i++)
    if (priv->collections[i] != NULL)
      {
        OrmCollection *collection = g_steal_pointer (&priv->collections[i]);

        _orm_collection_forget_owner (collection);
        g_object_remove_toggle_ref (G_OBJECT (collection), on_collection_toggled, self);
      }

  _orm_entity_drop_references (self);

  G_OBJECT_CLASS (orm_entity_parent_class)->dispose (object);
}

static void
orm_entity_finalize (GObject *object)
{
  OrmEntity *self = ORM_ENTITY (object);
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  for (guint i = 0; i < priv->mapper->n_columns; i++)
    _orm_value_free_field (&priv->mapper->columns[i], self);

  g_free (priv->references);
  g_free (priv->collections);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (orm_entity_parent_class)->finalize (object);
}

static void
orm_entity_constructed (GObject *object)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (ORM_ENTITY (object));

  /* Not in init: there the instance still has its parent's class. */
  priv->mapper = ORM_ENTITY_GET_CLASS (object)->mapper;
  g_assert (priv->mapper != NULL);
  _orm_mapper_ensure_resolved (priv->mapper);
  priv->references = g_new0 (OrmReference, priv->mapper->n_references);
  priv->collections = g_new0 (OrmCollection *, priv->mapper->n_collections);

  G_OBJECT_CLASS (orm_entity_parent_class)->constructed (object);
}

static void
orm_entity_class_init (OrmEntityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = orm_entity_constructed;
  object_class->dispose = orm_entity_dispose;
  object_class->finalize = orm_entity_finalize;
  object_class->get_property = orm_entity_get_property;

  /**
   * OrmEntity:id:
   *
   * The row's id, or 0 as long as there is no row.
   */
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0,
                                            (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
orm_entity_init (OrmEntity *self)
{
  _orm_entity_get_private (self)->key = next_key++;
}

static GParamSpec *
column_pspec (const OrmColumn *column)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return g_param_spec_int64 (column->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case ORM_COLUMN_TYPE_BOOLEAN:
      return g_param_spec_boolean (column->name, NULL, NULL, FALSE, flags);
    case ORM_COLUMN_TYPE_ENUM:
      {
        GEnumClass *klass = g_type_class_peek_static (column->enum_type ());

        return g_param_spec_enum (column->name, NULL, NULL, column->enum_type (),
                                  klass->values[0].value, flags);
      }
    case ORM_COLUMN_TYPE_TEXT:
      return g_param_spec_string (column->name, NULL, NULL, NULL, flags);
    case ORM_COLUMN_TYPE_DATE:
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return g_param_spec_boxed (column->name, NULL, NULL, _orm_column_gtype (column), flags);
    default:
      g_assert_not_reached ();
    }
}

/**
 * orm_entity_class_map:
 * @klass: the class that is being initialised
 * @table: (transfer none): its table; has to stay
 * @columns: (array length=n_columns) (transfer none): its columns; have to stay
 * @n_columns: how many
 *
 * Says which table and columns a class has and installs a property for each
 * column. Call it once, in `class_init`. The class is final and has no other
 * properties than what is mapped.
 */
void
orm_entity_class_map (OrmEntityClass *klass,
                      const char *table,
                      const OrmColumn *columns,
                      guint n_columns)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_return_if_fail (ORM_IS_ENTITY_CLASS (klass));
  g_return_if_fail (table != NULL && columns != NULL);

  klass->mapper = _orm_mapper_new (G_TYPE_FROM_CLASS (klass), table, columns, n_columns);
  object_class->get_property = get_mapped_property;
  object_class->set_property = set_mapped_property;

  for (guint i = 0; i < n_columns; i++)
    {
      GParamSpec *pspec = column_pspec (&columns[i]);

      klass->mapper->column_pspecs[i] = pspec;
      g_object_class_install_property (object_class, i + 1, pspec);
    }
}

/**
 * orm_entity_class_map_relationships:
 * @klass: the class that is being initialised
 * @relationships: (array length=n_relationships) (transfer none): its side of
 *   each relationship; have to stay
 * @n_relationships: how many
 *
 * Says which relationships a class has and installs a property for each: an
 * entity for a to-one, a read-only #GListModel for the others. Call it once,
 * after orm_entity_class_map().
 */
void
orm_entity_class_map_relationships (OrmEntityClass *klass,
                                    const OrmRelationship *relationships,
                                    guint n_relationships)
{
  OrmMapper *mapper;

  g_return_if_fail (ORM_IS_ENTITY_CLASS (klass));
  g_return_if_fail (klass->mapper != NULL);

  mapper = klass->mapper;
  _orm_mapper_add_sides (mapper, relationships, n_relationships);

  for (guint i = 0; i < n_relationships; i++)
    {
      const OrmRelationship *spec = &relationships[i];
      GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
      GParamSpec *pspec;

      if (spec->kind == ORM_RELATIONSHIP_TO_ONE)
        pspec =
          g_param_spec_object (spec->name, NULL, NULL, spec->target (), flags | G_PARAM_READWRITE);
      else
        pspec =
          g_param_spec_object (spec->name, NULL, NULL, G_TYPE_LIST_MODEL, flags | G_PARAM_READABLE);

      mapper->sides[i].pspec = pspec;
      g_object_class_install_property (G_OBJECT_CLASS (klass), mapper->n_columns + i + 1, pspec);
    }
}
