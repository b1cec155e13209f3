/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-table.h"
#include "budget-date-text.h"
#include "budget-statement.h"
#include "budget-text-encoding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BudgetCsvRole:
 * @BUDGET_CSV_ROLE_IGNORED: not read
 * @BUDGET_CSV_ROLE_DATE: the day of the transaction
 * @BUDGET_CSV_ROLE_VALUE_DATE: the day it takes effect
 * @BUDGET_CSV_ROLE_DESCRIPTION: a part of the description
 * @BUDGET_CSV_ROLE_PAYEE: the other party
 * @BUDGET_CSV_ROLE_AMOUNT: the amount, with a sign or a direction beside it
 * @BUDGET_CSV_ROLE_DEBIT: money spent
 * @BUDGET_CSV_ROLE_CREDIT: money received
 * @BUDGET_CSV_ROLE_DIRECTION: whether the amount was spent or received
 * @BUDGET_CSV_ROLE_BALANCE: the account's balance after the transaction
 * @BUDGET_CSV_ROLE_FEE: a fee beside the amount
 * @BUDGET_CSV_ROLE_CURRENCY: the currency of the amount
 * @BUDGET_CSV_ROLE_CATEGORY: the name of a category
 * @BUDGET_CSV_ROLE_PERSON: who it was
 * @BUDGET_CSV_ROLE_ACCOUNT: the account of the file
 * @BUDGET_CSV_ROLE_COUNTERPART: the number of the other party's account
 * @BUDGET_CSV_ROLE_NOTE: a remark
 * @BUDGET_CSV_ROLE_BANK_ID: the bank's reference of the transaction
 * @BUDGET_CSV_ROLE_STATUS: whether it is booked, pending or cancelled
 *
 * What a column of a bank's table is.
 */
typedef enum
{
  BUDGET_CSV_ROLE_IGNORED,
  BUDGET_CSV_ROLE_DATE,
  BUDGET_CSV_ROLE_VALUE_DATE,
  BUDGET_CSV_ROLE_DESCRIPTION,
  BUDGET_CSV_ROLE_PAYEE,
  BUDGET_CSV_ROLE_AMOUNT,
  BUDGET_CSV_ROLE_DEBIT,
  BUDGET_CSV_ROLE_CREDIT,
  BUDGET_CSV_ROLE_DIRECTION,
  BUDGET_CSV_ROLE_BALANCE,
  BUDGET_CSV_ROLE_FEE,
  BUDGET_CSV_ROLE_CURRENCY,
  BUDGET_CSV_ROLE_CATEGORY,
  BUDGET_CSV_ROLE_PERSON,
  BUDGET_CSV_ROLE_ACCOUNT,
  BUDGET_CSV_ROLE_COUNTERPART,
  BUDGET_CSV_ROLE_NOTE,
  BUDGET_CSV_ROLE_BANK_ID,
  BUDGET_CSV_ROLE_STATUS
} BudgetCsvRole;

#define BUDGET_N_CSV_ROLES (BUDGET_CSV_ROLE_STATUS + 1)

#define BUDGET_TYPE_CSV_LAYOUT (budget_csv_layout_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCsvLayout, budget_csv_layout, BUDGET, CSV_LAYOUT, GObject)

BudgetCsvLayout *budget_csv_layout_detect (BudgetCsvTable *table,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetCsvLayout *budget_csv_layout_detect_mapped (BudgetCsvTable *table,
                                                  const char *const *map,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetCsvLayout *budget_csv_layout_detect_partly (BudgetCsvTable *table,
                                                  const char *const *map) G_GNUC_WARN_UNUSED_RESULT;
gboolean
budget_csv_layout_detect_again (BudgetCsvLayout *self, BudgetCsvTable *table, GError **error);
BudgetStatement *budget_csv_layout_read (BudgetCsvLayout *self,
                                         BudgetCsvTable *table,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetStatement *budget_csv_layout_preview (BudgetCsvLayout *self,
                                            BudgetCsvTable *table) G_GNUC_WARN_UNUSED_RESULT;
BudgetCsvLayout *budget_csv_layout_get_for_statement (BudgetStatement *statement);

BudgetTextEncoding budget_csv_layout_get_encoding (BudgetCsvLayout *self);
void budget_csv_layout_set_encoding (BudgetCsvLayout *self, BudgetTextEncoding encoding);
char budget_csv_layout_get_delimiter (BudgetCsvLayout *self);
void budget_csv_layout_set_delimiter (BudgetCsvLayout *self, char delimiter);
guint budget_csv_layout_get_header_line (BudgetCsvLayout *self);
void budget_csv_layout_set_header_line (BudgetCsvLayout *self, guint line);
BudgetDateOrder budget_csv_layout_get_date_order (BudgetCsvLayout *self);
void budget_csv_layout_set_date_order (BudgetCsvLayout *self, BudgetDateOrder order);
char budget_csv_layout_get_decimal_mark (BudgetCsvLayout *self);
void budget_csv_layout_set_decimal_mark (BudgetCsvLayout *self, char mark);
gboolean budget_csv_layout_get_inverted (BudgetCsvLayout *self);
void budget_csv_layout_set_inverted (BudgetCsvLayout *self, gboolean inverted);
void budget_csv_layout_set_currency (BudgetCsvLayout *self, const char *currency);

guint budget_csv_layout_get_n_columns (BudgetCsvLayout *self);
const char *budget_csv_layout_get_title (BudgetCsvLayout *self, guint column);
BudgetCsvRole budget_csv_layout_get_role (BudgetCsvLayout *self, guint column);
void budget_csv_layout_set_role (BudgetCsvLayout *self, guint column, BudgetCsvRole role);

gboolean budget_csv_layout_map (BudgetCsvLayout *self, const char *assignment, GError **error);
const char *budget_csv_layout_get_signature (BudgetCsvLayout *self);

const char *budget_csv_role_get_name (BudgetCsvRole role);
gboolean budget_csv_role_from_name (const char *name, BudgetCsvRole *role);

G_END_DECLS
