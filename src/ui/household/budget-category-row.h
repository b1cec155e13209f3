/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category-total.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_CATEGORY_ROW (budget_category_row_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCategoryRow, budget_category_row, BUDGET, CATEGORY_ROW, GtkListBoxRow)

GtkWidget *budget_category_row_new (BudgetCategoryTotal *total,
                                    const char *currency) G_GNUC_WARN_UNUSED_RESULT;

BudgetCategoryTotal *budget_category_row_get_total (BudgetCategoryRow *self);
void budget_category_row_set_percent (BudgetCategoryRow *self, int percent);
void budget_category_row_light (BudgetCategoryRow *self);
void budget_category_row_unlight (BudgetCategoryRow *self);
void budget_category_row_set_chosen (BudgetCategoryRow *self, BudgetCategory *chosen);

G_END_DECLS
