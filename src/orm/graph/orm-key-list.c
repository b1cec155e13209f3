/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-key-list-private.h"

/* The maximum number of ranges to emit; neighbouring ranges are joined until
 * there are not more. */
#define MAX_RANGES 32

/* A list view may process every row of a range that is replaced, but not of one
 * that is only removed or added. More rows than this are removed and added
 * separately. */
#define MAX_REPLACED 256

/* In a longer stretch whose order changed, moved keys are not searched for. */
#define MAX_REORDERED 10000

void
_orm_key_list_init (OrmKeyList *self, OrmKeysKind kind)
{
  self->keys = _orm_keys_new (kind);
  self->announced = NULL;
  self->wanted = NULL;
}

void
_orm_key_list_clear (OrmKeyList *self)
{
  g_clear_pointer (&self->keys, _orm_keys_unref);
  g_clear_pointer (&self->announced, _orm_keys_unref);
  g_clear_pointer (&self->wanted, _orm_keys_unref);
}

/*
 * Two lists without their common beginning and end. Blocks that both share are
 * not compared.
 */
typedef struct
{
  OrmKeys *keys[2];
  guint start;
  guint end[2];
  GHashTable *shared;     /* the blocks that are in both lists */
  GArray *unshared;       /* the keys in the other blocks of the shorter list */
  GHashTable *common;     /* those of them that are in both lists */
  GHashTable *candidates; /* all of them, until @common is known */
  GHashTable *moved;      /* the keys of both that changed their order */
} Comparison;

/*
 * The number of equal keys from position @i of @a and @j of @b on.
 */
static guint
count_same (OrmKeys *a, guint i, OrmKeys *b, guint j)
{
  guint start = i;

  while (i < _orm_keys_get_length (a) && j < _orm_keys_get_length (b))
    {
      guint first_a, first_b, n;

      if (_orm_keys_get_block (b, j, &first_b, &n) == _orm_keys_get_block (a, i, &first_a, &n) &&
          i - first_a == j - first_b)
        {
          n -= i - first_a;
          i += n;
          j += n;
        }
      else if (_orm_keys_get (a, i) == _orm_keys_get (b, j))
        {
          i++;
          j++;
        }
      else
        break;
    }

  return i - start;
}

/*
 * The number of equal keys at the end of both lists, at most @max.
 */
static guint
count_same_at_end (OrmKeys *a, OrmKeys *b, guint max)
{
  guint n_a = _orm_keys_get_length (a), n_b = _orm_keys_get_length (b), n_same = 0;

  while (n_same < max)
    {
      guint i = n_a - n_same - 1, j = n_b - n_same - 1, first_a, first_b, n;

      if (_orm_keys_get_block (b, j, &first_b, &n) == _orm_keys_get_block (a, i, &first_a, &n) &&
          i - first_a == j - first_b)
        n_same += i - first_a + 1;
      else if (_orm_keys_get (a, i) == _orm_keys_get (b, j))
        n_same++;
      else
        break;
    }

  return MIN (n_same, max);
}

static void
find_shared_blocks (Comparison *self)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new (NULL, NULL);
  guint first, n;

  self->shared = g_hash_table_new (NULL, NULL);

  for (guint i = self->start; i < self->end[0]; i = first + n)
    g_hash_table_add (blocks, _orm_keys_get_block (self->keys[0], i, &first, &n));

  for (guint i = self->start; i < self->end[1]; i = first + n)
    {
      gpointer block = _orm_keys_get_block (self->keys[1], i, &first, &n);

      if (g_hash_table_contains (blocks, block))
        g_hash_table_add (self->shared, block);
    }
}

/*
 * Calls @func with each key that is not in a shared block.
 */
