/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-columns-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"
#include "budget-number.h"

#include <string.h>

/* Counts what the columns of a table hold, over all rows. */

#define MAX_CELL 64
#define MAX_WORD 24

/* Words are looked up in the first rows only; the kinds of words stay the same below. */
#define MAX_WORD_ROWS 2000

gboolean
_budget_csv_cell_is_date (const char *cell)
{
  BudgetDateText date;
  GDate day;

  if (*cell == '\0' || !budget_date_text_scan (cell, &date))
    return FALSE;

  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    if (budget_date_text_read (&date, (BudgetDateOrder) i, &day))
      return TRUE;

  return FALSE;
}

static gboolean
scan_number (const char *cell, BudgetNumber *number)
{
  gint64 mantissa;
  guint n_decimals;

  if (*cell == '\0' || strlen (cell) > MAX_CELL || strpbrk (cell, "0123456789") == NULL ||
      !budget_number_scan (cell, number))
    return FALSE;

  return budget_number_read (number, '.', &mantissa, &n_decimals) ||
         budget_number_read (number, ',', &mantissa, &n_decimals);
}

gboolean
_budget_csv_cell_is_number (const char *cell)
{
  BudgetNumber number;

  return scan_number (cell, &number);
}

gboolean
_budget_csv_table_is_transaction (BudgetCsvTable *table, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (table, row);
  gboolean has_date = FALSE;
  gboolean has_number = FALSE;

  for (guint i = 0; i < n_cells && !(has_date && has_number); i++)
    {
      const char *cell = budget_csv_table_get_cell (table, row, i);

      if (!has_date && _budget_csv_cell_is_date (cell))
        has_date = TRUE;
      else if (!has_number && _budget_csv_cell_is_number (cell))
        has_number = TRUE;
    }

  return has_date && has_number;
}

static gboolean
count_date (BudgetCsvColumn *column, const char *cell)
{
  BudgetDateText date;
  GDate day;
  gboolean fits = FALSE;

  if (!budget_date_text_scan (cell, &date))
    return FALSE;

  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    if (budget_date_text_read (&date, (BudgetDateOrder) i, &day))
      {
        fits = TRUE;
        break;
      }

  if (!fits)
    return FALSE;

  column->n_dates++;
  column->n_compact += date.mark == '\0' && date.month_at < 0;

  return date.mark != '\0' || date.month_at >= 0;
}

static void
count_either (BudgetCsvColumn *column, const BudgetNumber *number, char guess)
{
  if (guess == '\0' && number->n_marks == 1 && (number->marks[0] == '.' || number->marks[0] == ','))
    {
      column->n_either++;
      column->n_either_odd += number->digits[number->n_digits - 1] != '0';
      column->n_either_dot += number->marks[0] == '.';
    }

  column->n_plain += number->n_marks == 0 && strspn (number->digits, "0") != number->n_digits;
}

static gboolean
count_number (BudgetCsvColumn *column, const char *cell)
{
  BudgetNumber number;
  char guess;

  if (!scan_number (cell, &number))
    return FALSE;

  guess = budget_number_guess_decimal (&number);
  column->n_numbers++;
  column->n_decimals += number.n_marks > 0 || number.currency != NULL;
  column->n_dot += guess == '.';
  column->n_comma += guess == ',';
  count_either (column, &number, guess);
  column->n_zero += strspn (number.digits, "0") == number.n_digits;
  column->n_negative += number.negative && strspn (number.digits, "0") != number.n_digits;

  if (number.currency != NULL)
    column->currency = number.currency;

  return TRUE;
}

static void
count_word (BudgetCsvColumn *column, const char *cell)
{
  column->n_words++;
  column->n_currencies += strlen (cell) == 3 && budget_currency_is_known (cell);
  column->n_directions += budget_csv_words_get_direction (cell) != BUDGET_CSV_DIRECTION_NONE;
  column->n_statuses += budget_csv_words_get_status (cell) != BUDGET_CSV_STATUS_UNKNOWN;
}

