/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-gnucash-private.h"
#include "budget-gnucash-shares-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A book of GnuCash is a tree of accounts with transactions between them.
 * Income and expense accounts become categories; bank, cash, card, asset and
 * liability accounts become accounts; opening balances come from equity
 * accounts.
 */

#define MAX_DEPTH 64

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

/* Reads a fraction such as 12345/100. */
gboolean
_budget_gnucash_read_fraction (const char *text, gint64 fraction[2])
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);

  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_signed (parts[0], 10, -G_MAXINT64, G_MAXINT64, &fraction[0], NULL) &&
         g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, &fraction[1], NULL);
}

/*
 * Reads the date at the beginning of a text: 2026-01-31, or 20260131 in older
 * databases.
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
 * @account: (transfer full): an account with a guid and a type
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
 * GnuCash books have no currency of their own. Choose that of the target book,
 * if any account uses it, else the most used one.
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
 * The names from the outermost ancestor to the account, without the root. The
 * top-level group (“Expenses”) repeats only the kind of account and is
 * omitted.
 *
 * Returns: (transfer full): the path; only the account's name if a parent is
 * missing or contains itself
 */
static char **
dup_path (BudgetGnucashBook *self, BudgetGnucashAccount *account)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  BudgetGnucashAccount *outer = account;
  gboolean is_grouped = FALSE;
  char **path;

  for (; outer != NULL && outer->role != BUDGET_GNUCASH_ROOT && names->len < MAX_DEPTH;
       outer = look_up (self, outer->parent))
    {
      const char *name =
        outer->name != NULL && *outer->name != '\0' ? outer->name : _("(no name)");

      g_ptr_array_insert (names, 0, g_strdup (name));
      is_grouped = outer != account && outer->role == account->role;
    }

  if (outer == NULL || names->len == MAX_DEPTH)
    {
      _budget_foreign_book_count (
        self->book, _("Accounts whose parent is missing or that contain themselves"), 1);
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
    g_dngettext (GETTEXT_PACKAGE,
                 "Not imported: account “%1$s” in %2$s (%3$u transaction). Transfers to it are "
                 "in the other accounts.",
                 "Not imported: account “%1$s” in %2$s (%3$u transactions). Transfers to it are "
                 "in the other accounts.",
                 account->n_splits),
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
    _budget_foreign_book_count (self->book,
                                _("Not imported: accounts of shares, funds and the like"), 1);

  if (account->role == BUDGET_GNUCASH_OWN && account->account == NULL)
    account->role = BUDGET_GNUCASH_OTHER;
}

/*
 * Turns accounts into categories and accounts. Placeholders without
 * transactions are only groups and become neither.
 */
static void
place_accounts (BudgetGnucashBook *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    place_account (self, g_ptr_array_index (self->accounts, i));
}

static void
report_counts (BudgetGnucashBook *self)
{
  _budget_foreign_book_count (self->book, _("Not imported: scheduled transactions"),
                                             self->n_scheduled);
  _budget_foreign_book_count (self->book, _("Not imported: budgets"), self->n_budgets);
  _budget_foreign_book_count (self->book, _("Not imported: prices"), self->n_prices);
  _budget_foreign_book_count (self->book, _("Not imported: customers, invoices and the like"),
                                             self->n_business);
}

/*
 * Converts a transaction into expenses: one for each category, and two for
 * each transfer between accounts.
 */

typedef struct
{
  const BudgetGnucashSplit *split;
  BudgetGnucashAccount *account;
  gint64 amount; /* what the account received, in the book's currency */
  gint64 value;  /* the same in the transaction's currency */
  gboolean is_known;
} Leg;

typedef struct
{
  BudgetGnucashBook *book;
  const BudgetGnucashTransaction *transaction;
  GArray *legs;       /* of Leg */
  GPtrArray *spent;   /* the legs that are categories */
  GPtrArray *paid;    /* the legs that are own accounts */
  GArray *categories; /* of gint64: what was spent on each of @spent */
  GArray *accounts;   /* of gint64: what left each of @paid, then what left all other accounts */
} Move;

