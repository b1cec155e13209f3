/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-text-encoding.h"

#include <string.h>

#define SAMPLE_SIZE (256 * 1024)

/* Where Windows-1252 differs from Latin-1; its five unassigned bytes are kept. */
static const guint16 windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

static const guint16 windows_1250[128] = {
  0x20ac, 0x0081, 0x201a, 0x0083, 0x201e, 0x2026, 0x2020, 0x2021, 0x0088, 0x2030, 0x0160, 0x2039,
  0x015a, 0x0164, 0x017d, 0x0179, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x0098, 0x2122, 0x0161, 0x203a, 0x015b, 0x0165, 0x017e, 0x017a, 0x00a0, 0x02c7, 0x02d8, 0x0141,
  0x00a4, 0x0104, 0x00a6, 0x00a7, 0x00a8, 0x00a9, 0x015e, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x017b,
  0x00b0, 0x00b1, 0x02db, 0x0142, 0x00b4, 0x00b5, 0x00b6, 0x00b7, 0x00b8, 0x0105, 0x015f, 0x00bb,
  0x013d, 0x02dd, 0x013e, 0x017c, 0x0154, 0x00c1, 0x00c2, 0x0102, 0x00c4, 0x0139, 0x0106, 0x00c7,
  0x010c, 0x00c9, 0x0118, 0x00cb, 0x011a, 0x00cd, 0x00ce, 0x010e, 0x0110, 0x0143, 0x0147, 0x00d3,
  0x00d4, 0x0150, 0x00d6, 0x00d7, 0x0158, 0x016e, 0x00da, 0x0170, 0x00dc, 0x00dd, 0x0162, 0x00df,
  0x0155, 0x00e1, 0x00e2, 0x0103, 0x00e4, 0x013a, 0x0107, 0x00e7, 0x010d, 0x00e9, 0x0119, 0x00eb,
  0x011b, 0x00ed, 0x00ee, 0x010f, 0x0111, 0x0144, 0x0148, 0x00f3, 0x00f4, 0x0151, 0x00f6, 0x00f7,
  0x0159, 0x016f, 0x00fa, 0x0171, 0x00fc, 0x00fd, 0x0163, 0x02d9,
};

static const char *const names[] = {
  [BUDGET_TEXT_ENCODING_UTF_8] = "UTF-8",
  [BUDGET_TEXT_ENCODING_UTF_16_LE] = "UTF-16LE",
  [BUDGET_TEXT_ENCODING_UTF_16_BE] = "UTF-16BE",
  [BUDGET_TEXT_ENCODING_WINDOWS_1252] = "Windows-1252",
  [BUDGET_TEXT_ENCODING_LATIN_1] = "ISO-8859-1",
  [BUDGET_TEXT_ENCODING_WINDOWS_1250] = "Windows-1250",
};

/* In plain text in UTF-16, half of the bytes are zero: all the high ones. */
static gboolean
looks_like_utf_16 (const guint8 *data, gsize size, gboolean big_endian)
{
  gsize n_zero = 0;
  gsize n_pairs = MIN (size, 8192) / 2;

  for (gsize i = 0; i < n_pairs; i++)
    {
      guint8 high = data[2 * i + (big_endian ? 0 : 1)];
      guint8 low = data[2 * i + (big_endian ? 1 : 0)];

      if (low == 0)
        return FALSE;

      n_zero += high == 0;
    }

  return n_pairs > 0 && n_zero * 10 > n_pairs * 7;
}

static gboolean
is_word (guint8 byte)
{
  return g_ascii_isalpha (byte) || byte >= 0xc0;
}

/*
 * Weighs one byte, by the letters next to it, as Central European (positive) or Western
 * (negative) text: ³ and ¹ do not occur in words, Italian has accents at the ends of
 * words, and Portuguese has õ only before e.
 */
static int
weigh_byte (guint8 byte, guint8 before, guint8 after)
{
  gboolean inside = is_word (before) && is_word (after);
  gboolean vowel = after != 0 && strchr ("aeiouAEIOU", after) != NULL;

  switch (byte)
    {
    case 0x9d:
    case 0x8d:
    case 0x8f:
      return 3;
    case 0xb9:
    case 0xb3:
    case 0xbf:
    case 0xa3:
    case 0x9f:
    case 0xaf:
      return is_word (before) || (is_word (after) && byte != 0xbf) ? 3 : 0;
    case 0x9a:
    case 0x9e:
    case 0x8a:
    case 0x8e:
      return is_word (before) || is_word (after) ? 2 : 0;
    case 0x9c:
      return after == 'u' ? -2 : 1;
    case 0xec:
    case 0xf2:
    case 0xf9:
      return inside ? 1 : -1;
    case 0xfd:
    case 0xef:
      return 1;
    case 0xf1:
      return vowel ? -2 : 1;
    case 0xf5:
      return after == 'e' ? -2 : 1;
    case 0xfb:
      return after == 't' ? -1 : 1;
    case 0xe6:
      return inside ? -1 : 1;
    case 0xe0:
    case 0xe5:
    case 0xc5:
      return -2;
    default:
      return 0;
    }
}

static BudgetTextEncoding
detect_single_byte (const guint8 *data, gsize size)
{
  gboolean has_hole = FALSE;
  int weight = 0;

  size = MIN (size, SAMPLE_SIZE);

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 0x80)
      {
        weight += weigh_byte (data[i], i > 0 ? data[i - 1] : 0, i + 1 < size ? data[i + 1] : 0);
        has_hole |= data[i] < 0xa0 && windows_1252[data[i] - 0x80] == data[i];
      }

  if (weight > 0)
    return BUDGET_TEXT_ENCODING_WINDOWS_1250;

  return has_hole ? BUDGET_TEXT_ENCODING_LATIN_1 : BUDGET_TEXT_ENCODING_WINDOWS_1252;
}

