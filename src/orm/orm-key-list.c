/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-key-list-private.h"

typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} Range;

/* More ranges than this are told as one that covers them all. */
#define MAX_RANGES 32

/* A list view of GTK 4.8 looks at every row of a range that is replaced, but
 * not of one that is removed or added. */
#define MAX_REPLACED 256

#define KEY_AT(keys, i) g_array_index (keys, gint64, i)

void
_orm_key_list_init (OrmKeyList *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->announced = NULL;
  self->wanted = NULL;
  self->hint = 0;
}

void
_orm_key_list_clear (OrmKeyList *self)
{
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->announced, g_array_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
}

static void
add_to_set (GHashTable *set, GArray *keys, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_hash_table_add (set, &KEY_AT (keys, i));
}

static gboolean
has_key (GHashTable *set, GArray *keys, guint i)
{
  return g_hash_table_contains (set, &KEY_AT (keys, i));
}

/*
 * The ranges in which two lists of keys differ, in one pass over both.
 */
static GArray *
compare (GArray *old_keys, GArray *new_keys)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  guint old_end = old_keys->len, new_end = new_keys->len, i = 0;

  while (i < old_end && i < new_end && KEY_AT (old_keys, i) == KEY_AT (new_keys, i))
    i++;
  while (old_end > i && new_end > i &&
         KEY_AT (old_keys, old_end - 1) == KEY_AT (new_keys, new_end - 1))
    {
      old_end--;
      new_end--;
    }

  if (i == old_end || i == new_end)
    {
      Range range = { i, old_end - i, new_end - i };

      if (range.n_removed > 0 || range.n_added > 0)
        g_array_append_val (ranges, range);
      return ranges;
    }

  {
    g_autoptr (GHashTable) old_set = g_hash_table_new (g_int64_hash, g_int64_equal);
    g_autoptr (GHashTable) new_set = g_hash_table_new (g_int64_hash, g_int64_equal);
    guint j = i;

    add_to_set (old_set, old_keys, i, old_end);
    add_to_set (new_set, new_keys, i, new_end);

    while (i < old_end || j < new_end)
      {
        Range range = { j, 0, 0 };

        if (i < old_end && j < new_end && KEY_AT (old_keys, i) == KEY_AT (new_keys, j))
          {
            i++;
            j++;
            continue;
          }

        for (; i < old_end && !has_key (new_set, old_keys, i); i++)
          range.n_removed++;
        for (; j < new_end && !has_key (old_set, new_keys, j); j++)
          range.n_added++;

        /* Both are in both: the order changed. The rest is one range. */
        if (range.n_removed == 0 && range.n_added == 0)
          {
            range.n_removed = old_end - i;
            range.n_added = new_end - j;
            i = old_end;
            j = new_end;
          }

        g_array_append_val (ranges, range);
      }
  }

  return ranges;
}

static void
join_ranges (GArray *ranges, guint n_old, guint n_new)
{
  const Range *first = &g_array_index (ranges, Range, 0);
  const Range *last = &g_array_index (ranges, Range, ranges->len - 1);
  guint n_tail = n_new - last->position - last->n_added;
  Range all = { first->position, n_old - n_tail - first->position,
                n_new - n_tail - first->position };

  g_array_set_size (ranges, 0);
  g_array_append_val (ranges, all);
}

static void
tell (OrmKeyList *self, GListModel *model, const Range *range)
{
  g_array_remove_range (self->keys, range->position, range->n_removed);

  if (range->n_removed > MAX_REPLACED && range->n_added > MAX_REPLACED)
    {
      g_list_model_items_changed (model, range->position, range->n_removed, 0);
      if (self->wanted == NULL)
        return;

      g_array_insert_vals (self->keys, range->position, &KEY_AT (self->wanted, range->position),
                           range->n_added);
      g_list_model_items_changed (model, range->position, 0, range->n_added);
      return;
    }

  if (range->n_added > 0)
    g_array_insert_vals (self->keys, range->position, &KEY_AT (self->wanted, range->position),
                         range->n_added);
  g_list_model_items_changed (model, range->position, range->n_removed, range->n_added);
}

