/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-expression.h"
#include "budget-money.h"
#include "fuzz.h"

/* None, two decimals, no decimals, three, and a sign that others have too. */
static const char *const currencies[] = { NULL, "EUR", "JPY", "KWD", "USD", "CHF" };

static void
check_evaluated (const char *text, guint digits, gint64 minor)
{
  g_autoptr (GError) error = NULL;
  gint64 again = 0;
  gboolean is_good = budget_expression_evaluate (text, digits, &again, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
  g_assert_cmpint (again, ==, minor);
}

/* Where letters stand for a currency, a field for amounts does not take them. */
static gboolean
has_letters (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

/* An amount in all the ways in which it is written is still that amount. */
static void
check_amount (gint64 minor, const char *currency)
{
  guint digits = budget_currency_get_digits (currency);
  g_autofree char *shown = budget_money_format (minor, currency);
  g_autofree char *plain = budget_money_format_plain (minor, digits);
  g_autofree char *decimal = budget_money_to_decimal (minor, digits);
  gint64 again;

  g_assert_true (budget_money_check (minor, NULL));
  fuzz_check_text (shown);
  if (!has_letters (shown))
    check_evaluated (shown, digits, minor);
  check_evaluated (plain, digits, minor);

  g_assert_true (budget_money_parse_decimal (decimal, digits, &again, NULL));
  g_assert_cmpint (again, ==, minor);
}

/* The input is a byte that chooses a currency, and an amount or arithmetic. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *currency;
  gint64 minor;
  guint8 choice;

  if (!fuzz_take_byte (&data, &size, &choice))
    return 0;

  currency = currencies[choice % G_N_ELEMENTS (currencies)];
  text = fuzz_dup_text (data, size);

  if (budget_expression_evaluate (text, budget_currency_get_digits (currency), &minor, &error))
    check_amount (minor, currency);
  else
    fuzz_check_error (FALSE, error);

  return 0;
}
