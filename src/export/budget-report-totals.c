/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-money.h"
#include "budget-period.h"
#include "budget-report-totals.h"

#include <glib/gi18n.h>

/* Adds up the expenses of a report by category and by month. */

#define MONTHS_A_YEAR 12

static void
total_free (gpointer data)
{
  BudgetReportTotal *self = data;

  g_free (self->name);
  g_free (self->color);
  g_free (self);
}

void
_budget_report_totals_init (BudgetReportTotals *self)
{
  *self = (BudgetReportTotals){ 0 };
  self->categories = g_ptr_array_new_with_free_func (total_free);
  self->months = g_ptr_array_new_with_free_func (total_free);
  self->by_category = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_month = g_hash_table_new (NULL, NULL);
  g_date_clear (&self->first, 1);
  g_date_clear (&self->last, 1);
}

void
_budget_report_totals_clear (BudgetReportTotals *self)
{
  g_clear_pointer (&self->by_category, g_hash_table_unref);
  g_clear_pointer (&self->by_month, g_hash_table_unref);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->months, g_ptr_array_unref);
}

static BudgetReportTotal *
get_category (BudgetReportTotals *self, BudgetCategory *category)
{
  gint64 id = orm_entity_get_id (ORM_ENTITY (category));
  BudgetReportTotal *total = g_hash_table_lookup (self->by_category, &id);

  if (total != NULL)
    return total;

  total = g_new0 (BudgetReportTotal, 1);
  total->name = g_strdup (budget_category_get_name (category));
  total->color = g_strdup (budget_category_get_color (category));
  total->kind = budget_category_get_kind (category);
  g_hash_table_insert (self->by_category, g_memdup2 (&id, sizeof id), total);
  g_ptr_array_add (self->categories, total);
  return total;
}

static BudgetReportTotal *
get_month (BudgetReportTotals *self, const GDate *date)
{
  int month = (int) g_date_get_month (date);
  int year = (int) g_date_get_year (date);
  int key = year * MONTHS_A_YEAR + month - 1;
  BudgetReportTotal *total = g_hash_table_lookup (self->by_month, GINT_TO_POINTER (key));
  g_autoptr (BudgetPeriod) period = NULL;

  if (total != NULL)
    return total;

  period = budget_period_new_month (year, month);
  total = g_new0 (BudgetReportTotal, 1);
  total->name = budget_period_dup_label (period);
  total->key = key;
  g_hash_table_insert (self->by_month, GINT_TO_POINTER (key), total);
  g_ptr_array_add (self->months, total);
  return total;
}

static gboolean
add (gint64 *sum, gint64 amount, GError **error)
{
  if (budget_money_add (*sum, amount, sum))
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
                       _("The sum of the amounts is too large"));
  return FALSE;
}

/*
 * _budget_report_totals_add:
 * @self: totals
 * @expense: an expense with a date and a category
 * @error: return location for a #BudgetError
 *
 * Adds an expense.
 *
 * Returns: %FALSE if the sum overflows
 */
gboolean
_budget_report_totals_add (BudgetReportTotals *self, BudgetExpense *expense, GError **error)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  BudgetCategoryKind kind = budget_category_get_kind (category);
  const GDate *date = budget_expense_get_date (expense);
  gint64 amount = budget_expense_get_amount (expense);
  BudgetReportTotal *total;

  self->count++;
  if (!g_date_valid (&self->first) || g_date_compare (date, &self->first) < 0)
    self->first = *date;
  if (!g_date_valid (&self->last) || g_date_compare (date, &self->last) > 0)
    self->last = *date;

  if (kind == BUDGET_CATEGORY_TRANSFER)
    return TRUE;

  total = get_category (self, category);
  total->count++;
  if (!add (&total->sum, amount, error))
    return FALSE;

  if (kind == BUDGET_CATEGORY_INCOME)
    return add (&self->received, -amount, error);

  total = get_month (self, date);
  total->count++;
  return add (&total->sum, amount, error) && add (&self->spent, amount, error);
}

/* Sorts spending before income, and larger totals first. */
static int
compare_categories (gconstpointer a, gconstpointer b)
{
  const BudgetReportTotal *first = *(const BudgetReportTotal *const *) a;
  const BudgetReportTotal *second = *(const BudgetReportTotal *const *) b;

  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  if (first->sum != second->sum)
    return (first->sum > second->sum) == (first->kind == BUDGET_CATEGORY_SPENDING) ? -1 : 1;

  return g_utf8_collate (first->name, second->name);
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  const BudgetReportTotal *first = *(const BudgetReportTotal *const *) a;
  const BudgetReportTotal *second = *(const BudgetReportTotal *const *) b;

  return first->key - second->key;
}

/* Sorts the lines, after the last expense was added. */
void
_budget_report_totals_sort (BudgetReportTotals *self)
{
  g_ptr_array_sort (self->categories, compare_categories);
  g_ptr_array_sort (self->months, compare_months);
}
