/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/**
 * BudgetImporter:
 *
 * Banks' statements on their way into a book: a #GListModel of #BudgetDraft,
 * to be looked at and then saved at once with budget_importer_commit().
 *
 * Only what was in the book before can be a duplicate; two equal rows of the
 * files are two payments. If the book has one of them and the file two, one is
 * a duplicate and one is new.
 */

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BudgetImporter,
                               budget_importer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
import_file_free (BudgetImportFile *file)
{
  g_free (file->name);
  g_object_unref (file->statement);
  g_free (file);
}

static gpointer
budget_importer_get_item (GListModel *model, guint position)
{
  BudgetImporter *self = BUDGET_IMPORTER (model);

  if (position >= self->drafts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->drafts, position));
}

static guint
budget_importer_get_n_items (GListModel *model)
{
  return BUDGET_IMPORTER (model)->drafts->len;
}

static GType
budget_importer_get_item_type (GListModel *model)
{
  return BUDGET_TYPE_DRAFT;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = budget_importer_get_item;
  iface->get_n_items = budget_importer_get_n_items;
  iface->get_item_type = budget_importer_get_item_type;
}

static void
budget_importer_finalize (GObject *object)
{
  BudgetImporter *self = BUDGET_IMPORTER (object);

  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->files);
  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->usual);
  g_hash_table_unref (self->n_equal);
  g_hash_table_unref (self->spellings);
  g_string_chunk_free (self->names);
  _budget_known_rows_clear (&self->known);
  g_clear_object (&self->user);
  g_clear_object (&self->category);
  g_clear_object (&self->book);
  g_free (self->account);
  g_free (self->currency);

  G_OBJECT_CLASS (budget_importer_parent_class)->finalize (object);
}

static void
budget_importer_class_init (BudgetImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_importer_finalize;
}

static void
budget_importer_init (BudgetImporter *self)
{
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) import_file_free);
  self->names = g_string_chunk_new (1024);
  self->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->categories = g_hash_table_new (g_str_hash, g_str_equal);
  self->users = g_hash_table_new (g_str_hash, g_str_equal);
  self->accounts = g_hash_table_new (g_str_hash, g_str_equal);
  self->usual = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->n_equal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  _budget_known_rows_init (&self->known);
}

/**
 * budget_importer_new:
 * @book: where the expenses are to go; it must not change until they did
 *
 * Returns: (transfer full): an importer without files
 */
BudgetImporter *
budget_importer_new (BudgetBook *book)
{
  BudgetImporter *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_IMPORTER, NULL);
  self->book = g_object_ref (book);
  self->currency = g_strdup (budget_book_get_currency (book));

  return self;
}

/**
 * budget_importer_set_as_is:
 * @self: an importer without files
 * @as_is: whether amounts in another currency are taken as they stand
 */
void
budget_importer_set_as_is (BudgetImporter *self, gboolean as_is)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->as_is = as_is;
}

/**
 * budget_importer_set_user:
 * @self: an importer without files
 * @user: (nullable): whose expenses they are, %NULL if the files may say
 */
void
budget_importer_set_user (BudgetImporter *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (user == NULL || BUDGET_IS_USER (user));

  g_set_object (&self->user, user);
}

/**
 * budget_importer_set_category:
 * @self: an importer without files
 * @category: (nullable): what they are filed under where the files do not say,
 *   %NULL for what the like was filed under before
 */
void
budget_importer_set_category (BudgetImporter *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (category == NULL || BUDGET_IS_CATEGORY (category));

  g_set_object (&self->category, category);
}

/**
 * budget_importer_set_account:
 * @self: an importer without files
 * @name_or_number: (nullable): the account they left, made if it is new; %NULL
 *   if the files may say
 */
void
budget_importer_set_account (BudgetImporter *self, const char *name_or_number)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  g_free (self->account);
  self->account = g_strdup (name_or_number);
}

/**
 * budget_importer_set_progress:
 * @self: an importer
 * @progress: (nullable) (scope notified): told now and then how much is done
 *   of what is being done
 * @data: given to @progress
 */
void
budget_importer_set_progress (BudgetImporter *self, BudgetImportProgress progress, gpointer data)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->progress = progress;
  self->progress_data = data;
}

/**
 * budget_importer_add_statement:
 * @self: an importer
 * @name: what the file is called
 * @statement: what is in it
 * @cancellable: (nullable): to stop it
 * @error: return location for an #OrmError or a #GIOErrorEnum
 *
 * Adds a draft for each row of a statement.
 *
 * Returns: %TRUE if they were added
 */
gboolean
budget_importer_add_statement (BudgetImporter *self,
                               const char *name,
                               BudgetStatement *statement,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (BudgetImportJob) job = NULL;
  gboolean is_done = FALSE;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_STATEMENT (statement), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  job = _budget_import_job_new (self, name, statement);
  while (!is_done)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !_budget_import_job_step (job, &is_done, error))
      return FALSE;

  return TRUE;
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
 * Reads a file and adds a draft for each of its rows.
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

  statement = budget_statement_read_file (path, format, map, cancellable, error);
  name = g_filename_display_basename (path);
  return statement != NULL &&
         budget_importer_add_statement (self, name, statement, cancellable, error);
}

