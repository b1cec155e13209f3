/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-session-impl-private.h"

/*
 * The database's tables, made from what the classes say of themselves.
 */

typedef gboolean (*WordTable) (OrmSession *self,
                               OrmMapper *mapper,
                               GPtrArray *statements,
                               GError **error);

static gboolean
word_new (OrmSession *self, OrmMapper *mapper, GPtrArray *statements, GError **error)
{
  g_ptr_array_add (statements, _orm_dialect_create_table (mapper));
  _orm_dialect_create_indexes (mapper, statements);
  return TRUE;
}

/*
 * SQL does not tell “Name” from “name”: here they all are small.
 */
static GHashTable *
read_columns (OrmSession *self, OrmMapper *mapper, GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_TEXT };
  g_autofree char *sql = _orm_dialect_select_columns (mapper);
  g_autoptr (OrmResult) result =
    _orm_connection_select (self->connection, sql, NULL, 0, reads, G_N_ELEMENTS (reads), error);
  GHashTable *columns;

  if (result == NULL)
    return NULL;

  columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    g_hash_table_add (columns, g_ascii_strdown (_orm_result_get_text (result, i, 1), -1));
  return columns;
}

/* The indexes come last: there may be some over new columns. */
static gboolean
word_missing (OrmSession *self, OrmMapper *mapper, GPtrArray *statements, GError **error)
{
  g_autoptr (GHashTable) columns = read_columns (self, mapper, error);

  if (columns == NULL)
    return FALSE;

  if (g_hash_table_size (columns) == 0)
    return word_new (self, mapper, statements, error);

  for (guint slot = 0; slot < mapper->n_slots; slot++)
    {
      g_autofree char *name = g_ascii_strdown (mapper->slot_names[slot], -1);

      if (!g_hash_table_contains (columns, name))
        _orm_dialect_add_column (mapper, slot, statements);
    }
  _orm_dialect_create_indexes (mapper, statements);
  return TRUE;
}

/*
 * The tables of the classes, then those between two of them.
 */
static gboolean
word_tables (OrmSession *self, WordTable word, GPtrArray *statements, GError **error)
{
  for (guint i = 0; i < self->mappers->len; i++)
    if (!word (self, g_ptr_array_index (self->mappers, i), statements, error))
      return FALSE;

  for (guint i = 0; i < self->mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (self->mappers, i);

      for (guint j = 0; j < mapper->n_collections; j++)
        if (_orm_side_has_links (mapper->collections[j]) &&
            _orm_side_get_first (mapper->collections[j]) == mapper->collections[j])
          _orm_dialect_create_association (mapper->collections[j], statements);
    }

  return TRUE;
}

static gboolean
execute_all (OrmSession *self, WordTable word, GError **error)
{
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);

  if (!word_tables (self, word, statements, error))
    return FALSE;

  for (guint i = 0; i < statements->len; i++)
    if (!orm_connection_execute (self->connection, g_ptr_array_index (statements, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
execute_in_transaction (OrmSession *self, WordTable word, GError **error)
{
  gboolean was_open = _orm_connection_in_transaction (self->connection);

  if (!orm_connection_begin (self->connection, error))
    return FALSE;

  if (execute_all (self, word, error))
    return was_open || orm_connection_commit (self->connection, error);

  if (!was_open)
    orm_connection_rollback (self->connection);
  return FALSE;
}

/**
 * orm_session_create_tables:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Makes the tables of all classes, and the association tables between them,
 * with their constraints and indexes, where they are not there yet. Inside an open transaction it
 * is part of it.
 *
 * Returns: %TRUE if they are there
 */
gboolean
orm_session_create_tables (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return execute_in_transaction (self, word_new, error);
}

/**
 * orm_session_update_tables:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * As orm_session_create_tables(), and gives the tables that are there the
 * columns, foreign keys and indexes that they lack. Nothing is taken away or
 * changed: what a class no longer names stays, and so does what it now says
 * otherwise.
 *
 * SQLite adds a column to rows that are there already only if they can do
 * without a value of their own: a new column must allow %NULL or have a
 * fallback, a new to-one must not be %ORM_RELATIONSHIP_NOT_NULL, and neither a
 * timestamp of now nor a date of today can be the fallback. A column that is to
 * be unique gets an index that sees to it.
 *
 * Returns: %TRUE if everything is there
 */
gboolean
orm_session_update_tables (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return execute_in_transaction (self, word_missing, error);
}
