/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-columns-private.h"

#include <string.h>

static BudgetCsvTable *
create_table (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  BudgetCsvTable *table = budget_csv_table_new (bytes);

  g_assert_true (budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ';', NULL, NULL));
  return table;
}

static void
test_kinds_of_columns (void)
{
  g_autoptr (BudgetCsvTable) table = create_table ("Day;What;;Sum;In;How;Way\n"
                                                   "2026-12-01;Tea;;-3,00;EUR;booked;D\n"
                                                   "2026-12-02;Cake;;0,00;EUR;pending;C\n");
  BudgetCsvColumns columns;

  _budget_csv_columns_init (&columns, table, 1);
  g_assert_cmpuint (columns.n_transactions, ==, 2);
  g_assert_true (_budget_csv_column_is_date (&columns.counts[0]));
  g_assert_false (_budget_csv_column_is_text (&columns.counts[0]));
  g_assert_true (_budget_csv_column_is_text (&columns.counts[1]));
  g_assert_true (_budget_csv_column_is_empty (&columns.counts[2]));
  g_assert_true (_budget_csv_column_is_numeric (&columns.counts[3]));
  g_assert_cmpuint (columns.counts[3].n_negative, ==, 1);
  g_assert_cmpuint (columns.counts[3].n_zero, ==, 1);
  g_assert_true (_budget_csv_column_is_currency (&columns.counts[4]));
  g_assert_true (_budget_csv_column_is_status (&columns.counts[5]));
  g_assert_true (_budget_csv_column_is_direction (&columns.counts[6]));
  _budget_csv_columns_clear (&columns);
}

static void
assert_decimal (const char *text, char expected, gboolean expected_sure)
{
  g_autoptr (BudgetCsvTable) table = create_table (text);
  BudgetCsvColumns columns;
  gboolean sure;

  _budget_csv_columns_init (&columns, table, 0);
  g_assert_cmpint (_budget_csv_columns_find_decimal (&columns, &sure), ==, expected);
  g_assert_cmpint (sure, ==, expected_sure);
  _budget_csv_columns_clear (&columns);
}

static void
test_decimal_marks (void)
{
  assert_decimal ("a;1,50\nb;1.234\n", ',', TRUE);
  assert_decimal ("a;1.50\nb;1,234\n", '.', TRUE);
  assert_decimal ("a;12\nb;15\n", ',', TRUE);

  /* Three digits are a group of thousands, except in a currency with three decimals. */
  assert_decimal ("a;1.234\nb;5.678\n", ',', FALSE);
  assert_decimal ("a;1,234 KWD\nb;5,678 KWD\n", ',', FALSE);
}

static void
assert_order (const char *text, BudgetDateOrder expected, gboolean expected_doubt)
{
  g_autoptr (BudgetCsvTable) table = create_table (text);
  gboolean is_doubtful;

  g_assert_cmpint (_budget_csv_columns_find_date_order (table, 0, 0, &is_doubtful), ==, expected);
  g_assert_cmpint (is_doubtful, ==, expected_doubt);
}

static void
test_date_orders (void)
{
  assert_order ("13/04/2024\n03/04/2024\n", BUDGET_DATE_ORDER_DMY, FALSE);
  assert_order ("04/13/2024\n03/04/2024\n", BUDGET_DATE_ORDER_MDY, FALSE);
  assert_order ("2024-04-13\n", BUDGET_DATE_ORDER_YMD, FALSE);
  assert_order ("03/04/2024\n", BUDGET_DATE_ORDER_DMY, TRUE);
  assert_order ("04/04/2024\n", BUDGET_DATE_ORDER_DMY, FALSE);

  /* Banks sort by date. */
  assert_order ("01/11/2024\n01/12/2024\n02/01/2024\n02/02/2024\n03/01/2024\n",
                BUDGET_DATE_ORDER_MDY, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-columns/kinds", test_kinds_of_columns);
  g_test_add_func ("/csv-columns/decimal-marks", test_decimal_marks);
  g_test_add_func ("/csv-columns/date-orders", test_date_orders);

  return g_test_run ();
}
