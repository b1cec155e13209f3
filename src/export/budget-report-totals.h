/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"

G_BEGIN_DECLS

/* One line of a report's totals. */
typedef struct
{
  char *name;
  char *color; /* %NULL for a month */
  BudgetCategoryKind kind;
  int key; /* of a month: months since the year 0 */
  gint64 sum;
  guint count;
} BudgetReportTotal;

/*
 * BudgetReportTotals:
 * @categories: of BudgetReportTotal, the largest first
 * @months: of BudgetReportTotal, the earliest first
 * @spent: the sum of all spending
 * @received: the sum of all income, as a positive amount
 * @count: the number of expenses, including transfers
 * @first: the earliest day
 * @last: the latest day
 *
 * The totals of a report. Transfers between own accounts are not included in
 * the sums.
 */
typedef struct
{
  GPtrArray *categories;
  GPtrArray *months;
  gint64 spent;
  gint64 received;
  guint count;
  GDate first;
  GDate last;

  GHashTable *by_category; /* of gint64 */
  GHashTable *by_month;
} BudgetReportTotals;

void _budget_report_totals_init (BudgetReportTotals *self);
void _budget_report_totals_clear (BudgetReportTotals *self);
gboolean
_budget_report_totals_add (BudgetReportTotals *self, BudgetExpense *expense, GError **error);
void _budget_report_totals_sort (BudgetReportTotals *self);

G_END_DECLS
