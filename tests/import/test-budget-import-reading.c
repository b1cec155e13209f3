/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "budget-error.h"
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * Reading and saving files with the user's choices.
 */

#define N_TRANSACTIONS 5000

static BudgetStatement *
read_mapped (const char *text, const char *first, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  const char *map[] = { first, NULL };

  return budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, map, NULL, error);
}

static GDateMonth
get_month (BudgetStatement *statement)
{
  return g_date_get_month (&budget_statement_get_row (statement, 0)->date);
}

#define QIF "!Type:Bank\nD03/04/2026\nT-3.00\nPTea\n^\n"

static void
test_the_order_of_qif_dates_can_be_chosen (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) april = read_mapped (QIF, "date-order=dmy", &error);
  g_autoptr (BudgetStatement) march = read_mapped (QIF, "date-order=MDY", &error);
  g_autoptr (BudgetStatement) wrong = NULL;
  BudgetDateOrder order;

  g_assert_no_error (error);
  g_assert_cmpint (get_month (april), ==, G_DATE_APRIL);
  g_assert_cmpint (get_month (march), ==, G_DATE_MARCH);
  g_assert_true (budget_statement_get_date_order (march, &order));
  g_assert_cmpint (order, ==, BUDGET_DATE_ORDER_MDY);

  /* The chosen order is not doubtful any more. */
  g_assert_null (budget_statement_get_notes (march)[0]);

  wrong = read_mapped (QIF, "amount=3", &error);
  g_assert_null (wrong);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
}

/* The user names columns that cannot be detected. */
static void
test_columns_need_not_be_found (ImportFixture *self, gconstpointer data)
{
  static const char *const text = "a,b,c\nTea,on 3/4/26,cheap\nCake,on 5/4/26,dear\n";
  const char *map[] = { "date=2", "amount=3", "description=1", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetCsvLayout) found = budget_csv_layout_detect_mapped (table, NULL, &error);
  g_autoptr (BudgetCsvLayout) told = NULL;
  g_autoptr (BudgetCsvLayout) preview = NULL;
  g_autoptr (BudgetStatement) lines = NULL;

  g_assert_null (found);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  g_clear_error (&error);

  told = budget_csv_layout_detect_mapped (table, map, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_csv_layout_get_role (told, 1), ==, BUDGET_CSV_ROLE_DATE);
  g_assert_cmpint (budget_csv_layout_get_role (told, 2), ==, BUDGET_CSV_ROLE_AMOUNT);

  preview = budget_csv_layout_detect_partly (table, NULL);
  g_assert_cmpuint (budget_csv_layout_get_n_columns (preview), ==, 3);
  lines = budget_csv_layout_preview (preview, table);
  g_assert_cmpuint (budget_statement_get_n_rows (lines), ==, 3);
  g_assert_cmpstr (budget_statement_get_row (lines, 1)->fields[1], ==, "on 3/4/26");
}

static void
test_no_text_has_no_preview (ImportFixture *self, gconstpointer data)
{
  static const char archive[] = "PK\3\4 and so on";
  static const char binary[] = "\x7f"
                               "ELF\1\2\3\4 some text and so on, long enough\0\1 more";
  g_autoptr (GBytes) first = g_bytes_new_static (archive, sizeof archive);
  g_autoptr (GBytes) second = g_bytes_new_static (binary, sizeof binary);
  g_autoptr (BudgetCsvTable) first_table = budget_csv_table_new (first);
  g_autoptr (BudgetCsvTable) second_table = budget_csv_table_new (second);
  g_autoptr (BudgetCsvLayout) none = budget_csv_layout_detect_partly (first_table, NULL);
  g_autoptr (BudgetCsvLayout) nothing = budget_csv_layout_detect_partly (second_table, NULL);

  g_assert_null (none);
  g_assert_null (nothing);
}

#define TABLE "Day,What,How much\n2026-12-01,Tea,-3.00\n"
#define SECOND_TABLE "Day,What,How much\n2026-12-08,Cake,-4.00\n"

