/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-bar-chart.h"
#include "budget-chart-motion-private.h"
#include "budget-chart-private.h"
#include "budget-chart-style-private.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * BudgetBarChart:
 *
 * Amounts over time: a bar for each item of a list.
 *
 * Negative amounts have bars below the baseline. The whole column of a bar can
 * be pointed at, however short the bar is; the text above the bars then
 * describes it.
 *
 * # CSS nodes
 *
 * `barchart` with a `mark` for each bar.
 */

#define MINIMUM_WIDTH 120
#define MINIMUM_HEIGHT 96
#define NATURAL_WIDTH 320
#define NATURAL_HEIGHT 160
#define MAX_BAR_WIDTH 40.0
#define RADIUS 3.0
#define GAP 6.0

struct _BudgetBarChart
{
  BudgetChart parent_instance;

  GPtrArray *items; /* in the order of the bars */
  double baseline;  /* its distance from the top, from 0 to 1 */
  BudgetChartMotion motion;
};

typedef struct
{
  double top; /* the space for bars */
  double bottom;
  double width;
  double slot;     /* the width of a column */
  double baseline; /* in pixels */
  gboolean mirrored;
} Frame;

G_DEFINE_FINAL_TYPE (BudgetBarChart, budget_bar_chart, BUDGET_TYPE_CHART)

static BudgetChartSeries *
get_series (BudgetBarChart *self)
{
  return budget_chart_get_series (BUDGET_CHART (self));
}

static PangoContext *
get_context (BudgetBarChart *self)
{
  return gtk_widget_get_pango_context (GTK_WIDGET (self));
}

static const char *
get_empty_text (BudgetBarChart *self)
{
  const char *text = budget_chart_get_empty_text (BUDGET_CHART (self));

  return text != NULL ? text : _("Nothing to show");
}

static void
get_frame (BudgetBarChart *self, Frame *frame)
{
  g_autoptr (PangoLayout) layout =
    _budget_chart_create_layout (get_context (self), "0", 1.0, FALSE);
  int line = 0;

  pango_layout_get_pixel_size (layout, NULL, &line);
  frame->width = gtk_widget_get_width (GTK_WIDGET (self));
  frame->top = line + GAP;
  frame->bottom = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - line - GAP, frame->top);
  frame->slot = frame->width / MAX (self->items->len, 1);
  frame->baseline = frame->top + (frame->bottom - frame->top) * self->baseline;
  frame->mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* Bars appear and disappear at the baseline. */
static void
collapse (const double *before, const double *own, double *place)
{
  place[0] = own[0];
  place[1] = 0.0;
}

static void
budget_bar_chart_update (BudgetChart *chart)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (chart);
  BudgetChartSeries *series = get_series (self);
  guint n_items = budget_chart_series_get_n_items (series);
  g_autofree BudgetChartTarget *targets = g_new0 (BudgetChartTarget, n_items);
  double highest = 0.0;
  double lowest = 0.0;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < n_items; i++)
    {
      highest = MAX (highest, (double) budget_chart_series_get_value (series, i));
      lowest = MIN (lowest, (double) budget_chart_series_get_value (series, i));
    }

  for (guint i = 0; i < n_items; i++)
    {
      targets[i].key = budget_chart_series_get_item (series, i);
      targets[i].place[0] = (i + 0.5) / n_items;
      targets[i].place[1] =
        (double) budget_chart_series_get_value (series, i) / MAX (highest - lowest, 1.0);
      targets[i].color = *budget_chart_series_get_color (series, i);
      g_ptr_array_add (self->items, g_object_ref (targets[i].key));
    }

  self->baseline = highest - lowest > 0.0 ? highest / (highest - lowest) : 1.0;
  _budget_chart_motion_retarget (&self->motion, targets, n_items);
}

static guint
budget_bar_chart_get_n_marks (BudgetChart *chart)
{
  return BUDGET_BAR_CHART (chart)->items->len;
}

static GObject *
budget_bar_chart_get_mark_item (BudgetChart *chart, guint index)
{
  return g_ptr_array_index (BUDGET_BAR_CHART (chart)->items, index);
}

static char *
budget_bar_chart_dup_mark_text (BudgetChart *chart, guint index)
{
  BudgetChartSeries *series = budget_chart_get_series (chart);
  g_autofree char *amount = NULL;

  if (index >= budget_chart_series_get_n_items (series))
    return NULL;

  amount = budget_chart_series_format (series, budget_chart_series_get_value (series, index));

  /* Translators: a bar of a chart and its amount, such as November, $71.25 */
  return g_strdup_printf (_("%s, %s"), budget_chart_series_get_label (series, index), amount);
}

/* The text above the bars replaces tooltips, which would cover the bars. */
static char *
budget_bar_chart_dup_tooltip (BudgetChart *chart, int index)
{
  return NULL;
}

static void
budget_bar_chart_get_mark_bounds (BudgetChart *chart, guint index, GdkRectangle *bounds)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (chart);
  Frame frame = { 0 };
  double left = 0.0;

  get_frame (self, &frame);
  left = frame.slot * index;
  if (frame.mirrored)
    left = frame.width - left - frame.slot;

  bounds->x = (int) floor (left);
  bounds->y = (int) frame.top;
  bounds->width = MAX ((int) ceil (frame.slot), 1);
  bounds->height = MAX ((int) (frame.bottom - frame.top), 1);
}

