/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-gnucash-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/*
 * From a transaction of GnuCash to expenses: one for each category it is split
 * into, and two for each move between accounts.
 */

typedef struct
{
  const BudgetGnucashSplit *split;
  BudgetGnucashAccount *account;
  gint64 amount; /* what came to the account, in the book's currency */
  gint64 value;  /* the same in the transaction's */
  gboolean is_known;
} Leg;

typedef struct
{
  BudgetGnucashBook *book;
  const BudgetGnucashTransaction *transaction;
  GArray *legs;       /* of Leg */
  GPtrArray *spent;   /* the legs that are categories */
  GPtrArray *paid;    /* the legs that are accounts of one's own */
  GArray *categories; /* of gint64: what was spent on each of @spent */
  GArray *accounts;   /* of gint64: what left each of @paid, then what left any other place */
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
 * What an account is in decides, then what the transaction is in.
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
 * Two currencies met in this transaction: what is known in the book's was paid
 * for the rest, by each in its measure. No rate from elsewhere is used.
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
        return budget_refuse (
          error, BUDGET_ERROR_NOT_A_STATEMENT,
          _("Its amounts in another currency cannot be told from one another"));
      else
        leg->amount = product / value;

      rest -= leg->amount;
      value -= leg->value;
    }

  return TRUE;
}

/*
 * Sorts the legs; what goes to neither an account of one's own nor a category
 * makes up the balance.
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
 * The first thing that happens to an account is often that it gets what it had
 * before the book began, from equity.
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

/* What comes to each account is added to what it has, or with @sign -1 taken off. */
static void
change_balances (Move *self, int sign)
{
  for (guint i = 0; i < self->paid->len; i++)
    {
      Leg *leg = g_ptr_array_index (self->paid, i);

      leg->account->account->opening_balance += sign * leg->amount;
    }
}

/* Several splits may be of one account, so it is the sums that count. */
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

  _budget_foreign_book_count (self->book->book, _("Opening balances, which are in their accounts"),
                                                   self->paid->len);
  return TRUE;
}

static void
append_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/*
 * @leg: (nullable): what is told of
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

  append_line (more, transaction->notes);
  if (paid != NULL && g_strcmp0 (paid->memo, memo) != 0)
    append_line (more, paid->memo);
  if (number != NULL && *number != '\0')
    {
      g_autofree char *line = g_strdup_printf (_("Number: %s"), number);

      append_line (more, line);
    }
  if (leg != NULL)
    append_line (more, leg->split->action);
  if (paid != NULL && paid->state == 'c')
    append_line (more, _("Cleared"));
  else if (paid != NULL && paid->state == 'y')
    append_line (more, _("Reconciled"));

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

/* The leg of an account, or %NULL for any other place. */
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
                              _("Split transactions, each part an expense of its own"),
                                 shares->len > 1 && self->spent->len > 0);
  _budget_foreign_book_count (self->book->book, _("Transactions without an amount, left out"),
                                                   shares->len == 0);
  return TRUE;
}

static gboolean
add (Move *self, GError **error)
{
  BudgetForeignBook *book = self->book->book;
  guint n_unknown;

  if (!g_date_valid (&self->transaction->date))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("There is no such date"));

  if (!read_legs (self, &n_unknown, error))
    return FALSE;

  if (n_unknown > 0 && n_unknown == self->legs->len)
    {
      _budget_foreign_book_count (book, _("Transactions all in another currency, left out"), 1);
      return TRUE;
    }

  if (!convert (self, n_unknown, error))
    return FALSE;

  _budget_foreign_book_count (
    book, _("Transactions in two currencies, with the amount in the book’s"), n_unknown > 0);
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

/*
 * Adds what a transaction becomes to the book.
 */
void
_budget_gnucash_add_transaction (BudgetGnucashBook *book,
                                 const BudgetGnucashTransaction *transaction)
{
  g_auto (Move) move = { 0 };
  g_autoptr (GError) error = NULL;

  _budget_foreign_book_count (book->book, _("Void transactions, left out"), transaction->is_void);
  _budget_foreign_book_count (
    book->book,
    _("Entries that close a year, which is done by looking at a period here, left out"),
       transaction->is_closing && !transaction->is_void);

  move_init (&move, book, transaction);
  if (!transaction->is_void && !transaction->is_closing && !add (&move, &error))
    reject (&move, error);
}
