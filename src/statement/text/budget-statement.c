/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement.h"

/**
 * BudgetStatement:
 *
 * The contents of a bank's file: its transactions in the order of the file, rejected
 * ones with a reason, and notes on the file as a whole.
 *
 * Amounts keep the bank's sign; the importer turns it.
 */

struct _BudgetStatement
{
  GObject parent_instance;

  char *format;
  char *currency;
  char *account;
  GPtrArray *rows;
  guint n_rejected;
  GPtrArray *notes; /* ends with NULL */
  char **map;
  char *signature;
  GObject *table;  /* that the fields of the rows are in */
  GObject *layout; /* with which it was read */
  BudgetDateOrder date_order;
  gboolean has_date_order;
};

G_DEFINE_FINAL_TYPE (BudgetStatement, budget_statement, G_TYPE_OBJECT)

G_DEFINE_BOXED_TYPE (BudgetStatementRow,
                     budget_statement_row,
                     budget_statement_row_copy,
                     budget_statement_row_free)

static void
budget_statement_finalize (GObject *object)
{
  BudgetStatement *self = BUDGET_STATEMENT (object);

  g_free (self->format);
  g_free (self->currency);
  g_free (self->account);
  g_free (self->signature);
  g_strfreev (self->map);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->notes);
  g_clear_object (&self->table);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (budget_statement_parent_class)->finalize (object);
}

static void
budget_statement_class_init (BudgetStatementClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_statement_finalize;
}

static void
budget_statement_init (BudgetStatement *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_statement_row_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->notes, NULL);
}

/**
 * budget_statement_row_new:
 *
 * Returns: (transfer full): an empty row with two decimals
 */
BudgetStatementRow *
budget_statement_row_new (void)
{
  BudgetStatementRow *self = g_new0 (BudgetStatementRow, 1);

  g_date_clear (&self->date, 1);
  g_date_clear (&self->value_date, 1);
  self->digits = 2;

  return self;
}

/**
 * budget_statement_row_copy:
 * @self: a row
 *
 * Returns: (transfer full): a copy
 */
BudgetStatementRow *
budget_statement_row_copy (const BudgetStatementRow *self)
{
  BudgetStatementRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->description = g_strdup (self->description);
  copy->note = g_strdup (self->note);
  copy->currency = g_strdup (self->currency);
  copy->category = g_strdup (self->category);
  copy->tags = g_strdupv (self->tags);
  copy->person = g_strdup (self->person);
  copy->account = g_strdup (self->account);
  copy->counterpart = g_strdup (self->counterpart);
  copy->bank_id = g_strdup (self->bank_id);
  copy->reject_reason = g_strdup (self->reject_reason);

  return copy;
}

/**
 * budget_statement_row_free:
 * @self: a row
 */
void
budget_statement_row_free (BudgetStatementRow *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->description);
  g_free (self->note);
  g_free (self->currency);
  g_free (self->category);
  g_strfreev (self->tags);
  g_free (self->person);
  g_free (self->account);
  g_free (self->counterpart);
  g_free (self->bank_id);
  g_free (self->reject_reason);
  g_free (self);
}

/**
 * budget_statement_new:
 * @format: what kind of file it was, such as "CSV"
 *
 * Returns: (transfer full): a statement without rows
 */
BudgetStatement *
budget_statement_new (const char *format)
{
  BudgetStatement *self = g_object_new (BUDGET_TYPE_STATEMENT, NULL);

  self->format = g_strdup (format);

  return self;
}

/**
 * budget_statement_get_format:
 * @self: a statement
 *
 * Returns: what kind of file it was
 */
const char *
budget_statement_get_format (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->format;
}

/**
 * budget_statement_get_currency:
 * @self: a statement
 *
 * Returns: (nullable): the currency of rows that do not name one
 */
const char *
budget_statement_get_currency (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->currency;
}

/**
 * budget_statement_set_currency:
 * @self: a statement
 * @currency: (nullable): a code of ISO 4217
 */
void
budget_statement_set_currency (BudgetStatement *self, const char *currency)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));

  g_free (self->currency);
  self->currency = g_strdup (currency);
}

/**
 * budget_statement_get_account:
 * @self: a statement
 *
 * Returns: (nullable): the number of its account, if the file has it
 */
const char *
budget_statement_get_account (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->account;
}

/**
 * budget_statement_set_account:
 * @self: a statement
 * @account: (nullable): the account's number
 */
void
budget_statement_set_account (BudgetStatement *self, const char *account)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));

  g_free (self->account);
  self->account = g_strdup (account);
}

/**
 * budget_statement_get_signature:
 * @self: a statement
 *
 * Returns: (nullable): identifies the bank's kind of table, so that corrections can be
 *   remembered; %NULL if there is nothing to correct
 */
const char *
budget_statement_get_signature (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->signature;
}

/**
 * budget_statement_get_map:
 * @self: a statement
 *
 * Returns: (nullable) (array zero-terminated=1): the corrections it was read
 *   with, see budget_csv_layout_map()
 */
