/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "import-fixture.h"

#include <string.h>

/*
 * Which transactions of a bank are already in the book.
 */

#define OFX_HEAD                                                                                   \
  "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"             \
  "<CURDEF>EUR<BANKACCTFROM><ACCTID>12345678<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>"
#define OFX_ROW(date, amount, id, name)                                                            \
  "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>" date "<TRNAMT>" amount "<FITID>" id "<NAME>" name "</"       \
  "STMTTRN>"
#define OFX_TAIL "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"

/* When to cancel adding a file. */
typedef struct
{
  double fraction;
  GCancellable *cancellable;
} Stop;

static void
test_the_banks_id_precedes_the_signature (ImportFixture *self, gconstpointer data)
{
  import_fixture_import (self, OFX_HEAD OFX_ROW ("20261201", "-2.50", "A1", "Coffee bar") OFX_TAIL);

  /* The same signature with another id is another payment. */
  import_fixture_read (self, OFX_HEAD OFX_ROW ("20261201", "-2.50", "A1", "Coffee bar")
                               OFX_ROW ("20261201", "-2.50", "A2", "Coffee bar") OFX_TAIL);
  import_fixture_assert_states (self, "duplicate new");
}

static void
test_a_changed_transaction_is_reported (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = NULL;

  import_fixture_import (self,
                         OFX_HEAD OFX_ROW ("20261201", "-40.00", "A1", "Chez Marie Lyon") OFX_TAIL);
  import_fixture_read (self,
                       OFX_HEAD OFX_ROW ("20261202", "-44.00", "A1", "Chez Marie Lyon") OFX_TAIL);
  import_fixture_assert_states (self, "different");
  g_assert_nonnull (strstr (budget_draft_get_reason (import_fixture_get (self, 0)), "44"));
  g_assert_false (budget_draft_get_include (import_fixture_get (self, 0)));

  /* If the user includes it, the book is updated. */
  budget_draft_set_include (import_fixture_get (self, 0), TRUE);
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 1);
  expense = import_fixture_find (self, "Chez Marie Lyon");
  g_assert_cmpint (budget_expense_get_amount (expense), ==, 4400);
}

/* A bank's id that is used again for another transaction is not trusted. */
static void
test_an_id_that_is_used_again (ImportFixture *self, gconstpointer data)
{
  import_fixture_import (self, OFX_HEAD OFX_ROW ("20261201", "-40.00", "1", "Florist") OFX_TAIL);
  import_fixture_read (self, OFX_HEAD OFX_ROW ("20261203", "-7.10", "1", "Bakery") OFX_TAIL);
  import_fixture_assert_states (self, "new");
}

/* Some banks generate new ids for each download. */
static void
test_ids_that_change_are_not_trusted (ImportFixture *self, gconstpointer data)
{
  import_fixture_import (self, OFX_HEAD OFX_ROW ("20261201", "-2.50", "X1", "Coffee bar")
                                 OFX_ROW ("20261202", "-7.10", "X2", "Bakery")
                                   OFX_ROW ("20261203", "-9.99", "X3", "Cinema")
                                     OFX_ROW ("20261204", "-3.00", "X4", "Kiosk") OFX_TAIL);
  import_fixture_read (self, OFX_HEAD OFX_ROW ("20261201", "-2.50", "Y1", "Coffee bar")
                               OFX_ROW ("20261202", "-7.10", "Y2", "Bakery")
                                 OFX_ROW ("20261203", "-9.99", "Y3", "Cinema")
                                   OFX_ROW ("20261204", "-3.00", "Y4", "Kiosk")
                                     OFX_ROW ("20261205", "-3.00", "Y5", "Kiosk") OFX_TAIL);
  import_fixture_assert_states (self, "duplicate duplicate duplicate duplicate new");
}

static void
test_another_format_is_recognized (ImportFixture *self, gconstpointer data)
{
  budget_importer_set_account (self->importer, "12345678");
  import_fixture_import (self, "Date,Description,Amount\n"
                               "2026-12-01,COFFEE BAR BERLIN,-2.50\n"
                               "2026-12-02,BAKERY MUELLER,-7.10\n");
  import_fixture_read (self, OFX_HEAD OFX_ROW ("20261201", "-2.50", "A1", "Coffee bar")
                               OFX_ROW ("20261203", "-7.10", "A2", "Bakery Mueller") OFX_TAIL);
  import_fixture_assert_states (self, "duplicate duplicate");
}

/* An expense before the file's first day cannot be in the file. */
static void
test_an_equal_payment_of_the_next_day_is_new (ImportFixture *self, gconstpointer data)
{
  budget_importer_set_account (self->importer, "Giro");
  import_fixture_import (self, "Date,Description,Amount\n2026-12-01,Coffee bar,-2.50\n");
  budget_importer_set_account (self->importer, "Giro");
  import_fixture_read (self, "Date,Description,Amount\n2026-12-02,Coffee bar,-2.50\n"
                             "2026-12-03,Coffee bar,-2.50\n");
  import_fixture_assert_states (self, "new new");
}

