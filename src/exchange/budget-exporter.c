/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-exporter.h"
#include "budget-error.h"
#include "budget-exporter.h"
#include "budget-json-exporter.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * What a list shows, as a file. It is written beside the file it is to be and
 * put into its place when it is whole, so a full disk takes nothing away.
 */

typedef gboolean (*Writer) (GOutputStream *stream,
                            BudgetBook *book,
                            GListModel *expenses,
                            GCancellable *cancellable,
                            GError **error);

static gboolean
write_json (GOutputStream *stream,
            BudgetBook *book,
            GListModel *expenses,
            GCancellable *cancellable,
            GError **error)
{
  return budget_json_exporter_write (stream, book, expenses, BUDGET_JSON_WHOLE, cancellable, error);
}

static const struct
{
  const char *suffix;
  Writer write;
} kinds[] = {
  { ".csv", budget_csv_exporter_write },
  { ".json", write_json },
};

static Writer
find_writer (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (lower, kinds[i].suffix))
      return kinds[i].write;

  return NULL;
}

static gboolean
fail (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* Where the file really is, so that a link stays one. */
static char *
dup_target (const char *path, GError **error)
{
  char *real = realpath (path, NULL);
  g_autofree char *target = g_strdup (real != NULL ? real : path);

  free (real);
  if (!g_file_test (target, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&target);

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
                       _("There is a folder of this name. Choose another one."));
  return NULL;
}

static gboolean
write_into (int fd,
            Writer writer,
            BudgetBook *book,
            GListModel *expenses,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (fd, FALSE);

  if (!writer (stream, book, expenses, cancellable, error))
    return FALSE;

  return fsync (fd) == 0 || fail (error, errno);
}

/* A file that is there keeps who may read it; a new one is the user's alone. */
static void
keep_mode (const char *target, int fd)
{
  GStatBuf info;

  if (g_stat (target, &info) == 0 && fchmod (fd, info.st_mode & 0777) != 0)
    g_debug ("The mode of %s is not kept: %s", target, g_strerror (errno));
}

static gboolean
replace (const char *target,
         Writer writer,
         BudgetBook *book,
         GListModel *expenses,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *temporary = g_strconcat (target, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  gboolean is_good;

  if (fd < 0)
    return fail (error, errno);

  keep_mode (target, fd);
  is_good = write_into (fd, writer, book, expenses, cancellable, error);
  if (close (fd) != 0 && is_good)
    is_good = fail (error, errno);
  if (is_good && g_rename (temporary, target) != 0)
    is_good = fail (error, errno);
  if (!is_good)
    g_unlink (temporary);

  return is_good;
}

/**
 * budget_exporter_knows:
 * @path: (type filename): a file's name
 *
 * Returns: whether its ending is of a kind that can be written
 */
gboolean
budget_exporter_knows (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return find_writer (path) != NULL;
}

/**
 * budget_exporter_write_file:
 * @book: a book
 * @filter: which of its expenses, in what order
 * @path: (type filename): where to; the ending says what kind of file
 * @n_written: (out) (optional): how many expenses it has
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Writes what a list shows. If that fails, a file that was there is as it was.
 *
 * Returns: %TRUE if the file is whole
 */
gboolean
budget_exporter_write_file (BudgetBook *book,
                            BudgetFilter *filter,
                            const char *path,
                            guint *n_written,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) expenses = NULL;
  g_autofree char *target = NULL;
  Writer writer;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_FILTER (filter), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  writer = find_writer (path);
  if (writer == NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_UNKNOWN_FORMAT,
                           _("Files of this kind cannot be written yet. End the name in .csv or "
                             ".json."));
      return FALSE;
    }

  target = dup_target (path, error);
  if (target == NULL)
    return FALSE;

  query = budget_filter_build_query (filter, BUDGET_FILTER_LIST);
  expenses = orm_session_find (budget_book_get_session (book), query, error);
  if (expenses == NULL)
    return FALSE;

  if (n_written != NULL)
    *n_written = g_list_model_get_n_items (expenses);
  return replace (target, writer, book, expenses, cancellable, error);
}
