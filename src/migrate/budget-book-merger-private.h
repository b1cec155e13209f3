/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-merger.h"
#include "budget-foreign-book-private.h"
#include "budget-tag.h"

G_BEGIN_DECLS

/* One of the foreign book's things, and what it is or will be in the book. */
typedef struct
{
  char *name;          /* in the book */
  gpointer entity;     /* held; NULL if it is to be made */
  gboolean has_number; /* of an account: its number is no other’s of the file */
} BudgetMergedName;

/*
 * The names of one kind of thing: those of the book, and those that are given
 * out to what comes in. No two differ in case alone.
 */
typedef struct
{
  GHashTable *in_book; /* folded name → entity, held */
  GHashTable *taken;   /* folded name → whom it was given to */
  GHashTable *numbers; /* folded name → the last number that was added to it */
} BudgetMergedNames;

struct _BudgetBookMerger
{
  GObject parent_instance;

  BudgetBook *book;
  BudgetForeignBook *foreign;
  BudgetUser *user;
  char *name;
  gboolean takes_currency;
  gboolean is_committed;

  BudgetMergedNames category_names;
  BudgetMergedNames account_names;
  BudgetMergedNames account_numbers;
  BudgetMergedNames tag_names;
  GHashTable *categories;          /* BudgetForeignCategory → BudgetMergedName */
  GHashTable *accounts;            /* BudgetForeignAccount → BudgetMergedName */
  GHashTable *tags;                /* a tag's name → BudgetMergedName */
  BudgetForeignCategory *none;     /* of what has no category */
  BudgetForeignCategory *transfer; /* of transfers */
  GHashTable *known;               /* the keys that are in the book */
  guint n_new;
  guint n_duplicates;
  gint64 sum;
  GPtrArray *report;
};

/* budget-book-merger.c */
guint _budget_book_merger_count_new (GHashTable *names);

/* budget-merged-names.c */
void
_budget_merged_names_init (BudgetMergedNames *self, GListModel *entities, const char *property);
void _budget_merged_names_clear (BudgetMergedNames *self);
gpointer _budget_merged_names_find (BudgetMergedNames *self, const char *name);
gboolean _budget_merged_names_claim (BudgetMergedNames *self, const char *name, gpointer whom);
char *_budget_merged_names_give_category (BudgetMergedNames *self,
                                          BudgetForeignCategory *category,
                                          BudgetCategory **found);
char *_budget_merged_names_give (
  BudgetMergedNames *self, const char *name, glong longest, gpointer whom, gpointer *found);

G_END_DECLS
