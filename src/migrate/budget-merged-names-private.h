/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book-private.h"

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
