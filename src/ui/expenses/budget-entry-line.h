/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-quick-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_ENTRY_LINE (budget_entry_line_get_type ())

G_DECLARE_FINAL_TYPE (BudgetEntryLine, budget_entry_line, BUDGET, ENTRY_LINE, GtkBox)

void budget_entry_line_set_book (BudgetEntryLine *self, BudgetBook *book);
GtkEntry *budget_entry_line_get_entry (BudgetEntryLine *self);
void budget_entry_line_clear (BudgetEntryLine *self);
void budget_entry_line_show_error (BudgetEntryLine *self, const char *message);

G_END_DECLS
