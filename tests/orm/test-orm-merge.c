/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

#include <string.h>

/*
 * Commits of another program to the same file.
 */

static void
merge (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean has_changed = FALSE;

  g_assert_true (orm_session_merge (fixture->session, &has_changed, &error));
  g_assert_no_error (error);
  g_assert_true (has_changed);
}

static void
watch_all (Fixture *fixture)
{
  fixture_load_all (fixture);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  gboolean has_changed = TRUE;

  watch_all (fixture);
  fixture_take_count (fixture);
  g_assert_true (orm_session_merge (fixture->session, &has_changed, NULL));
  g_assert_false (has_changed);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);

  /* A commit of this session is not merged. */
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 1);
  g_assert_true (orm_session_commit (fixture->session, NULL));
  g_assert_true (orm_session_merge (fixture->session, &has_changed, NULL));
  g_assert_false (has_changed);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  gint64 amount;

  watch_all (fixture);
  fixture_watch_notify (fixture, fixture->e[1], "amount", "e1");
  fixture_watch_notify (fixture, fixture->e[1], "description", "e1");
  fixture_watch_notify (fixture, fixture->e[2], "amount", "e2");
  fixture_elsewhere (fixture, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  merge (fixture);
  g_object_get (fixture->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 7700);
  fixture_assert_log (fixture, "e1 amount; ");
  fixture_check (fixture);
}

static void
test_move_insert_delete (Fixture *fixture, gconstpointer data)
{
  watch_all (fixture);
  fixture_elsewhere (fixture,
                     "INSERT INTO expenses (id, description, amount, date, user_id, category_id) "
                     "VALUES (50, 'New', 100, '2026-11-01', 1, 1)");
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 2");
  fixture_elsewhere (fixture, "UPDATE expenses SET category_id = 2 WHERE id = 6");
  merge (fixture);
  fixture_check (fixture);
  fixture_assert_ids (fixture_expenses (fixture->food), "1 5 50");
  fixture_assert_ids (fixture_expenses (fixture->entertainment), "7 6");
  fixture_assert_ids (fixture_expenses (fixture->alice), "1 3 50");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (fixture->e[2])), ==, ORM_ENTITY_DETACHED);
  g_assert_true (fixture_category_of (fixture->e[6]) == fixture->entertainment);
  g_assert_false (orm_session_get_dirty (fixture->session));
}

static void
test_owner_gone (Fixture *fixture, gconstpointer data)
{
  watch_all (fixture);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE category_id = 1");
  fixture_elsewhere (fixture, "DELETE FROM categories WHERE id = 1");
  merge (fixture);
  fixture_assert_ids (fixture_expenses (fixture->alice), "3");
  fixture_assert_ids (fixture_expenses (fixture->bob), "7");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (fixture->food))), ==,
                    0);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (fixture->food)), ==, ORM_ENTITY_DETACHED);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (fixture->e[5])), ==, ORM_ENTITY_DETACHED);
}

static void
test_unsaved_changes_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;
  gint64 amount;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (fixture, "UPDATE expenses SET description = 'Theirs' WHERE id = 1");
  merge (fixture);
  g_object_get (fixture->e[1], "amount", &amount, "description", &description, NULL);
  g_assert_cmpint (amount, ==, 111);
  g_assert_cmpstr (description, ==, "Theirs");

  /* Each changed a different column: both changes stay. */
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_true (orm_session_refresh (fixture->session, fixture->e[1], NULL));
  g_clear_pointer (&description, g_free);
  g_object_get (fixture->e[1], "amount", &amount, "description", &description, NULL);
  g_assert_cmpint (amount, ==, 111);
  g_assert_cmpstr (description, ==, "Theirs");
}

static void
test_unsaved_without_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (fixture, "UPDATE expenses SET description = 'Theirs' WHERE id = 1");
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);

  /* The own commit did not hide the other program's earlier one. */
  merge (fixture);
  g_object_get (fixture->e[1], "description", &description, NULL);
  g_assert_cmpstr (description, ==, "Theirs");
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  gboolean merges_first = data != NULL;
  g_autoptr (GError) error = NULL;
  gint64 amount;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (fixture, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  if (merges_first)
    merge (fixture);
  g_object_get (fixture->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 111);

  g_assert_false (orm_session_commit (fixture->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "amount"));

  orm_session_rollback (fixture->session);
  g_assert_true (orm_session_merge (fixture->session, NULL, NULL));
  g_object_get (fixture->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 7700);

  /* After the merge, overwriting the value is no conflict. */
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  g_assert_true (orm_session_commit (fixture->session, NULL));
}

static void
test_same_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 7700);
  fixture_elsewhere (fixture, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);
}

static void
test_changed_row_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1");
  merge (fixture);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (fixture->e[1])), ==, ORM_ENTITY_PERSISTENT);
  g_assert_false (orm_session_commit (fixture->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);

  orm_session_rollback (fixture->session);
  g_assert_true (orm_session_refresh (fixture->session, NULL, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (fixture->e[1])), ==, ORM_ENTITY_DETACHED);
  fixture_assert_ids (fixture_expenses (fixture->food), "2 5 6");
}

