/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* All rows of a file, each cell once: trimmed, without what guards it from a spreadsheet. */
typedef struct
{
  GString *text;
  GArray *cells; /* of gsize, into the text */
  GArray *rows;  /* of BudgetCsvTableRow */
  guint n_columns;
} BudgetCsvTable;

typedef struct
{
  guint line;
  guint n_cells;
  gsize first_cell;
} BudgetCsvTableRow;

#define BUDGET_CSV_TABLE_MAX_COLUMNS 400

BudgetCsvTable *_budget_csv_table_new (GBytes *text,
                                       char delimiter,
                                       guint max_rows,
                                       GCancellable *cancellable,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void _budget_csv_table_free (BudgetCsvTable *self);

const BudgetCsvTableRow *_budget_csv_table_get_row (const BudgetCsvTable *self, guint row);
const char *_budget_csv_table_get_cell (const BudgetCsvTable *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetCsvTable, _budget_csv_table_free)

G_END_DECLS
