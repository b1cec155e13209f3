/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_CATEGORY_TOTAL (budget_category_total_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCategoryTotal, budget_category_total, BUDGET, CATEGORY_TOTAL, GObject)

BudgetCategory *budget_category_total_get_category (BudgetCategoryTotal *self);
const char *budget_category_total_get_name (BudgetCategoryTotal *self);
const char *budget_category_total_get_color (BudgetCategoryTotal *self);
gint64 budget_category_total_get_total (BudgetCategoryTotal *self);
guint64 budget_category_total_get_count (BudgetCategoryTotal *self);
double budget_category_total_get_share (BudgetCategoryTotal *self);

G_END_DECLS
