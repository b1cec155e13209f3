/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-chart.h"
#include "budget-filter.h"
#include "budget-period-switcher.h"
#include "budget-summary.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_SUMMARY_PANE (budget_summary_pane_get_type ())

G_DECLARE_FINAL_TYPE (BudgetSummaryPane, budget_summary_pane, BUDGET, SUMMARY_PANE, GtkBox)

void budget_summary_pane_set_book (BudgetSummaryPane *self, BudgetBook *book, BudgetFilter *filter);
BudgetSummary *budget_summary_pane_get_summary (BudgetSummaryPane *self);
BudgetChart *budget_summary_pane_get_chart (BudgetSummaryPane *self);
BudgetPeriodSwitcher *budget_summary_pane_get_period_switcher (BudgetSummaryPane *self);

G_END_DECLS
