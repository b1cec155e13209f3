/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"
#include "budget-import.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_CHANGE (budget_import_change_get_type ())

G_DECLARE_FINAL_TYPE (BudgetImportChange, budget_import_change, BUDGET, IMPORT_CHANGE, OrmEntity)

BudgetImportChange *budget_import_change_new (BudgetExpense *expense) G_GNUC_WARN_UNUSED_RESULT;

gboolean budget_import_change_finish (BudgetImportChange *self,
                                      BudgetImport *import,
                                      BudgetExpense *expense);
gboolean budget_import_change_put_back (BudgetImportChange *self);

BudgetImport *budget_import_change_get_import (BudgetImportChange *self);
BudgetExpense *budget_import_change_get_expense (BudgetImportChange *self);

G_END_DECLS
