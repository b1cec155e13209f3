/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-mt940-details.h"
#include "budget-mt940-transaction.h"
#include "budget-statement-text.h"
#include "budget-written-amounts.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Turns a transaction of MT940 into a row of a statement. :61: has the value date
 * YYMMDD, optionally the entry date MMDD, C or D with R for a reversal, optionally a
 * letter of the currency, the amount with a comma, a type such as NTRF, the
 * customer's reference, and after "//" the bank's reference.
 */

#define LINE_WIDTH 65
#define FIRST_WIDTH 61 /* if the bank counts ":86:" too */
#define MAX_TEXT_LENGTH 8192
#define MAX_SHOWN_LENGTH 64

BudgetMt940Transaction *
_budget_mt940_transaction_new (guint line, const char *head)
{
  BudgetMt940Transaction *self = g_new0 (BudgetMt940Transaction, 1);

  self->line = line;
  self->head = g_strchug (g_strdup (head));
  self->more = g_string_new (NULL);
  self->details = g_string_new (NULL);
  self->lines = g_string_new (NULL);

  return self;
}

void
_budget_mt940_transaction_free (BudgetMt940Transaction *self)
{
  g_free (self->head);
  g_string_free (self->more, TRUE);
  g_string_free (self->details, TRUE);
  g_string_free (self->lines, TRUE);
  g_free (self);
}

void
_budget_mt940_transaction_take_more (BudgetMt940Transaction *self, const char *text)
{
  if (self->more->len > MAX_TEXT_LENGTH)
    return;

  if (self->more->len > 0)
    g_string_append_c (self->more, ' ');
  g_string_append (self->more, text);
}

static gboolean
begins_part (const char *text)
{
  return *text != '\0' && strchr ("?<>~^|", *text) != NULL && g_ascii_isdigit (text[1]) &&
         g_ascii_isdigit (text[2]);
}

/*
 * _budget_mt940_transaction_take_details:
 * @self: a transaction
 * @text: the next line of its :86:
 * @is_first: whether the line begins with ":86:"
 *
 * A full line may break off in the middle of a word. A shorter line has lost the
 * space at its end, or a part of the text ends there.
 */
void
_budget_mt940_transaction_take_details (BudgetMt940Transaction *self,
                                        const char *text,
                                        gboolean is_first)
{
  glong width = g_utf8_strlen (text, -1);

  if (self->details->len > MAX_TEXT_LENGTH)
    return;

  if (self->details->len > 0 && !self->is_full && !begins_part (text))
    g_string_append_c (self->details, ' ');
  g_string_append (self->details, text);
  self->is_full = width >= LINE_WIDTH || (is_first && width == FIRST_WIDTH);
}

void
_budget_mt940_transaction_take_line (BudgetMt940Transaction *self, const char *text)
{
  if (self->lines->len < MAX_TEXT_LENGTH)
    g_string_append_printf (self->lines, "%s\n", text);
}

static guint
read_digits (const char *text, guint n)
{
  guint number = 0;

  for (guint i = 0; i < n; i++)
    number = 10 * number + (guint) (text[i] - '0');

  return number;
}

static gboolean
has_digits (const char *text, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;

  return TRUE;
}

/* SWIFT writes years from 1980 to 2079. */
static GDateYear
read_year (const char *text)
{
  guint year = read_digits (text, 2);

  return (GDateYear) (year >= 80 ? 1900 + year : 2000 + year);
}

/*
 * _budget_mt940_read_day:
 * @text: begins with YYMMDD
 * @day: (out caller-allocates): the day
 *
 * Some banks count thirty days in every month, so 30 February is read as the last
 * day of February.
 *
 * Returns: %FALSE if there is no such day
 */
