/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-query-model-private.h"

/*
 * Several changes at once.
 */

/* More new rows than this are not placed by looking at rows of the list. */
#define MAX_PLACED 256

#define KEY_AT(keys, i) g_array_index (keys, gint64, i)

/* What a group of changes does to one entity's membership. */
typedef struct
{
  OrmEntity *entity;
  gint64 key;
  gboolean matches;
  gboolean has_moved;
  gboolean is_listed;
} Candidate;

static GArray *
new_keys (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static GHashTable *
gather (OrmQueryModel *self, OrmChangeSet *changes, GArray *candidates)
{
  GHashTable *by_key = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      const OrmChange *change = _orm_change_set_get (changes, i);
      Candidate candidate = { .entity = change->entity,
                              .key = _orm_entity_get_key (change->entity) };

      if (_orm_entity_get_private (change->entity)->mapper != self->query->mapper)
        continue;

      candidate.matches = _orm_query_matches (self->query, change, ORM_NOW);
      candidate.has_moved = _orm_query_orders_by_slots (self->query, change->slots);
      g_array_append_val (candidates, candidate);
    }

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      g_hash_table_insert (by_key, &candidate->key, candidate);
    }

  return by_key;
}

static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer query)
{
  return _orm_query_compare (query, (*(Candidate *const *) a)->entity,
                             (*(Candidate *const *) b)->entity);
}

static void
keep_others (OrmQueryModel *self, GHashTable *by_key, GArray *keys, GArray *ranks)
{
  for (guint i = 0; i < self->list.keys->len; i++)
    {
      gint64 key = KEY_AT (self->list.keys, i);
      Candidate *candidate = g_hash_table_lookup (by_key, &key);

      if (candidate != NULL)
        {
          candidate->is_listed = TRUE;
          if (!candidate->matches || candidate->has_moved)
            continue;
        }

      g_array_append_val (keys, key);
      if (ranks != NULL)
        g_array_append_val (ranks, KEY_AT (self->ranks, i));
    }
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

static void
merge_added (OrmQueryModel *self, GPtrArray *added, GArray *keys, GArray *ranks)
{
  g_autoptr (GArray) old_keys = g_array_copy (keys);
  g_autoptr (GArray) old_ranks = ranks != NULL ? g_array_copy (ranks) : NULL;
  guint from = 0;

  g_array_set_size (keys, 0);
  if (ranks != NULL)
    g_array_set_size (ranks, 0);

  for (guint i = 0; i <= added->len; i++)
    {
      Candidate *candidate = i < added->len ? g_ptr_array_index (added, i) : NULL;
      guint place = candidate != NULL ? _orm_query_model_find_place (self, candidate->entity,
                                                                     old_keys, old_ranks, from)
                                      : old_keys->len;

      if (place > from)
        g_array_append_vals (keys, &KEY_AT (old_keys, from), place - from);
      if (place > from && ranks != NULL)
        g_array_append_vals (ranks, &KEY_AT (old_ranks, from), place - from);
      from = place;

      if (candidate != NULL)
        g_array_append_val (keys, candidate->key);
      if (candidate != NULL && ranks != NULL)
        {
          gint64 rank = _orm_query_rank (self->query, candidate->entity);

          g_array_append_val (ranks, rank);
        }
    }
}

/*
 * Several changes at once: one pass over the ids, for while some rows are not
 * in their place yet, no other's place can be searched for.
 */
void
_orm_query_model_apply_many (OrmQueryModel *self, OrmChangeSet *changes)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GHashTable) by_key = gather (self, changes, candidates);
  g_autoptr (GArray) keys = new_keys ();
  g_autoptr (GArray) ranks = self->ranks != NULL ? new_keys () : NULL;
  g_autoptr (GPtrArray) added = NULL;

  if (candidates->len == 0)
    return;

  keep_others (self, by_key, keys, ranks);
  added = pick_added (self, candidates);

  if (added->len > MAX_PLACED && keys->len > MAX_PLACED && self->ranks == NULL)
    {
      self->needs_reading = TRUE;
      return;
    }

  merge_added (self, added, keys, ranks);
  _orm_query_model_become (self, keys, ranks);
}
