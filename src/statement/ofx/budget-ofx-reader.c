/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-money.h"
#include "budget-number.h"
#include "budget-ofx-reader.h"
#include "budget-ofx-tokenizer.h"
#include "budget-ofx-transaction.h"
#include "budget-text-encoding.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/*
 * Reads Open Financial Exchange, version 1 (SGML) and 2 (XML), and the older OFC.
 * Many banks get the order or nesting of tags wrong, so neither is checked: a
 * transaction goes from its tag to the next tag that it cannot contain.
 */

#define SNIFFED_SIZE (64 * 1024)
#define MAX_BALANCES 20

/*
 * Banks copy headers from each other, so the encoding in the header counts only if
 * the file is not valid UTF-8.
 */

#define MAX_HEADER_LENGTH 2048

/* Finds what stands behind @key, as in "CHARSET:1252" or encoding="UTF-8". */
static char *
dup_value (const char *header, const char *key)
{
  const char *at = strstr (header, key);
  gsize length;

  if (at == NULL)
    return NULL;

  at += strlen (key);
  at += strspn (at, " \t:=>\"'");
  length = strcspn (at, " \t\r\n<>\"'?:");

  return length > 0 ? g_strndup (at, length) : NULL;
}

/* Returns: (nullable): iconv's name of the encoding in the header */
static char *
dup_charset (const char *header)
{
  g_autofree char *charset = dup_value (header, "CHARSET");

  if (charset == NULL || g_str_equal (charset, "NONE"))
    {
      g_free (charset);
      charset = dup_value (header, "ENCODING");
    }

  if (charset == NULL)
    return NULL;

  if (g_str_has_prefix (charset, "8859-"))
    return g_strconcat ("ISO-", charset, NULL);

  if (strlen (charset) == 4 && g_str_has_prefix (charset, "125"))
    return g_strconcat ("WINDOWS-", charset, NULL);

  return g_steal_pointer (&charset);
}

/*
 * decode:
 * @bytes: the contents of the file
 *
 * Returns: (transfer full): the same in valid UTF-8, without a byte order mark
 */
static GBytes *
decode (GBytes *bytes)
{
  BudgetTextEncoding encoding = budget_text_encoding_detect (bytes);
  g_autofree char *header = NULL;
  g_autofree char *charset = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text;
  gsize length;

  if (encoding == BUDGET_TEXT_ENCODING_UTF_8 || encoding == BUDGET_TEXT_ENCODING_UTF_16_LE ||
      encoding == BUDGET_TEXT_ENCODING_UTF_16_BE)
    return budget_text_encoding_decode (encoding, bytes);

  header = g_ascii_strup (data, (gssize) MIN (size, MAX_HEADER_LENGTH));
  charset = dup_charset (header);

  if (charset == NULL || g_str_equal (charset, "USASCII") || g_str_equal (charset, "UNICODE") ||
      g_str_has_prefix (charset, "UTF"))
    return budget_text_encoding_decode (encoding, bytes);

  /* Windows-1252 extends Latin-1, whose additional control characters no bank uses. */
  if (g_str_equal (charset, "ISO-8859-1") || g_str_equal (charset, "WINDOWS-1252"))
    return budget_text_encoding_decode (BUDGET_TEXT_ENCODING_WINDOWS_1252, bytes);

  text = g_convert (data, (gssize) size, "UTF-8", charset, NULL, &length, NULL);
  if (text == NULL)
    return budget_text_encoding_decode (encoding, bytes);

  return g_bytes_new_take (text, length);
}

/* The elements that share the names of their values with others. */
typedef enum
{
  BUDGET_OFX_SCOPE_NONE,
  BUDGET_OFX_SCOPE_ACCOUNT,
  BUDGET_OFX_SCOPE_COUNTERPART,
  BUDGET_OFX_SCOPE_PAYEE,
  BUDGET_OFX_SCOPE_CURRENCY,
  BUDGET_OFX_SCOPE_ORIGINAL,
  BUDGET_OFX_SCOPE_BALANCE,
  BUDGET_OFX_SCOPE_OTHER,
  BUDGET_OFX_SCOPE_STATUS
} BudgetOfxScope;

