/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-adder.h"
#include "budget-decision.h"
#include "budget-importer-private.h"
#include "budget-layout.h"
#include "budget-own-csv.h"

#include <glib/gi18n.h>

/*
 * From drafts to expenses, as one step that is saved whole or not at all.
 */

#define ROWS_A_TELLING 1000
#define LONGEST_FILE_NAME 255

typedef struct
{
  BudgetImporter *importer;
  OrmSession *session;
  BudgetCategoryAdder *adder;
  GHashTable *categories; /* of what was made: name → entity, held */
  GHashTable *users;
  GHashTable *accounts;
  GHashTable *tags;      /* folded name → BudgetTag */
  GHashTable *transfers; /* draft → BudgetExpense */
  BudgetImport *import;  /* of the file that is being saved, or NULL as yet */
} Saving;

static BudgetCategory *
make_category (Saving *self, const char *name, GError **error)
{
  BudgetCategory *category = g_hash_table_lookup (self->categories, name);

  if (category != NULL)
    return category;

  if (self->adder == NULL)
    self->adder = budget_category_adder_new (self->importer->book);

  category = _budget_importer_find_category (self->importer, name);
  if (category == NULL)
    category = budget_category_adder_add (self->adder, name, error);
  if (category == NULL)
    return NULL;

  if (name == self->importer->transfer_name)
    budget_category_set_kind (category, BUDGET_CATEGORY_TRANSFER);
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
  if (g_hash_table_contains (self->importer->new_cards, name))
    budget_account_set_kind (account, BUDGET_ACCOUNT_CARD);
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

/*
 * The file that a draft is from, noted once something comes of it.
 */
static BudgetImport *
ensure_import (Saving *self, BudgetDraft *draft, GError **error)
{
  BudgetImportFile *file = g_ptr_array_index (self->importer->files, draft->file);
  g_autofree char *name = NULL;

  if (self->import != NULL)
    return self->import;

  self->import = budget_import_new ();
  name = g_utf8_substring (file->name, 0, MIN (g_utf8_strlen (file->name, -1), LONGEST_FILE_NAME));
  budget_import_set_name (self->import, *name != '\0' ? name : "?");
  budget_import_set_format (self->import, budget_statement_get_format (file->statement));
  if (!orm_session_add (self->session, self->import, error))
    g_clear_object (&self->import);

  return self->import;
}

static BudgetDecision *
find_decision (Saving *self, const char *key)
{
  g_autoptr (OrmQuery) query = NULL;

  if (!g_hash_table_contains (self->importer->known.decisions, key))
    return NULL;

  query = orm_query_new (BUDGET_TYPE_DECISION);
  orm_query_where (query, "import-key", ORM_EQUAL, key);
  return orm_session_find_first (self->session, query, NULL);
}

/* Its key may have stood for something else before. */
static gboolean
take_key (Saving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetDecision) decision = NULL;

  if (draft->has_known_key || draft->import_key == NULL)
    return TRUE;

  decision = find_decision (self, draft->import_key);
  if (decision != NULL && !orm_session_delete (self->session, decision, error))
    return FALSE;

  budget_expense_set_import_key (expense, draft->import_key);
  return TRUE;
}

static gboolean
add_expense (Saving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  BudgetImport *import = ensure_import (self, draft, error);

  if (import == NULL || !take_key (self, draft, expense, error))
    return FALSE;

  budget_expense_set_description (expense, draft->description);
  budget_expense_set_amount (expense, draft->amount);
  budget_expense_set_date (expense, &draft->date);
  if (draft->note != NULL)
    budget_expense_set_note (expense, draft->note);
  if (draft->original != NULL)
    budget_expense_set_original (expense, draft->original);
  if (draft->bank_id != NULL)
    budget_expense_set_bank_id (expense, draft->bank_id);

  if (!fill_references (self, draft, expense, error))
    return FALSE;

  budget_expense_set_import (expense, import);
  if (!orm_session_add (self->session, expense, error))
    return FALSE;

  if (draft->tags != NULL && !_budget_importer_add_tags (self->importer, self->tags, expense,
                                                         (const char *const *) draft->tags, error))
    return FALSE;

  if (draft->is_transfer)
    g_hash_table_insert (self->transfers, draft, g_object_ref (expense));
  return TRUE;
}

