/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-donut-layout-private.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA text;
  GdkRGBA focus;
  gboolean high_contrast;
} BudgetChartStyle;

typedef struct
{
  double start; /* in turns */
  double end;
  double emphasis;
  GdkRGBA color;
  int percent;
} BudgetDonutArc;

void _budget_chart_style_init_for_print (BudgetChartStyle *self);
void _budget_chart_style_init (BudgetChartStyle *self, GtkWidget *widget);
void _budget_chart_style_set_text (const BudgetChartStyle *self, cairo_t *cr, gboolean dim);
const GdkRGBA *_budget_chart_get_contrast (const GdkRGBA *color);
PangoLayout *_budget_chart_create_layout (PangoContext *context,
                                          const char *text,
                                          double scale,
                                          gboolean bold) G_GNUC_WARN_UNUSED_RESULT;

void _budget_donut_draw (cairo_t *cr,
                         const BudgetDonutFrame *frame,
                         const BudgetDonutArc *arcs,
                         guint n_arcs,
                         PangoContext *context,
                         const BudgetChartStyle *style);
void _budget_donut_draw_middle (cairo_t *cr,
                                const BudgetDonutFrame *frame,
                                const char *const lines[3],
                                PangoContext *context,
                                const BudgetChartStyle *style);
void _budget_donut_draw_focus (cairo_t *cr,
                               const BudgetDonutFrame *frame,
                               const BudgetDonutArc *arc,
                               const BudgetChartStyle *style);

G_END_DECLS
