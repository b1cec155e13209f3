/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-list-scroll.h"

/* Whether the view is being allocated from here. */
static const char curing_key[] = "budget-list-scroll-curing";

static void
on_adjustment_value_changed (GtkWidget *view)
{
  GtkAllocation allocation;

  if (g_object_get_data (G_OBJECT (view), curing_key) != NULL || !gtk_widget_get_mapped (view))
    return;

  g_object_set_data (G_OBJECT (view), curing_key, GINT_TO_POINTER (TRUE));
  gtk_widget_get_allocation (view, &allocation);
  gtk_widget_queue_allocate (view);
  gtk_widget_size_allocate (view, &allocation, gtk_widget_get_allocated_baseline (view));
  g_object_set_data (G_OBJECT (view), curing_key, NULL);
}

/**
 * budget_list_work_around_scroll_jump:
 * @view: a list that has its adjustments already
 *
 * Keeps a long list from jumping when it is scrolled up. Before 4.10.1, GTK
 * moved the list's anchor from a stale allocation when two scroll events came
 * within a frame; allocating the list between the two makes it fresh.
 */
void
budget_list_work_around_scroll_jump (GtkScrollable *view)
{
  GtkAdjustment *adjustment = NULL;

  g_return_if_fail (GTK_IS_SCROLLABLE (view));

  if (gtk_check_version (4, 10, 1) == NULL)
    return;

  adjustment = gtk_scrollable_get_vadjustment (view);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_adjustment_value_changed),
                           view, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
