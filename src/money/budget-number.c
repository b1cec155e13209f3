/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-number.h"

#include <string.h>

#define MAX_AFFIX 12

/* Amounts in statements are not longer. */
#define MAX_TEXT 64

typedef struct
{
  const char *at;
  BudgetNumber *number;
  guint n_signs;
  guint n_open;
  guint n_closed;
  char affix[MAX_AFFIX + 1];
  guint n_affix;
} Scanner;

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\t' || c == 0x00a0 || c == 0x202f || c == 0x2009 || c == 0x2007;
}

static gboolean
is_minus (gunichar c)
{
  return c == '-' || c == 0x2212 || c == 0x2013 || c == 0x2012;
}

/* The kind of mark between digits that @c is: a blank, an apostrophe, a dot or a comma. */
static char
mark_of (gunichar c)
{
  if (is_blank (c))
    return ' ';

  if (c == '\'' || c == 0x2019 || c == 0x02bc)
    return '\'';

  return c == '.' || c == ',' ? (char) c : '\0';
}

static gboolean
take_sign (Scanner *scanner, gboolean negative)
{
  if (scanner->n_signs++ > 0)
    return FALSE;

  scanner->number->negative = negative;
  scanner->number->has_sign = TRUE;

  return TRUE;
}

/* Only a currency, or a word for debit or credit, may stand before or after
 * the digits.
 */
static gboolean
finish_affix (Scanner *scanner, gboolean trailing)
{
  const char *affix = scanner->affix;

  if (scanner->n_affix == 0)
    return TRUE;

  scanner->affix[scanner->n_affix] = '\0';
  scanner->n_affix = 0;

  if (trailing && (g_ascii_strcasecmp (affix, "CR") == 0 || strcmp (affix, "C") == 0 ||
                   strcmp (affix, "H") == 0 || g_ascii_strcasecmp (affix, "CR.") == 0))
    return take_sign (scanner, FALSE);

  if (trailing && (g_ascii_strcasecmp (affix, "DR") == 0 || strcmp (affix, "D") == 0 ||
                   strcmp (affix, "S") == 0 || g_ascii_strcasecmp (affix, "DR.") == 0))
    return take_sign (scanner, TRUE);

  if (scanner->number->currency != NULL)
    return FALSE;

  scanner->number->currency = budget_currency_find (affix);

  return scanner->number->currency != NULL;
}

static gboolean
add_to_affix (Scanner *scanner, const char *next)
{
  gsize length = (gsize) (next - scanner->at);

  if (scanner->n_affix + length > MAX_AFFIX)
    return FALSE;

  memcpy (scanner->affix + scanner->n_affix, scanner->at, length);
  scanner->n_affix += (guint) length;

  return TRUE;
}

/* Scans one character before or after the digits. */
static gboolean
scan_outside (Scanner *scanner, gboolean trailing)
{
  gunichar c = g_utf8_get_char (scanner->at);
  const char *next = g_utf8_next_char (scanner->at);
  gboolean ok = TRUE;

  if (is_blank (c))
    ok = finish_affix (scanner, trailing);
  else if (is_minus (c) || c == '+')
    ok = finish_affix (scanner, trailing) && take_sign (scanner, c != '+');
  else if (c == '(' && !trailing)
    ok = finish_affix (scanner, trailing) && scanner->n_open++ == 0;
  else if (c == ')' && trailing)
    ok = finish_affix (scanner, trailing) && scanner->n_closed++ == 0;
  else if (g_unichar_isalpha (c) || c == '.' || g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL)
    ok = add_to_affix (scanner, next);
  else
    ok = FALSE;

  scanner->at = next;

  return ok;
}

/* "12,-" and "12.--" are whole amounts, and so is "12." */
static gboolean
scan_open_end (Scanner *scanner)
{
  if (scanner->number->n_marks > 0 || (*scanner->at != '.' && *scanner->at != ','))
    return TRUE;

  if (scanner->at[1] != '\0' && !is_blank (g_utf8_get_char (scanner->at + 1)) &&
      !is_minus (g_utf8_get_char (scanner->at + 1)))
    return TRUE;

  scanner->at++;

  while (is_minus (g_utf8_get_char (scanner->at)))
    scanner->at = g_utf8_next_char (scanner->at);

  return TRUE;
}

