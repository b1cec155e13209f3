/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"

/*
 * What a session writes, and how it rolls back. The numbers are those of
 * CASES.md.
 */

static void
on_statement (OrmConnection *connection, const char *sql, gint64 microseconds, gpointer data)
{
  g_auto (GStrv) parts = g_strsplit (sql, "\"", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  g_auto (GStrv) words = g_strsplit (plain, " ", 4);
  const char *table = g_str_equal (words[0], "UPDATE") ? words[1] : words[2];

  if (!g_str_equal (words[0], "SELECT"))
    g_string_append_printf (data, "%s %s; ", words[0], table);
}

static gint64
count_expenses (Fixture *f)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  guint64 n_rows;
  gint64 sum;

  g_assert_true (orm_session_sum (f->session, query, "amount", &sum, &n_rows, NULL));
  return (gint64) n_rows;
}

static FixtureExpense *
new_complete_expense (Fixture *f, const char *description)
{
  FixtureExpense *expense = fixture_new_expense (description, 100);

  g_assert_true (orm_entity_set_reference (ORM_ENTITY (expense), "user", f->bob));
  fixture_move (expense, f->food);
  return expense;
}

static FixtureCategory *
new_category (const char *name)
{
  return g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL);
}

/* B35 */
static void
test_adding_an_owner_adds_its_members (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureUser) carol =
    g_object_new (FIXTURE_TYPE_USER, "email", "carol@example.com", "name", "Carol", NULL);
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (FixtureExpense) y = fixture_new_expense ("y", 200);
  g_autoptr (GString) log = g_string_new (NULL);

  fixture_move (x, f->food);
  fixture_move (y, f->food);
  orm_collection_append (fixture_expenses (carol), x);
  orm_collection_append (fixture_expenses (carol), y);
  g_assert_true (orm_session_add (f->session, carol, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_PENDING);

  g_signal_connect (f->connection, "statement", G_CALLBACK (on_statement), log);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpstr (log->str, ==, "INSERT users; INSERT expenses; ");
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (carol)), ==, 3);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (y), "user"), ==, 3);
  g_signal_handlers_disconnect_by_data (f->connection, log);

  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_ids (fixture_expenses (carol), "8 9");
}

/* B36 */
static void
test_append_adds_to_the_session (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  orm_collection_append (fixture_expenses (f->food), x);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_PENDING);
  g_assert_true (orm_entity_get_session (ORM_ENTITY (x)) == f->session);

  g_assert_true (orm_entity_set_reference (ORM_ENTITY (x), "user", f->alice));
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (x)), ==, 8);
}

/* B37 */
static void
test_setting_the_to_one_does_not_add (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  fixture_move (x, f->food);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ?");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);

  g_test_expect_message ("orm", G_LOG_LEVEL_MESSAGE, "*not added to the session*");
  g_assert_true (orm_session_flush (f->session, NULL));
  g_test_assert_expected_messages ();
  g_assert_cmpint (count_expenses (f), ==, 6);

  fixture_move (x, NULL);
}

/* B43 */
static void
test_reading_in_the_middle_of_a_move_deletes_nothing (Fixture *f, gconstpointer data)
{
  fixture_watch (f, f->food, "Food");
  orm_collection_remove (fixture_expenses (f->food), f->e[2]);
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  orm_collection_append (fixture_expenses (f->entertainment), f->e[2]);
  g_assert_true (orm_session_commit (f->session, NULL));

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_PERSISTENT);
  fixture_reopen (f);
  f->e[2] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 2, NULL);
  g_assert_nonnull (f->e[2]);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (f->e[2]), "category"), ==, 2);
}

