/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-history.h"
#include "budget-decision.h"
#include "budget-draft-private.h"
#include "budget-import-saver-private.h"
#include "budget-importer.h"
#include "budget-layout-memory-private.h"
#include "budget-matching-private.h"
#include "budget-money.h"
#include "budget-own-csv.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetImporter:
 *
 * Imports bank files into a book: a #GListModel of #BudgetDraft, one for each
 * transaction, which the user reviews before budget_importer_commit() saves them.
 *
 * A transaction is a duplicate if the book or an earlier file of the same import
 * has it. Two equal rows of one file are two payments: if the book has one of
 * them and the file two, one is a duplicate and one is new.
 */
struct _BudgetImporter
{
  GObject parent_instance;

  BudgetBook *book;
  char *account;
  char *currency; /* of the book, or that an empty book will get */
  gboolean takes_currency;
  gboolean is_forgetful;
  gboolean is_committed;

  GPtrArray *drafts;
  GPtrArray *files; /* of BudgetImportFile */

  BudgetRowReader *rows;
  BudgetLayoutMemory *memory; /* of the book, made when first needed */
  BudgetTransferFinder *transfers;
  BudgetKnownRows known;

  BudgetProgress progress;
  gpointer progress_data;
};

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
  g_clear_pointer (&self->memory, _budget_layout_memory_free);
  g_clear_pointer (&self->rows, _budget_row_reader_free);
  g_clear_pointer (&self->transfers, _budget_transfer_finder_free);
  _budget_known_rows_clear (&self->known);
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
  _budget_known_rows_init (&self->known);
}

/*
 * Adds one statement to an importer: reads the expenses around its days, turns
 * its rows into drafts and matches these with the expenses.
 */

#define ROWS_A_STEP 500

typedef enum
{
  PHASE_DAYS,
  PHASE_KEYS,
  PHASE_REJECTED_KEYS,
  PHASE_DECISIONS,
  PHASE_HISTORY,
  PHASE_ROWS,
  PHASE_MATCH,
  PHASE_DONE
} Phase;

typedef struct
{
  BudgetImporter *importer;
  BudgetStatement *statement;
  guint file;
  GDate first;
  GDate last;
  GPtrArray *drafts;
  Phase phase;
  GListModel *entities; /* what is read in this phase */
  BudgetMatching *matching;
  guint position;
} ImportJob;

/* An empty book takes the currency of the statement, or of its first valid row. */
static void
take_currency (BudgetImporter *importer, BudgetStatement *statement)
{
  const char *currency = budget_statement_get_currency (statement);

  for (guint i = 0; currency == NULL && i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      if (row->reject_reason == NULL)
        currency = row->currency;
    }

  importer->takes_currency =
    currency != NULL && !g_str_equal (currency, importer->currency) && strlen (currency) == 3;
  if (!importer->takes_currency)
    return;

  g_free (importer->currency);
  importer->currency = g_strdup (currency);
}

static const BudgetLayoutMemory *
get_memory (BudgetImporter *self)
{
  if (self->memory == NULL)
    self->memory = _budget_layout_memory_new (self->book);

  return self->memory;
}

static void
find_days (ImportJob *self)
{
  g_date_clear (&self->first, 1);
  g_date_clear (&self->last, 1);

  for (guint i = 0; i < budget_statement_get_n_rows (self->statement); i++)
    {
      const GDate *date = &budget_statement_get_row (self->statement, i)->date;

      if (!g_date_valid (date))
        continue;
      if (!g_date_valid (&self->first) || g_date_compare (date, &self->first) < 0)
        self->first = *date;
      if (!g_date_valid (&self->last) || g_date_compare (date, &self->last) > 0)
        self->last = *date;
    }
}

