/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

gboolean sample_book_fill (BudgetBook *book, GError **error);

G_END_DECLS
