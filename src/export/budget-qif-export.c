/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-export-kinds-private.h"
#include "budget-money.h"

#include <string.h>

/*
 * Quicken Interchange Format, in the dialect that HomeBank, GnuCash and
 * KMyMoney all read: a list of categories, then each account with its
 * transactions, the oldest first. Expenses without an account come before the first.
 *
 * QIF does not define the order of a date, but a date that begins with a year
 * of four digits is unambiguous. QIF has no people, tags and currencies.
 *
 * Source: the "QIF" chapter of Quicken's own help, as
 * https://projectanvil.sourceforge.net/doc/qif4.html keeps it.
 */

struct _BudgetQifExport
{
  BudgetExportWriter parent_instance;
};

G_DEFINE_FINAL_TYPE (BudgetQifExport, budget_qif_export, BUDGET_TYPE_EXPORT_WRITER)

static const char *const account_types[] = {
  [BUDGET_ACCOUNT_CURRENT] = "Bank",
  [BUDGET_ACCOUNT_CARD] = "CCard",
  [BUDGET_ACCOUNT_SAVINGS] = "Bank",
  [BUDGET_ACCOUNT_CASH] = "Cash",
};

/*
 * Writes one line: the letter, then the text. Line breaks and other control
 * characters become blanks. A "^" in the text does not end the record, because
 * the line starts with the letter.
 */
static void
append_line (GString *buffer, char field, const char *text)
{
  gsize start;

  if (text == NULL || *text == '\0')
    return;

  g_string_append_c (buffer, field);
  start = buffer->len;
  g_string_append (buffer, text);
  for (char *c = buffer->str + start; *c != '\0'; c++)
    if ((guchar) *c < ' ' || *c == 0x7f)
      *c = ' ';
  g_string_append_c (buffer, '\n');
}

/* Escapes text that looks like the start of a transfer or a split. */
static void
append_category (GString *buffer, char field, const char *name)
{
  g_autofree char *text = g_strdup (name);

  if (text[0] == '[' || text[0] == '|' || g_str_has_prefix (text, "--"))
    text[0] = text[0] == '-' ? ' ' : '(';

  append_line (buffer, field, g_strchug (text));
}

static void
append_date (GString *buffer, const GDate *date)
{
  g_string_append_printf (buffer, "D%04u-%02u-%02u\n", (guint) g_date_get_year (date),
                          (guint) g_date_get_month (date), (guint) g_date_get_day (date));
}

/* A dot before three digits could separate thousands, so write four decimals. */
static void
append_amount (GString *buffer, gint64 minor, guint digits)
{
  g_autofree char *text = budget_money_to_decimal (minor, digits);

  g_string_append_printf (buffer, digits == 3 ? "T%s0\n" : "T%s\n", text);
}

static gboolean
budget_qif_export_start (BudgetExportWriter *writer, GError **error)
{
  GListModel *categories = budget_book_get_categories (_budget_export_writer_get_book (writer));
  GString *buffer = _budget_export_writer_get_buffer (writer);

  g_string_append (buffer, "!Type:Cat\n");
  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);

      if (category == NULL)
        continue;

      append_category (buffer, 'N', budget_category_get_name (category));
      g_string_append (buffer, budget_category_get_kind (category) == BUDGET_CATEGORY_INCOME
                                 ? "I\n^\n"
                                 : "E\n^\n");
    }

  return TRUE;
}

/* An opening balance is written as a transfer from the account to itself. */
static void
append_opening (GString *buffer, BudgetAccount *account, guint digits)
{
  gint64 balance = budget_account_get_opening_balance (account);
  const GDate *date = budget_account_get_opening_date (account);

  if (balance == 0 || date == NULL)
    return;

  append_date (buffer, date);
  append_amount (buffer, balance, digits);
  g_string_append (buffer, "POpening Balance\n");
  g_string_append (buffer, "L[");
  g_string_append (buffer, budget_account_get_name (account));
  g_string_append (buffer, "]\n^\n");
}

static gboolean
budget_qif_export_begin (BudgetExportWriter *writer, guint section, GError **error)
{
  GString *buffer = _budget_export_writer_get_buffer (writer);
  BudgetAccount *account = _budget_export_writer_get_subject (writer, section);
  const char *type = account_types[BUDGET_ACCOUNT_CURRENT];

  if (account != NULL)
    {
      type = account_types[budget_account_get_kind (account)];
      g_string_append (buffer, "!Account\n");
      append_line (buffer, 'N', budget_account_get_name (account));
      g_string_append_printf (buffer, "T%s\n", type);
      append_line (buffer, 'D', budget_account_get_number (account));
      g_string_append (buffer, "^\n");
    }

  g_string_append_printf (buffer, "!Type:%s\n", type);
  if (account != NULL && _budget_export_is_everything (_budget_export_writer_get_filter (writer)))
    append_opening (buffer, account,
                    budget_book_get_digits (_budget_export_writer_get_book (writer)));

  return TRUE;
}

/* The account at the other end of a transfer. Only one of the halves refers to the other. */
static BudgetAccount *
dup_other_account (BudgetExpense *expense)
{
  BudgetExpense *named = budget_expense_get_counterpart (expense);
  GListModel *naming = G_LIST_MODEL (budget_expense_get_counterpart_of (expense));
  g_autoptr (BudgetExpense) other =
    named != NULL ? g_object_ref (named) : g_list_model_get_item (naming, 0);
  BudgetAccount *account = other != NULL ? budget_expense_get_account (other) : NULL;

  return account != NULL && account != budget_expense_get_account (expense) ? g_object_ref (account)
                                                                            : NULL;
}

static gboolean
budget_qif_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  BudgetExpense *expense = item;
  GString *buffer = _budget_export_writer_get_buffer (writer);
  g_autoptr (BudgetAccount) other = NULL;

  if (!_budget_export_check_expense (expense, error))
    return FALSE;

  append_date (buffer, budget_expense_get_date (expense));

  /* Statements show spending as negative amounts. */
  append_amount (buffer, -budget_expense_get_amount (expense),
                 budget_book_get_digits (_budget_export_writer_get_book (writer)));
  append_line (buffer, 'P', budget_expense_get_description (expense));
  append_line (buffer, 'M', budget_expense_get_note (expense));

  other = dup_other_account (expense);
  if (other != NULL)
    {
      g_autofree char *transfer = g_strdup_printf ("[%s]", budget_account_get_name (other));

      append_line (buffer, 'L', transfer);
    }
  else
    append_category (buffer, 'L', budget_category_get_name (budget_expense_get_category (expense)));

  g_string_append (buffer, "^\n");
  return TRUE;
}

static void
budget_qif_export_class_init (BudgetQifExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  writer_class->plan = _budget_export_writer_add_accounts;
  writer_class->start = budget_qif_export_start;
  writer_class->begin = budget_qif_export_begin;
  writer_class->add = budget_qif_export_add;
}

static void
budget_qif_export_init (BudgetQifExport *self)
{
}
