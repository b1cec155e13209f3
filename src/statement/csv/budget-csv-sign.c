/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which way the amounts go and what they are in, once it is known which columns they are. */

#define MAX_ROWS 2000

/* "Umsatz in EUR", "Amount (USD)", "Importe €": the title says it. */
static const char *
find_currency_in_title (const char *title)
{
  g_auto (GStrv) words = g_strsplit_set (title, " ()[]_/,:", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean capitals = strlen (words[i]) == 3 && g_ascii_isupper (words[i][0]) &&
                          g_ascii_isupper (words[i][1]) && g_ascii_isupper (words[i][2]);

      if (capitals && budget_currency_is_known (words[i]))
        return budget_currency_find (words[i]);

      if (g_ascii_strcasecmp (words[i], "euro") == 0 || g_ascii_strcasecmp (words[i], "euros") == 0)
        return "EUR";

      if (!g_str_is_ascii (words[i]) && strlen (words[i]) <= 8 &&
          budget_currency_find (words[i]) != NULL)
        return budget_currency_find (words[i]);
    }

  return NULL;
}

static void
find_currency (BudgetCsvFinder *finder, const BudgetCsvPlaces *places)
{
  const int columns[] = { places->amount, places->debit, places->credit, places->balance };
  const char *currency = NULL;

  if (finder->layout->fixed & BUDGET_CSV_FIXED_CURRENCY)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (columns) && currency == NULL; i++)
    if (columns[i] >= 0)
      {
        currency = finder->columns[columns[i]].currency;

        if (currency == NULL && finder->first_row > 0)
          currency = find_currency_in_title (
            budget_csv_table_get_cell (finder->table, finder->first_row - 1, (guint) columns[i]));
      }

  g_free (finder->layout->currency);
  finder->layout->currency = g_strdup (currency);
}

/* What the words of a row say of a card: 1 paid off, -1 bought. */
static int
get_card_sign (BudgetCsvFinder *finder, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (finder->table, row);

  for (guint i = 0; i < n_cells; i++)
    {
      int sign = budget_csv_words_get_card_sign (budget_csv_table_get_cell (finder->table, row, i));

      if (sign != 0)
        return sign;
    }

  return 0;
}

/* A card's file often shows spending as positive: then payments are negative, purchases are not. */
static gboolean
looks_inverted (BudgetCsvFinder *finder, guint amount)
{
  guint n_rows = MIN (budget_csv_table_get_n_rows (finder->table), finder->first_row + MAX_ROWS);
  guint n_for = 0, n_against = 0, n_positive = 0, n_negative = 0;

  for (guint i = finder->first_row; i < n_rows; i++)
    {
      gint64 value;
      int sign;

      if (!budget_number_read_thousandths (budget_csv_table_get_cell (finder->table, i, amount),
                                           finder->decimal, &value) ||
          value == 0)
        continue;

      sign = get_card_sign (finder, i);
      n_positive += value > 0;
      n_negative += value < 0;
      n_for += sign != 0 && (sign > 0) != (value > 0);
      n_against += sign != 0 && (sign > 0) == (value > 0);
    }

  if (n_for > 0 && n_for > 3 * n_against)
    return n_positive >= n_negative;

  /* Only a card names its holder on every line. */
  return n_against == 0 && n_negative > 0 && n_positive > 3 * n_negative &&
         _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PERSON) >= 0;
}

void
_budget_csv_find_sign (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (layout, &places);
  find_currency (finder, &places);

  if (places.fee >= 0 && places.balance < 0 && !layout->has_fee &&
      finder->columns[places.fee].n_numbers > finder->columns[places.fee].n_zero)
    _budget_csv_layout_add_ambiguity (layout,
                                      _ ("There are fees beside the amounts; they are not added"));

  if (layout->fixed & BUDGET_CSV_FIXED_SIGN || places.amount < 0 || places.direction >= 0)
    return;

  if (places.balance < 0 && looks_inverted (finder, (guint) places.amount))
    {
      layout->inverted = TRUE;
      _budget_csv_layout_add_ambiguity (
        layout,
        _ ("Purchases have no minus in this file; its amounts are read as money that left"));
    }
  else if (finder->columns[places.amount].n_negative == 0 && !layout->inverted)
    {
      _budget_csv_layout_add_ambiguity (
        layout, _ ("No amount in this file has a minus; they are read as money that came in"));
    }
}
