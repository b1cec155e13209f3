/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-line-reader.h"

#include <string.h>

/* Returns the lines with their numbers, each after a “|”; a shortened line has a “+”. */
static char *
dup_lines (const char *data, gsize size, gsize max_size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (BudgetLineReader) reader = { 0 };
  GString *lines = g_string_new (NULL);

  budget_line_reader_init (&reader, bytes, max_size);
  while (budget_line_reader_next (&reader))
    g_string_append_printf (lines, "|%u%s%s", reader.number, reader.text, reader.is_cut ? "+" : "");

  return g_string_free (lines, FALSE);
}

static void
check_lines (const char *data, gsize size, const char *expected)
{
  g_autofree char *lines = dup_lines (data, size, G_MAXSIZE);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_splits_at_any_end (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "a", "|1a+" },
    { "a\n", "|1a" },
    { "\n\nb", "|1|2|3b+" },
    { "a\r\nb\rc\nd", "|1a|2b|3c|4d+" },
    { "a\n\rb\r\n\r\n", "|1a|2|3b|4" },
    { "a\r", "|1a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_lines (cases[i][0], strlen (cases[i][0]), cases[i][1]);
}

static void
test_decodes (void)
{
  check_lines ("B\xc3\xa4r\n", 5, "|1Bär");
  check_lines ("\xef\xbb\xbf"
               "a\n",
               5, "|1a");
  check_lines ("B\xe4r\nB\xe4r", 7, "|1Bär|2Bär+");
  check_lines ("\xff\xfe"
               "a\0\r\0\n\0b\0",
               10, "|1a|2b+");
}

static void
test_blanks_controls (void)
{
  check_lines ("a\tb\0c\x7f\n", 7, "|1a b c ");
}

static void
test_shortens_lines_between_characters (void)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autoptr (GBytes) bytes = NULL;
  g_auto (BudgetLineReader) reader = { 0 };

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "ä");
  g_string_append (text, "\nb");

  bytes = g_bytes_new (text->str, text->len);
  budget_line_reader_init (&reader, bytes, G_MAXSIZE);
  g_assert_true (budget_line_reader_next (&reader));
  g_assert_cmpuint (strlen (reader.text), ==, 4095);
  g_assert_true (g_utf8_validate (reader.text, -1, NULL));
  g_assert_false (reader.is_cut);
  g_assert_true (budget_line_reader_next (&reader));
  g_assert_cmpstr (reader.text, ==, "b");
  g_assert_cmpuint (reader.number, ==, 2);
  g_assert_false (budget_line_reader_next (&reader));
}

static void
test_stops_at_the_maximum (void)
{
  g_autofree char *lines = dup_lines ("ab\ncd\n", 6, 4);

  g_assert_cmpstr (lines, ==, "|1ab|2c+");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-reader/splits-at-any-end", test_splits_at_any_end);
  g_test_add_func ("/line-reader/decodes", test_decodes);
  g_test_add_func ("/line-reader/blanks-controls", test_blanks_controls);
  g_test_add_func ("/line-reader/shortens-lines-between-characters",
                   test_shortens_lines_between_characters);
  g_test_add_func ("/line-reader/stops-at-the-maximum", test_stops_at_the_maximum);

  return g_test_run ();
}
