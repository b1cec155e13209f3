/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-motion-private.h"
#include "budget-chart-private.h"
#include "budget-donut-chart.h"
#include "budget-donut-draw-private.h"
#include "budget-donut-words-private.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * BudgetDonutChart:
 *
 * A ring with a slice for each item of a list, and the total in its middle.
 *
 * Negative values have no slice, since a ring cannot show them; the total
 * includes them and the description mentions them. Slices too small to see or
 * to point at are folded into one, Other. The middle describes the highlighted
 * slice.
 *
 * # CSS nodes
 *
 * `donutchart` with a `mark` for each slice.
 */

#define MINIMUM_SIZE 120
#define NATURAL_SIZE 260
#define MAX_NAMED 8

struct _BudgetDonutChart
{
  BudgetChart parent_instance;

  BudgetDonutLayout *layout;
  BudgetChartMotion motion;
  gboolean other_highlighted;
};

G_DEFINE_FINAL_TYPE (BudgetDonutChart, budget_donut_chart, BUDGET_TYPE_CHART)

enum
{
  PROP_0,
  PROP_OTHER_HIGHLIGHTED,
  N_PROPS
};

enum
{
  SIGNAL_ACTIVATE_OTHER,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *
get_empty_text (BudgetDonutChart *self)
{
  const char *text = budget_chart_get_empty_text (BUDGET_CHART (self));

  return text != NULL ? text : _("Nothing to show");
}

static GtkWidget *
get_widget (BudgetDonutChart *self)
{
  return GTK_WIDGET (self);
}

static BudgetChartSeries *
get_series (BudgetDonutChart *self)
{
  return budget_chart_get_series (BUDGET_CHART (self));
}

static void
get_frame (BudgetDonutChart *self, BudgetDonutFrame *frame)
{
  _budget_donut_frame_init (frame, gtk_widget_get_width (get_widget (self)),
                            gtk_widget_get_height (get_widget (self)),
                            gtk_widget_get_direction (get_widget (self)) == GTK_TEXT_DIR_RTL);
}

/* Slices appear and disappear at the end of the preceding slice. */
static void
collapse (const double *before, const double *own, double *place)
{
  place[0] = place[1] = before != NULL ? before[1] : 0.0;
}

static GObject *
get_slice_item (BudgetDonutChart *self, guint index)
{
  guint position = _budget_donut_layout_get_slice (self->layout, index)->position;

  return position != BUDGET_DONUT_OTHER ? budget_chart_series_get_item (get_series (self), position)
                                        : NULL;
}

static void
budget_donut_chart_update (BudgetChart *chart)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (BudgetChartTarget));

  g_clear_pointer (&self->layout, _budget_donut_layout_free);
  self->layout = _budget_donut_lay_out (get_series (self));

  for (guint i = 0; i < self->layout->slices->len; i++)
    {
      const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (self->layout, i);
      BudgetChartTarget target = { get_slice_item (self, i),
                                   { slice->start, slice->end },
                                   *_budget_donut_get_color (get_series (self), slice->position),
                                   slice->percent };

      g_array_append_val (targets, target);
    }

  _budget_chart_motion_retarget (&self->motion, (const BudgetChartTarget *) targets->data,
                                 targets->len);
}

static guint
budget_donut_chart_get_n_marks (BudgetChart *chart)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);

  return self->layout != NULL ? self->layout->slices->len : 0;
}

static GObject *
budget_donut_chart_get_mark_item (BudgetChart *chart, guint index)
{
  return get_slice_item (BUDGET_DONUT_CHART (chart), index);
}

static char *
budget_donut_chart_dup_mark_text (BudgetChart *chart, guint index)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (self->layout, index);

  return _budget_donut_describe_part (get_series (self), slice->position, slice->value,
                                      slice->percent);
}

