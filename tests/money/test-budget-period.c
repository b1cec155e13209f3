/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-period.h"

static void
assert_days (BudgetPeriod *period, const char *expected)
{
  const GDate *first = budget_period_get_first (period);
  const GDate *last = budget_period_get_last (period);
  char text[32];

  g_snprintf (text, sizeof text, "%04d-%02d-%02d %04d-%02d-%02d", g_date_get_year (first),
              g_date_get_month (first), g_date_get_day (first), g_date_get_year (last),
              g_date_get_month (last), g_date_get_day (last));
  g_assert_cmpstr (text, ==, expected);
}

/* The period that has the middle of a month in it. */
static BudgetPeriod *
new_period (BudgetPeriodKind kind, GDateYear year, int month)
{
  g_autoptr (GDate) date = g_date_new_dmy (15, (GDateMonth) month, year);

  return budget_period_new_for_date (kind, date);
}

static void
test_periods_have_their_days (void)
{
  g_autoptr (BudgetPeriod) month = budget_period_new_month (2024, 2);
  g_autoptr (BudgetPeriod) quarter = new_period (BUDGET_PERIOD_QUARTER, 2026, 11);
  g_autoptr (BudgetPeriod) year = new_period (BUDGET_PERIOD_YEAR, 2026, 6);

  assert_days (month, "2024-02-01 2024-02-29");
  assert_days (quarter, "2026-10-01 2026-12-31");
  assert_days (year, "2026-01-01 2026-12-31");
}

static void
test_neighbours_go_over_the_year (void)
{
  g_autoptr (BudgetPeriod) december = budget_period_new_month (2026, 12);
  g_autoptr (BudgetPeriod) january = budget_period_next (december);
  g_autoptr (BudgetPeriod) back = budget_period_previous (january);
  g_autoptr (BudgetPeriod) first = new_period (BUDGET_PERIOD_QUARTER, 2026, 2);
  g_autoptr (BudgetPeriod) before = budget_period_previous (first);
  g_autoptr (BudgetPeriod) year = new_period (BUDGET_PERIOD_YEAR, 2026, 6);
  g_autoptr (BudgetPeriod) next_year = budget_period_next (year);

  assert_days (january, "2027-01-01 2027-01-31");
  g_assert_true (budget_period_equal (december, back));
  assert_days (before, "2025-10-01 2025-12-31");
  assert_days (next_year, "2027-01-01 2027-12-31");
}

static void
test_there_is_nothing_beyond_the_calendar (void)
{
  g_autoptr (BudgetPeriod) first = budget_period_new_month (1, 1);
  g_autoptr (BudgetPeriod) last = new_period (BUDGET_PERIOD_YEAR, 9999, 6);
  g_autoptr (BudgetPeriod) everything = budget_period_new_everything ();
  g_autoptr (GDate) day = g_date_new_dmy (31, G_DATE_DECEMBER, 9999);
  g_autoptr (BudgetPeriod) last_day = budget_period_new_custom (day, day);

  g_assert_null (budget_period_previous (first));
  g_assert_null (budget_period_next (last));
  g_assert_null (budget_period_next (everything));
  g_assert_null (budget_period_previous (everything));
  g_assert_null (budget_period_next (last_day));
}

static void
test_everything_has_every_day (void)
{
  g_autoptr (BudgetPeriod) everything = budget_period_new_everything ();
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1);

  g_assert_null (budget_period_get_first (everything));
  g_assert_null (budget_period_get_last (everything));
  g_assert_true (budget_period_contains (everything, day));
}

static void
test_a_month_has_its_first_and_last_day (void)
{
  g_autoptr (BudgetPeriod) month = budget_period_new_month (2026, 11);
  g_autoptr (GDate) first = g_date_new_dmy (1, G_DATE_NOVEMBER, 2026);
  g_autoptr (GDate) last = g_date_new_dmy (30, G_DATE_NOVEMBER, 2026);
  g_autoptr (GDate) before = g_date_new_dmy (31, G_DATE_OCTOBER, 2026);
  g_autoptr (GDate) after = g_date_new_dmy (1, G_DATE_DECEMBER, 2026);

  g_assert_true (budget_period_contains (month, first));
  g_assert_true (budget_period_contains (month, last));
  g_assert_false (budget_period_contains (month, before));
  g_assert_false (budget_period_contains (month, after));
}