/* B45 */
static void
test_new_entity_reuses_a_deleted_id (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = new_complete_expense (f, "Other");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *description = NULL;

  orm_entity_set_id (ORM_ENTITY (x), 5);
  g_assert_true (orm_session_delete (f->session, f->e[5], NULL));
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_signal_connect (f->connection, "statement", G_CALLBACK (on_statement), log);
  g_assert_true (orm_session_commit (f->session, NULL));
  g_signal_handlers_disconnect_by_data (f->connection, log);
  g_assert_cmpstr (log->str, ==, "UPDATE expenses; ");

  fixture_reopen (f);
  f->e[5] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 5, NULL);
  g_object_get (f->e[5], "description", &description, NULL);
  g_assert_cmpstr (description, ==, "Other");
  g_assert_cmpint (count_expenses (f), ==, 6);
}

/* B46 */
static void
test_new_entity_reuses_a_deleted_unique_value (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) again = new_category ("Empty");
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (f->session, f->empty, NULL));
  g_assert_true (orm_session_add (f->session, again, NULL));
  g_assert_true (orm_session_commit (f->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (again)), ==, 5);
  g_assert_null (orm_session_get (f->session, FIXTURE_TYPE_CATEGORY, 4, NULL));
}

/* B47 */
static void
test_failed_commit_needs_a_rollback (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) duplicate = new_category ("Food");
  g_autoptr (GError) error = NULL;
  gint64 amount;

  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  g_assert_true (orm_session_add (f->session, duplicate, NULL));
  g_assert_false (orm_session_commit (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_nonnull (strstr (error->message, "categories.name"));
  g_clear_error (&error);

  g_assert_null (orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 99, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);
  g_assert_false (orm_session_commit (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_clear_error (&error);

  orm_session_rollback (f->session);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (duplicate)), ==, ORM_ENTITY_TRANSIENT);
  g_object_get (f->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 5250);

  orm_entity_set_text (ORM_ENTITY (duplicate), FIXTURE_CATEGORY_NAME, "Food and drink");
  g_assert_true (orm_session_add (f->session, duplicate, NULL));
  g_assert_true (orm_session_commit (f->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (duplicate)), ==, 5);
}

/*
 * The commit of a form fails: the values can be corrected, and the entity
 * added again.
 */
static void
test_failed_commit_is_retried (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = new_category ("Food");
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->alice);
  orm_entity_set_reference (ORM_ENTITY (x), "category", category);
  g_assert_true (orm_session_add (f->session, x, NULL));
  orm_entity_set_int64 (ORM_ENTITY (x), FIXTURE_EXPENSE_AMOUNT, 200);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (orm_session_commit (f->session, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
      g_clear_error (&error);
      orm_session_rollback (f->session);

      g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
      g_assert_true (orm_entity_get_reference (ORM_ENTITY (x), "user") == f->alice);
      g_assert_true (orm_entity_get_reference (ORM_ENTITY (x), "category") == category);
      fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
      g_assert_false (orm_collection_contains (fixture_expenses (f->alice), x));
      g_assert_true (orm_session_add (f->session, x, NULL));
      fixture_assert_ids (fixture_expenses (f->alice), "1 2 3 ?");
    }

  orm_entity_set_text (ORM_ENTITY (category), FIXTURE_CATEGORY_NAME, "Food and drink");
  g_assert_true (orm_session_commit (f->session, &error));
  g_assert_no_error (error);
  fixture_assert_value (f, "SELECT user_id || ' ' || amount FROM expenses WHERE description = 'x'",
                        "1 200");
}

/*
 * Adding the owner again also adds the new members that refer to it. After
 * another rollback, nothing keeps the two alive.
 */
static void
test_rolled_back_owner_is_added (Fixture *f, gconstpointer data)
{
  FixtureCategory *category = new_category ("New");
  FixtureExpense *x = fixture_new_expense ("x", 100);

  g_assert_true (orm_session_add (f->session, category, NULL));
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  orm_entity_set_reference (ORM_ENTITY (x), "category", category);
  g_assert_true (orm_session_add (f->session, x, NULL));
  orm_session_rollback (f->session);
  g_assert_true (fixture_category_of (x) == category);

  g_assert_true (orm_session_add (f->session, category, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_PENDING);
  fixture_assert_ids (fixture_expenses (category), "?");
  orm_session_rollback (f->session);

  g_object_add_weak_pointer (G_OBJECT (x), (gpointer *) &x);
  g_object_add_weak_pointer (G_OBJECT (category), (gpointer *) &category);
  g_object_unref (category);
  g_assert_nonnull (category);
  g_object_unref (x);
  g_assert_null (x);
  g_assert_null (category);
}

/*
 * After the rollback, it may also get another owner, or be appended to a list.
 */
static void
test_rolled_back_expense_moves (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (FixtureExpense) y = fixture_new_expense ("y", 100);

  fixture_load_all (f);
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->alice);
  orm_entity_set_reference (ORM_ENTITY (x), "category", f->food);
  orm_entity_set_reference (ORM_ENTITY (y), "user", f->alice);
  orm_entity_set_reference (ORM_ENTITY (y), "category", f->food);
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_session_add (f->session, y, NULL));
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");

  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7 ?");
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_collection_append (fixture_expenses (f->food), y));
  g_assert_false (orm_collection_append (fixture_expenses (f->food), y));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6 ? ?");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3 9");
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7 8");
}

