/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-expression.h"
#include "budget-money.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Evaluates the arithmetic of the amount field. Intermediate results are
 * fractions of two integers, so that 100/3*3 is 100; only the result is
 * rounded.
 */

#define MAX_DEPTH 32
#define MAX_LENGTH 256

__extension__ typedef __int128 Wide;

typedef struct
{
  Wide over;
  Wide under; /* always positive */
} Fraction;

typedef struct
{
  const char *at;
  guint depth;
  gboolean has_operator;
  gboolean overflow;
  gboolean by_zero;
  guint max_decimals;
} Parser;

static gboolean parse_sum (Parser *parser, Fraction *result);

static Wide
gcd (Wide a, Wide b)
{
  while (b != 0)
    {
      Wide rest = a % b;

      a = b;
      b = rest;
    }

  return a < 0 ? -a : a;
}

static void
reduce (Fraction *fraction)
{
  Wide divisor = gcd (fraction->over, fraction->under);

  if (divisor > 1)
    {
      fraction->over /= divisor;
      fraction->under /= divisor;
    }
}

static gboolean
multiply (Parser *parser, Fraction *a, Fraction b)
{
  if (__builtin_mul_overflow (a->over, b.over, &a->over) ||
      __builtin_mul_overflow (a->under, b.under, &a->under))
    {
      parser->overflow = TRUE;
      return FALSE;
    }

  reduce (a);

  return TRUE;
}

static gboolean
divide (Parser *parser, Fraction *a, Fraction b)
{
  Fraction inverse = { b.under, b.over };

  if (b.over == 0)
    {
      parser->by_zero = TRUE;
      return FALSE;
    }

  if (inverse.under < 0)
    {
      inverse.over = -inverse.over;
      inverse.under = -inverse.under;
    }

  return multiply (parser, a, inverse);
}

static gboolean
add (Parser *parser, Fraction *a, Fraction b)
{
  Wide left, right;

  if (__builtin_mul_overflow (a->over, b.under, &left) ||
      __builtin_mul_overflow (b.over, a->under, &right) ||
      __builtin_add_overflow (left, right, &a->over) ||
      __builtin_mul_overflow (a->under, b.under, &a->under))
    {
      parser->overflow = TRUE;
      return FALSE;
    }

  reduce (a);

  return TRUE;
}

static void
skip_blanks (Parser *parser)
{
  for (;;)
    {
      gunichar c = g_utf8_get_char (parser->at);

      if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_CURRENCY_SYMBOL)
        return;

      parser->at = g_utf8_next_char (parser->at);
    }
}

/*
 * The length of the number at @at in bytes, including its marks. A blank is
 * part of it only before a group of three digits.
 */
static gsize
number_length (const char *at)
{
  const char *end = at;

  for (;;)
    {
      gunichar c = g_utf8_get_char (end);
      const char *next = *end == '\0' ? end : g_utf8_next_char (end);

      if (g_ascii_isdigit (*end))
        end++;
      else if ((c == '.' || c == ',' || c == '\'' || c == 0x2019) && g_ascii_isdigit (*next))
        end = next;
      else if (end > at && (c == ' ' || c == 0x00a0 || c == 0x202f || c == 0x2009) &&
               g_ascii_isdigit (next[0]) && g_ascii_isdigit (next[1]) &&
               g_ascii_isdigit (next[2]) && !g_ascii_isdigit (next[3]))
        end = next;
      else
        return (gsize) (end - at);
    }
}

static gboolean
parse_number (Parser *parser, Fraction *result)
{
  gsize length = number_length (parser->at);
  g_autofree char *text = g_strndup (parser->at, length);
  BudgetNumber number;
  char decimal;
  gint64 mantissa;
  guint n_decimals;

  if (length == 0 || !budget_number_scan (text, &number))
    return FALSE;

  decimal = budget_number_guess_decimal (&number);

  if (decimal == '\0')
    decimal = budget_money_get_decimal_mark ();

  if (!budget_number_read (&number, decimal, &mantissa, &n_decimals))
    return FALSE;

  parser->at += length;
  parser->max_decimals = MAX (parser->max_decimals, n_decimals);
  result->over = mantissa;
  result->under = 1;

  for (guint i = 0; i < n_decimals; i++)
    result->under *= 10;

  reduce (result);

  return TRUE;
}

