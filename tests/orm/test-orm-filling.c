/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-connection-private.h"
#include "orm-entity-private.h"
#include "orm-query-model.h"
#include "orm-query-private.h"
#include "orm-session-private.h"
#include "orm-unit-of-work-private.h"

#include <string.h>

/*
 * Live lists and totals of a database that is not small: they exist before
 * their rows are read, and fill later.
 */

#define N_ROWS 3000
#define N_QUERIES 11
#define SEEN 257 /* the first ids, if an index provides them */

static GDate *
new_day (guint day, GDateYear year)
{
  return g_date_new_dmy ((GDateDay) day, G_DATE_MARCH, year);
}

/* The first queries are those that an index serves. */
#define N_BOUNDED 6

static OrmQuery *
new_query (guint i)
{
  OrmQuery *query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GDate) from = new_day (1, 2001), to = new_day (1, 2003);

  switch (i)
    {
    case 0:
      return query;
    case 1:
      return orm_query_order_by (orm_query_order_by (query, "date", ORM_DESCENDING), "id",
                                 ORM_DESCENDING);
    case 2:
      return orm_query_order_by (query, "id", ORM_DESCENDING);
    case 3:
      orm_query_where (query, "date", ORM_GREATER_EQUAL, from);
      orm_query_where (query, "date", ORM_LESS, to);
      return orm_query_order_by (query, "date", ORM_ASCENDING);
    case 4:
      orm_query_where (query, "id", ORM_GREATER, G_GINT64_CONSTANT (5));
      return query;
    case 5:
      return orm_query_order_by (query, "category", ORM_ASCENDING);
    case 6:
      return orm_query_order_by (query, "date", ORM_DESCENDING);
    case 7:
      return orm_query_order_by (query, "description", ORM_ASCENDING);
    case 8:
      orm_query_where (query, "category.name", ORM_EQUAL, "Empty");
      return orm_query_order_by (query, "amount", ORM_ASCENDING);
    case 9:
      return orm_query_search (query, "note 1", "description", "category.name", NULL);
    case 10:
      orm_query_where (query, "user", ORM_NOT_EQUAL, NULL);
      return orm_query_order_by (orm_query_order_by (query, "date", ORM_ASCENDING), "description",
                                 ORM_ASCENDING);
    default:
      g_assert_not_reached ();
    }
}

static OrmTotals *
observe_totals (Fixture *fixture)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals =
    orm_session_observe_totals (fixture->session, query, "category", "amount", &error);

  g_assert_no_error (error);
  return totals;
}

static gboolean
is_loading (gpointer list)
{
  return orm_query_model_get_loading (list);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up_file (fixture, data);
  add_many_rows (fixture, N_ROWS);
}

static void
assert_totals (Fixture *fixture, OrmTotals *totals)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) truth = NULL;
  gint64 sum;
  guint64 n_rows;

  g_assert_true (orm_session_sum (fixture->session, query, "amount", &sum, &n_rows, NULL));
  g_assert_cmpint (orm_totals_get_sum (totals), ==, sum);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, n_rows);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (totals), i);
      g_autoptr (OrmQuery) members = orm_query_new (FIXTURE_TYPE_EXPENSE);

      orm_query_where (members, "category", ORM_EQUAL, orm_total_get_group (total));
      g_assert_true (orm_session_sum (fixture->session, members, "amount", &sum, &n_rows, NULL));
      g_assert_cmpint (orm_total_get_sum (total), ==, sum);
      g_assert_cmpuint (orm_total_get_count (total), ==, n_rows);
    }
}

static void
test_small_databases_are_recognized (Fixture *fixture, gconstpointer data)
{
  g_assert_true (_orm_connection_is_small (fixture->connection));
  make_big (fixture);
  g_assert_false (_orm_connection_is_small (fixture->connection));
}

