/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-known-rows-private.h"

/*
 * What a transaction of a file is recognized by: the key of an earlier import,
 * the bank's ID, its day, amount and text (its signature), or only its amount
 * around a day.
 */

/* More than the days up to the year 9999, so that a day and an amount make one number. */
#define N_DAYS 4194304

void
_budget_known_rows_init (BudgetKnownRows *self)
{
  GDestroyNotify unref = (GDestroyNotify) g_ptr_array_unref;

  self->texts = g_string_chunk_new (4096);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->matched = g_ptr_array_new ();
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_bank_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref);
  self->by_signature = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref);
  self->by_amount = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, unref);
  self->decisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
_budget_known_rows_clear (BudgetKnownRows *self)
{
  g_clear_pointer (&self->decisions, g_hash_table_unref);
  g_clear_pointer (&self->by_amount, g_hash_table_unref);
  g_clear_pointer (&self->by_signature, g_hash_table_unref);
  g_clear_pointer (&self->by_bank_id, g_hash_table_unref);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->matched, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
}

char *
_budget_known_rows_dup_signature (gint32 day, gint64 amount, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);

  return g_strdup_printf ("%d %" G_GINT64_FORMAT " %s", day, amount, folded);
}

static const char *
keep (BudgetKnownRows *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

static void
add_to_table (GHashTable *table, gpointer key, BudgetKnownRow *row, GDestroyNotify free_key)
{
  GPtrArray *rows = g_hash_table_lookup (table, key);

  if (rows == NULL)
    {
      rows = g_ptr_array_new ();
      g_hash_table_insert (table, key, rows);
    }
  else if (free_key != NULL)
    free_key (key);

  g_ptr_array_add (rows, row);
}

static gint64
combine (gint32 day, gint64 amount)
{
  return amount * N_DAYS + day;
}

static void
add_by_signature (BudgetKnownRows *self, BudgetKnownRow *row)
{
  add_to_table (self->by_signature,
                _budget_known_rows_dup_signature (row->day, row->amount, row->text), row, g_free);
  row->is_off_signature = FALSE;
}

static void
add_by_amount (BudgetKnownRows *self, BudgetKnownRow *row)
{
  gint64 key = combine (row->day, row->amount);

  add_to_table (self->by_amount, g_memdup2 (&key, sizeof key), row, g_free);
  row->is_off_amount = FALSE;
}

static void
add_row (BudgetKnownRows *self, BudgetKnownRow *row)
{
  g_ptr_array_add (self->rows, row);
  if (row->key != NULL)
    g_hash_table_insert (self->by_key, (gpointer) row->key, row);
  if (row->bank_id != NULL)
    add_to_table (self->by_bank_id, (gpointer) row->bank_id, row, NULL);

  add_by_signature (self, row);
  add_by_amount (self, row);
}

/* Each row matches one transaction of a file at most. */
void
_budget_known_rows_match (BudgetKnownRows *self, BudgetKnownRow *row)
{
  row->is_matched = TRUE;
  g_ptr_array_add (self->matched, row);
}

/* The next file may contain the same transactions again. */
void
_budget_known_rows_release (BudgetKnownRows *self)
{
  for (guint i = 0; i < self->matched->len; i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (self->matched, i);

      row->is_matched = FALSE;
      if (row->is_off_signature)
        add_by_signature (self, row);
      if (row->is_off_amount)
        add_by_amount (self, row);
    }

  g_ptr_array_set_size (self->matched, 0);
}

void
_budget_known_rows_add (BudgetKnownRows *self, BudgetExpense *expense)
{
  OrmEntity *entity = ORM_ENTITY (expense);
  gint64 id = orm_entity_get_id (entity);
  const GDate *date = budget_expense_get_date (expense);
  const char *original = budget_expense_get_original (expense);
  BudgetKnownRow *row;

  if (date == NULL || g_hash_table_contains (self->ids, &id))
    return;

  row = g_new0 (BudgetKnownRow, 1);
  g_hash_table_insert (self->ids, g_memdup2 (&id, sizeof id), row);
  row->id = id;
  row->day = (gint32) g_date_get_julian (date);
  row->amount = budget_expense_get_amount (expense);
  row->account_id = orm_entity_get_reference_id (entity, "account");
  row->text = keep (self, original != NULL ? original : budget_expense_get_description (expense));
  row->bank_id = keep (self, budget_expense_get_bank_id (expense));
  row->key = keep (self, budget_expense_get_import_key (expense));
  row->is_paired = orm_entity_get_reference_id (entity, "counterpart") != 0;
  self->n_by_hand += row->key == NULL;
  add_row (self, row);
}

/* An expense entered by hand gets the key of the transaction that it was matched with. */
static void
add_key (BudgetKnownRows *self, BudgetDraft *draft)
{
  BudgetKnownRow *row = g_hash_table_lookup (self->ids, &draft->known_id);

  if (row == NULL || row->key != NULL || draft->import_key == NULL)
    return;

  row->key = keep (self, draft->import_key);
  g_hash_table_insert (self->by_key, (gpointer) row->key, row);
}

/*
 * Makes the new transactions of one file known to the next.
 */
void
_budget_known_rows_add_draft (BudgetKnownRows *self, BudgetDraft *draft)
{
  BudgetKnownRow *row;

  if (draft->state == BUDGET_DRAFT_MATCHED)
    add_key (self, draft);
  if (draft->state != BUDGET_DRAFT_NEW || draft->import_key == NULL)
    return;

  row = g_new0 (BudgetKnownRow, 1);
  row->draft = draft;
  row->day = (gint32) g_date_get_julian (&draft->date);
  row->amount = draft->amount;
  row->account_id = draft->account != NULL ? orm_entity_get_id (ORM_ENTITY (draft->account)) : 0;
  row->account_name = draft->account_name;
  row->text = keep (self, _budget_draft_get_text (draft));
  row->bank_id = keep (self, draft->bank_id);
  row->key = keep (self, draft->import_key);
  row->is_paired = draft->is_transfer;
  add_row (self, row);
}

void
_budget_known_rows_decide (BudgetKnownRows *self, const char *key, const char *same_as)
{
  g_hash_table_replace (self->decisions, g_strdup (key), g_strdup (same_as != NULL ? same_as : ""));
}

/*
 * Returns: (nullable): the rows of that day with that amount
 */
GPtrArray *
_budget_known_rows_find (BudgetKnownRows *self, gint32 day, gint64 amount)
{
  gint64 key = combine (day, amount);

  return g_hash_table_lookup (self->by_amount, &key);
}

/*
 * Returns: %FALSE if the row and the draft are of different accounts: a payment
 * may stand on two accounts, once on each
 */
gboolean
_budget_known_row_is_compatible (const BudgetKnownRow *row, BudgetDraft *draft)
{
  if (row->account_id == 0 && row->account_name == NULL)
    return TRUE;

  if (draft->account == NULL)
    return draft->account_name == NULL || row->account_name == draft->account_name;

  return row->account_id == orm_entity_get_id (ORM_ENTITY (draft->account));
}