static void
test_one_session_to_a_connection (Fixture *f, gconstpointer data)
{
  static const char *const message = "*Another session uses this connection*";
  GType types[] = { FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY, FIXTURE_TYPE_EXPENSE };
  g_autoptr (OrmSession) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_session_new_for_types (f->connection, types, G_N_ELEMENTS (types), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);
  g_test_expect_message ("orm", G_LOG_LEVEL_CRITICAL, message);
  g_assert_null (orm_session_new (f->connection, types[0], types[1], types[2], G_TYPE_INVALID));
  g_test_assert_expected_messages ();

  orm_session_close (f->session);
  second = orm_session_new (f->connection, types[0], types[1], types[2], G_TYPE_INVALID);
  g_assert_nonnull (second);
}

static gboolean reentrant_result;

static void
on_flush_again (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_autoptr (GError) error = NULL;

  reentrant_result = orm_session_flush (data, &error);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_REENTRANT);
}

/* B51 */
static void
test_flush_in_a_flush_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = new_category ("New");

  g_signal_connect (category, "notify::id", G_CALLBACK (on_flush_again), f->session);
  g_assert_true (orm_session_add (f->session, category, NULL));
  reentrant_result = TRUE;
  g_assert_false (orm_session_flush (f->session, NULL));
  g_assert_false (reentrant_result);
  g_signal_handlers_disconnect_by_data (category, f->session);

  orm_session_rollback (f->session);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (category)), ==, ORM_ENTITY_TRANSIENT);
}

/* B53 */
static void
test_fallbacks_are_set_by_the_flush (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) category = new_category ("New");
  g_autoptr (FixtureExpense) x = new_complete_expense (f, "x");
  g_autofree char *color = NULL;
  g_autoptr (GDate) date = NULL;
  GDate today;

  fixture_watch_notify (f, category, "id", "category");
  fixture_watch_notify (f, category, "color", "category");
  fixture_watch_notify (f, x, "date", "x");
  g_assert_true (orm_session_add (f->session, category, NULL));
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "category id; category color; x date; ");
  fixture_take_count (f);

  g_object_get (category, "color", &color, NULL);
  g_object_get (x, "date", &date, NULL);
  g_date_clear (&today, 1);
  g_date_set_time_t (&today, time (NULL));
  g_assert_cmpstr (color, ==, "#FF6B6B");
  g_assert_cmpint (ABS (g_date_days_between (date, &today)), <=, 1);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

/* B55 */
static void
test_cascade_deletes_members_first (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  fixture_load_all (f);
  g_signal_connect (f->connection, "statement", G_CALLBACK (on_statement), log);
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  g_signal_handlers_disconnect_by_data (f->connection, log);
  g_assert_cmpstr (log->str, ==, "DELETE expenses; DELETE users; ");
  g_assert_cmpuint (fixture_take_count (f), ==, 2);
}

