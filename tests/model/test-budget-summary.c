/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-month-totals.h"
#include "budget-summary.h"
#include "orm-session-query.h"

typedef struct
{
  BookFixture base;
  BudgetFilter *filter;
  BudgetSummary *summary;
  ShadowList *shadow;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  book_fixture_set_up (&fixture->base, data);
  fixture->filter = budget_filter_new ();
  fixture->summary = budget_summary_new (fixture->base.book, fixture->filter);
  fixture->shadow = shadow_list_new (G_LIST_MODEL (fixture->summary));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shadow_list_check (fixture->shadow);
  shadow_list_free (fixture->shadow);
  g_assert_finalize_object (g_steal_pointer (&fixture->summary));
  g_clear_object (&fixture->filter);
  book_fixture_tear_down (&fixture->base, data);
}

/*
 * Prints the list and compares it with the database.
 */
static char *
print (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  gint64 total = 0;
  guint64 count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->summary)); i++)
    {
      g_autoptr (BudgetCategoryTotal) item =
        g_list_model_get_item (G_LIST_MODEL (fixture->summary), i);

      g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT "/%" G_GUINT64_FORMAT,
                              i > 0 ? ", " : "", budget_category_total_get_name (item),
                              budget_category_total_get_total (item),
                              budget_category_total_get_count (item));
      total += budget_category_total_get_total (item);
      count += budget_category_total_get_count (item);
    }

  g_assert_cmpint (budget_summary_get_total (fixture->summary), ==, total);
  g_assert_cmpuint (budget_summary_get_count (fixture->summary), ==, count);
  return g_string_free (text, FALSE);
}

static void
assert_summary (Fixture *fixture, const char *expected)
{
  g_autofree char *text = print (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_changes (Fixture *fixture, const char *expected)
{
  g_autofree char *changes = shadow_list_take_changes (fixture->shadow);

  g_assert_cmpstr (changes, ==, expected);
}

#define AT_FIRST "Food 12625/4, Entertainment 5000/1, Transportation 4500/1"

static void
test_the_greatest_is_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetCategoryTotal) food = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 0);

  assert_summary (fixture, AT_FIRST);
  g_assert_cmpint (budget_summary_get_spent (fixture->summary), ==, 22125);
  g_assert_cmpint (budget_summary_get_received (fixture->summary), ==, 0);
  g_assert_true (budget_category_total_get_category (food) == fixture->base.food);
  g_assert_cmpstr (budget_category_total_get_color (food), ==, "#FF6B6B");
  g_assert_cmpfloat_with_epsilon (budget_category_total_get_share (food), 12625.0 / 22125, 1e-9);
}

static void
test_an_edit_that_keeps_the_order_moves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);
  g_autoptr (BudgetCategoryTotal) item = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 2);
  int n_notified = 0, n_total = 0;

  g_signal_connect_swapped (item, "notify::total", G_CALLBACK (on_notify_count), &n_notified);
  g_signal_connect_swapped (fixture->summary, "notify::total", G_CALLBACK (on_notify_count),
                            &n_total);
  budget_expense_set_amount (gas, 4600);

  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1, Transportation 4600/1");
  assert_changes (fixture, "");
  g_assert_cmpint (n_notified, ==, 1);
  g_assert_cmpint (n_total, ==, 1);
}

static void
test_an_edit_that_changes_the_order_moves_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);

  budget_expense_set_amount (gas, 5001);

  assert_summary (fixture, "Food 12625/4, Transportation 5001/1, Entertainment 5000/1");
  assert_changes (fixture, "2-1+0 1-0+1 ");
}

static void
test_equal_totals_are_in_the_order_of_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);

  budget_expense_set_amount (gas, 5000);
  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1, Transportation 5000/1");
  assert_changes (fixture, "");

  budget_category_set_name (fixture->base.transportation, "Cars");
  assert_summary (fixture, "Food 12625/4, Cars 5000/1, Entertainment 5000/1");
  assert_changes (fixture, "2-1+0 1-0+1 ");
}

static void
test_another_category_moves_the_sum (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) concert = book_fixture_get (&fixture->base, BOOK_FIXTURE_CONCERT);

  budget_expense_set_category (concert, fixture->base.empty);
  assert_summary (fixture, "Food 12625/4, Empty 5000/1, Transportation 4500/1");

  orm_session_rollback (fixture->base.session);
  assert_summary (fixture, AT_FIRST);
}

