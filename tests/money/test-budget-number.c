/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-number.h"

#include <string.h>

/* digits, marks as “mark@position”, sign and currency, as one text */
static void
assert_scanned (const char *text, const char *expected)
{
  g_autoptr (GString) result = g_string_new (NULL);
  BudgetNumber number;

  g_test_message ("“%s”", text);
  g_assert_true (budget_number_scan (text, &number));
  g_assert_cmpuint (strlen (number.digits), ==, number.n_digits);
  g_string_append (result, number.digits);
  for (guint i = 0; i < number.n_marks; i++)
    g_string_append_printf (result, " %c@%u", number.marks[i], number.mark_at[i]);
  if (number.has_sign)
    g_string_append (result, number.negative ? " minus" : " plus");
  if (number.currency != NULL)
    g_string_append_printf (result, " %s", number.currency);

  g_assert_cmpstr (result->str, ==, expected);
}

static void
test_scan_takes_a_number_apart (void)
{
  assert_scanned ("12", "12");
  assert_scanned ("1.234,56", "123456 .@1 ,@4");
  assert_scanned ("1'000", "1000 '@1");
  assert_scanned ("1\u2019000", "1000 '@1");
  assert_scanned ("1\u202f000", "1000  @1");
  assert_scanned (".50", "50 .@0");
  assert_scanned ("12,-", "12");
  assert_scanned ("12.--", "12");
  assert_scanned ("12.", "12");
  assert_scanned ("'12", "12");
  assert_scanned ("  12  ", "12");
}

static void
test_scan_finds_the_sign (void)
{
  assert_scanned ("-12", "12 minus");
  assert_scanned ("\u221212", "12 minus");
  assert_scanned ("12-", "12 minus");
  assert_scanned ("(12)", "12 minus");
  assert_scanned ("+12", "12 plus");
  assert_scanned ("12 CR", "12 plus");
  assert_scanned ("12 DR", "12 minus");
  assert_scanned ("12 S", "12 minus");
  assert_scanned ("12 H", "12 plus");
}

static void
test_scan_finds_the_currency (void)
{
  assert_scanned ("€12", "12 EUR");
  assert_scanned ("12 €", "12 EUR");
  assert_scanned ("usd 12.50-", "1250 .@2 minus USD");
  assert_scanned ("Rs.100", "100 INR");
}

static void
test_scan_refuses_other_texts (void)
{
  static const char *const texts[] = {
    "",
    "-",
    "pears",
    "12 pears",
    "--5",
    "-5-",
    "(5",
    "5)",
    "(-5)",
    "5 CR DR",
    "EUR 5 USD",
    "5%",
    "1;2",
    "123456789012345678901234567890123",
    "1,1,1,1,1,1,1,1,1,1,1,1,1,1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BudgetNumber number;

      g_test_message ("“%s”", texts[i]);
      g_assert_false (budget_number_scan (texts[i], &number));
    }
}

static void
assert_guess (const char *text, char expected)
{
  BudgetNumber number;

  g_test_message ("“%s”", text);
  g_assert_true (budget_number_scan (text, &number));
  g_assert_cmpint (budget_number_guess_decimal (&number), ==, expected);
}

static void
test_guess_sees_the_decimal_mark (void)
{
  assert_guess ("1.234,56", ',');
  assert_guess ("1,234.56", '.');
  assert_guess ("12.5", '.');
  assert_guess ("12,5", ',');
  assert_guess ("1,234,567", '.');
  assert_guess ("1.234.567", ',');
  assert_guess ("0.123", '.');
  assert_guess ("1234.567", '.');
  assert_guess ("1 234.567", '.');
  assert_guess (".500", '.');
}

static void
test_guess_leaves_open_what_may_be_either (void)
{
  assert_guess ("1.234", '\0');
  assert_guess ("123,456", '\0');
  assert_guess ("1234", '\0');
  assert_guess ("1'234", '\0');
}

static void
assert_read (const char *text, char decimal, gint64 mantissa, guint n_decimals)
{
  BudgetNumber number;
  gint64 got_mantissa = 0;
  guint got_n_decimals = 0;

  g_test_message ("“%s”", text);
  g_assert_true (budget_number_scan (text, &number));
  g_assert_true (budget_number_read (&number, decimal, &got_mantissa, &got_n_decimals));
  g_assert_cmpint (got_mantissa, ==, mantissa);
  g_assert_cmpuint (got_n_decimals, ==, n_decimals);
}

static void
test_read_is_exact (void)
{
  assert_read ("1.234,50", ',', 12345, 1);
  assert_read ("1.234", '.', 1234, 3);
  assert_read ("1.234", ',', 1234, 0);
  assert_read ("-0.05", '.', -5, 2);
  assert_read ("12.00", '.', 12, 0);
  assert_read ("1,23,456.75", '.', 12345675, 2);
  assert_read (".5", '.', 5, 1);
  assert_read ("9223372036854775807", '.', G_MAXINT64, 0);
}

