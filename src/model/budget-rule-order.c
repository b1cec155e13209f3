/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-order.h"
#include "orm-session-query.h"

/*
 * Rules are tried in the order of their positions. Positions are spaced, so that
 * moving a rule changes one row.
 */

#define STEP 1024

/**
 * budget_rule_order_find:
 * @book: a book
 * @error: return location for an #OrmError
 *
 * Asks the session: the book's list gets the rules of a group only at the group's
 * end.
 *
 * Returns: (transfer full) (nullable): the rules in their order, a snapshot
 */
GListModel *
budget_rule_order_find (BudgetBook *book, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_RULE);

  orm_query_order_by (query, "position", ORM_ASCENDING);
  return orm_session_find (budget_book_get_session (book), query, error);
}

static gint64
get_position (GListModel *rules, guint place)
{
  g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, place);

  return budget_rule_get_position (rule);
}

static void
renumber (GListModel *rules, BudgetRule *rule, guint place)
{
  guint n_others = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) other = g_list_model_get_item (rules, i);

      if (other == rule)
        continue;
      budget_rule_set_position (other, (gint64) (n_others + (n_others >= place) + 1) * STEP);
      n_others++;
    }

  budget_rule_set_position (rule, (gint64) (place + 1) * STEP);
}

/**
 * budget_rule_order_place:
 * @rules: the rules in their order, with or without @rule
 * @rule: a rule
 * @place: its place among the others; %G_MAXUINT is the last
 *
 * Moves a rule to a place. The other rules keep their positions unless there is no
 * number left between two of them.
 */
void
budget_rule_order_place (GListModel *rules, BudgetRule *rule, guint place)
{
  g_autoptr (GListStore) others = g_list_store_new (BUDGET_TYPE_RULE);
  guint n_others;
  gint64 before = 0, after = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) other = g_list_model_get_item (rules, i);

      if (other != rule)
        g_list_store_append (others, other);
    }

  n_others = g_list_model_get_n_items (G_LIST_MODEL (others));
  place = MIN (place, n_others);
  if (place > 0)
    before = get_position (G_LIST_MODEL (others), place - 1);
  if (place < n_others)
    after = get_position (G_LIST_MODEL (others), place);

  if (n_others == 0)
    budget_rule_set_position (rule, STEP);
  else if (place == n_others)
    budget_rule_set_position (rule, before + STEP);
  else if (place == 0)
    budget_rule_set_position (rule, after - STEP);
  else if (after - before >= 2)
    budget_rule_set_position (rule, before + (after - before) / 2);
  else
    renumber (rules, rule, place);
}

/**
 * budget_rule_order_move:
 * @book: a book
 * @rule: one of its rules
 * @place: how many others come before it; with more than there are it is the last
 * @error: return location for an #OrmError
 *
 * Changes the order in which the rules are tried. Nothing is committed.
 *
 * Returns: %FALSE if that failed
 */
gboolean
budget_rule_order_move (BudgetBook *book, BudgetRule *rule, guint place, GError **error)
{
  g_autoptr (GListModel) rules = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_RULE (rule), FALSE);

  rules = budget_rule_order_find (book, error);
  if (rules == NULL)
    return FALSE;

  budget_rule_order_place (rules, rule, place);
  return TRUE;
}

/**
 * budget_rule_order_add:
 * @book: a book
 * @rule: a new rule
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Adds a rule after all others. Nothing is committed.
 *
 * Returns: %TRUE if it was added
 */
gboolean
budget_rule_order_add (BudgetBook *book, BudgetRule *rule, GError **error)
{
  g_autoptr (GListModel) rules = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_RULE (rule), FALSE);

  if (!orm_session_add (budget_book_get_session (book), rule, error))
    return FALSE;

  rules = budget_rule_order_find (book, error);
  if (rules == NULL)
    return FALSE;

  budget_rule_order_place (rules, rule, G_MAXUINT);
  return TRUE;
}
