/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

GListModel *budget_import_history_open (BudgetBook *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_import_history_count (BudgetImport *import, guint *n_added, guint *n_matched);
guint budget_import_history_count_changed (BudgetImport *import);
gboolean budget_import_history_undo (BudgetBook *book, BudgetImport *import, GError **error);
gboolean budget_import_history_unmatch (BudgetBook *book, BudgetExpense *expense, GError **error);

G_END_DECLS