/* A file in UTF-8 may have a few invalid bytes. */
static gboolean
is_mostly_utf_8 (const char *data, gsize size)
{
  const char *end = data + MIN (size, SAMPLE_SIZE);
  gsize n_good = 0;
  gsize n_bad = 0;

  while (data < end)
    {
      gunichar c;

      if ((guint8) *data < 0x80)
        {
          data++;
          continue;
        }

      c = g_utf8_get_char_validated (data, end - data);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          n_bad++;
          data++;
        }
      else
        {
          n_good++;
          data = g_utf8_next_char (data);
        }
    }

  return n_good > 4 * n_bad;
}

static void
append_single_byte (GString *text, guint8 byte, BudgetTextEncoding encoding)
{
  gunichar c = byte;

  if (byte >= 0x80 && encoding == BUDGET_TEXT_ENCODING_WINDOWS_1250)
    c = windows_1250[byte - 0x80];
  else if (byte >= 0x80 && byte < 0xa0 && encoding != BUDGET_TEXT_ENCODING_LATIN_1)
    c = windows_1252[byte - 0x80];

  if (byte < 0x80)
    g_string_append_c (text, (char) byte);
  else
    g_string_append_unichar (text, c);
}

static void
append_utf_8 (GString *text, const char *data, gsize size)
{
  const char *end = data + size;

  while (data < end)
    {
      const char *bad;

      if (g_utf8_validate_len (data, (gsize) (end - data), &bad))
        {
          g_string_append_len (text, data, end - data);
          return;
        }

      g_string_append_len (text, data, bad - data);
      append_single_byte (text, (guint8) *bad, BUDGET_TEXT_ENCODING_WINDOWS_1252);
      data = bad + 1;
    }
}

static void
append_utf_16 (GString *text, const guint8 *data, gsize size, gboolean big_endian)
{
  gunichar high = 0;

  for (gsize i = 0; i + 1 < size; i += 2)
    {
      gunichar unit = big_endian ? (gunichar) (data[i] << 8 | data[i + 1])
                                 : (gunichar) (data[i + 1] << 8 | data[i]);

      if (high != 0 && (unit < 0xdc00 || unit > 0xdfff))
        g_string_append_unichar (text, 0xfffd);

      if (unit >= 0xd800 && unit <= 0xdbff)
        {
          high = unit;
          continue;
        }

      if (unit >= 0xdc00 && unit <= 0xdfff)
        unit = high != 0 ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd;

      high = 0;
      g_string_append_unichar (text, unit);
    }
}

/**
 * budget_text_encoding_get_name:
 * @encoding: an encoding
 *
 * Returns: its usual name
 */
const char *
budget_text_encoding_get_name (BudgetTextEncoding encoding)
{
  g_return_val_if_fail (encoding < G_N_ELEMENTS (names), NULL);

  return names[encoding];
}

/**
 * budget_text_encoding_from_name:
 * @name: a name, in any case
 * @encoding: (out): the encoding
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
budget_text_encoding_from_name (const char *name, BudgetTextEncoding *encoding)
{
  g_return_val_if_fail (name != NULL && encoding != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *encoding = (BudgetTextEncoding) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * budget_text_encoding_detect:
 * @bytes: the contents of the file
 *
 * Detects the encoding of a text file. The most likely one is returned even if not all
 * bytes are valid in it.
 *
 * Returns: the encoding
 */
BudgetTextEncoding
budget_text_encoding_detect (GBytes *bytes)
{
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, BUDGET_TEXT_ENCODING_UTF_8);

  data = g_bytes_get_data (bytes, &size);

  if (size >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return BUDGET_TEXT_ENCODING_UTF_16_LE;

  if (size >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return BUDGET_TEXT_ENCODING_UTF_16_BE;

  if (looks_like_utf_16 (data, size, TRUE))
    return BUDGET_TEXT_ENCODING_UTF_16_BE;

  if (looks_like_utf_16 (data, size, FALSE))
    return BUDGET_TEXT_ENCODING_UTF_16_LE;

  if (size == 0 || g_utf8_validate_len ((const char *) data, size, NULL) ||
      is_mostly_utf_8 ((const char *) data, size))
    return BUDGET_TEXT_ENCODING_UTF_8;

  return detect_single_byte (data, size);
}

/**
 * budget_text_encoding_decode:
 * @encoding: how @bytes are encoded
 * @bytes: the contents of the file
 *
 * Converts a text file to UTF-8, without a byte order mark. It never fails; invalid bytes
 * become the most likely characters.
 *
 * Returns: (transfer full): valid UTF-8, except that NUL characters are kept
 */
GBytes *
budget_text_encoding_decode (BudgetTextEncoding encoding, GBytes *bytes)
{
  gsize size;
  const guint8 *data;
  GString *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  text = g_string_sized_new (size + 1);

  if (encoding == BUDGET_TEXT_ENCODING_UTF_16_BE || encoding == BUDGET_TEXT_ENCODING_UTF_16_LE)
    append_utf_16 (text, data, size, encoding == BUDGET_TEXT_ENCODING_UTF_16_BE);
  else if (encoding == BUDGET_TEXT_ENCODING_UTF_8)
    append_utf_8 (text, (const char *) data, size);
  else
    for (gsize i = 0; i < size; i++)
      append_single_byte (text, data[i], encoding);

  if (g_str_has_prefix (text->str, "\xef\xbb\xbf"))
    g_string_erase (text, 0, 3);

  return g_string_free_to_bytes (text);
}
