/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-layout.h"
#include "budget-own-csv.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * From drafts to expenses, as one step that is saved whole or not at all.
 */

#define ROWS_A_STEP 400

/* An import that is being saved, in steps that are short enough for a window. */
typedef struct
{
  BudgetSaving saving;
  BudgetImporter *importer;
  char *label;
  gboolean is_async;
  gboolean has_begun;
  guint first; /* of the file's drafts */
  guint end;
  guint position;
  gboolean is_turned;
} Commit;

/*
 * Most banks begin with the latest, as our own tables do; the book has first
 * what came first.
 */
static gboolean
is_latest_first (BudgetImporter *self, guint first, guint end)
{
  GPtrArray *drafts = self->drafts;
  BudgetDraft *draft = g_ptr_array_index (drafts, first);
  BudgetImportFile *file = g_ptr_array_index (self->files, draft->file);

  /* Where all is of one day, the dates do not say. */
  gboolean descends = _budget_own_csv_wrote (file->statement);

  for (guint i = first + 1; i < end; i++)
    {
      BudgetDraft *before = g_ptr_array_index (drafts, i - 1);
      int order;

      draft = g_ptr_array_index (drafts, i);
      if (!g_date_valid (&before->date) || !g_date_valid (&draft->date))
        continue;

      order = g_date_compare (&before->date, &draft->date);
      if (order < 0)
        return FALSE;
      descends = descends || order > 0;
    }

  return descends;
}

static BudgetLayout *
find_layout (OrmSession *session, const char *signature)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_LAYOUT);

  orm_query_where (query, "fingerprint", ORM_EQUAL, signature);
  return orm_session_find_first (session, query, NULL);
}

/*
 * How a table was corrected is remembered for the bank's next one, and which
 * account it was said to be of.
 */
static gboolean
remember_layout (Commit *self, BudgetImportFile *file, BudgetAccount *account, GError **error)
{
  OrmSession *session = self->saving.session;
  const char *signature = budget_statement_get_signature (file->statement);
  const char *const *map = budget_statement_get_map (file->statement);
  g_autoptr (BudgetLayout) layout = NULL;
  g_autofree char *fields = map != NULL ? g_strjoinv ("\n", (char **) map) : NULL;

  if (signature == NULL || (map == NULL && file->account == NULL && !file->forgets))
    return TRUE;

  layout = find_layout (session, signature);
  if (layout == NULL)
    {
      layout = budget_layout_new ();
      budget_layout_set_signature (layout, signature);
      if (!orm_session_add (session, layout, error))
        return FALSE;
    }

  if (file->account != NULL)
    budget_layout_set_account (layout, *file->account != '\0' ? account : NULL);
  return (map == NULL && !file->forgets) || budget_layout_set_fields (layout, fields);
}

static BudgetImportFile *
get_file (Commit *self)
{
  BudgetDraft *draft = g_ptr_array_index (self->importer->drafts, self->first);

  return g_ptr_array_index (self->importer->files, draft->file);
}

static void
begin_file (Commit *self)
{
  GPtrArray *drafts = self->importer->drafts;
  guint file = ((BudgetDraft *) g_ptr_array_index (drafts, self->position))->file;

  self->first = self->position;
  for (self->end = self->first + 1; self->end < drafts->len; self->end++)
    if (((BudgetDraft *) g_ptr_array_index (drafts, self->end))->file != file)
      break;

  g_clear_object (&self->saving.import);
  self->is_turned = is_latest_first (self->importer, self->first, self->end);
}

static gboolean
end_file (Commit *self, GError **error)
{
  BudgetAccount *account = _budget_saving_note_account (&self->saving, self->first, self->end);

  return remember_layout (self, get_file (self), account, error);
}

