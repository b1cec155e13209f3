/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * One statement on its way into an importer: what the book has around its days
 * is looked at, its rows become drafts, and those are known again or not.
 */

#define ROWS_A_STEP 500

/* How far back one looks for what a description was filed under. */
#define LONGEST_HISTORY 20000

typedef enum
{
  PHASE_DAYS,
  PHASE_KEYS,
  PHASE_HISTORY,
  PHASE_ROWS,
  PHASE_MATCH_KEYS,
  PHASE_MATCH_LOOKS,
  PHASE_DONE
} Phase;

struct _BudgetImportJob
{
  BudgetImporter *importer;
  BudgetStatement *statement;
  guint file;
  GDate first;
  GDate last;
  GPtrArray *drafts;
  Phase phase;
  GListModel *expenses; /* what is looked at in this phase */
  guint position;
};

/* The first row that can be used says what an empty book is kept in. */
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

static void
find_days (BudgetImportJob *self)
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

BudgetImportJob *
_budget_import_job_new (BudgetImporter *importer, const char *name, BudgetStatement *statement)
{
  BudgetImportJob *self = g_new0 (BudgetImportJob, 1);
  BudgetImportFile *file = g_new0 (BudgetImportFile, 1);

  self->importer = g_object_ref (importer);
  self->statement = g_object_ref (statement);
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = importer->files->len;

  if (self->file == 0 && budget_book_is_empty (importer->book))
    take_currency (importer, statement);
  find_days (self);

  file->name = g_strdup (name);
  file->statement = g_object_ref (statement);
  g_ptr_array_add (importer->files, file);
  return self;
}

/* The numbers of equal rows are given back. */
static void
forget_keys (BudgetImportJob *self)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->drafts, i);
      g_autofree char *base = g_strdup (draft->import_key);
      guint n_equal;

      if (base == NULL)
        continue;

      *strrchr (base, ':') = '\0';
      n_equal = GPOINTER_TO_UINT (g_hash_table_lookup (self->importer->n_equal, base));
      g_hash_table_insert (self->importer->n_equal, g_steal_pointer (&base),
                           GUINT_TO_POINTER (n_equal - 1));
    }
}

void
_budget_import_job_free (BudgetImportJob *self)
{
  if (self->phase != PHASE_DONE)
    {
      forget_keys (self);
      g_ptr_array_remove_index (self->importer->files, self->file);
    }

  g_clear_object (&self->expenses);
  g_ptr_array_unref (self->drafts);
  g_object_unref (self->statement);
  g_object_unref (self->importer);
  g_free (self);
}

static char *
dup_day (const GDate *date, char mark)
{
  return g_strdup_printf ("%04u-%02u-%02u%c", (guint) g_date_get_year (date),
                          (guint) g_date_get_month (date), (guint) g_date_get_day (date), mark);
}

/* Keys begin with their day and a colon; a semicolon sorts behind all of a day. */
static void
ask_for_keys (BudgetImportJob *self, OrmQuery *query)
{
  g_autofree char *first = dup_day (&self->first, ':');
  g_autofree char *last = dup_day (&self->last, ';');

  orm_query_where (query, "import-key", ORM_GREATER_EQUAL, first);
  orm_query_where (query, "import-key", ORM_LESS, last);
}

static gboolean
open_expenses (BudgetImportJob *self, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);

  switch (self->phase)
    {
    case PHASE_DAYS:
      orm_query_where (query, "date", ORM_GREATER_EQUAL, &self->first);
      orm_query_where (query, "date", ORM_LESS_EQUAL, &self->last);
      break;
    case PHASE_KEYS:
      ask_for_keys (self, query);
      break;
    case PHASE_HISTORY:
      orm_query_order_by (query, "date", ORM_DESCENDING);
      orm_query_limit (query, LONGEST_HISTORY, 0);
      break;
    case PHASE_ROWS:
    case PHASE_MATCH_KEYS:
    case PHASE_MATCH_LOOKS:
    case PHASE_DONE:
    default:
      g_assert_not_reached ();
    }

  self->expenses = orm_session_find (budget_book_get_session (self->importer->book), query, error);
  return self->expenses != NULL;
}

