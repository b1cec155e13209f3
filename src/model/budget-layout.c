/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-layout.h"

/**
 * BudgetLayout:
 *
 * How the user corrected the layout of a bank's tables, for the bank's next one.
 * It is found again by the table's signature: its titles, or its
 * shape if it has none.
 */

struct _BudgetLayout
{
  OrmEntity parent_instance;

  char *signature;
  char *fields;
};

G_DEFINE_FINAL_TYPE (BudgetLayout, budget_layout, ORM_TYPE_ENTITY)

enum
{
  COLUMN_SIGNATURE,
  COLUMN_FIELDS,
  N_COLUMNS
};

/* The column keeps its old name, which is in every book. */
static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_SIGNATURE] = ORM_COLUMN (
    "fingerprint", TEXT, BudgetLayout, signature, .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE),
  [COLUMN_FIELDS] = ORM_COLUMN ("fields", TEXT, BudgetLayout, fields),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE ("account", budget_account_get_type, "layouts", "account_id"),
};

static gboolean
budget_layout_validate (OrmEntity *entity,
                        const char *property,
                        const GValue *value,
                        GError **error)
{
  BudgetLayout *self = BUDGET_LAYOUT (entity);

  if (property == NULL)
    return _budget_check_name (self->signature, G_MAXUINT, error);

  return TRUE;
}

static void
budget_layout_class_init (BudgetLayoutClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_layout_validate;

  orm_entity_class_map (entity_class, "layouts", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_layout_init (BudgetLayout *self)
{
}

BudgetLayout *
budget_layout_new (void)
{
  return g_object_new (BUDGET_TYPE_LAYOUT, NULL);
}

/**
 * budget_layout_get_signature:
 * @self: a layout
 *
 * Returns: (transfer none) (nullable): the key that identifies a bank’s tables
 */
const char *
budget_layout_get_signature (BudgetLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), NULL);

  return self->signature;
}

/**
 * budget_layout_set_signature:
 * @self: a layout
 * @signature: (nullable): the key that identifies a bank’s tables
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_layout_set_signature (BudgetLayout *self, const char *signature)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_SIGNATURE, signature);
}

/**
 * budget_layout_get_fields:
 * @self: a layout
 *
 * Returns: (transfer none) (nullable): lines of the form FIELD=COLUMN, see budget_csv_layout_map()
 */
const char *
budget_layout_get_fields (BudgetLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), NULL);

  return self->fields;
}

/**
 * budget_layout_set_fields:
 * @self: a layout
 * @fields: (nullable): lines of the form FIELD=COLUMN, see budget_csv_layout_map()
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_layout_set_fields (BudgetLayout *self, const char *fields)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_FIELDS, fields);
}

/**
 * budget_layout_get_account:
 * @self: a layout
 *
 * Returns: (transfer none) (nullable): the account of such tables
 */
BudgetAccount *
budget_layout_get_account (BudgetLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "account");
}

/**
 * budget_layout_set_account:
 * @self: a layout
 * @account: (nullable): the account of such tables
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_layout_set_account (BudgetLayout *self, BudgetAccount *account)
{
  g_return_val_if_fail (BUDGET_IS_LAYOUT (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "account", account);
}
