/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expense.h"

/*
 * What an expense is related to.
 */

/**
 * budget_expense_get_user:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): who spent it
 */
BudgetUser *
budget_expense_get_user (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "user");
}

/**
 * budget_expense_set_user:
 * @self: an expense
 * @user: (nullable): who spent it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_user (BudgetExpense *self, BudgetUser *user)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (user == NULL || BUDGET_IS_USER (user), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "user", user);
}

/**
 * budget_expense_get_category:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): what it was spent on
 */
BudgetCategory *
budget_expense_get_category (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "category");
}

/**
 * budget_expense_set_category:
 * @self: an expense
 * @category: (nullable): what it was spent on
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_category (BudgetExpense *self, BudgetCategory *category)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (category == NULL || BUDGET_IS_CATEGORY (category), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "category", category);
}

/**
 * budget_expense_get_account:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the account it left, if that is known
 */
BudgetAccount *
budget_expense_get_account (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "account");
}

/**
 * budget_expense_set_account:
 * @self: an expense
 * @account: (nullable): the account it left, if that is known
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_account (BudgetExpense *self, BudgetAccount *account)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (account == NULL || BUDGET_IS_ACCOUNT (account), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "account", account);
}

/**
 * budget_expense_get_counterpart:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the other half of a transfer
 */
BudgetExpense *
budget_expense_get_counterpart (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "counterpart");
}

/**
 * budget_expense_set_counterpart:
 * @self: an expense
 * @counterpart: (nullable): the other half of a transfer
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_counterpart (BudgetExpense *self, BudgetExpense *counterpart)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (counterpart == NULL || BUDGET_IS_EXPENSE (counterpart), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "counterpart", counterpart);
}

/**
 * budget_expense_get_counterpart_of:
 * @self: an expense
 *
 * Returns: (transfer none): what names this expense its counterpart
 */
OrmCollection *
budget_expense_get_counterpart_of (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "counterpart-of");
}

/**
 * budget_expense_get_import:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the file that it came with or was matched with
 */
BudgetImport *
budget_expense_get_import (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "import");
}

/**
 * budget_expense_set_import:
 * @self: an expense
 * @import: (nullable): the file that it came with or was matched with
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_import (BudgetExpense *self, BudgetImport *import)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "import", import);
}

/**
 * budget_expense_get_tags:
 * @self: an expense
 *
 * Returns: (transfer none): its tags
 */
OrmCollection *
budget_expense_get_tags (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "tags");
}
