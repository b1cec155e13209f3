/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-table-private.h"
#include "budget-error.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * The rows of a text are parsed in one pass, each cell straight into the buffer
 * that all cells share.
 *
 * Quotes may hold delimiters and line ends; a quote that is never closed is read
 * as a letter, so that it spoils only its own line. Empty lines are skipped.
 */

#define MAX_QUOTED_LINES 100
#define MAX_QUOTED_BYTES (64 * 1024)

/* So many unbalanced quotes prove that the file does not quote line ends. */
#define MAX_RECOVERIES 100

typedef struct
{
  BudgetCsvTable *table;
  char delimiter;
  BudgetCsvTableFlags flags;

  const char *at;
  const char *end;
  const char *next_lf; /* at or behind @at, or the end */
  const char *next_cr;
  const char *first_nul;
  guint line; /* that @at is in */
  guint n_recoveries;

  char *out; /* where the next cell goes */

  /* The record that is being parsed. */
  gsize record_length;
  guint n_lines; /* that it was extended by, or not */
} Parser;

static const char *
find_byte (const char *at, const char *end, char byte)
{
  const char *found = memchr (at, byte, (gsize) (end - at));

  return found != NULL ? found : end;
}

/* Where the line that @at is in ends. */
static const char *
find_line_end (Parser *self, const char *at)
{
  if (self->next_lf < at)
    self->next_lf = find_byte (at, self->end, '\n');

  if (self->flags & BUDGET_CSV_TABLE_KEEP_LINE_ENDS)
    return self->next_lf;

  if (self->next_cr < at)
    self->next_cr = find_byte (at, self->end, '\r');

  return MIN (self->next_lf, self->next_cr);
}

/* Where the line after the one that ends at @at begins. */
static const char *
skip_line_end (Parser *self, const char *at)
{
  if (at < self->end && *at == '\r')
    at++;
  else if (at < self->end)
    return at + 1;

  return at < self->end && *at == '\n' ? at + 1 : at;
}

static gboolean
ends_record (Parser *self, const char *at)
{
  if (at == self->end || *at == '\n')
    return TRUE;

  return *at == '\r' &&
         (!(self->flags & BUDGET_CSV_TABLE_KEEP_LINE_ENDS) || at + 1 == self->end || at[1] == '\n');
}

static const char *
skip_spaces (Parser *self, const char *at)
{
  while (at < self->end && *at == ' ' && self->delimiter != ' ')
    at++;

  return at;
}

static gboolean
ends_field (Parser *self, const char *at)
{
  at = skip_spaces (self, at);

  return ends_record (self, at) || *at == self->delimiter;
}

/* Adds the line at @at to the record. */
static gboolean
take_line (Parser *self, const char *at, guint line, gsize *length, GError **error)
{
  const char *end = find_line_end (self, at);

  *length += (gsize) (end - at);

  if (*length > BUDGET_CSV_TABLE_MAX_RECORD)
    {
      g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                   /* Translators: %u is a line number. */
                   _ ("Line %u is too long for a bank statement"), line);
      return FALSE;
    }

  *length += end < self->end;

  return TRUE;
}

static void
parse_plain_field (Parser *self)
{
  const char *at = self->at;

  while (!ends_record (self, at) && *at != self->delimiter)
    at++;

  memcpy (self->out, self->at, (gsize) (at - self->at));
  self->out += at - self->at;
  self->at = at;
}

/* A quoted field as far as it has been read; its line is not yet the parser's. */
typedef struct
{
  const char *at;
  char *out;
  guint line;
  gsize record_length;
  gsize length; /* with its quote and what is before it */
  gboolean is_multiline;
} QuotedField;

/*
 * Goes on to the next line, if the quote may extend over it.
 *
 * Returns: %FALSE if the quote is a letter, or with @error set
 */
static gboolean
extend_quoted_field (Parser *self, QuotedField *field, GError **error)
{
  const char *next = skip_line_end (self, field->at);
  gboolean may_extend = self->n_recoveries < MAX_RECOVERIES && self->n_lines < MAX_QUOTED_LINES;
  gsize before = field->record_length;

  self->n_lines++;

  if (!may_extend || field->length >= MAX_QUOTED_BYTES || next == self->end ||
      !take_line (self, next, field->line + 1, &field->record_length, error))
    return FALSE;

  if (!(self->flags & BUDGET_CSV_TABLE_KEEP_LINE_ENDS))
    *field->out++ = '\n';
  else
    *field->out++ = *field->at;

  field->length += field->record_length - before;
  field->is_multiline = TRUE;
  field->line++;
  field->at = next;

  return TRUE;
}

/*
 * A quote inside a line's text is a letter; after a line end it shows that the
 * opening one was.
 *
 * Returns: %FALSE if the opening quote is a letter, or with @error set
 */
static gboolean
parse_quoted_field (Parser *self, const char *quote, GError **error)
{
  const char *line_end = find_line_end (self, quote);
  QuotedField field = { quote + 1, self->out, self->line, self->record_length, 0, FALSE };

  field.length = (gsize) (line_end - self->at) + (line_end < self->end);

  for (;;)
    {
      if (field.at == line_end)
        {
          if (!extend_quoted_field (self, &field, error))
            return FALSE;

          line_end = find_line_end (self, field.at);
          continue;
        }

      if (*field.at == '"' && ends_field (self, field.at + 1))
        break;

      if (*field.at == '"' && field.at[1] == '"')
        field.at++;
      else if (*field.at == '"' && field.is_multiline)
        return FALSE;

      *field.out++ = *field.at++;
    }

  self->at = skip_spaces (self, field.at + 1);
  self->out = field.out;
  self->line = field.line;
  self->record_length = field.record_length;

  return TRUE;
}