static void
foreach_unshared (Comparison *self, guint side, void (*func) (Comparison *self, gint64 key))
{
  guint first, n;

  for (guint i = self->start; i < self->end[side]; i = first + n)
    if (!g_hash_table_contains (self->shared,
                                _orm_keys_get_block (self->keys[side], i, &first, &n)))
      for (guint j = i; j < MIN (first + n, self->end[side]); j++)
        func (self, _orm_keys_get (self->keys[side], j));
}

static void
add_unshared (Comparison *self, gint64 key)
{
  g_array_append_val (self->unshared, key);
}

static void
add_common (Comparison *self, gint64 key)
{
  gpointer found = g_hash_table_lookup (self->candidates, &key);

  if (found != NULL)
    g_hash_table_add (self->common, found);
}

/*
 * Finds the keys that are in both lists. Only the keys of the shorter list are
 * hashed, since the first page of a long list is replaced by the whole of it.
 */
static void
find_common (Comparison *self)
{
  gboolean is_old_shorter = self->end[0] <= self->end[1];

  self->unshared = g_array_new (FALSE, FALSE, sizeof (gint64));
  foreach_unshared (self, is_old_shorter ? 0 : 1, add_unshared);

  self->candidates = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->unshared->len; i++)
    g_hash_table_add (self->candidates, &g_array_index (self->unshared, gint64, i));

  self->common = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (self->unshared->len > 0)
    foreach_unshared (self, is_old_shorter ? 1 : 0, add_common);
  g_clear_pointer (&self->candidates, g_hash_table_unref);
}

static void
comparison_init (Comparison *self, OrmKeys *old_keys, OrmKeys *new_keys)
{
  guint n_old = _orm_keys_get_length (old_keys), n_new = _orm_keys_get_length (new_keys);
  guint n_same;

  self->moved = NULL;
  self->keys[0] = old_keys;
  self->keys[1] = new_keys;
  self->start = count_same (old_keys, 0, new_keys, 0);
  n_same = count_same_at_end (old_keys, new_keys, MIN (n_old, n_new) - self->start);
  self->end[0] = n_old - n_same;
  self->end[1] = n_new - n_same;
  find_shared_blocks (self);
  find_common (self);
}

static void
comparison_clear (Comparison *self)
{
  g_clear_pointer (&self->moved, g_hash_table_unref);
  g_hash_table_unref (self->shared);
  g_hash_table_unref (self->common);
  g_array_unref (self->unshared);
}

/*
 * Whether the key at a position of one list is also in the other list.
 */
static gboolean
is_in_both (Comparison *self, guint side, guint position)
{
  gint64 key;
  guint first, n;

  if (g_hash_table_size (self->common) + g_hash_table_size (self->shared) == 0)
    return FALSE;

  key = _orm_keys_get (self->keys[side], position);
  if (self->moved != NULL && g_hash_table_contains (self->moved, &key))
    return FALSE;

  return g_hash_table_contains (self->common, &key) ||
         g_hash_table_contains (self->shared,
                                _orm_keys_get_block (self->keys[side], position, &first, &n));
}

/*
 * Collects the keys that both lists have from @i and @j on, in the order of the
 * old list, with their positions in the new one.
 */
static void
collect_common (Comparison *self, guint i, guint j, GArray *keys, GArray *places)
{
  g_autoptr (GHashTable) place_of =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint place = j; place < self->end[1]; place++)
    {
      gint64 key = _orm_keys_get (self->keys[1], place);

      g_hash_table_insert (place_of, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (place));
    }

  for (; i < self->end[0]; i++)
    {
      gint64 key = _orm_keys_get (self->keys[0], i);
      gpointer place;

      if (!g_hash_table_lookup_extended (place_of, &key, NULL, &place))
        continue;

      g_array_append_val (keys, key);
      g_array_append_vals (places, &(guint){ GPOINTER_TO_UINT (place) }, 1);
    }
}

/*
 * Finds the smallest set of keys that have to move: all but a longest
 * increasing subsequence of their new positions (Schensted 1961).
 */
