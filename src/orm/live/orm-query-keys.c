/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-loader-private.h"
#include "orm-query-keys-private.h"

/* More new rows than this are not placed if that means reading rows of the
 * list. */
#define MAX_PLACED 256

/* More rows than this are searched for in one pass over the keys. */
#define MAX_SEARCHED 8

OrmKeys *
_orm_query_keys_new (OrmQuery *query)
{
  return _orm_keys_new (_orm_query_has_ranks (query) ? ORM_KEYS_WITH_RANKS
                                                     : ORM_KEYS_WITHOUT_RANKS);
}

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

static gint64
rank_of (const OrmQueryKeys *self, OrmEntity *entity)
{
  return _orm_keys_has_ranks (self->keys) ? _orm_query_rank (self->query, entity) : 0;
}

static gboolean
is_by_id (const OrmOrder *order)
{
  return order->path->sides->len == 0 && order->path->slot < 0;
}

/*
 * Compares @entity with the row at a position: negative if @entity comes first.
 * Reads the row only if keys and ranks do not decide.
 */
static int
compare_at (const OrmQueryKeys *self, OrmEntity *entity, gint64 rank, guint position)
{
  GPtrArray *orders = self->query->orders;
  gint64 key = _orm_keys_get (self->keys, position);
  guint i = 0;

  if (_orm_keys_has_ranks (self->keys))
    {
      int result = compare_numbers (rank, _orm_keys_get_rank (self->keys, position));

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

      other = _orm_session_dup_at (self->session, self->query->mapper, self->keys, position);
      return _orm_query_compare (self->query, entity, other);
    }

  return compare_keys (_orm_entity_get_key (entity), key);
}

/*
 * The position where the entity belongs, at or after @from. Entities that are
 * added together often belong close together, so the search starts at @from
 * with steps of doubling length.
 */
static guint
find_place_from (const OrmQueryKeys *self, OrmEntity *entity, guint from)
{
  gint64 rank = rank_of (self, entity);
  guint n = _orm_keys_get_length (self->keys), low = from, high = from, step = 1;

  while (from > 0 && high < n && compare_at (self, entity, rank, high) > 0)
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

      if (compare_at (self, entity, rank, middle) > 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/*
 * The position where the entity belongs.
 */
guint
_orm_query_keys_find_place (const OrmQueryKeys *self, OrmEntity *entity)
{
  return find_place_from (self, entity, 0);
}

void
_orm_query_keys_insert (const OrmQueryKeys *self, guint position, OrmEntity *entity)
{
  _orm_keys_insert (self->keys, position, _orm_entity_get_key (entity), rank_of (self, entity));
}

/*
 * Compares a key and its rank with those at a position; 0 also if they do not
 * decide.
 */
static int
compare_ranked (const OrmQueryKeys *self, gint64 rank, gint64 key, guint position)
{
  GPtrArray *orders = self->query->orders;
  int result = directed (g_ptr_array_index (orders, 0),
                         compare_numbers (rank, _orm_keys_get_rank (self->keys, position)));

  if (result != 0)
    return result;

  result = compare_keys (key, _orm_keys_get (self->keys, position));
  if (orders->len == 1)
    return result;

  /* Within a rank the order is not by id, so keys do not decide. */
  return is_by_id (g_ptr_array_index (orders, 1)) ? directed (g_ptr_array_index (orders, 1), result)
                                                  : 0;
}

/*
 * Finds the position of a key that has the given rank. Rows of one rank are
 * adjacent.
 */
static gboolean
find_ranked (const OrmQueryKeys *self, gint64 key, gint64 rank, guint *position)
{
  OrmKeys *keys = self->keys;
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
 * Finds the position of the entity of a change by its rank before the change.
 */
static gboolean
find_ranked_before (const OrmQueryKeys *self, const OrmChange *change, guint *position)
{
  const OrmOrder *order;
  OrmValue old;

  if (!_orm_keys_has_ranks (self->keys) || change->kind == ORM_CHANGE_INSERTED)
    return FALSE;

  order = g_ptr_array_index (self->query->orders, 0);
  old = _orm_change_get_old_slot (change, (guint) order->path->slot);
  return find_ranked (self, _orm_entity_get_key (change->entity),
                      _orm_query_rank_value (self->query, &old), position);
}

/*
 * Finds the position of an entity: by binary search if it has not moved,
 * otherwise by searching all keys.
 */
gboolean
_orm_query_keys_find (const OrmQueryKeys *self, OrmEntity *entity, guint *position)
{
  gint64 key = _orm_entity_get_key (entity);

  if (_orm_keys_has_ranks (self->keys) && find_ranked (self, key, rank_of (self, entity), position))
    return TRUE;

  if (self->query->orders->len == 0)
    {
      guint place = _orm_query_keys_find_place (self, entity);

      if (place < _orm_keys_get_length (self->keys) && _orm_keys_get (self->keys, place) == key)
        {
          *position = place;
          return TRUE;
        }
    }

  return _orm_keys_find (self->keys, key, position);
}

/*
 * Whether all keys have to be searched for an entity that was not found by its
 * old rank. An entity that is new, or that matches neither before nor after the
 * change, is not in the list.
 */
static gboolean
may_list (const OrmQueryKeys *self, const OrmChange *change, gboolean matches)
{
  return change->kind != ORM_CHANGE_INSERTED &&
         (matches || change->is_uncertain || _orm_query_matches (self->query, change, ORM_BEFORE));
}

/*
 * Finds the position of the entity of a change that has not been applied yet.
 */
gboolean
_orm_query_keys_find_changed (const OrmQueryKeys *self,
                              const OrmChange *change,
                              gboolean matches,
                              guint *position)
{
  return find_ranked_before (self, change, position) ||
         (may_list (self, change, matches) &&
          _orm_query_keys_find (self, change->entity, position));
}

/*
 * Several changes at once. A binary search needs all rows in order, so all rows
 * that move are removed first and then inserted. The ranges to emit follow from
 * that; the old and new lists are never compared.
 */

/* An entity of a change set and its place in the list. */
typedef struct
{
  const OrmChange *change;
  gint64 key;
  gboolean matches;
  gboolean has_moved;
  gboolean is_listed;
  guint position;
} Candidate;

static GArray *
gather (const OrmQueryKeys *self, OrmChangeSet *changes)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      const OrmChange *change = _orm_change_set_get (changes, i);
      Candidate candidate = { .change = change, .key = _orm_entity_get_key (change->entity) };

      if (_orm_entity_get_private (change->entity)->mapper != self->query->mapper)
        continue;

      candidate.matches = _orm_query_matches (self->query, change, ORM_NOW);
      candidate.has_moved = _orm_query_orders_by_slots (self->query, change->slots);
      g_array_append_val (candidates, candidate);
    }

  return candidates;
}

static void
find_in_one_pass (OrmKeys *keys, GHashTable *missing)
{
  guint n = _orm_keys_get_length (keys);

  for (guint i = 0; i < n; i++)
    {
      gint64 key = _orm_keys_get (keys, i);
      Candidate *candidate = g_hash_table_lookup (missing, &key);

      if (candidate != NULL)
        {
          candidate->is_listed = TRUE;
          candidate->position = i;
        }
    }
}

static void
find_missing (OrmKeys *keys, GHashTable *missing)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (missing) > MAX_SEARCHED)
    {
      find_in_one_pass (keys, missing);
      return;
    }

  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Candidate *candidate = value;

      candidate->is_listed = _orm_keys_find (keys, candidate->key, &candidate->position);
    }
}

