/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft-text.h"
#include "budget-import-choices.h"
#include "budget-importer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_DRAFT_LIST (budget_draft_list_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDraftList, budget_draft_list, BUDGET, DRAFT_LIST, AdwBin)

void
budget_draft_list_set_book (BudgetDraftList *self, BudgetBook *book, BudgetImportChoices *choices);
void budget_draft_list_set_importer (BudgetDraftList *self, BudgetImporter *importer);
void budget_draft_list_set_view (BudgetDraftList *self, BudgetDraftView view);
BudgetDraftView budget_draft_list_get_view (BudgetDraftList *self);
void budget_draft_list_set_search (BudgetDraftList *self, const char *search);
GtkSelectionModel *budget_draft_list_get_selection (BudgetDraftList *self);
void budget_draft_list_start_search (BudgetDraftList *self);

G_END_DECLS
