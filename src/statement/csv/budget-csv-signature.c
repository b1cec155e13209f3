/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-number.h"

#include <string.h>

/*
 * The key under which a corrected layout is remembered.
 *
 * A bank's titles identify its files. A file without titles is identified by the
 * shape of its columns: what kind of cell each one holds, how dates and numbers
 * are written, which sign spending seems to have, and every value that never changes,
 * such as the number of the account. A file whose shape differs in any of these
 * is detected anew; it is better to ask again than to read another bank's amounts
 * with the wrong sign.
 *
 * Remembered keys are in the users' books: do not change what is hashed.
 */

#define MIN_ACCOUNT_LENGTH 8
#define MAX_ACCOUNT_LENGTH 40

static char *
finish (GString *text)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text->str, text->len);
}

/* A column without a title has the English word for it, whatever the language of the program. */
static char *
hash_titles (BudgetCsvFinder *finder)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_c (text, finder->layout->delimiter);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      const char *cell =
        budget_csv_table_get_cell (finder->columns.table, finder->columns.first_row - 1, i);

      if (*cell != '\0')
        g_string_append (text, cell);
      else
        g_string_append_printf (text, "Column %u", i + 1);

      g_string_append_c (text, '\0');
    }

  return finish (text);
}

/* Returns: (nullable): what every transaction has in @column, if that is the same everywhere */
static const char *
find_constant (BudgetCsvFinder *finder, guint column)
{
  const char *value = NULL;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    {
      const char *cell = budget_csv_table_get_cell (finder->columns.table, i, column);

      if (!_budget_csv_table_is_transaction (finder->columns.table, i))
        continue;

      if (*cell == '\0' || (value != NULL && strcmp (cell, value) != 0))
        return NULL;

      value = cell;
    }

  return value;
}

static void
append_date_form (GString *text, BudgetCsvFinder *finder, guint column)
{
  BudgetDateText date;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    if (_budget_csv_table_is_transaction (finder->columns.table, i) &&
        budget_date_text_scan (budget_csv_table_get_cell (finder->columns.table, i, column), &date))
      {
        gboolean has_long_year = FALSE;

        for (guint j = 0; j < G_N_ELEMENTS (date.lengths); j++)
          has_long_year |= date.lengths[j] == 4;

        g_string_append_printf (text, "date %s %s%s", has_long_year ? "yyyy" : "yy",
                                date.month_at >= 0 ? "name" : "number",
                                date.lengths[0] == 4 ? " year-first" : "");
        if (date.mark != '\0')
          g_string_append_printf (text, " %c", date.mark);
        return;
      }
}

static gboolean
is_money (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_AMOUNT || role == BUDGET_CSV_ROLE_DEBIT ||
         role == BUDGET_CSV_ROLE_CREDIT;
}

/*
 * The sign that the bank gives to spending, as far as the amounts show it:
 * households spend more often than they earn, and smaller amounts.
 *
 * Returns: -1, 1, or 0 if both signs are as likely
 */
static int
guess_spending_sign (BudgetCsvFinder *finder, guint column)
{
  gint64 positive = 0, negative = 0;
  int n_more_positive = 0;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    {
      gint64 value;

      if (!_budget_csv_table_is_transaction (finder->columns.table, i) ||
          !budget_number_read_thousandths (
            budget_csv_table_get_cell (finder->columns.table, i, column), finder->decimal,
            &value) ||
          ABS (value) >= G_MAXINT64 / 4096)
        continue;

      n_more_positive += (value > 0) - (value < 0);
      if (value > 0)
        positive = MIN (positive, G_MAXINT64 / 2) + value;
      else
        negative = MIN (negative, G_MAXINT64 / 2) - value;
    }

  if (n_more_positive != 0)
    return n_more_positive > 0 ? 1 : -1;

  return (positive < negative) - (positive > negative);
}

