/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"

G_BEGIN_DECLS

/**
 * BudgetCategoryKind:
 * @BUDGET_CATEGORY_SPENDING: what the household pays for
 * @BUDGET_CATEGORY_INCOME: what it receives; its amounts are negative
 * @BUDGET_CATEGORY_TRANSFER: from one own account to another; it counts in no
 *   total
 *
 * How the expenses of a category count in totals.
 */
typedef enum
{
  BUDGET_CATEGORY_SPENDING,
  BUDGET_CATEGORY_INCOME,
  BUDGET_CATEGORY_TRANSFER
} BudgetCategoryKind;

#define BUDGET_TYPE_CATEGORY_KIND (budget_category_kind_get_type ())

GType budget_category_kind_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_CATEGORY (budget_category_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCategory, budget_category, BUDGET, CATEGORY, OrmEntity)

BudgetCategory *budget_category_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_category_get_name (BudgetCategory *self);
gboolean budget_category_set_name (BudgetCategory *self, const char *name);
const char *budget_category_get_color (BudgetCategory *self);
gboolean budget_category_set_color (BudgetCategory *self, const char *color);
BudgetCategoryKind budget_category_get_kind (BudgetCategory *self);
gboolean budget_category_set_kind (BudgetCategory *self, BudgetCategoryKind kind);
OrmCollection *budget_category_get_expenses (BudgetCategory *self);

G_END_DECLS
