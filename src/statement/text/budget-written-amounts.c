/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-number.h"
#include "budget-written-amounts.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * "1.234,56" and "12.5" show their decimal mark, but "1.234" is ambiguous. Ambiguous
 * amounts wait for the end of the file.
 */

#define MAX_AMOUNT_LENGTH 64

typedef struct
{
  BudgetStatementRow *row; /* owned by the caller */
  char *text;
} Unclear;

static void
unclear_clear (gpointer data)
{
  Unclear *self = data;

  g_free (self->text);
}

typedef enum
{
  WRONG_NO_AMOUNT,
  WRONG_DECIMALS,
  WRONG_SIZE
} Wrong;

static void
reject (BudgetStatementRow *row, Wrong wrong, const char *text)
{
  g_autofree char *shown =
    g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_AMOUNT_LENGTH));

  row->amount = 0;
  if (row->reject_reason != NULL)
    return;

  if (wrong == WRONG_NO_AMOUNT)
    /* Translators: %s is the text where an amount is expected. */
    row->reject_reason = g_strdup_printf (_("“%s” is not an amount"), shown);
  else if (wrong == WRONG_DECIMALS)
    /* Translators: %s is an amount of money. */
    row->reject_reason = g_strdup_printf (_("“%s” has more decimals than the currency"), shown);
  else
    /* Translators: %s is an amount of money. */
    row->reject_reason = g_strdup_printf (_("“%s” is too large"), shown);
}

/* If the currency is unknown, the amount shows how many decimals it may have. */
static void
fit_digits (BudgetStatementRow *row, const BudgetNumber *number, gint64 mantissa, guint n_decimals)
{
  if (row->currency != NULL)
    return;

  if (n_decimals == 3)
    row->digits = 3;
  else if (number->n_marks == 0 && ABS (mantissa) > BUDGET_MONEY_MAX / 100)
    row->digits = 0;
}

static void
read_number (BudgetStatementRow *row, const char *text, const BudgetNumber *number, char decimal)
{
  gint64 mantissa;
  guint n_decimals;
  BudgetNumberFit fit;

  if (!budget_number_read (number, decimal, &mantissa, &n_decimals))
    {
      reject (row, WRONG_NO_AMOUNT, text);
      return;
    }

  fit_digits (row, number, mantissa, n_decimals);
  fit = budget_number_scale (mantissa, n_decimals, row->digits, &row->amount);
  if (fit == BUDGET_NUMBER_TOO_PRECISE)
    reject (row, WRONG_DECIMALS, text);
  else if (fit == BUDGET_NUMBER_TOO_LARGE || !budget_money_check (row->amount, NULL))
    reject (row, WRONG_SIZE, text);
}

/* Returns: whether @decimal leaves no more decimals than the currency has, but for zeros */
static gboolean
fits (const BudgetNumber *number, char decimal, guint digits)
{
  gint64 mantissa;
  guint n_decimals;

  return budget_number_read (number, decimal, &mantissa, &n_decimals) && n_decimals <= digits;
}

/**
 * budget_written_amounts_init:
 * @self: (out caller-allocates): no amounts yet
 * @keeps_decimals: see #BudgetWrittenAmounts
 */
void
budget_written_amounts_init (BudgetWrittenAmounts *self, gboolean keeps_decimals)
{
  memset (self, 0, sizeof *self);
  self->keeps_decimals = keeps_decimals;
  self->unclear = g_array_new (FALSE, FALSE, sizeof (Unclear));
  g_array_set_clear_func (self->unclear, unclear_clear);
}

/**
 * budget_written_amounts_clear:
 * @self: the amounts of a file
 *
 * Frees what @self holds.
 */
void
budget_written_amounts_clear (BudgetWrittenAmounts *self)
{
  g_clear_pointer (&self->unclear, g_array_unref);
}

/**
 * budget_written_amounts_take:
 * @self: the amounts of a file
 * @row: (transfer none): the row of the amount, with its currency and decimals; it
 *   has to outlive @self
 * @text: (nullable): the amount as written
 *
 * Reads an amount, at once or in budget_written_amounts_settle(). An invalid amount
 * rejects the row.
 */
void
budget_written_amounts_take (BudgetWrittenAmounts *self, BudgetStatementRow *row, const char *text)
{
  BudgetNumber number;
  char decimal;

  if (text == NULL || *text == '\0')
    {
      if (row->reject_reason == NULL)
        row->reject_reason = g_strdup (_("The amount is missing"));
      return;
    }

  if (!budget_number_scan (text, &number))
    {
      reject (row, WRONG_NO_AMOUNT, text);
      return;
    }

  decimal = budget_number_guess_decimal (&number);
  self->n_dots += decimal == '.';
  self->n_commas += decimal == ',';

  if (decimal == '\0' && strpbrk (text, ".,") != NULL)
    {
      Unclear unclear = { row, g_strdup (text) };

      g_array_append_val (self->unclear, unclear);
      return;
    }

  read_number (row, text, &number, decimal != '\0' ? decimal : '.');
}

/* Decides whether a mark before three digits is the decimal mark or groups thousands. */
static char
choose_decimal (const BudgetWrittenAmounts *self, const BudgetNumber *number, guint digits)
{
  char mark = '.';

  if (self->n_dots != self->n_commas)
    return self->n_dots > self->n_commas ? '.' : ',';

  for (guint i = 0; i < number->n_marks; i++)
    if (number->marks[i] == ',')
      mark = ',';

  if (self->keeps_decimals && fits (number, mark, digits))
    return mark;

  return mark == '.' ? ',' : '.';
}

/**
 * budget_written_amounts_settle:
 * @self: the amounts of a file
 *
 * Reads the ambiguous amounts, once the file is complete.
 */
void
budget_written_amounts_settle (BudgetWrittenAmounts *self)
{
  for (guint i = 0; i < self->unclear->len; i++)
    {
      Unclear *unclear = &g_array_index (self->unclear, Unclear, i);
      BudgetNumber number;

      if (budget_number_scan (unclear->text, &number))
        read_number (unclear->row, unclear->text, &number,
                     choose_decimal (self, &number, unclear->row->digits));
    }

  g_array_set_size (self->unclear, 0);
}

/**
 * budget_written_amount_read:
 * @row: the row of the amount, with its currency and decimals
 * @text: (nullable): the amount as written, without a sign
 * @decimal: the decimal mark that the format prescribes
 *
 * Reads an amount of a format with a fixed decimal mark. An invalid amount rejects
 * the row.
 */
void
budget_written_amount_read (BudgetStatementRow *row, const char *text, char decimal)
{
  BudgetNumber number;

  if (text == NULL || *text == '\0')
    {
      if (row->reject_reason == NULL)
        row->reject_reason = g_strdup (_("The amount is missing"));
    }
  else if (!budget_number_scan (text, &number) || number.negative)
    reject (row, WRONG_NO_AMOUNT, text);
  else
    read_number (row, text, &number, decimal);
}
