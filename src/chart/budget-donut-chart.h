/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_DONUT_CHART (budget_donut_chart_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDonutChart, budget_donut_chart, BUDGET, DONUT_CHART, BudgetChart)

GtkWidget *budget_donut_chart_new (void) G_GNUC_WARN_UNUSED_RESULT;

int budget_donut_chart_get_percent (BudgetDonutChart *self, guint position);
GtkBitset *budget_donut_chart_dup_folded (BudgetDonutChart *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
