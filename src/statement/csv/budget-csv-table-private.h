/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many bytes one row may have; no bank writes more. */
#define BUDGET_CSV_TABLE_MAX_RECORD (1024 * 1024)

typedef enum
{
  BUDGET_CSV_TABLE_DEFAULT = 0,
  BUDGET_CSV_TABLE_KEEP_BLANKS = 1 << 0,   /* and what guards a cell from a spreadsheet */
  BUDGET_CSV_TABLE_KEEP_LINE_ENDS = 1 << 1 /* rows end with LF or CR LF then, not with CR */
} BudgetCsvTableFlags;

/* All rows of a file, with each cell once: trimmed, and without what guards it from a
 * spreadsheet. */
typedef struct
{
  char *text;
  GArray *cells; /* of const char *, in the text; each row ends with NULL */
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
                                       BudgetCsvTableFlags flags,
                                       guint max_rows,
                                       GCancellable *cancellable,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void _budget_csv_table_free (BudgetCsvTable *self);

const BudgetCsvTableRow *_budget_csv_table_get_row (const BudgetCsvTable *self, guint row);
const char *_budget_csv_table_get_cell (const BudgetCsvTable *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetCsvTable, _budget_csv_table_free)

G_END_DECLS
