/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-entity-private.h"
#include "orm-linked-private.h"
#include "orm-session-private.h"
#include "orm-unit-of-work-private.h"

#include <string.h>

/**
 * OrmEntity:
 *
 * The base class of objects that are stored as rows. A subclass declares its
 * table, columns and relationships in `class_init`; this class installs the
 * properties, sets, compares and frees the fields, and notifies.
 *
 * If a value is refused, by the constraints of the column or by
 * #OrmEntityClass.validate(), a setter changes nothing and returns %FALSE;
 * orm_entity_get_error() returns the reason.
 */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OrmEntity, orm_entity, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The next key of an entity without a row. */
static gint64 next_key = G_MININT64;

gint _orm_entity_private_offset;

/*
 * Changes the key of the entity, also in the lists that have it.
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
  _orm_linked_rekey (self, old_key, key);
}

/*
 * Notifies of a new id; called after the session knows the new key, because a
 * handler may look the entity up.
 */
void
_orm_entity_notify_id (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (priv->session != NULL)
    _orm_outbox_add_entity (_orm_session_get_outbox (priv->session), self);

  if (priv->is_held)
    priv->has_held_id = TRUE;
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

/*
 * The value borrows the text of the field.
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
 * Sets a slot to the value of the row, without notification.
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

static void
notify_slot (OrmEntity *self, guint slot)
{
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;
  GParamSpec *pspec = slot < mapper->n_columns
                        ? mapper->column_pspecs[slot]
                        : mapper->references[slot - mapper->n_columns]->pspec;

  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

void
_orm_entity_notify_slot (OrmEntity *self, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  if (priv->session != NULL)
    _orm_outbox_add_entity (_orm_session_get_outbox (priv->session), self);

  if (priv->is_held)
    priv->held_slots |= ORM_SLOT_BIT (slot);
  else
    notify_slot (self, slot);
}

/*
 * Emits the notifications that were held back: of the id, then of the slots from
 * the last to the first. Freezing the object instead would cost as much as
 * setting its columns, even if no handler is connected.
 */
void
_orm_entity_notify_held (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  guint64 slots = priv->held_slots;
  gboolean has_id = priv->has_held_id;

  priv->is_held = FALSE;
  priv->held_slots = 0;
  priv->has_held_id = FALSE;

  if (has_id)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  for (guint i = priv->mapper->n_slots; i > 0; i--)
    if ((slots & ORM_SLOT_BIT (i - 1)) != 0)
      notify_slot (self, i - 1);
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

/*
 * Validation of values and entities.
 */

static gboolean
refuse (OrmEntity *self, guint slot, GError **error, const char *what)
{
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION, "%s.%s: %s", mapper->table,
               mapper->slot_names[slot], what);
  return FALSE;
}

static gboolean
check_text (OrmEntity *self, guint slot, const char *text, GError **error)
{
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;
  const OrmColumn *column = &mapper->columns[slot];

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (self, slot, error, "the text is not valid UTF-8");

  /* Counting characters is needed only if there are more bytes than that. */
  if (column->max_length > 0 && strlen (text) > column->max_length &&
      g_utf8_strlen (text, -1) > column->max_length)
    {
      g_autofree char *what =
        g_strdup_printf ("the text is longer than %u characters", column->max_length);

      return refuse (self, slot, error, what);
    }

  if (mapper->patterns[slot] != NULL && !g_regex_match (mapper->patterns[slot], text, 0, NULL))
    return refuse (self, slot, error, "the text does not have the required form");

  return TRUE;
}

static gboolean
check_column (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];

  if (value->is_null)
    return TRUE;

  if (value->is_text)
    return check_text (self, slot, value->text, error);

  if (column->minimum != column->maximum &&
      (value->integer < column->minimum || value->integer > column->maximum))
    {
      g_autofree char *what = g_strdup_printf (
        "%" G_GINT64_FORMAT " is not between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT,
        value->integer, column->minimum, column->maximum);

      return refuse (self, slot, error, what);
    }

  if (column->type == ORM_COLUMN_TYPE_ENUM)
    {
      GEnumClass *klass = g_type_class_peek_static (column->enum_type ());

      if (g_enum_get_value (klass, (gint) value->integer) == NULL)
        return refuse (self, slot, error, "the value is not in the enumeration");
    }

  return TRUE;
}

