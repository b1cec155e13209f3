/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-camt-entry.h"
#include "budget-currency.h"
#include "budget-money.h"
#include "budget-statement-text.h"
#include "budget-written-amounts.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Turns an entry of CAMT into rows of a statement: one row, or one for each payment of
 * a batch that states their amounts.
 */

#define MAX_VALUE_LENGTH 2000

typedef struct
{
  const char *path;
  BudgetCamtValue value;
} Place;

/*
 * The paths of the values in an entry or payment. Version 8 has Pty between a role
 * and its name. Version 1 has PrtryAcct instead of Othr for an account, and CdtrRef
 * for a creditor's reference.
 */
static const Place value_places[] = {
  { "Amt", BUDGET_CAMT_AMOUNT },
  { "CdtDbtInd", BUDGET_CAMT_SIGN },
  { "RvslInd", BUDGET_CAMT_REVERSAL },
  { "Sts", BUDGET_CAMT_STATUS },
  { "Sts/Cd", BUDGET_CAMT_STATUS },
  { "Sts/Prtry", BUDGET_CAMT_STATUS },
  { "BookgDt/Dt", BUDGET_CAMT_BOOKING_DAY },
  { "BookgDt/DtTm", BUDGET_CAMT_BOOKING_DAY },
  { "ValDt/Dt", BUDGET_CAMT_VALUE_DAY },
  { "ValDt/DtTm", BUDGET_CAMT_VALUE_DAY },
  { "AmtDtls/TxAmt/Amt", BUDGET_CAMT_PAID_AMOUNT },
  { "AmtDtls/InstdAmt/Amt", BUDGET_CAMT_INSTRUCTED_AMOUNT },
  { "AcctSvcrRef", BUDGET_CAMT_BANK_ID },
  { "Refs/AcctSvcrRef", BUDGET_CAMT_BANK_ID },
  { "Refs/TxId", BUDGET_CAMT_TRANSACTION_ID },
  { "Refs/EndToEndId", BUDGET_CAMT_END_TO_END_ID },
  { "RltdPties/Dbtr/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/Dbtr/Pty/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/Dbtr/Agt/FinInstnId/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/UltmtDbtr/Nm", BUDGET_CAMT_ULTIMATE_DEBTOR },
  { "RltdPties/UltmtDbtr/Pty/Nm", BUDGET_CAMT_ULTIMATE_DEBTOR },
  { "RltdPties/DbtrAcct/Id/IBAN", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/BBAN", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/Othr/Id", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/PrtryAcct/Id", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/Cdtr/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/Cdtr/Pty/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/Cdtr/Agt/FinInstnId/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/UltmtCdtr/Nm", BUDGET_CAMT_ULTIMATE_CREDITOR },
  { "RltdPties/UltmtCdtr/Pty/Nm", BUDGET_CAMT_ULTIMATE_CREDITOR },
  { "RltdPties/CdtrAcct/Id/IBAN", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/BBAN", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/Othr/Id", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/PrtryAcct/Id", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RmtInf/Ustrd", BUDGET_CAMT_REMITTANCE },
  { "RmtInf/Strd/AddtlRmtInf", BUDGET_CAMT_REMITTANCE },
  { "RmtInf/Strd/CdtrRefInf/Ref", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/CdtrRefInf/CdtrRef", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/RfrdDocInf/Nb", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/RfrdDocInf/RfrdDocNb", BUDGET_CAMT_REFERENCE },
  { "BkTxCd/Domn/Fmly/Cd", BUDGET_CAMT_FAMILY },
  { "BkTxCd/Domn/Fmly/SubFmlyCd", BUDGET_CAMT_SUBFAMILY },
  { "AddtlNtryInf", BUDGET_CAMT_ADDITIONAL },
  { "AddtlTxInf", BUDGET_CAMT_ADDITIONAL },
};

static gpointer
make_table (gpointer data)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (value_places); i++)
    g_hash_table_insert (table, (gpointer) value_places[i].path, (gpointer) &value_places[i]);

  return table;
}

/*
 * _budget_camt_find_value:
 * @path: the names of the elements below the entry or payment, with slashes
 *
 * Returns: which value it is, or %BUDGET_N_CAMT_VALUES
 */
