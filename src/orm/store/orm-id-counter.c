/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-id-counter-private.h"

typedef struct
{
  gint64 last_id;         /* the last id known to be used */
  gboolean knows_last_id; /* whether @last_id includes that of the database */
} Count;

struct _OrmIdCounter
{
  OrmConnection *connection;
  GHashTable *counts; /* mapper → Count */
};

OrmIdCounter *
_orm_id_counter_new (OrmConnection *connection)
{
  OrmIdCounter *self = g_new0 (OrmIdCounter, 1);

  self->connection = g_object_ref (connection);
  self->counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
_orm_id_counter_free (OrmIdCounter *self)
{
  g_hash_table_unref (self->counts);
  g_object_unref (self->connection);
  g_free (self);
}

static Count *
ensure_count (OrmIdCounter *self, OrmMapper *mapper)
{
  Count *count = g_hash_table_lookup (self->counts, mapper);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (self->counts, mapper, count);
    }

  return count;
}

/*
 * sqlite_sequence exists only once a table with AUTOINCREMENT was created, and
 * a table that another program created may lack AUTOINCREMENT.
 */
static gboolean
read_last_id (OrmIdCounter *self, OrmMapper *mapper, gint64 *last_id, GError **error)
{
  g_autofree char *sql = _orm_dialect_select_last_id (mapper);
  g_autofree char *greatest_sql = NULL;
  OrmValue table = { .is_text = TRUE, .text = (char *) mapper->table };

  if (_orm_connection_select_int64 (self->connection, sql, &table, 1, last_id, NULL))
    return TRUE;

  greatest_sql = _orm_dialect_select_greatest_id (mapper);
  return _orm_connection_select_int64 (self->connection, greatest_sql, NULL, 0, last_id, error);
}

/*
 * Returns: the id of the next new row, or 0 with @error set
 */
gint64
_orm_id_counter_next (OrmIdCounter *self, OrmMapper *mapper, GError **error)
{
  Count *count = ensure_count (self, mapper);
  gint64 last_id;

  if (!count->knows_last_id)
    {
      if (!read_last_id (self, mapper, &last_id, error))
        return 0;
      count->last_id = MAX (count->last_id, last_id);
      count->knows_last_id = TRUE;
    }

  if (count->last_id == G_MAXINT64)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_FULL,
                   "%s cannot take more rows: its last id is the greatest possible", mapper->table);
      return 0;
    }

  return ++count->last_id;
}

/*
 * Notes an id that a new row gets from the program.
 */
void
_orm_id_counter_use (OrmIdCounter *self, OrmMapper *mapper, gint64 id)
{
  Count *count = ensure_count (self, mapper);

  count->last_id = MAX (count->last_id, id);
}

/*
 * Has to be called when the transaction ends: from then on, other programs may
 * insert rows.
 */
void
_orm_id_counter_reset (OrmIdCounter *self)
{
  g_hash_table_remove_all (self->counts);
}
