/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-money.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* Reads a table by its layout. Every row is read, rejected with a reason, or mentioned in a note.
 */

#define MAX_LINES_NOTED 8
#define LINES_SHOWN 20

/* Rows on their way from the table to the statement. */
typedef struct
{
  BudgetCsvLayout *layout;
  BudgetCsvTable *table;
  BudgetCsvPlaces places;
  guint first_row;
  gboolean debit_is_signed;
  gboolean credit_is_turned;
  gboolean use_direction;
  BudgetCsvDirection direction_a; /* what "A" means in this file */
} BudgetCsvRowReader;

typedef enum
{
  BUDGET_CSV_AMOUNT_NONE,
  BUDGET_CSV_AMOUNT_BAD,
  BUDGET_CSV_AMOUNT_GOOD
} BudgetCsvAmount;

static const char *
get_cell (BudgetCsvRowReader *self, guint row, int column)
{
  return column >= 0 ? budget_csv_table_get_cell (self->table, row, (guint) column) : "";
}

static gboolean
is_mostly_negative (BudgetCsvRowReader *self, int column)
{
  guint n_positive = 0, n_negative = 0;

  for (guint i = self->first_row; i < budget_csv_table_get_n_rows (self->table); i++)
    {
      gint64 value;

      if (budget_number_read_thousandths (get_cell (self, i, column), self->layout->decimal,
                                          &value))
        {
          n_positive += value > 0;
          n_negative += value < 0;
        }
    }

  return n_negative > n_positive;
}

/*
 * Debits that have a minus already must not be inverted. In "Spent", the title
 * that this program writes, a minus is a refund.
 */
static gboolean
is_debit_signed (BudgetCsvRowReader *self)
{
  const char *title = budget_csv_layout_get_title (self->layout, (guint) self->places.debit);

  return g_ascii_strcasecmp (title, "Spent") != 0 && is_mostly_negative (self, self->places.debit);
}

/* "A" means money spent beside "B", as in Dutch, and money received otherwise, as in Italian. */
static void
find_directions (BudgetCsvRowReader *self)
{
  guint n_signed_out = 0, n_plain_out = 0;
  gboolean has_b = FALSE;

  for (guint i = self->first_row; i < budget_csv_table_get_n_rows (self->table); i++)
    {
      BudgetCsvDirection direction =
        budget_csv_words_get_direction (get_cell (self, i, self->places.direction));
      gint64 value;

      has_b |= direction == BUDGET_CSV_DIRECTION_B;

      if (direction == BUDGET_CSV_DIRECTION_OUT &&
          budget_number_read_thousandths (get_cell (self, i, self->places.amount),
                                          self->layout->decimal, &value))
        {
          n_signed_out += value < 0;
          n_plain_out += value > 0;
        }
    }

  self->direction_a = has_b ? BUDGET_CSV_DIRECTION_OUT : BUDGET_CSV_DIRECTION_IN;
  self->use_direction = n_signed_out <= n_plain_out;
}

static void
row_reader_init (BudgetCsvRowReader *self, BudgetCsvLayout *layout, BudgetCsvTable *table)
{
  memset (self, 0, sizeof *self);
  self->layout = layout;
  self->table = table;
  self->first_row = _budget_csv_find_first_row (layout, table);
  _budget_csv_layout_get_places (layout, &self->places);

  if (self->places.debit >= 0)
    self->debit_is_signed = is_debit_signed (self);

  /* Some card companies give credits a minus, because they reduce the debt. */
  if (self->places.credit >= 0)
    self->credit_is_turned = is_mostly_negative (self, self->places.credit);

  if (self->places.direction >= 0 && self->places.amount >= 0)
    find_directions (self);
}

/* The user's decimal mark comes before the one that the number shows. */
static gboolean
read_number (BudgetCsvRowReader *self,
             const char *cell,
             BudgetNumber *number,
             gint64 *mantissa,
             guint *n_decimals)
{
  char decimal = self->layout->decimal;
  char guess;

  if (!budget_number_scan (cell, number))
    return FALSE;

  guess = budget_number_guess_decimal (number);

  if (self->layout->fixed & BUDGET_CSV_FIXED_DECIMAL &&
      budget_number_read (number, decimal, mantissa, n_decimals))
    return TRUE;

  return budget_number_read (number, guess != '\0' ? guess : decimal, mantissa, n_decimals);
}

