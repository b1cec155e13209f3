/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-key-block-private.h"
#include "orm-keys-private.h"

/* A block with fewer keys than this is joined with its neighbour. */
#define MIN_BLOCK (ORM_KEY_BLOCK_CAPACITY / 8)

struct _OrmKeys
{
  guint ref_count;
  OrmKeysKind kind;
  GPtrArray *blocks;
  GArray *starts;  /* of guint: the position of each block's first key */
  guint n_started; /* how many of them are valid */
  guint length;
  guint n_ascending; /* how many at the front are known to be ascending ids */
  guint hint;        /* the block that was accessed last */
  guint found;       /* the position of the key that was found last */
};

#define BLOCK_AT(self, i) ((OrmKeyBlock *) g_ptr_array_index ((self)->blocks, i))
#define START_AT(self, i) g_array_index ((self)->starts, guint, i)

static guint
n_columns (OrmKeys *self)
{
  return self->kind == ORM_KEYS_WITH_RANKS ? 2 : 1;
}

static void
replace_block (OrmKeys *self, guint index, OrmKeyBlock *block)
{
  _orm_key_block_unref (BLOCK_AT (self, index));
  g_ptr_array_index (self->blocks, index) = block;
}

/*
 * Makes sure that a block is not shared and has room for @n_more keys.
 */
static OrmKeyBlock *
own_block (OrmKeys *self, guint index, guint n_more, gboolean needs_wide)
{
  OrmKeyBlock *block = BLOCK_AT (self, index);
  gboolean is_wide = block->is_wide || needs_wide;

  if (block->ref_count > 1 || block->is_wide != is_wide || block->n + n_more > block->capacity)
    {
      replace_block (self, index, _orm_key_block_copy (block, 0, block->n, n_more, is_wide));
      block = BLOCK_AT (self, index);
    }

  return block;
}

static void
narrow_if_possible (OrmKeys *self, guint index)
{
  OrmKeyBlock *block = BLOCK_AT (self, index);

  if (block->is_wide && block->n_wide == 0)
    replace_block (self, index, _orm_key_block_copy (block, 0, block->n, 0, FALSE));
}

/*
 * Moves the starts of all blocks after the first @n by @growth.
 */
static void
move_starts (OrmKeys *self, guint n, gint growth)
{
  guint *starts = (guint *) self->starts->data;

  for (guint i = n; i < self->n_started; i++)
    starts[i] += (guint) growth;
}

static void
insert_block (OrmKeys *self, guint index, OrmKeyBlock *block)
{
  g_ptr_array_insert (self->blocks, (gint) index, block);
  self->n_started = MIN (self->n_started, index);
}

static void
remove_blocks (OrmKeys *self, guint index, guint n)
{
  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    _orm_key_block_unref (BLOCK_AT (self, index + i));

  g_ptr_array_remove_range (self->blocks, index, n);
  self->n_started = MIN (self->n_started, index);
}

static void
update_starts (OrmKeys *self)
{
  guint start = 0;

  if (self->n_started == self->blocks->len)
    return;

  g_array_set_size (self->starts, self->blocks->len);
  if (self->n_started > 0)
    start = START_AT (self, self->n_started - 1) + BLOCK_AT (self, self->n_started - 1)->n;

  for (guint i = self->n_started; i < self->blocks->len; i++)
    {
      START_AT (self, i) = start;
      start += BLOCK_AT (self, i)->n;
    }

  self->n_started = self->blocks->len;
}

static gboolean
is_in_block (OrmKeys *self, guint index, guint position)
{
  return index < self->n_started && START_AT (self, index) <= position &&
         position - START_AT (self, index) < BLOCK_AT (self, index)->n;
}

/*
 * Finds the block of a position, and the offset in that block.
 */
static guint
locate (OrmKeys *self, guint position, guint *offset)
{
  guint low = 0, high;

  g_assert (position < self->length);

  if (!is_in_block (self, self->hint, position))
    {
      update_starts (self);
      high = self->blocks->len;
      while (high - low > 1)
        {
          guint middle = low + (high - low) / 2;

          if (START_AT (self, middle) <= position)
            low = middle;
          else
            high = middle;
        }
      self->hint = low;
    }

  *offset = position - START_AT (self, self->hint);
  return self->hint;
}

/*
 * Splits a block so that one begins at @position.
 *
 * Returns: the index of the block that begins there
 */
static guint
split_at (OrmKeys *self, guint position)
{
  guint offset, index;
  OrmKeyBlock *block, *tail;

  if (position == self->length)
    return self->blocks->len;

  index = locate (self, position, &offset);
  if (offset == 0)
    return index;

  block = own_block (self, index, 0, FALSE);
  tail = _orm_key_block_copy (block, offset, block->n - offset, 0, block->is_wide);
  block->n = offset;
  block->n_wide -= tail->n_wide;
  insert_block (self, index + 1, tail);
  return index + 1;
}