/* Returns SQLite's plan for the first rows of a query. */
static char *
dup_plan (Fixture *fixture, OrmQuery *query)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_INT64, ORM_READ_INT64, ORM_READ_TEXT };
  g_auto (OrmQuerySql) sql = { 0 };
  g_autofree char *rows = NULL, *explain = NULL;
  g_autoptr (OrmResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GString *plan = g_string_new (NULL);

  _orm_query_sql_init (&sql, query);
  rows = _orm_query_sql_rows (query, &sql, SEEN);
  explain = g_strconcat ("EXPLAIN QUERY PLAN ", rows, NULL);
  result =
    _orm_connection_select (fixture->connection, explain, (const OrmValue *) sql.parameters->data,
                            sql.parameters->len, reads, G_N_ELEMENTS (reads), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    g_string_append_printf (plan, "%s; ", _orm_result_get_text (result, i, 3));

  return g_string_free (plan, FALSE);
}

static void
test_bounded_queries_use_an_index (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      g_autofree char *plan = dup_plan (fixture, query);

      g_test_message ("%u: %s", i, plan);
      g_assert_true (_orm_query_is_bounded (query) == (i < N_BOUNDED));
      if (i >= N_BOUNDED)
        continue;

      g_assert_null (strstr (plan, "TEMP B-TREE"));
      g_assert_null (strstr (plan, "SUBQUERY"));
      /* The table itself is ordered by id. */
      if (i != 0 && i != 2)
        g_assert_true (strstr (plan, "USING INDEX") || strstr (plan, "USING INTEGER PRIMARY KEY"));
    }
}

static void
on_statement (OrmConnection *connection, const char *sql, gint64 microseconds, gpointer data)
{
  GString *log = data;

  g_string_append_printf (log, "%s\n", sql);
}

static void
test_list_exists_before_its_rows (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (GListModel) list = NULL;
      gulong id;

      id = g_signal_connect (fixture->connection, "statement", G_CALLBACK (on_statement), log);
      list = fixture_observe (fixture, query);
      g_signal_handler_disconnect (fixture->connection, id);

      g_assert_true (is_loading (list));
      if (i < N_BOUNDED)
        {
          g_assert_cmpuint (g_list_model_get_n_items (list), ==, SEEN);
          g_assert_nonnull (strstr (log->str, "LIMIT 257"));
        }
      else
        {
          g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
          g_assert_cmpstr (log->str, ==, "");
        }

      wait_for_list (list);
      g_assert_null (orm_query_model_get_error (ORM_QUERY_MODEL (list)));
      assert_as_found (fixture, list, query);
    }
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
test_the_rest_follows_the_first_rows (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_BOUNDED; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      g_autoptr (GListModel) list = fixture_observe (fixture, query);
      g_autoptr (GString) log = g_string_new (NULL);
      g_autofree char *expected = NULL;

      g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), log);
      wait_for_list (list);
      expected = g_strdup_printf ("257-0+%u ", g_list_model_get_n_items (list) - SEEN);
      g_assert_cmpstr (log->str, ==, expected);
    }
}

static void
test_few_rows_are_read_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GDate) from = new_day (1, 2001), to = new_day (31, 2001);
  g_autoptr (GListModel) list = NULL;

  orm_query_where (query, "date", ORM_GREATER_EQUAL, from);
  orm_query_where (query, "date", ORM_LESS_EQUAL, to);
  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_order_by (query, "id", ORM_DESCENDING);
  list = fixture_observe (fixture, query);

  g_assert_false (is_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 93);
  assert_as_found (fixture, list, query);
}

static void
on_notify_loading (GObject *object, GParamSpec *pspec, GString *log)
{
  gboolean loading;

  g_object_get (object, "loading", &loading, NULL);
  g_string_append (log, loading ? "loading " : "done ");
}

static void
test_loading_ends_when_filled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query (7);
  g_autoptr (GListModel) list = fixture_observe (fixture, query);
  g_autoptr (OrmTotals) totals = observe_totals (fixture);
  g_autoptr (GString) log = g_string_new (NULL), totals_log = g_string_new (NULL);

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), log);
  g_signal_connect (list, "notify::loading", G_CALLBACK (on_notify_loading), log);
  g_signal_connect (totals, "notify::loading", G_CALLBACK (on_notify_loading), totals_log);
  wait_for_list (list);
  wait_for_totals (totals);

  g_assert_cmpstr (log->str, ==, "0-0+3006 done ");
  g_assert_cmpstr (totals_log->str, ==, "done ");
}

static void
test_totals_fill_themselves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTotals) totals = NULL;

  fixture_take_count (fixture);
  totals = observe_totals (fixture);

  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);
  g_assert_true (orm_totals_get_loading (totals));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (totals)), ==, 0);
  wait_for_totals (totals);
  assert_totals (fixture, totals);
}

static void
test_totals_include_changes_while_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTotals) totals = observe_totals (fixture);

  g_assert_true (orm_session_delete (fixture->session, fixture->e[1], NULL));
  g_clear_object (&fixture->e[1]);
  fixture_move (fixture->e[3], fixture->empty);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (totals)), ==, 0);
  g_assert_true (orm_session_commit (fixture->session, NULL));
  wait_for_totals (totals);
  assert_totals (fixture, totals);
}

