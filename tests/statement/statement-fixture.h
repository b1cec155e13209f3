/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

guint statement_fixture_count_accepted (BudgetStatement *statement);
gboolean statement_fixture_sum (BudgetStatement *statement, gint64 *sum);

G_END_DECLS
