/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category.h"
#include "budget-user.h"

G_BEGIN_DECLS

/**
 * BudgetRuleMatch:
 * @BUDGET_RULE_MATCH_CONTAINS: the pattern's words are in the description, one after the other
 * @BUDGET_RULE_MATCH_STARTS_WITH: the description begins with them
 * @BUDGET_RULE_MATCH_EQUALS: the description is these words and no others
 *
 * How a rule's pattern is compared with a description.
 */
typedef enum
{
  BUDGET_RULE_MATCH_CONTAINS,
  BUDGET_RULE_MATCH_STARTS_WITH,
  BUDGET_RULE_MATCH_EQUALS
} BudgetRuleMatch;

#define BUDGET_TYPE_RULE_MATCH (budget_rule_match_get_type ())

GType budget_rule_match_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_RULE (budget_rule_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRule, budget_rule, BUDGET, RULE, OrmEntity)

BudgetRule *budget_rule_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_rule_get_pattern (BudgetRule *self);
gboolean budget_rule_set_pattern (BudgetRule *self, const char *pattern);
BudgetRuleMatch budget_rule_get_match_kind (BudgetRule *self);
gboolean budget_rule_set_match_kind (BudgetRule *self, BudgetRuleMatch match_kind);
gint64 budget_rule_get_position (BudgetRule *self);
gboolean budget_rule_set_position (BudgetRule *self, gint64 position);
gboolean budget_rule_get_learned (BudgetRule *self);
gboolean budget_rule_set_learned (BudgetRule *self, gboolean learned);
gboolean budget_rule_get_enabled (BudgetRule *self);
gboolean budget_rule_set_enabled (BudgetRule *self, gboolean enabled);
BudgetCategory *budget_rule_get_category (BudgetRule *self);
gboolean budget_rule_set_category (BudgetRule *self, BudgetCategory *category);
BudgetUser *budget_rule_get_user (BudgetRule *self);
gboolean budget_rule_set_user (BudgetRule *self, BudgetUser *user);

G_END_DECLS
