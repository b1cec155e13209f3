/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The kind of statement that budget_qif_read() makes.
 */
#define BUDGET_QIF_FORMAT "QIF"

gboolean budget_qif_sniff (GBytes *bytes);
BudgetStatement *budget_qif_read (GBytes *bytes,
                                  const char *const *map,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
