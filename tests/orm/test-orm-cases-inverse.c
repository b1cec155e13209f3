/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-tree-fixture.h"

/*
 * Both sides of a relationship agree, whichever is changed, and emit in order.
 */

static void
test_set_null (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  fixture_move (f->e[2], NULL);
  fixture_assert_log (f, "Food 1-1+0; e2 category; ");
  g_assert_null (fixture_category_of (f->e[2]));
  g_assert_true (orm_entity_get_reference (ORM_ENTITY (f->e[2]), "user") == f->alice);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  /* Setting NULL again changes nothing. */
  fixture_move (f->e[2], NULL);
  fixture_assert_log (f, "");
}

static void
test_move_by_g_object_set_property (Fixture *f, gconstpointer data)
{
  g_auto (GValue) value = G_VALUE_INIT;

  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  g_value_init (&value, FIXTURE_TYPE_CATEGORY);
  g_value_set_object (&value, f->entertainment);
  g_object_set_property (G_OBJECT (f->e[2]), "category", &value);
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; e2 category; ");
}

static void
test_bindings_do_not_loop (Fixture *f, gconstpointer data)
{
  GBinding *there, *back;

  fixture_load_all (f);
  there =
    g_object_bind_property (f->e[1], "category", f->e[2], "category", G_BINDING_BIDIRECTIONAL);
  back = g_object_bind_property (f->e[2], "category", f->e[5], "category", G_BINDING_BIDIRECTIONAL);
  fixture_watch_notify (f, f->e[1], "category", "e1");
  fixture_watch_notify (f, f->e[2], "category", "e2");
  fixture_watch_notify (f, f->e[5], "category", "e5");

  fixture_move (f->e[1], f->entertainment);
  fixture_assert_log (f, "Food 0-1+0; Food 0-1+0; Entertainment 1-0+1; Food 0-1+0; "
                         "Entertainment 2-0+1; e5 category; e2 category; e1 category; "
                         "Entertainment 3-0+1; ");
  fixture_assert_ids (fixture_expenses (f->food), "6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2 5 1");
  g_binding_unbind (there);
  g_binding_unbind (back);
}

static void
test_freeze_around_moves (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  g_object_freeze_notify (G_OBJECT (f->e[2]));
  fixture_move (f->e[2], f->entertainment);
  fixture_move (f->e[2], f->transportation);
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; Entertainment 1-1+0; "
                         "Transportation 1-0+1; ");
  g_object_thaw_notify (G_OBJECT (f->e[2]));
  fixture_assert_log (f, "e2 category; ");
  fixture_check_at_rest (f);
}

static void
test_reads_do_not_emit (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) list = NULL;
  g_autoptr (FixtureCategory) category = NULL;
  g_autofree char *name = NULL;

  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  fixture_watch_notify (f, f->food, "expenses", "food");
  g_object_get (f->e[2], "category", &category, NULL);
  g_object_get (category, "expenses", &list, "name", &name, NULL);
  g_assert_true (category == f->food);
  g_assert_true (list == (gpointer) fixture_expenses (f->food));
  g_assert_true (orm_entity_has_reference (ORM_ENTITY (f->e[2]), "category"));
  g_assert_true (orm_collection_contains (ORM_COLLECTION (list), f->e[2]));
  fixture_assert_log (f, "");
}

static void
test_equal_values_are_silent (Fixture *f, gconstpointer data)
{
  OrmEntity *e1 = ORM_ENTITY (f->e[1]);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_NOVEMBER, 2026);
  fixture_watch_notify (f, e1, "amount", "e1");
  fixture_watch_notify (f, e1, "description", "e1");
  fixture_watch_notify (f, e1, "date", "e1");
  g_assert_true (orm_entity_set_int64 (e1, FIXTURE_EXPENSE_AMOUNT, 5250));
  g_assert_true (orm_entity_set_text (e1, FIXTURE_EXPENSE_DESCRIPTION, "Groceries"));
  g_assert_true (orm_entity_set_date (e1, FIXTURE_EXPENSE_DATE, &date));
  g_object_set (e1, "amount", G_GINT64_CONSTANT (5250), "description", "Groceries", NULL);
  fixture_assert_log (f, "");
  g_assert_false (orm_session_get_dirty (f->session));
}

