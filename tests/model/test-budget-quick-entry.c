/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-quick-entry.h"

#include <locale.h>

/* A Sunday. */
static GDate *
new_today (void)
{
  return g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);
}

static BudgetQuickEntry *
parse (const char *text)
{
  g_autoptr (GDate) today = new_today ();
  g_autoptr (GError) error = NULL;
  BudgetQuickEntry *entry = budget_quick_entry_parse (text, today, "EUR", &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_nonnull (entry);

  return entry;
}

static void
assert_entry (const char *text, gint64 amount, const char *description, const char *date)
{
  g_autoptr (BudgetQuickEntry) entry = parse (text);
  char iso[32];

  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &entry->date);
  g_assert_cmpint (entry->amount, ==, amount);
  g_assert_cmpstr (entry->description, ==, description);
  g_assert_cmpstr (iso, ==, date);
}

static void
test_everything_in_one_line (void)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("12.50 lunch #food @alice yesterday");
  g_autoptr (BudgetQuickEntry) copy = budget_quick_entry_copy (entry);

  g_assert_cmpint (copy->amount, ==, 1250);
  g_assert_cmpstr (copy->description, ==, "lunch");
  g_assert_cmpstr (copy->category, ==, "food");
  g_assert_cmpstr (copy->person, ==, "alice");
  g_assert_cmpuint (g_strv_length (copy->tags), ==, 0);
  g_assert_cmpint (g_date_get_day (&copy->date), ==, 21);
}

static void
test_names_may_be_quoted (void)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("#\"eating out\" 9 @bob@example.com soup #work");

  g_assert_cmpstr (entry->category, ==, "eating out");
  g_assert_cmpstr (entry->person, ==, "bob@example.com");
  g_assert_cmpstr (entry->tags[0], ==, "work");
  g_assert_cmpstr (entry->description, ==, "soup");
}

/* The user types both quotes before the name. */
static void
test_empty_quotes_are_no_name (void)
{
  g_autoptr (BudgetQuickEntry) entry = parse ("5 soup #\"\" @\" \" #\"eating out\" #\"\" @bob");

  g_assert_cmpstr (entry->category, ==, "eating out");
  g_assert_cmpstr (entry->person, ==, "bob");
  g_assert_cmpuint (g_strv_length (entry->tags), ==, 0);
  g_assert_cmpstr (entry->description, ==, "soup");
}

static void
test_amounts (void)
{
  assert_entry ("3*4,20 coffee", 1260, "coffee", "2026-11-22");
  assert_entry ("3 * 4,20 coffee", 1260, "coffee", "2026-11-22");
  assert_entry ("(2+3)*1,50 rolls", 750, "rolls", "2026-11-22");
  assert_entry ("100/3 share", 3333, "share", "2026-11-22");
  assert_entry ("1 234,50 rent", 123450, "rent", "2026-11-22");
  assert_entry ("lunch 12.50", 1250, "lunch", "2026-11-22");
  assert_entry ("€4 bus line 7", 400, "bus line 7", "2026-11-22");
  assert_entry ("20€ gift", 2000, "gift", "2026-11-22");
  assert_entry ("+1200 salary", -120000, "salary", "2026-11-22");
  assert_entry ("-5 refund", -500, "refund", "2026-11-22");
  assert_entry ("12 #food", 1200, "food", "2026-11-22");
  assert_entry ("7UP 1.20", 120, "7UP", "2026-11-22");
  assert_entry ("12 - shoes", 1200, "- shoes", "2026-11-22");
}

static void
test_days (void)
{
  assert_entry ("5 tea today", 500, "tea", "2026-11-22");
  assert_entry ("5 tea YESTERDAY", 500, "tea", "2026-11-21");
  assert_entry ("5 tea monday", 500, "tea", "2026-11-16");
  assert_entry ("5 tea Sunday", 500, "tea", "2026-11-22");
  assert_entry ("5 tea 21.11.", 500, "tea", "2026-11-21");
  assert_entry ("5 tea 24.12.", 500, "tea", "2025-12-24");
  assert_entry ("5 tea 29.2.", 500, "tea", "2024-02-29");
  assert_entry ("21.11.2026 5 tea", 500, "tea", "2026-11-21");
  assert_entry ("5 tea 1.2.26", 500, "tea", "2026-02-01");
  assert_entry ("5 tea 2026-11-21", 500, "tea", "2026-11-21");
  assert_entry ("21 tea", 2100, "tea", "2026-11-22");
  assert_entry ("21.11 tea", 2111, "tea", "2026-11-22");
  assert_entry ("5 tea 31.2.2026", 500, "tea 31.2.2026", "2026-11-22");
}

static void
test_slashes_are_days_where_an_amount_is_left (void)
{
  assert_entry ("11/21 5 tea", 500, "tea", "2026-11-21");
  assert_entry ("21/11 tea 5", 500, "tea", "2026-11-21");
  assert_entry ("10/2 pizza", 500, "pizza", "2026-11-22");
}

static void
test_weekday_of_the_locale (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The locale de_DE.UTF-8 is not there");
      return;
    }

  assert_entry ("5 Tee montag", 500, "Tee", "2026-11-16");
  assert_entry ("1.234,50 Miete 3/11", 123450, "Miete", "2026-11-03");
  setlocale (LC_ALL, "C");
}

static void
test_errors_are_reported (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", BUDGET_ERROR_INVALID_AMOUNT },
    { "lunch", BUDGET_ERROR_INVALID_AMOUNT },
    { "0 lunch", BUDGET_ERROR_INVALID_AMOUNT },
    { "1/0 lunch", BUDGET_ERROR_INVALID_AMOUNT },
    { "12.345 lunch", BUDGET_ERROR_INVALID_AMOUNT },
    { "999999999999 lunch", BUDGET_ERROR_INVALID_AMOUNT },
    { "12.50", BUDGET_ERROR_INVALID_TEXT },
    { "12.50 yesterday", BUDGET_ERROR_INVALID_TEXT },
    { "12.50 lunch #aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      BUDGET_ERROR_INVALID_TEXT },
    { "12.50 \xff\xe2", BUDGET_ERROR_INVALID_TEXT },
  };
  g_autoptr (GDate) today = new_today ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (budget_quick_entry_parse (cases[i].text, today, "EUR", &error));
      g_assert_error (error, BUDGET_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quick-entry/everything-in-one-line", test_everything_in_one_line);
  g_test_add_func ("/quick-entry/names-may-be-quoted", test_names_may_be_quoted);
  g_test_add_func ("/quick-entry/empty-quotes", test_empty_quotes_are_no_name);
  g_test_add_func ("/quick-entry/amounts", test_amounts);
  g_test_add_func ("/quick-entry/days", test_days);
  g_test_add_func ("/quick-entry/slashes", test_slashes_are_days_where_an_amount_is_left);
  g_test_add_func ("/quick-entry/weekday-of-the-locale", test_weekday_of_the_locale);
  g_test_add_func ("/quick-entry/errors-are-reported", test_errors_are_reported);

  return g_test_run ();
}
