/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-foreign-book-private.h"

G_BEGIN_DECLS

typedef BudgetForeignBook *(*FuzzForeignReadFunc) (const char *path,
                                                   const char *currency,
                                                   GCancellable *cancellable,
                                                   GError **error);

void fuzz_foreign_book (const guint8 *data, gsize size, FuzzForeignReadFunc read);

G_END_DECLS
