/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-gnucash-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A book of GnuCash: a tree of accounts and the transactions between them. Its
 * accounts of income and expense are categories here, its bank accounts, cash,
 * cards, assets and debts are accounts, its equity is where opening balances
 * come from.
 */

#define DEEPEST 64

void
_budget_gnucash_account_free (BudgetGnucashAccount *self)
{
  g_free (self->guid);
  g_free (self->name);
  g_free (self->type);
  g_free (self->parent);
  g_free (self->code);
  g_free (self->currency);
  g_free (self);
}

void
_budget_gnucash_split_free (BudgetGnucashSplit *self)
{
  g_free (self->guid);
  g_free (self->account);
  g_free (self->memo);
  g_free (self->action);
  g_free (self);
}

BudgetGnucashTransaction *
_budget_gnucash_transaction_new (void)
{
  BudgetGnucashTransaction *self = g_new0 (BudgetGnucashTransaction, 1);

  self->splits = g_ptr_array_new_with_free_func ((GDestroyNotify) _budget_gnucash_split_free);
  return self;
}

void
_budget_gnucash_transaction_free (BudgetGnucashTransaction *self)
{
  g_free (self->guid);
  g_free (self->currency);
  g_free (self->number);
  g_free (self->description);
  g_free (self->notes);
  g_ptr_array_unref (self->splits);
  g_free (self);
}

void
_budget_gnucash_book_init (BudgetGnucashBook *self)
{
  self->by_guid = g_hash_table_new (g_str_hash, g_str_equal);
  self->n_named = g_hash_table_new (g_str_hash, g_str_equal);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) _budget_gnucash_account_free);
  self->transactions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _budget_gnucash_transaction_free);
}

void
_budget_gnucash_book_clear (BudgetGnucashBook *self)
{
  g_hash_table_unref (self->by_guid);
  g_hash_table_unref (self->n_named);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->transactions);
  g_clear_object (&self->book);
}

/* As GnuCash writes it: 12345/100. */
gboolean
_budget_gnucash_read_fraction (const char *text, gint64 fraction[2])
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);

  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_signed (parts[0], 10, -G_MAXINT64, G_MAXINT64, &fraction[0], NULL) &&
         g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, &fraction[1], NULL);
}

/*
 * A day that begins a text: 2026-01-31, or 20260131 as older databases have it.
 */
gboolean
_budget_gnucash_read_day (const char *text, GDate *date)
{
  static const guint8 places[2][8] = { { 0, 1, 2, 3, 4, 5, 6, 7 }, { 0, 1, 2, 3, 5, 6, 8, 9 } };
  gboolean has_marks = strlen (text) >= 10 && text[4] == '-' && text[7] == '-';
  guint digits[8];

  if (strlen (text) < 8)
    return FALSE;

  for (guint i = 0; i < 8; i++)
    {
      char digit = text[places[has_marks][i]];

      if (!g_ascii_isdigit (digit))
        return FALSE;
      digits[i] = (guint) (digit - '0');
    }

  g_date_clear (date, 1);
  if (!g_date_valid_dmy (
        (GDateDay) (digits[6] * 10 + digits[7]), (GDateMonth) (digits[4] * 10 + digits[5]),
        (GDateYear) (digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3])))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) (digits[6] * 10 + digits[7]),
                  (GDateMonth) (digits[4] * 10 + digits[5]),
                  (GDateYear) (digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]));
  return TRUE;
}

/*
 * @account: (transfer full): with a guid and a type
 */
void
_budget_gnucash_book_add_account (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  g_ptr_array_add (self->accounts, account);
  g_hash_table_insert (self->by_guid, account->guid, account);
}

static BudgetGnucashAccount *
look_up (BudgetGnucashBook *self, const char *guid)
{
  return guid != NULL ? g_hash_table_lookup (self->by_guid, guid) : NULL;
}

