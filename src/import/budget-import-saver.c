/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-adder.h"
#include "budget-decision.h"
#include "budget-draft-private.h"
#include "budget-import-change.h"
#include "budget-import-saver-private.h"
#include "budget-layout-memory-private.h"
#include "budget-own-csv.h"
#include "budget-rules.h"
#include "budget-tag-adder.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Saves an import, in steps: each draft becomes an expense, a change of one, or
 * a decision that is remembered. All of it is one step that can be undone.
 */

#define ROWS_A_STEP 400
#define MAX_FILE_NAME 255

struct _BudgetImportSaver
{
  BudgetImportPlan plan;
  OrmSession *session;
  char *label;
  gboolean has_begun;

  /* What was made, by the name that the drafts have for it. */
  BudgetCategoryAdder *adder;
  GHashTable *categories;
  GHashTable *users;
  GHashTable *accounts;
  BudgetTagAdder *tags;
  GHashTable *transfers; /* draft → BudgetExpense */

  /* The file that is being saved: its drafts, and its import once one is needed. */
  BudgetImport *import;
  guint first;
  guint end;
  guint position;
  gboolean is_latest_first;
};

static BudgetCategory *
make_category (BudgetImportSaver *self, const char *name, GError **error)
{
  BudgetCategory *category = g_hash_table_lookup (self->categories, name);

  if (category != NULL)
    return category;

  if (self->adder == NULL)
    self->adder = budget_category_adder_new (self->plan.book);

  category = _budget_row_reader_find_category (self->plan.rows, name);
  if (category == NULL)
    category = budget_category_adder_add (self->adder, name, error);
  if (category == NULL)
    return NULL;

  if (name == _budget_transfer_finder_get_new_category (self->plan.transfers))
    budget_category_set_kind (category, BUDGET_CATEGORY_TRANSFER);
  g_hash_table_insert (self->categories, (gpointer) name, g_object_ref (category));
  return category;
}

static BudgetUser *
make_user (BudgetImportSaver *self, const char *email, GError **error)
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

/* Names with six digits or more are numbers of accounts. */
static gboolean
is_number (const char *name)
{
  guint n_digits = 0;

  for (const char *at = name; *at != '\0'; at++)
    n_digits += g_ascii_isdigit (*at);

  return n_digits >= 6;
}

static BudgetAccount *
make_account (BudgetImportSaver *self, const char *name, GError **error)
{
  g_autoptr (BudgetAccount) account = NULL;
  BudgetAccount *found = g_hash_table_lookup (self->accounts, name);

  if (found != NULL)
    return found;

  account = budget_account_new ();
  budget_account_set_name (account, name);
  if (is_number (name))
    budget_account_set_number (account, name);
  if (_budget_row_reader_is_card (self->plan.rows, name))
    budget_account_set_kind (account, BUDGET_ACCOUNT_CARD);
  if (!orm_session_add (self->session, account, error))
    return NULL;

  g_hash_table_insert (self->accounts, (gpointer) name, g_object_ref (account));
  return account;
}

static gboolean
fill_references (BudgetImportSaver *self,
                 BudgetDraft *draft,
                 BudgetExpense *expense,
                 GError **error)
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
 * Adds the import of a draft's file, unless that was done.
 */
static BudgetImport *
ensure_import (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
{
  BudgetImportFile *file = g_ptr_array_index (self->plan.files, draft->file);
  g_autofree char *name = NULL;

  if (self->import != NULL)
    return self->import;

  self->import = budget_import_new ();
  name = g_utf8_substring (file->name, 0, MIN (g_utf8_strlen (file->name, -1), MAX_FILE_NAME));
  budget_import_set_name (self->import, *name != '\0' ? name : "?");
  budget_import_set_format (self->import, budget_statement_get_format (file->statement));
  if (!orm_session_add (self->session, self->import, error))
    g_clear_object (&self->import);

  return self->import;
}

static BudgetDecision *
find_decision (BudgetImportSaver *self, const char *key)
{
  g_autoptr (OrmQuery) query = NULL;

  if (!g_hash_table_contains (self->plan.decisions, key))
    return NULL;

  query = orm_query_new (BUDGET_TYPE_DECISION);
  orm_query_where (query, "import-key", ORM_EQUAL, key);
  return orm_session_find_first (self->session, query, NULL);
}

/* A decision may have the key already; the expense replaces it. */
static gboolean
take_key (BudgetImportSaver *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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
add_expense (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
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

  if (draft->tags != NULL &&
      !budget_tag_adder_add (self->tags, expense, (const char *const *) draft->tags, error))
    return FALSE;

  if (draft->is_transfer)
    g_hash_table_insert (self->transfers, draft, g_object_ref (expense));
  return TRUE;
}

/* Saves what the import changed in an expense, to be put back with the import. */
static gboolean
save_change (BudgetImportSaver *self,
             BudgetImportChange *change,
             BudgetImport *import,
             BudgetExpense *expense,
             GError **error)
{
  return !budget_import_change_finish (change, import, expense) ||
         orm_session_add (self->session, change, error);
}

/*
 * Merges the bank's transaction into an expense entered by hand, whose
 * description, amount and date stay.
 */
static gboolean
merge (BudgetImportSaver *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetImportChange) change = budget_import_change_new (expense);
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
  return save_change (self, change, import, expense, error);
}

/* The bank's amount and date replace those of the book. */
static gboolean
update (BudgetImportSaver *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetImportChange) change = budget_import_change_new (expense);
  BudgetImport *import = ensure_import (self, draft, error);

  if (import == NULL)
    return FALSE;

  if (budget_expense_set_amount (expense, draft->amount) &&
      budget_expense_set_date (expense, &draft->date))
    return save_change (self, change, import, expense, error);

  g_propagate_error (error, g_error_copy (orm_entity_get_error (ORM_ENTITY (expense))));
  return FALSE;
}

