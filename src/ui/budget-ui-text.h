/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BudgetUiDateStyle:
 * @BUDGET_UI_DATE_SHORT: day and month, the year if it is not this one
 * @BUDGET_UI_DATE_FULL: with its weekday, or in a word
 * @BUDGET_UI_DATE_TYPED: as it may be typed again
 *
 * How a day is written.
 */
typedef enum
{
  BUDGET_UI_DATE_SHORT,
  BUDGET_UI_DATE_FULL,
  BUDGET_UI_DATE_TYPED
} BudgetUiDateStyle;

void budget_ui_get_today (GDate *today);
char *budget_ui_format_date (const GDate *date, BudgetUiDateStyle style) G_GNUC_WARN_UNUSED_RESULT;
char *budget_ui_format_amount (gint64 amount, const char *currency) G_GNUC_WARN_UNUSED_RESULT;
void budget_ui_set_label (gpointer widget, const char *label);

G_END_DECLS
