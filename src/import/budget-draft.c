/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-private.h"

/**
 * BudgetDraft:
 *
 * An expense that an importer would make of a bank's booking, before anything
 * is in the book.
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
  g_clear_object (&self->everyday);
  g_clear_object (&self->transfer_category);
  g_clear_object (&self->category);
  g_clear_object (&self->user);
  g_clear_object (&self->account);
  g_free (self->reason);
  g_free (self->import_key);

  G_OBJECT_CLASS (budget_draft_parent_class)->finalize (object);
}

/* What is thought of it. Returns: whether it is a property of that kind */
static gboolean
get_judgement (BudgetDraft *self, guint prop_id, GValue *value)
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

  if (get_judgement (self, prop_id, value))
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
 * What it is: the booking, as it will be.
 */
static void
describe_booking (GParamFlags readable, GParamFlags writable)
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
   * Its category, %NULL if that will be made.
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
 * What is thought of it.
 */
static void
describe_judgement (GParamFlags readable, GParamFlags writable)
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
   * Whether it is taken for an expense that was entered by hand.
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

  describe_booking (readable, writable);
  describe_judgement (readable, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_draft_init (BudgetDraft *self)
{
  g_date_clear (&self->date, 1);
  self->include = TRUE;
}
