/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-guesser.h"
#include "import-fixture.h"

static BudgetCategory *
guess (ImportFixture *self, const char *description)
{
  return budget_category_guesser_guess (budget_category_guesser_get_for_book (self->book.book),
                                        description, 500);
}

static void
commit (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;

  budget_book_commit (self->book.book, "Change", &error);
  g_assert_no_error (error);
}

static BudgetRule *
add_rule (ImportFixture *self, const char *pattern, BudgetCategory *category)
{
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (GError) error = NULL;

  budget_rule_set_pattern (rule, pattern);
  budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_CONTAINS);
  budget_rule_set_category (rule, category);
  orm_session_add (self->book.session, rule, &error);
  g_assert_no_error (error);
  commit (self);
  return g_steal_pointer (&rule);
}

static void
test_a_book_has_one (ImportFixture *self, gconstpointer data)
{
  g_assert_true (budget_category_guesser_get_for_book (self->book.book) ==
                 budget_category_guesser_get_for_book (self->book.book));
}

static void
test_an_empty_book_gives_no_guess (ImportFixture *self, gconstpointer data)
{
  g_assert_null (guess (self, "Lunch"));
  g_assert_null (guess (self, ""));
}

static void
test_rules_come_first (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "Lunch", 500, "2026-11-01");
  g_autoptr (BudgetRule) rule = NULL;

  g_assert_true (guess (self, "lunch") == self->book.food);

  rule = add_rule (self, "lunch", self->book.entertainment);
  g_assert_true (guess (self, "lunch") == self->book.entertainment);
  g_assert_true (budget_category_guesser_find_rule (
                   budget_category_guesser_get_for_book (self->book.book), "LUNCH") == rule);

  budget_rule_set_enabled (rule, FALSE);
  commit (self);
  g_assert_true (guess (self, "lunch") == self->book.food);
}

static void
test_it_follows_additions (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = NULL;

  g_assert_null (guess (self, "Lunch"));
  lunch = import_fixture_type (self, "Lunch", 500, "2026-11-01");
  g_assert_true (guess (self, "Lunch") == self->book.food);
}

static void
test_it_follows_changes (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "Lunch", 500, "2026-11-01");
  g_autoptr (GError) error = NULL;

  g_assert_true (guess (self, "Lunch") == self->book.food);

  budget_expense_set_category (lunch, self->book.entertainment);
  commit (self);
  g_assert_true (guess (self, "Lunch") == self->book.entertainment);

  orm_session_undo (self->book.session, &error);
  g_assert_no_error (error);
  g_assert_true (guess (self, "Lunch") == self->book.food);
}

static void
test_it_follows_deletions (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "Lunch", 500, "2026-11-01");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (guess (self, "Lunch"));
  orm_session_delete (self->book.session, lunch, &error);
  g_assert_no_error (error);
  commit (self);
  g_assert_null (guess (self, "Lunch"));
}

static void
test_an_import_is_read_again (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GString) file = g_string_new ("Date,Description,Category,Amount\n");

  for (guint i = 0; i < 80; i++)
    g_string_append_printf (file, "2026-11-02,Shop %u,Transportation,-%u.00\n", i, i + 1);

  g_assert_null (guess (self, "Shop 7"));
  import_fixture_import (self, file->str);
  g_assert_true (guess (self, "shop 7") == self->book.transportation);
}

static void
test_it_reads_ahead (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "Lunch", 500, "2026-11-01");
  OrmConnection *connection = orm_session_get_connection (self->book.session);
  guint64 n_statements;

  budget_category_guesser_prepare (budget_category_guesser_get_for_book (self->book.book));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  n_statements = orm_connection_get_n_statements (connection);
  g_assert_true (guess (self, "Lunch") == self->book.food);
  g_assert_cmpuint (orm_connection_get_n_statements (connection), ==, n_statements);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/category-guesser/" name, ImportFixture, NULL, import_fixture_set_up, func,         \
              import_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-book-has-one", test_a_book_has_one);
  ADD ("an-empty-book-gives-no-guess", test_an_empty_book_gives_no_guess);
  ADD ("rules-come-first", test_rules_come_first);
  ADD ("it-follows-additions", test_it_follows_additions);
  ADD ("it-follows-changes", test_it_follows_changes);
  ADD ("it-follows-deletions", test_it_follows_deletions);
  ADD ("an-import-is-read-again", test_an_import_is_read_again);
  ADD ("it-reads-ahead", test_it_reads_ahead);

  return g_test_run ();
}
