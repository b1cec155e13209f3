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
  g_assert_false (budget_currency_is_known ("   "));
  g_assert_false (budget_currency_is_known ("R B"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/currency/is-found-by-code-and-sign", test_is_found_by_code_and_sign);

  return g_test_run ();
}
