/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-session-query.h"
#include "orm-tree-fixture.h"

/*
 * Values at both ends of each type can be written and read, and queries that
 * are easy to get wrong are right.
 */

static gint64
weight_of (gpointer node)
{
  gint64 weight;

  g_object_get (node, "weight", &weight, NULL);
  return weight;
}

static void
test_ends_of_numbers (Tree *t, gconstpointer data)
{
  static const gint64 weights[] = { G_MAXINT64, G_MININT64, G_MININT64 + 1,
                                    -1,         0,          G_GINT64_CONSTANT (9007199254740993) };

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autoptr (TreeNode) node = tree_new_node ("n", NULL), again = NULL;
      gint64 id;

      g_assert_true (orm_entity_set_int64 (ORM_ENTITY (node), TREE_NODE_WEIGHT, weights[i]));
      tree_add (t, node);
      tree_commit (t);
      id = orm_entity_get_id (ORM_ENTITY (node));
      g_clear_object (&node);
      tree_reopen (t);
      again = tree_get (t, TREE_TYPE_NODE, id);
      g_assert_cmpint (weight_of (again), ==, weights[i]);
    }
}

static void
test_order_by_ends_of_numbers (Tree *t, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (TREE_TYPE_NODE);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (OrmEntity) first = NULL, last = NULL;

  tree_execute (t, "UPDATE nodes SET weight = -9223372036854775807 - 1 WHERE id = 3");
  tree_execute (t, "UPDATE nodes SET weight = 9223372036854775807 WHERE id = 2");
  orm_query_order_by (query, "weight", ORM_ASCENDING);
  found = orm_session_observe (t->session, query, NULL);
  first = g_list_model_get_item (found, 0);
  last = g_list_model_get_item (found, 3);
  g_assert_cmpint (orm_entity_get_id (first), ==, 3);
  g_assert_cmpint (orm_entity_get_id (last), ==, 2);
}

static void
test_order_of_many_by_ends (Tree *t, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (TREE_TYPE_NODE);
  g_autoptr (TreeNode) node = NULL;
  g_autoptr (GListModel) live = NULL;
  g_autoptr (OrmEntity) first = NULL, last = NULL;

  tree_execute (t, "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                   "INSERT INTO nodes (id, name, weight) SELECT i, 'n', i FROM n");
  tree_execute (t, "UPDATE nodes SET weight = -9223372036854775807 - 1 WHERE id = 700");
  orm_query_order_by (query, "weight", ORM_ASCENDING);
  live = orm_session_observe (t->session, query, NULL);
  first = g_list_model_get_item (live, 0);
  g_assert_cmpint (orm_entity_get_id (first), ==, 700);

  node = tree_get (t, TREE_TYPE_NODE, 900);
  g_assert_true (orm_entity_set_int64 (ORM_ENTITY (node), TREE_NODE_WEIGHT, G_MAXINT64));
  last = g_list_model_get_item (live, g_list_model_get_n_items (live) - 1);
  g_assert_true (last == (gpointer) node);
}

static void
test_sum_that_overflows (Tree *t, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (TREE_TYPE_NODE);
  g_autoptr (GError) error = NULL;
  gint64 sum;

  tree_execute (t, "UPDATE nodes SET weight = 9223372036854775807 WHERE id < 3");
  g_assert_false (orm_session_sum (t->session, query, "weight", &sum, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_dates (Tree *t, gconstpointer data)
{
  static const struct
  {
    GDateDay day;
    GDateMonth month;
    GDateYear year;
    const char *text;
  } days[] = { { 1, 1, 1, "0001-01-01" },
               { 31, 12, 9999, "9999-12-31" },
               { 29, 2, 2024, "2024-02-29" },
               { 5, 3, 999, "0999-03-05" } };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GDate) day = g_date_new_dmy (days[i].day, days[i].month, days[i].year);
      g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 1);
      g_autoptr (GDate) read = NULL;

      g_assert_true (orm_entity_set_date (ORM_ENTITY (node), TREE_NODE_DAY, day));
      tree_commit (t);
      tree_assert_value (t, "SELECT day FROM nodes WHERE id = 1", days[i].text);
      g_clear_object (&node);
      tree_reopen (t);
      node = tree_get (t, TREE_TYPE_NODE, 1);
      g_object_get (node, "day", &read, NULL);
      g_assert_cmpint (g_date_compare (read, day), ==, 0);
    }
}

static void
test_invalid_days (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (GDate) late = g_date_new_dmy (1, 1, 10000);
  g_autoptr (GDate) none = g_date_new ();

  g_assert_false (orm_entity_set_date (ORM_ENTITY (node), TREE_NODE_DAY, late));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (node)), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_false (orm_entity_set_date (ORM_ENTITY (node), TREE_NODE_DAY, none));
  g_date_set_parse (none, "2026-02-30");
  g_object_set (node, "day", none, NULL);
  g_assert_error (orm_entity_get_error (ORM_ENTITY (node)), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_false (orm_session_get_dirty (t->session));
  g_assert_true (orm_entity_set_date (ORM_ENTITY (node), TREE_NODE_DAY, NULL));
}

static void
test_timestamps (Tree *t, gconstpointer data)
{
  static const struct
  {
    int year;
    const char *text;
  } years[] = { { 1, "0001-06-07 08:09:10" },
                { 1969, "1969-06-07 08:09:10" },
                { 9999, "9999-06-07 08:09:10" } };

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (GDateTime) stamp = g_date_time_new_utc (years[i].year, 6, 7, 8, 9, 10);
      g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 1);
      g_autoptr (GDateTime) read = NULL;

      g_assert_true (orm_entity_set_timestamp (ORM_ENTITY (node), TREE_NODE_STAMP, stamp));
      tree_commit (t);
      tree_assert_value (t, "SELECT stamp FROM nodes WHERE id = 1", years[i].text);
      g_clear_object (&node);
      tree_reopen (t);
      node = tree_get (t, TREE_TYPE_NODE, 1);
      g_object_get (node, "stamp", &read, NULL);
      g_assert_nonnull (read);
      g_assert_true (g_date_time_equal (read, stamp));
    }
}

