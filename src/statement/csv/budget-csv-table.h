/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-text-encoding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BUDGET_CSV_TABLE_MAX_RECORD:
 *
 * How many bytes one row may have; no bank writes more.
 */
#define BUDGET_CSV_TABLE_MAX_RECORD (1024 * 1024)

/**
 * BUDGET_CSV_TABLE_MAX_COLUMNS:
 *
 * How many cells of a row are kept.
 */
#define BUDGET_CSV_TABLE_MAX_COLUMNS 400

#define BUDGET_TYPE_CSV_TABLE (budget_csv_table_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCsvTable, budget_csv_table, BUDGET, CSV_TABLE, GObject)

BudgetCsvTable *budget_csv_table_new (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;
BudgetCsvTable *budget_csv_table_dup (BudgetCsvTable *self) G_GNUC_WARN_UNUSED_RESULT;

GBytes *budget_csv_table_get_bytes (BudgetCsvTable *self);
BudgetTextEncoding budget_csv_table_detect_encoding (BudgetCsvTable *self);
GBytes *budget_csv_table_get_text (BudgetCsvTable *self, BudgetTextEncoding encoding);

gboolean budget_csv_table_parse (BudgetCsvTable *self,
                                 BudgetTextEncoding encoding,
                                 char delimiter,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean budget_csv_table_parse_exactly (BudgetCsvTable *self,
                                         char delimiter,
                                         GCancellable *cancellable,
                                         GError **error);
BudgetCsvTable *budget_csv_table_new_sample (BudgetCsvTable *self,
                                             BudgetTextEncoding encoding,
                                             char delimiter,
                                             guint max_rows) G_GNUC_WARN_UNUSED_RESULT;

char budget_csv_table_get_delimiter (BudgetCsvTable *self);
guint budget_csv_table_get_n_rows (BudgetCsvTable *self);
guint budget_csv_table_get_n_columns (BudgetCsvTable *self);
guint budget_csv_table_get_line (BudgetCsvTable *self, guint row);
guint budget_csv_table_get_n_cells (BudgetCsvTable *self, guint row);
const char *const *budget_csv_table_get_cells (BudgetCsvTable *self, guint row);
const char *budget_csv_table_get_cell (BudgetCsvTable *self, guint row, guint column);

G_END_DECLS