static void
move_init (Move *self, BudgetGnucashBook *book, const BudgetGnucashTransaction *transaction)
{
  self->book = book;
  self->transaction = transaction;
  self->legs = g_array_new (FALSE, TRUE, sizeof (Leg));
  self->spent = g_ptr_array_new ();
  self->paid = g_ptr_array_new ();
  self->categories = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->accounts = g_array_new (FALSE, TRUE, sizeof (gint64));
}

static void
move_clear (Move *self)
{
  g_array_unref (self->legs);
  g_ptr_array_unref (self->spent);
  g_ptr_array_unref (self->paid);
  g_array_unref (self->categories);
  g_array_unref (self->accounts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Move, move_clear)

/*
 * The account's currency takes precedence over that of the transaction.
 */
static gboolean
read_leg (Move *self, const BudgetGnucashSplit *split, Leg *leg, GError **error)
{
  BudgetForeignBook *book = self->book->book;
  const char *currency = self->transaction->currency;
  guint digits = currency != NULL ? budget_currency_get_digits (currency) : 2;
  gboolean is_in_book = g_strcmp0 (currency, book->currency) == 0;

  leg->split = split;
  leg->account =
    split->account != NULL ? g_hash_table_lookup (self->book->by_guid, split->account) : NULL;
  if (leg->account == NULL)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("Its account is not in the file"));
  if (split->is_bad)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The amount cannot be read"));

  if (leg->account->is_in_book)
    {
      leg->is_known = TRUE;
      return _budget_foreign_fraction_read (split->quantity[0], split->quantity[1], book->digits,
                                            &leg->amount, error);
    }

  leg->is_known = is_in_book;
  return _budget_foreign_fraction_read (split->value[0], split->value[1],
                                        is_in_book ? book->digits : digits,
                                        is_in_book ? &leg->amount : &leg->value, error);
}

static gboolean
read_legs (Move *self, guint *n_unknown, GError **error)
{
  GPtrArray *splits = self->transaction->splits;

  *n_unknown = 0;
  g_array_set_size (self->legs, splits->len);
  for (guint i = 0; i < splits->len; i++)
    {
      Leg *leg = &g_array_index (self->legs, Leg, i);

      if (!read_leg (self, g_ptr_array_index (splits, i), leg, error))
        return FALSE;
      *n_unknown += !leg->is_known;
    }

  return TRUE;
}

/*
 * Converts the legs in another currency: the sum of those in the book's
 * currency is distributed in proportion. This needs no exchange rate.
 */
static gboolean
convert (Move *self, guint n_unknown, GError **error)
{
  gint64 rest = 0, value = 0;

  for (guint i = 0; i < self->legs->len; i++)
    {
      Leg *leg = &g_array_index (self->legs, Leg, i);

      rest -= leg->is_known ? leg->amount : 0;
      value += leg->is_known ? 0 : leg->value;
    }

  for (guint i = 0; i < self->legs->len && n_unknown > 0; i++)
    {
      Leg *leg = &g_array_index (self->legs, Leg, i);
      gint64 product;

      if (leg->is_known)
        continue;

      if (--n_unknown == 0)
        leg->amount = rest;
      else if (value == 0 || __builtin_mul_overflow (rest, leg->value, &product))
        return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                              _("Its amounts in another currency cannot be converted"));
      else
        leg->amount = product / value;

      rest -= leg->amount;
      value -= leg->value;
    }

  return TRUE;
}

/*
 * Sorts the legs into categories and own accounts; all other legs together
 * make up the balance.
 */
static void
sort_legs (Move *self)
{
  gint64 elsewhere = 0;

  for (guint i = 0; i < self->legs->len; i++)
    {
      Leg *leg = &g_array_index (self->legs, Leg, i);
      gint64 left = -leg->amount;

      if (leg->account->category != NULL)
        {
          g_ptr_array_add (self->spent, leg);
          g_array_append_val (self->categories, leg->amount);
          elsewhere += leg->amount;
        }
      else if (leg->account->account != NULL)
        {
          g_ptr_array_add (self->paid, leg);
          g_array_append_val (self->accounts, left);
          elsewhere -= left;
        }
    }

  if (elsewhere != 0)
    g_array_append_val (self->accounts, elsewhere);
}

