/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category.h"
#include "budget-expense-cell.h"
#include "budget-ui-closures.h"
#include "budget-ui-text.h"
#include "budget-user.h"

#include <glib/gi18n.h>

/**
 * BudgetExpenseCell:
 *
 * One field of one expense in the list.
 *
 * In a narrow window the description also shows the category and the person,
 * whose columns are hidden.
 */

struct _BudgetExpenseCell
{
  GtkBox parent_instance;

  BudgetExpenseField field;
  char *currency;
  guint position;
  gboolean is_compact;

  BudgetExpense *expense;
  guint revision;
  GSignalGroup *expense_signals;
  GSignalGroup *category_signals;
  GSignalGroup *user_signals;

  GtkWidget *dot;
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_EXPENSE,
  PROP_REVISION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetExpenseCell, budget_expense_cell, GTK_TYPE_BOX)

static gboolean
has_category (BudgetExpenseCell *self)
{
  return self->field == BUDGET_EXPENSE_FIELD_CATEGORY ||
         self->field == BUDGET_EXPENSE_FIELD_DESCRIPTION;
}

static gboolean
has_user (BudgetExpenseCell *self)
{
  return self->field == BUDGET_EXPENSE_FIELD_PERSON ||
         self->field == BUDGET_EXPENSE_FIELD_DESCRIPTION;
}

static const char *
get_category_name (BudgetExpenseCell *self)
{
  BudgetCategory *category = budget_expense_get_category (self->expense);
  const char *name = category != NULL ? budget_category_get_name (category) : NULL;

  return name != NULL ? name : "";
}

static const char *
get_user_name (BudgetExpenseCell *self)
{
  BudgetUser *user = budget_expense_get_user (self->expense);
  const char *name = user != NULL ? budget_user_get_name (user) : NULL;

  return name != NULL ? name : "";
}

static char *
format_date (BudgetExpenseCell *self, BudgetUiDateStyle style)
{
  const GDate *date = budget_expense_get_date (self->expense);

  return date != NULL ? budget_ui_format_date (date, style) : g_strdup ("");
}

static char *
format_amount (BudgetExpenseCell *self)
{
  return budget_ui_format_amount (budget_expense_get_amount (self->expense), self->currency);
}

static char *
format_field (BudgetExpenseCell *self)
{
  if (self->expense == NULL)
    return NULL;

  switch (self->field)
    {
    case BUDGET_EXPENSE_FIELD_DATE:
      return format_date (self, BUDGET_UI_DATE_SHORT);

    case BUDGET_EXPENSE_FIELD_DESCRIPTION:
      return g_strdup (budget_expense_get_description (self->expense));

    case BUDGET_EXPENSE_FIELD_CATEGORY:
      return g_strdup (get_category_name (self));

    case BUDGET_EXPENSE_FIELD_PERSON:
      return g_strdup (get_user_name (self));

    case BUDGET_EXPENSE_FIELD_AMOUNT:
      return format_amount (self);

    default:
      g_return_val_if_reached (NULL);
    }
}

static GStrv
dup_classes (BudgetExpenseCell *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->field == BUDGET_EXPENSE_FIELD_AMOUNT || self->field == BUDGET_EXPENSE_FIELD_DATE)
    g_strv_builder_add (builder, "numeric");
  if (self->field == BUDGET_EXPENSE_FIELD_DATE || self->field == BUDGET_EXPENSE_FIELD_PERSON)
    g_strv_builder_add (builder, "dim-label");
  if (self->field == BUDGET_EXPENSE_FIELD_AMOUNT && self->expense != NULL &&
      budget_expense_get_amount (self->expense) < 0)
    g_strv_builder_add (builder, "success");

  return g_strv_builder_end (builder);
}

static char *
dup_color (BudgetExpenseCell *self)
{
  BudgetCategory *category = NULL;

  if (self->expense != NULL && has_category (self))
    category = budget_expense_get_category (self->expense);

  return category != NULL ? g_strdup (budget_category_get_color (category)) : NULL;
}

static gboolean
has_details (BudgetExpenseCell *self, gboolean is_compact)
{
  return is_compact && self->field == BUDGET_EXPENSE_FIELD_DESCRIPTION;
}

static char *
describe_details (BudgetExpenseCell *self, gboolean is_compact)
{
  if (self->expense == NULL || !has_details (self, is_compact))
    return NULL;

  /* Translators: the category and the person of an expense, on one line */
  return g_strdup_printf (_("%1$s · %2$s"), get_category_name (self), get_user_name (self));
}

/* A screen reader says the whole expense for the row. */
static char *
describe_expense (BudgetExpenseCell *self)
{
  g_autofree char *amount = NULL;
  g_autofree char *day = NULL;

  if (self->expense == NULL || self->field != BUDGET_EXPENSE_FIELD_DESCRIPTION)
    return NULL;

  amount = format_amount (self);
  day = format_date (self, BUDGET_UI_DATE_FULL);
  /* Translators: said of a row: description, amount, category, person, day */
  return g_strdup_printf (_("%1$s, %2$s, %3$s, %4$s, %5$s"),
                             budget_expense_get_description (self->expense), amount,
                             get_category_name (self), get_user_name (self), day);
}

static void
notify_revision (BudgetExpenseCell *self)
{
  self->revision++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
}

static void
on_expense_notify (BudgetExpenseCell *self)
{
  if (has_category (self))
    g_signal_group_set_target (self->category_signals, budget_expense_get_category (self->expense));
  if (has_user (self))
    g_signal_group_set_target (self->user_signals, budget_expense_get_user (self->expense));
  notify_revision (self);
}

