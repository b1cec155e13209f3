/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"
#include "orm-tree-fixture.h"

/*
 * Cases of CASES.md that need statements, totals or a second schema.
 */

static void
set_amount (gpointer expense, gint64 amount)
{
  g_assert_true (orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, amount));
}

/* B40 */
static void
test_a_move_is_one_update (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_sql (f);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_sql (f, "");
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_sql (f, "UPDATE expenses(category_id); ");
  fixture_assert_value (f,
                        "SELECT group_concat(x) FROM (SELECT id || ':' || category_id AS x "
                        "FROM expenses ORDER BY id)",
                        "1:1,2:2,3:3,5:1,6:1,7:2");
}

/* B41 */
static void
test_moved_member_survives_its_old_owner (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->entertainment), f->e[2]);
  g_assert_true (orm_session_delete (f->session, f->food, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));

  fixture_assert_value (f,
                        "SELECT group_concat(x) FROM (SELECT id || ':' || category_id AS x "
                        "FROM expenses ORDER BY id)",
                        "2:2,3:3,7:2");
  fixture_assert_value (f, "SELECT group_concat(id) FROM categories WHERE id < 4", "2,3");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
}

/* B52 */
static void
test_flush_changes_no_relationship (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  static const char *const properties[] = { "category", "user", "amount", "description" };

  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  fixture_move (f->e[2], f->entertainment);
  set_amount (f->e[1], 111);
  orm_collection_move (fixture_expenses (f->food), 0, 2);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      fixture_watch_notify (f, x, properties[i], "x");
      fixture_watch_notify (f, f->e[1], properties[i], "e1");
      fixture_watch_notify (f, f->e[2], properties[i], "e2");
    }
  fixture_watch_notify (f, x, "id", "x");
  fixture_watch_notify (f, x, "date", "x");
  fixture_watch_notify (f, f->e[1], "id", "e1");
  g_string_truncate (f->log, 0);

  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "x id; x date; ");
  fixture_assert_ids (fixture_expenses (f->food), "5 6 1 8");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
}

/* B56 */
static void
test_cascade_reads_unloaded_members (Fixture *f, gconstpointer data)
{
  fixture_watch_sql (f);
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_sql (f, "SELECT; DELETE expenses; DELETE users; ");
  fixture_assert_value (f, "SELECT group_concat(id) FROM expenses", "5,6,7");
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->food)));
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->bob)));
}

/* B57 */
static void
test_database_deletes_unloaded_members (Tree *t, gconstpointer data)
{
  g_autoptr (TreeBox) box = tree_get (t, TREE_TYPE_BOX, 3);

  tree_watch_sql (t);
  g_assert_true (orm_session_delete (t->session, box, NULL));
  g_assert_true (orm_session_flush (t->session, NULL));
  tree_assert_log (t, "DELETE boxes; ");
  tree_assert_value (t, "SELECT group_concat(id) FROM items", "1,2,3");
}

/* B57 */
static void
test_loaded_members_are_deleted_before_their_owner (Tree *t, gconstpointer data)
{
  g_autoptr (TreeBox) box = tree_get (t, TREE_TYPE_BOX, 1);
  g_autoptr (TreeItem) item = NULL;

  tree_assert_ids (box, "items", "1 2");
  item = tree_get (t, TREE_TYPE_ITEM, 1);
  tree_watch_sql (t);
  g_assert_true (orm_session_delete (t->session, box, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (item)), ==, ORM_ENTITY_DELETED);
  g_assert_true (orm_session_flush (t->session, NULL));
  tree_assert_log (t, "DELETE items; DELETE boxes; ");
  tree_assert_value (t, "SELECT group_concat(id) FROM items", "3,4");
}

/* B58 */
static void
test_deleted_members_in_memory_leave_lists (Tree *t, gconstpointer data)
{
  g_autoptr (TreeBox) box = tree_get (t, TREE_TYPE_BOX, 1);
  g_autoptr (TreeItem) item = tree_get (t, TREE_TYPE_ITEM, 1);
  g_autoptr (TreeNode) maker = tree_get (t, TREE_TYPE_NODE, 1);

  g_assert_true (orm_entity_set_reference (ORM_ENTITY (item), "maker", maker));
  tree_commit (t);
  tree_watch (t, maker, "made", "made");
  tree_watch_sql (t);

  g_assert_true (orm_session_delete (t->session, box, NULL));
  tree_assert_log (t, "made 0-1+0; ");
  g_assert_true (orm_session_flush (t->session, NULL));
  tree_assert_log (t, "DELETE boxes; ");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (item)), ==, ORM_ENTITY_DELETED);
  g_assert_null (tree_get (t, TREE_TYPE_ITEM, 1));
  tree_assert_log (t, "");

  orm_session_rollback (t->session);
  tree_assert_log (t, "made 0-0+1; ");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (item)), ==, ORM_ENTITY_PERSISTENT);
  g_assert_true (orm_entity_get_reference (ORM_ENTITY (item), "box") == box);
}

