/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-choices.h"

/*
 * A transaction is identified by its file and line; if a line has several, also
 * by its position among them.
 */

struct _BudgetImportChoices
{
  GHashTable *chosen; /* key → GHashTable of property → GValue */
  GHashTable *n_named;
};

static const char key_data[] = "budget-import-choices-key";

/* In the order in which they are applied: one may change the next. */
static const char *const properties[] = {
  "date", "amount", "description", "note", "matched", "transfer", "category", "user", "include",
};

static void
value_free (gpointer data)
{
  g_value_unset (data);
  g_free (data);
}

/**
 * budget_import_choices_new:
 *
 * Returns: (transfer full): nothing was said yet
 */
BudgetImportChoices *
budget_import_choices_new (void)
{
  BudgetImportChoices *self = g_new0 (BudgetImportChoices, 1);

  self->chosen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->n_named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * budget_import_choices_free:
 * @self: choices
 *
 * Frees them.
 */
void
budget_import_choices_free (BudgetImportChoices *self)
{
  g_hash_table_unref (self->chosen);
  g_hash_table_unref (self->n_named);
  g_free (self);
}

static gboolean
may_have (BudgetDraft *draft, const char *property, const GValue *value)
{
  if (g_str_equal (property, "matched"))
    return budget_draft_can_match (draft);
  if (g_str_equal (property, "transfer"))
    return !g_value_get_boolean (value) || budget_draft_can_transfer (draft);

  return TRUE;
}

static void
say_again (BudgetDraft *draft, GHashTable *chosen)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      const GValue *value = g_hash_table_lookup (chosen, properties[i]);

      if (value != NULL && may_have (draft, properties[i], value))
        g_object_set_property (G_OBJECT (draft), properties[i], value);
    }
}

/**
 * budget_import_choices_restart:
 * @self: choices
 *
 * All files were read anew; their drafts are named after this.
 */
void
budget_import_choices_restart (BudgetImportChoices *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->n_named);
}

/**
 * budget_import_choices_name:
 * @self: choices
 * @draft: a draft of a file that was read, each of them once and in their order
 * @path: where the file is
 *
 * Finds the transaction of a draft, and applies the changes made to it before.
 */
void
budget_import_choices_name (BudgetImportChoices *self, BudgetDraft *draft, const char *path)
{
  char *line;
  char *key;
  guint n_before;
  GHashTable *chosen;

  g_return_if_fail (self != NULL);

  line = g_strdup_printf ("%u %s", budget_draft_get_line (draft), path);
  n_before = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_named, line));
  key = g_strdup_printf ("%u %s", n_before, line);
  g_hash_table_insert (self->n_named, line, GUINT_TO_POINTER (n_before + 1));

  chosen = g_hash_table_lookup (self->chosen, key);
  g_object_set_data_full (G_OBJECT (draft), key_data, key, g_free);
  if (chosen != NULL)
    say_again (draft, chosen);
}

/**
 * budget_import_choices_note:
 * @self: choices
 * @draft: a draft that was named
 * @property: what somebody has just changed of it
 *
 * Keeps what it is now.
 */
void
budget_import_choices_note (BudgetImportChoices *self, BudgetDraft *draft, const char *property)
{
  const char *key = g_object_get_data (G_OBJECT (draft), key_data);
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (draft), property);
  GHashTable *chosen;
  GValue *value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (pspec != NULL);

  if (key == NULL)
    return;

  chosen = g_hash_table_lookup (self->chosen, key);
  if (chosen == NULL)
    {
      chosen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, value_free);
      g_hash_table_insert (self->chosen, g_strdup (key), chosen);
    }

  value = g_new0 (GValue, 1);
  g_value_init (value, pspec->value_type);
  g_object_get_property (G_OBJECT (draft), property, value);
  g_hash_table_insert (chosen, (gpointer) pspec->name, value);
}