static BudgetGnucashRole
get_role (const char *type)
{
  static const struct
  {
    const char *type;
    BudgetGnucashRole role;
  } roles[] = {
    { "ASSET", BUDGET_GNUCASH_OWN },        { "BANK", BUDGET_GNUCASH_OWN },
    { "CASH", BUDGET_GNUCASH_OWN },         { "CREDIT", BUDGET_GNUCASH_OWN },
    { "LIABILITY", BUDGET_GNUCASH_OWN },    { "PAYABLE", BUDGET_GNUCASH_OWN },
    { "RECEIVABLE", BUDGET_GNUCASH_OWN },   { "EQUITY", BUDGET_GNUCASH_EQUITY },
    { "EXPENSE", BUDGET_GNUCASH_CATEGORY }, { "INCOME", BUDGET_GNUCASH_CATEGORY },
    { "ROOT", BUDGET_GNUCASH_ROOT },        { "CHECKING", BUDGET_GNUCASH_OWN },
    { "SAVINGS", BUDGET_GNUCASH_OWN },      { "CREDITLINE", BUDGET_GNUCASH_OWN },
    { "MONEYMRKT", BUDGET_GNUCASH_OWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].type, type) == 0)
      return roles[i].role;

  return BUDGET_GNUCASH_OTHER;
}

static BudgetAccountKind
get_kind (const char *type)
{
  if (g_str_equal (type, "CASH"))
    return BUDGET_ACCOUNT_CASH;
  if (g_str_equal (type, "CREDIT") || g_str_equal (type, "CREDITLINE"))
    return BUDGET_ACCOUNT_CARD;
  if (g_str_equal (type, "ASSET") || g_str_equal (type, "SAVINGS") ||
      g_str_equal (type, "MONEYMRKT"))
    return BUDGET_ACCOUNT_SAVINGS;

  return BUDGET_ACCOUNT_CURRENT;
}

static void
count_split (BudgetGnucashAccount *account, const GDate *date)
{
  account->n_splits++;
  if (g_date_valid (date) &&
      (!g_date_valid (&account->first) || g_date_compare (date, &account->first) < 0))
    account->first = *date;
}

static void
count_splits (BudgetGnucashBook *self)
{
  for (guint i = 0; i < self->transactions->len; i++)
    {
      BudgetGnucashTransaction *transaction = g_ptr_array_index (self->transactions, i);

      for (guint j = 0; j < transaction->splits->len; j++)
        {
          BudgetGnucashSplit *split = g_ptr_array_index (transaction->splits, j);
          BudgetGnucashAccount *account = look_up (self, split->account);

          if (account != NULL)
            count_split (account, &transaction->date);
        }
    }
}

/*
 * GnuCash knows no currency of a book. It is the one of the book it goes into,
 * if it is used, else the one that is used most.
 */
static char *
dup_currency (BudgetGnucashBook *self, const char *wanted)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *best = NULL;
  guint best_n = 0;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      BudgetGnucashAccount *account = g_ptr_array_index (self->accounts, i);
      guint n;

      if (account->currency == NULL || !budget_currency_is_known (account->currency) ||
          (account->role != BUDGET_GNUCASH_OWN && account->role != BUDGET_GNUCASH_CATEGORY))
        continue;
      if (g_strcmp0 (account->currency, wanted) == 0)
        return g_strdup (wanted);

      n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, account->currency)) + account->n_splits;
      g_hash_table_insert (counts, account->currency, GUINT_TO_POINTER (n));
      if (best == NULL || n > best_n)
        {
          best = account->currency;
          best_n = n;
        }
    }

  return g_strdup (best);
}

/*
 * The names from the account outwards, without the root. The outermost group
 * (“Expenses”) says no more than what kind of account it is, and is left out.
 *
 * Returns: (transfer full) (nullable): the path, %NULL if the account is inside
 *   itself or inside nothing
 */
