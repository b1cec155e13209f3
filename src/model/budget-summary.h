/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-category-total.h"
#include "budget-filter.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_SUMMARY (budget_summary_get_type ())

G_DECLARE_FINAL_TYPE (BudgetSummary, budget_summary, BUDGET, SUMMARY, GObject)

BudgetSummary *budget_summary_new (BudgetBook *book,
                                   BudgetFilter *filter) G_GNUC_WARN_UNUSED_RESULT;

gint64 budget_summary_get_total (BudgetSummary *self);
guint64 budget_summary_get_count (BudgetSummary *self);
gint64 budget_summary_get_spent (BudgetSummary *self);
gint64 budget_summary_get_received (BudgetSummary *self);
gboolean budget_summary_get_loading (BudgetSummary *self);
gboolean budget_summary_has_figures (BudgetSummary *self);
gboolean budget_summary_load (BudgetSummary *self, GError **error);

G_END_DECLS