static void
test_a_color_change_notifies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetCategoryTotal) food = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 0);
  int n_notified = 0;

  g_signal_connect_swapped (food, "notify::color", G_CALLBACK (on_notify_count), &n_notified);
  budget_category_set_color (fixture->base.food, "#123456");

  g_assert_cmpstr (budget_category_total_get_color (food), ==, "#123456");
  g_assert_cmpint (n_notified, ==, 1);
  assert_changes (fixture, "");
}

static void
test_a_deletion_can_be_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_true (orm_session_delete (fixture->base.session, fixture->base.alice, &error));
  assert_summary (fixture, "Food 5500/2, Entertainment 5000/1");
  budget_book_commit (fixture->base.book, "Delete Alice", &error);
  g_assert_no_error (error);
  assert_summary (fixture, "Food 5500/2, Entertainment 5000/1");

  budget_book_undo (fixture->base.book, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Delete Alice");
  assert_summary (fixture, AT_FIRST);

  budget_book_redo (fixture->base.book, NULL, &error);
  g_assert_no_error (error);
  assert_summary (fixture, "Food 5500/2, Entertainment 5000/1");
}

static void
test_a_deleted_category_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (fixture->base.session, fixture->base.food, &error));
  assert_summary (fixture, "Entertainment 5000/1, Transportation 4500/1");
  assert_changes (fixture, "0-1+0 ");

  orm_session_rollback (fixture->base.session);
  assert_summary (fixture, AT_FIRST);
  assert_changes (fixture, "0-0+1 ");
}

static void
test_a_transfer_is_in_no_total (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  budget_category_set_kind (fixture->base.entertainment, BUDGET_CATEGORY_TRANSFER);
  assert_summary (fixture, "Food 12625/4, Transportation 4500/1");
  assert_changes (fixture, "1-1+0 ");

  budget_category_set_kind (fixture->base.entertainment, BUDGET_CATEGORY_SPENDING);
  assert_summary (fixture, AT_FIRST);
  assert_changes (fixture, "1-0+1 ");
}

static void
test_income_stays_below_zero (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) salary = NULL;
  g_autoptr (BudgetCategoryTotal) last = NULL;
  g_autoptr (GError) error = NULL;

  budget_category_set_kind (fixture->base.empty, BUDGET_CATEGORY_INCOME);
  salary = book_fixture_new_expense (fixture->base.bob, fixture->base.empty, "Pay", -300000, NULL);
  g_assert_true (orm_session_add (fixture->base.session, salary, &error));

  assert_summary (fixture, AT_FIRST ", Empty -300000/1");
  g_assert_cmpint (budget_summary_get_spent (fixture->summary), ==, 22125);
  g_assert_cmpint (budget_summary_get_received (fixture->summary), ==, 300000);
  last = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 3);
  g_assert_cmpfloat (budget_category_total_get_share (last), ==, 0);
}

static void
test_the_filter_is_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetPeriod) november = budget_period_new_month (2026, 11);
  g_autoptr (BudgetPeriod) october = budget_period_previous (november);
  g_autoptr (BudgetCategoryTotal) food = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 0);
  g_autoptr (BudgetCategoryTotal) still_food = NULL;

  budget_filter_set_user (fixture->filter, fixture->base.bob);
  assert_summary (fixture, "Food 5500/2, Entertainment 5000/1");
  still_food = g_list_model_get_item (G_LIST_MODEL (fixture->summary), 0);
  g_assert_true (food == still_food);

  budget_filter_set_period (fixture->filter, october);
  assert_summary (fixture, "");
  g_assert_cmpint (budget_summary_get_total (fixture->summary), ==, 0);

  budget_filter_set_user (fixture->filter, NULL);
  budget_filter_set_period (fixture->filter, november);
  assert_summary (fixture, AT_FIRST);

  /* The list's search does not change the totals. */
  budget_filter_set_search (fixture->filter, "lunch");
  budget_filter_set_category (fixture->filter, fixture->base.food);
  assert_summary (fixture, AT_FIRST);
}

static void
test_a_date_leaves_the_period (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetPeriod) november = budget_period_new_month (2026, 11);
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);
  g_autoptr (GDate) december = g_date_new_dmy (1, G_DATE_DECEMBER, 2026);

  budget_filter_set_period (fixture->filter, november);
  budget_expense_set_date (gas, december);
  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1");
}

/*
 * After any changes in any order, the list equals a new one.
 */
