/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-layout.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_LAYOUT_ROW (budget_import_layout_row_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetImportLayoutRow, budget_import_layout_row, BUDGET, IMPORT_LAYOUT_ROW, AdwExpanderRow)

void budget_import_layout_row_show (BudgetImportLayoutRow *self,
                                    BudgetCsvLayout *layout,
                                    BudgetStatement *statement);

G_END_DECLS