static void
test_texts (Tree *t, gconstpointer data)
{
  static const char *const texts[] = { "",           "'; DROP TABLE nodes; --",
                                       "\"\\\n\t\r", "\x01\x1f\x7f",
                                       "日本語 🎉",   "##p0::gint64",
                                       "null",       "00123" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 1);
      g_autoptr (OrmQuery) query = orm_query_new (TREE_TYPE_NODE);
      g_autoptr (GListModel) found = NULL;
      g_autofree char *read = NULL;

      g_assert_true (orm_entity_set_text (ORM_ENTITY (node), TREE_NODE_NAME, texts[i]));
      tree_commit (t);
      g_clear_object (&node);
      tree_reopen (t);
      node = tree_get (t, TREE_TYPE_NODE, 1);
      g_object_get (node, "name", &read, NULL);
      g_assert_cmpstr (read, ==, texts[i]);

      orm_query_where (query, "name", ORM_EQUAL, texts[i]);
      found = orm_session_find (t->session, query, NULL);
      g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);
    }
}

static void
test_bad_text (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 1);

  g_assert_false (orm_entity_set_text (ORM_ENTITY (node), TREE_NODE_NAME, "a\xff"));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (node)), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_object_set (node, "name", "\xc3", NULL);
  g_assert_false (orm_session_get_dirty (t->session));

  /* A NUL that another program wrote ends the text. */
  g_clear_object (&node);
  tree_execute (t, "UPDATE nodes SET name = 'ab' || char(0) || 'cd' WHERE id = 1");
  tree_reopen (t);
  node = tree_get (t, TREE_TYPE_NODE, 1);
  {
    g_autofree char *read = NULL;

    g_object_get (node, "name", &read, NULL);
    g_assert_cmpstr (read, ==, "ab");
  }
}

static char *
find (Fixture *f, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = orm_session_find (f->session, query, &error);

  g_assert_no_error (error);
  return fixture_ids (found);
}