static void
join_small (OrmKeys *self, guint index)
{
  OrmKeyBlock *block, *next;

  if (index + 1 >= self->blocks->len)
    return;

  block = BLOCK_AT (self, index);
  next = BLOCK_AT (self, index + 1);
  if ((block->n >= MIN_BLOCK && next->n >= MIN_BLOCK) ||
      block->n + next->n > ORM_KEY_BLOCK_CAPACITY / 2)
    return;

  block = own_block (self, index, next->n, next->is_wide);
  _orm_key_block_append (block, next, 0, next->n);
  remove_blocks (self, index + 1, 1);
  self->n_started = MIN (self->n_started, index);
}

OrmKeys *
_orm_keys_new (OrmKeysKind kind)
{
  OrmKeys *self = g_new0 (OrmKeys, 1);

  self->ref_count = 1;
  self->kind = kind;
  self->blocks = g_ptr_array_new ();
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

/*
 * Copies the list. The copy shares all blocks, so it takes one pointer for
 * about a thousand keys.
 */
OrmKeys *
_orm_keys_copy (OrmKeys *self)
{
  OrmKeys *copy = _orm_keys_new (self->kind);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      BLOCK_AT (self, i)->ref_count++;
      g_ptr_array_add (copy->blocks, BLOCK_AT (self, i));
    }

  copy->length = self->length;
  copy->n_ascending = self->n_ascending;
  return copy;
}

OrmKeys *
_orm_keys_ref (OrmKeys *self)
{
  self->ref_count++;
  return self;
}

void
_orm_keys_unref (OrmKeys *self)
{
  if (--self->ref_count > 0)
    return;

  _orm_keys_clear (self);
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->starts);
  g_free (self);
}

guint
_orm_keys_get_length (OrmKeys *self)
{
  return self->length;
}

gboolean
_orm_keys_has_ranks (OrmKeys *self)
{
  return self->kind == ORM_KEYS_WITH_RANKS;
}

gint64
_orm_keys_get (OrmKeys *self, guint position)
{
  guint offset, index = locate (self, position, &offset);

  return _orm_key_block_get (BLOCK_AT (self, index), 0, offset);
}

gint64
_orm_keys_get_rank (OrmKeys *self, guint position)
{
  guint offset, index = locate (self, position, &offset);

  g_assert (self->kind == ORM_KEYS_WITH_RANKS);
  return _orm_key_block_get (BLOCK_AT (self, index), 1, offset);
}

/*
 * The number of keys from @from on that are ids in ascending order, also
 * greater than the key before @from.
 */
static guint
count_ascending (OrmKeys *self, guint from)
{
  gint64 last = from > 0 ? _orm_keys_get (self, from - 1) : 0;
  guint n = 0;

  while (from + n < self->length)
    {
      guint offset, index = locate (self, from + n, &offset);
      OrmKeyBlock *block = BLOCK_AT (self, index);
      guint first = offset;

      /* Do not scan a block again that is known to be ascending. */
      if (first == 0 && block->is_ascending && _orm_key_block_get (block, 0, 0) > last)
        {
          last = _orm_key_block_get (block, 0, block->n - 1);
          n += block->n;
          continue;
        }

      for (; offset < block->n; offset++, n++)
        {
          gint64 key = _orm_key_block_get (block, 0, offset);

          if (key <= last)
            return n;
          last = key;
        }

      block->is_ascending |= first == 0;
    }

  return n;
}

/*
 * The number of keys at the front that are ids in ascending order.
 */
guint
_orm_keys_get_n_ascending (OrmKeys *self)
{
  self->n_ascending += count_ascending (self, self->n_ascending);
  return self->n_ascending;
}

/*
 * The position that a key has, or would have, among the ascending ids at the
 * front.
 */
