/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-expense.h"

G_BEGIN_DECLS

GPtrArray *budget_ui_history_find (BudgetBook *book, const char *start) G_GNUC_WARN_UNUSED_RESULT;
BudgetCategory *budget_ui_history_guess_category (BudgetBook *book, const char *description)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