static gboolean
scan_digits (Scanner *scanner)
{
  BudgetNumber *number = scanner->number;

  for (;;)
    {
      char mark;
      const char *next;

      if (g_ascii_isdigit (*scanner->at))
        {
          if (number->n_digits == BUDGET_NUMBER_MAX_DIGITS)
            return FALSE;

          number->digits[number->n_digits++] = *scanner->at++;
          continue;
        }

      mark = mark_of (g_utf8_get_char (scanner->at));
      next = *scanner->at == '\0' ? scanner->at : g_utf8_next_char (scanner->at);

      if (mark == '\0' || !g_ascii_isdigit (*next))
        return scan_open_end (scanner);

      if (number->n_marks == BUDGET_NUMBER_MAX_MARKS)
        return FALSE;

      number->marks[number->n_marks] = mark;
      number->mark_at[number->n_marks++] = number->n_digits;
      scanner->at = next;
    }
}

/* The dot of "Rs.100" belongs to the currency, the one of ".50" to the number. */
static gboolean
at_digits (const Scanner *scanner)
{
  const char *at = scanner->at;

  if (g_ascii_isdigit (*at))
    return TRUE;

  return scanner->n_affix == 0 && (*at == '.' || *at == ',') && g_ascii_isdigit (at[1]);
}

/**
 * budget_number_scan:
 * @text: what is written
 * @number: (out caller-allocates): where to put it
 *
 * Splits a written amount into digits, marks, sign and currency. It does not
 * decide which mark is the decimal mark.
 *
 * Returns: %FALSE if @text is not exactly one number
 */
gboolean
budget_number_scan (const char *text, BudgetNumber *number)
{
  Scanner scanner = { text, number, 0, 0, 0, "", 0 };

  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  memset (number, 0, sizeof *number);

  /* Spreadsheets mark a cell as text with a leading apostrophe. */
  if (*scanner.at == '\'')
    scanner.at++;

  while (!at_digits (&scanner))
    if (*scanner.at == '\0' || !scan_outside (&scanner, FALSE))
      return FALSE;

  if (!finish_affix (&scanner, FALSE) || !scan_digits (&scanner))
    return FALSE;

  while (*scanner.at != '\0')
    if (!scan_outside (&scanner, TRUE))
      return FALSE;

  if (!finish_affix (&scanner, TRUE) || scanner.n_open != scanner.n_closed)
    return FALSE;

  if (scanner.n_open > 0)
    return scanner.n_signs == 0 && take_sign (&scanner, TRUE);

  return TRUE;
}

/**
 * budget_number_guess_decimal:
 * @number: a scanned number
 *
 * Returns: the decimal mark if the number is unambiguous (`1.234,56`, `12.5`,
 * `1,234,567`), or 0 if it is ambiguous (`1.234`) or has no mark
 */
char
budget_number_guess_decimal (const BudgetNumber *number)
{
  guint n_dots = 0;
  guint n_commas = 0;
  guint n_after;
  char last;

  for (guint i = 0; i < number->n_marks; i++)
    {
      n_dots += number->marks[i] == '.';
      n_commas += number->marks[i] == ',';
    }

  if (n_dots + n_commas == 0)
    return '\0';

  last = number->marks[number->n_marks - 1];

  if (n_dots > 0 && n_commas > 0)
    return last == '.' || last == ',' ? last : '\0';

  if (n_dots + n_commas > 1)
    return n_dots > 0 ? ',' : '.';

  if (number->n_marks > 1)
    return last == '.' || last == ',' ? last : '\0';

  n_after = number->n_digits - number->mark_at[0];

  if (n_after != 3 || number->mark_at[0] > 3 || number->mark_at[0] == 0 || number->digits[0] == '0')
    return last;

  return '\0';
}

