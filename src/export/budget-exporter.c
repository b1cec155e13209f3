/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-export-kinds-private.h"
#include "budget-export-writer-private.h"
#include "budget-exporter.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Exports the expenses of a list. The file is written under a temporary name
 * next to its target and renamed when it is complete, so an error leaves an
 * existing file intact.
 */

typedef struct
{
  const char *suffix;
  const char *name;
  GType (*get_type) (void);
  GType (*get_whole_type) (void);
} Kind;

/* Sorted by suffix. */
static const Kind kinds[] = {
  { ".csv", N_ ("Table (CSV)"), budget_csv_export_get_type },
    { ".json", N_ ("JSON"), budget_json_export_get_type, budget_book_export_get_type },
      { ".ofx", N_ ("Bank file (OFX)"), budget_ofx_export_get_type },
        { ".pdf", N_ ("Report (PDF)"), budget_pdf_export_get_type },
          { ".qif", N_ ("Bank file (QIF)"), budget_qif_export_get_type },
        };

/* A file that is being written. */
typedef struct
{
  char *target;
  char *temporary;
  int fd;
  BudgetExportWriter *writer;
} Export;

/* Removes the temporary file, unless it was renamed. */
static void
export_abandon (gpointer job)
{
  Export *self = job;

  if (self->fd >= 0)
    close (g_steal_fd (&self->fd));
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
}

static void
export_free (Export *self)
{
  export_abandon (self);
  g_clear_object (&self->writer);
  g_free (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static const Kind *
find_kind (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (lower, kinds[i].suffix))
      return &kinds[i];

  return NULL;
}

static gboolean
fail (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* Follows symbolic links, so that renaming does not replace a link. */
static char *
dup_target (const char *path, GError **error)
{
  char *real = realpath (path, NULL);
  g_autofree char *target = g_strdup (real != NULL ? real : path);

  free (real);
  if (!g_file_test (target, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&target);

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
                       _("A folder with this name already exists. Choose another name."));
  return NULL;
}

/* Keeps the permissions of an existing file. A new one is readable by the user only. */
static void
keep_mode (const char *target, int fd)
{
  GStatBuf info;

  if (g_stat (target, &info) == 0 && fchmod (fd, info.st_mode & 0777) != 0)
    g_debug ("The mode of %s is not kept: %s", target, g_strerror (errno));
}

static gboolean
open_temporary (Export *self, GError **error)
{
  g_autofree char *temporary = g_strconcat (self->target, ".XXXXXX", NULL);

  self->fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return fail (error, errno);

  self->temporary = g_steal_pointer (&temporary);
  keep_mode (self->target, self->fd);
  return TRUE;
}

static Export *
export_new (BudgetBook *book, BudgetFilter *filter, const char *path, GError **error)
{
  g_autoptr (Export) self = g_new0 (Export, 1);
  g_autoptr (GOutputStream) stream = NULL;
  const Kind *kind = find_kind (path);
  GType type;

  self->fd = -1;
  if (kind == NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_UNKNOWN_FORMAT,
                           _("This file type is not supported. Choose a name that ends in "
                             ".csv, .json, .ofx, .pdf or .qif."));
      return NULL;
    }

  self->target = dup_target (path, error);
  if (self->target == NULL || !open_temporary (self, error))
    return NULL;

  type = kind->get_whole_type != NULL && _budget_export_is_everything (filter)
           ? kind->get_whole_type ()
           : kind->get_type ();
  stream = g_unix_output_stream_new (self->fd, FALSE);
  self->writer = _budget_export_writer_new (type, book, filter, stream, error);

  return self->writer != NULL ? g_steal_pointer (&self) : NULL;
}

/* Renames the complete file to its target. */
static gboolean
export_close (Export *self, GError **error)
{
  int fd = g_steal_fd (&self->fd);

  if (fsync (fd) != 0)
    {
      fail (error, errno);
      close (fd);
      return FALSE;
    }

  if (close (fd) != 0 || g_rename (self->temporary, self->target) != 0)
    return fail (error, errno);

  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

static gboolean
export_step (gpointer job, gboolean *is_done, GError **error)
{
  Export *self = job;
  g_autoptr (GError) cause = NULL;

  if (_budget_export_writer_step (self->writer, is_done, &cause))
    return !*is_done || export_close (self, error);

  /* GIO's message is about file descriptors. */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                         _("The disk is full. Free some space and try again."));
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static double
export_get_fraction (gpointer job)
{
  Export *self = job;

  return _budget_export_writer_get_fraction (self->writer);
}

static const BudgetSteps export_steps = { export_step, export_get_fraction, export_abandon, NULL };

/**
 * budget_exporter_knows:
 * @path: (type filename): a file's name
 *
 * Returns: whether the suffix is that of a supported kind of file
 */
gboolean
budget_exporter_knows (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return find_kind (path) != NULL;
}

/**
 * budget_exporter_get_n_kinds:
 *
 * Returns: the number of supported kinds of files
 */
guint
budget_exporter_get_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

/**
 * budget_exporter_get_kind:
 * @position: the position of a kind, from 0
 * @name: (out) (optional): its translated name
 *
 * Returns: its suffix, without the dot
 */
const char *
budget_exporter_get_kind (guint position, const char **name)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (kinds), NULL);

  if (name != NULL)
    *name = g_dgettext (GETTEXT_PACKAGE, kinds[position].name);
  return kinds[position].suffix + 1;
}

