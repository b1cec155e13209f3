/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BudgetPeriodKind:
 * @BUDGET_PERIOD_MONTH: a month
 * @BUDGET_PERIOD_QUARTER: three months
 * @BUDGET_PERIOD_YEAR: a year
 * @BUDGET_PERIOD_EVERYTHING: all dates
 * @BUDGET_PERIOD_CUSTOM: from one day to another
 *
 * The kinds of periods.
 */
typedef enum
{
  BUDGET_PERIOD_MONTH,
  BUDGET_PERIOD_QUARTER,
  BUDGET_PERIOD_YEAR,
  BUDGET_PERIOD_EVERYTHING,
  BUDGET_PERIOD_CUSTOM
} BudgetPeriodKind;

#define BUDGET_TYPE_PERIOD_KIND (budget_period_kind_get_type ())

GType budget_period_kind_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_PERIOD (budget_period_get_type ())

G_DECLARE_FINAL_TYPE (BudgetPeriod, budget_period, BUDGET, PERIOD, GObject)

BudgetPeriod *budget_period_new_month (int year, int month) G_GNUC_WARN_UNUSED_RESULT;
BudgetPeriod *budget_period_new_everything (void) G_GNUC_WARN_UNUSED_RESULT;
BudgetPeriod *budget_period_new_custom (const GDate *first,
                                        const GDate *last) G_GNUC_WARN_UNUSED_RESULT;
BudgetPeriod *budget_period_new_for_date (BudgetPeriodKind kind,
                                          const GDate *date) G_GNUC_WARN_UNUSED_RESULT;

BudgetPeriodKind budget_period_get_kind (BudgetPeriod *self);
const GDate *budget_period_get_first (BudgetPeriod *self);
const GDate *budget_period_get_last (BudgetPeriod *self);
BudgetPeriod *budget_period_next (BudgetPeriod *self) G_GNUC_WARN_UNUSED_RESULT;
BudgetPeriod *budget_period_previous (BudgetPeriod *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_period_contains (BudgetPeriod *self, const GDate *date);
gboolean budget_period_equal (BudgetPeriod *self, BudgetPeriod *other);
char *budget_period_dup_label (BudgetPeriod *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
