/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-setting.h"

/**
 * BudgetSetting:
 *
 * A setting of the book as a whole, such as its currency.
 */

struct _BudgetSetting
{
  OrmEntity parent_instance;

  char *name;
  char *value;
};

G_DEFINE_FINAL_TYPE (BudgetSetting, budget_setting, ORM_TYPE_ENTITY)

#define NAME_MAX_LENGTH 50

enum
{
  COLUMN_NAME,
  COLUMN_VALUE,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = ORM_COLUMN ("name",
                              TEXT,
                              BudgetSetting,
                              name,
                              .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE,
                              .max_length = NAME_MAX_LENGTH),
  [COLUMN_VALUE] = ORM_COLUMN ("value", TEXT, BudgetSetting, value),
};

static gboolean
budget_setting_validate (OrmEntity *entity,
                         const char *property,
                         const GValue *value,
                         GError **error)
{
  BudgetSetting *self = BUDGET_SETTING (entity);

  if (property == NULL)
    return _budget_check_name (self->name, NAME_MAX_LENGTH, error);

  return TRUE;
}

static void
budget_setting_class_init (BudgetSettingClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_setting_validate;

  orm_entity_class_map (entity_class, "settings", columns, N_COLUMNS);
}

static void
budget_setting_init (BudgetSetting *self)
{
}

BudgetSetting *
budget_setting_new (void)
{
  return g_object_new (BUDGET_TYPE_SETTING, NULL);
}

/**
 * budget_setting_get_name:
 * @self: a setting
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
budget_setting_get_name (BudgetSetting *self)
{
  g_return_val_if_fail (BUDGET_IS_SETTING (self), NULL);

  return self->name;
}

/**
 * budget_setting_set_name:
 * @self: a setting
 * @name: (nullable): its name
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_setting_set_name (BudgetSetting *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_SETTING (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}

/**
 * budget_setting_get_value:
 * @self: a setting
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
budget_setting_get_value (BudgetSetting *self)
{
  g_return_val_if_fail (BUDGET_IS_SETTING (self), NULL);

  return self->value;
}

/**
 * budget_setting_set_value:
 * @self: a setting
 * @value: (nullable): its value
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_setting_set_value (BudgetSetting *self, const char *value)
{
  g_return_val_if_fail (BUDGET_IS_SETTING (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_VALUE, value);
}
