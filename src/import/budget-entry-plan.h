/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-quick-entry.h"

G_BEGIN_DECLS

/**
 * BudgetEntryPlan:
 * @user: whose expense it will be
 * @category: (nullable): its category, %NULL if it will be made
 * @category_name: what the category is or will be called
 *
 * The names of a typed line, looked up in a book.
 */
typedef struct
{
  BudgetUser *user;
  BudgetCategory *category;
  char *category_name;
} BudgetEntryPlan;

BudgetEntryPlan *budget_entry_plan_new (BudgetBook *book,
                                        const BudgetQuickEntry *entry,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void budget_entry_plan_free (BudgetEntryPlan *self);

BudgetExpense *budget_entry_plan_add_expense (BudgetBook *book,
                                              const BudgetQuickEntry *entry,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetEntryPlan, budget_entry_plan_free)

G_END_DECLS
