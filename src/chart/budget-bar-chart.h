/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_BAR_CHART (budget_bar_chart_get_type ())

G_DECLARE_FINAL_TYPE (BudgetBarChart, budget_bar_chart, BUDGET, BAR_CHART, BudgetChart)

GtkWidget *budget_bar_chart_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
