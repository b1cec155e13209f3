/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-line-reader.h"
#include "budget-text-encoding.h"

#include <string.h>

#define MAX_LINE_LENGTH 4096

/**
 * budget_line_reader_init:
 * @self: (out caller-allocates): a reader before the first line
 * @bytes: the contents of a file
 * @max_size: how many bytes to read; %G_MAXSIZE for all
 */
void
budget_line_reader_init (BudgetLineReader *self, GBytes *bytes, gsize max_size)
{
  g_autoptr (GBytes) start = NULL;
  gsize size;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL);

  memset (self, 0, sizeof *self);
  start = g_bytes_new_from_bytes (bytes, 0, MIN (g_bytes_get_size (bytes), max_size));
  self->decoded = budget_text_encoding_decode (budget_text_encoding_detect (start), start);
  self->at = g_bytes_get_data (self->decoded, &size);
  self->end = self->at + size;
  self->buffer = g_string_new (NULL);
}

/**
 * budget_line_reader_clear:
 * @self: a reader, or one that was cleared or is all zero
 */
void
budget_line_reader_clear (BudgetLineReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->decoded, g_bytes_unref);
  if (self->buffer != NULL)
    g_string_free (self->buffer, TRUE);
  memset (self, 0, sizeof *self);
}

static gsize
shorten (const char *line, gsize length)
{
  if (length <= MAX_LINE_LENGTH)
    return length;

  length = MAX_LINE_LENGTH;
  while ((line[length] & 0xc0) == 0x80)
    length--;

  return length;
}

/**
 * budget_line_reader_next:
 * @self: a reader
 *
 * Goes to the next line.
 *
 * Returns: %FALSE if there is none
 */
gboolean
budget_line_reader_next (BudgetLineReader *self)
{
  const char *start = self->at;
  const char *stop = start;

  if (start == self->end)
    return FALSE;

  while (stop < self->end && *stop != '\n' && *stop != '\r')
    stop++;

  self->number++;
  self->is_cut = stop == self->end;
  self->at = stop;
  if (self->at < self->end)
    self->at += *stop == '\r' && stop + 1 < self->end && stop[1] == '\n' ? 2 : 1;

  g_string_truncate (self->buffer, 0);
  g_string_append_len (self->buffer, start, (gssize) shorten (start, (gsize) (stop - start)));
  self->text = self->buffer->str;
  for (gsize i = 0; i < self->buffer->len; i++)
    if (g_ascii_iscntrl (self->text[i]))
      self->text[i] = ' ';

  return TRUE;
}
