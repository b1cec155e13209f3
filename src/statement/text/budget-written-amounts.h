/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/**
 * BudgetWrittenAmounts:
 * @keeps_decimals: whether an ambiguous mark is the decimal mark, because the format
 *   does not group digits
 *
 * The amounts of a file whose decimal mark is known only after the last one.
 */
typedef struct
{
  gboolean keeps_decimals;
  guint n_dots;
  guint n_commas;
  GArray *unclear;
} BudgetWrittenAmounts;

void budget_written_amounts_init (BudgetWrittenAmounts *self, gboolean keeps_decimals);
void budget_written_amounts_clear (BudgetWrittenAmounts *self);
void
budget_written_amounts_take (BudgetWrittenAmounts *self, BudgetStatementRow *row, const char *text);
void budget_written_amounts_settle (BudgetWrittenAmounts *self);

void budget_written_amount_read (BudgetStatementRow *row, const char *text, char decimal);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetWrittenAmounts, budget_written_amounts_clear)

G_END_DECLS
