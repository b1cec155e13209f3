/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-chart-mark-private.h"
#include "budget-chart.h"

G_BEGIN_DECLS

void _budget_chart_ensure_updated (BudgetChart *self);
void _budget_chart_emit_activate (BudgetChart *self, guint position);
gboolean _budget_chart_get_lit (BudgetChart *self, GObject **item);
void _budget_chart_light (BudgetChart *self, GObject *item, gboolean several);
int _budget_chart_find_mark (BudgetChart *self, gboolean any, GObject *item);
int _budget_chart_get_focus_index (BudgetChart *self, gboolean only_visible);

G_END_DECLS