/*
 * Tells the views of each range; at each emission the list is what they then
 * know, not yet more. A handler that changes the list ends the announcement.
 */
static void
tell_ranges (OrmKeyList *self, GListModel *model, GArray *ranges)
{
  for (guint i = 0; i < ranges->len && self->wanted != NULL; i++)
    tell (self, model, &g_array_index (ranges, Range, i));
}

/*
 * Makes the list what @wanted says, told range by range.
 */
void
_orm_key_list_become (OrmKeyList *self, GListModel *model, GArray *wanted)
{
  g_autoptr (GArray) ranges = compare (self->keys, wanted);

  if (ranges->len > MAX_RANGES)
    join_ranges (ranges, self->keys->len, wanted->len);

  g_clear_pointer (&self->wanted, g_array_unref);
  self->wanted = g_array_ref (wanted);
  tell_ranges (self, model, ranges);
  g_clear_pointer (&self->wanted, g_array_unref);
}

/*
 * Before a handler of one range changes the list, the other ranges are told, as
 * one. Returns whether there were any.
 */
gboolean
_orm_key_list_finish (OrmKeyList *self, GListModel *model)
{
  g_autoptr (GArray) wanted = g_steal_pointer (&self->wanted);
  g_autoptr (GArray) ranges = NULL;

  if (wanted == NULL)
    return FALSE;

  ranges = compare (self->keys, wanted);
  if (ranges->len == 0)
    return FALSE;

  join_ranges (ranges, self->keys->len, wanted->len);
  self->wanted = g_array_ref (wanted);
  tell_ranges (self, model, ranges);
  g_clear_pointer (&self->wanted, g_array_unref);
  return TRUE;
}

/*
 * From now on the views are not told, until _orm_key_list_announce(). Returns
 * whether that is new.
 */
gboolean
_orm_key_list_hold_back (OrmKeyList *self)
{
  if (self->announced != NULL)
    return FALSE;

  self->announced = g_array_copy (self->keys);
  return TRUE;
}

/*
 * Goes back to what the views know: several lists that held back tell one after
 * the other, and none may be ahead of what it told.
 */
void
_orm_key_list_step_back (OrmKeyList *self)
{
  if (self->announced == NULL)
    return;

  self->wanted = g_steal_pointer (&self->keys);
  self->keys = g_steal_pointer (&self->announced);
}

/*
 * Tells what was held back, after _orm_key_list_step_back().
 */
void
_orm_key_list_announce (OrmKeyList *self, GListModel *model)
{
  g_autoptr (GArray) wanted = g_steal_pointer (&self->wanted);

  if (wanted != NULL)
    _orm_key_list_become (self, model, wanted);
}

/*
 * Keys are mostly changed in the order of the list, so @position says where the
 * last one was.
 */
static gboolean
find_key (GArray *keys, gint64 key, guint *position)
{
  if (keys != NULL && *position + 1 < keys->len && KEY_AT (keys, *position + 1) == key)
    {
      (*position)++;
      return TRUE;
    }

  for (guint i = keys != NULL ? keys->len : 0; i > 0; i--)
    if (KEY_AT (keys, i - 1) == key)
      {
        *position = i - 1;
        return TRUE;
      }

  return FALSE;
}

gboolean
_orm_key_list_rekey_array (GArray *keys, gint64 old_key, gint64 new_key, guint *position)
{
  if (!find_key (keys, old_key, position))
    return FALSE;

  KEY_AT (keys, *position) = new_key;
  return TRUE;
}

/*
 * An item is known by another key now; that is nothing to tell.
 */
gboolean
_orm_key_list_rekey (OrmKeyList *self, gint64 old_key, gint64 new_key, guint *position)
{
  guint hint = self->hint;

  _orm_key_list_rekey_array (self->announced, old_key, new_key, &hint);
  hint = self->hint;
  _orm_key_list_rekey_array (self->wanted, old_key, new_key, &hint);

  *position = self->hint;
  if (!find_key (self->keys, old_key, position))
    return FALSE;

  self->hint = *position;

  KEY_AT (self->keys, *position) = new_key;
  return TRUE;
}
