/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expression.h"
#include "budget-money.h"
#include "fuzz.h"

/* None, two decimals, no decimals, three, and a sign that others have too. */
static const char *const currencies[] = { NULL, "EUR", "JPY", "KWD", "USD", "CHF" };

static void
check_parsed (const char *text, const char *currency, gint64 minor)
{
  g_autoptr (GError) error = NULL;
  gint64 again = 0;
  gboolean is_good = budget_money_parse (text, currency, &again, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
  g_assert_cmpint (again, ==, minor);
}

/* An amount in all the ways in which it is written is still that amount. */
static void
check_amount (gint64 minor, const char *currency)
{
  guint digits = budget_money_get_digits (currency);
  g_autofree char *shown = budget_money_format (minor, currency);
  g_autofree char *plain = budget_money_format_plain (minor, digits);
  g_autofree char *decimal = budget_money_to_decimal (minor, digits);
  gint64 again;

  g_assert_true (budget_money_check (minor, NULL));
  fuzz_check_text (shown);
  check_parsed (shown, currency, minor);
  check_parsed (plain, currency, minor);

  g_assert_true (budget_expression_evaluate (plain, digits, &again, NULL));
  g_assert_cmpint (again, ==, minor);
  g_assert_true (budget_money_parse_decimal (decimal, digits, &again, NULL));
  g_assert_cmpint (again, ==, minor);
}

/* The input is a byte that chooses a currency, and an amount or arithmetic. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GError) evaluate_error = NULL;
  g_autofree char *text = NULL;
  const char *currency;
  gint64 minor;
  guint8 choice;

  if (!fuzz_take_byte (&data, &size, &choice))
    return 0;

  currency = currencies[choice % G_N_ELEMENTS (currencies)];
  text = fuzz_dup_text (data, size);

  if (budget_money_parse (text, currency, &minor, &parse_error))
    check_amount (minor, currency);
  else
    fuzz_check_error (FALSE, parse_error);

  if (budget_expression_evaluate (text, budget_money_get_digits (currency), &minor,
                                  &evaluate_error))
    check_amount (minor, currency);
  else
    fuzz_check_error (FALSE, evaluate_error);

  return 0;
}
