/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-known-rows-private.h"

G_BEGIN_DECLS

typedef struct _BudgetMatching BudgetMatching;

BudgetMatching *_budget_matching_new (BudgetKnownRows *known,
                                      const char *currency,
                                      GPtrArray *drafts,
                                      gboolean is_own,
                                      const GDate *first,
                                      const GDate *last) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_matching_step (BudgetMatching *self, guint n_rows);
double _budget_matching_get_fraction (BudgetMatching *self);
void _budget_matching_free (BudgetMatching *self);

G_END_DECLS
