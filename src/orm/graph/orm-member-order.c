/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-loader-private.h"
#include "orm-member-order-private.h"

/* Rows in one statement. */
#define CHUNK 1000

/* If more rows than this, plus the number of statements that reading all rows
 * takes, were read one by one, all are read. */
#define MIN_MISSED 32

/*
 * The value of the order column in a row.
 */
typedef struct
{
  gint64 key;
  OrmValue value;
} MemberValue;

struct _OrmMemberOrder
{
  OrmSide *side;
  GHashTable *held;
  GArray *values; /* of MemberValue, by key; the cached values, or NULL */
  guint n_missed; /* the number of rows that were read one by one */
};

static void
member_value_clear (gpointer data)
{
  _orm_value_clear (&((MemberValue *) data)->value);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const MemberValue *) a)->key, right = ((const MemberValue *) b)->key;

  return (left > right) - (left < right);
}

OrmMemberOrder *
_orm_member_order_new (OrmSide *side, GHashTable *held)
{
  OrmMemberOrder *self = g_new0 (OrmMemberOrder, 1);

  self->side = side;
  self->held = held;
  return self;
}

void
_orm_member_order_free (OrmMemberOrder *self)
{
  _orm_member_order_forget_values (self);
  g_free (self);
}

/*
 * Whether the values of all rows are cached.
 */
gboolean
_orm_member_order_has_values (OrmMemberOrder *self)
{
  return self->values != NULL;
}

void
_orm_member_order_forget_values (OrmMemberOrder *self)
{
  g_clear_pointer (&self->values, g_array_unref);
  self->n_missed = 0;
}

/*
 * Appends the order column of rows to @values, and clears @ids.
 */
static gboolean
read_values (OrmMemberOrder *self, OrmSession *session, GArray *ids, GArray *values)
{
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
      MemberValue value = { .key = id };

      if (row == NULL)
        continue;

      value.value = _orm_value_copy (&row->values[self->side->order_slot]);
      g_array_append_val (values, value);
    }

  g_array_set_size (ids, 0);
  return TRUE;
}

/*
 * Reads the order column of all members' rows.
 */
static void
read_all_values (OrmMemberOrder *self, OrmSession *session, OrmKeys *keys)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (MemberValue));
  guint n = _orm_keys_get_length (keys);

  g_array_set_clear_func (values, member_value_clear);
  for (guint i = 0; i < n; i++)
    {
      gint64 key = _orm_keys_get (keys, i);

      if (key > 0)
        g_array_append_val (ids, key);
      if ((ids->len == CHUNK || i + 1 == n) && !read_values (self, session, ids, values))
        return;
    }

  g_array_sort (values, compare_keys);
  self->values = g_steal_pointer (&values);
}

/*
 * The order column of a member that is not in memory, or %NULL if its row has
 * to be read.
 */
static const OrmValue *
find_value (OrmMemberOrder *self, OrmSession *session, OrmKeys *keys, gint64 key)
{
  OrmRow *row = _orm_row_cache_lookup (_orm_session_get_rows (session, self->side->target), key);
  MemberValue wanted = { .key = key };
  guint position;

  if (row != NULL)
    return &row->values[self->side->order_slot];

  if (self->values == NULL && ++self->n_missed > MIN_MISSED + _orm_keys_get_length (keys) / CHUNK)
    read_all_values (self, session, keys);

  if (self->values == NULL ||
      !g_array_binary_search (self->values, &wanted, compare_keys, &position))
    return NULL;

  return &g_array_index (self->values, MemberValue, position).value;
}

/*
 * Compares by the column, then by id. Members without an id come after those
 * with one, in the order in which they were created.
 */
static int
compare (OrmMemberOrder *self, OrmEntity *entity, const OrmValue *right, gint64 right_key)
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
 * Compares with the member at a position, without creating its entity if its
 * row is known.
 */
static int
compare_at (
  OrmMemberOrder *self, OrmSession *session, OrmEntity *entity, OrmKeys *keys, guint position)
{
  gint64 key = _orm_keys_get (keys, position);
  OrmEntity *held = g_hash_table_lookup (self->held, &key);
  const OrmValue *value = NULL;
  g_autoptr (OrmEntity) other = NULL;
  OrmValue now;

  if (held == NULL && key > 0 && _orm_session_peek (session, self->side->target, key) == NULL)
    value = find_value (self, session, keys, key);
  if (value != NULL)
    return compare (self, entity, value, key);

  other = held != NULL ? g_object_ref (held)
                       : _orm_session_dup_at (session, self->side->target, keys, position);
  now = _orm_entity_get_slot (other, self->side->order_slot);
  return compare (self, entity, &now, key);
}

/*
 * The position for a member that is not in @keys.
 */
guint
_orm_member_order_find_place (OrmMemberOrder *self,
                              OrmSession *session,
                              OrmKeys *keys,
                              OrmEntity *entity)
{
  guint low = 0, high = _orm_keys_get_length (keys);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_at (self, session, entity, keys, middle) > 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
