/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-motion-private.h"
#include "budget-chart-private.h"

/**
 * BudgetChart:
 *
 * The base class of charts: a series to draw, one highlighted item, marks for
 * the keyboard and screen readers, and the animation.
 *
 * Bind #BudgetChart:highlighted to a legend, so that both highlight the same
 * item. The chart remembers the item, not its position, so the highlight stays
 * on it when the list is sorted. Changes of the list are laid out once and
 * drawn in the next frame.
 *
 * The marks are child widgets, one for each slice or bar, in the same order. An
 * item keeps its mark as long as it is in the list. The chart is one stop for
 * the Tab key; the arrow keys move between the marks and wrap around. Pointing
 * at a mark or focusing it highlights it; pressing it activates it.
 */

typedef struct
{
  BudgetChartSeries *series;
  char *title;
  char *empty_text;
  GObject *lit_item; /* the item that is highlighted; may have left the list */
  gboolean lit_several;
  guint notified; /* its position in the last notification */
  guint tick_id;
  gboolean pointed; /* the pointer is on a mark */
  gboolean disposed;
  gboolean stale;    /* the marks must be laid out */
  gboolean unsynced; /* they are, but not yet the child widgets */
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

static void
on_mark_notify_has_focus (BudgetChart *self, GParamSpec *pspec, GtkWidget *mark)
{
  GObject *item = _budget_chart_mark_get_item (BUDGET_CHART_MARK (mark));

  /* An invisible focus came from a click, or from the window. */
  if (gtk_widget_has_visible_focus (mark))
    _budget_chart_light (self, item, item == NULL);
}

static void
on_mark_state_flags_changed (BudgetChart *self, GtkStateFlags old, GtkWidget *mark)
{
  GtkStateFlags now = gtk_widget_get_state_flags (mark);

  if (now & ~old & GTK_STATE_FLAG_FOCUS_VISIBLE)
    on_mark_notify_has_focus (self, NULL, mark);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_mark_activate (BudgetChart *self, BudgetChartMark *mark)
{
  int index = 0;

  _budget_chart_ensure_updated (self);
  index = _budget_chart_find_mark (self, TRUE, _budget_chart_mark_get_item (mark));
  if (index >= 0)
    BUDGET_CHART_GET_CLASS (self)->activate_mark (self, (guint) index);
}

/*
 * adopt_mark:
 * @self: a chart
 * @mark: a new mark of it
 */
static void
adopt_mark (BudgetChart *self, BudgetChartMark *mark)
{
  g_signal_connect_object (mark, "activate", G_CALLBACK (on_mark_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mark, "notify::has-focus", G_CALLBACK (on_mark_notify_has_focus), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mark, "state-flags-changed", G_CALLBACK (on_mark_state_flags_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (mark), GTK_WIDGET (self));
}

static BudgetChartMark *
take_mark (BudgetChart *self, GPtrArray *old, GObject *item)
{
  BudgetChartMark *mark = NULL;

  for (guint i = 0; i < old->len; i++)
    {
      if (_budget_chart_mark_get_item (g_ptr_array_index (old, i)) == item)
        return g_ptr_array_steal_index (old, i);
    }

  mark = _budget_chart_mark_new (item);
  adopt_mark (self, mark);

  return mark;
}

static GPtrArray *
list_marks (BudgetChart *self)
{
  GPtrArray *marks = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (marks, child);

  return marks;
}

/* Keep the focus in the chart when the focused mark is removed. */
static void
drop_marks (BudgetChart *self, GPtrArray *old, int focused)
{
  for (guint i = 0; i < old->len; i++)
    {
      GtkWidget *mark = g_ptr_array_index (old, i);

      if (gtk_widget_has_focus (mark))
        {
          GtkWidget *heir = gtk_widget_get_first_child (GTK_WIDGET (self));

          while (focused-- > 0 && gtk_widget_get_next_sibling (heir) != NULL &&
                 !g_ptr_array_find (old, gtk_widget_get_next_sibling (heir), NULL))
            heir = gtk_widget_get_next_sibling (heir);

          if (heir != mark)
            gtk_widget_grab_focus (heir);
        }

      gtk_widget_unparent (mark);
    }
}

static void
describe (BudgetChart *self)
{
  g_autofree char *text = BUDGET_CHART_GET_CLASS (self)->dup_description (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/*
 * sync_marks:
 * @self: a chart
 *
 * Makes the child widgets agree with the marks.
 */
static void
sync_marks (BudgetChart *self)
{
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (self);
  int focused = _budget_chart_get_focus_index (self, FALSE);
  guint n_marks = klass->get_n_marks (self);
  g_autoptr (GPtrArray) old = list_marks (self);
  GtkWidget *last = NULL;

  for (guint i = 0; i < n_marks; i++)
    {
      BudgetChartMark *mark = take_mark (self, old, klass->get_mark_item (self, i));
      g_autofree char *text = klass->dup_mark_text (self, i);

      gtk_widget_insert_after (GTK_WIDGET (mark), GTK_WIDGET (self), last);
      last = GTK_WIDGET (mark);
      _budget_chart_mark_set_text (mark, text);
      _budget_chart_mark_set_place (mark, i, n_marks);
    }

  drop_marks (self, old, focused);
  describe (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
      sync_marks (self);
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
   * The position of the highlighted item, or %GTK_INVALID_LIST_POSITION. It
   * follows the pointer and the focus, and can be set.
   */
  properties[PROP_HIGHLIGHTED] = g_param_spec_uint (
    "highlighted", NULL, NULL, 0, GTK_INVALID_LIST_POSITION, GTK_INVALID_LIST_POSITION, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/*
 * _budget_chart_light:
 * @self: a chart
 * @item: (nullable): what to highlight
 * @several: whether to highlight the mark of several items instead
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
 * point:
 * @self: a chart
 * @pointed: whether the pointer is on a mark now
 *
 * Returns: whether it was
 */
static gboolean
point (BudgetChart *self, gboolean pointed)
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
 * Lays out the marks if the series changed.
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
 * @position: the position of an item
 */
void
_budget_chart_emit_activate (BudgetChart *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/*
 * allocate_marks:
 * @widget: a chart
 * @width: its width
 * @height: its height
 * @baseline: not used
 */
static void
allocate_marks (GtkWidget *widget, int width, int height, int baseline)
{
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (widget);
  guint n_marks = klass->get_n_marks (BUDGET_CHART (widget));
  GtkWidget *mark = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < n_marks && mark != NULL; i++, mark = gtk_widget_get_next_sibling (mark))
    {
      GdkRectangle bounds = { 0 };

      klass->get_mark_bounds (BUDGET_CHART (widget), i, &bounds);
      gtk_widget_measure (mark, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (mark, &bounds, -1);
    }
}

/*
 * _budget_chart_find_mark:
 * @self: a chart
 * @any: %FALSE to find nothing
 * @item: (nullable): an item, or %NULL for the mark of several items
 *
 * Returns: the index of its mark, or -1
 */
int
_budget_chart_find_mark (BudgetChart *self, gboolean any, GObject *item)
{
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (self);
  guint n_marks = any ? klass->get_n_marks (self) : 0;

  for (guint i = 0; i < n_marks; i++)
    {
      if (klass->get_mark_item (self, i) == item)
        return (int) i;
    }

  return -1;
}

/*
 * _budget_chart_get_focus_index:
 * @self: a chart
 * @only_visible: whether to ignore an invisible focus
 *
 * Returns: the index of the focused mark, or -1
 */
int
_budget_chart_get_focus_index (BudgetChart *self, gboolean only_visible)
{
  int index = 0;

  for (GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (self)); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark), index++)
    {
      if (only_visible ? gtk_widget_has_visible_focus (mark) : gtk_widget_has_focus (mark))
        return index;
    }

  return -1;
}

static int
pick (BudgetChart *self, double x, double y)
{
  _budget_chart_ensure_updated (self);

  return BUDGET_CHART_GET_CLASS (self)->pick_mark (self, x, y);
}

static void
light_mark (BudgetChart *self, int index)
{
  GObject *item = NULL;

  if (index >= 0)
    item = BUDGET_CHART_GET_CLASS (self)->get_mark_item (self, (guint) index);

  _budget_chart_light (self, item, index >= 0 && item == NULL);
}

/* The pointer left the chart: highlight the focused mark again. */
static void
light_focus (BudgetChart *self)
{
  light_mark (self, _budget_chart_get_focus_index (self, TRUE));
}

static GtkWidget *
get_mark (BudgetChart *self, int index)
{
  GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (int i = 0; i < index && mark != NULL; i++)
    mark = gtk_widget_get_next_sibling (mark);

  return mark;
}

static gboolean
focus_mark (BudgetChart *self, int index)
{
  GtkWidget *mark = get_mark (self, index);

  return mark != NULL && gtk_widget_grab_focus (mark);
}

static gboolean
focus_first (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return focus_mark (BUDGET_CHART (widget), 0);
}

static gboolean
focus_last (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *mark = gtk_widget_get_last_child (widget);

  return mark != NULL && gtk_widget_grab_focus (mark);
}

static gboolean
clear (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  BudgetChart *self = BUDGET_CHART (widget);

  if (!_budget_chart_get_lit (self, NULL))
    return FALSE;

  _budget_chart_light (self, NULL, FALSE);

  return TRUE;
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, gpointer user_data)
{
  BudgetChart *self = user_data;
  int index = pick (self, x, y);
  gboolean pointed = point (self, index >= 0);

  /* Keep what the legend highlighted. */
  if (index >= 0)
    light_mark (self, index);
  else if (pointed)
    light_focus (self);
}

static void
on_leave (GtkEventControllerMotion *motion, gpointer user_data)
{
  if (point (user_data, FALSE))
    light_focus (user_data);
}

static void
on_click_pressed (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  BudgetChart *self = user_data;
  int index = pick (self, x, y);

  light_mark (self, index);
  if (index >= 0)
    focus_mark (self, index);
}

static void
on_click_released (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  BudgetChart *self = user_data;
  GObject *item = NULL;
  int index = pick (self, x, y);
  gboolean lit = _budget_chart_get_lit (self, &item);

  /* Released over another mark: do nothing. */
  if (index >= 0 && index == _budget_chart_find_mark (self, lit, item))
    BUDGET_CHART_GET_CLASS (self)->activate_mark (self, (guint) index);
}

static void
on_focus_leave (GtkEventControllerFocus *focus, gpointer user_data)
{
  light_focus (user_data);
}

static gboolean
budget_chart_focus (GtkWidget *widget, GtkDirectionType direction)
{
  BudgetChart *self = BUDGET_CHART (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int current = _budget_chart_get_focus_index (self, FALSE);
  GtkWidget *next = NULL;
  GObject *item = NULL;

  if (current < 0)
    {
      gboolean lit = _budget_chart_get_lit (self, &item);

      return focus_mark (self, MAX (_budget_chart_find_mark (self, lit, item), 0));
    }

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (direction == GTK_DIR_DOWN || direction == (mirrored ? GTK_DIR_LEFT : GTK_DIR_RIGHT))
    {
      next = gtk_widget_get_next_sibling (get_mark (self, current));
      return gtk_widget_grab_focus (next != NULL ? next : gtk_widget_get_first_child (widget));
    }

  next = gtk_widget_get_prev_sibling (get_mark (self, current));
  return gtk_widget_grab_focus (next != NULL ? next : gtk_widget_get_last_child (widget));
}

static gboolean
budget_chart_grab_focus (GtkWidget *widget)
{
  return gtk_widget_get_focus_child (widget) != NULL ||
         budget_chart_focus (widget, GTK_DIR_TAB_FORWARD);
}

static gboolean
budget_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  BudgetChart *self = BUDGET_CHART (widget);
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (self);
  int index = keyboard ? _budget_chart_get_focus_index (self, FALSE) : pick (self, x, y);
  g_autofree char *text = klass->dup_tooltip (self, index);
  GdkRectangle bounds = { 0 };

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);
  if (index >= 0)
    {
      klass->get_mark_bounds (self, (guint) index, &bounds);
      gtk_tooltip_set_tip_area (tooltip, &bounds);
    }

  return TRUE;
}

/*
 * class_init_input:
 * @widget_class: the class of charts
 */
static void
class_init_input (GtkWidgetClass *widget_class)
{
  widget_class->focus = budget_chart_focus;
  widget_class->grab_focus = budget_chart_grab_focus;
  widget_class->query_tooltip = budget_chart_query_tooltip;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, focus_first, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, focus_first, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, focus_last, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_End, 0, focus_last, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear, NULL);
}

/*
 * init_input:
 * @self: a chart
 */
static void
init_input (BudgetChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_leave), self, 0);
  gtk_widget_add_controller (widget, focus);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_click_pressed), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (on_click_released), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_widget_set_has_tooltip (widget, TRUE);
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

  /* A mark that is removed must not highlight anything. */
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

  /* Some colours are looked up in the theme, which changes no CSS property. */
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
  widget_class->size_allocate = allocate_marks;
  klass->dup_tooltip = budget_chart_real_dup_tooltip;

  install_properties (object_class);

  /**
   * BudgetChart::activate:
   * @position: the position of an item
   *
   * The user clicked the mark of an item, or pressed Enter on it.
   */
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  class_init_input (widget_class);
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

  init_input (self);
}

/**
 * budget_chart_get_series:
 * @self: a chart
 *
 * Returns: (transfer none): the series of the chart
 */
BudgetChartSeries *
budget_chart_get_series (BudgetChart *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART (self), NULL);

  return get_private (self)->series;
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
 * Returns: (transfer none) (nullable): the name of the total
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
 * @title: (nullable): the name of the total
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
 * Returns: (transfer none) (nullable): the text of an empty chart
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
 * @text: (nullable): the text of an empty chart
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
 * Returns: the position of the highlighted item, or %GTK_INVALID_LIST_POSITION
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
 * @position: the position of an item, or %GTK_INVALID_LIST_POSITION
 *
 * Highlights an item. An item that shares a mark highlights that mark.
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
