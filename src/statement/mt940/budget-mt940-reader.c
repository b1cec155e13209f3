/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-balance-notes.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-line-reader.h"
#include "budget-mt940-reader.h"
#include "budget-mt940-transaction.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads SWIFT MT940 (statements) and MT942 (interim reports). A field starts with a
 * tag, such as ":61:", and may continue on further lines. Banks may leave out the
 * envelope in braces or the end of a message, and change the order of fields.
 */

#define SNIFFED_SIZE (64 * 1024)

typedef enum
{
  FIELD_NONE,
  FIELD_TRANSACTION,
  FIELD_DETAILS,
  FIELD_LINES,
  FIELD_OTHER /* its further lines are skipped */
} Field;

typedef struct
{
  BudgetLineReader lines;
  BudgetStatement *statement;
  GPtrArray *rows;
  BudgetBalanceNotes balances;

  Field field;
  GPtrArray *transactions;             /* of this message */
  BudgetMt940Transaction *transaction; /* the one that :86: describes */
  gboolean has_header;
  gboolean has_stray;
  char *account;
  char *currency;
  BudgetBalance opening;
  BudgetBalance closing;

  gboolean has_begun;
  gboolean is_interim;
  gboolean is_open; /* no closing balance yet */
  guint n_expected;
} Reading;

static void
reading_clear (Reading *self)
{
  budget_line_reader_clear (&self->lines);
  budget_balance_notes_clear (&self->balances);
  g_clear_pointer (&self->transactions, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->statement);
  g_free (self->account);
  g_free (self->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/*
 * Returns: (nullable): the tag at the start of a line. Text such as "12:30:" may look
 *   like one, so only the tags of statements count.
 */
static const char *
find_tag (const char *line)
{
  static const char *const tags[] = {
    "61", "86",  "20", "25", "28C", "60F", "62F", "64",  "65",  "60M", "62M",
    "21", "25P", "28", "NS", "13D", "13",  "34F", "90C", "90D", "60",  "62",
  };

  if (line[0] != ':')
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (line + 1, tags[i]) && line[1 + strlen (tags[i])] == ':')
      return tags[i];

  return NULL;
}

static void
take_row (Reading *self, const BudgetMt940Transaction *transaction, gint64 *sum, gboolean *has_sum)
{
  BudgetStatementRow *row =
    _budget_mt940_transaction_read (transaction, self->account, self->currency);

  *has_sum &= row->reject_reason == NULL && !__builtin_add_overflow (*sum, row->amount, sum);
  g_ptr_array_add (self->rows, row);
}

static void
end_message (Reading *self)
{
  gint64 sum = 0;
  gboolean has_sum = TRUE;

  for (guint i = 0; i < self->transactions->len; i++)
    take_row (self, g_ptr_array_index (self->transactions, i), &sum, &has_sum);

  self->has_stray |= self->transactions->len > 0 && !self->has_header;
  if (self->has_header)
    budget_balance_notes_take (&self->balances, self->account, &self->opening, &self->closing,
                               has_sum ? &sum : NULL);

  g_ptr_array_set_size (self->transactions, 0);
  self->transaction = NULL;
  self->field = FIELD_NONE;
  self->has_header = FALSE;
  self->opening.is_given = FALSE;
  self->closing.is_given = FALSE;
}

static void
begin_message (Reading *self)
{
  end_message (self);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->currency, g_free);
  self->has_header = TRUE;
  self->has_begun = TRUE;
}

/* Some banks append the currency to the account's number. */
static void
take_account (Reading *self, const char *text)
{
  if (!self->has_header || self->closing.is_given)
    begin_message (self);

  g_free (self->account);
  self->account = g_strstrip (g_strdup (text));
  if (*self->account == '\0')
    g_clear_pointer (&self->account, g_free);
}

