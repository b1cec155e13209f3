/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book.h"

G_BEGIN_DECLS

gboolean budget_foreign_reader_knows (const char *path);
BudgetForeignBook *budget_foreign_reader_read_file (const char *path,
                                                    const char *currency,
                                                    GCancellable *cancellable,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