static ImportJob *
import_job_new (BudgetImporter *importer, const char *name, BudgetStatement *statement)
{
  ImportJob *self = g_new0 (ImportJob, 1);
  BudgetImportFile *file = g_new0 (BudgetImportFile, 1);
  BudgetAccount *remembered = NULL;

  self->importer = g_object_ref (importer);
  self->statement = g_object_ref (statement);
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = importer->files->len;

  if (self->file == 0 && budget_book_is_empty (importer->book))
    take_currency (importer, statement);
  find_days (self);

  file->name = g_strdup (name);
  file->statement = g_object_ref (statement);
  file->account = g_strdup (importer->account);
  file->forgets = importer->is_forgetful;
  if (importer->account == NULL)
    remembered = _budget_layout_memory_find_account (get_memory (importer), statement);
  _budget_row_reader_begin_file (importer->rows, statement, importer->currency, file->account,
                                 remembered);
  g_ptr_array_add (importer->files, file);
  return self;
}

/* Forgets the accounts that only the abandoned file would have added. */
static void
forget_accounts (BudgetImporter *importer)
{
  GHashTable *new_accounts = _budget_row_reader_get_new_accounts (importer->rows);

  g_hash_table_remove_all (new_accounts);
  for (guint i = 0; i < importer->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (importer->drafts, i);

      if (draft->account_name != NULL)
        g_hash_table_add (new_accounts, (gpointer) draft->account_name);
    }
}

/* The importer is as if the file had never been added. */
static void
abandon (gpointer job)
{
  ImportJob *self = job;
  BudgetImporter *importer = self->importer;

  g_ptr_array_remove_index (importer->files, self->file);
  forget_accounts (importer);
  if (self->file > 0)
    return;

  g_free (importer->currency);
  importer->currency = g_strdup (budget_book_get_currency (importer->book));
  importer->takes_currency = FALSE;
  _budget_row_reader_forget (importer->rows);
}