/*
 * B58: rows that were never read are deleted with their owner, and no view
 * shows them.
 */
static void
test_unread_rows_leave_views (Tree *t, gconstpointer data)
{
  g_autoptr (TreeBox) box = tree_get (t, TREE_TYPE_BOX, 1);
  g_autoptr (TreeNode) maker = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (OrmQuery) query = orm_query_new (TREE_TYPE_ITEM);
  g_autoptr (GListModel) items = NULL;

  tree_execute (t, "UPDATE items SET maker_id = 1");
  tree_reopen (t);
  g_clear_object (&box);
  g_clear_object (&maker);
  box = tree_get (t, TREE_TYPE_BOX, 1);
  maker = tree_get (t, TREE_TYPE_NODE, 1);
  items = orm_session_observe (t->session, query, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 4);
  tree_assert_ids (maker, "made", "1 2 3 4");

  g_assert_true (orm_session_delete (t->session, box, NULL));
  g_assert_true (orm_session_flush (t->session, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  orm_session_rollback (t->session);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 4);
  tree_assert_ids (maker, "made", "1 2 3 4");

  g_assert_true (orm_session_delete (t->session, box, NULL));
  tree_commit (t);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  tree_assert_ids (maker, "made", "3 4");
}

/*
 * B58: a list is read between the deletion and its rollback.
 */
static void
test_list_read_after_a_deletion_is_rolled_back (Tree *t, gconstpointer data)
{
  g_autoptr (TreeBox) box = NULL;
  g_autoptr (TreeNode) maker = NULL;

  tree_execute (t, "UPDATE items SET maker_id = 1");
  tree_reopen (t);
  box = tree_get (t, TREE_TYPE_BOX, 1);
  maker = tree_get (t, TREE_TYPE_NODE, 1);
  g_assert_true (orm_session_delete (t->session, box, NULL));
  g_assert_true (orm_session_flush (t->session, NULL));
  tree_assert_ids (maker, "made", "3 4");
  orm_session_rollback (t->session);
  tree_assert_ids (maker, "made", "1 2 3 4");
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  Tree *t = data;

  g_string_append_printf (t->log, "%s; ", pspec->name);
}

/*
 * B60: three members of two lists lose their owner. Each list emits once and
 * each member notifies once.
 */
static void
test_nullify_emits_once_for_each_list (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 3);
  g_autoptr (TreeItem) one = tree_get (t, TREE_TYPE_ITEM, 1);
  g_autoptr (TreeItem) two = tree_get (t, TREE_TYPE_ITEM, 2);

  orm_entity_set_reference (ORM_ENTITY (one), "maker", node);
  orm_entity_set_reference (ORM_ENTITY (two), "maker", node);
  orm_entity_set_reference (ORM_ENTITY (two), "buyer", node);
  tree_commit (t);
  tree_watch (t, node, "made", "made");
  tree_watch (t, node, "bought", "bought");
  g_signal_connect (one, "notify", G_CALLBACK (on_notify), t);
  g_signal_connect (two, "notify", G_CALLBACK (on_notify), t);

  g_assert_true (orm_session_delete (t->session, node, NULL));
  tree_assert_log (t, "made 0-2+0; bought 0-1+0; maker; buyer; maker; ");
  g_assert_null (orm_entity_get_reference (ORM_ENTITY (one), "maker"));
  g_assert_null (orm_entity_get_reference (ORM_ENTITY (two), "maker"));
  g_assert_null (orm_entity_get_reference (ORM_ENTITY (two), "buyer"));
  tree_commit (t);
  tree_assert_log (t, "");
  tree_assert_value (t, "SELECT count(*) FROM items WHERE maker_id NOT NULL OR buyer_id NOT NULL",
                     "0");
  tree_assert_value (t, "SELECT count(*) FROM items", "4");

  g_signal_handlers_disconnect_by_data (one, t);
  g_signal_handlers_disconnect_by_data (two, t);
}

