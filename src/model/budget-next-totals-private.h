/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-totals.h"

G_BEGIN_DECLS

/*
 * Totals that replace others once they are filled, so that the old figures are
 * shown until then, and stay if the new ones cannot be read.
 */
void
_budget_next_totals_set (OrmTotals **next, OrmTotals *totals, gpointer owner, GCallback on_changed);
OrmTotals *_budget_next_totals_take (OrmTotals **next, gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_next_totals_get_loading (OrmTotals *next);

G_END_DECLS
