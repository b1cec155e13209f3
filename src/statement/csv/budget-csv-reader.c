/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-reader.h"
#include "budget-error.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetCsvReader:
 *
 * The rows of a table of text, one after the other.
 *
 * Quotes may hold delimiters and line ends; a quote that is never closed is
 * taken for a letter, so that it spoils its own line alone. Empty lines are
 * passed over. The text has to be UTF-8.
 */

#define CHUNK_SIZE (64 * 1024)
#define MAX_QUOTED_LINES 100
#define MAX_QUOTED_BYTES (64 * 1024)

/* So many unbalanced quotes make it certain that the file does not quote line ends. */
#define MAX_RECOVERIES 100

typedef enum
{
  FIELD_MORE,
  FIELD_LAST,
  FIELD_OPEN,
  FIELD_BROKEN
} FieldEnd;

struct _BudgetCsvReader
{
  GObject parent_instance;

  GInputStream *stream;
  char delimiter;

  char *chunk;
  gsize chunk_length;
  gsize chunk_at;
  gboolean skip_newline; /* the other half of CR LF */
  gboolean started;
  gboolean keeps_line_ends;

  GString *pushed_back; /* lines that a quote had swallowed */
  gsize pushed_back_at;

  GString *record;
  gsize at;
  GString *text; /* the fields of the row, each with its NUL */
  GArray *fields;
  guint line;
  guint next_line;
  guint n_recoveries;
};

G_DEFINE_FINAL_TYPE (BudgetCsvReader, budget_csv_reader, G_TYPE_OBJECT)

static gboolean
fill_chunk (BudgetCsvReader *self, GCancellable *cancellable, GError **error)
{
  gssize n_read;

  /* A stream in memory never asks. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  n_read = g_input_stream_read (self->stream, self->chunk, CHUNK_SIZE, cancellable, error);
  self->chunk_at = 0;
  self->chunk_length = n_read > 0 ? (gsize) n_read : 0;

  if (!self->started && self->chunk_length >= 3 && memcmp (self->chunk, "\xef\xbb\xbf", 3) == 0)
    self->chunk_at = 3;

  self->started = TRUE;

  return n_read >= 0;
}

static gboolean
refuse_record (BudgetCsvReader *self, GError **error)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
               /* Translators: %u is a line number. */
               _ ("Line %u is too long for a bank statement"), self->next_line);

  return FALSE;
}

/* Takes one line out of what was pushed back; the lines there end in LF. */
static gboolean
take_pushed_back (BudgetCsvReader *self)
{
  const char *start = self->pushed_back->str + self->pushed_back_at;
  gsize left = self->pushed_back->len - self->pushed_back_at;
  const char *end = memchr (start, '\n', left);
  gsize length = end != NULL ? (gsize) (end - start) + 1 : left;

  g_string_append_len (self->record, start, (gssize) length);
  self->pushed_back_at += length;

  if (self->pushed_back_at == self->pushed_back->len)
    {
      g_string_truncate (self->pushed_back, 0);
      self->pushed_back_at = 0;
    }

  return TRUE;
}

/* How much of the chunk belongs to the line, up to its end or the chunk's. */
static gsize
find_line_end (BudgetCsvReader *self)
{
  gsize at = self->chunk_at;

  while (at < self->chunk_length && self->chunk[at] != '\n' &&
         (self->chunk[at] != '\r' || self->keeps_line_ends))
    at++;

  return at;
}

