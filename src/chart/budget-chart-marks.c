/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-private.h"

/*
 * The marks of a chart as child widgets: one for each, in the same order, and
 * the same one for as long as the item stays.
 */

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
  _budget_chart_adopt_mark (self, mark);

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

/* The focus does not fall out of the chart with the mark that had it. */
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
 * _budget_chart_sync_marks:
 * @self: a chart
 *
 * Makes the child widgets agree with the marks.
 */
void
_budget_chart_sync_marks (BudgetChart *self)
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

/*
 * _budget_chart_allocate_marks:
 * @widget: a chart
 * @width: its width
 * @height: its height
 * @baseline: not used
 */
void
_budget_chart_allocate_marks (GtkWidget *widget, int width, int height, int baseline)
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
 * @any: whether to look at all
 * @item: (nullable): an item, or %NULL for the mark that stands for several
 *
 * Returns: the number of its mark, or -1
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
 * @only_visible: whether a focus that is not shown counts as none
 *
 * Returns: the number of the child that has the focus, or -1
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
