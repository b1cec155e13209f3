/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-expense.h"
#include "budget-tag.h"

/**
 * BudgetTag:
 *
 * A label for expenses of several categories, such as the name of a journey. An
 * expense has any number of tags.
 */

struct _BudgetTag
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (BudgetTag, budget_tag, ORM_TYPE_ENTITY)

#define NAME_MAX_LENGTH 50

enum
{
  COLUMN_NAME,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = ORM_COLUMN ("name",
                              TEXT,
                              BudgetTag,
                              name,
                              .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE,
                              .max_length = NAME_MAX_LENGTH),
};

static const OrmRelationship relationships[] = {
  ORM_MANY_TO_MANY ("expenses", budget_expense_get_type, "tags", "expense_tags", "tag_id"),
};

static gboolean
budget_tag_validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  BudgetTag *self = BUDGET_TAG (entity);

  if (property == NULL)
    return _budget_check_name (self->name, NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "name"))
    return _budget_check_name (g_value_get_string (value), NAME_MAX_LENGTH, error);

  return TRUE;
}

static void
budget_tag_class_init (BudgetTagClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_tag_validate;

  orm_entity_class_map (entity_class, "tags", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_tag_init (BudgetTag *self)
{
}

BudgetTag *
budget_tag_new (void)
{
  return g_object_new (BUDGET_TYPE_TAG, NULL);
}

/**
 * budget_tag_get_name:
 * @self: a tag
 *
 * Returns: (transfer none) (nullable): its name, at most 50 characters, which no other tag has
 */
const char *
budget_tag_get_name (BudgetTag *self)
{
  g_return_val_if_fail (BUDGET_IS_TAG (self), NULL);

  return self->name;
}

/**
 * budget_tag_set_name:
 * @self: a tag
 * @name: (nullable): what the tag is called; at most 50 characters, no other tag has it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_tag_set_name (BudgetTag *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_TAG (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}
