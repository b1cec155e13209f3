/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The kind of statement that budget_ofx_read() makes.
 */
#define BUDGET_OFX_FORMAT "OFX"

/* The account of expenses without an account in exported files. */
#define BUDGET_OFX_NO_ACCOUNT "no-account"

gboolean budget_ofx_sniff (GBytes *bytes);
BudgetStatement *budget_ofx_read (GBytes *bytes,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