typedef struct
{
  char *path;
  BudgetStatementFormat format;
  char **map;
  BudgetImportJob *job;
} AddFile;

static void
add_file_free (AddFile *data)
{
  g_free (data->path);
  g_strfreev (data->map);
  g_clear_pointer (&data->job, _budget_import_job_free);
  g_free (data);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AddFile *data = task_data;
  GError *error = NULL;
  BudgetStatement *statement = budget_statement_read_file (
    data->path, data->format, (const char *const *) data->map, cancellable, &error);

  if (statement != NULL)
    g_task_return_pointer (task, statement, g_object_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
on_idle (gpointer user_data)
{
  GTask *task = user_data;
  AddFile *data = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_done = FALSE;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  if (!_budget_import_job_step (data->job, &is_done, &error))
    g_task_return_error (task, error);
  else if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    return G_SOURCE_CONTINUE;

  return G_SOURCE_REMOVE;
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BudgetImporter *self = g_task_get_source_object (task);
  AddFile *data = g_task_get_task_data (task);
  g_autoptr (BudgetStatement) statement = NULL;
  g_autoptr (GSource) idle = NULL;
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
  idle = g_idle_source_new ();
  g_source_set_callback (idle, on_idle, g_object_ref (task), g_object_unref);
  g_source_attach (idle, g_task_get_context (task));
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
 * As budget_importer_add_file(), reading in a thread and doing the rest little
 * by little.
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
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_importer_add_file_async);
  g_task_set_task_data (task, data, (GDestroyNotify) add_file_free);

  /* The task above is handed on and outlives this one with its data. The thread
   * has no hold on the importer, which is never freed there. */
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

/**
 * budget_importer_get_currency:
 * @self: an importer
 *
 * Returns: what the drafts' amounts are in: the book's currency, or the one
 *   that an empty book takes on
 */
const char *
budget_importer_get_currency (BudgetImporter *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return self->currency;
}

/**
 * budget_importer_get_n_files:
 * @self: an importer
 *
 * Returns: how many files were added
 */
guint
budget_importer_get_n_files (BudgetImporter *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), 0);

  return self->files->len;
}

static BudgetImportFile *
get_file (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (file < self->files->len, NULL);

  return g_ptr_array_index (self->files, file);
}

/**
 * budget_importer_get_file_name:
 * @self: an importer
 * @file: which file, from 0
 *
 * Returns: what the file is called
 */
const char *
budget_importer_get_file_name (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return get_file (self, file)->name;
}

/**
 * budget_importer_get_file_statement:
 * @self: an importer
 * @file: which file, from 0
 *
 * Returns: (transfer none): what is in it, with its remarks
 */
BudgetStatement *
budget_importer_get_file_statement (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return get_file (self, file)->statement;
}

static void
count_draft (BudgetDraft *draft, BudgetImportCounts *counts)
{
  counts->n_new += draft->state == BUDGET_DRAFT_NEW;
  counts->n_duplicates += draft->state == BUDGET_DRAFT_DUPLICATE;
  counts->n_rejected += draft->state == BUDGET_DRAFT_REJECTED;
  counts->n_included += draft->include;

  /* No file is long enough for more than that. */
  if (draft->include && !budget_money_add (counts->sum, draft->amount, &counts->sum))
    counts->sum = draft->amount > 0 ? G_MAXINT64 : G_MININT64;
}

/**
 * budget_importer_count_file:
 * @self: an importer
 * @file: which file, from 0
 * @counts: (out caller-allocates): its figures
 */
void
budget_importer_count_file (BudgetImporter *self, guint file, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->file == file)
        count_draft (draft, counts);
    }
}

/**
 * budget_importer_count:
 * @self: an importer
 * @counts: (out caller-allocates): the figures of all files together
 */
void
budget_importer_count (BudgetImporter *self, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    count_draft (g_ptr_array_index (self->drafts, i), counts);
}

/**
 * budget_importer_get_n_new:
 * @self: an importer
 *
 * Returns: how many bookings are not in the book yet
 */
guint
budget_importer_get_n_new (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_new;
}

/**
 * budget_importer_get_n_duplicates:
 * @self: an importer
 *
 * Returns: how many bookings are in the book already
 */
guint
budget_importer_get_n_duplicates (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_duplicates;
}

/**
 * budget_importer_get_n_rejected:
 * @self: an importer
 *
 * Returns: how many bookings cannot be used
 */
guint
budget_importer_get_n_rejected (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_rejected;
}

/**
 * budget_importer_get_sum:
 * @self: an importer
 *
 * Returns: the sum of the drafts to be included, as expenses: positive is
 *   money that left
 */
gint64
budget_importer_get_sum (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.sum;
}
