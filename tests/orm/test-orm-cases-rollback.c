/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"
#include "orm-tree-fixture.h"

/*
 * Rollbacks and savepoints, also from inside a handler.
 */

static void
set_amount (gpointer expense, gint64 amount)
{
  g_assert_true (orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, amount));
}

static gint64
get_amount (gpointer expense)
{
  gint64 amount;

  g_object_get (expense, "amount", &amount, NULL);
  return amount;
}

static void
assert_as_before (Fixture *f)
{
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->transportation), "3");
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7");
  g_assert_false (orm_session_get_dirty (f->session));
  fixture_check_at_rest (f);
}

static void
test_nested_savepoints (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  set_amount (f->e[1], 1);
  g_assert_true (orm_session_savepoint (f->session, "outer", NULL));
  set_amount (f->e[1], 2);
  fixture_move (f->e[1], f->empty);
  g_assert_true (orm_session_savepoint (f->session, "inner", NULL));
  set_amount (f->e[1], 3);
  fixture_move (f->e[1], f->transportation);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_string_truncate (f->log, 0);

  g_assert_true (orm_session_rollback_to (f->session, "inner", NULL));
  fixture_assert_log (f, "Transportation 1-1+0; Empty 0-0+1; ");
  g_assert_cmpint (get_amount (f->e[1]), ==, 2);
  fixture_assert_value (f, "SELECT amount || category_id FROM expenses WHERE id = 1", "24");

  /* The savepoint is still there. */
  set_amount (f->e[1], 9);
  g_assert_true (orm_session_rollback_to (f->session, "inner", NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 2);
  fixture_check_at_rest (f);

  g_assert_true (orm_session_rollback_to (f->session, "outer", NULL));
  fixture_assert_log (f, "Empty 0-1+0; Food 0-0+1; ");
  g_assert_cmpint (get_amount (f->e[1]), ==, 1);
  g_assert_false (orm_session_rollback_to (f->session, "inner", NULL));
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount || category_id FROM expenses WHERE id = 1", "11");
}

static void
test_released_savepoint (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  g_assert_true (orm_session_savepoint (f->session, "a", NULL));
  fixture_move (f->e[2], f->empty);
  g_assert_true (orm_session_savepoint (f->session, "b", NULL));
  fixture_move (f->e[5], f->empty);
  g_assert_true (orm_session_release (f->session, "a", NULL));
  g_assert_false (orm_session_release (f->session, "b", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  fixture_assert_ids (fixture_expenses (f->empty), "2 5");
  orm_session_rollback (f->session);
  assert_as_before (f);
}

static void
test_savepoint_after_an_error (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) again = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "Food", NULL);
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  g_assert_true (orm_session_savepoint (f->session, "here", NULL));
  g_assert_true (orm_session_add (f->session, again, NULL));
  g_assert_false (orm_session_flush (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_true (orm_session_rollback_to (f->session, "here", NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (again)), ==, ORM_ENTITY_TRANSIENT);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (again)), ==, 0);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "1");
  fixture_assert_value (f, "SELECT count(*) FROM categories", "4");
}

static void
test_savepoint_with_inserts_and_deletes (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  fixture_track (f, x);
  g_assert_true (orm_session_savepoint (f->session, "here", NULL));
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "5 6 8");
  g_assert_true (orm_session_rollback_to (f->session, "here", NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->alice)), ==, ORM_ENTITY_PERSISTENT);
  g_assert_true (orm_session_commit (f->session, NULL));
  assert_as_before (f);
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "6");
}

static void
test_order_is_restored (Fixture *f, gconstpointer data)
{
  gpointer reversed[] = { f->e[6], f->e[5], f->e[2], f->e[1] };

  fixture_load_all (f);
  orm_collection_replace (fixture_expenses (f->food), reversed, 4);
  fixture_assert_ids (fixture_expenses (f->food), "6 5 2 1");
  orm_collection_move (fixture_expenses (f->food), 0, 3);
  orm_session_rollback (f->session);
  assert_as_before (f);
}

