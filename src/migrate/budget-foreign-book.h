/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_FOREIGN_BOOK (budget_foreign_book_get_type ())

G_DECLARE_FINAL_TYPE (BudgetForeignBook, budget_foreign_book, BUDGET, FOREIGN_BOOK, GObject)

const char *budget_foreign_book_get_program (BudgetForeignBook *self);
guint budget_foreign_book_get_n_rejected (BudgetForeignBook *self);
const char *budget_foreign_book_get_rejected (BudgetForeignBook *self, guint position, guint *line);

G_END_DECLS
