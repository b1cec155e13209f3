/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-donut-words-private.h"

#include <glib/gi18n.h>

/*
 * Texts of a ring: the names, amounts and shares of its slices, for the middle,
 * the tooltips and screen readers.
 */

/* A grey that is visible on white and on black. */
static const GdkRGBA other_color = { 0.60f, 0.60f, 0.59f, 1.0f };

/*
 * _budget_donut_lay_out:
 * @series: a series
 *
 * Returns: (transfer full): the layout of its slices
 */
BudgetDonutLayout *
_budget_donut_lay_out (BudgetChartSeries *series)
{
  guint n_items = budget_chart_series_get_n_items (series);
  g_autofree gint64 *values = g_new (gint64, n_items);

  for (guint i = 0; i < n_items; i++)
    values[i] = budget_chart_series_get_value (series, i);

  return _budget_donut_layout_new (values, n_items, BUDGET_DONUT_MAX_SLICES,
                                   BUDGET_DONUT_MIN_SHARE);
}

/*
 * _budget_donut_get_label:
 * @series: a series
 * @position: the place of an item, or %BUDGET_DONUT_OTHER
 *
 * Returns: (transfer none): the name of the slice
 */
const char *
_budget_donut_get_label (BudgetChartSeries *series, guint position)
{
  if (position == BUDGET_DONUT_OTHER)
    /* Translators: the slice of a chart that stands for several small ones */
    return C_ ("chart", "Other");

  return budget_chart_series_get_label (series, position);
}

/*
 * _budget_donut_get_color:
 * @series: a series
 * @position: the place of an item, or %BUDGET_DONUT_OTHER
 *
 * Returns: (transfer none): the colour of the slice
 */
const GdkRGBA *
_budget_donut_get_color (BudgetChartSeries *series, guint position)
{
  if (position == BUDGET_DONUT_OTHER)
    return &other_color;

  return budget_chart_series_get_color (series, position);
}

/*
 * _budget_chart_format_percent:
 * @percent: a share, rounded
 *
 * Returns: (transfer full): the share as text
 */
char *
_budget_chart_format_percent (int percent)
{
  if (percent == 0)
    /* Translators: a share above 0% that rounds to 0% */
    return g_strdup (_("<1%"));

  /* Translators: a share of the whole, such as 61% */
  return g_strdup_printf (_("%d%%"), percent);
}

/*
 * _budget_donut_describe_part:
 * @series: a series
 * @position: the place of an item, or %BUDGET_DONUT_OTHER
 * @value: its value
 * @percent: its share, rounded
 *
 * Returns: (transfer full): the name, amount and share in one line
 */
char *
_budget_donut_describe_part (BudgetChartSeries *series, guint position, gint64 value, int percent)
{
  g_autofree char *amount = budget_chart_series_format (series, value);
  g_autofree char *share = NULL;

  if (value <= 0)
    /* Translators: a category and its amount, such as Food, $71.25 */
    return g_strdup_printf (_("%s, %s"), _budget_donut_get_label (series, position), amount);

  share = _budget_chart_format_percent (percent);

  /* Translators: a category, its amount and its share: Food, $71.25, 61% */
  return g_strdup_printf (_("%s, %s, %s"), _budget_donut_get_label (series, position), amount,
                             share);
}

/*
 * _budget_donut_describe_withheld:
 * @layout: a layout with values that no slice shows
 * @series: the series it was made for
 *
 * Returns: (transfer full): a sentence on the values that are not shown
 */
char *
_budget_donut_describe_withheld (BudgetDonutLayout *layout, BudgetChartSeries *series)
{
  g_autofree char *amount = budget_chart_series_format (series, layout->withheld);

  return g_strdup_printf (
    /* Translators: what a chart of spending leaves out; %s is a negative amount */
    ngettext ("Not shown: %d category with more money back than spent, %s",
              "Not shown: %d categories with more money back than spent, %s", layout->n_withheld),
    (int) layout->n_withheld, amount);
}
