/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BudgetNameIndex BudgetNameIndex;

BudgetNameIndex *budget_name_index_new (GListModel *items,
                                        const char *property,
                                        const char *other_property) G_GNUC_WARN_UNUSED_RESULT;
gpointer budget_name_index_find (BudgetNameIndex *self, const char *name);
void budget_name_index_free (BudgetNameIndex *self);

char *_budget_name_fold (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetNameIndex, budget_name_index_free)

G_END_DECLS
