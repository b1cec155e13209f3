/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book.h"
#include "budget-category-adder.h"
#include "budget-name-index.h"

#include <string.h>

/*
 * Who and what is meant by a name that somebody wrote.
 */

/*
 * The book holds what it finds, so it is lent.
 */
static gpointer
find (GListModel *model, const char *property, const char *text)
{
  g_autofree char *wanted = _budget_name_fold (text);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *value = NULL, *folded = NULL;

      g_object_get (item, property, &value, NULL);
      folded = _budget_name_fold (value != NULL ? value : "");
      if (*folded != '\0' && g_str_equal (folded, wanted))
        return item;
    }

  return NULL;
}

/**
 * budget_book_get_default_user:
 * @self: a book
 *
 * Returns: (transfer none) (nullable): whose expenses they are unless somebody
 *   says otherwise: who was in the book first
 */
BudgetUser *
budget_book_get_default_user (BudgetBook *self)
{
  GListModel *users;
  BudgetUser *first = NULL;
  gint64 first_id = 0;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  users = budget_book_get_users (self);
  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (BudgetUser) user = g_list_model_get_item (users, i);
      gint64 id = orm_entity_get_id (ORM_ENTITY (user));

      /* Who is not saved yet has no id and comes last. */
      if (first == NULL || (id != 0 && (first_id == 0 || id < first_id)))
        {
          first = user;
          first_id = id;
        }
    }

  return first;
}

/**
 * budget_book_find_user:
 * @self: a book
 * @email_or_name: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the person of that email address, else
 *   of that name
 */
BudgetUser *
budget_book_find_user (BudgetBook *self, const char *email_or_name)
{
  BudgetUser *user;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (email_or_name != NULL, NULL);

  user = find (budget_book_get_users (self), "email", email_or_name);
  if (user != NULL)
    return user;

  return find (budget_book_get_users (self), "name", email_or_name);
}

/**
 * budget_book_find_category:
 * @self: a book
 * @name: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the category of that name
 */
BudgetCategory *
budget_book_find_category (BudgetBook *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find (budget_book_get_categories (self), "name", name);
}

/**
 * budget_book_find_account:
 * @self: a book
 * @name_or_number: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the account of that number, else of
 *   that name
 */
BudgetAccount *
budget_book_find_account (BudgetBook *self, const char *name_or_number)
{
  BudgetAccount *account;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name_or_number != NULL, NULL);

  account = find (budget_book_get_accounts (self), "number", name_or_number);
  if (account != NULL)
    return account;

  return find (budget_book_get_accounts (self), "name", name_or_number);
}

/**
 * budget_book_ensure_category:
 * @self: a book
 * @name: what somebody wrote
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Finds a category, or adds one in a colour that no other has yet. Nothing is
 * committed.
 *
 * Returns: (transfer none): the category of that name, or %NULL if there can be
 *   none
 */
BudgetCategory *
budget_book_ensure_category (BudgetBook *self, const char *name, GError **error)
{
  g_autoptr (BudgetCategoryAdder) adder = NULL;
  BudgetCategory *found;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  found = budget_book_find_category (self, name);
  if (found != NULL)
    return found;

  adder = budget_category_adder_new (self);

  return budget_category_adder_add (adder, name, error);
}
