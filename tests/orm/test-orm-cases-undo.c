/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-tree-fixture.h"

/*
 * Undoing committed steps while other programs write to the same database.
 */

static void
commit (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
}

static void
set_amount (FixtureExpense *expense, gint64 amount)
{
  g_assert_true (orm_entity_set_int64 (ORM_ENTITY (expense), FIXTURE_EXPENSE_AMOUNT, amount));
}

static gint64
get_amount (FixtureExpense *expense)
{
  gint64 amount;

  g_object_get (expense, "amount", &amount, NULL);
  return amount;
}

/*
 * Neither rows nor memory have changed, and the step can still be undone.
 */
static void
assert_stale (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (f->log, 0);
  g_assert_false (orm_session_undo (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_true (orm_session_can_undo (f->session));
  g_assert_false (orm_session_can_redo (f->session));
  g_assert_false (orm_session_get_dirty (f->session));
  fixture_assert_log (f, "");
}

static void
test_changed_elsewhere (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[1], "amount", "e1");
  set_amount (f->e[1], 100);
  commit (f);
  fixture_elsewhere (f, "UPDATE expenses SET amount = 200 WHERE id = 1");

  assert_stale (f);
  g_assert_cmpint (get_amount (f->e[1]), ==, 100);
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "200");
}

static void
test_another_column_changed_elsewhere (Fixture *f, gconstpointer data)
{
  set_amount (f->e[1], 100);
  commit (f);
  fixture_elsewhere (f, "UPDATE expenses SET description = 'Fruit' WHERE id = 1");

  g_assert_true (orm_session_undo (f->session, NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 5250);
  fixture_assert_value (f, "SELECT amount || description FROM expenses WHERE id = 1", "5250Fruit");
}

static void
test_deleted_elsewhere (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  set_amount (f->e[1], 100);
  commit (f);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");

  assert_stale (f);
}

static void
test_owner_deleted_elsewhere (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[7], NULL));
  commit (f);
  fixture_elsewhere (f, "DELETE FROM categories WHERE id = 2");

  assert_stale (f);
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "5");
}

static void
test_old_owner_deleted_elsewhere (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_move (f->e[7], f->food);
  commit (f);
  fixture_elsewhere (f, "DELETE FROM categories WHERE id = 2");

  assert_stale (f);
  g_assert_true (fixture_category_of (f->e[7]) == f->food);
}

static void
test_id_taken_elsewhere (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  commit (f);
  fixture_elsewhere (f, "INSERT INTO expenses (id, user_id, category_id, description, amount) "
                        "VALUES (1, 2, 2, 'Other', 1)");

  assert_stale (f);
  fixture_assert_value (f, "SELECT description FROM expenses WHERE id = 1", "Other");
}

static void
test_new_row_changed_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  commit (f);
  fixture_elsewhere (f, "UPDATE expenses SET date = '2000-01-01' WHERE id = 8");

  assert_stale (f);
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "7");
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 8");
  assert_stale (f);

  /* The copies would load what was released. */
  g_ptr_array_set_size (f->shadows, 0);
}