static void
find_moved (Comparison *self, guint i, guint j)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *before = NULL;
  guint next;

  collect_common (self, i, j, keys, places);
  before = g_new (guint, places->len);

  /* ends[n] is the end of the best subsequence of n + 1 positions. */
  for (guint k = 0; k < places->len; k++)
    {
      guint place = g_array_index (places, guint, k), low = 0, high = ends->len;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (g_array_index (places, guint, g_array_index (ends, guint, middle)) < place)
            low = middle + 1;
          else
            high = middle;
        }

      before[k] = low > 0 ? g_array_index (ends, guint, low - 1) : G_MAXUINT;
      if (low < ends->len)
        g_array_index (ends, guint, low) = k;
      else
        g_array_append_val (ends, k);
    }

  self->moved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  next = ends->len > 0 ? g_array_index (ends, guint, ends->len - 1) : G_MAXUINT;
  for (guint k = keys->len; k > 0; k--)
    if (k - 1 == next)
      next = before[next];
    else
      g_hash_table_add (self->moved,
                        g_memdup2 (&g_array_index (keys, gint64, k - 1), sizeof (gint64)));
}

/* How to handle keys that are in both lists but in a different order. */
typedef enum
{
  COMPARE_ROUGHLY, /* the whole stretch becomes one range */
  COMPARE_EXACTLY, /* a moved key is in a range at its old and at its new position */
  COMPARE_NOTHING  /* return %NULL */
} CompareMode;

/*
 * The ranges in which two lists of keys differ, in one pass over both.
 */
static GArray *
compare (OrmKeys *old_keys, OrmKeys *new_keys, CompareMode mode)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (OrmRange));
  Comparison comparison;
  guint i, j;

  comparison_init (&comparison, old_keys, new_keys);
  i = j = comparison.start;

  while (i < comparison.end[0] || j < comparison.end[1])
    {
      OrmRange range = { j, 0, 0 };
      guint n_same;

      for (; i < comparison.end[0] && !is_in_both (&comparison, 0, i); i++)
        range.n_removed++;
      for (; j < comparison.end[1] && !is_in_both (&comparison, 1, j); j++)
        range.n_added++;

      n_same = count_same (old_keys, i, new_keys, j);
      if (range.n_removed + range.n_added == 0 && n_same == 0)
        {
          gboolean is_short =
            comparison.end[0] - i <= MAX_REORDERED && comparison.end[1] - j <= MAX_REORDERED;

          if (mode == COMPARE_EXACTLY && is_short)
            {
              find_moved (&comparison, i, j);
              continue;
            }

          if (mode == COMPARE_NOTHING && is_short)
            {
              g_clear_pointer (&ranges, g_array_unref);
              break;
            }

          range.n_removed = comparison.end[0] - i;
          range.n_added = comparison.end[1] - j;
          i = comparison.end[0];
          j = comparison.end[1];
        }

      if (range.n_removed + range.n_added > 0)
        g_array_append_val (ranges, range);
      i += n_same;
      j += n_same;
    }

  comparison_clear (&comparison);
  return ranges;
}

static OrmRange
join (const OrmRange *first, const OrmRange *last, gint64 growth)
{
  guint n_added = last->position + last->n_added - first->position;

  return (OrmRange){ first->position, (guint) (n_added - growth), n_added };
}

static gint64
growth_of (const OrmRange *range)
{
  return (gint64) range->n_added - range->n_removed;
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return (left < right) - (left > right);
}

static guint
gap_before (GArray *ranges, guint i)
{
  const OrmRange *before = &g_array_index (ranges, OrmRange, i - 1);

  return g_array_index (ranges, OrmRange, i).position - before->position - before->n_added;
}

/*
 * Joins the ranges that are closest together until there are at most @n.
 */