/* B62 */
static void
test_orphan_is_deleted_by_the_flush (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  orm_collection_remove (fixture_expenses (f->food), f->e[2]);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_PERSISTENT);

  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_DELETED);
  g_assert_cmpint (count_expenses (f), ==, 5);
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_DETACHED);
}

/* B65, B66 */
static void
test_orphan_leaves_its_other_lists (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  orm_collection_remove (fixture_expenses (f->alice), f->e[1]);
  g_string_truncate (f->log, 0);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "Food 0-1+0; ");
  fixture_assert_ids (fixture_expenses (f->food), "2 5 6");
  g_assert_cmpint (count_expenses (f), ==, 5);
}

/* B69 */
static void
test_cascade_updates_loaded_lists (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->food, NULL));
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_ids (fixture_expenses (f->alice), "3");
  fixture_assert_ids (fixture_expenses (f->bob), "7");
}

/* B70 */
static void
test_rollback_restores_positions_of_the_deleted (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  fixture_assert_log (f, "Alice 0-1+0; Food 0-1+0; ");
  orm_session_rollback (f->session);
  fixture_assert_log (f, "Food 0-0+1; Alice 0-0+1; ");
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[1])), ==, ORM_ENTITY_PERSISTENT);
}

/* B71 */
static void
test_deleting_a_pending_entity_drops_it (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = new_complete_expense (f, "x");

  fixture_load_all (f);
  g_assert_true (orm_session_add (f->session, x, NULL));
  fixture_take_count (f);
  g_assert_true (orm_session_delete (f->session, x, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
}

static void
run_rollback (Fixture *f, gboolean flush)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  orm_collection_remove (fixture_expenses (f->food), f->e[1]);
  orm_collection_append (fixture_expenses (f->food), x);
  fixture_move (f->e[7], f->food);
  fixture_assert_ids (fixture_expenses (f->food), "2 5 6 ? 7");

  if (flush)
    g_assert_true (orm_session_flush (f->session, NULL));
  orm_session_rollback (f->session);

  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7");
  g_assert_true (fixture_category_of (f->e[7]) == f->entertainment);
  g_assert_true (fixture_category_of (f->e[1]) == f->food);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (x)), ==, ORM_ENTITY_TRANSIENT);
  g_assert_null (fixture_category_of (x));
  g_assert_false (orm_session_get_dirty (f->session));

  orm_entity_set_reference (ORM_ENTITY (x), "user", NULL);
}

/* B73 */
static void
test_rollback_restores_lists (Fixture *f, gconstpointer data)
{
  run_rollback (f, FALSE);
}

/* B73 */
static void
test_rollback_after_a_flush_restores_lists (Fixture *f, gconstpointer data)
{
  run_rollback (f, TRUE);
}

/* B74 */
static void
test_rollback_emits_moves_in_order (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_watch_notify (f, f->e[2], "category", "e2");
  fixture_move (f->e[2], f->entertainment);
  g_string_truncate (f->log, 0);

  orm_session_rollback (f->session);
  fixture_assert_log (f, "Entertainment 1-1+0; e2 category; Food 1-0+1; ");
}

/* B75 */
static void
test_rollback_restores_a_cascade (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  orm_session_rollback (f->session);

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->alice)), ==, ORM_ENTITY_PERSISTENT);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[3])), ==, ORM_ENTITY_PERSISTENT);
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
}

/* B78 */
static void
test_refresh_notifies_only_of_changes (Fixture *f, gconstpointer data)
{
  gint64 amount;

  fixture_watch_notify (f, f->e[1], "amount", "e1");
  fixture_watch_notify (f, f->e[1], "description", "e1");
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_refresh (f->session, f->e[1], NULL));
  g_object_get (f->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 7700);
  fixture_assert_log (f, "e1 amount; ");
}

