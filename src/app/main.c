/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-application.h"
#include "budget-command-line.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* Use the translations of the build folder when the program runs from there. */
static void
set_up_locale (void)
{
  const char *dir = g_getenv ("BUDGET_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, dir != NULL ? dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/*
 * For the window, `--book FILE` is the file to open.
 */
static int
take_book (int argc, char **argv)
{
  gboolean is_apart = argc > 2 && strcmp (argv[1], "--book") == 0;
  gboolean is_joined = argc > 1 && g_str_has_prefix (argv[1], "--book=");

  if (is_apart)
    memmove (&argv[1], &argv[2], sizeof (char *) * (guint) (argc - 1));
  else if (is_joined)
    argv[1] += strlen ("--book=");

  if ((is_apart || is_joined) && g_str_has_prefix (argv[1], "sqlite:"))
    argv[1] += strlen ("sqlite:");

  return is_apart ? argc - 1 : argc;
}

int
main (int argc, char *argv[])
{
  g_autoptr (BudgetApplication) application = NULL;

  set_up_locale ();

  if (budget_command_line_handles (argc, argv))
    return budget_command_line_run (argc, argv);

  argc = take_book (argc, argv);
  application = budget_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