static void
test_load_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTotals) totals = observe_totals (fixture);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      g_autoptr (GListModel) list = fixture_observe (fixture, query);
      g_auto (Listener) listener = { 0 };

      listener_init (&listener, list);
      g_assert_true (orm_query_model_load (ORM_QUERY_MODEL (list), &error));
      g_assert_no_error (error);
      g_assert_false (is_loading (list));
      assert_as_found (fixture, list, query);

      /* The result of the read in the worker is discarded. */
      drain ();
      listener_check (&listener);
      fixture_take_count (fixture);
      g_assert_true (orm_query_model_load (ORM_QUERY_MODEL (list), &error));
      g_assert_cmpuint (fixture_take_count (fixture), ==, 0);
    }

  g_assert_true (orm_totals_load (totals, &error));
  g_assert_no_error (error);
  g_assert_false (orm_totals_get_loading (totals));
  assert_totals (fixture, totals);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  g_assert_nonnull (threads);
  while (g_dir_read_name (threads) != NULL)
    n++;

  return n;
}

static void
test_worker_is_not_used_without_need (Fixture *fixture, gconstpointer data)
{
  guint n_threads = count_threads ();
  g_autoptr (OrmTotals) totals = observe_totals (fixture);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);

      g_object_unref (fixture_observe (fixture, query));
    }

  g_assert_true (orm_totals_load (totals, NULL));
  drain ();
  g_assert_cmpuint (count_threads (), ==, n_threads);
}

static void
on_load_failed (OrmSession *session, const GError *error, guint *n_failed)
{
  (*n_failed)++;
}

static void
test_error_is_set_and_cleared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query (7);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  g_autoptr (GError) error = NULL, reported = NULL;
  guint n_failed = 0;

  g_signal_connect (fixture->session, "load-failed", G_CALLBACK (on_load_failed), &n_failed);
  fixture_elsewhere (fixture, "ALTER TABLE expenses RENAME TO hidden");
  list = fixture_observe (fixture, query);
  totals = observe_totals (fixture);
  g_assert_null (orm_query_model_get_error (ORM_QUERY_MODEL (list)));
  wait_for_list (list);
  wait_for_totals (totals);

  g_assert_cmpuint (n_failed, ==, 2);
  g_object_get (list, "error", &reported, NULL);
  g_assert_nonnull (reported);
  g_assert_nonnull (orm_totals_get_error (totals));
  g_assert_false (orm_query_model_load (ORM_QUERY_MODEL (list), &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (orm_totals_load (totals, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);

  fixture_elsewhere (fixture, "ALTER TABLE hidden RENAME TO expenses");
  g_assert_true (orm_session_merge (fixture->session, NULL, NULL));
  wait_for_list (list);
  wait_for_totals (totals);
  g_assert_null (orm_query_model_get_error (ORM_QUERY_MODEL (list)));
  g_assert_null (orm_totals_get_error (totals));
  assert_as_found (fixture, list, query);
  assert_totals (fixture, totals);
}

static void
test_query_mistakes_are_reported_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query =
    orm_query_order_by (orm_query_new (FIXTURE_TYPE_EXPENSE), "color", ORM_ASCENDING);
  g_autoptr (OrmQuery) prefetched = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_session_observe (fixture->session, query, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
  g_clear_error (&error);

  orm_query_prefetch (prefetched, "colors");
  g_assert_null (orm_session_observe (fixture->session, prefetched, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
}

static void
test_uncommitted_changes_are_included (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) limited = orm_query_limit (
    orm_query_order_by (orm_query_new (FIXTURE_TYPE_EXPENSE), "amount", ORM_DESCENDING), 2000, 0);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmTotals) totals = NULL;

  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 999999);
  orm_entity_set_text (ORM_ENTITY (fixture->empty), FIXTURE_CATEGORY_NAME, "Full");

  /* A limit or a sum cannot be evaluated in memory, so the session's own connection reads. */
  list = fixture_observe (fixture, limited);
  totals = observe_totals (fixture);
  g_assert_false (is_loading (list));
  g_assert_false (orm_totals_get_loading (totals));
  assert_as_found (fixture, list, limited);
  assert_totals (fixture, totals);
  g_clear_object (&list);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);

      list = fixture_observe (fixture, query);
      wait_for_list (list);
      assert_as_found (fixture, list, query);
      g_clear_object (&list);
    }
}

static void
test_closing_the_session_ends_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query (1);
  g_autoptr (GListModel) list = fixture_observe (fixture, query);
  g_autoptr (OrmTotals) totals = observe_totals (fixture);

  orm_session_close (fixture->session);
  g_assert_false (is_loading (list));
  g_assert_false (orm_totals_get_loading (totals));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_null (orm_query_model_get_error (ORM_QUERY_MODEL (list)));
  drain ();
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
}