const char *const *
budget_statement_get_map (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return (const char *const *) self->map;
}

/**
 * budget_statement_set_reading:
 * @self: a statement
 * @signature: (nullable): identifies the bank's kind of table
 * @map: (nullable) (array zero-terminated=1): the corrections it was read with
 *
 * Remembers how the file was read.
 */
void
budget_statement_set_reading (BudgetStatement *self, const char *signature, const char *const *map)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));

  g_free (self->signature);
  self->signature = g_strdup (signature);
  g_strfreev (self->map);
  self->map = map != NULL && map[0] != NULL ? g_strdupv ((char **) map) : NULL;
}

/**
 * budget_statement_get_table:
 * @self: a statement
 *
 * Returns: (transfer none) (nullable): the table that it was read from, if any
 */
GObject *
budget_statement_get_table (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->table;
}

/**
 * budget_statement_get_layout:
 * @self: a statement
 *
 * Returns: (transfer none) (nullable): how its table was read; %NULL if it is
 *   not from a table
 */
GObject *
budget_statement_get_layout (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return self->layout;
}

/**
 * budget_statement_set_table:
 * @self: a statement
 * @table: the table that it was read from, with the fields of its rows
 * @layout: how the table was read
 *
 * Keeps both as long as the statement.
 */
void
budget_statement_set_table (BudgetStatement *self, GObject *table, GObject *layout)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));
  g_return_if_fail (G_IS_OBJECT (table) && G_IS_OBJECT (layout));

  g_set_object (&self->table, table);
  g_set_object (&self->layout, layout);
}

/**
 * budget_statement_get_date_order:
 * @self: a statement
 * @order: (out): in which order its dates were read
 *
 * Returns: %FALSE if the format fixes the order
 */
gboolean
budget_statement_get_date_order (BudgetStatement *self, BudgetDateOrder *order)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), FALSE);
  g_return_val_if_fail (order != NULL, FALSE);

  *order = self->date_order;
  return self->has_date_order;
}

/**
 * budget_statement_set_date_order:
 * @self: a statement
 * @order: the order in which its dates were read, if the format does not fix it
 */
void
budget_statement_set_date_order (BudgetStatement *self, BudgetDateOrder order)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));
  g_return_if_fail (order < BUDGET_N_DATE_ORDERS);

  self->date_order = order;
  self->has_date_order = TRUE;
}

/**
 * budget_statement_add_row:
 * @self: a statement
 * @row: (transfer full): its next row
 */
void
budget_statement_add_row (BudgetStatement *self, BudgetStatementRow *row)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));
  g_return_if_fail (row != NULL);

  self->n_rejected += row->reject_reason != NULL;
  g_ptr_array_add (self->rows, row);
}

/**
 * budget_statement_take_rows:
 * @self: a statement
 * @rows: (element-type BudgetStatementRow): its next rows, which it takes away
 *   from the array
 *
 * The account and currency are those of the first row that has one.
 */
void
budget_statement_take_rows (BudgetStatement *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      BudgetStatementRow *row = g_ptr_array_index (rows, i);

      if (self->account == NULL)
        self->account = g_strdup (row->account);
      if (self->currency == NULL)
        self->currency = g_strdup (row->currency);
      budget_statement_add_row (self, row);
    }

  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);
}

/**
 * budget_statement_get_n_rows:
 * @self: a statement
 *
 * Returns: how many rows there are, rejected ones among them
 */
guint
budget_statement_get_n_rows (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), 0);

  return self->rows->len;
}

/**
 * budget_statement_get_row:
 * @self: a statement
 * @position: which row, from 0
 *
 * Returns: (transfer none): the row
 */
const BudgetStatementRow *
budget_statement_get_row (BudgetStatement *self, guint position)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);
  g_return_val_if_fail (position < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, position);
}

/**
 * budget_statement_get_n_rejected:
 * @self: a statement
 *
 * Returns: how many rows are rejected
 */
guint
budget_statement_get_n_rejected (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), 0);

  return self->n_rejected;
}

/**
 * budget_statement_add_note:
 * @self: a statement
 * @note: a sentence for the user on the file as a whole
 */
void
budget_statement_add_note (BudgetStatement *self, const char *note)
{
  g_return_if_fail (BUDGET_IS_STATEMENT (self));
  g_return_if_fail (note != NULL);

  g_ptr_array_insert (self->notes, (int) self->notes->len - 1, g_strdup (note));
}

/**
 * budget_statement_take_note:
 * @self: a statement
 * @note: (transfer full): a sentence for the user on the file as a whole
 *
 * The same as budget_statement_add_note(), for a note that was just made.
 */
void
budget_statement_take_note (BudgetStatement *self, char *note)
{
  budget_statement_add_note (self, note);
  g_free (note);
}

/**
 * budget_statement_get_notes:
 * @self: a statement
 *
 * Returns: (transfer none): the remarks on the file, ending with %NULL
 */
const char *const *
budget_statement_get_notes (BudgetStatement *self)
{
  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);

  return (const char *const *) self->notes->pdata;
}