static void
import_job_free (ImportJob *self)
{
  g_clear_object (&self->entities);
  g_clear_pointer (&self->matching, _budget_matching_free);
  g_ptr_array_unref (self->drafts);
  g_object_unref (self->statement);
  g_object_unref (self->importer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportJob, import_job_free)

static char *
dup_day (const GDate *date, char mark)
{
  return g_strdup_printf ("%04u-%02u-%02u%c", (guint) g_date_get_year (date),
                          (guint) g_date_get_month (date), (guint) g_date_get_day (date), mark);
}

/* Keys begin with a day and a colon; a semicolon sorts after all keys of the day. */
static void
ask_for_keys (ImportJob *self, OrmQuery *query)
{
  g_autofree char *first = dup_day (&self->first, ':');
  g_autofree char *last = dup_day (&self->last, ';');

  orm_query_where (query, "import-key", ORM_GREATER_EQUAL, first);
  orm_query_where (query, "import-key", ORM_LESS, last);
}

/* The date of an expense entered by hand may be some days off. */
static void
ask_for_days (ImportJob *self, OrmQuery *query)
{
  GDate first = self->first;
  GDate last = self->last;

  if (g_date_get_julian (&first) > BUDGET_IMPORT_MATCH_DAYS)
    g_date_subtract_days (&first, BUDGET_IMPORT_MATCH_DAYS);
  g_date_add_days (&last, BUDGET_IMPORT_MATCH_DAYS);

  orm_query_where (query, "date", ORM_GREATER_EQUAL, &first);
  if (g_date_get_year (&last) <= 9999)
    orm_query_where (query, "date", ORM_LESS_EQUAL, &last);
}

static OrmQuery *
new_query (ImportJob *self)
{
  OrmQuery *query =
    orm_query_new (self->phase == PHASE_DECISIONS ? BUDGET_TYPE_DECISION : BUDGET_TYPE_EXPENSE);

  switch (self->phase)
    {
    case PHASE_DAYS:
      ask_for_days (self, query);
      break;
    case PHASE_KEYS:
    case PHASE_DECISIONS:
      ask_for_keys (self, query);
      break;
    case PHASE_REJECTED_KEYS:
      orm_query_where (query, "import-key", ORM_GREATER_EQUAL, "0000-00-00:");
      orm_query_where (query, "import-key", ORM_LESS, "0000-00-00;");
      break;
    case PHASE_HISTORY:
      orm_query_order_by (query, "date", ORM_DESCENDING);
      orm_query_order_by (query, "id", ORM_DESCENDING);
      orm_query_limit (query, BUDGET_CATEGORY_HISTORY_MAX_EXPENSES, 0);
      break;
    case PHASE_ROWS:
    case PHASE_MATCH:
    case PHASE_DONE:
    default:
      g_assert_not_reached ();
    }

  return query;
}

static gboolean
open_entities (ImportJob *self, GError **error)
{
  g_autoptr (OrmQuery) query = new_query (self);

  self->entities = orm_session_find (budget_book_get_session (self->importer->book), query, error);
  return self->entities != NULL;
}

static void
take_entity (ImportJob *self, gpointer entity)
{
  BudgetImporter *importer = self->importer;

  if (self->phase == PHASE_DECISIONS)
    _budget_known_rows_decide (&importer->known, budget_decision_get_import_key (entity),
                               budget_decision_get_same_as (entity));
  else if (self->phase == PHASE_HISTORY)
    _budget_row_reader_learn (importer->rows, entity);
  else
    _budget_known_rows_add (&importer->known, entity);
}

/* Whether a phase has nothing to read. */
static gboolean
is_needless (ImportJob *self)
{
  switch (self->phase)
    {
    case PHASE_DAYS:
    case PHASE_KEYS:
    case PHASE_DECISIONS:
      return !g_date_valid (&self->first);
    case PHASE_REJECTED_KEYS:
      return budget_statement_get_n_rejected (self->statement) == 0;
    case PHASE_HISTORY:
      return self->file > 0;
    case PHASE_ROWS:
    case PHASE_MATCH:
    case PHASE_DONE:
    default:
      return FALSE;
    }
}

static void
next_phase (ImportJob *self)
{
  self->position = 0;
  g_clear_object (&self->entities);

  do
    self->phase++;
  while (is_needless (self));
}

static gboolean
step_entities (ImportJob *self, GError **error)
{
  guint n_entities;

  if (is_needless (self))
    {
      next_phase (self);
      return TRUE;
    }

  if (self->entities == NULL && !open_entities (self, error))
    return FALSE;

  n_entities = g_list_model_get_n_items (self->entities);
  for (guint i = 0; i < ROWS_A_STEP; i++)
    {
      /* The history comes latest first and is learned oldest first. */
      guint at = self->phase == PHASE_HISTORY ? n_entities - 1 - self->position : self->position;
      g_autoptr (OrmEntity) entity = g_list_model_get_item (self->entities, at);

      if (entity == NULL)
        {
          next_phase (self);
          return TRUE;
        }

      take_entity (self, entity);
      self->position++;
    }

  return TRUE;
}

static void
step_rows (ImportJob *self)
{
  guint n_rows = budget_statement_get_n_rows (self->statement);

  for (guint i = 0; i < ROWS_A_STEP; i++, self->position++)
    {
      if (self->position == n_rows)
        {
          next_phase (self);
          return;
        }

      g_ptr_array_add (self->drafts, _budget_row_reader_read (
                                       self->importer->rows, self->file,
                                       budget_statement_get_row (self->statement, self->position)));
    }
}

static void
finish (ImportJob *self)
{
  BudgetImporter *importer = self->importer;
  guint position = importer->drafts->len;
  guint n_added = self->drafts->len;

  for (guint i = 0; i < self->drafts->len; i++)
    _budget_known_rows_add_draft (&importer->known, g_ptr_array_index (self->drafts, i));
  _budget_transfer_finder_find (importer->transfers, self->drafts);

  g_ptr_array_extend_and_steal (importer->drafts, g_steal_pointer (&self->drafts));
  self->drafts = g_ptr_array_new ();
  g_list_model_items_changed (G_LIST_MODEL (importer), position, 0, n_added);
}

static void
step_matches (ImportJob *self)
{
  if (self->matching == NULL)
    self->matching =
      _budget_matching_new (&self->importer->known, self->importer->currency, self->drafts,
                            budget_own_csv_wrote (self->statement), &self->first, &self->last);

  if (!_budget_matching_step (self->matching, ROWS_A_STEP))
    return;

  next_phase (self);
  finish (self);
}

static double
get_part (ImportJob *self)
{
  guint n_items = budget_statement_get_n_rows (self->statement);

  if (self->phase == PHASE_MATCH && self->matching != NULL)
    return _budget_matching_get_fraction (self->matching);
  if (self->entities != NULL)
    n_items = g_list_model_get_n_items (self->entities);

  return n_items > 0 && self->phase < PHASE_DONE ? (double) self->position / n_items : 0;
}

static gboolean
step (gpointer job, gboolean *is_done, GError **error)
{
  ImportJob *self = job;
  gboolean is_good = TRUE;

  switch (self->phase)
    {
    case PHASE_DAYS:
    case PHASE_KEYS:
    case PHASE_REJECTED_KEYS:
    case PHASE_DECISIONS:
    case PHASE_HISTORY:
      is_good = step_entities (self, error);
      break;
    case PHASE_ROWS:
      step_rows (self);
      break;
    case PHASE_MATCH:
      step_matches (self);
      break;
    case PHASE_DONE:
    default:
      break;
    }

  *is_done = self->phase == PHASE_DONE;
  return is_good;
}

static double
get_fraction (gpointer job)
{
  ImportJob *self = job;

  return (self->phase + get_part (self)) / PHASE_DONE;
}

static const BudgetSteps import_job_steps = { step, get_fraction, abandon, NULL };

/**
 * budget_importer_new:
 * @book: the target; it must not change until the importer has committed
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
  self->currency = g_strdup (budget_book_get_currency (book));
  self->rows = _budget_row_reader_new (book);
  self->transfers = _budget_transfer_finder_new (book, &self->known,
                                                 _budget_row_reader_get_new_accounts (self->rows));

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

  _budget_row_reader_set_as_is (self->rows, as_is);
}

/**
 * budget_importer_set_user:
 * @self: an importer without files
 * @user: (nullable): the person of all expenses, %NULL for that of the files
 */
void
budget_importer_set_user (BudgetImporter *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (user == NULL || BUDGET_IS_USER (user));

  _budget_row_reader_set_user (self->rows, user);
}

/**
 * budget_importer_set_category:
 * @self: an importer without files
 * @category: (nullable): the category where the files have none, %NULL to use
 *   the rules and the history of the book
 */
void
budget_importer_set_category (BudgetImporter *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (category == NULL || BUDGET_IS_CATEGORY (category));

  _budget_row_reader_set_category (self->rows, category);
}

/**
 * budget_importer_set_account:
 * @self: an importer
 * @name_or_number: (nullable): the account of the files that are added from now
 *   on, which is added if it is new; "" for the one in the files, %NULL for the
 *   one in the files or the one that the book remembers for them
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
 * @forgetful: whether files that are added from now on are read without the
 *   corrections that the book remembers for them; the commit then deletes these
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
 * @progress: (nullable) (scope notified): called with the progress of adding a
 *   file or of the commit
 * @data: user data for @progress
 */
void
budget_importer_set_progress (BudgetImporter *self, BudgetProgress progress, gpointer data)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));

  self->progress = progress;
  self->progress_data = data;
}

