/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-number.h"

#include <string.h>

/*
 * A running balance proves which column is the amount: it is the one that
 * leads from each balance to the next. Where only some rows carry a balance,
 * the amounts between them are added up.
 */

#define MAX_ROWS 500
#define MAX_CANDIDATES 12
#define NAMED_SCORE 900

typedef struct
{
  gint64 *values; /* thousandths, by row; 0 where there is none */
  gboolean *filled;
  guint column;
} Series;

typedef struct
{
  Series series[MAX_CANDIDATES];
  guint n_series;
  guint n_rows;
  gboolean *skipped; /* not booked, so not in the balance */
  int *signs;        /* what the column of directions says, or NULL */
  const Series *balance;
} Ledger;

typedef struct
{
  int amount; /* index of a series, or -1 */
  int debit;
  int credit;
  int fee;
  gboolean inverted;
  guint n_good;
  guint n_checks;
  gboolean directed; /* the directions give the amount its sign */
} Theory;

static void
ledger_clear (Ledger *ledger)
{
  for (guint i = 0; i < ledger->n_series; i++)
    {
      g_free (ledger->series[i].values);
      g_free (ledger->series[i].filled);
    }

  g_free (ledger->skipped);
  g_free (ledger->signs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ledger, ledger_clear)

static void
add_series (Ledger *ledger, BudgetCsvFinder *finder, guint column)
{
  Series *series = &ledger->series[ledger->n_series++];

  series->column = column;
  series->values = g_new0 (gint64, ledger->n_rows);
  series->filled = g_new0 (gboolean, ledger->n_rows);

  for (guint i = 0; i < ledger->n_rows; i++)
    {
      const char *cell =
        budget_csv_table_get_cell (finder->columns.table, finder->columns.first_row + i, column);
      gint64 value;

      /* The rows are added up, and no account holds more than this. */
      if (!budget_number_read_thousandths (cell, finder->decimal, &value) ||
          ABS (value) >= G_MAXINT64 / 4096)
        continue;

      series->values[i] = value;
      series->filled[i] = TRUE;
    }
}

/* By how much the row changes the balance if @theory holds. */
static gint64
get_move (const Ledger *ledger, const Theory *theory, guint row)
{
  gint64 move = 0;

  if (theory->amount >= 0)
    move = ledger->series[theory->amount].values[row] * (theory->directed ? ledger->signs[row] : 1);

  if (theory->debit >= 0)
    move -= ABS (ledger->series[theory->debit].values[row]);

  if (theory->credit >= 0)
    move += ABS (ledger->series[theory->credit].values[row]);

  if (theory->fee >= 0)
    move -= ABS (ledger->series[theory->fee].values[row]);

  return theory->inverted ? -move : move;
}

/* Counts how many steps of the balance the moves explain, reading down or up the file. */
static void
try_theory (const Ledger *ledger, Theory *theory)
{
  const Series *balance = ledger->balance;
  gint64 sum = 0, last_sum = 0, last_sum_before = 0;
  guint n_down = 0, n_up = 0;
  int last = -1;

  theory->n_checks = 0;

  for (guint i = 0; i < ledger->n_rows; i++)
    {
      gint64 before = sum;

      if (ledger->skipped[i] && !balance->filled[i])
        continue;

      sum += get_move (ledger, theory, i);

      if (!balance->filled[i])
        continue;

      if (last >= 0)
        {
          gint64 step = balance->values[i] - balance->values[last];

          /* Two equal balances with nothing between them prove nothing. */
          theory->n_checks += step != 0 || sum != last_sum;
          n_down += step != 0 && step == sum - last_sum;
          n_up += step != 0 && -step == before - last_sum_before;
        }

      last = (int) i;
      last_sum = sum;
      last_sum_before = before;
    }

  theory->n_good = MAX (n_down, n_up);
}

static gboolean
is_better (const Theory *a, const Theory *b)
{
  return a->n_good > b->n_good;
}

/* Tries the amounts as they are first, then with the opposite sign. */
static void
consider (const Ledger *ledger, Theory theory, Theory *best)
{
  gboolean may_be_directed = ledger->signs != NULL && theory.amount >= 0;

  for (guint i = 0; i < 4; i++)
    {
      theory.inverted = i >= 2;
      theory.directed = i % 2 == 1;

      if (theory.directed && !may_be_directed)
        continue;

      try_theory (ledger, &theory);

      if (is_better (&theory, best))
        *best = theory;
    }
}

/* Two columns are debit and credit only if no row fills both. */
static gboolean
exclude_each_other (const Ledger *ledger, guint a, guint b)
{
  guint n_both = 0;
  guint n_one = 0;

  for (guint i = 0; i < ledger->n_rows; i++)
    {
      gboolean in_a = ledger->series[a].values[i] != 0;
      gboolean in_b = ledger->series[b].values[i] != 0;

      n_both += in_a && in_b;
      n_one += in_a != in_b;
    }

  return n_one > 0 && n_both * 20 < n_one;
}

static void
find_best (const Ledger *ledger, int fee, Theory *best)
{
  for (guint i = 0; i < ledger->n_series; i++)
    {
      if (&ledger->series[i] == ledger->balance)
        continue;

      if ((int) i != fee)
        {
          consider (ledger, (Theory){ (int) i, -1, -1, -1, FALSE, 0, 0, FALSE }, best);

          if (fee >= 0)
            consider (ledger, (Theory){ (int) i, -1, -1, fee, FALSE, 0, 0, FALSE }, best);
        }

      for (guint j = i + 1; j < ledger->n_series; j++)
        if (&ledger->series[j] != ledger->balance && exclude_each_other (ledger, i, j))
          consider (ledger, (Theory){ -1, (int) i, (int) j, -1, FALSE, 0, 0, FALSE }, best);
    }
}

static gboolean
is_candidate (BudgetCsvFinder *finder, guint column)
{
  const BudgetCsvColumn *stats = &finder->columns.counts[column];
  BudgetCsvRole role = budget_csv_layout_get_role (finder->layout, column);

  if (finder->scores[column][BUDGET_CSV_ROLE_IGNORED] >= NAMED_SCORE ||
      role == BUDGET_CSV_ROLE_DATE || role == BUDGET_CSV_ROLE_VALUE_DATE)
    return FALSE;

  return stats->n_numbers > 0 && stats->n_numbers * 10 >= stats->n_filled * 6;
}

static void
find_skipped (Ledger *ledger, BudgetCsvFinder *finder, int status)
{
  ledger->skipped = g_new0 (gboolean, ledger->n_rows);

  for (guint i = 0; status >= 0 && i < ledger->n_rows; i++)
    {
      BudgetCsvStatus value = budget_csv_words_get_status (budget_csv_table_get_cell (
        finder->columns.table, finder->columns.first_row + i, (guint) status));

      ledger->skipped[i] =
        value == BUDGET_CSV_STATUS_PENDING || value == BUDGET_CSV_STATUS_CANCELLED;
    }
}

static void
find_signs (Ledger *ledger, BudgetCsvFinder *finder, int direction)
{
  gboolean has_b = FALSE;

  if (direction < 0)
    return;

  ledger->signs = g_new0 (int, ledger->n_rows);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < ledger->n_rows; i++)
      switch (budget_csv_words_get_direction (budget_csv_table_get_cell (
        finder->columns.table, finder->columns.first_row + i, (guint) direction)))
        {
        case BUDGET_CSV_DIRECTION_OUT:
          ledger->signs[i] = -1;
          break;
        case BUDGET_CSV_DIRECTION_IN:
          ledger->signs[i] = 1;
          break;
        case BUDGET_CSV_DIRECTION_A:
          ledger->signs[i] = has_b ? -1 : 1;
          break;
        case BUDGET_CSV_DIRECTION_B:
          ledger->signs[i] = 1;
          has_b = TRUE;
          break;
        case BUDGET_CSV_DIRECTION_NONE:
        default:
          ledger->signs[i] = 1;
          break;
        }
}

