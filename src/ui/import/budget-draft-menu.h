/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

GMenuModel *budget_draft_menu_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
GMenuModel *budget_draft_menu_new_categories (BudgetBook *book,
                                              const char *action) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
