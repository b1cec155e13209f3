/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-merged-names-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * What things are called in the book that came from another: its names are flat,
 * short and unique. The same thing gets the same name whenever it comes.
 */

#define LONGEST_CATEGORY 50

/* As the book itself tells names apart. */
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
is_short (const char *name, glong longest)
{
  return g_utf8_strlen (name, -1) <= longest;
}

/* As much of a name as there is room for before @suffix. */
static char *
dup_cut (const char *name, const char *suffix, glong longest)
{
  glong room = longest - g_utf8_strlen (suffix, -1);
  g_autofree char *cut = NULL;

  if (is_short (name, room))
    return g_strconcat (name, suffix, NULL);

  cut = g_utf8_substring (name, 0, room - 1);
  g_strchomp (cut);
  return g_strconcat (cut, "…", suffix, NULL);
}

/*
 * Whether a name may be given out: to a category, not that of one of another
 * kind.
 */
static gboolean
take (BudgetMergedNames *self, const char *name, const BudgetCategoryKind *kind, gpointer whom)
{
  g_autofree char *folded = fold (name);
  gpointer entity = g_hash_table_lookup (self->in_book, folded);

  if (*folded == '\0' || g_hash_table_contains (self->taken, folded) ||
      (entity != NULL && kind != NULL && budget_category_get_kind (entity) != *kind))
    return FALSE;

  g_hash_table_insert (self->taken, g_steal_pointer (&folded), whom);
  return TRUE;
}

/* Names that are the same up to here count together. */
#define LARGEST_SUFFIX " 99999"

/*
 * The name with the first number that is free; numbers that were tried once are
 * not tried again.
 */
static char *
take_numbered (BudgetMergedNames *self,
               const char *name,
               glong longest,
               const BudgetCategoryKind *kind,
               gpointer whom)
{
  g_autofree char *start = dup_cut (name, LARGEST_SUFFIX, longest);
  g_autofree char *folded = fold (start);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, folded));

  for (number = MAX (number, 1) + 1;; number++)
    {
      g_autofree char *suffix = g_strdup_printf (" %u", number);
      g_autofree char *numbered = dup_cut (name, suffix, longest);

      if (take (self, numbered, kind, whom))
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
 * @found: (out): what the book calls so already, or %NULL
 *
 * Returns: (transfer full): the name
 */
char *
_budget_merged_names_give (
  BudgetMergedNames *self, const char *name, glong longest, gpointer whom, gpointer *found)
{
  g_autofree char *stripped = dup_stripped (name);
  g_autofree char *cut = dup_cut (stripped, "", longest);

  if (!take (self, cut, NULL, whom))
    {
      g_autofree char *numbered = take_numbered (self, stripped, longest, NULL, whom);

      g_free (cut);
      cut = g_steal_pointer (&numbered);
    }

  *found = _budget_merged_names_find (self, cut);
  return g_steal_pointer (&cut);
}

/*
 * Keeps a name for what has it already.
 *
 * Returns: %FALSE if it was given to something else
 */
gboolean
_budget_merged_names_claim (BudgetMergedNames *self, const char *name, gpointer whom)
{
  return take (self, name, NULL, whom);
}

/* Whether it is a category of the other kind that has the name. */
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

/* The names from @first on, as one. */
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
 * A category's name tells what it is in: “Food: Groceries”. Of too long a name
 * the outermost goes first; where the same name is already that of another
 * kind, the kind is told.
 *
 * @found: (out): what the book calls so already, or %NULL
 *
 * Returns: (transfer full): the name
 */
char *
_budget_merged_names_give_category (BudgetMergedNames *self,
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
       !is_short (whole, LONGEST_CATEGORY) && category->path[first + 1] != NULL;)
    {
      g_free (whole);
      whole = dup_joined (category->path, ++first);
    }

  name = dup_cut (whole, "", LONGEST_CATEGORY);
  if (is_of_another_kind (self, name, category))
    {
      g_free (name);
      name = dup_cut (whole, suffix, LONGEST_CATEGORY);
    }
  if (!take (self, name, &category->kind, category))
    {
      g_free (name);
      name = take_numbered (self, whole, LONGEST_CATEGORY, &category->kind, category);
    }

  *found = _budget_merged_names_find (self, name);
  return g_steal_pointer (&name);
}
