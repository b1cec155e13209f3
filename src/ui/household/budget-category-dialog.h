/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category.h"
#include "budget-form-dialog.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_CATEGORY_DIALOG (budget_category_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetCategoryDialog, budget_category_dialog, BUDGET, CATEGORY_DIALOG, BudgetFormDialog)

GtkWidget *budget_category_dialog_new (BudgetBook *book,
                                       BudgetCategory *category) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
