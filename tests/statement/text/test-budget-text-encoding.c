/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-text-encoding.h"

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

  g_test_add_func ("/text-encoding/encodings", test_encodings);
  g_test_add_func ("/text-encoding/single-byte-encodings", test_single_byte_encodings);

  return g_test_run ();
}
