/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How the relationship library compares with raw sqlite3 doing the same work,
 * both measured in turn in one run: benchmark-orm [EXPENSES]. Prints the median
 * of five runs of each, their ratio and the spread of the ratios.
 */

#include "config.h"

#include "orm-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define N_RUNS 5

typedef struct
{
  char *path;
  gint64 n_expenses;
  sqlite3 *raw;
  OrmConnection *connection;
  OrmSession *session;
  GListModel *list;
  OrmTotals *totals;
  guint run;
} Bench;

typedef void (*Work) (Bench *bench);

static void
run_raw (Bench *bench, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (bench->raw, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static gint64
read_all (Bench *bench, const char *sql)
{
  sqlite3_stmt *statement;
  gint64 n = 0;

  if (sqlite3_prepare_v2 (bench->raw, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->raw));
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      n += sqlite3_column_int64 (statement, i);
  sqlite3_finalize (statement);
  return n;
}

static void
open_session (Bench *bench)
{
  bench->session = orm_session_new (bench->connection, FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY,
                                    FIXTURE_TYPE_EXPENSE, G_TYPE_INVALID);
}

static void
fill (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expenses = g_strdup_printf (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %" G_GINT64_FORMAT
    ") INSERT INTO expenses (user_id, category_id, description, amount, date) SELECT i %% 5 + 1, "
    "i * 7 %% 20 + 1, 'Expense ' || i %% 1000, i * 37 %% 20000 + 1, "
    "date('2020-01-01', '+' || i * 2500 / %" G_GINT64_FORMAT " || ' days') FROM n",
    bench->n_expenses, bench->n_expenses);

  if (!orm_session_create_tables (bench->session, &error))
    g_error ("%s", error->message);

  run_raw (bench,
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) "
           "INSERT INTO users (email, name) SELECT 'p' || i || '@example.com', 'P' || i FROM n");
  run_raw (bench, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) "
                  "INSERT INTO categories (name) SELECT 'C' || i FROM n");
  run_raw (bench, expenses);
  run_raw (bench, "CREATE INDEX expenses_date ON expenses (date DESC, id DESC)");
  run_raw (bench, "ANALYZE");
}

static void
set_up (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("benchmark-XXXXXX", NULL);
  g_autofree char *uri = NULL;

  bench->path = g_build_filename (folder, "book", NULL);
  uri = g_strconcat ("sqlite:", bench->path, NULL);
  bench->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  sqlite3_open (bench->path, &bench->raw);
  run_raw (bench, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON");
  open_session (bench);
  fill (bench);
}

static void
raw_open (Bench *bench)
{
  read_all (bench, "SELECT id FROM expenses WHERE user_id = 1 ORDER BY id");
}

static void
orm_open (Bench *bench)
{
  g_autoptr (OrmEntity) user = NULL;

  g_clear_object (&bench->session);
  open_session (bench);
  user = orm_session_get (bench->session, FIXTURE_TYPE_USER, 1, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (user))), ==,
                    bench->n_expenses / 5);
}

static void
raw_list (Bench *bench)
{
  read_all (bench, "SELECT id FROM expenses ORDER BY date DESC, id DESC");
}

static GListModel *
observe (Bench *bench)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);

  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_order_by (query, "id", ORM_DESCENDING);
  return orm_session_observe (bench->session, query, NULL);
}

static void
orm_list (Bench *bench)
{
  g_clear_object (&bench->list);
  bench->list = observe (bench);
}

static void
raw_totals (Bench *bench)
{
  read_all (bench, "SELECT category_id, sum(amount), count(*) FROM expenses GROUP BY category_id");
}

static void
orm_totals (Bench *bench)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);

  g_clear_object (&bench->totals);
  bench->totals = orm_session_observe_totals (bench->session, query, "category", "amount", NULL);
}

static void
raw_insert (Bench *bench)
{
  sqlite3_stmt *statement;

  run_raw (bench, "BEGIN IMMEDIATE");
  sqlite3_prepare_v2 (bench->raw,
                      "INSERT INTO expenses (user_id, category_id, description, amount, date) "
                      "VALUES (?, ?, ?, ?, ?)",
                      -1, &statement, NULL);
  for (int i = 0; i < 10000; i++)
    {
      sqlite3_bind_int (statement, 1, 2);
      sqlite3_bind_int (statement, 2, 2);
      sqlite3_bind_text (statement, 3, "Inserted", -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 4, i);
      sqlite3_bind_text (statement, 5, "2026-11-22", -1, SQLITE_STATIC);
      sqlite3_step (statement);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  run_raw (bench, "COMMIT");
}

static void
orm_insert (Bench *bench)
{
  g_autoptr (OrmEntity) user = orm_session_get (bench->session, FIXTURE_TYPE_USER, 2, NULL);
  g_autoptr (OrmEntity) category = orm_session_get (bench->session, FIXTURE_TYPE_CATEGORY, 2, NULL);
  g_autoptr (GDate) date = g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);
  g_autoptr (GError) error = NULL;

  orm_session_begin_group (bench->session, "Insert");
  for (int i = 0; i < 10000; i++)
    {
      g_autoptr (FixtureExpense) expense = fixture_new_expense ("Inserted", i);

      orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
      orm_entity_set_reference (ORM_ENTITY (expense), "user", user);
      orm_entity_set_reference (ORM_ENTITY (expense), "category", category);
      orm_session_add (bench->session, expense, NULL);
    }
  orm_session_end_group (bench->session);
  if (!orm_session_commit (bench->session, &error))
    g_error ("%s", error->message);
}

