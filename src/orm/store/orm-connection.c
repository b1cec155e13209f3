/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm-gda-private.h"
#include "orm-result-private.h"

#include <string.h>

/**
 * OrmConnection:
 *
 * One connection to a database. It caches every prepared statement, counts and
 * times statements, and turns the database's errors into #OrmError. It is the
 * only class that uses libgda.
 *
 * SQL runs verbatim (libgda's own rewriting gives wrong rows), and transactions
 * are statements (libgda's tracking of them is quadratic). The file is not
 * written before the first transaction, so that opening another program's
 * database for reading does not change it.
 */

/* 1 MiB, or 5,400 expenses with their indexes. The slowest sort then takes 3 ms
 * of processor time, a search 1.5 ms and totals 2 ms; with 442 pages, up to 6
 * ms. An empty database of the program has 37 pages. */
#define MAX_SMALL_PAGES 256

struct _OrmConnection
{
  GObject parent_instance;

  char *uri;
  GdaConnection *gda;
  GdaSqlParser *parser;
  GHashTable *statements; /* SQL → Statement */
  guint64 n_statements;
  gboolean in_transaction;
  gboolean is_file;
  gboolean is_prepared;
  gboolean is_claimed;
  gint64 n_own_versions; /* changes of data_version made by this connection */
};

typedef struct
{
  GdaStatement *statement;
  GdaSet *parameters;
  gboolean counts;
} Statement;

G_DEFINE_FINAL_TYPE (OrmConnection, orm_connection, G_TYPE_OBJECT)

enum
{
  STATEMENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *text;
  OrmError code;
} messages[] = {
  { "UNIQUE constraint failed", ORM_ERROR_UNIQUE },
  { "NOT NULL constraint failed", ORM_ERROR_NOT_NULL },
  { "FOREIGN KEY constraint failed", ORM_ERROR_FOREIGN_KEY },
  { "CHECK constraint failed", ORM_ERROR_CHECK },
  { "database is locked", ORM_ERROR_BUSY },
  { "database table is locked", ORM_ERROR_BUSY },
  { "readonly database", ORM_ERROR_READ_ONLY },
  { "disk is full", ORM_ERROR_FULL },
  { "is not a database", ORM_ERROR_CORRUPT },
  { "malformed", ORM_ERROR_CORRUPT },
};

/*
 * libgda has one code for all errors of SQLite; only the text distinguishes a
 * duplicate from a full disk.
 */
static void
take_error (GError **error, GError *gda_error, const char *what)
{
  const char *message = gda_error != NULL ? gda_error->message : "the database does not answer";
  OrmError code = ORM_ERROR_FAILED;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (strstr (message, messages[i].text) != NULL)
      {
        code = messages[i].code;
        break;
      }

  if (gda_error == NULL)
    code = ORM_ERROR_BUSY;

  if (what != NULL)
    g_set_error (error, ORM_ERROR, code, "%s: %s", what, message);
  else
    g_set_error_literal (error, ORM_ERROR, code, message);

  g_clear_error (&gda_error);
}

static void
statement_free (Statement *statement)
{
  g_clear_object (&statement->statement);
  g_clear_object (&statement->parameters);
  g_free (statement);
}

static gboolean
is_counted (const char *sql)
{
  static const char *const control[] = {
    "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SELECT * FROM pragma_"
  };

  for (guint i = 0; i < G_N_ELEMENTS (control); i++)
    if (g_str_has_prefix (sql, control[i]))
      return FALSE;

  return TRUE;
}

static Statement *
lookup_statement (OrmConnection *self, const char *sql, GError **error)
{
  Statement *statement = g_hash_table_lookup (self->statements, sql);
  GError *gda_error = NULL;

  if (statement != NULL)
    return statement;

  if (self->gda == NULL)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DETACHED, "The database was closed");
      return NULL;
    }

  statement = g_new0 (Statement, 1);
  statement->counts = is_counted (sql);
  statement->statement = gda_sql_parser_parse_string (self->parser, sql, NULL, &gda_error);

  if (statement->statement == NULL ||
      !gda_statement_get_parameters (statement->statement, &statement->parameters, &gda_error))
    {
      take_error (error, gda_error, sql);
      statement_free (statement);
      return NULL;
    }

  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

