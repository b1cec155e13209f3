/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-color-dot.h"
#include "budget-expense-pane.h"
#include "budget-money.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetExpensePane:
 *
 * The list of expenses, with the entry line above it, the current filters, and
 * a bar for the selection.
 */

/* The sum of a larger selection is not shown: it would read every row. */
#define MAX_SUMMED 5000

struct _BudgetExpensePane
{
  GtkBox parent_instance;

  BudgetBook *book;
  BudgetFilter *filter;
  gboolean is_folded;

  AdwWindowTitle *title;
  GtkToggleButton *search_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  BudgetEntryLine *entry_line;
  GtkWidget *chips;
  GtkWidget *category_chip;
  GtkWidget *category_dot;
  GtkLabel *category_label;
  GtkWidget *person_chip;
  GtkLabel *person_label;
  GtkWidget *search_chip;
  GtkLabel *search_label;
  GtkStack *stack;
  AdwStatusPage *period_page;
  AdwStatusPage *results_page;
  AdwStatusPage *failed_page;
  BudgetExpenseList *list;
  GtkRevealer *selection_revealer;
  GtkLabel *selection_label;
  GMenu *category_menu;
  GMenu *person_menu;
  GtkMenuButton *change_button;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetExpensePane, budget_expense_pane, GTK_TYPE_BOX)

static gboolean
has_search (BudgetExpensePane *self)
{
  const char *search = budget_filter_get_search (self->filter);

  return search != NULL && *search != '\0';
}

static void
update_title (BudgetExpensePane *self, guint n_expenses)
{
  g_autofree char *text =
    g_strdup_printf (ngettext ("%'u expense", "%'u expenses", n_expenses), n_expenses);

  adw_window_title_set_subtitle (self->title, n_expenses > 0 ? text : "");
}

static void
show_period (BudgetExpensePane *self)
{
  g_autofree char *label = budget_period_dup_label (budget_filter_get_period (self->filter));
  /* Translators: %s is a period, such as “November 2026” */
  g_autofree char *title = g_strdup_printf (_("No Expenses in %s"), label);
  /* Translators: %s is a period, such as “November 2026” */
  g_autofree char *results = g_strdup_printf (_("No Results in %s"), label);
  gboolean is_everything =
    budget_period_get_kind (budget_filter_get_period (self->filter)) == BUDGET_PERIOD_EVERYTHING;

  adw_status_page_set_title (self->period_page, is_everything ? _("Nothing Yet") : title);
  adw_status_page_set_title (self->results_page, is_everything ? _("No Results") : results);
}

static void
on_list_loaded (BudgetExpensePane *self)
{
  GListModel *expenses = budget_expense_list_get_model (self->list);
  guint n_expenses = expenses != NULL ? g_list_model_get_n_items (expenses) : 0;
  const char *name = "list";

  /* The count is known once all are loaded. */
  if (n_expenses > 0 && budget_expense_list_get_loading (self->list))
    {
      gtk_stack_set_visible_child_name (self->stack, name);
      return;
    }

  if (n_expenses == 0 && budget_book_is_empty (self->book))
    name = "empty-book";
  else if (n_expenses == 0 && (budget_filter_get_category (self->filter) != NULL ||
                               budget_filter_get_user (self->filter) != NULL || has_search (self)))
    name = "empty-filter";
  else if (n_expenses == 0)
    name = "empty-period";

  show_period (self);
  gtk_stack_set_visible_child_name (self->stack, name);
  update_title (self, n_expenses);
}

static void
on_list_failed (BudgetExpensePane *self, const char *message)
{
  g_autofree char *description = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed_page, description);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
on_list_activate (BudgetExpensePane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", NULL);
}

static void
on_selection_changed (BudgetExpensePane *self)
{
  GtkSelectionModel *selection = budget_expense_list_get_selection (self->list);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  guint n_selected = gtk_bitset_get_size (selected);
  g_autoptr (GPtrArray) expenses = NULL;
  g_autofree char *sum_text = NULL;
  g_autofree char *text = NULL;
  gint64 sum = 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "expenses.unselect", n_selected > 0);
  gtk_revealer_set_reveal_child (self->selection_revealer, n_selected > 1);
  if (n_selected < 2)
    return;

  text = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);
  if (n_selected <= MAX_SUMMED)
    {
      g_autofree char *count = g_steal_pointer (&text);

      expenses = budget_expense_list_dup_selected (self->list);
      for (guint i = 0; i < expenses->len; i++)
        budget_money_add (sum, budget_expense_get_amount (g_ptr_array_index (expenses, i)), &sum);
      sum_text = budget_money_format (sum, budget_book_get_currency (self->book));
      /* Translators: “3 selected · 45.60 €” */
      text = g_strdup_printf (_("%1$s · %2$s"), count, sum_text);
    }
  gtk_label_set_label (self->selection_label, text);
}