typedef enum
{
  BUDGET_OFX_TAG_UNKNOWN,
  BUDGET_OFX_TAG_VALUE, /* of a transaction */
  BUDGET_OFX_TAG_NAME,  /* this and the next: a value whose meaning depends on its scope */
  BUDGET_OFX_TAG_ACCTID,
  BUDGET_OFX_TAG_CURSYM,
  BUDGET_OFX_TAG_CURRATE,
  BUDGET_OFX_TAG_CURDEF, /* this and the next: a value of a statement */
  BUDGET_OFX_TAG_BALAMT,
  BUDGET_OFX_TAG_DTASOF,
  BUDGET_OFX_TAG_CODE,
  BUDGET_OFX_TAG_SEVERITY,
  BUDGET_OFX_TAG_MESSAGE,
  BUDGET_OFX_TAG_SCOPE,     /* within a transaction or a statement */
  BUDGET_OFX_TAG_END_SCOPE, /* the same, but never within a transaction */
  BUDGET_OFX_TAG_TRANSACTION,
  BUDGET_OFX_TAG_PENDING,
  BUDGET_OFX_TAG_INVESTMENT,
  BUDGET_OFX_TAG_TRANSFER,
  BUDGET_OFX_TAG_STATEMENT,
  BUDGET_OFX_TAG_LIST,
  BUDGET_OFX_TAG_FILE
} BudgetOfxTagKind;

typedef struct
{
  const char *name;
  BudgetOfxTagKind kind;
  int detail; /* a BudgetOfxScope, or a BudgetOfxValue */
} BudgetOfxTag;

/* Sorted, for bsearch (). */
static const BudgetOfxTag tags[] = {
  { "ACCTFROM", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ACCOUNT },
  { "ACCTID", BUDGET_OFX_TAG_ACCTID, 0 },
  { "ACCTSTMT", BUDGET_OFX_TAG_STATEMENT, 0 },
  { "AVAILBAL", BUDGET_OFX_TAG_END_SCOPE, BUDGET_OFX_SCOPE_OTHER },
  { "BALAMT", BUDGET_OFX_TAG_BALAMT, 0 },
  { "BALLIST", BUDGET_OFX_TAG_END_SCOPE, BUDGET_OFX_SCOPE_OTHER },
  { "BANKACCTFROM", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ACCOUNT },
  { "BANKACCTTO", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_COUNTERPART },
  { "BANKTRANLIST", BUDGET_OFX_TAG_LIST, 0 },
  { "BANKTRANLISTP", BUDGET_OFX_TAG_LIST, 0 },
  { "BUDGET.CATEGORY", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_OWN_CATEGORY },
  { "BUDGET.MEMO", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_OWN_MEMO },
  { "BUDGET.NAME", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_OWN_NAME },
  { "CCACCTFROM", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ACCOUNT },
  { "CCACCTTO", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_COUNTERPART },
  { "CCSTMTRS", BUDGET_OFX_TAG_STATEMENT, 0 },
  { "CHECKNUM", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_CHECKNUM },
  { "CHKNUM", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_CHECKNUM },
  { "CODE", BUDGET_OFX_TAG_CODE, 0 },
  { "CURDEF", BUDGET_OFX_TAG_CURDEF, 0 },
  { "CURRATE", BUDGET_OFX_TAG_CURRATE, 0 },
  { "CURRENCY", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_CURRENCY },
  { "CURSYM", BUDGET_OFX_TAG_CURSYM, 0 },
  { "DTASOF", BUDGET_OFX_TAG_DTASOF, 0 },
  { "DTAVAIL", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_DTAVAIL },
  { "DTPOSTED", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_DTPOSTED },
  { "DTUSER", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_DTUSER },
  { "EXTDNAME", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_EXTDNAME },
  { "EXTDPAYEE", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_OTHER },
  { "FITID", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_FITID },
  { "IMAGEDATA", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_OTHER },
  { "INTERRS", BUDGET_OFX_TAG_TRANSFER, 0 },
  { "INTRARS", BUDGET_OFX_TAG_TRANSFER, 0 },
  { "INVACCTFROM", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ACCOUNT },
  { "INVBANKTRAN", BUDGET_OFX_TAG_LIST, 0 },
  { "INVSTMTRS", BUDGET_OFX_TAG_STATEMENT, 0 },
  { "INVTRAN", BUDGET_OFX_TAG_INVESTMENT, 0 },
  { "LEDGERBAL", BUDGET_OFX_TAG_END_SCOPE, BUDGET_OFX_SCOPE_BALANCE },
  { "LOANACCTFROM", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ACCOUNT },
  { "MEMO", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_MEMO },
  { "MESSAGE", BUDGET_OFX_TAG_MESSAGE, 0 },
  { "NAME", BUDGET_OFX_TAG_NAME, 0 },
  { "OFC", BUDGET_OFX_TAG_FILE, 0 },
  { "OFX", BUDGET_OFX_TAG_FILE, 0 },
  { "ORIGCURRENCY", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_ORIGINAL },
  { "PAYEE", BUDGET_OFX_TAG_SCOPE, BUDGET_OFX_SCOPE_PAYEE },
  { "SEVERITY", BUDGET_OFX_TAG_SEVERITY, 0 },
  { "STATUS", BUDGET_OFX_TAG_END_SCOPE, BUDGET_OFX_SCOPE_STATUS },
  { "STMTRS", BUDGET_OFX_TAG_STATEMENT, 0 },
  { "STMTTRN", BUDGET_OFX_TAG_TRANSACTION, 0 },
  { "STMTTRNP", BUDGET_OFX_TAG_PENDING, 0 },
  { "STMTTRNRS", BUDGET_OFX_TAG_LIST, 0 },
  { "TRNAMT", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_TRNAMT },
  { "TRNTYPE", BUDGET_OFX_TAG_VALUE, BUDGET_OFX_TRNTYPE },
};

