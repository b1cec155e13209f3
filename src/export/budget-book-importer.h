/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

/**
 * BudgetBookImportFlags:
 * @BUDGET_BOOK_IMPORT_NONE: nothing special
 * @BUDGET_BOOK_IMPORT_DRY_RUN: see what would be done, and leave the book as
 *   it is
 *
 * How a whole book is brought in.
 */
typedef enum
{
  BUDGET_BOOK_IMPORT_NONE = 0,
  BUDGET_BOOK_IMPORT_DRY_RUN = 1 << 0
} BudgetBookImportFlags;

/**
 * BudgetBookImportCounts:
 * @n_added: expenses that were not in the book
 * @n_duplicates: expenses that were
 * @sum: of those that were added
 *
 * What became of the file's expenses.
 */
typedef struct
{
  guint n_added;
  guint n_duplicates;
  gint64 sum;
} BudgetBookImportCounts;

gboolean budget_book_importer_sniff (GBytes *bytes);
gboolean budget_book_importer_sniff_file (const char *path);
gboolean budget_book_importer_read (BudgetBook *book,
                                    GBytes *bytes,
                                    BudgetBookImportFlags flags,
                                    BudgetBookImportCounts *counts,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean budget_book_importer_read_file (BudgetBook *book,
                                         const char *path,
                                         BudgetBookImportFlags flags,
                                         BudgetBookImportCounts *counts,
                                         GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
