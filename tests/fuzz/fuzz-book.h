/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

BudgetBook *fuzz_make_book (void) G_GNUC_WARN_UNUSED_RESULT;
void fuzz_check_book (BudgetBook *book, gint64 expected_sum, guint64 expected_rows);

G_END_DECLS
