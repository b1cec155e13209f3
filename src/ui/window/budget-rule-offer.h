/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *budget_rule_offer_new (BudgetBook *book, GPtrArray *expenses) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