static void
append_number_form (GString *text, BudgetCsvFinder *finder, guint column)
{
  const BudgetCsvColumn *counts = &finder->columns.counts[column];
  BudgetCsvRole role = budget_csv_layout_get_role (finder->layout, column);

  g_string_append_printf (text, "number %s", counts->n_decimals > 0 ? "decimals" : "whole");

  if (counts->currency != NULL)
    g_string_append_printf (text, " %s", counts->currency);

  if (is_money (role))
    g_string_append_printf (text, " spending %d", guess_spending_sign (finder, column));

  if (is_money (role) || role == BUDGET_CSV_ROLE_BALANCE)
    g_string_append_printf (text, " %s", budget_csv_role_get_name (role));
}

/* In a file of one row every value is the same everywhere; only an account's number counts then. */
static void
append_column (GString *text, BudgetCsvFinder *finder, guint i)
{
  const BudgetCsvColumn *counts = &finder->columns.counts[i];
  BudgetCsvRole role = budget_csv_layout_get_role (finder->layout, i);
  const char *constant = find_constant (finder, i);
  gboolean is_dates = role == BUDGET_CSV_ROLE_DATE || role == BUDGET_CSV_ROLE_VALUE_DATE ||
                      (_budget_csv_column_is_date (counts) && counts->n_compact < counts->n_dates);

  if (_budget_csv_column_is_empty (counts))
    g_string_append (text, "empty");
  else if (is_dates)
    append_date_form (text, finder, i);
  else if (constant != NULL && !is_money (role) && role != BUDGET_CSV_ROLE_BALANCE &&
           counts->n_accounts * 2 > counts->n_filled)
    g_string_append_printf (text, "account %s", constant);
  else if (_budget_csv_column_is_numeric (counts))
    append_number_form (text, finder, i);
  else if (_budget_csv_column_is_direction (counts))
    g_string_append (text, "direction");
  else if (constant != NULL && finder->columns.n_transactions > 1)
    g_string_append_printf (text, "constant %s", constant);
  else
    g_string_append (text, "text");

  g_string_append_c (text, '\n');
}

/* Whether a cell above the table is nothing but an IBAN or the digits of an account's number. */
static gboolean
is_account_number (const char *cell)
{
  gsize length = strlen (cell);
  gsize n_digits = 0;

  for (gsize i = 0; i < length; i++)
    n_digits += g_ascii_isdigit (cell[i]);

  if (length > MAX_ACCOUNT_LENGTH || n_digits < MIN_ACCOUNT_LENGTH ||
      _budget_csv_cell_is_date (cell))
    return FALSE;

  return n_digits == length ||
         (g_ascii_isupper (cell[0]) && g_ascii_isupper (cell[1]) && g_ascii_isdigit (cell[2]) &&
          strspn (cell, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == length);
}

static void
append_preamble (GString *text, BudgetCsvFinder *finder)
{
  for (guint i = 0; i < budget_csv_table_get_n_rows (finder->columns.table) &&
                    !_budget_csv_table_is_transaction (finder->columns.table, i);
       i++)
    for (guint j = 0; j < budget_csv_table_get_n_columns (finder->columns.table); j++)
      {
        const char *cell = budget_csv_table_get_cell (finder->columns.table, i, j);

        if (is_account_number (cell))
          g_string_append_printf (text, "account %s\n", cell);
      }
}

static char *
hash_shape (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  int amount = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_AMOUNT);
  g_autoptr (GString) text = g_string_new ("no titles\n");

  /* Nothing tells this file from one of the opposite sign. */
  if (amount >= 0 && guess_spending_sign (finder, (guint) amount) == 0)
    return NULL;

  g_string_append_printf (text, "%c %c %s %s\n", layout->delimiter, layout->decimal,
                          budget_text_encoding_get_name (layout->encoding),
                          budget_date_order_get_name (layout->date_order));
  append_preamble (text, finder);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    append_column (text, finder, i);

  return finish (text);
}

/*
 * _budget_csv_signature_new:
 * @finder: a file whose columns have been found
 *
 * Returns: (transfer full) (nullable): a key that the files of one bank share,
 *   or %NULL if the file does not show enough of itself
 */
char *
_budget_csv_signature_new (BudgetCsvFinder *finder)
{
  return finder->columns.first_row > 0 ? hash_titles (finder) : hash_shape (finder);
}
