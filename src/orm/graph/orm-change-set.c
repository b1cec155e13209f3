/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-change-set-private.h"
#include "orm-session-private.h"

/**
 * OrmChangeSet:
 *
 * The changes that one mutation or group of mutations made to a session's
 * entities. Each changed entity occurs once, with its old values; without any
 * if only one of its many-to-many relationships has changed. An entity that was
 * inserted and deleted within the set is left out.
 */

struct _OrmChangeSet
{
  GObject parent_instance;

  GPtrArray *changes;    /* of OrmChange, in order */
  guint n_dropped;       /* the number of dropped changes in @changes */
  GHashTable *by_entity; /* entity → OrmChange */
};

G_DEFINE_FINAL_TYPE (OrmChangeSet, orm_change_set, G_TYPE_OBJECT)

static void
change_free (OrmChange *change)
{
  OrmMapper *mapper = _orm_entity_get_private (change->entity)->mapper;

  for (guint i = 0; change->old != NULL && i < mapper->n_slots; i++)
    if ((change->slots & ORM_SLOT_BIT (i)) != 0)
      _orm_value_clear (&change->old[i]);

  for (guint i = 0; change->targets != NULL && i < mapper->n_references; i++)
    g_clear_object (&change->targets[i]);

  g_free (change->targets);
  g_free (change->old);
  g_object_unref (change->entity);
  g_free (change);
}

static OrmChange *
add (OrmChangeSet *self, OrmEntity *entity, OrmChangeKind kind)
{
  OrmChange *change = g_new0 (OrmChange, 1);

  change->entity = g_object_ref (entity);
  change->session = orm_entity_get_session (entity);
  change->kind = kind;
  change->key = _orm_entity_get_key (entity);
  g_ptr_array_add (self->changes, change);
  g_hash_table_insert (self->by_entity, entity, change);
  return change;
}

/*
 * Keeps the old target itself and not only its key: if it loses its row before
 * the old value is read, its key changes.
 */
static void
keep_target (OrmChange *change, OrmSide *side, gint64 key)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (change->entity);
  OrmReference *reference = &priv->references[side->number];
  OrmEntity *target = reference->key == key ? reference->target : NULL;

  if (target == NULL && change->session != NULL)
    target = _orm_session_peek (change->session, side->target, key);
  if (target == NULL)
    return;

  if (change->targets == NULL)
    change->targets = g_new0 (OrmEntity *, priv->mapper->n_references);
  g_set_object (&change->targets[side->number], target);
}

static void
keep_old (OrmChange *change, guint slot, const OrmValue *old)
{
  OrmMapper *mapper = _orm_entity_get_private (change->entity)->mapper;

  if ((change->slots & ORM_SLOT_BIT (slot)) != 0)
    return;

  if (change->old == NULL)
    change->old = g_new0 (OrmValue, mapper->n_slots);
  change->old[slot] = _orm_value_copy (old);
  change->slots |= ORM_SLOT_BIT (slot);

  if (slot >= mapper->n_columns && !old->is_null)
    keep_target (change, mapper->references[slot - mapper->n_columns], old->integer);
}

static void
keep_all (OrmChange *change)
{
  guint n_slots = _orm_entity_get_private (change->entity)->mapper->n_slots;

  for (guint i = 0; i < n_slots; i++)
    {
      OrmValue now = _orm_entity_get_slot (change->entity, i);

      keep_old (change, i, &now);
    }
}

static void
drop (OrmChangeSet *self, OrmChange *change)
{
  g_hash_table_remove (self->by_entity, change->entity);
  change->is_dropped = TRUE;
  self->n_dropped++;
}

static gboolean
is_kept (gpointer change, gpointer data)
{
  return !((OrmChange *) change)->is_dropped;
}

/*
 * Removes all dropped changes in one pass; called before the set is read.
 */
static void
remove_dropped (OrmChangeSet *self)
{
  if (self->n_dropped > 0)
    _orm_array_keep (self->changes, is_kept, NULL);

  self->n_dropped = 0;
}

