/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart-series.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_CHART (budget_chart_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudgetChart, budget_chart, BUDGET, CHART, GtkWidget)

/**
 * BudgetChartClass:
 * @update: lays out the marks after the series changed
 * @get_n_marks: the number of marks
 * @get_mark_item: the item of a mark, or %NULL for several items
 * @dup_mark_text: the text of a mark for screen readers
 * @dup_tooltip: the tooltip of a mark, or of the whole chart (-1)
 * @get_mark_bounds: the box around a mark
 * @pick_mark: the mark at a point, or -1
 * @activate_mark: the user pressed a mark
 * @emphasize: the highlighted mark changed
 * @advance: animates to the time of a frame; whether the animation continues
 * @dup_description: the description of the chart for screen readers
 */
struct _BudgetChartClass
{
  GtkWidgetClass parent_class;

  void (*update) (BudgetChart *self);
  guint (*get_n_marks) (BudgetChart *self);
  GObject *(*get_mark_item) (BudgetChart *self, guint index);
  char *(*dup_mark_text) (BudgetChart *self, guint index);
  char *(*dup_tooltip) (BudgetChart *self, int index);
  void (*get_mark_bounds) (BudgetChart *self, guint index, GdkRectangle *bounds);
  int (*pick_mark) (BudgetChart *self, double x, double y);
  void (*activate_mark) (BudgetChart *self, guint index);
  void (*emphasize) (BudgetChart *self);
  gboolean (*advance) (BudgetChart *self, gint64 now);
  char *(*dup_description) (BudgetChart *self);
};

BudgetChartSeries *budget_chart_get_series (BudgetChart *self);
void budget_chart_set_model (BudgetChart *self, GListModel *model);
const char *budget_chart_get_title (BudgetChart *self);
void budget_chart_set_title (BudgetChart *self, const char *title);
const char *budget_chart_get_empty_text (BudgetChart *self);
void budget_chart_set_empty_text (BudgetChart *self, const char *text);
guint budget_chart_get_highlighted (BudgetChart *self);
void budget_chart_set_highlighted (BudgetChart *self, guint position);

G_END_DECLS