/* The callback may be removed while the job runs. */
static void
tell_progress (double fraction, gpointer importer)
{
  BudgetImporter *self = importer;

  if (self->progress != NULL)
    self->progress (fraction, self->progress_data);
}

/**
 * budget_importer_add_statement:
 * @self: an importer
 * @name: the name of the file
 * @statement: its contents
 * @cancellable: (nullable): to stop it
 * @error: return location for an #OrmError or a #GIOErrorEnum
 *
 * Adds a draft for each row of a statement. A table that was read without
 * corrections is read again with those that the book remembers of its bank.
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
  g_autoptr (BudgetStatement) again = NULL;
  g_autoptr (ImportJob) job = NULL;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_STATEMENT (statement), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  if (!self->is_forgetful)
    again = _budget_layout_memory_apply (get_memory (self), statement, cancellable);
  job = import_job_new (self, name, again != NULL ? again : statement);
  return budget_steps_run (&import_job_steps, job, tell_progress, self, cancellable, error);
}

/**
 * budget_importer_add_file:
 * @self: an importer
 * @path: (type filename): where the file is
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections to the columns of a
 *   table, see budget_csv_layout_map()
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Reads a file and adds a draft for each of its rows. Without @map, the file is
 * read with the corrections that the book remembers of its bank, if any.
 *
 * Returns: %TRUE if they were added
 */