static void
join_nearest (GArray *ranges, guint n)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_joined = 0, n_least = 0, first = 0;
  gint64 growth = 0;
  guint least;

  if (ranges->len <= n)
    return;

  for (guint i = 1; i < ranges->len; i++)
    {
      guint gap = gap_before (ranges, i);

      g_array_append_val (gaps, gap);
    }

  /* The n - 1 widest gaps stay: all that are wider than @least, and @n_least of
   * those that are equal to it. */
  g_array_sort (gaps, compare_gaps);
  least = n > 1 ? g_array_index (gaps, guint, n - 2) : G_MAXUINT;
  for (guint i = 0; i + 1 < n; i++)
    n_least += g_array_index (gaps, guint, i) == least;

  for (guint i = 0; i < ranges->len; i++)
    {
      guint gap = i + 1 < ranges->len ? gap_before (ranges, i + 1) : G_MAXUINT;
      gboolean ends = i + 1 == ranges->len || (n > 1 && gap > least);

      if (!ends && n > 1 && gap == least && n_least > 0)
        {
          n_least--;
          ends = TRUE;
        }

      growth += growth_of (&g_array_index (ranges, OrmRange, i));
      if (!ends)
        continue;

      g_array_index (ranges, OrmRange, n_joined) = join (
        &g_array_index (ranges, OrmRange, first), &g_array_index (ranges, OrmRange, i), growth);
      n_joined++;
      first = i + 1;
      growth = 0;
    }

  g_array_set_size (ranges, n_joined);
}

static void
emit_range (OrmKeyList *self, GListModel *model, const OrmRange *range)
{
  _orm_keys_remove (self->keys, range->position, range->n_removed);

  if (range->n_removed > MAX_REPLACED && range->n_added > MAX_REPLACED)
    {
      g_list_model_items_changed (model, range->position, range->n_removed, 0);
      if (self->wanted == NULL)
        return;

      _orm_keys_insert_range (self->keys, range->position, self->wanted, range->position,
                              range->n_added);
      g_list_model_items_changed (model, range->position, 0, range->n_added);
      return;
    }

  if (range->n_added > 0)
    _orm_keys_insert_range (self->keys, range->position, self->wanted, range->position,
                            range->n_added);
  g_list_model_items_changed (model, range->position, range->n_removed, range->n_added);
}

/*
 * Applies and emits each range; at each emission the list contains only the
 * ranges that were emitted so far. A handler that changes the list ends this.
 * At the end the keys are replaced by the wanted ones, which also updates the
 * ranks of keys that kept their position.
 */
static void
emit_ranges (OrmKeyList *self, GListModel *model, GArray *ranges)
{
  for (guint i = 0; i < ranges->len && self->wanted != NULL; i++)
    emit_range (self, model, &g_array_index (ranges, OrmRange, i));

  if (self->wanted == NULL)
    return;

  _orm_keys_unref (self->keys);
  self->keys = _orm_keys_copy (self->wanted);
  g_clear_pointer (&self->wanted, _orm_keys_unref);
}

/*
 * Replaces the keys by @wanted and emits @ranges, which the caller has to know:
 * the differences in order, each with its position in @wanted.
 */
void
_orm_key_list_set_keys_by_ranges (OrmKeyList *self,
                                  GListModel *model,
                                  OrmKeys *wanted,
                                  GArray *ranges)
{
  join_nearest (ranges, MAX_RANGES);

  g_clear_pointer (&self->wanted, _orm_keys_unref);
  self->wanted = _orm_keys_ref (wanted);
  emit_ranges (self, model, ranges);
}

/*
 * Replaces the keys by @wanted and emits the differences.
 */
void
_orm_key_list_set_keys (OrmKeyList *self, GListModel *model, OrmKeys *wanted)
{
  g_autoptr (GArray) ranges = compare (self->keys, wanted, COMPARE_ROUGHLY);

  _orm_key_list_set_keys_by_ranges (self, model, wanted, ranges);
}

/*
 * The same, but does nothing if the order of keys that stay has changed. A long
 * stretch whose order changed is emitted as one range nevertheless.
 *
 * Returns: whether the keys were replaced
 */
