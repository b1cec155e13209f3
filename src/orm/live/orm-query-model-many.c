/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-query-model-private.h"

/*
 * Several changes at once: while some rows are not in their place yet, no
 * other's place can be searched for, so first all that move are taken out, then
 * they are put in. The ranges to tell follow from that; the lists are never
 * compared.
 */

/* More new rows than this are not placed by looking at rows of the list. */
#define MAX_PLACED 256

/* More rows than this are looked for in one pass. */
#define MAX_SEARCHED 8

/* What a group of changes does to one entity's membership. */
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
gather (OrmQueryModel *self, OrmChangeSet *changes)
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
 * Where the list has those that changed.
 */
static void
find_all (OrmQueryModel *self, GArray *candidates)
{
  g_autoptr (GHashTable) missing = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      candidate->is_listed =
        _orm_query_model_find_ranked (self, candidate->change, &candidate->position);
      if (!candidate->is_listed &&
          _orm_query_model_may_list (self, candidate->change, candidate->matches))
        g_hash_table_insert (missing, &candidate->key, candidate);
    }

  find_missing (self->list.keys, missing);
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return (left > right) - (left < right);
}

/*
 * The positions of those that leave their place, in order.
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

  /* Neighbours together, from the end. */
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
pick_added (OrmQueryModel *self, GArray *candidates)
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
 * The positions of those that take their place, in order. Those that come
 * between the same two go in together.
 */
static GArray *
put_in (OrmQueryModel *self, OrmKeys *keys, GPtrArray *candidates)
{
  GArray *added = g_array_sized_new (FALSE, FALSE, sizeof (guint), candidates->len);
  g_autoptr (OrmKeys) run = _orm_query_model_new_keys (self);
  guint run_place = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);
      OrmEntity *entity = candidate->change->entity;
      guint place = _orm_query_model_find_place (self, entity, keys, run_place);

      if (place != run_place)
        {
          guint n_run = _orm_keys_get_length (run);

          _orm_keys_insert_range (keys, run_place, run, 0, n_run);
          _orm_keys_clear (run);
          run_place = place + n_run;
        }

      place = run_place + _orm_keys_get_length (run);
      g_array_append_val (added, place);
      _orm_keys_append (run, candidate->key, _orm_query_model_rank (self, entity));
    }

  _orm_keys_insert_range (keys, run_place, run, 0, _orm_keys_get_length (run));
  return added;
}

/*
 * Does not tell of who came back to where he was.
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
 * What was taken out and put in between the same two that stayed is one range.
 */
static GArray *
make_ranges (GArray *removed, GArray *added, OrmKeys *old_keys, OrmKeys *keys)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (OrmRange));
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

  return ranges;
}

static gboolean
can_place (OrmKeys *keys, GPtrArray *entering)
{
  return entering->len <= MAX_PLACED || _orm_keys_get_length (keys) <= MAX_PLACED ||
         _orm_keys_has_ranks (keys);
}

static gboolean
is_in_session (OrmQueryModel *self, OrmEntity *entity)
{
  OrmEntityState state = orm_entity_get_state (entity);

  return orm_entity_get_session (entity) == self->session &&
         (state == ORM_ENTITY_PENDING || state == ORM_ENTITY_PERSISTENT);
}

/*
 * Makes keys that were read right about entities of which memory knows better:
 * who belongs to the list now is at its place in them, who does not is not.
 * Nothing is told. Returns %FALSE if there are too many to place; then the keys
 * are of no use.
 */
gboolean
_orm_query_model_work_in (OrmQueryModel *self, OrmKeys *keys, GPtrArray *entities)
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

  /* A row that was deleted and came back is two entities of one key: the one
   * that matches, if one does, stands for it. */
  candidates = gather (self, changes);
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      Candidate *other = g_hash_table_lookup (missing, &candidate->key);

      if (other == NULL || !other->matches)
        g_hash_table_replace (missing, &candidate->key, candidate);
    }
  find_missing (keys, missing);

  removed = take_out (keys, candidates);
  entering = pick_added (self, candidates);
  if (!can_place (keys, entering))
    return FALSE;

  added = put_in (self, keys, entering);
  return TRUE;
}

void
_orm_query_model_apply_many (OrmQueryModel *self, OrmChangeSet *changes)
{
  g_autoptr (OrmQueryModel) alive = g_object_ref (self);
  g_autoptr (GArray) candidates = gather (self, changes);
  g_autoptr (OrmKeys) keys = NULL;
  g_autoptr (GArray) removed = NULL, added = NULL, ranges = NULL;
  g_autoptr (GPtrArray) entering = NULL;

  if (candidates->len == 0)
    return;

  find_all (self, candidates);
  keys = _orm_keys_copy (self->list.keys);
  removed = take_out (keys, candidates);
  entering = pick_added (self, candidates);

  if (!can_place (keys, entering))
    {
      self->needs_reading = TRUE;
      return;
    }

  self->serial++;
  added = put_in (self, keys, entering);
  ranges = make_ranges (removed, added, self->list.keys, keys);
  _orm_key_list_become_by (&self->list, G_LIST_MODEL (self), keys, ranges);
}