static void
trim_account (Reading *self)
{
  gsize length = self->account != NULL ? strlen (self->account) : 0;

  if (length > 3 && g_ascii_isdigit (self->account[length - 4]) && self->currency != NULL &&
      g_str_has_suffix (self->account, self->currency))
    self->account[length - 3] = '\0';
}

static void
take_currency (Reading *self, const char *text)
{
  g_autofree char *letters = g_strndup (text, 3);
  g_autofree char *currency = budget_currency_dup_code (letters);

  if (self->currency != NULL || currency == NULL)
    return;

  self->currency = g_steal_pointer (&currency);
  trim_account (self);
}

/* The text has C or D, the date, the currency and the amount. */
static void
take_balance (Reading *self, BudgetBalance *balance, const char *text)
{
  const char *amount;
  char currency[4];

  text += strspn (text, " ");
  if ((*text != 'C' && *text != 'D') || strlen (text) < 10)
    return;

  if (!_budget_mt940_read_day (text + 1, &balance->day))
    g_date_clear (&balance->day, 1);
  g_strlcpy (currency, text + 7, sizeof currency);
  amount = text + 10;
  take_currency (self, currency);
  budget_balance_read (balance, amount, ',', currency, *text == 'D');
}

static void
take_opening (Reading *self, const char *text)
{
  if (!self->has_header || self->closing.is_given)
    begin_message (self);

  self->is_open = TRUE;
  if (!self->opening.is_given)
    take_balance (self, &self->opening, text);
}

static void
take_closing (Reading *self, const char *text)
{
  self->is_open = FALSE;
  take_balance (self, &self->closing, text);
}

static void
take_transaction (Reading *self, const char *text)
{
  BudgetMt940Transaction *transaction = _budget_mt940_transaction_new (self->lines.number, text);

  self->transaction = NULL;
  self->field = FIELD_OTHER;
  if (_budget_mt940_transaction_is_expected (transaction))
    {
      self->n_expected++;
      _budget_mt940_transaction_free (transaction);
      return;
    }

  transaction->is_cut = self->lines.is_cut;
  g_ptr_array_add (self->transactions, transaction);
  self->transaction = transaction;
  self->field = FIELD_TRANSACTION;
}

static void
take_field (Reading *self, const char *tag, const char *text)
{
  gboolean is_details = g_str_equal (tag, "86") || g_str_equal (tag, "NS");

  self->field = FIELD_OTHER;
  if (is_details && self->transaction != NULL)
    {
      self->field = *tag == '8' ? FIELD_DETAILS : FIELD_LINES;
      if (*tag == '8')
        _budget_mt940_transaction_take_details (self->transaction, text, TRUE);
      else
        _budget_mt940_transaction_take_line (self->transaction, text);
      return;
    }

  if (is_details)
    return;

  self->transaction = NULL;
  if (g_str_equal (tag, "61"))
    take_transaction (self, text);
  else if (g_str_equal (tag, "20"))
    begin_message (self);
  else if (g_str_has_prefix (tag, "25"))
    take_account (self, text);
  else if (g_str_has_prefix (tag, "60"))
    take_opening (self, text);
  else if (g_str_has_prefix (tag, "62"))
    take_closing (self, text);
  else if (g_str_equal (tag, "34F"))
    {
      self->is_interim = TRUE;
      take_currency (self, text + strspn (text, " "));
    }

  if (!g_str_equal (tag, "61"))
    self->field = FIELD_OTHER;
}

static void
take_further (Reading *self, const char *text)
{
  if (text[strspn (text, " ")] == '\0')
    return;

  if (self->field == FIELD_TRANSACTION)
    _budget_mt940_transaction_take_more (self->transaction, text);
  else if (self->field == FIELD_DETAILS)
    _budget_mt940_transaction_take_details (self->transaction, text, FALSE);
  else if (self->field == FIELD_LINES)
    _budget_mt940_transaction_take_line (self->transaction, text);
}

