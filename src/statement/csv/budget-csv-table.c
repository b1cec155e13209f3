/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-table.h"
#include "budget-error.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetCsvTable:
 *
 * A file as a table: its bytes, their text, and the cells of the text.
 *
 * It is decoded and parsed once for each encoding and delimiter that somebody
 * asks for, in one pass: the text of each cell is copied once, into a buffer that
 * all cells share. A cell is trimmed and loses what guards it from a spreadsheet.
 *
 * Quotes may hold delimiters and line ends; a quote that is never closed is read
 * as a letter, so that it spoils only its own line. Empty and blank rows are
 * skipped.
 */

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MAX_QUOTED_LINES 100
#define MAX_QUOTED_BYTES (64 * 1024)

/* So many unbalanced quotes prove that the file does not quote line ends. */
#define MAX_RECOVERIES 100

typedef struct
{
  guint line;
  guint n_cells;
  gsize first_cell;
} Row;

/* Tables of the same file share them; they are not changed once they are parsed. */
typedef struct
{
  char *buffer;  /* the text of all cells, each with its NUL */
  GArray *cells; /* of const char *, in the buffer; each row ends with NULL */
  GArray *rows;  /* of Row */
  guint n_columns;
} Rows;

struct _BudgetCsvTable
{
  GObject parent_instance;

  GBytes *bytes;
  GBytes *text;                /* in UTF-8, or NULL */
  BudgetTextEncoding encoding; /* of the text */
  BudgetTextEncoding detected_encoding;
  gboolean has_detected_encoding;

  gboolean is_parsed;
  char delimiter; /* of the rows */
  Rows *rows;
};

G_DEFINE_FINAL_TYPE (BudgetCsvTable, budget_csv_table, G_TYPE_OBJECT)

static Rows *
rows_new (gsize text_size)
{
  Rows *self = g_atomic_rc_box_new0 (Rows);

  /* A cell is never longer than in the file, and its NUL takes the delimiter's place. */
  self->buffer = g_malloc (text_size + 1);
  self->cells = g_array_new (FALSE, FALSE, sizeof (const char *));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));

  return self;
}

static void
rows_clear (Rows *self)
{
  g_free (self->buffer);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
}

static void
rows_unref (Rows *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) rows_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rows, rows_unref)

typedef enum
{
  PARSE_DEFAULT = 0,
  PARSE_KEEP_BLANKS = 1 << 0,
  PARSE_KEEP_LINE_ENDS = 1 << 1 /* rows end with LF or CR LF then, not with CR */
} ParseFlags;

typedef struct
{
  Rows *rows;
  char delimiter;
  ParseFlags flags;

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

  if (self->flags & PARSE_KEEP_LINE_ENDS)
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
         (!(self->flags & PARSE_KEEP_LINE_ENDS) || at + 1 == self->end || at[1] == '\n');
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

  if (!(self->flags & PARSE_KEEP_LINE_ENDS))
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

  if (!(self->flags & PARSE_KEEP_BLANKS))
    cell = trim_cell (start, &length);

  g_array_append_val (self->rows->cells, cell);
  self->out = start + (cell - start) + length;
  *self->out++ = '\0';

  return length > 0 || self->flags & PARSE_KEEP_BLANKS;
}

/* Parses the fields of a record up to the end of its last line. */
static gboolean
parse_fields (Parser *self, Row *row, gboolean *is_blank, GError **error)
{
  for (;;)
    {
      char *start = self->out;

      if (!parse_field (self, error))
        return FALSE;

      if (row->n_cells < BUDGET_CSV_TABLE_MAX_COLUMNS)
        {
          row->n_cells++;
          *is_blank &= !take_cell (self, start);
        }
      else
        {
          self->out = start;
        }

      if (ends_record (self, self->at))
        return TRUE;

      self->at++;
    }
}

