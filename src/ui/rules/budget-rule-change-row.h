/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-rule-change.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_RULE_CHANGE_ROW (budget_rule_change_row_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRuleChangeRow, budget_rule_change_row, BUDGET, RULE_CHANGE_ROW, GtkBox)

GtkWidget *budget_rule_change_row_new (void) G_GNUC_WARN_UNUSED_RESULT;

void budget_rule_change_row_set_change (BudgetRuleChangeRow *self, BudgetRuleChange *change);

G_END_DECLS