gboolean
_orm_entity_check_vetoes (OrmEntity *self, const char *name, const GValue *value, GError **error)
{
  OrmEntityClass *klass = ORM_ENTITY_GET_CLASS (self);
  g_autoptr (GError) reason = NULL;

  if (klass->validate == NULL || klass->validate (self, name, value, &reason))
    return TRUE;

  if (reason == NULL)
    reason = g_error_new (ORM_ERROR, ORM_ERROR_VALIDATION, "%s refuses %s",
                          G_OBJECT_TYPE_NAME (self), name != NULL ? name : "to be saved");
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
check_column_vetoes (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];
  g_auto (GValue) gvalue = G_VALUE_INIT;

  if (ORM_ENTITY_GET_CLASS (self)->validate == NULL)
    return TRUE;

  g_value_init (&gvalue, _orm_column_gtype (column));
  _orm_value_to_gvalue (value, column, &gvalue);
  return _orm_entity_check_vetoes (self, column->name, &gvalue, error);
}

/*
 * Checks a value. The class is asked first, because its messages are meant for
 * the user.
 */
static gboolean
check_new_value (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];

  /* An invalid date cannot be passed to the class. */
  if (column->type == ORM_COLUMN_TYPE_DATE && !value->is_null && !_orm_value_is_day (value))
    return refuse (self, slot, error, "the date is not a day of the years 1 to 9999");

  return check_column_vetoes (self, slot, value, error) && check_column (self, slot, value, error);
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
 * Sets a column as a change by the program: checks it, notes it for a rollback,
 * and notifies.
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

  if (session == NULL)
    {
      if (!check_new_value (self, slot, value, error))
        return FALSE;

      change_column (self, slot, value);
      return TRUE;
    }

  _orm_session_enter (session);
  if (!check_new_value (self, slot, value, error))
    {
      _orm_session_leave (session);
      return FALSE;
    }

  _orm_journal_add_column (_orm_session_get_journal (session), self, slot, &old,
                           ORM_JOURNAL_BY_PROGRAM);
  _orm_session_record_update (session, self, slot, &old);
  _orm_entity_mark_dirty (self, slot);
  change_column (self, slot, value);
  _orm_session_leave (session);
  return TRUE;
}

/*
 * Restores a column and notifies, without checking or noting it.
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
 * Sets a column without a value to its fallback before the row is inserted, so
 * that the default of the table need not be read back.
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
 * The target if it is in memory; does not load it.
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
 * A collection that is also referenced elsewhere, for instance by a view, keeps
 * its owner alive; one that only its owner references does not.
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
    _orm_identity_map_add_linkable (_orm_session_get_map (priv->session), self);

  g_object_ref (self);
  g_object_add_toggle_ref (G_OBJECT (collection), on_collection_toggled, self);
  g_object_unref (collection);
  return collection;
}

static void
drop_references (OrmEntity *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    g_clear_object (&priv->references[i].target);
}

/*
 * Empties the lists of an entity that is about to leave the session, because
 * their members cannot be looked up then. If several entities leave together,
 * all lists are emptied before the first one leaves.
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
 * Called when the session is closed: what was read stays readable, nothing more
 * can be loaded.
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

  /* Two entities of one class may refer to each other: break the reference
   * cycle. */
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

  drop_references (self);

  G_OBJECT_CLASS (orm_entity_parent_class)->dispose (object);
}

static void
orm_entity_finalize (GObject *object)
{
  OrmEntity *self = ORM_ENTITY (object);
  OrmEntityPrivate *priv = _orm_entity_get_private (self);

  for (guint i = 0; i < priv->mapper->n_columns; i++)
    _orm_value_free_field (&priv->mapper->columns[i], self);

  _orm_entity_clear_unlisted (self);
  g_free (priv->references);
  g_free (priv->collections);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (orm_entity_parent_class)->finalize (object);
}

static void
orm_entity_constructed (GObject *object)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (ORM_ENTITY (object));

  /* Not in init(): there the instance still has the class of its parent. */
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

  _orm_entity_private_offset = g_type_class_get_instance_private_offset (klass);
  object_class->constructed = orm_entity_constructed;
  object_class->dispose = orm_entity_dispose;
  object_class->finalize = orm_entity_finalize;
  object_class->get_property = orm_entity_get_property;

  /**
   * OrmEntity:id:
   *
   * The id of the row, or 0 while the entity has no row.
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
 * @table: (transfer none): the name of its table, static
 * @columns: (array length=n_columns) (transfer none): its columns, static
 * @n_columns: the number of columns
 *
 * Declares the table and the columns of a class and installs a property for
 * each column. Call it once, in `class_init`. The class has to be final and
 * cannot have other properties.
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
 *   each relationship, static
 * @n_relationships: the number of relationships
 *
 * Declares the relationships of a class and installs a property for each: an
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

/*
 * Public getters and setters.
 */

/**
 * orm_entity_get_state:
 * @self: an entity
 *
 * Returns: the state of the entity
 */
OrmEntityState
orm_entity_get_state (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), ORM_ENTITY_TRANSIENT);

  return _orm_entity_get_private (self)->state;
}

/**
 * orm_entity_get_id:
 * @self: an entity
 *
 * Returns: the id of the row, or 0 while the entity has no row
 */