static void
test_new_row_got_members_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);

  fixture_load_all (f);
  g_assert_true (orm_session_add (f->session, category, NULL));
  fixture_move (f->e[1], category);
  commit (f);
  fixture_elsewhere (f, "UPDATE expenses SET category_id = 5 WHERE id = 7");

  assert_stale (f);
  fixture_assert_value (f, "SELECT group_concat(id) FROM expenses WHERE category_id = 5", "1,7");

  /* Its own members do not prevent it. */
  fixture_elsewhere (f, "UPDATE expenses SET category_id = 2 WHERE id = 7");
  g_assert_true (orm_session_undo (f->session, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_value (f, "SELECT count(*) FROM categories", "4");
  g_assert_true (orm_session_redo (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 1", "5");
}

static void
test_row_switch (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("Other", 1);
  g_autoptr (FixtureExpense) now = NULL;

  fixture_load_all (f);
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  fixture_move (x, f->food);
  orm_entity_set_id (ORM_ENTITY (x), 5);
  g_assert_true (orm_session_delete (f->session, f->e[5], NULL));
  g_assert_true (orm_session_add (f->session, x, NULL));
  commit (f);

  g_assert_true (orm_session_undo (f->session, NULL));
  fixture_assert_value (f, "SELECT description || amount FROM expenses WHERE id = 5", "Lunch2500");
  now = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 5, NULL);
  g_assert_cmpint (get_amount (now), ==, 2500);
  g_assert_true (orm_session_redo (f->session, NULL));
  fixture_assert_value (f, "SELECT description || amount FROM expenses WHERE id = 5", "Other1");
}

static void
test_unsaved_changes_are_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_amount (f->e[1], 100);
  commit (f);
  set_amount (f->e[2], 200);

  g_assert_false (orm_session_undo (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
  g_assert_cmpint (get_amount (f->e[1]), ==, 100);
  g_assert_cmpint (get_amount (f->e[2]), ==, 200);
  commit (f);
  g_assert_true (orm_session_undo (f->session, NULL));
  g_assert_cmpint (get_amount (f->e[2]), ==, 1875);
}

static void
test_in_a_group_is_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_amount (f->e[1], 100);
  commit (f);

  orm_session_begin_group (f->session, "Group");
  g_assert_false (orm_session_undo (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
  orm_session_end_group (f->session);

  g_assert_cmpint (get_amount (f->e[1]), ==, 100);
  g_assert_true (orm_session_undo (f->session, NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 5250);
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_session_set_undo_limit (f->session, 2);
  for (gint64 i = 1; i <= 4; i++)
    {
      set_amount (f->e[1], i);
      commit (f);
    }

  g_assert_true (orm_session_undo (f->session, NULL));
  g_assert_true (orm_session_undo (f->session, NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 2);
  g_assert_false (orm_session_undo (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);

  /* A new step clears the steps that could be redone. */
  g_assert_true (orm_session_redo (f->session, NULL));
  g_assert_true (orm_session_can_redo (f->session));
  set_amount (f->e[1], 9);
  commit (f);
  g_assert_false (orm_session_can_redo (f->session));

  orm_session_set_undo_limit (f->session, 0);
  g_assert_false (orm_session_can_undo (f->session));
}

static void
test_empty_commit_makes_no_step (Fixture *f, gconstpointer data)
{
  set_amount (f->e[1], 100);
  set_amount (f->e[1], 5250);
  commit (f);
  g_assert_false (orm_session_can_undo (f->session));

  /* Also if it was written in between. */
  set_amount (f->e[1], 100);
  g_assert_true (orm_session_flush (f->session, NULL));
  set_amount (f->e[1], 5250);
  commit (f);
  g_assert_false (orm_session_can_undo (f->session));
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "5250");
}

static void
test_properties (Fixture *f, gconstpointer data)
{
  fixture_watch_notify (f, f->session, "can-undo", "session");
  fixture_watch_notify (f, f->session, "undo-label", "session");
  orm_session_begin_group (f->session, "Outer");
  orm_session_begin_group (f->session, "Inner");
  set_amount (f->e[1], 100);
  orm_session_end_group (f->session);
  orm_session_end_group (f->session);
  commit (f);
  g_assert_cmpstr (orm_session_get_undo_label (f->session), ==, "Outer");
  fixture_assert_log (f, "session can-undo; session undo-label; ");
}

static void
test_database_cascade (Tree *t, gconstpointer data)
{
  g_autoptr (TreeShelf) shelf = tree_get (t, TREE_TYPE_SHELF, 1);
  g_autoptr (TreeItem) item = NULL;

  tree_watch_sql (t);
  orm_session_set_label (t->session, "Throw the shelf away");
  g_assert_true (orm_session_delete (t->session, shelf, NULL));
  tree_commit (t);

  /* One SELECT for each level, with the ids and the rows. */
  tree_assert_log (t, "SELECT; SELECT; DELETE items; DELETE boxes; DELETE shelves; ");
  tree_stop_watching (t);
  tree_assert_value (t, "SELECT group_concat(id) FROM items", "4");

  g_assert_true (orm_session_undo (t->session, NULL));
  tree_assert_value (t, "SELECT group_concat(id || name || box_id) FROM items", "1x1,2y1,3z2,4w3");
  tree_assert_value (t, "SELECT group_concat(id || name || shelf_id) FROM boxes", "1a1,2b1,3c2");
  item = tree_get (t, TREE_TYPE_ITEM, 3);
  tree_assert_ids (orm_entity_get_reference (ORM_ENTITY (item), "box"), "items", "3");

  g_assert_true (orm_session_redo (t->session, NULL));
  tree_assert_value (t, "SELECT group_concat(id) FROM items", "4");
  g_assert_true (orm_session_undo (t->session, NULL));
  tree_assert_value (t, "SELECT group_concat(id || name || box_id) FROM items", "1x1,2y1,3z2,4w3");
}

/*
 * Without a label, the rows below are not read, and the commit makes no step.
 */
static void
test_unread_database_cascade (Tree *t, gconstpointer data)
{
  g_autoptr (TreeShelf) shelf = tree_get (t, TREE_TYPE_SHELF, 1);
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 3);

  g_object_set (node, "name", "other", NULL);
  tree_commit (t);
  g_assert_true (orm_session_can_undo (t->session));

  tree_watch_sql (t);
  g_assert_true (orm_session_delete (t->session, shelf, NULL));
  tree_commit (t);
  tree_assert_log (t, "DELETE shelves; ");
  tree_stop_watching (t);
  tree_assert_value (t, "SELECT group_concat(id) FROM items", "4");
  g_assert_false (orm_session_can_undo (t->session));

  g_object_set (node, "name", "again", NULL);
  tree_commit (t);
  g_assert_true (orm_session_undo (t->session, NULL));
}

static void
test_unread_database_cascade_rolled_back (Tree *t, gconstpointer data)
{
  g_autoptr (TreeShelf) shelf = tree_get (t, TREE_TYPE_SHELF, 1);
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 3);

  g_assert_true (orm_session_savepoint (t->session, "here", NULL));
  g_assert_true (orm_session_delete (t->session, shelf, NULL));
  g_assert_true (orm_session_flush (t->session, NULL));
  g_assert_true (orm_session_rollback_to (t->session, "here", NULL));
  g_object_set (node, "name", "other", NULL);
  tree_commit (t);

  tree_assert_ids (shelf, "boxes", "1 2");
  g_assert_true (orm_session_can_undo (t->session));
}

static void
test_tree (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) root = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (TreeNode) leaf = NULL;

  g_assert_true (orm_session_delete (t->session, root, NULL));
  tree_commit (t);
  tree_assert_value (t, "SELECT count(*) FROM nodes", "0");
  g_assert_true (orm_session_undo (t->session, NULL));
  tree_assert_value (t, "SELECT group_concat(id || ':' || coalesce(parent_id, 0)) FROM nodes",
                     "1:0,2:1,3:1,4:2");
  leaf = tree_get (t, TREE_TYPE_NODE, 4);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (leaf), "parent"), ==, 2);
}

/* New rows that refer to each other, in either order, are restored. */
static void
test_new_rows_refer_to_each_other (Tree *t, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TreeNode) child = tree_new_node ("child", NULL);
  g_autoptr (TreeNode) parent = tree_new_node ("parent", NULL);

  tree_add (t, child);
  tree_add (t, parent);
  g_object_set (child, "parent", parent, NULL);
  tree_commit (t);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (child), "parent"), ==,
                   orm_entity_get_id (ORM_ENTITY (parent)));

  orm_session_undo (t->session, &error);
  g_assert_no_error (error);
  tree_assert_value (t, "SELECT count(*) FROM nodes", "4");
  orm_session_redo (t->session, &error);
  g_assert_no_error (error);
  tree_assert_value (t,
                     "SELECT count(*) FROM nodes WHERE name = 'child' AND parent_id = (SELECT id "
                     "FROM nodes WHERE name = 'parent')",
                     "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/undo/" name, Fixture, NULL, fixture_set_up_file, function, fixture_tear_down)
