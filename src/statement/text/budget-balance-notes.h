/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/**
 * BudgetBalance:
 * @is_given: whether the other fields are valid
 * @currency: a code of ISO 4217
 * @minor: the balance in minor units, negative for a debt
 * @day: the day; its start for an opening balance, its end for a closing one
 *
 * The balance of an account, as the bank states it.
 */
typedef struct
{
  gboolean is_given;
  char currency[4];
  gint64 minor;
  GDate day;
} BudgetBalance;

/**
 * BudgetBalanceNotes:
 *
 * The balances that a file tells, to say at the end what became of each
 * account, and where the transactions do not match from one balance to the next.
 */
typedef struct
{
  GPtrArray *closings;
  GPtrArray *wrongs;
} BudgetBalanceNotes;

void budget_balance_read (
  BudgetBalance *self, const char *amount, char decimal, const char *currency, gboolean is_debt);

void budget_balance_notes_init (BudgetBalanceNotes *self);
void budget_balance_notes_clear (BudgetBalanceNotes *self);
void budget_balance_notes_take (BudgetBalanceNotes *self,
                                const char *account,
                                const BudgetBalance *opening,
                                const BudgetBalance *closing,
                                const gint64 *sum);
void budget_balance_notes_tell (BudgetBalanceNotes *self, BudgetStatement *statement);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetBalanceNotes, budget_balance_notes_clear)

G_END_DECLS
