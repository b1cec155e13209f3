/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BudgetLineReader:
 * @text: the line in UTF-8, without its end; the caller may change it in place
 * @number: the line's number, from 1; 0 before the first
 * @is_cut: whether the file ends before the line does
 *
 * Reads a text file in any encoding, line by line. CR LF ends a line, and so
 * does either alone. Control characters become spaces, and a line that is longer
 * than any bank's is shortened.
 */
typedef struct
{
  char *text;
  guint number;
  gboolean is_cut;

  /*< private >*/
  GBytes *decoded;
  const char *at;
  const char *end;
  GString *buffer;
} BudgetLineReader;

void budget_line_reader_init (BudgetLineReader *self, GBytes *bytes, gsize max_size);
void budget_line_reader_clear (BudgetLineReader *self);
gboolean budget_line_reader_next (BudgetLineReader *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetLineReader, budget_line_reader_clear)

G_END_DECLS
