/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-balance-notes.h"
#include "budget-camt-entry.h"
#include "budget-camt-reader.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-statement-text.h"
#include "budget-text-encoding.h"
#include "budget-xml-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads ISO 20022 CAMT.053 (statements), CAMT.052 (reports during the day) and
 * CAMT.054 (notifications). Versions and banks differ in the elements of an entry,
 * but an entry is always a Ntry in a Stmt, Rpt or Ntfctn.
 */

#define SNIFFED_SIZE (64 * 1024)
#define SNIFFED_ELEMENTS 40
#define MAX_NAME_LENGTH 40
#define MAX_TEXT_LENGTH 4000
#define MAX_DECLARATION_LENGTH 200

typedef struct
{
  BudgetXmlReader *xml;
  GString *path;         /* the local names of the open elements, each behind a slash */
  GString *text;         /* of the innermost one, since its start or its last child */
  char *amount_currency; /* of the innermost one, if it is an Amt */
  BudgetStatement *statement;
  GPtrArray *rows;
  BudgetBalanceNotes balances;

  /* The length of the path of each open element, or 0. */
  gsize in_message;
  gsize in_statement;
  gsize in_entry;
  gsize in_payment;

  BudgetCamtEntry entry;
  BudgetCamtValues *payment;

  char *account;
  char *currency;
  GDate created; /* the message */
  GDate stated;  /* the statement */
  guint first_row;
  gboolean is_final; /* a statement; only its balances are checked */
  BudgetBalance opening;
  BudgetBalance closing;

  char *balance_type;
  char *balance_amount;
  char *balance_currency;
  char *balance_sign;
  GDate balance_day;

  gboolean has_message;
  gboolean has_notification;
  gboolean has_transfers;
  guint n_pending;
  guint n_undated;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->xml, budget_xml_reader_free);
  g_string_free (self->path, TRUE);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->amount_currency, g_free);
  _budget_camt_entry_clear (&self->entry);
  g_clear_pointer (&self->entry.payments, g_ptr_array_unref);
  budget_balance_notes_clear (&self->balances);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->statement);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->balance_type, g_free);
  g_clear_pointer (&self->balance_amount, g_free);
  g_clear_pointer (&self->balance_currency, g_free);
  g_clear_pointer (&self->balance_sign, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
replace (char **target, const char *text)
{
  g_free (*target);
  *target = g_strdup (text);
}

/* libxml2 takes a prefix that is not declared for a part of the name. */
static const char *
get_local_name (BudgetXmlReader *xml)
{
  const char *name = budget_xml_reader_get_name (xml);
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
open_element (Reading *self)
{
  const char *name = get_local_name (self->xml);

  g_string_append_c (self->path, '/');
  g_string_append (self->path, strlen (name) <= MAX_NAME_LENGTH ? name : "?");
  g_string_truncate (self->text, 0);
  g_free (self->amount_currency);
  self->amount_currency = g_str_equal (name, "Amt")
                            ? g_strdup (budget_xml_reader_get_attribute (self->xml, "Ccy"))
                            : NULL;
}

static void
close_element (Reading *self)
{
  g_string_truncate (self->path, (gsize) (strrchr (self->path->str, '/') - self->path->str));
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->amount_currency, g_free);
}

/* Returns: the path from the element whose own path has the length @outer */
static const char *
get_path (Reading *self, gsize outer)
{
  const GString *path = self->path;

  return path->len > outer ? path->str + outer + 1 : "";
}

static gboolean
is_message (const char *name)
{
  return g_str_has_prefix (name, "BkToCstmrStmt") || g_str_has_prefix (name, "BkToCstmrAcctRpt") ||
         g_str_has_prefix (name, "BkToCstmrDbtCdtNtfctn");
}

static gboolean
is_transfer_order (const char *name)
{
  return g_str_has_prefix (name, "CstmrCdtTrfInitn") ||
         g_str_has_prefix (name, "CstmrDrctDbtInitn") || g_str_has_prefix (name, "pain.00");
}

static void
begin_statement (Reading *self, const char *name)
{
  self->in_statement = self->path->len;
  self->is_final = g_str_equal (name, "Stmt");
  self->has_notification |= g_str_equal (name, "Ntfctn");
  self->first_row = self->rows->len;
  self->opening.is_given = FALSE;
  self->closing.is_given = FALSE;
  g_date_clear (&self->stated, 1);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->currency, g_free);
}

