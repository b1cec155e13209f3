/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-entry-plan.h"
#include "budget-tag.h"
#include "import-fixture.h"

#include <string.h>

static BudgetQuickEntry *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BudgetQuickEntry *entry;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, G_DATE_DECEMBER, 2026);
  entry = budget_quick_entry_parse (text, &today, "EUR", &error);
  g_assert_no_error (error);
  return entry;
}

static BudgetEntryPlan *
plan (ImportFixture *self, const char *text)
{
  g_autoptr (BudgetQuickEntry) entry = parse (text);
  g_autoptr (GError) error = NULL;
  BudgetEntryPlan *found = budget_entry_plan_new (self->book.book, entry, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_names_are_those_of_the_book (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetEntryPlan) found = plan (self, "9 tea #FOOD @BOB");

  g_assert_true (found->category == self->book.food);
  g_assert_cmpstr (found->category_name, ==, "Food");
  g_assert_true (found->user == self->book.bob);
}

static void
test_a_plan_changes_nothing (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetEntryPlan) named = plan (self, "9 tea #Brand-new");
  g_autoptr (BudgetEntryPlan) unknown = plan (self, "9 tea");

  g_assert_null (named->category);
  g_assert_cmpstr (named->category_name, ==, "Brand-new");
  g_assert_null (unknown->category);
  g_assert_cmpstr (unknown->category_name, ==, "Other");
  g_assert_false (orm_session_get_dirty (self->book.session));
}

static void
test_nobody_of_that_name (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("9 tea #Brand-new @nobody");
  g_autoptr (GError) error = NULL;

  g_assert_null (budget_entry_plan_add_expense (self->book.book, entry, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "nobody"));
  g_assert_false (orm_session_get_dirty (self->book.session));
}

static void
test_what_is_missing_is_made (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("9 tea 2026-11-30");
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (GError) error = NULL;

  expense = budget_entry_plan_add_expense (self->book.book, entry, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_expense_get_amount (expense), ==, 900);
  g_assert_cmpint (g_date_get_day (budget_expense_get_date (expense)), ==, 30);
  g_assert_cmpstr (budget_category_get_name (budget_expense_get_category (expense)), ==, "Other");
  g_assert_true (budget_expense_get_user (expense) ==
                 budget_book_get_default_user (self->book.book));
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
}

/* Names after the first # are tags. */
static void
test_tags_are_kept (ImportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("9 tea #Food #Holiday #holiday #\"at work\"");
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (BudgetTag) tag = NULL;
  g_autoptr (GError) error = NULL;

  expense = budget_entry_plan_add_expense (self->book.book, entry, &error);
  g_assert_no_error (error);
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_expense_get_tags (expense))), ==,
                    2);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (self->book.book)), ==, 2);
  tag = g_list_model_get_item (G_LIST_MODEL (budget_expense_get_tags (expense)), 0);
  g_assert_cmpstr (budget_tag_get_name (tag), ==, "Holiday");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/entry-plan/" name, ImportFixture, NULL, import_fixture_set_up, func,               \
              import_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("names-are-those-of-the-book", test_names_are_those_of_the_book);
  ADD ("a-plan-changes-nothing", test_a_plan_changes_nothing);
  ADD ("nobody-of-that-name", test_nobody_of_that_name);
  ADD ("tags-are-kept", test_tags_are_kept);
  ADD ("what-is-missing-is-made", test_what_is_missing_is_made);

  return g_test_run ();
}
