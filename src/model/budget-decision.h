/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-import.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_DECISION (budget_decision_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDecision, budget_decision, BUDGET, DECISION, OrmEntity)

BudgetDecision *budget_decision_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_decision_get_import_key (BudgetDecision *self);
gboolean budget_decision_set_import_key (BudgetDecision *self, const char *import_key);
const char *budget_decision_get_same_as (BudgetDecision *self);
gboolean budget_decision_set_same_as (BudgetDecision *self, const char *same_as);
gboolean budget_decision_set_import (BudgetDecision *self, BudgetImport *import);

G_END_DECLS