static gboolean
bind (Statement *statement, const OrmValue *parameters, guint n_parameters, GError **error)
{
  for (guint i = 0; i < n_parameters; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      char name[16];
      GdaHolder *holder;
      GError *gda_error = NULL;

      g_snprintf (name, sizeof name, "p%u", i);
      holder = gda_set_get_holder (statement->parameters, name);
      g_assert (holder != NULL);

      if (parameters[i].is_text)
        {
          g_value_init (&value, G_TYPE_STRING);
          g_value_set_static_string (&value, parameters[i].text);
        }
      else
        {
          g_value_init (&value, G_TYPE_INT64);
          g_value_set_int64 (&value, parameters[i].integer);
        }

      if (!gda_holder_set_value (holder, &value, &gda_error))
        {
          take_error (error, gda_error, "A parameter was refused");
          return FALSE;
        }
    }

  return TRUE;
}

static void
count (OrmConnection *self, Statement *statement, const char *sql, gint64 start)
{
  if (!statement->counts)
    return;

  self->n_statements++;

  if (g_signal_has_handler_pending (self, signals[STATEMENT], 0, FALSE))
    g_signal_emit (self, signals[STATEMENT], 0, sql, g_get_monotonic_time () - start);
}

OrmResult *
_orm_connection_select (OrmConnection *self,
                        const char *sql,
                        const OrmValue *parameters,
                        guint n_parameters,
                        const OrmRead *reads,
                        guint n_reads,
                        GError **error)
{
  g_autofree GType *types = g_new (GType, n_reads + 1);
  Statement *statement = lookup_statement (self, sql, error);
  gint64 start = g_get_monotonic_time ();
  GError *gda_error = NULL;
  OrmResult *result;
  GdaDataModel *model;
  GError **exceptions;
  int n_rows;

  if (statement == NULL || !bind (statement, parameters, n_parameters, error))
    return NULL;

  for (guint i = 0; i < n_reads; i++)
    types[i] = reads[i] == ORM_READ_INT64 ? G_TYPE_INT64 : G_TYPE_STRING;
  types[n_reads] = G_TYPE_NONE;

  model = gda_connection_statement_execute_select_full (
    self->gda, statement->statement, statement->parameters, GDA_STATEMENT_MODEL_RANDOM_ACCESS,
    types, &gda_error);
  count (self, statement, sql, start);

  if (model == NULL)
    {
      take_error (error, gda_error, NULL);
      return NULL;
    }

  /* For a locked database libgda returns a model of -1 rows without an error. A
   * read that fails midway looks like the end of the rows, so look at the
   * exceptions too. */
  n_rows = gda_data_model_get_n_rows (model);
  exceptions = gda_data_model_get_exceptions (model);
  if (exceptions != NULL && exceptions[0] != NULL)
    gda_error = g_error_copy (exceptions[0]);
  if (n_rows < 0 || gda_error != NULL)
    {
      g_object_unref (model);
      take_error (error, gda_error, NULL);
      return NULL;
    }

  result = g_new0 (OrmResult, 1);
  result->model = model;
  result->n_rows = (guint) n_rows;
  return result;
}

/*
 * Returns: the number of rows that were written, or -1 with @error set
 */
