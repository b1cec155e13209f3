/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_RULES_DIALOG (budget_rules_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BudgetRulesDialog, budget_rules_dialog, BUDGET, RULES_DIALOG, AdwWindow)

GtkWidget *budget_rules_dialog_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