static void
append_folded (BudgetDonutChart *self, GString *text)
{
  guint n_named = 0;

  for (guint i = 0; i < self->layout->n_values; i++)
    {
      g_autofree char *part = NULL;

      if (self->layout->owners[i] < 0 ||
          _budget_donut_layout_get_slice (self->layout, self->layout->owners[i])->position !=
            BUDGET_DONUT_OTHER)
        continue;

      if (n_named++ == MAX_NAMED)
        {
          g_string_append (text, "\n…");
          return;
        }

      part = _budget_donut_describe_part (get_series (self), i,
                                          budget_chart_series_get_value (get_series (self), i),
                                          self->layout->percents[i]);
      g_string_append_printf (text, "\n%s", part);
    }
}

static char *
budget_donut_chart_dup_tooltip (BudgetChart *chart, int index)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  g_autofree char *mark = NULL;
  GString *text = NULL;

  if (index < 0)
    return self->layout != NULL && self->layout->n_withheld > 0
             ? _budget_donut_describe_withheld (self->layout, get_series (self))
             : NULL;

  mark = budget_donut_chart_dup_mark_text (chart, (guint) index);
  text = g_string_new (mark);
  if (get_slice_item (self, (guint) index) == NULL)
    append_folded (self, text);

  return g_string_free (text, FALSE);
}

static void
budget_donut_chart_get_mark_bounds (BudgetChart *chart, guint index, GdkRectangle *bounds)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (self->layout, index);
  BudgetDonutFrame frame = { 0 };
  double box[4] = { 0 };

  get_frame (self, &frame);
  _budget_donut_frame_get_bounds (&frame, slice->start, slice->end, box);
  bounds->x = (int) floor (box[0]);
  bounds->y = (int) floor (box[1]);
  bounds->width = MAX ((int) ceil (box[2]) - bounds->x, 1);
  bounds->height = MAX ((int) ceil (box[3]) - bounds->y, 1);
}

static int
budget_donut_chart_pick_mark (BudgetChart *chart, double x, double y)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  BudgetDonutFrame frame = { 0 };
  double turn = 0.0;

  get_frame (self, &frame);
  if (!_budget_donut_frame_locate (&frame, x, y, &turn))
    return -1;

  return _budget_donut_layout_find (self->layout, turn);
}

static void
budget_donut_chart_activate_mark (BudgetChart *chart, guint index)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  guint position = _budget_donut_layout_get_slice (self->layout, index)->position;

  if (position == BUDGET_DONUT_OTHER)
    {
      g_autoptr (GtkBitset) folded = budget_donut_chart_dup_folded (self);

      g_signal_emit (self, signals[SIGNAL_ACTIVATE_OTHER], 0, folded);
    }
  else
    {
      _budget_chart_emit_activate (chart, position);
    }
}

/* Finds the item to describe in the middle and the slice to highlight. They differ
 * for an item inside Other, which has no slice of its own. */
static gboolean
get_lit_part (BudgetDonutChart *self, BudgetDonutSlice *part, int *index)
{
  BudgetChartSeries *series = get_series (self);
  GObject *item = NULL;

  if (!_budget_chart_get_lit (BUDGET_CHART (self), &item))
    return FALSE;

  if (item == NULL)
    {
      *index = _budget_chart_find_mark (BUDGET_CHART (self), TRUE, NULL);
      if (*index >= 0)
        *part = *_budget_donut_layout_get_slice (self->layout, (guint) *index);
      return *index >= 0;
    }

  part->position = budget_chart_series_find (series, item);
  part->value = budget_chart_series_get_value (series, part->position);
  part->percent = self->layout->percents[part->position];
  *index = self->layout->owners[part->position];

  return TRUE;
}

static void
budget_donut_chart_emphasize (BudgetChart *chart)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  BudgetDonutSlice part = { 0 };
  int index = -1;
  gboolean any = get_lit_part (self, &part, &index) && index >= 0;
  gboolean other = any && part.position == BUDGET_DONUT_OTHER;

  _budget_chart_motion_emphasize (&self->motion, any,
                                  any ? get_slice_item (self, (guint) index) : NULL);

  if (self->other_highlighted == other)
    return;

  self->other_highlighted = other;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OTHER_HIGHLIGHTED]);
}