gint64
orm_entity_get_id (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), 0);

  priv = _orm_entity_get_private (self);
  return priv->key > 0 ? priv->key : priv->wanted_id;
}

/**
 * orm_entity_set_id:
 * @self: an entity that has no row yet
 * @id: the id for its row, above 0
 *
 * Chooses the id of a new row, for an id that comes from outside the database.
 */
void
orm_entity_set_id (OrmEntity *self, gint64 id)
{
  OrmEntityPrivate *priv;

  g_return_if_fail (ORM_IS_ENTITY (self));
  g_return_if_fail (id > 0);

  priv = _orm_entity_get_private (self);
  g_return_if_fail (priv->key < 0);

  priv->wanted_id = id;
}

/**
 * orm_entity_get_session:
 * @self: an entity
 *
 * Returns: (transfer none) (nullable): the session it is in
 */
OrmSession *
orm_entity_get_session (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  return _orm_entity_get_private (self)->session;
}

/**
 * orm_entity_is_dirty:
 * @self: an entity
 *
 * Returns: whether the entity has unsaved changes that the next flush writes
 */
gboolean
orm_entity_is_dirty (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  priv = _orm_entity_get_private (self);
  return priv->dirty != 0 || priv->state == ORM_ENTITY_PENDING;
}

/**
 * orm_entity_get_error:
 * @self: an entity
 *
 * Gets the reason why a setter returned %FALSE, why a list did not accept or
 * release the entity, or why a to-one that was read through its property was
 * %NULL. A later success does not clear the error, so call this only after a
 * refusal.
 *
 * Returns: (transfer none) (nullable): the error of the last refusal
 */
const GError *
orm_entity_get_error (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  return _orm_entity_get_private (self)->error;
}

/**
 * orm_entity_set:
 * @self: an entity
 * @property: the name of a column or a to-one
 * @value: its new value
 * @error: return location for an #OrmError or the class's own error
 *
 * Sets a property and reports why it is refused, for instance in a form.
 *
 * Returns: %TRUE if the property has the value now, also if it had it before;
 *   %FALSE with @error set if the value was refused
 */
gboolean
orm_entity_set (OrmEntity *self, const char *property, const GValue *value, GError **error)
{
  OrmMapper *mapper;
  OrmSide *side;
  OrmValue new_value;
  gint column;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (property != NULL && G_IS_VALUE (value), FALSE);

  mapper = _orm_entity_get_private (self)->mapper;
  column = _orm_mapper_find_column (mapper, property);

  if (column < 0)
    {
      side = _orm_mapper_find_side (mapper, property);
      g_return_val_if_fail (side != NULL && side->spec->kind == ORM_RELATIONSHIP_TO_ONE, FALSE);
      return _orm_entity_move (self, side, g_value_get_object (value), ORM_POSITION_LAST,
                               ORM_MOVE_NONE, error);
    }

  new_value = _orm_value_from_gvalue (&mapper->columns[column], value);
  if (!new_value.is_text && !new_value.is_null)
    return _orm_entity_set_slot_value (self, (guint) column, &new_value, error);

  /* The new text may be the text of the field itself. */
  {
    g_auto (OrmValue) copy = _orm_value_copy (&new_value);

    return _orm_entity_set_slot_value (self, (guint) column, &copy, error);
  }
}

static gboolean
set_checked (OrmEntity *self, guint column, OrmColumnType type, const OrmValue *value)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  GError *error = NULL;

  g_return_val_if_fail (column < priv->mapper->n_columns, FALSE);
  g_return_val_if_fail (priv->mapper->columns[column].type == type, FALSE);

  if (_orm_entity_set_slot_value (self, column, value, &error))
    return TRUE;

  _orm_entity_take_error (self, error);
  return FALSE;
}

