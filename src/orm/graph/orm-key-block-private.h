/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The number of keys in a block: 4 kB, or 8 kB with ranks. */
#define ORM_KEY_BLOCK_CAPACITY 1024

/*
 * OrmKeyBlock:
 *
 * A run of keys, followed by as many ranks. Copies of a list share their
 * blocks; a shared block is copied before it is changed. In a narrow block the
 * numbers have 32 bits, which is enough for most ids and for dates, but not for
 * the keys of pending entities.
 *
 * After several unsuccessful searches a block gets a Bloom filter, with one
 * byte for each key, so that most later ones need not scan its keys.
 */
typedef struct
{
  guint ref_count;
  guint n_columns;
  guint capacity;
  guint n;
  guint n_wide; /* the number of numbers that need 64 bits */
  gboolean is_wide;
  gboolean is_ascending; /* known to be in ascending order */
  guint8 *filter;        /* a Bloom filter of the keys, or NULL */
  guint n_filtered;      /* the number of keys added to it, including removed ones */
  guint n_missed;        /* the number of unsuccessful searches, without a filter */
  gint64 numbers[];      /* as gint32 in a narrow block */
} OrmKeyBlock;

static inline gboolean
_orm_key_is_wide (gint64 number)
{
  return number < G_MININT32 || number > G_MAXINT32;
}

static inline gint64
_orm_key_block_get (const OrmKeyBlock *block, guint column, guint i)
{
  guint index = column * block->capacity + i;

  return block->is_wide ? block->numbers[index] : ((const gint32 *) block->numbers)[index];
}

void _orm_key_block_add_to_filter (OrmKeyBlock *block, gint64 key);

static inline void
_orm_key_block_put (OrmKeyBlock *block, guint column, guint i, gint64 number)
{
  guint index = column * block->capacity + i;

  if (column == 0)
    {
      block->is_ascending = FALSE;
      if (block->filter != NULL)
        _orm_key_block_add_to_filter (block, number);
    }

  if (block->is_wide)
    block->numbers[index] = number;
  else
    ((gint32 *) block->numbers)[index] = (gint32) number;
}

OrmKeyBlock *_orm_key_block_new (guint n_columns, guint n, gboolean is_wide);
void _orm_key_block_unref (OrmKeyBlock *block);
void _orm_key_block_shift (OrmKeyBlock *block, guint from, guint to, guint n);
void _orm_key_block_append (OrmKeyBlock *block, const OrmKeyBlock *source, guint first, guint n);
OrmKeyBlock *_orm_key_block_copy (
  const OrmKeyBlock *source, guint first, guint n, guint n_more, gboolean is_wide);
gboolean _orm_key_block_find (OrmKeyBlock *block, gint64 key, guint *offset);

G_END_DECLS
