/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-row.h"
#include "budget-date-words.h"
#include "budget-error.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetDateRow:
 *
 * A day in a form: typed the way people write days ("21", "yesterday",
 * "2 May"), stepped with the arrow keys, or picked from a calendar.
 */

struct _BudgetDateRow
{
  AdwEntryRow parent_instance;

  GtkMenuButton *button;
  GtkCalendar *calendar;
};

G_DEFINE_FINAL_TYPE (BudgetDateRow, budget_date_row, ADW_TYPE_ENTRY_ROW)

static void
on_calendar_day_selected (BudgetDateRow *self)
{
  g_autoptr (GDateTime) time = gtk_calendar_get_date (self->calendar);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  g_date_time_get_year (time));
  budget_date_row_set_date (self, &date);
  gtk_menu_button_popdown (self->button);
}

static void
on_popover_show (BudgetDateRow *self)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  if (!budget_date_row_read (self, &date, NULL))
    return;

  time = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date),
                                g_date_get_day (&date), 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, on_calendar_day_selected, self);
  gtk_calendar_select_day (self->calendar, time);
  g_signal_handlers_unblock_by_func (self->calendar, on_calendar_day_selected, self);
}

static gboolean
step (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BudgetDateRow *self = BUDGET_DATE_ROW (widget);
  GDate date;
  int days = 0;

  if (!budget_date_row_read (self, &date, NULL))
    return FALSE;

  g_variant_get (arguments, "i", &days);
  if (days > 0)
    g_date_add_days (&date, days);
  else
    g_date_subtract_days (&date, -days);
  budget_date_row_set_date (self, &date);

  return TRUE;
}

static GtkEventController *
create_step_controller (void)
{
  static const struct
  {
    guint keyval;
    int days;
  } steps[] = {
    { GDK_KEY_Up, 1 }, { GDK_KEY_Down, -1 }, { GDK_KEY_Page_Up, 7 }, { GDK_KEY_Page_Down, -7 }
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (steps[i].keyval, 0),
                                                gtk_callback_action_new (step, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("i", steps[i].days));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);

  return controller;
}

static void
budget_date_row_class_init (BudgetDateRowClass *klass)
{
}

static void
budget_date_row_init (BudgetDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_calendar_day_selected),
                           self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  g_signal_connect_object (popover, "show", G_CALLBACK (on_popover_show), self, G_CONNECT_SWAPPED);

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Pick a Day"));
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));
  gtk_widget_add_controller (GTK_WIDGET (self), create_step_controller ());
}

GtkWidget *
budget_date_row_new (void)
{
  return g_object_new (BUDGET_TYPE_DATE_ROW, NULL);
}

/**
 * budget_date_row_read:
 * @self: a row
 * @date: (out caller-allocates): the day
 * @error: return location for a #BudgetError
 *
 * Returns: %TRUE if what stands in the row is a day
 */
gboolean
budget_date_row_read (BudgetDateRow *self, GDate *date, GError **error)
{
  g_autofree char *text = NULL;
  GDate today;

  g_return_val_if_fail (BUDGET_IS_DATE_ROW (self), FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  budget_ui_get_today (&today);
  g_date_clear (date, 1);
  if (budget_date_words_parse (text, &today, date) && g_date_valid (date))
    return TRUE;

  g_date_set_parse (date, text);
  if (g_date_valid (date))
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_DATE,
                       *text == '\0' ? _("Enter a day") : _("This is not a day of the calendar"));
  return FALSE;
}

/**
 * budget_date_row_set_date:
 * @self: a row
 * @date: (nullable): a day, or %NULL for none
 *
 * Sets the day.
 */
void
budget_date_row_set_date (BudgetDateRow *self, const GDate *date)
{
  g_autofree char *text = NULL;

  g_return_if_fail (BUDGET_IS_DATE_ROW (self));
  g_return_if_fail (date != NULL && g_date_valid (date));

  text = budget_ui_format_date (date, BUDGET_UI_DATE_TYPED);
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
}