static void
raw_edit (Bench *bench)
{
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("BEGIN IMMEDIATE; UPDATE expenses SET date = "
                         "'2024-05-%02d', category_id = %d WHERE id = %d; "
                         "COMMIT",
                         i % 28 + 1, (int) bench->run % 20 + 1, i * 1000 % 10000 + 1);

      run_raw (bench, sql);
    }
}

/*
 * With a sorted list of all expenses and the totals watching.
 */
static void
orm_edit (Bench *bench)
{
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (OrmEntity) expense =
        orm_session_get (bench->session, FIXTURE_TYPE_EXPENSE, i * 1000 % 10000 + 1, NULL);
      g_autoptr (OrmEntity) category = orm_session_get (bench->session, FIXTURE_TYPE_CATEGORY,
                                                        (int) bench->run * 3 % 20 + 1, NULL);
      g_autoptr (GDate) date =
        g_date_new_dmy ((GDateDay) (i % 28 + 1), G_DATE_MAY, (GDateYear) (2021 + bench->run));
      g_autoptr (GError) error = NULL;

      orm_entity_set_date (expense, FIXTURE_EXPENSE_DATE, date);
      orm_entity_set_reference (expense, "category", category);
      if (!orm_session_commit (bench->session, &error))
        g_error ("%s", error->message);
    }
}

static void
raw_page (Bench *bench)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT id, user_id, category_id, amount, length(description), length(date) FROM expenses "
        "WHERE id BETWEEN %d AND %d",
        i * 311 % 9000 + 1, i * 311 % 9000 + 200);

      read_all (bench, sql);
    }
}

static void
orm_page (Bench *bench)
{
  guint n = g_list_model_get_n_items (bench->list);

  for (guint i = 0; i < 20; i++)
    {
      guint from = (i * 7919 + bench->run * 104729) * 64 % (n - 200);

      for (guint j = 0; j < 200; j++)
        {
          g_autoptr (OrmEntity) expense = g_list_model_get_item (bench->list, from + j);

          g_assert_nonnull (expense);
        }
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
measure (Bench *bench, Work work)
{
  gint64 start = g_get_monotonic_time ();

  work (bench);
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static void
compare (Bench *bench, const char *name, Work raw, Work orm)
{
  double raw_times[N_RUNS], orm_times[N_RUNS], ratios[N_RUNS];

  for (bench->run = 0; bench->run < N_RUNS; bench->run++)
    {
      raw_times[bench->run] = measure (bench, raw);
      orm_times[bench->run] = measure (bench, orm);
      ratios[bench->run] = orm_times[bench->run] / MAX (raw_times[bench->run], 0.001);
    }

  qsort (raw_times, N_RUNS, sizeof (double), compare_doubles);
  qsort (orm_times, N_RUNS, sizeof (double), compare_doubles);
  qsort (ratios, N_RUNS, sizeof (double), compare_doubles);
  g_print ("%-44s %10.2f %10.2f %8.2f  (%.2f to %.2f)\n", name, raw_times[N_RUNS / 2],
           orm_times[N_RUNS / 2], ratios[N_RUNS / 2], ratios[0], ratios[N_RUNS - 1]);
}

static void
print_memory (const char *when)
{
  g_autofree char *status = NULL;
  const char *line;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) &&
      (line = strstr (status, "VmRSS:")) != NULL)
    g_print ("memory %s: %.1f MB\n", when, g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024);
}

static void
tear_down (Bench *bench)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_path_get_dirname (bench->path);

  g_clear_object (&bench->list);
  g_clear_object (&bench->totals);
  g_clear_object (&bench->session);
  g_clear_object (&bench->connection);
  sqlite3_close (bench->raw);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (bench->path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  g_free (bench->path);
}

int
main (int argc, char **argv)
{
  Bench bench = { .n_expenses = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000 };

  bench.n_expenses = MAX (bench.n_expenses, 10000);
  set_up (&bench);
  g_print ("%" G_GINT64_FORMAT " expenses, milliseconds: raw sqlite3, ours, ratio (spread)\n",
           bench.n_expenses);
  print_memory ("at the start");
  compare (&bench, "open a person's expenses", raw_open, orm_open);
  compare (&bench, "open a sorted list of all", raw_list, orm_list);
  print_memory ("with the list open");
  compare (&bench, "totals by category", raw_totals, orm_totals);
  compare (&bench, "20 random pages of 200", raw_page, orm_page);
  compare (&bench, "100 edits, each committed, all views told", raw_edit, orm_edit);
  compare (&bench, "insert 10,000 in one commit, all views told", raw_insert, orm_insert);
  print_memory ("at the end");
  tear_down (&bench);
  return EXIT_SUCCESS;
}
