/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-csv-layout.h"
#include "budget-importer.h"
#include "import-fixture.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_NAMES 20000

static BudgetStatement *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  return statement;
}

static void
add_text (BudgetImporter *importer, const char *text)
{
  g_autoptr (BudgetStatement) statement = read_text (text);
  g_autoptr (GError) error = NULL;

  budget_importer_add_statement (importer, "bank.csv", statement, NULL, &error);
  g_assert_no_error (error);
}

static void
commit (BudgetImporter *importer)
{
  g_autoptr (GError) error = NULL;

  budget_importer_commit (importer, NULL, &error);
  g_assert_no_error (error);
}

static BudgetDraft *
get_draft (BudgetImporter *importer, guint position)
{
  g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (importer), position);

  g_assert_nonnull (draft);
  return draft;
}

static guint64
count_expenses (BookFixture *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  gint64 sum;
  guint64 n_rows;

  orm_session_sum (self->session, query, "amount", &sum, &n_rows, &error);
  g_assert_no_error (error);
  return n_rows;
}

/* Uses the currency of the fixture's book, whatever the test's locale. */
static void
set_up (BookFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  book_fixture_set_up (self, data);
  budget_book_set_currency (self->book, "EUR", &error);
  g_assert_no_error (error);
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);
}

#define BANK                                                                                       \
  "Date,Description,Amount,Currency\n"                                                             \
  "2026-12-01,Baker,-3.20,EUR\n"                                                                   \
  "2026-12-02,Groceries,-41.00,EUR\n"                                                              \
  "2026-12-03,Employer,1200.00,EUR\n"

static void
test_a_payment_becomes_an_expense (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  BudgetDraft *draft;

  add_text (importer, BANK);

  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, 3);
  g_assert_cmpint (import_fixture_count_drafts (importer).sum, ==, 320 + 4100 - 120000);
  draft = get_draft (importer, 0);
  g_assert_cmpint (budget_draft_get_amount (draft), ==, 320);
  g_assert_cmpstr (budget_draft_get_description (draft), ==, "Baker");
  g_assert_cmpstr (budget_draft_get_category_name (draft), ==, "Other");
  g_assert_null (budget_draft_get_category (draft));
  g_assert_true (budget_draft_get_user (draft) == self->alice);
  g_assert_cmpuint (budget_draft_get_line (draft), ==, 2);
  g_assert_cmpuint (count_expenses (self), ==, 6);

  commit (importer);

  g_assert_cmpuint (count_expenses (self), ==, 9);
  g_assert_nonnull (budget_book_find_category (self->book, "Other"));
}

static void
test_categories_follow_earlier_expenses (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);

  add_text (importer, BANK);

  g_assert_true (budget_draft_get_category (get_draft (importer, 1)) == self->food);
}

static void
test_a_given_category_precedes_history (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);

  budget_importer_set_category (importer, self->entertainment);
  add_text (importer, BANK);

  g_assert_true (budget_draft_get_category (get_draft (importer, 1)) == self->entertainment);
}

static void
test_an_import_is_one_step_back (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  add_text (importer, BANK);
  commit (importer);
  budget_book_undo (self->book, &label, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Import of 3 expenses");
  g_assert_cmpuint (count_expenses (self), ==, 6);
  g_assert_null (budget_book_find_category (self->book, "Other"));
}

static void
test_a_second_import_adds_nothing (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);

  add_text (first, BANK);
  commit (first);
  add_text (second, BANK);
  commit (second);

  g_assert_cmpuint (import_fixture_count_drafts (second).n_new, ==, 0);
  g_assert_cmpuint (import_fixture_count_drafts (second).n_duplicates, ==, 3);
  g_assert_cmpint (import_fixture_count_drafts (second).sum, ==, 0);
  g_assert_cmpuint (count_expenses (self), ==, 9);
}

static void
test_an_edited_import_is_known_again (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GDate) date = g_date_new_dmy (9, G_DATE_MAY, 2020);

  add_text (first, BANK);
  commit (first);
  orm_query_where (query, "description", ORM_EQUAL, "Baker");
  found = orm_session_find (self->session, query, NULL);
  expense = g_list_model_get_item (found, 0);
  budget_expense_set_description (expense, "Bread");
  budget_expense_set_date (expense, date);
  g_assert_true (budget_book_commit (self->book, NULL, NULL));
  add_text (second, BANK);

  g_assert_cmpuint (import_fixture_count_drafts (second).n_duplicates, ==, 3);
}