/*
 * The expense may have been deleted in another window or program; then it is
 * added.
 */
static gboolean
save_known (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetExpense) expense =
    orm_session_get (self->session, BUDGET_TYPE_EXPENSE, draft->known_id, NULL);

  if (expense == NULL)
    return add_expense (self, draft, error);

  return draft->state == BUDGET_DRAFT_MATCHED ? merge (self, draft, expense, error)
                                              : update (self, draft, expense, error);
}

/*
 * Remembers that a draft is not wanted, or is an expense with another key, so
 * that the next file with it does not ask again.
 */
static gboolean
remember (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetDecision) decision = NULL;
  gboolean is_same = draft->state == BUDGET_DRAFT_DUPLICATE;
  gboolean is_unwanted = draft->state == BUDGET_DRAFT_NEW || draft->state == BUDGET_DRAFT_MATCHED;

  if (draft->has_known_key || draft->import_key == NULL ||
      !(is_unwanted || (is_same && draft->known_key != NULL)) ||
      g_hash_table_contains (self->plan.decisions, draft->import_key))
    return TRUE;

  decision = budget_decision_new ();
  budget_decision_set_import_key (decision, draft->import_key);
  budget_decision_set_same_as (decision, is_same ? draft->known_key : NULL);
  if (self->import != NULL)
    budget_decision_set_import (decision, self->import);
  return orm_session_add (self->session, decision, error);
}

/* A category chosen by hand becomes a rule. */
static gboolean
learn (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (draft->source != BUDGET_DRAFT_SOURCE_USER || draft->category == NULL)
    return TRUE;

  budget_rules_learn (self->plan.book, draft->description, draft->category, NULL, &cause);
  if (cause == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
save_draft (BudgetImportSaver *self, BudgetDraft *draft, GError **error)
{
  if (!draft->include)
    return remember (self, draft, error);

  if (!_budget_draft_is_added (draft))
    return save_known (self, draft, error);

  return add_expense (self, draft, error) && learn (self, draft, error);
}

/* Returns: (transfer none) (nullable): the account of all drafts of a file, if it is one */
static BudgetAccount *
find_account (BudgetImportSaver *self, guint first, guint end)
{
  BudgetAccount *account = NULL;

  for (guint i = first; i < end; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->plan.drafts, i);
      BudgetAccount *own = draft->account;

      if (draft->state == BUDGET_DRAFT_REJECTED)
        continue;

      if (own == NULL && draft->account_name != NULL)
        own = g_hash_table_lookup (self->accounts, draft->account_name);
      if (own == NULL || (account != NULL && own != account))
        return NULL;
      account = own;
    }

  return account;
}

/*
 * Sets the account of the import, if the drafts from @first to before @end have
 * one in common.
 *
 * Returns: (transfer none) (nullable): that account
 */
static BudgetAccount *
note_account (BudgetImportSaver *self, guint first, guint end)
{
  BudgetAccount *account = find_account (self, first, end);

  if (self->import != NULL && account != NULL)
    budget_import_set_account (self->import, account);
  return account;
}

/*
 * The other half is in the book already; it becomes a transfer too.
 */
static gboolean
link_known (BudgetImportSaver *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetImportChange) change = NULL;
  g_autoptr (BudgetExpense) partner =
    orm_session_get (self->session, BUDGET_TYPE_EXPENSE, draft->partner_id, NULL);
  BudgetCategory *category = partner != NULL ? budget_expense_get_category (partner) : NULL;

  if (category == NULL)
    return TRUE;

  budget_expense_set_counterpart (expense, partner);
  if (budget_category_get_kind (category) == BUDGET_CATEGORY_TRANSFER)
    return TRUE;

  change = budget_import_change_new (partner);
  budget_expense_set_category (partner, budget_expense_get_category (expense));
  return save_change (self, change, budget_expense_get_import (expense), partner, error);
}

/* Once all drafts of all files are saved. */
static gboolean
link_transfers (BudgetImportSaver *self, GError **error)
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

      if (draft->partner_id != 0 && !link_known (self, draft, expense, error))
        return FALSE;
      if (draft->partner_id == 0 && other != NULL && draft->amount > 0)
        budget_expense_set_counterpart (expense, other);
    }

  return TRUE;
}

