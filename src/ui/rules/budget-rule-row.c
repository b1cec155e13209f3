/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-row.h"
#include "budget-ui-closures.h"

#include <glib/gi18n.h>

/**
 * BudgetRuleRow:
 *
 * A rule of the list: its words and its category. The row changes nothing
 * itself: it activates the actions `rules.…` of its dialog.
 */

struct _BudgetRuleRow
{
  AdwActionRow parent_instance;

  BudgetRule *rule;

  GtkSwitch *enabled_switch;
  GtkMenuButton *menu_button;
  GMenuModel *menu;
};

enum
{
  PROP_0,
  PROP_RULE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetRuleRow, budget_rule_row, ADW_TYPE_ACTION_ROW)

static const char *
get_match_text (BudgetRuleMatch match_kind)
{
  switch (match_kind)
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
describe_rule (GtkWidget *widget,
               const char *category,
               const char *user,
               BudgetRuleMatch match_kind,
               gboolean is_learned)
{
  GString *text = g_string_new (category);

  if (user != NULL && *user != '\0')
    g_string_append_printf (text, " · %s", user);
  g_string_append_printf (text, " · %s", get_match_text (match_kind));
  if (is_learned)
    /* Translators: said of a rule that was not made by hand */
    g_string_append_printf (text, " · %s", C_ ("rule", "learned"));

  return g_string_free (text, FALSE);
}

static char *
describe_switch (BudgetRuleRow *self, const char *pattern)
{
  /* Translators: said of the switch that turns a rule on; %s is what it looks for */
  return g_strdup_printf (_("Use the rule “%s”"), pattern != NULL ? pattern : "");
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

/* The switch always shows the rule's state, also if the change is refused. */
static void
on_switch_notify_active (BudgetRuleRow *self)
{
  gboolean is_active = gtk_switch_get_active (self->enabled_switch);

  if (is_active)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "off");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "off");

  if (self->rule == NULL || is_active == budget_rule_get_enabled (self->rule))
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "rules.toggle", "x",
                              orm_entity_get_id (ORM_ENTITY (self->rule)));
  gtk_switch_set_active (self->enabled_switch, budget_rule_get_enabled (self->rule));
}

/* Created when it is opened, because there may be hundreds of rules. */
static void
create_popup (GtkMenuButton *button, gpointer user_data)
{
  BudgetRuleRow *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->menu);
}

static GdkContentProvider *
on_drag_prepare (BudgetRuleRow *self, double x, double y, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 12, 12);
  return gdk_content_provider_new_typed (BUDGET_TYPE_RULE, self->rule);
}

/* Rows are transparent; a dragged one needs a background to be readable. */
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
budget_rule_row_dispose (GObject *object)
{
  BudgetRuleRow *self = BUDGET_RULE_ROW (object);

  g_clear_object (&self->rule);

  G_OBJECT_CLASS (budget_rule_row_parent_class)->dispose (object);
}

static void
budget_rule_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RULE:
      g_value_set_object (value, BUDGET_RULE_ROW (object)->rule);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
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

static void
budget_rule_row_class_init (BudgetRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_rule_row_dispose;
  G_OBJECT_CLASS (klass)->get_property = budget_rule_row_get_property;

  properties[PROP_RULE] =
    g_param_spec_object ("rule", NULL, NULL, BUDGET_TYPE_RULE,
                         (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  /**
   * BudgetRuleRow::dropped:
   * @self: the row
   * @rule: another rule, which was dropped on the row
   * @is_after: whether on its lower half
   */
  signals[SIGNAL_DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, BUDGET_TYPE_RULE, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleRow, enabled_switch);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleRow, menu);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleRow, menu_button);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken", FALSE, 0);
  budget_ui_bind_closures (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_rule);
  gtk_widget_class_bind_template_callback (widget_class, describe_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_end);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_notify_active);
  add_bindings (widget_class);
}

static void
budget_rule_row_init (BudgetRuleRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (BUDGET_TYPE_RULE, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup, self, NULL);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RULE]);

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