static int
compare_tags (gconstpointer name, gconstpointer tag)
{
  return strcmp (name, ((const BudgetOfxTag *) tag)->name);
}

/*
 * find_tag:
 * @name: a name in capitals
 *
 * Returns: the tag; never %NULL
 */
static const BudgetOfxTag *
find_tag (const char *name)
{
  static const BudgetOfxTag unknown = { "", BUDGET_OFX_TAG_UNKNOWN, 0 };
  const BudgetOfxTag *tag = bsearch (name, tags, G_N_ELEMENTS (tags), sizeof tags[0], compare_tags);

  return tag != NULL ? tag : &unknown;
}

typedef struct
{
  BudgetOfxTokenizer tokens;
  BudgetStatement *statement;
  GPtrArray *rows;
  BudgetWrittenAmounts amounts;

  const BudgetOfxTag *tag; /* the last start tag; its value may follow */
  BudgetOfxScope scope;

  char *first_currency; /* of the first statement */
  char *currency;
  char *account;
  char *balance;
  GDate balance_date;
  guint n_balances;

  gboolean in_transaction;
  BudgetOfxTransaction transaction;

  char *code;
  char *severity;
  char *message;
  char *complaint; /* the bank's error message */

  guint n_pending;
  guint n_investments;
  guint n_transfers;
  gboolean is_investment;
  gboolean is_ofc;
  gboolean is_card; /* the statement is a credit card's */
  gboolean has_begun;
  gboolean has_ended;
} Reading;

static void
reading_clear (Reading *self)
{
  _budget_ofx_tokenizer_clear (&self->tokens);
  budget_written_amounts_clear (&self->amounts);
  _budget_ofx_transaction_clear (&self->transaction);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->statement);
  g_free (self->first_currency);
  g_free (self->currency);
  g_free (self->account);
  g_free (self->balance);
  g_free (self->code);
  g_free (self->severity);
  g_free (self->message);
  g_free (self->complaint);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
replace (char **target, const char *text)
{
  g_free (*target);
  *target = g_strdup (text);
}

static void
tell_balance (Reading *self)
{
  BudgetNumber number;
  gint64 mantissa, minor;
  guint n_decimals;
  char decimal;
  char day[16];
  g_autofree char *amount = NULL;
  g_autofree char *note = NULL;

  if (self->balance == NULL || self->account == NULL || !g_date_valid (&self->balance_date) ||
      self->n_balances == MAX_BALANCES || !budget_number_scan (self->balance, &number))
    return;

  decimal = budget_number_guess_decimal (&number);
  if (!budget_number_read (&number, decimal != '\0' ? decimal : '.', &mantissa, &n_decimals) ||
      budget_number_scale (mantissa, n_decimals, budget_currency_get_digits (self->currency),
                           &minor) != BUDGET_NUMBER_FITS)
    return;

  self->n_balances++;
  amount = budget_money_format (minor, self->currency);
  g_date_strftime (day, sizeof day, "%Y-%m-%d", &self->balance_date);
  /* Translators: an account's number, a date and an amount of money. */
  note = g_strdup_printf (_("Balance of account %1$s on %2$s: %3$s"), self->account, day, amount);
  budget_statement_add_note (self->statement, note);
}