gboolean
_orm_key_list_try_set_keys (OrmKeyList *self, GListModel *model, OrmKeys *wanted)
{
  g_autoptr (GArray) ranges = compare (self->keys, wanted, COMPARE_NOTHING);

  if (ranges == NULL)
    return FALSE;

  _orm_key_list_set_keys_by_ranges (self, model, wanted, ranges);
  return TRUE;
}

/*
 * Emits the remaining ranges as one; called before a handler of a range changes
 * the list.
 */
void
_orm_key_list_finish (OrmKeyList *self, GListModel *model)
{
  g_autoptr (OrmKeys) wanted = g_steal_pointer (&self->wanted);
  g_autoptr (GArray) ranges = NULL;

  if (wanted == NULL)
    return;

  ranges = compare (self->keys, wanted, COMPARE_ROUGHLY);
  if (ranges->len == 0)
    {
      _orm_keys_unref (self->keys);
      self->keys = g_steal_pointer (&wanted);
      return;
    }

  join_nearest (ranges, 1);
  self->wanted = _orm_keys_ref (wanted);
  emit_ranges (self, model, ranges);
}

/*
 * Holds emissions back until _orm_key_list_restore_announced().
 *
 * Returns: %FALSE if they were held back already
 */
gboolean
_orm_key_list_hold_back (OrmKeyList *self)
{
  if (self->announced != NULL)
    return FALSE;

  self->announced = _orm_keys_copy (self->keys);
  return TRUE;
}

/*
 * Goes back to the keys that the views know. Several lists emit one after the
 * other, and until then none may be ahead of what it has emitted.
 *
 * Returns: (transfer full): the current keys, to be emitted, or %NULL
 */
OrmKeys *
_orm_key_list_restore_announced (OrmKeyList *self)
{
  OrmKeys *keys;

  if (self->announced == NULL)
    return NULL;

  keys = self->keys;
  self->keys = g_steal_pointer (&self->announced);
  return keys;
}

/*
 * The keys of the list that are also in @keys and in the same order there.
 */
OrmKeys *
_orm_key_list_dup_staying (OrmKeyList *self, OrmKeys *keys)
{
  g_autoptr (GArray) ranges = compare (self->keys, keys, COMPARE_EXACTLY);
  OrmKeys *staying = _orm_keys_copy (self->keys);
  gint64 n_added = 0;

  /* The positions of ranges are those in @keys, including the added keys. */
  for (guint i = 0; i < ranges->len; i++)
    {
      const OrmRange *range = &g_array_index (ranges, OrmRange, i);

      _orm_keys_remove (staying, (guint) (range->position - n_added), range->n_removed);
      n_added += range->n_added;
    }

  return staying;
}

static gboolean
rekey (OrmKeys *keys, gint64 old_key, gint64 new_key, guint *position)
{
  if (keys == NULL || !_orm_keys_find (keys, old_key, position))
    return FALSE;

  _orm_keys_set (keys, *position, new_key);
  return TRUE;
}

/*
 * Changes the key of an item. Nothing is emitted, since the item is the same.
 */
gboolean
_orm_key_list_rekey (OrmKeyList *self, gint64 old_key, gint64 new_key, guint *position)
{
  rekey (self->announced, old_key, new_key, position);
  rekey (self->wanted, old_key, new_key, position);
  return rekey (self->keys, old_key, new_key, position);
}

/*
 * The same for many items; @rekeys maps pointers to old keys to pointers to new
 * ones.
 */
void
_orm_key_list_rekey_all (OrmKeyList *self, GHashTable *rekeys)
{
  if (self->announced != NULL)
    _orm_keys_replace_all (self->announced, rekeys);
  if (self->wanted != NULL)
    _orm_keys_replace_all (self->wanted, rekeys);
  _orm_keys_replace_all (self->keys, rekeys);
}
