/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-merger.h"
#include "budget-command-line-private.h"
#include "budget-currency.h"
#include "budget-foreign-reader.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/*
 * budget import with a book of another program.
 */

typedef struct
{
  const char *path;
  const char *person;
  gboolean dry_run;
} Migration;

static gpointer
prepare (gpointer data, BudgetBook *book, GError **error)
{
  Migration *self = data;
  const char *currency = budget_book_is_empty (book) ? NULL : budget_book_get_currency (book);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autoptr (BudgetForeignBook) foreign = NULL;
  g_autoptr (GError) cause = NULL;
  BudgetUser *user = NULL;

  if (self->person != NULL)
    {
      user = _budget_command_find_user (book, self->person, error);
      if (user == NULL)
        return NULL;
    }

  foreign = budget_foreign_reader_read_file (self->path, currency, NULL, &cause);
  if (foreign == NULL)
    {
      g_autofree char *display = g_filename_display_name (self->path);

      g_propagate_prefixed_error (error, g_steal_pointer (&cause), "%s: ", display);
      return NULL;
    }

  return budget_book_merger_new (book, foreign, name, user, error);
}

/* Scripts parse these lines, so they are not translated. */
static void
print_result (Migration *self, BudgetBookMerger *merger)
{
  BudgetForeignBook *foreign = budget_book_merger_get_foreign_book (merger);
  const char *const *report = budget_book_merger_get_report (merger);
  guint digits = budget_currency_get_digits (budget_book_merger_get_currency (merger));
  g_autofree char *sum = budget_money_to_decimal (budget_book_merger_get_sum (merger), digits);
  g_autofree char *display = g_filename_display_name (self->path);
  g_autofree char *name = _budget_command_clean (display);

  g_print ("%s: %u added, %u duplicates, %u rejected, sum %s\n", name,
           budget_book_merger_get_n_new (merger), budget_book_merger_get_n_duplicates (merger),
           budget_foreign_book_get_n_rejected (foreign), sum);

  for (guint i = 0; i < budget_foreign_book_get_n_rejected (foreign); i++)
    {
      guint line;
      g_autofree char *reason =
        _budget_command_clean (budget_foreign_book_get_rejected (foreign, i, &line));

      if (line > 0)
        g_print ("  line %u: %s\n", line, reason);
      else
        g_print ("  %s\n", reason);
    }

  for (guint i = 0; report[i] != NULL; i++)
    {
      g_autofree char *note = _budget_command_clean (report[i]);

      g_print ("  note: %s\n", note);
    }
}

/*
 * @book: the path of the book, which may not exist yet
 * @path: the path of another program's book
 * @person: (nullable): the person whose expenses they are
 */
gboolean
_budget_command_migrate (
  const char *book, const char *path, const char *person, gboolean dry_run, GError **error)
{
  Migration self = { .path = path, .person = person, .dry_run = dry_run };
  g_autoptr (BudgetBookMerger) merger =
    _budget_command_prepare (book, dry_run, prepare, &self, error);

  if (merger == NULL || (!dry_run && !budget_book_merger_commit (merger, NULL, error)))
    return FALSE;

  print_result (&self, merger);
  return TRUE;
}
