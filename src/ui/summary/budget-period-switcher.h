/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_PERIOD_SWITCHER (budget_period_switcher_get_type ())

G_DECLARE_FINAL_TYPE (BudgetPeriodSwitcher, budget_period_switcher, BUDGET, PERIOD_SWITCHER, GtkBox)

void budget_period_switcher_set_filter (BudgetPeriodSwitcher *self, BudgetFilter *filter);
void budget_period_switcher_open (BudgetPeriodSwitcher *self);

G_END_DECLS
