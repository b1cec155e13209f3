/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-merger-private.h"
#include "budget-import.h"
#include "budget-rule-order.h"
#include "budget-starter.h"

#include <glib/gi18n.h>

/*
 * From another program's book to entities of this one, as one step that is
 * saved whole or not at all.
 */

#define LONGEST_NUMBER 50
#define LONGEST_FILE_NAME 255
#define PARTS_A_LOOK 1000

/* Shortens the name of a file at its front, where it says less. */
static char *
dup_file_name (const char *name)
{
  glong length = g_utf8_strlen (name, -1);

  return length > LONGEST_FILE_NAME ? g_utf8_substring (name, length - LONGEST_FILE_NAME, length)
                                    : g_strdup (name);
}

static gboolean
make_category (BudgetBookMerger *self,
               BudgetForeignCategory *foreign,
               BudgetMergedName *merged,
               guint number,
               GError **error)
{
  g_autoptr (BudgetCategory) category = NULL;

  if (merged->entity != NULL)
    return TRUE;

  category = budget_category_new ();
  budget_category_set_name (category, merged->name);
  budget_category_set_kind (category, foreign->kind);
  budget_category_set_color (category, budget_starter_get_color (number));
  if (!orm_session_add (budget_book_get_session (self->book), category, error))
    return FALSE;

  merged->entity = g_steal_pointer (&category);
  return TRUE;
}

static gboolean
make_categories (BudgetBookMerger *self, GError **error)
{
  GPtrArray *categories = self->foreign->categories;
  guint n_old = g_list_model_get_n_items (budget_book_get_categories (self->book));
  BudgetForeignCategory *own[] = { self->transfer, self->none };

  for (guint i = 0; i < categories->len; i++)
    if (!make_category (self, categories->pdata[i],
                        g_hash_table_lookup (self->categories, categories->pdata[i]), n_old + i,
                        error))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (own[i] != NULL &&
        !make_category (self, own[i], g_hash_table_lookup (self->categories, own[i]),
                        n_old + categories->len + i, error))
      return FALSE;

  return TRUE;
}

static gboolean
make_account (BudgetBookMerger *self, BudgetForeignAccount *foreign, GError **error)
{
  BudgetMergedName *merged = g_hash_table_lookup (self->accounts, foreign);
  g_autoptr (BudgetAccount) account = NULL;

  /* An account that is there keeps what the household said of it. */
  if (merged->entity != NULL)
    return TRUE;

  account = budget_account_new ();
  budget_account_set_name (account, merged->name);
  budget_account_set_kind (account, foreign->kind);
  budget_account_set_opening_balance (account, foreign->opening_balance);
  if (g_date_valid (&foreign->opening_date))
    budget_account_set_opening_date (account, &foreign->opening_date);
  if (merged->has_number && g_utf8_strlen (foreign->number, -1) <= LONGEST_NUMBER)
    budget_account_set_number (account, foreign->number);
  if (!orm_session_add (budget_book_get_session (self->book), account, error))
    return FALSE;

  merged->entity = g_steal_pointer (&account);
  return TRUE;
}

static gboolean
make_tags (BudgetBookMerger *self, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BudgetMergedName *merged = value;
      g_autoptr (BudgetTag) tag = NULL;

      if (merged->entity != NULL)
        continue;

      tag = budget_tag_new ();
      budget_tag_set_name (tag, merged->name);
      if (!orm_session_add (budget_book_get_session (self->book), tag, error))
        return FALSE;
      merged->entity = g_steal_pointer (&tag);
    }

  return TRUE;
}

static gpointer
get_entity (GHashTable *names, gpointer foreign)
{
  BudgetMergedName *merged = foreign != NULL ? g_hash_table_lookup (names, foreign) : NULL;

  return merged != NULL ? merged->entity : NULL;
}

static BudgetExpense *
make_expense (BudgetBookMerger *self, BudgetForeignPart *part, BudgetImport *import, GError **error)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  BudgetForeignCategory *category = part->is_transfer ? self->transfer : part->category;

  budget_expense_set_description (expense, part->description);
  budget_expense_set_amount (expense, part->amount);
  budget_expense_set_date (expense, &part->date);
  if (part->note != NULL)
    budget_expense_set_note (expense, part->note);
  budget_expense_set_import_key (expense, part->key);
  budget_expense_set_user (expense, self->user);
  budget_expense_set_category (
    expense, get_entity (self->categories, category != NULL ? category : self->none));
  if (part->account != NULL)
    budget_expense_set_account (expense, get_entity (self->accounts, part->account));
  budget_expense_set_import (expense, import);
  if (!orm_session_add (budget_book_get_session (self->book), expense, error))
    return NULL;

  for (guint i = 0; part->tags != NULL && part->tags[i] != NULL; i++)
    orm_collection_append (budget_expense_get_tags (expense),
                           get_entity (self->tags, part->tags[i]));

  return g_steal_pointer (&expense);
}