static void
test_many_changes_keep_it_right (Fixture *fixture, gconstpointer data)
{
  BudgetCategory *categories[] = { fixture->base.food, fixture->base.entertainment,
                                   fixture->base.transportation, fixture->base.empty };
  static const gint64 ids[] = { 1, 2, 3, 5, 6, 7 };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint i = 0; i < 400; i++)
    {
      gint64 id = ids[g_rand_int_range (random, 0, G_N_ELEMENTS (ids))];
      g_autoptr (BudgetExpense) expense =
        orm_session_get (fixture->base.session, BUDGET_TYPE_EXPENSE, id, NULL);
      g_autoptr (BudgetSummary) fresh = NULL;
      g_autoptr (GError) error = NULL;
      int what = g_rand_int_range (random, 0, 7);

      if (what == 0)
        orm_session_rollback (fixture->base.session);
      else if (what == 1)
        budget_book_commit (fixture->base.book, NULL, &error);
      else if (what == 2 && !orm_session_get_dirty (fixture->base.session) &&
               orm_session_can_undo (fixture->base.session) && i % 2 == 0)
        budget_book_undo (fixture->base.book, NULL, NULL);
      else if (what == 3 && expense != NULL)
        orm_session_delete (fixture->base.session, expense, &error);
      else if (what == 4 && expense != NULL)
        budget_expense_set_category (expense, categories[g_rand_int_range (random, 0, 4)]);
      else if (expense != NULL)
        budget_expense_set_amount (expense, g_rand_int_range (random, -2000, 9000));
      g_assert_no_error (error);

      shadow_list_check (fixture->shadow);
      fresh = budget_summary_new (fixture->base.book, fixture->filter);
      g_assert_cmpint (budget_summary_get_total (fixture->summary), ==,
                       budget_summary_get_total (fresh));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fresh)), ==,
                        g_list_model_get_n_items (G_LIST_MODEL (fixture->summary)));
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (fresh)); j++)
        {
          g_autoptr (BudgetCategoryTotal) a =
            g_list_model_get_item (G_LIST_MODEL (fixture->summary), j);
          g_autoptr (BudgetCategoryTotal) b = g_list_model_get_item (G_LIST_MODEL (fresh), j);

          g_assert_true (budget_category_total_get_category (a) ==
                         budget_category_total_get_category (b));
          g_assert_cmpint (budget_category_total_get_total (a), ==,
                           budget_category_total_get_total (b));
          g_assert_cmpfloat_with_epsilon (budget_category_total_get_share (a),
                                          budget_category_total_get_share (b), 1e-9);
        }
    }
}

static char *
print_months (BudgetMonthTotals *months)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (months)); i++)
    {
      g_autoptr (BudgetMonthTotal) item = g_list_model_get_item (G_LIST_MODEL (months), i);

      g_string_append_printf (
        text, "%d-%02d %" G_GINT64_FORMAT " ", budget_month_total_get_year (item),
        budget_month_total_get_month (item), budget_month_total_get_total (item));
    }

  return g_string_free (text, FALSE);
}

static void
assert_months (BudgetMonthTotals *months, const char *expected)
{
  g_autofree char *text = print_months (months);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_months_have_no_gap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetMonthTotals) months =
    budget_month_totals_new (fixture->base.book, fixture->filter);
  g_autoptr (ShadowList) shadow = shadow_list_new (G_LIST_MODEL (months));
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);
  g_autoptr (BudgetMonthTotal) november = g_list_model_get_item (G_LIST_MODEL (months), 0);
  g_autoptr (BudgetMonthTotal) still_november = NULL;
  g_autoptr (GDate) september = g_date_new_dmy (9, G_DATE_SEPTEMBER, 2026);
  g_autoptr (GError) error = NULL;

  assert_months (months, "2026-11 22125 ");
  g_assert_cmpstr (budget_month_total_get_label (november), ==, "November 2026");

  budget_expense_set_date (gas, september);
  assert_months (months, "2026-09 4500 2026-10 0 2026-11 17625 ");
  still_november = g_list_model_get_item (G_LIST_MODEL (months), 2);
  g_assert_true (november == still_november);

  budget_category_set_kind (fixture->base.transportation, BUDGET_CATEGORY_TRANSFER);
  budget_book_commit (fixture->base.book, NULL, &error);
  g_assert_no_error (error);
  assert_months (months, "2026-11 17625 ");

  budget_filter_set_user (fixture->filter, fixture->base.alice);
  assert_months (months, "2026-11 7125 ");

  budget_book_undo (fixture->base.book, NULL, &error);
  g_assert_no_error (error);
  assert_months (months, "2026-11 11625 ");
  shadow_list_check (shadow);
}

