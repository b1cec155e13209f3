/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-series.h"
#include "test-part.h"

/* None of this opens a display. */

static void
on_changed (BudgetChartSeries *series, int *n_changed)
{
  (*n_changed)++;
}

static BudgetChartSeries *
create_series (GListStore *store)
{
  BudgetChartSeries *series = budget_chart_series_new ();
  g_autoptr (GtkExpression) value = gtk_property_expression_new (TEST_TYPE_PART, NULL, "sum");
  g_autoptr (GtkExpression) label = gtk_property_expression_new (TEST_TYPE_PART, NULL, "name");
  g_autoptr (GtkExpression) color = gtk_property_expression_new (TEST_TYPE_PART, NULL, "color");

  budget_chart_series_set_value_expression (series, value);
  budget_chart_series_set_label_expression (series, label);
  budget_chart_series_set_color_expression (series, color);
  budget_chart_series_set_model (series, G_LIST_MODEL (store));

  return series;
}

static GListStore *
create_store (void)
{
  GListStore *store = g_list_store_new (TEST_TYPE_PART);
  g_autoptr (TestPart) food = test_part_new ("Food", "#FF0000", 7500);
  g_autoptr (TestPart) rent = test_part_new ("Rent", "#0000FF", 2500);

  g_list_store_append (store, food);
  g_list_store_append (store, rent);

  return store;
}

static void
test_reads_items_through_expressions (void)
{
  g_autoptr (GListStore) store = create_store ();
  g_autoptr (BudgetChartSeries) series = create_series (store);
  const GdkRGBA red = { 1, 0, 0, 1 };

  g_assert_cmpuint (budget_chart_series_get_n_items (series), ==, 2);
  g_assert_cmpint (budget_chart_series_get_value (series, 0), ==, 7500);
  g_assert_cmpstr (budget_chart_series_get_label (series, 1), ==, "Rent");
  g_assert_true (gdk_rgba_equal (budget_chart_series_get_color (series, 0), &red));
}

static void
test_follows_items_and_list (void)
{
  g_autoptr (GListStore) store = create_store ();
  g_autoptr (BudgetChartSeries) series = create_series (store);
  g_autoptr (TestPart) food = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_autoptr (TestPart) more = test_part_new ("Clothes", NULL, 10);
  int n_changed = 0;

  g_signal_connect (series, "changed", G_CALLBACK (on_changed), &n_changed);

  test_part_set_sum (food, 8000);
  g_assert_cmpint (budget_chart_series_get_value (series, 0), ==, 8000);
  g_assert_cmpint (n_changed, ==, 1);

  test_part_set_sum (food, 8000);
  g_assert_cmpint (n_changed, ==, 1);

  g_list_store_insert (store, 0, more);
  g_assert_cmpint (n_changed, ==, 2);
  g_assert_cmpstr (budget_chart_series_get_label (series, 1), ==, "Food");
  g_assert_cmpuint (budget_chart_series_find (series, food), ==, 1);

  g_object_set (food, "name", "Groceries", NULL);
  g_assert_cmpint (n_changed, ==, 3);
  g_assert_cmpstr (budget_chart_series_get_label (series, 1), ==, "Groceries");

  g_list_store_remove_all (store);
  g_assert_cmpint (n_changed, ==, 4);
  g_assert_cmpuint (budget_chart_series_get_n_items (series), ==, 0);

  test_part_set_sum (food, 1);
  g_assert_cmpint (n_changed, ==, 4);
}

static void
test_strange_items_are_borne (void)
{
  g_autoptr (GListStore) store = g_list_store_new (TEST_TYPE_PART);
  g_autoptr (TestPart) strange = test_part_new (NULL, "no colour", 5);
  g_autoptr (BudgetChartSeries) series = create_series (store);

  g_list_store_append (store, strange);
  g_list_store_append (store, strange);

  g_assert_cmpstr (budget_chart_series_get_label (series, 0), ==, "");
  g_assert_false (gdk_rgba_equal (budget_chart_series_get_color (series, 0),
                                  budget_chart_series_get_color (series, 1)));
}

static void
test_lets_go_of_everything (void)
{
  GListStore *store = create_store ();
  g_autoptr (TestPart) food = g_list_model_get_item (G_LIST_MODEL (store), 0);
  BudgetChartSeries *series = create_series (store);

  g_assert_finalize_object (series);
  test_part_set_sum (food, 1);
  g_assert_finalize_object (store);
  g_assert_finalize_object (g_steal_pointer (&food));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-series/reads-items", test_reads_items_through_expressions);
  g_test_add_func ("/chart-series/follows", test_follows_items_and_list);
  g_test_add_func ("/chart-series/strange-items", test_strange_items_are_borne);
  g_test_add_func ("/chart-series/lets-go", test_lets_go_of_everything);

  return g_test_run ();
}
