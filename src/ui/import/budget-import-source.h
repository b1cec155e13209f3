/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-layout.h"

G_BEGIN_DECLS

/* One of the files of an import, and the user's corrections of how to read it. */
typedef struct
{
  char *name;
  char *path;             /* or NULL, if it is not on this computer */
  GPtrArray *corrections; /* for budget_csv_layout_map() */
  BudgetStatement *statement;
  BudgetStatement *lines; /* the first of a table that could not be read, or NULL */
  char *problem;          /* why it could not be read, or NULL */
  char *account;          /* as it was said: NULL for nothing, "" for none */
  gboolean as_is;         /* numbers of another currency are taken as they stand */
  gboolean forgets;       /* what is remembered of such tables is not wanted */
  gboolean is_remembered; /* the corrections are those of the last time */
  gboolean is_good;       /* it could be read as it was last tried */
} BudgetImportSource;

BudgetImportSource *budget_import_source_new (GFile *file) G_GNUC_WARN_UNUSED_RESULT;
void budget_import_source_free (BudgetImportSource *self);

BudgetCsvLayout *budget_import_source_get_layout (BudgetImportSource *self);
void budget_import_source_correct (BudgetImportSource *self, const char *assignment);
void budget_import_source_forget (BudgetImportSource *self);
void budget_import_source_take_statement (BudgetImportSource *self, BudgetStatement *statement);
void budget_import_source_take_problem (BudgetImportSource *self,
                                        const char *problem,
                                        BudgetStatement *lines);
char **budget_import_source_dup_map (BudgetImportSource *self) G_GNUC_WARN_UNUSED_RESULT;

void budget_import_source_look_at (BudgetImportSource *self,
                                   gpointer owner,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean budget_import_source_look_at_finish (GAsyncResult *result, BudgetStatement **lines);

const char *budget_ui_get_date_order_name (BudgetDateOrder order);

G_END_DECLS
