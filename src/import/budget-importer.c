/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"

/**
 * BudgetImporter:
 *
 * Banks' statements on their way into a book: a #GListModel of #BudgetDraft,
 * to be looked at and then saved at once with budget_importer_commit().
 *
 * Only what was in the book before, or is in an earlier file of the same import,
 * can be a duplicate; two equal rows of one file are two payments. If the book
 * has one of them and the file two, one is a duplicate and one is new.
 */

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BudgetImporter,
                               budget_importer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
import_file_free (BudgetImportFile *file)
{
  g_free (file->name);
  g_object_unref (file->statement);
  g_free (file->account);
  g_clear_object (&file->remembered);
  g_free (file);
}

static gpointer
budget_importer_get_item (GListModel *model, guint position)
{
  BudgetImporter *self = BUDGET_IMPORTER (model);

  if (position >= self->drafts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->drafts, position));
}

static guint
budget_importer_get_n_items (GListModel *model)
{
  return BUDGET_IMPORTER (model)->drafts->len;
}

static GType
budget_importer_get_item_type (GListModel *model)
{
  return BUDGET_TYPE_DRAFT;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = budget_importer_get_item;
  iface->get_n_items = budget_importer_get_n_items;
  iface->get_item_type = budget_importer_get_item_type;
}

static void
budget_importer_finalize (GObject *object)
{
  BudgetImporter *self = BUDGET_IMPORTER (object);

  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->categories, budget_name_index_free);
  g_clear_pointer (&self->users, budget_name_index_free);
  g_clear_pointer (&self->accounts, budget_name_index_free);
  g_hash_table_unref (self->new_accounts);
  g_hash_table_unref (self->new_cards);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_object (&self->default_user);
  g_hash_table_unref (self->tidied);
  g_clear_pointer (&self->layouts, g_hash_table_unref);
  g_clear_pointer (&self->layout_accounts, g_hash_table_unref);
  g_clear_pointer (&self->rules, budget_rule_set_free);
  budget_category_history_free (self->history);
  g_clear_object (&self->transfer_category);
  g_hash_table_unref (self->n_equal);
  g_hash_table_unref (self->spellings);
  g_string_chunk_free (self->names);
  _budget_known_rows_clear (&self->known);
  g_clear_object (&self->user);
  g_clear_object (&self->category);
  g_clear_object (&self->book);
  g_free (self->account);
  g_free (self->currency);

  G_OBJECT_CLASS (budget_importer_parent_class)->finalize (object);
}

static void
budget_importer_class_init (BudgetImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_importer_finalize;
}

static void
budget_importer_init (BudgetImporter *self)
{
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) import_file_free);
  self->names = g_string_chunk_new (1024);
  self->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->new_accounts = g_hash_table_new (g_str_hash, g_str_equal);
  self->new_cards = g_hash_table_new (g_str_hash, g_str_equal);
  self->tidied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->history = budget_category_history_new ();
  self->n_equal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  _budget_known_rows_init (&self->known);
}

/**
 * budget_importer_new:
 * @book: where the expenses are to go; it must not change until they did
 *
 * Returns: (transfer full): an importer without files
 */
BudgetImporter *
budget_importer_new (BudgetBook *book)
{
  BudgetImporter *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_IMPORTER, NULL);
  self->book = g_object_ref (book);
  self->rules = budget_rule_set_new (budget_book_get_rules (book));
  self->currency = g_strdup (budget_book_get_currency (book));

  return self;
}

/**
 * budget_importer_set_as_is:
 * @self: an importer
 * @as_is: whether amounts in another currency are taken as they stand, in the
 *   files that are added from now on
 */
void
budget_importer_set_as_is (BudgetImporter *self, gboolean as_is)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->as_is = as_is;
}

/**
 * budget_importer_set_user:
 * @self: an importer without files
 * @user: (nullable): whose expenses they are, %NULL if the files may say
 */
void
budget_importer_set_user (BudgetImporter *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (user == NULL || BUDGET_IS_USER (user));

  g_set_object (&self->user, user);
}

/**
 * budget_importer_set_category:
 * @self: an importer without files
 * @category: (nullable): what they are filed under where the files do not say,
 *   %NULL for what the like was filed under before
 */
void
budget_importer_set_category (BudgetImporter *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (category == NULL || BUDGET_IS_CATEGORY (category));

  g_set_object (&self->category, category);
}

/**
 * budget_importer_set_account:
 * @self: an importer
 * @name_or_number: (nullable): the account that the bookings of the files that
 *   are added from now on left, made if it is new; "" if only the files may say,
 *   %NULL if the book may remember it of the bank's tables too
 */
void
budget_importer_set_account (BudgetImporter *self, const char *name_or_number)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  g_free (self->account);
  self->account = g_strdup (name_or_number);
}

/**
 * budget_importer_set_forgetful:
 * @self: an importer
 * @forgetful: whether files that are added from now on are read as if nothing
 *   were remembered of their bank's tables; what is, is dropped with the commit
 */
void
budget_importer_set_forgetful (BudgetImporter *self, gboolean forgetful)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->is_forgetful = forgetful;
}

/**
 * budget_importer_set_progress:
 * @self: an importer
 * @progress: (nullable) (scope notified): told now and then how much is done
 *   of what is being done
 * @data: given to @progress
 */
void
budget_importer_set_progress (BudgetImporter *self, BudgetProgress progress, gpointer data)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->progress = progress;
  self->progress_data = data;
}

/* Whoever listens may stop listening while the work goes on. */
void
_budget_importer_tell_progress (double fraction, gpointer importer)
{
  BudgetImporter *self = importer;

  if (self->progress != NULL)
    self->progress (fraction, self->progress_data);
}

/**
 * budget_importer_add_statement:
 * @self: an importer
 * @name: what the file is called
 * @statement: what is in it
 * @cancellable: (nullable): to stop it
 * @error: return location for an #OrmError or a #GIOErrorEnum
 *
 * Adds a draft for each row of a statement.
 *
 * Returns: %TRUE if they were added
 */
gboolean
budget_importer_add_statement (BudgetImporter *self,
                               const char *name,
                               BudgetStatement *statement,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (BudgetImportJob) job = NULL;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_STATEMENT (statement), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  job = _budget_import_job_new (self, name, statement);
  return budget_steps_run (&_budget_import_job_steps, job, _budget_importer_tell_progress, self,
                           cancellable, error);
}

/**
 * budget_importer_get_currency:
 * @self: an importer
 *
 * Returns: what the drafts' amounts are in: the book's currency, or the one
 *   that an empty book takes on
 */
const char *
budget_importer_get_currency (BudgetImporter *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return self->currency;
}

/**
 * budget_importer_get_n_files:
 * @self: an importer
 *
 * Returns: how many files were added
 */
guint
budget_importer_get_n_files (BudgetImporter *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), 0);

  return self->files->len;
}

static BudgetImportFile *
get_file (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (file < self->files->len, NULL);

  return g_ptr_array_index (self->files, file);
}

/**
 * budget_importer_get_file_name:
 * @self: an importer
 * @file: which file, from 0
 *
 * Returns: what the file is called
 */
const char *
budget_importer_get_file_name (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return get_file (self, file)->name;
}

/**
 * budget_importer_get_file_statement:
 * @self: an importer
 * @file: which file, from 0
 *
 * Returns: (transfer none): what is in it, with its remarks
 */
BudgetStatement *
budget_importer_get_file_statement (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return get_file (self, file)->statement;
}