static void
take_open (Reading *self)
{
  const char *path;

  if (self->in_payment != 0)
    return;

  if (self->in_entry != 0)
    {
      path = get_path (self, self->in_entry);
      if (g_str_equal (path, "NtryDtls/TxDtls") || g_str_equal (path, "TxDtls"))
        {
          self->in_payment = self->path->len;
          self->payment = _budget_camt_entry_add_payment (&self->entry);
        }
    }
  else if (self->in_statement != 0)
    {
      if (g_str_equal (get_path (self, self->in_statement), "Ntry"))
        {
          self->in_entry = self->path->len;
          self->entry.line = budget_xml_reader_get_line (self->xml);
        }
    }
  else if (self->in_message != 0)
    {
      path = get_path (self, self->in_message);
      if (g_str_equal (path, "Stmt") || g_str_equal (path, "Rpt") || g_str_equal (path, "Ntfctn"))
        begin_statement (self, path);
    }
  else
    {
      path = strrchr (self->path->str, '/') + 1;
      self->has_transfers |= is_transfer_order (path);
      if (is_message (path))
        {
          self->in_message = self->path->len;
          self->has_message = TRUE;
          g_date_clear (&self->created, 1);
        }
    }
}

/* An entry without a date gets the date of the statement. */
static void
take_default_day (Reading *self, BudgetStatementRow *row)
{
  const GDate *day = g_date_valid (&self->stated) ? &self->stated : &self->created;

  if (row->reject_reason != NULL || g_date_valid (&row->date))
    return;

  if (g_date_valid (day))
    {
      row->date = *day;
      self->n_undated++;
    }
  else
    row->reject_reason = g_strdup (_("The date is missing"));
}

static void
end_entry (Reading *self, gboolean is_broken)
{
  guint first = self->rows->len;

  if (is_broken || _budget_camt_entry_is_booked (&self->entry))
    _budget_camt_entry_read (&self->entry, self->account, self->currency, self->rows);
  else
    self->n_pending++;

  for (guint i = first; i < self->rows->len; i++)
    {
      BudgetStatementRow *row = g_ptr_array_index (self->rows, i);

      if (is_broken)
        replace (&row->reject_reason, _("The file ends in the middle of this transaction"));
      take_default_day (self, row);
    }

  _budget_camt_entry_clear (&self->entry);
  self->payment = NULL;
  self->in_payment = 0;
  self->in_entry = 0;
}

/* Sums up the statement's rows, if all are in the currency of its balances. */
static gboolean
get_sum (Reading *self, gint64 *sum)
{
  *sum = 0;

  for (guint i = self->first_row; i < self->rows->len; i++)
    {
      const BudgetStatementRow *row = g_ptr_array_index (self->rows, i);

      if (row->reject_reason != NULL || g_strcmp0 (row->currency, self->opening.currency) != 0 ||
          __builtin_add_overflow (*sum, row->amount, sum))
        return FALSE;
    }

  return TRUE;
}

static void
end_statement (Reading *self)
{
  gint64 sum;
  gboolean has_sum = get_sum (self, &sum);

  if (self->is_final)
    budget_balance_notes_take (&self->balances, self->account, &self->opening, &self->closing,
                               has_sum ? &sum : NULL);
  self->in_statement = 0;
}

