/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-history.h"
#include "budget-classifier.h"
#include "budget-name-index.h"

/*
 * The categories that descriptions had before: exactly for the same description,
 * in any letter case, and by the classifier, which compares whole words.
 */

typedef struct
{
  BudgetCategory *category;
  guint32 day; /* as g_date_get_julian() counts, 0 for none */
} Latest;

struct _BudgetCategoryHistory
{
  GHashTable *latest;     /* folded description → Latest */
  GHashTable *categories; /* held for the classifier */
  BudgetClassifier *classifier;
};

static void
latest_free (Latest *latest)
{
  g_object_unref (latest->category);
  g_free (latest);
}

/**
 * budget_category_history_new:
 *
 * Returns: (transfer full): a history that has learned nothing
 */
BudgetCategoryHistory *
budget_category_history_new (void)
{
  BudgetCategoryHistory *self = g_new0 (BudgetCategoryHistory, 1);

  self->latest =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) latest_free);
  self->categories = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->classifier = budget_classifier_new ();
  return self;
}

/**
 * budget_category_history_free:
 * @self: a history
 */
void
budget_category_history_free (BudgetCategoryHistory *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->classifier);
  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->latest);
  g_free (self);
}

static void
remember (BudgetCategoryHistory *self,
          const char *description,
          const GDate *date,
          BudgetCategory *category)
{
  g_autofree char *folded = _budget_name_fold (description);
  guint32 day = date != NULL ? g_date_get_julian (date) : 0;
  Latest *latest = g_hash_table_lookup (self->latest, folded);

  if (latest == NULL)
    {
      latest = g_new0 (Latest, 1);
      g_hash_table_insert (self->latest, g_steal_pointer (&folded), latest);
    }
  else if (latest->day > day)
    return;

  g_set_object (&latest->category, category);
  latest->day = day;
}

/**
 * budget_category_history_learn:
 * @self: a history
 * @expense: an expense of the book, as it is
 *
 * Learns the category of an expense. Learn oldest first: of two expenses of one
 * day the later learned counts as the later. Transfers teach nothing.
 */
void
budget_category_history_learn (BudgetCategoryHistory *self, BudgetExpense *expense)
{
  const char *description;
  const char *original;
  BudgetCategory *category;

  g_return_if_fail (self != NULL);
  g_return_if_fail (BUDGET_IS_EXPENSE (expense));

  description = budget_expense_get_description (expense);
  original = budget_expense_get_original (expense);
  category = budget_expense_get_category (expense);
  if (description == NULL || category == NULL ||
      budget_category_get_kind (category) == BUDGET_CATEGORY_TRANSFER)
    return;

  remember (self, description, budget_expense_get_date (expense), category);
  if (original != NULL)
    remember (self, original, budget_expense_get_date (expense), category);

  if (!g_hash_table_contains (self->categories, category))
    g_hash_table_add (self->categories, g_object_ref (category));
  budget_classifier_add (self->classifier, original != NULL ? original : description,
                         budget_expense_get_amount (expense), category);
}

/* A category may have been deleted since. */
static BudgetCategory *
check (BudgetCategory *category)
{
  return category != NULL && orm_entity_get_session (ORM_ENTITY (category)) != NULL ? category
                                                                                    : NULL;
}

/**
 * budget_category_history_find:
 * @self: a history
 * @description: what was paid for
 *
 * Returns: (transfer none) (nullable): the category of the latest expense that
 *   has this description, in any letter case
 */
BudgetCategory *
budget_category_history_find (BudgetCategoryHistory *self, const char *description)
{
  g_autofree char *folded = NULL;
  const Latest *latest;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (description != NULL, NULL);

  folded = _budget_name_fold (description);
  latest = g_hash_table_lookup (self->latest, folded);
  return check (latest != NULL ? latest->category : NULL);
}

/**
 * budget_category_history_guess:
 * @self: a history
 * @description: what was paid for
 * @amount: how much, in minor units; positive is money spent
 * @confidence: (out) (optional): how likely it is, 0 to 1
 *
 * Guesses by the words of the description, see #BudgetClassifier.
 *
 * Returns: (transfer none) (nullable): the category, %NULL if none is more
 *   likely right than wrong
 */
BudgetCategory *
budget_category_history_guess (BudgetCategoryHistory *self,
                               const char *description,
                               gint64 amount,
                               double *confidence)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (description != NULL, NULL);

  return check (budget_classifier_guess (self->classifier, description, amount, confidence));
}
