/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-error-private.h"
#include "budget-book.h"
#include "orm-session-query.h"

/*
 * Checks that a book's figures agree with each other.
 */

static gboolean
check_totals (BudgetBook *self, GPtrArray *problems, GError **error)
{
  OrmSession *session = budget_book_get_session (self);
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals = NULL;
  gint64 sum, sum_by_category = 0;
  guint64 n_rows, n_by_category = 0;

  if (!orm_session_sum (session, query, "amount", &sum, &n_rows, error))
    return FALSE;

  totals = orm_session_observe_totals (session, query, "category", "amount", error);
  if (totals == NULL || !orm_totals_load (totals, error))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (totals), i);

      sum_by_category += orm_total_get_sum (total);
      n_by_category += orm_total_get_count (total);
    }

  if (sum != sum_by_category || n_rows != n_by_category)
    g_ptr_array_add (problems, g_strdup_printf ("the categories add up to %" G_GINT64_FORMAT
                                                " in %" G_GUINT64_FORMAT
                                                " expenses, all expenses to %" G_GINT64_FORMAT
                                                " in %" G_GUINT64_FORMAT,
                                                sum_by_category, n_by_category, sum, n_rows));
  return TRUE;
}

/*
 * Compares the expenses list of each entity of a model with a count of the rows.
 */
static gboolean
check_lists (
  BudgetBook *self, GListModel *owners, const char *to_one, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < g_list_model_get_n_items (owners); i++)
    {
      g_autoptr (OrmEntity) owner = g_list_model_get_item (owners, i);
      g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
      OrmCollection *list = orm_entity_get_collection (owner, "expenses");
      gint64 sum;
      guint64 n_rows;
      guint n_items;

      orm_query_where (query, to_one, ORM_EQUAL, owner);
      if (!orm_session_sum (budget_book_get_session (self), query, "amount", &sum, &n_rows,
                            error) ||
          !orm_collection_load (list, error))
        return FALSE;

      n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
      if (n_items != n_rows)
        g_ptr_array_add (problems,
                         g_strdup_printf ("the %s %" G_GINT64_FORMAT " lists %u expenses and has "
                                          "%" G_GUINT64_FORMAT,
                                          to_one, orm_entity_get_id (owner), n_items, n_rows));
    }

  return TRUE;
}

/**
 * budget_book_check:
 * @self: a book without unsaved changes
 * @problems: (element-type utf8): takes a line for each thing that is wrong
 * @error: return location for an #OrmError
 *
 * Checks the file, that every expense has its person and its category, that the
 * totals by category add up to the sum of all, and that each list has as many
 * expenses as there are.
 *
 * Returns: %TRUE if the check could be made, whatever it found
 */
gboolean
budget_book_check (BudgetBook *self, GPtrArray *problems, GError **error)
{
  OrmConnection *connection;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  connection = orm_session_get_connection (budget_book_get_session (self));
  if (!orm_connection_check (connection, problems, error) ||
      !check_totals (self, problems, error) ||
      !check_lists (self, budget_book_get_users (self), "user", problems, error) ||
      !check_lists (self, budget_book_get_categories (self), "category", problems, error) ||
      !check_lists (self, budget_book_get_accounts (self), "account", problems, error))
    {
      _budget_book_word_error (error);
      return FALSE;
    }

  return TRUE;
}
