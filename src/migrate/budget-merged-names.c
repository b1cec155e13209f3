/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-merged-names-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Chooses names for the categories, accounts and tags of another program.
 * Names in a book are flat, short and unique. A repeated migration chooses the
 * same names.
 */

#define MAX_CATEGORY_NAME 50

/* Folds a name in the same way as the book compares names. */
static char *
fold (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_utf8_make_valid (text, -1));
  g_autofree char *normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal, -1);
}

void
_budget_merged_names_init (BudgetMergedNames *self, GListModel *entities, const char *property)
{
  self->in_book = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (GObject) entity = g_list_model_get_item (entities, i);
      g_autofree char *value = NULL;

      g_object_get (entity, property, &value, NULL);
      if (value != NULL)
        g_hash_table_insert (self->in_book, fold (value), g_steal_pointer (&entity));
    }
}

void
_budget_merged_names_clear (BudgetMergedNames *self)
{
  g_clear_pointer (&self->in_book, g_hash_table_unref);
  g_clear_pointer (&self->taken, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

gpointer
_budget_merged_names_find (BudgetMergedNames *self, const char *name)
{
  g_autofree char *folded = fold (name);

  return g_hash_table_lookup (self->in_book, folded);
}

static gboolean
is_short (const char *name, glong max_length)
{
  return g_utf8_strlen (name, -1) <= max_length;
}

/* Shortens a name so that it fits before @suffix. */
static char *
dup_cut (const char *name, const char *suffix, glong max_length)
{
  glong room = max_length - g_utf8_strlen (suffix, -1);
  g_autofree char *cut = NULL;

  if (is_short (name, room))
    return g_strconcat (name, suffix, NULL);

  cut = g_utf8_substring (name, 0, room - 1);
  g_strchomp (cut);
  return g_strconcat (cut, "…", suffix, NULL);
}

/*
 * Takes a name if it is free. A category cannot take the name of an existing
 * category of another kind.
 */
static gboolean
take (BudgetMergedNames *self, const char *name, const BudgetCategoryKind *kind, gpointer owner)
{
  g_autofree char *folded = fold (name);
  gpointer entity = g_hash_table_lookup (self->in_book, folded);

  if (*folded == '\0' || g_hash_table_contains (self->taken, folded) ||
      (entity != NULL && kind != NULL && budget_category_get_kind (entity) != *kind))
    return FALSE;

  g_hash_table_insert (self->taken, g_steal_pointer (&folded), owner);
  return TRUE;
}

/* Names that are equal up to this suffix share a counter. */
#define MAX_SUFFIX " 99999"

/*
 * Takes the name with the first free number, and remembers it to continue from
 * there.
 */
static char *
take_numbered (BudgetMergedNames *self,
               const char *name,
               glong max_length,
               const BudgetCategoryKind *kind,
               gpointer owner)
{
  g_autofree char *start = dup_cut (name, MAX_SUFFIX, max_length);
  g_autofree char *folded = fold (start);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, folded));

  for (number = MAX (number, 1) + 1;; number++)
    {
      g_autofree char *suffix = g_strdup_printf (" %u", number);
      g_autofree char *numbered = dup_cut (name, suffix, max_length);

      if (take (self, numbered, kind, owner))
        {
          g_hash_table_insert (self->numbers, g_steal_pointer (&folded), GUINT_TO_POINTER (number));
          return g_steal_pointer (&numbered);
        }
    }
}

static char *
dup_stripped (const char *text)
{
  char *name = g_utf8_make_valid (text, -1);

  for (char *at = name; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';

  g_strstrip (name);
  if (*name != '\0')
    return name;

  g_free (name);
  return g_strdup (_("(no name)"));
}

/*
 * @found: (out): the book's row with that name, or %NULL
 *
 * Returns: (transfer full): the name
 */
char *
_budget_merged_names_take (
  BudgetMergedNames *self, const char *name, glong max_length, gpointer owner, gpointer *found)
{
  g_autofree char *stripped = dup_stripped (name);
  g_autofree char *cut = dup_cut (stripped, "", max_length);

  if (!take (self, cut, NULL, owner))
    {
      g_autofree char *numbered = take_numbered (self, stripped, max_length, NULL, owner);

      g_free (cut);
      cut = g_steal_pointer (&numbered);
    }

  *found = _budget_merged_names_find (self, cut);
  return g_steal_pointer (&cut);
}

/*
 * Takes a name for its existing owner.
 *
 * Returns: %FALSE if it has another owner
 */
gboolean
_budget_merged_names_claim (BudgetMergedNames *self, const char *name, gpointer owner)
{
  return take (self, name, NULL, owner);
}

/* Whether a category of another kind has the name. */
static gboolean
is_of_another_kind (BudgetMergedNames *self, const char *name, BudgetForeignCategory *category)
{
  g_autofree char *folded = fold (name);
  BudgetForeignCategory *owner = g_hash_table_lookup (self->taken, folded);
  BudgetCategory *entity = g_hash_table_lookup (self->in_book, folded);

  if (owner != NULL)
    return owner->kind != category->kind;

  return entity != NULL && budget_category_get_kind (entity) != category->kind;
}

/* Joins the names from @first on. */
static char *
dup_joined (char **path, guint first)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = first; path[i] != NULL; i++)
    {
      g_autofree char *stripped = dup_stripped (path[i]);

      g_string_append_printf (name, "%s%s", i > first ? ": " : "", stripped);
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/*
 * The name of a category includes its ancestors: “Food: Groceries”. If that is
 * too long, the outermost are dropped. If a category of another kind has the
 * same name, the kind is appended.
 *
 * @found: (out): the book's row with that name, or %NULL
 *
 * Returns: (transfer full): the name
 */
char *
_budget_merged_names_take_category (BudgetMergedNames *self,
                                    BudgetForeignCategory *category,
                                    BudgetCategory **found)
{
  /* Translators: after the name of a category that exists twice; mind the blank. */
  const char *suffix =
    category->kind == BUDGET_CATEGORY_INCOME ? _(" (income)") : _(" (spending)");
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;
  guint first = 0;

  for (whole = dup_joined (category->path, 0);
       !is_short (whole, MAX_CATEGORY_NAME) && category->path[first + 1] != NULL;)
    {
      g_free (whole);
      whole = dup_joined (category->path, ++first);
    }

  name = dup_cut (whole, "", MAX_CATEGORY_NAME);
  if (is_of_another_kind (self, name, category))
    {
      g_free (name);
      name = dup_cut (whole, suffix, MAX_CATEGORY_NAME);
    }
  if (!take (self, name, &category->kind, category))
    {
      g_free (name);
      name = take_numbered (self, whole, MAX_CATEGORY_NAME, &category->kind, category);
    }

  *found = _budget_merged_names_find (self, name);
  return g_steal_pointer (&name);
}