static void
test_pop (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[6], "category", "e6");
  orm_collection_splice (fixture_expenses (f->food), 3, 1, NULL, 0);
  fixture_assert_log (f, "Food 3-1+0; e6 category; ");
  g_assert_null (fixture_category_of (f->e[6]));
  fixture_move (f->e[6], f->empty);
}

static void
test_insert (Fixture *f, gconstpointer data)
{
  gpointer additions[] = { f->e[7] };

  fixture_load_all (f);
  fixture_watch_notify (f, f->e[7], "category", "e7");
  orm_collection_splice (fixture_expenses (f->food), 1, 0, additions, 1);
  fixture_assert_log (f, "Entertainment 0-1+0; e7 category; Food 1-0+1; ");
  fixture_assert_ids (fixture_expenses (f->food), "1 7 2 5 6");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  orm_session_rollback (f->session);
  fixture_assert_log (f, "Food 1-1+0; e7 category; Entertainment 0-0+1; ");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
}

static void
test_slice (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  gpointer additions[] = { x, f->e[7] };

  fixture_load_all (f);
  fixture_track (f, x);
  fixture_watch_notify (f, x, "category", "x");
  fixture_watch_notify (f, f->e[7], "category", "e7");
  fixture_watch_notify (f, f->e[2], "category", "e2");
  fixture_watch_notify (f, f->e[5], "category", "e5");
  orm_collection_splice (fixture_expenses (f->food), 1, 2, additions, 2);
  fixture_assert_log (f, "x category; Entertainment 0-1+0; e7 category; Food 1-2+2; e2 category; "
                         "e5 category; ");
  fixture_assert_ids (fixture_expenses (f->food), "1 ? 7 6");
  g_assert_null (fixture_category_of (f->e[2]));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_PENDING);

  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_check_at_rest (f);
}

static void
test_replace (Fixture *f, gconstpointer data)
{
  gpointer wanted[] = { f->e[6], f->e[7], f->e[1] };

  fixture_load_all (f);
  orm_collection_replace (fixture_expenses (f->food), wanted, 3);
  fixture_assert_ids (fixture_expenses (f->food), "6 7 1");
  fixture_assert_ids (fixture_expenses (f->entertainment), "");
  fixture_check_at_rest (f);

  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
}

static void
test_replace_with_nothing (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  orm_collection_replace (fixture_expenses (f->food), NULL, 0);
  fixture_assert_log (f, "Food 0-4+0; ");
  fixture_check_at_rest (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "Alice 0-2+0; Bob 0-2+0; ");
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "2");
}

static void
test_twice_in_a_splice (Fixture *f, gconstpointer data)
{
  gpointer twice[] = { f->e[7], f->e[7], f->e[1] };

  fixture_load_all (f);
  orm_collection_splice (fixture_expenses (f->food), 4, 0, twice, 3);
  fixture_assert_ids (fixture_expenses (f->food), "2 5 6 7 1");
  orm_session_rollback (f->session);
  orm_collection_replace (fixture_expenses (f->food), twice, 3);
  fixture_assert_ids (fixture_expenses (f->food), "7 1");
}

static void
test_new_graph (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) one = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "1", NULL);
  g_autoptr (FixtureCategory) two = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "2", NULL);
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  gpointer members[] = { x };

  fixture_watch (f, one, "One");
  fixture_watch (f, two, "Two");
  orm_collection_replace (fixture_expenses (one), members, 1);
  orm_collection_append (fixture_expenses (two), x);
  fixture_assert_log (f, "One 0-0+1; One 0-1+0; Two 0-0+1; ");
  orm_collection_replace (fixture_expenses (two), NULL, 0);
  fixture_assert_log (f, "Two 0-1+0; ");
  g_assert_null (fixture_category_of (x));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