static void
show_chips (BudgetExpensePane *self)
{
  BudgetCategory *category = budget_filter_get_category (self->filter);
  BudgetUser *user = budget_filter_get_user (self->filter);

  gtk_widget_set_visible (self->category_chip, category != NULL);
  gtk_widget_set_visible (self->person_chip, user != NULL);
  gtk_widget_set_visible (self->search_chip, has_search (self));
  gtk_widget_set_visible (self->chips, category != NULL || user != NULL || has_search (self));

  if (category != NULL)
    {
      gtk_label_set_label (self->category_label, budget_category_get_name (category));
      budget_color_dot_set_color (BUDGET_COLOR_DOT (self->category_dot),
                                  budget_category_get_color (category));
    }
  if (user != NULL)
    gtk_label_set_label (self->person_label, budget_user_get_name (user));
  if (has_search (self))
    {
      /* Translators: what is searched for, in quotes */
      g_autofree char *text = g_strdup_printf (_("“%s”"), budget_filter_get_search (self->filter));

      gtk_label_set_label (self->search_label, text);
    }
}

static void
on_filter_notify (BudgetExpensePane *self)
{
  show_chips (self);
  if (!has_search (self) && *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
on_search_changed (BudgetExpensePane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (self->filter != NULL && (*text != '\0' || has_search (self)))
    budget_filter_set_search (self->filter, *text != '\0' ? text : NULL);
}

static void
fill_menu (GMenu *menu, GListModel *entities, const char *property, const char *action)
{
  g_menu_remove_all (menu);

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (OrmEntity) entity = g_list_model_get_item (entities, i);
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *name = NULL;
      g_auto (GStrv) parts = NULL;
      g_autofree char *label = NULL;

      g_object_get (entity, property, &name, NULL);
      parts = g_strsplit (name != NULL ? name : "", "_", -1);
      label = g_strjoinv ("__", parts);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, action, "x", orm_entity_get_id (entity));
      g_menu_append_item (menu, item);
    }
}

static void
on_categories_changed (BudgetExpensePane *self)
{
  fill_menu (self->category_menu, budget_book_get_categories (self->book), "name",
             "win.change-category");
  if (self->filter != NULL)
    show_chips (self);
}

static void
on_users_changed (BudgetExpensePane *self)
{
  fill_menu (self->person_menu, budget_book_get_users (self->book), "name", "win.change-person");
}

/* One menu for a row and for the button of the selection. */
static void
create_menus (BudgetExpensePane *self)
{
  g_autoptr (GMenu) change = g_menu_new ();
  g_autoptr (GMenu) row = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();

  self->category_menu = g_menu_new ();
  self->person_menu = g_menu_new ();
  g_menu_append_submenu (change, _("Change _Category"), G_MENU_MODEL (self->category_menu));
  g_menu_append_submenu (change, _("Change _Person"), G_MENU_MODEL (self->person_menu));
  g_menu_append (edit, _("_Edit…"), "win.edit");
  g_menu_append (remove, _("_Delete"), "win.delete");
  g_menu_append_section (row, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (row, NULL, G_MENU_MODEL (change));
  g_menu_append_section (row, NULL, G_MENU_MODEL (remove));

  gtk_menu_button_set_menu_model (self->change_button, G_MENU_MODEL (change));
  budget_expense_list_set_menu (self->list, G_MENU_MODEL (row));
}

static void
unselect (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetExpensePane *self = BUDGET_EXPENSE_PANE (widget);

  gtk_selection_model_unselect_all (budget_expense_list_get_selection (self->list));
}

static void
reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetExpensePane *self = BUDGET_EXPENSE_PANE (widget);
  g_autoptr (GError) error = NULL;

  if (!budget_expense_list_reload (self->list, &error))
    on_list_failed (self, error->message);
}