static const char *
get_account (ImportFixture *self)
{
  return budget_draft_get_account_name (import_fixture_get (self, 0));
}

static void
test_the_account_of_a_table_is_remembered (ImportFixture *self, gconstpointer data)
{
  budget_importer_set_account (self->importer, "Giro");
  import_fixture_import (self, TABLE);

  import_fixture_read (self, SECOND_TABLE);
  g_assert_cmpstr (get_account (self), ==, "Giro");

  /* Another table is another bank's. */
  import_fixture_read (self, "Datum,Text,Betrag\n2026-12-08,Cake,-4.00\n");
  g_assert_null (get_account (self));

  /* It is forgotten when the user chooses none. */
  import_fixture_renew (self);
  budget_importer_set_account (self->importer, "");
  import_fixture_import (self, SECOND_TABLE);
  import_fixture_read (self, "Day,What,How much\n2026-12-09,Jam,-5.00\n");
  g_assert_null (get_account (self));
}

static void
test_a_file_has_an_account_of_its_own (ImportFixture *self, gconstpointer data)
{
  budget_importer_set_account (self->importer, "Giro");
  import_fixture_add (self, TABLE);
  budget_importer_set_account (self->importer, "Card");
  import_fixture_add (self, SECOND_TABLE);
  g_assert_cmpstr (get_account (self), ==, "Giro");
  g_assert_cmpstr (budget_draft_get_account_name (import_fixture_get (self, 1)), ==, "Card");
  import_fixture_commit (self);
  g_assert_nonnull (budget_book_find_account (self->book.book, "Giro"));
  g_assert_nonnull (budget_book_find_account (self->book.book, "Card"));
}

static void
write_table (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_a_remembered_account_can_be_removed (ImportFixture *self, gconstpointer data)
{
  static const char *const map[] = { "sign=inverted", NULL };
  g_autofree char *folder = g_dir_make_tmp ("budget-reading-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bank.csv", NULL);
  g_autoptr (GError) error = NULL;

  write_table (path, TABLE);
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, map, NULL, &error);
  g_assert_no_error (error);
  import_fixture_commit (self);

  write_table (path, SECOND_TABLE);
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_draft_get_amount (import_fixture_get (self, 0)), ==, -400);

  /* A statement is read as remembered, too. */
  import_fixture_read (self, SECOND_TABLE);
  g_assert_cmpint (budget_draft_get_amount (import_fixture_get (self, 0)), ==, -400);

  for (guint i = 0; i < 2; i++)
    {
      import_fixture_renew (self);
      budget_importer_set_forgetful (self->importer, i == 0);
      budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL,
                                &error);
      g_assert_no_error (error);
      g_assert_cmpint (budget_draft_get_amount (import_fixture_get (self, 0)), ==, 400);
      if (i == 0)
        import_fixture_commit (self);
    }

  g_remove (path);
  g_rmdir (folder);
}

#define CARD "01.12.2026;Tea;7,20\n02.12.2026;Cake;3,10\n03.12.2026;Payment;-50,00\n"
#define NEXT_CARD "04.01.2027;Jam;2,20\n05.01.2027;Milk;1,10\n"
#define OTHER_BANK "04.12.2026;Bread;-2,20\n05.12.2026;Butter;-1,10\n"

/* Two banks' tables without titles have only the number of columns in common. */
static void
test_another_bank_without_titles_is_not_read_alike (ImportFixture *self, gconstpointer data)
{
  static const char *const map[] = { "sign=inverted", NULL };
  g_autofree char *folder = g_dir_make_tmp ("budget-reading-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bank.csv", NULL);
  g_autoptr (GError) error = NULL;

  write_table (path, CARD);
  budget_importer_set_account (self->importer, "Card");
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, map, NULL, &error);
  g_assert_no_error (error);
  import_fixture_commit (self);

  write_table (path, OTHER_BANK);
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_draft_get_amount (import_fixture_get (self, 0)), ==, 220);
  g_assert_null (get_account (self));

  import_fixture_renew (self);
  write_table (path, NEXT_CARD);
  budget_importer_add_file (self->importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_draft_get_amount (import_fixture_get (self, 0)), ==, 220);
  g_assert_cmpstr (get_account (self), ==, "Card");

  g_remove (path);
  g_rmdir (folder);
}

