/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"

G_BEGIN_DECLS

/**
 * BUDGET_CATEGORY_HISTORY_MAX_EXPENSES:
 *
 * How many of a book's latest expenses are worth learning from.
 */
#define BUDGET_CATEGORY_HISTORY_MAX_EXPENSES 20000

/**
 * BudgetCategoryHistory:
 *
 * The categories that descriptions had before.
 */
typedef struct _BudgetCategoryHistory BudgetCategoryHistory;

BudgetCategoryHistory *budget_category_history_new (void) G_GNUC_WARN_UNUSED_RESULT;
void budget_category_history_free (BudgetCategoryHistory *self);

void budget_category_history_learn (BudgetCategoryHistory *self, BudgetExpense *expense);
BudgetCategory *budget_category_history_find (BudgetCategoryHistory *self, const char *description);
BudgetCategory *budget_category_history_guess (BudgetCategoryHistory *self,
                                               const char *description,
                                               gint64 amount,
                                               double *confidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetCategoryHistory, budget_category_history_free)

G_END_DECLS
