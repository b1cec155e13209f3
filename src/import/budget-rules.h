/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-rule.h"

G_BEGIN_DECLS

gboolean budget_rules_can_learn (BudgetBook *book,
                                 const char *description,
                                 BudgetCategory *category,
                                 BudgetUser *user);
BudgetRule *budget_rules_learn (BudgetBook *book,
                                const char *description,
                                BudgetCategory *category,
                                BudgetUser *user,
                                GError **error);

G_END_DECLS