/* A word of ten or more letters and digits, most of them digits. */
static gboolean
is_account (const char *cell, gsize length)
{
  gsize n_digits = 0;

  for (gsize i = 0; i < length; i++)
    n_digits += g_ascii_isdigit (cell[i]);

  return length >= 8 && n_digits * 2 > length &&
         strspn (cell, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -/") == length;
}

static void
count_cell (BudgetCsvColumn *column, const char *cell, guint row)
{
  gsize length = strlen (cell);

  if (length == 0)
    return;

  column->n_filled++;
  column->text_length += MIN (length, 200);
  column->n_accounts += length <= MAX_CELL && is_account (cell, length);

  if (length <= MAX_CELL && strpbrk (cell, "0123456789") != NULL)
    {
      if (!count_date (column, cell))
        count_number (column, cell);
    }
  else if (length <= MAX_WORD && row < MAX_WORD_ROWS)
    {
      count_word (column, cell);
    }
}

gboolean
_budget_csv_column_is_date (const BudgetCsvColumn *column)
{
  return column->n_dates > 0 && column->n_dates * 2 >= column->n_filled;
}

gboolean
_budget_csv_column_is_numeric (const BudgetCsvColumn *column)
{
  return column->n_numbers > 0 && column->n_numbers * 10 >= column->n_filled * 6;
}

gboolean
_budget_csv_column_is_currency (const BudgetCsvColumn *column)
{
  return column->n_currencies > 0 && column->n_currencies * 10 >= column->n_filled * 6;
}

gboolean
_budget_csv_column_is_direction (const BudgetCsvColumn *column)
{
  return column->n_directions > 0 && column->n_directions * 10 > column->n_words * 6 &&
         column->n_words * 2 > column->n_filled;
}

gboolean
_budget_csv_column_is_status (const BudgetCsvColumn *column)
{
  return column->n_statuses > 0 && column->n_statuses * 2 >= column->n_words;
}

gboolean
_budget_csv_column_is_empty (const BudgetCsvColumn *column)
{
  return column->n_filled == 0;
}

gboolean
_budget_csv_column_is_text (const BudgetCsvColumn *column)
{
  return !_budget_csv_column_is_date (column) &&
         !(_budget_csv_column_is_numeric (column) && column->n_decimals * 2 > column->n_filled);
}

/* Counts what every column below the heading holds. */
void
_budget_csv_columns_init (BudgetCsvColumns *self, BudgetCsvTable *table, guint first_row)
{
  self->table = table;
  self->first_row = first_row;
  self->n_transactions = 0;
  self->counts = g_new0 (BudgetCsvColumn, budget_csv_table_get_n_columns (table));

  for (guint i = first_row; i < budget_csv_table_get_n_rows (table); i++)
    {
      guint n_cells = budget_csv_table_get_n_cells (table, i);

      self->n_transactions += _budget_csv_table_is_transaction (table, i);

      for (guint j = 0; j < n_cells; j++)
        count_cell (&self->counts[j], budget_csv_table_get_cell (table, i, j), i - first_row);
    }
}

void
_budget_csv_columns_clear (BudgetCsvColumns *self)
{
  g_clear_pointer (&self->counts, g_free);
}

/* How many decimals the currency of the table seems to have. */
static guint
guess_digits (const BudgetCsvColumns *self)
{
  for (guint i = 0; i < budget_csv_table_get_n_columns (self->table); i++)
    {
      const BudgetCsvColumn *column = &self->counts[i];

      if (column->currency != NULL)
        return budget_currency_get_digits (column->currency);

      if (column->n_currencies > 0 && column->n_currencies * 10 >= column->n_filled * 6)
        return budget_currency_get_digits (
          budget_csv_table_get_cell (self->table, self->first_row, i));
    }

  return 2;
}

/*
 * Decides for numbers like "1.234", where a mark may separate thousands or
 * decimals: it separates thousands if other numbers have no mark, or if the
 * currency does not have three decimals.
 */
static char
decide_either (const BudgetCsvColumns *self)
{
  guint digits = guess_digits (self);
  guint n_dot = 0, n_comma = 0, n_odd = 0, n_plain = 0;
  gboolean grouped;

  for (guint i = 0; i < budget_csv_table_get_n_columns (self->table); i++)
    {
      const BudgetCsvColumn *column = &self->counts[i];

      if (column->n_numbers * 2 < column->n_filled || column->n_either == 0)
        continue;

      n_dot += column->n_either_dot;
      n_comma += column->n_either - column->n_either_dot;
      n_odd += column->n_either_odd;
      n_plain += column->n_plain;
    }

  if (n_dot == n_comma)
    return budget_csv_table_get_delimiter (self->table) == ';' ? ',' : '.';

  grouped = digits == 0 || n_plain > 0 || (digits < 3 && n_odd > 0) ||
            (n_dot > n_comma && budget_csv_table_get_delimiter (self->table) == ';');

  return (n_dot > n_comma) != grouped ? '.' : ',';
}

/*
 * Finds the decimal mark of the table's numbers from those that show it. Where
 * none does, @sure is FALSE.
 */
char
_budget_csv_columns_find_decimal (const BudgetCsvColumns *self, gboolean *sure)
{
  guint n_dot = 0, n_comma = 0, n_either = 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (self->table); i++)
    {
      const BudgetCsvColumn *column = &self->counts[i];

      if (column->n_numbers * 2 < column->n_filled)
        continue;

      n_dot += column->n_dot;
      n_comma += column->n_comma;
      n_either += column->n_either;
    }

  *sure = n_dot + n_comma > 0 || n_either == 0;

  if (n_dot != n_comma)
    return n_dot > n_comma ? '.' : ',';

  return decide_either (self);
}

