/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book-private.h"
#include "budget-xml-reader.h"

G_BEGIN_DECLS

/* budget-homebank-reader.c */
BudgetForeignBook *_budget_homebank_read (const char *path,
                                          const char *currency,
                                          GCancellable *cancellable,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  guint key;
  char *name;
  char *number;
  guint type;
  guint flags;
  guint currency;
  char *initial;
  guint n_left_out;
  BudgetForeignAccount *account; /* or NULL if it is in another currency */
} BudgetHomebankAccount;

typedef struct
{
  guint key;
  guint parent;
  guint flags;
  char *name;
  char *path; /* as shown in notes */
  BudgetForeignCategory *category;
} BudgetHomebankCategory;

/* A rule of HomeBank that sets the category of transactions. */
typedef struct
{
  char *text;
  guint flags;
  guint category;
} BudgetHomebankAssignment;

/* A transaction as written in the file. */
typedef struct
{
  guint line;
  guint date;
  char *amount;
  guint account;
  guint other_account;
  guint status;
  guint flags;
  guint mode;
  guint payee;
  guint category;
  guint transfer;
  char *memo;
  char *info;
  char *tags;
  char *split_categories;
  char *split_amounts;
  char *split_memos;
} BudgetHomebankEntry;

/* A file while it is being read. */
typedef struct
{
  char *title;
  guint base;             /* its currency */
  GHashTable *currencies; /* key → code */
  GHashTable *accounts;
  GHashTable *categories;
  GHashTable *payees;
  GPtrArray *order; /* of BudgetHomebankCategory, in the order of the file */
  GPtrArray *account_order;
  GPtrArray *assignments;
  GPtrArray *entries;
  GHashTable *halves; /* of transfers that miss the other half: signature → position + 1 */
  guint n_templates;
  guint n_scheduled;
  guint n_budgets;
  BudgetForeignBook *book;
} BudgetHomebankFile;

/* budget-homebank-entry.c */
void _budget_homebank_add_entry (BudgetHomebankFile *self, const BudgetHomebankEntry *entry);

G_END_DECLS
