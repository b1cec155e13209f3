/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense-pane.h"
#include "budget-summary-pane.h"
#include "budget-window.h"

G_BEGIN_DECLS

struct _BudgetWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  BudgetBook *book;
  BudgetFilter *filter;
  char *failed_path; /* the book that could not be opened */
  AdwToast *undo_toast;
  AdwToast *rule_toast;
  guint backup_id;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwLeaflet *leaflet;
  BudgetSummaryPane *summary_pane;
  BudgetExpensePane *expense_pane;
  AdwStatusPage *problem_page;
};

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
void _budget_window_withdraw_rule (BudgetWindow *self);
void
_budget_window_learn_rule (BudgetWindow *self, const char *description, BudgetCategory *category);
void _budget_window_choose_book (BudgetWindow *self);
void _budget_window_choose_statements (BudgetWindow *self);
void _budget_window_choose_export (BudgetWindow *self);

G_END_DECLS
