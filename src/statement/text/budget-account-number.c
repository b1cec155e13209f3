/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account-number-private.h"

#include <string.h>

/*
 * Numbers of accounts as banks write them: with blanks or dashes in one file and
 * without in the next, national in one and international in another.
 */

/* Shorter ends of numbers are the same by chance. */
#define LEAST_DIGITS 8

/*
 * Returns: the letters, in capitals, and the digits of a text
 */
char *
_budget_account_number_dup_plain (const char *text, guint *n_digits)
{
  GString *plain = g_string_new (NULL);
  guint n = 0;

  for (const char *at = text; at != NULL && *at != '\0'; at++)
    {
      if (g_ascii_isalnum (*at))
        g_string_append_c (plain, g_ascii_toupper (*at));
      n += g_ascii_isdigit (*at);
    }

  if (n_digits != NULL)
    *n_digits = n;
  return g_string_free (plain, FALSE);
}

/*
 * Whether two texts are numbers of one account: a national number is the end of
 * the international one.
 */
gboolean
_budget_account_number_equal (const char *a, const char *b)
{
  g_autofree char *first = _budget_account_number_dup_plain (a, NULL);
  g_autofree char *second = _budget_account_number_dup_plain (b, NULL);
  gsize shorter = MIN (strlen (first), strlen (second));

  if (shorter == 0)
    return FALSE;

  return g_str_equal (first, second) ||
         (shorter >= LEAST_DIGITS &&
          (g_str_has_suffix (first, second) || g_str_has_suffix (second, first)));
}
