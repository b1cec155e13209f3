/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-donut-draw-private.h"
#include "budget-donut-words-private.h"

#include <math.h>

/*
 * Draws the ring with cairo.
 *
 * Colour is never the only difference: slices have a gap between them and an
 * outline, and show their percentage where it fits. The highlighted slice
 * grows while the others fade.
 */

#define GAP 2.0
#define EPSILON 1e-6

static gboolean
is_whole (const BudgetDonutArc *arc)
{
  return arc->end - arc->start > 1.0 - EPSILON;
}

static double
to_angle (double turn)
{
  return turn * 2.0 * G_PI - G_PI / 2.0;
}

/* A slice with sides parallel to the gap beside it, so that the gap is as wide
 * inside as outside. A narrow slice gives up less. */
static void
trace_arc (cairo_t *cr, const BudgetDonutFrame *frame, const BudgetDonutArc *arc, gboolean lone)
{
  double outer = frame->outer + frame->lift * MAX (arc->emphasis, 0.0);
  double start = to_angle (arc->start);
  double end = to_angle (arc->end);
  double half = MIN (GAP / 2.0, (end - start) * frame->inner * 0.25);

  cairo_new_path (cr);

  if (lone)
    {
      cairo_arc (cr, frame->center_x, frame->center_y, outer, 0.0, 2.0 * G_PI);
      cairo_new_sub_path (cr);
      cairo_arc_negative (cr, frame->center_x, frame->center_y, frame->inner, 2.0 * G_PI, 0.0);
      return;
    }

  cairo_arc (cr, frame->center_x, frame->center_y, outer, start + half / outer, end - half / outer);
  cairo_arc_negative (cr, frame->center_x, frame->center_y, frame->inner, end - half / frame->inner,
                      start + half / frame->inner);
  cairo_close_path (cr);
}

static void
mirror (cairo_t *cr, const BudgetDonutFrame *frame)
{
  if (!frame->mirrored)
    return;

  cairo_translate (cr, 2.0 * frame->center_x, 0.0);
  cairo_scale (cr, -1.0, 1.0);
}