static int
budget_bar_chart_pick_mark (BudgetChart *chart, double x, double y)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (chart);
  Frame frame = { 0 };
  int index = -1;

  get_frame (self, &frame);
  if (x < 0.0 || x >= frame.width || y < frame.top)
    return -1;

  index = (int) ((frame.mirrored ? frame.width - x : x) / frame.slot);

  return index < (int) self->items->len ? index : -1;
}

static void
budget_bar_chart_activate_mark (BudgetChart *chart, guint index)
{
  _budget_chart_emit_activate (chart, index);
}

static void
budget_bar_chart_emphasize (BudgetChart *chart)
{
  GObject *item = NULL;
  gboolean any = _budget_chart_get_lit (chart, &item);

  _budget_chart_motion_emphasize (&BUDGET_BAR_CHART (chart)->motion, any, item);
}

static gboolean
budget_bar_chart_advance (BudgetChart *chart, gint64 now)
{
  return _budget_chart_motion_advance (&BUDGET_BAR_CHART (chart)->motion, now);
}

static char *
budget_bar_chart_dup_description (BudgetChart *chart)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (chart);
  GString *text = g_string_new (NULL);

  if (self->items->len == 0)
    g_string_append (text, get_empty_text (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autofree char *mark = budget_bar_chart_dup_mark_text (chart, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", mark);
    }

  return g_string_free (text, FALSE);
}

/* Only the end away from the baseline is round. */
static void
trace_bar (cairo_t *cr, const Frame *frame, double middle, double height)
{
  double width = MAX (MIN (frame->slot * 0.72, MAX_BAR_WIDTH), 1.0);
  double length = fabs (height) * (frame->bottom - frame->top);
  double radius = MIN (RADIUS, MIN (width / 2.0, length));
  double x = (frame->mirrored ? 1.0 - middle : middle) * frame->width - width / 2.0;

  cairo_save (cr);
  cairo_translate (cr, x, frame->baseline);
  cairo_scale (cr, 1.0, height < 0.0 ? -1.0 : 1.0);
  cairo_new_path (cr);
  cairo_move_to (cr, 0.0, 0.0);
  cairo_arc (cr, radius, radius - length, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, width - radius, radius - length, radius, 1.5 * G_PI, 2.0 * G_PI);
  cairo_line_to (cr, width, 0.0);
  cairo_close_path (cr);
  cairo_restore (cr);
}

static void
draw_bar (cairo_t *cr,
          const Frame *frame,
          const BudgetChartMover *mover,
          gboolean focused,
          gboolean colored,
          const BudgetChartStyle *style)
{
  GdkRGBA fill =
    _budget_chart_fade (colored ? &mover->color : &style->focus, mover->emphasis, style);
  GdkRGBA line = style->text;

  line.alpha *= style->high_contrast ? 1.0f : 0.35f;

  cairo_save (cr);
  trace_bar (cr, frame, mover->now[0], mover->now[1]);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill_preserve (cr);
  cairo_clip_preserve (cr);
  cairo_set_line_width (cr, style->high_contrast ? 4.0 : 2.0);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_stroke (cr);
  cairo_restore (cr);

  /* A bar may be too short for an outline, so draw it around the column. */
  if (focused)
    {
      double middle = frame->mirrored ? 1.0 - mover->now[0] : mover->now[0];
      double width = MAX (MIN (frame->slot, MAX_BAR_WIDTH + GAP) - 2.0, 3.0);

      cairo_new_path (cr);
      cairo_rectangle (cr, middle * frame->width - width / 2.0, frame->top - 2.0, width,
                       frame->bottom - frame->top + 4.0);
      cairo_set_line_width (cr, 2.0);
      gdk_cairo_set_source_rgba (cr, &style->focus);
      cairo_stroke (cr);
    }
}

static void
draw_bars (BudgetBarChart *self, cairo_t *cr, const Frame *frame, const BudgetChartStyle *style)
{
  int focus = _budget_chart_get_focus_index (BUDGET_CHART (self), TRUE);
  gboolean colored = budget_chart_series_has_colors (get_series (self));
  GdkRGBA line = style->text;

  for (guint i = 0; i < _budget_chart_motion_get_n_movers (&self->motion); i++)
    {
      const BudgetChartMover *mover = _budget_chart_motion_get_mover (&self->motion, i);
      gboolean focused = focus >= 0 && focus < (int) self->items->len && !mover->leaving &&
                         mover->key == g_ptr_array_index (self->items, focus);

      draw_bar (cr, frame, mover, focused, colored, style);
    }

  line.alpha *= style->high_contrast ? 1.0f : 0.5f;
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_rectangle (cr, 0.0, floor (frame->baseline), frame->width, 1.0);
  cairo_fill (cr);
}

static int
get_widest_label (BudgetBarChart *self)
{
  int widest = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (PangoLayout) layout = _budget_chart_create_layout (
        get_context (self), budget_chart_series_get_label (get_series (self), i), PANGO_SCALE_SMALL,
        FALSE);
      int width = 0;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

/* Returns where the label begins. */
static double
draw_label (BudgetBarChart *self, cairo_t *cr, const Frame *frame, guint index, double room)
{
  g_autoptr (PangoLayout) layout = _budget_chart_create_layout (
    get_context (self), budget_chart_series_get_label (get_series (self), index), PANGO_SCALE_SMALL,
    FALSE);
  double left = 0.0;
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  left = (index + 0.5) * frame->slot - width / 2.0;
  left = CLAMP (left, 0.0, MAX (frame->width - width, 0.0));
  if (left + width > room)
    return room;

  cairo_move_to (cr, frame->mirrored ? frame->width - left - width : left,
                 frame->bottom + GAP / 2.0);
  pango_cairo_show_layout (cr, layout);

  return left - GAP;
}

/* Labels every bar, or every second, third … if they would not fit, always
 * including the latest. */
static void
draw_labels (BudgetBarChart *self, cairo_t *cr, const Frame *frame, const BudgetChartStyle *style)
{
  guint step = MAX ((guint) ceil ((get_widest_label (self) + GAP) / frame->slot), 1);
  double room = frame->width;

  _budget_chart_style_set_text (style, cr, TRUE);
  for (guint i = self->items->len; i > 0; i -= MIN (step, i))
    room = draw_label (self, cr, frame, i - 1, room);
}

static void
draw_heading (BudgetBarChart *self, cairo_t *cr, const Frame *frame, const BudgetChartStyle *style)
{
  guint lit = budget_chart_get_highlighted (BUDGET_CHART (self));
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;

  if (lit != GTK_INVALID_LIST_POSITION)
    text = budget_bar_chart_dup_mark_text (BUDGET_CHART (self), lit);
  else if (self->items->len == 0)
    text = g_strdup (get_empty_text (self));
  else
    text = g_strdup (budget_chart_get_title (BUDGET_CHART (self)));

  layout = _budget_chart_create_layout (get_context (self), text != NULL ? text : "", 1.0,
                                        lit != GTK_INVALID_LIST_POSITION);
  pango_layout_set_width (layout, (int) frame->width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  _budget_chart_style_set_text (style, cr, lit == GTK_INVALID_LIST_POSITION);
  cairo_move_to (cr, 0.0, 0.0);
  pango_cairo_show_layout (cr, layout);
}

static void
budget_bar_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (widget);
  BudgetChartStyle style = { 0 };
  Frame frame = { 0 };
  cairo_t *cr = NULL;

  _budget_chart_ensure_updated (BUDGET_CHART (self));
  get_frame (self, &frame);
  _budget_chart_style_init (&style, widget);

  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, frame.width, gtk_widget_get_height (widget)));
  draw_bars (self, cr, &frame, &style);
  draw_labels (self, cr, &frame, &style);
  draw_heading (self, cr, &frame, &style);
  cairo_destroy (cr);
}