/* B82 */
static void
test_a_row_has_one_entity (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmEntity) again = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 1, NULL);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmEntity) mine = NULL, eaten = NULL;

  g_assert_true (again == (gpointer) f->e[1]);
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  mine = g_list_model_get_item (G_LIST_MODEL (fixture_expenses (f->alice)), 0);
  eaten = g_list_model_get_item (G_LIST_MODEL (fixture_expenses (f->food)), 0);
  g_assert_true (mine == again && eaten == again);

  orm_query_where (query, "id", ORM_EQUAL, G_GINT64_CONSTANT (1));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GListModel) found = orm_session_find (f->session, query, NULL);
      g_autoptr (OrmEntity) queried = g_list_model_get_item (found, 0);

      g_assert_true (queried == again);
    }
}

/* B83 */
static void
test_session_holds_only_changed_entities (Fixture *f, gconstpointer data)
{
  gpointer gone = f->e[1];
  gint64 amount;

  fixture_reopen (f);
  f->e[1] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 1, NULL);
  f->e[2] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 2, NULL);
  orm_entity_set_int64 (ORM_ENTITY (f->e[2]), FIXTURE_EXPENSE_AMOUNT, 1);

  gone = f->e[1];
  g_object_add_weak_pointer (gone, &gone);
  g_clear_object (&f->e[1]);
  g_clear_object (&f->e[2]);
  g_assert_null (gone);

  fixture_take_count (f);
  f->e[1] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 1, NULL);
  g_assert_cmpuint (fixture_take_count (f), ==, 1);

  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_reopen (f);
  f->e[2] = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 2, NULL);
  g_object_get (f->e[2], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 1);
}

/*
 * Reads one expense and its category, as iterating over a list does, and holds
 * neither.
 */
static void
visit_expense (Fixture *f, gint64 id, gpointer *food)
{
  g_autoptr (FixtureExpense) expense = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, id, NULL);

  if (*food != NULL)
    g_assert_true (fixture_category_of (expense) == *food);
  else
    g_set_weak_pointer (food, fixture_category_of (expense));
}

static void
test_shared_target (Fixture *f, gconstpointer data)
{
  gpointer food = NULL;

  fixture_reopen (f);
  visit_expense (f, 1, &food);
  g_assert_null (food);

  visit_expense (f, 2, &food);
  g_assert_nonnull (food);
  visit_expense (f, 5, &food);

  fixture_reopen (f);
  g_assert_null (food);
}

static void
share_food (Fixture *f, gpointer *food)
{
  g_assert_null (*food);
  visit_expense (f, 1, food);
  visit_expense (f, 2, food);
  g_assert_nonnull (*food);
}

static void
test_shared_target_is_released (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) expense = NULL;
  gpointer food = NULL;

  fixture_reopen (f);
  expense = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 7, NULL);

  share_food (f, &food);
  orm_entity_set_int64 (ORM_ENTITY (expense), FIXTURE_EXPENSE_AMOUNT, 1);
  share_food (f, &food);
  g_assert_true (orm_session_flush (f->session, NULL));
  share_food (f, &food);
  orm_session_rollback (f->session);
  share_food (f, &food);
  g_assert_true (orm_session_commit (f->session, NULL));
  share_food (f, &food);
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  share_food (f, &food);
  g_assert_true (orm_session_refresh (f->session, NULL, NULL));
  g_assert_null (food);
}

/* B90 */
static void
test_validation_rejects_values_and_members (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) rejected = fixture_new_expense ("rejected", 100);
  g_autoptr (GError) error = NULL;
  gint64 amount;

  fixture_load_all (f);
  fixture_watch_notify (f, f->e[1], "amount", "e1");
  g_assert_false (orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, -1));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (f->e[1])), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_object_get (f->e[1], "amount", &amount, NULL);
  g_assert_cmpint (amount, ==, 5250);

  g_assert_false (orm_collection_try_append (fixture_expenses (f->food), rejected, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_null (fixture_category_of (rejected));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (rejected)), ==, ORM_ENTITY_TRANSIENT);
  fixture_assert_log (f, "");
  g_assert_false (orm_session_get_dirty (f->session));
}

