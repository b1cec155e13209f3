/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-rule.h"

#include <glib/gi18n.h>

/**
 * BudgetRule:
 *
 * Sets the category, and if wanted the person, of transactions whose description
 * matches.
 *
 * Rules have an order; the first that matches is applied.
 */

struct _BudgetRule
{
  OrmEntity parent_instance;

  char *pattern;
  gint match_kind;
  gint64 position;
  gboolean learned;
  gboolean enabled;
};

G_DEFINE_FINAL_TYPE (BudgetRule, budget_rule, ORM_TYPE_ENTITY)

G_DEFINE_ENUM_TYPE (BudgetRuleMatch,
                    budget_rule_match,
                    G_DEFINE_ENUM_VALUE (BUDGET_RULE_MATCH_CONTAINS, "contains"),
                    G_DEFINE_ENUM_VALUE (BUDGET_RULE_MATCH_STARTS_WITH, "starts-with"),
                    G_DEFINE_ENUM_VALUE (BUDGET_RULE_MATCH_EQUALS, "equals"))

#define PATTERN_MAX_LENGTH 200

enum
{
  COLUMN_PATTERN,
  COLUMN_MATCH_KIND,
  COLUMN_POSITION,
  COLUMN_LEARNED,
  COLUMN_ENABLED,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_PATTERN] = ORM_COLUMN ("pattern",
                                 TEXT,
                                 BudgetRule,
                                 pattern,
                                 .flags = ORM_COLUMN_NOT_NULL,
                                 .max_length = PATTERN_MAX_LENGTH),
  [COLUMN_MATCH_KIND] = ORM_COLUMN ("match-kind",
                                    ENUM,
                                    BudgetRule,
                                    match_kind,
                                    .fallback = "contains",
                                    .enum_type = budget_rule_match_get_type),
  [COLUMN_POSITION] =
    ORM_COLUMN ("position", INT64, BudgetRule, position, .flags = ORM_COLUMN_INDEXED),
  [COLUMN_LEARNED] = ORM_COLUMN ("learned", BOOLEAN, BudgetRule, learned),
  [COLUMN_ENABLED] = ORM_COLUMN ("enabled", BOOLEAN, BudgetRule, enabled, .fallback = "1"),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE ("category",
              budget_category_get_type,
              "rules",
              "category_id",
              .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("user", budget_user_get_type, "rules", "user_id"),
};

static gboolean
budget_rule_validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  BudgetRule *self = BUDGET_RULE (entity);

  if (property == NULL && !orm_entity_has_reference (entity, "category"))
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                           _("The rule has no category"));
      return FALSE;
    }

  if (property == NULL)
    return _budget_check_name (self->pattern, PATTERN_MAX_LENGTH, error);

  if (g_str_equal (property, "pattern"))
    return _budget_check_name (g_value_get_string (value), PATTERN_MAX_LENGTH, error);

  return TRUE;
}

static void
budget_rule_class_init (BudgetRuleClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_rule_validate;

  orm_entity_class_map (entity_class, "rules", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_rule_init (BudgetRule *self)
{
  self->enabled = TRUE;
}

BudgetRule *
budget_rule_new (void)
{
  return g_object_new (BUDGET_TYPE_RULE, NULL);
}

/**
 * budget_rule_get_pattern:
 * @self: a rule
 *
 * Returns: (transfer none) (nullable): the text that descriptions are compared with, ignoring case;
 * at most 200 characters
 */
const char *
budget_rule_get_pattern (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), NULL);

  return self->pattern;
}

/**
 * budget_rule_set_pattern:
 * @self: a rule
 * @pattern: (nullable): the text that descriptions are compared with, letters in any case; at most
 * 200 characters
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_pattern (BudgetRule *self, const char *pattern)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_PATTERN, pattern);
}

/**
 * budget_rule_get_match_kind:
 * @self: a rule
 *
 * Returns: how descriptions are compared with it
 */
BudgetRuleMatch
budget_rule_get_match_kind (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), BUDGET_RULE_MATCH_CONTAINS);

  return (BudgetRuleMatch) self->match_kind;
}

/**
 * budget_rule_set_match_kind:
 * @self: a rule
 * @match_kind: how descriptions are compared with it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_match_kind (BudgetRule *self, BudgetRuleMatch match_kind)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_enum (ORM_ENTITY (self), COLUMN_MATCH_KIND, (gint) match_kind);
}

/**
 * budget_rule_get_position:
 * @self: a rule
 *
 * Returns: its position; rules are tried from the lowest
 */
gint64
budget_rule_get_position (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), 0);

  return self->position;
}

/**
 * budget_rule_set_position:
 * @self: a rule
 * @position: its place among the rules, the least first
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_position (BudgetRule *self, gint64 position)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_POSITION, position);
}

/**
 * budget_rule_get_learned:
 * @self: a rule
 *
 * Returns: whether it was learned from what the user did, not made by hand
 */
gboolean
budget_rule_get_learned (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return self->learned;
}

/**
 * budget_rule_set_learned:
 * @self: a rule
 * @learned: whether it was learned from what the user did, not made by hand
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_learned (BudgetRule *self, gboolean learned)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_boolean (ORM_ENTITY (self), COLUMN_LEARNED, learned);
}

/**
 * budget_rule_get_enabled:
 * @self: a rule
 *
 * Returns: whether it is applied
 */
gboolean
budget_rule_get_enabled (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return self->enabled;
}

/**
 * budget_rule_set_enabled:
 * @self: a rule
 * @enabled: whether it is applied
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_enabled (BudgetRule *self, gboolean enabled)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_boolean (ORM_ENTITY (self), COLUMN_ENABLED, enabled);
}

/**
 * budget_rule_get_category:
 * @self: a rule
 *
 * Returns: (transfer none) (nullable): the category of matching transactions
 */
BudgetCategory *
budget_rule_get_category (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "category");
}

/**
 * budget_rule_set_category:
 * @self: a rule
 * @category: (nullable): the category of matching transactions
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_category (BudgetRule *self, BudgetCategory *category)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "category", category);
}

/**
 * budget_rule_get_user:
 * @self: a rule
 *
 * Returns: (transfer none) (nullable): the person of matching transactions, or %NULL if the rule
 * does not set one
 */
BudgetUser *
budget_rule_get_user (BudgetRule *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "user");
}

/**
 * budget_rule_set_user:
 * @self: a rule
 * @user: (nullable): the person of matching transactions, or %NULL if the rule does
 *   not set one
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_rule_set_user (BudgetRule *self, BudgetUser *user)
{
  g_return_val_if_fail (BUDGET_IS_RULE (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "user", user);
}