static void
test_one_wrong_date_does_not_add_a_thousand_months (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetMonthTotals) months =
    budget_month_totals_new (fixture->base.book, fixture->filter);
  g_autoptr (BudgetExpense) gas = book_fixture_get (&fixture->base, BOOK_FIXTURE_GAS);
  g_autoptr (GDate) slip = g_date_new_dmy (9, G_DATE_SEPTEMBER, 26);

  budget_expense_set_date (gas, slip);
  assert_months (months, "26-09 4500 2026-11 17625 ");
}

static void
set_up_big (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  book_fixture_set_up_big (&fixture->base, data);
  fixture->filter = budget_filter_new ();
  fixture->summary = budget_summary_new (fixture->base.book, fixture->filter);
  g_assert_true (budget_summary_get_loading (fixture->summary));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->summary)), ==, 0);
  g_assert_true (budget_summary_load (fixture->summary, &error));
  g_assert_no_error (error);
  g_assert_false (budget_summary_get_loading (fixture->summary));
  fixture->shadow = shadow_list_new (G_LIST_MODEL (fixture->summary));
}

/* One splice, because inserting thousands of categories one by one would be slow. */
static void
test_the_first_figures_come_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetSummary) summary = budget_summary_new (fixture->base.book, fixture->filter);
  g_autoptr (ShadowList) shadow = shadow_list_new (G_LIST_MODEL (summary));
  g_autofree char *changes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (summary)), ==, 0);
  g_assert_true (budget_summary_load (summary, &error));
  g_assert_no_error (error);

  changes = shadow_list_take_changes (shadow);
  g_assert_cmpstr (changes, ==, "0-0+3 ");
  shadow_list_check (shadow);
}

static void
wait_for_summary (Fixture *fixture)
{
  while (budget_summary_get_loading (fixture->summary))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_months (BudgetMonthTotals *months, const char *expected)
{
  g_autofree char *text = print_months (months);

  while (!g_str_equal (text, expected))
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (text);
      text = print_months (months);
    }
}

static void
test_figures_stay_until_there_are_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetMonthTotals) months =
    budget_month_totals_new (fixture->base.book, fixture->filter);
  int n_notified = 0;

  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1, Transportation 4500/1");
  wait_for_months (months, "2026-11 22125 ");

  g_signal_connect_swapped (fixture->summary, "notify::loading", G_CALLBACK (on_notify_count),
                            &n_notified);
  budget_filter_set_user (fixture->filter, fixture->base.alice);
  budget_filter_set_user (fixture->filter, fixture->base.bob);
  g_assert_true (budget_summary_get_loading (fixture->summary));
  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1, Transportation 4500/1");
  assert_months (months, "2026-11 22125 ");
  wait_for_summary (fixture);

  assert_summary (fixture, "Food 5500/2, Entertainment 5000/1");
  g_assert_cmpint (n_notified, ==, 2);
  wait_for_months (months, "2026-11 10500 ");
}

