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

/* What the user's locale says of money, in UTF-8 and with the gaps filled. */
typedef struct
{
  char *decimal;
  char *thousands;
  char grouping[8];
  char *symbol;
  char code[4];
  gboolean symbol_first;
  gboolean spaced;
} Manners;

static void
manners_clear (Manners *manners)
{
  g_free (manners->decimal);
  g_free (manners->thousands);
  g_free (manners->symbol);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Manners, manners_clear)

static char *
to_utf8 (const char *text, const char *fallback)
{
  char *utf8 = text != NULL && *text != '\0' ? g_locale_to_utf8 (text, -1, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? utf8 : g_strdup (fallback);
}

/* The C locale says nothing of money: dots and groups as in the program's own language. */
static void
manners_init (Manners *manners)
{
  const struct lconv *conv = localeconv ();
  gboolean silent = conv->mon_decimal_point == NULL || *conv->mon_decimal_point == '\0';
  const char *decimal = silent ? conv->decimal_point : conv->mon_decimal_point;
  const char *thousands = silent ? conv->thousands_sep : conv->mon_thousands_sep;
  const char *grouping = silent ? conv->grouping : conv->mon_grouping;
  gboolean bare = silent && (thousands == NULL || *thousands == '\0');

  memset (manners, 0, sizeof *manners);

  manners->decimal = to_utf8 (decimal, ".");
  manners->thousands = to_utf8 (thousands, bare && strcmp (manners->decimal, ".") == 0 ? "," : "");
  g_strlcpy (manners->grouping, bare || grouping == NULL || *grouping == '\0' ? "\3" : grouping,
             sizeof manners->grouping);
  manners->symbol = to_utf8 (conv->currency_symbol, "");
  g_strlcpy (manners->code, conv->int_curr_symbol, sizeof manners->code);

  /* A value of CHAR_MAX means that the locale does not say. */
  manners->symbol_first = conv->p_cs_precedes != 0;
  manners->spaced = conv->p_sep_by_space != CHAR_MAX && conv->p_sep_by_space != 0;
}

/* The user's own currency by the locale's sign, another by a sign that cannot be taken for it. */
static char *
dup_symbol (const Manners *manners, const char *currency)
{
  const char *symbol = budget_currency_get_symbol (currency);

  if (currency == NULL)
    return g_strdup ("");

  if (g_ascii_strcasecmp (manners->code, currency) == 0 && *manners->symbol != '\0')
    return g_strdup (manners->symbol);

  if (symbol != NULL && strcmp (symbol, manners->symbol) != 0)
    return g_strdup (symbol);

  return g_ascii_strup (currency, -1);
}

static guint64
magnitude (gint64 minor)
{
  return minor < 0 ? -(guint64) minor : (guint64) minor;
}

static void
prepend_groups (GString *string, guint64 whole, const Manners *manners)
{
  const char *size = manners->grouping;
  guint n_in_group = 0;

  do
    {
      if (*size != CHAR_MAX && *size > 0 && n_in_group == (guint) *size)
        {
          g_string_prepend (string, manners->thousands);
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
format_number (guint64 minor, guint digits, const Manners *manners)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < digits; i++)
    {
      g_string_prepend_c (string, (char) ('0' + minor % 10));
      minor /= 10;
    }

  if (digits > 0)
    g_string_prepend (string, manners->decimal);

  prepend_groups (string, minor, manners);

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
 * budget_money_get_digits:
 * @currency: (nullable): a code of ISO 4217
 *
 * Returns: how many decimals amounts in @currency have
 */
guint
budget_money_get_digits (const char *currency)
{
  return budget_currency_get_digits (currency);
}

/**
 * budget_money_get_local_currency:
 *
 * Returns: the currency of the user's country, or EUR if the locale does not say
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
  g_auto (Manners) manners = { 0 };

  manners_init (&manners);

  return strcmp (manners.decimal, ",") == 0 ? ',' : '.';
}

/**
 * budget_money_parse_decimal:
 * @text: digits with a dot, as budget_money_to_decimal() writes them
 * @digits: how many decimals the currency has
 * @minor: (out): the amount in minor units
 * @error: return location for a #BudgetError
 *
 * Reads an amount from a file, whatever the locale. There is no grouping.
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
 * Writes an amount for people, as their locale does.
 *
 * Returns: (transfer full): the amount with its currency's sign
 */
char *
budget_money_format (gint64 minor, const char *currency)
{
  g_auto (Manners) manners = { 0 };
  g_autofree char *symbol = NULL;
  GString *string;

  manners_init (&manners);
  symbol = dup_symbol (&manners, currency);
  string = format_number (magnitude (minor), budget_money_get_digits (currency), &manners);

  if (*symbol != '\0')
    {
      gboolean lettered = g_unichar_isalpha (g_utf8_get_char (symbol));
      const char *space = manners.spaced || lettered || !manners.symbol_first ? NBSP : "";

      if (manners.symbol_first)
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
 * Writes an amount as the user would type it: the locale's decimal mark,
 * no grouping, no currency. It is what a field being edited shows.
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
 * Writes an amount for a file: digits and a dot, whatever the locale.
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
 * @sum: (out): both together
 *
 * Returns: %FALSE, leaving @sum, if the sum does not fit
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
 * Returns: %TRUE if one expense may be as large as @minor
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