gint64
_orm_connection_execute (OrmConnection *self,
                         const char *sql,
                         const OrmValue *parameters,
                         guint n_parameters,
                         GError **error)
{
  Statement *statement = lookup_statement (self, sql, error);
  gint64 start = g_get_monotonic_time ();
  GError *gda_error = NULL;
  int n_rows;

  if (statement == NULL || !bind (statement, parameters, n_parameters, error))
    return -1;

  n_rows = gda_connection_statement_execute_non_select (self->gda, statement->statement,
                                                        statement->parameters, NULL, &gda_error);
  count (self, statement, sql, start);

  if (n_rows == -1)
    {
      take_error (error, gda_error, NULL);
      return -1;
    }

  g_clear_error (&gda_error);
  return MAX (n_rows, 0);
}

gboolean
_orm_connection_select_int64 (OrmConnection *self,
                              const char *sql,
                              const OrmValue *parameters,
                              guint n_parameters,
                              gint64 *value,
                              GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64 };
  g_autoptr (OrmResult) result = NULL;

  result = _orm_connection_select (self, sql, parameters, n_parameters, reads, 1, error);
  if (result == NULL)
    return FALSE;

  *value = result->n_rows > 0 ? _orm_result_get_int64 (result, 0, 0) : 0;
  return TRUE;
}

/*
 * Returns: (transfer full): the first column of the first row, "" if it is
 * %NULL or there is no row; %NULL with @error set
 */
char *
_orm_connection_select_text (OrmConnection *self,
                             const char *sql,
                             const OrmValue *parameters,
                             guint n_parameters,
                             GError **error)
{
  static const OrmRead reads[] = { ORM_READ_TEXT };
  g_autoptr (OrmResult) result = NULL;
  const char *text;

  result = _orm_connection_select (self, sql, parameters, n_parameters, reads, 1, error);
  if (result == NULL)
    return NULL;

  text = result->n_rows > 0 ? _orm_result_get_text (result, 0, 0) : NULL;
  return g_strdup (text != NULL ? text : "");
}

/*
 * Runs a transaction statement or a PRAGMA. A PRAGMA is run as a SELECT:
 * gda_connection_statement_execute_non_select() would report an error although
 * the PRAGMA took effect.
 */
gboolean
_orm_connection_control (OrmConnection *self, const char *sql, GError **error)
{
  if (g_str_has_prefix (sql, "PRAGMA"))
    {
      g_autofree char *answer = _orm_connection_select_text (self, sql, NULL, 0, error);

      return answer != NULL;
    }

  return _orm_connection_execute (self, sql, NULL, 0, error) >= 0;
}

gboolean
_orm_connection_in_transaction (OrmConnection *self)
{
  return self->in_transaction;
}

/*
 * Reserves the connection for one session. A transaction belongs to the
 * connection, so two sessions on it would roll back each other's rows.
 */
gboolean
_orm_connection_claim (OrmConnection *self, GError **error)
{
  if (self->is_claimed)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                           "Another session uses this connection: open one for each session");
      return FALSE;
    }

  self->is_claimed = TRUE;
  return TRUE;
}

void
_orm_connection_disclaim (OrmConnection *self)
{
  self->is_claimed = FALSE;
}

/*
 * Whether there can be another connection to the same database.
 */
gboolean
_orm_connection_is_file (OrmConnection *self)
{
  return self->is_file;
}

/*
 * Whether any table can be read and sorted without a noticeable delay.
 */
gboolean
_orm_connection_is_small (OrmConnection *self)
{
  gint64 n_pages = 0;

  return _orm_connection_select_int64 (self, "PRAGMA page_count", NULL, 0, &n_pages, NULL) &&
         n_pages <= MAX_SMALL_PAGES;
}

static char *
path_from_uri (const char *uri, GError **error)
{
  if (g_str_has_prefix (uri, "sqlite:") && uri[strlen ("sqlite:")] != '\0')
    return g_strdup (uri + strlen ("sqlite:"));

  g_set_error (error, ORM_ERROR, ORM_ERROR_FAILED,
               "“%s” cannot be opened as a database; write sqlite:/path/to/file", uri);
  return NULL;
}

