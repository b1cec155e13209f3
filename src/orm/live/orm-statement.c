/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-statement-private.h"

static void
fault_clear (gpointer data)
{
  g_free (((OrmFault *) data)->sql);
}

/*
 * Takes ownership of @sql, and shares the parameters of @parts, from which it
 * was built.
 */
void
_orm_statement_init (OrmStatement *self, char *sql, OrmQuerySql *parts)
{
  self->sql = sql;
  self->parameters = g_array_ref (parts->parameters);
  self->faults = g_array_new (FALSE, FALSE, sizeof (OrmFault));
  g_array_set_clear_func (self->faults, fault_clear);
}

/*
 * Adds a statement that finds a row with an invalid value at the end of @path,
 * in case the sum turns out to be invalid.
 */
void
_orm_statement_add_fault (OrmStatement *self, OrmQuery *query, OrmQuerySql *parts, OrmPath *path)
{
  OrmFault fault = { .mapper = path->end, .slot = (guint) path->slot };

  if (path->slot < 0)
    return;

  fault.sql = _orm_query_sql_fault (query, parts, path);
  g_array_append_val (self->faults, fault);
}

/*
 * Sets @error to the reason why a sum is invalid.
 */
void
_orm_statement_set_error (OrmStatement *self, OrmConnection *connection, GError **error)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      const OrmFault *fault = &g_array_index (self->faults, OrmFault, i);
      gint64 id;

      if (!_orm_connection_select_int64 (connection, fault->sql,
                                         (const OrmValue *) self->parameters->data,
                                         self->parameters->len, &id, error))
        return;

      if (id != 0)
        {
          _orm_row_set_error (fault->mapper, id, fault->slot, error);
          return;
        }
    }

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "The sum is too large");
}

void
_orm_statement_init_sum (OrmStatement *self, OrmQuery *query, OrmPath *value)
{
  g_auto (OrmQuerySql) sql = { 0 };

  _orm_query_sql_init (&sql, query);
  _orm_statement_init (self, _orm_query_sql_sum (query, &sql, value), &sql);
  _orm_statement_add_fault (self, query, &sql, value);
}

/*
 * When a sum exceeds 64 bits, SQLite stops and libgda reports no error but
 * returns no row. A value that is not an integer makes the sum a real number,
 * which the third column reports.
 */
gboolean
_orm_statement_run_sum (
  OrmStatement *self, OrmConnection *connection, gint64 *sum, guint64 *n_rows, GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_INT64, ORM_READ_INT64 };
  g_autoptr (OrmResult) result = _orm_statement_run (self, connection, reads, 3, error);

  if (result == NULL)
    return FALSE;

  if (_orm_result_get_n_rows (result) == 0 || _orm_result_get_int64 (result, 0, 2) == 0)
    {
      _orm_statement_set_error (self, connection, error);
      return FALSE;
    }

  *sum = _orm_result_get_int64 (result, 0, 0);
  *n_rows = (guint64) _orm_result_get_int64 (result, 0, 1);
  return TRUE;
}

void
_orm_statement_clear (OrmStatement *self)
{
  g_free (self->sql);
  g_array_unref (self->parameters);
  g_array_unref (self->faults);
}

OrmResult *
_orm_statement_run (OrmStatement *self,
                    OrmConnection *connection,
                    const OrmRead *reads,
                    guint n_reads,
                    GError **error)
{
  return _orm_connection_select (connection, self->sql, (const OrmValue *) self->parameters->data,
                                 self->parameters->len, reads, n_reads, error);
}
