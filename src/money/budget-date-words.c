/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* A date without a year may be this many days in the future; else it means last year. */
#define MAX_DAYS_AHEAD 31

typedef struct
{
  guint values[3];
  guint lengths[3];
  guint n_values;
  char mark;
  gboolean closed; /* ends with the mark, as in "21.11." */
} Numbers;

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

static gboolean
is_weekday (const char *word, GDateWeekday weekday)
{
  static const char *const english[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  };
  GDate day;
  char local[64];

  if (same_word (word, english[weekday - G_DATE_MONDAY]))
    return TRUE;

  /* The 1st of January 2024 was a Monday. */
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) weekday, G_DATE_JANUARY, 2024);

  return g_date_strftime (local, sizeof local, "%A", &day) > 0 && same_word (word, local);
}

static gboolean
parse_name (const char *word, const GDate *today, GDate *date)
{
  *date = *today;

  if (same_word (word, "today") || same_word (word, C_ ("quick entry", "today")))
    return TRUE;

  if (same_word (word, "yesterday") || same_word (word, C_ ("quick entry", "yesterday")))
    {
      g_date_subtract_days (date, 1);
      return TRUE;
    }

  if (same_word (word, "tomorrow") || same_word (word, C_ ("quick entry", "tomorrow")))
    {
      g_date_add_days (date, 1);
      return TRUE;
    }

  /* A weekday means the most recent one, which may be today. */
  for (guint i = 0; i < 7; i++)
    {
      if (is_weekday (word, g_date_get_weekday (date)))
        return TRUE;

      g_date_subtract_days (date, 1);
    }

  return FALSE;
}

/* Two or three numbers with one kind of mark between them, and nothing else. */
static gboolean
split_numbers (const char *word, Numbers *numbers)
{
  memset (numbers, 0, sizeof *numbers);

  while (g_ascii_isdigit (*word))
    {
      guint i = numbers->n_values;

      if (i == 3)
        return FALSE;

      while (g_ascii_isdigit (*word))
        {
          if (++numbers->lengths[i] > 4)
            return FALSE;

          numbers->values[i] = numbers->values[i] * 10 + (guint) (*word++ - '0');
        }

      numbers->n_values++;

      if (*word == '\0')
        return numbers->n_values >= 2;

      if ((*word != '.' && *word != '/' && *word != '-') ||
          (numbers->mark != '\0' && numbers->mark != *word))
        return FALSE;

      numbers->mark = *word++;
    }

  numbers->closed = TRUE;

  return *word == '\0' && numbers->n_values == 2 && numbers->mark == '.';
}

/* Whether the locale writes the month before the day. */
static gboolean
month_comes_first (void)
{
  GDate day;
  char text[64];
  const char *month, *number;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 25, G_DATE_NOVEMBER, 2026);

  if (g_date_strftime (text, sizeof text, "%x", &day) == 0)
    return FALSE;

  month = strstr (text, "11");
  number = strstr (text, "25");

  /* In year-month-day locales people still say the month first. */
  return month != NULL && number != NULL && month < number;
}

static gboolean
set_checked (GDate *date, guint day, guint month, guint year)
{
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

static gboolean
set_without_year (GDate *date, guint day, guint month, const GDate *today)
{
  guint year = g_date_get_year (today);

  if (day > 31 || month > 12)
    return FALSE;

  /* The last 29 February may be up to eight years ago. */
  for (guint i = 0; i <= 8; i++)
    if (set_checked (date, day, month, year - i) &&
        g_date_days_between (today, date) <= MAX_DAYS_AHEAD)
      return TRUE;

  return FALSE;
}

static gboolean
set_day_month (const Numbers *numbers, gboolean month_first, const GDate *today, GDate *date)
{
  guint day = numbers->values[month_first ? 1 : 0];
  guint month = numbers->values[month_first ? 0 : 1];
  guint year = numbers->values[2];

  if (numbers->lengths[0] > 2 || numbers->lengths[1] > 2)
    return FALSE;

  if (numbers->n_values == 2)
    return set_without_year (date, day, month, today);

  if (numbers->lengths[2] == 2)
    year += 2000;
  else if (numbers->lengths[2] != 4)
    return FALSE;

  return day <= 31 && month <= 12 && set_checked (date, day, month, year);
}

/**
 * budget_date_words_parse:
 * @word: one word
 * @today: the day it is
 * @date: (out caller-allocates): the day meant
 *
 * Parses a date as people type it: `yesterday`, `Monday`, `21.11.`,
 * `11/21`, `21.11.2026`, `2026-11-21`. A single number is not a date.
 *
 * Returns: %TRUE if @word is a date
 */
gboolean
budget_date_words_parse (const char *word, const GDate *today, GDate *date)
{
  Numbers numbers;
  gboolean month_first;

  g_return_val_if_fail (word != NULL && date != NULL, FALSE);
  g_return_val_if_fail (today != NULL && g_date_valid (today), FALSE);

  g_date_clear (date, 1);

  if (!g_ascii_isdigit (*word))
    return parse_name (word, today, date);

  if (!split_numbers (word, &numbers))
    return FALSE;

  if (numbers.n_values == 3 && numbers.lengths[0] == 4)
    return numbers.values[1] <= 12 && numbers.values[2] <= 31 &&
           set_checked (date, numbers.values[2], numbers.values[1], numbers.values[0]);

  /* "21.11" is an amount and "21-11" an expression; "21.11." and "21/11" are dates. */
  if (numbers.n_values == 2 && !numbers.closed && numbers.mark != '/')
    return FALSE;

  month_first = numbers.mark != '.' && month_comes_first ();

  return set_day_month (&numbers, month_first, today, date) ||
         (numbers.mark != '.' && set_day_month (&numbers, !month_first, today, date));
}

/**
 * budget_date_words_is_slashed:
 * @word: one word
 *
 * Returns: %TRUE if @word could also be a division, such as `10/2`
 */
gboolean
budget_date_words_is_slashed (const char *word)
{
  Numbers numbers;

  g_return_val_if_fail (word != NULL, FALSE);

  return split_numbers (word, &numbers) && numbers.n_values == 2 && numbers.mark == '/';
}
