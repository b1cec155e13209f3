/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The baseline: the operations in C with sqlite3, written with care.
 */

#include "config.h"

#include "benchmark-orm.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  gint64 id;
  gint64 user_id;
  gint64 category_id;
  char *description;
  gint64 amount;
  char *date;
  char *category;
} Expense;

static sqlite3 *db;
static sqlite3_stmt *begin, *commit;
static gint64 n_all;

static sqlite3_stmt *
prepare (const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return statement;
}

static void
run_once (sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s: %s", sqlite3_sql (statement), sqlite3_errmsg (db));
  sqlite3_reset (statement);
}

static gboolean
raw_open (const char *path, gint64 n_expenses)
{
  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  if (sqlite3_exec (db,
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON",
                    NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));

  begin = prepare ("BEGIN IMMEDIATE");
  commit = prepare ("COMMIT");
  n_all = n_expenses;
  return TRUE;
}

static void
raw_close (void)
{
  g_clear_pointer (&begin, sqlite3_finalize);
  g_clear_pointer (&commit, sqlite3_finalize);
  g_clear_pointer (&db, sqlite3_close);
}

static GArray *
read_ids (const char *sql, gint64 parameter)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = prepare (sql);

  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, parameter);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  sqlite3_finalize (statement);
  return ids;
}

static BenchResult
open_person (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) ids =
    read_ids ("SELECT id FROM expenses WHERE user_id = ? ORDER BY id", BENCH_USER_OPENED);

  return (BenchResult){ bench_ms_since (start, 1), ids->len };
}

static BenchResult
open_list (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) ids = read_ids ("SELECT id FROM expenses ORDER BY date DESC, id DESC", 0);
  BenchResult result = { bench_ms_since (start, 1), 0 };

  result.check = g_array_index (ids, gint64, 0) + g_array_index (ids, gint64, ids->len / 2) +
                 g_array_index (ids, gint64, ids->len - 1);
  return result;
}

static BenchResult
total (void)
{
  gint64 start = g_get_monotonic_time (), check = 0;
  sqlite3_stmt *statement =
    prepare ("SELECT category_id, sum(amount), count(*) FROM expenses GROUP BY category_id");

  while (sqlite3_step (statement) == SQLITE_ROW)
    check += sqlite3_column_int64 (statement, 0) * sqlite3_column_int64 (statement, 1) +
             sqlite3_column_int64 (statement, 2);
  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, 1), check };
}

/*
 * Copies a row out of the database, as every program has to.
 */
static gint64
take_expense (sqlite3_stmt *statement)
{
  Expense expense = {
    .id = sqlite3_column_int64 (statement, 0),
    .user_id = sqlite3_column_int64 (statement, 1),
    .category_id = sqlite3_column_int64 (statement, 2),
    .description = g_strdup ((const char *) sqlite3_column_text (statement, 3)),
    .amount = sqlite3_column_int64 (statement, 4),
    .date = g_strdup ((const char *) sqlite3_column_text (statement, 5)),
  };
  gint64 check = bench_check_expense (expense.id, expense.user_id, expense.category_id,
                                      expense.description, expense.amount, atoi (expense.date + 8));

  if (sqlite3_column_count (statement) > 6)
    {
      expense.category = g_strdup ((const char *) sqlite3_column_text (statement, 6));
      check += (gint64) strlen (expense.category);
    }

  g_free (expense.description);
  g_free (expense.date);
  g_free (expense.category);
  return check;
}

static BenchResult
show_pages (guint run)
{
  g_autoptr (GArray) ids = read_ids (
    "SELECT id FROM expenses WHERE amount > ? ORDER BY date DESC, id DESC", BENCH_PAGE_ABOVE);
  sqlite3_stmt *statement = prepare ("SELECT id, user_id, category_id, description, amount, date "
                                     "FROM expenses WHERE id = ?");
  gint64 start = g_get_monotonic_time (), check = 0;

  for (guint i = 0; i < BENCH_N_PAGES; i++)
    {
      guint from = bench_pick_page (run, i, ids->len);

      for (guint j = from; j < from + BENCH_PAGE_SIZE; j++)
        {
          sqlite3_bind_int64 (statement, 1, g_array_index (ids, gint64, j));
          if (sqlite3_step (statement) == SQLITE_ROW)
            check += take_expense (statement);
          sqlite3_reset (statement);
        }
    }

  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, BENCH_N_PAGES), check };
}

