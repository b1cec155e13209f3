/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean budget_exporter_knows (const char *path);
gboolean budget_exporter_write_file (BudgetBook *book,
                                     BudgetFilter *filter,
                                     const char *path,
                                     guint *n_written,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