static void
test_equal_rows_are_two_payments (BookFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n"
                                  "2026-12-01,Coffee,-2.50\n"
                                  "2026-12-01,Coffee,-2.50\n";
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);

  add_text (first, text);
  g_assert_cmpuint (import_fixture_count_drafts (first).n_new, ==, 2);
  commit (first);

  add_text (second, text);
  g_assert_cmpuint (import_fixture_count_drafts (second).n_duplicates, ==, 2);
}

/* One in the book, two in the file: one is a duplicate, one is new. */
static void
test_a_typed_expense_counts_once (BookFixture *self, gconstpointer data)
{
  static const char *const text = "Date,Description,Amount\n"
                                  "2026-11-01,GROCERIES,-52.50\n"
                                  "2026-11-01,Groceries,-52.50\n";
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);

  add_text (first, text);
  g_assert_cmpuint (import_fixture_count_drafts (first).n_new, ==, 1);
  g_assert_cmpuint (import_fixture_count_drafts (first).n_duplicates, ==, 1);
  commit (first);

  add_text (second, text);
  g_assert_cmpuint (import_fixture_count_drafts (second).n_duplicates, ==, 2);
  g_assert_cmpuint (count_expenses (self), ==, 7);
}

/* The result equals that of two imports. */
static void
test_the_same_file_twice_counts_once (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  BudgetImportCounts counts;

  add_text (importer, BANK);
  add_text (importer, BANK);
  commit (importer);

  budget_importer_count_file (importer, 1, &counts);
  g_assert_cmpuint (counts.n_duplicates, ==, 3);
  g_assert_cmpuint (count_expenses (self), ==, 9);
}

static void
test_another_currency_is_rejected (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  BudgetDraft *draft;

  add_text (importer, "Date,Description,Amount,Currency\n"
                      "2026-12-01,Baker,-3.20,EUR\n"
                      "2026-12-02,Diner,-12.00,USD\n");

  g_assert_cmpuint (import_fixture_count_drafts (importer).n_rejected, ==, 1);
  draft = get_draft (importer, 1);
  g_assert_cmpint (budget_draft_get_state (draft), ==, BUDGET_DRAFT_REJECTED);
  g_assert_nonnull (strstr (budget_draft_get_reason (draft), "USD"));
  budget_draft_set_include (draft, TRUE);
  g_assert_false (budget_draft_get_include (draft));
}

static void
test_as_is_takes_another_currency (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);

  budget_importer_set_as_is (importer, TRUE);
  add_text (importer, "Date,Description,Amount,Currency\n"
                      "2026-12-01,Sushi,-1500,JPY\n");

  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, 1);
  g_assert_cmpint (budget_draft_get_amount (get_draft (importer, 0)), ==, 150000);
}

static void
test_an_empty_book_takes_the_currency (BookFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_new_in_memory (&error);
  g_autoptr (BudgetImporter) importer = NULL;

  g_assert_no_error (error);
  budget_book_set_currency (book, "EUR", &error);
  g_assert_no_error (error);
  g_assert_true (budget_book_commit (book, NULL, NULL));
  importer = budget_importer_new (book);
  add_text (importer, "Date,Description,Amount,Currency\n"
                      "2026-12-01,Sushi,-1500,JPY\n");

  g_assert_cmpstr (budget_importer_get_currency (importer), ==, "JPY");
  g_assert_cmpint (import_fixture_count_drafts (importer).sum, ==, 1500);
  g_assert_cmpstr (budget_book_get_currency (book), ==, "EUR");
}

static void
test_categories_are_matched_or_made (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  BudgetCategory *made;

  add_text (importer, "Date,Description,Amount,Category\n"
                      "2026-12-01,Baker,-3.20,FOOD\n"
                      "2026-12-02,Brush,-4.00,Household\n"
                      "2026-12-03,Broom,-9.00,household\n");
  commit (importer);

  g_assert_true (budget_draft_get_category (get_draft (importer, 0)) == self->food);
  made = budget_book_find_category (self->book, "Household");
  g_assert_nonnull (made);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_category_get_expenses (made))),
                    ==, 2);
}

static void
test_a_long_description_is_cut_between_characters (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (GString) text = g_string_new ("Date,Description,Amount\n2026-12-01,");
  g_autoptr (GString) longer = g_string_new (NULL);
  BudgetDraft *draft;

  for (guint i = 0; i < 250; i++)
    g_string_append (longer, "ä");
  g_string_append_printf (text, "%s,-1.00\n", longer->str);
  add_text (importer, text->str);
  commit (importer);

  draft = get_draft (importer, 0);
  g_assert_cmpint (g_utf8_strlen (budget_draft_get_description (draft), -1), ==, 200);
  g_assert_true (g_utf8_validate (budget_draft_get_description (draft), -1, NULL));
  g_assert_cmpstr (budget_draft_get_note (draft), ==, longer->str);
}

