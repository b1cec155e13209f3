/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-form-dialog.h"
#include "budget-rule.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_RULE_DIALOG (budget_rule_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRuleDialog, budget_rule_dialog, BUDGET, RULE_DIALOG, BudgetFormDialog)

GtkWidget *budget_rule_dialog_new (BudgetBook *book, BudgetRule *rule) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