typedef struct
{
  guint n_fits;
  guint n_doubtful; /* another day in another order */
  guint n_turns;    /* how often the dates change their direction */
  guint span;       /* days from the first to the last */
  gboolean in_future;
} OrderEvidence;

/* What is counted of one order while the dates are read. */
typedef struct
{
  OrderEvidence evidence;
  guint32 last, lowest, highest;
  guint n_up, n_down;
} OrderCount;

static void
count_day (OrderCount *count, const BudgetDateText *date, BudgetDateOrder order)
{
  GDate day;
  guint32 julian;

  g_date_clear (&day, 1);

  if (!budget_date_text_read (date, order, &day))
    return;

  julian = g_date_get_julian (&day);
  count->evidence.n_fits++;
  count->evidence.n_doubtful += date->month_at < 0 && date->values[0] != date->values[1];
  count->n_up += count->last != 0 && julian > count->last;
  count->n_down += count->last != 0 && julian < count->last;
  count->lowest = count->lowest == 0 ? julian : MIN (count->lowest, julian);
  count->highest = MAX (count->highest, julian);
  count->last = julian;
}

static guint32
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));

  return g_date_get_julian (&today);
}

static void
weigh_orders (BudgetCsvTable *table,
              guint first_row,
              guint column,
              OrderEvidence evidence[BUDGET_N_DATE_ORDERS])
{
  OrderCount counts[BUDGET_N_DATE_ORDERS] = { 0 };
  guint32 today = get_today ();

  for (guint i = first_row; i < budget_csv_table_get_n_rows (table); i++)
    {
      BudgetDateText date;

      if (budget_date_text_scan (budget_csv_table_get_cell (table, i, column), &date))
        for (guint j = 0; j < BUDGET_N_DATE_ORDERS; j++)
          count_day (&counts[j], &date, (BudgetDateOrder) j);
    }

  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    {
      evidence[i] = counts[i].evidence;
      evidence[i].n_turns = MIN (counts[i].n_up, counts[i].n_down);
      evidence[i].span = counts[i].highest - counts[i].lowest;
      evidence[i].in_future = counts[i].highest > today + 40;
    }
}

static gboolean
is_better_order (const OrderEvidence *a, const OrderEvidence *b, gboolean *sure)
{
  *sure = TRUE;

  if (a->n_fits != b->n_fits)
    return a->n_fits > b->n_fits;

  if (a->in_future != b->in_future)
    return !a->in_future;

  /* Banks sort by date, so an order in which the dates go up and down is wrong. */
  if ((a->n_turns == 0) != (b->n_turns == 0) && MAX (a->n_turns, b->n_turns) >= 2)
    return a->n_turns == 0;

  *sure = FALSE;

  return a->span * 4 < b->span;
}

/*
 * _budget_csv_columns_find_date_order:
 * @table: a table
 * @first_row: its first row below the heading
 * @column: a column of dates
 * @is_doubtful: (out): whether the day and the month could be swapped
 *
 * Returns: how the dates of the column are written
 */
BudgetDateOrder
_budget_csv_columns_find_date_order (BudgetCsvTable *table,
                                     guint first_row,
                                     guint column,
                                     gboolean *is_doubtful)
{
  OrderEvidence evidence[BUDGET_N_DATE_ORDERS];
  const OrderEvidence *dmy = &evidence[BUDGET_DATE_ORDER_DMY];
  BudgetDateOrder best = BUDGET_DATE_ORDER_DMY;
  gboolean sure = TRUE;

  weigh_orders (table, first_row, column, evidence);

  /* Year, day, month is so rare that it needs a proof. */
  for (guint i = BUDGET_DATE_ORDER_MDY; i < BUDGET_N_DATE_ORDERS; i++)
    {
      gboolean proven;
      gboolean better = is_better_order (&evidence[i], &evidence[best], &proven);

      if (better && (proven || i == BUDGET_DATE_ORDER_MDY))
        best = (BudgetDateOrder) i;

      if (i == BUDGET_DATE_ORDER_MDY)
        sure = proven || dmy->n_fits == 0;
    }

  *is_doubtful = !sure && best <= BUDGET_DATE_ORDER_MDY && dmy->n_fits > 0 && dmy->n_doubtful > 0;

  return best;
}
