/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_IMPORT_HISTORY_DIALOG (budget_import_history_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetImportHistoryDialog, budget_import_history_dialog, BUDGET, IMPORT_HISTORY_DIALOG, AdwWindow)

GtkWidget *budget_import_history_dialog_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
