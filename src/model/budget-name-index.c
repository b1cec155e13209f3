/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-name-index.h"

#include <string.h>

/*
 * Finds items by name, for callers that have many names to look up: the list is
 * read once.
 */

struct _BudgetNameIndex
{
  GHashTable *items; /* folded name → item, held */
};

/*
 * Returns: a text that is equal for names that differ only in case, in blanks
 *   around them or in the form of their accents
 */
char *
_budget_name_fold (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_utf8_make_valid (name, -1));
  g_autofree char *normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal, -1);
}

static void
add_items (BudgetNameIndex *self, GListModel *items, const char *property)
{
  guint n_items = g_list_model_get_n_items (items);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      g_autofree char *name = NULL, *folded = NULL;

      g_object_get (item, property, &name, NULL);
      folded = _budget_name_fold (name != NULL ? name : "");
      if (*folded != '\0' && !g_hash_table_contains (self->items, folded))
        g_hash_table_insert (self->items, g_steal_pointer (&folded), g_steal_pointer (&item));
    }
}

/**
 * budget_name_index_new:
 * @items: objects, such as the accounts of a book
 * @property: by which they are known, such as "number"
 * @other_property: (nullable): by which they are known too, unless that means
 *   another of them already
 *
 * Indexes the names of a list as it is now. If two items have the same name, the
 * first is found.
 *
 * Returns: (transfer full): the index
 */
BudgetNameIndex *
budget_name_index_new (GListModel *items, const char *property, const char *other_property)
{
  BudgetNameIndex *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);
  g_return_val_if_fail (property != NULL, NULL);

  self = g_new0 (BudgetNameIndex, 1);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  add_items (self, items, property);
  if (other_property != NULL)
    add_items (self, items, other_property);

  return self;
}

/**
 * budget_name_index_find:
 * @self: an index
 * @name: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the item of that name
 */
gpointer
budget_name_index_find (BudgetNameIndex *self, const char *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  folded = _budget_name_fold (name);

  return g_hash_table_lookup (self->items, folded);
}

/**
 * budget_name_index_free:
 * @self: an index
 */
void
budget_name_index_free (BudgetNameIndex *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->items);
  g_free (self);
}