static gboolean
budget_donut_chart_advance (BudgetChart *chart, gint64 now)
{
  return _budget_chart_motion_advance (&BUDGET_DONUT_CHART (chart)->motion, now);
}

static char *
budget_donut_chart_dup_description (BudgetChart *chart)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (chart);
  g_autofree char *total = budget_chart_series_format (get_series (self), self->layout->total);
  GString *text = g_string_new (NULL);

  if (self->layout->slices->len == 0)
    g_string_append_printf (text, "%s. ", get_empty_text (self));

  /* Translators: how a screen reader sums up a chart; %s is an amount */
  g_string_append_printf (text, _("Total %s"), total);

  for (guint i = 0; i < self->layout->slices->len; i++)
    {
      g_autofree char *part = budget_donut_chart_dup_mark_text (chart, i);

      g_string_append_printf (text, "; %s", part);
    }

  if (self->layout->n_withheld > 0)
    {
      g_autofree char *withheld = _budget_donut_describe_withheld (self->layout, get_series (self));

      g_string_append_printf (text, ". %s", withheld);
    }

  return g_string_free (text, FALSE);
}

static void
draw_slices (BudgetDonutChart *self,
             cairo_t *cr,
             const BudgetDonutFrame *frame,
             const BudgetChartStyle *style)
{
  guint n_movers = _budget_chart_motion_get_n_movers (&self->motion);
  g_autofree BudgetDonutArc *arcs = g_new0 (BudgetDonutArc, n_movers);
  int focus = _budget_chart_get_focus_index (BUDGET_CHART (self), TRUE);
  int focused_arc = -1;

  for (guint i = 0; i < n_movers; i++)
    {
      const BudgetChartMover *mover = _budget_chart_motion_get_mover (&self->motion, i);

      arcs[i] = (BudgetDonutArc){ mover->now[0], mover->now[1], mover->emphasis, mover->color,
                                  mover->percent };
      if (focus >= 0 && focus < (int) self->layout->slices->len && !mover->leaving &&
          mover->key == get_slice_item (self, (guint) focus))
        focused_arc = (int) i;
    }

  _budget_donut_draw (cr, frame, arcs, n_movers, gtk_widget_get_pango_context (get_widget (self)),
                      style);
  if (focused_arc >= 0)
    _budget_donut_draw_focus (cr, frame, &arcs[focused_arc], style);
}

static void
draw_middle (BudgetDonutChart *self,
             cairo_t *cr,
             const BudgetDonutFrame *frame,
             const BudgetChartStyle *style)
{
  BudgetDonutSlice part = { 0 };
  int index = -1;
  gboolean lit = get_lit_part (self, &part, &index);
  gboolean empty = self->layout->slices->len == 0 && self->layout->n_withheld == 0;
  g_autofree char *share =
    lit && part.value > 0 ? _budget_chart_format_percent (part.percent) : NULL;
  g_autofree char *amount = NULL;
  const char *title = budget_chart_get_title (BUDGET_CHART (self));

  amount = budget_chart_series_format (get_series (self), lit ? part.value : self->layout->total);

  _budget_donut_draw_middle (
    cr, frame,
    (const char *const[]){ amount,
                           lit     ? _budget_donut_get_label (get_series (self), part.position)
                           : empty ? get_empty_text (self)
                                   : title,
                           share },
    gtk_widget_get_pango_context (get_widget (self)), style);
}

static void
budget_donut_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  BudgetDonutFrame frame = { 0 };
  BudgetChartStyle style = { 0 };
  cairo_t *cr = NULL;

  _budget_chart_ensure_updated (BUDGET_CHART (self));
  get_frame (self, &frame);
  _budget_chart_style_init (&style, widget);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_slices (self, cr, &frame, &style);
  draw_middle (self, cr, &frame, &style);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
budget_donut_chart_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
budget_donut_chart_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = NATURAL_SIZE;
}

