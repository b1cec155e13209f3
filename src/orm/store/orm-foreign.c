/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-foreign.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/*
 * Reads the file of another program. That program may have it open, the file
 * may be damaged, and it may have been crafted to do harm.
 *
 * The file is attached to a database in memory by a URI with mode=ro, so that
 * SQLite writes neither the file nor any file beside it; libgda does not
 * enforce its own read-only flag. Everything is read in one transaction.
 */

struct _OrmForeign
{
  OrmConnection *connection;
};

#define ROWS_AT_ONCE 2000

/* The place of the write version in SQLite's header, and its value for
 * write-ahead logging.
 * https://www.sqlite.org/fileformat.html#the_database_header */
#define HEADER_LENGTH 20
#define HEADER_WRITE_VERSION 18
#define VERSION_WAL 2

static gboolean
fail (GError **error, OrmError code, const char *message)
{
  g_set_error_literal (error, ORM_ERROR, code, message);
  return FALSE;
}

static gboolean
read_header (const char *path, char *header, GError **error)
{
  FILE *file = g_fopen (path, "rbe");
  gsize length;

  if (file == NULL)
    return fail (error, ORM_ERROR_NOT_FOUND, "The file cannot be opened");

  length = fread (header, 1, HEADER_LENGTH, file);
  fclose (file);
  if (length != HEADER_LENGTH || memcmp (header, "SQLite format 3", sizeof "SQLite format 3") != 0)
    return fail (error, ORM_ERROR_CORRUPT, "The file is not a database");

  return TRUE;
}

/*
 * Opening a file in WAL mode would create files beside it. With an empty log,
 * the file is complete by itself and can be opened as immutable.
 */
static char *
dup_address (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *log = g_strconcat (absolute, "-wal", NULL);
  char header[HEADER_LENGTH];
  GStatBuf info;

  if (uri == NULL || !read_header (path, header, error))
    return NULL;

  if (header[HEADER_WRITE_VERSION] != VERSION_WAL)
    return g_strconcat (uri, "?mode=ro", NULL);

  if (g_stat (log, &info) == 0 && info.st_size > 0)
    {
      fail (error, ORM_ERROR_BUSY, "The database is open in another program");
      return NULL;
    }

  return g_strconcat (uri, "?mode=ro&immutable=1", NULL);
}

static gboolean
attach (OrmForeign *self, const char *address, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) address };
  gint64 understands = 0;

  /* Without USE_URI, SQLite would take the URI as the name of a new file. */
  if (!_orm_connection_select_int64 (self->connection,
                                     "SELECT sqlite_compileoption_used('USE_URI')", NULL, 0,
                                     &understands, error))
    return FALSE;
  if (!understands)
    return fail (error, ORM_ERROR_FAILED, "This SQLite cannot open a file without writing it");

  return _orm_connection_execute (self->connection, "ATTACH DATABASE ##p0::string AS foreign_file",
                                  &parameter, 1, error) >= 0;
}

/*
 * In a damaged file, a page that a tree refers to twice can make a reader loop
 * forever.
 */
static gboolean
check (OrmForeign *self, GError **error)
{
  g_autofree char *answer = _orm_connection_select_text (
    self->connection, "PRAGMA foreign_file.quick_check(1)", NULL, 0, error);

  if (answer == NULL)
    return FALSE;

  return g_str_equal (answer, "ok") || fail (error, ORM_ERROR_CORRUPT, "The database is malformed");
}

/**
 * orm_foreign_open:
 * @path: (type filename): an SQLite file of another program
 * @error: return location for an #OrmError
 *
 * Opens a file for reading. Neither the file nor its folder is written, whether
 * or not another program has the file open.
 *
 * Returns: (transfer full): the file, or %NULL with %ORM_ERROR_CORRUPT if it is
 *   damaged or is not a database, or with %ORM_ERROR_BUSY if another program is
 *   writing it
 */
OrmForeign *
orm_foreign_open (const char *path, GError **error)
{
  g_autoptr (OrmForeign) self = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  address = dup_address (path, error);
  if (address == NULL)
    return NULL;

  self = g_new0 (OrmForeign, 1);
  self->connection = orm_connection_open ("sqlite::memory:", error);
  if (self->connection == NULL || !attach (self, address, error) ||
      !_orm_connection_control (self->connection, "PRAGMA trusted_schema=OFF", error) ||
      !_orm_connection_control (self->connection, "BEGIN", error) || !check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * orm_foreign_free:
 * @self: a file
 *
 * Closes the file.
 */
void
orm_foreign_free (OrmForeign *self)
{
  if (self->connection != NULL)
    {
      _orm_connection_control (self->connection, "ROLLBACK", NULL);
      orm_connection_close (self->connection);
      g_object_unref (self->connection);
    }

  g_free (self);
}

/**
 * orm_foreign_has_table:
 * @self: a file
 * @table: the name of a table
 *
 * Views, virtual tables and tables with computed columns do not count: their
 * contents are computed by rules that come with the file.
 *
 * Returns: whether there is such a table
 */
gboolean
orm_foreign_has_table (OrmForeign *self, const char *table)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) table };
  gint64 n_tables = 0, n_computed = 0;

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  return _orm_connection_select_int64 (self->connection,
                                       "SELECT count(*) FROM foreign_file.sqlite_master "
                                       "WHERE name = ##p0::string AND type = 'table' "
                                       "AND sql LIKE 'CREATE TABLE %'",
                                       &parameter, 1, &n_tables, NULL) &&
         n_tables == 1 &&
         _orm_connection_select_int64 (self->connection,
                                       "SELECT count(*) FROM pragma_table_xinfo (##p0::string, "
                                       "'foreign_file') WHERE hidden <> 0",
                                       &parameter, 1, &n_computed, NULL) &&
         n_computed == 0;
}

