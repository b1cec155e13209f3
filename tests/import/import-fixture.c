/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "import-fixture.h"
#include "orm-session-query.h"

#include <stdio.h>
#include <string.h>

void
import_fixture_renew (ImportFixture *self)
{
  g_clear_object (&self->importer);
  self->importer = budget_importer_new (self->book.book);
}

void
import_fixture_set_up (ImportFixture *self, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses = NULL;
  g_autoptr (GError) error = NULL;

  book_fixture_set_up (&self->book, data);
  budget_book_set_currency (self->book.book, "EUR", &error);
  g_assert_no_error (error);
  expenses = orm_session_find (self->book.session, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      orm_session_delete (self->book.session, expense, &error);
      g_assert_no_error (error);
    }

  budget_book_commit (self->book.book, NULL, &error);
  g_assert_no_error (error);
  import_fixture_renew (self);
}

void
import_fixture_tear_down (ImportFixture *self, gconstpointer data)
{
  g_clear_object (&self->importer);
  book_fixture_tear_down (&self->book, data);
}

/* Adds another file to the importer. */
void
import_fixture_add (ImportFixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  budget_importer_add_statement (self->importer, "bank.file", statement, NULL, &error);
  g_assert_no_error (error);
}

/* Reads a file with an importer that has none. An importer with files is replaced. */
void
import_fixture_read (ImportFixture *self, const char *text)
{
  if (budget_importer_get_n_files (self->importer) > 0)
    import_fixture_renew (self);
  import_fixture_add (self, text);
}

void
import_fixture_commit (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;

  budget_importer_commit (self->importer, NULL, &error);
  g_assert_no_error (error);
  import_fixture_renew (self);
}

void
import_fixture_import (ImportFixture *self, const char *text)
{
  import_fixture_read (self, text);
  import_fixture_commit (self);
}

/* Returns: (transfer none): a draft, which the importer holds */
BudgetDraft *
import_fixture_get (ImportFixture *self, guint position)
{
  g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (self->importer), position);

  g_assert_nonnull (draft);
  return draft;
}

/* Compares the importer's verdicts on the drafts, as words separated by blanks. */
void
import_fixture_assert_states (ImportFixture *self, const char *states)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (BUDGET_TYPE_DRAFT_STATE);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->importer)); i++)
    {
      BudgetDraft *draft = import_fixture_get (self, i);

      g_string_append_printf (
        found, i > 0 ? " %s" : "%s",
        g_enum_get_value (klass, (int) budget_draft_get_state (draft))->value_nick);
    }

  g_assert_cmpstr (found->str, ==, states);
}

/* The figures of all drafts. */
BudgetImportCounts
import_fixture_count_drafts (BudgetImporter *importer)
{
  BudgetImportCounts counts;

  budget_importer_count (importer, &counts);
  return counts;
}

guint
import_fixture_count (ImportFixture *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n_rows = 0;

  g_assert_true (orm_session_count (self->book.session, query, &n_rows, NULL));
  return (guint) n_rows;
}

/* Returns: (transfer full) (nullable): the expense of that description */
BudgetExpense *
import_fixture_find (ImportFixture *self, const char *description)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);

  orm_query_where (query, "description", ORM_EQUAL, description);
  return orm_session_find_first (self->book.session, query, NULL);
}

/* Returns: (transfer full): an expense entered by hand */
BudgetExpense *
import_fixture_type (ImportFixture *self, const char *description, gint64 amount, const char *day)
{
  BudgetExpense *expense;
  g_autoptr (GError) error = NULL;
  GDate date;
  guint year, month, number;

  g_assert_cmpint (sscanf (day, "%u-%u-%u", &year, &month, &number), ==, 3);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  expense =
    book_fixture_new_expense (self->book.alice, self->book.food, description, amount, &date);
  orm_session_add (self->book.session, expense, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book.book, NULL, &error);
  g_assert_no_error (error);
  return expense;
}
