/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"
#include "budget-rule-order.h"
#include "budget-rules.h"

#include <string.h>

/*
 * The order of a book's rules, and what is learned from what somebody did.
 */

#define MAX_PATTERN 200

/* What learning a description would come to. */
typedef struct
{
  char *payee;
  char *core;
  BudgetRule *known; /* the one to be changed */
  guint place;       /* of a new one */
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
 * Returns: whether there is anything to be learned
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

      /* What somebody made by hand is not contradicted. */
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
 * @category: what it is filed under
 * @user: (nullable): whose it is, %NULL if that is not to be learned
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

  /* The session holds it from here on. */
  budget_rule_order_place (rules, rule, lesson->place);
  return rule;
}

/**
 * budget_rules_learn:
 * @book: a book
 * @description: (nullable): what was paid for, as a bank or a person wrote it
 * @category: what somebody filed it under
 * @user: (nullable): whose it is, %NULL if that is not to be learned
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Learns from one thing that somebody did: payments to the same payee are filed
 * alike from now on. Call it in the same group as the change, and commit both as
 * one step, so that one undo takes both back. Nothing is committed here.
 *
 * The rule's pattern is what budget_description_dup_payee() makes of the
 * description, and must be equal; anything wider is for people to say. There is
 * nothing to be learned from a description that names nobody (see
 * budget_description_is_generic()), or if a rule made by hand fits it, whatever
 * that says: hand-made rules are neither changed nor passed over.
 *
 * Of contradictions the latest counts: a learned rule of that pattern is changed
 * and, if it was off, on again; of several such rules the first in order, which
 * is the one that counts. Otherwise a new one comes last, or in front of a
 * learned rule that would keep it from being reached.
 *
 * Returns: (transfer none) (nullable): the rule that was made or changed, %NULL
 *   without an error if there was nothing to be learned
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
