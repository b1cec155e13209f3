/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_CHART_MARK (budget_chart_mark_get_type ())

G_DECLARE_FINAL_TYPE (BudgetChartMark, budget_chart_mark, BUDGET, CHART_MARK, GtkWidget)

BudgetChartMark *_budget_chart_mark_new (GObject *item) G_GNUC_WARN_UNUSED_RESULT;

GObject *_budget_chart_mark_get_item (BudgetChartMark *self);
void _budget_chart_mark_set_text (BudgetChartMark *self, const char *text);
void _budget_chart_mark_set_place (BudgetChartMark *self, guint index, guint n_marks);

G_END_DECLS
