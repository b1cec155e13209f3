/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * Transfers between own accounts, categories of imported rows, and what is
 * remembered of an import.
 */

#define HEAD "Date,Description,Amount,Account,Counterpart\n"

static BudgetCategory *
get_category (ImportFixture *self, const char *description)
{
  g_autoptr (BudgetExpense) expense = import_fixture_find (self, description);

  g_assert_nonnull (expense);
  return budget_expense_get_category (expense);
}

static void
assert_linked (ImportFixture *self, const char *one, const char *other, gboolean linked)
{
  g_autoptr (BudgetExpense) a = import_fixture_find (self, one);
  g_autoptr (BudgetExpense) b = import_fixture_find (self, other);

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpint (
    budget_expense_get_counterpart (a) == b || budget_expense_get_counterpart (b) == a, ==, linked);
}

static void
test_two_files_with_a_half_each (ImportFixture *self, gconstpointer data)
{
  BudgetImportCounts counts;

  import_fixture_read (self, HEAD "2026-12-01,Transfer to savings,-500.00,1111111111,\n"
                                  "2026-12-01,Baker,-3.20,1111111111,\n");
  import_fixture_add (self, HEAD "2026-12-02,From current account,500.00,2222222222,\n");
  budget_importer_count (self->importer, &counts);
  g_assert_cmpuint (counts.n_transfers, ==, 2);
  g_assert_true (budget_draft_get_partner (import_fixture_get (self, 0)) ==
                 import_fixture_get (self, 2));
  g_assert_true (budget_draft_get_transfer (import_fixture_get (self, 0)));
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 1)));
  import_fixture_commit (self);

  assert_linked (self, "Transfer to savings", "From current account", TRUE);
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Transfer to savings")), ==,
                   BUDGET_CATEGORY_TRANSFER);
  g_assert_true (get_category (self, "From current account") ==
                 get_category (self, "Transfer to savings"));
}

static void
test_the_second_half_comes_later (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, HEAD "2026-12-03,Card payment,-80.00,1111111111,\n");
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Card payment")), !=,
                   BUDGET_CATEGORY_TRANSFER);
  import_fixture_import (self, HEAD "2026-12-01,Shoes,-80.00,4444555566667777,\n"
                                    "2026-12-04,Payment thank you,80.00,4444555566667777,\n");

  assert_linked (self, "Card payment", "Payment thank you", TRUE);
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Card payment")), ==,
                   BUDGET_CATEGORY_TRANSFER);
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Shoes")), ==,
                   BUDGET_CATEGORY_SPENDING);

  budget_book_undo (self->book.book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Card payment")), !=,
                   BUDGET_CATEGORY_TRANSFER);
}

/* The other account's number is enough, even before its file is imported. */
static void
test_an_own_accounts_number (ImportFixture *self, gconstpointer data)
{
  import_fixture_import (self, HEAD "2026-11-01,Interest,1.00,DE89370400440532013000,\n");
  import_fixture_import (self, HEAD
                         "2026-12-01,Holiday,-500.00,1111111111,DE89 3704 0044 0532 0130 00\n");
  g_assert_cmpint (budget_category_get_kind (get_category (self, "Holiday")), ==,
                   BUDGET_CATEGORY_TRANSFER);
  import_fixture_import (self,
                         HEAD "2026-12-06,Holiday fund,500.00,DE89370400440532013000,1111111111\n");
  assert_linked (self, "Holiday", "Holiday fund", TRUE);
}

static void
test_somebody_elses_account_is_no_transfer (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, HEAD "2026-12-01,Rent transfer,-500.00,1111111111,9999999999\n");
  import_fixture_add (self, HEAD "2026-12-01,Salary,500.00,2222222222,8888888888\n");
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 0)));
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 1)));
}

/* Without a hint in the text, there must be only one match. */
static void
test_ambiguous_transfers_are_left (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, HEAD "2026-12-01,Alpha,-50.00,1111111111,\n"
                                  "2026-12-02,Beta,-50.00,1111111111,\n"
                                  "2026-12-03,Gamma,-70.00,1111111111,\n");
  import_fixture_add (self, HEAD "2026-12-02,Delta,50.00,2222222222,\n"
                                 "2026-12-03,Epsilon,70.00,2222222222,\n");
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 0)));
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 1)));
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 3)));
  g_assert_true (budget_draft_get_transfer (import_fixture_get (self, 2)));
}

