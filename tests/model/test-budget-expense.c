/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-money.h"

#include <time.h>

static void
test_each_column_notifies_once (void)
{
  static const char *const names[] = { "description", "amount", "date", "note", "import-key" };
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  g_autoptr (GDate) date = g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);
  int n_notified[G_N_ELEMENTS (names)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);

      g_signal_connect_swapped (expense, signal, G_CALLBACK (on_notify_count), &n_notified[i]);
    }

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (budget_expense_set_description (expense, "Coffee"));
      g_assert_true (budget_expense_set_amount (expense, 320));
      g_assert_true (budget_expense_set_date (expense, date));
      g_assert_true (budget_expense_set_note (expense, "With Bob"));
      g_assert_true (budget_expense_set_import_key (expense, "a-1"));
    }

  g_assert_cmpstr (budget_expense_get_description (expense), ==, "Coffee");
  g_assert_cmpint (budget_expense_get_amount (expense), ==, 320);
  g_assert_cmpint (g_date_compare (budget_expense_get_date (expense), date), ==, 0);
  g_assert_cmpstr (budget_expense_get_note (expense), ==, "With Bob");
  g_assert_cmpstr (budget_expense_get_import_key (expense), ==, "a-1");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (n_notified[i], ==, 1);
}

static void
test_each_relationship_notifies_once (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new (), other = budget_expense_new ();
  g_autoptr (BudgetAccount) account = budget_account_new ();
  int n_user = 0, n_category = 0, n_account = 0, n_counterpart = 0;

  g_signal_connect_swapped (expense, "notify::user", G_CALLBACK (on_notify_count), &n_user);
  g_signal_connect_swapped (expense, "notify::category", G_CALLBACK (on_notify_count), &n_category);
  g_signal_connect_swapped (expense, "notify::account", G_CALLBACK (on_notify_count), &n_account);
  g_signal_connect_swapped (expense, "notify::counterpart", G_CALLBACK (on_notify_count),
                            &n_counterpart);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (budget_expense_set_user (expense, fixture->bob));
      g_assert_true (budget_expense_set_category (expense, fixture->food));
      g_assert_true (budget_expense_set_account (expense, account));
      g_assert_true (budget_expense_set_counterpart (expense, other));
    }

  g_assert_true (budget_expense_get_user (expense) == fixture->bob);
  g_assert_true (budget_expense_get_category (expense) == fixture->food);
  g_assert_true (budget_expense_get_account (expense) == account);
  g_assert_true (budget_expense_get_counterpart (expense) == other);
  g_assert_true (orm_collection_contains (budget_expense_get_counterpart_of (other), expense));
  g_assert_cmpint (n_user, ==, 1);
  g_assert_cmpint (n_category, ==, 1);
  g_assert_cmpint (n_account, ==, 1);
  g_assert_cmpint (n_counterpart, ==, 1);
}

static void
test_amounts_have_a_limit (void)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();

  g_assert_true (budget_expense_set_amount (expense, BUDGET_MONEY_MAX));
  g_assert_false (budget_expense_set_amount (expense, BUDGET_MONEY_MAX + 1));
  g_assert_true (budget_expense_set_amount (expense, -BUDGET_MONEY_MAX));
  g_assert_false (budget_expense_set_amount (expense, -BUDGET_MONEY_MAX - 1));
  g_assert_cmpint (budget_expense_get_amount (expense), ==, -BUDGET_MONEY_MAX);
  g_assert_true (budget_expense_set_amount (expense, 0));
}

static void
test_a_long_description_is_refused (void)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  /* Characters count, not bytes. */
  for (guint i = 0; i < 200; i++)
    g_string_append (text, "é");
  g_assert_true (budget_expense_set_description (expense, text->str));

  g_string_append (text, "é");
  g_assert_false (budget_expense_set_description (expense, text->str));
}

static void
test_it_is_not_its_own_counterpart (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();

  g_assert_false (budget_expense_set_counterpart (expense, expense));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (expense)), BUDGET_ERROR,
                  BUDGET_ERROR_INVALID_TEXT);
  g_assert_null (budget_expense_get_counterpart (expense));
}