/* Parses the record at the parser's place, with the end of its line. */
static gboolean
parse_record (Parser *self, GError **error)
{
  static const char *const end = NULL;
  Rows *rows = self->rows;
  Row row = { self->line, 0, rows->cells->len };
  char *first = self->out;
  gboolean is_blank = TRUE;

  self->record_length = 0;
  self->n_lines = 0;

  if (!take_line (self, self->at, self->line, &self->record_length, error) ||
      !parse_fields (self, &row, &is_blank, error))
    return FALSE;

  if (self->first_nul < self->at)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _ ("The file is not a text file"));

  self->at = skip_line_end (self, self->at);
  self->line++;

  if (is_blank)
    {
      g_array_set_size (rows->cells, (guint) row.first_cell);
      self->out = first;
      return TRUE;
    }

  g_array_append_val (rows->cells, end);
  g_array_append_val (rows->rows, row);
  rows->n_columns = MAX (rows->n_columns, row.n_cells);

  return TRUE;
}

static void
skip_empty_lines (Parser *self)
{
  while (self->at < self->end &&
         (*self->at == '\n' || (*self->at == '\r' && !(self->flags & PARSE_KEEP_LINE_ENDS))))
    {
      self->at = skip_line_end (self, self->at);
      self->line++;
    }
}

static gboolean
parse_records (Parser *self, guint max_rows, GCancellable *cancellable, GError **error)
{
  GArray *rows = self->rows->rows;
  guint n_records = 0;

  skip_empty_lines (self);

  while (self->at < self->end && (max_rows == 0 || rows->len < max_rows))
    {
      if (n_records++ % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (!parse_record (self, error))
        return FALSE;

      skip_empty_lines (self);
    }

  return TRUE;
}

static gboolean
parse (BudgetCsvTable *self,
       char delimiter,
       ParseFlags flags,
       guint max_rows,
       GCancellable *cancellable,
       GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (self->text, &size);
  g_autoptr (Rows) rows = rows_new (size);
  Parser parser = {
    .rows = rows, .delimiter = delimiter, .flags = flags, .line = 1, .out = rows->buffer
  };

  g_clear_pointer (&self->rows, rows_unref);
  self->is_parsed = FALSE;

  if (size > 0)
    {
      parser.end = data + size;
      parser.at = size >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0 ? data + 3 : data;
      parser.next_lf = find_byte (data, parser.end, '\n');
      parser.next_cr = find_byte (data, parser.end, '\r');
      parser.first_nul = find_byte (data, parser.end, '\0');
    }

  if (!parse_records (&parser, max_rows, cancellable, error))
    return FALSE;

  self->rows = g_steal_pointer (&rows);
  self->delimiter = delimiter;
  self->is_parsed = TRUE;

  return TRUE;
}

/* What is UTF-8 already need not be copied. */
static GBytes *
decode (GBytes *bytes, BudgetTextEncoding encoding)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize skipped = size >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

  if (encoding != BUDGET_TEXT_ENCODING_UTF_8 || !g_utf8_validate_len (data, size, NULL))
    return budget_text_encoding_decode (encoding, bytes);

  return g_bytes_new_from_bytes (bytes, skipped, size - skipped);
}

static void
budget_csv_table_finalize (GObject *object)
{
  BudgetCsvTable *self = BUDGET_CSV_TABLE (object);

  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->rows, rows_unref);

  G_OBJECT_CLASS (budget_csv_table_parent_class)->finalize (object);
}

static void
budget_csv_table_class_init (BudgetCsvTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_csv_table_finalize;
}

static void
budget_csv_table_init (BudgetCsvTable *self)
{
}

/**
 * budget_csv_table_new:
 * @bytes: what is in a file
 *
 * Returns: (transfer full): a table without rows: see budget_csv_table_parse()
 */
BudgetCsvTable *
budget_csv_table_new (GBytes *bytes)
{
  BudgetCsvTable *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (BUDGET_TYPE_CSV_TABLE, NULL);
  self->bytes = g_bytes_ref (bytes);

  return self;
}

