/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-rule.h"

G_BEGIN_DECLS

gboolean budget_rule_matches (BudgetRule *rule, const char *description);

/**
 * BudgetRuleSet:
 *
 * Rules, prepared for matching many descriptions.
 */
typedef struct _BudgetRuleSet BudgetRuleSet;

BudgetRuleSet *budget_rule_set_new (GListModel *rules) G_GNUC_WARN_UNUSED_RESULT;
void budget_rule_set_free (BudgetRuleSet *self);
BudgetRule *budget_rule_set_find (BudgetRuleSet *self, const char *description);
BudgetRule *budget_rule_set_find_for_either (BudgetRuleSet *self,
                                             const char *description,
                                             const char *original);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetRuleSet, budget_rule_set_free)

G_END_DECLS
