/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_RULES_APPLY_DIALOG (budget_rules_apply_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetRulesApplyDialog, budget_rules_apply_dialog, BUDGET, RULES_APPLY_DIALOG, AdwWindow)

GtkWidget *budget_rules_apply_dialog_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;

GListModel *budget_rules_apply_dialog_get_changes (BudgetRulesApplyDialog *self);

G_END_DECLS