static void
test_read_refuses_groups_that_do_not_fit (void)
{
  static const struct
  {
    const char *text;
    char decimal;
  } cases[] = {
    { "1.23", ',' },
    { "1.2.3", '.' },
    { "1,234,56", '.' },
    { "1234,567", '.' },
    { "1.234'567", ',' },
    { ",123", '.' },
    { "9223372036854775808", '.' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BudgetNumber number;
      gint64 mantissa;
      guint n_decimals;

      g_test_message ("“%s”", cases[i].text);
      g_assert_true (budget_number_scan (cases[i].text, &number));
      g_assert_false (budget_number_read (&number, cases[i].decimal, &mantissa, &n_decimals));
    }
}

static void
assert_scaled (gint64 mantissa, guint n_decimals, guint digits, gint64 expected)
{
  gint64 minor;

  g_assert_cmpint (budget_number_scale (mantissa, n_decimals, digits, &minor), ==,
                   BUDGET_NUMBER_FITS);
  g_assert_cmpint (minor, ==, expected);
}

static void
test_numbers_are_scaled (void)
{
  assert_scaled (125, 1, 2, 1250);
  assert_scaled (-125, 0, 3, -125000);
  assert_scaled (0, 0, 3, 0);
  assert_scaled (1250, 3, 2, 125);
  assert_scaled (-1000, 3, 0, -1);
}

static void
test_what_does_not_fit_is_told_apart (void)
{
  gint64 minor;

  g_assert_cmpint (budget_number_scale (1255, 3, 2, &minor), ==, BUDGET_NUMBER_TOO_PRECISE);
  g_assert_cmpint (budget_number_scale (G_MAXINT64, 1, 0, &minor), ==, BUDGET_NUMBER_TOO_PRECISE);
  g_assert_cmpint (budget_number_scale (G_MAXINT64 / 10, 0, 2, &minor), ==,
                   BUDGET_NUMBER_TOO_LARGE);
  g_assert_cmpint (budget_number_scale (G_MININT64 / 10, 0, 2, &minor), ==,
                   BUDGET_NUMBER_TOO_LARGE);
}

static void
test_thousandths_use_the_mark_where_it_is_open (void)
{
  gint64 thousandths = 0;

  g_assert_true (budget_number_read_thousandths ("12.5", ',', &thousandths));
  g_assert_cmpint (thousandths, ==, 12500);
  g_assert_true (budget_number_read_thousandths ("1.234", ',', &thousandths));
  g_assert_cmpint (thousandths, ==, 1234000);
  g_assert_true (budget_number_read_thousandths ("1.234", '.', &thousandths));
  g_assert_cmpint (thousandths, ==, 1234);
  g_assert_false (budget_number_read_thousandths ("0.1234", '.', &thousandths));
  g_assert_false (budget_number_read_thousandths ("", '.', &thousandths));
}

static void
test_thousandths_have_a_limit (void)
{
  g_autofree char *blanks = g_strnfill (63, ' ');
  g_autofree char *longest = g_strconcat (blanks, "1", NULL);
  g_autofree char *too_long = g_strconcat (" ", longest, NULL);
  gint64 thousandths = 0;

  g_assert_true (budget_number_read_thousandths (longest, '.', &thousandths));
  g_assert_cmpint (thousandths, ==, 1000);
  g_assert_false (budget_number_read_thousandths (too_long, '.', &thousandths));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/scan-takes-a-number-apart", test_scan_takes_a_number_apart);
  g_test_add_func ("/number/scan-finds-the-sign", test_scan_finds_the_sign);
  g_test_add_func ("/number/scan-finds-the-currency", test_scan_finds_the_currency);
  g_test_add_func ("/number/scan-refuses-other-texts", test_scan_refuses_other_texts);
  g_test_add_func ("/number/guess-sees-the-decimal-mark", test_guess_sees_the_decimal_mark);
  g_test_add_func ("/number/guess-leaves-open-what-may-be-either",
                   test_guess_leaves_open_what_may_be_either);
  g_test_add_func ("/number/read-is-exact", test_read_is_exact);
  g_test_add_func ("/number/read-refuses-groups-that-do-not-fit",
                   test_read_refuses_groups_that_do_not_fit);
  g_test_add_func ("/number/scaled", test_numbers_are_scaled);
  g_test_add_func ("/number/what-does-not-fit", test_what_does_not_fit_is_told_apart);
  g_test_add_func ("/number/thousandths-use-the-mark-where-it-is-open",
                   test_thousandths_use_the_mark_where_it_is_open);
  g_test_add_func ("/number/thousandths-have-a-limit", test_thousandths_have_a_limit);

  return g_test_run ();
}