/* B95 */
static void
test_filter_over_a_to_many_finds_each_row_once (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_USER);
  g_autoptr (GListModel) found = NULL;

  orm_query_where (query, "expenses.amount", ORM_GREATER, G_GINT64_CONSTANT (0));
  found = orm_session_find (f->session, query, NULL);
  fixture_assert_ids (found, "1 2");
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  orm_session_set_label (f->session, "Move lunch");
  fixture_move (f->e[2], f->entertainment);
  g_assert_true (orm_session_commit (f->session, NULL));
  orm_session_set_label (f->session, "Delete Alice");
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpstr (orm_session_get_undo_label (f->session), ==, "Delete Alice");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");

  g_assert_true (orm_session_undo (f->session, &error));
  g_assert_no_error (error);
  fixture_assert_ids (fixture_expenses (f->entertainment), "2 7");
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  g_assert_cmpstr (orm_session_get_redo_label (f->session), ==, "Delete Alice");

  g_assert_true (orm_session_undo (f->session, &error));
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_false (orm_session_can_undo (f->session));

  g_assert_true (orm_session_redo (f->session, &error));
  g_assert_true (orm_session_redo (f->session, &error));
  g_assert_no_error (error);
  fixture_assert_ids (fixture_expenses (f->food), "5 6");
  g_assert_cmpint (count_expenses (f), ==, 3);
}

static void
test_savepoint (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_move (f->e[2], f->entertainment);
  g_assert_true (orm_session_savepoint (f->session, "one", NULL));
  fixture_move (f->e[1], f->entertainment);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_true (orm_session_rollback_to (f->session, "one", NULL));
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 2");
  g_assert_true (orm_session_commit (f->session, NULL));

  fixture_reopen (f);
  fixture_load_objects (f);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
}

static void
on_groups_changed (
  GListModel *totals, guint position, guint n_removed, guint n_added, GPtrArray *shadow)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (shadow, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (shadow, (gint) (position + i),
                        g_list_model_get_item (totals, position + i));
  g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (totals));
}

static void
check_groups (Fixture *f, GListModel *totals, GPtrArray *shadow)
{
  g_autofree char *n_groups = fixture_read (f, "SELECT count(DISTINCT category_id) FROM expenses");

  g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (totals));
  g_assert_cmpint (g_ascii_strtoll (n_groups, NULL, 10), ==, shadow->len);
  for (guint i = 0; i < shadow->len; i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (totals, i);
      g_autofree char *sql =
        g_strdup_printf ("SELECT sum(amount) FROM expenses WHERE category_id = %" G_GINT64_FORMAT,
                         orm_total_get_key (total));
      g_autofree char *sum = g_strdup_printf ("%" G_GINT64_FORMAT, orm_total_get_sum (total));

      g_assert_true (total == shadow->pdata[i]);
      fixture_assert_value (f, sql, sum);
    }
}

/*
 * Groups are added with new rows, get their ids, lose all their rows and
 * return, each at the position that was emitted.
 */