static void
test_a_day_is_in_its_period (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);

  for (int kind = BUDGET_PERIOD_MONTH; kind <= BUDGET_PERIOD_CUSTOM; kind++)
    {
      g_autoptr (BudgetPeriod) period = budget_period_new_for_date ((BudgetPeriodKind) kind, day);

      g_assert_cmpint (budget_period_get_kind (period), ==, kind);
      g_assert_true (budget_period_contains (period, day));
    }
}

static void
test_custom_days_come_in_either_order (void)
{
  g_autoptr (GDate) early = g_date_new_dmy (3, G_DATE_NOVEMBER, 2026);
  g_autoptr (GDate) late = g_date_new_dmy (9, G_DATE_DECEMBER, 2026);
  g_autoptr (BudgetPeriod) period = budget_period_new_custom (late, early);
  g_autoptr (BudgetPeriod) next = budget_period_next (period);
  g_autoptr (BudgetPeriod) previous = budget_period_previous (next);

  assert_days (period, "2026-11-03 2026-12-09");
  assert_days (next, "2026-12-10 2027-01-15");
  g_assert_true (budget_period_equal (period, previous));
}

static void
assert_label (BudgetPeriod *period, const char *expected)
{
  g_autofree char *label = budget_period_dup_label (period);
  g_autofree char *property = NULL;

  g_object_get (period, "label", &property, NULL);
  g_assert_cmpstr (label, ==, expected);
  g_assert_cmpstr (property, ==, expected);
}

static void
test_labels (void)
{
  g_autoptr (GDate) first = g_date_new_dmy (3, G_DATE_NOVEMBER, 2026);
  g_autoptr (GDate) same_year = g_date_new_dmy (9, G_DATE_DECEMBER, 2026);
  g_autoptr (GDate) next_year = g_date_new_dmy (9, G_DATE_JANUARY, 2027);
  g_autoptr (BudgetPeriod) month = budget_period_new_month (2026, 11);
  g_autoptr (BudgetPeriod) quarter = new_period (BUDGET_PERIOD_QUARTER, 2026, 11);
  g_autoptr (BudgetPeriod) year = new_period (BUDGET_PERIOD_YEAR, 2026, 6);
  g_autoptr (BudgetPeriod) everything = budget_period_new_everything ();
  g_autoptr (BudgetPeriod) in_year = budget_period_new_custom (first, same_year);
  g_autoptr (BudgetPeriod) over_year = budget_period_new_custom (first, next_year);
  g_autoptr (BudgetPeriod) day = budget_period_new_custom (first, first);

  assert_label (month, "November 2026");
  assert_label (quarter, "Q4 2026");
  assert_label (year, "2026");
  assert_label (everything, "Everything");
  assert_label (in_year, "3 Nov – 9 Dec 2026");
  assert_label (over_year, "3 Nov 2026 – 9 Jan 2027");
  assert_label (day, "3 Nov 2026");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/period/periods-have-their-days", test_periods_have_their_days);
  g_test_add_func ("/period/neighbours-go-over-the-year", test_neighbours_go_over_the_year);
  g_test_add_func ("/period/there-is-nothing-beyond-the-calendar",
                   test_there_is_nothing_beyond_the_calendar);
  g_test_add_func ("/period/everything-has-every-day", test_everything_has_every_day);
  g_test_add_func ("/period/a-month-has-its-first-and-last-day",
                   test_a_month_has_its_first_and_last_day);
  g_test_add_func ("/period/a-day-is-in-its-period", test_a_day_is_in_its_period);
  g_test_add_func ("/period/custom-days-come-in-either-order",
                   test_custom_days_come_in_either_order);
  g_test_add_func ("/period/labels", test_labels);

  return g_test_run ();
}