static char **
dup_path (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  BudgetGnucashAccount *outer = account;
  gboolean is_grouped = FALSE;
  char **path;

  for (; outer != NULL && outer->role != BUDGET_GNUCASH_ROOT && names->len < DEEPEST;
       outer = look_up (self, outer->parent))
    {
      const char *name =
        outer->name != NULL && *outer->name != '\0' ? outer->name : _("(no name)");

      g_ptr_array_insert (names, 0, g_strdup (name));
      is_grouped = outer != account && outer->role == account->role;
    }

  if (outer == NULL || names->len == DEEPEST)
    {
      _budget_foreign_book_count (
        self->book, _("Accounts inside one that is missing, or inside themselves"), 1);
      g_ptr_array_remove_range (names, 0, names->len - 1);
    }
  else if (is_grouped)
    g_ptr_array_remove_index (names, 0);

  path = g_new0 (char *, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    path[i] = g_strdup (g_ptr_array_index (names, i));
  return path;
}

static void
make_account (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  g_auto (GStrv) path = dup_path (self, account);
  const char *own_name = path[g_strv_length (path) - 1];
  g_autofree char *name = g_strjoinv (": ", path);
  gboolean is_alone = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_named, own_name)) <= 1;

  account->account = _budget_foreign_book_add_account (self->book, is_alone ? own_name : name);
  account->account->kind = get_kind (account->type);
  account->account->number = _budget_foreign_dup_number (account->code);
}

static void
note_foreign (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  g_autofree char *note = g_strdup_printf (
    /* Translators: an account's name, its currency such as USD, and a number. */
    _("The account “%1$s” is in %2$s and was left out; what it shares with others is told by "
      "them. Its transactions: %3$u"),
       account->name != NULL ? account->name : "", account->currency, account->n_splits);

  _budget_foreign_book_note (self->book, note);
}

static void
place_account (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  gboolean is_group = account->is_placeholder && account->n_splits == 0;

  account->is_in_book =
    account->currency != NULL && g_strcmp0 (account->currency, self->book->currency) == 0;

  if (account->role == BUDGET_GNUCASH_CATEGORY && !is_group)
    account->category = _budget_foreign_book_add_category (
      self->book, dup_path (self, account),
      g_str_equal (account->type, "INCOME") ? BUDGET_CATEGORY_INCOME : BUDGET_CATEGORY_SPENDING);
  else if (account->role == BUDGET_GNUCASH_OWN && !is_group && account->is_in_book)
    make_account (self, account);
  else if (account->role == BUDGET_GNUCASH_OWN && !is_group && account->currency != NULL)
    note_foreign (self, account);
  else if (account->role == BUDGET_GNUCASH_OTHER && account->n_splits > 0)
    _budget_foreign_book_count (
      self->book, _("Accounts of shares, funds and the like, which have no place here"), 1);

  if (account->role == BUDGET_GNUCASH_OWN && account->account == NULL)
    account->role = BUDGET_GNUCASH_OTHER;
}

/*
 * What belongs to no tree, or to the one of the templates, is no account; nor is
 * a group that has no transactions and does nothing but hold others.
 */
static void
place_accounts (BudgetGnucashBook *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    place_account (self, g_ptr_array_index (self->accounts, i));
}

static void
tell (BudgetGnucashBook *self)
{
  _budget_foreign_book_count (self->book, _("Scheduled transactions, which have no place here"),
                                             self->n_scheduled);
  _budget_foreign_book_count (self->book, _("Budgets, which have no place here"), self->n_budgets);
  _budget_foreign_book_count (self->book, _("Prices, which have no place here"), self->n_prices);
  _budget_foreign_book_count (
    self->book, _("Customers, invoices and the like, which have no place here"), self->n_business);
}

/*
 * @currency: (nullable): what the book is in that it goes into, if it is not
 *   empty
 *
 * Returns: (transfer full): the book in no program's words
 */
BudgetForeignBook *
_budget_gnucash_book_finish (BudgetGnucashBook *self, const char *currency)
{
  g_autofree char *chosen = NULL;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      BudgetGnucashAccount *account = g_ptr_array_index (self->accounts, i);

      account->role = get_role (account->type);
      if (account->role == BUDGET_GNUCASH_OWN && account->name != NULL)
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_named, account->name)) + 1;

          g_hash_table_insert (self->n_named, account->name, GUINT_TO_POINTER (n));
        }
    }

  count_splits (self);
  chosen = dup_currency (self, currency);
  self->book = _budget_foreign_book_new ("GnuCash", chosen);
  place_accounts (self);
  for (guint i = 0; i < self->transactions->len; i++)
    _budget_gnucash_add_transaction (self, g_ptr_array_index (self->transactions, i));

  tell (self);
  return g_steal_pointer (&self->book);
}
