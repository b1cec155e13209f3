/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-decision.h"
#include "budget-expense.h"
#include "budget-import-change.h"

/**
 * BudgetImport:
 *
 * A file that was imported: its name, when it was imported, and the expenses that
 * it added, so that the import can be undone.
 */

struct _BudgetImport
{
  OrmEntity parent_instance;

  char *name;
  char *format;
  GDateTime *made_at;
};

G_DEFINE_FINAL_TYPE (BudgetImport, budget_import, ORM_TYPE_ENTITY)

#define NAME_MAX_LENGTH 255
#define FORMAT_MAX_LENGTH 50

enum
{
  COLUMN_NAME,
  COLUMN_FORMAT,
  COLUMN_MADE_AT,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = ORM_COLUMN (
    "name", TEXT, BudgetImport, name, .flags = ORM_COLUMN_NOT_NULL, .max_length = NAME_MAX_LENGTH),
  [COLUMN_FORMAT] =
    ORM_COLUMN ("format", TEXT, BudgetImport, format, .max_length = FORMAT_MAX_LENGTH),
  [COLUMN_MADE_AT] = ORM_COLUMN (
    "made-at", TIMESTAMP, BudgetImport, made_at, .flags = ORM_COLUMN_NOT_NULL, .fallback = "now"),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE ("account", budget_account_get_type, "imports", "account_id"),
  ORM_TO_MANY ("expenses", budget_expense_get_type, "import", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY ("decisions", budget_decision_get_type, "import", .rule = ORM_DELETE_CASCADE),
  ORM_TO_MANY ("changes", budget_import_change_get_type, "import", .rule = ORM_DELETE_CASCADE),
};

static gboolean
budget_import_validate (OrmEntity *entity,
                        const char *property,
                        const GValue *value,
                        GError **error)
{
  BudgetImport *self = BUDGET_IMPORT (entity);

  if (property == NULL)
    return _budget_check_name (self->name, NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "name"))
    return _budget_check_name (g_value_get_string (value), NAME_MAX_LENGTH, error);

  return TRUE;
}

static void
budget_import_class_init (BudgetImportClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_import_validate;

  orm_entity_class_map (entity_class, "imports", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_import_init (BudgetImport *self)
{
}

BudgetImport *
budget_import_new (void)
{
  return g_object_new (BUDGET_TYPE_IMPORT, NULL);
}

/**
 * budget_import_get_name:
 * @self: an import
 *
 * Returns: (transfer none) (nullable): the name of the file, at most 255 characters
 */
const char *
budget_import_get_name (BudgetImport *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), NULL);

  return self->name;
}

/**
 * budget_import_set_name:
 * @self: an import
 * @name: (nullable): the name of the file, at most 255 characters
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_import_set_name (BudgetImport *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}

/**
 * budget_import_get_format:
 * @self: an import
 *
 * Returns: (transfer none) (nullable): the format of the file, such as “OFX”
 */
const char *
budget_import_get_format (BudgetImport *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), NULL);

  return self->format;
}

/**
 * budget_import_set_format:
 * @self: an import
 * @format: (nullable): the format of the file, such as “OFX”
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_import_set_format (BudgetImport *self, const char *format)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_FORMAT, format);
}

/**
 * budget_import_get_made_at:
 * @self: an import
 *
 * Returns: (transfer none) (nullable): when it was imported
 */
GDateTime *
budget_import_get_made_at (BudgetImport *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), NULL);

  return self->made_at;
}

/**
 * budget_import_get_account:
 * @self: an import
 *
 * Returns: (transfer none) (nullable): the account of all its transactions
 */
BudgetAccount *
budget_import_get_account (BudgetImport *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "account");
}

/**
 * budget_import_set_account:
 * @self: an import
 * @account: (nullable): the account of all its transactions
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_import_set_account (BudgetImport *self, BudgetAccount *account)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "account", account);
}

/**
 * budget_import_get_changes:
 * @self: an import
 *
 * Returns: (transfer none): what it changed in expenses that were there before
 */
OrmCollection *
budget_import_get_changes (BudgetImport *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "changes");
}
