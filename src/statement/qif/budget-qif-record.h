/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/* A part of a split transaction. */
typedef struct
{
  char *category;
  char *memo;
  char *amount;
} BudgetQifSplit;

/*
 * BudgetQifRecord:
 * @line: the line of its first field, or 0 while it has none
 *
 * The fields between two "^", as they are in the file; %NULL for missing ones.
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
