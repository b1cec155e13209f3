/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-change.h"
#include "import-fixture.h"
#include "orm-session-query.h"

/*
 * Undoing an import restores the expenses that existed before it.
 */

#define HEAD "Date,Description,Amount,Account,Note\n"

/* One transaction with the bank's id A1. */
#define OFX(date, amount)                                                                          \
  "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"             \
  "<CURDEF>EUR<BANKACCTFROM><ACCTID>12345678<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>"       \
  "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>" date "<TRNAMT>" amount "<FITID>A1<NAME>Chez Marie</STMTTRN>" \
  "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"

static void
undo_latest (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, &error);
  g_autoptr (BudgetImport) import = g_list_model_get_item (history, 0);

  g_assert_nonnull (import);
  budget_import_history_undo (self->book.book, import, &error);
  g_assert_no_error (error);
}

static void
undo_first (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, &error);
  g_autoptr (BudgetImport) import =
    g_list_model_get_item (history, g_list_model_get_n_items (history) - 1);

  g_assert_nonnull (import);
  budget_import_history_undo (self->book.book, import, &error);
  g_assert_no_error (error);
}

static void
commit (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;

  budget_book_commit (self->book.book, "Change", &error);
  g_assert_no_error (error);
}

/* Imports a file whose transactions are in the book with other amounts; the book is updated. */
static void
follow (ImportFixture *self, const char *text)
{
  import_fixture_read (self, text);
  import_fixture_assert_states (self, "different");
  budget_draft_set_include (import_fixture_get (self, 0), TRUE);
  import_fixture_commit (self);
}

static void
assert_is (BudgetExpense *expense, gint64 amount, const char *day)
{
  char text[16];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", budget_expense_get_date (expense));
  g_assert_cmpint (budget_expense_get_amount (expense), ==, amount);
  g_assert_cmpstr (text, ==, day);
}

static guint
count_changes (ImportFixture *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_IMPORT_CHANGE);
  guint64 n_changes = 0;

  g_assert_true (orm_session_count (self->book.session, query, &n_changes, NULL));
  return (guint) n_changes;
}

static void
assert_latest_changed (ImportFixture *self, guint n_changed)
{
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, NULL);
  g_autoptr (BudgetImport) import = g_list_model_get_item (history, 0);

  g_assert_cmpuint (budget_import_history_count_changed (import), ==, n_changed);
}

static void
test_the_account_is_restored (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "bread", 320, "2026-11-02");
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, HEAD "2026-11-01,Baker,-3.20,1111111111,\n");
  g_assert_nonnull (budget_expense_get_account (typed));
  g_assert_cmpuint (count_changes (self), ==, 1);
  assert_latest_changed (self, 0);

  undo_latest (self);
  g_assert_null (budget_expense_get_account (typed));
  g_assert_null (budget_expense_get_original (typed));
  assert_is (typed, 320, "2026-11-02");
  g_assert_cmpuint (count_changes (self), ==, 0);

  /* Undo restores the import and its changes of the expense. */
  g_assert_true (budget_book_undo (self->book.book, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (budget_expense_get_account (typed));
  undo_latest (self);
  g_assert_null (budget_expense_get_account (typed));
}

static void
test_an_earlier_account_stays (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "bread", 320, "2026-11-02");
  g_autoptr (BudgetAccount) purse = budget_account_new ();
  g_autoptr (GError) error = NULL;

  budget_account_set_name (purse, "Purse");
  orm_session_add (self->book.session, purse, &error);
  g_assert_no_error (error);
  import_fixture_import (self, HEAD "2026-11-01,Baker,-3.20,1111111111,\n");

  /* The user chose it after the import. */
  budget_expense_set_account (typed, purse);
  commit (self);
  undo_latest (self);
  g_assert_true (budget_expense_get_account (typed) == purse);

  /* The user chose it before the import. */
  import_fixture_import (self, "Date,Description,Amount\n2026-11-01,Baker,-3.20\n");
  g_assert_true (budget_expense_get_matched (typed));
  undo_latest (self);
  g_assert_false (budget_expense_get_matched (typed));
  g_assert_true (budget_expense_get_account (typed) == purse);
}

