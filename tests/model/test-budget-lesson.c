/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-rule.h"
#include "orm-session-query.h"

/*
 * The tutorial that the program began with: its statements about users,
 * categories and expenses have to hold.
 */

static BudgetUser *
find_by_email (OrmSession *session, const char *email)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_USER);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  orm_query_where (query, "email", ORM_EQUAL, email);
  found = orm_session_find (session, query, &error);
  g_assert_no_error (error);
  return g_list_model_get_item (found, 0);
}

/*
 * Prompt 1: a person's totals by category; %NULL if there is no such person.
 */
static GHashTable *
sum_by_category (OrmSession *session, const char *email)
{
  g_autoptr (BudgetUser) user = find_by_email (session, email);
  g_autoptr (GHashTable) totals = NULL;
  GListModel *expenses;

  if (user == NULL)
    return NULL;

  totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  expenses = G_LIST_MODEL (budget_user_get_expenses (user));

  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);
      const char *name = budget_category_get_name (budget_expense_get_category (expense));
      gint64 *total = g_hash_table_lookup (totals, name);

      if (total == NULL)
        {
          total = g_new0 (gint64, 1);
          g_hash_table_insert (totals, g_strdup (name), total);
        }
      *total += budget_expense_get_amount (expense);
    }

  return g_steal_pointer (&totals);
}

static void
assert_total (GHashTable *totals, const char *name, gint64 expected)
{
  gint64 *total = g_hash_table_lookup (totals, name);

  g_assert_nonnull (total);
  g_assert_cmpint (*total, ==, expected);
}

static void
test_bobs_totals (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) totals = sum_by_category (fixture->session, "bob@example.com");

  g_assert_cmpuint (g_hash_table_size (totals), ==, 2);
  assert_total (totals, "Food", 5500);
  assert_total (totals, "Entertainment", 5000);
}

/*
 * In a session with nothing in memory: the person, the expenses, and each
 * category once.
 */
static void
test_bobs_totals_take_four_statements (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "lesson.budget", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (OrmSession) session = NULL;
  g_autoptr (GHashTable) totals = NULL, nobody = NULL;
  g_autoptr (BudgetCategory) food = budget_category_new (), concerts = budget_category_new ();
  g_autoptr (BudgetUser) bob = budget_user_new (), carol = budget_user_new ();
  g_autoptr (GError) error = NULL;
  BudgetCategory *categories[] = { food, food, concerts };
  gint64 amounts[] = { 2500, 3000, 5000 };
  guint64 n_before;

  book = budget_book_create (path, "USD", &error);
  g_assert_no_error (error);
  budget_user_set_name (bob, "Bob");
  budget_user_set_email (bob, "bob@example.com");
  budget_user_set_name (carol, "Carol");
  budget_user_set_email (carol, "carol@example.com");
  budget_category_set_name (food, "Food");
  budget_category_set_name (concerts, "Entertainment");
  g_assert_true (orm_session_add (budget_book_get_session (book), carol, &error));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BudgetExpense) expense =
        book_fixture_new_expense (bob, categories[i], "x", amounts[i], NULL);

      g_assert_true (orm_session_add (budget_book_get_session (book), expense, &error));
    }
  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);

  connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  session = orm_session_new (connection, BUDGET_TYPE_USER, BUDGET_TYPE_CATEGORY,
                             BUDGET_TYPE_ACCOUNT, BUDGET_TYPE_EXPENSE, BUDGET_TYPE_TAG,
                             BUDGET_TYPE_RULE, BUDGET_TYPE_LAYOUT, BUDGET_TYPE_IMPORT,
                             BUDGET_TYPE_DECISION, BUDGET_TYPE_IMPORT_CHANGE, G_TYPE_INVALID);

  n_before = orm_connection_get_n_statements (connection);
  totals = sum_by_category (session, "bob@example.com");
  assert_total (totals, "Food", 5500);
  assert_total (totals, "Entertainment", 5000);
  g_assert_cmpuint (orm_connection_get_n_statements (connection) - n_before, ==, 4);

  /* Without expenses: the person and the empty list. */
  n_before = orm_connection_get_n_statements (connection);
  nobody = sum_by_category (session, "carol@example.com");
  g_assert_cmpuint (g_hash_table_size (nobody), ==, 0);
  g_assert_cmpuint (orm_connection_get_n_statements (connection) - n_before, ==, 2);
}

static void
test_nobody_is_found (BookFixture *fixture, gconstpointer data)
{
  g_assert_null (sum_by_category (fixture->session, "carol@example.com"));
}

