/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-keys-private.h"

/*
 * Random edits of a list of keys are compared with a plain array; --seed=
 * repeats them.
 */

typedef struct
{
  gint64 key;
  gint64 rank;
} Item;

static gint64
random_number (void)
{
  if (g_test_rand_int_range (0, 50) == 0)
    return G_MININT64 + g_test_rand_int_range (0, 1000000);

  return g_test_rand_int_range (0, 1000000);
}

static void
check (OrmKeys *keys, GArray *items)
{
  g_assert_cmpuint (_orm_keys_get_length (keys), ==, items->len);

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      g_assert_cmpint (_orm_keys_get (keys, i), ==, item->key);
      if (_orm_keys_has_ranks (keys))
        g_assert_cmpint (_orm_keys_get_rank (keys, i), ==, item->rank);
    }
}

static void
insert (OrmKeys *keys, GArray *items, guint position)
{
  Item item = { random_number (), random_number () };

  _orm_keys_insert (keys, position, item.key, item.rank);
  g_array_insert_val (items, position, item);
}

static void
insert_many (OrmKeys *keys, GArray *items, guint position, OrmKeysKind kind)
{
  g_autoptr (OrmKeys) source = _orm_keys_new (kind);
  g_autoptr (GArray) source_items = g_array_new (FALSE, FALSE, sizeof (Item));
  guint n = (guint) g_test_rand_int_range (1, 4000), first;

  for (guint i = 0; i < n; i++)
    {
      Item item = { random_number (), random_number () };

      _orm_keys_append (source, item.key, item.rank);
      g_array_append_val (source_items, item);
    }

  first = (guint) g_test_rand_int_range (0, (gint) n);
  _orm_keys_insert_range (keys, position, source, first, n - first);
  g_array_insert_vals (items, position, &g_array_index (source_items, Item, first), n - first);

  /* A change of one does not change what it shares with the other. */
  _orm_keys_set (source, n - 1, -5);
  _orm_keys_remove (source, 0, 1);
}

static void
remove_some (OrmKeys *keys, GArray *items, guint position)
{
  guint n = (guint) g_test_rand_int_range (1, g_test_rand_bit () ? 3 : 3000);

  n = MIN (n, items->len - position);
  if (n == 0)
    return;

  _orm_keys_remove (keys, position, n);
  g_array_remove_range (items, position, n);
}

static void
test_random (gconstpointer data)
{
  OrmKeysKind kind = (OrmKeysKind) GPOINTER_TO_INT (data);
  g_autoptr (OrmKeys) keys = _orm_keys_new (kind);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (guint i = 0; i < 3000; i++)
    {
      guint position = (guint) g_test_rand_int_range (0, (gint) items->len + 1);
      g_autoptr (OrmKeys) copy = _orm_keys_copy (keys);
      g_autoptr (GArray) old_items = i % 100 == 0 ? g_array_copy (items) : NULL;

      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
          if (items->len < 20000)
            insert_many (keys, items, position, kind);
          break;
        case 1:
        case 2:
          remove_some (keys, items, position);
          break;
        case 3:
          if (position < items->len)
            {
              g_array_index (items, Item, position).key = random_number ();
              _orm_keys_set (keys, position, g_array_index (items, Item, position).key);
            }
          break;
        default:
          insert (keys, items, position);
          break;
        }

      g_assert_cmpuint (_orm_keys_get_length (keys), ==, items->len);
      if (i % 20 == 0)
        check (keys, items);
      if (old_items != NULL)
        check (copy, old_items);
    }

  _orm_keys_clear (keys);
  g_assert_cmpuint (_orm_keys_get_length (keys), ==, 0);
}

