/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-table.h"
#include "budget-date-text.h"

G_BEGIN_DECLS

/* What a column holds, over all rows below the heading. */
typedef struct
{
  guint n_filled;
  guint n_dates;
  guint n_compact; /* dates without a mark, which are numbers too */
  guint n_numbers;
  guint n_decimals; /* numbers with a mark or a currency */
  guint n_dot;
  guint n_comma;
  guint n_either; /* "1.234" */
  guint n_either_dot;
  guint n_either_odd; /* its last digit is not 0 */
  guint n_plain;      /* numbers without a mark */
  guint n_negative;
  guint n_zero;
  guint n_currencies;
  guint n_directions;
  guint n_statuses;
  guint n_accounts; /* cells like an account's number */
  guint n_words;    /* how many cells the three before were looked for in */
  gsize text_length;
  const char *currency;
} BudgetCsvColumn;

/* The columns of a table. */
typedef struct
{
  BudgetCsvTable *table;
  guint first_row;      /* below the heading */
  guint n_transactions; /* rows that have a date and a number */
  BudgetCsvColumn *counts;
} BudgetCsvColumns;

gboolean _budget_csv_cell_is_date (const char *cell);
gboolean _budget_csv_cell_is_number (const char *cell);
gboolean _budget_csv_table_is_transaction (BudgetCsvTable *table, guint row);

gboolean _budget_csv_column_is_date (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_numeric (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_currency (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_direction (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_status (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_empty (const BudgetCsvColumn *column);
gboolean _budget_csv_column_is_text (const BudgetCsvColumn *column);

void _budget_csv_columns_init (BudgetCsvColumns *self, BudgetCsvTable *table, guint first_row);
void _budget_csv_columns_clear (BudgetCsvColumns *self);

char _budget_csv_columns_find_decimal (const BudgetCsvColumns *self, gboolean *sure);
BudgetDateOrder _budget_csv_columns_find_date_order (BudgetCsvTable *table,
                                                     guint first_row,
                                                     guint column,
                                                     gboolean *is_doubtful);

G_END_DECLS
