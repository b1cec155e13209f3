/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-text.h"
#include "budget-text-fold.h"

#include <string.h>

#define MAX_LENGTH 64

/* How the names of the months begin in several languages, without accents. A longer
 * beginning precedes a shorter one of which it is a continuation. */
static const struct
{
  const char *stem;
  guint month;
} months[] = {
  { "marras", 11 }, { "cervenec", 7 }, { "cervence", 7 }, { "jan", 1 },  { "gen", 1 },
  { "ene", 1 },     { "led", 1 },      { "sty", 1 },      { "tam", 1 },  { "oca", 1 },
  { "ian", 1 },     { "feb", 2 },      { "fev", 2 },      { "uno", 2 },  { "lut", 2 },
  { "hel", 2 },     { "sub", 2 },      { "mar", 3 },      { "mrz", 3 },  { "maa", 3 },
  { "mrt", 3 },     { "mae", 3 },      { "bre", 3 },      { "apr", 4 },  { "avr", 4 },
  { "abr", 4 },     { "dub", 4 },      { "kwi", 4 },      { "huh", 4 },  { "nis", 4 },
  { "may", 5 },     { "mai", 5 },      { "maj", 5 },      { "mag", 5 },  { "mei", 5 },
  { "kve", 5 },     { "tou", 5 },      { "jun", 6 },      { "juin", 6 }, { "giu", 6 },
  { "cer", 6 },     { "cze", 6 },      { "kes", 6 },      { "haz", 6 },  { "iun", 6 },
  { "jul", 7 },     { "juil", 7 },     { "lug", 7 },      { "lip", 7 },  { "hei", 7 },
  { "tem", 7 },     { "iul", 7 },      { "aug", 8 },      { "aou", 8 },  { "ago", 8 },
  { "srp", 8 },     { "sie", 8 },      { "elo", 8 },      { "agu", 8 },  { "avg", 8 },
  { "sep", 9 },     { "set", 9 },      { "zar", 9 },      { "wrz", 9 },  { "syy", 9 },
  { "eyl", 9 },     { "sze", 9 },      { "oct", 10 },     { "okt", 10 }, { "ott", 10 },
  { "out", 10 },    { "rij", 10 },     { "paz", 10 },     { "lok", 10 }, { "eki", 10 },
  { "nov", 11 },    { "lis", 11 },     { "kas", 11 },     { "noi", 11 }, { "dec", 12 },
  { "dez", 12 },    { "dic", 12 },     { "des", 12 },     { "pro", 12 }, { "gru", 12 },
  { "jou", 12 },    { "ara", 12 },
};

static const char *const order_names[BUDGET_N_DATE_ORDERS] = {
  [BUDGET_DATE_ORDER_DMY] = "dmy",
  [BUDGET_DATE_ORDER_MDY] = "mdy",
  [BUDGET_DATE_ORDER_YMD] = "ymd",
  [BUDGET_DATE_ORDER_YDM] = "ydm",
};

/**
 * budget_date_order_get_name:
 * @order: an order
 *
 * Returns: its name in a mapping, such as "dmy"
 */
const char *
budget_date_order_get_name (BudgetDateOrder order)
{
  g_return_val_if_fail (order < BUDGET_N_DATE_ORDERS, NULL);

  return order_names[order];
}

/**
 * budget_date_order_from_name:
 * @name: `dmy`, `mdy`, `ymd` or `ydm`, in either case
 * @order: (out): the order
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
budget_date_order_from_name (const char *name, BudgetDateOrder *order)
{
  g_return_val_if_fail (name != NULL && order != NULL, FALSE);

  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    if (g_ascii_strcasecmp (name, order_names[i]) == 0)
      {
        *order = (BudgetDateOrder) i;
        return TRUE;
      }

  return FALSE;
}

static guint
find_month (const char *word, gsize length)
{
  g_autofree char *copy = g_strndup (word, length);
  g_autofree char *folded = budget_text_fold (copy);

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_str_has_prefix (folded, months[i].stem))
      return months[i].month;

  return 0;
}

static gboolean
is_separator (gunichar c)
{
  return c == ' ' || c == '.' || c == '/' || c == '-' || c == ',' || c == 0x00a0 || c == 0x202f ||
         c == 0x5e74 || c == 0x6708 || c == 0x65e5 || c == 0x2013;
}

static const char *
skip_separators (const char *at, char *mark)
{
  while (*at != '\0' && is_separator (g_utf8_get_char (at)))
    {
      if (mark != NULL && (*at == '.' || *at == '/' || *at == '-'))
        *mark = *at;

      at = g_utf8_next_char (at);
    }

  return at;
}

/* Eight digits without marks: the year is first if the first four can be one, else last. */
static gboolean
split_compact (BudgetDateText *self, const char *digits)
{
  guint number = 0;

  for (guint i = 0; i < 8; i++)
    number = number * 10 + (guint) (digits[i] - '0');

  if (number / 10000 >= 1950 && number / 10000 <= 2099)
    {
      *self = (BudgetDateText){
        { number / 10000, number / 100 % 100, number % 100 }, { 4, 2, 2 }, -1, '\0'
      };
      return self->values[1] <= 12 && self->values[2] <= 31;
    }

  *self = (BudgetDateText){
    { number / 1000000, number / 10000 % 100, number % 10000 }, { 2, 2, 4 }, -1, '\0'
  };

  return self->values[2] >= 1950 && self->values[2] <= 2099;
}

