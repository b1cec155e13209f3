/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/* g_date_strftime() wants a buffer; none of our dates is longer. */
#define DATE_LENGTH 128

/**
 * budget_ui_get_today:
 * @today: (out): takes the day
 *
 * Tells the present day in the local time zone.
 */
void
budget_ui_get_today (GDate *today)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (today != NULL);

  g_date_clear (today, 1);
  g_date_set_dmy (today, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
}

static const char *
get_format (const GDate *date, const GDate *today, BudgetUiDateStyle style)
{
  if (style == BUDGET_UI_DATE_TYPED)
    return "%Y-%m-%d";

  if (style == BUDGET_UI_DATE_FULL)
    /* Translators: a day with its weekday, as strftime() writes it: “Sunday, 22 November 2026” */
    return _("%A, %-d %B %Y");

  if (g_date_get_year (date) == g_date_get_year (today))
    /* Translators: a day of this year, short, as strftime() writes it: “22 Nov” */
    return _("%-d %b");

  /* Translators: a day of another year, short, as strftime() writes it: “22 Nov 2025” */
  return _("%-d %b %Y");
}

/**
 * budget_ui_format_date:
 * @date: a day
 * @style: how
 *
 * Returns: (transfer full): the day in words
 */
char *
budget_ui_format_date (const GDate *date, BudgetUiDateStyle style)
{
  char text[DATE_LENGTH] = "";
  GDate today;

  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  budget_ui_get_today (&today);
  if (style == BUDGET_UI_DATE_FULL)
    {
      int days = g_date_days_between (date, &today);

      if (days == 0)
        return g_strdup (C_ ("day", "Today"));
      if (days == 1)
        return g_strdup (C_ ("day", "Yesterday"));
      if (days == -1)
        return g_strdup (C_ ("day", "Tomorrow"));
    }
  g_date_strftime (text, sizeof text, get_format (date, &today, style), date);

  return g_strdup (text);
}

/**
 * budget_ui_format_amount:
 * @amount: minor units, positive is spent
 * @currency: the book's currency
 *
 * Writes the amount of one expense: money that came back has a plus.
 *
 * Returns: (transfer full): the amount
 */
char *
budget_ui_format_amount (gint64 amount, const char *currency)
{
  g_autofree char *text = budget_money_format (ABS (amount), currency);

  if (amount < 0)
    /* Translators: an amount that was received, not spent: “+12.50 €” */
    return g_strdup_printf (_("+%s"), text);

  return g_steal_pointer (&text);
}

/**
 * budget_ui_set_label:
 * @widget: a #GtkAccessible
 * @label: what a screen reader calls it
 */
void
budget_ui_set_label (gpointer widget, const char *label)
{
  g_return_if_fail (GTK_IS_ACCESSIBLE (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}
