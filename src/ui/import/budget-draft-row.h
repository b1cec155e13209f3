/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_DRAFT_ROW (budget_draft_row_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDraftRow, budget_draft_row, BUDGET, DRAFT_ROW, GtkBox)

GtkWidget *budget_draft_row_new (BudgetBook *book,
                                 const char *currency,
                                 GMenuModel *categories) G_GNUC_WARN_UNUSED_RESULT;
void budget_draft_row_show (BudgetDraftRow *self, BudgetDraft *draft, guint position);
void budget_draft_row_clear (BudgetDraftRow *self);
BudgetDraft *budget_draft_row_get_draft (BudgetDraftRow *self);
guint budget_draft_row_get_position (BudgetDraftRow *self);

G_END_DECLS
