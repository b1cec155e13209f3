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
 * @BUDGET_DRAFT_MATCHED: was entered by hand; the two become one expense
 * @BUDGET_DRAFT_DIFFERENT: in the book already, but with another amount or date
 * @BUDGET_DRAFT_LEFT_OUT: was in an earlier file, and not wanted
 *
 * The verdict of an importer on a transaction.
 */
typedef enum
{
  BUDGET_DRAFT_NEW,
  BUDGET_DRAFT_DUPLICATE,
  BUDGET_DRAFT_REJECTED,
  BUDGET_DRAFT_MATCHED,
  BUDGET_DRAFT_DIFFERENT,
  BUDGET_DRAFT_LEFT_OUT
} BudgetDraftState;

#define BUDGET_TYPE_DRAFT_STATE (budget_draft_state_get_type ())

GType budget_draft_state_get_type (void) G_GNUC_CONST;

/**
 * BudgetDraftSource:
 * @BUDGET_DRAFT_SOURCE_NONE: the fallback
 * @BUDGET_DRAFT_SOURCE_FILE: it is in the file
 * @BUDGET_DRAFT_SOURCE_GIVEN: it was given for the whole import
 * @BUDGET_DRAFT_SOURCE_RULE: a rule of the book
 * @BUDGET_DRAFT_SOURCE_HISTORY: the latest expense with the same description
 *   has it
 * @BUDGET_DRAFT_SOURCE_GUESS: what is most likely, see budget_draft_get_confidence()
 * @BUDGET_DRAFT_SOURCE_TRANSFER: it is a transfer between own accounts
 * @BUDGET_DRAFT_SOURCE_USER: chosen by hand
 *
 * Where the category of a draft is from.
 */
typedef enum
{
  BUDGET_DRAFT_SOURCE_NONE,
  BUDGET_DRAFT_SOURCE_FILE,
  BUDGET_DRAFT_SOURCE_GIVEN,
  BUDGET_DRAFT_SOURCE_RULE,
  BUDGET_DRAFT_SOURCE_HISTORY,
  BUDGET_DRAFT_SOURCE_GUESS,
  BUDGET_DRAFT_SOURCE_TRANSFER,
  BUDGET_DRAFT_SOURCE_USER
} BudgetDraftSource;

#define BUDGET_TYPE_DRAFT_SOURCE (budget_draft_source_get_type ())

GType budget_draft_source_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_DRAFT (budget_draft_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDraft, budget_draft, BUDGET, DRAFT, GObject)

const GDate *budget_draft_get_date (BudgetDraft *self);
void budget_draft_set_date (BudgetDraft *self, const GDate *date);
const char *budget_draft_get_description (BudgetDraft *self);
void budget_draft_set_description (BudgetDraft *self, const char *description);
const char *budget_draft_get_original (BudgetDraft *self);
gint64 budget_draft_get_amount (BudgetDraft *self);
void budget_draft_set_amount (BudgetDraft *self, gint64 amount);
const char *budget_draft_get_note (BudgetDraft *self);
void budget_draft_set_note (BudgetDraft *self, const char *note);
BudgetCategory *budget_draft_get_category (BudgetDraft *self);
void budget_draft_set_category (BudgetDraft *self, BudgetCategory *category);
const char *budget_draft_get_category_name (BudgetDraft *self);
BudgetDraftSource budget_draft_get_source (BudgetDraft *self);
double budget_draft_get_confidence (BudgetDraft *self);
BudgetUser *budget_draft_get_user (BudgetDraft *self);
void budget_draft_set_user (BudgetDraft *self, BudgetUser *user);
BudgetAccount *budget_draft_get_account (BudgetDraft *self);
const char *budget_draft_get_account_name (BudgetDraft *self);
BudgetDraftState budget_draft_get_state (BudgetDraft *self);
const char *budget_draft_get_reason (BudgetDraft *self);
gboolean budget_draft_get_matched (BudgetDraft *self);
void budget_draft_set_matched (BudgetDraft *self, gboolean matched);
gboolean budget_draft_can_match (BudgetDraft *self);
gint64 budget_draft_get_known_id (BudgetDraft *self);
BudgetDraft *budget_draft_get_partner (BudgetDraft *self);
gint64 budget_draft_get_partner_id (BudgetDraft *self);
gboolean budget_draft_get_transfer (BudgetDraft *self);
void budget_draft_set_transfer (BudgetDraft *self, gboolean transfer);
gboolean budget_draft_can_transfer (BudgetDraft *self);
guint budget_draft_get_file (BudgetDraft *self);
guint budget_draft_get_line (BudgetDraft *self);
gboolean budget_draft_get_include (BudgetDraft *self);
void budget_draft_set_include (BudgetDraft *self, gboolean include);

G_END_DECLS
