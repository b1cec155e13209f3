/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-text-fold.h"

static const char *
plain_letter (gunichar c)
{
  switch (c)
    {
    case 0x00df:
      return "ss";
    case 0x00e6:
      return "ae";
    case 0x00f8:
      return "o";
    case 0x0142:
      return "l";
    case 0x0111:
    case 0x00f0:
      return "d";
    case 0x0131:
      return "i";
    case 0x0153:
      return "oe";
    default:
      return NULL;
    }
}

static void
append_folded (GString *folded, gunichar c, gboolean *gap)
{
  const char *plain = plain_letter (c);

  if (g_unichar_ismark (c))
    return;

  if (!g_unichar_isalnum (c))
    {
      *gap = TRUE;
      return;
    }

  if (*gap && folded->len > 0)
    g_string_append_c (folded, ' ');

  *gap = FALSE;

  if (plain != NULL)
    g_string_append (folded, plain);
  else
    g_string_append_unichar (folded, c);
}

/**
 * budget_text_fold:
 * @text: some words
 *
 * Returns: (transfer full): the words in small letters without accents or punctuation,
 *   with one space between them
 */
char *
budget_text_fold (const char *text)
{
  g_autofree char *normalized = NULL;
  GString *folded = g_string_new (NULL);
  gboolean gap = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    {
      for (; *text != '\0'; text++)
        append_folded (folded, (gunichar) g_ascii_tolower (*text), &gap);

      return g_string_free (folded, FALSE);
    }

  normalized = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  if (normalized != NULL)
    for (const char *at = normalized; *at != '\0'; at = g_utf8_next_char (at))
      append_folded (folded, g_unichar_tolower (g_utf8_get_char (at)), &gap);

  return g_string_free (folded, FALSE);
}
