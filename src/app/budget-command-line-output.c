/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <unistd.h>

/*
 * Prints to a terminal. Control characters from files are removed.
 */

char *
_budget_command_clean (const char *text)
{
  GString *clean = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }

  return g_string_free (clean, FALSE);
}

/*
 * Prints a cell and two blanks. A negative width aligns the text to the right.
 */
void
_budget_command_print_cell (const char *text, int width)
{
  g_autofree char *clean = _budget_command_clean (text != NULL ? text : "");
  int length = (int) g_utf8_strlen (clean, -1);
  int n_blanks = MAX (ABS (width) - length, 0);

  if (width < 0)
    g_print ("%*s%s  ", n_blanks, "", clean);
  else
    g_print ("%s%*s  ", clean, n_blanks, "");
}

GOutputStream *
_budget_command_open_output (void)
{
  fflush (stdout);
  return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
}

/*
 * Flushes the output. Returns: whether all of it was written
 */
gboolean
_budget_command_flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}