static void
end_balance (Reading *self)
{
  gboolean is_closing = g_strcmp0 (self->balance_type, "CLBD") == 0;
  gboolean is_opening =
    g_strcmp0 (self->balance_type, "OPBD") == 0 || g_strcmp0 (self->balance_type, "PRCD") == 0;

  if (is_closing || (is_opening && !self->opening.is_given))
    {
      BudgetBalance *balance = is_closing ? &self->closing : &self->opening;

      budget_balance_read (balance, self->balance_amount, '.', self->balance_currency,
                           g_strcmp0 (self->balance_sign, "DBIT") == 0);
      balance->day = self->balance_day;
    }

  g_clear_pointer (&self->balance_type, g_free);
  g_clear_pointer (&self->balance_amount, g_free);
  g_clear_pointer (&self->balance_currency, g_free);
  g_clear_pointer (&self->balance_sign, g_free);
  g_date_clear (&self->balance_day, 1);
}

static void
take_statement_value (Reading *self, const char *path, const char *text)
{
  if (g_str_equal (path, "Acct/Id/IBAN") || g_str_equal (path, "Acct/Id/Othr/Id") ||
      g_str_equal (path, "Acct/Id/PrtryAcct/Id") || g_str_equal (path, "Acct/Id/BBAN"))
    {
      if (self->account == NULL)
        self->account = g_strdup (text);
    }
  else if (g_str_equal (path, "Acct/Ccy"))
    {
      g_free (self->currency);
      self->currency = budget_currency_dup_code (text);
    }
  else if (g_str_equal (path, "CreDtTm"))
    _budget_camt_read_day (text, &self->stated);
  else if (g_str_equal (path, "Bal/Tp/CdOrPrtry/Cd") || g_str_equal (path, "Bal/Tp/Cd"))
    replace (&self->balance_type, text);
  else if (g_str_equal (path, "Bal/Amt"))
    {
      replace (&self->balance_amount, text);
      replace (&self->balance_currency, self->amount_currency);
    }
  else if (g_str_equal (path, "Bal/CdtDbtInd"))
    replace (&self->balance_sign, text);
  else if (g_str_equal (path, "Bal/Dt/Dt") || g_str_equal (path, "Bal/Dt/DtTm"))
    _budget_camt_read_day (text, &self->balance_day);
}

static void
take_value (Reading *self, BudgetCamtValues *values, const char *path, const char *text)
{
  BudgetCamtValue value = _budget_camt_find_value (path);
  const char *currency = self->amount_currency;

  if (value == BUDGET_N_CAMT_VALUES)
    return;

  /* The currency of each amount follows it in the enumeration. */
  if (currency != NULL && values->values[value] == NULL)
    _budget_camt_values_take (values, (BudgetCamtValue) (value + 1), currency);
  _budget_camt_values_take (values, value, text);
}

static void
take_close (Reading *self)
{
  gsize length = self->path->len;
  g_autofree char *text = NULL;

  if (length == self->in_payment)
    {
      self->in_payment = 0;
      self->payment = NULL;
    }
  else if (length == self->in_entry)
    end_entry (self, FALSE);
  else if (length == self->in_statement)
    end_statement (self);
  else if (length == self->in_message)
    self->in_message = 0;
  else if (self->in_statement != 0 && g_str_equal (get_path (self, self->in_statement), "Bal"))
    end_balance (self);
  else if (self->in_message != 0 &&
           (text = budget_statement_text_dup_clean (self->text->str)) != NULL)
    {
      if (self->in_payment != 0)
        take_value (self, self->payment, get_path (self, self->in_payment), text);
      else if (self->in_entry != 0)
        take_value (self, &self->entry.values, get_path (self, self->in_entry), text);
      else if (self->in_statement != 0)
        take_statement_value (self, get_path (self, self->in_statement), text);
      else if (g_str_equal (get_path (self, self->in_message), "GrpHdr/CreDtTm"))
        _budget_camt_read_day (text, &self->created);
    }
}

static BudgetXmlNode
read_nodes (Reading *self, GError **error)
{
  BudgetXmlNode node;

  while ((node = budget_xml_reader_next (self->xml, error)) < BUDGET_XML_DONE)
    if (node == BUDGET_XML_START)
      {
        open_element (self);
        take_open (self);
      }
    else if (node == BUDGET_XML_END)
      {
        take_close (self);
        close_element (self);
      }
    else if (self->text->len < MAX_TEXT_LENGTH)
      g_string_append (self->text, budget_xml_reader_get_text (self->xml));

  return node;
}

