/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-private.h"

#include <string.h>

/*
 * Remittance texts with keywords. The German ones are those of the agreement
 * on remote data transmission (DFÜ-Abkommen, annex 3, field 86 of MT940), such
 * as "EREF+123 SVWZ+Rent"; the Dutch ones stand between slashes, such as
 * "/TRTP/SEPA OVERBOEKING/NAME/Baker/REMI/Bread".
 */

typedef enum
{
  KEY_NONE,
  KEY_NUMBER,
  KEY_NAME,
  KEY_PURPOSE
} Key;

typedef struct
{
  const char *name;
  Key key;
} Keyword;

static const Keyword german[] = {
  { "EREF", KEY_NUMBER }, { "KREF", KEY_NUMBER }, { "MREF", KEY_NUMBER }, { "CRED", KEY_NUMBER },
  { "DEBT", KEY_NUMBER }, { "BREF", KEY_NUMBER }, { "RREF", KEY_NUMBER }, { "COAM", KEY_NUMBER },
  { "OAMT", KEY_NUMBER }, { "PURP", KEY_NUMBER }, { "IBAN", KEY_NUMBER }, { "BIC", KEY_NUMBER },
  { "MDAT", KEY_NUMBER }, { "RTRN", KEY_NUMBER }, { "SVCL", KEY_NUMBER }, { "ABWA", KEY_NAME },
  { "ABWE", KEY_NAME },   { "ULTC", KEY_NAME },   { "ULTD", KEY_NAME },   { "SVWZ", KEY_PURPOSE },
};

static const Keyword dutch[] = {
  { "TRTP", KEY_NUMBER }, { "IBAN", KEY_NUMBER },  { "BIC", KEY_NUMBER },  { "EREF", KEY_NUMBER },
  { "MARF", KEY_NUMBER }, { "CSID", KEY_NUMBER },  { "ORDP", KEY_NUMBER }, { "BENM", KEY_NUMBER },
  { "ISDT", KEY_NUMBER }, { "PREF", KEY_NUMBER },  { "ADDR", KEY_NUMBER }, { "CNTP", KEY_NUMBER },
  { "RTRN", KEY_NUMBER }, { "PURP", KEY_NUMBER },  { "SVCL", KEY_NUMBER }, { "TRCD", KEY_NUMBER },
  { "ID", KEY_NUMBER },   { "NRTX", KEY_NUMBER },  { "ULTB", KEY_NUMBER }, { "ULTD", KEY_NUMBER },
  { "NAME", KEY_NAME },   { "REMI", KEY_PURPOSE }, { "CD", KEY_NUMBER },   { "ISSR", KEY_NUMBER },
};

static gboolean
is_mark (char c)
{
  return c == '+' || c == ':';
}

/* Whether @at is a keyword of three or four letters with its mark; @length is of both. */
static Key
match_keyword (const char *text, const char *at, gsize *length)
{
  gboolean is_first = at == text || at[-1] == ' ' || at[-1] == '\n';

  if (strnlen (at, 5) < 4 || (!is_mark (at[3]) && !is_mark (at[4])))
    return KEY_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (german); i++)
    {
      gsize n = strlen (german[i].name);

      if (strncmp (at, german[i].name, n) == 0 && (at[n] == '+' || (at[n] == ':' && is_first)))
        {
          *length = n + 1;
          return german[i].key;
        }
    }

  return KEY_NONE;
}

static Key
match_slashes (const char *at, gsize *length)
{
  for (gsize i = 0; *at == '/' && i < G_N_ELEMENTS (dutch); i++)
    {
      gsize n = strlen (dutch[i].name);

      if (strncmp (at + 1, dutch[i].name, n) == 0 && at[n + 1] == '/')
        {
          *length = n + 2;
          return dutch[i].key;
        }
    }

  return KEY_NONE;
}

static void
append_part (GString *out, const char *start, const char *end)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_len (out, start, end - start);
}

/*
 * Returns: (transfer full) (nullable): what the text says without its keywords
 *   and their numbers, %NULL if it has no keywords or says nothing else
 */
char *
_budget_description_dup_purpose (const char *text)
{
  g_autoptr (GString) purpose = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean has_slashes = text[0] == '/' && g_ascii_isupper (text[1]);
  gboolean has_keys = FALSE;
  Key key = KEY_PURPOSE;
  const char *start = text;

  if (!has_slashes && strpbrk (text, "+:") == NULL)
    return NULL;

  for (const char *at = text;; at++)
    {
      gsize length = 0;
      Key next = *at == '\0'             ? KEY_NONE
                 : has_slashes           ? match_slashes (at, &length)
                 : g_ascii_isupper (*at) ? match_keyword (text, at, &length)
                                         : KEY_NONE;

      if (next == KEY_NONE && *at != '\0')
        continue;

      if (at > start && key != KEY_NUMBER)
        append_part (key == KEY_NAME ? names : purpose, start, at);
      if (*at == '\0')
        break;

      has_keys = TRUE;
      key = next;
      start = at + length;
      at = start - 1;
    }

  if (!has_keys)
    return NULL;

  /* A German name is of who stands behind the payee, a Dutch one is the payee's. */
  if (has_slashes || purpose->len == 0)
    {
      append_part (names, purpose->str, purpose->str + purpose->len);
      return g_strdup (names->str);
    }

  return g_strdup (purpose->str);
}
