/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-export-kinds-private.h"
#include "budget-money.h"
#include "budget-ofx-reader.h"
#include "orm-session-query.h"

#include <string.h>

/*
 * Open Financial Exchange 2, which is XML: a statement for each account, with
 * its transactions, the oldest first. Expenses without an account have a
 * statement of their own.
 *
 * OFX has no categories, and names have at most 32 letters: the rest goes into
 * the memo. Custom tags hold what our own reader needs to restore everything
 * (section 2.7 of the OFX 2.2 specification at
 * https://financialdataexchange.org/). The order of the tags is that of
 * section 11.4.
 */

#define MAX_NAME 32
#define MAX_MEMO 255
#define MAX_ID 255

struct _BudgetOfxExport
{
  BudgetExportWriter parent_instance;

  GDate first; /* days of the statement */
  GDate last;
  gboolean has_bank;
  gboolean has_cards;
};

G_DEFINE_FINAL_TYPE (BudgetOfxExport, budget_ofx_export, BUDGET_TYPE_EXPORT_WRITER)

/*
 * XML allows no control characters, and OFX no line breaks in text. Programs
 * that read OFX as SGML know only these three entities.
 */
static void
append_char (GString *buffer, gunichar c)
{
  if (c == '&')
    g_string_append (buffer, "&amp;");
  else if (c == '<')
    g_string_append (buffer, "&lt;");
  else if (c == '>')
    g_string_append (buffer, "&gt;");
  else if (g_unichar_iscntrl (c) || c == 0xfffe || c == 0xffff)
    g_string_append_c (buffer, ' ');
  else
    g_string_append_unichar (buffer, c);
}

static void
append_element (GString *buffer, const char *tag, const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  g_string_append_printf (buffer, "<%s>", tag);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    append_char (buffer, g_utf8_get_char (text));
  g_string_append_printf (buffer, "</%s>\n", tag);
}

/* Noon UTC is the same date in nearly all time zones. */
static void
append_date (GString *buffer, const char *tag, const GDate *date)
{
  g_string_append_printf (buffer, "<%s>%04u%02u%02u120000.000[0:GMT]</%s>\n", tag,
                          (guint) g_date_get_year (date), (guint) g_date_get_month (date),
                          (guint) g_date_get_day (date), tag);
}

static void
append_amount (BudgetExportWriter *writer, const char *tag, gint64 minor)
{
  g_autofree char *text = budget_money_to_decimal (
    minor, budget_book_get_digits (_budget_export_writer_get_book (writer)));

  append_element (_budget_export_writer_get_buffer (writer), tag, text);
}

static const char status[] = "<STATUS>\n<CODE>0</CODE>\n<SEVERITY>INFO</SEVERITY>\n</STATUS>\n";

static gboolean
budget_ofx_export_start (BudgetExportWriter *writer, GError **error)
{
  GString *buffer = _budget_export_writer_get_buffer (writer);
  g_autoptr (GDateTime) time = _budget_export_get_time ();
  g_autofree char *text = g_date_time_format (time, "%Y%m%d%H%M%S.000[0:GMT]");

  g_string_append (buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
                           "<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" "
                           "OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n"
                           "<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n");
  g_string_append (buffer, status);
  append_element (buffer, "DTSERVER", text);
  g_string_append (buffer, "<LANGUAGE>ENG</LANGUAGE>\n</SONRS>\n</SIGNONMSGSRSV1>\n");
  return TRUE;
}

static gboolean
is_card (BudgetAccount *account)
{
  return account != NULL && budget_account_get_kind (account) == BUDGET_ACCOUNT_CARD;
}

/* Programs match an account by its number or, if there is none, by its name. */
static const char *
get_account_id (BudgetAccount *account)
{
  if (account == NULL)
    return BUDGET_OFX_NO_ACCOUNT;

  if (budget_account_get_number (account) != NULL)
    return budget_account_get_number (account);

  return budget_account_get_name (account);
}