static gboolean
save_some (Commit *self, GError **error)
{
  GPtrArray *drafts = self->importer->drafts;

  for (guint i = 0; i < ROWS_A_STEP && self->position < drafts->len; i++)
    {
      guint at;

      if (self->position == self->end)
        begin_file (self);

      at = self->is_turned ? self->first + self->end - 1 - self->position : self->position;
      if (!_budget_saving_add (&self->saving, g_ptr_array_index (drafts, at), error))
        return FALSE;

      self->position++;
      if (self->position == self->end && !end_file (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin (Commit *self, GError **error)
{
  BudgetImporter *importer = self->importer;

  if (importer->takes_currency &&
      !budget_book_set_currency (importer->book, importer->currency, error))
    return FALSE;

  orm_session_begin_group (self->saving.session, NULL);
  self->has_begun = TRUE;
  return TRUE;
}

static gboolean
finish (Commit *self, GError **error)
{
  if (!_budget_saving_link_transfers (&self->saving, error))
    return FALSE;

  orm_session_end_group (self->saving.session);
  self->has_begun = FALSE;
  if (!budget_book_commit (self->importer->book, self->label, error))
    return FALSE;

  self->importer->is_committed = TRUE;
  return TRUE;
}

/* The book is as it was. */
static void
abandon (gpointer job)
{
  Commit *self = job;

  if (self->has_begun)
    orm_session_end_group (self->saving.session);
  self->has_begun = FALSE;
  orm_session_rollback (self->saving.session);
}

/*
 * Does some of the work. In a window, what is done is written at once: all of
 * it at the end would take long.
 */
static gboolean
step (gpointer job, gboolean *is_done, GError **error)
{
  Commit *self = job;

  *is_done = self->position == self->importer->drafts->len;
  if (*is_done)
    return finish (self, error);

  return (self->has_begun || begin (self, error)) && save_some (self, error) &&
         (!self->is_async || orm_session_flush (self->saving.session, error));
}

static double
get_fraction (gpointer job)
{
  Commit *self = job;

  return (double) self->position / self->importer->drafts->len;
}

static const BudgetSteps steps = { step, get_fraction, abandon, NULL };

/* Returns: (nullable): %NULL if there is nothing to do */
static Commit *
commit_new (BudgetImporter *importer)
{
  BudgetImportCounts counts;
  Commit *self;
  guint n_changed;

  budget_importer_count (importer, &counts);
  n_changed = counts.n_included + counts.n_matched + counts.n_updated;
  if (n_changed == 0)
    return NULL;

  self = g_new0 (Commit, 1);
  self->importer = g_object_ref (importer);
  _budget_saving_init (&self->saving, importer);

  /* Translators: a step that can be undone; %u is how many expenses it added. */
  self->label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Import of %u expense", "Import of %u expenses", n_changed),
    n_changed);
  return self;
}

static void
commit_free (Commit *self)
{
  _budget_saving_clear (&self->saving);
  g_object_unref (self->importer);
  g_free (self->label);
  g_free (self);
}

/**
 * budget_importer_commit:
 * @self: an importer
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Puts the drafts that are to be included into the book, with the categories
 * and accounts they need, as one step that can be undone. If that fails the
 * book is as it was.
 *
 * Returns: %TRUE if they are saved
 */
gboolean
budget_importer_commit (BudgetImporter *self, GCancellable *cancellable, GError **error)
{
  Commit *commit;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  commit = commit_new (self);
  if (commit == NULL)
    return TRUE;

  is_good =
    budget_steps_run (&steps, commit, _budget_importer_tell_progress, self, cancellable, error);
  commit_free (commit);
  return is_good;
}

/**
 * budget_importer_commit_async:
 * @self: an importer
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As budget_importer_commit(), little by little. Neither the drafts nor the
 * book may be changed until it is done.
 */
void
budget_importer_commit_async (BudgetImporter *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Commit *commit;

  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (!self->is_committed);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_importer_commit_async);
  commit = commit_new (self);
  if (commit == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  commit->is_async = TRUE;
  g_task_set_task_data (task, commit, (GDestroyNotify) commit_free);
  budget_steps_run_in_task (&steps, commit, _budget_importer_tell_progress, self, task);
}

/**
 * budget_importer_commit_finish:
 * @self: an importer
 * @result: what the callback got
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Returns: %TRUE if the drafts are saved; else the book is as it was
 */
gboolean
budget_importer_commit_finish (BudgetImporter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
