/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-change.h"
#include "budget-rule-set.h"
#include "budget-steps.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/**
 * BudgetRuleChange:
 *
 * What a rule would change in an expense that is in the book already.
 */

/* How many expenses are checked in one step. */
#define ROWS_A_STEP 500

/* A search for changes, in steps. */
typedef struct
{
  GListModel *expenses;
  BudgetRuleSet *rules;
  GPtrArray *found;
  guint position;
} Preview;

struct _BudgetRuleChange
{
  GObject parent_instance;

  BudgetExpense *expense;
  BudgetCategory *category;
  BudgetUser *user;
  gboolean include;
};

G_DEFINE_FINAL_TYPE (BudgetRuleChange, budget_rule_change, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_INCLUDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
budget_rule_change_finalize (GObject *object)
{
  BudgetRuleChange *self = BUDGET_RULE_CHANGE (object);

  g_clear_object (&self->expense);
  g_clear_object (&self->category);
  g_clear_object (&self->user);

  G_OBJECT_CLASS (budget_rule_change_parent_class)->finalize (object);
}

static void
budget_rule_change_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetRuleChange *self = BUDGET_RULE_CHANGE (object);

  switch (id)
    {
    case PROP_INCLUDE:
      g_value_set_boolean (value, budget_rule_change_get_include (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_rule_change_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetRuleChange *self = BUDGET_RULE_CHANGE (object);

  switch (id)
    {
    case PROP_INCLUDE:
      budget_rule_change_set_include (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_rule_change_class_init (BudgetRuleChangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = budget_rule_change_finalize;
  object_class->get_property = budget_rule_change_get_property;
  object_class->set_property = budget_rule_change_set_property;

  /**
   * BudgetRuleChange:include:
   *
   * Whether budget_rules_apply() makes this change.
   */
  properties[PROP_INCLUDE] =
    g_param_spec_boolean ("include", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_rule_change_init (BudgetRuleChange *self)
{
  self->include = TRUE;
}

/**
 * budget_rule_change_get_expense:
 * @self: a change
 *
 * Returns: (transfer none): the expense as it is
 */
BudgetExpense *
budget_rule_change_get_expense (BudgetRuleChange *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE_CHANGE (self), NULL);

  return self->expense;
}

/**
 * budget_rule_change_get_category:
 * @self: a change
 *
 * Returns: (transfer none) (nullable): the new category of the expense, %NULL if
 *   it stays
 */
BudgetCategory *
budget_rule_change_get_category (BudgetRuleChange *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE_CHANGE (self), NULL);

  return self->category;
}

/**
 * budget_rule_change_get_user:
 * @self: a change
 *
 * Returns: (transfer none) (nullable): the new person of the expense, %NULL if it
 *   stays
 */
BudgetUser *
budget_rule_change_get_user (BudgetRuleChange *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE_CHANGE (self), NULL);

  return self->user;
}

/**
 * budget_rule_change_get_include:
 * @self: a change
 *
 * Returns: whether budget_rules_apply() makes it
 */
gboolean
budget_rule_change_get_include (BudgetRuleChange *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE_CHANGE (self), FALSE);

  return self->include;
}

/**
 * budget_rule_change_set_include:
 * @self: a change
 * @include: whether budget_rules_apply() makes it
 */
void
budget_rule_change_set_include (BudgetRuleChange *self, gboolean include)
{
  g_return_if_fail (BUDGET_IS_RULE_CHANGE (self));

  if (self->include == include)
    return;

  self->include = include;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCLUDE]);
}

/* Rules do not apply to transfers between own accounts. */
static gboolean
is_transfer (BudgetExpense *expense)
{
  BudgetCategory *category = budget_expense_get_category (expense);

  return orm_entity_has_reference (ORM_ENTITY (expense), "counterpart") ||
         (category != NULL && budget_category_get_kind (category) == BUDGET_CATEGORY_TRANSFER);
}

/*
 * Returns: (transfer full) (nullable): what would change, %NULL if nothing
 */
static BudgetRuleChange *
find_change (BudgetRuleSet *rules, BudgetExpense *expense)
{
  BudgetRule *rule;
  BudgetRuleChange *self;
  BudgetCategory *category;
  BudgetUser *user;

  if (is_transfer (expense))
    return NULL;

  rule = budget_rule_set_find_for_either (rules, budget_expense_get_description (expense),
                                          budget_expense_get_original (expense));
  if (rule == NULL)
    return NULL;

  category = budget_rule_get_category (rule);
  user = budget_rule_get_user (rule);
  if (category == budget_expense_get_category (expense))
    category = NULL;
  if (user == budget_expense_get_user (expense))
    user = NULL;
  if (category == NULL && user == NULL)
    return NULL;

  self = g_object_new (BUDGET_TYPE_RULE_CHANGE, NULL);
  self->expense = g_object_ref (expense);
  g_set_object (&self->category, category);
  g_set_object (&self->user, user);
  return self;
}

static void
preview_free (Preview *self)
{
  g_clear_object (&self->expenses);
  g_clear_pointer (&self->rules, budget_rule_set_free);
  g_ptr_array_unref (self->found);
  g_free (self);
}

static Preview *
preview_new (BudgetBook *book, BudgetFilter *filter, GError **error)
{
  g_autoptr (BudgetFilter) everything = budget_filter_new ();
  g_autoptr (OrmQuery) query =
    budget_filter_build_query (filter != NULL ? filter : everything, BUDGET_FILTER_LIST);
  GListModel *expenses = orm_session_find (budget_book_get_session (book), query, error);
  Preview *self;

  if (expenses == NULL)
    return NULL;

  self = g_new0 (Preview, 1);
  self->expenses = expenses;
  self->rules = budget_rule_set_new (budget_book_get_rules (book));
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static gboolean
preview_step (gpointer job, gboolean *is_done, GError **error)
{
  Preview *self = job;
  guint end = MIN (self->position + ROWS_A_STEP, g_list_model_get_n_items (self->expenses));

  for (; self->position < end; self->position++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (self->expenses, self->position);
      BudgetRuleChange *change = expense != NULL ? find_change (self->rules, expense) : NULL;

      if (change != NULL)
        g_ptr_array_add (self->found, change);
    }

  *is_done = self->position >= g_list_model_get_n_items (self->expenses);
  return TRUE;
}

static gpointer
preview_dup_result (gpointer job)
{
  Preview *self = job;
  GListStore *changes = g_list_store_new (BUDGET_TYPE_RULE_CHANGE);

  g_list_store_splice (changes, 0, 0, self->found->pdata, self->found->len);
  return changes;
}

static const BudgetSteps preview_steps = { preview_step, NULL, NULL, preview_dup_result };

/**
 * budget_rules_preview_async:
 * @book: a book
 * @filter: (nullable): the expenses to check, %NULL for all
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: user data for @callback
 *
 * Finds what the book's rules would change in its expenses, in steps, so that a
 * window stays responsive. Transfers stay as they are. It uses the rules as they
 * were at the beginning and changes nothing: see budget_rules_apply().
 */
void
budget_rules_preview_async (BudgetBook *book,
                            BudgetFilter *filter,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Preview *preview;

  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (filter == NULL || BUDGET_IS_FILTER (filter));

  task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_rules_preview_async);
  preview = preview_new (book, filter, &error);
  if (preview == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, preview, (GDestroyNotify) preview_free);
  budget_steps_run_in_task (&preview_steps, preview, NULL, NULL, task);
}

/**
 * budget_rules_preview_finish:
 * @book: a book
 * @result: the result passed to the callback
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type BudgetRuleChange): the
 *   changes in the order of the filter, all of them to be made
 */
GListModel *
budget_rules_preview_finish (BudgetBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * budget_rules_count_included:
 * @changes: (element-type BudgetRuleChange): changes
 *
 * Returns: how many of them budget_rules_apply() makes
 */
guint
budget_rules_count_included (GListModel *changes)
{
  guint n_included = 0;

  g_return_val_if_fail (G_IS_LIST_MODEL (changes), 0);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (BudgetRuleChange) change = g_list_model_get_item (changes, i);

      n_included += change->include;
    }

  return n_included;
}

/* Skips what was deleted since the preview. */
static void
make_change (BudgetRuleChange *self)
{
  if (!self->include || orm_entity_get_session (ORM_ENTITY (self->expense)) == NULL)
    return;

  if (self->category != NULL && orm_entity_get_session (ORM_ENTITY (self->category)) != NULL)
    budget_expense_set_category (self->expense, self->category);
  if (self->user != NULL && orm_entity_get_session (ORM_ENTITY (self->user)) != NULL)
    budget_expense_set_user (self->expense, self->user);
}

/**
 * budget_rules_apply:
 * @book: a book
 * @changes: (element-type BudgetRuleChange): what budget_rules_preview_finish() returned
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Makes the changes that are included, as one step that can be undone. If that
 * fails, the book is unchanged.
 *
 * Returns: %TRUE if they are made, also if there were none
 */
gboolean
budget_rules_apply (BudgetBook *book, GListModel *changes, GError **error)
{
  OrmSession *session;
  guint n_included;
  g_autofree char *label = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (G_IS_LIST_MODEL (changes), FALSE);

  n_included = budget_rules_count_included (changes);
  if (n_included == 0)
    return TRUE;

  session = budget_book_get_session (book);
  orm_session_begin_group (session, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (BudgetRuleChange) change = g_list_model_get_item (changes, i);

      make_change (change);
    }
  orm_session_end_group (session);

  /* Translators: a step that can be undone; %u is how many expenses it changed. */
  label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Rules for %u expense", "Rules for %u expenses", n_included),
    n_included);
  return budget_book_commit (book, label, error);
}
