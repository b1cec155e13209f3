/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft.h"

G_BEGIN_DECLS

/* What a book's description may have. */
#define BUDGET_DRAFT_MAX_DESCRIPTION 200

/*
 * The names are of what is not in the book and will be made; texts that many
 * drafts share are kept once, by the importer.
 */
struct _BudgetDraft
{
  GObject parent_instance;

  GDate date;
  char *description;
  char *original; /* as the bank wrote it, or NULL if that is the description */
  gint64 amount;
  char *note;
  char **tags;
  char *bank_id;
  char *counterpart; /* the other account's number, or NULL */
  BudgetCategory *category;
  const char *category_name;
  BudgetDraftSource source;
  double confidence;
  BudgetUser *user;
  const char *user_email;
  BudgetAccount *account;
  const char *account_name;
  BudgetDraftState state;
  char *reason;
  guint file;
  guint line;
  char *import_key;
  gboolean include;

  /* What it is the same as, or may be. */
  gint64 known_id;        /* an expense of the book, or 0 */
  const char *known_key;  /* of that expense; the known rows' */
  gboolean has_known_key; /* its own key is taken */

  /* The other half of a transfer: a draft, or an expense of the book. */
  BudgetDraft *partner;
  gint64 partner_id;
  gboolean is_transfer;
  BudgetCategory *transfer_category; /* what transfers are filed under */
  const char *transfer_name;
  BudgetCategory *category_before_transfer; /* what it is filed under if it is none */
  const char *name_before_transfer;
  BudgetDraftSource source_before_transfer;
  gboolean needs_amount; /* what the file says cannot be used */
};

void _budget_draft_set_state (BudgetDraft *self, BudgetDraftState state);
void _budget_draft_take_reason (BudgetDraft *self, char *reason);
void _budget_draft_take_rejection (BudgetDraft *self, char *reason);
void _budget_draft_choose (BudgetDraft *self,
                           BudgetCategory *category,
                           const char *category_name,
                           BudgetDraftSource source,
                           double confidence);
void _budget_draft_pair (BudgetDraft *self, BudgetDraft *partner, gint64 partner_id);
gboolean _budget_draft_is_added (BudgetDraft *self);
const char *_budget_draft_get_text (BudgetDraft *self);

G_END_DECLS
