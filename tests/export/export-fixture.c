/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer.h"
#include "budget-starter.h"
#include "export-fixture.h"
#include "import-fixture.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static BudgetAccount *
add_account (ExportFixture *self, const char *name, const char *number, BudgetAccountKind kind)
{
  BudgetAccount *account = budget_account_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_account_set_name (account, name));
  g_assert_true (budget_account_set_number (account, number));
  g_assert_true (budget_account_set_kind (account, kind));
  orm_session_add (self->book.session, account, &error);
  g_assert_no_error (error);
  return account;
}

/* A day is written year-month-day. */
BudgetExpense *
export_fixture_add (ExportFixture *self,
                    BudgetAccount *account,
                    BudgetCategory *category,
                    const char *description,
                    const char *note,
                    gint64 amount,
                    const char *day)
{
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (GError) error = NULL;
  GDate date;
  guint year, month, day_of_month;

  g_assert_cmpint (sscanf (day, "%u-%u-%u", &year, &month, &day_of_month), ==, 3);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year);
  expense = book_fixture_new_expense (self->book.bob, category, description, amount, &date);
  g_assert_true (budget_expense_set_note (expense, note));
  if (account != NULL)
    g_assert_true (budget_expense_set_account (expense, account));
  orm_session_add (self->book.session, expense, &error);
  g_assert_no_error (error);
  return expense;
}

static void
fill (ExportFixture *self)
{
  BudgetCategory *food = self->book.food;

  export_fixture_add (self, self->bank, food, "Rent & <heat> \"quoted\"", NULL, 85000,
                      "2026-01-02");
  export_fixture_add (self, self->bank, food, "^", "^ and ^ again", 1, "2026-02-01");
  export_fixture_add (self, self->bank, self->book.entertainment, "Refund", NULL, -1250,
                      "2026-03-04");
  export_fixture_add (self, self->card, food, "café ☕ 💶 naïve", "Zoë, “quoted”", 1234,
                      "2026-04-05");
  export_fixture_add (self, self->card, food,
                      "A description of more than thirty-two letters, which not every format has "
                      "room for; ä, ö and ü are in it, too",
                      "and a note", 9999999999, "2026-05-06");
  export_fixture_add (self, self->cash, food, "!Type:Bank", "!Account", 123456, "2026-06-07");
  export_fixture_add (self, self->cash, food, "D2026-01-01", "T5.00", 5, "2026-07-08");
  export_fixture_add (self, self->cash, food, "Twice", NULL, 250, "2026-08-09");
  export_fixture_add (self, self->cash, food, "Twice", NULL, 250, "2026-08-09");
  export_fixture_add (self, NULL, food, "שלום עולם", "مرحبا", 777, "2026-09-10");
  export_fixture_add (self, NULL, food, "]]> &amp; <!-- x -->", "<STMTTRN>", 888, "2027-03-01");
  export_fixture_add (self, NULL, food, "Nothing", NULL, 0, "2026-11-12");
}

void
export_fixture_set_up (ExportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  book_fixture_set_up (&self->book, data);
  g_assert_true (budget_book_set_currency (self->book.book, data != NULL ? data : "EUR", &error));
  self->bank =
    add_account (self, "Joint “account”", "DE89370400440532013000", BUDGET_ACCOUNT_CURRENT);
  self->card = add_account (self, "Visa", NULL, BUDGET_ACCOUNT_CARD);
  self->cash = add_account (self, "Purse", NULL, BUDGET_ACCOUNT_CASH);
  fill (self);
  budget_book_commit (self->book.book, NULL, &error);
  g_assert_no_error (error);

  self->folder = g_dir_make_tmp ("budget-XXXXXX", &error);
  g_assert_no_error (error);
}

/* The folder has only the requested file, and no temporary ones. */
void
export_fixture_tear_down (ExportFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_true (g_str_has_prefix (name, "test."));
      g_assert_cmpuint (strlen (name), <=, strlen ("test.json"));
      g_unlink (path);
    }

  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_clear_object (&self->bank);
  g_clear_object (&self->card);
  g_clear_object (&self->cash);
  book_fixture_tear_down (&self->book, data);
}

char *
export_fixture_dup_path (ExportFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* Returns: (transfer full): the file's text */
char *
export_fixture_write (ExportFixture *self, const char *name, BudgetFilter *filter)
{
  g_autoptr (BudgetFilter) everything = budget_filter_new ();
  g_autofree char *path = export_fixture_dup_path (self, name);
  g_autoptr (GError) error = NULL;
  char *contents;

  budget_exporter_write_file (self->book.book, filter != NULL ? filter : everything, path, NULL,
                              NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

/*
 * Imports a file into a new book. A bank's file may state its currency, but
 * QIF does not.
 */
BudgetBook *
export_fixture_import (const char *path, const char *currency, guint n_added)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_new_in_memory (&error);
  g_autoptr (BudgetImporter) importer = NULL;

  g_assert_no_error (error);
  budget_starter_fill (budget_book_get_session (book), &error);
  g_assert_no_error (error);
  g_assert_true (budget_book_set_currency (book, currency, NULL));
  g_assert_true (budget_book_commit (book, NULL, NULL));

  importer = budget_importer_new (book);
  budget_importer_add_file (importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (importer)); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (importer), i);

      g_assert_cmpstr (budget_draft_get_reason (draft), ==, NULL);
    }
  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, n_added);
  budget_importer_commit (importer, NULL, &error);
  g_assert_no_error (error);
  return book;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/*
 * An account is identified by its number, because some files have only that.
 *
 * Returns: (transfer full): a line for each expense, in an order that does not
 * depend on ids
 */
char *
export_fixture_list (BudgetBook *book)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  expenses = orm_session_find (budget_book_get_session (book), query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);
      BudgetAccount *account = budget_expense_get_account (expense);
      const GDate *date = budget_expense_get_date (expense);
      const char *note = budget_expense_get_note (expense);
      const char *number = account != NULL ? budget_account_get_number (account) : NULL;

      g_ptr_array_add (
        lines, g_strdup_printf ("%04d-%02d-%02d|%" G_GINT64_FORMAT "|%s|%s|%s|%s",
                                g_date_get_year (date), g_date_get_month (date),
                                g_date_get_day (date), budget_expense_get_amount (expense),
                                budget_expense_get_description (expense), note != NULL ? note : "",
                                budget_category_get_name (budget_expense_get_category (expense)),
                                number != NULL    ? number
                                : account != NULL ? budget_account_get_name (account)
                                                  : ""));
    }

  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Returns: (transfer full) (nullable): the output of another program, or %NULL
 * if it is not installed */
char *
export_fixture_run (const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output;

  if (program == NULL)
    return NULL;

  process = g_subprocess_newv (
    argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return output;
}