/**
 * budget_csv_table_dup:
 * @self: a table
 *
 * Returns: (transfer full): a table of the same file, which shares its rows;
 *   parsing one of them in another way leaves the other as it is
 */
BudgetCsvTable *
budget_csv_table_dup (BudgetCsvTable *self)
{
  BudgetCsvTable *copy;

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), NULL);

  copy = budget_csv_table_new (self->bytes);
  copy->text = self->text != NULL ? g_bytes_ref (self->text) : NULL;
  copy->encoding = self->encoding;
  copy->detected_encoding = self->detected_encoding;
  copy->has_detected_encoding = self->has_detected_encoding;
  copy->is_parsed = self->is_parsed;
  copy->delimiter = self->delimiter;
  copy->rows = self->rows != NULL ? g_atomic_rc_box_acquire (self->rows) : NULL;

  return copy;
}

/**
 * budget_csv_table_get_bytes:
 * @self: a table
 *
 * Returns: (transfer none): what is in the file
 */
GBytes *
budget_csv_table_get_bytes (BudgetCsvTable *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), NULL);

  return self->bytes;
}

/**
 * budget_csv_table_detect_encoding:
 * @self: a table
 *
 * Returns: how the file seems to be encoded
 */
BudgetTextEncoding
budget_csv_table_detect_encoding (BudgetCsvTable *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), BUDGET_TEXT_ENCODING_UTF_8);

  if (!self->has_detected_encoding)
    self->detected_encoding = budget_text_encoding_detect (self->bytes);

  self->has_detected_encoding = TRUE;

  return self->detected_encoding;
}

/**
 * budget_csv_table_get_text:
 * @self: a table
 * @encoding: how the file is encoded
 *
 * Returns: (transfer none): its text, in UTF-8
 */
GBytes *
budget_csv_table_get_text (BudgetCsvTable *self, BudgetTextEncoding encoding)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), NULL);

  if (self->text != NULL && self->encoding == encoding)
    return self->text;

  g_clear_pointer (&self->text, g_bytes_unref);
  self->text = decode (self->bytes, encoding);
  self->encoding = encoding;
  self->is_parsed = FALSE;

  return self->text;
}

/**
 * budget_csv_table_parse:
 * @self: a table
 * @encoding: how the file is encoded
 * @delimiter: the ASCII character between two cells
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Divides the file into rows and cells, unless it is so divided already.
 *
 * Returns: %FALSE with @error set if the file is no text, or has a line that is
 *   longer than any bank's
 */
gboolean
budget_csv_table_parse (BudgetCsvTable *self,
                        BudgetTextEncoding encoding,
                        char delimiter,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), FALSE);
  g_return_val_if_fail (delimiter > 0 && delimiter != '"' && delimiter != '\n', FALSE);

  budget_csv_table_get_text (self, encoding);

  return (self->is_parsed && self->delimiter == delimiter) ||
         parse (self, delimiter, PARSE_DEFAULT, 0, cancellable, error);
}

/**
 * budget_csv_table_parse_exactly:
 * @self: a table of a file in UTF-8
 * @delimiter: the ASCII character between two cells
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Divides the file into rows and cells, and keeps what a program wrote: blanks,
 * guards and blank rows. Line ends within a cell stay as they are, unless the
 * file ends its rows with CR alone.
 *
 * Returns: %FALSE with @error set as budget_csv_table_parse()
 */