static void
test_an_account_is_made_once (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  BudgetAccount *account;

  budget_importer_set_account (importer, "Savings");
  add_text (importer, BANK);
  commit (importer);

  account = budget_book_find_account (self->book, "savings");
  g_assert_nonnull (account);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_account_get_expenses (account))),
                    ==, 3);
}

static void
test_the_same_payment_may_be_on_two_accounts (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);

  budget_importer_set_account (first, "Savings");
  add_text (first, BANK);
  commit (first);
  budget_importer_set_account (second, "Current");
  add_text (second, BANK);

  g_assert_cmpuint (import_fixture_count_drafts (second).n_new, ==, 3);
}

static void
test_excluded_rows_are_not_imported (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) first = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) second = budget_importer_new (self->book);
  int n_notified = 0;

  add_text (first, BANK);
  g_signal_connect_swapped (get_draft (first, 0), "notify::include", G_CALLBACK (on_notify_count),
                            &n_notified);
  budget_draft_set_include (get_draft (first, 0), FALSE);
  budget_draft_set_include (get_draft (first, 0), FALSE);
  commit (first);
  g_assert_cmpint (n_notified, ==, 1);
  g_assert_cmpuint (count_expenses (self), ==, 8);

  /* An expense of the book may be added once more. */
  add_text (second, BANK);
  g_assert_cmpuint (import_fixture_count_drafts (second).n_new, ==, 0);
  g_assert_cmpint (budget_draft_get_state (get_draft (second, 0)), ==, BUDGET_DRAFT_LEFT_OUT);
  budget_draft_set_include (get_draft (second, 0), TRUE);
  budget_draft_set_include (get_draft (second, 1), TRUE);
  commit (second);
  g_assert_cmpuint (count_expenses (self), ==, 10);
}

