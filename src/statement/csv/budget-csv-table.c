/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-reader.h"
#include "budget-csv-table-private.h"
#include "budget-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* A blank at the edge of a cell is the bank's padding. */
static gsize
blank_length (const char *at)
{
  if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
    return 1;

  if ((guint8) at[0] == 0xc2 && (guint8) at[1] == 0xa0)
    return 2;

  return g_str_has_prefix (at, "\xe2\x80\xaf") || g_str_has_prefix (at, "\xef\xbb\xbf") ? 3 : 0;
}

/* ="0123" is how a spreadsheet is made to keep the zero. */
static void
trim_cell (const char **start, gsize *length)
{
  const char *at = budget_csv_unguard (*start);
  gsize left = strlen (at);
  gsize blank;

  while ((blank = blank_length (at)) > 0)
    {
      at += blank;
      left -= blank;
    }

  while (left > 0 && ((guint8) at[left - 1] <= ' ' ||
                      (left > 1 && (guint8) at[left - 2] == 0xc2 && (guint8) at[left - 1] == 0xa0)))
    left -= (guint8) at[left - 1] <= ' ' ? 1 : 2;

  if (left >= 3 && at[0] == '=' && at[1] == '"' && at[left - 1] == '"')
    {
      at += 2;
      left -= 3;
    }

  *start = at;
  *length = left;
}

static void
add_row (BudgetCsvTable *self, BudgetCsvReader *reader)
{
  BudgetCsvTableRow row = { budget_csv_reader_get_line (reader),
                            budget_csv_reader_get_n_fields (reader), self->cells->len };
  gboolean blank = TRUE;

  row.n_cells = MIN (row.n_cells, BUDGET_CSV_TABLE_MAX_COLUMNS);

  for (guint i = 0; i < row.n_cells; i++)
    {
      const char *cell = budget_csv_reader_get_field (reader, i);
      gsize at = self->text->len;
      gsize length;

      trim_cell (&cell, &length);
      blank &= length == 0;
      g_array_append_val (self->cells, at);
      g_string_append_len (self->text, cell, (gssize) length);
      g_string_append_c (self->text, '\0');
    }

  if (blank)
    {
      g_array_set_size (self->cells, (guint) row.first_cell);
      return;
    }

  self->n_columns = MAX (self->n_columns, row.n_cells);
  g_array_append_val (self->rows, row);
}

/*
 * _budget_csv_table_new:
 * @text: valid UTF-8
 * @delimiter: what stands between two cells
 * @max_rows: how many rows to take at most, or 0 for all
 *
 * Returns: (transfer full): the rows that are not blank
 */
BudgetCsvTable *
_budget_csv_table_new (
  GBytes *text, char delimiter, guint max_rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetCsvReader) reader = budget_csv_reader_new_for_bytes (text, delimiter);
  g_autoptr (BudgetCsvTable) self = g_new0 (BudgetCsvTable, 1);
  g_autoptr (GError) local_error = NULL;

  self->text = g_string_new (NULL);
  self->cells = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->rows = g_array_new (FALSE, FALSE, sizeof (BudgetCsvTableRow));

  while ((max_rows == 0 || self->rows->len < max_rows) &&
         budget_csv_reader_next (reader, cancellable, &local_error))
    {
      if (self->rows->len % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      add_row (self, reader);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
_budget_csv_table_free (BudgetCsvTable *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_free (self);
}

const BudgetCsvTableRow *
_budget_csv_table_get_row (const BudgetCsvTable *self, guint row)
{
  g_assert (row < self->rows->len);

  return &g_array_index (self->rows, BudgetCsvTableRow, row);
}

/* Returns: the cell's text; a row that is too short has empty cells at its end */
const char *
_budget_csv_table_get_cell (const BudgetCsvTable *self, guint row, guint column)
{
  const BudgetCsvTableRow *at = _budget_csv_table_get_row (self, row);

  if (column >= at->n_cells)
    return "";

  return self->text->str + g_array_index (self->cells, gsize, at->first_cell + column);
}
