/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which columns are the money: the balance proves it, titles name it, or signs and marks show it.
 */

#define GOOD_NAME 500

static BudgetCsvRole
get_role (BudgetCsvFinder *finder, guint column)
{
  return budget_csv_layout_get_role (finder->layout, column);
}

static gboolean
may_be_money (BudgetCsvFinder *finder, guint i)
{
  return get_role (finder, i) == BUDGET_CSV_ROLE_IGNORED &&
         _budget_csv_column_is_numeric (&finder->columns[i]) &&
         finder->scores[i][BUDGET_CSV_ROLE_IGNORED] < GOOD_NAME;
}

static gboolean
fill_alternately (BudgetCsvFinder *finder, guint a, guint b)
{
  guint n_both = 0;
  guint n_one = 0;

  for (guint i = finder->first_row; i < budget_csv_table_get_n_rows (finder->table); i++)
    {
      gint64 in_a = 0;
      gint64 in_b = 0;

      budget_number_read_thousandths (budget_csv_table_get_cell (finder->table, i, a), '.', &in_a);
      budget_number_read_thousandths (budget_csv_table_get_cell (finder->table, i, b), '.', &in_b);
      n_both += in_a != 0 && in_b != 0;
      n_one += (in_a != 0) != (in_b != 0);
    }

  return n_one > 0 && n_both * 20 < n_one;
}

static void
take_pair (BudgetCsvFinder *finder, guint a, guint b)
{
  /* Households spend more often than they earn. */
  gboolean a_is_debit = finder->columns[a].n_filled - finder->columns[a].n_zero >=
                        finder->columns[b].n_filled - finder->columns[b].n_zero;

  _budget_csv_layout_take_role (finder->layout, a_is_debit ? a : b, BUDGET_CSV_ROLE_DEBIT);
  _budget_csv_layout_take_role (finder->layout, a_is_debit ? b : a, BUDGET_CSV_ROLE_CREDIT);
  _budget_csv_layout_add_ambiguity (
    finder->layout,
    _ ("Two columns hold amounts; the one with more entries is read as money that left"));
}

/* Two columns side by side of which each row fills one, without a minus anywhere. */
static gboolean
find_pair (BudgetCsvFinder *finder)
{
  for (guint i = 0; i + 1 < budget_csv_table_get_n_columns (finder->table); i++)
    {
      const BudgetCsvColumn *a = &finder->columns[i];
      const BudgetCsvColumn *b = &finder->columns[i + 1];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED ||
          get_role (finder, i + 1) != BUDGET_CSV_ROLE_IGNORED ||
          !(_budget_csv_column_is_numeric (a) || _budget_csv_column_is_empty (a)) ||
          !(_budget_csv_column_is_numeric (b) || _budget_csv_column_is_empty (b)) ||
          a->n_decimals + b->n_decimals == 0 || a->n_negative + b->n_negative > 0 ||
          a->n_filled + b->n_filled < finder->n_rows)
        continue;

      if (fill_alternately (finder, i, i + 1))
        {
          take_pair (finder, i, i + 1);
          return TRUE;
        }
    }

  return FALSE;
}

/* How much a column without a name is like an amount: signs say most, then decimals. */
static guint
weigh_money (BudgetCsvFinder *finder, guint i)
{
  const BudgetCsvColumn *column = &finder->columns[i];

  if (!may_be_money (finder, i) || column->n_filled * 2 < finder->n_rows)
    return 0;

  if (column->n_negative > 0)
    return 4;

  if (column->n_decimals > 0)
    return 3;

  return column->n_zero == column->n_filled ? 1 : 2;
}

static void
find_money (BudgetCsvFinder *finder)
{
  guint best = 0;
  guint found = 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    if (weigh_money (finder, i) > best)
      {
        best = weigh_money (finder, i);
        found = i;
      }

  if (best < 4 && find_pair (finder))
    return;

  if (best > 0)
    _budget_csv_layout_take_role (finder->layout, found, BUDGET_CSV_ROLE_AMOUNT);
}

static void
take_if (BudgetCsvFinder *finder, int column, BudgetCsvRole role)
{
  if (column >= 0)
    _budget_csv_layout_take_role (finder->layout, (guint) column, role);
}

static void
drop (BudgetCsvFinder *finder, int column)
{
  if (column >= 0)
    g_array_index (finder->layout->roles, BudgetCsvRole, column) = BUDGET_CSV_ROLE_IGNORED;
}

/* A signed amount needs no debit and credit beside it; an unsigned one gets its sign from them. */
static void
choose_amount_or_pair (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (finder->layout, &places);

  /* Money that came alone, with signs, is an amount, whatever it is called. */
  if (places.amount < 0 && places.debit < 0 && places.credit >= 0)
    {
      take_if (finder, places.credit, BUDGET_CSV_ROLE_AMOUNT);
      return;
    }

  if (places.amount < 0 || (places.debit < 0 && places.credit < 0))
    return;

  if (places.debit >= 0 && places.credit >= 0 && finder->columns[places.amount].n_negative == 0 &&
      fill_alternately (finder, (guint) places.debit, (guint) places.credit))
    {
      drop (finder, places.amount);
      return;
    }

  drop (finder, places.debit);
  drop (finder, places.credit);
}

static gboolean
is_named (BudgetCsvFinder *finder, int column, BudgetCsvRole role)
{
  return column >= 0 && finder->scores[column][role] >= GOOD_NAME;
}

/* Where the balance proves which columns are the money, titles have to give way. */
static gboolean
obey_balance (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces named, proven;

  _budget_csv_layout_get_places (finder->layout, &named);
  proven = named;

  if (!_budget_csv_balance_find (finder, &proven))
    return FALSE;

  /* A card's balance is what is owed: then debit and credit are as they are called. */
  if (is_named (finder, named.debit, BUDGET_CSV_ROLE_DEBIT) &&
      is_named (finder, named.credit, BUDGET_CSV_ROLE_CREDIT) &&
      (proven.amount < 0 || proven.amount == named.debit || proven.amount == named.credit))
    {
      drop (finder, named.amount);
      finder->layout->inverted = FALSE;
      return TRUE;
    }

  drop (finder, named.amount);
  drop (finder, named.debit);
  drop (finder, named.credit);

  if (proven.direction < 0)
    drop (finder, named.direction);

  take_if (finder, proven.balance, BUDGET_CSV_ROLE_BALANCE);
  take_if (finder, proven.amount, BUDGET_CSV_ROLE_AMOUNT);
  take_if (finder, proven.debit, BUDGET_CSV_ROLE_DEBIT);
  take_if (finder, proven.credit, BUDGET_CSV_ROLE_CREDIT);

  return TRUE;
}

/*
 * Finds the columns of money; those that have a title have their roles already.
 *
 * Returns: %TRUE if a running balance proves them
 */
gboolean
_budget_csv_find_money (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces places;

  if (obey_balance (finder))
    return TRUE;

  _budget_csv_layout_get_places (finder->layout, &places);

  if (places.amount < 0 && places.debit < 0 && places.credit < 0)
    find_money (finder);

  choose_amount_or_pair (finder);

  return FALSE;
}
