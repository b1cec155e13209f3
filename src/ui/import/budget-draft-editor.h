/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_DRAFT_EDITOR (budget_draft_editor_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDraftEditor, budget_draft_editor, BUDGET, DRAFT_EDITOR, GtkPopover)

GtkWidget *budget_draft_editor_new (void) G_GNUC_WARN_UNUSED_RESULT;

void budget_draft_editor_edit (BudgetDraftEditor *self,
                               BudgetBook *book,
                               const char *currency,
                               BudgetDraft *draft);

G_END_DECLS
