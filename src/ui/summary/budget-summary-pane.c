/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-bar-chart.h"
#include "budget-category-row.h"
#include "budget-donut-chart.h"
#include "budget-money.h"
#include "budget-month-totals.h"
#include "budget-summary-pane.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetSummaryPane:
 *
 * Where the money went in the period: a ring with a slice for each category,
 * the categories as its legend, and the months before as bars.
 *
 * Pointing at a row or moving the focus to it lights its slice, and the other
 * way round; activating either shows only that category's expenses.
 */

struct _BudgetSummaryPane
{
  GtkBox parent_instance;

  BudgetBook *book;
  BudgetFilter *filter;
  BudgetSummary *summary;
  BudgetMonthTotals *months;
  GtkFilterListModel *spent; /* the slices */
  GtkFilterListModel *received;
  gboolean is_folded;

  BudgetPeriodSwitcher *period_switcher;
  BudgetPeriodSwitcher *folded_period_switcher;
  GtkMenuButton *person_button;
  BudgetChart *donut;
  BudgetChart *bars;
  GtkWidget *bars_box;
  GtkListBox *rows;
  GtkWidget *received_box;
  GtkListBox *received_rows;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetSummaryPane, budget_summary_pane, GTK_TYPE_BOX)

static char *
format_money (gint64 value, gpointer user_data)
{
  return budget_money_format (value, user_data);
}

static BudgetCategoryRow *
get_row (BudgetSummaryPane *self, guint position)
{
  return (BudgetCategoryRow *) gtk_list_box_get_row_at_index (self->rows, position);
}

/* The ring rounds its shares so that they make a hundred; its legend says the same. The rows come
 * and go before or after the slices, so they are told apart by what they stand for. */
static void
show_percent (BudgetSummaryPane *self, BudgetCategoryRow *row)
{
  BudgetChartSeries *series = budget_chart_get_series (self->donut);
  guint position = budget_chart_series_find (series, budget_category_row_get_total (row));

  if (position < budget_chart_series_get_n_items (series))
    budget_category_row_set_percent (
      row, budget_donut_chart_get_percent (BUDGET_DONUT_CHART (self->donut), position));
}

static void
on_series_changed (BudgetSummaryPane *self)
{
  BudgetCategoryRow *row = NULL;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    show_percent (self, row);
}

static void
on_donut_notify_highlighted (BudgetSummaryPane *self)
{
  guint lit = budget_chart_get_highlighted (self->donut);
  gboolean is_other = FALSE;
  g_autoptr (GtkBitset) folded = NULL;
  BudgetCategoryRow *row = NULL;

  g_object_get (self->donut, "other-highlighted", &is_other, NULL);
  if (is_other)
    folded = budget_donut_chart_dup_folded (BUDGET_DONUT_CHART (self->donut));

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (i == lit || (folded != NULL && gtk_bitset_contains (folded, i)))
      budget_category_row_light (row);
    else
      budget_category_row_unlight (row);
}

static void
on_row_pointed_at (BudgetSummaryPane *self, double x, double y, GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);

  budget_chart_set_highlighted (self->donut, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static void
on_row_focused (BudgetSummaryPane *self, GtkEventController *controller)
{
  on_row_pointed_at (self, 0, 0, controller);
}

static void
on_row_left (BudgetSummaryPane *self)
{
  budget_chart_set_highlighted (self->donut, GTK_INVALID_LIST_POSITION);
}

static GtkWidget *
create_plain_row (gpointer item, gpointer user_data)
{
  BudgetSummaryPane *self = user_data;
  GtkWidget *row = budget_category_row_new (item, budget_book_get_currency (self->book));

  budget_category_row_set_chosen (BUDGET_CATEGORY_ROW (row),
                                  budget_filter_get_category (self->filter));

  return row;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  BudgetSummaryPane *self = user_data;
  GtkWidget *row = create_plain_row (item, user_data);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (on_row_pointed_at), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_row_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_row_focused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_row_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, motion);
  gtk_widget_add_controller (row, focus);
  show_percent (self, BUDGET_CATEGORY_ROW (row));

  return row;
}

