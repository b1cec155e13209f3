/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-tag.h"

G_BEGIN_DECLS

typedef struct _BudgetTagAdder BudgetTagAdder;

BudgetTagAdder *budget_tag_adder_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_tag_adder_add (BudgetTagAdder *self,
                               BudgetExpense *expense,
                               const char *const *names,
                               GError **error);
void budget_tag_adder_free (BudgetTagAdder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetTagAdder, budget_tag_adder_free)

G_END_DECLS
