/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/* One part of a transaction that is divided. */
typedef struct
{
  char *category;
  char *memo;
  char *amount;
} BudgetQifSplit;

/*
 * BudgetQifRecord:
 * @line: the line on which it begins, 0 if it has not
 *
 * What stands between two "^" of a QIF, as it is written; %NULL for what does
 * not.
 */
typedef struct
{
  guint line;
  char *date;
  char *amount;
  char *payee;
  char *memo;
  char *address;
  char *category;
  char *number;
  GArray *splits; /* of BudgetQifSplit */
} BudgetQifRecord;

void _budget_qif_record_init (BudgetQifRecord *self);
void _budget_qif_record_clear (BudgetQifRecord *self);
void _budget_qif_record_take (BudgetQifRecord *self, char field, const char *text);
gboolean _budget_qif_record_is_empty (const BudgetQifRecord *self);
const char *_budget_qif_record_get_transfer (const BudgetQifRecord *self, gsize *length);
gboolean _budget_qif_record_is_opening (const BudgetQifRecord *self, const char *account);
BudgetStatementRow *_budget_qif_record_read (const BudgetQifRecord *self,
                                             GHashTable *classes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
