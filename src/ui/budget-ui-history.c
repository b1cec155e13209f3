/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rules.h"
#include "budget-ui-history.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/* How many expenses are looked at, and how many different ones are offered. */
#define MAX_LOOKED_AT 40
#define MAX_FOUND 5

/**
 * budget_ui_history_find:
 * @book: a book
 * @start: how a description begins
 *
 * Finds what was bought before, the latest first and each once.
 *
 * Returns: (transfer full) (element-type BudgetExpense): the expenses
 */
GPtrArray *
budget_ui_history_find (BudgetBook *book, const char *start)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  orm_query_where (query, "description", ORM_STARTS_WITH, start);
  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_limit (query, MAX_LOOKED_AT, 0);
  expenses = orm_session_find (budget_book_get_session (book), query, NULL);

  for (guint i = 0; expenses != NULL && found->len < MAX_FOUND; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);
      const char *description = expense != NULL ? budget_expense_get_description (expense) : NULL;

      if (expense == NULL)
        break;
      if (description == NULL || !g_hash_table_add (seen, g_utf8_casefold (description, -1)))
        continue;
      if (g_strcmp0 (description, start) != 0)
        g_ptr_array_add (found, g_steal_pointer (&expense));
    }

  return found;
}

/* Where nothing better is known: the category that is called so, or the first. */
static BudgetCategory *
dup_usual_category (BudgetBook *book)
{
  BudgetCategory *category = budget_book_find_category (book, C_ ("category", "Other"));

  if (category != NULL)
    return g_object_ref (category);

  return g_list_model_get_item (budget_book_get_categories (book), 0);
}

static BudgetCategory *
dup_category_by_rule (BudgetBook *book, const char *description)
{
  g_autoptr (BudgetRuleSet) rules = budget_rule_set_new (budget_book_get_rules (book));
  BudgetRule *rule = budget_rule_set_find (rules, description);
  BudgetCategory *category = rule != NULL ? budget_rule_get_category (rule) : NULL;

  return category != NULL ? g_object_ref (category) : NULL;
}

/**
 * budget_ui_history_guess_category:
 * @book: a book
 * @description: what was bought
 *
 * Returns: (transfer full) (nullable): the category that a rule gives it, else
 *   the one that it had the last time, else the one for everything else
 */
BudgetCategory *
budget_ui_history_guess_category (BudgetBook *book, const char *description)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses = NULL;
  g_autoptr (BudgetExpense) last = NULL;
  BudgetCategory *ruled = dup_category_by_rule (book, description);

  if (ruled != NULL)
    return ruled;

  orm_query_where (query, "description", ORM_STARTS_WITH, description);
  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_limit (query, 1, 0);
  expenses = orm_session_find (budget_book_get_session (book), query, NULL);
  if (expenses != NULL)
    last = g_list_model_get_item (expenses, 0);

  if (last != NULL && budget_expense_get_category (last) != NULL)
    return g_object_ref (budget_expense_get_category (last));

  return dup_usual_category (book);
}

/**
 * budget_ui_history_guess_category_name:
 * @book: a book
 * @description: what was bought
 *
 * Returns: (transfer full): its name; of a book without categories, that of
 *   the one that will be made
 */
char *
budget_ui_history_guess_category_name (BudgetBook *book, const char *description)
{
  g_autoptr (BudgetCategory) category = budget_ui_history_guess_category (book, description);

  if (category == NULL)
    return g_strdup (C_ ("category", "Other"));

  return g_strdup (budget_category_get_name (category));
}