/*
 * Most banks list the latest transaction first, as our own CSV files do;
 * expenses are added in the order in which they happened.
 */
static gboolean
is_latest_first (BudgetImportSaver *self, guint first, guint end)
{
  GPtrArray *drafts = self->plan.drafts;
  BudgetDraft *draft = g_ptr_array_index (drafts, first);
  BudgetImportFile *file = g_ptr_array_index (self->plan.files, draft->file);

  /* Without two different dates, only our own files are known to be. */
  gboolean descends = budget_own_csv_wrote (file->statement);

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

static BudgetImportFile *
get_file (BudgetImportSaver *self)
{
  BudgetDraft *draft = g_ptr_array_index (self->plan.drafts, self->first);

  return g_ptr_array_index (self->plan.files, draft->file);
}

static void
begin_file (BudgetImportSaver *self)
{
  GPtrArray *drafts = self->plan.drafts;
  guint file = ((BudgetDraft *) g_ptr_array_index (drafts, self->position))->file;

  self->first = self->position;
  for (self->end = self->first + 1; self->end < drafts->len; self->end++)
    if (((BudgetDraft *) g_ptr_array_index (drafts, self->end))->file != file)
      break;

  g_clear_object (&self->import);
  self->is_latest_first = is_latest_first (self, self->first, self->end);
}

static gboolean
end_file (BudgetImportSaver *self, GError **error)
{
  BudgetAccount *account = note_account (self, self->first, self->end);

  BudgetImportFile *file = get_file (self);

  if (file->account != NULL &&
      !_budget_layout_memory_save_account (self->session, file->statement,
                                           *file->account != '\0' ? account : NULL, error))
    return FALSE;

  return (!file->forgets && budget_statement_get_map (file->statement) == NULL) ||
         _budget_layout_memory_save_map (self->session, file->statement, error);
}

static gboolean
save_some (BudgetImportSaver *self, GError **error)
{
  GPtrArray *drafts = self->plan.drafts;

  for (guint i = 0; i < ROWS_A_STEP && self->position < drafts->len; i++)
    {
      guint at;

      if (self->position == self->end)
        begin_file (self);

      at = self->is_latest_first ? self->first + self->end - 1 - self->position : self->position;
      if (!save_draft (self, g_ptr_array_index (drafts, at), error))
        return FALSE;

      self->position++;
      if (self->position == self->end && !end_file (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin (BudgetImportSaver *self, GError **error)
{
  if (self->plan.new_currency != NULL &&
      !budget_book_set_currency (self->plan.book, self->plan.new_currency, error))
    return FALSE;

  orm_session_begin_group (self->session, NULL);
  self->has_begun = TRUE;
  return TRUE;
}

static gboolean
finish (BudgetImportSaver *self, GError **error)
{
  if (!link_transfers (self, error))
    return FALSE;

  orm_session_end_group (self->session);
  self->has_begun = FALSE;
  return budget_book_commit (self->plan.book, self->label, error);
}

static void
abandon (gpointer job)
{
  BudgetImportSaver *self = job;

  if (self->has_begun)
    orm_session_end_group (self->session);
  self->has_begun = FALSE;
  orm_session_rollback (self->session);
}

/*
 * In a window each step is written to the database, because all of it in the
 * last step would take long.
 */
static gboolean
step (gpointer job, gboolean *is_done, GError **error)
{
  BudgetImportSaver *self = job;

  *is_done = self->position == self->plan.drafts->len;
  if (*is_done)
    return finish (self, error);

  return (self->has_begun || begin (self, error)) && save_some (self, error) &&
         (!self->plan.flushes || orm_session_flush (self->session, error));
}

static double
get_fraction (gpointer job)
{
  BudgetImportSaver *self = job;

  return (double) self->position / self->plan.drafts->len;
}

const BudgetSteps _budget_import_saver_steps = { step, get_fraction, abandon, NULL };

/* Returns: (transfer full): the work of saving @plan */
BudgetImportSaver *
_budget_import_saver_new (const BudgetImportPlan *plan)
{
  BudgetImportSaver *self = g_new0 (BudgetImportSaver, 1);

  self->plan = *plan;
  self->session = budget_book_get_session (plan->book);
  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->tags = budget_tag_adder_new (plan->book);
  self->transfers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  /* Translators: a step that can be undone; %u is how many expenses it added. */
  self->label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Import of %u expense", "Import of %u expenses", plan->n_changed),
    plan->n_changed);
  return self;
}

void
_budget_import_saver_free (BudgetImportSaver *self)
{
  g_clear_pointer (&self->adder, budget_category_adder_free);
  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->accounts);
  budget_tag_adder_free (self->tags);
  g_hash_table_unref (self->transfers);
  g_clear_object (&self->import);
  g_free (self->label);
  g_free (self);
}
