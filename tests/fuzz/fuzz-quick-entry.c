/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-money.h"
#include "budget-quick-entry.h"
#include "fuzz.h"

#include <string.h>

static const char *const currencies[] = { "EUR", "JPY", "KWD" };

static void
check_entry (const BudgetQuickEntry *entry)
{
  g_assert_cmpint (entry->amount, !=, 0);
  g_assert_true (budget_money_check (entry->amount, NULL));
  g_assert_true (g_date_valid (&entry->date));
  fuzz_check_text (entry->description);
  fuzz_check_text (entry->category);
  fuzz_check_text (entry->person);
  g_assert_cmpstr (entry->description, !=, "");
  g_assert_cmpint (g_utf8_strlen (entry->description, -1), <=, 200);
  g_assert_cmpstr (entry->category, !=, "");
  g_assert_cmpstr (entry->person, !=, "");

  for (guint i = 0; entry->tags[i] != NULL; i++)
    {
      fuzz_check_text (entry->tags[i]);
      g_assert_cmpstr (entry->tags[i], !=, "");
    }
}

/* Blanks of any kind stand between words. */
static gboolean
is_one_word (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* A name with quotes or with a sign of ours in it cannot be written so that it is read again. */
static gboolean
can_be_written (const char *name)
{
  return name == NULL || strpbrk (name, "\"#@") == NULL;
}

static void
add_name (GString *line, char sign, const char *name)
{
  if (name != NULL)
    g_string_append_printf (line, is_one_word (name) ? " %c%s" : " %c\"%s\"", sign, name);
}

/* Puts an entry back into one line: the amount and the day first, so that no word is either. */
static char *
dup_line (const BudgetQuickEntry *entry, guint digits)
{
  g_autofree char *amount = budget_money_format_plain (entry->amount, digits);
  GString *line = g_string_new (amount);

  g_string_append_printf (line, " %04u-%02u-%02u", (guint) g_date_get_year (&entry->date),
                          (guint) g_date_get_month (&entry->date),
                          (guint) g_date_get_day (&entry->date));
  add_name (line, '#', entry->category);
  add_name (line, '@', entry->person);
  for (guint i = 0; entry->tags[i] != NULL; i++)
    add_name (line, '#', entry->tags[i]);
  if (g_strcmp0 (entry->description, entry->category) != 0)
    g_string_append_printf (line, " %s", entry->description);

  return g_string_free (line, FALSE);
}

static void
check_written (const BudgetQuickEntry *entry, const GDate *today, const char *currency)
{
  g_autoptr (BudgetQuickEntry) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (!can_be_written (entry->category) || !can_be_written (entry->person) ||
      !can_be_written (entry->description) || g_date_get_year (&entry->date) < 1000)
    return;
  for (guint i = 0; entry->tags[i] != NULL; i++)
    if (!can_be_written (entry->tags[i]))
      return;

  line = dup_line (entry, budget_currency_get_digits (currency));
  if (strlen (line) > 1000)
    return;

  again = budget_quick_entry_parse (line, today, currency, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->amount, ==, entry->amount);
  g_assert_cmpint (g_date_compare (&again->date, &entry->date), ==, 0);
  g_assert_cmpstr (again->description, ==, entry->description);
  g_assert_cmpstr (again->category, ==, entry->category);
  g_assert_cmpstr (again->person, ==, entry->person);
  g_assert_cmpstrv (again->tags, entry->tags);
}

/* The input is a byte that chooses a currency, and what was typed. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (BudgetQuickEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *currency;
  GDate today;
  guint8 choice;

  if (!fuzz_take_byte (&data, &size, &choice))
    return 0;

  currency = currencies[choice % G_N_ELEMENTS (currencies)];
  text = fuzz_dup_text (data, size);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);

  entry = budget_quick_entry_parse (text, &today, currency, &error);
  fuzz_check_error (entry != NULL, error);
  if (entry == NULL)
    return 0;

  check_entry (entry);
  check_written (entry, &today, currency);

  return 0;
}
