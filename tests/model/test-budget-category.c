/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"

static void
test_each_property_notifies_once (void)
{
  g_autoptr (BudgetCategory) category = budget_category_new ();
  int n_name = 0, n_color = 0, n_kind = 0;

  g_signal_connect_swapped (category, "notify::name", G_CALLBACK (on_notify_count), &n_name);
  g_signal_connect_swapped (category, "notify::color", G_CALLBACK (on_notify_count), &n_color);
  g_signal_connect_swapped (category, "notify::kind", G_CALLBACK (on_notify_count), &n_kind);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (budget_category_set_name (category, "Food"));
      g_assert_true (budget_category_set_color (category, "#123456"));
      g_assert_true (budget_category_set_kind (category, BUDGET_CATEGORY_INCOME));
    }

  g_assert_cmpstr (budget_category_get_name (category), ==, "Food");
  g_assert_cmpstr (budget_category_get_color (category), ==, "#123456");
  g_assert_cmpint (budget_category_get_kind (category), ==, BUDGET_CATEGORY_INCOME);
  g_assert_cmpint (n_name, ==, 1);
  g_assert_cmpint (n_color, ==, 1);
  g_assert_cmpint (n_kind, ==, 1);
}

static void
test_invalid_colors_are_refused (void)
{
  static const char *const wrong[] = { "",        "red",     "#12345",  "#1234567",
                                       "#12345G", " #12345", "#1234\n5" };
  g_autoptr (BudgetCategory) category = budget_category_new ();

  g_assert_true (budget_category_set_color (category, "#abCD09"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (budget_category_set_color (category, wrong[i]));

  g_assert_cmpstr (budget_category_get_color (category), ==, "#abCD09");
}

static void
test_a_long_name_is_refused (void)
{
  g_autoptr (BudgetCategory) category = budget_category_new ();
  g_autofree char *longest = g_strnfill (50, 'n');
  g_autofree char *longer = g_strnfill (51, 'n');

  g_assert_true (budget_category_set_name (category, longest));
  g_assert_false (budget_category_set_name (category, longer));
}

static void
test_a_new_category_has_the_default_color (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetCategory) category = budget_category_new ();
  g_autoptr (GError) error = NULL;

  budget_category_set_name (category, "Pets");
  orm_session_add (fixture->session, category, &error);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (budget_category_get_color (category), ==, "#FF6B6B");
  g_assert_cmpint (budget_category_get_kind (category), ==, BUDGET_CATEGORY_SPENDING);
}

static void
test_names_are_unique (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_category_set_name (fixture->empty, "Food"));
  g_assert_false (budget_book_commit (fixture->book, NULL, &error));

  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_cmpstr (error->message, ==, "There is already a category of this name");
  g_assert_cmpstr (budget_category_get_name (fixture->empty), ==, "Empty");
}

static void
test_its_expenses_are_deleted_with_it (BookFixture *fixture, gconstpointer data)
{
  OrmCollection *alices = budget_user_get_expenses (fixture->alice);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (alices)), ==, 3);
  g_assert_true (orm_session_delete (fixture->session, fixture->food, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (alices)), ==, 1);

  orm_session_rollback (fixture->session);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (alices)), ==, 3);
}

static void
add (const char *path, void (*test) (BookFixture *, gconstpointer))
{
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, test, book_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/category/each-property-notifies-once", test_each_property_notifies_once);
  g_test_add_func ("/category/invalid-colors-are-refused", test_invalid_colors_are_refused);
  g_test_add_func ("/category/a-long-name-is-refused", test_a_long_name_is_refused);
  add ("/category/a-new-category-has-the-default-color", test_a_new_category_has_the_default_color);
  add ("/category/names-are-unique", test_names_are_unique);
  add ("/category/its-expenses-are-deleted-with-it", test_its_expenses_are_deleted_with_it);

  return g_test_run ();
}
