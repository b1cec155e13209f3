/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-importer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_TARGET_ROW (budget_import_target_row_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetImportTargetRow, budget_import_target_row, BUDGET, IMPORT_TARGET_ROW, AdwExpanderRow)

void budget_import_target_row_set_book (BudgetImportTargetRow *self, BudgetBook *book);
void budget_import_target_row_apply (BudgetImportTargetRow *self, BudgetImporter *importer);

G_END_DECLS
