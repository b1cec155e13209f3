/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category.h"
#include "budget-period.h"
#include "budget-user.h"
#include "orm-query.h"

G_BEGIN_DECLS

/**
 * BudgetFilterScope:
 * @BUDGET_FILTER_LIST: everything that is set, sorted: what the list shows
 * @BUDGET_FILTER_SUMMARY: the period and the person alone: what the totals sum
 *
 * Which properties of a filter a query uses.
 */
typedef enum
{
  BUDGET_FILTER_LIST,
  BUDGET_FILTER_SUMMARY
} BudgetFilterScope;

/**
 * BudgetFilterColumn:
 * @BUDGET_FILTER_COLUMN_DATE: the day
 * @BUDGET_FILTER_COLUMN_DESCRIPTION: the description
 * @BUDGET_FILTER_COLUMN_CATEGORY: the category's name
 * @BUDGET_FILTER_COLUMN_USER: the person's name
 * @BUDGET_FILTER_COLUMN_AMOUNT: the amount
 *
 * What the list is sorted by.
 */
typedef enum
{
  BUDGET_FILTER_COLUMN_DATE,
  BUDGET_FILTER_COLUMN_DESCRIPTION,
  BUDGET_FILTER_COLUMN_CATEGORY,
  BUDGET_FILTER_COLUMN_USER,
  BUDGET_FILTER_COLUMN_AMOUNT
} BudgetFilterColumn;

#define BUDGET_TYPE_FILTER_COLUMN (budget_filter_column_get_type ())

GType budget_filter_column_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_FILTER (budget_filter_get_type ())

G_DECLARE_FINAL_TYPE (BudgetFilter, budget_filter, BUDGET, FILTER, GObject)

BudgetFilter *budget_filter_new (void) G_GNUC_WARN_UNUSED_RESULT;
BudgetFilter *budget_filter_copy (BudgetFilter *self) G_GNUC_WARN_UNUSED_RESULT;

BudgetPeriod *budget_filter_get_period (BudgetFilter *self);
void budget_filter_set_period (BudgetFilter *self, BudgetPeriod *period);
BudgetUser *budget_filter_get_user (BudgetFilter *self);
void budget_filter_set_user (BudgetFilter *self, BudgetUser *user);
BudgetCategory *budget_filter_get_category (BudgetFilter *self);
void budget_filter_set_category (BudgetFilter *self, BudgetCategory *category);
const char *budget_filter_get_search (BudgetFilter *self);
void budget_filter_set_search (BudgetFilter *self, const char *search);
BudgetFilterColumn budget_filter_get_sort_column (BudgetFilter *self);
OrmDirection budget_filter_get_sort_direction (BudgetFilter *self);
void budget_filter_set_sort (BudgetFilter *self, BudgetFilterColumn column, OrmDirection direction);

OrmQuery *budget_filter_build_query (BudgetFilter *self,
                                     BudgetFilterScope scope) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
