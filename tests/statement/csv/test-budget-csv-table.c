/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-table.h"
#include "budget-error.h"

#include <string.h>

/* The whole table as text: cells between bars, each row with its line in front. */
static char *
dup_rows (BudgetCsvTable *table)
{
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < budget_csv_table_get_n_rows (table); i++)
    {
      const char *const *cells = budget_csv_table_get_cells (table, i);

      g_string_append_printf (rows, "%u:", budget_csv_table_get_line (table, i));

      for (guint j = 0; cells[j] != NULL; j++)
        g_string_append_printf (rows, "|%s", cells[j]);

      g_string_append_c (rows, ' ');
    }

  return g_string_free (rows, FALSE);
}

static BudgetCsvTable *
create_table (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return budget_csv_table_new (bytes);
}

/* As they are written. */
static void
assert_rows (const char *text, char delimiter, const char *expected)
{
  g_autoptr (BudgetCsvTable) table = create_table (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  budget_csv_table_parse_exactly (table, delimiter, NULL, &error);
  g_assert_no_error (error);
  rows = dup_rows (table);
  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_trimmed_rows (const char *text, char delimiter, const char *expected)
{
  g_autoptr (BudgetCsvTable) table = create_table (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, delimiter, NULL, &error);
  g_assert_no_error (error);
  rows = dup_rows (table);
  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GError) error = NULL;

  g_assert_false (budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ',', NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  g_assert_cmpuint (budget_csv_table_get_n_rows (table), ==, 0);
}

static void
test_plain_rows (void)
{
  assert_rows ("a,b\nc,d\n", ',', "1:|a|b 2:|c|d ");
  assert_rows ("a;b;\nc", ';', "1:|a|b| 2:|c ");
  assert_rows ("", ',', "");
  assert_rows ("\n\n\na,\n", ',', "4:|a| ");
  assert_rows ("\xef\xbb\xbf\"a\",b", ',', "1:|a|b ");
}

static void
test_every_line_end (void)
{
  assert_rows ("a,b\r\nc,d\r\n", ',', "1:|a|b 2:|c|d ");
  assert_rows ("a,b\rc,d\r\re", ',', "1:|a|b 2:|c|d 4:|e ");
  assert_trimmed_rows ("a,b\rc,d\r\ne\nf", ',', "1:|a|b 2:|c|d 3:|e 4:|f ");
}

static void
test_quotes (void)
{
  assert_rows ("\"a,b\",\"say \"\"hi\"\"\"\n", ',', "1:|a,b|say \"hi\" ");
  assert_rows ("\"a\nb\",c\nd", ',', "1:|a\nb|c 3:|d ");
  assert_trimmed_rows ("\"a\r\nb\",c\r\nd", ',', "1:|a\nb|c 3:|d ");
  assert_rows ("\"\",\"\"\n", ',', "1:|| ");
  assert_rows ("x, \"a\" ,b\n", ',', "1:|x|a|b ");
  assert_rows ("5\" pipe,b\n", ',', "1:|5\" pipe|b ");
  assert_rows ("\"the \"best\" one\",b\n", ',', "1:|the \"best\" one|b ");
}

static void
test_unbalanced_quote_spoils_its_own_line_alone (void)
{
  assert_rows ("1,\"5 pipe,x\n2,\"shop\",y\n3,z\n", ',', "1:|1|\"5 pipe|x 2:|2|shop|y 3:|3|z ");
  assert_rows ("1,\"open\n2,b\n3,c", ',', "1:|1|\"open 2:|2|b 3:|3|c ");
}

/* Lines within an unbalanced quote are read again, whatever line ends they have. */
static void
test_unbalanced_quotes_return_to_their_line (void)
{
  assert_rows ("\"\"\"\"x\"x=\"\"\n\"\"x\n\"==\"\ny\n", ',',
               "1:|\"\"\"\"x\"x=\"\" 2:|\"\"x 3:|== 4:|y ");
}

static void
test_cells_are_trimmed (void)
{
  assert_trimmed_rows (" a\t,\302\240b\302\240,\" c \"\n , \n", ',', "1:|a|b|c ");
  assert_trimmed_rows ("=\"0123\",'-5,'x\n", ',', "1:|0123|-5|'x ");
}

static void
test_what_a_program_wrote_is_kept (void)
{
  assert_rows ("\"a\r\nb\rc\", d\r\n,'-5\r\n\r\n", ',', "1:|a\r\nb\rc| d 3:||'-5 4:| ");
}

static void
test_many_rows (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "2024-01-01,\"two\r\nlines\",1.00\r\n");

  table = create_table (text->str);
  budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ',', NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (budget_csv_table_get_n_rows (table), ==, 20000);
  g_assert_cmpuint (budget_csv_table_get_n_columns (table), ==, 3);

  for (guint i = 0; i < 20000; i++)
    {
      g_assert_cmpuint (budget_csv_table_get_line (table, i), ==, 2 * i + 1);
      g_assert_cmpstr (budget_csv_table_get_cell (table, i, 1), ==, "two\nlines");
      g_assert_cmpstr (budget_csv_table_get_cell (table, i, 3), ==, "");
    }
}

static void
test_a_sample_ends_early (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\nc,d\ne,\0\n", 12);
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (BudgetCsvTable) sample =
    budget_csv_table_new_sample (table, BUDGET_TEXT_ENCODING_UTF_8, ',', 2);
  g_autofree char *rows = dup_rows (sample);

  g_assert_cmpstr (rows, ==, "1:|a|b 2:|c|d ");
  g_assert_cmpuint (budget_csv_table_get_n_rows (table), ==, 0);
}

/* The cells of a table may be read more than once. */
static void
test_a_table_is_parsed_once (void)
{
  g_autoptr (BudgetCsvTable) table = create_table ("Caf\xe9,1;5\n");
  const char *const *cells;

  g_assert_true (budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_LATIN_1, ',', NULL, NULL));
  cells = budget_csv_table_get_cells (table, 0);
  g_assert_true (budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_LATIN_1, ',', NULL, NULL));
  g_assert_true (budget_csv_table_get_cells (table, 0) == cells);
  g_assert_cmpstr (cells[0], ==, "Café");

  g_assert_true (budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_LATIN_1, ';', NULL, NULL));
  g_assert_cmpstr (budget_csv_table_get_cell (table, 0, 0), ==, "Café,1");
  g_assert_true (
    budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_WINDOWS_1250, ';', NULL, NULL));
  g_assert_cmpstr (budget_csv_table_get_cell (table, 0, 1), ==, "5");
}

