/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-row.h"
#include "budget-color-dot.h"
#include "budget-money.h"
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

  GtkWidget *dot;
  GtkLabel *name;
  GtkLabel *amount;
  GtkLabel *share;
  GtkWidget *mark;
};

enum
{
  PROP_0,
  PROP_LIT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetCategoryRow, budget_category_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (BudgetCategoryRow *self)
{
  const char *name = budget_category_total_get_name (self->total);
  gint64 total = budget_category_total_get_total (self->total);
  guint64 count = budget_category_total_get_count (self->total);
  g_autofree char *amount = budget_ui_format_amount (total, self->currency);
  g_autofree char *percent = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: a share of the whole: “42 %” */
  percent = self->percent > 0 ? g_strdup_printf (_("%d %%"), self->percent) : g_strdup ("");
  tooltip =
    g_strdup_printf (ngettext ("%'u expense", "%'u expenses", (gulong) count), (guint) count);
  /* Translators: said of a category’s row: name, amount, share */
  spoken = g_strdup_printf (_("%1$s, %2$s, %3$s"), name, amount, percent);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->share, percent);
  gtk_widget_set_visible (GTK_WIDGET (self->share), self->percent > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  budget_color_dot_set_color (BUDGET_COLOR_DOT (self->dot),
                              budget_category_total_get_color (self->total));
  budget_ui_set_label (self, spoken);
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
  switch (id)
    {
    case PROP_LIT:
      g_value_set_boolean (value, gtk_widget_has_css_class (GTK_WIDGET (object), "lit"));
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

  /**
   * BudgetCategoryRow:lit:
   *
   * Whether the row stands out, because its slice of the chart does.
   */
  properties[PROP_LIT] =
    g_param_spec_boolean ("lit", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-category-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, dot);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, name);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, share);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryRow, mark);

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
  g_signal_connect_object (total, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

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
  update (self);
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
