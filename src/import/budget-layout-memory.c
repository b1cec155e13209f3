/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-layout-memory-private.h"
#include "budget-layout.h"
#include "orm-session-query.h"

/*
 * What a book remembers of the tables that were imported into it: by a table's
 * signature, the corrections to its columns and the account it belongs to. It
 * does not change after _budget_layout_memory_new(), so threads may use it.
 */
struct _BudgetLayoutMemory
{
  GHashTable *corrections; /* signature → char ** */
  GHashTable *accounts;    /* signature → BudgetAccount */
};

static void
take_layout (BudgetLayoutMemory *self, BudgetLayout *layout)
{
  const char *signature = budget_layout_get_signature (layout);
  const char *fields = budget_layout_get_fields (layout);
  BudgetAccount *account = budget_layout_get_account (layout);

  if (fields != NULL && *fields != '\0')
    g_hash_table_insert (self->corrections, g_strdup (signature), g_strsplit (fields, "\n", -1));
  if (account != NULL)
    g_hash_table_insert (self->accounts, g_strdup (signature), g_object_ref (account));
}

/* Returns: (transfer full): what @book remembers now */
BudgetLayoutMemory *
_budget_layout_memory_new (BudgetBook *book)
{
  BudgetLayoutMemory *self = g_new0 (BudgetLayoutMemory, 1);
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_LAYOUT);
  g_autoptr (GListModel) layouts = NULL;

  self->corrections =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  layouts = orm_session_find (budget_book_get_session (book), query, NULL);
  for (guint i = 0; layouts != NULL && i < g_list_model_get_n_items (layouts); i++)
    {
      g_autoptr (BudgetLayout) layout = g_list_model_get_item (layouts, i);

      if (layout != NULL)
        take_layout (self, layout);
    }

  return self;
}

void
_budget_layout_memory_free (BudgetLayoutMemory *self)
{
  g_hash_table_unref (self->corrections);
  g_hash_table_unref (self->accounts);
  g_free (self);
}

/* Returns: (transfer none) (nullable): the account that was chosen for such tables */
BudgetAccount *
_budget_layout_memory_find_account (const BudgetLayoutMemory *self, BudgetStatement *statement)
{
  const char *signature = budget_statement_get_signature (statement);

  return signature != NULL ? g_hash_table_lookup (self->accounts, signature) : NULL;
}

/*
 * Applies the corrections to such tables, if there are any and the table was read
 * without corrections. They are of another file and may not fit this one.
 *
 * Returns: (transfer full): the table read again, or @statement
 */
BudgetStatement *
_budget_layout_memory_apply (const BudgetLayoutMemory *self,
                             BudgetStatement *statement,
                             GCancellable *cancellable)
{
  const char *signature = budget_statement_get_signature (statement);
  const char *const *map = NULL;
  BudgetStatement *again = NULL;

  if (signature != NULL && budget_statement_get_map (statement) == NULL)
    map = g_hash_table_lookup (self->corrections, signature);
  if (map != NULL)
    again = budget_statement_read_again (statement, map, cancellable, NULL);

  return again != NULL ? again : g_object_ref (statement);
}

/* Finds or adds what a book remembers of such tables. */
static BudgetLayout *
ensure_layout (OrmSession *session, const char *signature, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_LAYOUT);
  g_autoptr (BudgetLayout) layout = NULL;

  orm_query_where (query, "fingerprint", ORM_EQUAL, signature);
  layout = orm_session_find_first (session, query, NULL);
  if (layout != NULL)
    return g_steal_pointer (&layout);

  layout = budget_layout_new ();
  budget_layout_set_signature (layout, signature);
  return orm_session_add (session, layout, error) ? g_steal_pointer (&layout) : NULL;
}

/*
 * Remembers the account of such tables in a book, or with %NULL that they have none.
 */
gboolean
_budget_layout_memory_save_account (OrmSession *session,
                                    BudgetStatement *statement,
                                    BudgetAccount *account,
                                    GError **error)
{
  const char *signature = budget_statement_get_signature (statement);
  g_autoptr (BudgetLayout) layout = NULL;

  if (signature == NULL)
    return TRUE;

  layout = ensure_layout (session, signature, error);
  if (layout == NULL)
    return FALSE;

  budget_layout_set_account (layout, account);
  return TRUE;
}

/*
 * Remembers in a book the corrections with which a table was read, or forgets
 * those of such tables if it was read without.
 */
gboolean
_budget_layout_memory_save_map (OrmSession *session, BudgetStatement *statement, GError **error)
{
  const char *signature = budget_statement_get_signature (statement);
  const char *const *map = budget_statement_get_map (statement);
  g_autofree char *fields = map != NULL ? g_strjoinv ("\n", (char **) map) : NULL;
  g_autoptr (BudgetLayout) layout = NULL;

  if (signature == NULL)
    return TRUE;

  layout = ensure_layout (session, signature, error);
  return layout != NULL && budget_layout_set_fields (layout, fields);
}
