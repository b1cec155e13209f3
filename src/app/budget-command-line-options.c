/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-date-words.h"

#include <glib/gi18n.h>

/*
 * Parses the options of the commands and looks up what they name in the book.
 */

/*
 * Parses the options and removes them from the arguments. With --help it
 * prints the help and exits.
 */
gboolean
_budget_command_parse (BudgetCommand *self,
                       const GOptionEntry *entries,
                       const char *parameters,
                       const char *summary,
                       int *argc,
                       char ***argv,
                       GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autofree char *program = g_strconcat ("budget ", (*argv)[0], NULL);
  const GOptionEntry shared[] = {
    { "book", 0, 0, G_OPTION_ARG_FILENAME, &self->book,
      /* Translators: shown by --help. */
      N_ ("Use this book instead of the default one"), N_ ("FILE") }, G_OPTION_ENTRY_NULL,
    };

  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);

  return g_option_context_parse (context, argc, argv, error);
}

gboolean
_budget_command_refuse_usage (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, message);
  return FALSE;
}

void
_budget_command_filter_clear (BudgetCommandFilter *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->person);
  g_free (self->category);
  g_free (self->search);
}

BudgetUser *
_budget_command_find_user (BudgetBook *book, const char *person, GError **error)
{
  BudgetUser *user = budget_book_find_user (book, person);

  if (user == NULL)
    g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND,
                 /* Translators: %s is a name or an email address. */
                 _("There is no person “%s” in the book"), person);
  return user;
}

BudgetCategory *
_budget_command_find_category (BudgetBook *book, const char *name, GError **error)
{
  BudgetCategory *category = budget_book_find_category (book, name);

  if (category == NULL)
    g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND,
                 /* Translators: %s is a category's name. */
                 _("There is no category “%s” in the book"), name);
  return category;
}

static gboolean
parse_date (const char *text, GDate *date, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  if (budget_date_words_parse (text, &today, date))
    return TRUE;

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_DATE,
               /* Translators: %s is what was given for a date. */
               _("“%s” is not a date; write it like 2026-11-22"), text);
  return FALSE;
}

/* A missing end of the period is set beyond all expenses. */
static gboolean
set_period (const BudgetCommandFilter *self, BudgetFilter *filter, GError **error)
{
  g_autoptr (BudgetPeriod) period = NULL;
  GDate first, last;

  if (self->from == NULL && self->to == NULL)
    return TRUE;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  g_date_set_dmy (&first, 1, G_DATE_JANUARY, 1);
  g_date_set_dmy (&last, 31, G_DATE_DECEMBER, 9999);
  if ((self->from != NULL && !parse_date (self->from, &first, error)) ||
      (self->to != NULL && !parse_date (self->to, &last, error)))
    return FALSE;

  if (g_date_compare (&first, &last) > 0)
    return _budget_command_refuse_usage (error, _("The last day is before the first"));

  period = budget_period_new_custom (&first, &last);
  budget_filter_set_period (filter, period);
  return TRUE;
}

BudgetFilter *
_budget_command_filter_build (const BudgetCommandFilter *self, BudgetBook *book, GError **error)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  BudgetUser *user = NULL;
  BudgetCategory *category = NULL;

  if (!set_period (self, filter, error))
    return NULL;

  if (self->person != NULL)
    {
      user = _budget_command_find_user (book, self->person, error);
      if (user == NULL)
        return NULL;
    }

  if (self->category != NULL)
    {
      category = _budget_command_find_category (book, self->category, error);
      if (category == NULL)
        return NULL;
    }

  budget_filter_set_user (filter, user);
  budget_filter_set_category (filter, category);
  budget_filter_set_search (filter, self->search);
  return g_steal_pointer (&filter);
}
