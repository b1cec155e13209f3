/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_MONTH_TOTAL (budget_month_total_get_type ())

G_DECLARE_FINAL_TYPE (BudgetMonthTotal, budget_month_total, BUDGET, MONTH_TOTAL, GObject)

int budget_month_total_get_year (BudgetMonthTotal *self);
int budget_month_total_get_month (BudgetMonthTotal *self);
const char *budget_month_total_get_label (BudgetMonthTotal *self);
gint64 budget_month_total_get_total (BudgetMonthTotal *self);

#define BUDGET_TYPE_MONTH_TOTALS (budget_month_totals_get_type ())

G_DECLARE_FINAL_TYPE (BudgetMonthTotals, budget_month_totals, BUDGET, MONTH_TOTALS, GObject)

BudgetMonthTotals *budget_month_totals_new (BudgetBook *book,
                                            BudgetFilter *filter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