static void
test_overlapping_files_count_once (ImportFixture *self, gconstpointer data)
{
  import_fixture_read (self, "Date,Description,Amount\n"
                             "2026-12-01,Coffee,-2.50\n2026-12-02,Coffee,-2.50\n");
  import_fixture_add (self, "Date,Description,Amount\n"
                            "2026-12-02,Coffee,-2.50\n2026-12-02,Coffee,-2.50\n"
                            "2026-12-03,Coffee,-2.50\n");
  import_fixture_assert_states (self, "new new duplicate new new");
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 4);
}

/* A transaction counts once, in however many files it is and whether or not it is in the book. */
static void
test_three_files_count_once (ImportFixture *self, gconstpointer data)
{
  static const char *const text =
    "Date,Description,Amount\n2026-12-01,Tea,-3.00\n2026-12-02,Milk,-4.00\n";

  import_fixture_read (self, text);
  import_fixture_add (self, text);
  import_fixture_add (self, text);
  import_fixture_assert_states (self, "new new duplicate duplicate duplicate duplicate");
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);

  import_fixture_read (self, text);
  import_fixture_add (self, text);
  import_fixture_assert_states (self, "duplicate duplicate duplicate duplicate");
}

static void
test_a_typed_expense_is_matched_once (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n2026-12-01,ROMA,-12.50\n";
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "lunch", 1250, "2026-11-30");

  import_fixture_read (self, text);
  import_fixture_add (self, text);
  import_fixture_add (self, text);
  import_fixture_assert_states (self, "matched duplicate duplicate");
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 1);
}

static void
on_progress (double fraction, gpointer data)
{
  const Stop *stop = data;

  if (fraction >= stop->fraction)
    g_cancellable_cancel (stop->cancellable);
}

/* Adds a file, and cancels after a part of the work. */
static void
give_up (ImportFixture *self, const char *text, double fraction)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  Stop stop = { fraction, cancellable };

  g_assert_no_error (error);
  budget_importer_set_progress (self->importer, on_progress, &stop);
  g_assert_false (
    budget_importer_add_statement (self->importer, "bank.file", statement, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  budget_importer_set_progress (self->importer, NULL, NULL);
  g_assert_cmpuint (budget_importer_get_n_files (self->importer), ==, 0);
}

/* A cancelled file leaves nothing in the importer. */
static void
test_a_cancelled_file_matches_nothing (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("Date,Description,Amount\n");

  for (guint i = 0; i < 700; i++)
    g_string_append_printf (text, "2026-12-01,Shop %u,-%u.00\n", i, i + 1);

  import_fixture_import (self, text->str);
  give_up (self, text->str, 0.86);
  import_fixture_add (self, text->str);
  g_assert_cmpuint (import_fixture_count_drafts (self->importer).n_duplicates, ==, 700);
}

static void
test_a_cancelled_file_leaves_no_currency (ImportFixture *self, gconstpointer data)
{
  static const char *const dollars =
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"
    "<CURDEF>USD<BANKACCTFROM><ACCTID>12345678<ACCTTYPE>CHECKING</"
    "BANKACCTFROM><BANKTRANLIST>" OFX_ROW ("20261201", "-2.50", "A1", "Coffee bar") OFX_TAIL;

  give_up (self, dollars, 0);
  g_assert_cmpstr (budget_importer_get_currency (self->importer), ==, "EUR");
  import_fixture_add (self, "Date,Description,Amount,Currency\n2026-12-01,Tea,-3.00,EUR\n");
  import_fixture_assert_states (self, "new");
  import_fixture_commit (self);
  g_assert_cmpstr (budget_book_get_currency (self->book.book), ==, "EUR");
}

/* An account that only a cancelled file named is not one of the household's. */
static void
test_a_cancelled_file_leaves_no_account (ImportFixture *self, gconstpointer data)
{
  give_up (self, "Date,Description,Amount,Account\n2026-12-01,Tea,-3.00,DE02120300000000202051\n",
           0.8);
  import_fixture_add (self, "Date,Description,Amount,Account,Counterparty account\n2026-12-02,Sent,"
                            "-100.00,DE02500105170137075030,DE02120300000000202051\n");
  import_fixture_assert_states (self, "new");
  g_assert_false (budget_draft_get_transfer (import_fixture_get (self, 0)));
}

static void
test_a_typed_expense_becomes_the_transaction (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "lunch with Bo", 1250, "2026-11-24");
  gint64 id = orm_entity_get_id (ORM_ENTITY (typed));

  import_fixture_read (self, "Date,Description,Amount,Account\n"
                             "2026-12-01,RISTORANTE ROMA,-12.50,DE12\n");
  import_fixture_assert_states (self, "matched");
  import_fixture_commit (self);

  g_assert_cmpuint (import_fixture_count (self), ==, 1);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (typed)), ==, id);
  g_assert_cmpstr (budget_expense_get_description (typed), ==, "lunch with Bo");
  g_assert_cmpstr (budget_expense_get_original (typed), ==, "RISTORANTE ROMA");
  g_assert_cmpstr (budget_account_get_name (budget_expense_get_account (typed)), ==, "DE12");
  g_assert_true (budget_expense_get_matched (typed));

  /* The next import knows it. */
  import_fixture_read (self, "Date,Description,Amount,Account\n"
                             "2026-12-01,RISTORANTE ROMA,-12.50,DE12\n");
  import_fixture_assert_states (self, "duplicate");
}