test_two_relationships (Tree *t, gconstpointer data)
{
  g_autoptr (TreeItem) item = tree_get (t, TREE_TYPE_ITEM, 1);
  g_autoptr (TreeNode) left = tree_get (t, TREE_TYPE_NODE, 2);
  g_autoptr (TreeNode) right = tree_get (t, TREE_TYPE_NODE, 3);

  tree_watch (t, left, "made", "left made");
  tree_watch (t, left, "bought", "left bought");
  tree_watch (t, right, "made", "right made");
  orm_entity_set_reference (ORM_ENTITY (item), "maker", left);
  tree_assert_log (t, "left made 0-0+1; ");
  orm_entity_set_reference (ORM_ENTITY (item), "buyer", left);
  tree_assert_log (t, "left bought 0-0+1; ");
  orm_entity_set_reference (ORM_ENTITY (item), "maker", right);
  tree_assert_log (t, "left made 0-1+0; right made 0-0+1; ");
  g_assert_true (orm_entity_get_reference (ORM_ENTITY (item), "buyer") == left);
  tree_commit (t);
  tree_assert_value (t, "SELECT maker_id || buyer_id FROM items WHERE id = 1", "32");

  g_assert_true (orm_session_delete (t->session, left, NULL));
  tree_assert_log (t, "left bought 0-1+0; ");
  g_assert_true (orm_entity_get_reference (ORM_ENTITY (item), "maker") == right);
  tree_commit (t);
  tree_assert_value (t, "SELECT maker_id || coalesce(buyer_id, '-') FROM items WHERE id = 1", "3-");
}

static void
test_node_below_another (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) root = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (TreeNode) left = tree_get (t, TREE_TYPE_NODE, 2);
  g_autoptr (TreeNode) right = tree_get (t, TREE_TYPE_NODE, 3);

  tree_watch (t, root, "children", "root");
  tree_watch (t, left, "children", "left");
  tree_watch (t, right, "children", "right");
  tree_watch_sql (t);
  g_assert_true (
    orm_collection_append (orm_entity_get_collection (ORM_ENTITY (right), "children"), left));
  tree_assert_log (t, "root 0-1+0; right 0-0+1; ");
  tree_assert_ids (left, "children", "4");
  tree_commit (t);
  tree_assert_log (t, "UPDATE nodes; ");

  /* Up again, to no parent. */
  orm_entity_set_reference (ORM_ENTITY (left), "parent", NULL);
  tree_assert_log (t, "right 0-1+0; ");
  tree_commit (t);
  tree_assert_value (t, "SELECT coalesce(parent_id, 0) FROM nodes WHERE id = 2", "0");
}

static void
test_node_below_itself (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 3);

  orm_entity_set_reference (ORM_ENTITY (node), "parent", node);
  tree_assert_ids (node, "children", "3");
  tree_commit (t);
  g_assert_true (orm_session_delete (t->session, node, NULL));
  tree_commit (t);
  tree_assert_value (t, "SELECT group_concat(id) FROM nodes", "1,2,4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/inverse/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
#define TREE(name, function)                                                                       \
  g_test_add ("/orm/inverse/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  CASE ("set-null", test_set_null);
  CASE ("move-by-g-object-set-property", test_move_by_g_object_set_property);
  CASE ("bindings-do-not-loop", test_bindings_do_not_loop);
  CASE ("freeze-around-moves", test_freeze_around_moves);
  CASE ("reads-do-not-emit", test_reads_do_not_emit);
  CASE ("equal-values-are-silent", test_equal_values_are_silent);
  CASE ("pop", test_pop);
  CASE ("insert", test_insert);
  CASE ("slice", test_slice);
  CASE ("replace", test_replace);
  CASE ("replace-with-nothing", test_replace_with_nothing);
  CASE ("twice-in-a-splice", test_twice_in_a_splice);
  CASE ("new-graph", test_new_graph);
  TREE ("two-relationships", test_two_relationships);
  TREE ("node-below-another", test_node_below_another);
  TREE ("node-below-itself", test_node_below_itself);

  return g_test_run ();
}