#define assert_found(f, query, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = find (f, query);                                                     \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_limit_and_offset (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint limit, offset;
    const char *expected;
  } pages[] = { { 2, 0, "1 2" }, { 2, 2, "3 5" }, { 2, 5, "7" },
                { 2, 6, "" },    { 0, 4, "6 7" }, { 100, 0, "1 2 3 5 6 7" } };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);

      orm_query_limit (query, pages[i].limit, pages[i].offset);
      assert_found (f, query, pages[i].expected);
    }
}

static void
test_null_comes_first (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) up = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) down = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) none = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) some = orm_query_new (FIXTURE_TYPE_EXPENSE);

  orm_connection_execute (f->connection, "UPDATE expenses SET date = NULL WHERE id IN (2, 6)",
                          NULL);
  fixture_reopen (f);
  assert_found (f, orm_query_order_by (up, "date", ORM_ASCENDING), "2 6 1 3 5 7");
  assert_found (f, orm_query_order_by (down, "date", ORM_DESCENDING), "7 5 3 1 2 6");
  assert_found (f, orm_query_where (none, "date", ORM_EQUAL, NULL), "2 6");
  assert_found (f, orm_query_where (some, "date", ORM_NOT_EQUAL, NULL), "1 3 5 7");
}

static void
test_day_after_the_last_one (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) before = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) after = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GDate) day = g_date_new_dmy (1, 1, 10000);

  assert_found (f, orm_query_where (before, "date", ORM_LESS, day), "1 2 3 5 6 7");
  assert_found (f, orm_query_where (after, "date", ORM_GREATER, day), "");
}

/*
 * The days of many rows, some without one, are cached beside their ids: a new
 * row is inserted at its place.
 */
static void
test_many_rows_share_days (Fixture *f, gconstpointer data)
{
  static const OrmDirection directions[] = { ORM_ASCENDING, ORM_DESCENDING };

  orm_connection_execute (
    f->connection,
    "INSERT INTO expenses (user_id, category_id, amount, description, date) WITH RECURSIVE c(i) AS "
    "(SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 500) SELECT 1, 1, i, 'Many', "
    "CASE WHEN i % 11 > 0 THEN date('2026-11-01', (i % 7) || ' days') END FROM c",
    NULL);
  fixture_reopen (f);
  fixture_load_objects (f);

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) list = NULL;
      g_autofree char *found = NULL, *sql = NULL;

      orm_query_order_by (query, "date", directions[i]);
      list = orm_session_observe (f->session, query, NULL);
      for (GDateDay day = 1; day < 9; day++)
        {
          g_autoptr (FixtureExpense) expense = fixture_new_expense ("New", 100);
          g_autoptr (GDate) date = g_date_new_dmy (day, 11, 2026);

          orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
          orm_entity_set_reference (ORM_ENTITY (expense), "user", f->alice);
          orm_entity_set_reference (ORM_ENTITY (expense), "category", f->food);
          g_assert_true (orm_session_add (f->session, expense, NULL));
        }
      g_assert_true (orm_session_commit (f->session, NULL));

      found = fixture_ids (list);
      sql = g_strdup_printf ("SELECT group_concat(id, ' ') FROM (SELECT id FROM expenses "
                             "ORDER BY date%s, id)",
                             directions[i] == ORM_DESCENDING ? " DESC" : "");
      fixture_assert_value (f, sql, found);
    }
}

static void
test_over_a_to_many (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) users = orm_query_new (FIXTURE_TYPE_USER);
  g_autoptr (OrmQuery) both = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (OrmQuery) far = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (OrmQuery) sorted = orm_query_new (FIXTURE_TYPE_USER);
  g_autoptr (GError) error = NULL;

  orm_query_where (users, "expenses.category.name", ORM_EQUAL, "Entertainment");
  assert_found (f, users, "2");

  /* Each condition counts alone: one member may satisfy the first, another the second. */
  orm_query_where (both, "expenses.description", ORM_EQUAL, "Dinner");
  orm_query_where (both, "expenses.amount", ORM_EQUAL, G_GINT64_CONSTANT (5250));
  assert_found (f, both, "1");

  orm_query_where (far, "expenses.user.expenses.description", ORM_EQUAL, "Gas");
  assert_found (f, far, "1 3");

  orm_query_order_by (sorted, "expenses.amount", ORM_ASCENDING);
  g_assert_null (orm_session_find (f->session, sorted, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH);
}