/* Takes one cell in minor units; an empty one is BUDGET_CSV_AMOUNT_NONE. */
static BudgetCsvAmount
read_cell (
  BudgetCsvRowReader *self, guint row, int column, BudgetStatementRow *target, gint64 *minor)
{
  const char *cell = get_cell (self, row, column);
  BudgetNumber number;
  gint64 mantissa;
  guint n_decimals;
  BudgetNumberFit fit;

  *minor = 0;

  if (*cell == '\0')
    return BUDGET_CSV_AMOUNT_NONE;

  if (!read_number (self, cell, &number, &mantissa, &n_decimals))
    {
      g_free (target->reject_reason);
      /* Translators: %s is the text in place of an amount. */
      target->reject_reason = g_strdup_printf (_ ("“%s” is not an amount"), cell);
      return BUDGET_CSV_AMOUNT_BAD;
    }

  fit = budget_number_scale (mantissa, n_decimals, target->digits, minor);
  if (fit == BUDGET_NUMBER_FITS && budget_money_check (*minor, NULL))
    return BUDGET_CSV_AMOUNT_GOOD;

  g_free (target->reject_reason);

  /* Translators: %s is an amount of money. */
  target->reject_reason = g_strdup_printf (fit == BUDGET_NUMBER_TOO_PRECISE
                                           ? _ ("“%s” has more decimals than the currency")
                                           : _ ("“%s” is too large"), cell);
  *minor = 0;

  return BUDGET_CSV_AMOUNT_GOOD;
}

/* The sum of two amounts may be too large even if neither is. */
static void
check_sum (BudgetCsvRowReader *self, guint row, int column, BudgetStatementRow *target)
{
  if (budget_money_check (target->amount, NULL))
    return;

  if (target->reject_reason == NULL)
    /* Translators: %s is an amount of money. */
    target->reject_reason = g_strdup_printf (_ ("“%s” is too large"), get_cell (self, row, column));
  target->amount = 0;
}

static BudgetCsvAmount
take_pair (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
{
  gint64 debit, credit;
  BudgetCsvAmount has_debit = read_cell (self, row, self->places.debit, target, &debit);
  BudgetCsvAmount has_credit = read_cell (self, row, self->places.credit, target, &credit);

  target->amount =
    (self->credit_is_turned ? -credit : credit) + (self->debit_is_signed ? debit : -debit);

  check_sum (self, row, self->places.debit, target);

  if (self->layout->inverted)
    target->amount = -target->amount;

  if (has_debit == BUDGET_CSV_AMOUNT_BAD || has_credit == BUDGET_CSV_AMOUNT_BAD)
    return BUDGET_CSV_AMOUNT_BAD;

  return MAX (has_debit, has_credit);
}

static void
apply_direction (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
{
  const char *cell = get_cell (self, row, self->places.direction);
  BudgetCsvDirection direction = budget_csv_words_get_direction (cell);

  if (direction == BUDGET_CSV_DIRECTION_A)
    direction = self->direction_a;

  if (direction == BUDGET_CSV_DIRECTION_B)
    direction = BUDGET_CSV_DIRECTION_IN;

  if (direction == BUDGET_CSV_DIRECTION_OUT)
    target->amount = -target->amount;

  if (direction == BUDGET_CSV_DIRECTION_NONE && target->reject_reason == NULL)
    /* Translators: %s is a word from a bank's file, such as "credit". */
    target->reject_reason =
      g_strdup_printf (_ ("“%s” does not say whether the money was received or spent"), cell);
}

/* Reads the row's amount with the bank's sign, or rejects the row. */
static BudgetCsvAmount
take_amount (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
{
  BudgetCsvAmount result;
  gint64 fee;

  if (self->places.amount < 0)
    return take_pair (self, row, target);

  result = read_cell (self, row, self->places.amount, target, &target->amount);

  if (result != BUDGET_CSV_AMOUNT_GOOD)
    return result;

  if (self->layout->inverted)
    target->amount = -target->amount;

  if (self->use_direction)
    apply_direction (self, row, target);

  if (self->layout->has_fee &&
      read_cell (self, row, self->places.fee, target, &fee) == BUDGET_CSV_AMOUNT_GOOD)
    {
      target->amount -= ABS (fee);
      check_sum (self, row, self->places.amount, target);
    }

  return result;
}

/* The currency comes before the amount, because it decides how many decimals that has. */
static void
take_currency (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
{
  const char *cell = get_cell (self, row, self->places.currency);
  const char *currency = *cell != '\0' ? budget_currency_find (cell) : NULL;
  BudgetNumber number;

  if (currency == NULL && self->places.amount >= 0)
    {
      cell = get_cell (self, row, self->places.amount);

      if (*cell != '\0' && budget_number_scan (cell, &number))
        currency = number.currency;
    }

  if (currency == NULL)
    currency = self->layout->currency;

  target->currency = g_strdup (currency);
  target->digits = budget_currency_get_digits (currency);
}

/* Collapses blanks, because banks pad columns and break lines. */
static void
append_squeezed (GString *string, const char *text)
{
  gboolean gap = string->len > 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          gap = string->len > 0;
          continue;
        }

      if (gap)
        g_string_append_c (string, ' ');

      gap = FALSE;
      g_string_append_unichar (string, c);
    }
}

/* Joins the columns of one role, without repeated texts. */
static char *
dup_joined (BudgetCsvRowReader *self, guint row, BudgetCsvRole role, const char *without)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < self->layout->roles->len; i++)
    {
      const char *cell;
      g_autoptr (GString) part = NULL;

      if (g_array_index (self->layout->roles, BudgetCsvRole, i) != role)
        continue;

      cell = budget_csv_table_get_cell (self->table, row, i);

      if (*cell == '\0')
        continue;

      part = g_string_new (NULL);
      append_squeezed (part, cell);

      if (part->len > 0 && g_strcmp0 (part->str, without) != 0 &&
          strstr (joined->str, part->str) == NULL)
        append_squeezed (joined, part->str);
    }

  return joined->len > 0 ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}