static char *
dup_connection_string (const char *path)
{
  g_autofree char *folder = NULL, *name = NULL, *coded_folder = NULL, *coded_name = NULL;

  if (strcmp (path, ":memory:") == 0)
    return g_strdup ("DB_NAME=:memory:");

  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  coded_folder = gda_rfc1738_encode (folder);
  coded_name = gda_rfc1738_encode (name);

  return g_strdup_printf ("DB_DIR=%s;DB_NAME=%s;APPEND_DB_EXTENSION=FALSE", coded_folder,
                          coded_name);
}

static gboolean
open_gda (OrmConnection *self, const char *path, GError **error)
{
  g_autofree char *connection_string = dup_connection_string (path);
  GError *gda_error = NULL;

  gda_init ();
  self->gda = gda_connection_open_from_string ("SQLite", connection_string, NULL,
                                               GDA_CONNECTION_OPTIONS_NONE, &gda_error);
  if (self->gda == NULL)
    {
      take_error (error, gda_error, NULL);
      return FALSE;
    }

  self->parser = gda_connection_create_parser (self->gda);
  if (self->parser == NULL)
    self->parser = gda_sql_parser_new ();
  g_object_set (self->parser, "mode", GDA_SQL_PARSER_MODE_DELIMIT, NULL);
  return TRUE;
}

/*
 * Returns: a number that changes whenever another connection commits
 */
gint64
_orm_connection_get_data_version (OrmConnection *self)
{
  gint64 version = 0;

  if (self->gda != NULL)
    _orm_connection_select_int64 (self, "PRAGMA data_version", NULL, 0, &version, NULL);
  return version - self->n_own_versions;
}

/*
 * Before the first transaction, switches a file to write-ahead logging, so that
 * readers and the writer do not wait for each other.
 */
gboolean
_orm_connection_prepare_for_writing (OrmConnection *self, GError **error)
{
  gint64 version;

  if (self->is_prepared || !self->is_file)
    return TRUE;

  /* SQLite counts the switch as a commit of another connection. */
  version = _orm_connection_get_data_version (self);
  self->is_prepared = _orm_connection_control (self, "PRAGMA journal_mode=WAL", error) &&
                      _orm_connection_control (self, "PRAGMA synchronous=NORMAL", error);
  self->n_own_versions += _orm_connection_get_data_version (self) - version;
  return self->is_prepared;
}

static void
orm_connection_finalize (GObject *object)
{
  OrmConnection *self = ORM_CONNECTION (object);

  orm_connection_close (self);
  g_hash_table_unref (self->statements);
  g_free (self->uri);

  G_OBJECT_CLASS (orm_connection_parent_class)->finalize (object);
}

static void
orm_connection_class_init (OrmConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = orm_connection_finalize;

  /**
   * OrmConnection::statement:
   * @self: a connection
   * @sql: the statement that was run
   * @microseconds: how long it took
   *
   * Emitted after a statement was run, except for transaction control and
   * PRAGMA.
   */
  signals[STATEMENT] = g_signal_new ("statement", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
orm_connection_init (OrmConnection *self)
{
  self->statements =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) statement_free);
}

/**
 * orm_connection_open:
 * @uri: `sqlite:` and a path, or `sqlite::memory:`
 * @error: return location for an #OrmError
 *
 * Opens a database. A file that does not exist is created by the first write. A
 * file that is not a database is refused with %ORM_ERROR_CORRUPT.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
OrmConnection *
orm_connection_open (const char *uri, GError **error)
{
  g_autoptr (OrmConnection) self = NULL;
  g_autofree char *path = NULL;
  gint64 n_tables;

  g_return_val_if_fail (uri != NULL, NULL);

  path = path_from_uri (uri, error);
  if (path == NULL)
    return NULL;

  self = g_object_new (ORM_TYPE_CONNECTION, NULL);
  self->uri = g_strdup (uri);
  self->is_file = strcmp (path, ":memory:") != 0;

  /* Counting the tables is the first statement that reads the file; it fails if
   * the file is not a database. */
  if (!open_gda (self, path, error) ||
      !_orm_connection_control (self, "PRAGMA busy_timeout=5000", error) ||
      !_orm_connection_control (self, "PRAGMA foreign_keys=ON", error) ||
      !_orm_connection_select_int64 (self, "SELECT count(*) FROM sqlite_master", NULL, 0, &n_tables,
                                     error))
    return NULL;

  self->n_statements = 0;
  return g_steal_pointer (&self);
}