static void
test_eleven_days_are_too_many (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) early = import_fixture_type (self, "lunch", 1250, "2026-11-20");

  import_fixture_read (self, "Date,Description,Amount\n2026-12-01,Roma,-12.50\n");
  import_fixture_assert_states (self, "new");
}

/* The nearest day wins, and on one day the most similar description. */
static void
test_the_best_match_is_taken (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) first = import_fixture_type (self, "tea", 300, "2026-12-01");
  g_autoptr (BudgetExpense) second = import_fixture_type (self, "bakery", 300, "2026-12-04");
  g_autoptr (BudgetExpense) third = import_fixture_type (self, "kiosk", 300, "2026-12-04");

  import_fixture_read (self, "Date,Description,Amount\n"
                             "2026-12-04,Kiosk am Markt,-3.00\n"
                             "2026-12-02,Teahouse,-3.00\n"
                             "2026-12-04,Bakery,-3.00\n"
                             "2026-12-05,Another,-3.00\n");
  import_fixture_assert_states (self, "matched matched matched new");
  import_fixture_commit (self);
  g_assert_cmpstr (budget_expense_get_original (first), ==, "Teahouse");
  g_assert_cmpstr (budget_expense_get_original (second), ==, "Bakery");
  g_assert_cmpstr (budget_expense_get_original (third), ==, "Kiosk am Markt");
}

static void
test_a_match_can_be_refused (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n2026-12-01,Roma,-12.50\n";
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "lunch", 1250, "2026-11-30");

  import_fixture_read (self, text);
  g_assert_true (budget_draft_can_match (import_fixture_get (self, 0)));
  budget_draft_set_matched (import_fixture_get (self, 0), FALSE);
  import_fixture_assert_states (self, "new");
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);
  g_assert_false (budget_expense_get_matched (typed));

  /* It stays decided. */
  import_fixture_read (self, text);
  import_fixture_assert_states (self, "duplicate");
}

static void
test_a_match_can_be_undone_later (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n2026-12-01,Roma,-12.50\n";
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "lunch", 1250, "2026-11-30");
  g_autoptr (BudgetExpense) imported = NULL;
  g_autoptr (GError) error = NULL;

  import_fixture_import (self, text);
  g_assert_true (budget_import_history_unmatch (self->book.book, typed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);
  imported = import_fixture_find (self, "Roma");
  g_assert_nonnull (imported);
  g_assert_cmpuint (g_date_get_month (budget_expense_get_date (imported)), ==, G_DATE_DECEMBER);
  g_assert_null (budget_expense_get_import_key (typed));

  import_fixture_read (self, text);
  import_fixture_assert_states (self, "duplicate");

  g_assert_true (budget_book_undo (self->book.book, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count (self), ==, 1);
  g_assert_true (budget_expense_get_matched (typed));
}

static void
test_an_excluded_row_stays_excluded (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n"
                                  "2026-12-01,Baker,-3.20\n2026-12-02,Groceries,-41.00\n";

  import_fixture_read (self, text);
  budget_draft_set_include (import_fixture_get (self, 0), FALSE);
  import_fixture_commit (self);
  import_fixture_read (self, text);
  import_fixture_assert_states (self, "left-out duplicate");

  /* Until the user includes it after all. */
  budget_draft_set_include (import_fixture_get (self, 0), TRUE);
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);
  import_fixture_read (self, text);
  import_fixture_assert_states (self, "duplicate duplicate");
}

