/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-date-text.h"
#include "budget-ofx-transaction.h"

#include <glib/gi18n.h>
#include <string.h>

/* Turns a transaction of OFX into a row of a statement. */

#define MAX_SHOWN_LENGTH 64

/* Descriptions of transactions that have neither a name nor a memo. */
static const struct
{
  const char *type;
  const char *text;
} types[] = {
  { "ATM", NC_ ("transaction", "Cash machine") },
  { "CASH", NC_ ("transaction", "Cash withdrawal") },
  { "CHECK", NC_ ("transaction", "Cheque") },
  { "DEP", NC_ ("transaction", "Deposit") },
  { "DIRECTDEBIT", NC_ ("transaction", "Direct debit") },
  { "DIRECTDEP", NC_ ("transaction", "Direct deposit") },
  { "DIV", NC_ ("transaction", "Dividend") },
  { "FEE", NC_ ("transaction", "Fee") },
  { "INT", NC_ ("transaction", "Interest") },
  { "PAYMENT", NC_ ("transaction", "Electronic payment") },
  { "POS", NC_ ("transaction", "Card payment") },
  { "REPEATPMT", NC_ ("transaction", "Standing order") },
  { "SRVCHG", NC_ ("transaction", "Service charge") },
  { "XFER", NC_ ("transaction", "Transfer") },
};

void
_budget_ofx_transaction_clear (BudgetOfxTransaction *self)
{
  for (guint i = 0; i < BUDGET_N_OFX_VALUES; i++)
    g_clear_pointer (&self->values[i], g_free);
}

/* The first of several values counts. */
void
_budget_ofx_transaction_take (BudgetOfxTransaction *self, BudgetOfxValue value, const char *text)
{
  if (self->values[value] == NULL)
    self->values[value] = g_strdup (text);
}

/*
 * _budget_ofx_read_date:
 * @text: such as `20260131`, `20260131120000.000[-5:EST]` or, against the
 *   rules, `2026-01-31`
 * @date: (out caller-allocates): the day
 *
 * The date is that of the bank's time zone.
 *
 * Returns: %FALSE if there is no such day
 */
gboolean
_budget_ofx_read_date (const char *text, GDate *date)
{
  g_autofree char *day = g_strndup (text, strspn (text, "0123456789"));
  BudgetDateText scanned;

  if (strlen (day) > 8)
    day[8] = '\0';

  if (!budget_date_text_scan (strlen (day) == 8 ? day : text, &scanned) || scanned.lengths[0] != 4)
    return FALSE;

  return budget_date_text_read (&scanned, BUDGET_DATE_ORDER_YMD, date);
}

static void
take_date (const BudgetOfxTransaction *self, BudgetStatementRow *row)
{
  const char *posted = self->values[BUDGET_OFX_DTPOSTED];
  const char *available = self->values[BUDGET_OFX_DTAVAIL];
  g_autofree char *shown = NULL;

  if (posted == NULL)
    posted = self->values[BUDGET_OFX_DTUSER];

  if (available != NULL && !_budget_ofx_read_date (available, &row->value_date))
    g_date_clear (&row->value_date, 1);

  if (posted != NULL && _budget_ofx_read_date (posted, &row->date))
    return;

  if (posted == NULL)
    {
      row->reject_reason = g_strdup (_("The date is missing"));
      return;
    }

  shown = g_utf8_substring (posted, 0, MIN (g_utf8_strlen (posted, -1), MAX_SHOWN_LENGTH));
  /* Translators: %s is the text where a date is expected. */
  row->reject_reason = g_strdup_printf (_("“%s” is not a date"), shown);
}

static const char *
get_type_text (const char *type)
{
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].type, type) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "transaction", types[i].text);

  return NULL;
}

