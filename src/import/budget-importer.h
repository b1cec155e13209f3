/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-draft.h"
#include "budget-statement-reader.h"
#include "budget-steps.h"

G_BEGIN_DECLS

/**
 * BudgetImportCounts:
 * @n_new: transactions that are not in the book yet
 * @n_duplicates: transactions that are in the book, in any state
 * @n_rejected: transactions that cannot be used
 * @n_included: transactions that become expenses of their own
 * @n_matched: transactions that are merged into an expense entered by hand
 * @n_different: transactions that the book has with another amount or date
 * @n_updated: those of them whose expense is updated
 * @n_left_out: transactions that were excluded from an earlier import
 * @n_transfers: included transactions that are one half of a transfer
 * @sum: the sum of the included transactions; spending is positive
 */
typedef struct
{
  guint n_new;
  guint n_duplicates;
  guint n_rejected;
  guint n_included;
  guint n_matched;
  guint n_different;
  guint n_updated;
  guint n_left_out;
  guint n_transfers;
  gint64 sum;
} BudgetImportCounts;

#define BUDGET_TYPE_IMPORTER (budget_importer_get_type ())

G_DECLARE_FINAL_TYPE (BudgetImporter, budget_importer, BUDGET, IMPORTER, GObject)

BudgetImporter *budget_importer_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;

void budget_importer_set_as_is (BudgetImporter *self, gboolean as_is);
void budget_importer_set_user (BudgetImporter *self, BudgetUser *user);
void budget_importer_set_category (BudgetImporter *self, BudgetCategory *category);
void budget_importer_set_account (BudgetImporter *self, const char *name_or_number);
void budget_importer_set_forgetful (BudgetImporter *self, gboolean forgetful);
void budget_importer_set_progress (BudgetImporter *self, BudgetProgress progress, gpointer data);

gboolean budget_importer_add_statement (BudgetImporter *self,
                                        const char *name,
                                        BudgetStatement *statement,
                                        GCancellable *cancellable,
                                        GError **error);
gboolean budget_importer_add_file (BudgetImporter *self,
                                   const char *path,
                                   BudgetStatementFormat format,
                                   const char *const *map,
                                   GCancellable *cancellable,
                                   GError **error);
void budget_importer_add_file_async (BudgetImporter *self,
                                     const char *path,
                                     BudgetStatementFormat format,
                                     const char *const *map,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
budget_importer_add_file_finish (BudgetImporter *self, GAsyncResult *result, GError **error);

const char *budget_importer_get_currency (BudgetImporter *self);
guint budget_importer_get_n_files (BudgetImporter *self);
const char *budget_importer_get_file_name (BudgetImporter *self, guint file);
BudgetStatement *budget_importer_get_file_statement (BudgetImporter *self, guint file);
void budget_importer_count_file (BudgetImporter *self, guint file, BudgetImportCounts *counts);
void budget_importer_count (BudgetImporter *self, BudgetImportCounts *counts);

gboolean budget_importer_commit (BudgetImporter *self, GCancellable *cancellable, GError **error);
void budget_importer_commit_async (BudgetImporter *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean budget_importer_commit_finish (BudgetImporter *self, GAsyncResult *result, GError **error);

G_END_DECLS
