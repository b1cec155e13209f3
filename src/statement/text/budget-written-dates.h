/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-date-text.h"
#include "budget-statement.h"

G_BEGIN_DECLS

/**
 * BudgetWrittenDates:
 * @is_told: whether the user chose the order @told
 * @prefers_day: whether other parts of the file suggest that the day is first
 *
 * The dates of a file whose order is known only after the last one.
 */
typedef struct
{
  gboolean is_told;
  BudgetDateOrder told;
  gboolean prefers_day;
  GArray *dates;
} BudgetWrittenDates;

void budget_written_dates_init (BudgetWrittenDates *self);
void budget_written_dates_clear (BudgetWrittenDates *self);
void budget_written_dates_take (BudgetWrittenDates *self,
                                BudgetStatementRow *row,
                                const char *text,
                                guint list);
gboolean budget_written_dates_settle (BudgetWrittenDates *self, BudgetDateOrder *order);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetWrittenDates, budget_written_dates_clear)

G_END_DECLS
