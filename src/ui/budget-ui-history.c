/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-guesser.h"
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

/**
 * budget_ui_history_guess_category:
 * @book: a book
 * @description: what was bought
 *
 * Returns: (transfer full) (nullable): the category to begin with, which is a
 *   guess if there is one (see budget_category_guesser_guess())
 */
BudgetCategory *
budget_ui_history_guess_category (BudgetBook *book, const char *description)
{
  BudgetCategory *category =
    budget_category_guesser_guess (budget_category_guesser_get_for_book (book), description, 1);

  return category != NULL ? g_object_ref (category) : dup_usual_category (book);
}
