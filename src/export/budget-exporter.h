/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"
#include "budget-steps.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean budget_exporter_knows (const char *path);
guint budget_exporter_get_n_kinds (void);
const char *budget_exporter_get_kind (guint position, const char **name);

gboolean budget_exporter_write_file (BudgetBook *book,
                                     BudgetFilter *filter,
                                     const char *path,
                                     guint *n_written,
                                     GCancellable *cancellable,
                                     GError **error);
void budget_exporter_write_file_async (BudgetBook *book,
                                       BudgetFilter *filter,
                                       const char *path,
                                       BudgetProgress progress,
                                       gpointer progress_data,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean budget_exporter_write_file_finish (BudgetBook *book,
                                            GAsyncResult *result,
                                            guint *n_written,
                                            GError **error);

G_END_DECLS