static gboolean
has_chunk (BudgetCsvReader *self, GCancellable *cancellable, GError **error)
{
  if (self->chunk_at == self->chunk_length && !fill_chunk (self, cancellable, error))
    return FALSE;

  if (self->skip_newline && self->chunk_at < self->chunk_length)
    {
      self->chunk_at += self->chunk[self->chunk_at] == '\n';
      self->skip_newline = FALSE;

      if (self->chunk_at == self->chunk_length && !fill_chunk (self, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Adds the next line, ending in LF, to the record. @got_line is FALSE at the end of the file. */
static gboolean
append_line (BudgetCsvReader *self, gboolean *got_line, GCancellable *cancellable, GError **error)
{
  gsize before = self->record->len;

  if (self->pushed_back->len > 0)
    {
      *got_line = take_pushed_back (self);
      self->next_line++;
      return TRUE;
    }

  for (;;)
    {
      gsize end;

      if (!has_chunk (self, cancellable, error))
        return FALSE;

      if (self->chunk_at == self->chunk_length)
        break;

      end = find_line_end (self);
      g_string_append_len (self->record, self->chunk + self->chunk_at,
                           (gssize) (end - self->chunk_at));
      self->chunk_at = end;

      if (self->record->len > BUDGET_CSV_READER_MAX_RECORD)
        return refuse_record (self, error);

      if (end < self->chunk_length)
        {
          self->skip_newline = self->chunk[end] == '\r';
          self->chunk_at++;
          g_string_append_c (self->record, '\n');
          break;
        }
    }

  *got_line = self->record->len > before;
  self->next_line += *got_line;

  return TRUE;
}

/* Where the record ends; a CR that was kept belongs to the line end behind it. */
static gboolean
ends_record (BudgetCsvReader *self, const char *at, const char *end)
{
  return at == end || *at == '\n' ||
         (self->keeps_line_ends && *at == '\r' && (at + 1 == end || at[1] == '\n'));
}

static gboolean
ends_field (BudgetCsvReader *self, const char *at, const char *end)
{
  while (at < end && *at == ' ' && self->delimiter != ' ')
    at++;

  return ends_record (self, at, end) || *at == self->delimiter;
}

/* Goes on behind the delimiter or the line's end. */
static FieldEnd
close_field (BudgetCsvReader *self, const char *at, const char *end)
{
  while (!ends_record (self, at, end) && *at != self->delimiter)
    at++;

  g_string_append_c (self->text, '\0');
  self->at = (gsize) (at - self->record->str);

  if (ends_record (self, at, end))
    return FIELD_LAST;

  self->at++;

  return FIELD_MORE;
}

static FieldEnd
parse_plain_field (BudgetCsvReader *self)
{
  const char *start = self->record->str + self->at;
  const char *end = self->record->str + self->record->len;
  const char *at = start;

  while (!ends_record (self, at, end) && *at != self->delimiter)
    at++;

  g_string_append_len (self->text, start, at - start);

  return close_field (self, at, end);
}

/* A quote in the middle of a line's text is a letter; after a line end it is a sign that the
 * opening one was. */
static FieldEnd
parse_quoted_field (BudgetCsvReader *self, const char *at)
{
  const char *end = self->record->str + self->record->len;
  gboolean has_newline = FALSE;

  for (; at < end; at++)
    {
      if (*at == '"' && ends_field (self, at + 1, end))
        return close_field (self, at + 1, end);

      if (*at == '"' && at + 1 < end && at[1] == '"')
        at++;
      else if (*at == '"' && has_newline)
        return FIELD_BROKEN;

      has_newline |= *at == '\n';
      g_string_append_c (self->text, *at);
    }

  return FIELD_OPEN;
}

static FieldEnd
parse_field (BudgetCsvReader *self)
{
  const char *at = self->record->str + self->at;
  gsize length = self->text->len;
  FieldEnd end;

  while (*at == ' ' && self->delimiter != ' ')
    at++;

  g_array_append_val (self->fields, length);

  if (*at != '"')
    return parse_plain_field (self);

  end = parse_quoted_field (self, at + 1);

  if (end == FIELD_OPEN || end == FIELD_BROKEN)
    {
      g_string_truncate (self->text, length);
      g_array_set_size (self->fields, self->fields->len - 1);
    }

  return end;
}

/* Gives back the lines that an unbalanced quote took in, and reads it as a letter. */
static FieldEnd
recover_field (BudgetCsvReader *self)
{
  gsize length = self->text->len;
  const char *newline = memchr (self->record->str + self->at, '\n', self->record->len - self->at);
  gsize keep = newline != NULL ? (gsize) (newline - self->record->str) + 1 : self->record->len;

  if (keep < self->record->len)
    {
      g_string_erase (self->pushed_back, 0, (gssize) self->pushed_back_at);
      self->pushed_back_at = 0;
      g_string_prepend_len (self->pushed_back, self->record->str + keep,
                            (gssize) (self->record->len - keep));

      for (gsize i = keep; i < self->record->len; i++)
        self->next_line -= self->record->str[i] == '\n' || i + 1 == self->record->len;

      g_string_truncate (self->record, keep);
    }

  self->n_recoveries++;
  g_array_append_val (self->fields, length);

  return parse_plain_field (self);
}

/* Whether the quote that is open may go on to the next line. */
static gboolean
may_extend (BudgetCsvReader *self, guint n_lines)
{
  return self->n_recoveries < MAX_RECOVERIES && n_lines < MAX_QUOTED_LINES &&
         self->record->len - self->at < MAX_QUOTED_BYTES;
}

static gboolean
parse_record (BudgetCsvReader *self, GCancellable *cancellable, GError **error)
{
  FieldEnd end = FIELD_MORE;
  guint n_lines = 0;

  while (end != FIELD_LAST)
    {
      gboolean got_line = FALSE;

      end = parse_field (self);

      if (end == FIELD_MORE || end == FIELD_LAST)
        continue;

      if (end == FIELD_OPEN && may_extend (self, n_lines++) &&
          !append_line (self, &got_line, cancellable, error))
        return FALSE;

      if (!got_line)
        end = recover_field (self);
    }

  return TRUE;
}

static void
budget_csv_reader_finalize (GObject *object)
{
  BudgetCsvReader *self = BUDGET_CSV_READER (object);

  g_clear_object (&self->stream);
  g_free (self->chunk);
  g_string_free (self->pushed_back, TRUE);
  g_string_free (self->record, TRUE);
  g_string_free (self->text, TRUE);
  g_array_unref (self->fields);

  G_OBJECT_CLASS (budget_csv_reader_parent_class)->finalize (object);
}

static void
budget_csv_reader_class_init (BudgetCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_csv_reader_finalize;
}

static void
budget_csv_reader_init (BudgetCsvReader *self)
{
  self->chunk = g_malloc (CHUNK_SIZE);
  self->pushed_back = g_string_new (NULL);
  self->record = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->fields = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->next_line = 1;
}

/**
 * budget_csv_reader_new:
 * @stream: where the text comes from, in UTF-8
 * @delimiter: the ASCII character between two fields
 *
 * Returns: (transfer full): a reader before the first row
 */
BudgetCsvReader *
budget_csv_reader_new (GInputStream *stream, char delimiter)
{
  BudgetCsvReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (delimiter > 0 && delimiter != '"' && delimiter != '\n', NULL);

  self = g_object_new (BUDGET_TYPE_CSV_READER, NULL);
  self->stream = g_object_ref (stream);
  self->delimiter = delimiter;

  return self;
}

/**
 * budget_csv_reader_new_for_bytes:
 * @bytes: the text, in UTF-8
 * @delimiter: the ASCII character between two fields
 *
 * Returns: (transfer full): a reader before the first row
 */
BudgetCsvReader *
budget_csv_reader_new_for_bytes (GBytes *bytes, char delimiter)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  stream = g_memory_input_stream_new_from_bytes (bytes);

  return budget_csv_reader_new (stream, delimiter);
}

/**
 * budget_csv_reader_set_keeps_line_ends:
 * @self: a reader before its first row
 * @keeps: whether line ends within a cell stay as they are written, CR and CR
 *   LF, too; rows end with LF or CR LF then, and not with CR
 *
 * By default, every line end in a cell becomes LF.
 */
void
budget_csv_reader_set_keeps_line_ends (BudgetCsvReader *self, gboolean keeps)
{
  g_return_if_fail (BUDGET_IS_CSV_READER (self));
  g_return_if_fail (!self->started);

  self->keeps_line_ends = keeps;
}

/**
 * budget_csv_reader_next:
 * @self: a reader
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Goes to the next row that is not empty.
 *
 * Returns: %FALSE at the end, or with @error set if the file is no text or a
 *   record is longer than any bank's
 */
gboolean
budget_csv_reader_next (BudgetCsvReader *self, GCancellable *cancellable, GError **error)
{
  gboolean got_line = TRUE;

  g_return_val_if_fail (BUDGET_IS_CSV_READER (self), FALSE);

  do
    {
      g_string_truncate (self->record, 0);
      self->line = self->next_line;

      if (!append_line (self, &got_line, cancellable, error))
        return FALSE;
    }
  while (got_line && self->record->str[0] == '\n');

  g_string_truncate (self->text, 0);
  g_array_set_size (self->fields, 0);
  self->at = 0;

  if (!got_line)
    return FALSE;

  if (!parse_record (self, cancellable, error))
    return FALSE;

  if (memchr (self->record->str, '\0', self->record->len) != NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                           _ ("The file is not a text file"));
      return FALSE;
    }

  return TRUE;
}

/**
 * budget_csv_reader_get_line:
 * @self: a reader
 *
 * Returns: the number of the line on which the row begins, from 1
 */
guint
budget_csv_reader_get_line (BudgetCsvReader *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_READER (self), 0);

  return self->line;
}

/**
 * budget_csv_reader_get_n_fields:
 * @self: a reader
 *
 * Returns: how many fields the row has
 */
guint
budget_csv_reader_get_n_fields (BudgetCsvReader *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_READER (self), 0);

  return self->fields->len;
}

/**
 * budget_csv_reader_get_field:
 * @self: a reader
 * @position: which field, from 0
 *
 * Returns: its text, without quotes; it is gone with the next row
 */
const char *
budget_csv_reader_get_field (BudgetCsvReader *self, guint position)
{
  g_return_val_if_fail (BUDGET_IS_CSV_READER (self), NULL);
  g_return_val_if_fail (position < self->fields->len, NULL);

  return self->text->str + g_array_index (self->fields, gsize, position);
}
