/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"
#include "budget-rule-order.h"
#include "budget-rule-set.h"
#include "budget-rules.h"

#include <string.h>

/*
 * Learns rules from the categories that people choose.
 */

#define MAX_PATTERN 200

/* What learning from a description would change. */
typedef struct
{
  char *payee;
  char *core;
  BudgetRule *known; /* the rule to change */
  guint place;       /* the position of a new rule */
} Lesson;

static void
clear_lesson (Lesson *lesson)
{
  g_free (lesson->payee);
  g_free (lesson->core);
  g_clear_object (&lesson->known);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lesson, clear_lesson)

static gboolean
is_learned_for (BudgetRule *rule, const char *core)
{
  const char *pattern = budget_rule_get_pattern (rule);
  g_autofree char *folded = pattern != NULL ? budget_description_fold (pattern) : NULL;

  return budget_rule_get_learned (rule) &&
         budget_rule_get_match_kind (rule) == BUDGET_RULE_MATCH_EQUALS &&
         g_strcmp0 (folded, core) == 0;
}

/*
 * Returns: whether there is anything to learn
 */
static gboolean
prepare (Lesson *lesson, GListModel *rules, const char *description)
{
  guint n_rules = g_list_model_get_n_items (rules);

  lesson->payee = budget_description_dup_payee (description);
  lesson->core = budget_description_dup_core (description);
  lesson->place = n_rules;
  if (budget_description_is_generic (description) ||
      g_utf8_strlen (lesson->payee, -1) > MAX_PATTERN)
    return FALSE;

  for (guint i = 0; i < n_rules; i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);

      if (is_learned_for (rule, lesson->core))
        {
          lesson->known = g_object_ref (rule);
          return TRUE;
        }

      if (!budget_rule_get_enabled (rule) || !budget_rule_matches (rule, description))
        continue;

      /* A rule made by hand takes precedence. */
      if (!budget_rule_get_learned (rule))
        return FALSE;

      lesson->place = MIN (lesson->place, i);
    }

  return TRUE;
}

static gboolean
says_the_same (BudgetRule *rule, BudgetCategory *category, BudgetUser *user)
{
  return budget_rule_get_enabled (rule) && budget_rule_get_category (rule) == category &&
         (user == NULL || budget_rule_get_user (rule) == user);
}

/**
 * budget_rules_can_learn:
 * @book: a book
 * @description: (nullable): what was paid for
 * @category: its category
 * @user: (nullable): its person, %NULL to learn the category only
 *
 * Returns: whether budget_rules_learn() would make or change a rule
 */
gboolean
budget_rules_can_learn (BudgetBook *book,
                        const char *description,
                        BudgetCategory *category,
                        BudgetUser *user)
{
  g_auto (Lesson) lesson = { 0 };
  g_autoptr (GListModel) rules = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_CATEGORY (category), FALSE);

  rules = budget_rule_order_find (book, NULL);
  return rules != NULL && prepare (&lesson, rules, description) &&
         (lesson.known == NULL || !says_the_same (lesson.known, category, user));
}

static BudgetRule *
add_lesson (BudgetBook *book,
            GListModel *rules,
            const Lesson *lesson,
            BudgetCategory *category,
            BudgetUser *user,
            GError **error)
{
  g_autoptr (BudgetRule) rule = budget_rule_new ();

  budget_rule_set_pattern (rule, lesson->payee);
  budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_EQUALS);
  budget_rule_set_learned (rule, TRUE);
  budget_rule_set_category (rule, category);
  budget_rule_set_user (rule, user);
  if (!orm_session_add (budget_book_get_session (book), rule, error))
    return NULL;

  /* Borrowed from now on: the session holds a reference. */
  budget_rule_order_place (rules, rule, lesson->place);
  return rule;
}

/**
 * budget_rules_learn:
 * @book: a book
 * @description: (nullable): what was paid for, as a bank or a person wrote it
 * @category: the category that the user chose
 * @user: (nullable): its person, %NULL to learn the category only
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Learns from a category that the user chose: later payments to the same payee
 * get the same one. Call it in the same group as the change and commit both as
 * one step, so that one undo reverts both. Nothing is committed here.
 *
 * The rule's pattern is the payee of the description (see
 * budget_description_dup_payee()), which must be equal. Nothing is learned from a
 * description without a payee (see budget_description_is_generic()), or if a rule
 * made by hand matches it: such rules are never changed, and go first.
 *
 * A learned rule with the same pattern is changed and enabled; of several, the
 * first in order, because that one applies. Otherwise a new rule is added last, or
 * before a learned rule that would apply instead of it.
 *
 * Returns: (transfer none) (nullable): the rule that was added or changed, %NULL
 *   without an error if there was nothing to learn
 */
BudgetRule *
budget_rules_learn (BudgetBook *book,
                    const char *description,
                    BudgetCategory *category,
                    BudgetUser *user,
                    GError **error)
{
  g_auto (Lesson) lesson = { 0 };
  g_autoptr (GListModel) rules = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (BUDGET_IS_CATEGORY (category), NULL);
  g_return_val_if_fail (user == NULL || BUDGET_IS_USER (user), NULL);

  rules = budget_rule_order_find (book, error);
  if (rules == NULL || !prepare (&lesson, rules, description))
    return NULL;

  if (lesson.known == NULL)
    return add_lesson (book, rules, &lesson, category, user, error);

  if (says_the_same (lesson.known, category, user))
    return NULL;

  budget_rule_set_category (lesson.known, category);
  budget_rule_set_enabled (lesson.known, TRUE);
  if (user != NULL)
    budget_rule_set_user (lesson.known, user);

  return lesson.known;
}
