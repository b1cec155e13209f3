/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart-series.h"
#include "budget-donut-layout-private.h"

G_BEGIN_DECLS

BudgetDonutLayout *_budget_donut_lay_out (BudgetChartSeries *series) G_GNUC_WARN_UNUSED_RESULT;
const char *_budget_donut_get_label (BudgetChartSeries *series, guint position);
const GdkRGBA *_budget_donut_get_color (BudgetChartSeries *series, guint position);
char *_budget_chart_format_percent (int percent) G_GNUC_WARN_UNUSED_RESULT;
char *_budget_donut_describe_part (BudgetChartSeries *series,
                                   guint position,
                                   gint64 value,
                                   int percent) G_GNUC_WARN_UNUSED_RESULT;
char *_budget_donut_describe_withheld (BudgetDonutLayout *layout,
                                       BudgetChartSeries *series) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
