/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which column is what: by its title where what stands in it agrees, else by what stands in it. */

#define GOOD_NAME 500
#define SPECIAL_BONUS 150

/* The bank's own name for a booking is on most rows, is never short, and never comes twice. */
static gboolean
is_unique (BudgetCsvFinder *finder, guint column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (finder->columns[column].n_filled * 2 < finder->n_rows)
    return FALSE;

  for (guint i = finder->first_row; i < budget_csv_table_get_n_rows (finder->table); i++)
    {
      const char *cell = budget_csv_table_get_cell (finder->table, i, column);

      if (*cell != '\0' && (strlen (cell) < 5 || !g_hash_table_add (seen, (char *) cell)))
        return FALSE;
    }

  return g_hash_table_size (seen) > 0;
}

/* Whether what stands in the column can be what its title says. */
static gboolean
allows (BudgetCsvFinder *finder, guint i, BudgetCsvRole role)
{
  const BudgetCsvColumn *column = &finder->columns[i];

  switch (role)
    {
    case BUDGET_CSV_ROLE_DATE:
    case BUDGET_CSV_ROLE_VALUE_DATE:
      return _budget_csv_column_is_date (column);
    case BUDGET_CSV_ROLE_AMOUNT:
      return _budget_csv_column_is_numeric (column) &&
             (!_budget_csv_column_is_date (column) || column->n_compact == column->n_dates);
    case BUDGET_CSV_ROLE_DEBIT:
    case BUDGET_CSV_ROLE_CREDIT:
    case BUDGET_CSV_ROLE_BALANCE:
    case BUDGET_CSV_ROLE_FEE:
      return _budget_csv_column_is_numeric (column) || _budget_csv_column_is_empty (column);
    case BUDGET_CSV_ROLE_DIRECTION:
      return _budget_csv_column_is_direction (column);
    case BUDGET_CSV_ROLE_CURRENCY:
      return _budget_csv_column_is_currency (column);
    case BUDGET_CSV_ROLE_STATUS:
      return _budget_csv_column_is_status (column);
    case BUDGET_CSV_ROLE_BANK_ID:
      return is_unique (finder, i);
    case BUDGET_CSV_ROLE_DESCRIPTION:
    case BUDGET_CSV_ROLE_PAYEE:
      return _budget_csv_column_is_text (column);
    case BUDGET_CSV_ROLE_CATEGORY:
    case BUDGET_CSV_ROLE_PERSON:
    case BUDGET_CSV_ROLE_ACCOUNT:
    case BUDGET_CSV_ROLE_COUNTERPART:
    case BUDGET_CSV_ROLE_NOTE:
      return !_budget_csv_column_is_empty (column) && _budget_csv_column_is_text (column);
    case BUDGET_CSV_ROLE_IGNORED:
    default:
      return TRUE;
    }
}

static gboolean
is_special (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_DIRECTION || role == BUDGET_CSV_ROLE_CURRENCY ||
         role == BUDGET_CSV_ROLE_STATUS || role == BUDGET_CSV_ROLE_DATE ||
         role == BUDGET_CSV_ROLE_VALUE_DATE;
}

/*
 * A score as good as its title, and better where the contents leave little
 * else. What a title says by the way counts for nothing beside what it says
 * outright.
 */
static guint
get_score (BudgetCsvFinder *finder, guint column, BudgetCsvRole role)
{
  guint score = finder->scores[column][role];

  for (guint i = 0; i < BUDGET_N_CSV_ROLES; i++)
    if (finder->scores[column][i] > 2 * score)
      return 0;

  return score > 0 && is_special (role) ? score + SPECIAL_BONUS : score;
}

/*
 * The best pair of column and role still to be had. An empty column takes a
 * role only if no other wants it.
 */
