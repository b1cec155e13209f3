/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account-number.h"

#include <string.h>

/*
 * Banks write an account's number with spaces or dashes in one file and without in
 * the next, and in its national or its international form.
 */

/* Two numbers may share a shorter end by chance. */
#define MIN_COMMON_LENGTH 8

/**
 * budget_account_number_dup_plain:
 * @text: (nullable): an account's number as a bank writes it
 * @n_digits: (out) (optional): how many digits it has
 *
 * Returns: (transfer full): only the letters, in capitals, and digits of @text
 */
char *
budget_account_number_dup_plain (const char *text, guint *n_digits)
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

/**
 * budget_account_number_equal:
 * @a: (nullable): an account's number as a bank writes it
 * @b: (nullable): another
 *
 * A national number is the end of the international one.
 *
 * Returns: whether both are numbers of the same account
 */
gboolean
budget_account_number_equal (const char *a, const char *b)
{
  g_autofree char *first = budget_account_number_dup_plain (a, NULL);
  g_autofree char *second = budget_account_number_dup_plain (b, NULL);
  gsize shorter = MIN (strlen (first), strlen (second));

  if (shorter == 0)
    return FALSE;

  return g_str_equal (first, second) ||
         (shorter >= MIN_COMMON_LENGTH &&
          (g_str_has_suffix (first, second) || g_str_has_suffix (second, first)));
}
