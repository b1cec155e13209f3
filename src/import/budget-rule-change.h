/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"
#include "budget-rule.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_RULE_CHANGE (budget_rule_change_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRuleChange, budget_rule_change, BUDGET, RULE_CHANGE, GObject)

BudgetExpense *budget_rule_change_get_expense (BudgetRuleChange *self);
BudgetCategory *budget_rule_change_get_category (BudgetRuleChange *self);
BudgetUser *budget_rule_change_get_user (BudgetRuleChange *self);
gboolean budget_rule_change_get_include (BudgetRuleChange *self);
void budget_rule_change_set_include (BudgetRuleChange *self, gboolean include);

void budget_rules_preview_async (BudgetBook *book,
                                 BudgetFilter *filter,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GListModel *budget_rules_preview_finish (BudgetBook *book,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint budget_rules_count_included (GListModel *changes);
gboolean budget_rules_apply (BudgetBook *book, GListModel *changes, GError **error);

G_END_DECLS
