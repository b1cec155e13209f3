/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-reader.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-money.h"
#include "budget-own-csv.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * The table that this program writes, read back to the letter: no column is
 * guessed, no blank squeezed, no row taken for a total.
 */

static const char *const titles[BUDGET_N_OWN_CSV_COLUMNS] = {
  [BUDGET_OWN_CSV_DATE] = "Date",         [BUDGET_OWN_CSV_DESCRIPTION] = "Description",
  [BUDGET_OWN_CSV_CATEGORY] = "Category", [BUDGET_OWN_CSV_PERSON] = "Person",
  [BUDGET_OWN_CSV_SPENT] = "Spent",       [BUDGET_OWN_CSV_CURRENCY] = "Currency",
  [BUDGET_OWN_CSV_NOTE] = "Note",         [BUDGET_OWN_CSV_ACCOUNT] = "Account",
  [BUDGET_OWN_CSV_TAGS] = "Tags",
};

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

const char *
_budget_own_csv_get_title (BudgetOwnCsvColumn column)
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
  gsize kept = 0; /* what stood behind a backslash is the tag's own */

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

/*
 * Whether @bytes begin with the heading that is written above an export, now or
 * by an older version, and are all UTF-8 as it is.
 */
gboolean
_budget_own_csv_sniff (GBytes *bytes)
{
  g_autoptr (GBytes) text = skip_mark (bytes);
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  return (has_heading (data, size, BUDGET_N_OWN_CSV_COLUMNS) ||
          has_heading (data, size, BUDGET_N_OLD_OWN_CSV_COLUMNS)) &&
         g_utf8_validate_len (data, size, NULL);
}

static char *
dup_field (BudgetCsvReader *reader, BudgetOwnCsvColumn column)
{
  const char *text = "";

  if ((guint) column < budget_csv_reader_get_n_fields (reader))
    text = budget_csv_unguard (budget_csv_reader_get_field (reader, column));

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
take_date_and_amount (BudgetStatementRow *row, BudgetCsvReader *reader)
{
  g_autofree char *date = dup_field (reader, BUDGET_OWN_CSV_DATE);
  g_autofree char *spent = dup_field (reader, BUDGET_OWN_CSV_SPENT);
  g_autoptr (GError) error = NULL;

  if (date == NULL || !read_date (date, &row->date))
    /* Translators: %s is what stands where a date is expected. */
    row->reject_reason = g_strdup_printf (_("“%s” is not a date"), date != NULL ? date : "");
  else if (budget_money_parse_decimal (spent != NULL ? spent : "", row->digits, &row->amount,
                                       &error))
    row->amount = -row->amount;
  else
    row->reject_reason = g_strdup (error->message);
}

static BudgetStatementRow *
read_row (BudgetCsvReader *reader)
{
  BudgetStatementRow *row = budget_statement_row_new ();
  g_autofree char *tags = dup_field (reader, BUDGET_OWN_CSV_TAGS);

  row->line = budget_csv_reader_get_line (reader);
  row->currency = dup_field (reader, BUDGET_OWN_CSV_CURRENCY);
  row->digits = budget_currency_get_digits (row->currency);
  take_date_and_amount (row, reader);
  row->description = dup_field (reader, BUDGET_OWN_CSV_DESCRIPTION);
  row->category = dup_field (reader, BUDGET_OWN_CSV_CATEGORY);
  row->person = dup_field (reader, BUDGET_OWN_CSV_PERSON);
  row->note = dup_field (reader, BUDGET_OWN_CSV_NOTE);
  row->account = dup_field (reader, BUDGET_OWN_CSV_ACCOUNT);
  if (tags != NULL)
    row->tags = split_tags (tags);

  return row;
}

static gboolean
is_blank (BudgetCsvReader *reader)
{
  return budget_csv_reader_get_n_fields (reader) == 1 &&
         *budget_csv_reader_get_field (reader, 0) == '\0';
}

/*
 * Whether a statement is one of our own tables.
 */
gboolean
_budget_own_csv_wrote (BudgetStatement *statement)
{
  return g_strcmp0 (budget_statement_get_format (statement), BUDGET_OWN_CSV_FORMAT) == 0;
}

BudgetStatement *
_budget_own_csv_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetStatement) statement = budget_statement_new (BUDGET_OWN_CSV_FORMAT);
  g_autoptr (GBytes) text = skip_mark (bytes);
  g_autoptr (BudgetCsvReader) reader = budget_csv_reader_new_for_bytes (text, ',');
  g_autoptr (GError) cause = NULL;
  gboolean is_heading = TRUE;
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  /* A program of old may have saved it with a CR alone after each row. */
  budget_csv_reader_set_keeps_line_ends (reader, memchr (data, '\n', size) != NULL);
  while (budget_csv_reader_next (reader, cancellable, &cause))
    {
      if (!is_heading && !is_blank (reader))
        budget_statement_add_row (statement, read_row (reader));
      is_heading = FALSE;
    }

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  if (budget_statement_get_n_rows (statement) > 0)
    budget_statement_set_currency (statement, budget_statement_get_row (statement, 0)->currency);
  else
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                           _("The file has a heading but no bookings below it"));
      return NULL;
    }

  return g_steal_pointer (&statement);
}
