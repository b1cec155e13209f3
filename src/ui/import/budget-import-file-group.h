/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-import-source.h"
#include "budget-importer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_FILE_GROUP (budget_import_file_group_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetImportFileGroup, budget_import_file_group, BUDGET, IMPORT_FILE_GROUP, AdwPreferencesGroup)

GtkWidget *budget_import_file_group_new (BudgetBook *book,
                                         BudgetImportSource *source) G_GNUC_WARN_UNUSED_RESULT;

void
budget_import_file_group_show (BudgetImportFileGroup *self, BudgetImporter *importer, guint file);
gboolean budget_import_file_group_needs_attention (BudgetImportFileGroup *self);

G_END_DECLS
