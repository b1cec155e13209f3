/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book-private.h"

G_BEGIN_DECLS

/* The name that an account, category or tag of the other program gets in the book. */
typedef struct
{
  char *name;          /* in the book */
  gpointer entity;     /* held; NULL if it has to be created */
  gboolean has_number; /* for an account: no other account of the file has its number */
} BudgetMergedName;

/*
 * The names of all accounts, categories or tags: those of the book and those
 * that the other program's get. No two differ only in case.
 */
typedef struct
{
  GHashTable *in_book; /* folded name → entity, held */
  GHashTable *taken;   /* folded name → the owner of the name */
  GHashTable *numbers; /* folded name → the last number appended to it */
} BudgetMergedNames;

void
_budget_merged_names_init (BudgetMergedNames *self, GListModel *entities, const char *property);
void _budget_merged_names_clear (BudgetMergedNames *self);
gpointer _budget_merged_names_find (BudgetMergedNames *self, const char *name);
gboolean _budget_merged_names_claim (BudgetMergedNames *self, const char *name, gpointer owner);
char *_budget_merged_names_take_category (BudgetMergedNames *self,
                                          BudgetForeignCategory *category,
                                          BudgetCategory **found);
char *_budget_merged_names_take (
  BudgetMergedNames *self, const char *name, glong max_length, gpointer owner, gpointer *found);

G_END_DECLS
