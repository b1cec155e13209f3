/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-entity.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_SETTING (budget_setting_get_type ())

G_DECLARE_FINAL_TYPE (BudgetSetting, budget_setting, BUDGET, SETTING, OrmEntity)

BudgetSetting *budget_setting_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_setting_get_name (BudgetSetting *self);
gboolean budget_setting_set_name (BudgetSetting *self, const char *name);
const char *budget_setting_get_value (BudgetSetting *self);
gboolean budget_setting_set_value (BudgetSetting *self, const char *value);

G_END_DECLS
