/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The kind of statement that budget_mt940_read() makes.
 */
#define BUDGET_MT940_FORMAT "MT940"

gboolean budget_mt940_sniff (GBytes *bytes);
BudgetStatement *budget_mt940_read (GBytes *bytes,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