BudgetCamtValue
_budget_camt_find_value (const char *path)
{
  static GOnce once = G_ONCE_INIT;
  const Place *place = g_hash_table_lookup (g_once (&once, make_table, NULL), path);

  return place != NULL ? place->value : BUDGET_N_CAMT_VALUES;
}

static char *
dup_shortened (const char *text)
{
  gsize length = strlen (text);

  if (length > MAX_VALUE_LENGTH)
    for (length = MAX_VALUE_LENGTH; length > 0 && (text[length] & 0xc0) == 0x80; length--)
      ;

  return g_strndup (text, length);
}

/*
 * _budget_camt_values_take:
 * @self: what is said so far
 * @value: which value
 * @text: what it is, in UTF-8
 *
 * Appends to a text of several lines; of any other value the first counts.
 */
void
_budget_camt_values_take (BudgetCamtValues *self, BudgetCamtValue value, const char *text)
{
  gboolean is_text = value == BUDGET_CAMT_REMITTANCE || value == BUDGET_CAMT_REFERENCE ||
                     value == BUDGET_CAMT_ADDITIONAL;
  char *before = self->values[value];
  g_autofree char *part = NULL;
  gsize length;

  if (*text == '\0')
    return;

  if (before == NULL)
    {
      self->values[value] = dup_shortened (text);
      return;
    }

  length = strlen (before);
  if (!is_text || length >= MAX_VALUE_LENGTH)
    return;

  part = dup_shortened (text);
  self->values[value] = g_strconcat (before, " ", part, NULL);
  g_free (before);
}

#define MAX_SHOWN_LENGTH 64

/* Descriptions of transactions that have neither a name nor a text. */
static const struct
{
  const char *code;
  const char *text;
} codes[] = {
  { "CHRG", NC_ ("transaction", "Service charge") },
  { "COMM", NC_ ("transaction", "Service charge") },
  { "FEES", NC_ ("transaction", "Fee") },
  { "INTR", NC_ ("transaction", "Interest") },
  { "CWDL", NC_ ("transaction", "Cash withdrawal") },
  { "CDPT", NC_ ("transaction", "Deposit") },
  { "DVCA", NC_ ("transaction", "Dividend") },
  { "STDO", NC_ ("transaction", "Standing order") },
  { "CCRD", NC_ ("transaction", "Card payment") },
  { "MCRD", NC_ ("transaction", "Card payment") },
  { "IDDT", NC_ ("transaction", "Direct debit") },
  { "RDDT", NC_ ("transaction", "Direct debit") },
  { "ICDT", NC_ ("transaction", "Transfer") },
  { "RCDT", NC_ ("transaction", "Transfer") },
  { "ICHQ", NC_ ("transaction", "Cheque") },
  { "RCHQ", NC_ ("transaction", "Cheque") },
};

static void
values_clear (BudgetCamtValues *self)
{
  for (guint i = 0; i < BUDGET_N_CAMT_VALUES; i++)
    g_clear_pointer (&self->values[i], g_free);
}

static void
values_free (gpointer data)
{
  values_clear (data);
  g_free (data);
}

void
_budget_camt_entry_init (BudgetCamtEntry *self)
{
  memset (self, 0, sizeof *self);
  self->payments = g_ptr_array_new_with_free_func (values_free);
}

/* Empties the entry, so that the next can use it. */
void
_budget_camt_entry_clear (BudgetCamtEntry *self)
{
  values_clear (&self->values);
  if (self->payments != NULL)
    g_ptr_array_set_size (self->payments, 0);
  self->line = 0;
}

BudgetCamtValues *
_budget_camt_entry_add_payment (BudgetCamtEntry *self)
{
  BudgetCamtValues *payment = g_new0 (BudgetCamtValues, 1);

  g_ptr_array_add (self->payments, payment);
  return payment;
}

/*
 * _budget_camt_entry_is_booked:
 * @self: an entry
 *
 * Returns: whether it is booked, not just pending
 */