static void
budget_donut_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_OTHER_HIGHLIGHTED:
      g_value_set_boolean (value, BUDGET_DONUT_CHART (object)->other_highlighted);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_donut_chart_finalize (GObject *object)
{
  BudgetDonutChart *self = BUDGET_DONUT_CHART (object);

  g_clear_pointer (&self->layout, _budget_donut_layout_free);
  _budget_chart_motion_clear (&self->motion);

  G_OBJECT_CLASS (budget_donut_chart_parent_class)->finalize (object);
}

static void
override_parents (BudgetDonutChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BudgetChartClass *chart_class = BUDGET_CHART_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = budget_donut_chart_finalize;
  object_class->get_property = budget_donut_chart_get_property;
  widget_class->snapshot = budget_donut_chart_snapshot;
  widget_class->measure = budget_donut_chart_measure;
  widget_class->get_request_mode = budget_donut_chart_get_request_mode;
  chart_class->update = budget_donut_chart_update;
  chart_class->get_n_marks = budget_donut_chart_get_n_marks;
  chart_class->get_mark_item = budget_donut_chart_get_mark_item;
  chart_class->dup_mark_text = budget_donut_chart_dup_mark_text;
  chart_class->dup_tooltip = budget_donut_chart_dup_tooltip;
  chart_class->get_mark_bounds = budget_donut_chart_get_mark_bounds;
  chart_class->pick_mark = budget_donut_chart_pick_mark;
  chart_class->activate_mark = budget_donut_chart_activate_mark;
  chart_class->emphasize = budget_donut_chart_emphasize;
  chart_class->advance = budget_donut_chart_advance;
  chart_class->dup_description = budget_donut_chart_dup_description;
}

static void
budget_donut_chart_class_init (BudgetDonutChartClass *klass)
{
  override_parents (klass);

  /**
   * BudgetDonutChart:other-highlighted:
   *
   * Whether the slice Other is highlighted, and not one of its items. A legend
   * can then highlight all of them.
   */
  properties[PROP_OTHER_HIGHLIGHTED] =
    g_param_spec_boolean ("other-highlighted", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  /**
   * BudgetDonutChart::activate-other:
   * @positions: the positions of the items in the slice
   *
   * The user clicked the slice Other, or pressed Enter on it.
   */
  signals[SIGNAL_ACTIVATE_OTHER] =
    g_signal_new ("activate-other", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, GTK_TYPE_BITSET);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "donutchart");
}

static void
budget_donut_chart_init (BudgetDonutChart *self)
{
  _budget_chart_motion_init (&self->motion, collapse);
}

/**
 * budget_donut_chart_new:
 *
 * Returns: (transfer floating): a chart without a model
 */
GtkWidget *
budget_donut_chart_new (void)
{
  return g_object_new (BUDGET_TYPE_DONUT_CHART, NULL);
}

/**
 * budget_donut_chart_get_percent:
 * @self: a chart
 * @position: the position of an item
 *
 * The percentages that the ring shows. They add up to 100.
 *
 * Returns: the item's share, rounded; 0 if it has no slice
 */
int
budget_donut_chart_get_percent (BudgetDonutChart *self, guint position)
{
  g_return_val_if_fail (BUDGET_IS_DONUT_CHART (self), 0);

  _budget_chart_ensure_updated (BUDGET_CHART (self));
  g_return_val_if_fail (position < self->layout->n_values, 0);

  return self->layout->percents[position];
}

/**
 * budget_donut_chart_dup_folded:
 * @self: a chart
 *
 * Returns: (transfer full): the positions of the items in Other
 */
GtkBitset *
budget_donut_chart_dup_folded (BudgetDonutChart *self)
{
  GtkBitset *folded = gtk_bitset_new_empty ();

  g_return_val_if_fail (BUDGET_IS_DONUT_CHART (self), folded);

  _budget_chart_ensure_updated (BUDGET_CHART (self));
  for (guint i = 0; self->layout->n_folded > 0 && i < self->layout->n_values; i++)
    {
      if (self->layout->owners[i] == (int) self->layout->slices->len - 1)
        gtk_bitset_add (folded, i);
    }

  return folded;
}