static void
test_find (void)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  guint position;

  for (gint64 i = 0; i < 5000; i++)
    _orm_keys_append (keys, i % 10 == 0 ? G_MININT64 + i : i, 0);

  for (gint64 i = 0; i < 5000; i++)
    {
      g_assert_true (_orm_keys_find (keys, i % 10 == 0 ? G_MININT64 + i : i, &position));
      g_assert_cmpuint (position, ==, i);
    }
  for (gint64 i = 4999; i >= 0; i -= 7)
    {
      g_assert_true (_orm_keys_find (keys, i % 10 == 0 ? G_MININT64 + i : i, &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_false (_orm_keys_find (keys, 10, &position));
  g_assert_false (_orm_keys_find (keys, G_MININT64 + 1, &position));

  /* A key above 32 bits differs from one with the same lower bits. */
  g_assert_false (_orm_keys_find (keys, (G_GINT64_CONSTANT (1) << 32) + 7, &position));
}

/*
 * Returns the n-th of many different keys in no order, some of them above 32
 * bits.
 */
static gint64
make_key (guint n)
{
  if (n % 50 == 0)
    return G_MININT64 + n;

  return (gint64) (n * 2654435761u & G_MAXINT32);
}

static gboolean
find_item (GArray *items, gint64 key, guint *position)
{
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, Item, i).key == key)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static void
check_find (OrmKeys *keys, GArray *items, gint64 key)
{
  guint n = items->len, wanted = 0, position = 0;
  guint from = n > 0 ? (guint) g_test_rand_int_range (0, (gint) n) : 0;
  gboolean is_there = find_item (items, key, &wanted);

  g_assert_cmpint (_orm_keys_find (keys, key, &position), ==, is_there);
  if (is_there)
    g_assert_cmpuint (position, ==, wanted);
  g_assert_cmpint (_orm_keys_find_from (keys, from, key, &position), ==,
                   is_there && wanted >= from);
  if (is_there && wanted >= from)
    g_assert_cmpuint (position, ==, wanted);
}

static void
insert_new (OrmKeys *keys, GArray *items, guint *n_keys, guint n)
{
  guint position = (guint) g_test_rand_int_range (0, (gint) items->len + 1);

  for (guint i = 0; i < n; i++)
    {
      Item item = { make_key ((*n_keys)++), 7 };

      _orm_keys_insert (keys, position + i, item.key, item.rank);
      g_array_insert_val (items, position + i, item);
    }
}

/*
 * Keys are found exactly where a plain array has them, however many searches
 * failed before an edit.
 */
static void
test_find_after_edits (gconstpointer data)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new ((OrmKeysKind) GPOINTER_TO_INT (data));
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  guint n_keys = 0;

  insert_new (keys, items, &n_keys, 6000);
  for (guint i = 0; i < 1500; i++)
    {
      guint position = (guint) g_test_rand_int_range (0, (gint) items->len);
      g_autoptr (OrmKeys) copy = _orm_keys_copy (keys);
      g_autoptr (GArray) old_items = i % 50 == 0 ? g_array_copy (items) : NULL;

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          insert_new (keys, items, &n_keys, (guint) g_test_rand_int_range (1, 40));
          break;
        case 1:
          g_array_index (items, Item, position).key = make_key (n_keys);
          _orm_keys_set (keys, position, make_key (n_keys++));
          break;
        default:
          if (items->len > 3000)
            remove_some (keys, items, position);
          else
            insert_new (keys, items, &n_keys, 3000);
          break;
        }

      for (guint j = 0; j < 6; j++)
        check_find (keys, items, make_key ((guint) g_test_rand_int_range (0, (gint) n_keys + 9)));
      for (guint j = 0; old_items != NULL && j < 20; j++)
        check_find (copy, old_items,
                    make_key ((guint) g_test_rand_int_range (0, (gint) n_keys + 9)));
    }
}

/*
 * One position is set to a new key again and again; the block's filter of its
 * keys does not fill up with old ones.
 */
static void
test_find_in_a_block_of_many_edits (void)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  guint position;

  for (guint i = 0; i < 2000; i++)
    _orm_keys_append (keys, i, 0);

  for (guint i = 2000; i < 20000; i++)
    {
      g_assert_false (_orm_keys_find (keys, i, &position));
      _orm_keys_set (keys, 300, i);
      g_assert_true (_orm_keys_find (keys, i, &position));
      g_assert_cmpuint (position, ==, 300);
    }
}

static void
test_replace_all (void)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITH_RANKS);
  g_autoptr (GHashTable) replacements =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (gint64 i = 0; i < 3000; i++)
    {
      gint64 old_key = G_MININT64 + i, new_key = 70000 + i;

      _orm_keys_append (keys, i % 3 == 0 ? old_key : i, i * 2);
      if (i % 3 == 0)
        g_hash_table_insert (replacements, g_memdup2 (&old_key, sizeof old_key),
                             g_memdup2 (&new_key, sizeof new_key));
    }

  g_assert_cmpuint (_orm_keys_replace_all (keys, replacements), ==, 1000);
  g_assert_cmpuint (_orm_keys_replace_all (keys, replacements), ==, 0);
  for (guint i = 0; i < 3000; i++)
    {
      g_assert_cmpint (_orm_keys_get (keys, i), ==, i % 3 == 0 ? 70000 + i : i);
      g_assert_cmpint (_orm_keys_get_rank (keys, i), ==, i * 2);
    }
}

