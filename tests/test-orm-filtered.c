/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"

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
 * The owner has no row when the list is made, and gets one.
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

  return g_test_run ();
}
