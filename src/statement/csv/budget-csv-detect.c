/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-csv-words.h"
#include "budget-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* From the text of a file to its layout: delimiter first, then heading, then columns. */

#define SAMPLE_ROWS 200
#define MAX_PREAMBLE 100
#define GOOD_SCORE 500

typedef struct
{
  guint n_bookings; /* rows with a date and a number */
  guint n_alike;    /* rows with the commonest number of cells */
  guint n_titles;
} DelimiterEvidence;

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

/* How much a row is a heading: how many of its cells are known names, with no figures among them.
 */
static guint
score_heading (BudgetCsvTable *table, guint row, gboolean *full)
{
  guint n_cells = budget_csv_table_get_n_cells (table, row);
  guint n_known = 0;
  gboolean has_date = FALSE;
  gboolean has_money = FALSE;

  *full = FALSE;

  for (guint i = 0; i < n_cells; i++)
    {
      const char *cell = budget_csv_table_get_cell (table, row, i);
      guint scores[BUDGET_N_CSV_ROLES];
      guint best = 0;

      if (_budget_csv_cell_is_date (cell) || _budget_csv_cell_is_number (cell))
        return 0;

      budget_csv_words_match_title (cell, scores);

      for (guint j = 0; j < BUDGET_N_CSV_ROLES; j++)
        best = MAX (best, scores[j]);

      n_known += best > 0;
      has_date |= scores[BUDGET_CSV_ROLE_DATE] > 0 || scores[BUDGET_CSV_ROLE_VALUE_DATE] > 0;
      has_money |= scores[BUDGET_CSV_ROLE_AMOUNT] > 0 || scores[BUDGET_CSV_ROLE_DEBIT] > 0 ||
                   scores[BUDGET_CSV_ROLE_CREDIT] > 0;
    }

  *full = has_date && has_money && n_known >= 2;

  return n_known;
}

static void
weigh_delimiter (BudgetCsvTable *table, DelimiterEvidence *evidence)
{
  g_autofree guint *counts = NULL;

  memset (evidence, 0, sizeof *evidence);

  if (budget_csv_table_get_n_rows (table) == 0)
    return;

  counts = g_new0 (guint, budget_csv_table_get_n_columns (table) + 1);

  for (guint i = 0; i < budget_csv_table_get_n_rows (table); i++)
    {
      guint n_cells = budget_csv_table_get_n_cells (table, i);
      gboolean full;

      if (n_cells < 2)
        continue;

      evidence->n_bookings += _budget_csv_table_is_transaction (table, i);
      evidence->n_alike = MAX (evidence->n_alike, ++counts[n_cells]);

      if (evidence->n_titles == 0 && i < MAX_PREAMBLE)
        evidence->n_titles = score_heading (table, i, &full);
    }
}

static gboolean
is_better_delimiter (const DelimiterEvidence *a, const DelimiterEvidence *b)
{
  if (a->n_bookings != b->n_bookings)
    return a->n_bookings > b->n_bookings;

  if (a->n_titles != b->n_titles)
    return a->n_titles > b->n_titles;

  return a->n_alike > b->n_alike;
}

/* Takes the delimiter under which the most rows have a date and an amount. */
static void
find_delimiter (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  gsize size;
  const char *data = g_bytes_get_data (budget_csv_table_get_text (table, self->encoding), &size);
  DelimiterEvidence best = { 0 };

  if (self->fixed & BUDGET_CSV_FIXED_DELIMITER)
    return;

  self->delimiter = ',';

  /* Spreadsheets are told the delimiter in the first line. */
  if (size > 5 && g_ascii_strncasecmp (data, "sep=", 4) == 0 &&
      (data[5] == '\r' || data[5] == '\n') && (g_ascii_ispunct (data[4]) || data[4] == '\t'))
    {
      self->delimiter = data[4];
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autoptr (BudgetCsvTable) sample =
        budget_csv_table_new_sample (table, self->encoding, candidates[i], SAMPLE_ROWS);
      DelimiterEvidence evidence;

      weigh_delimiter (sample, &evidence);

      if (i == 0 || is_better_delimiter (&evidence, &best))
        {
          best = evidence;
          self->delimiter = candidates[i];
        }
    }
}

/* A row of words right above the first booking is its heading, whatever the language. */
static gboolean
looks_like_heading (BudgetCsvTable *table, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (table, row);
  guint n_next = budget_csv_table_get_n_cells (table, row + 1);
  guint n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const char *cell = budget_csv_table_get_cell (table, row, i);

      if (strpbrk (cell, "0123456789") != NULL || strlen (cell) > 60)
        return FALSE;

      n_filled += *cell != '\0';
    }

  return n_cells >= 3 && n_filled * 2 > n_cells && n_cells + 2 >= n_next;
}

