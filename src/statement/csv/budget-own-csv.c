/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-table.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-money.h"
#include "budget-own-csv.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * The table that this program writes, read back exactly: no column is
 * guessed, no blank is dropped, and no row is skipped as a total.
 */

static const char *const titles[BUDGET_N_OWN_CSV_COLUMNS] = {
  [BUDGET_OWN_CSV_DATE] = "Date",         [BUDGET_OWN_CSV_DESCRIPTION] = "Description",
  [BUDGET_OWN_CSV_CATEGORY] = "Category", [BUDGET_OWN_CSV_PERSON] = "Person",
  [BUDGET_OWN_CSV_SPENT] = "Spent",       [BUDGET_OWN_CSV_CURRENCY] = "Currency",
  [BUDGET_OWN_CSV_NOTE] = "Note",         [BUDGET_OWN_CSV_ACCOUNT] = "Account",
  [BUDGET_OWN_CSV_TAGS] = "Tags",
};

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/**
 * budget_own_csv_get_title:
 * @column: a column
 *
 * Returns: its title in the first line of the table, which is never translated
 */
const char *
budget_own_csv_get_title (BudgetOwnCsvColumn column)
{
  return titles[column];
}

static GBytes *
skip_mark (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize skipped = size >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

  return g_bytes_new_from_bytes (bytes, skipped, size - skipped);
}

/* Tags are separated by commas; a comma that belongs to a tag follows a backslash. */
static void
take_tag (GStrvBuilder *tags, GString *name, gsize kept)
{
  while (name->len > kept && name->str[name->len - 1] == ' ')
    g_string_truncate (name, name->len - 1);
  if (name->len > 0)
    g_strv_builder_add (tags, name->str);
  g_string_truncate (name, 0);
}

static char **
split_tags (const char *text)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  gsize kept = 0; /* characters that followed a backslash */

  for (; *text != '\0'; text++)
    if (*text == ',')
      {
        take_tag (tags, name, kept);
        kept = 0;
      }
    else if (*text == '\\' && text[1] != '\0')
      {
        g_string_append_c (name, *++text);
        kept = name->len;
      }
    else if (*text != ' ' || name->len > 0)
      g_string_append_c (name, *text);

  take_tag (tags, name, kept);
  return g_strv_builder_end (tags);
}

static gboolean
has_heading (const char *data, gsize size, guint n_columns)
{
  g_autoptr (GString) heading = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (heading, i > 0 ? ",%s" : "%s", titles[i]);

  return size > heading->len && memcmp (data, heading->str, heading->len) == 0 &&
         (data[heading->len] == '\r' || data[heading->len] == '\n');
}

/**
 * budget_own_csv_sniff:
 * @bytes: the contents of the file
 *
 * Returns: whether they are UTF-8 and begin with the heading of an export, of this or
 *   an older version
 */
gboolean
budget_own_csv_sniff (GBytes *bytes)
{
  g_autoptr (GBytes) text = skip_mark (bytes);
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  return (has_heading (data, size, BUDGET_N_OWN_CSV_COLUMNS) ||
          has_heading (data, size, BUDGET_N_OLD_OWN_CSV_COLUMNS)) &&
         g_utf8_validate_len (data, size, NULL);
}

static char *
dup_field (BudgetCsvTable *table, guint row, BudgetOwnCsvColumn column)
{
  const char *text = budget_csv_unguard (budget_csv_table_get_cell (table, row, column));

  return *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_date (const char *text, GDate *date)
{
  guint64 year, month, day;
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);

  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 9999, &year, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 12, &month, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 1, 31, &day, NULL) ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static void
take_date_and_amount (BudgetStatementRow *target, BudgetCsvTable *table, guint row)
{
  g_autofree char *date = dup_field (table, row, BUDGET_OWN_CSV_DATE);
  g_autofree char *spent = dup_field (table, row, BUDGET_OWN_CSV_SPENT);
  g_autoptr (GError) error = NULL;

  if (date == NULL || !read_date (date, &target->date))
    /* Translators: %s is the text in place of a date. */
    target->reject_reason = g_strdup_printf (_("“%s” is not a date"), date != NULL ? date : "");
  else if (budget_money_parse_decimal (spent != NULL ? spent : "", target->digits, &target->amount,
                                       &error))
    target->amount = -target->amount;
  else
    target->reject_reason = g_strdup (error->message);
}

static BudgetStatementRow *
read_row (BudgetCsvTable *table, guint row)
{
  BudgetStatementRow *target = budget_statement_row_new ();
  g_autofree char *tags = dup_field (table, row, BUDGET_OWN_CSV_TAGS);

  target->line = budget_csv_table_get_line (table, row);
  target->currency = dup_field (table, row, BUDGET_OWN_CSV_CURRENCY);
  target->digits = budget_currency_get_digits (target->currency);
  take_date_and_amount (target, table, row);
  target->description = dup_field (table, row, BUDGET_OWN_CSV_DESCRIPTION);
  target->category = dup_field (table, row, BUDGET_OWN_CSV_CATEGORY);
  target->person = dup_field (table, row, BUDGET_OWN_CSV_PERSON);
  target->note = dup_field (table, row, BUDGET_OWN_CSV_NOTE);
  target->account = dup_field (table, row, BUDGET_OWN_CSV_ACCOUNT);
  if (tags != NULL)
    target->tags = split_tags (tags);

  return target;
}

static gboolean
is_blank (BudgetCsvTable *table, guint row)
{
  return budget_csv_table_get_n_cells (table, row) == 1 &&
         *budget_csv_table_get_cell (table, row, 0) == '\0';
}

/**
 * budget_own_csv_wrote:
 * @statement: a statement
 *
 * Returns: whether this program wrote the file of @statement
 */
gboolean
budget_own_csv_wrote (BudgetStatement *statement)
{
  return g_strcmp0 (budget_statement_get_format (statement), BUDGET_OWN_CSV_FORMAT) == 0;
}

/**
 * budget_own_csv_read:
 * @bytes: the contents of the file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads the table that this program writes. A row that cannot be read becomes a
 * rejected row.
 *
 * Returns: (transfer full): the statement, or %NULL if it cannot be read
 */
BudgetStatement *
budget_own_csv_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetStatement) statement = budget_statement_new (BUDGET_OWN_CSV_FORMAT);
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);

  if (!budget_csv_table_parse_exactly (table, ',', cancellable, error))
    return NULL;

  for (guint i = 1; i < budget_csv_table_get_n_rows (table); i++)
    {
      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (!is_blank (table, i))
        budget_statement_add_row (statement, read_row (table, i));
    }

  if (budget_statement_get_n_rows (statement) > 0)
    budget_statement_set_currency (statement, budget_statement_get_row (statement, 0)->currency);
  else
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                           _("The file has a heading but no transactions below it"));
      return NULL;
    }

  return g_steal_pointer (&statement);
}
