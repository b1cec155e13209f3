/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-error.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* From a layout and a file to a statement: every row is taken, refused with a reason, or told. */

#define MAX_LINES_TOLD 8
#define LINES_SHOWN 20

typedef struct
{
  GString *lines;
  guint n_lines;
} LineList;

typedef struct
{
  BudgetCsvRowReader row_reader;
  BudgetStatement *statement;
  LineList totals;
  LineList strangers; /* neither a date nor an amount */
  LineList headings;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_object (&self->statement);
  g_string_free (self->totals.lines, TRUE);
  g_string_free (self->strangers.lines, TRUE);
  g_string_free (self->headings.lines, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
add_line (LineList *list, guint line)
{
  if (list->n_lines++ < MAX_LINES_TOLD)
    g_string_append_printf (list->lines, list->n_lines == 1 ? "%u" : ", %u", line);
  else if (list->n_lines == MAX_LINES_TOLD + 1)
    g_string_append (list->lines, ", …");
}

static void
tell (Reading *self, const LineList *list, const char *format)
{
  g_autoptr (GString) note = NULL;

  if (list->n_lines == 0)
    return;

  note = g_string_new (format);
  g_string_replace (note, "%s", list->lines->str, 1);
  budget_statement_add_note (self->statement, note->str);
}

static gboolean
is_heading (BudgetCsvRowReader *reader, guint row)
{
  BudgetCsvTable *table = reader->table;
  guint n_cells = budget_csv_table_get_n_cells (table, row);

  if (reader->first_row == 0 || n_cells < 2)
    return FALSE;

  for (guint i = 0; i < n_cells; i++)
    if (strcmp (budget_csv_table_get_cell (table, row, i),
                budget_csv_table_get_cell (table, reader->first_row - 1, i)) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
has_total (BudgetCsvRowReader *reader, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (reader->table, row);

  for (guint i = 0; i < n_cells; i++)
    if (budget_csv_words_is_total (budget_csv_table_get_cell (reader->table, row, i)))
      return TRUE;

  return FALSE;
}

static gboolean
has_balance_words (BudgetCsvRowReader *reader, guint row)
{
  for (guint i = 0; i < reader->layout->roles->len; i++)
    {
      BudgetCsvRole role = g_array_index (reader->layout->roles, BudgetCsvRole, i);

      if ((role == BUDGET_CSV_ROLE_DESCRIPTION || role == BUDGET_CSV_ROLE_PAYEE) &&
          budget_csv_words_is_balance (budget_csv_table_get_cell (reader->table, row, i)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_date (BudgetCsvRowReader *reader, guint row, int column, GDate *date)
{
  BudgetDateText scanned;
  const char *cell = _budget_csv_row_reader_get (reader, row, column);

  return *cell != '\0' && budget_date_text_scan (cell, &scanned) &&
         budget_date_text_read (&scanned, reader->layout->date_order, date);
}

/* Takes @reason unless there is one already. */
static void
reject (BudgetStatementRow *row, char *reason)
{
  if (row->reject_reason == NULL)
    row->reject_reason = reason;
  else
    g_free (reason);
}

/* What is not booked is not spent yet; with a balance beside it, it is. */
static void
check_status (BudgetCsvRowReader *reader, guint row, BudgetStatementRow *target)
{
  const char *cell = _budget_csv_row_reader_get (reader, row, reader->places.status);
  BudgetCsvStatus status = budget_csv_words_get_status (cell);

  if (status == BUDGET_CSV_STATUS_CANCELLED)
    /* Translators: %s is the bank's word for it. */
    reject (target, g_strdup_printf (_ ("It never came about (“%s”)"), cell));

  if (status == BUDGET_CSV_STATUS_PENDING && !target->has_balance)
    /* Translators: %s is the bank's word for it. */
    reject (target, g_strdup_printf (_ ("It is not booked yet (“%s”)"), cell));
}

static void
take_balance (BudgetCsvRowReader *reader, guint row, BudgetStatementRow *target)
{
  const char *cell = _budget_csv_row_reader_get (reader, row, reader->places.balance);
  gint64 thousandths;

  if (!budget_number_read_thousandths (cell, reader->layout->decimal, &thousandths))
    return;

  target->balance = thousandths;

  for (guint i = target->digits; i < 3; i++)
    target->balance /= 10;

  target->has_balance = TRUE;
}

/* Says what a row without a date or without an amount is. Returns: %TRUE if that is no booking */
static gboolean
pass_over (Reading *self, guint row, gboolean has_date, BudgetCsvAmount amount, guint line)
{
  BudgetCsvRowReader *reader = &self->row_reader;

  if (is_heading (reader, row))
    add_line (&self->headings, line);
  else if ((has_date || amount == BUDGET_CSV_AMOUNT_GOOD) && has_total (reader, row))
    add_line (&self->totals, line);
  else if (!has_date && amount != BUDGET_CSV_AMOUNT_GOOD)
    add_line (&self->strangers, line);
  else
    return FALSE;

  return TRUE;
}

static void
reject_incomplete (BudgetCsvRowReader *reader,
                   guint row,
                   gboolean has_date,
                   BudgetStatementRow *target)
{
  const char *cell = _budget_csv_row_reader_get (reader, row, reader->places.date);

  if (has_date)
    reject (target, g_strdup (_ ("The amount is missing")));
  else if (*cell == '\0')
    reject (target, g_strdup (_ ("The date is missing")));
  else
    /* Translators: %s is what stands where a date is expected. */
    reject (target, g_strdup_printf (_ ("“%s” is not a date"), cell));
}

static void
read_row (Reading *self, guint row)
{
  BudgetCsvRowReader *reader = &self->row_reader;
  g_autoptr (BudgetStatementRow) target = budget_statement_row_new ();
  BudgetCsvAmount amount;
  gboolean has_date;

  target->line = budget_csv_table_get_line (reader->table, row);
  has_date = read_date (reader, row, reader->places.date, &target->date);
  _budget_csv_row_reader_take_currency (reader, row, target);
  amount = _budget_csv_row_reader_take_amount (reader, row, target);

  if (!has_date || amount != BUDGET_CSV_AMOUNT_GOOD)
    {
      if (pass_over (self, row, has_date, amount, target->line))
        return;

      reject_incomplete (reader, row, has_date, target);
    }
  else if (has_balance_words (reader, row))
    {
      add_line (&self->totals, target->line);
      return;
    }

  read_date (reader, row, reader->places.value_date, &target->value_date);
  take_balance (reader, row, target);
  check_status (reader, row, target);
  _budget_csv_row_reader_take_texts (reader, row, target);
  target->fields = budget_csv_table_get_cells (reader->table, row);
  budget_statement_add_row (self->statement, g_steal_pointer (&target));
}

/* The file's currency is the one that all of its rows have. */
static void
find_currency (BudgetStatement *statement)
{
  const char *currency = NULL;

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      if (row->reject_reason != NULL || row->currency == NULL)
        continue;

      if (currency != NULL && strcmp (currency, row->currency) != 0)
        return;

      currency = row->currency;
    }

  budget_statement_set_currency (statement, currency);
}

static void
tell_all (Reading *self)
{
  BudgetCsvLayout *layout = self->row_reader.layout;

  /* Translators: %s is a list of line numbers. */
  tell (self, &self->headings, _ ("The heading is repeated and was passed over (line %s)"));
  /* Translators: %s is a list of line numbers. */
  tell (self, &self->totals, _ ("Totals and balances were passed over (line %s)"));
  /* Translators: %s is a list of line numbers. */
  tell (self, &self->strangers,
        _ ("What has neither a date nor an amount was passed over (line %s)"));

  for (guint i = 0; i + 1 < layout->ambiguities->len; i++)
    budget_statement_add_note (self->statement, g_ptr_array_index (layout->ambiguities, i));
}

static gboolean
read_rows (Reading *self, GCancellable *cancellable, GError **error)
{
  guint first = self->row_reader.first_row;

  for (guint i = first; i < budget_csv_table_get_n_rows (self->row_reader.table); i++)
    {
      if ((i - first) % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      read_row (self, i);
    }

  if (budget_statement_get_n_rows (self->statement) > 0)
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                       _ ("The file has no bookings"));

  return FALSE;
}

/**
 * budget_csv_layout_read:
 * @self: a layout
 * @table: a file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads a file as the layout says. A row that cannot be read is in the
 * statement too, with its reason; nothing is left out silently.
 *
 * Returns: (transfer full): the statement, or %NULL with @error set
 */
BudgetStatement *
budget_csv_layout_read (BudgetCsvLayout *self,
                        BudgetCsvTable *table,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (Reading) reading = { 0 };
  g_autoptr (BudgetCsvTable) kept = NULL;
  BudgetCsvFinder finder = { .layout = self };

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  reading.statement = budget_statement_new ("CSV");
  reading.totals.lines = g_string_new (NULL);
  reading.strangers.lines = g_string_new (NULL);
  reading.headings.lines = g_string_new (NULL);

  if (!budget_csv_table_parse (table, self->encoding, self->delimiter, cancellable, error))
    return NULL;

  _budget_csv_row_reader_init (&reading.row_reader, self, table);

  /* The user may have chosen another column of dates since. */
  if (reading.row_reader.places.date >= 0)
    {
      finder.table = table;
      finder.first_row = reading.row_reader.first_row;
      _budget_csv_columns_find_date_order (&finder, (guint) reading.row_reader.places.date, FALSE);
    }

  if (!read_rows (&reading, cancellable, error))
    return NULL;

  find_currency (reading.statement);
  tell_all (&reading);
  kept = budget_csv_table_dup (table);
  budget_statement_set_table (reading.statement, G_OBJECT (kept), G_OBJECT (self));

  return g_steal_pointer (&reading.statement);
}

/**
 * budget_csv_layout_show_lines:
 * @self: a layout
 * @table: a file
 *
 * The first lines as they stand, divided into columns, for somebody to say what
 * these are.
 *
 * Returns: (transfer full) (nullable): a statement of rows that are nothing but
 *   their fields, all of them rejected
 */
BudgetStatement *
budget_csv_layout_show_lines (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  g_autoptr (BudgetCsvTable) sample = NULL;
  BudgetStatement *statement;

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  sample = budget_csv_table_new_sample (table, self->encoding, self->delimiter, LINES_SHOWN);
  if (budget_csv_table_get_n_rows (sample) == 0)
    return NULL;

  statement = budget_statement_new ("CSV");
  for (guint i = 0; i < budget_csv_table_get_n_rows (sample); i++)
    {
      BudgetStatementRow *row = budget_statement_row_new ();

      row->line = budget_csv_table_get_line (sample, i);
      row->reject_reason = g_strdup (_ ("The file is not a table of bookings"));
      row->fields = budget_csv_table_get_cells (sample, i);
      budget_statement_add_row (statement, row);
    }

  budget_statement_set_table (statement, G_OBJECT (sample), G_OBJECT (self));

  return statement;
}

/**
 * budget_csv_layout_get_for_statement:
 * @statement: a statement
 *
 * Returns: (transfer none) (nullable): how its table was read, or %NULL if it
 *   is not from a bank's table
 */
BudgetCsvLayout *
budget_csv_layout_get_for_statement (BudgetStatement *statement)
{
  GObject *layout;

  g_return_val_if_fail (BUDGET_IS_STATEMENT (statement), NULL);

  layout = budget_statement_get_layout (statement);

  return layout != NULL ? BUDGET_CSV_LAYOUT (layout) : NULL;
}
