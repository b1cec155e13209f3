/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-money.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <limits.h>
#include <locale.h>
#include <string.h>

#define NBSP "\u00a0"
#define MINUS "\u2212"

/* The locale's conventions for money in UTF-8, with defaults for what it does not define. */
typedef struct
{
  char *decimal;
  char *thousands;
  char grouping[8];
  char *symbol;
  char code[4];
  gboolean symbol_first;
  gboolean spaced;
} Conventions;

static void
conventions_clear (Conventions *conventions)
{
  g_free (conventions->decimal);
  g_free (conventions->thousands);
  g_free (conventions->symbol);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conventions, conventions_clear)

static char *
to_utf8 (const char *text, const char *fallback)
{
  char *utf8 = text != NULL && *text != '\0' ? g_locale_to_utf8 (text, -1, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? utf8 : g_strdup (fallback);
}

/* The C locale does not define a format for money: use that of American English. */
static void
conventions_init (Conventions *conventions)
{
  const struct lconv *conv = localeconv ();
  gboolean silent = conv->mon_decimal_point == NULL || *conv->mon_decimal_point == '\0';
  const char *decimal = silent ? conv->decimal_point : conv->mon_decimal_point;
  const char *thousands = silent ? conv->thousands_sep : conv->mon_thousands_sep;
  const char *grouping = silent ? conv->grouping : conv->mon_grouping;
  gboolean bare = silent && (thousands == NULL || *thousands == '\0');

  memset (conventions, 0, sizeof *conventions);

  conventions->decimal = to_utf8 (decimal, ".");
  conventions->thousands =
    to_utf8 (thousands, bare && strcmp (conventions->decimal, ".") == 0 ? "," : "");
  g_strlcpy (conventions->grouping, bare || grouping == NULL || *grouping == '\0' ? "\3" : grouping,
             sizeof conventions->grouping);
  conventions->symbol = to_utf8 (conv->currency_symbol, "");
  g_strlcpy (conventions->code, conv->int_curr_symbol, sizeof conventions->code);

  /* CHAR_MAX means that the locale does not define the value. */
  conventions->symbol_first = conv->p_cs_precedes != 0;
  conventions->spaced = conv->p_sep_by_space != CHAR_MAX && conv->p_sep_by_space != 0;
}

/* The local currency has the symbol of the locale. Others have their own, unless it is the same. */
static char *
dup_symbol (const Conventions *conventions, const char *currency)
{
  const char *symbol = budget_currency_get_symbol (currency);

  if (currency == NULL)
    return g_strdup ("");

  if (g_ascii_strcasecmp (conventions->code, currency) == 0 && *conventions->symbol != '\0')
    return g_strdup (conventions->symbol);

  if (symbol != NULL && strcmp (symbol, conventions->symbol) != 0)
    return g_strdup (symbol);

  return g_ascii_strup (currency, -1);
}

static guint64
magnitude (gint64 minor)
{
  return minor < 0 ? -(guint64) minor : (guint64) minor;
}

static void
prepend_groups (GString *string, guint64 whole, const Conventions *conventions)
{
  const char *size = conventions->grouping;
  guint n_in_group = 0;

  do
    {
      if (*size != CHAR_MAX && *size > 0 && n_in_group == (guint) *size)
        {
          g_string_prepend (string, conventions->thousands);
          n_in_group = 0;

          if (size[1] != '\0')
            size++;
        }

      g_string_prepend_c (string, (char) ('0' + whole % 10));
      n_in_group++;
      whole /= 10;
    }
  while (whole > 0);
}

static GString *
format_number (guint64 minor, guint digits, const Conventions *conventions)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < digits; i++)
    {
      g_string_prepend_c (string, (char) ('0' + minor % 10));
      minor /= 10;
    }

  if (digits > 0)
    g_string_prepend (string, conventions->decimal);

  prepend_groups (string, minor, conventions);

  return string;
}

static void
set_not_an_amount (const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  /* Translators: %s is what was typed where an amount is expected. */
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
               _ ("“%s” is not an amount"), valid);
}

static void
set_too_precise (const char *text, guint digits, GError **error)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
               /* Translators: %s is the typed amount, %u how many decimals the currency has. */
               g_dngettext (GETTEXT_PACKAGE,
                            "“%s” has more decimals than the currency, which has %u",
                            "“%s” has more decimals than the currency, which has %u", digits),
               text, digits);
}

/* Whether the amount in @minor, which was scaled to @digits decimals, is good. */
static gboolean
take_minor (const char *text, BudgetNumberFit fit, guint digits, gint64 *minor, GError **error)
{
  if (fit == BUDGET_NUMBER_TOO_PRECISE)
    {
      set_too_precise (text, digits, error);
      return FALSE;
    }

  if (fit == BUDGET_NUMBER_TOO_LARGE)
    *minor = G_MAXINT64;

  return budget_money_check (*minor, error);
}

/**
 * budget_money_get_local_currency:
 *
 * Returns: the currency of the locale, or EUR if it has none
 */