gboolean
_budget_mt940_read_day (const char *text, GDate *day)
{
  guint year, month, number;

  if (!has_digits (text, 6))
    return FALSE;

  year = read_year (text);
  month = read_digits (text + 2, 2);
  number = read_digits (text + 4, 2);
  if (month == 2 && (number == 29 || number == 30))
    number = g_date_get_days_in_month (G_DATE_FEBRUARY, (GDateYear) year);

  if (month < 1 || month > 12 || number < 1 ||
      number > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* The entry date has no year; take the year that is nearest to the value date. */
static void
take_entry_day (const char *text, GDateYear year, BudgetStatementRow *row)
{
  guint month = read_digits (text, 2);
  guint number = read_digits (text + 2, 2);
  gint nearest = G_MAXINT;

  for (GDateYear y = (GDateYear) (year - 1); y <= year + 1; y++)
    {
      GDate day;
      gint distance;

      if (month < 1 || month > 12 || !g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, y))
        continue;

      g_date_clear (&day, 1);
      g_date_set_dmy (&day, (GDateDay) number, (GDateMonth) month, y);
      distance = g_date_valid (&row->value_date)
                   ? ABS (g_date_days_between (&row->value_date, &day))
                   : ABS ((gint) y - (gint) year) * 365;
      if (distance < nearest)
        {
          nearest = distance;
          row->date = day;
        }
    }
}

static const char *
take_days (BudgetStatementRow *row, const char *at)
{
  g_autofree char *shown = NULL;
  GDateYear year;

  if (!has_digits (at, 6))
    {
      shown = g_utf8_substring (at, 0, MIN (g_utf8_strlen (at, -1), MAX_SHOWN_LENGTH));
      /* Translators: %s is the text where a date is expected. */
      row->reject_reason = g_strdup_printf (_("“%s” is not a date"), shown);
      return at;
    }

  year = read_year (at);
  _budget_mt940_read_day (at, &row->value_date);
  if (has_digits (at + 6, 4))
    take_entry_day (at + 6, year, row);
  if (!g_date_valid (&row->date))
    row->date = row->value_date;

  if (!g_date_valid (&row->date))
    {
      shown = g_strndup (at, 6);
      /* Translators: %s is the text where a date is expected. */
      row->reject_reason = g_strdup_printf (_("“%s” is not a date"), shown);
    }

  return at + (has_digits (at + 6, 4) ? 10 : 6);
}

/* C, D, RC, RD, EC or ED, and then perhaps the last letter of the currency. */
static const char *
take_direction (const char *at, gboolean *is_in)
{
  gboolean is_reversed = at[0] == 'R' && (at[1] == 'C' || at[1] == 'D');

  if (is_reversed || (at[0] == 'E' && (at[1] == 'C' || at[1] == 'D')))
    at++;
  if (*at != 'C' && *at != 'D')
    return NULL;

  *is_in = (*at == 'C') != is_reversed;
  at++;
  return g_ascii_isalpha (*at) ? at + 1 : at;
}

static const char *
take_amount (BudgetStatementRow *row, const char *at, gboolean is_in)
{
  gsize length = strspn (at, "0123456789,.");
  g_autofree char *amount = g_strndup (at, length);
  const char *dot = strchr (amount, '.');
  gboolean has_dot = dot != NULL && strchr (amount, ',') == NULL && strlen (dot) <= 3;

  budget_written_amount_read (row, amount, has_dot ? '.' : ',');
  if (!is_in)
    row->amount = -row->amount;

  return at + length;
}

static void
take_head (const BudgetMt940Transaction *self, BudgetStatementRow *row, char **reference)
{
  const char *at = take_days (row, self->head);
  const char *slashes;
  gboolean is_in = FALSE;

  if (row->reject_reason != NULL)
    return;

  at = take_direction (at, &is_in);
  if (at == NULL)
    {
      row->reject_reason =
        g_strdup (_("The file does not say whether the money was received or spent"));
      return;
    }

  at = take_amount (row, at, is_in);
  if (g_ascii_isalpha (*at))
    at += MIN (strlen (at), 4);

  slashes = strstr (at, "//");
  if (slashes != NULL)
    {
      g_autofree char *id = budget_statement_text_dup_clean (slashes + 2);

      if (budget_statement_text_is_reference (id))
        row->bank_id = g_steal_pointer (&id);
    }

  *reference =
    g_strstrip (slashes != NULL ? g_strndup (at, (gsize) (slashes - at)) : g_strdup (at));
}

static gboolean
is_iban (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length < 15 || length > 34 || !g_ascii_isupper (text[0]) || !g_ascii_isupper (text[1]) ||
      !g_ascii_isdigit (text[2]) || !g_ascii_isdigit (text[3]))
    return FALSE;

  for (gsize i = 4; i < length; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]))
      return FALSE;

  return TRUE;
}

