/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"

/*
 * Lists in the order of a column of their members: read in it, and kept in it.
 */

static OrmEntity *
dup_member (OrmCollection *self, OrmKeys *keys, guint position)
{
  gint64 key = _orm_keys_get (keys, position);
  OrmEntity *held = g_hash_table_lookup (self->held, &key);

  if (held != NULL)
    return g_object_ref (held);

  return _orm_session_dup_at (orm_entity_get_session (self->owner), self->side->target, keys,
                              position);
}

/*
 * By the column, then by id; who has none yet comes last, in the order they
 * were made.
 */
static int
compare_members (OrmCollection *self, OrmEntity *a, OrmEntity *b)
{
  OrmValue left = _orm_entity_get_slot (a, self->side->order_slot);
  OrmValue right = _orm_entity_get_slot (b, self->side->order_slot);
  gint64 left_key = _orm_entity_get_key (a), right_key = _orm_entity_get_key (b);
  int result = _orm_value_compare (&left, &right);

  if (result != 0)
    return self->side->spec->direction == ORM_DESCENDING ? -result : result;

  if ((left_key < 0) != (right_key < 0))
    return left_key < 0 ? 1 : -1;

  return (left_key > right_key) - (left_key < right_key);
}

/*
 * Where a member belongs that is not among @keys.
 */
guint
_orm_collection_find_place (OrmCollection *self, OrmKeys *keys, OrmEntity *entity)
{
  guint low = 0, high = _orm_keys_get_length (keys);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autoptr (OrmEntity) other = dup_member (self, keys, middle);

      if (compare_members (self, entity, other) > 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/*
 * What was read is in the order of the rows: those whose values are not written
 * yet get their places by what they are in memory.
 */
void
_orm_collection_place_unsaved (OrmCollection *self, OrmKeys *keys)
{
  OrmSession *session = orm_entity_get_session (self->owner);
  g_autoptr (GPtrArray) unsaved = g_ptr_array_new_with_free_func (g_object_unref);

  if (!_orm_side_is_ordered (self->side))
    return;

  for (guint i = _orm_keys_get_length (keys); i > 0; i--)
    {
      gint64 key = _orm_keys_get (keys, i - 1);
      OrmEntity *entity = _orm_session_peek (session, self->side->target, key);

      if (key > 0 && (entity == NULL || !orm_entity_is_dirty (entity)))
        continue;

      g_ptr_array_add (unsaved, dup_member (self, keys, i - 1));
      _orm_keys_remove (keys, i - 1, 1);
    }

  for (guint i = 0; i < unsaved->len; i++)
    _orm_keys_insert (keys, _orm_collection_find_place (self, keys, unsaved->pdata[i]),
                      _orm_entity_get_key (unsaved->pdata[i]), 0);
}

/*
 * A member's column has another value: it goes where it belongs now. A handler
 * of its leaving may have moved it, or this list.
 */
static void
reposition (OrmCollection *self, OrmEntity *entity)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  gint64 key = _orm_entity_get_key (entity);
  gboolean is_told_now;
  guint old_position, position;

  if (!_orm_collection_find_key (self, key, &old_position))
    return;

  is_told_now = _orm_collection_begin_change (self);
  if (!_orm_collection_find_key (self, key, &old_position))
    return;

  _orm_keys_remove (self->list.keys, old_position, 1);
  position = _orm_collection_find_place (self, self->list.keys, entity);
  if (position == old_position || !is_told_now)
    {
      _orm_keys_insert (self->list.keys, position, key, 0);
      _orm_collection_sort_from (self, MIN (old_position, position));
      return;
    }

  _orm_collection_sort_from (self, old_position);
  g_list_model_items_changed (G_LIST_MODEL (self), old_position, 1, 0);

  key = _orm_entity_get_key (entity);
  if (!orm_collection_contains (self, entity) || _orm_collection_find_key (self, key, NULL))
    return;

  _orm_collection_begin_change (self);
  position = _orm_collection_find_place (self, self->list.keys, entity);
  _orm_keys_insert (self->list.keys, position, key, 0);
  _orm_collection_sort_from (self, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/*
 * Called when a column of an entity has changed.
 */
void
_orm_collection_reorder (OrmEntity *entity, guint slot)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *inverse = mapper->references[i]->inverse;
      OrmEntity *owner = NULL;
      OrmCollection *list;

      if (inverse == NULL || !_orm_side_is_ordered (inverse) || inverse->order_slot != slot)
        continue;

      owner = _orm_entity_peek_target (entity, mapper->references[i]);
      list = owner != NULL ? _orm_entity_peek_collection (owner, inverse) : NULL;
      if (list != NULL && orm_collection_is_loaded (list))
        reposition (list, entity);
    }
}

/*
 * Takes members out of an ordered list and lets others in, each at its place.
 */
void
_orm_collection_splice_ordered (OrmCollection *self, GPtrArray *removals, GPtrArray *additions)
{
  g_autoptr (OrmSession) session = NULL;

  if (orm_entity_get_session (self->owner) != NULL)
    {
      session = g_object_ref (orm_entity_get_session (self->owner));
      _orm_session_enter (session);
      _orm_session_begin_coalescing (session);
    }

  for (guint i = removals->len; i > 0; i--)
    orm_collection_remove (self, removals->pdata[i - 1]);
  for (guint i = 0; i < additions->len; i++)
    if (!orm_collection_contains (self, additions->pdata[i]))
      orm_collection_append (self, additions->pdata[i]);

  if (session != NULL)
    {
      _orm_session_end_coalescing (session);
      _orm_session_leave (session);
    }
}
