/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-importer.h"

G_BEGIN_DECLS

/**
 * BudgetDraftView:
 * @BUDGET_DRAFT_VIEW_ALL: every draft
 * @BUDGET_DRAFT_VIEW_NEW: what is not in the book yet
 * @BUDGET_DRAFT_VIEW_CHECK: what somebody should look at
 * @BUDGET_DRAFT_VIEW_TRANSFERS: halves of transfers
 * @BUDGET_DRAFT_VIEW_KNOWN: what is in the book already
 * @BUDGET_DRAFT_VIEW_LEFT_OUT: what will not be in the book
 * @BUDGET_DRAFT_VIEW_REJECTED: what cannot be used
 *
 * Which drafts are shown.
 */
typedef enum
{
  BUDGET_DRAFT_VIEW_ALL,
  BUDGET_DRAFT_VIEW_NEW,
  BUDGET_DRAFT_VIEW_CHECK,
  BUDGET_DRAFT_VIEW_TRANSFERS,
  BUDGET_DRAFT_VIEW_KNOWN,
  BUDGET_DRAFT_VIEW_LEFT_OUT,
  BUDGET_DRAFT_VIEW_REJECTED
} BudgetDraftView;

#define BUDGET_N_DRAFT_VIEWS (BUDGET_DRAFT_VIEW_REJECTED + 1)

const char *budget_draft_view_get_name (BudgetDraftView view);
gboolean budget_draft_view_has (BudgetDraftView view, BudgetDraft *draft);

const char *budget_draft_get_icon_name (BudgetDraft *draft);
char *budget_draft_describe_state (BudgetDraft *draft, BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
char *budget_draft_describe_source (BudgetDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
char *budget_draft_dup_match (BudgetDraft *draft, BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_draft_has_text (BudgetDraft *draft, const char *search);

char *budget_importer_describe_counts (BudgetImporter *importer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
