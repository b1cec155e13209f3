/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-mark-private.h"

/*
 * BudgetChartMark:
 *
 * A child widget for one slice or bar, for the keyboard and screen readers.
 *
 * The chart draws all marks itself; a mark only has the focus and a name, and
 * can be pressed. It stays the same object as long as its item is on the chart,
 * even if the item moves.
 */

struct _BudgetChartMark
{
  GtkWidget parent_instance;

  GObject *item; /* NULL for the mark of several items */
  char *text;
};

G_DEFINE_FINAL_TYPE (BudgetChartMark, budget_chart_mark, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
activate_mark (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ACTIVATE], 0);
}

static void
budget_chart_mark_dispose (GObject *object)
{
  BudgetChartMark *self = BUDGET_CHART_MARK (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (budget_chart_mark_parent_class)->dispose (object);
}

static void
budget_chart_mark_finalize (GObject *object)
{
  BudgetChartMark *self = BUDGET_CHART_MARK (object);

  g_free (self->text);

  G_OBJECT_CLASS (budget_chart_mark_parent_class)->finalize (object);
}

static void
budget_chart_mark_class_init (BudgetChartMarkClass *klass)
{
  const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space,
                         GDK_KEY_KP_Space };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_chart_mark_dispose;
  object_class->finalize = budget_chart_mark_finalize;

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  gtk_widget_class_install_action (widget_class, "mark.activate", NULL, activate_mark);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "mark.activate", NULL);

  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
budget_chart_mark_init (BudgetChartMark *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/*
 * _budget_chart_mark_new:
 * @item: (nullable): its item, or %NULL for several items
 *
 * Returns: (transfer floating): the mark
 */
BudgetChartMark *
_budget_chart_mark_new (GObject *item)
{
  BudgetChartMark *self = g_object_new (BUDGET_TYPE_CHART_MARK, NULL);

  g_set_object (&self->item, item);

  return self;
}

/*
 * _budget_chart_mark_get_item:
 * @self: a mark
 *
 * Returns: (transfer none) (nullable): its item
 */
GObject *
_budget_chart_mark_get_item (BudgetChartMark *self)
{
  return self->item;
}

/*
 * _budget_chart_mark_set_text:
 * @self: a mark
 * @text: the name for screen readers
 */
void
_budget_chart_mark_set_text (BudgetChartMark *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/*
 * _budget_chart_mark_set_place:
 * @self: a mark
 * @index: its index among the marks
 * @n_marks: the number of marks
 */
void
_budget_chart_mark_set_place (BudgetChartMark *self, guint index, guint n_marks)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) index + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_marks,
                                  -1);
}