static gboolean
parse_field (Parser *self, GError **error)
{
  const char *at = skip_spaces (self, self->at);
  const char *next_lf = self->next_lf;
  const char *next_cr = self->next_cr;
  g_autoptr (GError) cause = NULL;

  if (at < self->end && *at == '"')
    {
      if (parse_quoted_field (self, at, &cause))
        return TRUE;

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }

      /* Back to the quote's line. */
      self->next_lf = next_lf;
      self->next_cr = next_cr;
      self->n_recoveries++;
    }

  parse_plain_field (self);

  return TRUE;
}

/* A blank at the edge of a cell is the bank's padding. */
static gsize
blank_length (const char *at)
{
  switch ((guint8) *at)
    {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      return 1;
    case 0xc2:
      return (guint8) at[1] == 0xa0 ? 2 : 0;
    case 0xe2:
      return (guint8) at[1] == 0x80 && (guint8) at[2] == 0xaf ? 3 : 0;
    case 0xef:
      return (guint8) at[1] == 0xbb && (guint8) at[2] == 0xbf ? 3 : 0;
    default:
      return 0;
    }
}

/* ="0123" is how a spreadsheet is made to keep the zero. */
static const char *
trim_cell (const char *cell, gsize *length)
{
  const char *at = budget_csv_unguard (cell);
  gsize left = *length - (gsize) (at - cell);
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

  *length = left;

  return at;
}

/* Returns: whether there is something in the cell that begins at @start */
static gboolean
take_cell (Parser *self, char *start)
{
  const char *cell = start;
  gsize length = (gsize) (self->out - start);

  *self->out = '\0';

  if (!(self->flags & BUDGET_CSV_TABLE_KEEP_BLANKS))
    cell = trim_cell (start, &length);

  g_array_append_val (self->table->cells, cell);
  self->out = start + (cell - start) + length;
  *self->out++ = '\0';

  return length > 0 || self->flags & BUDGET_CSV_TABLE_KEEP_BLANKS;
}

/* Parses the record that begins where the parser is, and the end of its line. */
static gboolean
parse_record (Parser *self, GError **error)
{
  static const char *const end = NULL;
  BudgetCsvTable *table = self->table;
  BudgetCsvTableRow row = { self->line, 0, table->cells->len };
  char *first = self->out;
  gboolean is_blank = TRUE;
  gboolean is_last;

  self->record_length = 0;
  self->n_lines = 0;

  if (!take_line (self, self->at, self->line, &self->record_length, error))
    return FALSE;

  do
    {
      char *start = self->out;

      if (!parse_field (self, error))
        return FALSE;

      is_last = ends_record (self, self->at);

      if (row.n_cells < BUDGET_CSV_TABLE_MAX_COLUMNS)
        {
          row.n_cells++;
          is_blank &= !take_cell (self, start);
        }
      else
        {
          self->out = start;
        }

      if (!is_last)
        self->at++;
    }
  while (!is_last);

  if (self->first_nul < self->at)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _ ("The file is not a text file"));

  self->at = skip_line_end (self, self->at);
  self->line++;

  if (is_blank)
    {
      g_array_set_size (table->cells, (guint) row.first_cell);
      self->out = first;
      return TRUE;
    }

  g_array_append_val (table->cells, end);
  g_array_append_val (table->rows, row);
  table->n_columns = MAX (table->n_columns, row.n_cells);

  return TRUE;
}

static void
skip_empty_lines (Parser *self)
{
  while (
    self->at < self->end &&
    (*self->at == '\n' || (*self->at == '\r' && !(self->flags & BUDGET_CSV_TABLE_KEEP_LINE_ENDS))))
    {
      self->at = skip_line_end (self, self->at);
      self->line++;
    }
}

static gboolean
parse (Parser *self, guint max_rows, GCancellable *cancellable, GError **error)
{
  BudgetCsvTable *table = self->table;
  guint n_records = 0;

  skip_empty_lines (self);

  while (self->at < self->end && (max_rows == 0 || table->rows->len < max_rows))
    {
      if (n_records++ % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (!parse_record (self, error))
        return FALSE;

      skip_empty_lines (self);
    }

  return TRUE;
}

/*
 * _budget_csv_table_new:
 * @text: valid UTF-8
 * @delimiter: the ASCII character between two cells
 * @flags: how to parse it
 * @max_rows: how many rows to parse at most, or 0 for all
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Returns: (transfer full): the rows that are not blank, or %NULL with @error
 *   set if @text has NUL characters or a line that is longer than any bank's
 */
BudgetCsvTable *
_budget_csv_table_new (GBytes *text,
                       char delimiter,
                       BudgetCsvTableFlags flags,
                       guint max_rows,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (BudgetCsvTable) self = g_new0 (BudgetCsvTable, 1);
  Parser parser = { .table = self, .delimiter = delimiter, .flags = flags, .line = 1 };
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  /* A cell is never longer than in the file, and its NUL takes the delimiter's place. */
  self->text = g_malloc (size + 1);
  self->cells = g_array_new (FALSE, FALSE, sizeof (const char *));
  self->rows = g_array_new (FALSE, FALSE, sizeof (BudgetCsvTableRow));

  if (size == 0)
    return g_steal_pointer (&self);

  parser.out = self->text;
  parser.end = data + size;
  parser.at = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? data + 3 : data;
  parser.next_lf = find_byte (data, parser.end, '\n');
  parser.next_cr = find_byte (data, parser.end, '\r');
  parser.first_nul = find_byte (data, parser.end, '\0');

  return parse (&parser, max_rows, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
_budget_csv_table_free (BudgetCsvTable *self)
{
  g_free (self->text);
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

  return g_array_index (self->cells, const char *, at->first_cell + column);
}
