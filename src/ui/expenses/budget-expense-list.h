/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-expense.h"
#include "budget-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_EXPENSE_LIST (budget_expense_list_get_type ())

G_DECLARE_FINAL_TYPE (BudgetExpenseList, budget_expense_list, BUDGET, EXPENSE_LIST, AdwBin)

void budget_expense_list_set_book (BudgetExpenseList *self, BudgetBook *book, BudgetFilter *filter);
gboolean budget_expense_list_reload (BudgetExpenseList *self, GError **error);

GListModel *budget_expense_list_get_model (BudgetExpenseList *self);
gboolean budget_expense_list_get_loading (BudgetExpenseList *self);
GtkSelectionModel *budget_expense_list_get_selection (BudgetExpenseList *self);
GPtrArray *budget_expense_list_dup_selected (BudgetExpenseList *self) G_GNUC_WARN_UNUSED_RESULT;
void budget_expense_list_set_menu (BudgetExpenseList *self, GMenuModel *menu);

G_END_DECLS
