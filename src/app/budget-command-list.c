/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-exporter.h"
#include "budget-json-export.h"
#include "budget-money.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * budget list and budget export: print the same expenses, or write them to a
 * file.
 */

typedef struct
{
  BudgetCommandFilter filter;
  gboolean is_json;
  char **paths;
} List;

static void
list_clear (List *self)
{
  _budget_command_filter_clear (&self->filter);
  g_strfreev (self->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static gboolean
parse (List *self,
       BudgetCommand *command,
       gboolean is_export,
       const char *summary,
       int argc,
       char **argv,
       GError **error)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->filter.from, N_ ("The first day"), N_ ("DATE") },
      { "to", 0, 0, G_OPTION_ARG_STRING, &self->filter.to, N_ ("The last day"), N_ ("DATE") },
        { "person", 0, 0, G_OPTION_ARG_STRING, &self->filter.person,
          N_ ("Only this person’s expenses"), N_ ("EMAIL") },
          { "category", 0, 0, G_OPTION_ARG_STRING, &self->filter.category,
            N_ ("Only this category"), N_ ("NAME") },
            { "search", 0, 0, G_OPTION_ARG_STRING, &self->filter.search,
              N_ ("Only expenses with these words"), N_ ("TEXT") },
              { "json", 0, is_export ? G_OPTION_FLAG_HIDDEN : 0, G_OPTION_ARG_NONE, &self->is_json,
                N_ ("Print JSON"), NULL },
                { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
                G_OPTION_ENTRY_NULL,
             };

  return _budget_command_parse (command, entries,
                                is_export ? _("FILE") : NULL, summary, &argc, &argv, error);
}

static void
print_expense (BudgetExpense *expense, const char *currency)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  BudgetUser *user = budget_expense_get_user (expense);
  const GDate *date = budget_expense_get_date (expense);
  g_autofree char *amount = budget_money_format (budget_expense_get_amount (expense), currency);
  g_autofree char *description = NULL;
  const char *text = budget_expense_get_description (expense);
  char day[16] = "";

  if (date != NULL)
    g_date_strftime (day, sizeof day, "%Y-%m-%d", date);
  description = _budget_command_clean (text != NULL ? text : "");

  _budget_command_print_cell (day, 10);
  _budget_command_print_cell (amount, -14);
  _budget_command_print_cell (category != NULL ? budget_category_get_name (category) : NULL, 16);
  _budget_command_print_cell (user != NULL ? budget_user_get_name (user) : NULL, 12);
  g_print ("%s\n", description);
}

static gboolean
print_expenses (BudgetBook *book, GListModel *expenses, GError **error)
{
  guint n_items = g_list_model_get_n_items (expenses);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      if (expense != NULL)
        print_expense (expense, budget_book_get_currency (book));
    }

  return TRUE;
}

static gboolean
print_json (BudgetBook *book, GListModel *expenses, GError **error)
{
  g_autoptr (GOutputStream) output = _budget_command_open_output ();

  return budget_json_export_write_list (output, book, expenses, NULL, error);
}

gboolean
_budget_command_list (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_auto (List) list = { 0 };
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (BudgetFilter) filter = NULL;
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) expenses = NULL;

  if (!parse (&list, command, FALSE, _("Lists expenses, the latest first."), argc, argv, error))
    return FALSE;

  if (list.paths != NULL)
    return _budget_command_refuse_usage (error, _("The list takes no files"));

  book = _budget_command_open (command, error);
  filter = book != NULL ? _budget_command_filter_build (&list.filter, book, error) : NULL;
  if (filter == NULL)
    return FALSE;

  query = budget_filter_build_query (filter, BUDGET_FILTER_LIST);
  expenses = orm_session_find (budget_book_get_session (book), query, error);
  if (expenses == NULL)
    return FALSE;

  return list.is_json ? print_json (book, expenses, error) : print_expenses (book, expenses, error);
}

gboolean
_budget_command_export (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_auto (List) list = { 0 };
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (BudgetFilter) filter = NULL;
  g_autofree char *name = NULL;
  guint n_written;

  if (!parse (&list, command, TRUE,
              _("Writes the expenses of “budget list” to a .csv, .json, .ofx, .pdf or .qif file.\n"
                "Without filters, a .json file has the whole book and can be imported again."),
                 argc, argv, error))
    return FALSE;

  if (list.paths == NULL || g_strv_length (list.paths) != 1)
    return _budget_command_refuse_usage (error, _("Name the file to write"));

  book = _budget_command_open (command, error);
  filter = book != NULL ? _budget_command_filter_build (&list.filter, book, error) : NULL;
  if (filter == NULL)
    return FALSE;

  name = g_filename_display_name (list.paths[0]);
  if (!budget_exporter_write_file (book, filter, list.paths[0], &n_written, NULL, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  g_print ("%s: %u written\n", name, n_written);
  return TRUE;
}