/* Columns with a title come first, so that they win against others that explain as much. */
static void
collect_series (Ledger *ledger, BudgetCsvFinder *finder)
{
  static const BudgetCsvRole first[] = { BUDGET_CSV_ROLE_BALANCE, BUDGET_CSV_ROLE_AMOUNT,
                                         BUDGET_CSV_ROLE_DEBIT, BUDGET_CSV_ROLE_CREDIT,
                                         BUDGET_CSV_ROLE_FEE };
  guint n_columns = budget_csv_table_get_n_columns (finder->columns.table);
  g_autofree gboolean *taken = g_new0 (gboolean, n_columns);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      int column = _budget_csv_layout_find_role (finder->layout, first[i]);

      if (column >= 0 && finder->columns.counts[column].n_numbers > 0)
        {
          taken[column] = TRUE;
          add_series (ledger, finder, (guint) column);
        }
    }

  for (guint i = 0; i < n_columns && ledger->n_series < MAX_CANDIDATES; i++)
    if (!taken[i] && is_candidate (finder, i))
      add_series (ledger, finder, i);
}

static int
find_series (const Ledger *ledger, int column)
{
  for (guint i = 0; column >= 0 && i < ledger->n_series; i++)
    if (ledger->series[i].column == (guint) column)
      return (int) i;

  return -1;
}

