/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"

G_BEGIN_DECLS

/**
 * BudgetAccountKind:
 * @BUDGET_ACCOUNT_CURRENT: the account that wages and rent go through
 * @BUDGET_ACCOUNT_CARD: a credit or debit card
 * @BUDGET_ACCOUNT_SAVINGS: money put by
 * @BUDGET_ACCOUNT_CASH: a purse or a jar
 *
 * What kind of place the money is in.
 */
typedef enum
{
  BUDGET_ACCOUNT_CURRENT,
  BUDGET_ACCOUNT_CARD,
  BUDGET_ACCOUNT_SAVINGS,
  BUDGET_ACCOUNT_CASH
} BudgetAccountKind;

#define BUDGET_TYPE_ACCOUNT_KIND (budget_account_kind_get_type ())

GType budget_account_kind_get_type (void) G_GNUC_CONST;

#define BUDGET_TYPE_ACCOUNT (budget_account_get_type ())

G_DECLARE_FINAL_TYPE (BudgetAccount, budget_account, BUDGET, ACCOUNT, OrmEntity)

BudgetAccount *budget_account_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_account_get_name (BudgetAccount *self);
gboolean budget_account_set_name (BudgetAccount *self, const char *name);
const char *budget_account_get_number (BudgetAccount *self);
gboolean budget_account_set_number (BudgetAccount *self, const char *number);
BudgetAccountKind budget_account_get_kind (BudgetAccount *self);
gboolean budget_account_set_kind (BudgetAccount *self, BudgetAccountKind kind);
gint64 budget_account_get_opening_balance (BudgetAccount *self);
gboolean budget_account_set_opening_balance (BudgetAccount *self, gint64 opening_balance);
const GDate *budget_account_get_opening_date (BudgetAccount *self);
gboolean budget_account_set_opening_date (BudgetAccount *self, const GDate *opening_date);
OrmCollection *budget_account_get_expenses (BudgetAccount *self);

G_END_DECLS