static void
tell_status (Reading *self)
{
  if (self->complaint == NULL && g_strcmp0 (self->severity, "ERROR") == 0)
    self->complaint = g_strdup (self->message != NULL ? self->message : self->code);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->severity, g_free);
  g_clear_pointer (&self->message, g_free);
}

static void
enter_scope (Reading *self, BudgetOfxScope scope)
{
  if (self->scope == BUDGET_OFX_SCOPE_BALANCE)
    tell_balance (self);
  else if (self->scope == BUDGET_OFX_SCOPE_STATUS)
    tell_status (self);

  self->scope = scope;
  if (scope == BUDGET_OFX_SCOPE_BALANCE)
    {
      g_clear_pointer (&self->balance, g_free);
      g_date_clear (&self->balance_date, 1);
    }
}

static void
end_transaction (Reading *self)
{
  BudgetStatementRow *row;

  if (!self->in_transaction)
    return;

  self->in_transaction = FALSE;
  row = _budget_ofx_transaction_read (&self->transaction, self->currency, self->account,
                                      &self->amounts);
  row->is_card = self->is_card;
  g_ptr_array_add (self->rows, row);
  _budget_ofx_transaction_clear (&self->transaction);
}

static void
begin_statement (Reading *self, const BudgetOfxTag *tag)
{
  /* OFC has the account before this tag. */
  if (self->is_ofc && g_str_equal (tag->name, "STMTRS"))
    return;

  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->account, g_free);
  self->is_investment |= g_str_equal (tag->name, "INVSTMTRS");
  self->is_card = g_str_equal (tag->name, "CCSTMTRS");
}

static void
take_open (Reading *self)
{
  const BudgetOfxTag *tag = find_tag (self->tokens.text->str);

  self->tag = tag;
  if (tag->kind >= BUDGET_OFX_TAG_END_SCOPE)
    end_transaction (self);

  if (tag->kind == BUDGET_OFX_TAG_SCOPE || tag->kind == BUDGET_OFX_TAG_END_SCOPE)
    enter_scope (self, (BudgetOfxScope) tag->detail);
  else if (tag->kind > BUDGET_OFX_TAG_END_SCOPE)
    enter_scope (self, BUDGET_OFX_SCOPE_NONE);

  if (tag->kind == BUDGET_OFX_TAG_TRANSACTION)
    {
      self->in_transaction = TRUE;
      self->transaction.line = self->tokens.line;
    }
  else if (tag->kind == BUDGET_OFX_TAG_STATEMENT)
    begin_statement (self, tag);

  self->n_pending += tag->kind == BUDGET_OFX_TAG_PENDING;
  self->n_investments += tag->kind == BUDGET_OFX_TAG_INVESTMENT;
  self->n_transfers += tag->kind == BUDGET_OFX_TAG_TRANSFER;
  self->has_begun |= tag->kind == BUDGET_OFX_TAG_FILE;
  self->is_ofc |= tag->kind == BUDGET_OFX_TAG_FILE && g_str_equal (tag->name, "OFC");
}

static void
take_close (Reading *self)
{
  const BudgetOfxTag *tag = find_tag (self->tokens.text->str);

  self->tag = NULL;
  if (tag->kind >= BUDGET_OFX_TAG_SCOPE)
    enter_scope (self, BUDGET_OFX_SCOPE_NONE);
  if (tag->kind >= BUDGET_OFX_TAG_TRANSACTION)
    end_transaction (self);
  self->has_ended |= tag->kind == BUDGET_OFX_TAG_FILE;
}

