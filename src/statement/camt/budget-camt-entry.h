/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/* The values that an entry or a payment of it can have. */
typedef enum
{
  BUDGET_CAMT_AMOUNT,
  BUDGET_CAMT_CURRENCY,
  BUDGET_CAMT_SIGN,
  BUDGET_CAMT_REVERSAL,
  BUDGET_CAMT_STATUS,
  BUDGET_CAMT_BOOKING_DAY,
  BUDGET_CAMT_VALUE_DAY,
  BUDGET_CAMT_PAID_AMOUNT, /* in the account's currency, where AMOUNT is missing */
  BUDGET_CAMT_PAID_CURRENCY,
  BUDGET_CAMT_INSTRUCTED_AMOUNT,
  BUDGET_CAMT_INSTRUCTED_CURRENCY,
  BUDGET_CAMT_BANK_ID,
  BUDGET_CAMT_TRANSACTION_ID,
  BUDGET_CAMT_END_TO_END_ID,
  BUDGET_CAMT_DEBTOR,
  BUDGET_CAMT_DEBTOR_ACCOUNT,
  BUDGET_CAMT_ULTIMATE_DEBTOR,
  BUDGET_CAMT_CREDITOR,
  BUDGET_CAMT_CREDITOR_ACCOUNT,
  BUDGET_CAMT_ULTIMATE_CREDITOR,
  BUDGET_CAMT_REMITTANCE,
  BUDGET_CAMT_REFERENCE,
  BUDGET_CAMT_FAMILY,
  BUDGET_CAMT_SUBFAMILY,
  BUDGET_CAMT_ADDITIONAL,
  BUDGET_N_CAMT_VALUES
} BudgetCamtValue;

typedef struct
{
  char *values[BUDGET_N_CAMT_VALUES];
} BudgetCamtValues;

/*
 * BudgetCamtEntry:
 * @line: the line on which it begins, 0 if there is none
 * @payments: (element-type BudgetCamtValues): the payments of a batch
 *
 * An Ntry element as it is in the file.
 */
typedef struct
{
  guint line;
  BudgetCamtValues values;
  GPtrArray *payments;
} BudgetCamtEntry;

BudgetCamtValue _budget_camt_find_value (const char *path);
void _budget_camt_values_take (BudgetCamtValues *self, BudgetCamtValue value, const char *text);
gboolean _budget_camt_read_day (const char *text, GDate *day);

void _budget_camt_entry_init (BudgetCamtEntry *self);
void _budget_camt_entry_clear (BudgetCamtEntry *self);
BudgetCamtValues *_budget_camt_entry_add_payment (BudgetCamtEntry *self);
gboolean _budget_camt_entry_is_booked (const BudgetCamtEntry *self);
void _budget_camt_entry_read (const BudgetCamtEntry *self,
                              const char *account,
                              const char *currency,
                              GPtrArray *rows);

G_END_DECLS
