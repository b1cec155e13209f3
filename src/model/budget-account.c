/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account.h"
#include "budget-check-private.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-money.h"

/**
 * BudgetAccount:
 *
 * A place where the household's money is: an account at a bank, a card, a
 * purse. Expenses that came from a bank's file say which one they left.
 *
 * An account with expenses cannot be deleted.
 */

struct _BudgetAccount
{
  OrmEntity parent_instance;

  char *name;
  char *number;
  gint kind;
  gint64 opening_balance;
  GDate *opening_date;
};

G_DEFINE_FINAL_TYPE (BudgetAccount, budget_account, ORM_TYPE_ENTITY)

G_DEFINE_ENUM_TYPE (BudgetAccountKind,
                    budget_account_kind,
                    G_DEFINE_ENUM_VALUE (BUDGET_ACCOUNT_CURRENT, "current"),
                    G_DEFINE_ENUM_VALUE (BUDGET_ACCOUNT_CARD, "card"),
                    G_DEFINE_ENUM_VALUE (BUDGET_ACCOUNT_SAVINGS, "savings"),
                    G_DEFINE_ENUM_VALUE (BUDGET_ACCOUNT_CASH, "cash"))

#define NAME_MAX_LENGTH 100
#define NUMBER_MAX 50

enum
{
  COLUMN_NAME,
  COLUMN_NUMBER,
  COLUMN_KIND,
  COLUMN_OPENING_BALANCE,
  COLUMN_OPENING_DATE,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = ORM_COLUMN ("name",
                              TEXT,
                              BudgetAccount,
                              name,
                              .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE,
                              .max_length = NAME_MAX_LENGTH),
  [COLUMN_NUMBER] = ORM_COLUMN (
    "number", TEXT, BudgetAccount, number, .flags = ORM_COLUMN_UNIQUE, .max_length = NUMBER_MAX),
  [COLUMN_KIND] = ORM_COLUMN ("kind",
                              ENUM,
                              BudgetAccount,
                              kind,
                              .fallback = "current",
                              .enum_type = budget_account_kind_get_type),
  [COLUMN_OPENING_BALANCE] = ORM_COLUMN ("opening-balance",
                                         INT64,
                                         BudgetAccount,
                                         opening_balance,
                                         .minimum = -BUDGET_MONEY_MAX,
                                         .maximum = BUDGET_MONEY_MAX),
  [COLUMN_OPENING_DATE] = ORM_COLUMN ("opening-date", DATE, BudgetAccount, opening_date),
};

static const OrmRelationship relationships[] = {
  ORM_TO_MANY ("expenses", budget_expense_get_type, "account", .rule = ORM_DELETE_DENY),
  ORM_TO_MANY ("imports", budget_import_get_type, "account", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY ("layouts", budget_layout_get_type, "account", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY (
    "import-changes", budget_import_change_get_type, "account-after", .rule = ORM_DELETE_NULLIFY),
};

static gboolean
budget_account_validate (OrmEntity *entity,
                         const char *property,
                         const GValue *value,
                         GError **error)
{
  BudgetAccount *self = BUDGET_ACCOUNT (entity);

  if (property == NULL)
    return _budget_check_name (self->name, NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "name"))
    return _budget_check_name (g_value_get_string (value), NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "number"))
    return _budget_check_length (g_value_get_string (value), NUMBER_MAX, error);

  if (g_str_equal (property, "opening-balance"))
    return budget_money_check (g_value_get_int64 (value), error);

  return TRUE;
}

static void
budget_account_class_init (BudgetAccountClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_account_validate;

  orm_entity_class_map (entity_class, "accounts", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_account_init (BudgetAccount *self)
{
}

BudgetAccount *
budget_account_new (void)
{
  return g_object_new (BUDGET_TYPE_ACCOUNT, NULL);
}

/**
 * budget_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): what it is called; no two have the same name
 */
const char *
budget_account_get_name (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * budget_account_set_name:
 * @self: an account
 * @name: (nullable): what it is called; no two have the same name
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_account_set_name (BudgetAccount *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}

/**
 * budget_account_get_number:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): its IBAN, or the number the bank gave it
 */
const char *
budget_account_get_number (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), NULL);

  return self->number;
}

/**
 * budget_account_set_number:
 * @self: an account
 * @number: (nullable): its IBAN, or the number the bank gave it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_account_set_number (BudgetAccount *self, const char *number)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), FALSE);

  /* Two accounts without a number do not have the same one. */
  if (number != NULL && *number == '\0')
    number = NULL;

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NUMBER, number);
}

/**
 * budget_account_get_kind:
 * @self: an account
 *
 * Returns: what kind of place it is
 */
BudgetAccountKind
budget_account_get_kind (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), BUDGET_ACCOUNT_CURRENT);

  return self->kind;
}

/**
 * budget_account_set_kind:
 * @self: an account
 * @kind: what kind of place it is
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_account_set_kind (BudgetAccount *self, BudgetAccountKind kind)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), FALSE);

  return orm_entity_set_enum (ORM_ENTITY (self), COLUMN_KIND, kind);
}

/**
 * budget_account_get_opening_balance:
 * @self: an account
 *
 * Returns: what was in it on the opening date, in minor units
 */
gint64
budget_account_get_opening_balance (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), 0);

  return self->opening_balance;
}

/**
 * budget_account_set_opening_balance:
 * @self: an account
 * @opening_balance: what was in it on the opening date, in minor units
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_account_set_opening_balance (BudgetAccount *self, gint64 opening_balance)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), FALSE);

  return orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_OPENING_BALANCE, opening_balance);
}

/**
 * budget_account_get_opening_date:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the day of the opening balance
 */
const GDate *
budget_account_get_opening_date (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), NULL);

  return self->opening_date;
}

/**
 * budget_account_set_opening_date:
 * @self: an account
 * @opening_date: (nullable): the day of the opening balance
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_account_set_opening_date (BudgetAccount *self, const GDate *opening_date)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (opening_date == NULL || g_date_valid (opening_date), FALSE);

  return orm_entity_set_date (ORM_ENTITY (self), COLUMN_OPENING_DATE, opening_date);
}

/**
 * budget_account_get_expenses:
 * @self: an account
 *
 * Returns: (transfer none): what left it and came in
 */
OrmCollection *
budget_account_get_expenses (BudgetAccount *self)
{
  g_return_val_if_fail (BUDGET_IS_ACCOUNT (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "expenses");
}
