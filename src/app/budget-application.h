/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_APPLICATION (budget_application_get_type ())

G_DECLARE_FINAL_TYPE (BudgetApplication, budget_application, BUDGET, APPLICATION, AdwApplication)

BudgetApplication *budget_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
