/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-form-dialog.h"
#include "budget-user.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_PERSON_DIALOG (budget_person_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetPersonDialog, budget_person_dialog, BUDGET, PERSON_DIALOG, BudgetFormDialog)

GtkWidget *budget_person_dialog_new (BudgetBook *book, BudgetUser *user) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