static void
tell_damage (Reading *self)
{
  guint line;

  if (budget_xml_reader_get_damage (self->xml, &line) == BUDGET_XML_TRUNCATED)
    budget_statement_add_note (
      self->statement, _("The end of the file is missing, so transactions may be missing too"));
  else
    budget_statement_take_note (
      self->statement,
      /* Translators: %u is the number of a line. */
      g_strdup_printf (
        _("The file is damaged at line %u; transactions from there on could not be read"), line));
}

static void
tell_rest (Reading *self)
{
  if (self->n_pending > 0)
    /* Translators: %u is a number. */
    budget_statement_take_note (
      self->statement,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u pending transaction was skipped",
                                    "%u pending transactions were skipped", self->n_pending),
                       self->n_pending));

  if (self->n_undated > 0)
    /* Translators: %u is a number. */
    budget_statement_take_note (
      self->statement,
      g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u transaction without a date got the date of the file",
                     "%u transactions without a date got the date of the file", self->n_undated),
        self->n_undated));

  if (self->has_notification)
    budget_statement_add_note (
      self->statement,
      _("The file is a notification; the account’s statement has the same transactions"));

  budget_balance_notes_tell (&self->balances, self->statement);
}

static char *
dup_reason_for_no_rows (Reading *self)
{
  guint line;

  if (budget_xml_reader_get_damage (self->xml, &line) != BUDGET_XML_INTACT)
    /* Translators: %u is the number of a line. */
    return g_strdup_printf (_("The file is damaged at line %u and no transaction could be read; download it again"), line);
  if (self->n_pending > 0)
    return g_strdup (_("All transactions in the file are pending"));
  if (self->has_message)
    return g_strdup (_("The file has no transactions"));
  if (self->has_transfers)
    return g_strdup (_("The file contains transfer orders, not a statement"));

  return g_strdup (_("The file is not a CAMT statement"));
}

static void
reading_init (Reading *self)
{
  self->statement = budget_statement_new (BUDGET_CAMT_FORMAT);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_statement_row_free);
  g_date_clear (&self->created, 1);
  g_date_clear (&self->stated, 1);
  g_date_clear (&self->balance_day, 1);
  budget_balance_notes_init (&self->balances);
  _budget_camt_entry_init (&self->entry);
  self->path = g_string_new (NULL);
  self->text = g_string_new (NULL);
}

/*
 * Returns: (nullable): the encoding that the XML declaration at the start of @bytes
 *   names
 */
