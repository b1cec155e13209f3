/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_MANAGE_DIALOG (budget_manage_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BudgetManageDialog, budget_manage_dialog, BUDGET, MANAGE_DIALOG, AdwWindow)

GtkWidget *budget_manage_dialog_new_for_categories (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *budget_manage_dialog_new_for_people (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
