/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-words.h"

#include <locale.h>

/* Sunday, 22 November 2026, unless a test says otherwise */
static void
assert_day_on (GDateDay day, GDateMonth month, const char *word, const char *expected)
{
  g_autoptr (GDate) today = g_date_new_dmy (day, month, 2026);
  GDate date;
  char text[16];

  g_test_message ("“%s”", word);
  g_assert_true (budget_date_words_parse (word, today, &date));
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_day (const char *word, const char *expected)
{
  assert_day_on (22, G_DATE_NOVEMBER, word, expected);
}

static void
test_names_of_days (void)
{
  assert_day ("today", "2026-11-22");
  assert_day ("Yesterday", "2026-11-21");
  assert_day ("TOMORROW", "2026-11-23");
}

static void
test_weekday_is_the_latest_one (void)
{
  assert_day ("Sunday", "2026-11-22");
  assert_day ("saturday", "2026-11-21");
  assert_day ("Tuesday", "2026-11-17");
  assert_day ("Monday", "2026-11-16");
}

static void
test_day_and_month (void)
{
  assert_day ("21.11.", "2026-11-21");
  assert_day ("1.2.", "2026-02-01");
  assert_day ("21.11.2026", "2026-11-21");
  assert_day ("21.11.26", "2026-11-21");
  assert_day ("2026-11-21", "2026-11-21");
  assert_day ("2026/1/2", "2026-01-02");
}

/* The C locale writes the month before the day, as in the United States. */
static void
test_slashes_follow_the_locale (void)
{
  assert_day ("2/3", "2026-02-03");
  assert_day ("11/21", "2026-11-21");
  assert_day ("21/11", "2026-11-21");
  assert_day ("11-21-2026", "2026-11-21");
  assert_day ("21-11-2026", "2026-11-21");
}

static void
test_day_without_a_year_is_near (void)
{
  assert_day ("23.12.", "2026-12-23");
  assert_day ("24.12.", "2025-12-24");
  assert_day ("29.2.", "2024-02-29");
  assert_day_on (5, G_DATE_JANUARY, "31.12.", "2025-12-31");
  assert_day_on (10, G_DATE_DECEMBER, "5.1.", "2026-01-05");
}

static void
test_other_words_are_no_days (void)
{
  static const char *const words[] = {
    "",           "noon",       "Sun",        "21",         "21.11",       "21-11",
    "31.11.",     "30.2.2026",  "0.1.",       "32/1",       "13/13",       "1.2.3",
    "1.2.345",    "1.2.3.4",    "21/11.2026", "21.11..",    "21.11.x",     "12345-1-1",
    "2026-13-01", "2026-11-31", "100.1.2026", "1.100.2026", "21.11.2026x", "-1.2.",
  };
  g_autoptr (GDate) today = g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GDate date;

      g_test_message ("“%s”", words[i]);
      g_assert_false (budget_date_words_parse (words[i], today, &date));
    }
}

static void
test_division_looks_like_a_day (void)
{
  g_assert_true (budget_date_words_is_slashed ("10/2"));
  g_assert_true (budget_date_words_is_slashed ("100/3"));
  g_assert_false (budget_date_words_is_slashed ("1/2/2026"));
  g_assert_false (budget_date_words_is_slashed ("10/2/"));
  g_assert_false (budget_date_words_is_slashed ("21.11."));
  g_assert_false (budget_date_words_is_slashed ("21-11"));
  g_assert_false (budget_date_words_is_slashed ("today"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C");

  g_test_add_func ("/date-words/names-of-days", test_names_of_days);
  g_test_add_func ("/date-words/weekday-is-the-latest-one", test_weekday_is_the_latest_one);
  g_test_add_func ("/date-words/day-and-month", test_day_and_month);
  g_test_add_func ("/date-words/slashes-follow-the-locale", test_slashes_follow_the_locale);
  g_test_add_func ("/date-words/day-without-a-year-is-near", test_day_without_a_year_is_near);
  g_test_add_func ("/date-words/other-words-are-no-days", test_other_words_are_no_days);
  g_test_add_func ("/date-words/division-looks-like-a-day", test_division_looks_like_a_day);

  return g_test_run ();
}
