/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-private.h"

/*
 * How a chart is pointed at, walked through and pressed.
 *
 * The chart is one stop for the Tab key; the arrow keys go from mark to mark,
 * around in a circle. Pointing at a mark or moving the focus to it highlights
 * it; pressing it there activates it.
 */

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

/* Nothing points at the chart any more: back to the mark with the keyboard. */
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
  gboolean pointed = _budget_chart_point (self, index >= 0);

  /* What a legend lit up is not for the pointer to put out. */
  if (index >= 0)
    light_mark (self, index);
  else if (pointed)
    light_focus (self);
}

static void
on_leave (GtkEventControllerMotion *motion, gpointer user_data)
{
  if (_budget_chart_point (user_data, FALSE))
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

  /* Pressed on one mark and let go over another is a change of mind. */
  if (index >= 0 && index == _budget_chart_find_mark (self, lit, item))
    BUDGET_CHART_GET_CLASS (self)->activate_mark (self, (guint) index);
}

static void
on_focus_leave (GtkEventControllerFocus *focus, gpointer user_data)
{
  light_focus (user_data);
}

static void
on_mark_notify_has_focus (BudgetChart *self, GParamSpec *pspec, GtkWidget *mark)
{
  GObject *item = _budget_chart_mark_get_item (BUDGET_CHART_MARK (mark));

  /* A focus that is not shown came with a click, or with the window. */
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
 * _budget_chart_class_init_input:
 * @widget_class: the class of charts
 */
void
_budget_chart_class_init_input (GtkWidgetClass *widget_class)
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
 * _budget_chart_init_input:
 * @self: a chart
 */
void
_budget_chart_init_input (BudgetChart *self)
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

/*
 * _budget_chart_adopt_mark:
 * @self: a chart
 * @mark: a new mark of it
 */
void
_budget_chart_adopt_mark (BudgetChart *self, BudgetChartMark *mark)
{
  g_signal_connect_object (mark, "activate", G_CALLBACK (on_mark_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mark, "notify::has-focus", G_CALLBACK (on_mark_notify_has_focus), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mark, "state-flags-changed", G_CALLBACK (on_mark_state_flags_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (mark), GTK_WIDGET (self));
}
