/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-own-csv.h"

#include <glib/gi18n.h>

/*
 * From drafts to expenses, as one step that is saved whole or not at all.
 */

#define ROWS_A_TELLING 1000

typedef struct
{
  BudgetImporter *importer;
  OrmSession *session;
  GHashTable *categories; /* of what was made: name → entity, held */
  GHashTable *users;
  GHashTable *accounts;
} Saving;

static BudgetCategory *
make_category (Saving *self, const char *name, GError **error)
{
  BudgetCategory *category = g_hash_table_lookup (self->categories, name);

  if (category != NULL)
    return category;

  category = budget_book_ensure_category (self->importer->book, name, error);
  if (category != NULL)
    g_hash_table_insert (self->categories, (gpointer) name, g_object_ref (category));

  return category;
}

static BudgetUser *
make_user (Saving *self, const char *email, GError **error)
{
  g_autoptr (BudgetUser) user = NULL;
  BudgetUser *found = g_hash_table_lookup (self->users, email);
  const char *at = strchr (email, '@');
  g_autofree char *name = NULL;

  if (found != NULL)
    return found;

  user = budget_user_new ();
  name = g_strndup (email, (gsize) (at - email));
  budget_user_set_email (user, email);
  budget_user_set_name (user, name);
  if (!orm_session_add (self->session, user, error))
    return NULL;

  g_hash_table_insert (self->users, (gpointer) email, g_object_ref (user));
  return user;
}

/* An account's number is hardly ever without digits. */
static gboolean
is_number (const char *name)
{
  guint n_digits = 0;

  for (const char *at = name; *at != '\0'; at++)
    n_digits += g_ascii_isdigit (*at);

  return n_digits >= 6;
}

static BudgetAccount *
make_account (Saving *self, const char *name, GError **error)
{
  g_autoptr (BudgetAccount) account = NULL;
  BudgetAccount *found = g_hash_table_lookup (self->accounts, name);

  if (found != NULL)
    return found;

  account = budget_account_new ();
  budget_account_set_name (account, name);
  if (is_number (name))
    budget_account_set_number (account, name);
  if (!orm_session_add (self->session, account, error))
    return NULL;

  g_hash_table_insert (self->accounts, (gpointer) name, g_object_ref (account));
  return account;
}

static gboolean
fill_references (Saving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  BudgetCategory *category = draft->category;
  BudgetUser *user = draft->user;
  BudgetAccount *account = draft->account;

  if (category == NULL && draft->category_name != NULL)
    {
      category = make_category (self, draft->category_name, error);
      if (category == NULL)
        return FALSE;
    }

  if (user == NULL && draft->user_email != NULL)
    {
      user = make_user (self, draft->user_email, error);
      if (user == NULL)
        return FALSE;
    }

  if (account == NULL && draft->account_name != NULL)
    {
      account = make_account (self, draft->account_name, error);
      if (account == NULL)
        return FALSE;
    }

  budget_expense_set_user (expense, user);
  budget_expense_set_category (expense, category);
  if (account != NULL)
    budget_expense_set_account (expense, account);
  return TRUE;
}

static gboolean
save_draft (Saving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();

  budget_expense_set_description (expense, draft->description);
  budget_expense_set_amount (expense, draft->amount);
  budget_expense_set_date (expense, &draft->date);
  if (draft->note != NULL)
    budget_expense_set_note (expense, draft->note);

  /* What is in the book already has the key. */
  if (draft->state == BUDGET_DRAFT_NEW)
    budget_expense_set_import_key (expense, draft->import_key);

  return fill_references (self, draft, expense, error) &&
         orm_session_add (self->session, expense, error);
}

/*
 * Most banks begin with the latest, as our own tables do; the book has first
 * what came first.
 */
static gboolean
is_latest_first (Saving *self, guint first, guint end)
{
  GPtrArray *drafts = self->importer->drafts;
  BudgetDraft *draft = g_ptr_array_index (drafts, first);
  BudgetImportFile *file = g_ptr_array_index (self->importer->files, draft->file);
  const char *format = budget_statement_get_format (file->statement);

  /* Where all is of one day, the dates do not say. */
  gboolean descends = g_strcmp0 (format, BUDGET_OWN_CSV_FORMAT) == 0;

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

static gboolean
save_file (Saving *self, guint first, guint end, GCancellable *cancellable, GError **error)
{
  GPtrArray *drafts = self->importer->drafts;
  gboolean is_turned = is_latest_first (self, first, end);

  for (guint i = first; i < end; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, is_turned ? first + end - 1 - i : i);

      if (i % ROWS_A_TELLING == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (self->importer->progress != NULL)
            self->importer->progress ((double) i / drafts->len, self->importer->progress_data);
        }

      if (draft->include && !save_draft (self, draft, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_drafts (Saving *self, GCancellable *cancellable, GError **error)
{
  GPtrArray *drafts = self->importer->drafts;
  guint end;

  for (guint first = 0; first < drafts->len; first = end)
    {
      guint file = ((BudgetDraft *) g_ptr_array_index (drafts, first))->file;

      for (end = first + 1; end < drafts->len; end++)
        if (((BudgetDraft *) g_ptr_array_index (drafts, end))->file != file)
          break;

      if (!save_file (self, first, end, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_all (Saving *self, GCancellable *cancellable, GError **error)
{
  BudgetImporter *importer = self->importer;
  gboolean is_good;

  if (importer->takes_currency &&
      !budget_book_set_currency (importer->book, importer->currency, error))
    return FALSE;

  orm_session_begin_group (self->session, NULL);
  is_good = save_drafts (self, cancellable, error);
  orm_session_end_group (self->session);
  return is_good;
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
  Saving saving = { .importer = self };
  BudgetImportCounts counts;
  g_autofree char *label = NULL;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  budget_importer_count (self, &counts);
  if (counts.n_included == 0)
    return TRUE;

  saving.session = budget_book_get_session (self->book);
  saving.categories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  saving.users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  saving.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  /* Translators: a step that can be undone; %u is how many expenses it added. */
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import of %u expense",
                                        "Import of %u expenses", counts.n_included),
                           counts.n_included);
  is_good = save_all (&saving, cancellable, error);
  if (is_good)
    is_good = budget_book_commit (self->book, label, error);
  else
    orm_session_rollback (saving.session);

  g_hash_table_unref (saving.categories);
  g_hash_table_unref (saving.users);
  g_hash_table_unref (saving.accounts);
  self->is_committed = is_good;
  return is_good;
}
