/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-import-change.h"

typedef struct
{
  BookFixture book;
  BudgetImport *import;
  BudgetExpense *lunch;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  book_fixture_set_up (&self->book, data);
  self->lunch = book_fixture_get (&self->book, BOOK_FIXTURE_ALICES_LUNCH);
  self->import = budget_import_new ();
  budget_import_set_name (self->import, "bank.csv");
  orm_session_add (self->book.session, self->import, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->import);
  g_clear_object (&self->lunch);
  book_fixture_tear_down (&self->book, data);
}

static void
commit (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  budget_book_commit (self->book.book, NULL, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the change of the lunch's amount, saved */
static BudgetImportChange *
change_amount (Fixture *self, gint64 amount)
{
  BudgetImportChange *change = budget_import_change_new (self->lunch);
  g_autoptr (GError) error = NULL;

  budget_expense_set_amount (self->lunch, amount);
  g_assert_true (budget_import_change_finish (change, self->import, self->lunch));
  orm_session_add (self->book.session, change, &error);
  g_assert_no_error (error);
  commit (self);
  return change;
}

static void
test_an_equal_value_is_no_change (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetImportChange) change = budget_import_change_new (self->lunch);

  g_assert_false (budget_import_change_finish (change, self->import, self->lunch));
  g_assert_null (budget_import_change_get_import (change));
  g_assert_null (budget_import_change_get_expense (change));
}

static void
test_it_has_its_expense_and_import (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetImportChange) change = change_amount (self, 77);

  g_assert_true (budget_import_change_get_import (change) == self->import);
  g_assert_true (budget_import_change_get_expense (change) == self->lunch);
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (budget_import_get_changes (self->import))), ==, 1);
}

static void
test_texts_are_restored (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetImportChange) change = NULL;

  budget_expense_set_original (self->lunch, "LUNCH 1");
  change = budget_import_change_new (self->lunch);
  budget_expense_set_original (self->lunch, "LUNCH 2");
  budget_expense_set_bank_id (self->lunch, "B2");
  g_assert_true (budget_import_change_finish (change, self->import, self->lunch));

  g_assert_true (budget_import_change_put_back (change));
  g_assert_cmpstr (budget_expense_get_original (self->lunch), ==, "LUNCH 1");
}

/* Another amount was set in between. */
static void
test_only_a_chained_value_is_inherited (Fixture *self, gconstpointer data)
{
  gint64 before = budget_expense_get_amount (self->lunch);
  g_autoptr (BudgetImportChange) first = change_amount (self, before + 1);
  g_autoptr (BudgetImportChange) second = NULL;

  budget_expense_set_amount (self->lunch, before + 5);
  commit (self);
  second = change_amount (self, before + 9);

  g_assert_true (budget_import_change_put_back (first));
  g_assert_cmpint (budget_expense_get_amount (self->lunch), ==, before + 9);
  g_assert_true (budget_import_change_put_back (second));
  g_assert_cmpint (budget_expense_get_amount (self->lunch), ==, before + 5);
}

static void
test_it_is_deleted_with_its_expense (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetImportChange) change = change_amount (self, 77);
  g_autoptr (GError) error = NULL;

  orm_session_delete (self->book.session, self->lunch, &error);
  g_assert_no_error (error);
  commit (self);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (change)), !=, ORM_ENTITY_PERSISTENT);
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (budget_import_get_changes (self->import))), ==, 0);
}

#define ADD(name, func) g_test_add ("/import-change/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("an-equal-value-is-no-change", test_an_equal_value_is_no_change);
  ADD ("it-has-its-expense-and-import", test_it_has_its_expense_and_import);
  ADD ("texts-are-restored", test_texts_are_restored);
  ADD ("only-a-chained-value-is-inherited", test_only_a_chained_value_is_inherited);
  ADD ("it-is-deleted-with-its-expense", test_it_is_deleted_with_its_expense);

  return g_test_run ();
}