static void
test_what_is_missing_is_named (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  g_autoptr (GError) no_description = NULL, no_user = NULL, no_category = NULL, error = NULL;

  g_assert_false (orm_entity_validate (ORM_ENTITY (expense), &no_description));
  g_assert_cmpstr (no_description->message, ==, "The expense has no description");

  budget_expense_set_description (expense, "Coffee");
  g_assert_false (orm_entity_validate (ORM_ENTITY (expense), &no_user));
  g_assert_cmpstr (no_user->message, ==, "The expense has no person");

  budget_expense_set_user (expense, fixture->alice);
  g_assert_false (orm_entity_validate (ORM_ENTITY (expense), &no_category));
  g_assert_cmpstr (no_category->message, ==, "The expense has no category");

  budget_expense_set_category (expense, fixture->food);
  g_assert_true (orm_entity_validate (ORM_ENTITY (expense), &error));
  g_assert_no_error (error);
}

static void
test_a_new_one_is_of_today (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense =
    book_fixture_new_expense (fixture->bob, fixture->food, "Coffee", 320, NULL);
  g_autoptr (GError) error = NULL;
  GDate today;

  orm_session_add (fixture->session, expense, &error);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_date_clear (&today, 1);
  g_date_set_time_t (&today, time (NULL));
  g_assert_cmpint (g_date_compare (budget_expense_get_date (expense), &today), ==, 0);
  g_assert_nonnull (budget_expense_get_created_at (expense));
}

static void
test_an_import_key_is_there_once (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (fixture, BOOK_FIXTURE_BOBS_LUNCH);
  g_autoptr (BudgetExpense) dinner = book_fixture_get (fixture, BOOK_FIXTURE_DINNER);
  g_autoptr (GError) error = NULL;

  budget_expense_set_import_key (lunch, "bank-1");
  budget_expense_set_import_key (dinner, "bank-1");
  g_assert_false (budget_book_commit (fixture->book, NULL, &error));

  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_null (budget_expense_get_import_key (lunch));
  g_assert_null (budget_expense_get_import_key (dinner));
}

static void
test_a_counterpart_forgets_who_is_deleted (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (fixture, BOOK_FIXTURE_BOBS_LUNCH);
  g_autoptr (BudgetExpense) dinner = book_fixture_get (fixture, BOOK_FIXTURE_DINNER);
  g_autoptr (GError) error = NULL;

  budget_expense_set_counterpart (lunch, dinner);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (orm_session_delete (fixture->session, dinner, &error));
  g_assert_null (budget_expense_get_counterpart (lunch));
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  budget_book_undo (fixture->book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (budget_expense_get_counterpart (lunch))), ==,
                   BOOK_FIXTURE_DINNER);
}

static void
test_an_account_with_expenses_stays (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetAccount) account = budget_account_new ();
  g_autoptr (BudgetExpense) lunch = book_fixture_get (fixture, BOOK_FIXTURE_BOBS_LUNCH);
  g_autoptr (GError) error = NULL;

  budget_account_set_name (account, "Current");
  budget_expense_set_account (lunch, account);
  orm_session_add (fixture->session, account, &error);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_false (orm_session_delete (fixture->session, account, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  g_clear_error (&error);

  budget_expense_set_account (lunch, NULL);
  g_assert_true (orm_session_delete (fixture->session, account, &error));
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_accounts (fixture->book)), ==, 0);
}

static void
test_accounts_without_a_number_do_not_collide (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetAccount) purse = budget_account_new (), jar = budget_account_new ();
  g_autoptr (GError) error = NULL;

  budget_account_set_name (purse, "Purse");
  budget_account_set_number (purse, "");
  budget_account_set_name (jar, "Jar");
  budget_account_set_number (jar, "");
  orm_session_add (fixture->session, purse, &error);
  orm_session_add (fixture->session, jar, &error);

  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);
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

  g_test_add_func ("/expense/each-column-notifies-once", test_each_column_notifies_once);
  g_test_add_func ("/expense/amounts-have-a-limit", test_amounts_have_a_limit);
  g_test_add_func ("/expense/a-long-description-is-refused", test_a_long_description_is_refused);
  add ("/expense/each-relationship-notifies-once", test_each_relationship_notifies_once);
  add ("/expense/it-is-not-its-own-counterpart", test_it_is_not_its_own_counterpart);
  add ("/expense/what-is-missing-is-named", test_what_is_missing_is_named);
  add ("/expense/a-new-one-is-of-today", test_a_new_one_is_of_today);
  add ("/expense/an-import-key-is-there-once", test_an_import_key_is_there_once);
  add ("/expense/a-counterpart-forgets-who-is-deleted", test_a_counterpart_forgets_who_is_deleted);
  add ("/expense/an-account-with-expenses-stays", test_an_account_with_expenses_stays);
  add ("/expense/accounts-without-a-number-do-not-collide",
       test_accounts_without_a_number_do_not_collide);

  return g_test_run ();
}