/* Returns: which value of a transaction the text is, or %BUDGET_N_OFX_VALUES */
static BudgetOfxValue
find_value (Reading *self)
{
  BudgetOfxTagKind kind = self->tag->kind;
  gboolean is_original = self->scope == BUDGET_OFX_SCOPE_ORIGINAL;

  if (kind == BUDGET_OFX_TAG_VALUE)
    return (BudgetOfxValue) self->tag->detail;
  if (kind == BUDGET_OFX_TAG_NAME && self->scope == BUDGET_OFX_SCOPE_PAYEE)
    return BUDGET_OFX_PAYEE;
  if (kind == BUDGET_OFX_TAG_NAME && self->scope != BUDGET_OFX_SCOPE_OTHER)
    return BUDGET_OFX_NAME;
  if (kind == BUDGET_OFX_TAG_ACCTID)
    return BUDGET_OFX_COUNTERPART;
  if (kind == BUDGET_OFX_TAG_CURSYM)
    return is_original ? BUDGET_OFX_ORIGINAL_CURRENCY : BUDGET_OFX_CURRENCY;
  if (kind == BUDGET_OFX_TAG_CURRATE && is_original)
    return BUDGET_OFX_ORIGINAL_RATE;

  /* Some banks write a value where the format has an element with values. */
  if (kind == BUDGET_OFX_TAG_SCOPE && self->scope == BUDGET_OFX_SCOPE_PAYEE)
    return BUDGET_OFX_PAYEE;
  if (kind == BUDGET_OFX_TAG_SCOPE && self->scope == BUDGET_OFX_SCOPE_CURRENCY)
    return BUDGET_OFX_CURRENCY;

  return BUDGET_N_OFX_VALUES;
}

static void
take_statement_value (Reading *self, const char *text)
{
  BudgetOfxTagKind kind = self->tag->kind;

  if (kind == BUDGET_OFX_TAG_ACCTID && self->scope == BUDGET_OFX_SCOPE_ACCOUNT)
    replace (&self->account, g_str_equal (text, BUDGET_OFX_NO_ACCOUNT) ? NULL : text);
  else if (kind == BUDGET_OFX_TAG_BALAMT && self->scope == BUDGET_OFX_SCOPE_BALANCE)
    replace (&self->balance, text);
  else if (kind == BUDGET_OFX_TAG_DTASOF && self->scope == BUDGET_OFX_SCOPE_BALANCE &&
           !_budget_ofx_read_date (text, &self->balance_date))
    g_date_clear (&self->balance_date, 1);
  else if (kind == BUDGET_OFX_TAG_CODE && self->scope == BUDGET_OFX_SCOPE_STATUS)
    replace (&self->code, text);
  else if (kind == BUDGET_OFX_TAG_SEVERITY && self->scope == BUDGET_OFX_SCOPE_STATUS)
    {
      g_free (self->severity);
      self->severity = g_ascii_strup (text, -1);
    }
  else if (kind == BUDGET_OFX_TAG_MESSAGE && self->scope == BUDGET_OFX_SCOPE_STATUS)
    replace (&self->message, text);
}

static void
take_text (Reading *self)
{
  const char *text = self->tokens.text->str;

  if (self->tag == NULL)
    return;

  if (self->tag->kind == BUDGET_OFX_TAG_CURDEF)
    {
      g_free (self->currency);
      self->currency = budget_currency_dup_code (text);
      if (self->first_currency == NULL)
        self->first_currency = g_strdup (self->currency);
    }
  else if (!self->in_transaction)
    take_statement_value (self, text);
  else if (find_value (self) != BUDGET_N_OFX_VALUES)
    _budget_ofx_transaction_take (&self->transaction, find_value (self), text);
}

/* The file may have been cut in the middle of the amount. */
static void
break_transaction (Reading *self)
{
  BudgetStatementRow *row;

  if (!self->in_transaction)
    return;

  end_transaction (self);
  row = g_ptr_array_index (self->rows, self->rows->len - 1);
  g_free (row->reject_reason);
  row->reject_reason = g_strdup (_("The file ends in the middle of this transaction"));
}

static gboolean
read_tokens (Reading *self, GCancellable *cancellable, GError **error)
{
  for (guint n = 0;; n++)
    {
      if (n % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      switch (_budget_ofx_tokenizer_next (&self->tokens))
        {
        case BUDGET_OFX_TOKEN_OPEN:
          take_open (self);
          break;
        case BUDGET_OFX_TOKEN_CLOSE:
          take_close (self);
          break;
        case BUDGET_OFX_TOKEN_TEXT:
          take_text (self);
          break;
        case BUDGET_OFX_TOKEN_END:
        default:
          break_transaction (self);
          enter_scope (self, BUDGET_OFX_SCOPE_NONE);
          return TRUE;
        }
    }
}

static char *
dup_reason_for_no_rows (Reading *self)
{
  if (self->complaint != NULL)
    /* Translators: %s is what the bank's computer says in its own words. */
    return g_strdup_printf (_("There is no statement in the file; the bank says: %s"),
                               self->complaint);
  if (self->is_investment || self->n_investments > 0)
    return g_strdup (_("The file contains only investments, which are not expenses"));
  if (self->n_transfers > 0)
    return g_strdup (_("The file contains transfer orders, not a statement"));

  return g_strdup (_("The file has no transactions"));
}

static void
tell_rest (Reading *self)
{
  if (self->n_investments > 0)
    /* Translators: %u is a number. */
    budget_statement_take_note (
      self->statement,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u investment was skipped",
                                    "%u investments were skipped", self->n_investments),
                       self->n_investments));

  if (self->n_pending > 0)
    /* Translators: %u is a number. */
    budget_statement_take_note (
      self->statement,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u pending transaction was skipped",
                                    "%u pending transactions were skipped", self->n_pending),
                       self->n_pending));

  if (self->complaint != NULL)
    /* Translators: %s is what the bank's computer says in its own words. */
    budget_statement_take_note (self->statement,
                                g_strdup_printf (_("The bank says: %s"), self->complaint));

  if (self->has_begun && !self->has_ended)
    budget_statement_add_note (
      self->statement, _("The end of the file is missing, so transactions may be missing too"));
}