/**
 * orm_entity_set_int64:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_int64 (OrmEntity *self, guint column, gint64 value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_INT64, &new_value);
}

/**
 * orm_entity_set_boolean:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_boolean (OrmEntity *self, guint column, gboolean value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (!!value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_BOOLEAN, &new_value);
}

/**
 * orm_entity_set_enum:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_enum (OrmEntity *self, guint column, gint value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_ENUM, &new_value);
}

/**
 * orm_entity_set_text:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_text (OrmEntity *self, guint column, const char *value)
{
  g_auto (OrmValue) new_value = _orm_value_text (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_TEXT, &new_value);
}

/**
 * orm_entity_set_date:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value, a day of the years 1 to 9999
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_date (OrmEntity *self, guint column, const GDate *value)
{
  OrmValue new_value = _orm_value_from_any_date (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_DATE, &new_value);
}

/**
 * orm_entity_set_timestamp:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value, truncated to seconds
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_timestamp (OrmEntity *self, guint column, GDateTime *value)
{
  OrmValue new_value = ORM_VALUE_NULL;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  if (value != NULL)
    new_value = ORM_VALUE_INTEGER (g_date_time_to_unix (value));

  return set_checked (self, column, ORM_COLUMN_TYPE_TIMESTAMP, &new_value);
}

static OrmSide *
get_side (OrmEntity *self, const char *name, gboolean is_to_one)
{
  OrmSide *side = _orm_mapper_find_side (_orm_entity_get_private (self)->mapper, name);

  g_return_val_if_fail (side != NULL, NULL);
  g_return_val_if_fail ((side->spec->kind == ORM_RELATIONSHIP_TO_ONE) == is_to_one, NULL);

  return side;
}

/**
 * orm_entity_set_reference:
 * @self: an entity
 * @relationship: a to-one
 * @target: (type OrmEntity) (nullable): its new target
 *
 * Sets a to-one to another entity, and updates the collections of the old and
 * the new target: first the old one emits the removal, then @self notifies,
 * then the new one emits the addition at its end.
 *
 * Returns: %FALSE if the target was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_reference (OrmEntity *self, const char *relationship, gpointer target)
{
  OrmSide *side;
  GError *error = NULL;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (target == NULL || ORM_IS_ENTITY (target), FALSE);

  side = get_side (self, relationship, TRUE);
  if (side == NULL)
    return FALSE;

  if (_orm_entity_move (self, side, target, ORM_POSITION_LAST, ORM_MOVE_NONE, &error))
    return TRUE;

  _orm_entity_take_error (self, error);
  return FALSE;
}

/**
 * orm_entity_load_reference:
 * @self: an entity
 * @relationship: a to-one
 * @error: return location for an #OrmError
 *
 * Reads a to-one, from the database if its target is not in memory.
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the target; %NULL
 *   without @error set if it has no target
 */
gpointer
orm_entity_load_reference (OrmEntity *self, const char *relationship, GError **error)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  side = get_side (self, relationship, TRUE);
  return side != NULL ? _orm_entity_get_announced_target (self, side, error) : NULL;
}

/**
 * orm_entity_get_reference:
 * @self: an entity
 * @relationship: a to-one
 *
 * Reads a to-one as its property does. If it cannot be loaded, this emits
 * #OrmSession::load-failed and sets orm_entity_get_error().
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the target
 */
gpointer
orm_entity_get_reference (OrmEntity *self, const char *relationship)
{
  GError *error = NULL;
  gpointer target = orm_entity_load_reference (self, relationship, &error);

  if (error == NULL)
    return target;

  if (orm_entity_get_session (self) != NULL)
    _orm_session_report_failed_load (orm_entity_get_session (self), error);
  _orm_entity_take_error (self, error);
  return NULL;
}

/**
 * orm_entity_has_reference:
 * @self: an entity
 * @relationship: a to-one
 *
 * Returns: whether the to-one has a target; nothing is loaded
 */
gboolean
orm_entity_has_reference (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  side = get_side (self, relationship, TRUE);
  return side != NULL && _orm_entity_get_announced_key (self, side) != 0;
}

/**
 * orm_entity_get_reference_id:
 * @self: an entity
 * @relationship: a to-one
 *
 * Returns: the id of the target, or 0 if there is no target or it has no row
 *   yet; nothing is loaded
 */
gint64
orm_entity_get_reference_id (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), 0);

  side = get_side (self, relationship, TRUE);
  if (side == NULL)
    return 0;

  return MAX (_orm_entity_get_announced_key (self, side), 0);
}

/**
 * orm_entity_get_collection:
 * @self: an entity
 * @relationship: a to-many or a many-to-many
 *
 * Returns: (type OrmCollection) (transfer none): the members; always the same
 *   object, which is loaded when it is first accessed
 */
gpointer
orm_entity_get_collection (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  side = get_side (self, relationship, FALSE);
  return side != NULL ? _orm_entity_ensure_collection (self, side) : NULL;
}

/**
 * orm_entity_validate:
 * @self: an entity
 * @error: return location for an #OrmError or the class's own error
 *
 * Checks whether the entity as a whole may be saved, as a flush does.
 *
 * Returns: %TRUE if it may be saved, %FALSE with @error set otherwise
 */
gboolean
orm_entity_validate (OrmEntity *self, GError **error)
{
  OrmMapper *mapper;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  if (!_orm_entity_check_vetoes (self, NULL, NULL, error))
    return FALSE;

  mapper = _orm_entity_get_private (self)->mapper;
  for (guint i = 0; i < mapper->n_columns; i++)
    {
      OrmValue value = _orm_entity_get_slot (self, i);

      if (!check_column (self, i, &value, error))
        return FALSE;
    }

  return TRUE;
}