const char *
budget_money_get_local_currency (void)
{
  char code[4] = { 0 };

  g_strlcpy (code, localeconv ()->int_curr_symbol, sizeof code);

  return budget_currency_is_known (code) ? g_intern_string (code) : "EUR";
}

/**
 * budget_money_get_decimal_mark:
 *
 * Returns: the mark before the decimals in the user's locale, a dot or a comma
 */
char
budget_money_get_decimal_mark (void)
{
  g_auto (Conventions) conventions = { 0 };

  conventions_init (&conventions);

  return strcmp (conventions.decimal, ",") == 0 ? ',' : '.';
}

/**
 * budget_money_parse_decimal:
 * @text: digits with a dot, as budget_money_to_decimal() writes them
 * @digits: how many decimals the currency has
 * @minor: (out): the amount in minor units
 * @error: return location for a #BudgetError
 *
 * Parses an amount of a file, independently of the locale and without
 * grouping.
 *
 * Returns: %TRUE if @text is an amount
 */
gboolean
budget_money_parse_decimal (const char *text, guint digits, gint64 *minor, GError **error)
{
  BudgetNumber number;
  gint64 mantissa;
  guint n_decimals;

  g_return_val_if_fail (text != NULL && minor != NULL, FALSE);

  if (strspn (text, "+-.0123456789") != strlen (text) || !budget_number_scan (text, &number) ||
      number.n_marks > 1 || !budget_number_read (&number, '.', &mantissa, &n_decimals))
    {
      set_not_an_amount (text, error);
      return FALSE;
    }

  return take_minor (text, budget_number_scale (mantissa, n_decimals, digits, minor), digits, minor,
                     error);
}

/**
 * budget_money_format:
 * @minor: an amount in minor units
 * @currency: (nullable): its currency, a code of ISO 4217
 *
 * Formats an amount for display in the user's locale.
 *
 * Returns: (transfer full): the amount with the symbol of its currency
 */
char *
budget_money_format (gint64 minor, const char *currency)
{
  g_auto (Conventions) conventions = { 0 };
  g_autofree char *symbol = NULL;
  GString *string;

  conventions_init (&conventions);
  symbol = dup_symbol (&conventions, currency);
  string = format_number (magnitude (minor), budget_currency_get_digits (currency), &conventions);

  if (*symbol != '\0')
    {
      gboolean lettered = g_unichar_isalpha (g_utf8_get_char (symbol));
      const char *space = conventions.spaced || lettered || !conventions.symbol_first ? NBSP : "";

      if (conventions.symbol_first)
        {
          g_string_prepend (string, space);
          g_string_prepend (string, symbol);
        }
      else
        {
          g_string_append (string, space);
          g_string_append (string, symbol);
        }
    }

  if (minor < 0)
    g_string_prepend (string, MINUS);

  return g_string_free (string, FALSE);
}

/**
 * budget_money_format_plain:
 * @minor: an amount in minor units
 * @digits: how many decimals its currency has
 *
 * Formats an amount for editing: with the locale's decimal mark, without
 * grouping and currency.
 *
 * Returns: (transfer full): the amount
 */
char *
budget_money_format_plain (gint64 minor, guint digits)
{
  g_autofree char *decimal = budget_money_to_decimal (minor, digits);

  return g_strdelimit (g_steal_pointer (&decimal), ".", budget_money_get_decimal_mark ());
}

/**
 * budget_money_to_decimal:
 * @minor: an amount in minor units
 * @digits: how many decimals its currency has
 *
 * Formats an amount for a file: digits and a dot, independently of the locale.
 *
 * Returns: (transfer full): the amount, such as "116.25"
 */
char *
budget_money_to_decimal (gint64 minor, guint digits)
{
  const char *sign = minor < 0 ? "-" : "";
  guint64 value = magnitude (minor);
  guint64 unit = 1;

  g_return_val_if_fail (digits <= 18, NULL);

  if (digits == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, value);

  for (guint i = 0; i < digits; i++)
    unit *= 10;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, value / unit,
                          (int) digits, value % unit);
}

/**
 * budget_money_add:
 * @a: an amount
 * @b: another
 * @sum: (out): their sum
 *
 * Returns: %FALSE if the sum overflows; @sum is then unchanged
 */
gboolean
budget_money_add (gint64 a, gint64 b, gint64 *sum)
{
  gint64 result;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (__builtin_add_overflow (a, b, &result))
    return FALSE;

  *sum = result;

  return TRUE;
}

/**
 * budget_money_check:
 * @minor: an amount in minor units
 * @error: return location for a #BudgetError
 *
 * Returns: %TRUE if @minor is within the limits of an expense
 */
gboolean
budget_money_check (gint64 minor, GError **error)
{
  if (minor >= -BUDGET_MONEY_MAX && minor <= BUDGET_MONEY_MAX)
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
                       _ ("The amount is too large"));

  return FALSE;
}
