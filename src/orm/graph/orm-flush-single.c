/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-links-private.h"

/*
 * A commit of one changed row, which is what most commits are: one statement
 * that is a transaction by itself. It writes only if the row still has what the
 * change started from; where it does not, or anything else is in the way, the
 * flush goes its usual way and finds out what.
 */

static gboolean
has_unique_slot (OrmMapper *mapper, guint64 slots)
{
  for (guint i = 0; i < mapper->n_columns; i++)
    if ((slots & ORM_SLOT_BIT (i)) != 0 && (mapper->columns[i].flags & ORM_COLUMN_UNIQUE) != 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_single (OrmFlush *self)
{
  OrmEntity *entity;
  OrmEntityPrivate *priv;

  if (self->updates->len != 1 || self->inserts->len + self->deletes->len + self->left->len > 0 ||
      _orm_flush_has_links (self))
    return FALSE;

  entity = g_ptr_array_index (self->updates, 0);
  priv = _orm_entity_get_private (entity);
  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].key < 0)
      return FALSE;

  return !has_unique_slot (priv->mapper, priv->dirty);
}

/*
 * Returns whether it wrote; if not, nothing has happened.
 */
gboolean
_orm_flush_write_single (OrmFlush *self)
{
  OrmValue old_values[64];
  OrmEntity *entity;
  OrmEntityPrivate *priv;

  if (!is_single (self) || _orm_connection_in_transaction (self->connection) ||
      !_orm_connection_prepare_for_writing (self->connection, NULL))
    return FALSE;

  entity = g_ptr_array_index (self->updates, 0);
  priv = _orm_entity_get_private (entity);
  for (guint i = 0; i < priv->mapper->n_slots; i++)
    {
      const OrmJournalEntry *first = _orm_flush_find_first (self, entity, i);

      if ((priv->dirty & ORM_SLOT_BIT (i)) != 0 && first == NULL)
        return FALSE;
      if (first != NULL)
        old_values[i] = first->old;
    }

  return _orm_row_writer_update_checked (self->writer, entity, old_values);
}