static void
append_account (BudgetExportWriter *writer, BudgetAccount *account)
{
  GString *buffer = _budget_export_writer_get_buffer (writer);
  gboolean is_savings =
    account != NULL && budget_account_get_kind (account) == BUDGET_ACCOUNT_SAVINGS;

  if (is_card (account))
    {
      g_string_append (buffer, "<CCACCTFROM>\n");
      append_element (buffer, "ACCTID", get_account_id (account));
      g_string_append (buffer, "</CCACCTFROM>\n");
      return;
    }

  /* The book does not know the bank, but the tag is required. */
  g_string_append (buffer, "<BANKACCTFROM>\n<BANKID>0</BANKID>\n");
  append_element (buffer, "ACCTID", get_account_id (account));
  append_element (buffer, "ACCTTYPE", is_savings ? "SAVINGS" : "CHECKING");
  g_string_append (buffer, "</BANKACCTFROM>\n");
}

/* Opens and closes the message sets, one for all banks and one for all cards. */
static void
open_message_set (BudgetOfxExport *self, GString *buffer, gboolean of_cards)
{
  if (of_cards && self->has_bank && !self->has_cards)
    g_string_append (buffer, "</BANKMSGSRSV1>\n");

  if (of_cards && !self->has_cards)
    g_string_append (buffer, "<CREDITCARDMSGSRSV1>\n");
  else if (!of_cards && !self->has_bank)
    g_string_append (buffer, "<BANKMSGSRSV1>\n");

  self->has_cards |= of_cards;
  self->has_bank |= !of_cards;
}

/* The dates of the filter or, if it has none, of the transactions. */
static void
find_days (BudgetOfxExport *self, guint section)
{
  BudgetExportWriter *writer = BUDGET_EXPORT_WRITER (self);
  BudgetPeriod *period = budget_filter_get_period (_budget_export_writer_get_filter (writer));
  GListModel *items = _budget_export_writer_get_items (writer, section);
  g_autoptr (BudgetExpense) oldest = g_list_model_get_item (items, 0);
  g_autoptr (BudgetExpense) latest =
    g_list_model_get_item (items, g_list_model_get_n_items (items) - 1);

  g_date_clear (&self->first, 1);
  g_date_clear (&self->last, 1);
  if (oldest != NULL && budget_expense_get_date (oldest) != NULL)
    self->first = *budget_expense_get_date (oldest);
  if (latest != NULL && budget_expense_get_date (latest) != NULL)
    self->last = *budget_expense_get_date (latest);

  if (budget_period_get_kind (period) == BUDGET_PERIOD_CUSTOM ||
      budget_period_get_first (period) == NULL)
    return;

  self->first = *budget_period_get_first (period);
  self->last = *budget_period_get_last (period);
}

static gboolean
budget_ofx_export_begin (BudgetExportWriter *writer, guint section, GError **error)
{
  BudgetOfxExport *self = BUDGET_OFX_EXPORT (writer);
  BudgetAccount *account = _budget_export_writer_get_subject (writer, section);
  GString *buffer = _budget_export_writer_get_buffer (writer);
  const char *prefix = is_card (account) ? "CC" : "";

  find_days (self, section);
  open_message_set (self, buffer, is_card (account));
  g_string_append_printf (buffer, "<%sSTMTTRNRS>\n<TRNUID>%u</TRNUID>\n%s<%sSTMTRS>\n", prefix,
                          section + 1, status, prefix);
  append_element (buffer, "CURDEF",
                  budget_book_get_currency (_budget_export_writer_get_book (writer)));
  append_account (writer, account);
  g_string_append (buffer, "<BANKTRANLIST>\n");
  if (g_date_valid (&self->first) && g_date_valid (&self->last))
    {
      append_date (buffer, "DTSTART", &self->first);
      append_date (buffer, "DTEND", &self->last);
    }

  return TRUE;
}

/* Shortens a text to the maximum length. */
static void
append_cut (GString *buffer, const char *tag, const char *text, glong longest)
{
  g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), longest));

  append_element (buffer, tag, g_strstrip (cut));
}

/*
 * The bank's id of the transaction, if it was imported with one, so that a
 * later import recognizes it. Otherwise the id that it has in the book.
 */
static void
append_id (GString *buffer, BudgetExpense *expense)
{
  const char *id = budget_expense_get_bank_id (expense);
  g_autofree char *own =
    g_strdup_printf ("budget-%" G_GINT64_FORMAT, orm_entity_get_id (ORM_ENTITY (expense)));

  append_cut (buffer, "FITID", id != NULL && *id != '\0' ? id : own, MAX_ID);
}