static void
draw_arc (cairo_t *cr,
          const BudgetDonutFrame *frame,
          const BudgetDonutArc *arc,
          gboolean lone,
          const BudgetChartStyle *style)
{
  GdkRGBA fill = _budget_chart_fade (&arc->color, arc->emphasis, style);
  GdkRGBA line = style->text;

  line.alpha *= style->high_contrast ? 1.0f : 0.35f;

  cairo_save (cr);
  mirror (cr, frame);
  trace_arc (cr, frame, arc, lone);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill_preserve (cr);

  /* The outline stays inside the slice, so it does not eat up the gap. */
  cairo_clip_preserve (cr);
  cairo_set_line_width (cr, style->high_contrast ? 4.0 : 2.0);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_share (cairo_t *cr,
            const BudgetDonutFrame *frame,
            const BudgetDonutArc *arc,
            PangoContext *context,
            const BudgetChartStyle *style)
{
  double radius = (frame->inner + frame->outer + frame->lift * MAX (arc->emphasis, 0.0)) / 2.0;
  double length = (arc->end - arc->start) * 2.0 * G_PI * frame->inner;
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA ground = _budget_chart_fade (&arc->color, arc->emphasis, style);
  double x = 0.0;
  double y = 0.0;
  int width = 0;
  int height = 0;

  text = _budget_chart_format_percent (arc->percent);
  layout = _budget_chart_create_layout (context, text, PANGO_SCALE_SMALL, TRUE);
  pango_layout_get_pixel_size (layout, &width, &height);

  if (length < MAX (width, height) + 8.0 || frame->outer - frame->inner < width + 4.0)
    return;

  _budget_donut_frame_get_point (frame, (arc->start + arc->end) / 2.0, radius, &x, &y);
  cairo_move_to (cr, x - width / 2.0, y - height / 2.0);
  gdk_cairo_set_source_rgba (cr, _budget_chart_get_contrast (&ground));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_empty (cairo_t *cr, const BudgetDonutFrame *frame, const BudgetChartStyle *style)
{
  BudgetDonutArc arc = { 0.0, 1.0, 0.0, style->text, 0 };

  arc.color.alpha *= 0.1f;
  draw_arc (cr, frame, &arc, TRUE, style);
}

/*
 * _budget_donut_draw:
 * @cr: where to draw
 * @frame: where the ring is
 * @arcs: (array length=n_arcs): the slices
 * @n_arcs: how many
 * @context: says the font of the shares
 * @style: the colours
 *
 * Draws the ring, or a muted one when there is nothing to show.
 */
void
_budget_donut_draw (cairo_t *cr,
                    const BudgetDonutFrame *frame,
                    const BudgetDonutArc *arcs,
                    guint n_arcs,
                    PangoContext *context,
                    const BudgetChartStyle *style)
{
  guint n_drawn = 0;

  if (frame->outer <= 0.0)
    return;

  for (guint i = 0; i < n_arcs; i++)
    {
      gboolean lone = is_whole (&arcs[i]);

      if (arcs[i].end - arcs[i].start < EPSILON)
        continue;

      draw_arc (cr, frame, &arcs[i], lone, style);
      if (!lone)
        draw_share (cr, frame, &arcs[i], context, style);
      n_drawn++;
    }

  if (n_drawn == 0)
    draw_empty (cr, frame, style);
}

/*
 * _budget_donut_draw_focus:
 * @cr: where to draw
 * @frame: where the ring is
 * @arc: the slice that has the keyboard
 * @style: the colours
 *
 * Two lines, one dark and one light, so that the focus is visible on any colour.
 */
void
_budget_donut_draw_focus (cairo_t *cr,
                          const BudgetDonutFrame *frame,
                          const BudgetDonutArc *arc,
                          const BudgetChartStyle *style)
{
  cairo_save (cr);
  mirror (cr, frame);
  trace_arc (cr, frame, arc, is_whole (arc));
  cairo_clip_preserve (cr);

  cairo_set_line_width (cr, 10.0);
  gdk_cairo_set_source_rgba (cr, _budget_chart_get_contrast (&style->text));
  cairo_stroke_preserve (cr);

  cairo_set_line_width (cr, 6.0);
  gdk_cairo_set_source_rgba (cr, &style->focus);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Half the width of the hole at a distance from its middle. */
static double
get_chord (const BudgetDonutFrame *frame, double distance)
{
  double radius = frame->inner - 8.0;

  return fabs (distance) < radius ? sqrt (radius * radius - distance * distance) : 0.0;
}

/* Writes the amount as large as it fits, down to the smallest readable size. */
static PangoLayout *
fit_amount (PangoContext *context, const char *text, const BudgetDonutFrame *frame)
{
  const double largest = 2.0;
  const double smallest = 0.65;
  int room = (int) (2.0 * get_chord (frame, frame->inner * 0.25));
  PangoLayout *layout = NULL;
  int width = 0;

  for (double scale = largest; scale > smallest; scale *= 0.93)
    {
      g_clear_object (&layout);
      layout = _budget_chart_create_layout (context, text, scale, TRUE);
      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width <= room)
        return layout;
    }

  pango_layout_set_width (layout, MAX (room, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

static void
show_centered (cairo_t *cr, const BudgetDonutFrame *frame, PangoLayout *layout, double y)
{
  PangoRectangle box = { 0 };

  pango_layout_get_pixel_extents (layout, NULL, &box);
  cairo_move_to (cr, frame->center_x - box.width / 2.0 - box.x, y);
  pango_cairo_show_layout (cr, layout);
}

/* Returns how far down the next line starts. */
static double
draw_line (
  cairo_t *cr, const BudgetDonutFrame *frame, const char *text, double y, PangoContext *context)
{
  g_autoptr (PangoLayout) layout = _budget_chart_create_layout (context, text, 1.0, FALSE);
  int width = 0;
  int height = 0;
  double room = 0.0;

  pango_layout_get_pixel_size (layout, &width, &height);
  room = 2.0 * get_chord (frame, y + height - frame->center_y);
  if (room < height * 1.5)
    return y;

  if (width > room)
    {
      pango_layout_set_width (layout, (int) room * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }

  show_centered (cr, frame, layout, y);

  return y + height;
}

/*
 * _budget_donut_draw_middle:
 * @cr: where to draw
 * @frame: where the ring is
 * @lines: an amount, what it is, and more about it; each may be %NULL
 * @context: says the font
 * @style: the colours
 *
 * Writes into the hole. The amount and the line under it do not move when the
 * third line comes and goes.
 */
void
_budget_donut_draw_middle (cairo_t *cr,
                           const BudgetDonutFrame *frame,
                           const char *const lines[3],
                           PangoContext *context,
                           const BudgetChartStyle *style)
{
  double y = frame->center_y;

  if (frame->inner < 16.0)
    return;

  if (lines[0] != NULL)
    {
      g_autoptr (PangoLayout) amount = fit_amount (context, lines[0], frame);
      int height = 0;

      pango_layout_get_pixel_size (amount, NULL, &height);
      y -= lines[1] != NULL ? height * 0.75 : height * 0.5;
      _budget_chart_style_set_text (style, cr, FALSE);
      show_centered (cr, frame, amount, y);
      y += height;
    }

  _budget_chart_style_set_text (style, cr, TRUE);
  for (int i = 1; i < 3; i++)
    {
      if (lines[i] != NULL)
        y = draw_line (cr, frame, lines[i], y, context);
    }
}