static void
test_a_transfer_can_be_refused (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, HEAD "2026-12-01,Transfer,-500.00,1111111111,\n");
  import_fixture_add (self, HEAD "2026-12-02,Sold the bike,500.00,2222222222,\n");
  budget_draft_set_transfer (import_fixture_get (self, 0), FALSE);
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 1)));
  g_assert_cmpstr (budget_draft_get_category_name (import_fixture_get (self, 1)), ==, "Other");
  budget_draft_set_transfer (import_fixture_get (self, 1), TRUE);
  g_assert_true (budget_draft_get_transfer (import_fixture_get (self, 0)));
  budget_draft_set_category (import_fixture_get (self, 0), self->book.food);
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 1)));
  import_fixture_commit (self);
  assert_linked (self, "Transfer", "Sold the bike", FALSE);
}

/* The accounts that it created are removed, too. */
static void
test_an_import_is_undone_whole (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, HEAD "2026-12-03,Shoes,-80.00,1111111111,\n"
                                    "2026-12-04,Hat,-30.00,1111111111,\n");
  budget_book_undo (self->book.book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count (self), ==, 0);
  g_assert_null (budget_book_find_account (self->book.book, "1111111111"));

  budget_book_redo (self->book.book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);
}

/* Within one account, or without a known one, there are no transfers. */
static void
test_one_account_has_no_transfers (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, HEAD "2026-12-01,Transfer,-500.00,1111111111,\n"
                                  "2026-12-01,Transfer back,500.00,1111111111,\n"
                                  "2026-12-01,Transfer,-5.00,,\n2026-12-01,Transfer,5.00,,\n");
  for (guint i = 0; i < 4; i++)
    g_assert_false (budget_draft_get_transfer (import_fixture_get (self, i)));
}

static void
test_an_import_is_recorded (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, &error);
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "bread", 320, "2026-12-02");
  g_autoptr (BudgetImport) first = NULL, second = NULL;
  guint n_added, n_matched;

  g_assert_no_error (error);
  import_fixture_import (self, HEAD "2026-12-01,Baker,-3.20,1111111111,\n"
                                    "2026-12-01,Shoes,-80.00,1111111111,\n");
  import_fixture_import (self, HEAD "2026-12-05,Hat,-30.00,1111111111,\n");
  import_fixture_import (self, HEAD "2026-12-05,Hat,-30.00,1111111111,\n");

  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 2);
  second = g_list_model_get_item (history, 0);
  first = g_list_model_get_item (history, 1);
  g_assert_cmpstr (budget_import_get_name (first), ==, "bank.file");
  g_assert_cmpstr (budget_import_get_format (first), ==, "CSV");
  g_assert_cmpstr (budget_account_get_name (budget_import_get_account (first)), ==, "1111111111");
  g_assert_true (budget_import_history_count (first, &n_added, &n_matched));
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_matched, ==, 1);
  g_assert_true (budget_import_history_count (second, &n_added, &n_matched));
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_matched, ==, 0);
}

static void
test_an_import_can_be_undone_later (ImportFixture *self, gconstpointer data)
{
  static const char *const text = HEAD "2026-12-01,Baker,-3.20,1111111111,\n"
                                       "2026-12-01,Shoes,-80.00,1111111111,\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) history = budget_import_history_open (self->book.book, &error);
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "bread", 320, "2026-12-02");
  g_autoptr (BudgetImport) first = NULL;

  import_fixture_import (self, text);
  import_fixture_import (self, HEAD "2026-12-05,Hat,-30.00,1111111111,\n");
  g_assert_cmpuint (import_fixture_count (self), ==, 3);
  first = g_list_model_get_item (history, 1);
  g_assert_true (budget_import_history_undo (self->book.book, first, &error));
  g_assert_no_error (error);
  g_clear_object (&first);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);
  g_assert_false (budget_expense_get_matched (typed));
  g_assert_null (budget_expense_get_import_key (typed));
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 1);

  import_fixture_read (self, text);
  import_fixture_assert_states (self, "matched new");

  g_assert_true (budget_book_undo (self->book.book, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (history), ==, 2);
  g_assert_true (budget_expense_get_matched (typed));
  import_fixture_read (self, text);
  import_fixture_assert_states (self, "duplicate duplicate");
}

