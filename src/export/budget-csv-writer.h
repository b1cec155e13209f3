/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_CSV_WRITER (budget_csv_writer_get_type ())

G_DECLARE_FINAL_TYPE (BudgetCsvWriter, budget_csv_writer, BUDGET, CSV_WRITER, GObject)

BudgetCsvWriter *budget_csv_writer_new (GOutputStream *stream) G_GNUC_WARN_UNUSED_RESULT;

void budget_csv_writer_add_text (BudgetCsvWriter *self, const char *text);
void budget_csv_writer_add_amount (BudgetCsvWriter *self, gint64 minor, guint digits);
void budget_csv_writer_add_date (BudgetCsvWriter *self, const GDate *date);
gboolean
budget_csv_writer_end_row (BudgetCsvWriter *self, GCancellable *cancellable, GError **error);
gboolean budget_csv_writer_close (BudgetCsvWriter *self, GCancellable *cancellable, GError **error);

G_END_DECLS
