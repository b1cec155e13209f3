/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-row.h"
#include "budget-ui-closures.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetCategoryRow:
 *
 * What was spent on one category: a row of the summary and, with its dot, an
 * entry of the chart's legend.
 */

struct _BudgetCategoryRow
{
  GtkListBoxRow parent_instance;

  BudgetCategoryTotal *total;
  char *currency;
  int percent; /* as the chart has rounded it; 0 is not shown */

  GtkWidget *mark;
};

enum
{
  PROP_0,
  PROP_LIT,
  PROP_PERCENT,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetCategoryRow, budget_category_row, GTK_TYPE_LIST_BOX_ROW)

static char *
format_amount (BudgetCategoryRow *self, gint64 amount)
{
  return budget_ui_format_amount (amount, self->currency);
}

static char *
format_percent (BudgetCategoryRow *self, int percent)
{
  /* Translators: a share of the whole: “42%” */
  return percent > 0 ? g_strdup_printf (_("%d%%"), percent) : NULL;
}

static char *
describe_count (BudgetCategoryRow *self, guint64 count)
{
  return g_strdup_printf (ngettext ("%'u expense", "%'u expenses", (gulong) count), (guint) count);
}

static char *
describe_row (BudgetCategoryRow *self, const char *name, const char *amount, const char *percent)
{
  /* Translators: said of a category’s row: name, amount, share */
  return g_strdup_printf (_("%1$s, %2$s, %3$s"), name, amount, percent);
}

static void
set_lit (BudgetCategoryRow *self, gboolean is_lit)
{
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "lit") == is_lit)
    return;

  if (is_lit)
    gtk_widget_add_css_class (GTK_WIDGET (self), "lit");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "lit");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIT]);
}

static void
activate_with_id (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetCategoryRow *self = BUDGET_CATEGORY_ROW (widget);
  BudgetCategory *category = budget_category_total_get_category (self->total);
  const char *action =
    g_str_equal (name, "category-row.edit") ? "win.edit-category" : "win.delete-category";

  gtk_widget_activate_action (widget, action, "x", orm_entity_get_id (ORM_ENTITY (category)));
}

static void
budget_category_row_dispose (GObject *object)
{
  BudgetCategoryRow *self = BUDGET_CATEGORY_ROW (object);

  g_clear_object (&self->total);

  G_OBJECT_CLASS (budget_category_row_parent_class)->dispose (object);
}

static void
budget_category_row_finalize (GObject *object)
{
  g_free (BUDGET_CATEGORY_ROW (object)->currency);

  G_OBJECT_CLASS (budget_category_row_parent_class)->finalize (object);
}

static void
budget_category_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetCategoryRow *self = BUDGET_CATEGORY_ROW (object);

  switch (id)
    {
    case PROP_LIT:
      g_value_set_boolean (value, gtk_widget_has_css_class (GTK_WIDGET (object), "lit"));
      break;

    case PROP_PERCENT:
      g_value_set_int (value, self->percent);
      break;

    case PROP_TOTAL:
      g_value_set_object (value, self->total);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_category_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetCategoryRow *self = BUDGET_CATEGORY_ROW (object);

  switch (id)
    {
    case PROP_PERCENT:
      budget_category_row_set_percent (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_category_row_class_init (BudgetCategoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_category_row_dispose;
  object_class->finalize = budget_category_row_finalize;
  object_class->get_property = budget_category_row_get_property;
  object_class->set_property = budget_category_row_set_property;

  /**
   * BudgetCategoryRow:lit:
   *
   * Whether the row stands out, because its slice of the chart does.
   */
  properties[PROP_LIT] =
    g_param_spec_boolean ("lit", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * BudgetCategoryRow:percent:
   *
   * The category's share of the whole, 0 if it is not shown.
   */
  properties[PROP_PERCENT] =
    g_param_spec_int ("percent", NULL, NULL, 0, 100, 0,
                      (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  properties[PROP_TOTAL] =
    g_param_spec_object ("total", NULL, NULL, BUDGET_TYPE_CATEGORY_TOTAL,
                         (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-category-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, mark);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken", FALSE, 0);
  budget_ui_bind_closures (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_count);
  gtk_widget_class_bind_template_callback (widget_class, describe_row);
  gtk_widget_class_bind_template_callback (widget_class, format_amount);
  gtk_widget_class_bind_template_callback (widget_class, format_percent);

  gtk_widget_class_install_action (widget_class, "category-row.edit", NULL, activate_with_id);
  gtk_widget_class_install_action (widget_class, "category-row.delete", NULL, activate_with_id);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "category-row.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "category-row.delete",
                                       NULL);
}

static void
budget_category_row_init (BudgetCategoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
budget_category_row_new (BudgetCategoryTotal *total, const char *currency)
{
  BudgetCategoryRow *self = NULL;

  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (total), NULL);

  self = g_object_new (BUDGET_TYPE_CATEGORY_ROW, NULL);
  self->total = g_object_ref (total);
  self->currency = g_strdup (currency);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);

  return GTK_WIDGET (self);
}

/**
 * budget_category_row_get_total:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the category's total that it shows
 */
BudgetCategoryTotal *
budget_category_row_get_total (BudgetCategoryRow *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_ROW (self), NULL);

  return self->total;
}

/**
 * budget_category_row_set_percent:
 * @self: a row
 * @percent: the category's share of the whole
 */
void
budget_category_row_set_percent (BudgetCategoryRow *self, int percent)
{
  g_return_if_fail (BUDGET_IS_CATEGORY_ROW (self));

  if (self->percent == percent)
    return;

  self->percent = percent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERCENT]);
}

/**
 * budget_category_row_light:
 * @self: a row
 *
 * Shows that the pointer or the focus is on the slice of its category.
 */
void
budget_category_row_light (BudgetCategoryRow *self)
{
  g_return_if_fail (BUDGET_IS_CATEGORY_ROW (self));

  set_lit (self, TRUE);
}

/**
 * budget_category_row_unlight:
 * @self: a row
 *
 * Takes budget_category_row_light() back.
 */
void
budget_category_row_unlight (BudgetCategoryRow *self)
{
  g_return_if_fail (BUDGET_IS_CATEGORY_ROW (self));

  set_lit (self, FALSE);
}

/**
 * budget_category_row_set_chosen:
 * @self: a row
 * @chosen: (nullable): the category that the list is filtered by
 *
 * Marks the row if it is the one, and greys it if another is.
 */
void
budget_category_row_set_chosen (BudgetCategoryRow *self, BudgetCategory *chosen)
{
  gboolean is_chosen = FALSE;

  g_return_if_fail (BUDGET_IS_CATEGORY_ROW (self));

  is_chosen = chosen != NULL && chosen == budget_category_total_get_category (self->total);
  gtk_widget_set_visible (self->mark, is_chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_chosen, -1);
  if (chosen != NULL && !is_chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "other");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "other");
}
