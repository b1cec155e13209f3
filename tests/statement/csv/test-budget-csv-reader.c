/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-reader.h"
#include "budget-error.h"
#include "budget-text-encoding.h"

#include <string.h>

/* The whole table as text: fields between bars, each row with its line in front. */
static char *
read_all_bytes (GBytes *bytes, char delimiter, GError **error)
{
  g_autoptr (BudgetCsvReader) reader = budget_csv_reader_new_for_bytes (bytes, delimiter);
  g_autoptr (GError) local_error = NULL;
  GString *rows = g_string_new (NULL);

  while (budget_csv_reader_next (reader, NULL, &local_error))
    {
      g_string_append_printf (rows, "%u:", budget_csv_reader_get_line (reader));

      for (guint i = 0; i < budget_csv_reader_get_n_fields (reader); i++)
        g_string_append_printf (rows, "|%s", budget_csv_reader_get_field (reader, i));

      g_string_append_c (rows, ' ');
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_string_free (rows, FALSE);
}

static void
assert_rows (const char *text, char delimiter, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_all_bytes (bytes, delimiter, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
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
}

static void
test_quotes (void)
{
  assert_rows ("\"a,b\",\"say \"\"hi\"\"\"\n", ',', "1:|a,b|say \"hi\" ");
  assert_rows ("\"a\nb\",c\nd", ',', "1:|a\nb|c 3:|d ");
  assert_rows ("\"a\r\nb\",c\r\nd", ',', "1:|a\nb|c 3:|d ");
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

static void
test_streams_in_small_pieces (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (BudgetCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "2024-01-01,\"two\r\nlines\",1.00\r\n");

  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  reader = budget_csv_reader_new (stream, ',');

  while (budget_csv_reader_next (reader, NULL, &error))
    {
      g_assert_cmpuint (budget_csv_reader_get_n_fields (reader), ==, 3);
      g_assert_cmpstr (budget_csv_reader_get_field (reader, 1), ==, "two\nlines");
      g_assert_cmpuint (budget_csv_reader_get_line (reader), ==, 2 * n_rows + 1);
      n_rows++;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 20000);
}

static void
test_endless_line_is_refused (void)
{
  gsize size = 100 * 1024 * 1024;
  char *text = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  memset (text, 'x', size);
  bytes = g_bytes_new_take (text, size);
  rows = read_all_bytes (bytes, ',', &error);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
}

static void
test_binary_is_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\nc,\0d\n", 9);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_all_bytes (bytes, ',', &error);

  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
}

static void
test_cancelling_stops (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\n", 4);
  g_autoptr (BudgetCsvReader) reader = budget_csv_reader_new_for_bytes (bytes, ',');
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (budget_csv_reader_next (reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_decoded (const char *data, gsize size, BudgetTextEncoding encoding, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GBytes) text = NULL;
  g_autofree char *copy = NULL;
  gsize length;

  g_assert_cmpstr (budget_text_encoding_get_name (budget_text_encoding_detect (bytes)), ==,
                   budget_text_encoding_get_name (encoding));
  text = budget_text_encoding_decode (encoding, bytes);
  copy = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  length = g_bytes_get_size (text);
  g_assert_true (g_utf8_validate_len (copy, length, NULL));
  g_assert_cmpstr (copy, ==, expected);
}

#define ASSERT_DECODED(data, encoding, expected)                                                   \
  assert_decoded (data, sizeof (data) - 1, BUDGET_TEXT_ENCODING_##encoding, expected)

static void
test_encodings (void)
{
  ASSERT_DECODED ("Stra\303\237e", UTF_8, "Straße");
  ASSERT_DECODED ("\357\273\277Stra\303\237e", UTF_8, "Straße");
  ASSERT_DECODED ("\377\376a\0\344\0", UTF_16_LE, "aä");
  ASSERT_DECODED ("\376\377\0a\0\344", UTF_16_BE, "aä");
  ASSERT_DECODED ("a\0b\0c\0,\0d\0", UTF_16_LE, "abc,d");
  ASSERT_DECODED ("\0a\0b\0c\0,\0d", UTF_16_BE, "abc,d");
  ASSERT_DECODED ("", UTF_8, "");
}

static void
test_single_byte_encodings (void)
{
  ASSERT_DECODED ("Geb\374hr f\374r \334berweisung \200", WINDOWS_1252, "Gebühr für Überweisung €");
  ASSERT_DECODED ("R\350glement caf\351 cr\351dit", WINDOWS_1252, "Règlement café crédit");
  ASSERT_DECODED ("Bel\370b \345r", WINDOWS_1252, "Beløb år");
  ASSERT_DECODED ("descri\347\343o transa\347\365es", WINDOWS_1252, "descrição transações");
  ASSERT_DECODED ("P\263atno\234\346 kart\271", WINDOWS_1250, "Płatność kartą");
  ASSERT_DECODED ("\350\341stka za\372\350tov\341n\355 m\354na \232ek", WINDOWS_1250,
                  "částka zaúčtování měna šek");
  ASSERT_DECODED ("k\366lts\351g v\341s\341rl\341s el\365z\365", WINDOWS_1250,
                  "költség vásárlás előző");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/plain-rows", test_plain_rows);
  g_test_add_func ("/csv-reader/every-line-end", test_every_line_end);
  g_test_add_func ("/csv-reader/quotes", test_quotes);
  g_test_add_func ("/csv-reader/unbalanced-quote", test_unbalanced_quote_spoils_its_own_line_alone);
  g_test_add_func ("/csv-reader/streams", test_streams_in_small_pieces);
  g_test_add_func ("/csv-reader/endless-line-is-refused", test_endless_line_is_refused);
  g_test_add_func ("/csv-reader/binary-is-refused", test_binary_is_refused);
  g_test_add_func ("/csv-reader/cancelling-stops", test_cancelling_stops);
  g_test_add_func ("/text-encoding/encodings", test_encodings);
  g_test_add_func ("/text-encoding/single-byte-encodings", test_single_byte_encodings);

  return g_test_run ();
}
