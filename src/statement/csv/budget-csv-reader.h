/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BUDGET_CSV_READER_MAX_RECORD:
 *
 * How many bytes one record may have; no bank writes more.
 */
#define BUDGET_CSV_READER_MAX_RECORD (1024 * 1024)

#define BUDGET_TYPE_CSV_READER (budget_csv_reader_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCsvReader, budget_csv_reader, BUDGET, CSV_READER, GObject)

BudgetCsvReader *budget_csv_reader_new (GInputStream *stream,
                                        char delimiter) G_GNUC_WARN_UNUSED_RESULT;
BudgetCsvReader *budget_csv_reader_new_for_bytes (GBytes *bytes,
                                                  char delimiter) G_GNUC_WARN_UNUSED_RESULT;

void budget_csv_reader_set_keeps_line_ends (BudgetCsvReader *self, gboolean keeps);

gboolean budget_csv_reader_next (BudgetCsvReader *self, GCancellable *cancellable, GError **error);
guint budget_csv_reader_get_line (BudgetCsvReader *self);
guint budget_csv_reader_get_n_fields (BudgetCsvReader *self);
const char *budget_csv_reader_get_field (BudgetCsvReader *self, guint position);

G_END_DECLS
