/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BudgetGnucashShare:
 * @category: the position of a category, or %G_MAXUINT for a transfer
 * @account: the position of an account, or %G_MAXUINT if there is none
 * @other: for a transfer, the account that the money comes from; else %G_MAXUINT
 * @amount: what was spent or, for a transfer, what comes to @account
 *
 * A part of a transaction that has one category and one account.
 */
typedef struct
{
  guint category;
  guint account;
  guint other;
  gint64 amount;
} BudgetGnucashShare;

GArray *_budget_gnucash_share (const gint64 *categories,
                               guint n_categories,
                               const gint64 *accounts,
                               guint n_accounts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