#define TREE(name, function)                                                                       \
  g_test_add ("/orm/undo/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  CASE ("changed-elsewhere", test_changed_elsewhere);
  CASE ("another-column-changed-elsewhere", test_another_column_changed_elsewhere);
  CASE ("deleted-elsewhere", test_deleted_elsewhere);
  CASE ("owner-deleted-elsewhere", test_owner_deleted_elsewhere);
  CASE ("old-owner-deleted-elsewhere", test_old_owner_deleted_elsewhere);
  CASE ("id-taken-elsewhere", test_id_taken_elsewhere);
  CASE ("new-row-changed-elsewhere", test_new_row_changed_elsewhere);
  CASE ("new-row-got-members-elsewhere", test_new_row_got_members_elsewhere);
  CASE ("row-switch", test_row_switch);
  CASE ("unsaved-changes-are-refused", test_unsaved_changes_are_refused);
  CASE ("in-a-group-is-refused", test_in_a_group_is_refused);
  CASE ("limit", test_limit);
  CASE ("empty-commit-makes-no-step", test_empty_commit_makes_no_step);
  CASE ("properties", test_properties);
  TREE ("database-cascade", test_database_cascade);
  TREE ("unread-database-cascade", test_unread_database_cascade);
  TREE ("unread-database-cascade-rolled-back", test_unread_database_cascade_rolled_back);
  TREE ("tree", test_tree);
  TREE ("new-rows-refer-to-each-other", test_new_rows_refer_to_each_other);

  return g_test_run ();
}
