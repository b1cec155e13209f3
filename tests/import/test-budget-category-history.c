/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-history.h"
#include "import-fixture.h"

typedef struct
{
  ImportFixture import;
  BudgetCategoryHistory *history;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  import_fixture_set_up (&self->import, data);
  self->history = budget_category_history_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->history, budget_category_history_free);
  import_fixture_tear_down (&self->import, data);
}

static void
learn (Fixture *self, const char *description, const char *day, BudgetCategory *category)
{
  g_autoptr (BudgetExpense) expense = import_fixture_type (&self->import, description, 500, day);

  budget_expense_set_category (expense, category);
  budget_category_history_learn (self->history, expense);
}

static void
test_letter_case_makes_no_difference (Fixture *self, gconstpointer data)
{
  learn (self, "Straße nach Öland", "2026-11-01", self->import.book.transportation);

  g_assert_true (budget_category_history_find (self->history, "STRASSE NACH ÖLAND") ==
                 self->import.book.transportation);
  g_assert_null (budget_category_history_find (self->history, "Straße nach"));
}

static void
test_the_latest_day_counts (Fixture *self, gconstpointer data)
{
  learn (self, "Lunch", "2026-11-05", self->import.book.food);
  learn (self, "lunch", "2026-11-02", self->import.book.entertainment);
  g_assert_true (budget_category_history_find (self->history, "Lunch") == self->import.book.food);

  learn (self, "LUNCH", "2026-11-05", self->import.book.entertainment);
  g_assert_true (budget_category_history_find (self->history, "Lunch") ==
                 self->import.book.entertainment);
}

static void
test_words_are_whole (Fixture *self, gconstpointer data)
{
  double confidence = 0;

  learn (self, "Carrots", "2026-11-01", self->import.book.food);
  learn (self, "Night bus", "2026-11-01", self->import.book.transportation);

  g_assert_null (budget_category_history_guess (self->history, "Car", 500, NULL));
  g_assert_true (budget_category_history_guess (self->history, "BUS home", 500, &confidence) ==
                 self->import.book.transportation);
  g_assert_cmpfloat (confidence, >=, 0.5);
}

static void
test_transfers_teach_nothing (Fixture *self, gconstpointer data)
{
  budget_category_set_kind (self->import.book.food, BUDGET_CATEGORY_TRANSFER);
  learn (self, "Savings", "2026-11-01", self->import.book.food);

  g_assert_null (budget_category_history_find (self->history, "Savings"));
  g_assert_null (budget_category_history_guess (self->history, "Savings", 500, NULL));
}

static void
test_a_deleted_category_is_not_found (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  learn (self, "Concert", "2026-11-01", self->import.book.entertainment);
  orm_session_delete (self->import.book.session, self->import.book.entertainment, &error);
  g_assert_no_error (error);
  budget_book_commit (self->import.book.book, NULL, &error);
  g_assert_no_error (error);

  g_assert_null (budget_category_history_find (self->history, "Concert"));
  g_assert_null (budget_category_history_guess (self->history, "Concert", 500, NULL));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/category-history/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("letter-case-makes-no-difference", test_letter_case_makes_no_difference);
  ADD ("the-latest-day-counts", test_the_latest_day_counts);
  ADD ("words-are-whole", test_words_are_whole);
  ADD ("transfers-teach-nothing", test_transfers_teach_nothing);
  ADD ("a-deleted-category-is-not-found", test_a_deleted_category_is_not_found);

  return g_test_run ();
}