static guint
find_ascending (OrmKeys *self, gint64 key)
{
  guint low = 0, high = _orm_keys_get_n_ascending (self);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (_orm_keys_get (self, middle) < key)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/*
 * The position for a new key: in order if all keys are ascending ids, otherwise
 * at the end.
 */
guint
_orm_keys_find_place (OrmKeys *self, gint64 key)
{
  return key > 0 && _orm_keys_get_n_ascending (self) == self->length ? find_ascending (self, key)
                                                                     : self->length;
}

/*
 * Whether the ids at the front are still ascending after a key was inserted
 * among them.
 */
static gboolean
is_in_order (OrmKeys *self, guint position)
{
  gint64 key = _orm_keys_get (self, position);

  return (position == 0 ? key > 0 : key > _orm_keys_get (self, position - 1)) &&
         key < _orm_keys_get (self, position + 1);
}

/*
 * Changes the key of an item.
 */
void
_orm_keys_set (OrmKeys *self, guint position, gint64 key)
{
  guint offset, index = locate (self, position, &offset);
  OrmKeyBlock *block = own_block (self, index, 0, _orm_key_is_wide (key));

  block->n_wide -= _orm_key_is_wide (_orm_key_block_get (block, 0, offset));
  block->n_wide += _orm_key_is_wide (key);
  _orm_key_block_put (block, 0, offset, key);
  self->n_ascending = MIN (self->n_ascending, position);
  narrow_if_possible (self, index);
}

void
_orm_keys_append (OrmKeys *self, gint64 key, gint64 rank)
{
  gboolean needs_wide = _orm_key_is_wide (key) || _orm_key_is_wide (rank);
  guint index = self->blocks->len;
  OrmKeyBlock *block;

  if (index == 0 || BLOCK_AT (self, index - 1)->n == ORM_KEY_BLOCK_CAPACITY)
    g_ptr_array_add (
      self->blocks,
      _orm_key_block_new (n_columns (self), index > 0 ? ORM_KEY_BLOCK_CAPACITY : 0, needs_wide));
  else
    index--;

  block = own_block (self, index, 1, needs_wide);
  _orm_key_block_put (block, 0, block->n, key);
  block->n_wide += _orm_key_is_wide (key);
  if (self->kind == ORM_KEYS_WITH_RANKS)
    {
      _orm_key_block_put (block, 1, block->n, rank);
      block->n_wide += _orm_key_is_wide (rank);
    }
  block->n++;
  self->length++;
}

void
_orm_keys_insert (OrmKeys *self, guint position, gint64 key, gint64 rank)
{
  gboolean needs_wide = _orm_key_is_wide (key) || _orm_key_is_wide (rank);
  guint offset, index;
  OrmKeyBlock *block;

  g_assert (position <= self->length);

  if (position == self->length)
    {
      _orm_keys_append (self, key, rank);
      return;
    }

  index = locate (self, position, &offset);
  if (BLOCK_AT (self, index)->n == ORM_KEY_BLOCK_CAPACITY)
    {
      split_at (self, position - offset + ORM_KEY_BLOCK_CAPACITY / 2);
      index = locate (self, position, &offset);
    }

  block = own_block (self, index, 1, needs_wide);
  _orm_key_block_shift (block, offset, offset + 1, block->n - offset);
  _orm_key_block_put (block, 0, offset, key);
  block->n_wide += _orm_key_is_wide (key);
  if (self->kind == ORM_KEYS_WITH_RANKS)
    {
      _orm_key_block_put (block, 1, offset, rank);
      block->n_wide += _orm_key_is_wide (rank);
    }
  block->n++;
  self->length++;
  move_starts (self, index + 1, 1);

  if (position < self->n_ascending)
    self->n_ascending = is_in_order (self, position) ? self->n_ascending + 1 : position;
}

/*
 * Inserts @n items of another list of the same kind. Whole blocks are shared.
 */
void
_orm_keys_insert_range (OrmKeys *self, guint position, OrmKeys *source, guint first, guint n)
{
  guint index;

  g_assert (self->kind == source->kind && self != source);

  if (n < MIN_BLOCK)
    {
      for (guint i = 0; i < n; i++)
        _orm_keys_insert (self, position + i, _orm_keys_get (source, first + i),
                          self->kind == ORM_KEYS_WITH_RANKS ? _orm_keys_get_rank (source, first + i)
                                                            : 0);
      return;
    }

  index = split_at (self, position);
  self->length += n;
  self->n_ascending = MIN (self->n_ascending, position);
  while (n > 0)
    {
      guint offset, source_index = locate (source, first, &offset);
      OrmKeyBlock *block = BLOCK_AT (source, source_index);
      guint n_taken = MIN (block->n - offset, n);

      if (n_taken == block->n)
        block->ref_count++;
      else
        block = _orm_key_block_copy (block, offset, n_taken, 0, block->is_wide);

      insert_block (self, index++, block);
      first += n_taken;
      n -= n_taken;
    }

  self->n_started = 0;
}

static void
remove_in_block (OrmKeys *self, guint index, guint offset, guint n)
{
  OrmKeyBlock *block = own_block (self, index, 0, FALSE);

  for (guint column = 0; column < n_columns (self); column++)
    for (guint i = 0; i < n; i++)
      block->n_wide -= _orm_key_is_wide (_orm_key_block_get (block, column, offset + i));

  _orm_key_block_shift (block, offset + n, offset, block->n - offset - n);
  block->n -= n;
  move_starts (self, index + 1, -(gint) n);
  narrow_if_possible (self, index);
}

void
_orm_keys_remove (OrmKeys *self, guint position, guint n)
{
  guint offset, index, end;

  g_assert (n <= self->length && position <= self->length - n);

  if (n == 0)
    return;

  index = locate (self, position, &offset);
  if (n < BLOCK_AT (self, index)->n && offset + n <= BLOCK_AT (self, index)->n)
    remove_in_block (self, index, offset, n);
  else
    {
      index = split_at (self, position);
      end = split_at (self, position + n);
      remove_blocks (self, index, end - index);
    }

  self->length -= n;
  if (position < self->n_ascending)
    self->n_ascending -= MIN (n, self->n_ascending - position);
  join_small (self, index);
  if (index > 0)
    join_small (self, index - 1);
}

void
_orm_keys_clear (OrmKeys *self)
{
  remove_blocks (self, 0, self->blocks->len);
  self->length = 0;
  self->n_ascending = 0;
  self->hint = 0;
}

GArray *
_orm_keys_dup_array (OrmKeys *self)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->length);

  for (guint i = 0; i < self->length; i++)
    {
      gint64 key = _orm_keys_get (self, i);

      g_array_append_val (array, key);
    }

  return array;
}