/**
 * orm_connection_close:
 * @self: a connection
 *
 * Closes the database; an open transaction is rolled back. Later calls on the
 * connection fail with %ORM_ERROR_DETACHED.
 */
void
orm_connection_close (OrmConnection *self)
{
  g_return_if_fail (ORM_IS_CONNECTION (self));

  if (self->gda == NULL)
    return;

  orm_connection_rollback (self);
  g_hash_table_remove_all (self->statements);
  gda_connection_close (self->gda);
  g_clear_object (&self->parser);
  g_clear_object (&self->gda);
}

/**
 * orm_connection_get_uri:
 * @self: a connection
 *
 * Returns: the URI that was passed to orm_connection_open()
 */
const char *
orm_connection_get_uri (OrmConnection *self)
{
  g_return_val_if_fail (ORM_IS_CONNECTION (self), NULL);

  return self->uri;
}

/**
 * orm_connection_get_n_statements:
 * @self: a connection
 *
 * Counts the statements that were sent to the database. A test can compare the
 * number before and after a piece of code.
 *
 * Returns: the number of statements, without transaction control and PRAGMA
 */
guint64
orm_connection_get_n_statements (OrmConnection *self)
{
  g_return_val_if_fail (ORM_IS_CONNECTION (self), 0);

  return self->n_statements;
}

/**
 * orm_connection_begin:
 * @self: a connection
 * @error: return location for an #OrmError
 *
 * Begins a write transaction. Does nothing if one is open already.
 *
 * Returns: %TRUE if a transaction is open; %FALSE with %ORM_ERROR_BUSY if
 *   another program is writing
 */
gboolean
orm_connection_begin (OrmConnection *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);

  if (self->in_transaction)
    return TRUE;

  if (!_orm_connection_prepare_for_writing (self, error))
    return FALSE;

  self->in_transaction = _orm_connection_control (self, "BEGIN IMMEDIATE", error);
  return self->in_transaction;
}

/**
 * orm_connection_commit:
 * @self: a connection
 * @error: return location for an #OrmError
 *
 * Commits the transaction; it then survives a crash of the program.
 *
 * Returns: %TRUE if it was committed; otherwise it is still open
 */
gboolean
orm_connection_commit (OrmConnection *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);

  if (!self->in_transaction)
    return TRUE;

  if (!_orm_connection_control (self, "COMMIT", error))
    return FALSE;

  self->in_transaction = FALSE;
  return TRUE;
}

/**
 * orm_connection_rollback:
 * @self: a connection
 *
 * Ends the transaction and discards what was written in it.
 */
void
orm_connection_rollback (OrmConnection *self)
{
  g_return_if_fail (ORM_IS_CONNECTION (self));

  if (!self->in_transaction)
    return;

  /* SQLite may have rolled back by itself, for instance on a full disk. The
   * statement then fails, and its error can be ignored. */
  _orm_connection_control (self, "ROLLBACK", NULL);
  self->in_transaction = FALSE;
}

/**
 * orm_connection_execute:
 * @self: a connection
 * @sql: one statement that gives no rows, for migrations
 * @error: return location for an #OrmError
 *
 * Returns: %TRUE if it was run
 */
gboolean
orm_connection_execute (OrmConnection *self, const char *sql, GError **error)
{
  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  return _orm_connection_execute (self, sql, NULL, 0, error) >= 0;
}

