/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-source.h"
#include "budget-statement-reader.h"

#include <glib/gi18n.h>
#include <string.h>

BudgetImportSource *
budget_import_source_new (GFile *file)
{
  BudgetImportSource *self = g_new0 (BudgetImportSource, 1);
  g_autofree char *base = g_file_get_basename (file);

  self->name = g_filename_display_name (base);
  self->path = g_file_get_path (file);
  self->corrections = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * budget_import_source_free:
 * @self: a file to import
 *
 * Frees it.
 */
void
budget_import_source_free (BudgetImportSource *self)
{
  g_free (self->name);
  g_free (self->path);
  g_ptr_array_unref (self->corrections);
  g_clear_object (&self->statement);
  g_clear_object (&self->lines);
  g_free (self->problem);
  g_free (self->account);
  g_free (self);
}

/**
 * budget_import_source_get_layout:
 * @self: a file to import
 *
 * Returns: (transfer none) (nullable): how the file was read, or as much as is
 *   known of that, if it is a table
 */
BudgetCsvLayout *
budget_import_source_get_layout (BudgetImportSource *self)
{
  BudgetStatement *statement = self->lines != NULL ? self->lines : self->statement;

  return statement != NULL ? budget_csv_layout_get_for_statement (statement) : NULL;
}

/*
 * The latest correction of a setting or column counts. Another separator makes
 * other columns, so it drops their corrections.
 */
void
budget_import_source_correct (BudgetImportSource *self, const char *assignment)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = g_strndup (assignment, (gsize) (equals - assignment));
  BudgetCsvRole role;
  gboolean is_role = budget_csv_role_from_name (name, &role);
  gboolean is_delimiter = g_str_equal (name, "delimiter");

  for (guint i = self->corrections->len; i-- > 0;)
    {
      const char *other = g_ptr_array_index (self->corrections, i);
      g_autofree char *other_name = g_strndup (other, strcspn (other, "="));
      gboolean other_is_role = budget_csv_role_from_name (other_name, &role);

      if (g_str_equal (name, other_name) || (is_delimiter && other_is_role) ||
          (is_role && other_is_role && g_str_equal (equals, strchr (other, '='))))
        g_ptr_array_remove_index (self->corrections, i);
    }

  self->is_remembered = FALSE;
  g_ptr_array_add (self->corrections, g_strdup (assignment));
}

/**
 * budget_import_source_forget:
 * @self: a file to import
 *
 * Drops all corrections, including the remembered ones.
 */
void
budget_import_source_forget (BudgetImportSource *self)
{
  g_ptr_array_set_size (self->corrections, 0);
  self->is_remembered = FALSE;
  self->forgets = TRUE;
}

/**
 * budget_import_source_take_statement:
 * @self: a file to import
 * @statement: what is in it
 *
 * Called when the file could be read. Further corrections are added to the
 * layout that the book remembers for such tables.
 */
void
budget_import_source_take_statement (BudgetImportSource *self, BudgetStatement *statement)
{
  const char *const *map = budget_statement_get_map (statement);

  g_set_object (&self->statement, statement);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->problem, g_free);
  self->is_good = TRUE;

  if (self->corrections->len > 0 || map == NULL)
    return;

  self->is_remembered = TRUE;
  for (guint i = 0; map[i] != NULL; i++)
    g_ptr_array_add (self->corrections, g_strdup (map[i]));
}

/**
 * budget_import_source_take_problem:
 * @self: a file to import
 * @problem: why it could not be read
 * @lines: (nullable): the first of its lines, if it is a table
 */
void
budget_import_source_take_problem (BudgetImportSource *self,
                                   const char *problem,
                                   BudgetStatement *lines)
{
  self->is_good = FALSE;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_set_object (&self->lines, lines);
}

/**
 * budget_import_source_dup_map:
 * @self: a file to import
 *
 * Returns: (transfer full) (array zero-terminated=1): the corrections, as
 *   `FIELD=COLUMN`, in order
 */
char **
budget_import_source_dup_map (BudgetImportSource *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->corrections->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->corrections, i));

  return g_strv_builder_end (builder);
}

/**
 * budget_ui_get_date_order_name:
 * @order: an order
 *
 * Returns: what it is called
 */
const char *
budget_ui_get_date_order_name (BudgetDateOrder order)
{
  static const char *const names[BUDGET_N_DATE_ORDERS] = {
    [BUDGET_DATE_ORDER_DMY] =
      N_ ("Day, month, year"), [BUDGET_DATE_ORDER_MDY] =
                                 N_ ("Month, day, year"), [BUDGET_DATE_ORDER_YMD] =
                                                            N_ ("Year, month, day"),
                                                                [BUDGET_DATE_ORDER_YDM] =
                                                                  N_ ("Year, day, month"),
                                                                };

  g_return_val_if_fail (order < BUDGET_N_DATE_ORDERS, NULL);

  return _(names[order]);
}

typedef struct
{
  char *path;
  char **map;
} Preview;

static void
preview_free (Preview *preview)
{
  g_free (preview->path);
  g_strfreev (preview->map);
  g_free (preview);
}

static void
preview_in_thread (GTask *task, gpointer object, gpointer task_data, GCancellable *cancellable)
{
  Preview *preview = task_data;

  g_task_return_pointer (
    task, budget_statement_preview_file (preview->path, (const char *const *) preview->map),
    g_object_unref);
}

/**
 * budget_import_source_look_at:
 * @self: a file that could not be read
 * @owner: (type GObject): who wants to know; it is held until then
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads the first lines of a table in a thread.
 */
void
budget_import_source_look_at (BudgetImportSource *self,
                              gpointer owner,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Preview *data = g_new0 (Preview, 1);
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, user_data);

  data->path = g_strdup (self->path);
  data->map = budget_import_source_dup_map (self);
  g_task_set_task_data (task, data, (GDestroyNotify) preview_free);
  g_task_run_in_thread (task, preview_in_thread);
}

/**
 * budget_import_source_look_at_finish:
 * @result: what the callback got
 * @lines: (out) (transfer full) (nullable): the first lines, with a layout;
 *   %NULL if it is no table
 *
 * Returns: %FALSE if it was called off
 */
gboolean
budget_import_source_look_at_finish (GAsyncResult *result, BudgetStatement **lines)
{
  g_autoptr (GError) error = NULL;

  *lines = g_task_propagate_pointer (G_TASK (result), &error);
  return error == NULL;
}
