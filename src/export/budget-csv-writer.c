/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-writer.h"
#include "budget-money.h"

#include <string.h>

/**
 * BudgetCsvWriter:
 *
 * Writes a table as described by RFC 4180.
 *
 * Text that a spreadsheet would take for a formula gets a leading apostrophe,
 * which BudgetCsvLayout removes again. Amounts stay numbers.
 */

#define BUFFER_SIZE (64 * 1024)

struct _BudgetCsvWriter
{
  GObject parent_instance;

  GOutputStream *stream;
  GString *buffer;
  guint n_fields;
};

G_DEFINE_FINAL_TYPE (BudgetCsvWriter, budget_csv_writer, G_TYPE_OBJECT)

static void
begin_field (BudgetCsvWriter *self)
{
  if (self->n_fields++ > 0)
    g_string_append_c (self->buffer, ',');
}

static gboolean
flush (BudgetCsvWriter *self, GCancellable *cancellable, GError **error)
{
  if (!g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL,
                                  cancellable, error))
    return FALSE;

  g_string_truncate (self->buffer, 0);

  return TRUE;
}

static void
budget_csv_writer_finalize (GObject *object)
{
  BudgetCsvWriter *self = BUDGET_CSV_WRITER (object);

  g_clear_object (&self->stream);
  g_string_free (self->buffer, TRUE);

  G_OBJECT_CLASS (budget_csv_writer_parent_class)->finalize (object);
}

static void
budget_csv_writer_class_init (BudgetCsvWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_csv_writer_finalize;
}

static void
budget_csv_writer_init (BudgetCsvWriter *self)
{
  self->buffer = g_string_sized_new (BUFFER_SIZE);
}

/**
 * budget_csv_writer_new:
 * @stream: where the table goes
 *
 * Returns: (transfer full): a writer before the first row
 */
BudgetCsvWriter *
budget_csv_writer_new (GOutputStream *stream)
{
  BudgetCsvWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_object_new (BUDGET_TYPE_CSV_WRITER, NULL);
  self->stream = g_object_ref (stream);

  return self;
}

/**
 * budget_csv_writer_add_text:
 * @self: a writer
 * @text: (nullable): the next cell of the row
 *
 * Adds a cell of text, quoted if necessary.
 */
void
budget_csv_writer_add_text (BudgetCsvWriter *self, const char *text)
{
  g_return_if_fail (BUDGET_IS_CSV_WRITER (self));

  begin_field (self);

  if (text == NULL)
    return;

  if (!budget_csv_needs_guard (text) && strpbrk (text, "\",;\t\r\n") == NULL && *text != ' ' &&
      !(*text != '\0' && text[strlen (text) - 1] == ' '))
    {
      g_string_append (self->buffer, text);
      return;
    }

  g_string_append_c (self->buffer, '"');

  if (budget_csv_needs_guard (text))
    g_string_append_c (self->buffer, '\'');

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (self->buffer, '"');

      g_string_append_c (self->buffer, *text);
    }

  g_string_append_c (self->buffer, '"');
}

/**
 * budget_csv_writer_add_amount:
 * @self: a writer
 * @minor: an amount in minor units
 * @digits: how many decimals its currency has
 *
 * Adds a cell that is a number, with a dot before the decimals.
 */
void
budget_csv_writer_add_amount (BudgetCsvWriter *self, gint64 minor, guint digits)
{
  g_autofree char *text = NULL;

  g_return_if_fail (BUDGET_IS_CSV_WRITER (self));

  text = budget_money_to_decimal (minor, digits);
  begin_field (self);
  g_string_append (self->buffer, text);
}

/**
 * budget_csv_writer_add_date:
 * @self: a writer
 * @date: a day
 *
 * Adds a cell that is a day, written year-month-day.
 */
void
budget_csv_writer_add_date (BudgetCsvWriter *self, const GDate *date)
{
  g_return_if_fail (BUDGET_IS_CSV_WRITER (self));
  g_return_if_fail (date != NULL && g_date_valid (date));

  begin_field (self);
  g_string_append_printf (self->buffer, "%04u-%02u-%02u", (guint) g_date_get_year (date),
                          (guint) g_date_get_month (date), (guint) g_date_get_day (date));
}

/**
 * budget_csv_writer_end_row:
 * @self: a writer
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError of the stream
 *
 * Ends the row; the next cell begins another.
 *
 * Returns: %FALSE if the stream could not be written
 */
gboolean
budget_csv_writer_end_row (BudgetCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (BUDGET_IS_CSV_WRITER (self), FALSE);

  g_string_append (self->buffer, "\r\n");
  self->n_fields = 0;

  return self->buffer->len < BUFFER_SIZE || flush (self, cancellable, error);
}

/**
 * budget_csv_writer_close:
 * @self: a writer
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError of the stream
 *
 * Flushes the buffer and closes the stream.
 *
 * Returns: %FALSE if writing failed; the file is then incomplete
 */
gboolean
budget_csv_writer_close (BudgetCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (BUDGET_IS_CSV_WRITER (self), FALSE);

  return flush (self, cancellable, error) &&
         g_output_stream_close (self->stream, cancellable, error);
}