static void
test_in_a_list (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) none = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) owners = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) numbers = orm_query_new (FIXTURE_TYPE_EXPENSE);
  gpointer categories[] = { f->entertainment, f->transportation };
  gint64 amounts[] = { 5250, 2500, 1 };

  assert_found (f, orm_query_where (none, "category", ORM_IN, 0, NULL), "");
  assert_found (f, orm_query_where (owners, "category", ORM_IN, 2, categories), "3 7");
  assert_found (f, orm_query_where (numbers, "amount", ORM_IN, 3, amounts), "1 5");
}

static void
test_wildcards_match_literally (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "100% sure", "100 sure", "a_b", "axb", "wow!", "\\%" };
  static const struct
  {
    const char *text;
    OrmOperator op;
    const char *expected;
  } questions[] = { { "%", ORM_CONTAINS, "1 7" },  { "100%", ORM_STARTS_WITH, "1" },
                    { "_", ORM_CONTAINS, "3" },    { "!", ORM_CONTAINS, "6" },
                    { "\\", ORM_CONTAINS, "7" },   { "SURE", ORM_CONTAINS, "1 2" },
                    { "a_", ORM_STARTS_WITH, "3" } };
  static const guint ids[] = { 1, 2, 3, 5, 6, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    orm_entity_set_text (ORM_ENTITY (f->e[ids[i]]), FIXTURE_EXPENSE_DESCRIPTION, names[i]);
  g_assert_true (orm_session_commit (f->session, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) live = NULL;

      orm_query_where (query, "description", questions[i].op, questions[i].text);
      assert_found (f, query, questions[i].expected);

      /* The same, evaluated in memory. */
      live = orm_session_observe (f->session, query, NULL);
      for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
        orm_entity_set_text (ORM_ENTITY (f->e[ids[j]]), FIXTURE_EXPENSE_DESCRIPTION, "other");
      g_assert_cmpuint (g_list_model_get_n_items (live), ==, 0);
      orm_session_rollback (f->session);
      fixture_assert_ids (live, questions[i].expected);
    }
}

static void
test_sum_without_rows (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  gint64 sum = 1;
  guint64 n_rows = 1;

  orm_query_where (query, "description", ORM_EQUAL, "nothing");
  g_assert_true (orm_session_sum (f->session, query, "amount", &sum, &n_rows, NULL));
  g_assert_cmpint (sum, ==, 0);
  g_assert_cmpuint (n_rows, ==, 0);
}

