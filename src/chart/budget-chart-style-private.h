/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA text;
  GdkRGBA focus;
  gboolean high_contrast;
} BudgetChartStyle;

void _budget_chart_style_init (BudgetChartStyle *self, GtkWidget *widget);
void _budget_chart_style_set_text (const BudgetChartStyle *self, cairo_t *cr, gboolean dim);
const GdkRGBA *_budget_chart_get_contrast (const GdkRGBA *color);
PangoLayout *_budget_chart_create_layout (PangoContext *context,
                                          const char *text,
                                          double scale,
                                          gboolean bold) G_GNUC_WARN_UNUSED_RESULT;
GdkRGBA _budget_chart_fade (const GdkRGBA *color, double emphasis, const BudgetChartStyle *style);

G_END_DECLS