static gboolean
check_columns (OrmForeign *self, const char *table, const char *const *columns, GError **error)
{
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const OrmValue parameters[] = { { .is_text = TRUE, .text = (char *) table },
                                      { .is_text = TRUE, .text = (char *) columns[i] } };
      gint64 n_columns = 0;

      if (!_orm_connection_select_int64 (self->connection,
                                         "SELECT count(*) FROM pragma_table_xinfo (##p0::string, "
                                         "'foreign_file') WHERE name = ##p1::string",
                                         parameters, 2, &n_columns, error))
        return FALSE;
      if (n_columns != 1)
        return fail (error, ORM_ERROR_NOT_FOUND, "A table of the database lacks a column");
    }

  return TRUE;
}

static char *
build_select (const char *table, const char *const *columns)
{
  g_autoptr (GString) sql = g_string_new ("SELECT t.rowid");
  g_autofree char *sql_table = _orm_dialect_quote_name (table);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *column = _orm_dialect_quote_name (columns[i]);

      g_string_append_printf (sql, ", CAST(t.%s AS TEXT)", column);
    }

  g_string_append_printf (sql,
                          " FROM foreign_file.%s t WHERE t.rowid > ##p0::gint64 "
                          "ORDER BY t.rowid LIMIT %d",
                          sql_table, ROWS_AT_ONCE);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/*
 * Returns: the number of rows, or -1 with @error set
 */
static gint64
read_page (OrmForeign *self,
           const char *sql,
           guint n_columns,
           gint64 *last,
           OrmForeignRow take_row,
           gpointer data,
           GError **error)
{
  OrmValue parameter = ORM_VALUE_INTEGER (*last);
  g_autofree OrmRead *reads = g_new (OrmRead, n_columns + 1);
  g_autofree const char **values = g_new0 (const char *, n_columns + 1);
  g_autoptr (OrmResult) result = NULL;
  guint n_rows;

  reads[0] = ORM_READ_INT64;
  for (guint i = 0; i < n_columns; i++)
    reads[i + 1] = ORM_READ_TEXT;

  result =
    _orm_connection_select (self->connection, sql, &parameter, 1, reads, n_columns + 1, error);
  if (result == NULL)
    return -1;

  n_rows = _orm_result_get_n_rows (result);
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 id = _orm_result_get_int64 (result, i, 0);

      /* An ordinary column may be named rowid and have any values. */
      if (id <= *last)
        {
          fail (error, ORM_ERROR_CORRUPT, "The rows of the database are not numbered");
          return -1;
        }

      *last = id;
      for (guint j = 0; j < n_columns; j++)
        values[j] = _orm_result_get_text (result, i, j + 1);
      if (!take_row (values, data, error))
        return -1;
    }

  return n_rows;
}

/**
 * orm_foreign_read:
 * @self: a file
 * @table: one of its tables
 * @columns: (array zero-terminated=1): the columns to read
 * @take_row: (scope call): called with each row, in the order of the rowids
 * @data: for @take_row
 * @error: return location for an #OrmError or an error of @take_row
 *
 * Reads all rows of a table. Every value is converted to text.
 *
 * Returns: %TRUE if every row was read and taken
 */
gboolean
orm_foreign_read (OrmForeign *self,
                  const char *table,
                  const char *const *columns,
                  OrmForeignRow take_row,
                  gpointer data,
                  GError **error)
{
  g_autofree char *sql = NULL;
  guint n_columns;
  gint64 last = G_MININT64;
  gint64 n_rows;

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);
  g_return_val_if_fail (columns != NULL && take_row != NULL, FALSE);

  if (!orm_foreign_has_table (self, table))
    return fail (error, ORM_ERROR_NOT_FOUND, "The database lacks a table");
  if (!check_columns (self, table, columns, error))
    return FALSE;

  n_columns = g_strv_length ((char **) columns);
  sql = build_select (table, columns);
  do
    n_rows = read_page (self, sql, n_columns, &last, take_row, data, error);
  while (n_rows == ROWS_AT_ONCE);

  return n_rows >= 0;
}
