/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-statement-reader.h"

G_BEGIN_DECLS

typedef struct _BudgetLayoutMemory BudgetLayoutMemory;

BudgetLayoutMemory *_budget_layout_memory_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
void _budget_layout_memory_free (BudgetLayoutMemory *self);

BudgetAccount *_budget_layout_memory_find_account (const BudgetLayoutMemory *self,
                                                   BudgetStatement *statement);
BudgetStatement *_budget_layout_memory_apply (const BudgetLayoutMemory *self,
                                              BudgetStatement *statement,
                                              GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_layout_memory_save_account (OrmSession *session,
                                             BudgetStatement *statement,
                                             BudgetAccount *account,
                                             GError **error);
gboolean
_budget_layout_memory_save_map (OrmSession *session, BudgetStatement *statement, GError **error);

G_END_DECLS
