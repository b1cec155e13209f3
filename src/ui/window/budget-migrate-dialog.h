/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-merger.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_MIGRATE_DIALOG (budget_migrate_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BudgetMigrateDialog, budget_migrate_dialog, BUDGET, MIGRATE_DIALOG, AdwWindow)

GtkWidget *budget_migrate_dialog_new (BudgetBook *book, const char *path) G_GNUC_WARN_UNUSED_RESULT;
BudgetBookMerger *budget_migrate_dialog_get_merger (BudgetMigrateDialog *self);

G_END_DECLS