static void
test_releasing_the_list_ends_loading (Fixture *fixture, gconstpointer data)
{
  Gate *gate = gate_close (fixture->session);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      GListModel *list = fixture_observe (fixture, query);
      OrmTotals *totals = observe_totals (fixture);

      g_assert_finalize_object (list);
      g_assert_finalize_object (totals);
    }

  gate_open (gate);
  drain ();
}

static void
on_changed_release (GListModel *list, guint position, guint removed, guint added, GListModel **held)
{
  g_clear_object (held);
}

static void
on_loading_close (GObject *list, GParamSpec *pspec, OrmSession *session)
{
  orm_session_close (session);
}

static void
test_handlers_may_end_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query (7);
  GListModel *list = fixture_observe (fixture, query);
  g_autoptr (GListModel) other = NULL;

  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed_release), &list);
  while (list != NULL)
    g_main_context_iteration (NULL, TRUE);

  other = fixture_observe (fixture, query);
  g_signal_connect (other, "notify::loading", G_CALLBACK (on_loading_close), fixture->session);
  wait_for_list (other);
  g_assert_cmpuint (g_list_model_get_n_items (other), ==, 0);
}

/*
 * Random changes at each iteration of the main loop until everything is
 * filled.
 */

typedef struct
{
  Fixture *fixture;
  OrmQuery *queries[N_QUERIES];
  GListModel *lists[N_QUERIES];
  Listener listeners[N_QUERIES];
  OrmTotals *totals;
  GString *history;
} Round;

static gpointer
dup_random (Round *round, GType type, gint from, gint to)
{
  return orm_session_get (round->fixture->session, type, g_test_rand_int_range (from, to), NULL);
}

static void
add_row (Round *round)
{
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("note 1", 5);
  g_autoptr (GDate) date = new_day ((guint) g_test_rand_int_range (1, 29), 2002);
  g_autoptr (OrmEntity) user = dup_random (round, FIXTURE_TYPE_USER, 1, 3);
  g_autoptr (OrmEntity) category = dup_random (round, FIXTURE_TYPE_CATEGORY, 1, 5);

  orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
  orm_entity_set_reference (ORM_ENTITY (expense), "user", user);
  orm_entity_set_reference (ORM_ENTITY (expense), "category", category);
  g_assert_true (orm_session_add (round->fixture->session, expense, NULL));
}

static void
change_row (Round *round, gint what)
{
  g_autoptr (OrmEntity) expense = dup_random (round, FIXTURE_TYPE_EXPENSE, 1001, 1001 + N_ROWS);
  g_autoptr (OrmEntity) category = dup_random (round, FIXTURE_TYPE_CATEGORY, 1, 5);
  g_autoptr (GDate) date = new_day ((guint) g_test_rand_int_range (1, 29), 2001);

  if (expense == NULL)
    return;

  if (what == 0)
    orm_entity_set_date (expense, FIXTURE_EXPENSE_DATE, date);
  else if (what == 1)
    orm_entity_set_text (expense, FIXTURE_EXPENSE_DESCRIPTION, "a note 1");
  else if (what == 2)
    orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, g_test_rand_int_range (0, 3000));
  else if (what == 3)
    orm_entity_set_reference (expense, "category", category);
  else
    orm_session_delete (round->fixture->session, expense, NULL);
}

/*
 * Returns the ids of rows with unsaved changes. If another program changed
 * them too, there would be a conflict, which is not tested here.
 */
static char *
dup_unsaved_ids (Round *round)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (round->fixture->session);
  GString *ids = g_string_new ("0");

  for (guint i = 0; i < unsaved->len; i++)
    g_string_append_printf (ids, ", %" G_GINT64_FORMAT, orm_entity_get_id (unsaved->pdata[i]));

  return g_string_free (ids, FALSE);
}

static void
change_elsewhere (Round *round)
{
  g_autofree char *unsaved = dup_unsaved_ids (round);
  g_autofree char *sql =
    g_strdup_printf ("UPDATE expenses SET amount = amount + 1, date = '2001-0%d-05' "
                     "WHERE id %% 97 = %d AND id NOT IN (%s)",
                     g_test_rand_int_range (1, 10), g_test_rand_int_range (0, 97), unsaved);

  if (_orm_connection_in_transaction (round->fixture->connection))
    return;

  fixture_elsewhere (round->fixture, sql);
  g_assert_true (orm_session_merge (round->fixture->session, NULL, NULL));
}

