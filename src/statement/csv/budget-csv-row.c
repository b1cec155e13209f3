/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-currency.h"
#include "budget-money.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the cells of one row say, now that it is known what they are. */

const char *
_budget_csv_row_reader_get (BudgetCsvRowReader *self, guint row, int column)
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

      if (budget_number_read_thousandths (_budget_csv_row_reader_get (self, i, column),
                                          self->layout->decimal, &value))
        {
          n_positive += value > 0;
          n_negative += value < 0;
        }
    }

  return n_negative > n_positive;
}

/*
 * Debits with a minus of their own must not be turned once more. "Spent" is
 * our own word, and there a minus is a refund.
 */
static gboolean
is_debit_signed (BudgetCsvRowReader *self)
{
  const char *title = budget_csv_layout_get_title (self->layout, (guint) self->places.debit);

  return g_ascii_strcasecmp (title, "Spent") != 0 && is_mostly_negative (self, self->places.debit);
}

/* Whether A stands beside B as in Dutch, where it is out, or not, as in Italian. */
static void
look_at_directions (BudgetCsvRowReader *self)
{
  guint n_signed_out = 0, n_plain_out = 0;
  gboolean has_b = FALSE;

  for (guint i = self->first_row; i < budget_csv_table_get_n_rows (self->table); i++)
    {
      BudgetCsvDirection direction = budget_csv_words_get_direction (
        _budget_csv_row_reader_get (self, i, self->places.direction));
      gint64 value;

      has_b |= direction == BUDGET_CSV_DIRECTION_B;

      if (direction == BUDGET_CSV_DIRECTION_OUT &&
          budget_number_read_thousandths (_budget_csv_row_reader_get (self, i, self->places.amount),
                                          self->layout->decimal, &value))
        {
          n_signed_out += value < 0;
          n_plain_out += value > 0;
        }
    }

  self->direction_a = has_b ? BUDGET_CSV_DIRECTION_OUT : BUDGET_CSV_DIRECTION_IN;
  self->use_direction = n_signed_out <= n_plain_out;
}

void
_budget_csv_row_reader_init (BudgetCsvRowReader *self,
                             BudgetCsvLayout *layout,
                             BudgetCsvTable *table)
{
  memset (self, 0, sizeof *self);
  self->layout = layout;
  self->table = table;
  self->first_row = _budget_csv_find_first_row (layout, table);
  _budget_csv_layout_get_places (layout, &self->places);

  if (self->places.debit >= 0)
    self->debit_is_signed = is_debit_signed (self);

  /* Some card companies give credits a minus, because they lessen what is owed. */
  if (self->places.credit >= 0)
    self->credit_is_turned = is_mostly_negative (self, self->places.credit);

  if (self->places.direction >= 0 && self->places.amount >= 0)
    look_at_directions (self);
}

/* A number that shows its decimal mark is read by it; the user's word goes before that. */
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
  const char *cell = _budget_csv_row_reader_get (self, row, column);
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
      /* Translators: %s is what stands where an amount is expected. */
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

/* Of two parts that fit, the sum may not. */
static void
check_sum (BudgetCsvRowReader *self, guint row, int column, BudgetStatementRow *target)
{
  if (budget_money_check (target->amount, NULL))
    return;

  if (target->reject_reason == NULL)
    /* Translators: %s is an amount of money. */
    target->reject_reason =
      g_strdup_printf (_ ("“%s” is too large"), _budget_csv_row_reader_get (self, row, column));
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
  const char *cell = _budget_csv_row_reader_get (self, row, self->places.direction);
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
      g_strdup_printf (_ ("“%s” does not say whether money left or came"), cell);
}

/* Reads the row's amount with the bank's sign; what is wrong with it becomes its reason. */
BudgetCsvAmount
_budget_csv_row_reader_take_amount (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
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

/* The currency has to be known before the amount, for its decimals. */
void
_budget_csv_row_reader_take_currency (BudgetCsvRowReader *self,
                                      guint row,
                                      BudgetStatementRow *target)
{
  const char *cell = _budget_csv_row_reader_get (self, row, self->places.currency);
  const char *currency = *cell != '\0' ? budget_currency_find (cell) : NULL;
  BudgetNumber number;

  if (currency == NULL && self->places.amount >= 0)
    {
      cell = _budget_csv_row_reader_get (self, row, self->places.amount);

      if (*cell != '\0' && budget_number_scan (cell, &number))
        currency = number.currency;
    }

  if (currency == NULL)
    currency = self->layout->currency;

  target->currency = g_strdup (currency);
  target->digits = self->layout->digits >= 0 ? (guint) self->layout->digits
                                             : budget_currency_get_digits (currency);
}

/* One blank where the bank has many: its columns are padded, its lines are broken. */
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

/* All columns of one role put together; what was said already is left out. */
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

/* The other party describes a booking best; what the bank says of it is then the note. */
void
_budget_csv_row_reader_take_texts (BudgetCsvRowReader *self, guint row, BudgetStatementRow *target)
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