static void
test_invalid_paths (Fixture *f, gconstpointer data)
{
  static const char *const paths[] = {
    "", ".", "nothing", "category.", "category.nothing", "amount.category", "category..name"
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (OrmQuery) where = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (OrmQuery) order = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GError) error = NULL;

      orm_query_where (where, paths[i], ORM_EQUAL, "x");
      g_assert_null (orm_session_find (f->session, where, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
      g_clear_error (&error);
      orm_query_order_by (order, paths[i], ORM_ASCENDING);
      g_assert_null (orm_session_observe (f->session, order, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
    }
}

/* B96 */
static void
test_sums_are_exact (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;
  gint64 sum = 0, loop = 0;
  guint64 n_rows;

  g_assert_true (orm_connection_execute (
    f->connection,
    "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 10099) "
    "INSERT INTO expenses (id, user_id, category_id, description, amount) "
    "SELECT i, 1, 4, 'x', 10 FROM n",
    NULL));
  orm_query_where (query, "category", ORM_EQUAL, f->empty);
  g_assert_true (orm_session_sum (f->session, query, "amount", &sum, &n_rows, NULL));
  g_assert_cmpint (sum, ==, 100000);
  g_assert_cmpuint (n_rows, ==, 10000);

  found = orm_session_find (f->session, query, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (found, i);
      gint64 amount;

      g_object_get (expense, "amount", &amount, NULL);
      loop += amount;
    }
  g_assert_cmpint (loop, ==, 100000);

  orm_connection_execute (f->connection, "DELETE FROM expenses WHERE category_id = 4", NULL);
  orm_connection_execute (f->connection,
                          "INSERT INTO expenses (user_id, category_id, description, amount) "
                          "VALUES (1, 4, 'x', 9999999999), (1, 4, 'x', 1), (1, 4, 'x', -3)",
                          NULL);
  g_assert_true (orm_session_sum (f->session, query, "amount", &sum, &n_rows, NULL));
  g_assert_cmpint (sum, ==, G_GINT64_CONSTANT (9999999997));
}

/* B98 */
static void
test_values_out_of_range_are_rejected (Fixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (200, 'x'), *longer = g_strnfill (201, 'x');
  g_autofree char *description = NULL, *read = NULL;
  OrmEntity *e1 = ORM_ENTITY (f->e[1]);
  GDate never;
  gint64 amount;

  fixture_watch_notify (f, e1, "amount", "e1");
  fixture_watch_notify (f, e1, "description", "e1");
  fixture_watch_notify (f, e1, "date", "e1");

  g_assert_false (
    orm_entity_set_int64 (e1, FIXTURE_EXPENSE_AMOUNT, G_GINT64_CONSTANT (10000000000)));
  g_assert_error (orm_entity_get_error (e1), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_false (orm_entity_set_text (e1, FIXTURE_EXPENSE_DESCRIPTION, longer));
  g_assert_error (orm_entity_get_error (e1), ORM_ERROR, ORM_ERROR_VALIDATION);

  /* The 30th of February. */
  memset (&never, 0, sizeof never);
  never.dmy = TRUE;
  never.day = 30;
  never.month = G_DATE_FEBRUARY;
  never.year = 2026;
  g_assert_false (orm_entity_set_date (e1, FIXTURE_EXPENSE_DATE, &never));
  g_assert_error (orm_entity_get_error (e1), ORM_ERROR, ORM_ERROR_VALIDATION);
  fixture_assert_log (f, "");
  g_assert_false (orm_session_get_dirty (f->session));

  g_assert_true (orm_entity_set_int64 (e1, FIXTURE_EXPENSE_AMOUNT, G_GINT64_CONSTANT (9999999999)));
  g_assert_true (orm_entity_set_text (e1, FIXTURE_EXPENSE_DESCRIPTION, longest));
  g_object_get (e1, "description", &description, NULL);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_reopen (f);
  fixture_load_objects (f);
  g_object_get (f->e[1], "description", &read, "amount", &amount, NULL);
  g_assert_cmpstr (read, ==, description);
  g_assert_cmpint (amount, ==, G_GINT64_CONSTANT (9999999999));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/values/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
#define TREE(name, function)                                                                       \
  g_test_add ("/orm/values/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  TREE ("ends-of-numbers", test_ends_of_numbers);
  TREE ("order-by-ends-of-numbers", test_order_by_ends_of_numbers);
  TREE ("order-of-many-by-ends", test_order_of_many_by_ends);
  TREE ("sum-that-overflows", test_sum_that_overflows);
  TREE ("dates", test_dates);
  TREE ("invalid-days", test_invalid_days);
  TREE ("timestamps", test_timestamps);
  TREE ("texts", test_texts);
  TREE ("bad-text", test_bad_text);
  CASE ("limit-and-offset", test_limit_and_offset);
  CASE ("null-comes-first", test_null_comes_first);
  CASE ("day-after-the-last-one", test_day_after_the_last_one);
  CASE ("many-rows-share-days", test_many_rows_share_days);
  CASE ("over-a-to-many", test_over_a_to_many);
  CASE ("in-a-list", test_in_a_list);
  CASE ("wildcards-match-literally", test_wildcards_match_literally);
  CASE ("sum-without-rows", test_sum_without_rows);
  CASE ("invalid-paths", test_invalid_paths);
  CASE ("sums-are-exact", test_sums_are_exact);
  CASE ("values-out-of-range-are-rejected", test_values_out_of_range_are_rejected);

  return g_test_run ();
}
