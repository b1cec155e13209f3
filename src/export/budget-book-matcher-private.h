/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-tables-private.h"

G_BEGIN_DECLS

/*
 * BudgetBookMatcher:
 * @tables: for each table except the expenses, key → entity
 * @expenses: signature → ids of the expenses that have it
 * @last_position: the position of the last rule
 *
 * Finds the rows of a file that a book already has.
 */
typedef struct
{
  GHashTable *tables[BUDGET_N_TABLES];
  GHashTable *expenses;
  gint64 last_position;
} BudgetBookMatcher;

gboolean _budget_book_matcher_init (BudgetBookMatcher *self, BudgetBook *book, GError **error);
void _budget_book_matcher_clear (BudgetBookMatcher *self);
gpointer
_budget_book_matcher_find (BudgetBookMatcher *self, BudgetTableId table, OrmEntity *entity);
gint64 _budget_book_matcher_take_expense (BudgetBookMatcher *self, BudgetExpense *expense);

G_END_DECLS
