/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-color-dot.h"
#include "budget-rule-change-row.h"
#include "budget-ui-text.h"

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

  GBinding *binding;

  GtkWidget *tick;
  GtkLabel *title;
  GtkLabel *date;
  GtkWidget *old_dot;
  GtkLabel *old_name;
  GtkWidget *arrow;
  GtkWidget *new_dot;
  GtkLabel *new_name;
  GtkLabel *person;
};

G_DEFINE_FINAL_TYPE (BudgetRuleChangeRow, budget_rule_change_row, GTK_TYPE_BOX)

static void
show_category (GtkWidget *dot, GtkLabel *label, BudgetCategory *category)
{
  budget_color_dot_set_color (BUDGET_COLOR_DOT (dot),
                              category != NULL ? budget_category_get_color (category) : NULL);
  gtk_label_set_label (label, category != NULL ? budget_category_get_name (category) : "");
}

static char *
describe_person (BudgetRuleChange *change)
{
  BudgetUser *before = budget_expense_get_user (budget_rule_change_get_expense (change));
  BudgetUser *after = budget_rule_change_get_user (change);

  if (after == NULL)
    return g_strdup ("");

  if (before == NULL)
    return g_strdup_printf ("· %s", budget_user_get_name (after));

  /* Translators: whose an expense was, and whose it will be */
  return g_strdup_printf (_("· %1$s, now %2$s"), budget_user_get_name (before),
                             budget_user_get_name (after));
}

static void
show (BudgetRuleChangeRow *self, BudgetRuleChange *change)
{
  BudgetExpense *expense = budget_rule_change_get_expense (change);
  BudgetCategory *before = budget_expense_get_category (expense);
  BudgetCategory *after = budget_rule_change_get_category (change);
  const char *description = budget_expense_get_description (expense);
  const GDate *day = budget_expense_get_date (expense);
  g_autofree char *date = day != NULL ? budget_ui_format_date (day, BUDGET_UI_DATE_SHORT) : NULL;
  g_autofree char *person = describe_person (change);
  g_autofree char *label = NULL;

  gtk_label_set_label (self->title, description != NULL ? description : "");
  gtk_label_set_label (self->date, date != NULL ? date : "");
  gtk_label_set_label (self->person, person);
  gtk_widget_set_visible (GTK_WIDGET (self->person), *person != '\0');
  show_category (self->old_dot, self->old_name, before);
  show_category (self->new_dot, self->new_name, after);
  gtk_widget_set_visible (self->arrow, after != NULL);
  gtk_widget_set_visible (self->new_dot, after != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->new_name), after != NULL);

  /* Translators: said of a tick: a description, its category and its next category */
  label =
    g_strdup_printf (_("%1$s, from %2$s to %3$s"), description != NULL ? description : "",
                        gtk_label_get_label (self->old_name),
                        gtk_label_get_label (after != NULL ? self->new_name : self->old_name));
  budget_ui_set_label (self->tick, label);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetRuleChangeRow, child)

static void
budget_rule_change_row_class_init (BudgetRuleChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rule-change-row.ui");
  BIND (arrow);
  BIND (date);
  BIND (new_dot);
  BIND (new_name);
  BIND (old_dot);
  BIND (old_name);
  BIND (person);
  BIND (tick);
  BIND (title);
}

static void
budget_rule_change_row_init (BudgetRuleChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  if (self->binding != NULL)
    g_binding_unbind (self->binding);
  self->binding = NULL;

  if (change == NULL)
    return;

  show (self, change);
  self->binding = g_object_bind_property (change, "include", self->tick, "active",
                                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}