/* Groups have three digits or, as in India, two digits except the last. */
static gboolean
check_groups (const BudgetNumber *number, guint n_marks, guint n_whole)
{
  guint end = n_whole;

  for (guint i = n_marks; i > 0; i--)
    {
      guint size = end - number->mark_at[i - 1];

      if (number->marks[i - 1] != number->marks[0])
        return FALSE;

      if (size != 3 && !(size == 2 && i < n_marks && number->marks[0] == ','))
        return FALSE;

      end = number->mark_at[i - 1];
    }

  return n_marks == 0 || (end >= 1 && end <= 3);
}

/**
 * budget_number_read:
 * @number: a scanned number
 * @decimal: its decimal mark, `.` or `,`
 * @mantissa: (out): the signed digits as one whole number
 * @n_decimals: (out): the number of decimals, without trailing zeros
 *
 * Reads a number exactly. A number whose groups do not fit @decimal is
 * rejected.
 *
 * Returns: %TRUE if it could be read
 */
gboolean
budget_number_read (const BudgetNumber *number, char decimal, gint64 *mantissa, guint *n_decimals)
{
  guint n_groups = number->n_marks;
  guint n_whole = number->n_digits;
  guint n_digits = number->n_digits;
  gint64 value = 0;

  if (n_groups > 0 && number->marks[n_groups - 1] == decimal)
    n_whole = number->mark_at[--n_groups];

  for (guint i = 0; i < n_groups; i++)
    if (number->marks[i] == decimal)
      return FALSE;

  if (!check_groups (number, n_groups, n_whole))
    return FALSE;

  while (n_digits > n_whole && number->digits[n_digits - 1] == '0')
    n_digits--;

  for (guint i = 0; i < n_digits; i++)
    if (__builtin_mul_overflow (value, 10, &value) ||
        __builtin_add_overflow (value, number->digits[i] - '0', &value))
      return FALSE;

  *mantissa = number->negative ? -value : value;
  *n_decimals = n_digits - n_whole;

  return TRUE;
}

/**
 * budget_number_scale:
 * @mantissa: digits as one whole number
 * @n_decimals: how many of them are decimals
 * @digits: how many decimals are wanted
 * @minor: (out): the same amount in minor units
 *
 * Writes an amount with other decimals. Zeros at its end may be dropped.
 *
 * Returns: whether that is possible; if not, @minor is not to be used
 */
BudgetNumberFit
budget_number_scale (gint64 mantissa, guint n_decimals, guint digits, gint64 *minor)
{
  *minor = mantissa;

  for (; n_decimals > digits; n_decimals--)
    {
      if (*minor % 10 != 0)
        return BUDGET_NUMBER_TOO_PRECISE;

      *minor /= 10;
    }

  for (; n_decimals < digits; n_decimals++)
    if (__builtin_mul_overflow (*minor, 10, minor))
      return BUDGET_NUMBER_TOO_LARGE;

  return BUDGET_NUMBER_FITS;
}

/**
 * budget_number_read_thousandths:
 * @text: a number as written, at most 64 bytes
 * @decimal: the decimal mark to use where @text does not show it, `.` or `,`
 * @thousandths: (out): the number in thousandths
 *
 * Reads a number to compare it with others when the currency is unknown: no
 * currency has more than three decimals.
 *
 * Returns: %TRUE if it could be read
 */
gboolean
budget_number_read_thousandths (const char *text, char decimal, gint64 *thousandths)
{
  BudgetNumber number;
  gint64 mantissa;
  guint n_decimals;
  char guess;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*text == '\0' || strlen (text) > MAX_TEXT || !budget_number_scan (text, &number))
    return FALSE;

  guess = budget_number_guess_decimal (&number);

  return budget_number_read (&number, guess != '\0' ? guess : decimal, &mantissa, &n_decimals) &&
         budget_number_scale (mantissa, n_decimals, 3, thousandths) == BUDGET_NUMBER_FITS;
}
