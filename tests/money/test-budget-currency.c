/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"

static void
test_is_found_by_code_and_sign (void)
{
  g_assert_cmpstr (budget_currency_find ("€"), ==, "EUR");
  g_assert_cmpstr (budget_currency_find ("usd"), ==, "USD");
  g_assert_cmpstr (budget_currency_find ("Kč"), ==, "CZK");
  g_assert_cmpstr (budget_currency_find ("pears"), ==, NULL);
}

static void
test_is_known_by_its_code (void)
{
  g_assert_true (budget_currency_is_known ("EUR"));
  g_assert_true (budget_currency_is_known ("eur"));
  g_assert_false (budget_currency_is_known (NULL));
  g_assert_false (budget_currency_is_known (""));
  g_assert_false (budget_currency_is_known ("EURO"));
  g_assert_false (budget_currency_is_known ("XXX"));
  g_assert_false (budget_currency_is_known ("€"));
  g_assert_false (budget_currency_is_known ("   "));
  g_assert_false (budget_currency_is_known ("R B"));
}

static void
test_has_decimals (void)
{
  g_assert_cmpuint (budget_currency_get_digits ("EUR"), ==, 2);
  g_assert_cmpuint (budget_currency_get_digits ("jpy"), ==, 0);
  g_assert_cmpuint (budget_currency_get_digits ("KWD"), ==, 3);
  g_assert_cmpuint (budget_currency_get_digits ("XXX"), ==, 2);
  g_assert_cmpuint (budget_currency_get_digits (NULL), ==, 2);
}

static void
test_has_a_sign (void)
{
  g_assert_cmpstr (budget_currency_get_symbol ("EUR"), ==, "€");
  g_assert_cmpstr (budget_currency_get_symbol ("usd"), ==, "$");
  g_assert_cmpstr (budget_currency_get_symbol ("NOK"), ==, "kr");
  g_assert_cmpstr (budget_currency_get_symbol ("KWD"), ==, NULL);
  g_assert_cmpstr (budget_currency_get_symbol (NULL), ==, NULL);
}

/* Several countries write “kr” and “$”. */
static void
test_shared_sign_means_the_usual_currency (void)
{
  g_assert_cmpstr (budget_currency_find ("kr"), ==, "SEK");
  g_assert_cmpstr (budget_currency_find ("$"), ==, "USD");
  g_assert_cmpstr (budget_currency_find ("A$"), ==, "AUD");
  g_assert_cmpstr (budget_currency_find ("¥"), ==, "JPY");
}

static void
assert_code (const char *text, const char *expected)
{
  g_autofree char *code = budget_currency_dup_code (text);

  g_assert_cmpstr (code, ==, expected);
}

static void
test_unknown_code_is_kept (void)
{
  assert_code ("€", "EUR");
  assert_code ("gbp", "GBP");
  assert_code ("XXX", "XXX");
  assert_code ("abc", "ABC");
  assert_code ("12a", NULL);
  assert_code ("ABCD", NULL);
  assert_code ("", NULL);
  assert_code (NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/currency/is-found-by-code-and-sign", test_is_found_by_code_and_sign);
  g_test_add_func ("/currency/is-known-by-its-code", test_is_known_by_its_code);
  g_test_add_func ("/currency/has-decimals", test_has_decimals);
  g_test_add_func ("/currency/has-a-sign", test_has_a_sign);
  g_test_add_func ("/currency/shared-sign-means-the-usual-currency",
                   test_shared_sign_means_the_usual_currency);
  g_test_add_func ("/currency/unknown-code-is-kept", test_unknown_code_is_kept);

  return g_test_run ();
}
