/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-backup-private.h"
#include "budget-book-error-private.h"
#include "budget-book-private.h"
#include "budget-book.h"
#include "orm-session-query.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * Copies of a book, made by the database itself so that no other program can
 * write into the middle of one. A copy is compared with the book before it
 * counts as a backup.
 */

#define N_KEPT 10
#define SUFFIX ".budget"

char *
_budget_book_dup_backup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);
}

/*
 * Books of the same name in different folders do not get in each other's way.
 */
static char *
dup_stem (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *home = g_build_filename (g_get_user_data_dir (), "budget", NULL);
  g_autofree char *sum = NULL;

  if (g_str_has_suffix (name, SUFFIX))
    name[strlen (name) - strlen (SUFFIX)] = '\0';

  if (g_str_equal (folder, home))
    return g_steal_pointer (&name);

  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folder, -1);
  return g_strdup_printf ("%s-%.6s", name, sum);
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

static gboolean
fail (GError **error, int code)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
               /* Translators: what the system says. */
               _("No backup could be made: %s"), g_strerror (code));
  return FALSE;
}

static gboolean
refuse_copy (GError **error)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
               _("No backup could be made: %s"), _("the copy is not the same as the book"));
  return FALSE;
}

/* Books of every version have these tables. */
static gboolean
has_same_rows (OrmSession *book, OrmSession *copy, GError **error)
{
  const GType types[] = { BUDGET_TYPE_USER, BUDGET_TYPE_CATEGORY, BUDGET_TYPE_ACCOUNT };
  g_autoptr (OrmQuery) expenses = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n_rows, n_copied;
  gint64 sum, sum_copied;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (types[i]);

      if (!orm_session_count (book, query, &n_rows, error) ||
          !orm_session_count (copy, query, &n_copied, error))
        return FALSE;
      if (n_rows != n_copied)
        return refuse_copy (error);
    }

  if (!orm_session_sum (book, expenses, "amount", &sum, &n_rows, error) ||
      !orm_session_sum (copy, expenses, "amount", &sum_copied, &n_copied, error))
    return FALSE;

  return (n_rows == n_copied && sum == sum_copied) || refuse_copy (error);
}

static gboolean
has_same_version (OrmConnection *book, OrmConnection *copy, GError **error)
{
  int application_id, copied_id, version, copied_version;

  if (!orm_connection_get_schema_version (book, &application_id, &version, error) ||
      !orm_connection_get_schema_version (copy, &copied_id, &copied_version, error))
    return FALSE;

  return (application_id == copied_id && version == copied_version) || refuse_copy (error);
}

/*
 * Opens a copy of a book and compares its version, its rows and their sum.
 */
gboolean
_budget_book_verify_copy (OrmSession *book, const char *path, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, error);
  g_autoptr (OrmSession) copy = NULL;
  gboolean is_same;

  if (connection == NULL)
    return FALSE;

  copy = _budget_book_new_session (connection);
  is_same = has_same_version (orm_session_get_connection (book), connection, error) &&
            has_same_rows (book, copy, error);
  orm_session_close (copy);
  orm_connection_close (connection);
  return is_same;
}

/*
 * Under another name until it is whole: a copy that was broken off is no
 * backup.
 */
static gboolean
write_backup (OrmSession *session, const char *target, GError **error)
{
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  int fd;

  g_unlink (part);
  fd = g_open (part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, errno);
  g_close (fd, NULL);

  if (!orm_connection_backup (orm_session_get_connection (session), part, error) ||
      !_budget_book_verify_copy (session, part, error))
    {
      g_unlink (part);
      _budget_book_word_error (error);
      return FALSE;
    }

  if (g_rename (part, target) == 0)
    return TRUE;

  fail (error, errno);
  g_unlink (part);
  return FALSE;
}

static gboolean
is_daily_backup (const char *name, const char *stem)
{
  const char *day = name + strlen (stem);

  if (!g_str_has_prefix (name, stem) || strlen (day) != strlen ("-2026-11-22" SUFFIX))
    return FALSE;

  for (const char *p = day; p < day + strlen ("-2026-11-22"); p++)
    if (*p != '-' && !g_ascii_isdigit (*p))
      return FALSE;

  return g_str_has_suffix (name, SUFFIX);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/*
 * The days are in the names, so their order is that of the names.
 */
static void
remove_old (const char *folder, const char *stem)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_daily_backup (name, stem))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + N_KEPT < names->len; i++)
    {
      g_autofree char *file = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (file);
    }
}

/*
 * Where a copy of today goes. @number is 1 for the first.
 */
static char *
dup_target (const char *path, const char *mark, guint number)
{
  g_autofree char *folder = _budget_book_dup_backup_folder ();
  g_autofree char *stem = dup_stem (path);
  g_autofree char *today = dup_today ();
  g_autofree char *count = number > 1 ? g_strdup_printf ("-%u", number) : g_strdup ("");
  g_autofree char *name = g_strconcat (stem, mark, "-", today, count, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
make_folder (GError **error)
{
  g_autofree char *folder = _budget_book_dup_backup_folder ();

  return g_mkdir_with_parents (folder, 0700) == 0 || fail (error, errno);
}

/*
 * Before a migration: always, under a name of its own. These are not removed by
 * the daily ones.
 */
gboolean
_budget_book_backup_before (OrmSession *session, const char *path, int version, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("-version-%d", version);
  g_autofree char *target = dup_target (path, mark, 1);

  for (guint number = 2; g_file_test (target, G_FILE_TEST_EXISTS); number++)
    {
      g_free (target);
      target = dup_target (path, mark, number);
    }

  return make_folder (error) && write_backup (session, target, error);
}

/**
 * budget_book_backup_daily:
 * @self: a book without unsaved changes
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Puts a copy of the book into `$XDG_DATA_HOME/budget/backups`, unless there is
 * one of today, and keeps the last ten.
 *
 * Returns: %TRUE if there is a copy of today
 */
gboolean
budget_book_backup_daily (BudgetBook *self, GError **error)
{
  const char *path;
  g_autofree char *folder = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *target = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);

  path = budget_book_get_path (self);
  if (path == NULL)
    return TRUE;

  target = dup_target (path, "", 1);
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return TRUE;

  if (!make_folder (error) || !write_backup (budget_book_get_session (self), target, error))
    return FALSE;

  folder = _budget_book_dup_backup_folder ();
  stem = dup_stem (path);
  remove_old (folder, stem);
  return TRUE;
}