static void
find_heading (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  guint limit = MIN (budget_csv_table_get_n_rows (table), MAX_PREAMBLE);
  guint first_booking = limit;
  guint best = 0;
  int found = -1;

  if (self->fixed & BUDGET_CSV_FIXED_HEADER)
    return;

  for (guint i = 0; i < limit; i++)
    {
      gboolean full;
      guint score = score_heading (table, i, &full);

      if (first_booking == limit && _budget_csv_table_is_transaction (table, i))
        first_booking = i;

      /* Many bookings above a heading mean that it is a repeated or another one. */
      if (full && score > best && (found < 0 || i < first_booking) && i < first_booking + 10)
        {
          best = score;
          found = (int) i;
        }
    }

  if (found < 0 && first_booking > 0 && first_booking < limit &&
      looks_like_heading (table, first_booking - 1))
    found = (int) first_booking - 1;

  self->header_line = found >= 0 ? budget_csv_table_get_line (table, (guint) found) : 0;
}

/* Returns: the row below the heading, or the first of the table */
guint
_budget_csv_find_first_row (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  for (guint i = 0; i < budget_csv_table_get_n_rows (table) && self->header_line > 0; i++)
    if (budget_csv_table_get_line (table, i) >= self->header_line)
      return i + 1;

  return 0;
}

void
_budget_csv_detect_titles (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  guint first_row = _budget_csv_find_first_row (self, table);

  g_ptr_array_set_size (self->titles, 0);
  g_array_set_size (self->roles, 0);
  g_array_set_size (self->roles, budget_csv_table_get_n_columns (table));

  for (guint i = 0; i < budget_csv_table_get_n_columns (table); i++)
    {
      const char *cell = first_row > 0 ? budget_csv_table_get_cell (table, first_row - 1, i) : "";

      /* Translators: %u is the number of a column of a file. */
      g_ptr_array_add (self->titles,
                       *cell != '\0' ? g_strdup (cell) : g_strdup_printf (_ ("Column %u"), i + 1));
    }
}

static void
match_titles (BudgetCsvFinder *finder)
{
  if (finder->first_row == 0)
    return;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->table); i++)
    budget_csv_words_match_title (
      budget_csv_table_get_cell (finder->table, finder->first_row - 1, i), finder->scores[i]);
}

/* What can be said only once the columns have their roles. */
static gboolean
find_forms (BudgetCsvFinder *finder, GError **error)
{
  BudgetCsvLayout *layout = finder->layout;
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (layout, &places);

  layout->lacks_roles = !_budget_csv_layout_is_complete (layout);
  if (finder->n_rows == 0 && finder->first_row > 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file has a heading but no bookings below it"));

  if (places.date < 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("No column of the file holds dates"));

  if (places.amount < 0 && places.debit < 0 && places.credit < 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("No column of the file holds amounts"));

  _budget_csv_find_sign (finder);
  _budget_csv_columns_find_date_order (finder, (guint) places.date, TRUE);

  return TRUE;
}

static gboolean
find_columns (BudgetCsvFinder *finder, GError **error)
{
  BudgetCsvLayout *layout = finder->layout;
  gboolean sure;
  char decimal;

  for (guint i = finder->first_row; i < budget_csv_table_get_n_rows (finder->table); i++)
    finder->n_rows += _budget_csv_table_is_transaction (finder->table, i);

  _budget_csv_columns_count (finder);
  match_titles (finder);
  decimal = _budget_csv_columns_find_decimal (finder, &sure);

  if (!(layout->fixed & BUDGET_CSV_FIXED_DECIMAL))
    {
      layout->decimal = decimal;

      if (!sure)
        _budget_csv_layout_add_ambiguity (
          layout, decimal == '.'
          ? _ ("Amounts like 1.234 could be thousands; the dot is read as decimal mark")
          : _ ("Amounts like 1,234 could be thousands; the comma is read as decimal mark"));
    }

  layout->has_fee = FALSE;

  if (!(layout->fixed & BUDGET_CSV_FIXED_SIGN))
    layout->inverted = FALSE;

  finder->decimal = layout->decimal;
  _budget_csv_assign_roles (finder);

  return find_forms (finder, error);
}

gboolean
_budget_csv_detect (BudgetCsvLayout *self, BudgetCsvTable *table, GError **error)
{
  BudgetCsvFinder finder = { .layout = self };
  gboolean ok;

  find_delimiter (self, table);

  if (!budget_csv_table_parse (table, self->encoding, self->delimiter, NULL, error))
    return FALSE;

  if (budget_csv_table_get_n_rows (table) == 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file is not a table of bookings"));

  find_heading (self, table);
  _budget_csv_detect_titles (self, table);
  if (budget_csv_table_get_n_columns (table) < 2)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file is not a table of bookings"));

  finder.table = table;
  finder.first_row = _budget_csv_find_first_row (self, table);
  finder.columns = g_new0 (BudgetCsvColumn, budget_csv_table_get_n_columns (table));
  finder.scores = g_malloc0_n (budget_csv_table_get_n_columns (table), sizeof *finder.scores);
  ok = find_columns (&finder, error);
  self->signature = _budget_csv_signature_new (&finder);
  g_free (finder.columns);
  g_free (finder.scores);

  return ok;
}
