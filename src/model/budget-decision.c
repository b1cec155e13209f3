/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-decision.h"

/**
 * BudgetDecision:
 *
 * The user's decision about a bank's transaction that did not become an expense:
 * it is one that the book has already, or it is not wanted. It is saved, so that
 * the next file with the same transaction does not ask again.
 */

struct _BudgetDecision
{
  OrmEntity parent_instance;

  char *import_key;
  char *same_as;
};

G_DEFINE_FINAL_TYPE (BudgetDecision, budget_decision, ORM_TYPE_ENTITY)

enum
{
  COLUMN_IMPORT_KEY,
  COLUMN_SAME_AS,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_IMPORT_KEY] = ORM_COLUMN ("import-key",
                                    TEXT,
                                    BudgetDecision,
                                    import_key,
                                    .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE),
  [COLUMN_SAME_AS] = ORM_COLUMN ("same-as", TEXT, BudgetDecision, same_as),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE ("import", budget_import_get_type, "decisions", "import_id"),
};

static gboolean
budget_decision_validate (OrmEntity *entity,
                          const char *property,
                          const GValue *value,
                          GError **error)
{
  BudgetDecision *self = BUDGET_DECISION (entity);

  if (property == NULL)
    return _budget_check_name (self->import_key, G_MAXUINT, error);

  return TRUE;
}

static void
budget_decision_class_init (BudgetDecisionClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_decision_validate;

  orm_entity_class_map (entity_class, "decisions", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_decision_init (BudgetDecision *self)
{
}

BudgetDecision *
budget_decision_new (void)
{
  return g_object_new (BUDGET_TYPE_DECISION, NULL);
}

/**
 * budget_decision_get_import_key:
 * @self: a decision
 *
 * Returns: (transfer none) (nullable): the key of the transaction in the bank's files
 */
const char *
budget_decision_get_import_key (BudgetDecision *self)
{
  g_return_val_if_fail (BUDGET_IS_DECISION (self), NULL);

  return self->import_key;
}

/**
 * budget_decision_set_import_key:
 * @self: a decision
 * @import_key: (nullable): the key of the transaction in the bank's files
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_decision_set_import_key (BudgetDecision *self, const char *import_key)
{
  g_return_val_if_fail (BUDGET_IS_DECISION (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_IMPORT_KEY, import_key);
}

/**
 * budget_decision_get_same_as:
 * @self: a decision
 *
 * Returns: (transfer none) (nullable): the import key of the expense that it is, or
 *   %NULL if it is not wanted
 */
const char *
budget_decision_get_same_as (BudgetDecision *self)
{
  g_return_val_if_fail (BUDGET_IS_DECISION (self), NULL);

  return self->same_as;
}

/**
 * budget_decision_set_same_as:
 * @self: a decision
 * @same_as: (nullable): the import key of the expense that it is, %NULL if it is not wanted
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_decision_set_same_as (BudgetDecision *self, const char *same_as)
{
  g_return_val_if_fail (BUDGET_IS_DECISION (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_SAME_AS, same_as);
}

/**
 * budget_decision_set_import:
 * @self: a decision
 * @import: (nullable): the import in which it was decided
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_decision_set_import (BudgetDecision *self, BudgetImport *import)
{
  g_return_val_if_fail (BUDGET_IS_DECISION (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "import", import);
}