/* B61 */
static void
test_deny_two_levels_below (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) root = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (TreeNode) leaf = tree_get (t, TREE_TYPE_NODE, 4);
  g_autoptr (TreeNode) right = tree_get (t, TREE_TYPE_NODE, 3);
  g_autoptr (TreeItem) item = tree_get (t, TREE_TYPE_ITEM, 1);
  g_autoptr (GError) error = NULL;

  orm_entity_set_reference (ORM_ENTITY (item), "sealer", leaf);
  tree_commit (t);
  tree_watch (t, root, "children", "root");

  /* Denied two levels below, the deletion changes nothing. */
  g_assert_false (orm_session_delete (t->session, root, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  tree_assert_log (t, "");
  g_assert_false (orm_session_get_dirty (t->session));
  tree_assert_ids (root, "children", "2 3");

  g_assert_true (orm_session_delete (t->session, right, NULL));
  tree_commit (t);
  tree_assert_log (t, "root 1-1+0; ");
}

static void
on_total (GObject *object, GParamSpec *pspec, gpointer data)
{
  Fixture *f = data;
  OrmTotal *total = ORM_TOTAL (object);
  FixtureCategory *group = orm_total_get_group (total);

  g_string_append_printf (f->log, "%s %s %" G_GINT64_FORMAT "; ",
                          group == f->food ? "Food" : "Entertainment", pspec->name,
                          orm_total_get_sum (total));
}

static OrmTotals *
observe_totals (Fixture *f)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals = orm_session_observe_totals (f->session, query, "category", "amount", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (totals), i);

      if (orm_total_get_group (total) == f->food || orm_total_get_group (total) == f->entertainment)
        g_signal_connect (total, "notify::sum", G_CALLBACK (on_total), f);
    }
  return totals;
}

static gint64
sum_of (OrmTotals *totals, gpointer category)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (totals), i);

      if (orm_total_get_group (total) == category)
        return orm_total_get_sum (total);
    }

  return 0;
}

/* B66 */
static void
test_orphan_leaves_lists_and_totals (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmTotals) totals = observe_totals (f);

  fixture_load_all (f);
  orm_collection_remove (fixture_expenses (f->alice), f->e[1]);
  fixture_assert_log (f, "Alice 0-1+0; ");
  g_assert_true (fixture_category_of (f->e[1]) == f->food);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "Food 0-1+0; Food sum 7375; ");
  fixture_assert_value (f, "SELECT count(*) FROM expenses WHERE id = 1", "0");
}