static void
orm_change_set_finalize (GObject *object)
{
  OrmChangeSet *self = ORM_CHANGE_SET (object);

  g_hash_table_unref (self->by_entity);
  g_ptr_array_unref (self->changes);

  G_OBJECT_CLASS (orm_change_set_parent_class)->finalize (object);
}

static void
orm_change_set_class_init (OrmChangeSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = orm_change_set_finalize;
}

static void
orm_change_set_init (OrmChangeSet *self)
{
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->by_entity = g_hash_table_new (NULL, NULL);
}

OrmChangeSet *
_orm_change_set_new (void)
{
  return g_object_new (ORM_TYPE_CHANGE_SET, NULL);
}

void
_orm_change_set_add_update (OrmChangeSet *self, OrmEntity *entity, guint slot, const OrmValue *old)
{
  OrmChange *change = g_hash_table_lookup (self->by_entity, entity);

  if (change == NULL)
    change = add (self, entity, ORM_CHANGE_UPDATED);

  /* An entity that was inserted within the set has no old values. */
  change->updates |= ORM_SLOT_BIT (slot);
  if (change->kind != ORM_CHANGE_INSERTED)
    keep_old (change, slot, old);
}

/*
 * Adds an entity whose links changed, but no slot.
 */
void
_orm_change_set_add_linked (OrmChangeSet *self, OrmEntity *entity)
{
  if (!g_hash_table_contains (self->by_entity, entity))
    add (self, entity, ORM_CHANGE_UPDATED);
}

/*
 * Adds an entity that is to be treated as changed in any way.
 */
void
_orm_change_set_add_moved (OrmChangeSet *self, OrmEntity *entity)
{
  OrmChange *change = add (self, entity, ORM_CHANGE_UPDATED);

  keep_all (change);
  change->is_uncertain = TRUE;
}

void
_orm_change_set_add_inserted (OrmChangeSet *self, OrmEntity *entity)
{
  OrmChange *change = g_hash_table_lookup (self->by_entity, entity);

  if (change == NULL)
    add (self, entity, ORM_CHANGE_INSERTED);
  else if (change->kind == ORM_CHANGE_DELETED)
    change->kind = ORM_CHANGE_UPDATED;
}

void
_orm_change_set_add_deleted (OrmChangeSet *self, OrmEntity *entity)
{
  OrmChange *change = g_hash_table_lookup (self->by_entity, entity);

  if (change != NULL && change->kind == ORM_CHANGE_INSERTED)
    {
      drop (self, change);
      return;
    }

  if (change == NULL)
    change = add (self, entity, ORM_CHANGE_DELETED);
  change->kind = ORM_CHANGE_DELETED;
  keep_all (change);
}

const OrmChange *
_orm_change_set_get (OrmChangeSet *self, guint index)
{
  remove_dropped (self);
  return g_ptr_array_index (self->changes, index);
}

/*
 * The old target of a reference, if it was in memory.
 */
OrmEntity *
_orm_change_get_old_target (const OrmChange *change, OrmSide *side)
{
  guint64 bit = ORM_SLOT_BIT (_orm_side_get_slot (side));

  if ((change->slots & bit) != 0)
    return change->targets != NULL ? change->targets[side->number] : NULL;

  return _orm_entity_get_private (change->entity)->references[side->number].target;
}

/*
 * The value borrows its text. For a reference it is the current key of the old
 * target.
 */
OrmValue
_orm_change_get_old_slot (const OrmChange *change, guint slot)
{
  OrmMapper *mapper = _orm_entity_get_private (change->entity)->mapper;
  OrmEntity *target = NULL;

  if ((change->slots & ORM_SLOT_BIT (slot)) == 0)
    return _orm_entity_get_slot (change->entity, slot);

  if (slot >= mapper->n_columns)
    target = _orm_change_get_old_target (change, mapper->references[slot - mapper->n_columns]);

  return target != NULL ? ORM_VALUE_INTEGER (_orm_entity_get_key (target)) : change->old[slot];
}

/**
 * orm_change_set_get_n_changes:
 * @self: a change set
 *
 * Returns: the number of entities that changed
 */