/* A second tag has the whole of a name of more than 32 characters, or the rest of it. */
static char *
dup_name (const BudgetOfxTransaction *self)
{
  const char *name = self->values[BUDGET_OFX_NAME];
  const char *longer = self->values[BUDGET_OFX_EXTDNAME];

  if (self->values[BUDGET_OFX_OWN_NAME] != NULL)
    return g_strdup (self->values[BUDGET_OFX_OWN_NAME]);

  if (name == NULL)
    name = self->values[BUDGET_OFX_PAYEE];

  if (name == NULL || longer == NULL)
    return g_strdup (name != NULL ? name : longer);

  return g_str_has_prefix (longer, name) ? g_strdup (longer) : g_strconcat (name, longer, NULL);
}

static void
add_note (GString *note, const char *text)
{
  if (note->len > 0)
    g_string_append (note, "; ");
  g_string_append (note, text);
}

/* In this program's files the memo begins with the rest of a long name. */
static const char *
get_memo (const BudgetOfxTransaction *self)
{
  if (self->values[BUDGET_OFX_OWN_NAME] != NULL || self->values[BUDGET_OFX_OWN_MEMO] != NULL)
    return self->values[BUDGET_OFX_OWN_MEMO];

  return self->values[BUDGET_OFX_MEMO];
}

static char *
dup_note (const BudgetOfxTransaction *self, const char *description)
{
  g_autoptr (GString) note = g_string_new (NULL);
  const char *memo = get_memo (self);
  const char *number = self->values[BUDGET_OFX_CHECKNUM];
  const char *original = self->values[BUDGET_OFX_ORIGINAL_CURRENCY];
  const char *rate = self->values[BUDGET_OFX_ORIGINAL_RATE];
  g_autofree char *numbered = NULL;
  g_autofree char *converted = NULL;

  if (memo != NULL && g_strcmp0 (memo, description) != 0)
    add_note (note, memo);

  if (number != NULL && strspn (number, "0 ") < strlen (number))
    {
      /* Translators: %s is a cheque's number. */
      numbered = g_strdup_printf (_("No. %s"), number);
      add_note (note, numbered);
    }

  if (original != NULL && rate != NULL)
    {
      /* Translators: a currency, such as USD, and an exchange rate. */
      converted = g_strdup_printf (_("Originally in %1$s, at a rate of %2$s"), original, rate);
      add_note (note, converted);
    }

  return note->len > 0 ? g_string_free (g_steal_pointer (&note), FALSE) : NULL;
}

static void
take_texts (const BudgetOfxTransaction *self, BudgetStatementRow *row)
{
  const char *id = self->values[BUDGET_OFX_FITID];

  row->description = dup_name (self);
  if (row->description == NULL)
    row->description = g_strdup (self->values[BUDGET_OFX_MEMO]);
  if (row->description == NULL)
    row->description = g_strdup (get_type_text (self->values[BUDGET_OFX_TRNTYPE]));

  row->note = dup_note (self, row->description);
  row->category = g_strdup (self->values[BUDGET_OFX_OWN_CATEGORY]);
  row->counterpart = g_strdup (self->values[BUDGET_OFX_COUNTERPART]);

  /* Some banks write zeros instead of an id. */
  if (id != NULL && strspn (id, "0") < strlen (id))
    row->bank_id = g_strdup (id);
}

/*
 * _budget_ofx_transaction_read:
 * @self: what is written
 * @currency: (nullable): the statement's currency
 * @account: (nullable): the statement's account
 * @amounts: the amounts of the file, which may keep hold of the row
 *
 * Returns: (transfer full): the transaction with the bank's sign, or with the
 *   reason why it cannot be used
 */
BudgetStatementRow *
_budget_ofx_transaction_read (const BudgetOfxTransaction *self,
                              const char *currency,
                              const char *account,
                              BudgetWrittenAmounts *amounts)
{
  BudgetStatementRow *row = budget_statement_row_new ();

  row->line = self->line;
  row->account = g_strdup (account);
  row->currency = budget_currency_dup_code (self->values[BUDGET_OFX_CURRENCY]);
  if (row->currency == NULL)
    row->currency = g_strdup (currency);
  row->digits = budget_currency_get_digits (row->currency);

  take_date (self, row);
  take_texts (self, row);
  budget_written_amounts_take (amounts, row, self->values[BUDGET_OFX_TRNAMT]);

  return row;
}
