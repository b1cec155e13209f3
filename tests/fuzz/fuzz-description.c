/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"
#include "fuzz.h"

#include <string.h>

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

static void
check_text (const char *text)
{
  g_autofree char *tidied = budget_description_tidy (text);
  g_autofree char *again = budget_description_tidy (tidied);
  g_autofree char *core = budget_description_dup_core (text);
  g_autofree char *payee = budget_description_dup_payee (text);

  fuzz_check_text (tidied);
  fuzz_check_text (core);
  fuzz_check_text (payee);
  g_assert_cmpstr (again, ==, tidied);
  g_assert_true (*tidied != '\0' || is_blank (text));
  budget_description_is_generic (text);
}

/* The input is two descriptions with the end of a line between them. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *raw = fuzz_dup_text (data, size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  char *end = strchr (text, '\n');
  double likeness;

  if (end != NULL)
    *end = '\0';

  check_text (text);
  if (end == NULL)
    return 0;

  check_text (end + 1);
  likeness = budget_description_compare (text, end + 1);
  g_assert_true (likeness >= 0 && likeness <= 1);
  g_assert_true (likeness == budget_description_compare (end + 1, text));
  g_assert_true (budget_description_compare (text, text) == 1 || is_blank (text));

  return 0;
}