static int
get_column (const Ledger *ledger, int series)
{
  return series >= 0 ? (int) ledger->series[series].column : -1;
}

static void
take_theory (const Ledger *ledger, Theory *theory, BudgetCsvFinder *finder, BudgetCsvPlaces *places)
{
  places->amount = get_column (ledger, theory->amount);
  places->debit = get_column (ledger, theory->debit);
  places->credit = get_column (ledger, theory->credit);
  places->balance = (int) ledger->balance->column;
  finder->layout->has_fee = theory->fee >= 0;

  if (!theory->directed)
    places->direction = -1;

  /* An inverted pair of debit and credit is a pair of credit and debit. */
  if (theory->amount < 0 && theory->inverted)
    {
      int debit = places->debit;

      places->debit = places->credit;
      places->credit = debit;
    }
  else if (!(finder->layout->fixed & BUDGET_CSV_FIXED_SIGN))
    {
      finder->layout->inverted = theory->inverted;
    }
}

/*
 * Looks for the amounts that lead from each balance to the next. Where no column
 * is known to be the balance, tries each.
 *
 * Returns: %TRUE if the balance proves the columns, which are in @places then
 */
gboolean
_budget_csv_balance_find (BudgetCsvFinder *finder, BudgetCsvPlaces *places)
{
  g_auto (Ledger) ledger = { .n_rows = MIN (budget_csv_table_get_n_rows (finder->columns.table) -
                                              finder->columns.first_row,
                                            MAX_ROWS) };
  Theory best = { -1, -1, -1, -1, FALSE, 0, 0, FALSE };
  const Series *best_balance = NULL;
  int known;

  find_skipped (&ledger, finder, places->status);
  find_signs (&ledger, finder, places->direction);
  collect_series (&ledger, finder);
  known = find_series (&ledger, places->balance);

  for (guint i = 0; i < ledger.n_series; i++)
    {
      Theory theory = { -1, -1, -1, -1, FALSE, 0, 0, FALSE };

      if (known >= 0 && known != (int) i)
        continue;

      ledger.balance = &ledger.series[i];
      find_best (&ledger, find_series (&ledger, places->fee), &theory);

      if (is_better (&theory, &best))
        {
          best = theory;
          best_balance = ledger.balance;
        }
    }

  /* Inverted amounts need a stronger proof: most amounts are spending anyway. */
  if (best_balance == NULL || best.n_good < 2 ||
      best.n_good * 10 < best.n_checks * (best.inverted ? 9 : 7))
    return FALSE;

  ledger.balance = best_balance;
  take_theory (&ledger, &best, finder, places);

  return TRUE;
}
