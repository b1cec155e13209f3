/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-command-line.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The command line. It needs no display. It exits with 0, or with an error
 * code and one line on standard error.
 */

#define EXIT_USAGE 2

static const struct
{
  const char *name;
  BudgetCommandFunc run;
  const char *summary;
} commands[] = {
  /* Translators: shown by --help, beside the name of a command. */
  { "import", _budget_command_import, N_ ("Import bank files into the book") },
    { "summary", _budget_command_summary, N_ ("Show where the money went") },
      { "list", _budget_command_list, N_ ("List expenses") },
        { "add", _budget_command_add, N_ ("Add an expense") },
          { "export", _budget_command_export, N_ ("Write expenses to a file") },
            { "check", _budget_command_check, N_ ("Check the book") },
          };

static BudgetCommandFunc
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return commands[i].run;

  return NULL;
}

/*
 * Skips --book, which may precede the command. Returns: the position of the
 * first other argument
 */
static int
skip_book (int argc, char **argv, const char **book)
{
  int at = 1;

  while (at < argc)
    {
      if (g_str_equal (argv[at], "--book") && at + 1 < argc)
        {
          *book = argv[at + 1];
          at += 2;
        }
      else if (g_str_has_prefix (argv[at], "--book="))
        *book = argv[at++] + strlen ("--book=");
      else
        break;
    }

  return at;
}

static gboolean
is_question (const char *argument)
{
  return g_str_equal (argument, "--help") || g_str_equal (argument, "-h") ||
         g_str_equal (argument, "-?") || g_str_equal (argument, "--version");
}

static void
print_help (void)
{
  g_print ("%s\n", _("Usage:"));
  g_print ("  budget [--book FILE] [FILE…]\n");
  g_print ("  budget [--book FILE] COMMAND …\n\n");
  g_print ("%s\n", _("Without a command, the window opens. Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-9s %s\n", commands[i].name, _(commands[i].summary));
  g_print ("\n%s\n", _("Run “budget COMMAND --help” for details."));
}

/* Prints an error as one line, even if it contains a file's name or text with line breaks. */
static int
report (GError *error)
{
  g_autofree char *message = _budget_command_clean (error->message);

  fflush (stdout);
  g_printerr ("budget: %s\n", message);
  return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_FAILURE;
}

/**
 * budget_command_line_handles:
 * @argc: how many arguments there are
 * @argv: the program's arguments
 *
 * Returns: whether budget_command_line_run() handles them, without a window
 */
gboolean
budget_command_line_handles (int argc, char **argv)
{
  const char *book = NULL;
  int at = skip_book (argc, argv, &book);

  return at < argc && (find_command (argv[at]) != NULL || is_question (argv[at]));
}

/**
 * budget_command_line_run:
 * @argc: how many arguments there are
 * @argv: the program's arguments
 *
 * Runs a command without a window. Set up the locale before.
 *
 * Returns: the exit status
 */
int
budget_command_line_run (int argc, char **argv)
{
  BudgetCommand command = { 0 };
  const char *book = NULL;
  int at = skip_book (argc, argv, &book);
  g_autoptr (GError) error = NULL;
  g_autofree char **rest = NULL;
  gboolean is_good;

  g_return_val_if_fail (at < argc, EXIT_USAGE);

  if (g_str_equal (argv[at], "--version"))
    g_print ("budget %s\n", PACKAGE_VERSION);
  else if (is_question (argv[at]))
    print_help ();
  else
    {
      int n_rest = argc - at;

      /* The parser removes the options that it knows from the array. */
      rest = g_memdup2 (argv + at, sizeof *argv * (gsize) (n_rest + 1));
      command.book = g_strdup (book);
      is_good = find_command (argv[at]) (&command, n_rest, rest, &error);
      g_free (command.book);
      if (!is_good)
        return report (error);
    }

  if (!_budget_command_flush (&error))
    return report (error);

  return EXIT_SUCCESS;
}
