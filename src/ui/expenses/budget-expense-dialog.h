/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"
#include "budget-form-dialog.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_EXPENSE_DIALOG (budget_expense_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetExpenseDialog, budget_expense_dialog, BUDGET, EXPENSE_DIALOG, BudgetFormDialog)

GtkWidget *budget_expense_dialog_new (BudgetBook *book,
                                      BudgetExpense *expense) G_GNUC_WARN_UNUSED_RESULT;
void budget_expense_dialog_set_category (BudgetExpenseDialog *self, BudgetCategory *category);
void budget_expense_dialog_set_user (BudgetExpenseDialog *self, BudgetUser *user);

G_END_DECLS
