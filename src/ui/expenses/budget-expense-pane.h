/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-entry-line.h"
#include "budget-expense-list.h"
#include "budget-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_EXPENSE_PANE (budget_expense_pane_get_type ())

G_DECLARE_FINAL_TYPE (BudgetExpensePane, budget_expense_pane, BUDGET, EXPENSE_PANE, GtkBox)

void budget_expense_pane_set_book (BudgetExpensePane *self, BudgetBook *book, BudgetFilter *filter);
BudgetExpenseList *budget_expense_pane_get_list (BudgetExpensePane *self);
BudgetEntryLine *budget_expense_pane_get_entry_line (BudgetExpensePane *self);
const char *budget_expense_pane_get_state (BudgetExpensePane *self);
void budget_expense_pane_start_search (BudgetExpensePane *self);
void budget_expense_pane_stop_search (BudgetExpensePane *self);

G_END_DECLS