static gboolean
find_best_pair (BudgetCsvFinder *finder,
                const gboolean *column_done,
                gboolean (*refused)[BUDGET_N_CSV_ROLES],
                guint *column,
                BudgetCsvRole *role)
{
  guint best = 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    for (guint j = 1; !column_done[i] && j < BUDGET_N_CSV_ROLES; j++)
      {
        guint score = refused[i][j] ? 0 : get_score (finder, i, (BudgetCsvRole) j);

        if (score > 0 && _budget_csv_column_is_empty (&finder->columns[i]))
          score = 1;

        if (score > best)
          {
            best = score;
            *column = i;
            *role = (BudgetCsvRole) j;
          }
      }

  return best > 0;
}

static gboolean
may_repeat (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_DESCRIPTION || role == BUDGET_CSV_ROLE_PAYEE ||
         role == BUDGET_CSV_ROLE_NOTE;
}

static void
assign_by_title (BudgetCsvFinder *finder)
{
  guint n_columns = budget_csv_table_get_n_columns (finder->table);
  g_autofree gboolean *done = g_new0 (gboolean, n_columns);
  gboolean (*refused)[BUDGET_N_CSV_ROLES] = g_malloc0_n (n_columns, sizeof *refused);
  guint column = 0;
  BudgetCsvRole role = BUDGET_CSV_ROLE_IGNORED;

  while (find_best_pair (finder, done, refused, &column, &role))
    {
      if ((!may_repeat (role) && _budget_csv_layout_find_role (finder->layout, role) >= 0) ||
          !allows (finder, column, role))
        {
          refused[column][role] = TRUE;
          continue;
        }

      _budget_csv_layout_take_role (finder->layout, column, role);
      done[column] = TRUE;
    }

  g_free (refused);
}

static BudgetCsvRole
get_role (BudgetCsvFinder *finder, guint column)
{
  return budget_csv_layout_get_role (finder->layout, column);
}

/* Where no title names the day, the first column of days does, and a second one is the value date.
 */
static void
find_dates (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  int value_date = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_VALUE_DATE);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED || !_budget_csv_column_is_date (column) ||
          column->n_filled * 2 < finder->n_rows)
        continue;

      if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DATE) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_DATE);
      else if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_VALUE_DATE) < 0 &&
               column->n_compact == 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_VALUE_DATE);
    }

  if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DATE) < 0 && value_date >= 0)
    _budget_csv_layout_take_role (layout, (guint) value_date, BUDGET_CSV_ROLE_DATE);
}

static void
find_words (BudgetCsvFinder *finder, gboolean proven)
{
  BudgetCsvLayout *layout = finder->layout;
  int amount = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_AMOUNT);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED ||
          finder->scores[i][BUDGET_CSV_ROLE_IGNORED] > 0)
        continue;

      if (_budget_csv_column_is_currency (column) &&
          _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_CURRENCY) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_CURRENCY);
      else if (_budget_csv_column_is_direction (column) && amount >= 0 && !proven &&
               finder->columns[amount].n_negative == 0 &&
               _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DIRECTION) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_DIRECTION);
    }
}

static gboolean
may_describe (BudgetCsvFinder *finder, guint i)
{
  const BudgetCsvColumn *column = &finder->columns[i];

  return get_role (finder, i) == BUDGET_CSV_ROLE_IGNORED && _budget_csv_column_is_text (column) &&
         !_budget_csv_column_is_currency (column) && !_budget_csv_column_is_numeric (column) &&
         column->n_filled > 0 && column->n_accounts * 2 < column->n_filled &&
         finder->scores[i][BUDGET_CSV_ROLE_IGNORED] < GOOD_NAME;
}

/* The longest texts describe the booking; of several about as long, the first does. */
static void
find_description (BudgetCsvFinder *finder)
{
  gsize longest = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
      {
        const BudgetCsvColumn *column = &finder->columns[i];
        gsize length =
          column->n_filled > 0 ? column->text_length / MAX (column->n_filled, finder->n_rows) : 0;

        if (!may_describe (finder, i))
          continue;

        longest = MAX (longest, length);

        if (pass == 1 && length > 0 && length * 10 >= longest * 7)
          {
            _budget_csv_layout_take_role (finder->layout, i, BUDGET_CSV_ROLE_DESCRIPTION);
            return;
          }
      }
}

