/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-foreign-book.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_BOOK_MERGER (budget_book_merger_get_type ())

G_DECLARE_FINAL_TYPE (BudgetBookMerger, budget_book_merger, BUDGET, BOOK_MERGER, GObject)

BudgetBookMerger *budget_book_merger_new (BudgetBook *book,
                                          BudgetForeignBook *foreign,
                                          const char *name,
                                          BudgetUser *user,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

BudgetForeignBook *budget_book_merger_get_foreign_book (BudgetBookMerger *self);
const char *budget_book_merger_get_currency (BudgetBookMerger *self);
guint budget_book_merger_get_n_new (BudgetBookMerger *self);
guint budget_book_merger_get_n_duplicates (BudgetBookMerger *self);
gint64 budget_book_merger_get_sum (BudgetBookMerger *self);
const char *const *budget_book_merger_get_report (BudgetBookMerger *self);

gboolean
budget_book_merger_commit (BudgetBookMerger *self, GCancellable *cancellable, GError **error);

G_END_DECLS