static void
toggle_category (BudgetSummaryPane *self, BudgetCategory *category)
{
  if (budget_filter_get_category (self->filter) == category)
    {
      budget_filter_set_category (self->filter, NULL);
      return;
    }

  budget_filter_set_category (self->filter, category);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-expenses", NULL);
}

static void
on_donut_activate (BudgetSummaryPane *self, guint position)
{
  g_autoptr (BudgetCategoryTotal) total =
    g_list_model_get_item (G_LIST_MODEL (self->spent), position);

  if (total != NULL)
    toggle_category (self, budget_category_total_get_category (total));
}

static void
on_donut_activate_other (BudgetSummaryPane *self, GtkBitset *positions)
{
  BudgetCategoryRow *row = get_row (self, gtk_bitset_get_minimum (positions));

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_rows_row_activated (BudgetSummaryPane *self, GtkListBoxRow *row)
{
  BudgetCategoryTotal *total = budget_category_row_get_total (BUDGET_CATEGORY_ROW (row));

  toggle_category (self, budget_category_total_get_category (total));
}

static void
on_bars_activate (BudgetSummaryPane *self, guint position)
{
  g_autoptr (BudgetMonthTotal) total =
    g_list_model_get_item (G_LIST_MODEL (self->months), position);
  g_autoptr (BudgetPeriod) period = NULL;

  if (total == NULL)
    return;

  period = budget_period_new_month (budget_month_total_get_year (total),
                                    budget_month_total_get_month (total));
  budget_filter_set_period (self->filter, period);
}

/* While loading, show neither the figures of the previous period nor zero. */
static void
show_period (BudgetSummaryPane *self)
{
  gboolean is_loading = budget_summary_get_loading (self->summary);
  g_autofree char *label = budget_period_dup_label (budget_filter_get_period (self->filter));

  if (!is_loading)
    budget_chart_set_title (self->donut, label);
  gtk_widget_set_opacity (GTK_WIDGET (self->donut),
                          budget_summary_has_figures (self->summary) ? 1.0 : 0.0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->donut), GTK_ACCESSIBLE_STATE_BUSY, is_loading,
                               -1);
}

static void
on_filter_notify (BudgetSummaryPane *self)
{
  BudgetCategory *category = budget_filter_get_category (self->filter);
  BudgetUser *user = budget_filter_get_user (self->filter);
  g_autofree char *person = NULL;
  BudgetCategoryRow *row = NULL;
  GtkListBoxRow *other = NULL;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    budget_category_row_set_chosen (row, category);
  for (guint i = 0; (other = gtk_list_box_get_row_at_index (self->received_rows, i)) != NULL; i++)
    budget_category_row_set_chosen (BUDGET_CATEGORY_ROW (other), category);

  show_period (self);
  /* Translators: said of the button that chooses a person; %s is a name */
  person = user != NULL ? g_strdup_printf (_("Person: %s"), budget_user_get_name (user))
                        : g_strdup (_("Person: everyone"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->person_button), person);
  budget_ui_set_label (self->person_button, person);
  if (user != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->person_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->person_button), "accent");
}

/* A category's total may change its sign, and then moves to the other list. */
static void
on_summary_changed (BudgetSummaryPane *self)
{
  show_period (self);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->spent), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->received),
                      GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (GTK_WIDGET (self->rows),
                          g_list_model_get_n_items (G_LIST_MODEL (self->spent)) > 0);
  gtk_widget_set_visible (self->received_box,
                          g_list_model_get_n_items (G_LIST_MODEL (self->received)) > 0);
}

static gboolean
is_spent (gpointer item, gpointer user_data)
{
  return budget_category_total_get_total (item) > 0;
}

static gboolean
is_received (gpointer item, gpointer user_data)
{
  return budget_category_total_get_total (item) <= 0;
}