/* A name that is on every row is the holder's, unless there is nothing else to tell rows apart. */
static gboolean
is_constant (BudgetCsvFinder *finder, guint column)
{
  const char *first = NULL;

  if (finder->columns[column].n_filled < 2 || finder->columns[column].n_filled * 2 < finder->n_rows)
    return FALSE;

  for (guint i = finder->first_row; i < budget_csv_table_get_n_rows (finder->table); i++)
    {
      const char *cell = budget_csv_table_get_cell (finder->table, i, column);

      if (first != NULL && *cell != '\0' && strcmp (cell, first) != 0)
        return FALSE;

      if (*cell != '\0')
        first = cell;
    }

  return TRUE;
}

static gboolean
has_other_text (BudgetCsvFinder *finder, guint column)
{
  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    {
      BudgetCsvRole role = get_role (finder, i);

      if (i != column && finder->columns[i].n_filled * 2 > finder->n_rows &&
          _budget_csv_column_is_text (&finder->columns[i]) &&
          !_budget_csv_column_is_numeric (&finder->columns[i]) && !is_constant (finder, i) &&
          (role == BUDGET_CSV_ROLE_DESCRIPTION || role == BUDGET_CSV_ROLE_PAYEE ||
           (role == BUDGET_CSV_ROLE_IGNORED &&
            !_budget_csv_column_is_currency (&finder->columns[i]) &&
            finder->scores[i][BUDGET_CSV_ROLE_IGNORED] == 0)))
        return TRUE;
    }

  return FALSE;
}

/* The other party is neither the holder nor the number of an account. */
static void
check_payees (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_PAYEE || column->n_filled == 0)
        continue;

      if (column->n_accounts * 2 > column->n_filled)
        _budget_csv_layout_take_role (
          layout, i,
          _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_COUNTERPART) < 0
            ? BUDGET_CSV_ROLE_COUNTERPART
            : BUDGET_CSV_ROLE_IGNORED);
      else if (is_constant (finder, i) && has_other_text (finder, i))
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_IGNORED);
    }
}

/* A number that changes from row to row is the other party's, even if only "IBAN" stands above it.
 */
static void
check_account (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  int column = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_ACCOUNT);

  if (column < 0 || finder->columns[column].n_filled < 2 || is_constant (finder, (guint) column) ||
      g_ascii_strncasecmp (budget_csv_layout_get_title (layout, (guint) column), "iban", 4) != 0)
    return;

  _budget_csv_layout_take_role (layout, (guint) column,
                                _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_COUNTERPART) <
                                    0
                                  ? BUDGET_CSV_ROLE_COUNTERPART
                                  : BUDGET_CSV_ROLE_IGNORED);
}

/* Second-rate descriptions are notes where there is a first-rate one; kinds of booking are noise.
 */
static void
sort_descriptions (BudgetCsvFinder *finder)
{
  gboolean has_better = _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PAYEE) >= 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    has_better |= get_role (finder, i) == BUDGET_CSV_ROLE_DESCRIPTION &&
                  finder->columns[i].n_filled * 2 > finder->n_rows &&
                  finder->scores[i][BUDGET_CSV_ROLE_DESCRIPTION] >= 950;

  for (guint i = 0; has_better && i < budget_csv_table_get_n_columns (finder->table); i++)
    if (get_role (finder, i) == BUDGET_CSV_ROLE_DESCRIPTION &&
        finder->scores[i][BUDGET_CSV_ROLE_DESCRIPTION] < 950)
      _budget_csv_layout_take_role (finder->layout, i,
                                    finder->scores[i][BUDGET_CSV_ROLE_DIRECTION] > 0
                                      ? BUDGET_CSV_ROLE_IGNORED
                                      : BUDGET_CSV_ROLE_NOTE);
}

void
_budget_csv_assign_roles (BudgetCsvFinder *finder)
{
  gboolean proven;

  assign_by_title (finder);
  find_dates (finder);
  proven = _budget_csv_find_money (finder);
  find_words (finder, proven);
  check_payees (finder);
  check_account (finder);
  sort_descriptions (finder);

  if (_budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_DESCRIPTION) < 0 &&
      _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PAYEE) < 0)
    find_description (finder);
}
