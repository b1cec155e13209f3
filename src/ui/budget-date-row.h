/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_DATE_ROW (budget_date_row_get_type ())

G_DECLARE_FINAL_TYPE (BudgetDateRow, budget_date_row, BUDGET, DATE_ROW, AdwEntryRow)

GtkWidget *budget_date_row_new (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean budget_date_row_read (BudgetDateRow *self, GDate *date, GError **error);
void budget_date_row_set_date (BudgetDateRow *self, const GDate *date);

G_END_DECLS