/*
 * Finds the positions of the changed entities.
 */
static void
find_all (const OrmQueryKeys *self, GArray *candidates)
{
  g_autoptr (GHashTable) missing = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      candidate->is_listed = find_ranked_before (self, candidate->change, &candidate->position);
      if (!candidate->is_listed && may_list (self, candidate->change, candidate->matches))
        g_hash_table_insert (missing, &candidate->key, candidate);
    }

  find_missing (self->keys, missing);
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return (left > right) - (left < right);
}

/*
 * Removes the entities that leave or move.
 *
 * Returns: (transfer full): their old positions, ascending
 */
static GArray *
take_out (OrmKeys *keys, GArray *candidates)
{
  GArray *removed = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->is_listed && (!candidate->matches || candidate->has_moved))
        g_array_append_val (removed, candidate->position);
    }

  g_array_sort (removed, compare_positions);

  /* From the end, adjacent positions together. */
  for (guint i = removed->len; i > 0;)
    {
      guint last = g_array_index (removed, guint, i - 1), n = 1;

      while (n < i && g_array_index (removed, guint, i - 1 - n) + n == last)
        n++;
      _orm_keys_remove (keys, last + 1 - n, n);
      i -= n;
    }

  return removed;
}

static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer query)
{
  return _orm_query_compare (query, (*(Candidate *const *) a)->change->entity,
                             (*(Candidate *const *) b)->change->entity);
}

static GPtrArray *
pick_added (const OrmQueryKeys *self, GArray *candidates)
{
  GPtrArray *added = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->matches && (!candidate->is_listed || candidate->has_moved))
        g_ptr_array_add (added, candidate);
    }

  g_ptr_array_sort_with_data (added, compare_candidates, self->query);
  return added;
}

/*
 * Inserts the entities that are new or move; a run of adjacent ones is inserted
 * at once.
 *
 * Returns: (transfer full): their new positions, ascending
 */