static void
take_expense (BudgetImportJob *self, BudgetExpense *expense)
{
  GHashTable *usual = self->importer->usual;
  const char *description = budget_expense_get_description (expense);
  BudgetCategory *category;

  if (self->phase != PHASE_HISTORY)
    {
      _budget_known_rows_add (&self->importer->known, expense);
      return;
    }

  if (description == NULL || g_hash_table_contains (usual, description))
    return;

  category = budget_expense_get_category (expense);
  if (category != NULL)
    g_hash_table_insert (usual, g_strdup (description), g_object_ref (category));
}

static void
next_phase (BudgetImportJob *self)
{
  self->phase++;
  self->position = 0;
  g_clear_object (&self->expenses);

  if (self->phase == PHASE_HISTORY && self->file > 0)
    self->phase = PHASE_ROWS;
  if (self->phase < PHASE_HISTORY && !g_date_valid (&self->first))
    self->phase = PHASE_ROWS;
}

static gboolean
step_expenses (BudgetImportJob *self, GError **error)
{
  if (!g_date_valid (&self->first))
    {
      next_phase (self);
      return TRUE;
    }

  if (self->expenses == NULL && !open_expenses (self, error))
    return FALSE;

  for (guint i = 0; i < ROWS_A_STEP; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (self->expenses, self->position);

      if (expense == NULL)
        {
          next_phase (self);
          return TRUE;
        }

      take_expense (self, expense);
      self->position++;
    }

  return TRUE;
}

static void
step_rows (BudgetImportJob *self)
{
  guint n_rows = budget_statement_get_n_rows (self->statement);

  for (guint i = 0; i < ROWS_A_STEP; i++, self->position++)
    {
      if (self->position == n_rows)
        {
          next_phase (self);
          return;
        }

      g_ptr_array_add (self->drafts, _budget_importer_draft (
                                       self->importer, self->file,
                                       budget_statement_get_row (self->statement, self->position)));
    }
}

static void
match (BudgetImportJob *self, BudgetDraft *draft)
{
  BudgetKnownRows *known = &self->importer->known;

  if (draft->state == BUDGET_DRAFT_NEW &&
      (self->phase == PHASE_MATCH_KEYS ? _budget_known_rows_match_key (known, draft)
                                       : _budget_known_rows_match_looks (known, draft)))
    _budget_draft_set_duplicate (draft);
}

static void
finish (BudgetImportJob *self)
{
  BudgetImporter *importer = self->importer;
  guint position = importer->drafts->len;
  guint n_added = self->drafts->len;

  g_ptr_array_extend_and_steal (importer->drafts, g_steal_pointer (&self->drafts));
  self->drafts = g_ptr_array_new ();
  g_list_model_items_changed (G_LIST_MODEL (importer), position, 0, n_added);
}

static void
step_matches (BudgetImportJob *self)
{
  for (guint i = 0; i < ROWS_A_STEP; i++, self->position++)
    {
      if (self->position == self->drafts->len)
        {
          next_phase (self);
          if (self->phase == PHASE_DONE)
            finish (self);
          return;
        }

      match (self, g_ptr_array_index (self->drafts, self->position));
    }
}

static void
tell_progress (BudgetImportJob *self)
{
  guint n_items = budget_statement_get_n_rows (self->statement);
  double part;

  if (self->importer->progress == NULL)
    return;

  if (self->expenses != NULL)
    n_items = g_list_model_get_n_items (self->expenses);
  part = n_items > 0 ? (double) self->position / n_items : 0;
  self->importer->progress (((double) self->phase + part) / PHASE_DONE,
                            self->importer->progress_data);
}

/*
 * Does some of the work. Returns: %FALSE with @error set if it cannot go on
 */
gboolean
_budget_import_job_step (BudgetImportJob *self, gboolean *is_done, GError **error)
{
  gboolean is_good = TRUE;

  switch (self->phase)
    {
    case PHASE_DAYS:
    case PHASE_KEYS:
    case PHASE_HISTORY:
      is_good = step_expenses (self, error);
      break;
    case PHASE_ROWS:
      step_rows (self);
      break;
    case PHASE_MATCH_KEYS:
    case PHASE_MATCH_LOOKS:
      step_matches (self);
      break;
    case PHASE_DONE:
    default:
      break;
    }

  *is_done = self->phase == PHASE_DONE;
  tell_progress (self);
  return is_good;
}
