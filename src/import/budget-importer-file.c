/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-layout.h"
#include "orm-session-query.h"

/*
 * Reads files into an importer, with the corrections that the book remembers of
 * their banks.
 */

static void
take_layout (BudgetImporter *self, BudgetLayout *layout)
{
  const char *signature = budget_layout_get_signature (layout);
  const char *fields = budget_layout_get_fields (layout);
  BudgetAccount *account = budget_layout_get_account (layout);

  if (fields != NULL && *fields != '\0')
    g_hash_table_insert (self->layouts, g_strdup (signature), g_strsplit (fields, "\n", -1));
  if (account != NULL)
    g_hash_table_insert (self->layout_accounts, g_strdup (signature), g_object_ref (account));
}

/*
 * Returns: the remembered corrections by signature. The table is not changed once
 * it is made, so threads may read it.
 */
static GHashTable *
get_layouts (BudgetImporter *self)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) layouts = NULL;

  if (self->layouts != NULL)
    return self->layouts;

  self->layouts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->layout_accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  query = orm_query_new (BUDGET_TYPE_LAYOUT);
  layouts = orm_session_find (budget_book_get_session (self->book), query, NULL);
  for (guint i = 0; layouts != NULL && i < g_list_model_get_n_items (layouts); i++)
    {
      g_autoptr (BudgetLayout) layout = g_list_model_get_item (layouts, i);

      if (layout != NULL)
        take_layout (self, layout);
    }

  return self->layouts;
}

/* Returns: (transfer none) (nullable): the account that was chosen for such tables */
BudgetAccount *
_budget_importer_find_layout_account (BudgetImporter *self, BudgetStatement *statement)
{
  const char *signature = budget_statement_get_signature (statement);

  if (signature == NULL)
    return NULL;

  get_layouts (self);
  return g_hash_table_lookup (self->layout_accounts, signature);
}

/**
 * budget_importer_get_remembered:
 * @self: an importer
 * @statement: what is in a file
 *
 * Returns: (nullable) (array zero-terminated=1): the corrections that the book
 *   remembers of such tables; %NULL if there are none, or if the file was read
 *   with corrections
 */
const char *const *
budget_importer_get_remembered (BudgetImporter *self, BudgetStatement *statement)
{
  const char *signature;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);
  g_return_val_if_fail (BUDGET_IS_STATEMENT (statement), NULL);

  signature = budget_statement_get_signature (statement);
  if (signature == NULL || budget_statement_get_map (statement) != NULL)
    return NULL;

  return g_hash_table_lookup (get_layouts (self), signature);
}

/*
 * Applies remembered corrections. They are of another file, so the file is read
 * without them where they do not fit.
 */
static BudgetStatement *
read_as_remembered (GHashTable *layouts,
                    const char *path,
                    BudgetStatementFormat format,
                    const char *const *map,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (BudgetStatement) statement =
    budget_statement_read_file (path, format, map, cancellable, error);
  const char *signature = statement != NULL ? budget_statement_get_signature (statement) : NULL;
  BudgetStatement *again = NULL;

  if (signature != NULL && layouts != NULL && (map == NULL || map[0] == NULL) &&
      g_hash_table_contains (layouts, signature))
    again = budget_statement_read_again (statement, g_hash_table_lookup (layouts, signature),
                                         cancellable, NULL);

  return again != NULL ? again : g_steal_pointer (&statement);
}

/**
 * budget_importer_add_file:
 * @self: an importer
 * @path: (type filename): where the file is
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections to the columns of a
 *   table, see budget_csv_layout_map()
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Reads a file and adds a draft for each of its rows. Without @map, the file is
 * read with the corrections that the book remembers of its bank, if any.
 *
 * Returns: %TRUE if they were added
 */
gboolean
budget_importer_add_file (BudgetImporter *self,
                          const char *path,
                          BudgetStatementFormat format,
                          const char *const *map,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (BudgetStatement) statement = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  statement = read_as_remembered (self->is_forgetful ? NULL : get_layouts (self), path, format, map,
                                  cancellable, error);
  name = g_filename_display_basename (path);
  return statement != NULL &&
         budget_importer_add_statement (self, name, statement, cancellable, error);
}

typedef struct
{
  char *path;
  BudgetStatementFormat format;
  char **map;
  GHashTable *layouts;
  BudgetImportJob *job;
} AddFile;

static void
add_file_free (AddFile *data)
{
  g_free (data->path);
  g_strfreev (data->map);
  g_clear_pointer (&data->layouts, g_hash_table_unref);
  g_clear_pointer (&data->job, _budget_import_job_free);
  g_free (data);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AddFile *data = task_data;
  GError *error = NULL;
  BudgetStatement *statement = read_as_remembered (
    data->layouts, data->path, data->format, (const char *const *) data->map, cancellable, &error);

  if (statement != NULL)
    g_task_return_pointer (task, statement, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BudgetImporter *self = g_task_get_source_object (task);
  AddFile *data = g_task_get_task_data (task);
  g_autoptr (BudgetStatement) statement = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  statement = g_task_propagate_pointer (G_TASK (result), &error);
  if (statement == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  name = g_filename_display_basename (data->path);
  data->job = _budget_import_job_new (self, name, statement);
  budget_steps_run_in_task (&_budget_import_job_steps, data->job, _budget_importer_tell_progress,
                            self, task);
}

/**
 * budget_importer_add_file_async:
 * @self: an importer that no other file is being added to
 * @path: (type filename): where the file is
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections to the columns of a
 *   table, see budget_csv_layout_map()
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As budget_importer_add_file(), but reads in a thread and adds the drafts in
 * small steps.
 */
void
budget_importer_add_file_async (BudgetImporter *self,
                                const char *path,
                                BudgetStatementFormat format,
                                const char *const *map,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) reading = NULL;
  GTask *task;
  AddFile *data;

  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (!self->is_committed);

  data = g_new0 (AddFile, 1);
  data->path = g_strdup (path);
  data->format = format;
  data->map = g_strdupv ((char **) map);
  if (!self->is_forgetful)
    data->layouts = g_hash_table_ref (get_layouts (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_importer_add_file_async);
  g_task_set_task_data (task, data, (GDestroyNotify) add_file_free);

  /* The task above outlives this one and keeps the data. This task has no source
   * object, so that the importer is never freed in the thread. */
  reading = g_task_new (NULL, cancellable, on_file_read, task);
  g_task_set_task_data (reading, data, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

/**
 * budget_importer_add_file_finish:
 * @self: an importer
 * @result: what the callback got
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the file's drafts were added
 */
gboolean
budget_importer_add_file_finish (BudgetImporter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
