/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft.h"

G_BEGIN_DECLS

/* The longest description of an expense, in characters. */
#define BUDGET_DRAFT_MAX_DESCRIPTION 200

/*
 * Names without an entity are of what will be added to the book. They belong to
 * the importer, because many drafts share them.
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

  /* The expense that it is, or may be. */
  gint64 known_id;        /* an expense of the book, or 0 */
  const char *known_key;  /* import key of that expense; belongs to the known rows */
  gboolean has_known_key; /* an expense has its own key already */

  /* The other half of a transfer: a draft, or an expense of the book. */
  BudgetDraft *partner;
  gint64 partner_id;
  gboolean is_transfer;
  BudgetCategory *transfer_category; /* the category of transfers */
  const char *transfer_name;
  BudgetCategory *category_before_transfer; /* its category if it is no transfer */
  const char *name_before_transfer;
  BudgetDraftSource source_before_transfer;
  gboolean needs_amount; /* the amount in the file cannot be used */
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