static BenchResult
walk (void)
{
  gint64 start = g_get_monotonic_time (), check = 0;
  g_autoptr (GArray) users = read_ids ("SELECT id FROM users ORDER BY id", 0);
  sqlite3_stmt *statement = prepare (
    "SELECT e.id, e.user_id, e.category_id, e.description, e.amount, e.date, c.name "
    "FROM expenses e JOIN categories c ON c.id = e.category_id WHERE e.user_id = ? ORDER BY e.id");

  for (guint i = 0; i < users->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, g_array_index (users, gint64, i));
      while (sqlite3_step (statement) == SQLITE_ROW)
        check += take_expense (statement);
      sqlite3_reset (statement);
    }

  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, 1), check };
}

static BenchResult
insert (void)
{
  gint64 start = g_get_monotonic_time ();
  sqlite3_stmt *statement = prepare ("INSERT INTO expenses (user_id, category_id, description, "
                                     "amount, date) VALUES (?, ?, ?, ?, ?)");

  run_once (begin);
  for (int i = 0; i < BENCH_N_INSERTS; i++)
    {
      char description[32];

      g_snprintf (description, sizeof description, "Inserted %d", i);
      sqlite3_bind_int64 (statement, 1, BENCH_USER_INSERTED);
      sqlite3_bind_int64 (statement, 2, i % BENCH_N_CATEGORIES + 1);
      sqlite3_bind_text (statement, 3, description, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 4, i + 1);
      sqlite3_bind_text (statement, 5, "2026-11-22", -1, SQLITE_STATIC);
      run_once (statement);
    }
  run_once (commit);
  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, 1), BENCH_N_INSERTS };
}

static BenchResult
move (guint run)
{
  sqlite3_stmt *statement = prepare ("UPDATE expenses SET user_id = ? WHERE id = ?");
  gint64 start = g_get_monotonic_time (), check = 0;

  for (guint i = 0; i < BENCH_N_MOVES; i++)
    {
      run_once (begin);
      sqlite3_bind_int64 (statement, 1, BENCH_USER_TO);
      sqlite3_bind_int64 (statement, 2, bench_pick_moved (run, i, n_all));
      run_once (statement);
      check += sqlite3_changes (db);
      run_once (commit);
    }

  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, BENCH_N_MOVES), check / BENCH_N_MOVES };
}

static BenchResult delete (void)
{
  sqlite3_stmt *statement = prepare ("DELETE FROM users WHERE id = ?");
  gint64 start = g_get_monotonic_time ();

  run_once (begin);
  sqlite3_bind_int64 (statement, 1, BENCH_USER_DELETED);
  run_once (statement);
  run_once (commit);
  sqlite3_finalize (statement);
  return (BenchResult){ bench_ms_since (start, 1), 1 };
}

static BenchResult
edit (guint run, gboolean commits)
{
  sqlite3_stmt *statement = prepare ("UPDATE expenses SET amount = ?, date = ? WHERE id = ?");
  gint64 start = g_get_monotonic_time (), check = 0;
  BenchResult result;

  if (!commits)
    run_once (begin);

  for (guint i = 0; i < BENCH_N_EDITS; i++)
    {
      GDate date;
      char text[16];

      bench_pick_date (run, i, &date);
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
      if (commits)
        run_once (begin);
      sqlite3_bind_int64 (statement, 1, bench_pick_amount (run, i));
      sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 3, bench_pick (run, i, n_all));
      run_once (statement);
      check += sqlite3_changes (db);
      if (commits)
        run_once (commit);
    }

  result = (BenchResult){ bench_ms_since (start, BENCH_N_EDITS), check / BENCH_N_EDITS };
  sqlite3_finalize (statement);
  if (!commits)
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return result;
}

static BenchResult
raw_run (BenchWork work, guint run)
{
  switch (work)
    {
    case BENCH_OPEN:
      return open_person ();
    case BENCH_LIST:
      return open_list ();
    case BENCH_TOTALS:
      return total ();
    case BENCH_PAGE:
      return show_pages (run);
    case BENCH_WALK:
      return walk ();
    case BENCH_INSERT:
    case BENCH_INSERT_WITH_VIEWS:
      return insert ();
    case BENCH_MOVE:
      return move (run);
    case BENCH_DELETE:
      return delete ();
    case BENCH_EDIT_WITH_VIEWS:
      return edit (run, FALSE);
    case BENCH_EDIT_WITH_VIEWS_COMMIT:
    case BENCH_EDIT_COMMIT:
      return edit (run, TRUE);
    case BENCH_N_WORKS:
    default:
      g_assert_not_reached ();
    }
}

const BenchContender bench_raw = { "raw sqlite3", raw_open, raw_run, raw_close };
