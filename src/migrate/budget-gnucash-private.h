/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book-private.h"

G_BEGIN_DECLS

/* What an account of GnuCash becomes. */
typedef enum
{
  BUDGET_GNUCASH_OTHER, /* shares, trading, another currency: money only goes there or comes from
                           there */
  BUDGET_GNUCASH_ROOT,
  BUDGET_GNUCASH_OWN,
  BUDGET_GNUCASH_CATEGORY,
  BUDGET_GNUCASH_EQUITY
} BudgetGnucashRole;

typedef struct
{
  char *guid;
  char *name;
  char *type;
  char *parent;
  char *code;
  char *currency; /* or NULL if it is no currency */
  gboolean is_placeholder;

  guint n_splits;
  GDate first; /* the date of its first transaction */
  BudgetGnucashRole role;
  gboolean is_in_book; /* its currency is the book's */
  BudgetForeignAccount *account;
  BudgetForeignCategory *category;
} BudgetGnucashAccount;

typedef struct
{
  char *guid;
  char *account;
  char *memo;
  char *action;
  char state;
  gint64 value[2]; /* a fraction, in the transaction's currency */
  gint64 quantity[2];
  gboolean is_bad;
} BudgetGnucashSplit;

typedef struct
{
  guint line; /* or 0 */
  char *guid;
  char *currency; /* or NULL if it is no currency */
  char *number;
  char *description;
  char *notes;
  GDate date; /* or not valid */
  gboolean is_void;
  gboolean is_closing;
  GPtrArray *splits;
} BudgetGnucashTransaction;

/* A whole book, before its currency is chosen. */
typedef struct
{
  GHashTable *by_guid; /* of BudgetGnucashAccount */
  GHashTable *n_named; /* name → how many own accounts have it */
  GPtrArray *accounts;
  GPtrArray *transactions;
  guint n_scheduled;
  guint n_budgets;
  guint n_prices;
  guint n_business;
  BudgetForeignBook *book;
} BudgetGnucashBook;

/* budget-gnucash-book.c */
void _budget_gnucash_book_init (BudgetGnucashBook *self);
void _budget_gnucash_book_clear (BudgetGnucashBook *self);
BudgetGnucashTransaction *_budget_gnucash_transaction_new (void);
void _budget_gnucash_transaction_free (BudgetGnucashTransaction *self);
void _budget_gnucash_account_free (BudgetGnucashAccount *self);
void _budget_gnucash_split_free (BudgetGnucashSplit *self);
gboolean _budget_gnucash_read_fraction (const char *text, gint64 fraction[2]);
gboolean _budget_gnucash_read_day (const char *text, GDate *date);
void _budget_gnucash_book_add_account (BudgetGnucashBook *self, BudgetGnucashAccount *account);
BudgetForeignBook *_budget_gnucash_book_finish (BudgetGnucashBook *self,
                                                const char *currency) G_GNUC_WARN_UNUSED_RESULT;

/* The readers. */
BudgetForeignBook *_budget_gnucash_read_xml (const char *path,
                                             const char *currency,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetForeignBook *_budget_gnucash_read_database (const char *path,
                                                  const char *currency,
                                                  GCancellable *cancellable,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_gnucash_is_database (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetGnucashBook, _budget_gnucash_book_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetGnucashTransaction, _budget_gnucash_transaction_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetGnucashAccount, _budget_gnucash_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetGnucashSplit, _budget_gnucash_split_free)

G_END_DECLS