static guint
count_ascending (GArray *items)
{
  guint n = 0;

  while (n < items->len &&
         g_array_index (items, Item, n).key > (n > 0 ? g_array_index (items, Item, n - 1).key : 0))
    n++;
  return n;
}

/*
 * Keys in order equal a plain array, a new one has its place among them, and
 * each is found.
 */
static void
check_ascending (OrmKeys *keys, GArray *items, gint64 key)
{
  guint n = count_ascending (items), place = 0, position = 0;

  while (place < items->len && g_array_index (items, Item, place).key < key)
    place++;

  g_assert_cmpuint (_orm_keys_get_n_ascending (keys), ==, n);
  g_assert_cmpuint (_orm_keys_find_place (keys, key), ==, n == items->len ? place : items->len);
  g_assert_cmpint (_orm_keys_find (keys, key, &position), ==, find_item (items, key, &place));
}

/*
 * Keys in order, some of which are moved and restored.
 */
static void
test_ascending_after_edits (void)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (guint i = 0; i < 8000; i++)
    {
      Item item = { 3 + i * 3, 0 };

      _orm_keys_append (keys, item.key, 0);
      g_array_append_val (items, item);
    }

  for (guint i = 0; i < 2000; i++)
    {
      guint position = (guint) g_test_rand_int_range (1, (gint) items->len);
      gint64 key = g_array_index (items, Item, position).key;
      Item wrong = { g_test_rand_bit () ? key - 1 : 1, 0 };

      check_ascending (keys, items, key - 2);
      _orm_keys_insert (keys, position, wrong.key, 0);
      g_array_insert_val (items, position, wrong);
      check_ascending (keys, items, key - 2);
      if (i % 7 == 0)
        {
          _orm_keys_set (keys, position - 1, wrong.key - 1);
          g_array_index (items, Item, position - 1).key = wrong.key - 1;
          check_ascending (keys, items, wrong.key);
          _orm_keys_remove (keys, position - 1, 1);
          g_array_remove_index (items, --position);
        }
      _orm_keys_remove (keys, position, 1);
      g_array_remove_index (items, position);
      if (i % 3 == 0)
        remove_some (keys, items, position);
      check_ascending (keys, items, key);
      if (items->len < 100)
        break;
    }
}

static void
test_shares_blocks (void)
{
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS), copy = NULL;
  guint first, n;
  gpointer block;

  for (gint64 i = 0; i < 10000; i++)
    _orm_keys_append (keys, i, 0);

  copy = _orm_keys_copy (keys);
  block = _orm_keys_get_block (keys, 5000, &first, &n);
  g_assert_true (block == _orm_keys_get_block (copy, 5000, &first, &n));
  g_assert_cmpuint (first, <=, 5000);
  g_assert_cmpuint (first + n, >, 5000);

  _orm_keys_insert (copy, 5000, 77, 0);
  g_assert_true (block == _orm_keys_get_block (keys, 5000, &first, &n));
  g_assert_false (block == _orm_keys_get_block (copy, 5000, &first, &n));
  g_assert_true (_orm_keys_get_block (keys, 100, &first, &n) ==
                 _orm_keys_get_block (copy, 100, &first, &n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/orm/keys/random", GINT_TO_POINTER (ORM_KEYS_WITHOUT_RANKS), test_random);
  g_test_add_data_func ("/orm/keys/random-with-ranks", GINT_TO_POINTER (ORM_KEYS_WITH_RANKS),
                        test_random);
  g_test_add_func ("/orm/keys/find", test_find);
  g_test_add_data_func ("/orm/keys/find-after-edits", GINT_TO_POINTER (ORM_KEYS_WITHOUT_RANKS),
                        test_find_after_edits);
  g_test_add_data_func ("/orm/keys/find-after-edits-with-ranks",
                        GINT_TO_POINTER (ORM_KEYS_WITH_RANKS), test_find_after_edits);
  g_test_add_func ("/orm/keys/find-in-a-block-of-many-edits", test_find_in_a_block_of_many_edits);
  g_test_add_func ("/orm/keys/replace-all", test_replace_all);
  g_test_add_func ("/orm/keys/ascending-after-edits", test_ascending_after_edits);
  g_test_add_func ("/orm/keys/shares-blocks", test_shares_blocks);

  return g_test_run ();
}