/*
 * The bank's booking and what was entered by hand become one. What was typed
 * stays as it was typed.
 */
static gboolean
merge (Saving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  BudgetImport *import = ensure_import (self, draft, error);
  BudgetAccount *account = draft->account;

  if (import == NULL || !take_key (self, draft, expense, error))
    return FALSE;

  if (account == NULL && draft->account_name != NULL)
    account = make_account (self, draft->account_name, error);
  if (account == NULL && draft->account_name != NULL)
    return FALSE;

  if (account != NULL && !orm_entity_has_reference (ORM_ENTITY (expense), "account"))
    budget_expense_set_account (expense, account);
  budget_expense_set_original (expense, _budget_draft_get_text (draft));
  if (draft->bank_id != NULL)
    budget_expense_set_bank_id (expense, draft->bank_id);
  budget_expense_set_matched (expense, TRUE);
  budget_expense_set_import (expense, import);
  return TRUE;
}

/* The bank has the last word on what and when. */
static gboolean
update (BudgetDraft *draft, BudgetExpense *expense)
{
  return budget_expense_set_amount (expense, draft->amount) &&
         budget_expense_set_date (expense, &draft->date);
}

/*
 * Somebody else may have deleted what it was the same as.
 */
static gboolean
save_known (Saving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetExpense) expense =
    orm_session_get (self->session, BUDGET_TYPE_EXPENSE, draft->known_id, NULL);

  if (expense == NULL)
    return add_expense (self, draft, error);

  return draft->state == BUDGET_DRAFT_MATCHED ? merge (self, draft, expense, error)
                                              : update (draft, expense);
}

/*
 * What is not wanted, and what is the same under another key, need not be
 * asked for again.
 */
static gboolean
remember (Saving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetDecision) decision = NULL;
  gboolean is_same = draft->state == BUDGET_DRAFT_DUPLICATE;
  gboolean is_unwanted = draft->state == BUDGET_DRAFT_NEW || draft->state == BUDGET_DRAFT_MATCHED;

  if (draft->has_known_key || draft->import_key == NULL ||
      !(is_unwanted || (is_same && draft->known_key != NULL)) ||
      g_hash_table_contains (self->importer->known.decisions, draft->import_key))
    return TRUE;

  decision = budget_decision_new ();
  budget_decision_set_import_key (decision, draft->import_key);
  budget_decision_set_same_as (decision, is_same ? draft->known_key : NULL);
  if (self->import != NULL)
    budget_decision_set_import (decision, self->import);
  return orm_session_add (self->session, decision, error);
}

