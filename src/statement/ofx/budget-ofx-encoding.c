/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-ofx-tokenizer.h"
#include "budget-text-encoding.h"

#include <string.h>

/*
 * Which encoding a file of Open Financial Exchange has. Headers are copied
 * from bank to bank, so what they say counts only for bytes that are not
 * UTF-8 anyway.
 */

#define LONGEST_HEADER 2048

/* Finds what stands behind @key, as in "CHARSET:1252" or encoding="UTF-8". */
static char *
dup_value (const char *header, const char *key)
{
  const char *at = strstr (header, key);
  gsize length;

  if (at == NULL)
    return NULL;

  at += strlen (key);
  at += strspn (at, " \t:=>\"'");
  length = strcspn (at, " \t\r\n<>\"'?:");

  return length > 0 ? g_strndup (at, length) : NULL;
}

/* A header's names for what iconv knows under other ones. */
static char *
dup_charset (const char *header)
{
  g_autofree char *charset = dup_value (header, "CHARSET");

  if (charset == NULL || g_str_equal (charset, "NONE"))
    {
      g_free (charset);
      charset = dup_value (header, "ENCODING");
    }

  if (charset == NULL)
    return NULL;

  if (g_str_has_prefix (charset, "8859-"))
    return g_strconcat ("ISO-", charset, NULL);

  if (strlen (charset) == 4 && g_str_has_prefix (charset, "125"))
    return g_strconcat ("WINDOWS-", charset, NULL);

  return g_steal_pointer (&charset);
}

/*
 * _budget_ofx_decode:
 * @bytes: what is in the file
 *
 * Returns: (transfer full): the same in valid UTF-8, without a byte order mark
 */
GBytes *
_budget_ofx_decode (GBytes *bytes)
{
  BudgetTextEncoding encoding = budget_text_encoding_detect (bytes);
  g_autofree char *header = NULL;
  g_autofree char *charset = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text;
  gsize length;

  if (encoding == BUDGET_TEXT_ENCODING_UTF_8 || encoding == BUDGET_TEXT_ENCODING_UTF_16_LE ||
      encoding == BUDGET_TEXT_ENCODING_UTF_16_BE)
    return budget_text_encoding_decode (encoding, bytes);

  header = g_ascii_strup (data, (gssize) MIN (size, LONGEST_HEADER));
  charset = dup_charset (header);

  if (charset == NULL || g_str_equal (charset, "USASCII") || g_str_equal (charset, "UNICODE") ||
      g_str_has_prefix (charset, "UTF"))
    return budget_text_encoding_decode (encoding, bytes);

  /* Who says Latin-1 and means it has no use for what Windows put into its gap. */
  if (g_str_equal (charset, "ISO-8859-1") || g_str_equal (charset, "WINDOWS-1252"))
    return budget_text_encoding_decode (BUDGET_TEXT_ENCODING_WINDOWS_1252, bytes);

  text = g_convert (data, (gssize) size, "UTF-8", charset, NULL, &length, NULL);
  if (text == NULL)
    return budget_text_encoding_decode (encoding, bytes);

  return g_bytes_new_take (text, length);
}
