/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-change-row.h"
#include "budget-ui-closures.h"

#include <glib/gi18n.h>

/**
 * BudgetRuleChangeRow:
 *
 * What a rule would change in one expense, with a tick that says whether it
 * may.
 */

struct _BudgetRuleChangeRow
{
  GtkBox parent_instance;

  BudgetRuleChange *change;
  GBindingGroup *bindings;

  GtkWidget *tick;
};

enum
{
  PROP_0,
  PROP_CHANGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetRuleChangeRow, budget_rule_change_row, GTK_TYPE_BOX)

static BudgetExpense *
dup_expense (BudgetRuleChangeRow *self, BudgetRuleChange *change)
{
  return change != NULL ? g_object_ref (budget_rule_change_get_expense (change)) : NULL;
}

static BudgetCategory *
dup_new_category (BudgetRuleChangeRow *self, BudgetRuleChange *change)
{
  BudgetCategory *category = change != NULL ? budget_rule_change_get_category (change) : NULL;

  return category != NULL ? g_object_ref (category) : NULL;
}

static char *
describe_person (BudgetRuleChangeRow *self, BudgetRuleChange *change)
{
  BudgetUser *after = change != NULL ? budget_rule_change_get_user (change) : NULL;
  BudgetUser *before = NULL;

  if (after == NULL)
    return NULL;

  before = budget_expense_get_user (budget_rule_change_get_expense (change));
  if (before == NULL)
    return g_strdup_printf ("· %s", budget_user_get_name (after));

  /* Translators: whose an expense was, and whose it will be */
  return g_strdup_printf (_("· %1$s, now %2$s"), budget_user_get_name (before),
                             budget_user_get_name (after));
}

static char *
describe_change (BudgetRuleChangeRow *self,
                 const char *description,
                 const char *old_name,
                 gboolean has_new,
                 const char *new_name)
{
  /* Translators: said of a tick: a description, its category and its next category */
  return g_strdup_printf (_("%1$s, from %2$s to %3$s"), description, old_name,
                             has_new ? new_name : old_name);
}

static void
budget_rule_change_row_dispose (GObject *object)
{
  BudgetRuleChangeRow *self = BUDGET_RULE_CHANGE_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->change);

  G_OBJECT_CLASS (budget_rule_change_row_parent_class)->dispose (object);
}

static void
budget_rule_change_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetRuleChangeRow *self = BUDGET_RULE_CHANGE_ROW (object);

  switch (id)
    {
    case PROP_CHANGE:
      g_value_set_object (value, self->change);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_rule_change_row_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  BudgetRuleChangeRow *self = BUDGET_RULE_CHANGE_ROW (object);

  switch (id)
    {
    case PROP_CHANGE:
      budget_rule_change_row_set_change (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_rule_change_row_class_init (BudgetRuleChangeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_rule_change_row_dispose;
  object_class->get_property = budget_rule_change_row_get_property;
  object_class->set_property = budget_rule_change_row_set_property;

  properties[PROP_CHANGE] =
    g_param_spec_object ("change", NULL, NULL, BUDGET_TYPE_RULE_CHANGE,
                         (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BUDGET_TYPE_EXPENSE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rule-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleChangeRow, tick);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken", FALSE, 0);
  budget_ui_bind_closures (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_change);
  gtk_widget_class_bind_template_callback (widget_class, describe_person);
  gtk_widget_class_bind_template_callback (widget_class, dup_expense);
  gtk_widget_class_bind_template_callback (widget_class, dup_new_category);
}

static void
budget_rule_change_row_init (BudgetRuleChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "include", self->tick, "active", G_BINDING_BIDIRECTIONAL);
}

/**
 * budget_rule_change_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
budget_rule_change_row_new (void)
{
  return g_object_new (BUDGET_TYPE_RULE_CHANGE_ROW, NULL);
}

/**
 * budget_rule_change_row_set_change:
 * @self: a row
 * @change: (nullable): what it is to show, %NULL to let go of it
 */
void
budget_rule_change_row_set_change (BudgetRuleChangeRow *self, BudgetRuleChange *change)
{
  g_return_if_fail (BUDGET_IS_RULE_CHANGE_ROW (self));
  g_return_if_fail (change == NULL || BUDGET_IS_RULE_CHANGE (change));

  if (!g_set_object (&self->change, change))
    return;

  g_binding_group_set_source (self->bindings, change);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGE]);
}
