/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-tag.h"

/*
 * The tags that a file gives an expense: those of the book, whose names are the
 * same in any case, and new ones.
 */

#define LONGEST_NAME 50

static BudgetTag *
find_tag (BudgetBook *book, const char *folded)
{
  GListModel *tags = budget_book_get_tags (book);

  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (BudgetTag) tag = g_list_model_get_item (tags, i);
      const char *name = tag != NULL ? budget_tag_get_name (tag) : NULL;
      g_autofree char *other = name != NULL ? g_utf8_casefold (name, -1) : NULL;

      if (g_strcmp0 (other, folded) == 0)
        return g_steal_pointer (&tag);
    }

  return NULL;
}

static BudgetTag *
make_tag (BudgetBook *book, const char *name, GError **error)
{
  g_autoptr (BudgetTag) tag = budget_tag_new ();

  if (budget_tag_set_name (tag, name) &&
      orm_session_add (budget_book_get_session (book), tag, error))
    return g_steal_pointer (&tag);

  if (error != NULL && *error == NULL)
    *error = g_error_copy (orm_entity_get_error (ORM_ENTITY (tag)));
  return NULL;
}

static BudgetTag *
ensure_tag (BudgetImporter *self, GHashTable *tags, const char *name, GError **error)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  BudgetTag *tag = g_hash_table_lookup (tags, folded);

  if (tag != NULL)
    return tag;

  tag = find_tag (self->book, folded);
  if (tag == NULL)
    tag = make_tag (self->book, name, error);
  if (tag != NULL)
    g_hash_table_insert (tags, g_steal_pointer (&folded), tag);
  return tag;
}

/*
 * _budget_importer_add_tags:
 * @self: an importer
 * @tags: folded name → #BudgetTag: what was looked up already
 * @expense: an expense in the book's session
 * @names: the tags to give it
 * @error: return location for an #OrmError
 *
 * Returns: %FALSE if one of them could not be made
 */
gboolean
_budget_importer_add_tags (BudgetImporter *self,
                           GHashTable *tags,
                           BudgetExpense *expense,
                           const char *const *names,
                           GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name =
        g_utf8_substring (names[i], 0, MIN (g_utf8_strlen (names[i], -1), LONGEST_NAME));
      BudgetTag *tag = NULL;

      if (*name == '\0')
        continue;

      tag = ensure_tag (self, tags, name, error);
      if (tag == NULL)
        return FALSE;

      orm_collection_append (budget_expense_get_tags (expense), tag);
    }

  return TRUE;
}
