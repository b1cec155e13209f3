/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "benchmark-orm-book.h"
#include "orm-session-query.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

struct _BenchUser
{
  OrmEntity parent_instance;

  char *email;
  char *name;
};

struct _BenchCategory
{
  OrmEntity parent_instance;

  char *name;
};

struct _BenchExpense
{
  OrmEntity parent_instance;

  char *description;
  gint64 amount;
  GDate *date;
};

G_DEFINE_FINAL_TYPE (BenchUser, bench_user, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (BenchCategory, bench_category, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (BenchExpense, bench_expense, ORM_TYPE_ENTITY)

static const OrmColumn user_columns[] = {
  ORM_COLUMN ("email",
              TEXT,
              BenchUser,
              email,
              .flags = ORM_COLUMN_UNIQUE | ORM_COLUMN_NOT_NULL,
              .max_length = 100),
  ORM_COLUMN ("name", TEXT, BenchUser, name, .flags = ORM_COLUMN_NOT_NULL, .max_length = 100),
};

static const OrmColumn category_columns[] = {
  ORM_COLUMN ("name",
              TEXT,
              BenchCategory,
              name,
              .flags = ORM_COLUMN_UNIQUE | ORM_COLUMN_NOT_NULL,
              .max_length = 50),
};

static const OrmColumn expense_columns[] = {
  ORM_COLUMN ("description",
              TEXT,
              BenchExpense,
              description,
              .flags = ORM_COLUMN_NOT_NULL,
              .max_length = 200),
  ORM_COLUMN ("amount",
              INT64,
              BenchExpense,
              amount,
              .minimum = -G_GINT64_CONSTANT (9999999999),
              .maximum = G_GINT64_CONSTANT (9999999999)),
  ORM_COLUMN ("date", DATE, BenchExpense, date, .flags = ORM_COLUMN_INDEXED, .fallback = "today"),
};

static const OrmRelationship user_relationships[] = {
  ORM_TO_MANY ("expenses",
               bench_expense_get_type,
               "user",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN | ORM_RELATIONSHIP_DB_CASCADE),
};

static const OrmRelationship category_relationships[] = {
  ORM_TO_MANY ("expenses", bench_expense_get_type, "category", .rule = ORM_DELETE_DENY),
};

static const OrmRelationship expense_relationships[] = {
  ORM_TO_ONE (
    "user", bench_user_get_type, "expenses", "user_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("category",
              bench_category_get_type,
              "expenses",
              "category_id",
              .flags = ORM_RELATIONSHIP_NOT_NULL),
};

static void
bench_user_class_init (BenchUserClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "users", user_columns, G_N_ELEMENTS (user_columns));
  orm_entity_class_map_relationships (entity_class, user_relationships,
                                      G_N_ELEMENTS (user_relationships));
}

static void
bench_user_init (BenchUser *self)
{
}

static void
bench_category_class_init (BenchCategoryClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "categories", category_columns,
                        G_N_ELEMENTS (category_columns));
  orm_entity_class_map_relationships (entity_class, category_relationships,
                                      G_N_ELEMENTS (category_relationships));
}

static void
bench_category_init (BenchCategory *self)
{
}

static void
bench_expense_class_init (BenchExpenseClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "expenses", expense_columns, G_N_ELEMENTS (expense_columns));
  orm_entity_class_map_relationships (entity_class, expense_relationships,
                                      G_N_ELEMENTS (expense_relationships));
}

static void
bench_expense_init (BenchExpense *self)
{
}

const char *
bench_category_get_name (BenchCategory *self)
{
  g_return_val_if_fail (BENCH_IS_CATEGORY (self), NULL);

  return self->name;
}

const char *
bench_expense_get_description (BenchExpense *self)
{
  g_return_val_if_fail (BENCH_IS_EXPENSE (self), NULL);

  return self->description;
}

gint64
bench_expense_get_amount (BenchExpense *self)
{
  g_return_val_if_fail (BENCH_IS_EXPENSE (self), 0);

  return self->amount;
}

const GDate *
bench_expense_get_date (BenchExpense *self)
{
  g_return_val_if_fail (BENCH_IS_EXPENSE (self), NULL);

  return self->date;
}

char *
bench_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("benchmark-XXXXXX", &error);

  if (folder == NULL)
    g_error ("%s", error->message);
  return folder;
}