/* The match is remembered, even if the expense is edited. */
static void
test_a_pair_stays_decided (ImportFixture *self, gconstpointer data)
{
  static const char *const ofx = OFX_HEAD OFX_ROW ("20261201", "-2.50", "A1", "Coffee bar")
    OFX_ROW ("20261202", "-8.00", "A2", "Hat shop") OFX_TAIL;
  g_autoptr (BudgetExpense) coffee = NULL;

  budget_importer_set_account (self->importer, "12345678");
  import_fixture_import (self, "Date,Description,Amount\n2026-12-01,COFFEE BAR BERLIN,-2.50\n");
  import_fixture_read (self, ofx);
  import_fixture_assert_states (self, "duplicate new");
  import_fixture_commit (self);

  coffee = import_fixture_find (self, "Coffee Bar Berlin");
  g_assert_nonnull (coffee);
  budget_expense_set_amount (coffee, 9900);
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  import_fixture_read (self, ofx);
  import_fixture_assert_states (self, "duplicate duplicate");
}

/* Our own tables restore what was typed and match nothing else. */
static void
test_our_own_table_is_exact (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed = import_fixture_type (self, "lunch", 1250, "2026-11-30");

  import_fixture_read (self,
                       "Date,Description,Category,Person,Spent,Currency,Note,Account\n"
                       "2026-11-30,lunch,Food,alice@example.com,12.50,EUR,,\n"
                       "2026-12-01,LUNCH BREAK 12345678,Food,alice@example.com,12.50,EUR,,\n");
  import_fixture_assert_states (self, "duplicate new");
  g_assert_cmpstr (budget_draft_get_description (import_fixture_get (self, 1)), ==,
                   "LUNCH BREAK 12345678");
}

static void
test_a_rejected_row_can_be_corrected (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n"
                                  "2026-12-01,Baker,-3.20\nsoon,Broom,-9.00\n";
  g_autoptr (GDate) day = g_date_new_dmy (5, G_DATE_DECEMBER, 2026);
  BudgetDraft *draft;

  import_fixture_read (self, text);
  import_fixture_assert_states (self, "new rejected");
  draft = import_fixture_get (self, 1);
  budget_draft_set_date (draft, day);
  if (budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED)
    budget_draft_set_amount (draft, 900);
  import_fixture_assert_states (self, "new new");
  import_fixture_commit (self);
  g_assert_cmpuint (import_fixture_count (self), ==, 2);

  import_fixture_read (self, text);
  import_fixture_assert_states (self, "duplicate duplicate");
}

/* A hostile file, with one amount and one day for all rows, must not take long. */
static void
test_a_thousand_equal_rows (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("Date,Description,Amount\n");
  BudgetImportCounts counts;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "2026-12-%02u,Coffee %u,-2.50\n", i % 3 + 1, i % 7);
  import_fixture_import (self, text->str);
  import_fixture_read (self, text->str);
  budget_importer_count (self->importer, &counts);
  g_assert_cmpuint (counts.n_duplicates, ==, 4000);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/import/matching/" name, ImportFixture, NULL, import_fixture_set_up, func,          \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("the-banks-id-precedes-the-signature", test_the_banks_id_precedes_the_signature);
  ADD ("a-changed-transaction-is-reported", test_a_changed_transaction_is_reported);
  ADD ("an-id-that-is-used-again", test_an_id_that_is_used_again);
  ADD ("ids-that-change-are-not-trusted", test_ids_that_change_are_not_trusted);
  ADD ("another-format-is-recognized", test_another_format_is_recognized);
  ADD ("an-equal-payment-of-the-next-day-is-new", test_an_equal_payment_of_the_next_day_is_new);
  ADD ("overlapping-files-count-once", test_overlapping_files_count_once);
  ADD ("three-files-count-once", test_three_files_count_once);
  ADD ("a-typed-expense-is-matched-once", test_a_typed_expense_is_matched_once);
  ADD ("a-cancelled-file-matches-nothing", test_a_cancelled_file_matches_nothing);
  ADD ("a-cancelled-file-leaves-no-currency", test_a_cancelled_file_leaves_no_currency);
  ADD ("a-cancelled-file-leaves-no-account", test_a_cancelled_file_leaves_no_account);
  ADD ("a-typed-expense-becomes-the-transaction", test_a_typed_expense_becomes_the_transaction);
  ADD ("eleven-days-are-too-many", test_eleven_days_are_too_many);
  ADD ("the-best-match-is-taken", test_the_best_match_is_taken);
  ADD ("a-match-can-be-refused", test_a_match_can_be_refused);
  ADD ("a-match-can-be-undone-later", test_a_match_can_be_undone_later);
  ADD ("an-excluded-row-stays-excluded", test_an_excluded_row_stays_excluded);
  ADD ("a-pair-stays-decided", test_a_pair_stays_decided);
  ADD ("our-own-table-is-exact", test_our_own_table_is_exact);
  ADD ("a-rejected-row-can-be-corrected", test_a_rejected_row_can_be_corrected);
  ADD ("a-thousand-equal-rows", test_a_thousand_equal_rows);

  return g_test_run ();
}
