/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

/*
 * Ids at both ends of the 64-bit range, and ids that another program chose.
 */

static FixtureExpense *
add_expense (Fixture *f, const char *description)
{
  FixtureExpense *expense = fixture_new_expense (description, 1);
  g_autoptr (GError) error = NULL;

  g_object_set (expense, "user", f->alice, "category", f->food, NULL);
  orm_session_add (f->session, expense, &error);
  g_assert_no_error (error);
  return expense;
}

static void
execute (Fixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (f->connection, sql, &error);
  g_assert_no_error (error);
}

static void
insert_with_id (Fixture *f, const char *id)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO expenses (id, user_id, category_id, amount, description, date) "
                     "VALUES (%s, 1, 1, 1, 'odd', '2026-01-15')",
                     id);

  execute (f, sql);
}

static void
test_last_id (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) expense = NULL, last = NULL;
  g_autoptr (GError) error = NULL;

  expense = add_expense (f, "last");
  orm_entity_set_id (ORM_ENTITY (expense), G_MAXINT64);
  g_assert_true (orm_session_commit (f->session, &error));
  g_assert_no_error (error);
  last = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, G_MAXINT64, &error);
  g_assert_true (last == expense);
}

static void
test_after_last_id (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) expense = NULL;
  g_autoptr (GError) error = NULL;

  insert_with_id (f, "9223372036854775807");
  expense = add_expense (f, "one too many");
  g_assert_false (orm_session_commit (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "expenses"));
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (expense)), ==, 0);

  orm_session_rollback (f->session);
  fixture_assert_value (f, "SELECT count(*) FROM expenses WHERE description = 'one too many'", "0");
  fixture_assert_value (f, "SELECT min(id) FROM expenses", "1");
}

/*
 * Another new row has chosen the id that comes next.
 */
static void
test_wanted_id (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) first = add_expense (f, "first");
  g_autoptr (FixtureExpense) second = add_expense (f, "second");
  g_autoptr (GError) error = NULL;

  orm_entity_set_id (ORM_ENTITY (second), 8);
  g_assert_true (orm_session_commit (f->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (second)), ==, 8);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (first)), ==, 9);
}

/*
 * A table of another program need not have AUTOINCREMENT.
 */
static void
test_table_without_autoincrement (void)
{
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", NULL);
  g_autoptr (OrmSession) session = NULL;
  g_autoptr (OrmEntity) user = NULL;
  g_autoptr (GError) error = NULL;

  orm_connection_execute (connection, "CREATE TABLE users (id INTEGER PRIMARY KEY, email, name)",
                          &error);
  g_assert_no_error (error);
  orm_connection_execute (connection, "INSERT INTO users VALUES (41, 'a', 'Ann')", &error);
  g_assert_no_error (error);
  session = orm_session_new (connection, FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY,
                             FIXTURE_TYPE_EXPENSE, G_TYPE_INVALID);
  user = g_object_new (FIXTURE_TYPE_USER, "email", "b", "name", "Ben", NULL);
  orm_session_add (session, user, &error);
  g_assert_true (orm_session_commit (session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_id (user), ==, 42);
}

/*
 * Ids below 1 are reserved for entities without a row.
 */
static void
test_get_below_one (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) pending = add_expense (f, "pending");

  orm_session_set_autoflush (f->session, FALSE);
  for (gint64 id = G_MININT64; id < G_MININT64 + 100; id++)
    {
      g_autoptr (OrmEntity) found = NULL;
      g_autoptr (GError) error = NULL;

      found = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, id, &error);
      g_assert_no_error (error);
      g_assert_null (found);
    }
}

static void
assert_refused (GError **error, const char *id)
{
  g_autofree char *start = g_strdup_printf ("Row %s of expenses cannot be read", id);

  g_assert_error (*error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_true (g_str_has_prefix ((*error)->message, start));
  g_clear_error (error);
}

static void
on_load_failed (OrmSession *session, const GError *error, gpointer data)
{
  g_set_error_literal (data, error->domain, error->code, error->message);
}

static void
read_everything (Fixture *f, const char *id)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) sorted = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) prefetched = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) live = NULL;
  GError *error = NULL;

  g_assert_null (
    orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, g_ascii_strtoll (id, NULL, 10), &error));
  assert_refused (&error, id);
  g_assert_null (orm_session_find (f->session, query, &error));
  assert_refused (&error, id);
  orm_query_order_by (sorted, "date", ORM_DESCENDING);
  live = orm_session_observe (f->session, sorted, &error);
  g_assert_no_error (error);
  g_assert_nonnull (orm_query_model_get_error (ORM_QUERY_MODEL (live)));
  g_assert_false (orm_query_model_load (ORM_QUERY_MODEL (live), &error));
  assert_refused (&error, id);
  orm_query_prefetch (prefetched, "expenses");
  g_assert_null (orm_session_find (f->session, prefetched, &error));
  assert_refused (&error, id);
  g_assert_false (orm_collection_load (fixture_expenses (f->food), &error));
  assert_refused (&error, id);
}

static void
test_read_below_one (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = { "0", "-1", "-9223372036854775808" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM expenses WHERE id = %s", ids[i]);
      g_autoptr (FixtureExpense) pending = NULL;

      fixture_reopen (f);
      fixture_load_objects (f);
      orm_session_set_autoflush (f->session, FALSE);
      pending = add_expense (f, "pending");
      insert_with_id (f, ids[i]);
      read_everything (f, ids[i]);
      execute (f, sql);
    }
}

/*
 * The same when all ids are read as one text.
 */
static void
test_read_many_below_one (Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  gulong handler;

  execute (f, "INSERT INTO expenses (user_id, category_id, amount, description, date) "
              "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 400) "
              "SELECT 1, 1, i, 'many', '2026-01-15' FROM c");
  insert_with_id (f, "-7");
  fixture_reopen (f);
  fixture_load_objects (f);
  read_everything (f, "-7");

  handler = g_signal_connect (f->session, "load-failed", G_CALLBACK (on_load_failed), &error);
  g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (f->food)));
  assert_refused (&error, "-7");
  g_signal_handler_disconnect (f->session, handler);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/orm/ids/the-last-id-can-be-used", test_last_id);
  add ("/orm/ids/no-id-follows-the-last", test_after_last_id);
  add ("/orm/ids/a-chosen-id-is-not-generated", test_wanted_id);
  g_test_add_func ("/orm/ids/a-table-without-autoincrement", test_table_without_autoincrement);
  add ("/orm/ids/no-entity-is-found-below-one", test_get_below_one);
  add ("/orm/ids/a-row-below-one-is-an-error", test_read_below_one);
  add ("/orm/ids/a-row-below-one-among-many-is-an-error", test_read_many_below_one);

  return g_test_run ();
}