/* B79 */
static void
test_refresh_emits_minimal_changes (Fixture *f, gconstpointer data)
{
  FixtureExpense *e1 = f->e[1], *e5 = f->e[5];
  g_autoptr (OrmEntity) first = NULL, second = NULL;

  fixture_load_all (f);
  fixture_elsewhere (f, "INSERT INTO expenses (id, user_id, category_id, description, amount) "
                        "VALUES (50, 1, 1, 'Elsewhere', 100)");
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 2");
  fixture_elsewhere (f, "UPDATE expenses SET category_id = 2 WHERE id = 6");

  g_assert_true (orm_session_refresh (f->session, f->food, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 5 50");
  first = g_list_model_get_item (G_LIST_MODEL (fixture_expenses (f->food)), 0);
  second = g_list_model_get_item (G_LIST_MODEL (fixture_expenses (f->food)), 1);
  g_assert_true (first == (gpointer) e1 && second == (gpointer) e5);

  /* A deleted member left all its lists; a moved member changed its list. */
  fixture_assert_log (f, "Alice 1-1+0; Food 1-1+0; Food 2-1+1; Entertainment 1-0+1; ");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_DETACHED);

  g_assert_true (orm_session_refresh (f->session, f->e[6], NULL));
  g_assert_true (fixture_category_of (f->e[6]) == f->entertainment);
  fixture_assert_log (f, "");
}

typedef struct
{
  gpointer things[8];
  guint n;
} Weak;

static void
watch_end (Weak *weak, gpointer object)
{
  weak->things[weak->n] = object;
  g_object_add_weak_pointer (object, &weak->things[weak->n]);
  weak->n++;
}

static void
assert_all_ended (Weak *weak)
{
  for (guint i = 0; i < weak->n; i++)
    g_assert_null (weak->things[i]);
}

/*
 * B84: both sides of both relationships were read, a view was released, and
 * changes were saved.
 */
static void
test_loaded_relationships_do_not_leak (Fixture *f, gconstpointer data)
{
  Weak weak = { 0 };

  fixture_reopen (f);
  fixture_load_objects (f);
  fixture_load_all (f);
  for (guint i = 1; i <= 3; i++)
    {
      g_assert_true (orm_entity_get_reference (ORM_ENTITY (f->e[i]), "user") == f->alice);
      g_assert_nonnull (fixture_category_of (f->e[i]));
      watch_end (&weak, f->e[i]);
    }
  watch_end (&weak, f->alice);
  watch_end (&weak, f->food);
  watch_end (&weak, fixture_expenses (f->food));
  fixture_move (f->e[1], f->entertainment);
  set_amount (f->e[2], 1);
  g_assert_true (orm_session_commit (f->session, NULL));

  g_ptr_array_set_size (f->shadows, 0);
  for (guint i = 1; i <= 3; i++)
    g_clear_object (&f->e[i]);
  g_clear_object (&f->food);
  g_clear_object (&f->alice);
  g_clear_object (&f->e[5]);
  g_clear_object (&f->e[6]);
  assert_all_ended (&weak);
}

static void
on_move_on (GObject *object, GParamSpec *pspec, gpointer data)
{
  Fixture *f = data;

  if (f->e[2] != NULL && fixture_category_of (f->e[2]) == f->entertainment)
    fixture_move (f->e[2], f->transportation);
}

static void
on_later (GObject *object, GParamSpec *pspec, gpointer data)
{
  Fixture *f = data;
  g_autofree char *name = NULL;

  if (f->e[2] == NULL)
    return;
  g_object_get (fixture_category_of (f->e[2]), "name", &name, NULL);
  g_string_append_printf (f->log, "%s; ", name);
}

static void
run_inner_move (Fixture *f, gboolean by_property, const char *expected)
{
  fixture_load_all (f);
  g_signal_connect (f->e[2], "notify::category", G_CALLBACK (on_move_on), f);
  g_signal_connect (f->e[2], "notify::category", G_CALLBACK (on_later), f);
  if (by_property)
    g_object_set (f->e[2], "category", f->entertainment, NULL);
  else
    fixture_move (f->e[2], f->entertainment);

  fixture_assert_log (f, expected);
  g_assert_true (fixture_category_of (f->e[2]) == f->transportation);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->transportation), "3 2");
  fixture_check_at_rest (f);

  fixture_watch_sql (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_sql (f, "UPDATE expenses(category_id); ");
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "3");
  g_signal_handlers_disconnect_by_data (f->e[2], f);
}

/* B88 */
static void
test_inner_move_supersedes_the_outer_one (Fixture *f, gconstpointer data)
{
  run_inner_move (f, FALSE, "Food 1-1+0; Transportation 1-0+1; Transportation; ");
}

/* B88 */
static void
test_inner_move_supersedes_the_outer_one_by_property (Fixture *f, gconstpointer data)
{
  run_inner_move (f, TRUE,
                  "Food 1-1+0; Entertainment 1-0+1; Entertainment 1-1+0; Transportation 1-0+1; "
                  "Transportation; ");
}

/* B92 */
static void
test_totals_follow_changes_and_rollback (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmTotals) totals = observe_totals (f);

  fixture_load_all (f);
  g_assert_cmpint (sum_of (totals, f->food), ==, 12625);
  g_assert_cmpint (sum_of (totals, f->entertainment), ==, 5000);
  fixture_take_count (f);

  set_amount (f->e[2], 2000);
  fixture_assert_log (f, "Food sum 12750; ");

  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; Food sum 10750; "
                         "Entertainment sum 7000; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  orm_session_rollback (f->session);
  fixture_assert_log (f, "Entertainment 1-1+0; Food 1-0+1; Entertainment sum 5000; "
                         "Food sum 12625; ");
  g_assert_cmpint (sum_of (totals, f->food), ==, 12625);
  g_assert_cmpint (sum_of (totals, f->entertainment), ==, 5000);
}

