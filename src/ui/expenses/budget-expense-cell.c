/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category.h"
#include "budget-color-dot.h"
#include "budget-expense-cell.h"
#include "budget-ui-text.h"
#include "budget-user.h"

#include <glib/gi18n.h>

/**
 * BudgetExpenseCell:
 *
 * One field of one expense in the list, kept as the expense is.
 *
 * On a narrow window the description says the category and the person below
 * itself, because their columns are gone.
 */

struct _BudgetExpenseCell
{
  GtkBox parent_instance;

  BudgetExpenseField field;
  char *currency;
  guint position;
  gboolean is_compact;

  BudgetExpense *expense;
  BudgetCategory *category;
  BudgetUser *user;

  GtkWidget *dot;
  GtkLabel *label;
  GtkWidget *details;
  GtkWidget *details_dot;
  GtkLabel *details_label;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_EXPENSE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetExpenseCell, budget_expense_cell, GTK_TYPE_BOX)

static const char *
get_category_name (BudgetExpenseCell *self)
{
  return self->category != NULL ? budget_category_get_name (self->category) : "";
}

static const char *
get_user_name (BudgetExpenseCell *self)
{
  return self->user != NULL ? budget_user_get_name (self->user) : "";
}

static const char *
get_color (BudgetExpenseCell *self)
{
  return self->category != NULL ? budget_category_get_color (self->category) : NULL;
}

static void
show_date (BudgetExpenseCell *self)
{
  const GDate *date = budget_expense_get_date (self->expense);
  g_autofree char *text = NULL;
  g_autofree char *full = NULL;

  if (date != NULL)
    {
      text = budget_ui_format_date (date, BUDGET_UI_DATE_SHORT);
      full = budget_ui_format_date (date, BUDGET_UI_DATE_FULL);
    }
  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), full);
}

/* The row that the cell is in says the whole expense to a screen reader. */
static void
label_row (BudgetExpenseCell *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  const GDate *date = budget_expense_get_date (self->expense);
  g_autofree char *amount =
    budget_ui_format_amount (budget_expense_get_amount (self->expense), self->currency);
  g_autofree char *day = date != NULL ? budget_ui_format_date (date, BUDGET_UI_DATE_FULL) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;

  /* Translators: said of a row: description, amount, category, person, day */
  text = g_strdup_printf (
    _("%1$s, %2$s, %3$s, %4$s, %5$s"), budget_expense_get_description (self->expense), amount,
       get_category_name (self), get_user_name (self), day != NULL ? day : "");
  budget_ui_set_label (row, text);
}

static void
show_description (BudgetExpenseCell *self)
{
  label_row (self);
  gtk_label_set_label (self->label, budget_expense_get_description (self->expense));
  gtk_widget_set_visible (self->details, self->is_compact);

  if (self->is_compact)
    {
      /* Translators: the category and the person of an expense, on one line */
      g_autofree char *details =
        g_strdup_printf (_("%1$s · %2$s"), get_category_name (self), get_user_name (self));

      gtk_label_set_label (self->details_label, details);
      budget_color_dot_set_color (BUDGET_COLOR_DOT (self->details_dot), get_color (self));
    }
}

static void
show_amount (BudgetExpenseCell *self)
{
  gint64 amount = budget_expense_get_amount (self->expense);
  g_autofree char *text = budget_ui_format_amount (amount, self->currency);

  gtk_label_set_label (self->label, text);
  if (amount < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "success");
}

static void
update (BudgetExpenseCell *self)
{
  if (self->expense == NULL)
    return;

  switch (self->field)
    {
    case BUDGET_EXPENSE_FIELD_DATE:
      show_date (self);
      break;

    case BUDGET_EXPENSE_FIELD_DESCRIPTION:
      show_description (self);
      break;

    case BUDGET_EXPENSE_FIELD_CATEGORY:
      gtk_label_set_label (self->label, get_category_name (self));
      budget_color_dot_set_color (BUDGET_COLOR_DOT (self->dot), get_color (self));
      break;

    case BUDGET_EXPENSE_FIELD_PERSON:
      gtk_label_set_label (self->label, get_user_name (self));
      break;

    case BUDGET_EXPENSE_FIELD_AMOUNT:
      show_amount (self);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
watch (BudgetExpenseCell *self, gpointer *watched, gpointer object)
{
  if (*watched == object)
    return;

  if (*watched != NULL)
    g_signal_handlers_disconnect_by_func (*watched, update, self);
  g_set_object (watched, object);
  if (object != NULL)
    g_signal_connect_swapped (object, "notify", G_CALLBACK (update), self);
}

static void
on_expense_notify (BudgetExpenseCell *self)
{
  gboolean has_category =
    self->field == BUDGET_EXPENSE_FIELD_CATEGORY || self->field == BUDGET_EXPENSE_FIELD_DESCRIPTION;
  gboolean has_user =
    self->field == BUDGET_EXPENSE_FIELD_PERSON || self->field == BUDGET_EXPENSE_FIELD_DESCRIPTION;
  BudgetExpense *expense = self->expense;

  watch (self, (gpointer *) &self->category,
         expense != NULL && has_category ? budget_expense_get_category (expense) : NULL);
  watch (self, (gpointer *) &self->user,
         expense != NULL && has_user ? budget_expense_get_user (expense) : NULL);
  update (self);
}

static void
budget_expense_cell_dispose (GObject *object)
{
  BudgetExpenseCell *self = BUDGET_EXPENSE_CELL (object);

  budget_expense_cell_set_expense (self, NULL);

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
          update (self);
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

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-expense-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, dot);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, label);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, details);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, details_dot);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseCell, details_label);
}

static void
budget_expense_cell_init (BudgetExpenseCell *self)
{
  g_type_ensure (BUDGET_TYPE_COLOR_DOT);

  self->position = GTK_INVALID_LIST_POSITION;
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
    {
      gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_NONE);
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
    }
  if (field == BUDGET_EXPENSE_FIELD_DATE || field == BUDGET_EXPENSE_FIELD_PERSON)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");

  return GTK_WIDGET (self);
}

/**
 * budget_expense_cell_get_expense:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): the expense that it shows a column of
 */
BudgetExpense *
budget_expense_cell_get_expense (BudgetExpenseCell *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_CELL (self), NULL);

  return self->expense;
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

  if (self->expense == expense)
    return;

  if (self->expense != NULL)
    g_signal_handlers_disconnect_by_func (self->expense, on_expense_notify, self);
  g_set_object (&self->expense, expense);
  if (expense != NULL)
    g_signal_connect_swapped (expense, "notify", G_CALLBACK (on_expense_notify), self);

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
 * Tells the cell its row, for a menu that is asked for on it.
 */
void
budget_expense_cell_set_position (BudgetExpenseCell *self, guint position)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_CELL (self));

  self->position = position;
}
