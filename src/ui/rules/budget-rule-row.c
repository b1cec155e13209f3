/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-color-dot.h"
#include "budget-rule-row.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetRuleRow:
 *
 * One rule: what it looks for, and where that is filed. It has no means to
 * change anything: it uses the actions `rules.…` of the dialog that it is in.
 */

struct _BudgetRuleRow
{
  AdwActionRow parent_instance;

  BudgetRule *rule;
  GSignalGroup *category;
  gboolean is_showing;

  GtkWidget *dot;
  GtkWidget *handle;
  GtkSwitch *enabled_switch;
  GtkMenuButton *menu_button;
  GMenuModel *menu;
};

enum
{
  SIGNAL_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetRuleRow, budget_rule_row, ADW_TYPE_ACTION_ROW)

static const char *
get_match_text (BudgetRule *rule)
{
  switch (budget_rule_get_match_kind (rule))
    {
    case BUDGET_RULE_MATCH_STARTS_WITH:
      /* Translators: how a rule compares, in a list beside other facts */
      return C_ ("rule", "at the start");
    case BUDGET_RULE_MATCH_EQUALS:
      return C_ ("rule", "exactly");
    case BUDGET_RULE_MATCH_CONTAINS:
    default:
      return C_ ("rule", "anywhere");
    }
}

static char *
describe (BudgetRule *rule)
{
  BudgetCategory *category = budget_rule_get_category (rule);
  BudgetUser *user = budget_rule_get_user (rule);
  GString *text = g_string_new (category != NULL ? budget_category_get_name (category) : NULL);

  if (user != NULL)
    g_string_append_printf (text, " · %s", budget_user_get_name (user));
  g_string_append_printf (text, " · %s", get_match_text (rule));
  if (budget_rule_get_learned (rule))
    /* Translators: said of a rule that was not made by hand */
    g_string_append_printf (text, " · %s", C_ ("rule", "learned"));

  return g_string_free (text, FALSE);
}

static void
update (BudgetRuleRow *self)
{
  BudgetCategory *category = budget_rule_get_category (self->rule);
  const char *pattern = budget_rule_get_pattern (self->rule);
  gboolean is_enabled = budget_rule_get_enabled (self->rule);
  g_autofree char *details = describe (self->rule);
  g_autofree char *label = NULL;

  g_signal_group_set_target (self->category, category);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), pattern != NULL ? pattern : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), details);
  budget_color_dot_set_color (BUDGET_COLOR_DOT (self->dot),
                              category != NULL ? budget_category_get_color (category) : NULL);

  self->is_showing = TRUE;
  gtk_switch_set_active (self->enabled_switch, is_enabled);
  self->is_showing = FALSE;
  if (is_enabled)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "off");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "off");

  /* Translators: said of the switch that turns a rule on; %s is what it looks for */
  label = g_strdup_printf (_("Use the rule “%s”"), pattern != NULL ? pattern : "");
  budget_ui_set_label (self->enabled_switch, label);
}

static void
activate_with_id (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const actions[][2] = {
    { "rule-row.edit", "rules.edit" },
    { "rule-row.delete", "rules.delete" },
    { "rule-row.move-up", "rules.move-up" },
    { "rule-row.move-down", "rules.move-down" },
  };
  BudgetRuleRow *self = BUDGET_RULE_ROW (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i][0]))
      {
        gtk_widget_activate_action (widget, actions[i][1], "x",
                                    orm_entity_get_id (ORM_ENTITY (self->rule)));
        return;
      }
}

static void
on_switch_notify_active (BudgetRuleRow *self)
{
  if (self->is_showing || self->rule == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "rules.toggle", "x",
                              orm_entity_get_id (ORM_ENTITY (self->rule)));
  update (self);
}

/* Not before it is wanted: there may be hundreds of rules. */
static void
create_popup (GtkMenuButton *button, gpointer user_data)
{
  BudgetRuleRow *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->menu);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, BudgetRuleRow *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 12, 12);
  return gdk_content_provider_new_typed (BUDGET_TYPE_RULE, self->rule);
}

/* A row is as clear as glass; what is dragged has to be read on anything. */
static void
on_drag_begin (BudgetRuleRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
on_drag_end (BudgetRuleRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, BudgetRuleRow *self)
{
  BudgetRule *rule = g_value_get_object (value);

  if (rule == NULL || rule == self->rule)
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, rule,
                 y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  return TRUE;
}

static void
add_controllers (BudgetRuleRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (BUDGET_TYPE_RULE, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (on_drag_end), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
budget_rule_row_dispose (GObject *object)
{
  BudgetRuleRow *self = BUDGET_RULE_ROW (object);

  g_clear_object (&self->category);
  g_clear_object (&self->rule);

  G_OBJECT_CLASS (budget_rule_row_parent_class)->dispose (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "rule-row.edit", NULL, activate_with_id);
  gtk_widget_class_install_action (widget_class, "rule-row.delete", NULL, activate_with_id);
  gtk_widget_class_install_action (widget_class, "rule-row.move-up", NULL, activate_with_id);
  gtk_widget_class_install_action (widget_class, "rule-row.move-down", NULL, activate_with_id);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "rule-row.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "rule-row.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "rule-row.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                       "rule-row.move-down", NULL);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetRuleRow, child)

static void
budget_rule_row_class_init (BudgetRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_rule_row_dispose;

  /**
   * BudgetRuleRow::dropped:
   * @self: the row
   * @rule: another rule, which was dropped on the row
   * @is_after: whether on its lower half
   */
  signals[SIGNAL_DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, BUDGET_TYPE_RULE, G_TYPE_BOOLEAN);

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rule-row.ui");
  BIND (dot);
  BIND (enabled_switch);
  BIND (handle);
  BIND (menu);
  BIND (menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_notify_active);
  add_bindings (widget_class);
}

static void
budget_rule_row_init (BudgetRuleRow *self)
{
  self->category = g_signal_group_new (BUDGET_TYPE_CATEGORY);
  g_signal_group_connect_swapped (self->category, "notify", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup, self, NULL);
  add_controllers (self);
}

/**
 * budget_rule_row_new:
 * @rule: a rule
 *
 * Returns: (transfer floating): a row that shows the rule as it is at any time
 */
GtkWidget *
budget_rule_row_new (BudgetRule *rule)
{
  BudgetRuleRow *self;

  g_return_val_if_fail (BUDGET_IS_RULE (rule), NULL);

  self = g_object_new (BUDGET_TYPE_RULE_ROW, NULL);
  self->rule = g_object_ref (rule);
  g_signal_connect_object (rule, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * budget_rule_row_get_rule:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the rule that it shows
 */
BudgetRule *
budget_rule_row_get_rule (BudgetRuleRow *self)
{
  g_return_val_if_fail (BUDGET_IS_RULE_ROW (self), NULL);

  return self->rule;
}