static void
test_keeps_order (Fixture *fixture, gconstpointer data)
{
  watch_all (fixture);
  orm_collection_move (fixture_expenses (fixture->food), 0, 3);
  fixture_assert_ids (fixture_expenses (fixture->food), "2 5 6 1");
  g_string_truncate (fixture->log, 0);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 5");
  merge (fixture);
  fixture_assert_ids (fixture_expenses (fixture->food), "2 6 1");
  fixture_assert_log (fixture, "Bob 0-1+0; Food 1-1+0; ");
}

static void
on_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u; ", position, removed, added);
}

static void
test_live_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  g_autoptr (GString) log = g_string_new (NULL);

  orm_query_order_by (query, "amount", ORM_ASCENDING);
  list = orm_session_observe (fixture->session, query, NULL);
  totals = orm_session_observe_totals (fixture->session, query, "category", "amount", NULL);
  fixture_assert_ids (list, "2 5 6 3 7 1");
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), log);

  /* One row without an entity in memory, and one with. */
  fixture_elsewhere (fixture, "UPDATE expenses SET amount = 9000 WHERE id = 5");
  merge (fixture);
  fixture_assert_ids (list, "2 6 3 7 1 5");
  g_assert_cmpstr (log->str, ==, "1-1+0; 5-0+1; ");
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 28625);

  g_string_truncate (log, 0);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 3");
  merge (fixture);
  fixture_assert_ids (list, "2 6 7 1 5");
  g_assert_cmpstr (log->str, ==, "2-1+0; ");
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 24125);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, 5);
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_poll (Fixture *fixture, gconstpointer data)
{
  gboolean is_late = FALSE;
  guint timeout;

  watch_all (fixture);
  orm_session_set_poll_interval (fixture->session, 1);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 5");

  timeout = g_timeout_add_seconds (20, on_timeout, &is_late);
  while (!is_late && orm_collection_contains (fixture_expenses (fixture->food), fixture->e[5]))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (timeout);
  fixture_assert_ids (fixture_expenses (fixture->food), "1 2 6");
  orm_session_set_poll_interval (fixture->session, 0);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 amount;

  watch_all (fixture);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  g_assert_true (orm_session_commit (fixture->session, NULL));
  fixture_elsewhere (fixture, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  merge (fixture);
  g_assert_false (orm_session_undo (fixture->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_object_get (fixture->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 7700);
  g_assert_false (orm_session_get_dirty (fixture->session));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static char *
sorted_ids (gpointer list)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (list, i);
      gint64 id = orm_entity_get_id (item);

      g_array_append_val (ids, id);
    }

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (text, FALSE);
}

/*
 * Another program moves the members of many lists, deletes some and adds
 * others, while this session has unsaved moves.
 */
static void
test_many_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  guint n = 25;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("n %u", i);

      g_ptr_array_add (categories, g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL));
      g_assert_true (orm_session_add (fixture->session, categories->pdata[i], NULL));
    }
  for (guint i = 0; i < n * 4; i++)
    {
      g_autoptr (FixtureExpense) expense = fixture_new_expense ("dealt", 100);

      fixture_track (fixture, expense);
      orm_entity_set_reference (ORM_ENTITY (expense), "user", fixture->bob);
      fixture_move (expense, categories->pdata[i % n]);
      g_assert_true (orm_session_add (fixture->session, expense, NULL));
    }
  g_assert_true (orm_session_commit (fixture->session, NULL));

  watch_all (fixture);
  for (guint i = 0; i < n; i++)
    fixture_watch (fixture, categories->pdata[i], "n");
  for (guint i = 0; i < n; i += 5)
    fixture_move (fixture->tracked->pdata[i], categories->pdata[7]);
  fixture_elsewhere (fixture, "UPDATE expenses SET category_id = 5 + id * 7 % 25, amount = 1 "
                              "WHERE id > 7 AND (id - 8) % 5 > 0");
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id > 7 AND (id - 8) % 5 = 3");
  fixture_elsewhere (fixture,
                     "INSERT INTO expenses (description, amount, date, user_id, category_id) "
                     "SELECT 'new', 1, date, 1, category_id FROM expenses WHERE id % 10 = 1");
  merge (fixture);
  fixture_check_at_rest (fixture);

  orm_session_commit (fixture->session, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM expenses "
                         "WHERE category_id = %u ORDER BY id)",
                         5 + i);
      g_autofree char *rows = fixture_read (fixture, sql);
      g_autofree char *ids = sorted_ids (fixture_expenses (categories->pdata[i]));

      g_assert_cmpstr (ids, ==, rows);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
    gconstpointer data;
  } cases[] = {
    { "nothing", test_nothing, NULL },
    { "update", test_update, NULL },
    { "move-insert-delete", test_move_insert_delete, NULL },
    { "owner-gone", test_owner_gone, NULL },
    { "unsaved-changes-stay", test_unsaved_changes_stay, NULL },
    { "unsaved-without-merge", test_unsaved_without_merge, NULL },
    { "conflict", test_conflict, NULL },
    { "conflict-after-merge", test_conflict, "merge" },
    { "same-change", test_same_change, NULL },
    { "changed-row-deleted", test_changed_row_deleted, NULL },
    { "keeps-order", test_keeps_order, NULL },
    { "live-query", test_live_query, NULL },
    { "many-lists", test_many_lists, NULL },
    { "poll", test_poll, NULL },
    { "undo", test_undo, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/merge/", cases[i].path, NULL);

      g_test_add (path, Fixture, cases[i].data, fixture_set_up_file, cases[i].test,
                  fixture_tear_down);
    }

  return g_test_run ();
}