gboolean
budget_importer_add_file (BudgetImporter *self,
                          const char *path,
                          BudgetStatementFormat format,
                          const char *const *map,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (BudgetStatement) statement = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  statement = budget_statement_read_file (path, format, map, cancellable, error);
  name = g_filename_display_basename (path);
  return statement != NULL &&
         budget_importer_add_statement (self, name, statement, cancellable, error);
}

typedef struct
{
  char *path;
  BudgetStatementFormat format;
  char **map;
  const BudgetLayoutMemory *memory; /* of the importer, or NULL to use none */
  ImportJob *job;
} AddFile;

static void
add_file_free (AddFile *data)
{
  g_free (data->path);
  g_strfreev (data->map);
  g_clear_pointer (&data->job, import_job_free);
  g_free (data);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  AddFile *data = task_data;
  g_autoptr (BudgetStatement) statement = NULL;
  GError *error = NULL;

  statement = budget_statement_read_file (data->path, data->format, (const char *const *) data->map,
                                          cancellable, &error);
  if (statement == NULL)
    g_task_return_error (task, error);
  else if (data->memory == NULL)
    g_task_return_pointer (task, g_steal_pointer (&statement), g_object_unref);
  else
    g_task_return_pointer (task, _budget_layout_memory_apply (data->memory, statement, cancellable),
                           g_object_unref);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BudgetImporter *self = g_task_get_source_object (task);
  AddFile *data = g_task_get_task_data (task);
  g_autoptr (BudgetStatement) statement = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  statement = g_task_propagate_pointer (G_TASK (result), &error);
  if (statement == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  name = g_filename_display_basename (data->path);
  data->job = import_job_new (self, name, statement);
  budget_steps_run_in_task (&import_job_steps, data->job, tell_progress, self, task);
}

/**
 * budget_importer_add_file_async:
 * @self: an importer that no other file is being added to
 * @path: (type filename): where the file is
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections to the columns of a
 *   table, see budget_csv_layout_map()
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: user data for @callback
 *
 * Like budget_importer_add_file(), but reads in a thread and adds the drafts in
 * small steps.
 */
void
budget_importer_add_file_async (BudgetImporter *self,
                                const char *path,
                                BudgetStatementFormat format,
                                const char *const *map,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) reading = NULL;
  GTask *task;
  AddFile *data;

  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (!self->is_committed);

  data = g_new0 (AddFile, 1);
  data->path = g_strdup (path);
  data->format = format;
  data->map = g_strdupv ((char **) map);
  if (!self->is_forgetful)
    data->memory = get_memory (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_importer_add_file_async);
  g_task_set_task_data (task, data, (GDestroyNotify) add_file_free);

  /* The task above outlives this one and keeps the data and the importer with its
   * memory. This task has no source object, so that the importer is never freed in the thread. */
  reading = g_task_new (NULL, cancellable, on_file_read, task);
  g_task_set_task_data (reading, data, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

/**
 * budget_importer_add_file_finish:
 * @self: an importer
 * @result: the result passed to the callback
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the file's drafts were added
 */
gboolean
budget_importer_add_file_finish (BudgetImporter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * budget_importer_get_currency:
 * @self: an importer
 *
 * Returns: the currency of the drafts' amounts: the book's, or that of the first
 *   file if the book is empty
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
 * Returns: the name of the file
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
 * Returns: (transfer none): its contents, with notes on how it was read
 */
BudgetStatement *
budget_importer_get_file_statement (BudgetImporter *self, guint file)
{
  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), NULL);

  return get_file (self, file)->statement;
}

static void
count_draft (BudgetDraft *draft, BudgetImportCounts *counts)
{
  gboolean is_added = _budget_draft_is_added (draft);

  counts->n_new += draft->state == BUDGET_DRAFT_NEW;
  counts->n_rejected += draft->state == BUDGET_DRAFT_REJECTED;
  counts->n_duplicates += draft->state != BUDGET_DRAFT_NEW && draft->state != BUDGET_DRAFT_REJECTED;
  counts->n_matched += draft->state == BUDGET_DRAFT_MATCHED && draft->include;
  counts->n_updated += draft->state == BUDGET_DRAFT_DIFFERENT && draft->include;
  counts->n_different += draft->state == BUDGET_DRAFT_DIFFERENT;
  counts->n_left_out += draft->state == BUDGET_DRAFT_LEFT_OUT;
  counts->n_transfers += is_added && draft->is_transfer;
  counts->n_included += is_added;

  /* Too large a sum is shown as the largest there is. */
  if (is_added && !budget_money_add (counts->sum, draft->amount, &counts->sum))
    counts->sum = draft->amount > 0 ? G_MAXINT64 : G_MININT64;
}

/**
 * budget_importer_count_file:
 * @self: an importer
 * @file: which file, from 0
 * @counts: (out caller-allocates): its figures
 */
void
budget_importer_count_file (BudgetImporter *self, guint file, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->file == file)
        count_draft (draft, counts);
    }
}