gboolean
_budget_camt_entry_is_booked (const BudgetCamtEntry *self)
{
  const char *status = self->values.values[BUDGET_CAMT_STATUS];

  return status == NULL || g_str_equal (status, "BOOK");
}

/*
 * _budget_camt_read_day:
 * @text: `2026-01-31`, which a time or an offset may follow
 * @day: (out caller-allocates): the day as it is written, wherever on earth
 *
 * Returns: %FALSE if there is no such day
 */
gboolean
_budget_camt_read_day (const char *text, GDate *day)
{
  guint parts[3] = { 0, 0, 0 };
  static const guint lengths[] = { 4, 2, 2 };

  for (guint i = 0; i < 3; i++)
    {
      for (guint k = 0; k < lengths[i]; k++, text++)
        {
          if (!g_ascii_isdigit (*text))
            return FALSE;
          parts[i] = 10 * parts[i] + (guint) (*text - '0');
        }

      if (i < 2 && *text++ != '-')
        return FALSE;
    }

  if (g_ascii_isdigit (*text) || parts[1] < 1 || parts[1] > 12 || parts[0] < 1 ||
      !g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return FALSE;

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]);
  return TRUE;
}

static void
take_days (const BudgetCamtEntry *self, BudgetStatementRow *row)
{
  const char *booked = self->values.values[BUDGET_CAMT_BOOKING_DAY];
  const char *value = self->values.values[BUDGET_CAMT_VALUE_DAY];
  g_autofree char *shown = NULL;

  if (value != NULL && !_budget_camt_read_day (value, &row->value_date))
    g_date_clear (&row->value_date, 1);

  if (booked == NULL && g_date_valid (&row->value_date))
    {
      row->date = row->value_date;
      return;
    }

  if (booked == NULL)
    booked = value;
  if (booked == NULL || _budget_camt_read_day (booked, &row->date))
    return;

  shown = g_utf8_substring (booked, 0, MIN (g_utf8_strlen (booked, -1), MAX_SHOWN_LENGTH));
  /* Translators: %s is the text where a date is expected. */
  row->reject_reason = g_strdup_printf (_("“%s” is not a date"), shown);
}

/* Returns: whether there is a sign; @is_in is %TRUE if money was received */
static gboolean
read_sign (const BudgetCamtValues *values, gboolean *is_in)
{
  const char *sign = values->values[BUDGET_CAMT_SIGN];

  *is_in = g_strcmp0 (sign, "CRDT") == 0;
  return *is_in || g_strcmp0 (sign, "DBIT") == 0;
}

/*
 * The currency is the amount's, else the account's. The sign of a reversal is that of
 * the reversal itself, so it is not turned.
 */
static void
take_amount (const BudgetCamtEntry *self, BudgetStatementRow *row, const char *currency)
{
  gboolean is_in = FALSE;

  row->currency = budget_currency_dup_code (self->values.values[BUDGET_CAMT_CURRENCY]);
  if (row->currency == NULL)
    row->currency = g_strdup (currency);
  row->digits = budget_currency_get_digits (row->currency);

  if (row->reject_reason == NULL && !read_sign (&self->values, &is_in))
    row->reject_reason =
      g_strdup (_("The file does not say whether the money was received or spent"));

  budget_written_amount_read (row, self->values.values[BUDGET_CAMT_AMOUNT], '.');
  if (row->reject_reason == NULL && !is_in)
    row->amount = -row->amount;
}

/* Reads one payment's amount, if it is in the entry's currency. */
static gboolean
read_part (const BudgetCamtValues *payment, const BudgetStatementRow *whole, gint64 *part)
{
  static const BudgetCamtValue places[][2] = {
    { BUDGET_CAMT_AMOUNT, BUDGET_CAMT_CURRENCY },
    { BUDGET_CAMT_PAID_AMOUNT, BUDGET_CAMT_PAID_CURRENCY },
    { BUDGET_CAMT_INSTRUCTED_AMOUNT, BUDGET_CAMT_INSTRUCTED_CURRENCY },
  };
  gboolean is_in = whole->amount > 0;

  read_sign (payment, &is_in);
  if (payment->values[BUDGET_CAMT_SIGN] == NULL)
    is_in = whole->amount > 0;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *amount = payment->values[places[i][0]];
      const char *currency = payment->values[places[i][1]];

      if (amount == NULL || (currency != NULL && g_strcmp0 (currency, whole->currency) != 0))
        continue;
      if (!budget_money_parse_decimal (amount, whole->digits, part, NULL) || *part <= 0)
        continue;

      *part = is_in ? *part : -*part;
      return TRUE;
    }

  return FALSE;
}

