/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-private.h"
#include "budget-rule.h"
#include "budget-setting.h"
#include "budget-tag.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

/*
 * What there is little of in a book: live lists, whose entities the book holds.
 */

static void
on_shelf_items_changed (
  GListModel *model, guint position, guint removed, guint added, BudgetShelf *shelf)
{
  guint n_items = g_list_model_get_n_items (model);
  g_autoptr (GPtrArray) held = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (held, g_list_model_get_item (model, i));

  g_ptr_array_unref (shelf->held);
  shelf->held = g_steal_pointer (&held);
}

static gboolean
fill_shelf (BudgetBook *self, BudgetShelf *shelf, GType type, const char *order_by, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);

  orm_query_order_by (query, order_by, ORM_ASCENDING);
  shelf->model = orm_session_observe (self->session, query, error);
  if (shelf->model == NULL || !orm_query_model_load (ORM_QUERY_MODEL (shelf->model), error))
    return FALSE;

  g_signal_connect (shelf->model, "items-changed", G_CALLBACK (on_shelf_items_changed), shelf);
  on_shelf_items_changed (shelf->model, 0, 0, 0, shelf);
  return TRUE;
}

gboolean
_budget_book_fill_lists (BudgetBook *self, GError **error)
{
  const struct
  {
    GType type;
    const char *order_by;
  } kinds[BUDGET_N_SHELVES] = {
    [BUDGET_SHELF_USERS] = { BUDGET_TYPE_USER, "name" },
    [BUDGET_SHELF_CATEGORIES] = { BUDGET_TYPE_CATEGORY, "name" },
    [BUDGET_SHELF_ACCOUNTS] = { BUDGET_TYPE_ACCOUNT, "name" },
    [BUDGET_SHELF_TAGS] = { BUDGET_TYPE_TAG, "name" },
    [BUDGET_SHELF_RULES] = { BUDGET_TYPE_RULE, "position" },
    [BUDGET_SHELF_SETTINGS] = { BUDGET_TYPE_SETTING, "name" },
  };

  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    if (!fill_shelf (self, &self->shelves[i], kinds[i].type, kinds[i].order_by, error))
      return FALSE;

  return TRUE;
}

void
_budget_book_clear_lists (BudgetBook *self)
{
  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    {
      BudgetShelf *shelf = &self->shelves[i];

      if (shelf->model != NULL)
        g_signal_handlers_disconnect_by_data (shelf->model, shelf);
      g_clear_object (&shelf->model);
      g_ptr_array_set_size (shelf->held, 0);
    }
}

/**
 * budget_book_get_users:
 * @self: a book
 *
 * Returns: (transfer none): its people by name, live
 */
GListModel *
budget_book_get_users (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_USERS].model;
}

/**
 * budget_book_get_categories:
 * @self: a book
 *
 * Returns: (transfer none): its categories by name, live
 */
GListModel *
budget_book_get_categories (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_CATEGORIES].model;
}

/**
 * budget_book_get_accounts:
 * @self: a book
 *
 * Returns: (transfer none): its accounts by name, live
 */
GListModel *
budget_book_get_accounts (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_ACCOUNTS].model;
}

/**
 * budget_book_get_rules:
 * @self: a book
 *
 * Returns: (transfer none): its rules in the order they are tried in, live
 */
GListModel *
budget_book_get_rules (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_RULES].model;
}

/**
 * budget_book_get_tags:
 * @self: a book
 *
 * Returns: (transfer none): its tags by name, live
 */
GListModel *
budget_book_get_tags (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_TAGS].model;
}
