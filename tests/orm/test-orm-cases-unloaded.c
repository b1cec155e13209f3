/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"

/*
 * Lists that are not loaded: changes are queued for them and applied when they
 * are.
 */

static void
set_up (Fixture *f, gconstpointer data)
{
  fixture_set_up (f, data);
  orm_session_set_autoflush (f->session, FALSE);
}

static FixtureExpense *
new_complete (Fixture *f, FixtureCategory *category)
{
  FixtureExpense *x = fixture_new_expense ("x", 100);

  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  fixture_move (x, category);
  return x;
}

static void
test_move_from_loaded_to_unloaded (Fixture *f, gconstpointer data)
{
  fixture_watch (f, f->food, "Food");
  fixture_take_count (f);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->entertainment)));
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
}

static void
test_move_from_unloaded_to_loaded (Fixture *f, gconstpointer data)
{
  fixture_watch (f, f->entertainment, "Entertainment");
  fixture_take_count (f);
  g_assert_true (orm_collection_append (fixture_expenses (f->entertainment), f->e[2]));
  fixture_assert_log (f, "Entertainment 1-0+1; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
}

static void
test_move_there_and_back (Fixture *f, gconstpointer data)
{
  fixture_move (f->e[2], f->entertainment);
  fixture_move (f->e[2], f->food);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_take_count (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
test_remove_then_load (Fixture *f, gconstpointer data)
{
  g_assert_true (orm_collection_remove (fixture_expenses (f->food), f->e[2]));
  g_assert_null (fixture_category_of (f->e[2]));
  g_assert_false (orm_collection_remove (fixture_expenses (f->food), f->e[2]));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
}

static void
test_add_then_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  g_assert_true (orm_collection_append (fixture_expenses (f->food), x));
  g_assert_true (orm_collection_remove (fixture_expenses (f->food), x));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");

  /* An orphan that was never saved is not inserted. */
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "6");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
}

static void
test_remove_then_add (Fixture *f, gconstpointer data)
{
  g_assert_true (orm_collection_remove (fixture_expenses (f->food), f->e[2]));
  g_assert_true (orm_collection_append (fixture_expenses (f->food), f->e[2]));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_take_count (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
test_append_a_member (Fixture *f, gconstpointer data)
{
  g_assert_false (orm_collection_append (fixture_expenses (f->food), f->e[2]));
  g_assert_true (orm_collection_contains (fixture_expenses (f->food), f->e[2]));
  g_assert_false (orm_collection_contains (fixture_expenses (f->food), f->e[7]));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->food)));
}

static void
test_queue_order (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = new_complete (f, f->food);
  g_autoptr (FixtureExpense) y = new_complete (f, f->food);

  fixture_move (f->e[7], f->food);
  fixture_move (x, f->empty);
  fixture_move (x, f->food);
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_session_add (f->session, y, NULL));

  /* In the order in which each was last added: y, 7, x. */
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ? 7 ?");
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 9 7 8");
}

static void
test_queue_after_a_flush (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = new_complete (f, f->food);

  g_assert_true (orm_session_add (f->session, x, NULL));
  fixture_move (f->e[7], f->food);
  g_assert_true (orm_session_commit (f->session, NULL));

  /* Removed again before the list was read. */
  fixture_move (f->e[7], f->entertainment);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 8");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
}

static void
test_queue_and_rollback (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  orm_collection_append (fixture_expenses (f->food), x);
  fixture_move (f->e[7], f->food);
  fixture_move (f->e[1], f->empty);
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->empty), "");
}

static void
test_loaded_between_change_and_rollback (Fixture *f, gconstpointer data)
{
  fixture_move (f->e[2], f->entertainment);
  fixture_watch (f, f->food, "Food");
  fixture_watch (f, f->entertainment, "Entertainment");
  orm_session_rollback (f->session);
  fixture_assert_log (f, "Entertainment 1-1+0; Food 1-0+1; ");
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
}

static void
test_delete_then_load (Fixture *f, gconstpointer data)
{
  g_assert_true (orm_session_delete (f->session, f->e[2], NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
}

static void
test_delete_a_queued_member (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  orm_collection_append (fixture_expenses (f->food), x);
  g_assert_true (orm_session_delete (f->session, x, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "6");
}

static void
test_prefetch_after_a_change (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) found = NULL;

  fixture_move (f->e[2], f->entertainment);
  orm_query_prefetch (query, "expenses");
  found = orm_session_find (f->session, query, NULL);
  fixture_take_count (f);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
test_splice_loads (Fixture *f, gconstpointer data)
{
  gpointer additions[] = { f->e[7] };

  orm_collection_splice (fixture_expenses (f->food), 0, 1, additions, 1);
  fixture_assert_ids (fixture_expenses (f->food), "7 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "");
  g_assert_null (fixture_category_of (f->e[1]));
}

static void
test_autoflush_leaves_a_removed_member (Fixture *f, gconstpointer data)
{
  orm_session_set_autoflush (f->session, TRUE);
  orm_collection_remove (fixture_expenses (f->food), f->e[2]);
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 1);

  fixture_watch_sql (f);
  fixture_assert_ids (fixture_expenses (f->transportation), "3");
  fixture_assert_sql (f, "UPDATE expenses(amount); SELECT; ");
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "1");
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_move (f->e[2], f->transportation);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "3");
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/unloaded/" name, Fixture, NULL, set_up, function, fixture_tear_down)

  CASE ("move-from-loaded-to-unloaded", test_move_from_loaded_to_unloaded);
  CASE ("move-from-unloaded-to-loaded", test_move_from_unloaded_to_loaded);
  CASE ("move-there-and-back", test_move_there_and_back);
  CASE ("remove-then-load", test_remove_then_load);
  CASE ("add-then-remove", test_add_then_remove);
  CASE ("remove-then-add", test_remove_then_add);
  CASE ("append-a-member", test_append_a_member);
  CASE ("queue-order", test_queue_order);
  CASE ("queue-after-a-flush", test_queue_after_a_flush);
  CASE ("queue-and-rollback", test_queue_and_rollback);
  CASE ("loaded-between-change-and-rollback", test_loaded_between_change_and_rollback);
  CASE ("delete-then-load", test_delete_then_load);
  CASE ("delete-a-queued-member", test_delete_a_queued_member);
  CASE ("prefetch-after-a-change", test_prefetch_after_a_change);
  CASE ("splice-loads", test_splice_loads);
  CASE ("autoflush-leaves-a-removed-member", test_autoflush_leaves_a_removed_member);

  return g_test_run ();
}
