/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"

/*
 * Both sides of a relationship are updated together, and emit in order. The
 * numbers are those of CASES.md.
 */

/* B01 */
static void
test_append_sets_the_to_one (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, NULL);
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("Tea", 250);

  fixture_watch (f, category, "A");
  g_assert_true (orm_collection_append (fixture_expenses (category), expense));

  g_assert_true (fixture_category_of (expense) == category);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (category))), ==, 1);
  fixture_assert_log (f, "A 0-0+1; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  /* Two unsaved entities keep each other alive. */
  g_assert_true (orm_collection_remove (fixture_expenses (category), expense));
}

/* B02 */
static void
test_setting_the_to_one_appends (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("Tea", 250);

  fixture_load_all (f);
  fixture_move (expense, f->food);

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ?");
  fixture_assert_log (f, "Food 4-0+1; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  fixture_move (expense, NULL);
}

/* B04 */
static void
test_remove_clears_the_to_one (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");

  g_assert_true (orm_collection_remove (fixture_expenses (f->food), f->e[2]));

  g_assert_null (fixture_category_of (f->e[2]));
  g_assert_true (orm_entity_get_reference (ORM_ENTITY (f->e[2]), "user") == f->alice);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_log (f, "Food 1-1+0; e2 category; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
on_order_food (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Fixture *f = data;
  FixtureCategory *category;

  /* Closing the session empties the lists, too. */
  if (f->e[2] == NULL)
    return;

  category = fixture_category_of (f->e[2]);
  g_assert_true (category == f->food || category == f->entertainment);
  g_assert_false (orm_collection_find (fixture_expenses (f->food), f->e[2], NULL));
  g_assert_false (orm_collection_find (fixture_expenses (f->entertainment), f->e[2], NULL));
}

static void
on_order_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  Fixture *f = data;

  g_assert_true (fixture_category_of (f->e[2]) == f->entertainment);
  g_assert_false (orm_collection_find (fixture_expenses (f->food), f->e[2], NULL));
}

static void
prepare_move (Fixture *f)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  g_signal_connect (fixture_expenses (f->food), "items-changed", G_CALLBACK (on_order_food), f);
  g_signal_connect (f->e[2], "notify::category", G_CALLBACK (on_order_notify), f);
}

static void
finish_move (Fixture *f)
{
  guint position;

  g_assert_true (orm_collection_find (fixture_expenses (f->entertainment), f->e[2], &position));
  g_assert_cmpuint (position, ==, 1);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B05 */
static void
test_move_emits_in_order (Fixture *f, gconstpointer data)
{
  prepare_move (f);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; e2 category; Entertainment 1-0+1; ");
  finish_move (f);
}

/* B05 */
static void
test_move_by_property_emits_in_order (Fixture *f, gconstpointer data)
{
  prepare_move (f);
  g_object_set (f->e[2], "category", f->entertainment, NULL);
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; e2 category; ");
  finish_move (f);
}

/* B06 */
static void
test_append_moves_from_the_old_owner (Fixture *f, gconstpointer data)
{
  prepare_move (f);
  g_assert_true (orm_collection_append (fixture_expenses (f->entertainment), f->e[2]));
  fixture_assert_log (f, "Food 1-1+0; e2 category; Entertainment 1-0+1; ");
  finish_move (f);
}

/* B07 */
static void
test_setting_the_same_target_does_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  fixture_watch_notify (f, f->e[1], "category", "e1");
  fixture_move (f->e[1], f->food);

  fixture_assert_log (f, "");
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (f->e[1])));
  g_assert_true (orm_session_flush (f->session, &error));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B08 */
static void
test_appending_a_member_again_does_nothing (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);

  g_assert_false (orm_collection_append (fixture_expenses (f->food), f->e[1]));

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_log (f, "");
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B10 */
static void
test_reordering_changes_no_member (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");

  orm_collection_move (fixture_expenses (f->food), 1, 2);

  fixture_assert_ids (fixture_expenses (f->food), "1 5 2 6");
  fixture_assert_log (f, "Food 1-2+2; ");
  g_assert_true (fixture_category_of (f->e[2]) == f->food);
  g_assert_false (orm_session_get_dirty (f->session));
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B12 */
static void
test_replace_emits_only_differences (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) e8 = fixture_new_expense ("Tea", 250);
  gpointer members[] = { f->e[1], f->e[2], f->e[5], f->e[6], e8 };

  fixture_load_all (f);

  orm_collection_replace (fixture_expenses (f->food), members, 4);
  fixture_assert_log (f, "");
  g_assert_false (orm_session_get_dirty (f->session));

  orm_collection_replace (fixture_expenses (f->food), members, 5);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ?");
  fixture_assert_log (f, "Food 4-0+1; ");
}

