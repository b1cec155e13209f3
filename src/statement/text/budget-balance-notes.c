/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-balance-notes.h"
#include "budget-currency.h"
#include "budget-money.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* Nobody would read the notes on a file of a hundred days or accounts. */
#define MAX_NOTES 20

typedef struct
{
  char *account;
  BudgetBalance balance;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *self = data;

  g_free (self->account);
  g_free (self);
}

/**
 * budget_balance_read:
 * @self: (out caller-allocates): the balance; not given if it cannot be read. Its day
 *   does not change
 * @amount: (nullable): the digits, without a sign
 * @decimal: their decimal mark
 * @currency: (nullable): three letters
 * @is_debt: whether the customer owes it to the bank
 */
void
budget_balance_read (
  BudgetBalance *self, const char *amount, char decimal, const char *currency, gboolean is_debt)
{
  BudgetNumber number;
  gint64 mantissa;
  guint n_decimals;

  self->is_given = amount != NULL && currency != NULL && strlen (currency) == 3 &&
                   budget_number_scan (amount, &number) && !number.negative &&
                   budget_number_read (&number, decimal, &mantissa, &n_decimals) &&
                   budget_number_scale (mantissa, n_decimals, budget_currency_get_digits (currency),
                                        &self->minor) == BUDGET_NUMBER_FITS &&
                   budget_money_check (self->minor, NULL);
  if (!self->is_given)
    return;

  g_strlcpy (self->currency, currency, sizeof self->currency);
  if (is_debt)
    self->minor = -self->minor;
}

/**
 * budget_balance_notes_init:
 * @self: (out caller-allocates): no balances yet
 */
void
budget_balance_notes_init (BudgetBalanceNotes *self)
{
  self->closings = g_ptr_array_new_with_free_func (closing_free);
  self->wrongs = g_ptr_array_new_with_free_func (closing_free);
}

/**
 * budget_balance_notes_clear:
 * @self: the balances of a file
 *
 * Frees what @self holds.
 */
void
budget_balance_notes_clear (BudgetBalanceNotes *self)
{
  g_clear_pointer (&self->closings, g_ptr_array_unref);
  g_clear_pointer (&self->wrongs, g_ptr_array_unref);
}

static void
add_closing (GPtrArray *closings, const char *account, const BudgetBalance *balance)
{
  Closing *closing;

  if (closings->len == MAX_NOTES)
    return;

  closing = g_new0 (Closing, 1);
  closing->account = g_strdup (account);
  closing->balance = *balance;
  g_ptr_array_add (closings, closing);
}

/* Only the last balance of an account is reported. */
static void
keep_last (GPtrArray *closings, const char *account, const BudgetBalance *balance)
{
  for (guint i = 0; i < closings->len; i++)
    {
      Closing *closing = g_ptr_array_index (closings, i);

      if (g_str_equal (closing->account, account) &&
          g_str_equal (closing->balance.currency, balance->currency))
        {
          if (g_date_compare (&closing->balance.day, &balance->day) <= 0)
            closing->balance = *balance;
          return;
        }
    }

  add_closing (closings, account, balance);
}

/**
 * budget_balance_notes_take:
 * @self: the balances of a file
 * @account: (nullable): whose they are
 * @opening: the balance before the transactions
 * @closing: the balance after them
 * @sum: (nullable): the transactions' sum in the currency of @opening, or %NULL if
 *   there is none
 *
 * Balances in different currencies are not compared.
 */
void
budget_balance_notes_take (BudgetBalanceNotes *self,
                           const char *account,
                           const BudgetBalance *opening,
                           const BudgetBalance *closing,
                           const gint64 *sum)
{
  gint64 expected;

  if (account == NULL || !closing->is_given || !g_date_valid (&closing->day))
    return;

  keep_last (self->closings, account, closing);

  if (sum != NULL && opening->is_given && g_str_equal (opening->currency, closing->currency) &&
      (!budget_money_add (opening->minor, *sum, &expected) || expected != closing->minor))
    add_closing (self->wrongs, account, closing);
}

static void
tell (BudgetStatement *statement, const Closing *closing, gboolean is_wrong)
{
  g_autofree char *amount = budget_money_format (closing->balance.minor, closing->balance.currency);
  g_autofree char *note = NULL;
  char day[16];

  g_date_strftime (day, sizeof day, "%Y-%m-%d", &closing->balance.day);
  if (is_wrong)
    note = g_strdup_printf (
      /* Translators: an account's number, a date and an amount of money. */
      _ ("The transactions of account %1$s do not match its balance on %2$s, %3$s"),
         closing->account, day, amount);
  else
    /* Translators: an account's number, a date and an amount of money. */
    note =
      g_strdup_printf (_ ("Balance of account %1$s on %2$s: %3$s"), closing->account, day, amount);
  budget_statement_add_note (statement, note);
}

/**
 * budget_balance_notes_tell:
 * @self: the balances of a file
 * @statement: where to add the notes
 */
void
budget_balance_notes_tell (BudgetBalanceNotes *self, BudgetStatement *statement)
{
  for (guint i = 0; i < self->closings->len; i++)
    tell (statement, g_ptr_array_index (self->closings, i), FALSE);

  for (guint i = 0; i < self->wrongs->len; i++)
    tell (statement, g_ptr_array_index (self->wrongs, i), TRUE);
}