static char *
dup_declared_encoding (GBytes *bytes)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *start = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       g_regex_new ("^(?:\\xef\\xbb\\xbf)?\\s*<\\?xml\\s[^>]*encoding\\s*=\\s*"
                                    "[\"']([A-Za-z0-9._-]+)",
                                    G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL));

  start = g_strndup (data, MIN (size, MAX_DECLARATION_LENGTH));
  return g_regex_match (regex, start, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/*
 * Returns: (nullable): the text, unless it is not in @encoding: then bytes are not
 *   invalid, or the result does not have the declaration
 */
static GBytes *
convert (GBytes *bytes, const char *encoding)
{
  g_autoptr (GBytes) decoded = NULL;
  gsize size, converted_size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text;

  if (g_ascii_strcasecmp (encoding, "UTF-8") == 0)
    return g_utf8_validate_len (data, size, NULL) ? g_bytes_ref (bytes) : NULL;

  text = g_convert (data, (gssize) size, "UTF-8", encoding, NULL, &converted_size, NULL);
  if (text == NULL)
    return NULL;

  decoded = g_bytes_new_take (text, converted_size);
  return g_strstr_len (text, MAX_DECLARATION_LENGTH, "<?xml") != NULL ? g_steal_pointer (&decoded)
                                                                      : NULL;
}

static gboolean
is_control (char c)
{
  return (guchar) c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* XML has no control characters, but the files of some banks do. */
static GBytes *
blank_controls (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text;
  gsize i = 0;

  while (i < size && !is_control (data[i]))
    i++;
  if (i == size)
    return g_bytes_ref (bytes);

  text = g_memdup2 (data, size);
  for (; i < size; i++)
    if (is_control (text[i]))
      text[i] = ' ';
  return g_bytes_new_take (text, size);
}

/*
 * Drops what XML does not allow but some files have: white space before the
 * declaration and text after the last element.
 */
static GBytes *
trim (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize start = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  gsize end = size;

  while (start < end && g_ascii_isspace (data[start]))
    start++;
  while (end > start && data[end - 1] != '>')
    end--;

  return g_bytes_new_from_bytes (bytes, start, end - start);
}

/*
 * Converts the file to UTF-8. Banks may declare a wrong encoding; then the encoding
 * is detected.
 */
static GBytes *
decode (GBytes *bytes)
{
  g_autofree char *declared = dup_declared_encoding (bytes);
  g_autoptr (GBytes) decoded = convert (bytes, declared != NULL ? declared : "UTF-8");
  g_autoptr (GBytes) text = NULL;

  if (decoded == NULL)
    decoded = budget_text_encoding_decode (budget_text_encoding_detect (bytes), bytes);

  text = blank_controls (decoded);
  return trim (text);
}

static gboolean
is_camt_document (BudgetXmlReader *xml, GBytes *text)
{
  for (guint n = 0; n < SNIFFED_ELEMENTS;)
    {
      BudgetXmlNode node = budget_xml_reader_next (xml, NULL);
      const char *space;

      /* A file that the reader refuses may still be a statement. */
      if (node == BUDGET_XML_ERROR && budget_xml_reader_get_damage (xml, NULL) == BUDGET_XML_INTACT)
        return g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text),
                             "BkToCstmr") != NULL;
      if (node >= BUDGET_XML_DONE)
        return FALSE;
      if (node != BUDGET_XML_START)
        continue;

      n++;
      space = budget_xml_reader_get_namespace (xml);
      if ((space != NULL && strstr (space, "iso:20022") != NULL) ||
          is_message (get_local_name (xml)))
        return TRUE;
    }

  return FALSE;
}

/**
 * budget_camt_sniff:
 * @bytes: the contents of the file
 *
 * Returns: whether it is XML with one of CAMT's messages, or any other of
 *   ISO 20022, which is for budget_camt_read() to refuse
 */
gboolean
budget_camt_sniff (GBytes *bytes)
{
  g_autoptr (GBytes) start =
    g_bytes_new_from_bytes (bytes, 0, MIN (g_bytes_get_size (bytes), SNIFFED_SIZE));
  g_autoptr (GBytes) text = decode (start);
  g_autoptr (BudgetXmlReader) xml = budget_xml_reader_new_for_bytes (text, NULL);

  return is_camt_document (xml, text);
}

/**
 * budget_camt_read:
 * @bytes: the contents of the file
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads the entries of all statements of a file as one statement. An entry that
 * cannot be read becomes a rejected row.
 *
 * Returns: (transfer full): the statement, or %NULL if there are no transactions
 */
BudgetStatement *
budget_camt_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) self = { 0 };
  g_autoptr (GBytes) text = decode (bytes);
  g_autoptr (GError) cause = NULL;
  gboolean is_damaged;

  reading_init (&self);
  self.xml = budget_xml_reader_new_for_bytes (text, cancellable);
  is_damaged = read_nodes (&self, &cause) == BUDGET_XML_ERROR;
  if (is_damaged && budget_xml_reader_get_damage (self.xml, NULL) == BUDGET_XML_INTACT)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  if (is_damaged && self.in_entry != 0)
    end_entry (&self, TRUE);

  if (self.rows->len == 0)
    {
      g_autofree char *reason = dup_reason_for_no_rows (&self);

      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, reason);
      return NULL;
    }

  if (is_damaged)
    tell_damage (&self);
  tell_rest (&self);
  budget_statement_take_rows (self.statement, self.rows);

  return g_steal_pointer (&self.statement);
}