static void
budget_bar_chart_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
budget_bar_chart_dispose (GObject *object)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (object);

  G_OBJECT_CLASS (budget_bar_chart_parent_class)->dispose (object);

  g_ptr_array_set_size (self->items, 0);
}

static void
budget_bar_chart_finalize (GObject *object)
{
  BudgetBarChart *self = BUDGET_BAR_CHART (object);

  g_ptr_array_unref (self->items);
  _budget_chart_motion_clear (&self->motion);

  G_OBJECT_CLASS (budget_bar_chart_parent_class)->finalize (object);
}

static void
budget_bar_chart_class_init (BudgetBarChartClass *klass)
{
  BudgetChartClass *chart_class = BUDGET_CHART_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_bar_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_bar_chart_finalize;
  widget_class->snapshot = budget_bar_chart_snapshot;
  widget_class->measure = budget_bar_chart_measure;
  chart_class->update = budget_bar_chart_update;
  chart_class->get_n_marks = budget_bar_chart_get_n_marks;
  chart_class->get_mark_item = budget_bar_chart_get_mark_item;
  chart_class->dup_mark_text = budget_bar_chart_dup_mark_text;
  chart_class->dup_tooltip = budget_bar_chart_dup_tooltip;
  chart_class->get_mark_bounds = budget_bar_chart_get_mark_bounds;
  chart_class->pick_mark = budget_bar_chart_pick_mark;
  chart_class->activate_mark = budget_bar_chart_activate_mark;
  chart_class->emphasize = budget_bar_chart_emphasize;
  chart_class->advance = budget_bar_chart_advance;
  chart_class->dup_description = budget_bar_chart_dup_description;

  gtk_widget_class_set_css_name (widget_class, "barchart");
}

static void
budget_bar_chart_init (BudgetBarChart *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  _budget_chart_motion_init (&self->motion, collapse);
}

/**
 * budget_bar_chart_new:
 *
 * Returns: (transfer floating): a chart without a model
 */
GtkWidget *
budget_bar_chart_new (void)
{
  return g_object_new (BUDGET_TYPE_BAR_CHART, NULL);
}
