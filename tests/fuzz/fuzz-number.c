/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-number.h"
#include "fuzz.h"

#include <string.h>

static void
check_parts (const BudgetNumber *number)
{
  guint at = 0;

  g_assert_cmpuint (number->n_digits, >=, 1);
  g_assert_cmpuint (number->n_digits, <=, BUDGET_NUMBER_MAX_DIGITS);
  g_assert_cmpuint (number->n_marks, <=, BUDGET_NUMBER_MAX_MARKS);

  for (guint i = 0; i < number->n_digits; i++)
    g_assert_true (g_ascii_isdigit (number->digits[i]));

  for (guint i = 0; i < number->n_marks; i++)
    {
      g_assert_nonnull (memchr (".,' ", number->marks[i], 4));
      g_assert_cmpuint (number->mark_at[i], >=, at);
      at = number->mark_at[i];
      g_assert_cmpuint (at, <, number->n_digits);
    }
}

/* What fits a currency is written and read back as it is. */
static void
check_written (gint64 mantissa, guint n_decimals)
{
  for (guint digits = 0; digits <= 3; digits++)
    {
      g_autofree char *text = NULL;
      gint64 minor, again;

      if (budget_number_scale (mantissa, n_decimals, digits, &minor) != BUDGET_NUMBER_FITS)
        continue;

      text = budget_money_to_decimal (minor, digits);
      if (!budget_money_check (minor, NULL))
        continue;

      g_assert_true (budget_money_parse_decimal (text, digits, &again, NULL));
      g_assert_cmpint (again, ==, minor);
    }
}

/* The input is one written number. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *raw = fuzz_dup_text (data, size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  BudgetNumber number;
  char guess;

  if (!budget_number_scan (text, &number))
    return 0;

  check_parts (&number);
  guess = budget_number_guess_decimal (&number);
  g_assert_true (guess == '\0' || guess == '.' || guess == ',');

  for (guint i = 0; i < 2; i++)
    {
      gint64 mantissa;
      guint n_decimals;

      if (!budget_number_read (&number, ".,"[i], &mantissa, &n_decimals))
        continue;

      g_assert_cmpuint (n_decimals, <=, number.n_digits);
      g_assert_true (mantissa == 0 || (mantissa < 0) == number.negative);
      check_written (mantissa, n_decimals);
    }

  return 0;
}
