/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-known-rows-private.h"

G_BEGIN_DECLS

typedef struct _BudgetTransferFinder BudgetTransferFinder;

BudgetTransferFinder *_budget_transfer_finder_new (
  BudgetBook *book, BudgetKnownRows *known, GHashTable *new_accounts) G_GNUC_WARN_UNUSED_RESULT;
void _budget_transfer_finder_find (BudgetTransferFinder *self, GPtrArray *drafts);
const char *_budget_transfer_finder_get_new_category (BudgetTransferFinder *self);
void _budget_transfer_finder_free (BudgetTransferFinder *self);

G_END_DECLS
