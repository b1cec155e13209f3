/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-key-block-private.h"

#include <string.h>

/* The initial capacity of the first block, so that a short list needs less
 * memory. */
#define MIN_CAPACITY 16

/* A filter does not speed up searching a block with fewer keys than this. */
#define MIN_FILTERED 256

/* The number of unsuccessful searches after which a block gets a filter. */
#define MAX_MISSED 8

/* The number of bits that each key sets in the filter. */
#define N_HASHES 4

OrmKeyBlock *
_orm_key_block_new (guint n_columns, guint n, gboolean is_wide)
{
  gsize size = is_wide ? sizeof (gint64) : sizeof (gint32);
  guint capacity = MIN_CAPACITY;
  OrmKeyBlock *block;

  while (capacity < n)
    capacity *= 4;

  block = g_malloc (sizeof (OrmKeyBlock) + size * capacity * n_columns);
  block->ref_count = 1;
  block->n_columns = n_columns;
  block->capacity = capacity;
  block->n = 0;
  block->n_wide = 0;
  block->is_wide = is_wide;
  block->is_ascending = FALSE;
  block->filter = NULL;
  block->n_filtered = 0;
  block->n_missed = 0;
  return block;
}

void
_orm_key_block_unref (OrmKeyBlock *block)
{
  if (--block->ref_count > 0)
    return;

  g_free (block->filter);
  g_free (block);
}

/*
 * Moves @n keys, and their ranks, within the block.
 */
void
_orm_key_block_shift (OrmKeyBlock *block, guint from, guint to, guint n)
{
  for (guint column = 0; column < block->n_columns; column++)
    {
      guint base = column * block->capacity;

      if (block->is_wide)
        memmove (block->numbers + base + to, block->numbers + base + from, n * sizeof (gint64));
      else
        memmove ((gint32 *) block->numbers + base + to, (gint32 *) block->numbers + base + from,
                 n * sizeof (gint32));
    }
}

void
_orm_key_block_append (OrmKeyBlock *block, const OrmKeyBlock *source, guint first, guint n)
{
  g_assert (block->n + n <= block->capacity && (block->is_wide || source->n_wide == 0));

  for (guint column = 0; column < block->n_columns; column++)
    for (guint i = 0; i < n; i++)
      {
        gint64 number = _orm_key_block_get (source, column, first + i);

        _orm_key_block_put (block, column, block->n + i, number);
        block->n_wide += _orm_key_is_wide (number);
      }

  block->n += n;
}

OrmKeyBlock *
_orm_key_block_copy (
  const OrmKeyBlock *source, guint first, guint n, guint n_more, gboolean is_wide)
{
  OrmKeyBlock *block = _orm_key_block_new (source->n_columns, n + n_more, is_wide);

  _orm_key_block_append (block, source, first, n);
  block->n_missed = source->n_missed;
  return block;
}

/*
 * The n-th bit of a key in the filter.
 */
static guint
get_bit (const OrmKeyBlock *block, gint64 key, guint n)
{
  guint64 hash = (guint64) key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  /* The capacity is a power of two. */
  return (guint) ((hash >> 32) + n * ((hash >> 48) | 1)) & (block->capacity * 8 - 1);
}

static gboolean
may_contain (const OrmKeyBlock *block, gint64 key)
{
  for (guint i = 0; i < N_HASHES; i++)
    {
      guint bit = get_bit (block, key, i);

      if ((block->filter[bit / 8] & (1 << bit % 8)) == 0)
        return FALSE;
    }

  return TRUE;
}

/*
 * Removed keys stay in the filter. When too many keys were added, the filter is
 * dropped, and is built again from the current keys when it is needed.
 */
void
_orm_key_block_add_to_filter (OrmKeyBlock *block, gint64 key)
{
  if (block->n_filtered == block->capacity * 2)
    {
      g_clear_pointer (&block->filter, g_free);
      block->n_missed = 0;
      return;
    }

  block->n_filtered++;
  for (guint i = 0; i < N_HASHES; i++)
    {
      guint bit = get_bit (block, key, i);

      block->filter[bit / 8] |= (guint8) (1 << bit % 8);
    }
}

static void
make_filter (OrmKeyBlock *block)
{
  block->filter = g_malloc0 (block->capacity);
  block->n_filtered = 0;
  for (guint i = 0; i < block->n; i++)
    _orm_key_block_add_to_filter (block, _orm_key_block_get (block, 0, i));
}

static gboolean
scan (const OrmKeyBlock *block, gint64 key, guint *offset)
{
  if (!block->is_wide)
    {
      const gint32 *numbers = (const gint32 *) block->numbers;

      for (guint i = 0; i < block->n; i++)
        if (numbers[i] == (gint32) key)
          {
            *offset = i;
            return TRUE;
          }

      return FALSE;
    }

  for (guint i = 0; i < block->n; i++)
    if (block->numbers[i] == key)
      {
        *offset = i;
        return TRUE;
      }

  return FALSE;
}

/*
 * Searches the keys, not the ranks. A key of 64 bits can only be in a wide
 * block.
 */
gboolean
_orm_key_block_find (OrmKeyBlock *block, gint64 key, guint *offset)
{
  if (!block->is_wide && _orm_key_is_wide (key))
    return FALSE;

  if (block->filter != NULL && !may_contain (block, key))
    return FALSE;

  if (scan (block, key, offset))
    return TRUE;

  if (block->filter == NULL && block->n >= MIN_FILTERED && ++block->n_missed >= MAX_MISSED)
    make_filter (block);

  return FALSE;
}
