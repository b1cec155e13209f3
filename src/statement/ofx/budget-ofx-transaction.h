/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-written-amounts.h"

G_BEGIN_DECLS

/* The values that a transaction can have, named as their tags. */
typedef enum
{
  BUDGET_OFX_TRNTYPE,
  BUDGET_OFX_DTPOSTED,
  BUDGET_OFX_DTUSER,
  BUDGET_OFX_DTAVAIL,
  BUDGET_OFX_TRNAMT,
  BUDGET_OFX_FITID,
  BUDGET_OFX_NAME,
  BUDGET_OFX_EXTDNAME,
  BUDGET_OFX_PAYEE,
  BUDGET_OFX_MEMO,
  BUDGET_OFX_CHECKNUM,
  BUDGET_OFX_COUNTERPART,
  BUDGET_OFX_CURRENCY,
  BUDGET_OFX_ORIGINAL_CURRENCY,
  BUDGET_OFX_ORIGINAL_RATE,
  BUDGET_OFX_OWN_NAME, /* this and the next: written by this program, in full */
  BUDGET_OFX_OWN_MEMO,
  BUDGET_OFX_OWN_CATEGORY,
  BUDGET_N_OFX_VALUES
} BudgetOfxValue;

/*
 * BudgetOfxTransaction:
 * @line: the line on which it begins
 * @values: its values; %NULL for those that are missing
 *
 * A transaction as it is in the file.
 */
typedef struct
{
  guint line;
  char *values[BUDGET_N_OFX_VALUES];
} BudgetOfxTransaction;

void _budget_ofx_transaction_clear (BudgetOfxTransaction *self);
void
_budget_ofx_transaction_take (BudgetOfxTransaction *self, BudgetOfxValue value, const char *text);
BudgetStatementRow *
_budget_ofx_transaction_read (const BudgetOfxTransaction *self,
                              const char *currency,
                              const char *account,
                              BudgetWrittenAmounts *amounts) G_GNUC_WARN_UNUSED_RESULT;

gboolean _budget_ofx_read_date (const char *text, GDate *date);

G_END_DECLS