/* Returns: (nullable): the payments' amounts, if they add up to the entry's */
static gint64 *
read_parts (const BudgetCamtEntry *self, const BudgetStatementRow *whole)
{
  guint n = self->payments->len;
  g_autofree gint64 *parts = NULL;
  gint64 sum = 0;

  if (n < 2 || whole->reject_reason != NULL)
    return NULL;

  parts = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    if (!read_part (g_ptr_array_index (self->payments, i), whole, &parts[i]) ||
        !budget_money_add (sum, parts[i], &sum))
      return NULL;

  return sum == whole->amount ? g_steal_pointer (&parts) : NULL;
}

static const char *
get_code_text (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].code, code))
      return g_dpgettext2 (GETTEXT_PACKAGE, "transaction", codes[i].text);

  return NULL;
}

static const char *
get_value (const BudgetCamtValues *payment, const BudgetCamtValues *entry, BudgetCamtValue value)
{
  if (payment != NULL && payment->values[value] != NULL)
    return payment->values[value];

  return entry->values[value];
}

/* Returns: (nullable): a note on the amount in another currency that was ordered */
static char *
dup_original (const BudgetCamtValues *payment, const BudgetCamtValues *entry, const char *currency)
{
  const BudgetCamtValues *values =
    payment != NULL && payment->values[BUDGET_CAMT_INSTRUCTED_AMOUNT] != NULL ? payment : entry;
  const char *amount = values->values[BUDGET_CAMT_INSTRUCTED_AMOUNT];
  const char *other = values->values[BUDGET_CAMT_INSTRUCTED_CURRENCY];
  g_autofree char *shown = NULL;
  gint64 minor;

  if (amount == NULL || other == NULL || g_strcmp0 (other, currency) == 0 ||
      !budget_money_parse_decimal (amount, budget_currency_get_digits (other), &minor, NULL) ||
      minor == 0)
    return NULL;

  shown = budget_money_format (minor, other);
  /* Translators: %s is an amount in another currency. */
  return g_strdup_printf (_("Originally %s"), shown);
}

/* The other party is the debtor of money received and the creditor of money spent. */
static void
take_party (const BudgetCamtValues *payment, BudgetStatementRow *row, gboolean is_in, GString *note)
{
  const char *name = payment->values[is_in ? BUDGET_CAMT_DEBTOR : BUDGET_CAMT_CREDITOR];
  const char *ultimate =
    payment->values[is_in ? BUDGET_CAMT_ULTIMATE_DEBTOR : BUDGET_CAMT_ULTIMATE_CREDITOR];

  row->description = budget_statement_text_dup_clean (name != NULL ? name : ultimate);
  row->counterpart =
    g_strdup (payment->values[is_in ? BUDGET_CAMT_DEBTOR_ACCOUNT : BUDGET_CAMT_CREDITOR_ACCOUNT]);
  if (name != NULL && g_strcmp0 (name, ultimate) != 0)
    budget_statement_text_add (note, ultimate);
}

/* Returns: (nullable): the party that all payments of a batch have in common */
static const char *
get_common_party (const BudgetCamtEntry *self, BudgetCamtValue party)
{
  const char *name = NULL;

  for (guint i = 0; i < self->payments->len; i++)
    {
      const BudgetCamtValues *payment = g_ptr_array_index (self->payments, i);

      if (i == 0)
        name = payment->values[party];
      else if (g_strcmp0 (name, payment->values[party]) != 0)
        return NULL;
    }

  return name;
}

/*
 * @payment is %NULL for a batch that remains one row; its first payment would
 * say too much of the others.
 */
