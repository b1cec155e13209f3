/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-donut-chart.h"
#include "budget-donut-draw-private.h"
#include "budget-donut-words-private.h"

#include <glib/gi18n.h>

/* The ring on paper: what the widget draws, without one. */

/**
 * budget_donut_chart_draw_to:
 * @cr: where to draw: a page, a PDF, a picture
 * @width: the room there is
 * @height: the room there is
 * @series: what to draw
 * @title: (nullable): what the total is called
 *
 * Draws the chart in black on white, without a widget and without a display.
 */
void
budget_donut_chart_draw_to (
  cairo_t *cr, double width, double height, BudgetChartSeries *series, const char *title)
{
  g_autoptr (BudgetDonutLayout) layout = _budget_donut_lay_out (series);
  g_autofree BudgetDonutArc *arcs = g_new0 (BudgetDonutArc, layout->slices->len);
  g_autofree char *total = budget_chart_series_format (series, layout->total);
  PangoContext *context = pango_cairo_create_context (cr);
  BudgetDonutFrame frame = { 0 };
  BudgetChartStyle style = { 0 };

  g_return_if_fail (cr != NULL);
  g_return_if_fail (BUDGET_IS_CHART_SERIES (series));

  for (guint i = 0; i < layout->slices->len; i++)
    {
      const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (layout, i);

      arcs[i] =
        (BudgetDonutArc){ slice->start, slice->end, 0.0,
                          *_budget_donut_get_color (series, slice->position), slice->percent };
    }

  _budget_donut_frame_init (&frame, width, height,
                            gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  _budget_chart_style_init_for_print (&style);
  cairo_save (cr);
  _budget_donut_draw (cr, &frame, arcs, layout->slices->len, context, &style);
  _budget_donut_draw_middle (
    cr, &frame,
    (const char *const[]){ total, layout->slices->len > 0 ? title : _("Nothing to show"), NULL },
                           context, &style);
  cairo_restore (cr);
  g_object_unref (context);
}
