/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"

/*
 * Knowing again what is in the book: by the key of an earlier import, else by
 * day, amount and description. What stands for one booking stands for no other.
 */

void
_budget_known_rows_init (BudgetKnownRows *self)
{
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_looks =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

void
_budget_known_rows_clear (BudgetKnownRows *self)
{
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_looks, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
}

static char *
dup_looks (const GDate *date, gint64 amount, const char *description)
{
  g_autofree char *folded = g_utf8_casefold (description != NULL ? description : "", -1);

  return g_strdup_printf ("%u %" G_GINT64_FORMAT " %s", g_date_get_julian (date), amount, folded);
}

void
_budget_known_rows_add (BudgetKnownRows *self, BudgetExpense *expense)
{
  gint64 id = orm_entity_get_id (ORM_ENTITY (expense));
  const char *key = budget_expense_get_import_key (expense);
  const GDate *date = budget_expense_get_date (expense);
  BudgetKnownRow *row;
  GPtrArray *rows;
  char *looks;

  if (date == NULL || g_hash_table_contains (self->ids, &id))
    return;

  g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id));
  row = g_new0 (BudgetKnownRow, 1);
  row->account_id = orm_entity_get_reference_id (ORM_ENTITY (expense), "account");
  if (key != NULL)
    g_hash_table_insert (self->by_key, g_strdup (key), row);

  looks =
    dup_looks (date, budget_expense_get_amount (expense), budget_expense_get_description (expense));
  rows = g_hash_table_lookup (self->by_looks, looks);
  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_looks, looks, rows);
    }
  else
    g_free (looks);
  g_ptr_array_add (rows, row);
}

gboolean
_budget_known_rows_match_key (BudgetKnownRows *self, BudgetDraft *draft)
{
  BudgetKnownRow *row = g_hash_table_lookup (self->by_key, draft->import_key);

  if (row == NULL)
    return FALSE;

  row->is_matched = TRUE;
  return TRUE;
}

/* The same payment may be on two accounts, once on each. */
static gboolean
may_be_of_account (const BudgetKnownRow *row, BudgetDraft *draft)
{
  if (row->account_id == 0)
    return TRUE;

  if (draft->account == NULL)
    return draft->account_name == NULL;

  return row->account_id == orm_entity_get_id (ORM_ENTITY (draft->account));
}

gboolean
_budget_known_rows_match_looks (BudgetKnownRows *self, BudgetDraft *draft)
{
  g_autofree char *looks = dup_looks (&draft->date, draft->amount, draft->description);
  GPtrArray *rows = g_hash_table_lookup (self->by_looks, looks);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (rows, i);

      if (!row->is_matched && may_be_of_account (row, draft))
        {
          row->is_matched = TRUE;
          return TRUE;
        }
    }

  return FALSE;
}