static gboolean
parse_factor (Parser *parser, Fraction *result)
{
  gunichar c;
  gboolean ok;

  skip_blanks (parser);
  c = g_utf8_get_char (parser->at);

  if (c != '(' && c != '-' && c != '+' && c != 0x2212)
    return parse_number (parser, result);

  if (parser->depth == MAX_DEPTH)
    return FALSE;

  parser->depth++;
  parser->at = g_utf8_next_char (parser->at);
  ok = c == '(' ? parse_sum (parser, result) : parse_factor (parser, result);
  parser->depth--;

  if (ok && (c == '-' || c == 0x2212))
    result->over = -result->over;

  if (!ok || c != '(')
    return ok;

  skip_blanks (parser);

  return *parser->at == ')' && *parser->at++ != '\0';
}

static gboolean
parse_product (Parser *parser, Fraction *result)
{
  if (!parse_factor (parser, result))
    return FALSE;

  for (;;)
    {
      gunichar c;
      gboolean times;
      Fraction next;

      skip_blanks (parser);
      c = g_utf8_get_char (parser->at);
      times = c == '*' || c == 0x00d7 || c == 0x00b7;

      if (!times && c != '/' && c != 0x00f7 && c != ':')
        return TRUE;

      parser->has_operator = TRUE;
      parser->at = g_utf8_next_char (parser->at);

      if (!parse_factor (parser, &next) ||
          !(times ? multiply (parser, result, next) : divide (parser, result, next)))
        return FALSE;
    }
}

static gboolean
parse_sum (Parser *parser, Fraction *result)
{
  if (!parse_product (parser, result))
    return FALSE;

  for (;;)
    {
      gunichar c;
      Fraction next;

      skip_blanks (parser);
      c = g_utf8_get_char (parser->at);

      if (c != '+' && c != '-' && c != 0x2212)
        return TRUE;

      parser->has_operator = TRUE;
      parser->at = g_utf8_next_char (parser->at);

      if (!parse_product (parser, &next))
        return FALSE;

      if (c != '+')
        next.over = -next.over;

      if (!add (parser, result, next))
        return FALSE;
    }
}

/* Rounds half a minor unit away from zero. */
static gboolean
round_to_minor (Fraction value, guint digits, gint64 *minor)
{
  Wide over = value.over < 0 ? -value.over : value.over;
  Wide result;

  for (guint i = 0; i < digits; i++)
    if (__builtin_mul_overflow (over, 10, &over))
      return FALSE;

  result = over / value.under;

  if (over % value.under >= value.under - over % value.under)
    result++;

  if (result > G_MAXINT64)
    return FALSE;

  *minor = value.over < 0 ? -(gint64) result : (gint64) result;

  return TRUE;
}

static void
set_parse_error (const Parser *parser, const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (parser->by_zero)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
                           _ ("An amount cannot be divided by zero"));
      return;
    }

  if (parser->overflow)
    {
      budget_money_check (G_MAXINT64, error);
      return;
    }

  /* Translators: %s is what was typed where an amount is expected. */
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
               _ ("“%s” is not an amount"), valid);
}

/**
 * budget_expression_evaluate:
 * @text: an amount, or arithmetic with `+ - * /` and parentheses
 * @digits: how many decimals the currency has
 * @minor: (out): the result in minor units
 * @error: return location for a #BudgetError
 *
 * Evaluates the text of an amount field exactly and rounds the result to the
 * minor unit, halves away from zero. A single number may not have more
 * decimals than the currency, because that is a typing error.
 *
 * Returns: %TRUE if @text is valid
 */
gboolean
budget_expression_evaluate (const char *text, guint digits, gint64 *minor, GError **error)
{
  Parser parser = { text, 0, FALSE, FALSE, FALSE, 0 };
  Fraction result;

  g_return_val_if_fail (text != NULL && minor != NULL, FALSE);
  g_return_val_if_fail (digits <= 3, FALSE);

  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL) ||
      !parse_sum (&parser, &result) || *parser.at != '\0')
    {
      set_parse_error (&parser, text, error);
      return FALSE;
    }

  if (!parser.has_operator && parser.max_decimals > digits)
    {
      g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
                   /* Translators: %s is the typed amount, %u how many decimals the currency has. */
                   g_dngettext (GETTEXT_PACKAGE,
                                "“%s” has more decimals than the currency, which has %u",
                                "“%s” has more decimals than the currency, which has %u", digits),
                   text, digits);
      return FALSE;
    }

  if (!round_to_minor (result, digits, minor))
    *minor = G_MAXINT64;

  return budget_money_check (*minor, error);
}
