/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-gnucash-private.h"
#include "orm-foreign.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads the SQLite files of GnuCash. The tables are those of GnuCash 4.13;
 * older versions have the same columns.
 */

typedef struct
{
  OrmForeign *file;
  GCancellable *cancellable;
  BudgetGnucashBook book;
  GHashTable *currencies;   /* a commodity's guid → its code */
  GHashTable *templates;    /* the guids of the templates' commodity and accounts */
  GHashTable *transactions; /* guid → BudgetGnucashTransaction */
  GHashTable *ignored;      /* the transactions that are templates */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->file, orm_foreign_free);
  _budget_gnucash_book_clear (&self->book);
  g_hash_table_unref (self->currencies);
  g_hash_table_unref (self->templates);
  g_hash_table_unref (self->transactions);
  g_hash_table_unref (self->ignored);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* The columns need not contain text. */
static char *
dup_valid (const char *text)
{
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static gboolean
take_commodity (const char *const *values, gpointer data, GError **error)
{
  Reader *self = data;

  if (g_strcmp0 (values[1], "CURRENCY") == 0)
    g_hash_table_insert (self->currencies, g_strdup (or_empty (values[0])), dup_valid (values[2]));
  else if (g_strcmp0 (values[1], "template") == 0)
    g_hash_table_add (self->templates, g_strdup (or_empty (values[0])));
  return TRUE;
}

static gboolean
take_account (const char *const *values, gpointer data, GError **error)
{
  Reader *self = data;
  BudgetGnucashAccount *account;

  if (values[3] != NULL && g_hash_table_contains (self->templates, values[3]))
    {
      g_hash_table_add (self->templates, g_strdup (or_empty (values[0])));
      return TRUE;
    }

  account = g_new0 (BudgetGnucashAccount, 1);
  account->guid = g_strdup (or_empty (values[0]));
  account->name = dup_valid (values[1]);
  account->type = g_strdup (or_empty (values[2]));
  account->currency =
    values[3] != NULL ? g_strdup (g_hash_table_lookup (self->currencies, values[3])) : NULL;
  account->parent = g_strdup (values[4]);
  account->code = dup_valid (values[5]);
  account->is_placeholder = g_strcmp0 (values[6], "1") == 0;
  _budget_gnucash_book_add_account (&self->book, account);
  return TRUE;
}

/*
 * Since version 3 the time is always 10:59 UTC, which is the same date
 * everywhere. Older versions wrote the user's local midnight in UTC.
 */
static void
take_day (BudgetGnucashTransaction *transaction, const char *text)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) time = NULL;
  int hour = 0, minute = 0;
  const char *clock = strlen (text) == 19 ? text + 11 : strlen (text) == 14 ? text + 8 : "";
  gboolean has_marks = strlen (clock) == 8;

  if (!_budget_gnucash_read_day (text, &transaction->date) || *clock == '\0' ||
      g_str_has_prefix (clock, has_marks ? "10:59" : "1059"))
    return;

  hour = g_ascii_digit_value (clock[0]) * 10 + g_ascii_digit_value (clock[1]);
  clock += has_marks ? 3 : 2;
  minute = g_ascii_digit_value (clock[0]) * 10 + g_ascii_digit_value (clock[1]);
  time = g_date_time_new_utc (g_date_get_year (&transaction->date),
                              (int) g_date_get_month (&transaction->date),
                              g_date_get_day (&transaction->date), hour, minute, 0);
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  if (local != NULL)
    g_date_set_dmy (&transaction->date, (GDateDay) g_date_time_get_day_of_month (local),
                    (GDateMonth) g_date_time_get_month (local),
                    (GDateYear) g_date_time_get_year (local));
}

