/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_DELETE_DIALOG (budget_delete_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetDeleteDialog, budget_delete_dialog, BUDGET, DELETE_DIALOG, AdwMessageDialog)

GtkWidget *budget_delete_dialog_new (BudgetBook *book, OrmEntity *owner) G_GNUC_WARN_UNUSED_RESULT;

OrmEntity *budget_delete_dialog_get_owner (BudgetDeleteDialog *self);

G_END_DECLS