gboolean
budget_csv_table_parse_exactly (BudgetCsvTable *self,
                                char delimiter,
                                GCancellable *cancellable,
                                GError **error)
{
  ParseFlags flags = PARSE_KEEP_BLANKS;
  gsize size;
  const char *data;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), FALSE);
  g_return_val_if_fail (delimiter > 0 && delimiter != '"' && delimiter != '\n', FALSE);

  data = g_bytes_get_data (budget_csv_table_get_text (self, BUDGET_TEXT_ENCODING_UTF_8), &size);
  if (size > 0 && memchr (data, '\n', size) != NULL)
    flags |= PARSE_KEEP_LINE_ENDS;

  is_good = parse (self, delimiter, flags, 0, cancellable, error);
  self->is_parsed = FALSE;

  return is_good;
}

/**
 * budget_csv_table_new_sample:
 * @self: a table
 * @encoding: how the file is encoded
 * @delimiter: the ASCII character between two cells
 * @max_rows: how many rows to parse at most
 *
 * Returns: (transfer full): the table's first rows, none if they cannot be parsed
 */
BudgetCsvTable *
budget_csv_table_new_sample (BudgetCsvTable *self,
                             BudgetTextEncoding encoding,
                             char delimiter,
                             guint max_rows)
{
  BudgetCsvTable *sample;

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), NULL);
  g_return_val_if_fail (max_rows > 0, NULL);

  sample = budget_csv_table_new (self->bytes);
  sample->text = g_bytes_ref (budget_csv_table_get_text (self, encoding));
  sample->encoding = encoding;
  parse (sample, delimiter, PARSE_DEFAULT, max_rows, NULL, NULL);

  /* It is not the whole table. */
  sample->is_parsed = FALSE;

  return sample;
}

/**
 * budget_csv_table_get_delimiter:
 * @self: a table that was parsed
 *
 * Returns: the character between two cells
 */
char
budget_csv_table_get_delimiter (BudgetCsvTable *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), ',');

  return self->delimiter;
}

/**
 * budget_csv_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows were parsed, without blank ones
 */
guint
budget_csv_table_get_n_rows (BudgetCsvTable *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), 0);

  return self->rows != NULL ? self->rows->rows->len : 0;
}

/**
 * budget_csv_table_get_n_columns:
 * @self: a table
 *
 * Returns: how many cells its longest row has
 */
guint
budget_csv_table_get_n_columns (BudgetCsvTable *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (self), 0);

  return self->rows != NULL ? self->rows->n_columns : 0;
}

/* The cells of all rows are asked for, so the type is not checked for each. */
static const Row *
get_row (BudgetCsvTable *self, guint row)
{
  g_assert (self->rows != NULL && row < self->rows->rows->len);

  return &g_array_index (self->rows->rows, Row, row);
}

/**
 * budget_csv_table_get_line:
 * @self: a table
 * @row: which row, from 0
 *
 * Returns: the number of the line on which the row begins, from 1
 */
guint
budget_csv_table_get_line (BudgetCsvTable *self, guint row)
{
  return get_row (self, row)->line;
}

/**
 * budget_csv_table_get_n_cells:
 * @self: a table
 * @row: which row, from 0
 *
 * Returns: how many cells the row has
 */
guint
budget_csv_table_get_n_cells (BudgetCsvTable *self, guint row)
{
  return get_row (self, row)->n_cells;
}

/**
 * budget_csv_table_get_cells:
 * @self: a table
 * @row: which row, from 0
 *
 * Returns: (transfer none) (array zero-terminated=1): the row's cells, until this
 *   table is parsed in another way
 */
const char *const *
budget_csv_table_get_cells (BudgetCsvTable *self, guint row)
{
  return &g_array_index (self->rows->cells, const char *, get_row (self, row)->first_cell);
}

/**
 * budget_csv_table_get_cell:
 * @self: a table
 * @row: which row, from 0
 * @column: which column, from 0
 *
 * Returns: the cell's text; a row that is too short has empty cells at its end
 */
const char *
budget_csv_table_get_cell (BudgetCsvTable *self, guint row, guint column)
{
  const Row *at = get_row (self, row);

  if (column >= at->n_cells)
    return "";

  return g_array_index (self->rows->cells, const char *, at->first_cell + column);
}
