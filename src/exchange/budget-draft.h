/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"

G_BEGIN_DECLS

/**
 * BudgetDraftState:
 * @BUDGET_DRAFT_NEW: not in the book yet
 * @BUDGET_DRAFT_DUPLICATE: in the book already
 * @BUDGET_DRAFT_REJECTED: cannot be used; see budget_draft_get_reason()
 *
 * What an importer thinks of a booking.
 */
typedef enum
{
  BUDGET_DRAFT_NEW,
  BUDGET_DRAFT_DUPLICATE,
  BUDGET_DRAFT_REJECTED
} BudgetDraftState;

#define BUDGET_TYPE_DRAFT_STATE (budget_draft_state_get_type ())

GType budget_draft_state_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_DRAFT (budget_draft_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDraft, budget_draft, BUDGET, DRAFT, GObject)

const GDate *budget_draft_get_date (BudgetDraft *self);
const char *budget_draft_get_description (BudgetDraft *self);
gint64 budget_draft_get_amount (BudgetDraft *self);
const char *budget_draft_get_note (BudgetDraft *self);
BudgetCategory *budget_draft_get_category (BudgetDraft *self);
void budget_draft_set_category (BudgetDraft *self, BudgetCategory *category);
const char *budget_draft_get_category_name (BudgetDraft *self);
BudgetUser *budget_draft_get_user (BudgetDraft *self);
BudgetAccount *budget_draft_get_account (BudgetDraft *self);
const char *budget_draft_get_account_name (BudgetDraft *self);
BudgetDraftState budget_draft_get_state (BudgetDraft *self);
const char *budget_draft_get_reason (BudgetDraft *self);
guint budget_draft_get_file (BudgetDraft *self);
guint budget_draft_get_line (BudgetDraft *self);
gboolean budget_draft_get_include (BudgetDraft *self);
void budget_draft_set_include (BudgetDraft *self, gboolean include);

G_END_DECLS
