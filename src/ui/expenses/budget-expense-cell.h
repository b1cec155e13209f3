/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-expense.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BudgetExpenseField:
 * @BUDGET_EXPENSE_FIELD_DATE: the day
 * @BUDGET_EXPENSE_FIELD_DESCRIPTION: what it was for; on a narrow window also
 *   the category and the person
 * @BUDGET_EXPENSE_FIELD_CATEGORY: the category, with its colour
 * @BUDGET_EXPENSE_FIELD_PERSON: who spent it
 * @BUDGET_EXPENSE_FIELD_AMOUNT: how much
 *
 * What a cell shows of an expense.
 */
typedef enum
{
  BUDGET_EXPENSE_FIELD_DATE,
  BUDGET_EXPENSE_FIELD_DESCRIPTION,
  BUDGET_EXPENSE_FIELD_CATEGORY,
  BUDGET_EXPENSE_FIELD_PERSON,
  BUDGET_EXPENSE_FIELD_AMOUNT
} BudgetExpenseField;

#define BUDGET_TYPE_EXPENSE_CELL (budget_expense_cell_get_type ())

G_DECLARE_FINAL_TYPE (BudgetExpenseCell, budget_expense_cell, BUDGET, EXPENSE_CELL, GtkBox)

GtkWidget *budget_expense_cell_new (BudgetExpenseField field,
                                    const char *currency) G_GNUC_WARN_UNUSED_RESULT;

void budget_expense_cell_set_expense (BudgetExpenseCell *self, BudgetExpense *expense);
void budget_expense_cell_set_position (BudgetExpenseCell *self, guint position);
guint budget_expense_cell_get_position (BudgetExpenseCell *self);

G_END_DECLS