/*
 * Finds a key at @from or after it. Looks next to the key that was found last
 * first, because keys are often searched for in order, then in all blocks, from
 * the last to the first.
 */
gboolean
_orm_keys_find_from (OrmKeys *self, guint from, gint64 key, guint *position)
{
  guint near = MAX (self->found, 1) - 1;

  for (guint i = MAX (near, from); i < MIN (near + 3, self->length); i++)
    if (_orm_keys_get (self, i) == key)
      {
        self->found = *position = i;
        return TRUE;
      }

  update_starts (self);
  for (guint i = self->blocks->len; i > 0; i--)
    {
      guint offset;

      if (START_AT (self, i - 1) + BLOCK_AT (self, i - 1)->n <= from)
        break;

      if (!_orm_key_block_find (BLOCK_AT (self, i - 1), key, &offset))
        continue;

      self->found = *position = START_AT (self, i - 1) + offset;
      return self->found >= from;
    }

  return FALSE;
}

/*
 * Among the ids in order by halves, and then in the rest, where the keys of
 * entities without a row are.
 */
gboolean
_orm_keys_find (OrmKeys *self, gint64 key, guint *position)
{
  guint place = key > 0 ? find_ascending (self, key) : self->n_ascending;

  if (place < self->n_ascending && _orm_keys_get (self, place) == key)
    {
      *position = place;
      return TRUE;
    }

  return _orm_keys_find_from (self, self->n_ascending, key, position);
}

/*
 * Replaces keys; @replacements maps pointers to old keys to pointers to new
 * ones. If all old keys are wide, only wide blocks are searched; the old keys
 * are checked for that only if they are not more than the list has.
 *
 * Returns: the number of keys that were replaced
 */
guint
_orm_keys_replace_all (OrmKeys *self, GHashTable *replacements)
{
  GHashTableIter iter;
  gpointer old_key, new_key;
  gboolean all_wide = g_hash_table_size (replacements) <= self->length;
  guint n_replaced = 0;

  g_hash_table_iter_init (&iter, replacements);
  while (all_wide && g_hash_table_iter_next (&iter, &old_key, &new_key))
    all_wide = _orm_key_is_wide (*(const gint64 *) old_key);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      if (all_wide && !BLOCK_AT (self, i)->is_wide)
        continue;

      for (guint j = 0; j < BLOCK_AT (self, i)->n; j++)
        {
          gint64 key = _orm_key_block_get (BLOCK_AT (self, i), 0, j);
          const gint64 *replacement = g_hash_table_lookup (replacements, &key);
          OrmKeyBlock *block;

          if (replacement == NULL)
            continue;

          block = own_block (self, i, 0, _orm_key_is_wide (*replacement));
          block->n_wide -= _orm_key_is_wide (key);
          block->n_wide += _orm_key_is_wide (*replacement);
          _orm_key_block_put (block, 0, j, *replacement);
          n_replaced++;
        }
      narrow_if_possible (self, i);
    }

  if (n_replaced > 0)
    self->n_ascending = 0;
  return n_replaced;
}

/*
 * The block of a position. The same pointer in two lists means equal keys.
 */
gpointer
_orm_keys_get_block (OrmKeys *self, guint position, guint *first, guint *n)
{
  guint offset, index = locate (self, position, &offset);

  *first = position - offset;
  *n = BLOCK_AT (self, index)->n;
  return BLOCK_AT (self, index);
}