/* A single dash in the middle of a message is text. */
static gboolean
is_end (Reading *self, const char *line)
{
  if (line[0] != '-')
    return FALSE;
  if (line[1] == '}')
    return TRUE;

  return line[1 + strspn (line + 1, " ")] == '\0' &&
         (self->transaction == NULL || !self->opening.is_given || self->closing.is_given);
}

static void
take_line (Reading *self, const char *line)
{
  const char *tag = find_tag (line);
  const char *block;

  if (tag != NULL)
    {
      take_field (self, tag, line + strlen (tag) + 2);
      return;
    }

  if (is_end (self, line))
    end_message (self);
  else if (line[0] != '{' || line[1] == '\0' || line[2] != ':')
    {
      take_further (self, line);
      return;
    }

  /* A field may follow the envelope on the same line. */
  self->field = FIELD_OTHER;
  block = strstr (line, "{4:");
  if (block != NULL && (tag = find_tag (block + 3)) != NULL)
    take_field (self, tag, block + 3 + strlen (tag) + 2);
}

static gboolean
read_lines (Reading *self, GCancellable *cancellable, GError **error)
{
  while (budget_line_reader_next (&self->lines))
    {
      if (self->lines.number % 4096 == 1 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      take_line (self, self->lines.text);
    }

  end_message (self);
  if (self->rows->len > 0)
    return TRUE;

  if (self->n_expected > 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("All transactions in the file are pending"));
  if (self->has_begun)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file has no transactions"));

  return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                        _("The file is not an MT940 statement"));
}

static void
tell_rest (Reading *self)
{
  if (self->n_expected > 0)
    {
      g_autofree char *note = g_strdup_printf (
        /* Translators: %u is a number. */
        g_dngettext (GETTEXT_PACKAGE, "%u pending transaction was skipped",
                     "%u pending transactions were skipped", self->n_expected),
        self->n_expected);

      budget_statement_add_note (self->statement, note);
    }

  if (self->is_interim)
    budget_statement_add_note (
      self->statement,
      _("The file is an interim report; the bank may still change its transactions"));
  if (self->has_stray)
    budget_statement_add_note (
      self->statement,
      _("Transactions outside any statement were added to the account of the previous statement"));
  if (self->is_open)
    budget_statement_add_note (
      self->statement, _("The end of the file is missing, so transactions may be missing too"));

  budget_balance_notes_tell (&self->balances, self->statement);
}

/**
 * budget_mt940_sniff:
 * @bytes: the contents of the file
 *
 * Returns: whether lines begin with the tags of a statement: its reference or
 *   account or number, and a balance or transaction
 */
gboolean
budget_mt940_sniff (GBytes *bytes)
{
  g_auto (BudgetLineReader) lines = { 0 };
  gboolean has_head = FALSE;

  budget_line_reader_init (&lines, bytes, SNIFFED_SIZE);
  while (budget_line_reader_next (&lines))
    {
      const char *block = strstr (lines.text, "{4:");
      const char *tag = find_tag (block != NULL ? block + 3 : lines.text);

      if (tag == NULL)
        continue;

      has_head |= *tag == '2';
      if (has_head && (*tag == '6' || *tag == '9' || *tag == '3'))
        return TRUE;
    }

  return FALSE;
}

/**
 * budget_mt940_read:
 * @bytes: the contents of the file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads the transactions of all messages of a file as one statement. A transaction
 * that cannot be read becomes a rejected row.
 *
 * Returns: (transfer full): the statement, or %NULL if there are no transactions
 */
BudgetStatement *
budget_mt940_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) self = { 0 };

  self.statement = budget_statement_new (BUDGET_MT940_FORMAT);
  self.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_statement_row_free);
  self.transactions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _budget_mt940_transaction_free);
  budget_balance_notes_init (&self.balances);
  budget_line_reader_init (&self.lines, bytes, G_MAXSIZE);

  if (!read_lines (&self, cancellable, error))
    return NULL;

  tell_rest (&self);
  budget_statement_take_rows (self.statement, self.rows);

  return g_steal_pointer (&self.statement);
}
