/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"

/*
 * Lists in the order of a column of their members: read in it, and kept in it.
 */

/* Rows to a statement. */
#define CHUNK 1000

/* More rows than this, and than there are statements for all, are not read one
 * by one. */
#define MIN_MISSED 32

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

static void
member_value_clear (gpointer data)
{
  _orm_value_clear (&((OrmMemberValue *) data)->value);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const OrmMemberValue *) a)->key, right = ((const OrmMemberValue *) b)->key;

  return (left > right) - (left < right);
}

void
_orm_collection_forget_values (OrmCollection *self)
{
  g_clear_pointer (&self->values, g_array_unref);
  self->n_missed = 0;
}

/*
 * Takes the order column of rows into @values.
 */
static gboolean
read_values (OrmCollection *self, GArray *ids, GArray *values)
{
  OrmSession *session = orm_entity_get_session (self->owner);
  OrmRowCache *rows = _orm_session_get_rows (session, self->side->target);
  g_autoptr (GError) error = NULL;

  if (!_orm_session_read_rows (session, self->side->target, ids, &error))
    {
      _orm_session_report_failed_load (session, error);
      return FALSE;
    }

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      OrmRow *row = _orm_row_cache_lookup (rows, id);
      OrmMemberValue value = { .key = id };

      if (row == NULL)
        continue;

      value.value = _orm_value_copy (&row->values[self->side->order_slot]);
      g_array_append_val (values, value);
    }

  g_array_set_size (ids, 0);
  return TRUE;
}

/*
 * Reads what all members' rows have in the order column, once so many were
 * looked at one by one that it is less work.
 */
static void
read_all_values (OrmCollection *self, OrmKeys *keys)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (OrmMemberValue));
  guint n = _orm_keys_get_length (keys);

  g_array_set_clear_func (values, member_value_clear);
  for (guint i = 0; i < n; i++)
    {
      gint64 key = _orm_keys_get (keys, i);

      if (key > 0)
        g_array_append_val (ids, key);
      if ((ids->len == CHUNK || i + 1 == n) && !read_values (self, ids, values))
        return;
    }

  g_array_sort (values, compare_keys);
  self->values = g_steal_pointer (&values);
  _orm_session_add_placing (orm_entity_get_session (self->owner), self);
}

/*
 * What the row of a member has in the order column that is not in memory; %NULL
 * if it has to be read.
 */
static const OrmValue *
find_value (OrmCollection *self, OrmKeys *keys, gint64 key)
{
  OrmSession *session = orm_entity_get_session (self->owner);
  OrmRow *row = _orm_row_cache_lookup (_orm_session_get_rows (session, self->side->target), key);
  OrmMemberValue wanted = { .key = key };
  guint position;

  if (row != NULL)
    return &row->values[self->side->order_slot];

  if (self->values == NULL && ++self->n_missed > MIN_MISSED + _orm_keys_get_length (keys) / CHUNK)
    read_all_values (self, keys);

  if (self->values == NULL ||
      !g_array_binary_search (self->values, &wanted, compare_keys, &position))
    return NULL;

  return &g_array_index (self->values, OrmMemberValue, position).value;
}

/*
 * By the column, then by id; who has none yet comes last, in the order they
 * were made.
 */
static int
compare (OrmCollection *self, OrmEntity *entity, const OrmValue *right, gint64 right_key)
{
  OrmValue left = _orm_entity_get_slot (entity, self->side->order_slot);
  gint64 left_key = _orm_entity_get_key (entity);
  int result = _orm_value_compare (&left, right);

  if (result != 0)
    return self->side->spec->direction == ORM_DESCENDING ? -result : result;

  if ((left_key < 0) != (right_key < 0))
    return left_key < 0 ? 1 : -1;

  return (left_key > right_key) - (left_key < right_key);
}

/*
 * Makes no entity of a row to look at it.
 */
static int
compare_at (OrmCollection *self, OrmEntity *entity, OrmKeys *keys, guint position)
{
  OrmSession *session = orm_entity_get_session (self->owner);
  gint64 key = _orm_keys_get (keys, position);
  OrmEntity *held = g_hash_table_lookup (self->held, &key);
  const OrmValue *value = NULL;
  g_autoptr (OrmEntity) other = NULL;
  OrmValue now;

  if (held == NULL && key > 0 && _orm_session_peek (session, self->side->target, key) == NULL)
    value = find_value (self, keys, key);
  if (value != NULL)
    return compare (self, entity, value, key);

  other = dup_member (self, keys, position);
  now = _orm_entity_get_slot (other, self->side->order_slot);
  return compare (self, entity, &now, key);
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

      if (compare_at (self, entity, keys, middle) > 0)
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
      return;
    }

  g_list_model_items_changed (G_LIST_MODEL (self), old_position, 1, 0);

  key = _orm_entity_get_key (entity);
  if (!orm_collection_contains (self, entity) || _orm_collection_find_key (self, key, NULL))
    return;

  _orm_collection_begin_change (self);
  position = _orm_collection_find_place (self, self->list.keys, entity);
  _orm_keys_insert (self->list.keys, position, key, 0);
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