/*
 * Whether this is an opening balance: the first transaction of its accounts,
 * and from equity.
 */
static gboolean
is_opening (Move *self)
{
  gboolean has_equity = FALSE;

  for (guint i = 0; i < self->legs->len; i++)
    {
      Leg *leg = &g_array_index (self->legs, Leg, i);

      if (leg->account->role == BUDGET_GNUCASH_EQUITY)
        has_equity = TRUE;
      else if (leg->account->account == NULL ||
               g_date_valid (&leg->account->account->opening_date) ||
               g_date_compare (&leg->account->first, &self->transaction->date) != 0)
        return FALSE;
    }

  return has_equity && self->paid->len > 0;
}

/* Adds the amounts to the accounts' opening balances or, with @sign -1, subtracts them. */
static void
change_balances (Move *self, int sign)
{
  for (guint i = 0; i < self->paid->len; i++)
    {
      Leg *leg = g_ptr_array_index (self->paid, i);

      leg->account->account->opening_balance += sign * leg->amount;
    }
}

/* Several splits may have the same account, so check the sums. */
static gboolean
check_balances (Move *self, GError **error)
{
  for (guint i = 0; i < self->paid->len; i++)
    {
      Leg *leg = g_ptr_array_index (self->paid, i);

      if (!budget_money_check (leg->account->account->opening_balance, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_accounts (Move *self, GError **error)
{
  change_balances (self, 1);
  if (!check_balances (self, error))
    {
      change_balances (self, -1);
      return FALSE;
    }

  for (guint i = 0; i < self->paid->len; i++)
    ((Leg *) g_ptr_array_index (self->paid, i))->account->account->opening_date =
      self->transaction->date;

  _budget_foreign_book_count (self->book->book, _("Opening balances, set in their accounts"),
                                                   self->paid->len);
  return TRUE;
}

/*
 * @leg: (nullable): the leg that the part stands for
 * @payer: (nullable): the account it was paid from
 */
static void
set_texts (Move *self, BudgetForeignPart *part, const Leg *leg, const Leg *payer)
{
  const BudgetGnucashTransaction *transaction = self->transaction;
  const char *memo = leg != NULL ? leg->split->memo : NULL;
  const char *number = transaction->number;
  const BudgetGnucashSplit *paid = payer != NULL ? payer->split : NULL;
  g_autoptr (GString) more = g_string_new (NULL);

  _budget_foreign_append_line (more, transaction->notes);
  if (paid != NULL && g_strcmp0 (paid->memo, memo) != 0)
    _budget_foreign_append_line (more, paid->memo);
  if (number != NULL && *number != '\0')
    {
      g_autofree char *line = g_strdup_printf (_("Number: %s"), number);

      _budget_foreign_append_line (more, line);
    }
  if (leg != NULL)
    _budget_foreign_append_line (more, leg->split->action);
  if (paid != NULL && paid->state == 'c')
    _budget_foreign_append_line (more, _("Cleared"));
  else if (paid != NULL && paid->state == 'y')
    _budget_foreign_append_line (more, _("Reconciled"));

  part->line = transaction->line;
  _budget_foreign_part_set_texts (part, transaction->description, memo, more->str);
}

static BudgetForeignPart *
add_part (Move *self, const Leg *leg, const Leg *payer, gint64 amount)
{
  g_autofree char *key = g_strconcat ("gnucash:", leg->split->guid, NULL);
  BudgetForeignPart *part =
    _budget_foreign_book_add_part (self->book->book, key, &self->transaction->date);

  set_texts (self, part, leg, payer);
  part->amount = amount;
  part->category = leg->account->category;
  part->account = payer != NULL ? payer->account->account : NULL;
  return part;
}

/* The leg of an own account, or %NULL for any other account. */
static Leg *
get_paid (Move *self, guint account)
{
  return account < self->paid->len ? g_ptr_array_index (self->paid, account) : NULL;
}

static void
add_transfer (Move *self, const BudgetGnucashShare *share)
{
  BudgetForeignBook *book = self->book->book;
  const Leg *from = get_paid (self, share->other);
  const Leg *to = get_paid (self, share->account);
  BudgetForeignPart *first = NULL;

  if (from != NULL)
    {
      first = add_part (self, from, from, share->amount);
      first->is_transfer = TRUE;
    }
  if (to != NULL)
    {
      BudgetForeignPart *second = add_part (self, to, to, -share->amount);

      second->is_transfer = TRUE;
      if (first != NULL)
        {
          first->other = book->parts->len;
          second->other = book->parts->len - 1;
        }
    }
}

static gboolean
add_shares (Move *self, GError **error)
{
  g_autoptr (GArray) shares = _budget_gnucash_share (
    (const gint64 *) (gpointer) self->categories->data, self->categories->len,
    (const gint64 *) (gpointer) self->accounts->data, self->accounts->len);

  for (guint i = 0; i < shares->len; i++)
    if (!budget_money_check (g_array_index (shares, BudgetGnucashShare, i).amount, error))
      return FALSE;

  for (guint i = 0; i < shares->len; i++)
    {
      const BudgetGnucashShare *share = &g_array_index (shares, BudgetGnucashShare, i);

      if (share->category == G_MAXUINT)
        add_transfer (self, share);
      else
        add_part (self, g_ptr_array_index (self->spent, share->category),
                  get_paid (self, share->account), share->amount);
    }

  _budget_foreign_book_count (self->book->book,
                              _("Split transactions, imported as one expense for each part"),
                                 shares->len > 1 && self->spent->len > 0);
  _budget_foreign_book_count (self->book->book, _("Not imported: transactions without an amount"),
                                                   shares->len == 0);
  return TRUE;
}

static gboolean
add_move (Move *self, GError **error)
{
  BudgetForeignBook *book = self->book->book;
  guint n_unknown;

  if (!g_date_valid (&self->transaction->date))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("There is no such date"));

  if (!read_legs (self, &n_unknown, error))
    return FALSE;

  if (n_unknown > 0 && n_unknown == self->legs->len)
    {
      _budget_foreign_book_count (book, _("Not imported: transactions entirely in another "
                                          "currency"),
                                           1);
      return TRUE;
    }

  if (!convert (self, n_unknown, error))
    return FALSE;

  _budget_foreign_book_count (
    book, _("Transactions in two currencies, imported in the book’s currency"), n_unknown > 0);
  sort_legs (self);
  return is_opening (self) ? open_accounts (self, error) : add_shares (self, error);
}

static void
reject (Move *self, const GError *error)
{
  const BudgetGnucashTransaction *transaction = self->transaction;
  g_autofree char *reason = NULL;
  char day[16] = "?";

  if (g_date_valid (&transaction->date))
    g_date_strftime (day, sizeof day, "%Y-%m-%d", &transaction->date);

  reason = g_strdup_printf ("%s %s: %s", day,
                            transaction->description != NULL ? transaction->description : "",
                            error->message);
  _budget_foreign_book_reject (self->book->book, transaction->line, reason);
}

/* Adds the expenses of a transaction to the book. */
static void
add_transaction (BudgetGnucashBook *book, const BudgetGnucashTransaction *transaction)
{
  g_auto (Move) move = { 0 };
  g_autoptr (GError) error = NULL;

  _budget_foreign_book_count (book->book, _("Not imported: void transactions"),
                                             transaction->is_void);
  _budget_foreign_book_count (book->book, _("Not imported: year-end closing entries"),
                                             transaction->is_closing && !transaction->is_void);

  move_init (&move, book, transaction);
  if (!transaction->is_void && !transaction->is_closing && !add_move (&move, &error))
    reject (&move, error);
}

/*
 * @currency: (nullable): the currency of the target book, if that is not empty
 *
 * Returns: (transfer full): the book in the common form
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
    add_transaction (self, g_ptr_array_index (self->transactions, i));

  report_counts (self);
  return g_steal_pointer (&self->book);
}
