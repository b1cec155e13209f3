/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-private.h"

/*
 * What a draft says of itself.
 */

/**
 * budget_draft_get_date:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the day, %NULL if it could not be read
 */
const GDate *
budget_draft_get_date (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return g_date_valid (&self->date) ? &self->date : NULL;
}

/**
 * budget_draft_get_description:
 * @self: a draft
 *
 * Returns: what it was for
 */
const char *
budget_draft_get_description (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->description;
}

/**
 * budget_draft_get_amount:
 * @self: a draft
 *
 * Returns: minor units of the book's currency; positive is money that left
 */
gint64
budget_draft_get_amount (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->amount;
}

/**
 * budget_draft_get_note:
 * @self: a draft
 *
 * Returns: (nullable): what else there is to say
 */
const char *
budget_draft_get_note (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->note;
}

/**
 * budget_draft_get_category:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): its category, %NULL if that will be made
 */
BudgetCategory *
budget_draft_get_category (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->category;
}

/**
 * budget_draft_get_category_name:
 * @self: a draft
 *
 * Returns: (nullable): what its category is called, or will be
 */
const char *
budget_draft_get_category_name (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->category != NULL ? budget_category_get_name (self->category) : self->category_name;
}

/**
 * budget_draft_get_user:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): who spent it, %NULL if that is somebody
 *   new
 */
BudgetUser *
budget_draft_get_user (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->user;
}

/**
 * budget_draft_get_account:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the account it left, if that is known
 */
BudgetAccount *
budget_draft_get_account (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->account;
}

/**
 * budget_draft_get_account_name:
 * @self: a draft
 *
 * Returns: (nullable): what its account is called, or will be
 */
const char *
budget_draft_get_account_name (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->account != NULL ? budget_account_get_name (self->account) : self->account_name;
}

/**
 * budget_draft_get_state:
 * @self: a draft
 *
 * Returns: what the importer thinks of it
 */
BudgetDraftState
budget_draft_get_state (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), BUDGET_DRAFT_REJECTED);

  return self->state;
}

/**
 * budget_draft_get_reason:
 * @self: a draft
 *
 * Returns: (nullable): why it cannot be used, worded for the user
 */
const char *
budget_draft_get_reason (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->reason;
}

/**
 * budget_draft_get_file:
 * @self: a draft
 *
 * Returns: which of the importer's files it is from, from 0
 */
guint
budget_draft_get_file (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->file;
}

/**
 * budget_draft_get_line:
 * @self: a draft
 *
 * Returns: the line of the file it begins on, from 1, or 0
 */
guint
budget_draft_get_line (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->line;
}

/**
 * budget_draft_get_include:
 * @self: a draft
 *
 * Returns: whether it will be in the book
 */
gboolean
budget_draft_get_include (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), FALSE);

  return self->include;
}

/**
 * budget_draft_get_original:
 * @self: a draft
 *
 * Returns: (nullable): the description as the bank wrote it, %NULL if that is
 *   #BudgetDraft:description
 */
const char *
budget_draft_get_original (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->original;
}

/* Whether it becomes an expense of its own. */
gboolean
_budget_draft_is_added (BudgetDraft *self)
{
  return self->include && self->state != BUDGET_DRAFT_MATCHED &&
         self->state != BUDGET_DRAFT_DIFFERENT;
}

/* The text that tells it apart. */
const char *
_budget_draft_get_text (BudgetDraft *self)
{
  return self->original != NULL ? self->original : self->description;
}

/**
 * budget_draft_get_source:
 * @self: a draft
 *
 * Returns: why it has its category
 */
BudgetDraftSource
budget_draft_get_source (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), BUDGET_DRAFT_SOURCE_NONE);

  return self->source;
}

/**
 * budget_draft_get_confidence:
 * @self: a draft
 *
 * Returns: how likely the category is, 0 to 1; 1 unless it was guessed
 */
double
budget_draft_get_confidence (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->source == BUDGET_DRAFT_SOURCE_GUESS ? self->confidence : 1;
}

/**
 * budget_draft_get_matched:
 * @self: a draft
 *
 * Returns: whether it is taken for an expense that was entered by hand
 */
gboolean
budget_draft_get_matched (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), FALSE);

  return self->state == BUDGET_DRAFT_MATCHED;
}

/**
 * budget_draft_can_match:
 * @self: a draft
 *
 * Returns: whether there is an expense entered by hand that it may be
 */
gboolean
budget_draft_can_match (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), FALSE);

  return self->known_id != 0 &&
         (self->state == BUDGET_DRAFT_MATCHED || self->state == BUDGET_DRAFT_NEW);
}

/**
 * budget_draft_get_known_id:
 * @self: a draft
 *
 * Returns: the expense of the book that it is, or may be; 0 if there is none
 */
gint64
budget_draft_get_known_id (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->known_id;
}

/**
 * budget_draft_get_partner_id:
 * @self: a draft
 *
 * Returns: the expense that is the other half of the transfer, if that is in
 *   the book already; else 0
 */
gint64
budget_draft_get_partner_id (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), 0);

  return self->partner_id;
}

/**
 * budget_draft_get_partner:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the other half of the transfer, if that
 *   is in the same import
 */
BudgetDraft *
budget_draft_get_partner (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), NULL);

  return self->partner;
}

/**
 * budget_draft_get_transfer:
 * @self: a draft
 *
 * Returns: whether it is one half of a transfer between own accounts
 */
gboolean
budget_draft_get_transfer (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), FALSE);

  return self->is_transfer;
}

/**
 * budget_draft_can_transfer:
 * @self: a draft
 *
 * Returns: whether it may be one half of a transfer
 */
gboolean
budget_draft_can_transfer (BudgetDraft *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (self), FALSE);

  return self->transfer_category != NULL || self->transfer_name != NULL;
}