/*
 * Bob's list emits its new order. Expense 5 notifies before its category emits
 * its return.
 */
static void
test_member_returns_to_its_position (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[5], "category", "e5");
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (f->e[5]), "user", f->alice));
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (f->e[5]), "user", f->bob));
  orm_collection_remove (fixture_expenses (f->food), f->e[5]);
  g_string_truncate (f->log, 0);

  orm_session_rollback (f->session);
  fixture_assert_log (f, "e5 category; Bob 2-1+0; Bob 0-0+1; Food 2-0+1; ");
  assert_as_before (f);
}

static void
test_reads_while_a_rollback_is_needed (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) again = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "Food", NULL);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  guint64 n_rows;
  gint64 sum;

  g_assert_true (orm_session_add (f->session, again, NULL));
  g_assert_false (orm_session_flush (f->session, NULL));
  fixture_take_count (f);

  g_assert_null (orm_session_find (f->session, query, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);
  g_assert_false (orm_session_sum (f->session, query, "amount", &sum, &n_rows, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);
  g_assert_false (orm_collection_load (fixture_expenses (f->food), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);
  g_assert_false (orm_session_refresh (f->session, f->food, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);
  g_assert_false (orm_session_savepoint (f->session, "x", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
}

static void
test_groups_nest (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  f->is_grouping = TRUE;
  orm_session_begin_group (f->session, "Outer");
  fixture_move (f->e[2], f->entertainment);
  orm_session_begin_group (f->session, "Inner");
  fixture_move (f->e[1], f->entertainment);
  orm_session_end_group (f->session);
  fixture_assert_log (f, "");
  fixture_move (f->e[5], f->entertainment);
  orm_session_end_group (f->session);
  fixture_assert_log (f, "Food 0-3+0; Entertainment 1-0+3; ");
  f->is_grouping = FALSE;
  fixture_check_at_rest (f);
  orm_session_rollback (f->session);
  assert_as_before (f);
}

static void
test_rollback_in_a_group (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  fixture_track (f, x);
  orm_session_begin_group (f->session, "Group");
  fixture_move (f->e[2], f->entertainment);
  orm_collection_append (fixture_expenses (f->food), x);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  orm_session_rollback (f->session);
  orm_session_end_group (f->session);
  fixture_assert_log (f, "");
  assert_as_before (f);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
}

static void
test_tree_is_restored (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) root = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (TreeNode) left = tree_get (t, TREE_TYPE_NODE, 2);

  tree_watch (t, root, "children", "root");
  tree_watch (t, left, "children", "left");
  g_assert_true (orm_session_delete (t->session, root, NULL));
  g_assert_true (orm_session_flush (t->session, NULL));
  orm_session_rollback (t->session);
  tree_assert_ids (root, "children", "2 3");
  tree_assert_ids (left, "children", "4");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (left)), ==, ORM_ENTITY_PERSISTENT);
  tree_assert_value (t, "SELECT count(*) FROM nodes", "4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/rollback/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  CASE ("nested-savepoints", test_nested_savepoints);
  CASE ("released-savepoint", test_released_savepoint);
  CASE ("savepoint-after-an-error", test_savepoint_after_an_error);
  CASE ("savepoint-with-inserts-and-deletes", test_savepoint_with_inserts_and_deletes);
  CASE ("order-is-restored", test_order_is_restored);
  CASE ("member-returns-to-its-position", test_member_returns_to_its_position);
  CASE ("reads-while-a-rollback-is-needed", test_reads_while_a_rollback_is_needed);
  CASE ("groups-nest", test_groups_nest);
  CASE ("in-a-group", test_rollback_in_a_group);
  g_test_add ("/orm/rollback/tree", Tree, NULL, tree_set_up, test_tree_is_restored, tree_tear_down);

  return g_test_run ();
}