static GtkFilterListModel *
create_part (BudgetSummaryPane *self, GtkCustomFilterFunc func)
{
  return gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->summary)),
                                    GTK_FILTER (gtk_custom_filter_new (func, NULL, NULL)));
}

static void
on_months_changed (BudgetSummaryPane *self)
{
  guint n_months = g_list_model_get_n_items (G_LIST_MODEL (self->months));

  gtk_widget_set_visible (self->bars_box, n_months > 1);
}

static void
on_users_changed (BudgetSummaryPane *self)
{
  GListModel *users = budget_book_get_users (self->book);
  guint n_users = g_list_model_get_n_items (users);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) people = g_menu_new ();
  g_autoptr (GMenu) manage = g_menu_new ();

  g_menu_append (menu, _("Everyone"), "win.person(int64 0)");
  for (guint i = 0; i < n_users; i++)
    {
      g_autoptr (BudgetUser) user = g_list_model_get_item (users, i);
      g_autofree char *name = g_strdelimit (g_strdup (budget_user_get_name (user)), "_", ' ');
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "win.person", "x",
                                         orm_entity_get_id (ORM_ENTITY (user)));
      g_menu_append_item (people, item);
    }
  g_menu_append (manage, _("_Manage People…"), "win.people");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (manage));

  gtk_menu_button_set_menu_model (self->person_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->person_button), n_users > 1);
}

static void
set_expressions (BudgetChart *chart, GType type, const char *value, const char *label)
{
  BudgetChartSeries *series = budget_chart_get_series (chart);
  g_autoptr (GtkExpression) value_expression = gtk_property_expression_new (type, NULL, value);
  g_autoptr (GtkExpression) label_expression = gtk_property_expression_new (type, NULL, label);

  budget_chart_series_set_value_expression (series, value_expression);
  budget_chart_series_set_label_expression (series, label_expression);
}

/* The pane was disposed of, or shows another book. */
static void
stop_listening (BudgetSummaryPane *self)
{
  if (self->donut != NULL)
    g_signal_handlers_disconnect_by_data (budget_chart_get_series (self->donut), self);
  if (self->book == NULL)
    return;

  g_signal_handlers_disconnect_by_data (budget_book_get_users (self->book), self);
  g_signal_handlers_disconnect_by_data (self->filter, self);
  g_signal_handlers_disconnect_by_data (self->summary, self);
  g_signal_handlers_disconnect_by_data (self->months, self);
}

static void
budget_summary_pane_dispose (GObject *object)
{
  BudgetSummaryPane *self = BUDGET_SUMMARY_PANE (object);

  stop_listening (self);
  g_clear_object (&self->months);
  g_clear_object (&self->spent);
  g_clear_object (&self->received);
  g_clear_object (&self->summary);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_summary_pane_parent_class)->dispose (object);
}

static void
budget_summary_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, BUDGET_SUMMARY_PANE (object)->is_folded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_summary_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetSummaryPane *self = BUDGET_SUMMARY_PANE (object);

  switch (id)
    {
    case PROP_FOLDED:
      if (self->is_folded != g_value_get_boolean (value))
        {
          self->is_folded = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, period_switcher);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, person_button);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, donut);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, bars);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, bars_box);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, received_box);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, received_rows);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, folded_period_switcher);
  gtk_widget_class_bind_template_child (widget_class, BudgetSummaryPane, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_bars_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_donut_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_donut_activate_other);
  gtk_widget_class_bind_template_callback (widget_class, on_donut_notify_highlighted);
  gtk_widget_class_bind_template_callback (widget_class, on_rows_row_activated);
}