/*
 * Prompt 2: the join is inferred from the relationship's name.
 */
static void
test_food_by_amount (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);

  orm_query_where (query, "category.name", ORM_EQUAL, "Food");
  orm_query_order_by (query, "amount", ORM_DESCENDING);
  found = orm_session_find (fixture->session, query, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (found, i);

      g_string_append_printf (lines, "%s %" G_GINT64_FORMAT " %s\n",
                              budget_expense_get_description (expense),
                              budget_expense_get_amount (expense),
                              budget_user_get_name (budget_expense_get_user (expense)));
    }

  g_assert_cmpstr (lines->str, ==,
                   "Groceries 5250 Alice\n"
                   "Dinner 3000 Bob\n"
                   "Lunch 2500 Bob\n"
                   "Lunch 1875 Alice\n");
}

static void
test_alices_totals (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) totals = sum_by_category (fixture->session, "alice@example.com");
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  gint64 sum;
  guint64 n_rows;

  g_assert_cmpuint (g_hash_table_size (totals), ==, 2);
  assert_total (totals, "Food", 7125);
  assert_total (totals, "Transportation", 4500);

  orm_query_where (query, "user.name", ORM_EQUAL, "Alice");
  orm_session_sum (fixture->session, query, "amount", &sum, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 11625);
  g_assert_cmpuint (n_rows, ==, 3);
}

static void
test_both_directions (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = book_fixture_get (fixture, BOOK_FIXTURE_GROCERIES);
  OrmCollection *alices = budget_user_get_expenses (fixture->alice);
  OrmCollection *bobs = budget_user_get_expenses (fixture->bob);

  g_assert_true (budget_expense_get_user (expense) == fixture->alice);
  g_assert_true (budget_expense_get_category (expense) == fixture->food);
  g_assert_true (orm_collection_contains (alices, expense));

  g_assert_true (budget_expense_set_user (expense, fixture->bob));
  g_assert_false (orm_collection_contains (alices, expense));
  g_assert_true (orm_collection_contains (bobs, expense));

  g_assert_true (orm_collection_append (alices, expense));
  g_assert_true (budget_expense_get_user (expense) == fixture->alice);
  g_assert_false (orm_collection_contains (bobs, expense));
}

static guint
count_expenses (BookFixture *fixture)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = orm_session_find (fixture->session, query, NULL);

  return g_list_model_get_n_items (found);
}

static void
test_deleting_alice_leaves_bobs (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (fixture->session, fixture->alice, &error));
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (budget_category_get_expenses (fixture->food))), ==, 2);
  budget_book_commit (fixture->book, "Delete Alice", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_expenses (fixture), ==, 3);

  budget_book_undo (fixture->book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_expenses (fixture), ==, 6);
}

static void
test_an_orphan_is_deleted (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = book_fixture_get (fixture, BOOK_FIXTURE_GAS);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_collection_remove (budget_user_get_expenses (fixture->alice), expense));
  g_assert_null (budget_expense_get_user (expense));
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (count_expenses (fixture), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (
                      G_LIST_MODEL (budget_category_get_expenses (fixture->transportation))),
                    ==, 0);
}

static void
test_an_orphan_that_is_adopted_stays (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = book_fixture_get (fixture, BOOK_FIXTURE_GAS);
  g_autoptr (GError) error = NULL;

  orm_collection_remove (budget_user_get_expenses (fixture->alice), expense);
  orm_collection_append (budget_user_get_expenses (fixture->bob), expense);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (count_expenses (fixture), ==, 6);
  g_assert_true (budget_expense_get_user (expense) == fixture->bob);
}

static void
add (const char *path, void (*test) (BookFixture *, gconstpointer))
{
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, test, book_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/lesson/bobs-totals", test_bobs_totals);
  g_test_add_func ("/lesson/bobs-totals-take-four-statements",
                   test_bobs_totals_take_four_statements);
  add ("/lesson/nobody-is-found", test_nobody_is_found);
  add ("/lesson/food-by-amount", test_food_by_amount);
  add ("/lesson/alices-totals", test_alices_totals);
  add ("/lesson/both-directions", test_both_directions);
  add ("/lesson/deleting-alice-leaves-bobs", test_deleting_alice_leaves_bobs);
  add ("/lesson/an-orphan-is-deleted", test_an_orphan_is_deleted);
  add ("/lesson/an-orphan-that-is-adopted-stays", test_an_orphan_that_is_adopted_stays);

  return g_test_run ();
}
