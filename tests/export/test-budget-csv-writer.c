/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"
#include "budget-csv-layout.h"
#include "budget-csv-writer.h"

#include <string.h>

static GBytes *
write_row (const char *const *cells)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (BudgetCsvWriter) writer = budget_csv_writer_new (stream);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; cells[i] != NULL; i++)
    budget_csv_writer_add_text (writer, cells[i]);

  g_assert_true (budget_csv_writer_end_row (writer, NULL, &error));
  g_assert_true (budget_csv_writer_close (writer, NULL, &error));
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
assert_written (const char *cell, const char *expected)
{
  const char *cells[] = { cell, "x", NULL };
  g_autoptr (GBytes) bytes = write_row (cells);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_quotes_where_it_has_to (void)
{
  assert_written ("plain", "plain,x\r\n");
  assert_written ("", ",x\r\n");
  assert_written ("a,b", "\"a,b\",x\r\n");
  assert_written ("a;b", "\"a;b\",x\r\n");
  assert_written ("say \"hi\"", "\"say \"\"hi\"\"\",x\r\n");
  assert_written ("two\nlines", "\"two\nlines\",x\r\n");
  assert_written (" blank ", "\" blank \",x\r\n");
}

static void
test_formulas_are_quoted (void)
{
  assert_written ("=1+1", "\"'=1+1\",x\r\n");
  assert_written ("+49 30", "\"'+49 30\",x\r\n");
  assert_written ("-minus", "\"'-minus\",x\r\n");
  assert_written ("@SUM(A1)", "\"'@SUM(A1)\",x\r\n");
  assert_written ("\ttab", "\"'\ttab\",x\r\n");
}

static void
test_the_guard_can_be_removed (void)
{
  static const char *const texts[] = { "=x", "'=x", "''=x", "it's", "'quoted'", "-5", "plain", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *cells[] = { texts[i], "x", NULL };
      g_autoptr (GBytes) bytes = write_row (cells);
      g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
      g_autoptr (GError) error = NULL;
      const char *cell;

      g_assert_true (budget_csv_table_parse_exactly (table, ',', NULL, &error));
      g_assert_no_error (error);
      cell = budget_csv_table_get_cell (table, 0, 0);
      g_assert_false (*cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL);
      g_assert_cmpstr (budget_csv_unguard (cell), ==, texts[i]);
    }
}

static void
test_amounts_and_days_stay_what_they_are (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (BudgetCsvWriter) writer = budget_csv_writer_new (stream);
  g_autoptr (GDate) date = g_date_new_dmy (2, G_DATE_MARCH, 2026);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  budget_csv_writer_add_date (writer, date);
  budget_csv_writer_add_amount (writer, -1250, 2);
  budget_csv_writer_add_text (writer, NULL);
  g_assert_true (budget_csv_writer_end_row (writer, NULL, &error));
  g_assert_true (budget_csv_writer_close (writer, NULL, &error));

  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==, "2026-03-02,-12.50,\r\n");
}

static void
test_what_was_written_is_read_back (void)
{
  static const char *const descriptions[] = { "=HYPERLINK(\"x\")", "two, \"words\"", "-", "@home" };
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (BudgetCsvWriter) writer = budget_csv_writer_new (stream);
  g_autoptr (GDate) date = g_date_new_dmy (2, G_DATE_MARCH, 2026);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  g_autoptr (BudgetStatement) statement = NULL;

  budget_csv_writer_add_text (writer, "Date");
  budget_csv_writer_add_text (writer, "Description");
  budget_csv_writer_add_text (writer, "Category");
  budget_csv_writer_add_text (writer, "Spent");
  budget_csv_writer_end_row (writer, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (descriptions); i++)
    {
      budget_csv_writer_add_date (writer, date);
      budget_csv_writer_add_text (writer, descriptions[i]);
      budget_csv_writer_add_text (writer, "Food");
      budget_csv_writer_add_amount (writer, i == 0 ? -100 : 1250, 2);
      budget_csv_writer_end_row (writer, NULL, NULL);
    }

  budget_csv_writer_close (writer, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  table = budget_csv_table_new (bytes);
  layout = budget_csv_layout_detect (table, &error);
  g_assert_no_error (error);
  statement = budget_csv_layout_read (layout, table, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, G_N_ELEMENTS (descriptions));
  g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      g_assert_cmpstr (row->description, ==, descriptions[i]);
      g_assert_cmpstr (row->category, ==, "Food");
      g_assert_cmpint (row->amount, ==, i == 0 ? 100 : -1250);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-writer/quotes-where-it-has-to", test_quotes_where_it_has_to);
  g_test_add_func ("/csv-writer/formulas-are-quoted", test_formulas_are_quoted);
  g_test_add_func ("/csv-writer/the-guard-can-be-removed", test_the_guard_can_be_removed);
  g_test_add_func ("/csv-writer/amounts-and-days", test_amounts_and_days_stay_what_they_are);
  g_test_add_func ("/csv-writer/read-back", test_what_was_written_is_read_back);

  return g_test_run ();
}
