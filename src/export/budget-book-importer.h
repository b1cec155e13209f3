/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

/**
 * BudgetBookImportFlags:
 * @BUDGET_BOOK_IMPORT_NONE: nothing special
 * @BUDGET_BOOK_IMPORT_DRY_RUN: do not change the book
 *
 * Options for importing a whole book.
 */
typedef enum
{
  BUDGET_BOOK_IMPORT_NONE = 0,
  BUDGET_BOOK_IMPORT_DRY_RUN = 1 << 0
} BudgetBookImportFlags;

/**
 * BudgetBookImportCounts:
 * @n_added: how many expenses were added
 * @n_duplicates: how many expenses the book already had
 * @sum: the sum of the added expenses
 *
 * The result of importing a whole book.
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
