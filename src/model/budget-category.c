/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category.h"
#include "budget-check-private.h"
#include "budget-import-change.h"
#include "budget-rule.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetCategory:
 *
 * A purpose that money is spent on, received for or moved for, with its colour in
 * the chart.
 *
 * Deleting a category deletes its expenses.
 */

struct _BudgetCategory
{
  OrmEntity parent_instance;

  char *name;
  char *color;
  gint kind;
};

G_DEFINE_FINAL_TYPE (BudgetCategory, budget_category, ORM_TYPE_ENTITY)

G_DEFINE_ENUM_TYPE (BudgetCategoryKind,
                    budget_category_kind,
                    G_DEFINE_ENUM_VALUE (BUDGET_CATEGORY_SPENDING, "spending"),
                    G_DEFINE_ENUM_VALUE (BUDGET_CATEGORY_INCOME, "income"),
                    G_DEFINE_ENUM_VALUE (BUDGET_CATEGORY_TRANSFER, "transfer"))

#define NAME_MAX_LENGTH 50
#define COLOR_DIGIT "[0-9A-Fa-f]"
#define COLOR_GLOB "#" COLOR_DIGIT COLOR_DIGIT COLOR_DIGIT COLOR_DIGIT COLOR_DIGIT COLOR_DIGIT

enum
{
  COLUMN_NAME,
  COLUMN_COLOR,
  COLUMN_KIND,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = ORM_COLUMN ("name",
                              TEXT,
                              BudgetCategory,
                              name,
                              .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE,
                              .max_length = NAME_MAX_LENGTH),
  [COLUMN_COLOR] = ORM_COLUMN ("color",
                               TEXT,
                               BudgetCategory,
                               color,
                               .flags = ORM_COLUMN_NOT_NULL,
                               .pattern = "#[0-9A-Fa-f]{6}",
                               .glob = COLOR_GLOB,
                               .fallback = "#FF6B6B"),
  [COLUMN_KIND] = ORM_COLUMN ("kind",
                              ENUM,
                              BudgetCategory,
                              kind,
                              .fallback = "spending",
                              .enum_type = budget_category_kind_get_type),
};

static const OrmRelationship relationships[] = {
  ORM_TO_MANY ("expenses",
               budget_expense_get_type,
               "category",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
  ORM_TO_MANY ("rules", budget_rule_get_type, "category", .rule = ORM_DELETE_CASCADE),
  ORM_TO_MANY (
    "import-changes", budget_import_change_get_type, "category-before", .rule = ORM_DELETE_NULLIFY),
};

static gboolean
check_color (const char *color, GError **error)
{
  gboolean is_color = color == NULL || (color[0] == '#' && strlen (color) == 7);

  for (guint i = 1; is_color && color != NULL && i < 7; i++)
    is_color = g_ascii_isxdigit (color[i]);

  if (!is_color)
    g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_COLOR,
                         _("The color is not of the form #RRGGBB"));
  return is_color;
}

static gboolean
budget_category_validate (OrmEntity *entity,
                          const char *property,
                          const GValue *value,
                          GError **error)
{
  BudgetCategory *self = BUDGET_CATEGORY (entity);

  if (property == NULL)
    return _budget_check_name (self->name, NAME_MAX_LENGTH, error) &&
           check_color (self->color, error);

  if (g_str_equal (property, "name"))
    return _budget_check_name (g_value_get_string (value), NAME_MAX_LENGTH, error);

  if (g_str_equal (property, "color"))
    return check_color (g_value_get_string (value), error);

  return TRUE;
}

static void
budget_category_class_init (BudgetCategoryClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_category_validate;

  orm_entity_class_map (entity_class, "categories", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_category_init (BudgetCategory *self)
{
}

BudgetCategory *
budget_category_new (void)
{
  return g_object_new (BUDGET_TYPE_CATEGORY, NULL);
}

/**
 * budget_category_get_name:
 * @self: a category
 *
 * Returns: (transfer none) (nullable): its name, which no other category has
 */
const char *
budget_category_get_name (BudgetCategory *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), NULL);

  return self->name;
}

/**
 * budget_category_set_name:
 * @self: a category
 * @name: (nullable): its name, which no other category has
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_category_set_name (BudgetCategory *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NAME, name);
}

/**
 * budget_category_get_color:
 * @self: a category
 *
 * Returns: (transfer none) (nullable): its colour, as `#RRGGBB`
 */
const char *
budget_category_get_color (BudgetCategory *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), NULL);

  return self->color;
}

/**
 * budget_category_set_color:
 * @self: a category
 * @color: (nullable): its colour, as `#RRGGBB`
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_category_set_color (BudgetCategory *self, const char *color)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_COLOR, color);
}

/**
 * budget_category_get_kind:
 * @self: a category
 *
 * Returns: what it means for the totals
 */
BudgetCategoryKind
budget_category_get_kind (BudgetCategory *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), BUDGET_CATEGORY_SPENDING);

  return self->kind;
}

/**
 * budget_category_set_kind:
 * @self: a category
 * @kind: what it means for the totals
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_category_set_kind (BudgetCategory *self, BudgetCategoryKind kind)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), FALSE);

  return orm_entity_set_enum (ORM_ENTITY (self), COLUMN_KIND, kind);
}

/**
 * budget_category_get_expenses:
 * @self: a category
 *
 * Returns: (transfer none): what was spent on it
 */
OrmCollection *
budget_category_get_expenses (BudgetCategory *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "expenses");
}
