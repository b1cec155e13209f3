/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-money.h"

#include <locale.h>

static gboolean
use_locale (const char *name)
{
  return setlocale (LC_ALL, name) != NULL;
}

static void
test_the_local_currency_has_a_code (void)
{
  g_assert_cmpuint (strlen (budget_money_get_local_currency ()), ==, 3);
}

static void
test_decimal_round_trip (void)
{
  static const struct
  {
    gint64 minor;
    guint digits;
    const char *text;
  } cases[] = {
    { 11625, 2, "116.25" }, { -5, 2, "-0.05" },   { 0, 2, "0.00" },
    { 1250, 0, "1250" },    { 1250, 3, "1.250" }, { -9999999999, 2, "-99999999.99" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = budget_money_to_decimal (cases[i].minor, cases[i].digits);
      g_autoptr (GError) error = NULL;
      gint64 minor = 1;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (budget_money_parse_decimal (text, cases[i].digits, &minor, &error));
      g_assert_no_error (error);
      g_assert_cmpint (minor, ==, cases[i].minor);
    }
}

static void
test_decimal_refuses_people_s_ways (void)
{
  static const char *const texts[] = { "1,5", "1 000", "5 EUR", "", "1.2.3", "1.234" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor;

      g_assert_false (budget_money_parse_decimal (texts[i], 2, &minor, &error));
      g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT);
    }
}

static void
assert_format (gint64 minor, const char *currency, const char *expected)
{
  g_autofree char *text = budget_money_format (minor, currency);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format_for_people (void)
{
  use_locale ("C");
  assert_format (123456789, "EUR", "€1,234,567.89");
  assert_format (-1250, "EUR", "\u2212€12.50");
  assert_format (1250, "JPY", "¥1,250");
  assert_format (5, "KWD", "KWD\u00a00.005");
  assert_format (1250, NULL, "12.50");
  assert_format (G_MININT64, NULL, "\u221292,233,720,368,547,758.08");
}

static void
test_format_in_a_comma_locale (void)
{
  g_autofree char *plain = NULL;

  if (!use_locale ("de_DE.UTF-8"))
    {
      g_test_skip ("The locale de_DE.UTF-8 is not there");
      return;
    }

  assert_format (123456789, "EUR", "1.234.567,89\u00a0€");
  assert_format (-1250, "USD", "\u221212,50\u00a0$");
  plain = budget_money_format_plain (-123450, 2);
  g_assert_cmpstr (plain, ==, "-1234,50");
  use_locale ("C");
}

static void
test_format_groups_as_in_india (void)
{
  if (!use_locale ("hi_IN.UTF-8") && !use_locale ("en_IN.UTF-8"))
    {
      g_test_skip ("No Indian locale is there");
      return;
    }

  assert_format (1000000000, NULL, "1,00,00,000.00");
  use_locale ("C");
}

static void
test_add_notices_overflow (void)
{
  gint64 sum = 7;

  g_assert_true (budget_money_add (1, 2, &sum));
  g_assert_cmpint (sum, ==, 3);
  g_assert_false (budget_money_add (G_MAXINT64, 1, &sum));
  g_assert_cmpint (sum, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/the-local-currency-has-a-code", test_the_local_currency_has_a_code);
  g_test_add_func ("/money/decimal-round-trip", test_decimal_round_trip);
  g_test_add_func ("/money/decimal-refuses-people-s-ways", test_decimal_refuses_people_s_ways);
  g_test_add_func ("/money/format-for-people", test_format_for_people);
  g_test_add_func ("/money/format-in-a-comma-locale", test_format_in_a_comma_locale);
  g_test_add_func ("/money/format-groups-as-in-india", test_format_groups_as_in_india);
  g_test_add_func ("/money/add-notices-overflow", test_add_notices_overflow);

  return g_test_run ();
}
