/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"

/*
 * Filtered and ordered lists of the members of a collection.
 */

static void
on_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u; ", position, removed, added);
}

static GListModel *
observe_large (Fixture *fixture, gpointer owner)
{
  g_autoptr (OrmQuery) query = orm_collection_new_query (fixture_expenses (owner));
  g_autoptr (GError) error = NULL;
  GListModel *list;

  orm_query_where (query, "amount", ORM_GREATER, G_GINT64_CONSTANT (2000));
  orm_query_order_by (query, "amount", ORM_DESCENDING);
  list = orm_session_observe (fixture->session, query, &error);
  g_assert_no_error (error);
  return list;
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) list = observe_large (fixture, fixture->food);
  g_autoptr (GString) log = g_string_new (NULL);

  g_assert_false (orm_collection_is_loaded (fixture_expenses (fixture->food)));
  fixture_assert_ids (list, "1 6 5");
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), log);

  orm_entity_set_int64 (ORM_ENTITY (fixture->e[2]), FIXTURE_EXPENSE_AMOUNT, 2800);
  fixture_assert_ids (list, "1 6 2 5");
  fixture_move (fixture->e[7], fixture->food);
  fixture_assert_ids (list, "1 7 6 2 5");
  orm_collection_remove (fixture_expenses (fixture->food), fixture->e[6]);
  fixture_assert_ids (list, "1 7 2 5");
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 100);
  fixture_assert_ids (list, "7 2 5");
  g_assert_cmpstr (log->str, ==, "2-0+1; 1-0+1; 2-1+0; 0-1+0; ");

  orm_session_rollback (fixture->session);
  fixture_assert_ids (list, "1 6 5");
}

/*
 * The owner has no row when the list is created, and is inserted later.
 */
static void
test_new_owner (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_add (fixture->session, category, NULL));
  orm_session_set_autoflush (fixture->session, FALSE);
  list = observe_large (fixture, category);
  fixture_assert_ids (list, "");

  fixture_move (fixture->e[7], category);
  fixture_assert_ids (list, "7");
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);
  fixture_assert_ids (list, "7");

  fixture_move (fixture->e[1], category);
  fixture_assert_ids (list, "1 7");
  fixture_move (fixture->e[7], fixture->food);
  fixture_assert_ids (list, "1");
}

static void
test_new_owner_in_a_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals = NULL;
  gpointer both[] = { category, fixture->entertainment };

  g_assert_true (orm_session_add (fixture->session, category, NULL));
  orm_session_set_autoflush (fixture->session, FALSE);
  orm_query_where (query, "category", ORM_IN, 2u, both);
  totals = orm_session_observe_totals (fixture->session, query, "category", "amount", NULL);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 5000);

  fixture_move (fixture->e[1], category);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 10250);
  g_assert_true (orm_session_commit (fixture->session, NULL));
  fixture_move (fixture->e[2], category);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 12125);
}

static void
test_no_matches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (OrmQuery) with = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (OrmQuery) of = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) without = NULL, some = NULL, one = NULL;

  orm_query_where (query, "expenses", ORM_EQUAL, NULL);
  without = orm_session_observe (fixture->session, query, NULL);
  fixture_assert_ids (without, "4");
  orm_query_where (with, "expenses", ORM_NOT_EQUAL, NULL);
  some = orm_session_find (fixture->session, with, NULL);
  fixture_assert_ids (some, "1 2 3");
  orm_query_where (of, "expenses", ORM_EQUAL, fixture->e[7]);
  one = orm_session_find (fixture->session, of, NULL);
  fixture_assert_ids (one, "2");

  fixture_move (fixture->e[7], fixture->empty);
  g_assert_true (orm_session_flush (fixture->session, NULL));
  fixture_assert_ids (without, "2");
}

static void
test_first_and_count (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) none = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) wrong = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (FixtureExpense) first = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  orm_query_where (query, "category", ORM_EQUAL, fixture->food);
  orm_query_order_by (query, "amount", ORM_DESCENDING);
  fixture_take_count (fixture);
  first = orm_session_find_first (fixture->session, query, &error);
  g_assert_no_error (error);
  g_assert_true (first == fixture->e[1]);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 1);

  g_assert_true (orm_session_count (fixture->session, query, &n_rows, &error));
  g_assert_cmpuint (n_rows, ==, 4);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 1);

  orm_query_where (none, "amount", ORM_LESS, G_GINT64_CONSTANT (0));
  g_assert_null (orm_session_find_first (fixture->session, none, &error));
  g_assert_no_error (error);
  g_assert_true (orm_session_count (fixture->session, none, &n_rows, &error));
  g_assert_cmpuint (n_rows, ==, 0);

  orm_query_where (wrong, "colour", ORM_EQUAL, "red");
  g_assert_null (orm_session_find_first (fixture->session, wrong, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
}

static gpointer
use_elsewhere (gpointer session)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) list = orm_session_find (session, query, NULL);

  return NULL;
}

static void
test_other_thread (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_thread_join (g_thread_new ("other", use_elsewhere, fixture->session));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*A session was used in a thread*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/orm/filtered/follows", Fixture, NULL, fixture_set_up, test_follows,
              fixture_tear_down);
  g_test_add ("/orm/filtered/new-owner", Fixture, NULL, fixture_set_up, test_new_owner,
              fixture_tear_down);
  g_test_add ("/orm/filtered/new-owner-in-a-set", Fixture, NULL, fixture_set_up,
              test_new_owner_in_a_set, fixture_tear_down);

  g_test_add ("/orm/filtered/no-matches", Fixture, NULL, fixture_set_up, test_no_matches,
              fixture_tear_down);
  g_test_add ("/orm/filtered/first-and-count", Fixture, NULL, fixture_set_up, test_first_and_count,
              fixture_tear_down);
  g_test_add ("/orm/filtered/other-thread", Fixture, NULL, fixture_set_up, test_other_thread,
              fixture_tear_down);

  return g_test_run ();
}