/* What was chosen by hand is the rule from now on. */
static gboolean
learn (Saving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (draft->source != BUDGET_DRAFT_SOURCE_USER || draft->category == NULL)
    return TRUE;

  budget_rules_learn (self->importer->book, draft->description, draft->category, NULL, &cause);
  if (cause == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
save_draft (Saving *self, BudgetDraft *draft, GError **error)
{
  if (!draft->include)
    return remember (self, draft, error);

  if (!_budget_draft_is_added (draft))
    return save_known (self, draft, error);

  return add_expense (self, draft, error) && learn (self, draft, error);
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

/* The account that all of a file is about, if there is one. */
static void
note_account (Saving *self, guint first, guint end)
{
  BudgetAccount *account = NULL;

  for (guint i = first; self->import != NULL && i < end; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->importer->drafts, i);
      BudgetAccount *own = draft->account;

      if (draft->state == BUDGET_DRAFT_REJECTED)
        continue;

      if (own == NULL && draft->account_name != NULL)
        own = g_hash_table_lookup (self->accounts, draft->account_name);
      if (own == NULL || (account != NULL && own != account))
        return;
      account = own;
    }

  if (account != NULL)
    budget_import_set_account (self->import, account);
}

/* How a table was corrected is remembered for the bank's next one. */
static gboolean
remember_layout (Saving *self, guint number, GError **error)
{
  BudgetImportFile *file = g_ptr_array_index (self->importer->files, number);
  const char *fingerprint = budget_statement_get_fingerprint (file->statement);
  const char *const *map = budget_statement_get_map (file->statement);
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (BudgetLayout) layout = NULL;
  g_autofree char *fields = NULL;

  if (fingerprint == NULL || map == NULL)
    return TRUE;

  query = orm_query_new (BUDGET_TYPE_LAYOUT);
  orm_query_where (query, "fingerprint", ORM_EQUAL, fingerprint);
  layout = orm_session_find_first (self->session, query, NULL);
  fields = g_strjoinv ("\n", (char **) map);
  if (layout != NULL)
    return budget_layout_set_fields (layout, fields);

  layout = budget_layout_new ();
  budget_layout_set_fingerprint (layout, fingerprint);
  budget_layout_set_fields (layout, fields);
  return orm_session_add (self->session, layout, error);
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

      if (!save_draft (self, draft, error))
        return FALSE;
    }

  note_account (self, first, end);
  return remember_layout (self, ((BudgetDraft *) g_ptr_array_index (drafts, first))->file, error);
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

      g_clear_object (&self->import);
      if (!save_file (self, first, end, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * The other half is in the book already; from now on it counts in no total
 * either.
 */
static void
link_known (Saving *self, BudgetDraft *draft, BudgetExpense *expense)
{
  g_autoptr (BudgetExpense) partner =
    orm_session_get (self->session, BUDGET_TYPE_EXPENSE, draft->partner_id, NULL);
  BudgetCategory *category = partner != NULL ? budget_expense_get_category (partner) : NULL;

  if (category == NULL)
    return;

  budget_expense_set_counterpart (expense, partner);
  if (budget_category_get_kind (category) != BUDGET_CATEGORY_TRANSFER)
    budget_expense_set_category (partner, budget_expense_get_category (expense));
}

static void
link_transfers (Saving *self)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->transfers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      BudgetDraft *draft = key;
      BudgetExpense *expense = value;
      BudgetExpense *other =
        draft->partner != NULL ? g_hash_table_lookup (self->transfers, draft->partner) : NULL;

      if (draft->partner_id != 0)
        link_known (self, draft, expense);
      else if (other != NULL && draft->amount > 0)
        budget_expense_set_counterpart (expense, other);
    }
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
  if (is_good)
    link_transfers (self);
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
  guint n_changed;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  budget_importer_count (self, &counts);
  n_changed = counts.n_included + counts.n_matched + counts.n_updated;
  if (n_changed == 0)
    return TRUE;

  saving.session = budget_book_get_session (self->book);
  saving.categories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  saving.users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  saving.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  saving.tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  saving.transfers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  /* Translators: a step that can be undone; %u is how many expenses it added. */
  label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Import of %u expense", "Import of %u expenses", n_changed),
    n_changed);
  is_good = save_all (&saving, cancellable, error);
  if (is_good)
    is_good = budget_book_commit (self->book, label, error);
  else
    orm_session_rollback (saving.session);

  g_clear_pointer (&saving.adder, budget_category_adder_free);
  g_hash_table_unref (saving.categories);
  g_hash_table_unref (saving.users);
  g_hash_table_unref (saving.accounts);
  g_hash_table_unref (saving.tags);
  g_hash_table_unref (saving.transfers);
  g_clear_object (&saving.import);
  self->is_committed = is_good;
  return is_good;
}
