/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-expense.h"
#include "budget-rule.h"
#include "budget-user.h"

#include <glib/gi18n.h>

/**
 * BudgetUser:
 *
 * A person of the household.
 *
 * A person owns expenses: deleting the person deletes them, and an expense that is
 * removed from its person without getting another one is deleted too.
 */

struct _BudgetUser
{
  OrmEntity parent_instance;

  char *email;
  char *name;
  GDateTime *created_at;
};

G_DEFINE_FINAL_TYPE (BudgetUser, budget_user, ORM_TYPE_ENTITY)

#define EMAIL_MAX 100
#define NAME_MAX_LENGTH 100

enum
{
  COLUMN_EMAIL,
  COLUMN_NAME,
  COLUMN_CREATED_AT,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_EMAIL] = ORM_COLUMN ("email",
                               TEXT,
                               BudgetUser,
                               email,
                               .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE,
                               .max_length = EMAIL_MAX),
  [COLUMN_NAME] = ORM_COLUMN (
    "name", TEXT, BudgetUser, name, .flags = ORM_COLUMN_NOT_NULL, .max_length = NAME_MAX_LENGTH),
  [COLUMN_CREATED_AT] = ORM_COLUMN ("created-at",
                                    TIMESTAMP,
                                    BudgetUser,
                                    created_at,
                                    .flags = ORM_COLUMN_NOT_NULL,
                                    .fallback = "now"),
};

static const OrmRelationship relationships[] = {
  ORM_TO_MANY ("expenses",
               budget_expense_get_type,
               "user",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
  ORM_TO_MANY ("rules", budget_rule_get_type, "user", .rule = ORM_DELETE_NULLIFY),
};

static gboolean
check_email (const char *email, GError **error)
{
  if (!_budget_check_length (email, EMAIL_MAX, error))
    return FALSE;

  if (email != NULL && *email != '\0')
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                       _("The person has no email address"));
  return FALSE;
}

static gboolean
budget_user_validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  BudgetUser *self = BUDGET_USER (entity);

  if (property == NULL)
    return check_email (self->email, error) &&
           _budget_check_name (self->name, NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "email"))
    return check_email (g_value_get_string (value), error);

  if (g_str_equal (property, "name"))
    return _budget_check_name (g_value_get_string (value), NAME_MAX_LENGTH, error);

  return TRUE;
}

static void
budget_user_class_init (BudgetUserClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_user_validate;

  orm_entity_class_map (entity_class, "users", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_user_init (BudgetUser *self)
{
}

BudgetUser *
budget_user_new (void)
{
  return g_object_new (BUDGET_TYPE_USER, NULL);
}

/**
 * budget_user_get_email:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): the person's email address, which no other person has
 */
const char *
budget_user_get_email (BudgetUser *self)
{
  g_return_val_if_fail (BUDGET_IS_USER (self), NULL);

  return self->email;
}

/**
 * budget_user_set_email:
 * @self: a person
 * @email: (nullable): the person's email address, which no other person has
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_user_set_email (BudgetUser *self, const char *email)
{
  g_return_val_if_fail (BUDGET_IS_USER (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_EMAIL, email);
}

/**
 * budget_user_get_name:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): the person's name
 */
const char *
budget_user_get_name (BudgetUser *self)
{
  g_return_val_if_fail (BUDGET_IS_USER (self), NULL);

  return self->name;
}

/**
 * budget_user_set_name:
 * @self: a person
 * @name: (nullable): the person's name
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_user_set_name (BudgetUser *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_USER (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}

/**
 * budget_user_get_expenses:
 * @self: a person
 *
 * Returns: (transfer none): the person's expenses
 */
OrmCollection *
budget_user_get_expenses (BudgetUser *self)
{
  g_return_val_if_fail (BUDGET_IS_USER (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "expenses");
}
