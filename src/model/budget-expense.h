/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-account.h"
#include "budget-category.h"
#include "budget-import.h"
#include "budget-tag.h"
#include "budget-user.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_EXPENSE (budget_expense_get_type ())

G_DECLARE_FINAL_TYPE (BudgetExpense, budget_expense, BUDGET, EXPENSE, OrmEntity)

BudgetExpense *budget_expense_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_expense_get_description (BudgetExpense *self);
gboolean budget_expense_set_description (BudgetExpense *self, const char *description);
gint64 budget_expense_get_amount (BudgetExpense *self);
gboolean budget_expense_set_amount (BudgetExpense *self, gint64 amount);
const GDate *budget_expense_get_date (BudgetExpense *self);
gboolean budget_expense_set_date (BudgetExpense *self, const GDate *date);
const char *budget_expense_get_note (BudgetExpense *self);
gboolean budget_expense_set_note (BudgetExpense *self, const char *note);
GDateTime *budget_expense_get_created_at (BudgetExpense *self);
const char *budget_expense_get_import_key (BudgetExpense *self);
gboolean budget_expense_set_import_key (BudgetExpense *self, const char *import_key);

BudgetUser *budget_expense_get_user (BudgetExpense *self);
gboolean budget_expense_set_user (BudgetExpense *self, BudgetUser *user);
BudgetCategory *budget_expense_get_category (BudgetExpense *self);
gboolean budget_expense_set_category (BudgetExpense *self, BudgetCategory *category);
BudgetAccount *budget_expense_get_account (BudgetExpense *self);
gboolean budget_expense_set_account (BudgetExpense *self, BudgetAccount *account);
BudgetExpense *budget_expense_get_counterpart (BudgetExpense *self);
gboolean budget_expense_set_counterpart (BudgetExpense *self, BudgetExpense *counterpart);
OrmCollection *budget_expense_get_counterpart_of (BudgetExpense *self);
const char *budget_expense_get_bank_id (BudgetExpense *self);
gboolean budget_expense_set_bank_id (BudgetExpense *self, const char *bank_id);
const char *budget_expense_get_original (BudgetExpense *self);
gboolean budget_expense_set_original (BudgetExpense *self, const char *original);
gboolean budget_expense_get_matched (BudgetExpense *self);
gboolean budget_expense_set_matched (BudgetExpense *self, gboolean matched);
BudgetImport *budget_expense_get_import (BudgetExpense *self);
gboolean budget_expense_set_import (BudgetExpense *self, BudgetImport *import);
OrmCollection *budget_expense_get_tags (BudgetExpense *self);

G_END_DECLS
