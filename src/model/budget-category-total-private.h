/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category-total.h"

G_BEGIN_DECLS

BudgetCategoryTotal *_budget_category_total_new (BudgetCategory *category);
gboolean _budget_category_total_update (BudgetCategoryTotal *self, gint64 total, guint64 count);
void _budget_category_total_set_whole (BudgetCategoryTotal *self, gint64 whole);
int _budget_category_total_compare (BudgetCategoryTotal *a, BudgetCategoryTotal *b);

G_END_DECLS
