/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-tables-private.h"

G_BEGIN_DECLS

/*
 * BudgetBookKnown:
 * @tables: of each table but the last, how a row is known again → its entity
 * @expenses: how an expense is known again → the ids of those that look so
 * @last_position: the last rule's
 *
 * What is in a book already.
 */
typedef struct
{
  GHashTable *tables[BUDGET_N_TABLES];
  GHashTable *expenses;
  gint64 last_position;
} BudgetBookKnown;

gboolean _budget_book_known_init (BudgetBookKnown *self, BudgetBook *book, GError **error);
void _budget_book_known_clear (BudgetBookKnown *self);
gpointer _budget_book_known_find (BudgetBookKnown *self, BudgetTableId table, OrmEntity *entity);
gint64 _budget_book_known_take_expense (BudgetBookKnown *self, BudgetExpense *expense);

G_END_DECLS
