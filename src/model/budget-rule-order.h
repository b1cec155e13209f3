/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-rule.h"

G_BEGIN_DECLS

GListModel *budget_rule_order_find (BudgetBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void budget_rule_order_place (GListModel *rules, BudgetRule *rule, guint place);
gboolean budget_rule_order_add (BudgetBook *book, BudgetRule *rule, GError **error);
gboolean budget_rule_order_move (BudgetBook *book, BudgetRule *rule, guint place, GError **error);

G_END_DECLS
