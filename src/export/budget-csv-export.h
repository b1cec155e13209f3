/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean budget_csv_export_write (GOutputStream *stream,
                                  BudgetBook *book,
                                  GListModel *expenses,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
