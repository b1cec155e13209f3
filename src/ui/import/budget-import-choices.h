/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft.h"

G_BEGIN_DECLS

/**
 * BudgetImportChoices:
 *
 * The changes that the user made to transactions, to be applied again when
 * their files are read again.
 */
typedef struct _BudgetImportChoices BudgetImportChoices;

BudgetImportChoices *budget_import_choices_new (void) G_GNUC_WARN_UNUSED_RESULT;
void budget_import_choices_free (BudgetImportChoices *self);

void budget_import_choices_restart (BudgetImportChoices *self);
void budget_import_choices_name (BudgetImportChoices *self, BudgetDraft *draft, const char *path);
void
budget_import_choices_note (BudgetImportChoices *self, BudgetDraft *draft, const char *property);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetImportChoices, budget_import_choices_free)

G_END_DECLS