guint
orm_change_set_get_n_changes (OrmChangeSet *self)
{
  g_return_val_if_fail (ORM_IS_CHANGE_SET (self), 0);

  remove_dropped (self);
  return self->changes->len;
}

/**
 * orm_change_set_get_entity:
 * @self: a change set
 * @index: below orm_change_set_get_n_changes()
 *
 * Returns: (transfer none): the entity that changed
 */
OrmEntity *
orm_change_set_get_entity (OrmChangeSet *self, guint index)
{
  g_return_val_if_fail (ORM_IS_CHANGE_SET (self), NULL);
  g_return_val_if_fail (index < orm_change_set_get_n_changes (self), NULL);

  return _orm_change_set_get (self, index)->entity;
}

/**
 * orm_change_set_get_kind:
 * @self: a change set
 * @index: below orm_change_set_get_n_changes()
 *
 * Returns: what happened to it
 */
OrmChangeKind
orm_change_set_get_kind (OrmChangeSet *self, guint index)
{
  g_return_val_if_fail (ORM_IS_CHANGE_SET (self), ORM_CHANGE_UPDATED);
  g_return_val_if_fail (index < orm_change_set_get_n_changes (self), ORM_CHANGE_UPDATED);

  return _orm_change_set_get (self, index)->kind;
}

static gint
find_slot (OrmMapper *mapper, const char *property)
{
  OrmSide *side = _orm_mapper_find_side (mapper, property);

  if (side != NULL && side->spec->kind == ORM_RELATIONSHIP_TO_ONE)
    return (gint) _orm_side_get_slot (side);

  return _orm_mapper_find_column (mapper, property);
}

/**
 * orm_change_set_has_changed:
 * @self: a change set
 * @index: below orm_change_set_get_n_changes()
 * @property: a column or a to-one of the entity
 *
 * Returns: whether the property was set to another value
 */
gboolean
orm_change_set_has_changed (OrmChangeSet *self, guint index, const char *property)
{
  const OrmChange *change;
  OrmValue old, now;
  gint slot;

  g_return_val_if_fail (ORM_IS_CHANGE_SET (self), FALSE);
  g_return_val_if_fail (index < orm_change_set_get_n_changes (self), FALSE);

  change = _orm_change_set_get (self, index);
  slot = find_slot (_orm_entity_get_private (change->entity)->mapper, property);
  g_return_val_if_fail (slot >= 0, FALSE);

  old = _orm_change_get_old_slot (change, (guint) slot);
  now = _orm_entity_get_slot (change->entity, (guint) slot);
  return change->kind == ORM_CHANGE_UPDATED && !_orm_value_equal (&old, &now);
}

/**
 * orm_change_set_get_old_value:
 * @self: a change set
 * @index: below orm_change_set_get_n_changes()
 * @property: a column of the entity, or a to-one, whose value is the id
 * @value: (out): the value that the property had before
 *
 * Returns: %FALSE if it had no value because the entity is new
 */
gboolean
orm_change_set_get_old_value (OrmChangeSet *self, guint index, const char *property, GValue *value)
{
  const OrmChange *change;
  OrmMapper *mapper;
  OrmValue old;
  gint slot;

  g_return_val_if_fail (ORM_IS_CHANGE_SET (self), FALSE);
  g_return_val_if_fail (index < orm_change_set_get_n_changes (self), FALSE);
  g_return_val_if_fail (property != NULL && value != NULL, FALSE);

  change = _orm_change_set_get (self, index);
  mapper = _orm_entity_get_private (change->entity)->mapper;
  slot = find_slot (mapper, property);
  g_return_val_if_fail (slot >= 0, FALSE);

  if (change->kind == ORM_CHANGE_INSERTED)
    return FALSE;

  old = _orm_change_get_old_slot (change, (guint) slot);
  if ((guint) slot >= mapper->n_columns)
    {
      g_value_init (value, G_TYPE_INT64);
      g_value_set_int64 (value, old.is_null ? 0 : MAX (old.integer, 0));
      return TRUE;
    }

  g_value_init (value, _orm_column_gtype (&mapper->columns[slot]));
  _orm_value_to_gvalue (&old, &mapper->columns[slot], value);
  return TRUE;
}