static gboolean
take_transaction (const char *const *values, gpointer data, GError **error)
{
  Reader *self = data;
  BudgetGnucashTransaction *transaction = _budget_gnucash_transaction_new ();

  transaction->guid = g_strdup (or_empty (values[0]));
  transaction->currency =
    values[1] != NULL ? g_strdup (g_hash_table_lookup (self->currencies, values[1])) : NULL;
  transaction->number = dup_valid (values[2]);
  if (values[3] != NULL)
    take_day (transaction, values[3]);
  transaction->description = dup_valid (values[4]);
  g_ptr_array_add (self->book.transactions, transaction);
  g_hash_table_insert (self->transactions, transaction->guid, transaction);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
read_number (const char *text, gint64 *number)
{
  return text != NULL && g_ascii_string_to_signed (text, 10, -G_MAXINT64, G_MAXINT64, number, NULL);
}

static gboolean
take_split (const char *const *values, gpointer data, GError **error)
{
  Reader *self = data;
  BudgetGnucashTransaction *transaction =
    g_hash_table_lookup (self->transactions, or_empty (values[1]));
  BudgetGnucashSplit *split;

  if (transaction == NULL)
    return TRUE;
  if (g_hash_table_contains (self->templates, or_empty (values[2])))
    {
      g_hash_table_add (self->ignored, transaction);
      return TRUE;
    }

  split = g_new0 (BudgetGnucashSplit, 1);
  split->guid = dup_valid (or_empty (values[0]));
  split->account = g_strdup (values[2]);
  split->memo = dup_valid (values[3]);
  split->action = dup_valid (values[4]);
  split->state = or_empty (values[5])[0];
  split->is_bad =
    !read_number (values[6], &split->value[0]) || !read_number (values[7], &split->value[1]) ||
    !read_number (values[8], &split->quantity[0]) || !read_number (values[9], &split->quantity[1]);
  g_ptr_array_add (transaction->splits, split);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
take_slot (const char *const *values, gpointer data, GError **error)
{
  Reader *self = data;
  const char *name = or_empty (values[1]);
  BudgetGnucashTransaction *transaction =
    g_hash_table_lookup (self->transactions, or_empty (values[0]));

  if (transaction == NULL)
    return TRUE;

  if (g_str_equal (name, "date-posted") && values[4] != NULL)
    _budget_gnucash_read_day (values[4], &transaction->date);
  else if (g_str_equal (name, "notes"))
    {
      g_free (transaction->notes);
      transaction->notes = dup_valid (values[2]);
    }
  else if (g_str_equal (name, "void-reason"))
    transaction->is_void = TRUE;
  else if (g_str_equal (name, "book_closing"))
    transaction->is_closing = g_strcmp0 (values[3], "0") != 0;
  return TRUE;
}

static gboolean
count_row (const char *const *values, gpointer data, GError **error)
{
  (*(guint *) data)++;
  return TRUE;
}

static const char *const commodity_columns[] = { "guid", "namespace", "mnemonic", NULL };
static const char *const account_columns[] = { "guid",           "name",        "account_type",
                                               "commodity_guid", "parent_guid", "code",
                                               "placeholder",    NULL };
static const char *const transaction_columns[] = { "guid",      "currency_guid", "num",
                                                   "post_date", "description",   NULL };
static const char *const split_columns[] = { "guid",           "tx_guid",     "account_guid",
                                             "memo",           "action",      "reconcile_state",
                                             "value_num",      "value_denom", "quantity_num",
                                             "quantity_denom", NULL };
static const char *const slot_columns[] = { "obj_guid",  "name",      "string_val",
                                            "int64_val", "gdate_val", NULL };

static gboolean
read_tables (Reader *self, GError **error)
{
  const struct
  {
    const char *table;
    const char *const *columns;
    OrmForeignRow take;
  } tables[] = {
    { "commodities", commodity_columns, take_commodity },
    { "accounts", account_columns, take_account },
    { "transactions", transaction_columns, take_transaction },
    { "splits", split_columns, take_split },
    { "slots", slot_columns, take_slot },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!orm_foreign_read (self->file, tables[i].table, tables[i].columns, tables[i].take, self,
                           error))
      return FALSE;

  return TRUE;
}

static gboolean
count_others (Reader *self, GError **error)
{
  static const char *const columns[] = { "guid", NULL };
  const struct
  {
    const char *table;
    guint *n;
  } others[] = {
    { "schedxactions", &self->book.n_scheduled }, { "budgets", &self->book.n_budgets },
    { "prices", &self->book.n_prices },           { "customers", &self->book.n_business },
    { "vendors", &self->book.n_business },        { "employees", &self->book.n_business },
    { "jobs", &self->book.n_business },           { "invoices", &self->book.n_business },
  };

  /* Books of older versions lack some of these tables. */
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (orm_foreign_has_table (self->file, others[i].table) &&
        !orm_foreign_read (self->file, others[i].table, columns, count_row, others[i].n, error))
      return FALSE;

  return TRUE;
}

static void
drop_templates (Reader *self)
{
  GPtrArray *transactions = self->book.transactions;
  g_autoptr (GPtrArray) kept =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _budget_gnucash_transaction_free);

  if (g_hash_table_size (self->ignored) == 0)
    return;

  for (guint i = 0; i < transactions->len; i++)
    if (g_hash_table_contains (self->ignored, transactions->pdata[i]))
      _budget_gnucash_transaction_free (transactions->pdata[i]);
    else
      g_ptr_array_add (kept, transactions->pdata[i]);

  g_ptr_array_set_free_func (transactions, NULL);
  g_ptr_array_unref (transactions);
  self->book.transactions = g_steal_pointer (&kept);
}

/*
 * The library's messages are meant for programmers.
 */
static void
word (GError **error)
{
  const char *message = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != ORM_ERROR)
    return;

  if (g_error_matches (*error, ORM_ERROR, ORM_ERROR_BUSY))
    message = _("Another program is writing the file. Close it there and try again.");
  else if (g_error_matches (*error, ORM_ERROR, ORM_ERROR_NOT_FOUND))
    message = _("The file is not a book of GnuCash");
  else if (g_error_matches (*error, ORM_ERROR, ORM_ERROR_READ_ONLY))
    message = _("GnuCash did not finish writing the file. Open it in GnuCash, close it, and "
                "try again.");
  else
    message = _("The file is damaged");

  g_clear_error (error);
  budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, message);
}

BudgetForeignBook *
_budget_gnucash_read_database (const char *path,
                               const char *currency,
                               GCancellable *cancellable,
                               GError **error)
{
  g_auto (Reader) self = { .cancellable = cancellable };
  g_autoptr (GError) cause = NULL;

  _budget_gnucash_book_init (&self.book);
  self.currencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.transactions = g_hash_table_new (g_str_hash, g_str_equal);
  self.ignored = g_hash_table_new (NULL, NULL);

  self.file = orm_foreign_open (path, &cause);
  if (self.file == NULL || !read_tables (&self, &cause) || !count_others (&self, &cause))
    {
      word (&cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  drop_templates (&self);
  return _budget_gnucash_book_finish (&self.book, currency);
}

/*
 * Whether an SQLite file has the tables of GnuCash.
 */
gboolean
_budget_gnucash_is_database (const char *path)
{
  g_autoptr (OrmForeign) file = orm_foreign_open (path, NULL);

  return file != NULL && orm_foreign_has_table (file, "gnclock") &&
         orm_foreign_has_table (file, "splits");
}