static void
flush (Round *round)
{
  g_autoptr (GError) error = NULL;

  orm_session_flush (round->fixture->session, &error);
  g_assert_no_error (error);
}

static void
commit (Round *round)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (round->fixture->session, &error);
  g_assert_no_error (error);
}

static void
change (Round *round)
{
  OrmSession *session = round->fixture->session;
  gint what = g_test_rand_int_range (0, 18);

  g_string_append_printf (round->history, "%d ", what);
  if (what < 5)
    change_row (round, what);
  else if (what < 8)
    add_row (round);
  else if (what < 10)
    commit (round);
  else if (what == 10)
    orm_session_rollback (session);
  else if (what == 11)
    orm_session_undo (session, NULL);
  else if (what == 12)
    orm_session_redo (session, NULL);
  else if (what == 13)
    flush (round);
  else if (what == 14)
    change_elsewhere (round);
  else if (what == 15 && round->totals != NULL)
    g_assert_true (orm_query_model_load (
      ORM_QUERY_MODEL (round->lists[g_test_rand_int_range (0, N_QUERIES)]), NULL));
}

static gboolean
is_any_loading (Round *round)
{
  for (guint i = 0; i < N_QUERIES; i++)
    if (is_loading (round->lists[i]))
      return TRUE;

  return orm_totals_get_loading (round->totals);
}

static void
check_round (Round *round)
{
  commit (round);
  while (is_any_loading (round))
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      listener_check (&round->listeners[i]);
      assert_as_found (round->fixture, round->lists[i], round->queries[i]);
    }
  assert_totals (round->fixture, round->totals);
}

static void
test_follows_changes_while_filling (Fixture *fixture, gconstpointer data)
{
  for (guint n = 0; n < (g_test_thorough () ? 60 : 6); n++)
    {
      Round round = { .fixture = fixture, .history = g_string_new (NULL) };

      for (guint i = 0; i < 3; i++)
        change (&round);
      for (guint i = 0; i < N_QUERIES; i++)
        {
          round.queries[i] = new_query (i);
          round.lists[i] = fixture_observe (fixture, round.queries[i]);
          listener_init (&round.listeners[i], round.lists[i]);
        }
      round.totals = observe_totals (fixture);

      for (guint i = 0; i < 60 && is_any_loading (&round); i++)
        {
          g_main_context_iteration (NULL, FALSE);
          change (&round);
        }
      g_test_message ("%s", round.history->str);
      check_round (&round);

      for (guint i = 0; i < N_QUERIES; i++)
        {
          listener_clear (&round.listeners[i]);
          g_clear_object (&round.lists[i]);
          g_clear_object (&round.queries[i]);
        }
      g_clear_object (&round.totals);
      g_string_free (round.history, TRUE);
    }
}

static void
add (const char *name,
     void (*start) (Fixture *, gconstpointer),
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/orm/filling/", name, NULL);

  g_test_add (path, Fixture, NULL, start, test, async_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("small-databases-are-recognized", fixture_set_up_file, test_small_databases_are_recognized);
  add ("bounded-queries-use-an-index", set_up, test_bounded_queries_use_an_index);
  add ("list-exists-before-its-rows", set_up, test_list_exists_before_its_rows);
  add ("the-rest-follows-the-first-rows", set_up, test_the_rest_follows_the_first_rows);
  add ("few-rows-are-read-at-once", set_up, test_few_rows_are_read_at_once);
  add ("loading-ends-when-filled", set_up, test_loading_ends_when_filled);
  add ("totals-fill-themselves", set_up, test_totals_fill_themselves);
  add ("totals-include-changes-while-reading", set_up, test_totals_include_changes_while_reading);
  add ("load-waits", set_up, test_load_waits);
  add ("worker-is-not-used-without-need", set_up, test_worker_is_not_used_without_need);
  add ("error-is-set-and-cleared", set_up, test_error_is_set_and_cleared);
  add ("query-mistakes-are-reported-at-once", set_up, test_query_mistakes_are_reported_at_once);
  add ("uncommitted-changes-are-included", set_up, test_uncommitted_changes_are_included);
  add ("closing-the-session-ends-loading", set_up, test_closing_the_session_ends_loading);
  add ("releasing-the-list-ends-loading", set_up, test_releasing_the_list_ends_loading);
  add ("handlers-may-end-loading", set_up, test_handlers_may_end_loading);
  add ("follows-changes-while-filling", set_up, test_follows_changes_while_filling);

  return g_test_run ();
}
