/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-expression.h"

#include <locale.h>

static void
test_is_exact (void)
{
  static const struct
  {
    const char *text;
    guint digits;
    gint64 minor;
  } cases[] = {
    { "3*4,20", 2, 1260 },
    { "12.5+3", 2, 1550 },
    { "(2+3)*1,50", 2, 750 },
    { "100/3", 2, 3333 },
    { "100/3*3", 2, 10000 },
    { "200/3", 2, 6667 },
    { "0.05/2", 2, 3 },
    { "-0.05/2", 2, -3 },
    { "1/8", 2, 13 },
    { "2 × 3.50", 2, 700 },
    { "10 ÷ 4", 2, 250 },
    { "-(2+3)", 2, -500 },
    { "1'000 + 1 000,50", 2, 200050 },
    { "€3*2", 2, 600 },
    { "100/3", 0, 33 },
    { "0.1+0.2", 2, 30 },
    { "1.175*2", 2, 235 },
    { "12.50", 2, 1250 },
    { "10 - 2 - 3", 2, 500 },
    { "2--1", 2, 300 },
    { "1/3+1/3+1/3", 2, 100 },
    { "10:4", 2, 250 },
    { "+5", 2, 500 },
    { "1,234+0", 2, 123400 },
    { " 5\u00a0€ ", 2, 500 },
    { "12,50", 2, 1250 },
    { "1.234,56", 2, 123456 },
    { "1,234.56", 2, 123456 },
    { "1,234", 2, 123400 },
    { "1 234,5", 2, 123450 },
    { "1\u202f234,50 €", 2, 123450 },
    { "1,00,000.00", 2, 10000000 },
    { "\u22123.20", 2, -320 },
    { "¥1,250", 0, 1250 },
    { "1.234", 3, 1234 },
    { "12.500", 2, 1250 },
    { "99,999,999.99", 2, 9999999999 },
    { "0.00", 2, 0 },
  };

  setlocale (LC_ALL, "C");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_true (budget_expression_evaluate (cases[i].text, cases[i].digits, &minor, &error));
      g_assert_no_error (error);
      g_assert_cmpint (minor, ==, cases[i].minor);
    }
}

static void
test_refuses_nonsense (void)
{
  static const char *const texts[] = {
    "",
    "1+",
    "*3",
    "(1",
    "1)",
    "1/0",
    "12.345",
    "3 pears",
    "1.2.3",
    "1,23,4",
    "100000000",
    "5%",
    "99999999999999999999999",
    "1-",
    "\xff\xfe",
    "1..2",
    "1e5",
    "()",
    "1 2",
    "99999999*99999999*99999999*99999999*99999999*99999999",
    "99999999+1",
    "((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))",
    "\xe2\x88",
  };

  setlocale (LC_ALL, "C");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor;

      g_test_message ("%u", (guint) i);
      g_assert_false (budget_expression_evaluate (texts[i], 2, &minor, &error));
      g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT);
    }
}

static void
assert_message (const char *text, guint digits, const char *message)
{
  g_autoptr (GError) error = NULL;
  gint64 minor;

  g_assert_false (budget_expression_evaluate (text, digits, &minor, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_says_what_is_wrong (void)
{
  setlocale (LC_ALL, "C");

  assert_message ("5/(2-2)", 2, "An amount cannot be divided by zero");
  assert_message ("lunch", 2, "“lunch” is not an amount");
  assert_message ("\xff", 2, "“\xef\xbf\xbd” is not an amount");
  assert_message ("12.345", 2, "“12.345” has more decimals than the currency, which has 2");
  assert_message ("1.5", 0, "“1.5” has more decimals than the currency, which has 0");
}

static char *
nest (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '(');
  g_autofree char *closed = g_strnfill (depth, ')');

  return g_strconcat (open, "1", closed, NULL);
}

static void
test_nesting_has_a_limit (void)
{
  g_autofree char *deep = nest (32);
  g_autofree char *too_deep = nest (33);
  gint64 minor = 0;

  g_assert_true (budget_expression_evaluate (deep, 2, &minor, NULL));
  g_assert_cmpint (minor, ==, 100);
  g_assert_false (budget_expression_evaluate (too_deep, 2, &minor, NULL));
}

static void
test_length_has_a_limit (void)
{
  g_autofree char *blanks = g_strnfill (255, ' ');
  g_autofree char *longest = g_strconcat ("1", blanks, NULL);
  g_autofree char *too_long = g_strconcat (longest, " ", NULL);
  gint64 minor = 0;

  g_assert_true (budget_expression_evaluate (longest, 2, &minor, NULL));
  g_assert_cmpint (minor, ==, 100);
  g_assert_false (budget_expression_evaluate (too_long, 2, &minor, NULL));
}

static void
test_comma_locale_reads_commas (void)
{
  gint64 minor = 0;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The locale de_DE.UTF-8 is not there");
      return;
    }

  g_assert_true (budget_expression_evaluate ("1.234+0,5", 2, &minor, NULL));
  g_assert_cmpint (minor, ==, 123450);
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression/is-exact", test_is_exact);
  g_test_add_func ("/expression/refuses-nonsense", test_refuses_nonsense);
  g_test_add_func ("/expression/says-what-is-wrong", test_says_what_is_wrong);
  g_test_add_func ("/expression/nesting-has-a-limit", test_nesting_has_a_limit);
  g_test_add_func ("/expression/length-has-a-limit", test_length_has_a_limit);
  g_test_add_func ("/expression/comma-locale-reads-commas", test_comma_locale_reads_commas);

  return g_test_run ();
}