/* If :61: has the other account and its owner, :86: starts with both. */
static void
take_owner (BudgetMt940Details *details, const char *reference, const char *more)
{
  const char *rest = details->purpose;
  char *purpose;

  if (details->name != NULL || rest == NULL || reference == NULL || strlen (reference) < 5 ||
      more == NULL || !g_str_has_prefix (rest, reference))
    return;

  rest += strlen (reference);
  rest += strspn (rest, " ");
  if (g_ascii_strncasecmp (rest, more, strlen (more)) != 0)
    return;

  details->name = g_strdup (more);
  if (details->account == NULL)
    details->account = g_strdup (reference);
  purpose = budget_statement_text_dup_clean (rest + strlen (more));
  g_free (details->purpose);
  details->purpose = purpose;
}

static void
take_texts (const BudgetMt940Transaction *self, BudgetStatementRow *row, const char *reference)
{
  g_auto (BudgetMt940Details) details = { 0 };
  g_autofree char *more = budget_statement_text_dup_clean (self->more->str);
  g_autoptr (GString) note = g_string_new (NULL);

  if (self->lines->len > 0 && self->details->len == 0)
    _budget_mt940_details_read_lines (&details, self->lines->str);
  else
    _budget_mt940_details_read (&details, self->details->str);
  take_owner (&details, reference, more);

  row->counterpart = g_strdup (details.account);
  if (row->counterpart == NULL && is_iban (reference))
    row->counterpart = g_strdup (reference);

  row->description = g_strdup (details.name);
  if (row->description == NULL)
    row->description = g_strdup (details.purpose);
  if (row->description == NULL)
    row->description = g_strdup (details.posting);
  if (row->description == NULL)
    row->description = g_steal_pointer (&more);

  if (g_strcmp0 (details.ultimate, row->description) != 0)
    budget_statement_text_add (note, details.ultimate);
  if (g_strcmp0 (details.purpose, row->description) != 0)
    budget_statement_text_add (note, details.purpose);
  if (note->len > 0)
    row->note = g_strdup (note->str);
}

/*
 * _budget_mt940_transaction_is_expected:
 * @self: a transaction
 *
 * Returns: whether an interim report only expects it
 */
gboolean
_budget_mt940_transaction_is_expected (const BudgetMt940Transaction *self)
{
  const char *at = self->head + strspn (self->head, "0123456789");

  return at[0] == 'E' && (at[1] == 'C' || at[1] == 'D');
}

/*
 * _budget_mt940_transaction_read:
 * @self: a transaction as it is written
 * @account: (nullable): whose it is
 * @currency: (nullable): three letters
 *
 * Returns: (transfer full): the transaction with the bank's sign, or with the
 *   reason why it cannot be used
 */
BudgetStatementRow *
_budget_mt940_transaction_read (const BudgetMt940Transaction *self,
                                const char *account,
                                const char *currency)
{
  BudgetStatementRow *row = budget_statement_row_new ();
  g_autofree char *reference = NULL;

  row->line = self->line;
  row->account = g_strdup (account);
  row->currency = g_strdup (currency);
  row->digits = budget_currency_get_digits (currency);

  if (self->is_cut)
    row->reject_reason = g_strdup (_("The file ends in the middle of this transaction"));

  if (row->reject_reason == NULL)
    take_head (self, row, &reference);
  take_texts (self, row, reference);

  return row;
}
