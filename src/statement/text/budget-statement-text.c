/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement-text.h"

#include <string.h>

/* Banks pad their texts with spaces, and write words such as NONREF for missing values. */

/**
 * budget_statement_text_dup_clean:
 * @text: (nullable): a text with any white space, in UTF-8
 *
 * Returns: (transfer full) (nullable): the text with one space for any white space and
 *   none at its ends, or %NULL if nothing is left
 */
char *
budget_statement_text_dup_clean (const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean has_gap = FALSE;

  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c < ' ' || c == 0x7f || g_unichar_isspace (c))
        {
          has_gap = TRUE;
          continue;
        }

      if (has_gap && clean->len > 0)
        g_string_append_c (clean, ' ');
      has_gap = FALSE;
      g_string_append_unichar (clean, c);
    }

  return clean->len > 0 ? g_string_free (g_steal_pointer (&clean), FALSE) : NULL;
}

/**
 * budget_statement_text_is_reference:
 * @text: (nullable): the text where a bank writes the id of a transaction
 *
 * Returns: whether it is an id, not zeros or a word for none
 */
gboolean
budget_statement_text_is_reference (const char *text)
{
  static const char *const nothing[] = { "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOREF", "NONE" };

  if (text == NULL || strspn (text, "0 -./") == strlen (text))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (g_ascii_strcasecmp (text, nothing[i]) == 0)
      return FALSE;

  return TRUE;
}

/**
 * budget_statement_text_add:
 * @texts: the texts so far
 * @text: (nullable): a further text
 *
 * Adds a text, unless it is the same as the whole of @texts.
 */
void
budget_statement_text_add (GString *texts, const char *text)
{
  if (text == NULL || *text == '\0' || g_str_equal (texts->str, text))
    return;

  if (texts->len > 0)
    g_string_append (texts, "; ");
  g_string_append (texts, text);
}
