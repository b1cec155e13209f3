/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-flush-private.h"

/*
 * Before a flush writes over what another program has written: if somebody has
 * committed since the session last looked, the rows are compared with what the
 * changes here started from. The transaction is open then, so nobody can come
 * in between.
 */

/* Rows to a statement. */
#define CHUNK 1000

static gboolean
is_conflict (OrmFlush *self, OrmEntity *entity, const OrmRow *row, guint slot)
{
  const OrmJournalEntry *first = _orm_flush_find_first (self, entity, slot);
  OrmValue now = _orm_entity_get_slot (entity, slot);

  return first != NULL && !_orm_value_equal (&first->old, &row->values[slot]) &&
         !_orm_value_equal (&now, &row->values[slot]);
}

static gboolean
contested (OrmMapper *mapper, OrmEntity *entity, guint slot, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
               "%s of row %" G_GINT64_FORMAT " of %s was changed by another program",
               mapper->slot_names[slot], _orm_entity_get_key (entity), mapper->table);
  return FALSE;
}

static gboolean
check_entity (OrmFlush *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmRow *row =
    _orm_row_cache_lookup (_orm_session_get_rows (self->session, priv->mapper), priv->key);

  /* A row that has gone is found out by the UPDATE. */
  for (guint i = 0; row != NULL && i < priv->mapper->n_slots; i++)
    if ((priv->dirty & ORM_SLOT_BIT (i)) != 0 && is_conflict (self, entity, row, i))
      return contested (priv->mapper, entity, i, error);

  return TRUE;
}

static gboolean
check_class (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) entities = _orm_flush_pick (self->updates, mapper);

  for (guint from = 0; from < entities->len; from += CHUNK)
    {
      guint end = MIN (from + CHUNK, entities->len);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint i = from; i < end; i++)
        {
          gint64 id = _orm_entity_get_key (g_ptr_array_index (entities, i));

          g_array_append_val (ids, id);
        }

      if (!_orm_session_read_rows (self->session, mapper, ids, error))
        return FALSE;

      for (guint i = from; i < end; i++)
        if (!check_entity (self, g_ptr_array_index (entities, i), error))
          return FALSE;
    }

  return TRUE;
}

/*
 * What was found out when another program's commit was worked in.
 */
gboolean
_orm_flush_check_contested (OrmFlush *self, GError **error)
{
  for (guint i = 0; i < self->updates->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->updates, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      if (priv->contested != 0)
        return contested (priv->mapper, entity,
                          (guint) g_bit_nth_lsf ((gulong) priv->contested, -1), error);
    }

  return TRUE;
}

gboolean
_orm_flush_check_conflicts (OrmFlush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  if (self->updates->len == 0 || !_orm_session_is_behind (self->session))
    return TRUE;

  for (guint i = 0; i < mappers->len; i++)
    if (!check_class (self, g_ptr_array_index (mappers, i), error))
      return FALSE;

  return TRUE;
}