static void
test_totals_of_many_groups (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) expenses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals =
    orm_session_observe_totals (f->session, query, "category", "amount", NULL);
  guint n = 70;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    g_ptr_array_add (shadow, g_list_model_get_item (G_LIST_MODEL (totals), i));
  g_signal_connect (totals, "items-changed", G_CALLBACK (on_groups_changed), shadow);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("n %u", i);

      g_ptr_array_add (categories, new_category (name));
      g_ptr_array_add (expenses, new_complete_expense (f, "counted"));
      g_assert_true (orm_session_add (f->session, categories->pdata[i], NULL));
      fixture_move (expenses->pdata[i], categories->pdata[i]);
      g_assert_true (orm_session_add (f->session, expenses->pdata[i], NULL));
    }
  g_assert_true (orm_session_commit (f->session, NULL));
  check_groups (f, G_LIST_MODEL (totals), shadow);

  for (guint i = 0; i < n; i++)
    if (i % 4 != 1)
      fixture_move (expenses->pdata[i * 17 % n], categories->pdata[i * 3 % n]);
  g_assert_true (orm_session_commit (f->session, NULL));
  check_groups (f, G_LIST_MODEL (totals), shadow);

  orm_session_begin_group (f->session, NULL);
  for (guint i = 0; i < n; i++)
    fixture_move (expenses->pdata[i], i % 2 == 0 ? f->food : categories->pdata[i]);
  orm_session_end_group (f->session);
  g_assert_true (orm_session_flush (f->session, NULL));
  check_groups (f, G_LIST_MODEL (totals), shadow);
  orm_session_rollback (f->session);
  check_groups (f, G_LIST_MODEL (totals), shadow);
  g_signal_handlers_disconnect_by_data (totals, shadow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE_IN(name, function, set_up)                                                            \
  g_test_add ("/orm/session/" name, Fixture, NULL, set_up, function, fixture_tear_down)
#define CASE(name, function) CASE_IN (name, function, fixture_set_up)

  CASE ("totals-of-many-groups", test_totals_of_many_groups);
  CASE ("adding-an-owner-adds-its-members", test_adding_an_owner_adds_its_members);
  CASE ("append-adds-to-the-session", test_append_adds_to_the_session);
  CASE ("setting-the-to-one-does-not-add", test_setting_the_to_one_does_not_add);
  CASE ("reading-in-the-middle-of-a-move-deletes-nothing",
        test_reading_in_the_middle_of_a_move_deletes_nothing);
  CASE ("new-entity-reuses-a-deleted-id", test_new_entity_reuses_a_deleted_id);
  CASE ("new-entity-reuses-a-deleted-unique-value", test_new_entity_reuses_a_deleted_unique_value);
  CASE ("failed-commit-needs-a-rollback", test_failed_commit_needs_a_rollback);
  CASE ("flush-in-a-flush-fails", test_flush_in_a_flush_fails);
  CASE ("fallbacks-are-set-by-the-flush", test_fallbacks_are_set_by_the_flush);
  CASE ("cascade-deletes-members-first", test_cascade_deletes_members_first);
  CASE ("orphan-is-deleted-by-the-flush", test_orphan_is_deleted_by_the_flush);
  CASE ("orphan-leaves-its-other-lists", test_orphan_leaves_its_other_lists);
  CASE ("cascade-updates-loaded-lists", test_cascade_updates_loaded_lists);
  CASE ("rollback-restores-positions-of-the-deleted",
        test_rollback_restores_positions_of_the_deleted);
  CASE ("deleting-a-pending-entity-drops-it", test_deleting_a_pending_entity_drops_it);
  CASE ("one-session-to-a-connection", test_one_session_to_a_connection);
  CASE ("failed-commit-is-retried", test_failed_commit_is_retried);
  CASE ("rolled-back-owner-is-added", test_rolled_back_owner_is_added);
  CASE ("rolled-back-expense-moves", test_rolled_back_expense_moves);
  CASE ("rollback-restores-lists", test_rollback_restores_lists);
  CASE ("rollback-after-a-flush-restores-lists", test_rollback_after_a_flush_restores_lists);
  CASE ("rollback-emits-moves-in-order", test_rollback_emits_moves_in_order);
  CASE ("rollback-restores-a-cascade", test_rollback_restores_a_cascade);
  CASE_IN ("refresh-notifies-only-of-changes", test_refresh_notifies_only_of_changes,
           fixture_set_up_file);
  CASE ("a-row-has-one-entity", test_a_row_has_one_entity);
  CASE ("session-holds-only-changed-entities", test_session_holds_only_changed_entities);
  CASE ("shared-target-is-kept-while-a-list-is-iterated", test_shared_target);
  CASE ("shared-target-is-released-when-the-session-changes", test_shared_target_is_released);
  CASE ("validation-rejects-values-and-members", test_validation_rejects_values_and_members);
  CASE ("filter-over-a-to-many-finds-each-row-once",
        test_filter_over_a_to_many_finds_each_row_once);
  CASE ("undo", test_undo);
  CASE ("savepoint", test_savepoint);

  return g_test_run ();
}