static void
take_texts (const BudgetCamtEntry *self, const BudgetCamtValues *payment, BudgetStatementRow *row)
{
  g_autoptr (GString) note = g_string_new (NULL);
  gboolean is_in = row->amount > 0;
  const char *reversal = self->values.values[BUDGET_CAMT_REVERSAL];
  const BudgetCamtValue texts[] = { BUDGET_CAMT_REMITTANCE, BUDGET_CAMT_REFERENCE,
                                    BUDGET_CAMT_ADDITIONAL };
  g_autofree char *original = NULL;

  if (reversal != NULL && (g_str_equal (reversal, "true") || g_str_equal (reversal, "1")))
    is_in = !is_in;
  if (payment != NULL)
    take_party (payment, row, is_in, note);
  else
    row->description = budget_statement_text_dup_clean (
      get_common_party (self, is_in ? BUDGET_CAMT_DEBTOR : BUDGET_CAMT_CREDITOR));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text =
        budget_statement_text_dup_clean (get_value (payment, &self->values, texts[i]));

      if (row->description == NULL)
        row->description = g_steal_pointer (&text);
      else if (g_strcmp0 (text, row->description) != 0)
        budget_statement_text_add (note, text);
    }

  if (row->description == NULL)
    row->description =
      g_strdup (get_code_text (get_value (payment, &self->values, BUDGET_CAMT_SUBFAMILY)));
  if (row->description == NULL)
    row->description =
      g_strdup (get_code_text (get_value (payment, &self->values, BUDGET_CAMT_FAMILY)));

  original = dup_original (payment, &self->values, row->currency);
  budget_statement_text_add (note, original);
  if (note->len > 0)
    row->note = g_strdup (note->str);
}

/* Prefers the bank's id of the payment or entry to those that the parties gave it. */
static void
take_id (const BudgetCamtEntry *self, const BudgetCamtValues *payment, BudgetStatementRow *row)
{
  const char *ids[] = {
    payment != NULL ? payment->values[BUDGET_CAMT_BANK_ID] : NULL,
    self->values.values[BUDGET_CAMT_BANK_ID],
    payment != NULL ? payment->values[BUDGET_CAMT_TRANSACTION_ID] : NULL,
    payment != NULL ? payment->values[BUDGET_CAMT_END_TO_END_ID] : NULL,
  };

  for (guint i = 0; row->bank_id == NULL && i < G_N_ELEMENTS (ids); i++)
    if (budget_statement_text_is_reference (ids[i]))
      row->bank_id = g_strdup (ids[i]);
}

static void
add_parts (const BudgetCamtEntry *self,
           const BudgetStatementRow *whole,
           const gint64 *parts,
           GPtrArray *rows)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      const BudgetCamtValues *payment = g_ptr_array_index (self->payments, i);
      BudgetStatementRow *row = budget_statement_row_copy (whole);

      row->amount = parts[i];
      take_texts (self, payment, row);
      take_id (self, payment, row);
      g_ptr_array_add (rows, row);
    }
}

/*
 * _budget_camt_entry_read:
 * @self: an entry
 * @account: (nullable): whose it is
 * @currency: (nullable): the account's currency
 * @rows: where to add the rows, with the bank's sign, or with the reason why
 *   they cannot be used; a row without a date has an invalid one
 *
 * A batch is split only if the amounts of its payments add up exactly: many banks
 * state amounts in another currency, or none.
 */
void
_budget_camt_entry_read (const BudgetCamtEntry *self,
                         const char *account,
                         const char *currency,
                         GPtrArray *rows)
{
  g_autoptr (BudgetStatementRow) row = budget_statement_row_new ();
  const BudgetCamtValues *payment = NULL;
  g_autofree gint64 *parts = NULL;

  row->line = self->line;
  row->account = g_strdup (account);
  take_days (self, row);
  take_amount (self, row, currency);

  parts = read_parts (self, row);
  if (parts != NULL)
    {
      add_parts (self, row, parts, rows);
      return;
    }

  if (self->payments->len == 1)
    payment = g_ptr_array_index (self->payments, 0);
  take_texts (self, payment, row);
  take_id (self, payment, row);
  g_ptr_array_add (rows, g_steal_pointer (&row));
}
