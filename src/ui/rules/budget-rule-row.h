/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-rule.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_RULE_ROW (budget_rule_row_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRuleRow, budget_rule_row, BUDGET, RULE_ROW, AdwActionRow)

GtkWidget *budget_rule_row_new (BudgetRule *rule) G_GNUC_WARN_UNUSED_RESULT;

BudgetRule *budget_rule_row_get_rule (BudgetRuleRow *self);

G_END_DECLS
