/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"

#include <glib/gi18n.h>

/*
 * budget check: verifies the book's file and its totals.
 */

gboolean
_budget_command_check (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!_budget_command_parse (command, NULL, NULL,
                              _("Checks the book’s file, its relationships and its totals."),
                                 &argc, &argv, error))
    return FALSE;

  if (argc > 1)
    return _budget_command_refuse_usage (error, _("The check takes no files; use --book"));

  book = _budget_command_open (command, error);
  if (book == NULL || !budget_book_check (book, problems, error))
    return FALSE;

  if (problems->len == 0)
    {
      g_print ("%s\n", _("The book is in order"));
      return TRUE;
    }

  for (guint i = 0; i < problems->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (problems, i));

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_DAMAGED_BOOK,
               /* Translators: %u is how many things are wrong. */
               g_dngettext (GETTEXT_PACKAGE, "The book has %u problem", "The book has %u problems",
                            problems->len),
               problems->len);
  return FALSE;
}
