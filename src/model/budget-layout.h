/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-account.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_LAYOUT (budget_layout_get_type ())

G_DECLARE_FINAL_TYPE (BudgetLayout, budget_layout, BUDGET, LAYOUT, OrmEntity)

BudgetLayout *budget_layout_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_layout_get_signature (BudgetLayout *self);
gboolean budget_layout_set_signature (BudgetLayout *self, const char *signature);
const char *budget_layout_get_fields (BudgetLayout *self);
gboolean budget_layout_set_fields (BudgetLayout *self, const char *fields);
BudgetAccount *budget_layout_get_account (BudgetLayout *self);
gboolean budget_layout_set_account (BudgetLayout *self, BudgetAccount *account);

G_END_DECLS
