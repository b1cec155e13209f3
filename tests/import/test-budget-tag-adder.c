/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-tag-adder.h"
#include "import-fixture.h"

static guint
count_tags (ImportFixture *self)
{
  return g_list_model_get_n_items (budget_book_get_tags (self->book.book));
}

static void
give (ImportFixture *self, BudgetTagAdder *adder, BudgetExpense *expense, const char *const *names)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_tag_adder_add (adder, expense, names, &error));
  g_assert_no_error (error);
  budget_book_commit (self->book.book, NULL, &error);
  g_assert_no_error (error);
}

static void
test_a_name_is_one_tag (ImportFixture *self, gconstpointer data)
{
  static const char *const first[] = { "Ferien", "öffentlich", NULL };
  static const char *const second[] = { "FERIEN", "ÖFFENTLICH", "ferien", NULL };
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "lunch", 500, "2026-11-01");
  g_autoptr (BudgetExpense) tea = import_fixture_type (self, "tea", 300, "2026-11-01");
  g_autoptr (BudgetTagAdder) adder = budget_tag_adder_new (self->book.book);
  g_autoptr (BudgetTagAdder) later = budget_tag_adder_new (self->book.book);

  give (self, adder, lunch, first);
  g_assert_cmpuint (count_tags (self), ==, 2);
  give (self, adder, tea, second);
  give (self, later, tea, second);
  g_assert_cmpuint (count_tags (self), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_expense_get_tags (tea))), ==, 2);
}

static void
test_names_fit (ImportFixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (80, 'x');
  const char *const names[] = { "", longest, NULL };
  g_autoptr (BudgetExpense) lunch = import_fixture_type (self, "lunch", 500, "2026-11-01");
  g_autoptr (BudgetTagAdder) adder = budget_tag_adder_new (self->book.book);
  g_autoptr (BudgetTag) tag = NULL;

  give (self, adder, lunch, names);
  g_assert_cmpuint (count_tags (self), ==, 1);
  tag = g_list_model_get_item (budget_book_get_tags (self->book.book), 0);
  g_assert_cmpint (g_utf8_strlen (budget_tag_get_name (tag), -1), ==, 50);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/tag-adder/" name, ImportFixture, NULL, import_fixture_set_up, func,                \
              import_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-name-is-one-tag", test_a_name_is_one_tag);
  ADD ("names-fit", test_names_fit);

  return g_test_run ();
}
