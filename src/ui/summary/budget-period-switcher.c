/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-row.h"
#include "budget-period-switcher.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetPeriodSwitcher:
 *
 * ‹ November 2026 ›: the days that the window is about, one step back and
 * forth, and a popover for longer or shorter ones.
 */

struct _BudgetPeriodSwitcher
{
  GtkBox parent_instance;

  BudgetFilter *filter;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkWidget *popover;
  BudgetDateRow *first_row;
  BudgetDateRow *last_row;
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (BudgetPeriodSwitcher, budget_period_switcher, GTK_TYPE_BOX)

static void
on_filter_notify_period (BudgetPeriodSwitcher *self)
{
  BudgetPeriod *period = budget_filter_get_period (self->filter);
  g_autofree char *text = budget_period_dup_label (period);
  g_autofree char *spoken = NULL;

  gtk_label_set_label (self->label, text);
  /* Translators: said of the button that chooses the period: “Period: November 2026” */
  spoken = g_strdup_printf (_("Period: %s"), text);
  budget_ui_set_label (self->button, spoken);

  if (budget_period_get_first (period) != NULL)
    budget_date_row_set_date (self->first_row, budget_period_get_first (period));
  if (budget_period_get_last (period) != NULL)
    budget_date_row_set_date (self->last_row, budget_period_get_last (period));
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

static void
show_message (BudgetPeriodSwitcher *self, const char *message)
{
  gtk_label_set_label (self->message, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
}

static void
on_apply_clicked (BudgetPeriodSwitcher *self)
{
  g_autoptr (BudgetPeriod) period = NULL;
  g_autoptr (GError) error = NULL;
  GDate first;
  GDate last;

  if (!budget_date_row_read (self->first_row, &first, &error) ||
      !budget_date_row_read (self->last_row, &last, &error))
    {
      show_message (self, error->message);
      return;
    }
  if (g_date_compare (&first, &last) > 0)
    {
      show_message (self, _("The last day is before the first"));
      return;
    }

  period = budget_period_new_custom (&first, &last);
  budget_filter_set_period (self->filter, period);
  gtk_menu_button_popdown (self->button);
}

static void
budget_period_switcher_dispose (GObject *object)
{
  BudgetPeriodSwitcher *self = BUDGET_PERIOD_SWITCHER (object);

  g_clear_object (&self->filter);

  G_OBJECT_CLASS (budget_period_switcher_parent_class)->dispose (object);
}

static void
budget_period_switcher_class_init (BudgetPeriodSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_period_switcher_dispose;

  g_type_ensure (BUDGET_TYPE_DATE_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-period-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, label);
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, first_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, last_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetPeriodSwitcher, message);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked);
}

static void
budget_period_switcher_init (BudgetPeriodSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_period_switcher_set_filter:
 * @self: a switcher
 * @filter: whose period it shows and sets
 */
void
budget_period_switcher_set_filter (BudgetPeriodSwitcher *self, BudgetFilter *filter)
{
  g_return_if_fail (BUDGET_IS_PERIOD_SWITCHER (self));
  g_return_if_fail (BUDGET_IS_FILTER (filter));

  if (!g_set_object (&self->filter, filter))
    return;

  g_signal_connect_object (filter, "notify::period", G_CALLBACK (on_filter_notify_period), self,
                           G_CONNECT_SWAPPED);
  on_filter_notify_period (self);
}

/**
 * budget_period_switcher_open:
 * @self: a switcher
 *
 * Opens the popover in which a period is chosen.
 */
void
budget_period_switcher_open (BudgetPeriodSwitcher *self)
{
  g_return_if_fail (BUDGET_IS_PERIOD_SWITCHER (self));

  gtk_menu_button_popup (self->button);
}
