/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-private.h"
#include "budget-money.h"

/*
 * What an importer makes of a draft, and what its user does.
 */

static void
notify (BudgetDraft *self, const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

/*
 * Whether to take it all the same is for the user to say.
 */
void
_budget_draft_set_state (BudgetDraft *self, BudgetDraftState state)
{
  gboolean was_matched = self->state == BUDGET_DRAFT_MATCHED;

  self->state = state;
  notify (self, "state");
  if (was_matched != (state == BUDGET_DRAFT_MATCHED))
    notify (self, "matched");
  budget_draft_set_include (self, state == BUDGET_DRAFT_NEW || state == BUDGET_DRAFT_MATCHED);
}

void
_budget_draft_take_reason (BudgetDraft *self, char *reason)
{
  g_free (self->reason);
  self->reason = reason;
  notify (self, "reason");
}

void
_budget_draft_take_rejection (BudgetDraft *self, char *reason)
{
  _budget_draft_take_reason (self, reason);
  _budget_draft_set_state (self, BUDGET_DRAFT_REJECTED);
}

void
_budget_draft_choose (BudgetDraft *self,
                      BudgetCategory *category,
                      const char *category_name,
                      BudgetDraftSource source,
                      double confidence)
{
  g_set_object (&self->category, category);
  self->category_name = category == NULL ? category_name : NULL;
  self->source = source;
  self->confidence = confidence;
  notify (self, "category");
  notify (self, "category-name");
  notify (self, "source");
}

static void
become_transfer (BudgetDraft *self)
{
  if (self->is_transfer)
    return;

  self->is_transfer = TRUE;
  g_set_object (&self->everyday, self->category);
  self->everyday_name = self->category_name;
  self->everyday_source = self->source;
  _budget_draft_choose (self, self->transfer_category, self->transfer_name,
                        BUDGET_DRAFT_SOURCE_TRANSFER, 1);
  notify (self, "transfer");
}

static void
cease_transfer (BudgetDraft *self)
{
  if (!self->is_transfer)
    return;

  self->is_transfer = FALSE;
  if (self->source == BUDGET_DRAFT_SOURCE_TRANSFER)
    _budget_draft_choose (self, self->everyday, self->everyday_name, self->everyday_source,
                          self->confidence);
  notify (self, "transfer");
}

/*
 * Makes it one half of a transfer; the other is a draft, an expense of the
 * book, or not known yet. A draft that is @partner is told too.
 */
void
_budget_draft_pair (BudgetDraft *self, BudgetDraft *partner, gint64 partner_id)
{
  g_set_weak_pointer (&self->partner, partner);
  self->partner_id = partner_id;
  become_transfer (self);

  if (partner == NULL)
    return;

  g_set_weak_pointer (&partner->partner, self);
  become_transfer (partner);
}

/**
 * budget_draft_set_transfer:
 * @self: a draft that may be one half of a transfer
 * @transfer: whether it is; the other half, if it is a draft, follows
 */
void
budget_draft_set_transfer (BudgetDraft *self, gboolean transfer)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (!transfer || budget_draft_can_transfer (self));

  if (self->is_transfer == transfer)
    return;

  (transfer ? become_transfer : cease_transfer) (self);
  if (self->partner != NULL)
    (transfer ? become_transfer : cease_transfer) (self->partner);
}

/**
 * budget_draft_set_matched:
 * @self: a draft that may be an expense entered by hand
 * @matched: whether it is that; else it is a payment of its own
 */
void
budget_draft_set_matched (BudgetDraft *self, gboolean matched)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));

  if (budget_draft_get_matched (self) == matched)
    return;

  g_return_if_fail (budget_draft_can_match (self));

  _budget_draft_set_state (self, matched ? BUDGET_DRAFT_MATCHED : BUDGET_DRAFT_NEW);
}

/*
 * What could not be used can be, once somebody has said what it should be.
 */
static void
judge_again (BudgetDraft *self)
{
  if (self->state != BUDGET_DRAFT_REJECTED || self->needs_amount || self->amount == 0 ||
      !g_date_valid (&self->date) || !budget_money_check (self->amount, NULL))
    return;

  _budget_draft_take_reason (self, NULL);
  _budget_draft_set_state (self, BUDGET_DRAFT_NEW);
}

/**
 * budget_draft_set_date:
 * @self: a draft
 * @date: the day, not after the year 9999
 */
void
budget_draft_set_date (BudgetDraft *self, const GDate *date)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (date != NULL && g_date_valid (date));

  if (g_date_valid (&self->date) && g_date_compare (&self->date, date) == 0)
    return;

  self->date = *date;
  notify (self, "date");
  judge_again (self);
}

/**
 * budget_draft_set_description:
 * @self: a draft
 * @description: what it was for, at most 200 characters; a text of blanks is
 *   not taken
 */
void
budget_draft_set_description (BudgetDraft *self, const char *description)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (description != NULL && g_utf8_validate (description, -1, NULL));

  stripped = g_strstrip (g_strdup (description));
  if (*stripped == '\0' || g_utf8_strlen (stripped, -1) > BUDGET_DRAFT_LONGEST_DESCRIPTION ||
      g_str_equal (stripped, self->description))
    return;

  /* The key is of what the bank wrote. */
  if (self->original == NULL)
    self->original = g_steal_pointer (&self->description);
  g_free (self->description);
  self->description = g_steal_pointer (&stripped);
  notify (self, "description");
}

/**
 * budget_draft_set_amount:
 * @self: a draft
 * @amount: minor units of the book's currency, not 0; positive is money that left
 */
void
budget_draft_set_amount (BudgetDraft *self, gint64 amount)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (amount != 0 && budget_money_check (amount, NULL));

  self->needs_amount = FALSE;
  if (self->amount != amount)
    {
      self->amount = amount;
      notify (self, "amount");
    }
  judge_again (self);
}

/**
 * budget_draft_set_note:
 * @self: a draft
 * @note: (nullable): what else there is to say
 */
void
budget_draft_set_note (BudgetDraft *self, const char *note)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));

  if (note != NULL && *note == '\0')
    note = NULL;
  if (g_strcmp0 (note, self->note) == 0)
    return;

  g_free (self->note);
  self->note = g_strdup (note);
  notify (self, "note");
}

/**
 * budget_draft_set_category:
 * @self: a draft
 * @category: a category of the book. A transfer is filed under a category of
 *   its kind; with another it is none.
 */
void
budget_draft_set_category (BudgetDraft *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (BUDGET_IS_CATEGORY (category));

  if (self->category == category)
    return;

  _budget_draft_choose (self, category, NULL, BUDGET_DRAFT_SOURCE_USER, 1);
  if (budget_category_get_kind (category) != BUDGET_CATEGORY_TRANSFER)
    budget_draft_set_transfer (self, FALSE);
}

/**
 * budget_draft_set_user:
 * @self: a draft
 * @user: who spent it
 */
void
budget_draft_set_user (BudgetDraft *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));
  g_return_if_fail (BUDGET_IS_USER (user));

  self->user_email = NULL;
  if (g_set_object (&self->user, user))
    notify (self, "user");
}

/**
 * budget_draft_set_include:
 * @self: a draft
 * @include: whether it will be in the book; what was rejected never is
 */
void
budget_draft_set_include (BudgetDraft *self, gboolean include)
{
  g_return_if_fail (BUDGET_IS_DRAFT (self));

  include = include && self->state != BUDGET_DRAFT_REJECTED;
  if (self->include == include)
    return;

  self->include = include;
  notify (self, "include");
}