static void
test_a_cancelled_import_leaves_the_book (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_text (importer, BANK);
  g_cancellable_cancel (cancellable);

  g_assert_false (budget_importer_commit (importer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_expenses (self), ==, 6);
  g_assert_false (orm_session_get_dirty (self->session));
}

static void
test_a_failed_import_leaves_the_book (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  OrmConnection *connection = orm_session_get_connection (self->session);
  g_autoptr (GError) error = NULL;

  add_text (importer, BANK);
  orm_connection_execute (connection,
                          "CREATE TRIGGER refuse BEFORE INSERT ON expenses "
                          "WHEN new.description = 'Employer' "
                          "BEGIN SELECT RAISE (ABORT, 'refused'); END",
                          &error);
  g_assert_no_error (error);

  g_assert_false (budget_importer_commit (importer, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_expenses (self), ==, 6);
  g_assert_null (budget_book_find_category (self->book, "Other"));
}

static void
on_progress (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  budget_importer_add_file_finish (BUDGET_IMPORTER (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static void
test_a_file_is_added_little_by_little (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ShadowList) shadow = shadow_list_new (G_LIST_MODEL (importer));
  g_autofree char *changes = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  double last = 0;
  int fd = g_file_open_tmp ("budget-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, BANK, -1, &error);
  g_assert_no_error (error);
  budget_importer_set_progress (importer, on_progress, &last);
  budget_importer_add_file_async (importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL,
                                  on_added, loop);
  g_main_loop_run (loop);

  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, 3);
  g_assert_cmpfloat (last, ==, 1);
  changes = shadow_list_take_changes (shadow);
  g_assert_cmpstr (changes, ==, "0-0+3 ");
  g_unlink (path);
}

static void
on_not_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (budget_importer_add_file_finish (BUDGET_IMPORTER (source), result, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_main_loop_quit (data);
}

static void
test_a_missing_file_is_reported (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  budget_importer_add_file_async (importer, "/there/is/nothing.csv", BUDGET_STATEMENT_FORMAT_AUTO,
                                  NULL, NULL, on_not_added, loop);
  g_main_loop_run (loop);

  g_assert_cmpuint (budget_importer_get_n_files (importer), ==, 0);
}

static void
test_a_correction_is_read_again (BookFixture *self, gconstpointer data)
{
  static const char text[] = "Date;Description;Amount\n"
                             "03/04/2026;Tea, black;-7.20\n04/05/2026;Caf\xe9, green;-8.10\n";
  static const char *const map[] = { "note=2", "date-order=mdy", "delimiter=;",
                                     "encoding=ISO-8859-1", NULL };
  static const char *const wrong[] = { "delimiter=|", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, map, NULL, &error);
  BudgetCsvLayout *layout;

  g_assert_no_error (error);
  layout = budget_csv_layout_get_for_statement (statement);
  g_assert_nonnull (layout);
  g_assert_cmpint (budget_csv_layout_get_encoding (layout), ==, BUDGET_TEXT_ENCODING_LATIN_1);
  g_assert_cmpint (g_date_get_month (&budget_statement_get_row (statement, 0)->date), ==, 3);
  g_assert_cmpint (budget_csv_layout_get_role (layout, 1), ==, BUDGET_CSV_ROLE_NOTE);
  g_assert_cmpuint (budget_csv_layout_get_n_columns (layout), ==, 3);

  /* The columns depend on the delimiter. */
  g_assert_null (budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, wrong, NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/importer/" name, BookFixture, NULL, set_up, func, book_fixture_tear_down)

/* Yen have no decimals, so that fewer of them fit a book in euros. */
static void
test_too_large_is_not_called_too_precise (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);

  budget_importer_set_as_is (importer, TRUE);
  add_text (importer, "Date,Description,Amount,Currency\n"
                      "2026-12-01,House,-9999999999,JPY\n"
                      "2026-12-02,Tea,-0.125,KWD\n"
                      "2026-12-03,Cake,-0.250,KWD\n");

  g_assert_cmpstr (budget_draft_get_reason (get_draft (importer, 0)), ==,
                   "The amount is too large");
  g_assert_cmpstr (budget_draft_get_reason (get_draft (importer, 1)), ==,
                   "The amount has more decimals than the book’s currency");
  g_assert_cmpint (budget_draft_get_amount (get_draft (importer, 2)), ==, 25);
}

/* If the user chooses the wrong column for the category, each row has a new one. */
static void
test_every_row_may_have_names_of_its_own (BookFixture *self, gconstpointer data)
{
  g_autoptr (GString) text =
    g_string_new ("Date,Description,Category,Person,Spent,Currency,Note,Account\r\n");
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book);
  g_autoptr (BudgetImporter) again = NULL;
  guint n_before = g_list_model_get_n_items (budget_book_get_categories (self->book));

  for (guint i = 0; i < N_NAMES; i++)
    g_string_append_printf (
      text, "2026-12-01,X,Category %u,p%u@example.com,1.00,EUR,,Account %u\r\n", i, i, i);

  add_text (importer, text->str);
  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, N_NAMES);
  commit (importer);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_categories (self->book)), ==,
                    n_before + N_NAMES);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_accounts (self->book)), ==, N_NAMES);

  again = budget_importer_new (self->book);
  add_text (again, text->str);
  g_assert_cmpuint (import_fixture_count_drafts (again).n_duplicates, ==, N_NAMES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-payment-becomes-an-expense", test_a_payment_becomes_an_expense);
  ADD ("categories-follow-earlier-expenses", test_categories_follow_earlier_expenses);
  ADD ("a-given-category-precedes-history", test_a_given_category_precedes_history);
  ADD ("an-import-is-one-step-back", test_an_import_is_one_step_back);
  ADD ("a-second-import-adds-nothing", test_a_second_import_adds_nothing);
  ADD ("an-edited-import-is-known-again", test_an_edited_import_is_known_again);
  ADD ("equal-rows-are-two-payments", test_equal_rows_are_two_payments);
  ADD ("a-typed-expense-counts-once", test_a_typed_expense_counts_once);
  ADD ("the-same-file-twice-counts-once", test_the_same_file_twice_counts_once);
  ADD ("another-currency-is-rejected", test_another_currency_is_rejected);
  ADD ("as-is-takes-another-currency", test_as_is_takes_another_currency);
  ADD ("too-large-is-not-too-precise", test_too_large_is_not_called_too_precise);
  ADD ("an-empty-book-takes-the-currency", test_an_empty_book_takes_the_currency);
  ADD ("categories-are-matched-or-made", test_categories_are_matched_or_made);
  ADD ("a-long-description-is-cut-between-characters",
       test_a_long_description_is_cut_between_characters);
  ADD ("an-account-is-made-once", test_an_account_is_made_once);
  ADD ("the-same-payment-may-be-on-two-accounts", test_the_same_payment_may_be_on_two_accounts);
  ADD ("excluded-rows-are-not-imported", test_excluded_rows_are_not_imported);
  ADD ("a-cancelled-import-leaves-the-book", test_a_cancelled_import_leaves_the_book);
  ADD ("a-failed-import-leaves-the-book", test_a_failed_import_leaves_the_book);
  ADD ("a-file-is-added-little-by-little", test_a_file_is_added_little_by_little);
  ADD ("a-correction-is-read-again", test_a_correction_is_read_again);
  ADD ("a-missing-file-is-reported", test_a_missing_file_is_reported);
  ADD ("every-row-may-have-names-of-its-own", test_every_row_may_have_names_of_its_own);

  return g_test_run ();
}
