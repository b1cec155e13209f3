/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-private.h"
#include "budget-money.h"

/**
 * BudgetDraft:
 *
 * An expense that an importer would add for a transaction of a bank's file.
 */

G_DEFINE_FINAL_TYPE (BudgetDraft, budget_draft, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BudgetDraftState,
                    budget_draft_state,
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_DUPLICATE, "duplicate"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_REJECTED, "rejected"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_MATCHED, "matched"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_DIFFERENT, "different"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_LEFT_OUT, "left-out"))

G_DEFINE_ENUM_TYPE (BudgetDraftSource,
                    budget_draft_source,
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_GIVEN, "given"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_RULE, "rule"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_HISTORY, "history"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_GUESS, "guess"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_TRANSFER, "transfer"),
                    G_DEFINE_ENUM_VALUE (BUDGET_DRAFT_SOURCE_USER, "user"))

enum
{
  PROP_0,
  PROP_DATE,
  PROP_DESCRIPTION,
  PROP_AMOUNT,
  PROP_NOTE,
  PROP_CATEGORY,
  PROP_CATEGORY_NAME,
  PROP_SOURCE,
  PROP_CONFIDENCE,
  PROP_TRANSFER,
  PROP_MATCHED,
  PROP_USER,
  PROP_ACCOUNT,
  PROP_ACCOUNT_NAME,
  PROP_STATE,
  PROP_REASON,
  PROP_FILE,
  PROP_LINE,
  PROP_INCLUDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
budget_draft_finalize (GObject *object)
{
  BudgetDraft *self = BUDGET_DRAFT (object);

  g_free (self->description);
  g_free (self->original);
  g_free (self->note);
  g_strfreev (self->tags);
  g_free (self->bank_id);
  g_free (self->counterpart);
  g_clear_weak_pointer (&self->partner);
  g_clear_object (&self->category_before_transfer);
  g_clear_object (&self->transfer_category);
  g_clear_object (&self->category);
  g_clear_object (&self->user);
  g_clear_object (&self->account);
  g_free (self->reason);
  g_free (self->import_key);

  G_OBJECT_CLASS (budget_draft_parent_class)->finalize (object);
}

/*
 * The properties that the importer sets.
 *
 * Returns: %FALSE if it is another property
 */
static gboolean
get_verdict (BudgetDraft *self, guint prop_id, GValue *value)
{
  switch (prop_id)
    {
    case PROP_SOURCE:
      g_value_set_enum (value, (gint) budget_draft_get_source (self));
      break;
    case PROP_CONFIDENCE:
      g_value_set_double (value, budget_draft_get_confidence (self));
      break;
    case PROP_TRANSFER:
      g_value_set_boolean (value, budget_draft_get_transfer (self));
      break;
    case PROP_MATCHED:
      g_value_set_boolean (value, budget_draft_get_matched (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, (gint) budget_draft_get_state (self));
      break;
    case PROP_REASON:
      g_value_set_string (value, budget_draft_get_reason (self));
      break;
    case PROP_INCLUDE:
      g_value_set_boolean (value, budget_draft_get_include (self));
      break;
    default:
      return FALSE;
    }

  return TRUE;
}

static void
budget_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetDraft *self = BUDGET_DRAFT (object);

  if (get_verdict (self, prop_id, value))
    return;

  switch (prop_id)
    {
    case PROP_DATE:
      g_value_set_boxed (value, budget_draft_get_date (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, budget_draft_get_description (self));
      break;
    case PROP_AMOUNT:
      g_value_set_int64 (value, budget_draft_get_amount (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, budget_draft_get_note (self));
      break;
    case PROP_CATEGORY:
      g_value_set_object (value, budget_draft_get_category (self));
      break;
    case PROP_CATEGORY_NAME:
      g_value_set_string (value, budget_draft_get_category_name (self));
      break;
    case PROP_USER:
      g_value_set_object (value, budget_draft_get_user (self));
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, budget_draft_get_account (self));
      break;
    case PROP_ACCOUNT_NAME:
      g_value_set_string (value, budget_draft_get_account_name (self));
      break;
    case PROP_FILE:
      g_value_set_uint (value, budget_draft_get_file (self));
      break;
    case PROP_LINE:
      g_value_set_uint (value, budget_draft_get_line (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BudgetDraft *self = BUDGET_DRAFT (object);

  switch (prop_id)
    {
    case PROP_DATE:
      budget_draft_set_date (self, g_value_get_boxed (value));
      break;
    case PROP_DESCRIPTION:
      budget_draft_set_description (self, g_value_get_string (value));
      break;
    case PROP_AMOUNT:
      budget_draft_set_amount (self, g_value_get_int64 (value));
      break;
    case PROP_NOTE:
      budget_draft_set_note (self, g_value_get_string (value));
      break;
    case PROP_CATEGORY:
      budget_draft_set_category (self, g_value_get_object (value));
      break;
    case PROP_TRANSFER:
      budget_draft_set_transfer (self, g_value_get_boolean (value));
      break;
    case PROP_MATCHED:
      budget_draft_set_matched (self, g_value_get_boolean (value));
      break;
    case PROP_USER:
      budget_draft_set_user (self, g_value_get_object (value));
      break;
    case PROP_INCLUDE:
      budget_draft_set_include (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/*
 * The expense, as it will be.
 */
static void
install_values (GParamFlags readable, GParamFlags writable)
{
  properties[PROP_DATE] = g_param_spec_boxed ("date", NULL, NULL, G_TYPE_DATE, writable);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, writable);

  /**
   * BudgetDraft:amount:
   *
   * Minor units of the book's currency; positive is money that left.
   */
  properties[PROP_AMOUNT] =
    g_param_spec_int64 ("amount", NULL, NULL, G_MININT64, G_MAXINT64, 0, writable);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, writable);

  /**
   * BudgetDraft:category:
   *
   * Its category, %NULL if that will be added.
   */
  properties[PROP_CATEGORY] =
    g_param_spec_object ("category", NULL, NULL, BUDGET_TYPE_CATEGORY, writable);
  properties[PROP_CATEGORY_NAME] =
    g_param_spec_string ("category-name", NULL, NULL, NULL, readable);
  properties[PROP_USER] = g_param_spec_object ("user", NULL, NULL, BUDGET_TYPE_USER, writable);
  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, BUDGET_TYPE_ACCOUNT, readable);
  properties[PROP_ACCOUNT_NAME] = g_param_spec_string ("account-name", NULL, NULL, NULL, readable);
  properties[PROP_FILE] = g_param_spec_uint ("file", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, 0, G_MAXUINT, 0, readable);
}

/*
 * The properties that the importer sets.
 */
static void
install_verdict (GParamFlags readable, GParamFlags writable)
{
  properties[PROP_SOURCE] = g_param_spec_enum ("source", NULL, NULL, BUDGET_TYPE_DRAFT_SOURCE,
                                               BUDGET_DRAFT_SOURCE_NONE, readable);
  properties[PROP_CONFIDENCE] = g_param_spec_double ("confidence", NULL, NULL, 0, 1, 0, readable);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, BUDGET_TYPE_DRAFT_STATE, BUDGET_DRAFT_NEW, readable);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, readable);

  /**
   * BudgetDraft:transfer:
   *
   * Whether it is one half of a transfer between own accounts.
   */
  properties[PROP_TRANSFER] = g_param_spec_boolean ("transfer", NULL, NULL, FALSE, writable);

  /**
   * BudgetDraft:matched:
   *
   * Whether it is matched with an expense that was entered by hand.
   */
  properties[PROP_MATCHED] = g_param_spec_boolean ("matched", NULL, NULL, FALSE, writable);

  /**
   * BudgetDraft:include:
   *
   * Whether it will be in the book.
   */
  properties[PROP_INCLUDE] = g_param_spec_boolean ("include", NULL, NULL, TRUE, writable);
}

static void
budget_draft_class_init (BudgetDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = readable | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = budget_draft_finalize;
  object_class->get_property = budget_draft_get_property;
  object_class->set_property = budget_draft_set_property;

  install_values (readable, writable);
  install_verdict (readable, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_draft_init (BudgetDraft *self)
{
  g_date_clear (&self->date, 1);
  self->include = TRUE;
}

static void
notify (BudgetDraft *self, const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

/*
 * By default only new and matched drafts are included; the user may change that.
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
  g_set_object (&self->category_before_transfer, self->category);
  self->name_before_transfer = self->category_name;
  self->source_before_transfer = self->source;
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
    _budget_draft_choose (self, self->category_before_transfer, self->name_before_transfer,
                          self->source_before_transfer, self->confidence);
  notify (self, "transfer");
}

/*
 * Makes the draft one half of a transfer. The other half is a draft, which
 * becomes one too, an expense of the book, or unknown.
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
 * A rejected draft becomes new once the user has entered what was missing.
 */
static void
update_rejection (BudgetDraft *self)
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
  update_rejection (self);
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
  if (*stripped == '\0' || g_utf8_strlen (stripped, -1) > BUDGET_DRAFT_MAX_DESCRIPTION ||
      g_str_equal (stripped, self->description))
    return;

  /* The import key is made of the bank's text, so that stays. */
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
  update_rejection (self);
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
 * @category: a category of the book; a draft with a category that is not for
 *   transfers is none
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

/* Whether the draft becomes an expense of its own. */
gboolean
_budget_draft_is_added (BudgetDraft *self)
{
  return self->include && self->state != BUDGET_DRAFT_MATCHED &&
         self->state != BUDGET_DRAFT_DIFFERENT;
}

/* The text to recognize it by: the bank's, if it was changed. */
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
 * Returns: whether it is matched with an expense that was entered by hand
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
