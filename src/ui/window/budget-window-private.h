/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense-pane.h"
#include "budget-summary-pane.h"
#include "budget-window.h"

G_BEGIN_DECLS

BudgetExpensePane *_budget_window_get_expense_pane (BudgetWindow *self);
BudgetSummaryPane *_budget_window_get_summary_pane (BudgetWindow *self);
void _budget_window_show_pane (BudgetWindow *self, gpointer pane);
void _budget_window_install_actions (BudgetWindow *self);
void _budget_window_update_actions (BudgetWindow *self);
void _budget_window_show_done (BudgetWindow *self, const char *label);
void _budget_window_show_problem (BudgetWindow *self, const char *message);
gboolean _budget_window_commit (BudgetWindow *self, const char *label);
void _budget_window_abandon (BudgetWindow *self, const GError *error);
void _budget_window_delete_category (BudgetWindow *self, BudgetCategory *category);
void _budget_window_delete_user (BudgetWindow *self, BudgetUser *user);
void _budget_window_offer_rule (BudgetWindow *self, GPtrArray *expenses);
void _budget_window_watch_category (BudgetWindow *self, GtkWidget *form, BudgetExpense *expense);
void _budget_window_withdraw_offers (BudgetWindow *self);
void _budget_window_retry (BudgetWindow *self);
void
_budget_window_learn_rule (BudgetWindow *self, const char *description, BudgetCategory *category);
void _budget_window_choose_book (BudgetWindow *self);
void _budget_window_choose_statements (BudgetWindow *self);
void _budget_window_choose_export (BudgetWindow *self);

G_END_DECLS