typedef struct
{
  gboolean is_done;
  gboolean is_good;
  guint n_told;
  GCancellable *cancellable;
  GError *error;
} Saving;

static void
on_committed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;

  saving->is_good =
    budget_importer_commit_finish (BUDGET_IMPORTER (object), result, &saving->error);
  saving->is_done = TRUE;
}

static void
on_progress (double fraction, gpointer user_data)
{
  Saving *saving = user_data;

  g_assert_cmpfloat (fraction, <=, 1);
  if (++saving->n_told == 2 && saving->cancellable != NULL)
    g_cancellable_cancel (saving->cancellable);
}

static void
save (ImportFixture *self, Saving *saving)
{
  g_autoptr (GString) text = g_string_new ("Date,Description,Amount,Account\n");

  for (guint i = 0; i < N_TRANSACTIONS; i++)
    g_string_append_printf (text, "2026-%02u-%02u,Shop %u,-%u.50,DE%u12345678\n", i % 12 + 1,
                            i % 28 + 1, i, i % 90 + 1, i % 2);
  import_fixture_read (self, text->str);
  budget_importer_set_progress (self->importer, on_progress, saving);
  budget_importer_commit_async (self->importer, saving->cancellable, on_committed, saving);
  while (!saving->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_saving_little_by_little (ImportFixture *self, gconstpointer data)
{
  Saving saving = { 0 };
  g_autoptr (GError) error = NULL;
  GListModel *accounts = budget_book_get_accounts (self->book.book);
  guint n_accounts = g_list_model_get_n_items (accounts);

  save (self, &saving);
  g_assert_no_error (saving.error);
  g_assert_true (saving.is_good);
  g_assert_cmpuint (saving.n_told, >, 2);
  g_assert_cmpuint (import_fixture_count (self), ==, N_TRANSACTIONS);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, n_accounts + 2);

  g_assert_true (budget_book_undo (self->book.book, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count (self), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, n_accounts);
}

static void
test_cancelled_while_saving (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Saving saving = { .cancellable = cancellable };
  GListModel *accounts = budget_book_get_accounts (self->book.book);
  guint n_accounts = g_list_model_get_n_items (accounts);

  save (self, &saving);
  g_assert_false (saving.is_good);
  g_assert_error (saving.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&saving.error);
  g_assert_cmpuint (import_fixture_count (self), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, n_accounts);
  g_assert_false (orm_session_get_dirty (self->book.session));

  /* It may be tried again, with the same drafts. */
  saving = (Saving){ 0 };
  budget_importer_commit_async (self->importer, NULL, on_committed, &saving);
  while (!saving.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (saving.error);
  g_assert_cmpuint (import_fixture_count (self), ==, N_TRANSACTIONS);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/import/reading/" name, ImportFixture, NULL, import_fixture_set_up, func,           \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("the-order-of-qif-dates-can-be-chosen", test_the_order_of_qif_dates_can_be_chosen);
  ADD ("columns-need-not-be-found", test_columns_need_not_be_found);
  ADD ("no-text-has-no-preview", test_no_text_has_no_preview);
  ADD ("the-account-of-a-table-is-remembered", test_the_account_of_a_table_is_remembered);
  ADD ("a-file-has-an-account-of-its-own", test_a_file_has_an_account_of_its_own);
  ADD ("a-remembered-account-can-be-removed", test_a_remembered_account_can_be_removed);
  ADD ("another-bank-without-titles", test_another_bank_without_titles_is_not_read_alike);
  ADD ("saving-little-by-little", test_saving_little_by_little);
  ADD ("cancelled-while-saving", test_cancelled_while_saving);

  return g_test_run ();
}
