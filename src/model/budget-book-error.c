/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-backup-private.h"
#include "budget-book-error-private.h"
#include "orm-error.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Rewords the errors of a book for the user, with what can be done about them.
 * The domain and code stay the same for callers that check them.
 */

typedef struct
{
  const char *column;
  const char *message;
} ColumnMessage;

static const ColumnMessage missing[] = {
  { "users.email", N_ ("The person has no email address") },
    { "users.name", N_ ("The name is empty") },
      { "categories.name", N_ ("The name is empty") },
        { "accounts.name", N_ ("The name is empty") },
          { "expenses.description", N_ ("The expense has no description") },
            { "expenses.user_id", N_ ("The expense has no person") },
              { "expenses.category_id", N_ ("The expense has no category") },
            };

static const ColumnMessage duplicates[] = {
  { "categories.name", N_ ("There is already a category of this name") },
    { "users.email", N_ ("There is already a person with this email address") },
      { "accounts.name", N_ ("There is already an account of this name") },
        { "accounts.number", N_ ("There is already an account with this number") },
          { "expenses.import_key", N_ ("One of these payments is already in the book") },
        };

static const struct
{
  OrmError code;
  const char *message;
} messages[] = {
  { ORM_ERROR_UNIQUE, N_ ("There is already one of this name") },
    { ORM_ERROR_DENIED,
      N_ ("An account that has expenses cannot be deleted. Delete or move its expenses first.") },
      { ORM_ERROR_STALE,
        N_ ("This was changed in another window or program in the meantime. Look at it again.") },
        { ORM_ERROR_BUSY, N_ ("Another program is using the book. Try again in a moment.") },
          { ORM_ERROR_READ_ONLY,
            N_ ("The book cannot be changed. Copy it to a folder of your own and open the copy.") },
            { ORM_ERROR_FULL, N_ ("The disk is full. Free some space and try again.") },
          };

static const char *
word_column (const ColumnMessage *columns, guint n_columns, const char *message)
{
  for (guint i = 0; i < n_columns; i++)
    if (strstr (message, columns[i].column) != NULL)
      return _(columns[i].message);

  return NULL;
}

static const char *
word_code (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if ((int) messages[i].code == code)
      return _(messages[i].message);

  return NULL;
}

static char *
word_damage (void)
{
  g_autofree char *folder = _budget_book_dup_backup_folder ();
  g_autofree char *name = g_filename_display_name (folder);

  /* Translators: %s is a folder. */
  return g_strdup_printf (_("The book’s file is damaged. Open a copy of it instead: copies are "
                            "kept in “%s”."),
                             name);
}

/*
 * Replaces the message of an #OrmError; other errors already have one for users.
 */
void
_budget_book_word_error (GError **error)
{
  const char *message = NULL;
  g_autofree char *damage = NULL;
  int code;

  if (error == NULL || *error == NULL || (*error)->domain != ORM_ERROR)
    return;

  code = (*error)->code;
  if (code == ORM_ERROR_CORRUPT)
    message = damage = word_damage ();
  else if (code == ORM_ERROR_UNIQUE)
    message = word_column (duplicates, G_N_ELEMENTS (duplicates), (*error)->message);
  else if (code == ORM_ERROR_NOT_NULL)
    message = word_column (missing, G_N_ELEMENTS (missing), (*error)->message);
  if (message == NULL)
    message = word_code (code);

  if (message != NULL)
    {
      g_clear_error (error);
      g_set_error_literal (error, ORM_ERROR, code, message);
      return;
    }

  /* Translators: put before what the database says, in English. */
  g_prefix_error (error, "%s: ", _("The book could not be changed"));
}

/*
 * @what is a sentence that goes on after the file's name.
 */
gboolean
_budget_book_refuse (GError **error, BudgetError code, const char *path, const char *what)
{
  g_autofree char *name = g_filename_display_basename (path);

  /* Translators: the name of a file, then what is wrong with it. */
  g_set_error (error, BUDGET_ERROR, (gint) code, _("“%s” %s"), name, what);
  return FALSE;
}