/* Prefers the statement's currency, if any row has it: investment accounts may not use it. */
static const char *
find_currency (Reading *self)
{
  const char *currency = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const BudgetStatementRow *row = g_ptr_array_index (self->rows, i);

      if (row->reject_reason != NULL || row->currency == NULL)
        continue;
      if (g_strcmp0 (row->currency, self->first_currency) == 0)
        return row->currency;
      if (currency == NULL)
        currency = row->currency;
    }

  return currency != NULL ? currency : self->first_currency;
}

static void
fill_statement (Reading *self)
{
  const char *account = NULL;
  gboolean has_none = FALSE;

  budget_written_amounts_settle (&self->amounts);
  budget_statement_set_currency (self->statement, find_currency (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      BudgetStatementRow *row = g_ptr_array_index (self->rows, i);

      if (account == NULL)
        account = row->account;
      has_none |= row->account == NULL;
      budget_statement_add_row (self->statement, row);
    }

  /* Rows without an account do not belong to the account of another statement. */
  if (!has_none)
    budget_statement_set_account (self->statement, account);
  g_ptr_array_set_free_func (self->rows, NULL);
  g_ptr_array_set_size (self->rows, 0);
}

/**
 * budget_ofx_sniff:
 * @bytes: the contents of the file
 *
 * Returns: whether it has OFX's tags or header, whatever stands before them
 */
gboolean
budget_ofx_sniff (GBytes *bytes)
{
  g_autoptr (GBytes) start =
    g_bytes_new_from_bytes (bytes, 0, MIN (g_bytes_get_size (bytes), SNIFFED_SIZE));
  g_autoptr (GBytes) text =
    budget_text_encoding_decode (budget_text_encoding_detect (start), start);
  g_auto (BudgetOfxTokenizer) tokens = { 0 };
  BudgetOfxToken token;

  _budget_ofx_tokenizer_init (&tokens, text);

  while ((token = _budget_ofx_tokenizer_next (&tokens)) != BUDGET_OFX_TOKEN_END)
    {
      if (token == BUDGET_OFX_TOKEN_TEXT && strstr (tokens.text->str, "OFXHEADER:") != NULL)
        return TRUE;

      if (token == BUDGET_OFX_TOKEN_OPEN)
        {
          BudgetOfxTagKind kind = find_tag (tokens.text->str)->kind;

          if (kind == BUDGET_OFX_TAG_FILE || kind == BUDGET_OFX_TAG_STATEMENT ||
              kind == BUDGET_OFX_TAG_TRANSACTION)
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * budget_ofx_read:
 * @bytes: the contents of the file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads all statements of a file as one. A transaction that cannot be read becomes a
 * rejected row.
 *
 * Returns: (transfer full): the statement, or %NULL if there are no transactions
 */
BudgetStatement *
budget_ofx_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) text = decode (bytes);
  g_auto (Reading) self = { 0 };

  self.statement = budget_statement_new (BUDGET_OFX_FORMAT);
  self.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_statement_row_free);
  budget_written_amounts_init (&self.amounts, TRUE);
  _budget_ofx_tokenizer_init (&self.tokens, text);

  if (!read_tokens (&self, cancellable, error))
    return NULL;

  if (self.rows->len == 0)
    {
      g_autofree char *reason = dup_reason_for_no_rows (&self);

      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, reason);
      return NULL;
    }

  fill_statement (&self);
  tell_rest (&self);

  return g_steal_pointer (&self.statement);
}
