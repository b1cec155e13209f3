/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

typedef struct _BudgetCategoryAdder BudgetCategoryAdder;

BudgetCategoryAdder *budget_category_adder_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
BudgetCategory *
budget_category_adder_add (BudgetCategoryAdder *self, const char *name, GError **error);
void budget_category_adder_free (BudgetCategoryAdder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetCategoryAdder, budget_category_adder_free)

G_END_DECLS