/* Only when it is asked for: a tooltip that is set makes GTK ask the display where the pointer is.
 */
static gboolean
on_query_tooltip (BudgetExpenseCell *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *day = NULL;

  if (self->expense == NULL || self->field != BUDGET_EXPENSE_FIELD_DATE)
    return FALSE;

  day = format_date (self, BUDGET_UI_DATE_FULL);
  gtk_tooltip_set_text (tooltip, day);

  return TRUE;
}

static void
budget_expense_cell_dispose (GObject *object)
{
  BudgetExpenseCell *self = BUDGET_EXPENSE_CELL (object);

  g_clear_object (&self->expense_signals);
  g_clear_object (&self->category_signals);
  g_clear_object (&self->user_signals);
  g_clear_object (&self->expense);

  G_OBJECT_CLASS (budget_expense_cell_parent_class)->dispose (object);
}

static void
budget_expense_cell_finalize (GObject *object)
{
  g_free (BUDGET_EXPENSE_CELL (object)->currency);

  G_OBJECT_CLASS (budget_expense_cell_parent_class)->finalize (object);
}

static void
budget_expense_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetExpenseCell *self = BUDGET_EXPENSE_CELL (object);

  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->is_compact);
      break;

    case PROP_EXPENSE:
      g_value_set_object (value, self->expense);
      break;

    case PROP_REVISION:
      g_value_set_uint (value, self->revision);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_expense_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetExpenseCell *self = BUDGET_EXPENSE_CELL (object);

  switch (id)
    {
    case PROP_COMPACT:
      if (self->is_compact != g_value_get_boolean (value))
        {
          self->is_compact = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    case PROP_EXPENSE:
      budget_expense_cell_set_expense (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_expense_cell_class_init (BudgetExpenseCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_expense_cell_dispose;
  object_class->finalize = budget_expense_cell_finalize;
  object_class->get_property = budget_expense_cell_get_property;
  object_class->set_property = budget_expense_cell_set_property;

  /**
   * BudgetExpenseCell:compact:
   *
   * Whether the category and the person have no columns of their own.
   */
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  properties[PROP_EXPENSE] =
    g_param_spec_object ("expense", NULL, NULL, BUDGET_TYPE_EXPENSE,
                         (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * BudgetExpenseCell:revision:
   *
   * Changes whenever the expense, its category or its person does. A binding
   * that looked up each of these would be evaluated once for each when a cell
   * is used for another expense, which shows while a long list is scrolled.
   */
  properties[PROP_REVISION] =
    g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0,
                       (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-expense-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, dot);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, label);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken", FALSE, 0);
  budget_ui_bind_closures (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_details);
  gtk_widget_class_bind_template_callback (widget_class, describe_expense);
  gtk_widget_class_bind_template_callback (widget_class, dup_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_color);
  gtk_widget_class_bind_template_callback (widget_class, format_field);
  gtk_widget_class_bind_template_callback (widget_class, has_details);
  gtk_widget_class_bind_template_callback (widget_class, on_query_tooltip);
}

static GSignalGroup *
create_group (BudgetExpenseCell *self, GType type, GCallback callback)
{
  GSignalGroup *group = g_signal_group_new (type);

  g_signal_group_connect_swapped (group, "notify", callback, self);

  return group;
}

static void
budget_expense_cell_init (BudgetExpenseCell *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  self->expense_signals = create_group (self, BUDGET_TYPE_EXPENSE, G_CALLBACK (on_expense_notify));
  self->category_signals = create_group (self, BUDGET_TYPE_CATEGORY, G_CALLBACK (notify_revision));
  self->user_signals = create_group (self, BUDGET_TYPE_USER, G_CALLBACK (notify_revision));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
budget_expense_cell_new (BudgetExpenseField field, const char *currency)
{
  BudgetExpenseCell *self = g_object_new (BUDGET_TYPE_EXPENSE_CELL, NULL);

  self->field = field;
  self->currency = g_strdup (currency);
  gtk_widget_set_visible (self->dot, field == BUDGET_EXPENSE_FIELD_CATEGORY);

  if (field == BUDGET_EXPENSE_FIELD_AMOUNT)
    gtk_widget_set_halign (GTK_WIDGET (self->label), GTK_ALIGN_END);
  if (field == BUDGET_EXPENSE_FIELD_AMOUNT || field == BUDGET_EXPENSE_FIELD_DATE)
    gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_NONE);

  return GTK_WIDGET (self);
}

/**
 * budget_expense_cell_set_expense:
 * @self: a cell
 * @expense: (nullable): an expense
 *
 * Shows another expense, and follows its changes.
 */
void
budget_expense_cell_set_expense (BudgetExpenseCell *self, BudgetExpense *expense)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_CELL (self));
  g_return_if_fail (expense == NULL || BUDGET_IS_EXPENSE (expense));

  if (!g_set_object (&self->expense, expense))
    return;

  g_signal_group_set_target (self->expense_signals, expense);
  if (expense != NULL)
    on_expense_notify (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPENSE]);
}

/**
 * budget_expense_cell_get_position:
 * @self: a cell
 *
 * Returns: the row's position in the list, or %GTK_INVALID_LIST_POSITION
 */
guint
budget_expense_cell_get_position (BudgetExpenseCell *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_CELL (self), GTK_INVALID_LIST_POSITION);

  return self->position;
}

/**
 * budget_expense_cell_set_position:
 * @self: a cell
 * @position: where in the list its row is
 *
 * Tells the cell its position, for the context menu of its row.
 */
void
budget_expense_cell_set_position (BudgetExpenseCell *self, guint position)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_CELL (self));

  self->position = position;
}