static void
test_a_copy_keeps_its_rows (void)
{
  g_autoptr (BudgetCsvTable) table = create_table ("a,b;c\n");
  g_autoptr (BudgetCsvTable) copy = NULL;
  const char *const *cells;

  budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ',', NULL, NULL);
  cells = budget_csv_table_get_cells (table, 0);
  copy = budget_csv_table_dup (table);
  budget_csv_table_parse (copy, BUDGET_TEXT_ENCODING_UTF_8, ',', NULL, NULL);
  g_assert_true (budget_csv_table_get_cells (copy, 0) == cells);

  budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ';', NULL, NULL);
  g_assert_cmpstr (budget_csv_table_get_cell (table, 0, 0), ==, "a,b");
  g_assert_cmpstr (cells[1], ==, "b;c");
}

static void
test_endless_line_is_refused (void)
{
  gsize size = 100 * 1024 * 1024;
  char *text = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  memset (text, 'x', size);
  bytes = g_bytes_new_take (text, size);
  assert_refused (bytes);
}

static void
test_binary_is_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\nc,\0d\n", 9);

  assert_refused (bytes);
}

static void
test_cancelling_stops (void)
{
  g_autoptr (BudgetCsvTable) table = create_table ("a,b\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
    budget_csv_table_parse (table, BUDGET_TEXT_ENCODING_UTF_8, ',', cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-table/plain-rows", test_plain_rows);
  g_test_add_func ("/csv-table/every-line-end", test_every_line_end);
  g_test_add_func ("/csv-table/quotes", test_quotes);
  g_test_add_func ("/csv-table/unbalanced-quote", test_unbalanced_quote_spoils_its_own_line_alone);
  g_test_add_func ("/csv-table/quotes-return-to-their-line",
                   test_unbalanced_quotes_return_to_their_line);
  g_test_add_func ("/csv-table/cells-are-trimmed", test_cells_are_trimmed);
  g_test_add_func ("/csv-table/what-a-program-wrote-is-kept", test_what_a_program_wrote_is_kept);
  g_test_add_func ("/csv-table/many-rows", test_many_rows);
  g_test_add_func ("/csv-table/a-sample-ends-early", test_a_sample_ends_early);
  g_test_add_func ("/csv-table/a-table-is-parsed-once", test_a_table_is_parsed_once);
  g_test_add_func ("/csv-table/a-copy-keeps-its-rows", test_a_copy_keeps_its_rows);
  g_test_add_func ("/csv-table/endless-line-is-refused", test_endless_line_is_refused);
  g_test_add_func ("/csv-table/binary-is-refused", test_binary_is_refused);
  g_test_add_func ("/csv-table/cancelling-stops", test_cancelling_stops);

  return g_test_run ();
}
