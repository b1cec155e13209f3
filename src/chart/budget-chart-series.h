/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_CHART_SERIES (budget_chart_series_get_type ())

G_DECLARE_FINAL_TYPE (BudgetChartSeries, budget_chart_series, BUDGET, CHART_SERIES, GObject)

/**
 * BudgetChartFormatFunc:
 * @value: a value of the series
 * @user_data: the data passed with the function
 *
 * Formats a value, for example as money with its currency.
 *
 * Returns: (transfer full): the text
 */
typedef char *(*BudgetChartFormatFunc) (gint64 value, gpointer user_data);

BudgetChartSeries *budget_chart_series_new (void) G_GNUC_WARN_UNUSED_RESULT;

GListModel *budget_chart_series_get_model (BudgetChartSeries *self);
void budget_chart_series_set_model (BudgetChartSeries *self, GListModel *model);
void budget_chart_series_set_value_expression (BudgetChartSeries *self, GtkExpression *expression);
void budget_chart_series_set_label_expression (BudgetChartSeries *self, GtkExpression *expression);
void budget_chart_series_set_color_expression (BudgetChartSeries *self, GtkExpression *expression);
void budget_chart_series_set_format (BudgetChartSeries *self,
                                     BudgetChartFormatFunc format,
                                     gpointer user_data,
                                     GDestroyNotify destroy);

guint budget_chart_series_get_n_items (BudgetChartSeries *self);
gint64 budget_chart_series_get_value (BudgetChartSeries *self, guint position);
const char *budget_chart_series_get_label (BudgetChartSeries *self, guint position);
const GdkRGBA *budget_chart_series_get_color (BudgetChartSeries *self, guint position);
gboolean budget_chart_series_has_colors (BudgetChartSeries *self);
gpointer budget_chart_series_get_item (BudgetChartSeries *self, guint position);
guint budget_chart_series_find (BudgetChartSeries *self, gpointer item);
char *budget_chart_series_format (BudgetChartSeries *self, gint64 value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
