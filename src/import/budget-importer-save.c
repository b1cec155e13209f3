/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-importer-private.h"
#include "orm-session-query.h"

#include <string.h>

/*
 * From a draft to what becomes of it: an expense, a change of one, or a
 * decision that is remembered.
 */

#define LONGEST_FILE_NAME 255

void
_budget_saving_init (BudgetSaving *self, BudgetImporter *importer)
{
  *self = (BudgetSaving){ .importer = g_object_ref (importer) };
  self->session = budget_book_get_session (importer->book);
  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->tags = budget_tag_adder_new (importer->book);
  self->transfers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

void
_budget_saving_clear (BudgetSaving *self)
{
  g_clear_pointer (&self->adder, budget_category_adder_free);
  g_clear_pointer (&self->categories, g_hash_table_unref);
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_pointer (&self->tags, budget_tag_adder_free);
  g_clear_pointer (&self->transfers, g_hash_table_unref);
  g_clear_object (&self->import);
  g_clear_object (&self->importer);
}

static BudgetCategory *
make_category (BudgetSaving *self, const char *name, GError **error)
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
make_user (BudgetSaving *self, const char *email, GError **error)
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
make_account (BudgetSaving *self, const char *name, GError **error)
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
fill_references (BudgetSaving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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
ensure_import (BudgetSaving *self, BudgetDraft *draft, GError **error)
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
find_decision (BudgetSaving *self, const char *key)
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
take_key (BudgetSaving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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
add_expense (BudgetSaving *self, BudgetDraft *draft, GError **error)
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

/* What has changed in an expense that was there before is put back with the import. */
static gboolean
save_change (BudgetSaving *self,
             BudgetImportChange *change,
             BudgetImport *import,
             BudgetExpense *expense,
             GError **error)
{
  return !budget_import_change_finish (change, import, expense) ||
         orm_session_add (self->session, change, error);
}

/*
 * The bank's booking and what was entered by hand become one. What was typed
 * stays as it was typed.
 */
static gboolean
merge (BudgetSaving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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

/* The bank has the last word on what and when. */
static gboolean
update (BudgetSaving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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
 * Somebody else may have deleted what it was the same as.
 */
static gboolean
save_known (BudgetSaving *self, BudgetDraft *draft, GError **error)
{
  g_autoptr (BudgetExpense) expense =
    orm_session_get (self->session, BUDGET_TYPE_EXPENSE, draft->known_id, NULL);

  if (expense == NULL)
    return add_expense (self, draft, error);

  return draft->state == BUDGET_DRAFT_MATCHED ? merge (self, draft, expense, error)
                                              : update (self, draft, expense, error);
}

/*
 * What is not wanted, and what is the same under another key, need not be
 * asked for again.
 */
static gboolean
remember (BudgetSaving *self, BudgetDraft *draft, GError **error)
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
learn (BudgetSaving *self, BudgetDraft *draft, GError **error)
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

gboolean
_budget_saving_add (BudgetSaving *self, BudgetDraft *draft, GError **error)
{
  if (!draft->include)
    return remember (self, draft, error);

  if (!_budget_draft_is_added (draft))
    return save_known (self, draft, error);

  return add_expense (self, draft, error) && learn (self, draft, error);
}

/* Returns: (transfer none) (nullable): the account that all of a file is about */
static BudgetAccount *
find_account (BudgetSaving *self, guint first, guint end)
{
  BudgetAccount *account = NULL;

  for (guint i = first; i < end; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->importer->drafts, i);
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
 * Notes the account that all drafts of a file, from @first to before @end, are
 * about.
 *
 * Returns: (transfer none) (nullable): that account
 */
BudgetAccount *
_budget_saving_note_account (BudgetSaving *self, guint first, guint end)
{
  BudgetAccount *account = find_account (self, first, end);

  if (self->import != NULL && account != NULL)
    budget_import_set_account (self->import, account);
  return account;
}

/*
 * The other half is in the book already; from now on it counts in no total
 * either.
 */
static gboolean
link_known (BudgetSaving *self, BudgetDraft *draft, BudgetExpense *expense, GError **error)
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
gboolean
_budget_saving_link_transfers (BudgetSaving *self, GError **error)
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