/**
 * budget_exporter_write_file:
 * @book: a book
 * @filter: which of its expenses, in what order
 * @path: (type filename): the target; its suffix chooses the kind of file
 * @n_written: (out) (optional): how many expenses it has
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Exports the expenses of a filter. If that fails, an existing file is
 * unchanged. JSON exports the whole book if the filter excludes nothing.
 *
 * Returns: %TRUE if the file is complete
 */
gboolean
budget_exporter_write_file (BudgetBook *book,
                            BudgetFilter *filter,
                            const char *path,
                            guint *n_written,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (Export) export = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_FILTER (filter), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  export = export_new (book, filter, path, error);
  if (export == NULL || !budget_steps_run (&export_steps, export, NULL, NULL, cancellable, error))
    return FALSE;

  if (n_written != NULL)
    *n_written = _budget_export_writer_get_n_written (export->writer);
  return TRUE;
}

/**
 * budget_exporter_write_file_async:
 * @book: a book
 * @filter: which of its expenses, in what order
 * @path: (type filename): the target; its suffix chooses the kind of file
 * @progress: (nullable) (scope notified): called with the progress
 * @progress_data: user data for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called when the file is complete or failed
 * @user_data: user data for @callback
 *
 * Like budget_exporter_write_file(), in steps, so that the window stays
 * responsive.
 */
void
budget_exporter_write_file_async (BudgetBook *book,
                                  BudgetFilter *filter,
                                  const char *path,
                                  BudgetProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Export *export;

  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (BUDGET_IS_FILTER (filter));
  g_return_if_fail (path != NULL);

  task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_exporter_write_file_async);
  export = export_new (book, filter, path, &error);
  if (export == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  budget_steps_run_in_task (&export_steps, export, progress, progress_data, task);
}

/**
 * budget_exporter_write_file_finish:
 * @book: a book
 * @result: the result passed to the callback
 * @n_written: (out) (optional): how many expenses the file has
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the file is complete
 */
gboolean
budget_exporter_write_file_finish (BudgetBook *book,
                                   GAsyncResult *result,
                                   guint *n_written,
                                   GError **error)
{
  Export *export;

  g_return_val_if_fail (g_task_is_valid (result, book), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  export = g_task_get_task_data (G_TASK (result));
  if (n_written != NULL)
    *n_written = _budget_export_writer_get_n_written (export->writer);
  return TRUE;
}
