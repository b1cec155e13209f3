/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-motion-private.h"
#include "budget-chart-private.h"

/**
 * BudgetChart:
 *
 * What all charts have in common: a series to draw, one item that is
 * highlighted, marks that the keyboard and a screen reader can reach, and a
 * clock that moves them.
 *
 * A legend and the chart light each other up through #BudgetChart:highlighted,
 * remembered as the item, not as its place, so that it outlives a new order.
 * Whatever changes in the list is worked out once and drawn in the next frame.
 */

typedef struct
{
  BudgetChartSeries *series;
  char *title;
  char *empty_text;
  GObject *lit_item; /* the item that is highlighted; may have left the list */
  gboolean lit_several;
  guint notified; /* the last place that was announced for it */
  guint tick_id;
  gboolean pointed; /* the pointer is on a mark */
  gboolean disposed;
  gboolean stale;    /* the marks have to be worked out */
  gboolean unsynced; /* they are, but the child widgets are not there yet */
} BudgetChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BudgetChart, budget_chart, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_VALUE_EXPRESSION,
  PROP_LABEL_EXPRESSION,
  PROP_COLOR_EXPRESSION,
  PROP_TITLE,
  PROP_EMPTY_TEXT,
  PROP_HIGHLIGHTED,
  N_PROPS
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static BudgetChartPrivate *
get_private (BudgetChart *self)
{
  return budget_chart_get_instance_private (self);
}

static void
notify_highlighted (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);
  guint position = budget_chart_get_highlighted (self);

  if (position == priv->notified)
    return;

  priv->notified = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIGHLIGHTED]);
}

static void
forget_lost (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);

  if (budget_chart_get_highlighted (self) == GTK_INVALID_LIST_POSITION)
    g_clear_object (&priv->lit_item);
  if (_budget_chart_find_mark (self, priv->lit_several, NULL) < 0)
    priv->lit_several = FALSE;
}

static gboolean
move_on (BudgetChart *self, gint64 now)
{
  BudgetChartPrivate *priv = get_private (self);
  gboolean more = FALSE;

  _budget_chart_ensure_updated (self);
  if (priv->unsynced)
    {
      priv->unsynced = FALSE;
      _budget_chart_sync_marks (self);
    }

  more = BUDGET_CHART_GET_CLASS (self)->advance (self, now);
  if (!more)
    forget_lost (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return more;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BudgetChart *self = BUDGET_CHART (widget);
  BudgetChartPrivate *priv = get_private (self);
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animations, NULL);
  if (move_on (self, animations ? gdk_frame_clock_get_frame_time (clock) : BUDGET_CHART_AT_ONCE))
    return G_SOURCE_CONTINUE;

  priv->tick_id = 0;

  return G_SOURCE_REMOVE;
}

