/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-rule.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_CATEGORY_GUESSER (budget_category_guesser_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetCategoryGuesser, budget_category_guesser, BUDGET, CATEGORY_GUESSER, GObject)

BudgetCategoryGuesser *budget_category_guesser_get_for_book (BudgetBook *book);

void budget_category_guesser_prepare (BudgetCategoryGuesser *self);
BudgetRule *budget_category_guesser_find_rule (BudgetCategoryGuesser *self,
                                               const char *description);
BudgetCategory *
budget_category_guesser_guess (BudgetCategoryGuesser *self, const char *description, gint64 amount);

G_END_DECLS