static void
test_figures_that_cannot_be_read_are_not_zero (Fixture *fixture, gconstpointer data)
{
  OrmConnection *connection = orm_session_get_connection (fixture->base.session);
  g_autoptr (GError) error = NULL;

  /* The table is hidden from the worker and from the book's own connection. */
  g_assert_true (orm_connection_begin (connection, &error));
  orm_connection_execute (connection, "ALTER TABLE expenses RENAME TO hidden", &error);
  g_assert_no_error (error);
  g_assert_true (orm_connection_commit (connection, &error));
  g_test_expect_message ("budget-model", G_LOG_LEVEL_MESSAGE, "The summary could not be read*");
  budget_filter_set_user (fixture->filter, fixture->base.alice);
  wait_for_summary (fixture);
  g_test_assert_expected_messages ();

  assert_summary (fixture, "Food 12625/4, Entertainment 5000/1, Transportation 4500/1");
  g_assert_false (budget_summary_load (fixture->summary, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_assert_true (orm_connection_begin (connection, &error));
  orm_connection_execute (connection, "ALTER TABLE hidden RENAME TO expenses", &error);
  g_assert_true (orm_connection_commit (connection, &error));
  g_assert_true (budget_summary_load (fixture->summary, &error));
  assert_summary (fixture, "Food 7125/2, Transportation 4500/1");
}

static void
test_the_filter_notifies_once (void)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (BudgetPeriod) november = budget_period_new_month (2026, 11);
  g_autoptr (BudgetPeriod) same = budget_period_new_month (2026, 11);
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autoptr (BudgetCategory) category = budget_category_new ();
  int n_notified = 0, n_changed = 0;

  g_signal_connect_swapped (filter, "notify", G_CALLBACK (on_notify_count), &n_notified);
  g_signal_connect_swapped (filter, "changed", G_CALLBACK (on_notify_count), &n_changed);

  budget_filter_set_period (filter, november);
  budget_filter_set_period (filter, same);
  budget_filter_set_user (filter, user);
  budget_filter_set_user (filter, user);
  budget_filter_set_category (filter, category);
  budget_filter_set_category (filter, category);
  budget_filter_set_search (filter, "tea");
  budget_filter_set_search (filter, " tea ");
  g_assert_cmpint (n_notified, ==, 4);
  g_assert_cmpint (n_changed, ==, 4);

  budget_filter_set_sort (filter, BUDGET_FILTER_COLUMN_AMOUNT, ORM_ASCENDING);
  budget_filter_set_sort (filter, BUDGET_FILTER_COLUMN_AMOUNT, ORM_ASCENDING);
  g_assert_cmpint (n_notified, ==, 6);
  g_assert_cmpint (n_changed, ==, 5);
}

static char *
list_descriptions (Fixture *fixture)
{
  g_autoptr (OrmQuery) query = budget_filter_build_query (fixture->filter, BUDGET_FILTER_LIST);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = orm_session_observe (fixture->base.session, query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (found, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                              budget_expense_get_description (expense));
    }

  return g_string_free (text, FALSE);
}

static void
assert_list (Fixture *fixture, const char *expected)
{
  g_autofree char *text = list_descriptions (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_the_list_is_searched_and_sorted (Fixture *fixture, gconstpointer data)
{
  assert_list (fixture, "Concert, Dinner, Lunch, Gas, Lunch, Groceries");

  budget_filter_set_sort (fixture->filter, BUDGET_FILTER_COLUMN_AMOUNT, ORM_DESCENDING);
  assert_list (fixture, "Groceries, Concert, Gas, Dinner, Lunch, Lunch");

  budget_filter_set_search (fixture->filter, "bob FOOD");
  assert_list (fixture, "Dinner, Lunch");

  budget_filter_set_sort (fixture->filter, BUDGET_FILTER_COLUMN_CATEGORY, ORM_ASCENDING);
  budget_filter_set_search (fixture->filter, NULL);
  assert_list (fixture, "Concert, Dinner, Lunch, Lunch, Groceries, Gas");

  budget_filter_set_category (fixture->filter, fixture->base.transportation);
  assert_list (fixture, "Gas");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/summary/the-first-figures-come-at-once", Fixture, NULL, set_up_big,
              test_the_first_figures_come_at_once, tear_down);
  g_test_add ("/summary/figures-stay-until-there-are-others", Fixture, NULL, set_up_big,
              test_figures_stay_until_there_are_others, tear_down);
  g_test_add ("/summary/figures-that-cannot-be-read-are-not-zero", Fixture, NULL, set_up_big,
              test_figures_that_cannot_be_read_are_not_zero, tear_down);
  add ("/summary/the-greatest-is-first", test_the_greatest_is_first);
  add ("/summary/an-edit-that-keeps-the-order-moves-nothing",
       test_an_edit_that_keeps_the_order_moves_nothing);
  add ("/summary/an-edit-that-changes-the-order-moves-one",
       test_an_edit_that_changes_the_order_moves_one);
  add ("/summary/equal-totals-are-in-the-order-of-names",
       test_equal_totals_are_in_the_order_of_names);
  add ("/summary/another-category-moves-the-sum", test_another_category_moves_the_sum);
  add ("/summary/a-color-change-notifies", test_a_color_change_notifies);
  add ("/summary/a-deletion-can-be-undone", test_a_deletion_can_be_undone);
  add ("/summary/a-deleted-category-leaves", test_a_deleted_category_leaves);
  add ("/summary/a-transfer-is-in-no-total", test_a_transfer_is_in_no_total);
  add ("/summary/income-stays-below-zero", test_income_stays_below_zero);
  add ("/summary/the-filter-is-followed", test_the_filter_is_followed);
  add ("/summary/a-date-leaves-the-period", test_a_date_leaves_the_period);
  add ("/summary/many-changes-keep-it-right", test_many_changes_keep_it_right);
  add ("/summary/months-have-no-gap", test_months_have_no_gap);
  add ("/summary/one-wrong-date-does-not-add-a-thousand-months",
       test_one_wrong_date_does_not_add_a_thousand_months);
  g_test_add_func ("/filter/the-filter-notifies-once", test_the_filter_notifies_once);
  add ("/filter/the-list-is-searched-and-sorted", test_the_list_is_searched_and_sorted);

  return g_test_run ();
}