static GArray *
put_in (const OrmQueryKeys *self, GPtrArray *candidates)
{
  GArray *added = g_array_sized_new (FALSE, FALSE, sizeof (guint), candidates->len);
  g_autoptr (OrmKeys) run = _orm_query_keys_new (self->query);
  guint run_place = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);
      OrmEntity *entity = candidate->change->entity;
      guint place = find_place_from (self, entity, run_place);

      if (place != run_place)
        {
          guint n_run = _orm_keys_get_length (run);

          _orm_keys_insert_range (self->keys, run_place, run, 0, n_run);
          _orm_keys_clear (run);
          run_place = place + n_run;
        }

      place = run_place + _orm_keys_get_length (run);
      g_array_append_val (added, place);
      _orm_keys_append (run, candidate->key, rank_of (self, entity));
    }

  _orm_keys_insert_range (self->keys, run_place, run, 0, _orm_keys_get_length (run));
  return added;
}

/*
 * Appends a range without the rows at its ends that kept their place.
 */
static void
append_range (GArray *ranges, OrmRange range, OrmKeys *old_keys, guint old_position, OrmKeys *keys)
{
  while (range.n_removed > 0 && range.n_added > 0 &&
         _orm_keys_get (old_keys, old_position) == _orm_keys_get (keys, range.position))
    {
      old_position++;
      range.position++;
      range.n_removed--;
      range.n_added--;
    }

  while (range.n_removed > 0 && range.n_added > 0 &&
         _orm_keys_get (old_keys, old_position + range.n_removed - 1) ==
           _orm_keys_get (keys, range.position + range.n_added - 1))
    {
      range.n_removed--;
      range.n_added--;
    }

  if (range.n_removed + range.n_added > 0)
    g_array_append_val (ranges, range);
}

/*
 * Removals and insertions between the same two unmoved rows become one range.
 */
static void
append_ranges (GArray *ranges, GArray *removed, GArray *added, OrmKeys *old_keys, OrmKeys *keys)
{
  guint i = 0, j = 0;

  while (i < removed->len || j < added->len)
    {
      guint stayed_i = i < removed->len ? g_array_index (removed, guint, i) - i : G_MAXUINT;
      guint stayed_j = j < added->len ? g_array_index (added, guint, j) - j : G_MAXUINT;
      guint stayed = MIN (stayed_i, stayed_j);
      guint first_i = i;
      OrmRange range = { stayed + j, 0, 0 };

      for (; i < removed->len && g_array_index (removed, guint, i) - i == stayed; i++)
        range.n_removed++;
      for (; j < added->len && g_array_index (added, guint, j) - j == stayed; j++)
        range.n_added++;

      append_range (ranges, range, old_keys, stayed + first_i, keys);
    }
}

static gboolean
can_place (OrmKeys *keys, GPtrArray *entering)
{
  return entering->len <= MAX_PLACED || _orm_keys_get_length (keys) <= MAX_PLACED ||
         _orm_keys_has_ranks (keys);
}

static gboolean
is_in_session (const OrmQueryKeys *self, OrmEntity *entity)
{
  OrmEntityState state = orm_entity_get_state (entity);

  return orm_entity_get_session (entity) == self->session &&
         (state == ORM_ENTITY_PENDING || state == ORM_ENTITY_PERSISTENT);
}

/*
 * Corrects keys that were read by the state of @entities in memory: those that
 * match are put in their place, the others are removed.
 *
 * Returns: %FALSE if there are too many to place; the keys are then unusable
 */
gboolean
_orm_query_keys_apply_entities (const OrmQueryKeys *self, GPtrArray *entities)
{
  g_autoptr (OrmChangeSet) changes = _orm_change_set_new ();
  g_autoptr (GHashTable) missing = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) candidates = NULL, removed = NULL, added = NULL;
  g_autoptr (GPtrArray) entering = NULL;

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);

      if (is_in_session (self, entity))
        _orm_change_set_add_moved (changes, entity);
      else
        _orm_change_set_add_deleted (changes, entity);
    }

  /* A row that was deleted and restored is represented by two entities with the
   * same key; prefer the one that matches. */
  candidates = gather (self, changes);
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      Candidate *other = g_hash_table_lookup (missing, &candidate->key);

      if (other == NULL || !other->matches)
        g_hash_table_replace (missing, &candidate->key, candidate);
    }
  find_missing (self->keys, missing);

  removed = take_out (self->keys, candidates);
  entering = pick_added (self, candidates);
  if (!can_place (self->keys, entering))
    return FALSE;

  added = put_in (self, entering);
  return TRUE;
}

/*
 * Applies many changes and appends the resulting splices to @ranges (of
 * OrmRange).
 *
 * Returns: %FALSE if there are too many to place; the keys are then unusable
 */
gboolean
_orm_query_keys_apply (const OrmQueryKeys *self, OrmChangeSet *changes, GArray *ranges)
{
  g_autoptr (OrmKeys) old_keys = _orm_keys_copy (self->keys);
  g_autoptr (GArray) candidates = gather (self, changes), removed = NULL, added = NULL;
  g_autoptr (GPtrArray) entering = NULL;

  find_all (self, candidates);
  removed = take_out (self->keys, candidates);
  entering = pick_added (self, candidates);
  if (!can_place (self->keys, entering))
    return FALSE;

  added = put_in (self, entering);
  append_ranges (ranges, removed, added, old_keys, self->keys);
  return TRUE;
}
