/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-query-model-private.h"

/*
 * Where a live query has a row, or would have it.
 */

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_keys (gint64 a, gint64 b)
{
  if ((a < 0) != (b < 0))
    return a < 0 ? 1 : -1;

  return compare_numbers (a, b);
}

static int
directed (const OrmOrder *order, int result)
{
  return order->direction == ORM_DESCENDING ? -result : result;
}

gint64
_orm_query_model_rank (OrmQueryModel *self, OrmEntity *entity)
{
  return _orm_keys_has_ranks (self->list.keys) ? _orm_query_rank (self->query, entity) : 0;
}

static gboolean
is_by_id (const OrmOrder *order)
{
  return order->path->sides->len == 0 && order->path->slot < 0;
}

/*
 * Whether @entity comes before (negative) or after the row at a position. Looks
 * at the row only if keys and ranks do not tell.
 */
static int
compare_at (OrmQueryModel *self, OrmEntity *entity, gint64 rank, OrmKeys *keys, guint position)
{
  GPtrArray *orders = self->query->orders;
  gint64 key = _orm_keys_get (keys, position);
  guint i = 0;

  if (_orm_keys_has_ranks (keys))
    {
      int result = compare_numbers (rank, _orm_keys_get_rank (keys, position));

      if (result != 0)
        return directed (g_ptr_array_index (orders, 0), result);
      i = 1;
    }

  if (i < orders->len)
    {
      const OrmOrder *order = g_ptr_array_index (orders, i);
      g_autoptr (OrmEntity) other = NULL;

      if (is_by_id (order))
        return directed (order, compare_keys (_orm_entity_get_key (entity), key));

      other = _orm_session_dup_at (self->session, self->query->mapper, keys, position);
      return _orm_query_compare (self->query, entity, other);
    }

  return compare_keys (_orm_entity_get_key (entity), key);
}

/*
 * Where the entity belongs, from @from on. Many that come together belong close
 * together, so the search begins there and takes longer and longer steps.
 */
guint
_orm_query_model_find_place (OrmQueryModel *self, OrmEntity *entity, OrmKeys *keys, guint from)
{
  gint64 rank = _orm_query_model_rank (self, entity);
  guint n = _orm_keys_get_length (keys), low = from, high = from, step = 1;

  while (from > 0 && high < n && compare_at (self, entity, rank, keys, high) > 0)
    {
      low = high + 1;
      high = n - high > step ? high + step : n;
      step *= 2;
    }

  if (from == 0)
    high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_at (self, entity, rank, keys, middle) > 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/*
 * Whether the list has a key at a position or after it.
 */
static int
compare_ranked (OrmQueryModel *self, gint64 rank, gint64 key, guint position)
{
  GPtrArray *orders = self->query->orders;
  int result = directed (g_ptr_array_index (orders, 0),
                         compare_numbers (rank, _orm_keys_get_rank (self->list.keys, position)));

  if (result != 0)
    return result;

  result = compare_keys (key, _orm_keys_get (self->list.keys, position));
  if (orders->len == 1)
    return result;

  /* By something else, within the rank: then keys do not tell. */
  return is_by_id (g_ptr_array_index (orders, 1)) ? directed (g_ptr_array_index (orders, 1), result)
                                                  : 0;
}

/*
 * Where the list has a key under the rank it had: rows of one rank lie
 * together.
 */
static gboolean
find_ranked (OrmQueryModel *self, gint64 key, gint64 rank, guint *position)
{
  OrmKeys *keys = self->list.keys;
  guint low = 0, high = _orm_keys_get_length (keys), n = high;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_ranked (self, rank, key, middle) > 0)
        low = middle + 1;
      else
        high = middle;
    }

  if (low == n || compare_ranked (self, rank, key, low) != 0)
    return FALSE;

  if (_orm_keys_get (keys, low) != key)
    return _orm_keys_find_from (keys, low, key, position);

  *position = low;
  return TRUE;
}

/*
 * Where the list has the entity of a change, by the rank that it had before.
 */
gboolean
_orm_query_model_find_ranked (OrmQueryModel *self, const OrmChange *change, guint *position)
{
  const OrmOrder *order;
  OrmValue old;

  if (!_orm_keys_has_ranks (self->list.keys) || change->kind == ORM_CHANGE_INSERTED)
    return FALSE;

  order = g_ptr_array_index (self->query->orders, 0);
  old = _orm_change_get_old_slot (change, (guint) order->path->slot);
  return find_ranked (self, _orm_entity_get_key (change->entity),
                      _orm_query_rank_value (self->query, &old), position);
}

/*
 * By binary search if the entity has not moved, else by looking at all ids.
 */
gboolean
_orm_query_model_find_key (OrmQueryModel *self, OrmEntity *entity, guint *position)
{
  gint64 key = _orm_entity_get_key (entity);

  if (_orm_keys_has_ranks (self->list.keys) &&
      find_ranked (self, key, _orm_query_model_rank (self, entity), position))
    return TRUE;

  if (self->query->orders->len == 0)
    {
      guint place = _orm_query_model_find_place (self, entity, self->list.keys, 0);

      if (place < _orm_keys_get_length (self->list.keys) &&
          _orm_keys_get (self->list.keys, place) == key)
        {
          *position = place;
          return TRUE;
        }
    }

  return _orm_keys_find (self->list.keys, key, position);
}
