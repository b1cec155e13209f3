/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-date-text.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_STATEMENT_ROW (budget_statement_row_get_type ())

/**
 * BudgetStatementRow:
 * @line: the line of the file, from 1, or 0 where a format has no lines
 * @date: the day of the transaction; not valid in a rejected row
 * @value_date: the day it counts from, or not valid
 * @description: the payee or purpose
 * @note: (nullable): further details
 * @amount: minor units with the bank's sign: negative is money that left
 * @digits: how many decimals @amount has
 * @currency: (nullable): a code of ISO 4217
 * @category: (nullable): the name of a category
 * @tags: (nullable): the names of tags, ending with %NULL
 * @person: (nullable): the member of the household, by name or e-mail address
 * @account: (nullable): the name or number of the user's account
 * @is_card: whether that account is a credit card's
 * @counterpart: (nullable): the other account's number
 * @bank_id: (nullable): the bank's id of the transaction
 * @balance: the account's balance after it, if @has_balance
 * @has_balance: whether the bank said so
 * @reject_reason: (nullable): why the row cannot be used, worded for the user
 * @fields: (nullable) (transfer none): the row's cells in the file, ending with %NULL;
 *   they belong to the statement, see budget_statement_set_table()
 *
 * A transaction of a bank's statement.
 */
typedef struct
{
  guint line;
  GDate date;
  GDate value_date;
  char *description;
  char *note;
  gint64 amount;
  guint digits;
  char *currency;
  char *category;
  char **tags;
  char *person;
  char *account;
  gboolean is_card;
  char *counterpart;
  char *bank_id;
  gint64 balance;
  gboolean has_balance;
  char *reject_reason;
  const char *const *fields;
} BudgetStatementRow;

GType budget_statement_row_get_type (void) G_GNUC_CONST;

BudgetStatementRow *budget_statement_row_new (void) G_GNUC_WARN_UNUSED_RESULT;
BudgetStatementRow *
budget_statement_row_copy (const BudgetStatementRow *self) G_GNUC_WARN_UNUSED_RESULT;
void budget_statement_row_free (BudgetStatementRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetStatementRow, budget_statement_row_free)

#define BUDGET_TYPE_STATEMENT (budget_statement_get_type ())

G_DECLARE_FINAL_TYPE (BudgetStatement, budget_statement, BUDGET, STATEMENT, GObject)

BudgetStatement *budget_statement_new (const char *format) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_statement_get_format (BudgetStatement *self);
const char *budget_statement_get_currency (BudgetStatement *self);
void budget_statement_set_currency (BudgetStatement *self, const char *currency);
const char *budget_statement_get_account (BudgetStatement *self);
void budget_statement_set_account (BudgetStatement *self, const char *account);

const char *budget_statement_get_signature (BudgetStatement *self);
const char *const *budget_statement_get_map (BudgetStatement *self);
void
budget_statement_set_reading (BudgetStatement *self, const char *signature, const char *const *map);

GObject *budget_statement_get_table (BudgetStatement *self);
GObject *budget_statement_get_layout (BudgetStatement *self);
void budget_statement_set_table (BudgetStatement *self, GObject *table, GObject *layout);

gboolean budget_statement_get_date_order (BudgetStatement *self, BudgetDateOrder *order);
void budget_statement_set_date_order (BudgetStatement *self, BudgetDateOrder order);

void budget_statement_add_row (BudgetStatement *self, BudgetStatementRow *row);
void budget_statement_take_rows (BudgetStatement *self, GPtrArray *rows);
guint budget_statement_get_n_rows (BudgetStatement *self);
const BudgetStatementRow *budget_statement_get_row (BudgetStatement *self, guint position);
guint budget_statement_get_n_rejected (BudgetStatement *self);

void budget_statement_add_note (BudgetStatement *self, const char *note);
void budget_statement_take_note (BudgetStatement *self, char *note);
const char *const *budget_statement_get_notes (BudgetStatement *self);

G_END_DECLS