static void
run_filter (Fixture *f, gboolean prefetch, guint n_statements)
{
  static const char *const expected[] = { "Groceries 5250 Alice", "Dinner 3000 Bob",
                                          "Lunch 2500 Bob", "Lunch 1875 Alice" };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;

  fixture_reopen (f);
  orm_query_where (query, "category.name", ORM_EQUAL, "Food");
  orm_query_order_by (orm_query_order_by (query, "amount", ORM_DESCENDING), "id", ORM_ASCENDING);
  if (prefetch)
    orm_query_prefetch (query, "user");
  found = orm_session_find (f->session, query, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 4);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (found, i);
      g_autofree char *description = NULL, *name = NULL, *line = NULL;
      gint64 amount;

      g_object_get (expense, "description", &description, "amount", &amount, NULL);
      g_object_get (orm_entity_get_reference (expense, "user"), "name", &name, NULL);
      line = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", description, amount, name);
      g_assert_cmpstr (line, ==, expected[i]);
    }
  g_assert_cmpuint (fixture_take_count (f), ==, n_statements);
}

/* B93 */
static void
test_filter_and_order_over_a_relationship (Fixture *f, gconstpointer data)
{
  run_filter (f, FALSE, 3);
  run_filter (f, TRUE, 2);
}

/* B100 */
static void
test_many_changes_emit_ranges (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_object_unref);

  fixture_load_all (f);
  orm_session_begin_group (f->session, "Many");
  for (guint i = 0; i < 1000; i++)
    {
      FixtureExpense *x = fixture_new_expense ("x", 100);

      g_ptr_array_add (many, x);
      orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
      orm_collection_append (fixture_expenses (f->empty), x);
    }
  orm_session_end_group (f->session);
  fixture_assert_log (f, "Bob 3-0+1000; Empty 0-0+1000; ");

  /* 500 members change their amount, 250 of them also their category: two sets
   * of columns. 100 are deleted. */
  fixture_watch_sql (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "SELECT; INSERT expenses; ");
  orm_session_begin_group (f->session, "Many");
  for (guint i = 0; i < 500; i++)
    set_amount (g_ptr_array_index (many, i), 1000 + (gint64) i);
  for (guint i = 0; i < 250; i++)
    fixture_move (g_ptr_array_index (many, i), f->food);
  for (guint i = 900; i < 1000; i++)
    g_assert_true (orm_session_delete (f->session, g_ptr_array_index (many, i), NULL));
  orm_session_end_group (f->session);
  fixture_assert_log (f, "Empty 0-250+0; Empty 650-100+0; Bob 903-100+0; Food 4-0+250; ");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (
    f, "UPDATE expenses(amount,category_id); UPDATE expenses(amount); DELETE expenses; ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE_IN(name, function, set_up)                                                            \
  g_test_add ("/orm/listed/" name, Fixture, NULL, set_up, function, fixture_tear_down)
#define CASE(name, function) CASE_IN (name, function, fixture_set_up)
#define TREE(name, function)                                                                       \
  g_test_add ("/orm/listed/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  CASE ("a-move-is-one-update", test_a_move_is_one_update);
  CASE ("moved-member-survives-its-old-owner", test_moved_member_survives_its_old_owner);
  CASE ("flush-changes-no-relationship", test_flush_changes_no_relationship);
  CASE ("cascade-reads-unloaded-members", test_cascade_reads_unloaded_members);
  TREE ("database-deletes-unloaded-members", test_database_deletes_unloaded_members);
  TREE ("loaded-members-are-deleted-before-their-owner",
        test_loaded_members_are_deleted_before_their_owner);
  TREE ("deleted-members-in-memory-leave-lists", test_deleted_members_in_memory_leave_lists);
  TREE ("unread-rows-leave-views", test_unread_rows_leave_views);
  TREE ("list-read-after-a-deletion-is-rolled-back",
        test_list_read_after_a_deletion_is_rolled_back);
  TREE ("nullify-emits-once-for-each-list", test_nullify_emits_once_for_each_list);
  TREE ("deny-two-levels-below", test_deny_two_levels_below);
  CASE ("orphan-leaves-lists-and-totals", test_orphan_leaves_lists_and_totals);
  CASE_IN ("refresh-emits-minimal-changes", test_refresh_emits_minimal_changes,
           fixture_set_up_file);
  CASE ("loaded-relationships-do-not-leak", test_loaded_relationships_do_not_leak);
  CASE ("inner-move-supersedes-the-outer-one", test_inner_move_supersedes_the_outer_one);
  CASE ("inner-move-supersedes-the-outer-one-by-property",
        test_inner_move_supersedes_the_outer_one_by_property);
  CASE ("totals-follow-changes-and-rollback", test_totals_follow_changes_and_rollback);
  CASE ("filter-and-order-over-a-relationship", test_filter_and_order_over_a_relationship);
  CASE ("many-changes-emit-ranges", test_many_changes_emit_ranges);

  return g_test_run ();
}
