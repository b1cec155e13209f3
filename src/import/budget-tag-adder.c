/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-tag-adder.h"

/*
 * Gives tags to expenses: those of the book, whose names are the same in any
 * letter case, and new ones. The book's tags are read once, however many names
 * are looked up.
 */

#define MAX_NAME 50

struct _BudgetTagAdder
{
  BudgetBook *book;
  GHashTable *tags; /* folded name → BudgetTag; %NULL until it is needed */
};

/*
 * Reads the book's tags, when the first name is looked up. Of two tags that differ
 * only in case, the first is used.
 */
static void
read_tags (BudgetTagAdder *self)
{
  GListModel *tags = budget_book_get_tags (self->book);

  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (BudgetTag) tag = g_list_model_get_item (tags, i);
      const char *name = tag != NULL ? budget_tag_get_name (tag) : NULL;
      g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;

      if (folded != NULL && !g_hash_table_contains (self->tags, folded))
        g_hash_table_insert (self->tags, g_steal_pointer (&folded), g_steal_pointer (&tag));
    }
}

/**
 * budget_tag_adder_new:
 * @book: a book
 *
 * Returns: (transfer full): an adder; nobody else is to add tags while it is in
 *   use
 */
BudgetTagAdder *
budget_tag_adder_new (BudgetBook *book)
{
  BudgetTagAdder *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_new0 (BudgetTagAdder, 1);
  self->book = g_object_ref (book);
  return self;
}

/**
 * budget_tag_adder_free:
 * @self: an adder
 */
void
budget_tag_adder_free (BudgetTagAdder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_object_unref (self->book);
  g_free (self);
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
ensure_tag (BudgetTagAdder *self, const char *name, GError **error)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  BudgetTag *tag;

  if (self->tags == NULL)
    read_tags (self);

  tag = g_hash_table_lookup (self->tags, folded);
  if (tag != NULL)
    return tag;

  tag = make_tag (self->book, name, error);
  if (tag != NULL)
    g_hash_table_insert (self->tags, g_steal_pointer (&folded), tag);
  return tag;
}

/**
 * budget_tag_adder_add:
 * @self: an adder
 * @expense: an expense in the book's session
 * @names: (array zero-terminated=1): the tags to give it, cut to what a tag's
 *   name may have
 * @error: return location for an #OrmError
 *
 * Nothing is committed.
 *
 * Returns: %FALSE if one of the tags could not be made
 */
gboolean
budget_tag_adder_add (BudgetTagAdder *self,
                      BudgetExpense *expense,
                      const char *const *names,
                      GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (BUDGET_IS_EXPENSE (expense), FALSE);
  g_return_val_if_fail (names != NULL, FALSE);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name =
        g_utf8_substring (names[i], 0, MIN (g_utf8_strlen (names[i], -1), MAX_NAME));
      BudgetTag *tag;

      if (*name == '\0')
        continue;

      tag = ensure_tag (self, name, error);
      if (tag == NULL)
        return FALSE;

      orm_collection_append (budget_expense_get_tags (expense), tag);
    }

  return TRUE;
}
