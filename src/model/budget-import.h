/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-account.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT (budget_import_get_type ())

G_DECLARE_FINAL_TYPE (BudgetImport, budget_import, BUDGET, IMPORT, OrmEntity)

BudgetImport *budget_import_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_import_get_name (BudgetImport *self);
gboolean budget_import_set_name (BudgetImport *self, const char *name);
const char *budget_import_get_format (BudgetImport *self);
gboolean budget_import_set_format (BudgetImport *self, const char *format);
GDateTime *budget_import_get_made_at (BudgetImport *self);
BudgetAccount *budget_import_get_account (BudgetImport *self);
gboolean budget_import_set_account (BudgetImport *self, BudgetAccount *account);
OrmCollection *budget_import_get_changes (BudgetImport *self);

G_END_DECLS
