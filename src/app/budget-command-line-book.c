/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-starter.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Which book a command is about.
 */

static char *
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_FAILED, message);
  return NULL;
}

/*
 * The book's file: what was given as a path or a URI, else the household's own.
 */
char *
_budget_command_dup_path (BudgetCommand *self, GError **error)
{
  const char *book = self->book;

  if (book == NULL)
    return budget_book_dup_default_path ();

  if (g_str_has_prefix (book, "file:"))
    return g_filename_from_uri (book, NULL, error);

  if (g_str_has_prefix (book, "sqlite:"))
    book += strlen ("sqlite:");
  else if (strstr (book, "://") != NULL)
    return refuse (error, _("Books on a server cannot be opened yet"));

  if (*book == '\0' || g_str_equal (book, ":memory:"))
    return refuse (error, _("Say in which file the book is"));

  return g_strdup (book);
}

gboolean
_budget_command_is_missing (const char *path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* A copy of the household's own book, from a day when there was one. */
static gboolean
has_copy (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);
  g_autofree char *path = budget_book_dup_default_path ();
  g_autofree char *stem = g_path_get_basename (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  *strrchr (stem, '.') = '\0';
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, stem))
      return TRUE;

  return FALSE;
}

BudgetBook *
_budget_command_open (BudgetCommand *self, GError **error)
{
  g_autofree char *path = _budget_command_dup_path (self, error);

  if (path != NULL && self->book == NULL && _budget_command_is_missing (path) && !has_copy ())
    {
      refuse (error, _("There is no book yet. Begin one with “budget add '12.50 lunch'”, with "
                       "“budget import FILE”, or in the window with “budget”."));
      return NULL;
    }

  return path != NULL ? budget_book_open (path, error) : NULL;
}

/* What a new book would be, without a file. */
BudgetBook *
_budget_command_new_scratch (GError **error)
{
  g_autoptr (BudgetBook) book = budget_book_new_in_memory (error);

  if (book == NULL || !budget_starter_fill (budget_book_get_session (book), error) ||
      !budget_book_commit (book, NULL, error))
    return NULL;

  return g_steal_pointer (&book);
}

/*
 * Prepares a change to the book at @path. A missing book is created only if the
 * change is possible, and not for a dry run.
 *
 * Returns: (transfer full): what @prepare returned
 */
gpointer
_budget_command_prepare (const char *path,
                         gboolean dry_run,
                         BudgetCommandPrepareFunc prepare,
                         gpointer data,
                         GError **error)
{
  g_autoptr (BudgetBook) book = NULL;

  if (_budget_command_is_missing (path))
    {
      g_autoptr (BudgetBook) scratch = _budget_command_new_scratch (error);
      g_autoptr (GObject) prepared = scratch != NULL ? prepare (data, scratch, error) : NULL;

      if (prepared == NULL || dry_run)
        return g_steal_pointer (&prepared);

      book = budget_book_create (path, NULL, error);
    }
  else
    {
      book = budget_book_open (path, error);
    }

  return book != NULL ? prepare (data, book, error) : NULL;
}