/* Most places in the array stay empty. */
static void
half_free (gpointer half)
{
  g_clear_object (&half);
}

static gboolean
make_expenses (BudgetBookMerger *self,
               BudgetImport *import,
               GCancellable *cancellable,
               GError **error)
{
  GPtrArray *parts = self->foreign->parts;
  g_autoptr (GPtrArray) halves = g_ptr_array_new_with_free_func (half_free);

  g_ptr_array_set_size (halves, (gint) parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      BudgetForeignPart *part = g_ptr_array_index (parts, i);
      g_autoptr (BudgetExpense) expense = NULL;
      BudgetExpense *other = part->other != 0 ? halves->pdata[part->other - 1] : NULL;

      if (i % PARTS_A_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_hash_table_contains (self->known, part->key))
        continue;

      expense = make_expense (self, part, import, error);
      if (expense == NULL)
        return FALSE;

      /* What left one account knows what came to the other. */
      if (other != NULL && part->amount > 0)
        budget_expense_set_counterpart (expense, other);
      else if (other != NULL)
        budget_expense_set_counterpart (other, expense);
      if (part->other != 0)
        halves->pdata[i] = g_steal_pointer (&expense);
    }

  return TRUE;
}

/* What there is a rule for, folded. */
static GHashTable *
list_patterns (BudgetBook *book)
{
  GHashTable *patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *rules = budget_book_get_rules (book);

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);

      g_hash_table_add (patterns, g_utf8_casefold (budget_rule_get_pattern (rule), -1));
    }

  return patterns;
}

/* What the household says itself of a text goes before what it said elsewhere. */
static gboolean
make_rules (BudgetBookMerger *self, GError **error)
{
  g_autoptr (GHashTable) patterns = list_patterns (self->book);

  for (guint i = 0; i < self->foreign->rules->len; i++)
    {
      BudgetForeignRule *foreign = g_ptr_array_index (self->foreign->rules, i);
      g_autoptr (BudgetRule) rule = NULL;

      /* The list of the book does not tell what is added in a group. */
      if (!g_hash_table_add (patterns, g_utf8_casefold (foreign->pattern, -1)))
        continue;

      rule = budget_rule_new ();
      budget_rule_set_pattern (rule, foreign->pattern);
      budget_rule_set_category (rule, get_entity (self->categories, foreign->category));
      if (!budget_rule_order_add (self->book, rule, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_all (BudgetBookMerger *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetImport) import = budget_import_new ();
  g_autofree char *name = dup_file_name (self->name);

  if (self->takes_currency &&
      !budget_book_set_currency (self->book, self->foreign->currency, error))
    return FALSE;

  budget_import_set_name (import, name);
  budget_import_set_format (import, self->foreign->program);
  if (!orm_session_add (budget_book_get_session (self->book), import, error) ||
      !make_categories (self, error))
    return FALSE;

  for (guint i = 0; i < self->foreign->accounts->len; i++)
    if (!make_account (self, g_ptr_array_index (self->foreign->accounts, i), error))
      return FALSE;

  return make_tags (self, error) && make_rules (self, error) &&
         make_expenses (self, import, cancellable, error);
}

/**
 * budget_book_merger_commit:
 * @self: a merger
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Puts all that is new into the book, as one step that can be undone and as one
 * import that can be taken back. If that fails the book is as it was.
 *
 * Returns: %TRUE if it is saved
 */
gboolean
budget_book_merger_commit (BudgetBookMerger *self, GCancellable *cancellable, GError **error)
{
  OrmSession *session = NULL;
  g_autofree char *label = NULL;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  /* All of it came before, or there is nothing. */
  if (self->n_new == 0 &&
      (self->n_duplicates > 0 || (_budget_book_merger_count_new (self->accounts) == 0 &&
                                  _budget_book_merger_count_new (self->categories) == 0)))
    return TRUE;

  session = budget_book_get_session (self->book);
  /* Translators: a step that can be undone; %s is a program, HomeBank or GnuCash. */
  label = g_strdup_printf (_("Switch from %s"), self->foreign->program);

  orm_session_begin_group (session, NULL);
  is_good = make_all (self, cancellable, error);
  orm_session_end_group (session);
  if (is_good)
    is_good = budget_book_commit (self->book, label, error);
  else
    orm_session_rollback (session);

  self->is_committed = is_good;
  return is_good;
}