/* Only a time of day or a remark in parentheses may follow a date. */
static gboolean
is_time (const char *at)
{
  guint n_digits = 0;

  if (*at == 'T' || *at == 't')
    at++;

  at = skip_separators (at, NULL);

  if (*at == '\0' || *at == '(')
    return TRUE;

  for (; g_ascii_isdigit (*at); at++)
    n_digits++;

  if (n_digits == 6)
    return *at == '\0';

  return n_digits >= 1 && n_digits <= 2 && (*at == ':' || *at == 'h' || *at == '.') &&
         g_ascii_isdigit (at[1]);
}

static const char *
scan_number (BudgetDateText *self, guint n, const char *at)
{
  while (g_ascii_isdigit (*at))
    {
      if (++self->lengths[n] > 4)
        return NULL;

      self->values[n] = self->values[n] * 10 + (guint) (*at++ - '0');
    }

  return self->lengths[n] == 3 ? NULL : at;
}

/* The name of a month counts as a number; a weekday's name at the start is skipped. */
static const char *
scan_word (BudgetDateText *self, guint *n, const char *at)
{
  const char *end = at;
  guint month;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  if (end == at || end - at > 32)
    return NULL;

  month = find_month (at, (gsize) (end - at));

  if (*n == 0 && (*end == ' ' || *end == ',' || *end == '.') &&
      g_ascii_isdigit (*skip_separators (end, NULL)) && (month == 0 || strlen (end) > 8))
    {
      const char *rest = skip_separators (end, NULL);
      BudgetDateText inner;

      if (budget_date_text_scan (rest, &inner))
        return end;
    }

  if (month == 0 || self->month_at >= 0)
    return NULL;

  self->month_at = (int) *n;
  self->values[*n] = month;
  self->lengths[*n] = 2;
  (*n)++;

  return end;
}

static gboolean
has_plausible_year (const BudgetDateText *self)
{
  guint n_long = 0;

  for (guint i = 0; i < 3; i++)
    n_long += self->lengths[i] == 4;

  if (n_long > 1 || self->lengths[1] == 4)
    return FALSE;

  return n_long == 1 || self->mark != '\0' || self->month_at >= 0;
}

/**
 * budget_date_text_scan:
 * @text: a cell
 * @self: (out caller-allocates): the parts
 *
 * Splits a written date into its parts: `04 Nov 2009`, `2012/3/22`, `20180227`,
 * `Feb 27, 2018`, `27.02.18`, `2018-02-27T12:31:00Z`.
 *
 * Returns: %FALSE if @text cannot be a date
 */
gboolean
budget_date_text_scan (const char *text, BudgetDateText *self)
{
  const char *at = text;
  guint n = 0;

  memset (self, 0, sizeof *self);
  self->month_at = -1;

  if (strpbrk (text, "0123456789") == NULL || strlen (text) > MAX_LENGTH)
    return FALSE;

  if (strspn (text, "0123456789") == 8 || strspn (text, "0123456789") == 14)
    return split_compact (self, text) &&
           (text[8] == '\0' || strlen (text) == 14 || is_time (text + 8));

  while (n < 3)
    {
      at = skip_separators (at, n == 0 ? NULL : &self->mark);

      if (g_ascii_isdigit (*at))
        at = scan_number (self, n++, at);
      else
        at = scan_word (self, &n, at);

      if (at == NULL)
        return FALSE;
    }

  return has_plausible_year (self) && is_time (at);
}

/**
 * budget_date_text_read:
 * @self: a scanned date
 * @order: in which order the file writes them
 * @date: (out caller-allocates): the day
 *
 * Returns: %FALSE if there is no such day in that order
 */
gboolean
budget_date_text_read (const BudgetDateText *self, BudgetDateOrder order, GDate *date)
{
  static const guint places[BUDGET_N_DATE_ORDERS][3] = {
    [BUDGET_DATE_ORDER_DMY] = { 2, 1, 0 },
    [BUDGET_DATE_ORDER_MDY] = { 2, 0, 1 },
    [BUDGET_DATE_ORDER_YMD] = { 0, 1, 2 },
    [BUDGET_DATE_ORDER_YDM] = { 0, 2, 1 },
  };
  gboolean year_first = self->lengths[0] == 4;
  guint year, month, day;

  /* A year of four digits and the name of a month must be where the order has them. */
  if (self->month_at >= 0)
    order = year_first ? self->month_at == 1 ? BUDGET_DATE_ORDER_YMD : BUDGET_DATE_ORDER_YDM
            : self->month_at == 0                                     ? BUDGET_DATE_ORDER_MDY
            : order == BUDGET_DATE_ORDER_YMD && self->lengths[2] != 4 ? order
                                                                      : BUDGET_DATE_ORDER_DMY;
  else if (year_first != (order == BUDGET_DATE_ORDER_YMD || order == BUDGET_DATE_ORDER_YDM) &&
           (year_first || self->lengths[2] == 4))
    return FALSE;

  year = self->values[places[order][0]];
  month = self->values[places[order][1]];
  day = self->values[places[order][2]];

  if (self->lengths[places[order][0]] <= 2)
    year += year < 70 ? 2000 : 1900;

  if (day > 31 || month > 12 || year < 1000 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}