static void
budget_summary_pane_class_init (BudgetSummaryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_summary_pane_dispose;
  object_class->get_property = budget_summary_pane_get_property;
  object_class->set_property = budget_summary_pane_set_property;

  /**
   * BudgetSummaryPane:folded:
   *
   * Whether the pane has the window to itself, the list being behind it.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BUDGET_TYPE_BAR_CHART);
  g_type_ensure (BUDGET_TYPE_DONUT_CHART);
  g_type_ensure (BUDGET_TYPE_PERIOD_SWITCHER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-summary-pane.ui");
  bind_template (widget_class);
}

static void
budget_summary_pane_init (BudgetSummaryPane *self)
{
  g_autoptr (GtkExpression) color = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  set_expressions (self->donut, BUDGET_TYPE_CATEGORY_TOTAL, "total", "name");
  color = gtk_property_expression_new (BUDGET_TYPE_CATEGORY_TOTAL, NULL, "color");
  budget_chart_series_set_color_expression (budget_chart_get_series (self->donut), color);
  set_expressions (self->bars, BUDGET_TYPE_MONTH_TOTAL, "total", "label");
}

static void
set_format (BudgetSummaryPane *self, BudgetChart *chart)
{
  budget_chart_series_set_format (budget_chart_get_series (chart), format_money,
                                  g_strdup (budget_book_get_currency (self->book)), g_free);
}

static void
listen (BudgetSummaryPane *self)
{
  g_signal_connect_object (budget_chart_get_series (self->donut), "changed",
                           G_CALLBACK (on_series_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->filter, "notify", G_CALLBACK (on_filter_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "notify", G_CALLBACK (on_summary_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "items-changed", G_CALLBACK (on_summary_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->months, "items-changed", G_CALLBACK (on_months_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_book_get_users (self->book), "items-changed",
                           G_CALLBACK (on_users_changed), self, G_CONNECT_SWAPPED);
}

/**
 * budget_summary_pane_set_book:
 * @self: a pane
 * @book: the book to sum up
 * @filter: for which period and person
 */
void
budget_summary_pane_set_book (BudgetSummaryPane *self, BudgetBook *book, BudgetFilter *filter)
{
  g_return_if_fail (BUDGET_IS_SUMMARY_PANE (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (BUDGET_IS_FILTER (filter));

  stop_listening (self);
  g_set_object (&self->book, book);
  g_set_object (&self->filter, filter);
  g_clear_object (&self->summary);
  g_clear_object (&self->months);
  self->summary = budget_summary_new (book, filter);
  self->months = budget_month_totals_new (book, filter);
  g_clear_object (&self->spent);
  g_clear_object (&self->received);
  self->spent = create_part (self, is_spent);
  self->received = create_part (self, is_received);

  set_format (self, self->donut);
  set_format (self, self->bars);
  budget_chart_set_model (self->donut, G_LIST_MODEL (self->spent));
  budget_chart_set_model (self->bars, G_LIST_MODEL (self->months));
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->spent), create_row, self, NULL);
  gtk_list_box_bind_model (self->received_rows, G_LIST_MODEL (self->received), create_plain_row,
                           self, NULL);
  budget_period_switcher_set_filter (self->period_switcher, filter);
  budget_period_switcher_set_filter (self->folded_period_switcher, filter);

  listen (self);
  on_filter_notify (self);
  on_summary_changed (self);
  on_series_changed (self);
  on_months_changed (self);
  on_users_changed (self);
}

/**
 * budget_summary_pane_get_summary:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): the totals that it shows
 */
BudgetSummary *
budget_summary_pane_get_summary (BudgetSummaryPane *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY_PANE (self), NULL);

  return self->summary;
}

/**
 * budget_summary_pane_get_chart:
 * @self: a pane
 *
 * Returns: (transfer none): its chart of categories
 */
BudgetChart *
budget_summary_pane_get_chart (BudgetSummaryPane *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY_PANE (self), NULL);

  return self->donut;
}

/**
 * budget_summary_pane_get_period_switcher:
 * @self: a pane
 *
 * Returns: (transfer none): where its period is chosen
 */
BudgetPeriodSwitcher *
budget_summary_pane_get_period_switcher (BudgetSummaryPane *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY_PANE (self), NULL);

  return self->is_folded ? self->folded_period_switcher : self->period_switcher;
}