void
bench_folder_remove (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

/*
 * A fifth of all expenses belongs to the first person, a tenth to each of the
 * next three, and half to the last one. Days, people and categories are in no
 * common order.
 */
static void
fill (sqlite3 *db, gint64 n_expenses)
{
  g_autofree char *expenses = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %" G_GINT64_FORMAT
    ") INSERT INTO expenses (id, user_id, category_id, description, amount, date) SELECT i, "
    "CASE i %% 10 WHEN 0 THEN 1 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 WHEN 4 THEN 4 "
    "ELSE 5 END, i / 10 * 7 %% 20 + 1, 'Something bought, number ' || (i %% 1000), "
    "i * 37 %% 20000 + 1, date('2020-01-01', '+' || (i * 1009 %% 2500) || ' days') FROM n",
    n_expenses);

  run (db, "PRAGMA foreign_keys=OFF");
  run (db, "BEGIN");
  run (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) INSERT "
           "INTO users (email, name) SELECT 'p' || i || '@example.com', 'Person ' || i FROM n");
  run (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) "
           "INSERT INTO categories (name) SELECT 'Category ' || i FROM n");
  if (n_expenses > 0)
    run (db, expenses);
  run (db, "COMMIT");
  run (db, "ANALYZE");
  run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/*
 * Creates a book with the library's tables and indexes.
 */
void
bench_book_make (const char *path, gint64 n_expenses)
{
  g_autoptr (OrmConnection) connection = bench_book_open (path);
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  if (!orm_session_create_tables (session, &error))
    g_error ("%s", error->message);
  g_clear_object (&session);
  g_clear_object (&connection);

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  fill (db, n_expenses);
  sqlite3_close (db);
}

/*
 * Copies a book that is not open. The copy is synced, so that the first
 * checkpoint does not write all of it.
 */
void
bench_book_copy (const char *from, const char *to)
{
  static const char *const endings[] = { "-wal", "-shm" };
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;
  int descriptor;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (to, endings[i], NULL);

      g_unlink (file);
    }

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);

  descriptor = g_open (to, O_RDWR, 0);
  if (descriptor < 0 || fsync (descriptor) != 0)
    g_error ("%s: %s", to, g_strerror (errno));
  close (descriptor);
}

/*
 * Checkpoints the log and truncates it. SQLite does so about every thousand
 * pages and waits for the disk, which would slow down one run of short commits
 * and not another.
 */
void
bench_book_settle (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  run (db, "PRAGMA wal_checkpoint(RESTART)");
  run (db, "PRAGMA user_version=1");
  sqlite3_close (db);
}

OrmConnection *
bench_book_open (const char *path)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  OrmConnection *connection = orm_connection_open (uri, &error);

  if (connection == NULL)
    g_error ("%s", error->message);
  return connection;
}

OrmSession *
bench_session_new (OrmConnection *connection)
{
  return orm_session_new (connection, BENCH_TYPE_USER, BENCH_TYPE_CATEGORY, BENCH_TYPE_EXPENSE,
                          G_TYPE_INVALID);
}

gpointer
bench_get (OrmSession *session, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (session, type, id, &error);

  if (entity == NULL)
    g_error ("%s", error->message);
  return entity;
}

void
bench_commit (OrmSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!orm_session_commit (session, &error))
    g_error ("%s", error->message);
}

/*
 * The program's list: latest first. With an amount above 0, only higher
 * expenses.
 */
/* Until the list is filled: that is what its view waits for. */
GListModel *
bench_observe_sorted (OrmSession *session, gint64 above)
{
  g_autoptr (OrmQuery) query = orm_query_new (BENCH_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  GListModel *list;

  if (above > 0)
    orm_query_where (query, "amount", ORM_GREATER, above);
  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_order_by (query, "id", ORM_DESCENDING);
  list = orm_session_observe (session, query, &error);
  if (list == NULL)
    g_error ("%s", error->message);
  while (orm_query_model_get_loading (ORM_QUERY_MODEL (list)))
    g_main_context_iteration (NULL, TRUE);
  return list;
}

OrmTotals *
bench_observe_totals (OrmSession *session, const char *group)
{
  g_autoptr (OrmQuery) query = orm_query_new (BENCH_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals = orm_session_observe_totals (session, query, group, "amount", &error);

  if (totals == NULL)
    g_error ("%s", error->message);
  while (orm_totals_get_loading (totals))
    g_main_context_iteration (NULL, TRUE);
  return totals;
}

double
bench_memory (const char *line)
{
  g_autofree char *status = NULL;
  const char *found;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) ||
      (found = strstr (status, line)) == NULL)
    return 0;

  return g_ascii_strtod (found + strlen (line), NULL) / 1024;
}
