/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-exporter.h"
#include "budget-csv-writer.h"
#include "budget-error.h"
#include "budget-own-csv.h"

#include <glib/gi18n.h>

/*
 * Expenses as a table that a spreadsheet opens, and that this program reads
 * back to the letter: the titles stay the same in every language.
 */

static gboolean
write_heading (BudgetCsvWriter *writer, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < BUDGET_N_OWN_CSV_COLUMNS; i++)
    budget_csv_writer_add_text (writer, _budget_own_csv_get_title ((BudgetOwnCsvColumn) i));

  return budget_csv_writer_end_row (writer, cancellable, error);
}

/* The cells are in the order of BudgetOwnCsvColumn. */
static gboolean
write_expense (BudgetCsvWriter *writer,
               BudgetBook *book,
               BudgetExpense *expense,
               GCancellable *cancellable,
               GError **error)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  BudgetUser *user = budget_expense_get_user (expense);
  BudgetAccount *account = budget_expense_get_account (expense);

  if (category == NULL || user == NULL || budget_expense_get_date (expense) == NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_DAMAGED_BOOK,
                           _("The book has an expense without a date, person or category"));
      return FALSE;
    }

  budget_csv_writer_add_date (writer, budget_expense_get_date (expense));
  budget_csv_writer_add_text (writer, budget_expense_get_description (expense));
  budget_csv_writer_add_text (writer, budget_category_get_name (category));
  budget_csv_writer_add_text (writer, budget_user_get_email (user));
  budget_csv_writer_add_amount (writer, budget_expense_get_amount (expense),
                                budget_book_get_digits (book));
  budget_csv_writer_add_text (writer, budget_book_get_currency (book));
  budget_csv_writer_add_text (writer, budget_expense_get_note (expense));
  budget_csv_writer_add_text (writer, account != NULL ? budget_account_get_name (account) : NULL);

  return budget_csv_writer_end_row (writer, cancellable, error);
}

/**
 * budget_csv_exporter_write:
 * @stream: where the table goes; it is closed
 * @book: a book
 * @expenses: some of its expenses
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Writes expenses as a table.
 *
 * Returns: %FALSE if that failed; the table is then not whole
 */
gboolean
budget_csv_exporter_write (GOutputStream *stream,
                           BudgetBook *book,
                           GListModel *expenses,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (BudgetCsvWriter) writer = NULL;
  guint n_items;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (G_IS_LIST_MODEL (expenses), FALSE);

  writer = budget_csv_writer_new (stream);
  if (!write_heading (writer, cancellable, error))
    return FALSE;

  n_items = g_list_model_get_n_items (expenses);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      /* Somebody else may have deleted it in the meantime. */
      if (expense != NULL && !write_expense (writer, book, expense, cancellable, error))
        return FALSE;
    }

  return budget_csv_writer_close (writer, cancellable, error);
}