/* B15 */
static void
test_each_side_emits_once (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, NULL);
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("Tea", 250);

  fixture_watch (f, category, "A");
  fixture_watch_notify (f, expense, "category", "e");

  orm_collection_append (fixture_expenses (category), expense);
  fixture_assert_log (f, "e category; A 0-0+1; ");

  orm_collection_remove (fixture_expenses (category), expense);
}

/* B16 */
static void
test_append_rejects_invalid_members (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", NULL);
  g_autoptr (OrmSession) other = orm_session_new (
    connection, FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY, FIXTURE_TYPE_EXPENSE, G_TYPE_INVALID);
  g_autoptr (FixtureExpense) foreign = fixture_new_expense ("foreign", 100);
  OrmCollection *expenses = fixture_expenses (f->food);
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  g_assert_true (orm_session_add (other, foreign, NULL));

  g_assert_false (orm_collection_try_append (expenses, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_clear_error (&error);

  g_assert_false (orm_collection_try_append (expenses, f->alice, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_clear_error (&error);

  g_assert_false (orm_collection_try_append (expenses, foreign, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);

  fixture_assert_ids (expenses, "1 2 5 6");
  fixture_assert_log (f, "");
  g_assert_false (orm_session_get_dirty (f->session));
}

/* B19 */
static void
test_setting_the_to_one_loads_no_list (Fixture *f, gconstpointer data)
{
  orm_session_set_autoflush (f->session, FALSE);

  fixture_move (f->e[2], f->entertainment);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
}

/* B21 */
static void
test_additions_are_queued_until_loading (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (FixtureExpense) y = fixture_new_expense ("y", 100);
  g_autoptr (OrmEntity) last = NULL;

  orm_session_set_autoflush (f->session, FALSE);
  fixture_move (x, f->food);
  fixture_move (y, f->food);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ? ?");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
  last = g_list_model_get_item (G_LIST_MODEL (fixture_expenses (f->food)), 5);
  g_assert_true (last == (gpointer) y);

  fixture_move (x, NULL);
  fixture_move (y, NULL);
}

/* B23 */
static void
test_queued_and_flushed_member_is_listed_once (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_move (x, f->food);
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (x), "user", f->alice));
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->food)));

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 8");
}

/* B24 */
static void
test_append_loads_no_list (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  orm_session_set_autoflush (f->session, FALSE);
  g_assert_true (orm_collection_append (fixture_expenses (f->food), x));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_false (orm_collection_is_loaded (fixture_expenses (f->food)));

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ?");
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
}

/* B26 */
static void
test_target_in_memory_is_not_read (Fixture *f, gconstpointer data)
{
  g_assert_true (fixture_category_of (f->e[1]) == f->food);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B28 */
static void
test_detached_reference_is_an_error (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 amount;

  orm_session_close (f->session);

  g_assert_null (orm_entity_load_reference (ORM_ENTITY (f->e[1]), "category", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
  g_assert_null (fixture_category_of (f->e[1]));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (f->e[1])), ORM_ERROR, ORM_ERROR_DETACHED);

  g_object_get (f->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 5250);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
add_up (GHashTable *totals, FixtureExpense *expense)
{
  g_autofree char *name = NULL;
  gint64 amount, *total;

  g_object_get (fixture_category_of (expense), "name", &name, NULL);
  g_object_get (expense, "amount", &amount, NULL);

  total = g_hash_table_lookup (totals, name);
  if (total == NULL)
    {
      total = g_new0 (gint64, 1);
      g_hash_table_insert (totals, g_steal_pointer (&name), total);
    }
  *total += amount;
}

/*
 * The tutorial's first exercise; returns NULL if there is no such user.
 */
static GHashTable *
category_totals (Fixture *f, const char *email, gboolean prefetch)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_USER);
  g_autoptr (GListModel) users = NULL;
  g_autoptr (OrmEntity) user = NULL;
  GHashTable *totals;
  GListModel *expenses;

  orm_query_where (query, "email", ORM_EQUAL, email);
  if (prefetch)
    orm_query_prefetch (orm_query_prefetch (query, "expenses"), "expenses.category");

  users = orm_session_find (f->session, query, NULL);
  user = g_list_model_get_item (users, 0);
  if (user == NULL)
    return NULL;

  totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  expenses = G_LIST_MODEL (fixture_expenses (user));
  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (FixtureExpense) expense = g_list_model_get_item (expenses, i);

      add_up (totals, expense);
    }

  return totals;
}

static void
assert_bobs_totals (GHashTable *totals)
{
  g_assert_cmpuint (g_hash_table_size (totals), ==, 2);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (totals, "Food"), ==, 5500);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (totals, "Entertainment"), ==, 5000);
}

