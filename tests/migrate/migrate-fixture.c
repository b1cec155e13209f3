/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-tag.h"
#include "migrate-fixture.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>

void
migrate_fixture_set_up (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("budget-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "their book", NULL);

  self->book = budget_book_new_in_memory (&error);
  g_assert_no_error (error);
  budget_user_set_name (user, "Alice");
  budget_user_set_email (user, "alice@example.com");
  orm_session_add (budget_book_get_session (self->book), user, &error);
  g_assert_no_error (error);
  budget_book_set_currency (self->book, "USD", &error);
  g_assert_no_error (error);
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);
  orm_session_clear_history (budget_book_get_session (self->book));
}

void
migrate_fixture_tear_down (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }

  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_object_unref (self->book);
}

void
migrate_fixture_write (MigrateFixture *self, const char *contents, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, contents, length, &error);
  g_assert_no_error (error);
}

BudgetForeignBook *
migrate_fixture_read (MigrateFixture *self)
{
  g_autoptr (GError) error = NULL;
  const char *currency =
    budget_book_is_empty (self->book) ? NULL : budget_book_get_currency (self->book);
  BudgetForeignBook *foreign = budget_foreign_reader_read_file (self->path, currency, NULL, &error);

  g_assert_no_error (error);
  return foreign;
}

BudgetBookMerger *
migrate_fixture_merge (MigrateFixture *self)
{
  g_autoptr (BudgetForeignBook) foreign = migrate_fixture_read (self);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  BudgetBookMerger *merger =
    budget_book_merger_new (self->book, foreign, "their book", NULL, &error);

  g_assert_no_error (error);
  budget_book_merger_commit (merger, NULL, &error);
  g_assert_no_error (error);
  budget_book_check (self->book, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return merger;
}

/*
 * Returns: the error for a file that cannot be read
 */
char *
migrate_fixture_refuse (MigrateFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetForeignBook) foreign =
    budget_foreign_reader_read_file (self->path, NULL, NULL, &error);

  g_assert_null (foreign);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  return g_strdup (error->message);
}

static void
append_tags (GString *text, BudgetExpense *expense)
{
  GListModel *tags = G_LIST_MODEL (budget_expense_get_tags (expense));

  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (BudgetTag) tag = g_list_model_get_item (tags, i);

      g_string_append_printf (text, " +%s", budget_tag_get_name (tag));
    }
}

/* A line for each, in the order in which they were added. */
char *
migrate_fixture_dup_expenses (MigrateFixture *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses =
    orm_session_find (budget_book_get_session (self->book), query, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);
      BudgetAccount *account = budget_expense_get_account (expense);
      BudgetExpense *other = budget_expense_get_counterpart (expense);
      const char *kept = budget_expense_get_note (expense);
      g_autofree char *note = g_strdelimit (g_strdup (kept != NULL ? kept : ""), "\n", '/');
      char day[16];

      g_date_strftime (day, sizeof day, "%Y-%m-%d", budget_expense_get_date (expense));
      g_string_append_printf (text, "%s %s|%s|%s|%s|%" G_GINT64_FORMAT, day,
                              budget_expense_get_description (expense), note,
                              budget_category_get_name (budget_expense_get_category (expense)),
                              account != NULL ? budget_account_get_name (account) : "-",
                              budget_expense_get_amount (expense));
      append_tags (text, expense);
      if (other != NULL)
        g_string_append_printf (text, " -> %s",
                                budget_account_get_name (budget_expense_get_account (other)));
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
migrate_fixture_dup_accounts (MigrateFixture *self)
{
  static const char *const kinds[] = { "current", "card", "savings", "cash" };
  GListModel *accounts = budget_book_get_accounts (self->book);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);
      const char *number = budget_account_get_number (account);

      g_string_append_printf (text, "%s|%s|%s|%" G_GINT64_FORMAT "\n",
                              budget_account_get_name (account), number != NULL ? number : "",
                              kinds[budget_account_get_kind (account)],
                              budget_account_get_opening_balance (account));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
migrate_fixture_dup_categories (MigrateFixture *self)
{
  static const char *const kinds[] = { "spending", "income", "transfer" };
  GListModel *categories = budget_book_get_categories (self->book);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);

      g_string_append_printf (text, "%s|%s\n", budget_category_get_name (category),
                              kinds[budget_category_get_kind (category)]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
migrate_fixture_dup_rejected (BudgetBookMerger *merger)
{
  BudgetForeignBook *foreign = budget_book_merger_get_foreign_book (merger);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < budget_foreign_book_get_n_rejected (foreign); i++)
    {
      guint line;
      const char *reason = budget_foreign_book_get_rejected (foreign, i, &line);

      g_string_append_printf (text, "%u %s\n", line, reason);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
migrate_fixture_reports (BudgetBookMerger *merger, const char *line)
{
  return g_strv_contains (budget_book_merger_get_report (merger), line);
}
