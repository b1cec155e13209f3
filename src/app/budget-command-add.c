/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-entry-plan.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/*
 * budget add: an expense as it is typed into the window's line.
 */

static gboolean
parse_words (BudgetCommand *command, int argc, char **argv, char **text, GError **error)
{
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!_budget_command_parse (
        command, entries,
        _("'QUICK ENTRY'"),
           _("Adds an expense, written like “12.50 lunch #food @alice yesterday”."), &argc, &argv,
              error))
    return FALSE;

  if (words == NULL)
    return _budget_command_refuse_usage (error, _("Say what to add, as in “12.50 lunch”"));

  *text = g_strjoinv (" ", words);
  return TRUE;
}

static BudgetQuickEntry *
read_entry (const char *text, BudgetBook *book, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return budget_quick_entry_parse (text, &today, budget_book_get_currency (book), error);
}

static void
print_result (BudgetBook *book, BudgetExpense *expense)
{
  g_autofree char *amount =
    budget_money_format (budget_expense_get_amount (expense), budget_book_get_currency (book));
  char day[16];

  g_date_strftime (day, sizeof day, "%Y-%m-%d", budget_expense_get_date (expense));

  /* Translators: what was added: day, amount, description, category, person. */
  g_print (_("Added %1$s, %2$s: %3$s (%4$s, %5$s)"), day, amount,
              budget_expense_get_description (expense),
              budget_category_get_name (budget_expense_get_category (expense)),
              budget_user_get_name (budget_expense_get_user (expense)));
  g_print ("\n");
}

/* Adds the expense to the session without saving it. */
static BudgetExpense *
prepare (BudgetBook *book, const char *text, GError **error)
{
  g_autoptr (BudgetQuickEntry) entry = read_entry (text, book, error);

  return entry != NULL ? budget_entry_plan_add_expense (book, entry, error) : NULL;
}

/* Checks the text in a scratch book, so that a wrong one creates no file. */
static gboolean
check_text (const char *text, GError **error)
{
  g_autoptr (BudgetBook) scratch = _budget_command_new_scratch (error);
  g_autoptr (BudgetExpense) expense = scratch != NULL ? prepare (scratch, text, error) : NULL;

  return expense != NULL;
}

static gboolean
add (BudgetBook *book, const char *text, GError **error)
{
  g_autoptr (BudgetExpense) expense = prepare (book, text, error);
  g_autofree char *label = NULL;

  if (expense == NULL)
    return FALSE;

  /* Translators: %s is the description of an expense. */
  label = g_strdup_printf (_("Added “%s”"), budget_expense_get_description (expense));
  if (!budget_book_commit (book, label, error))
    return FALSE;

  print_result (book, expense);
  return TRUE;
}

gboolean
_budget_command_add (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (BudgetBook) book = NULL;

  if (!parse_words (command, argc, argv, &text, error))
    return FALSE;

  path = _budget_command_dup_path (command, error);
  if (path == NULL || (_budget_command_is_missing (path) && !check_text (text, error)))
    return FALSE;

  book = budget_book_open_or_create (path, error);
  return book != NULL && add (book, text, error);
}
