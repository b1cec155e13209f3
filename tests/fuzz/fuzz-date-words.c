/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-words.h"
#include "fuzz.h"

/* Days on which something ends: a year, a leap month, a month. */
static const guint days[][3] = {
  { 2026, 11, 23 }, { 2024, 2, 29 }, { 2026, 1, 1 }, { 2025, 12, 31 }, { 2027, 3, 1 },
};

/* The input is a byte that chooses what day it is, and a word. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *raw = NULL;
  g_autofree char *word = NULL;
  GDate today, date, again;
  guint8 choice;
  char text[16];

  if (!fuzz_take_byte (&data, &size, &choice))
    return 0;

  choice %= G_N_ELEMENTS (days);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) days[choice][2], (GDateMonth) days[choice][1],
                  (GDateYear) days[choice][0]);

  raw = fuzz_dup_text (data, size);
  word = g_utf8_make_valid (raw, -1);
  budget_date_words_is_slashed (word);
  if (!budget_date_words_parse (word, &today, &date))
    return 0;

  g_assert_true (g_date_valid (&date));
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  if (g_date_get_year (&date) < 1000)
    return 0;

  /* Written in full it is the same day, whatever day it is today. */
  g_assert_true (budget_date_words_parse (text, &today, &again));
  g_assert_cmpint (g_date_compare (&date, &again), ==, 0);

  return 0;
}