static void
stop_listening (BudgetExpensePane *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (budget_expense_list_get_selection (self->list),
                                          on_selection_changed, self);
  if (self->book == NULL)
    return;

  g_signal_handlers_disconnect_by_data (budget_book_get_categories (self->book), self);
  g_signal_handlers_disconnect_by_data (budget_book_get_users (self->book), self);
  g_signal_handlers_disconnect_by_data (self->filter, self);
}

static void
budget_expense_pane_dispose (GObject *object)
{
  BudgetExpensePane *self = BUDGET_EXPENSE_PANE (object);

  stop_listening (self);
  g_clear_object (&self->person_menu);
  g_clear_object (&self->category_menu);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_expense_pane_parent_class)->dispose (object);
}

static void
budget_expense_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, BUDGET_EXPENSE_PANE (object)->is_folded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_expense_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetExpensePane *self = BUDGET_EXPENSE_PANE (object);

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

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetExpensePane, child)

static void
bind_template (GtkWidgetClass *widget_class)
{
  BIND (title);
  BIND (search_button);
  BIND (search_bar);
  BIND (search_entry);
  BIND (entry_line);
  BIND (chips);
  BIND (category_chip);
  BIND (category_dot);
  BIND (category_label);
  BIND (person_chip);
  BIND (person_label);
  BIND (search_chip);
  BIND (search_label);
  BIND (stack);
  BIND (period_page);
  BIND (results_page);
  BIND (failed_page);
  BIND (list);
  BIND (selection_revealer);
  BIND (selection_label);
  BIND (change_button);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_list_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_loaded);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
budget_expense_pane_class_init (BudgetExpensePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_expense_pane_dispose;
  object_class->get_property = budget_expense_pane_get_property;
  object_class->set_property = budget_expense_pane_set_property;

  /**
   * BudgetExpensePane:folded:
   *
   * Whether the pane has the window to itself, the summary being behind it.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  g_type_ensure (BUDGET_TYPE_ENTRY_LINE);
  g_type_ensure (BUDGET_TYPE_EXPENSE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-expense-pane.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "expenses.unselect", NULL, unselect);
  gtk_widget_class_install_action (widget_class, "expenses.reload", NULL, reload);
}

static void
budget_expense_pane_init (BudgetExpensePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  create_menus (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "expenses.unselect", FALSE);
}

/**
 * budget_expense_pane_set_book:
 * @self: a pane
 * @book: whose expenses
 * @filter: which of them
 */
void
budget_expense_pane_set_book (BudgetExpensePane *self, BudgetBook *book, BudgetFilter *filter)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_PANE (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (BUDGET_IS_FILTER (filter));

  stop_listening (self);
  g_set_object (&self->book, book);
  g_set_object (&self->filter, filter);
  g_signal_connect_object (budget_expense_list_get_selection (self->list), "selection-changed",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_expense_list_get_selection (self->list), "items-changed",
                           G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (filter, "notify", G_CALLBACK (on_filter_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_book_get_categories (book), "items-changed",
                           G_CALLBACK (on_categories_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_book_get_users (book), "items-changed",
                           G_CALLBACK (on_users_changed), self, G_CONNECT_SWAPPED);

  on_categories_changed (self);
  on_users_changed (self);
  on_filter_notify (self);
  budget_entry_line_set_book (self->entry_line, book);
  budget_expense_list_set_book (self->list, book, filter);
}

/**
 * budget_expense_pane_get_list:
 * @self: a pane
 *
 * Returns: (transfer none): its list
 */
BudgetExpenseList *
budget_expense_pane_get_list (BudgetExpensePane *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_PANE (self), NULL);

  return self->list;
}

/**
 * budget_expense_pane_get_entry_line:
 * @self: a pane
 *
 * Returns: (transfer none): the line to type expenses into
 */
BudgetEntryLine *
budget_expense_pane_get_entry_line (BudgetExpensePane *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_PANE (self), NULL);

  return self->entry_line;
}

/**
 * budget_expense_pane_get_state:
 * @self: a pane
 *
 * Returns: "list", "empty-book", "empty-period", "empty-filter" or "failed"
 */
const char *
budget_expense_pane_get_state (BudgetExpensePane *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_PANE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * budget_expense_pane_start_search:
 * @self: a pane
 *
 * Opens the search bar and puts the focus into it.
 */
void
budget_expense_pane_start_search (BudgetExpensePane *self)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * budget_expense_pane_stop_search:
 * @self: a pane
 *
 * Closes the search bar and clears the search.
 */
void
budget_expense_pane_stop_search (BudgetExpensePane *self)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}