static void
append_texts (GString *buffer, BudgetExpense *expense)
{
  const char *description = budget_expense_get_description (expense);
  const char *note = budget_expense_get_note (expense);
  g_autoptr (GString) memo = g_string_new (NULL);

  append_cut (buffer, "NAME", description, MAX_NAME);
  if (g_utf8_strlen (description, -1) > MAX_NAME)
    g_string_append (memo, g_utf8_offset_to_pointer (description, MAX_NAME));
  if (note != NULL && *note != '\0')
    g_string_append_printf (memo, "%s%s", memo->len > 0 ? "; " : "", note);
  append_cut (buffer, "MEMO", memo->str, MAX_MEMO);

  if (g_utf8_strlen (description, -1) > MAX_NAME)
    append_element (buffer, "BUDGET.NAME", description);
  if (g_strcmp0 (memo->str, note) != 0 || g_utf8_strlen (memo->str, -1) > MAX_MEMO)
    append_element (buffer, "BUDGET.MEMO", note);
}

static gboolean
budget_ofx_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  BudgetExpense *expense = item;
  GString *buffer = _budget_export_writer_get_buffer (writer);
  gint64 amount = -budget_expense_get_amount (expense);

  if (!_budget_export_check_expense (expense, error))
    return FALSE;

  g_string_append (buffer, "<STMTTRN>\n");
  append_element (buffer, "TRNTYPE", amount < 0 ? "DEBIT" : "CREDIT");
  append_date (buffer, "DTPOSTED", budget_expense_get_date (expense));
  append_amount (writer, "TRNAMT", amount);
  append_id (buffer, expense);
  append_texts (buffer, expense);
  append_element (buffer, "BUDGET.CATEGORY",
                  budget_category_get_name (budget_expense_get_category (expense)));
  g_string_append (buffer, "</STMTTRN>\n");
  return TRUE;
}

/* The balance of the account on the statement's last day, regardless of the filter. */
static gboolean
find_balance (BudgetOfxExport *self, BudgetAccount *account, gint64 *balance, GError **error)
{
  BudgetBook *book = _budget_export_writer_get_book (BUDGET_EXPORT_WRITER (self));
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n_rows;
  gint64 sum = 0;

  orm_query_where (query, "account", ORM_EQUAL, account);
  orm_query_where (query, "date", ORM_LESS_EQUAL, &self->last);
  if (!orm_session_sum (budget_book_get_session (book), query, "amount", &sum, &n_rows, error))
    return FALSE;

  *balance = (account != NULL ? budget_account_get_opening_balance (account) : 0) - sum;
  return TRUE;
}

static gboolean
budget_ofx_export_end (BudgetExportWriter *writer, guint section, GError **error)
{
  BudgetOfxExport *self = BUDGET_OFX_EXPORT (writer);
  BudgetAccount *account = _budget_export_writer_get_subject (writer, section);
  GString *buffer = _budget_export_writer_get_buffer (writer);
  const char *prefix = is_card (account) ? "CC" : "";
  gint64 balance;

  g_string_append (buffer, "</BANKTRANLIST>\n");
  if (g_date_valid (&self->last))
    {
      if (!find_balance (self, account, &balance, error))
        return FALSE;

      g_string_append (buffer, "<LEDGERBAL>\n");
      append_amount (writer, "BALAMT", balance);
      append_date (buffer, "DTASOF", &self->last);
      g_string_append (buffer, "</LEDGERBAL>\n");
    }

  g_string_append_printf (buffer, "</%sSTMTRS>\n</%sSTMTTRNRS>\n", prefix, prefix);
  return TRUE;
}

static gboolean
budget_ofx_export_finish (BudgetExportWriter *writer, GError **error)
{
  BudgetOfxExport *self = BUDGET_OFX_EXPORT (writer);
  GString *buffer = _budget_export_writer_get_buffer (writer);

  if (self->has_cards)
    g_string_append (buffer, "</CREDITCARDMSGSRSV1>\n");
  else if (self->has_bank)
    g_string_append (buffer, "</BANKMSGSRSV1>\n");
  g_string_append (buffer, "</OFX>\n");
  return TRUE;
}

static void
budget_ofx_export_class_init (BudgetOfxExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  writer_class->plan = _budget_export_writer_add_accounts;
  writer_class->start = budget_ofx_export_start;
  writer_class->begin = budget_ofx_export_begin;
  writer_class->add = budget_ofx_export_add;
  writer_class->end = budget_ofx_export_end;
  writer_class->finish = budget_ofx_export_finish;
}

static void
budget_ofx_export_init (BudgetOfxExport *self)
{
}
