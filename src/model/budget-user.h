/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_USER (budget_user_get_type ())

G_DECLARE_FINAL_TYPE (BudgetUser, budget_user, BUDGET, USER, OrmEntity)

BudgetUser *budget_user_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_user_get_email (BudgetUser *self);
gboolean budget_user_set_email (BudgetUser *self, const char *email);
const char *budget_user_get_name (BudgetUser *self);
gboolean budget_user_set_name (BudgetUser *self, const char *name);
OrmCollection *budget_user_get_expenses (BudgetUser *self);

G_END_DECLS
