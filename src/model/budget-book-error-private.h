/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-error.h"

G_BEGIN_DECLS

void _budget_book_word_error (GError **error);
gboolean _budget_book_refuse (GError **error, BudgetError code, const char *path, const char *what);

G_END_DECLS
