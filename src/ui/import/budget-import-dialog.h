/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-importer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_DIALOG (budget_import_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BudgetImportDialog, budget_import_dialog, BUDGET, IMPORT_DIALOG, AdwWindow)

GtkWidget *budget_import_dialog_new (BudgetBook *book, GListModel *files) G_GNUC_WARN_UNUSED_RESULT;
BudgetImporter *budget_import_dialog_get_importer (BudgetImportDialog *self);

G_END_DECLS
