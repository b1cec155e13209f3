/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart-style-private.h"
#include "budget-donut-layout-private.h"

G_BEGIN_DECLS

typedef struct
{
  double start; /* in turns */
  double end;
  double emphasis;
  GdkRGBA color;
  int percent;
} BudgetDonutArc;

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
