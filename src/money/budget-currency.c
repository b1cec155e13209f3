/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"

#include <string.h>

/* The ISO 4217 codes in use, and some that old statements still have. */
static const char codes[] =
  " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN"
  " BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS"
  " GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW"
  " KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN"
  " NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK"
  " SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS"
  " VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL ";

static const char no_digits[] = " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";

static const char three_digits[] = " BHD IQD JOD KWD LYD OMR TND ";

typedef struct
{
  const char *symbol;
  char code[4];
} Symbol;

/* Amounts show the first symbol of their code. A symbol means the first code that has it. */
static const Symbol symbols[] = {
  { "€", "EUR" },   { "$", "USD" },    { "£", "GBP" },    { "¥", "JPY" },   { "CHF", "CHF" },
  { "Kč", "CZK" },  { "zł", "PLN" },   { "Ft", "HUF" },   { "kr", "SEK" },  { "kr", "NOK" },
  { "kr.", "DKK" }, { "₹", "INR" },    { "₽", "RUB" },  { "₴", "UAH" },   { "₺", "TRY" },
  { "₪", "ILS" },   { "₩", "KRW" },    { "₫", "VND" },    { "฿", "THB" },   { "₱", "PHP" },
  { "₦", "NGN" },   { "₡", "CRC" },    { "₲", "PYG" },    { "₸", "KZT" },   { "₾", "GEL" },
  { "₼", "AZN" }, { "R$", "BRL" },   { "A$", "AUD" },   { "C$", "CAD" },  { "NZ$", "NZD" },
  { "HK$", "HKD" }, { "S$", "SGD" },   { "MX$", "MXN" },  { "NT$", "TWD" }, { "CN¥", "CNY" },
  { "лв", "BGN" },  { "lei", "RON" },  { "RM", "MYR" },   { "Rp", "IDR" },  { "R", "ZAR" },
  { "US$", "USD" }, { "Fr.", "CHF" },  { "SFr.", "CHF" }, { "Rs.", "INR" }, { "Rs", "INR" },
  { "лв.", "BGN" }, { "руб.", "RUB" }, { "руб", "RUB" },  { "р.", "RUB" },  { "TL", "TRY" },
  { "Kc", "CZK" },  { "zl", "PLN" },   { "грн", "UAH" },  { "元", "CNY" },  { "円", "JPY" },
};

static gboolean
list_has (const char *list, const char *code)
{
  char padded[6] = { ' ', 0, 0, 0, ' ', '\0' };

  if (code == NULL || strlen (code) != 3)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    padded[i + 1] = g_ascii_toupper (code[i]);

  return strstr (list, padded) != NULL;
}

/**
 * budget_currency_is_known:
 * @code: (nullable): three letters
 *
 * Returns: %TRUE if @code is a currency of ISO 4217, in either case
 */
gboolean
budget_currency_is_known (const char *code)
{
  return list_has (codes, code);
}

/**
 * budget_currency_get_digits:
 * @code: (nullable): a currency's three letters
 *
 * Returns: the number of decimals of its amounts: 0, 2 or 3; 2 for an unknown
 * currency
 */
guint
budget_currency_get_digits (const char *code)
{
  if (list_has (no_digits, code))
    return 0;

  return list_has (three_digits, code) ? 3 : 2;
}

/**
 * budget_currency_get_symbol:
 * @code: (nullable): a currency's three letters
 *
 * Returns: (nullable): its symbol, or %NULL if only the code is used
 */
const char *
budget_currency_get_symbol (const char *code)
{
  if (code == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_ascii_strcasecmp (symbols[i].code, code) == 0)
      return symbols[i].symbol;

  return NULL;
}

/**
 * budget_currency_find:
 * @text: a code or a sign, without spaces around it
 *
 * Returns: (nullable): the code of the currency, or %NULL. For a symbol that
 * several currencies share it is the most common one
 */
const char *
budget_currency_find (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_ascii_strcasecmp (symbols[i].symbol, text) == 0)
      return symbols[i].code;

  if (list_has (codes, text))
    {
      char upper[4] = { 0 };

      for (guint i = 0; i < 3; i++)
        upper[i] = g_ascii_toupper (text[i]);

      return g_intern_string (upper);
    }

  return NULL;
}

/**
 * budget_currency_dup_code:
 * @text: (nullable): the text that a file has in place of a currency
 *
 * Unlike budget_currency_find(), accepts any code of three letters, so that a
 * statement in a currency that is unknown here is not taken for one without.
 *
 * Returns: (transfer full) (nullable): the code in capitals, or %NULL if the
 *   text is not a currency
 */
char *
budget_currency_dup_code (const char *text)
{
  const char *code = text != NULL ? budget_currency_find (text) : NULL;

  if (code != NULL)
    return g_strdup (code);

  if (text == NULL || strlen (text) != 3 || !g_ascii_isalpha (text[0]) ||
      !g_ascii_isalpha (text[1]) || !g_ascii_isalpha (text[2]))
    return NULL;

  return g_ascii_strup (text, 3);
}