/* A corrected layout is remembered for the bank's next table. */
static void
test_a_layout_is_remembered (ImportFixture *self, gconstpointer data)
{
  static const char *const map[] = { "date-order=mdy", "description=3", "note=2", NULL };
  static const char *const texts[] = {
    "Day;Info;Text;Amount\n03/04/2026;a;Tea;-7.20\n04/05/2026;b;Cocoa;-8.10\n",
    "Day;Info;Text;Amount\n05/06/2026;c;Milk;-1.20\n06/07/2026;d;Honey;-2.10\n",
  };
  g_autoptr (GBytes) first = g_bytes_new_static (texts[0], strlen (texts[0]));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (first, BUDGET_STATEMENT_FORMAT_AUTO, map, NULL, &error);
  int fd;

  g_assert_no_error (error);
  budget_importer_add_statement (self->importer, "tea.csv", statement, NULL, &error);
  import_fixture_commit (self);

  fd = g_file_open_tmp ("budget-XXXXXX.csv", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, texts[1], -1, &error);
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_draft_get_description (import_fixture_get (self, 0)), ==, "Milk");
  g_assert_cmpint (g_date_get_month (budget_draft_get_date (import_fixture_get (self, 0))), ==,
                   G_DATE_MAY);
  g_remove (path);
}

/* An account is found by its number in any notation, and has the kind that its file states. */
static void
test_accounts_are_found_and_made (ImportFixture *self, gconstpointer data)
{
  static const char *const card =
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS>"
    "<CURDEF>EUR<CCACCTFROM><ACCTID>4444555566667777</CCACCTFROM><BANKTRANLIST><STMTTRN>"
    "<TRNTYPE>DEBIT<DTPOSTED>20261201<TRNAMT>-5.00<FITID>1<NAME>Shoes</STMTTRN></BANKTRANLIST>"
    "</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>";
  g_autoptr (BudgetExpense) shoes = NULL, hat = NULL;

  import_fixture_import (self, card);
  shoes = import_fixture_find (self, "Shoes");
  g_assert_cmpint (budget_account_get_kind (budget_expense_get_account (shoes)), ==,
                   BUDGET_ACCOUNT_CARD);

  import_fixture_import (self, HEAD "2026-12-02,Hat,-9.00,4444-5555-6666-7777,\n"
                                    "2026-12-02,Cap,-9.00,DE89 3704 0044 0532 0130 00,\n"
                                    "2026-12-02,Wig,-9.00,DE89370400440532013000,\n");
  hat = import_fixture_find (self, "Hat");
  g_assert_true (budget_expense_get_account (hat) == budget_expense_get_account (shoes));
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_accounts (self->book.book)), ==, 2);
}

static void
test_categories_chosen_by_hand_take_precedence (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, HEAD "2026-12-01,Blumen Krause 81234,-12.00,1111111111,\n");
  g_assert_cmpint (budget_draft_get_source (import_fixture_get (self, 0)), ==,
                   BUDGET_DRAFT_SOURCE_NONE);
  budget_draft_set_category (import_fixture_get (self, 0), self->book.entertainment);
  import_fixture_commit (self);

  import_fixture_read (self, HEAD "2026-12-09,BLUMEN KRAUSE 95310,-18.00,1111111111,\n");
  g_assert_true (budget_draft_get_category (import_fixture_get (self, 0)) ==
                 self->book.entertainment);
  g_assert_cmpint (budget_draft_get_source (import_fixture_get (self, 0)), ==,
                   BUDGET_DRAFT_SOURCE_RULE);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/import/transfers/" name, ImportFixture, NULL, import_fixture_set_up, func,         \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("two-files-with-a-half-each", test_two_files_with_a_half_each);
  ADD ("the-second-half-comes-later", test_the_second_half_comes_later);
  ADD ("an-own-accounts-number", test_an_own_accounts_number);
  ADD ("somebody-elses-account-is-no-transfer", test_somebody_elses_account_is_no_transfer);
  ADD ("ambiguous-transfers-are-left", test_ambiguous_transfers_are_left);
  ADD ("a-transfer-can-be-refused", test_a_transfer_can_be_refused);
  ADD ("an-import-is-undone-whole", test_an_import_is_undone_whole);
  ADD ("one-account-has-no-transfers", test_one_account_has_no_transfers);
  ADD ("an-import-is-recorded", test_an_import_is_recorded);
  ADD ("an-import-can-be-undone-later", test_an_import_can_be_undone_later);
  ADD ("a-layout-is-remembered", test_a_layout_is_remembered);
  ADD ("accounts-are-found-and-made", test_accounts_are_found_and_made);
  ADD ("categories-chosen-by-hand-take-precedence", test_categories_chosen_by_hand_take_precedence);

  return g_test_run ();
}
