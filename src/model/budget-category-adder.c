/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-adder.h"
#include "budget-starter.h"
#include "orm-session-query.h"

/*
 * Adds categories to a book, each in an unused colour while there are any. It
 * reads the existing categories once, however many are added.
 */

struct _BudgetCategoryAdder
{
  BudgetBook *book;
  GHashTable *colors; /* used ones, in lower case */
  guint n_categories;
};

/**
 * budget_category_adder_new:
 * @book: where the categories are to go
 *
 * Returns: (transfer full): an adder; while it is in use, categories must not be
 *   added in another way
 */
BudgetCategoryAdder *
budget_category_adder_new (BudgetBook *book)
{
  BudgetCategoryAdder *self;
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_CATEGORY);
  g_autoptr (GListModel) categories = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_new0 (BudgetCategoryAdder, 1);
  self->book = g_object_ref (book);
  self->colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Ask the session: the book's list gets the categories of a group only at the
   * group's end. */
  categories = orm_session_find (budget_book_get_session (book), query, NULL);
  if (categories != NULL)
    self->n_categories = g_list_model_get_n_items (categories);

  for (guint i = 0; i < self->n_categories; i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);
      const char *color = budget_category_get_color (category);

      if (color != NULL)
        g_hash_table_add (self->colors, g_ascii_strdown (color, -1));
    }

  return self;
}

static const char *
choose_color (BudgetCategoryAdder *self)
{
  for (guint i = 0; i < budget_starter_get_n_colors (); i++)
    {
      const char *color = budget_starter_get_color (i);
      g_autofree char *lower = g_ascii_strdown (color, -1);

      if (!g_hash_table_contains (self->colors, lower))
        return color;
    }

  return budget_starter_get_color (self->n_categories);
}

/**
 * budget_category_adder_add:
 * @self: an adder
 * @name: what somebody wrote, which no category is called yet
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Adds a category. Nothing is committed.
 *
 * Returns: (transfer none): the category, or %NULL if the name is not allowed
 */
BudgetCategory *
budget_category_adder_add (BudgetCategoryAdder *self, const char *name, GError **error)
{
  g_autoptr (BudgetCategory) category = NULL;
  g_autofree char *stripped = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  stripped = g_strstrip (g_utf8_make_valid (name, -1));
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, stripped);
  category = budget_category_new ();
  if (!orm_entity_set (ORM_ENTITY (category), "name", &value, error))
    return NULL;

  budget_category_set_color (category, choose_color (self));
  if (!orm_session_add (budget_book_get_session (self->book), category, error))
    return NULL;

  self->n_categories++;
  g_hash_table_add (self->colors, g_ascii_strdown (budget_category_get_color (category), -1));

  /* The session holds it now. */
  return category;
}

/**
 * budget_category_adder_free:
 * @self: an adder
 */
void
budget_category_adder_free (BudgetCategoryAdder *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->colors);
  g_object_unref (self->book);
  g_free (self);
}