static void
test_amount_and_date_are_restored (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = NULL;

  import_fixture_import (self, OFX ("20261101", "-40.00"));
  expense = import_fixture_find (self, "Chez Marie");
  follow (self, OFX ("20261102", "-44.00"));
  assert_is (expense, 4400, "2026-11-02");
  assert_latest_changed (self, 1);

  undo_latest (self);
  assert_is (expense, 4000, "2026-11-01");
  g_assert_cmpuint (import_fixture_count (self), ==, 1);
}

static void
test_changes_of_the_user_stay (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = NULL;

  import_fixture_import (self, OFX ("20261101", "-40.00"));
  expense = import_fixture_find (self, "Chez Marie");
  follow (self, OFX ("20261102", "-44.00"));
  budget_expense_set_amount (expense, 4100);
  commit (self);

  undo_latest (self);
  assert_is (expense, 4100, "2026-11-01");
}

/* The first of two imports is undone, then the second. */
static void
test_the_order_makes_no_difference (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, NULL);
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (BudgetImport) middle = NULL;
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, OFX ("20261101", "-40.00"));
  expense = import_fixture_find (self, "Chez Marie");
  follow (self, OFX ("20261102", "-44.00"));
  follow (self, OFX ("20261103", "-45.00"));

  middle = g_list_model_get_item (history, 1);
  g_assert_true (budget_import_history_undo (self->book.book, middle, &error));
  g_assert_no_error (error);
  assert_is (expense, 4500, "2026-11-03");

  undo_latest (self);
  assert_is (expense, 4000, "2026-11-01");
}

/* Undoing the import that added an expense also removes the later imports' changes of it. */
static void
test_changes_are_deleted_with_their_expense (ImportFixture *self, gconstpointer data)
{
  import_fixture_import (self, OFX ("20261101", "-40.00"));
  follow (self, OFX ("20261102", "-44.00"));
  g_assert_cmpuint (count_changes (self), ==, 1);

  undo_first (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 0);
  g_assert_cmpuint (count_changes (self), ==, 0);
}

/* If one half of a transfer is removed, the other half is no transfer any more. */
static void
test_the_category_of_the_other_half_is_restored (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) half = NULL;
  BudgetCategory *before;

  import_fixture_import (self, HEAD "2026-11-01,Transfer to savings,-100.00,1111111111,\n");
  half = import_fixture_find (self, "Transfer to savings");
  before = budget_expense_get_category (half);
  g_assert_cmpint (budget_category_get_kind (before), !=, BUDGET_CATEGORY_TRANSFER);

  import_fixture_import (self, HEAD "2026-11-02,Transfer from current,100.00,2222222222,\n");
  g_assert_cmpint (budget_category_get_kind (budget_expense_get_category (half)), ==,
                   BUDGET_CATEGORY_TRANSFER);

  undo_latest (self);
  g_assert_true (budget_expense_get_category (half) == before);
}

static void
test_unmatched_expenses_are_restored (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "bread", 320, "2026-11-02");
  g_autoptr (BudgetExpense) imported = NULL;
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, HEAD "2026-11-01,Baker,-3.20,1111111111,\n");
  budget_import_history_unmatch (self->book.book, typed, &error);
  g_assert_no_error (error);

  imported = import_fixture_find (self, "Baker");
  g_assert_nonnull (budget_expense_get_account (imported));
  g_assert_null (budget_expense_get_account (typed));
  g_assert_cmpuint (count_changes (self), ==, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/import-history/" name, ImportFixture, NULL, import_fixture_set_up, func,           \
              import_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("the-account-is-restored", test_the_account_is_restored);
  ADD ("an-earlier-account-stays", test_an_earlier_account_stays);
  ADD ("amount-and-date-are-restored", test_amount_and_date_are_restored);
  ADD ("changes-of-the-user-stay", test_changes_of_the_user_stay);
  ADD ("the-order-makes-no-difference", test_the_order_makes_no_difference);
  ADD ("changes-are-deleted-with-their-expense", test_changes_are_deleted_with_their_expense);
  ADD ("the-category-of-the-other-half-is-restored",
       test_the_category_of_the_other_half_is_restored);
  ADD ("unmatched-expenses-are-restored", test_unmatched_expenses_are_restored);

  return g_test_run ();
}