/**
 * budget_importer_count:
 * @self: an importer
 * @counts: (out caller-allocates): the figures of all files together
 */
void
budget_importer_count (BudgetImporter *self, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    count_draft (g_ptr_array_index (self->drafts, i), counts);
}

/* Returns: %FALSE if there is nothing to save */
static gboolean
plan_saving (BudgetImporter *self, BudgetImportPlan *plan)
{
  BudgetImportCounts counts;

  budget_importer_count (self, &counts);
  *plan = (BudgetImportPlan){
    .book = self->book,
    .new_currency = self->takes_currency ? self->currency : NULL,
    .files = self->files,
    .drafts = self->drafts,
    .rows = self->rows,
    .transfers = self->transfers,
    .decisions = self->known.decisions,
    .n_changed = counts.n_included + counts.n_matched + counts.n_updated,
  };
  return plan->n_changed > 0;
}

/**
 * budget_importer_commit:
 * @self: an importer
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Saves the included drafts in the book, with the categories and accounts that
 * they need, as one undoable step. If that fails, the book is unchanged.
 *
 * Returns: %TRUE if they are saved
 */
gboolean
budget_importer_commit (BudgetImporter *self, GCancellable *cancellable, GError **error)
{
  BudgetImportPlan plan;
  BudgetImportSaver *saver;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_IMPORTER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  if (!plan_saving (self, &plan))
    return TRUE;

  saver = _budget_import_saver_new (&plan);
  is_good =
    budget_steps_run (&_budget_import_saver_steps, saver, tell_progress, self, cancellable, error);
  _budget_import_saver_free (saver);
  self->is_committed = is_good;
  return is_good;
}

/**
 * budget_importer_commit_async:
 * @self: an importer
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: user data for @callback
 *
 * Like budget_importer_commit(), in steps. Neither the drafts nor the book may be
 * changed until it is done.
 */
void
budget_importer_commit_async (BudgetImporter *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BudgetImportPlan plan;
  BudgetImportSaver *saver;

  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (!self->is_committed);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, budget_importer_commit_async);
  if (!plan_saving (self, &plan))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  plan.flushes = TRUE;
  saver = _budget_import_saver_new (&plan);
  g_task_set_task_data (task, saver, (GDestroyNotify) _budget_import_saver_free);
  budget_steps_run_in_task (&_budget_import_saver_steps, saver, tell_progress, self, task);
}

/**
 * budget_importer_commit_finish:
 * @self: an importer
 * @result: the result passed to the callback
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Returns: %TRUE if the drafts are saved; else the book is unchanged
 */
gboolean
budget_importer_commit_finish (BudgetImporter *self, GAsyncResult *result, GError **error)
{
  gboolean is_good;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  /* The task has a saver unless there was nothing to save. */
  is_good = g_task_propagate_boolean (G_TASK (result), error);
  self->is_committed = is_good && g_task_get_task_data (G_TASK (result)) != NULL;
  return is_good;
}