static void
wake (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    move_on (self, BUDGET_CHART_AT_ONCE);
  else if (priv->tick_id == 0)
    priv->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
on_series_changed (BudgetChart *self)
{
  get_private (self)->stale = TRUE;
  notify_highlighted (self);
  wake (self);
}

static void
on_series_notify (BudgetChart *self, GParamSpec *pspec)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static char *
budget_chart_real_dup_tooltip (BudgetChart *self, int index)
{
  return index >= 0 ? BUDGET_CHART_GET_CLASS (self)->dup_mark_text (self, (guint) index) : NULL;
}

static void
budget_chart_dispose (GObject *object)
{
  BudgetChart *self = BUDGET_CHART (object);
  BudgetChartPrivate *priv = get_private (self);
  GtkWidget *mark = NULL;

  /* A mark that loses the focus on its way out lights up nothing any more. */
  priv->disposed = TRUE;
  g_signal_handlers_disconnect_by_data (priv->series, self);
  while ((mark = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (mark);
  g_clear_object (&priv->lit_item);
  budget_chart_series_set_model (priv->series, NULL);

  G_OBJECT_CLASS (budget_chart_parent_class)->dispose (object);
}

static void
budget_chart_finalize (GObject *object)
{
  BudgetChartPrivate *priv = get_private (BUDGET_CHART (object));

  g_clear_object (&priv->lit_item);
  g_clear_object (&priv->series);
  g_free (priv->title);
  g_free (priv->empty_text);

  G_OBJECT_CLASS (budget_chart_parent_class)->finalize (object);
}

static void
budget_chart_map (GtkWidget *widget)
{
  move_on (BUDGET_CHART (widget), BUDGET_CHART_AT_ONCE);

  GTK_WIDGET_CLASS (budget_chart_parent_class)->map (widget);
}

static void
budget_chart_unmap (GtkWidget *widget)
{
  BudgetChartPrivate *priv = get_private (BUDGET_CHART (widget));

  if (priv->tick_id != 0)
    gtk_widget_remove_tick_callback (widget, priv->tick_id);
  priv->tick_id = 0;

  GTK_WIDGET_CLASS (budget_chart_parent_class)->unmap (widget);
}

static void
budget_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (budget_chart_parent_class)->css_changed (widget, change);

  /* Some of the theme's colours are looked up, so no style of ours tells. */
  gtk_widget_queue_draw (widget);
}

static void
budget_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetChart *self = BUDGET_CHART (object);

  switch (id)
    {
    case PROP_MODEL:
    case PROP_VALUE_EXPRESSION:
    case PROP_LABEL_EXPRESSION:
    case PROP_COLOR_EXPRESSION:
      g_object_get_property (G_OBJECT (get_private (self)->series), pspec->name, value);
      break;

    case PROP_TITLE:
      g_value_set_string (value, budget_chart_get_title (self));
      break;

    case PROP_EMPTY_TEXT:
      g_value_set_string (value, budget_chart_get_empty_text (self));
      break;

    case PROP_HIGHLIGHTED:
      g_value_set_uint (value, budget_chart_get_highlighted (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetChart *self = BUDGET_CHART (object);

  switch (id)
    {
    case PROP_MODEL:
    case PROP_VALUE_EXPRESSION:
    case PROP_LABEL_EXPRESSION:
    case PROP_COLOR_EXPRESSION:
      g_object_set_property (G_OBJECT (get_private (self)->series), pspec->name, value);
      break;

    case PROP_TITLE:
      budget_chart_set_title (self, g_value_get_string (value));
      break;

    case PROP_EMPTY_TEXT:
      budget_chart_set_empty_text (self, g_value_get_string (value));
      break;

    case PROP_HIGHLIGHTED:
      budget_chart_set_highlighted (self, g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_VALUE_EXPRESSION] =
    gtk_param_spec_expression ("value-expression", NULL, NULL, flags);
  properties[PROP_LABEL_EXPRESSION] =
    gtk_param_spec_expression ("label-expression", NULL, NULL, flags);
  properties[PROP_COLOR_EXPRESSION] =
    gtk_param_spec_expression ("color-expression", NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, flags);

  /**
   * BudgetChart:highlighted:
   *
   * The place of the item that is lit up, %GTK_INVALID_LIST_POSITION for
   * none. It follows the pointer and the focus, and may be set.
   */
  properties[PROP_HIGHLIGHTED] = g_param_spec_uint (
    "highlighted", NULL, NULL, 0, GTK_INVALID_LIST_POSITION, GTK_INVALID_LIST_POSITION, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_chart_class_init (BudgetChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_chart_dispose;
  object_class->finalize = budget_chart_finalize;
  object_class->get_property = budget_chart_get_property;
  object_class->set_property = budget_chart_set_property;
  widget_class->map = budget_chart_map;
  widget_class->unmap = budget_chart_unmap;
  widget_class->css_changed = budget_chart_css_changed;
  widget_class->size_allocate = _budget_chart_allocate_marks;
  klass->dup_tooltip = budget_chart_real_dup_tooltip;

  install_properties (object_class);

  /**
   * BudgetChart::activate:
   * @position: the place of an item
   *
   * Somebody clicked the mark of an item, or pressed Enter on it.
   */
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  _budget_chart_class_init_input (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
budget_chart_init (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);

  priv->notified = GTK_INVALID_LIST_POSITION;
  priv->stale = TRUE;
  priv->series = budget_chart_series_new ();
  g_signal_connect_object (priv->series, "changed", G_CALLBACK (on_series_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->series, "notify", G_CALLBACK (on_series_notify), self,
                           G_CONNECT_SWAPPED);

  _budget_chart_init_input (self);
}

/**
 * budget_chart_get_series:
 * @self: a chart
 *
 * Returns: (transfer none): what the chart reads
 */
BudgetChartSeries *
budget_chart_get_series (BudgetChart *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART (self), NULL);

  return get_private (self)->series;
}

/**
 * budget_chart_get_model:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): the list
 */
GListModel *
budget_chart_get_model (BudgetChart *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART (self), NULL);

  return budget_chart_series_get_model (get_private (self)->series);
}

/**
 * budget_chart_set_model:
 * @self: a chart
 * @model: (nullable): the list to draw
 */
void
budget_chart_set_model (BudgetChart *self, GListModel *model)
{
  g_return_if_fail (BUDGET_IS_CHART (self));

  budget_chart_series_set_model (get_private (self)->series, model);
}

/**
 * budget_chart_get_title:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): what the total is called
 */
const char *
budget_chart_get_title (BudgetChart *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART (self), NULL);

  return get_private (self)->title;
}

/**
 * budget_chart_set_title:
 * @self: a chart
 * @title: (nullable): what the total is called
 */
void
budget_chart_set_title (BudgetChart *self, const char *title)
{
  BudgetChartPrivate *priv = get_private (self);

  g_return_if_fail (BUDGET_IS_CHART (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                    -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * budget_chart_get_empty_text:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): what it says when there is nothing
 */
const char *
budget_chart_get_empty_text (BudgetChart *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART (self), NULL);

  return get_private (self)->empty_text;
}

/**
 * budget_chart_set_empty_text:
 * @self: a chart
 * @text: (nullable): what to say when there is nothing to show
 */
void
budget_chart_set_empty_text (BudgetChart *self, const char *text)
{
  BudgetChartPrivate *priv = get_private (self);

  g_return_if_fail (BUDGET_IS_CHART (self));

  if (g_strcmp0 (priv->empty_text, text) == 0)
    return;

  g_free (priv->empty_text);
  priv->empty_text = g_strdup (text);
  priv->stale = TRUE;
  wake (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY_TEXT]);
}

/**
 * budget_chart_get_highlighted:
 * @self: a chart
 *
 * Returns: the place of the highlighted item, or %GTK_INVALID_LIST_POSITION
 */
guint
budget_chart_get_highlighted (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);

  g_return_val_if_fail (BUDGET_IS_CHART (self), GTK_INVALID_LIST_POSITION);

  return budget_chart_series_find (priv->series, priv->lit_item);
}

/**
 * budget_chart_set_highlighted:
 * @self: a chart
 * @position: the place of the item to light up, or %GTK_INVALID_LIST_POSITION
 *
 * An item without a mark of its own lights up the one that stands for it.
 */
void
budget_chart_set_highlighted (BudgetChart *self, guint position)
{
  BudgetChartSeries *series = get_private (self)->series;
  GObject *item = NULL;

  g_return_if_fail (BUDGET_IS_CHART (self));

  if (position < budget_chart_series_get_n_items (series))
    item = budget_chart_series_get_item (series, position);

  _budget_chart_light (self, item, FALSE);
}

/*
 * _budget_chart_light:
 * @self: a chart
 * @item: (nullable): what to highlight
 * @several: whether to highlight the mark that stands for several instead
 */
void
_budget_chart_light (BudgetChart *self, GObject *item, gboolean several)
{
  BudgetChartPrivate *priv = get_private (self);

  if (priv->disposed || (priv->lit_item == item && priv->lit_several == several))
    return;

  g_set_object (&priv->lit_item, item);
  priv->lit_several = several;

  _budget_chart_ensure_updated (self);
  BUDGET_CHART_GET_CLASS (self)->emphasize (self);
  wake (self);
  notify_highlighted (self);
}

/*
 * _budget_chart_point:
 * @self: a chart
 * @pointed: whether the pointer is on a mark now
 *
 * Returns: whether it was
 */
gboolean
_budget_chart_point (BudgetChart *self, gboolean pointed)
{
  BudgetChartPrivate *priv = get_private (self);
  gboolean before = priv->pointed;

  priv->pointed = pointed;

  return before;
}

/*
 * _budget_chart_get_lit:
 * @self: a chart
 * @item: (out) (optional) (nullable): the highlighted item
 *
 * Returns: whether anything is highlighted
 */
gboolean
_budget_chart_get_lit (BudgetChart *self, GObject **item)
{
  BudgetChartPrivate *priv = get_private (self);
  gboolean there = budget_chart_get_highlighted (self) != GTK_INVALID_LIST_POSITION;

  if (item != NULL)
    *item = there ? priv->lit_item : NULL;

  return there || priv->lit_several;
}

/*
 * _budget_chart_ensure_updated:
 * @self: a chart
 *
 * Works out where the marks go, unless that is known.
 */
void
_budget_chart_ensure_updated (BudgetChart *self)
{
  BudgetChartPrivate *priv = get_private (self);

  if (!priv->stale)
    return;

  priv->stale = FALSE;
  priv->unsynced = TRUE;
  BUDGET_CHART_GET_CLASS (self)->update (self);
  BUDGET_CHART_GET_CLASS (self)->emphasize (self);
}

/*
 * _budget_chart_emit_activate:
 * @self: a chart
 * @position: the place of an item
 */
void
_budget_chart_emit_activate (BudgetChart *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}