static char *
dup_first (BudgetCsvRowReader *self, guint row, BudgetCsvRole role)
{
  for (guint i = 0; i < self->layout->roles->len; i++)
    {
      const char *cell = budget_csv_table_get_cell (self->table, row, i);

      if (g_array_index (self->layout->roles, BudgetCsvRole, i) == role && *cell != '\0')
        {
          g_autoptr (GString) text = g_string_new (NULL);

          append_squeezed (text, cell);
          return g_string_free (g_steal_pointer (&text), FALSE);
        }
    }

  return NULL;
}

/* Takes a note from two texts, either of which may be missing. */
static char *
join_notes (char *first, char *second)
{
  g_autofree char *a = first;
  g_autofree char *b = second;

  if (a == NULL || b == NULL)
    return a != NULL ? g_steal_pointer (&a) : g_steal_pointer (&b);

  return g_strconcat (a, "; ", b, NULL);
}

/* The payee is the best description; the bank's text is then the note. */
static void
take_texts (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
{
  g_autofree char *payee = dup_first (self, row, BUDGET_CSV_ROLE_PAYEE);
  char *purpose = dup_joined (self, row, BUDGET_CSV_ROLE_DESCRIPTION, payee);
  char *note;

  target->category = dup_first (self, row, BUDGET_CSV_ROLE_CATEGORY);
  target->person = dup_first (self, row, BUDGET_CSV_ROLE_PERSON);
  target->account = dup_first (self, row, BUDGET_CSV_ROLE_ACCOUNT);
  target->counterpart = dup_first (self, row, BUDGET_CSV_ROLE_COUNTERPART);
  target->bank_id = dup_first (self, row, BUDGET_CSV_ROLE_BANK_ID);

  if (payee != NULL)
    {
      target->description = g_steal_pointer (&payee);
      note = dup_joined (self, row, BUDGET_CSV_ROLE_NOTE, target->description);
      target->note = join_notes (purpose, note);
      return;
    }

  note = dup_joined (self, row, BUDGET_CSV_ROLE_NOTE, purpose);

  if (purpose == NULL)
    purpose = g_steal_pointer (&note);

  if (purpose == NULL)
    purpose = g_strdup (target->counterpart != NULL ? target->counterpart : target->category);

  target->description = purpose != NULL ? purpose : g_strdup (_ ("No description"));
  target->note = note;
}

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
  LineList skipped; /* neither a date nor an amount */
  LineList headings;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_object (&self->statement);
  g_string_free (self->totals.lines, TRUE);
  g_string_free (self->skipped.lines, TRUE);
  g_string_free (self->headings.lines, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
add_line (LineList *list, guint line)
{
  if (list->n_lines++ < MAX_LINES_NOTED)
    g_string_append_printf (list->lines, list->n_lines == 1 ? "%u" : ", %u", line);
  else if (list->n_lines == MAX_LINES_NOTED + 1)
    g_string_append (list->lines, ", …");
}

static void
add_note (Reading *self, const LineList *list, const char *format)
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
  const char *cell = get_cell (reader, row, column);

  return *cell != '\0' && budget_date_text_scan (cell, &scanned) &&
         budget_date_text_read (&scanned, reader->layout->date_order, date);
}

/* Takes @reason, unless the row has one already. */
static void
reject (BudgetStatementRow *row, char *reason)
{
  if (row->reject_reason == NULL)
    row->reject_reason = reason;
  else
    g_free (reason);
}

/* A pending transaction is not spent yet, unless the balance includes it. */
static void
check_status (BudgetCsvRowReader *reader, guint row, BudgetStatementRow *target)
{
  const char *cell = get_cell (reader, row, reader->places.status);
  BudgetCsvStatus status = budget_csv_words_get_status (cell);

  if (status == BUDGET_CSV_STATUS_CANCELLED)
    /* Translators: %s is the bank's word for it. */
    reject (target, g_strdup_printf (_ ("Cancelled by the bank (“%s”)"), cell));

  if (status == BUDGET_CSV_STATUS_PENDING && !target->has_balance)
    /* Translators: %s is the bank's word for it. */
    reject (target, g_strdup_printf (_ ("Still pending (“%s”)"), cell));
}

static void
take_balance (BudgetCsvRowReader *reader, guint row, BudgetStatementRow *target)
{
  const char *cell = get_cell (reader, row, reader->places.balance);
  gint64 thousandths;

  if (!budget_number_read_thousandths (cell, reader->layout->decimal, &thousandths))
    return;

  target->balance = thousandths;

  for (guint i = target->digits; i < 3; i++)
    target->balance /= 10;

  target->has_balance = TRUE;
}

/* Returns: %TRUE if a row without a date or an amount is not a transaction, which a note says */
static gboolean
skip_row (Reading *self, guint row, gboolean has_date, BudgetCsvAmount amount, guint line)
{
  BudgetCsvRowReader *reader = &self->row_reader;

  if (is_heading (reader, row))
    add_line (&self->headings, line);
  else if ((has_date || amount == BUDGET_CSV_AMOUNT_GOOD) && has_total (reader, row))
    add_line (&self->totals, line);
  else if (!has_date && amount != BUDGET_CSV_AMOUNT_GOOD)
    add_line (&self->skipped, line);
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
  const char *cell = get_cell (reader, row, reader->places.date);

  if (has_date)
    reject (target, g_strdup (_ ("The amount is missing")));
  else if (*cell == '\0')
    reject (target, g_strdup (_ ("The date is missing")));
  else
    /* Translators: %s is the text in place of a date. */
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
  take_currency (reader, row, target);
  amount = take_amount (reader, row, target);

  if (!has_date || amount != BUDGET_CSV_AMOUNT_GOOD)
    {
      if (skip_row (self, row, has_date, amount, target->line))
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
  take_texts (reader, row, target);
  target->fields = budget_csv_table_get_cells (reader->table, row);
  budget_statement_add_row (self->statement, g_steal_pointer (&target));
}

/* A file has a currency if all of its rows have the same. */
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
add_notes (Reading *self)
{
  BudgetCsvLayout *layout = self->row_reader.layout;

  /* Translators: %s is a list of line numbers. */
  add_note (self, &self->headings, _ ("Skipped the repeated heading (line %s)"));
  /* Translators: %s is a list of line numbers. */
  add_note (self, &self->totals, _ ("Skipped totals and balances (line %s)"));
  /* Translators: %s is a list of line numbers. */
  add_note (self, &self->skipped, _ ("Skipped rows without a date and an amount (line %s)"));

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
                       _("The file has no transactions"));

  return FALSE;
}

/**
 * budget_csv_layout_read:
 * @self: a layout
 * @table: a file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads a table by the layout. Rows that cannot be read are in the statement
 * with a reason; nothing is left out silently.
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

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  reading.statement = budget_statement_new ("CSV");
  reading.totals.lines = g_string_new (NULL);
  reading.skipped.lines = g_string_new (NULL);
  reading.headings.lines = g_string_new (NULL);

  if (!budget_csv_table_parse (table, self->encoding, self->delimiter, cancellable, error))
    return NULL;

  row_reader_init (&reading.row_reader, self, table);

  /* The user may have chosen another column of dates since. */
  if (reading.row_reader.places.date >= 0)
    _budget_csv_detect_date_order (self, table, (guint) reading.row_reader.places.date, FALSE);

  if (!read_rows (&reading, cancellable, error))
    return NULL;

  find_currency (reading.statement);
  add_notes (&reading);
  kept = budget_csv_table_dup (table);
  budget_statement_set_table (reading.statement, G_OBJECT (kept), G_OBJECT (self));

  return g_steal_pointer (&reading.statement);
}

/**
 * budget_csv_layout_preview:
 * @self: a layout
 * @table: a file
 *
 * Shows the first lines, divided into columns, so that the user can say what the
 * columns are.
 *
 * Returns: (transfer full) (nullable): a statement of rejected rows that have
 *   only fields
 */
BudgetStatement *
budget_csv_layout_preview (BudgetCsvLayout *self, BudgetCsvTable *table)
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
      row->reject_reason = g_strdup (_ ("The file is not a table of transactions"));
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