/*
 * Operations on the database as a whole: its version, a check, a backup.
 */

/**
 * orm_connection_get_schema_version:
 * @self: a connection
 * @application_id: (out): the program that made the database, 0 if unknown
 * @version: (out): the version of its schema
 * @error: return location for an #OrmError
 *
 * Reads the two numbers that SQLite keeps for the program that uses it
 * (`PRAGMA application_id` and `PRAGMA user_version`).
 *
 * Returns: %TRUE if they could be read
 */
gboolean
orm_connection_get_schema_version (OrmConnection *self,
                                   gint *application_id,
                                   gint *version,
                                   GError **error)
{
  gint64 id, number;

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (application_id != NULL && version != NULL, FALSE);

  if (!_orm_connection_select_int64 (self, "PRAGMA application_id", NULL, 0, &id, error) ||
      !_orm_connection_select_int64 (self, "PRAGMA user_version", NULL, 0, &number, error))
    return FALSE;

  *application_id = (gint) id;
  *version = (gint) number;
  return TRUE;
}

/**
 * orm_connection_set_schema_version:
 * @self: a connection
 * @application_id: the program
 * @version: the version of its schema
 * @error: return location for an #OrmError
 *
 * Writes the two numbers. Inside a transaction, they are committed or rolled
 * back with it.
 *
 * Returns: %TRUE if they were written
 */
gboolean
orm_connection_set_schema_version (OrmConnection *self,
                                   gint application_id,
                                   gint version,
                                   GError **error)
{
  g_autofree char *set_id = g_strdup_printf ("PRAGMA application_id=%d", application_id);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%d", version);

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);

  return _orm_connection_control (self, set_id, error) &&
         _orm_connection_control (self, set_version, error);
}

/**
 * orm_connection_check:
 * @self: a connection
 * @problems: (element-type utf8): receives one line for each problem
 * @error: return location for an #OrmError
 *
 * Checks the pages and indexes of the database and all foreign keys.
 *
 * Returns: %TRUE if the check was completed, whatever it found
 */
gboolean
orm_connection_check (OrmConnection *self, GPtrArray *problems, GError **error)
{
  static const OrmRead integrity_reads[] = { ORM_READ_TEXT };
  static const OrmRead key_reads[] = { ORM_READ_TEXT, ORM_READ_INT64, ORM_READ_TEXT };
  g_autoptr (OrmResult) integrity = NULL, keys = NULL;

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  integrity =
    _orm_connection_select (self, "PRAGMA integrity_check", NULL, 0, integrity_reads, 1, error);
  if (integrity == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (integrity); i++)
    if (g_strcmp0 (_orm_result_get_text (integrity, i, 0), "ok") != 0)
      g_ptr_array_add (problems, g_strdup (_orm_result_get_text (integrity, i, 0)));

  keys =
    _orm_connection_select (self, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
                            NULL, 0, key_reads, 3, error);
  if (keys == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (keys); i++)
    g_ptr_array_add (problems,
                     g_strdup_printf ("row %" G_GINT64_FORMAT " of %s refers to a row of %s that "
                                      "is not there",
                                      _orm_result_get_int64 (keys, i, 1),
                                      _orm_result_get_text (keys, i, 0),
                                      _orm_result_get_text (keys, i, 2)));
  return TRUE;
}

/**
 * orm_connection_backup:
 * @self: a connection
 * @path: (type filename): where to write the copy; the file must not exist
 * @error: return location for an #OrmError
 *
 * Writes a copy of the database in its committed state. If the file itself were
 * copied, another program could write to it meanwhile.
 *
 * Returns: %TRUE if the copy is complete
 */
gboolean
orm_connection_backup (OrmConnection *self, const char *path, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) path };

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return _orm_connection_execute (self, "VACUUM INTO ##p0::string", &parameter, 1, error) >= 0;
}