/* B29 */
static void
test_lazy_loading_counts_statements (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) totals = NULL, none = NULL;

  fixture_reopen (f);
  totals = category_totals (f, "bob@example.com", FALSE);
  assert_bobs_totals (totals);
  g_assert_cmpuint (fixture_take_count (f), ==, 4);

  fixture_reopen (f);
  g_assert_null (category_totals (f, "nobody@example.com", FALSE));
  g_assert_cmpuint (fixture_take_count (f), ==, 1);

  orm_connection_execute (f->connection, "DELETE FROM expenses WHERE user_id = 2", NULL);
  fixture_reopen (f);
  none = category_totals (f, "bob@example.com", FALSE);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  g_assert_cmpuint (fixture_take_count (f), ==, 2);
}

/* B30 */
static void
test_prefetching_counts_statements (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) totals = NULL;

  fixture_reopen (f);
  totals = category_totals (f, "bob@example.com", TRUE);
  assert_bobs_totals (totals);
  g_assert_cmpuint (fixture_take_count (f), ==, 3);
}

/* B31 */
static void
test_prefetching_reads_in_chunks (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) categories = NULL;
  g_autoptr (GError) error = NULL;

  orm_connection_execute (f->connection, "DELETE FROM expenses", NULL);
  orm_connection_execute (f->connection, "DELETE FROM categories", NULL);
  orm_connection_execute (f->connection,
                          "INSERT INTO categories (id, name) SELECT value, 'C' || value FROM "
                          "generate_series(1, 1203)",
                          &error);
  if (error != NULL)
    {
      g_clear_error (&error);
      orm_connection_execute (f->connection,
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 1203) INSERT INTO categories (id, name) "
                              "SELECT i, 'C' || i FROM n",
                              &error);
    }
  g_assert_no_error (error);
  orm_connection_execute (f->connection,
                          "INSERT INTO expenses (user_id, category_id, description, amount) "
                          "SELECT 1, id, 'x', 100 FROM categories",
                          &error);
  g_assert_no_error (error);
  fixture_reopen (f);

  orm_query_prefetch (query, "expenses");
  categories = orm_session_find (f->session, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (categories), ==, 1203);
  g_assert_cmpuint (fixture_take_count (f), ==, 4);

  for (guint i = 0; i < 1203; i++)
    {
      g_autoptr (OrmEntity) category = g_list_model_get_item (categories, i);
      GListModel *expenses = G_LIST_MODEL (fixture_expenses (category));

      g_assert_cmpuint (g_list_model_get_n_items (expenses), ==, 1);
    }
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B34 */
static void
test_reading_a_list_flushes_first (Fixture *f, gconstpointer data)
{
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_ids (fixture_expenses (f->entertainment), "2 7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/relationships/" name, Fixture, NULL, fixture_set_up, function,                 \
              fixture_tear_down)

  CASE ("append-sets-the-to-one", test_append_sets_the_to_one);
  CASE ("setting-the-to-one-appends", test_setting_the_to_one_appends);
  CASE ("remove-clears-the-to-one", test_remove_clears_the_to_one);
  CASE ("move-emits-in-order", test_move_emits_in_order);
  CASE ("move-by-property-emits-in-order", test_move_by_property_emits_in_order);
  CASE ("append-moves-from-the-old-owner", test_append_moves_from_the_old_owner);
  CASE ("setting-the-same-target-does-nothing", test_setting_the_same_target_does_nothing);
  CASE ("appending-a-member-again-does-nothing", test_appending_a_member_again_does_nothing);
  CASE ("reordering-changes-no-member", test_reordering_changes_no_member);
  CASE ("replace-emits-only-differences", test_replace_emits_only_differences);
  CASE ("each-side-emits-once", test_each_side_emits_once);
  CASE ("append-rejects-invalid-members", test_append_rejects_invalid_members);
  CASE ("setting-the-to-one-loads-no-list", test_setting_the_to_one_loads_no_list);
  CASE ("additions-are-queued-until-loading", test_additions_are_queued_until_loading);
  CASE ("queued-and-flushed-member-is-listed-once", test_queued_and_flushed_member_is_listed_once);
  CASE ("append-loads-no-list", test_append_loads_no_list);
  CASE ("target-in-memory-is-not-read", test_target_in_memory_is_not_read);
  CASE ("detached-reference-is-an-error", test_detached_reference_is_an_error);
  CASE ("lazy-loading-counts-statements", test_lazy_loading_counts_statements);
  CASE ("prefetching-counts-statements", test_prefetching_counts_statements);
  CASE ("prefetching-reads-in-chunks", test_prefetching_reads_in_chunks);
  CASE ("reading-a-list-flushes-first", test_reading_a_list_flushes_first);

  return g_test_run ();
}
