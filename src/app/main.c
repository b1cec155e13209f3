/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-application.h"
#include "budget-command-line.h"

#include <glib/gi18n.h>
#include <locale.h>

/* The words come from where the program was built when it is run from there. */
static void
set_up_locale (void)
{
  const char *dir = g_getenv ("BUDGET_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, dir != NULL ? dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (BudgetApplication) application = NULL;

  set_up_locale ();

  if (budget_command_line_handles (argc, argv))
    return budget_command_line_run (argc, argv);

  application = budget_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
