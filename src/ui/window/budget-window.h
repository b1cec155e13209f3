/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_WINDOW (budget_window_get_type ())

G_DECLARE_FINAL_TYPE (BudgetWindow, budget_window, BUDGET, WINDOW, AdwApplicationWindow)

GtkWidget *budget_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;

BudgetBook *budget_window_get_book (BudgetWindow *self);
BudgetFilter *budget_window_get_filter (BudgetWindow *self);
void budget_window_set_book (BudgetWindow *self, BudgetBook *book);
void budget_window_open_book (BudgetWindow *self, const char *path);
void budget_window_export_file (BudgetWindow *self, BudgetFilter *filter, const char *path);
void budget_window_import_files (BudgetWindow *self, GListModel *files);

G_END_DECLS
