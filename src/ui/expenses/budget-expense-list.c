/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expense-cell.h"
#include "budget-expense-list.h"
#include "budget-list-scroll.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/**
 * BudgetExpenseList:
 *
 * The expenses that a filter lets through, as the book's own live list: sorted
 * and filtered by the database, never here. A click on a heading only tells
 * the filter.
 *
 * In a big book the answer fills itself: the rows before stay until the first
 * ones of the new answer are there.
 */

/* Show a spinner only when loading takes longer than this. */
#define MAX_SILENT_MS 200

/* The category and the person have no columns of their own below this width. */
#define NARROW_WIDTH 560
#define CATEGORY_WIDTH 150
#define PERSON_WIDTH 110

#define N_FIELDS (BUDGET_EXPENSE_FIELD_AMOUNT + 1)

struct _BudgetExpenseList
{
  AdwBin parent_instance;

  BudgetBook *book;
  BudgetFilter *filter;
  GListModel *expenses;
  GListModel *next; /* what takes the place of @expenses once it has rows */
  GtkMultiSelection *selection;
  GtkColumnViewColumn *columns[N_FIELDS];
  gboolean is_narrow;
  gboolean is_showing_sort; /* the filter's order is being shown */
  gboolean is_filling;      /* as it was told */
  guint narrow_source;
  guint busy_source;
  int probed_field; /* which sorter was asked first */

  GtkColumnView *view;
  GtkScrolledWindow *scroller;
  GtkSpinner *spinner;
  GtkWidget *menu;
};

/* A column, for its factory and its sorter. */
typedef struct
{
  BudgetExpenseList *list;
  BudgetExpenseField field;
} Column;

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_LOADING,
  N_PROPS
};

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_FAILED,
  SIGNAL_LOADED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetExpenseList, budget_expense_list, ADW_TYPE_BIN)

/* GTK 4.8 keeps room for the fixed width of a column that is hidden. */
static void
show_column (BudgetExpenseList *self, BudgetExpenseField field, int width)
{
  gtk_column_view_column_set_fixed_width (self->columns[field], width > 0 ? width : -1);
  gtk_column_view_column_set_visible (self->columns[field], width > 0);
}

/* The person is the same in every row of a book with only one. */
static void
update_columns (BudgetExpenseList *self)
{
  gboolean has_several =
    self->book == NULL || g_list_model_get_n_items (budget_book_get_users (self->book)) > 1;

  show_column (self, BUDGET_EXPENSE_FIELD_CATEGORY, self->is_narrow ? 0 : CATEGORY_WIDTH);
  show_column (self, BUDGET_EXPENSE_FIELD_PERSON,
               self->is_narrow || !has_several ? 0 : PERSON_WIDTH);
}

static void
set_narrow (BudgetExpenseList *self, gboolean is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  update_columns (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static gboolean
on_narrow_idle (gpointer user_data)
{
  BudgetExpenseList *self = user_data;

  self->narrow_source = 0;
  set_narrow (self, gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH);

  return G_SOURCE_REMOVE;
}

static void
budget_expense_list_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
budget_expense_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BudgetExpenseList *self = BUDGET_EXPENSE_LIST (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);

  /* Columns may not come and go while they are being allocated. */
  if ((width < NARROW_WIDTH) != self->is_narrow && self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (GTK_PRIORITY_RESIZE, on_narrow_idle, self, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
pop_up_menu (BudgetExpenseList *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_cell_pressed (BudgetExpenseList *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint position = budget_expense_cell_get_position (BUDGET_EXPENSE_CELL (cell));
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);

  gtk_widget_translate_coordinates (cell, GTK_WIDGET (self), x, y, &x, &y);
  pop_up_menu (self, x, y);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BudgetExpenseList *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  double x = 0;
  double y = 0;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    return FALSE;

  gtk_widget_translate_coordinates (focus, GTK_WIDGET (self), 24,
                                    gtk_widget_get_height (focus) / 2.0, &x, &y);
  pop_up_menu (self, x, y);

  return TRUE;
}

static void
on_factory_setup (Column *column, GtkListItem *item)
{
  BudgetExpenseList *self = column->list;
  GtkWidget *cell = budget_expense_cell_new (column->field, budget_book_get_currency (self->book));
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_cell_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (click));
  g_object_bind_property (self, "narrow", cell, "compact", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, cell);
}

static void
on_factory_bind (Column *column, GtkListItem *item)
{
  BudgetExpenseCell *cell = BUDGET_EXPENSE_CELL (gtk_list_item_get_child (item));

  budget_expense_cell_set_position (cell, gtk_list_item_get_position (item));
  budget_expense_cell_set_expense (cell, gtk_list_item_get_item (item));
}

static void
on_factory_unbind (Column *column, GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cell != NULL)
    budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), NULL);
}

/* Orders nothing: it notes which column's turn it was, and says "less", so that the view's own
 * sorter shows by its answer which column leads and which way. */
static int
probe (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Column *column = user_data;

  column->list->probed_field = column->field;

  return -1;
}

static void
on_sorter_changed (BudgetExpenseList *self)
{
  static const BudgetFilterColumn filter_columns[N_FIELDS] = {
    [BUDGET_EXPENSE_FIELD_DATE] = BUDGET_FILTER_COLUMN_DATE,
    [BUDGET_EXPENSE_FIELD_DESCRIPTION] = BUDGET_FILTER_COLUMN_DESCRIPTION,
    [BUDGET_EXPENSE_FIELD_CATEGORY] = BUDGET_FILTER_COLUMN_CATEGORY,
    [BUDGET_EXPENSE_FIELD_PERSON] = BUDGET_FILTER_COLUMN_USER,
    [BUDGET_EXPENSE_FIELD_AMOUNT] = BUDGET_FILTER_COLUMN_AMOUNT,
  };
  GtkOrdering ordering;

  if (self->filter == NULL || self->is_showing_sort)
    return;

  self->probed_field = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self, self->view);
  if (self->probed_field >= 0)
    budget_filter_set_sort (self->filter, filter_columns[self->probed_field],
                            ordering == GTK_ORDERING_LARGER ? ORM_DESCENDING : ORM_ASCENDING);
}

static void
show_sort (BudgetExpenseList *self)
{
  BudgetFilterColumn column = budget_filter_get_sort_column (self->filter);
  BudgetExpenseField field =
    column == BUDGET_FILTER_COLUMN_DESCRIPTION ? BUDGET_EXPENSE_FIELD_DESCRIPTION
    : column == BUDGET_FILTER_COLUMN_CATEGORY  ? BUDGET_EXPENSE_FIELD_CATEGORY
    : column == BUDGET_FILTER_COLUMN_USER      ? BUDGET_EXPENSE_FIELD_PERSON
    : column == BUDGET_FILTER_COLUMN_AMOUNT    ? BUDGET_EXPENSE_FIELD_AMOUNT
                                               : BUDGET_EXPENSE_FIELD_DATE;

  self->is_showing_sort = TRUE;
  gtk_column_view_sort_by_column (self->view, self->columns[field],
                                  budget_filter_get_sort_direction (self->filter) == ORM_DESCENDING
                                    ? GTK_SORT_DESCENDING
                                    : GTK_SORT_ASCENDING);
  self->is_showing_sort = FALSE;
}

static void
add_column (BudgetExpenseList *self, BudgetExpenseField field, const char *title, int width)
{
  Column *column = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = NULL;

  column->list = self;
  column->field = field;
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (on_factory_setup), column);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_factory_bind), column);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (on_factory_unbind), column);
  sorter = GTK_SORTER (gtk_custom_sorter_new (probe, column, NULL));

  self->columns[field] = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (self->columns[field], sorter);
  gtk_column_view_column_set_resizable (self->columns[field], TRUE);
  gtk_column_view_column_set_expand (self->columns[field],
                                     field == BUDGET_EXPENSE_FIELD_DESCRIPTION);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (self->columns[field], width);
  gtk_column_view_append_column (self->view, self->columns[field]);
  g_object_set_data_full (G_OBJECT (self->columns[field]), "column", column, g_free);
}

static void
on_view_activate (BudgetExpenseList *self, guint position)
{
  g_autoptr (BudgetExpense) expense =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (expense != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, expense);
}

static void
on_filter_notify (BudgetExpenseList *self)
{
  g_autoptr (GError) error = NULL;

  if (!budget_expense_list_reload (self, &error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
on_expenses_items_changed (BudgetExpenseList *self)
{
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static gboolean
is_loading (GListModel *expenses)
{
  return expenses != NULL && orm_query_model_get_loading (ORM_QUERY_MODEL (expenses));
}

static const GError *
get_error (GListModel *expenses)
{
  return orm_query_model_get_error (ORM_QUERY_MODEL (expenses));
}

static gboolean
on_busy_timeout (gpointer user_data)
{
  BudgetExpenseList *self = user_data;

  self->busy_source = 0;
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);

  return G_SOURCE_REMOVE;
}

static void
set_busy (BudgetExpenseList *self, gboolean is_busy)
{
  if (is_busy && self->busy_source == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->spinner)))
    self->busy_source = g_timeout_add (MAX_SILENT_MS, on_busy_timeout, self);
  if (is_busy)
    return;

  g_clear_handle_id (&self->busy_source, g_source_remove);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
update_loading (BudgetExpenseList *self)
{
  if (self->is_filling == budget_expense_list_get_loading (self))
    return;

  self->is_filling = !self->is_filling;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
tell_state (BudgetExpenseList *self, GListModel *expenses)
{
  if (get_error (expenses) != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, get_error (expenses)->message);
  else
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
on_expenses_state (BudgetExpenseList *self)
{
  tell_state (self, self->expenses);
  update_loading (self);
}

static void
listen_to_expenses (BudgetExpenseList *self)
{
  g_signal_connect_object (self->expenses, "items-changed", G_CALLBACK (on_expenses_items_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->expenses, "notify::loading", G_CALLBACK (on_expenses_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->expenses, "notify::error", G_CALLBACK (on_expenses_state), self,
                           G_CONNECT_SWAPPED);
}

static void
stop_listening (BudgetExpenseList *self)
{
  if (self->expenses != NULL)
    g_signal_handlers_disconnect_by_data (self->expenses, self);
  if (self->next != NULL)
    g_signal_handlers_disconnect_by_data (self->next, self);
}

static void
stop_watching_people (BudgetExpenseList *self)
{
  if (self->book != NULL)
    g_signal_handlers_disconnect_by_func (budget_book_get_users (self->book), update_columns, self);
}

static void
show_next (BudgetExpenseList *self)
{
  stop_listening (self);
  g_set_object (&self->expenses, self->next);
  g_clear_object (&self->next);
  listen_to_expenses (self);
  set_busy (self, FALSE);

  /* Out with all and in with all: told in one go, GTK 4.8 would visit every row. */
  gtk_multi_selection_set_model (self->selection, NULL);
  gtk_multi_selection_set_model (self->selection, self->expenses);
}

/*
 * Replaces the rows once the new query has its first rows, has none, or failed.
 */
static void
on_next_changed (BudgetExpenseList *self)
{
  if (is_loading (self->next) && g_list_model_get_n_items (self->next) == 0)
    return;

  show_next (self);
  tell_state (self, self->expenses);
  update_loading (self);
}

static void
set_next (BudgetExpenseList *self, GListModel *next)
{
  if (self->next != NULL)
    g_signal_handlers_disconnect_by_data (self->next, self);
  g_set_object (&self->next, next);
  g_signal_connect_object (next, "items-changed", G_CALLBACK (on_next_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (next, "notify::loading", G_CALLBACK (on_next_changed), self,
                           G_CONNECT_SWAPPED);

  on_next_changed (self);
  if (self->next != NULL)
    set_busy (self, TRUE);
  update_loading (self);
}

static void
budget_expense_list_dispose (GObject *object)
{
  BudgetExpenseList *self = BUDGET_EXPENSE_LIST (object);

  g_clear_handle_id (&self->narrow_source, g_source_remove);
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, on_filter_notify, self);
  g_clear_handle_id (&self->busy_source, g_source_remove);
  stop_listening (self);
  stop_watching_people (self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->expenses);
  g_clear_object (&self->next);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_expense_list_parent_class)->dispose (object);
}

static void
budget_expense_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, BUDGET_EXPENSE_LIST (object)->is_narrow);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, budget_expense_list_get_loading (BUDGET_EXPENSE_LIST (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_signals (GType type)
{
  /**
   * BudgetExpenseList::activate:
   * @self: the list
   * @expense: the row that was pressed
   */
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, BUDGET_TYPE_EXPENSE);
  /**
   * BudgetExpenseList::failed:
   * @self: the list
   * @message: why the expenses could not be read
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * BudgetExpenseList::loaded:
   * @self: the list
   *
   * Other expenses are shown, or another number of them, or all have come.
   */
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
budget_expense_list_class_init (BudgetExpenseListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_expense_list_dispose;
  object_class->get_property = budget_expense_list_get_property;
  widget_class->measure = budget_expense_list_measure;
  widget_class->size_allocate = budget_expense_list_size_allocate;

  /**
   * BudgetExpenseList:narrow:
   *
   * Whether there is no room for the category's and the person's columns.
   */
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * BudgetExpenseList:loading:
   *
   * Whether expenses are still to come, and those that are shown may be those of
   * the question before.
   */
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-expense-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseList, menu);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseList, scroller);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseList, spinner);
  gtk_widget_class_bind_template_child (widget_class, BudgetExpenseList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activate);
}

static void
add_shortcut (GtkEventController *controller,
              guint keyval,
              GdkModifierType modifiers,
              GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers), action));
}

static void
add_shortcuts (BudgetExpenseList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_shortcut (controller, GDK_KEY_F2, 0, gtk_named_action_new ("win.edit"));
  add_shortcut (controller, GDK_KEY_Delete, 0, gtk_named_action_new ("win.delete"));
  add_shortcut (controller, GDK_KEY_KP_Delete, 0, gtk_named_action_new ("win.delete"));
  add_shortcut (controller, GDK_KEY_Menu, 0, gtk_callback_action_new (on_menu_key, self, NULL));
  add_shortcut (controller, GDK_KEY_F10, GDK_SHIFT_MASK,
                gtk_callback_action_new (on_menu_key, self, NULL));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

/*
 * Aligns the title with the figures at the end of the column, for which there is
 * no property. The sort indicator needs room when it is invisible, too: move it
 * before the title.
 */
static void
align_amount_title (BudgetExpenseList *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

  if (!GTK_IS_BOX (box))
    return;

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
}

static void
budget_expense_list_init (BudgetExpenseList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  /* The bin's own would allocate the child without asking how narrow it is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);

  add_column (self, BUDGET_EXPENSE_FIELD_DATE, C_ ("column", "Date"), -1);
  add_column (self, BUDGET_EXPENSE_FIELD_DESCRIPTION, C_ ("column", "Description"), -1);
  add_column (self, BUDGET_EXPENSE_FIELD_CATEGORY, C_ ("column", "Category"), CATEGORY_WIDTH);
  add_column (self, BUDGET_EXPENSE_FIELD_PERSON, C_ ("column", "Person"), PERSON_WIDTH);
  add_column (self, BUDGET_EXPENSE_FIELD_AMOUNT, C_ ("column", "Amount"), -1);

  align_amount_title (self);

  self->selection = gtk_multi_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  budget_list_work_around_scroll_jump (GTK_SCROLLABLE (self->view));
  add_shortcuts (self);
}

/**
 * budget_expense_list_reload:
 * @self: a list
 * @error: return location for an error
 *
 * Runs the query again. The resulting list updates itself from then on.
 *
 * Returns: %TRUE if it could be asked; what happens then is told by
 *   #BudgetExpenseList::loaded and #BudgetExpenseList::failed
 */
gboolean
budget_expense_list_reload (BudgetExpenseList *self, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) expenses = NULL;

  g_return_val_if_fail (BUDGET_IS_EXPENSE_LIST (self), FALSE);
  g_return_val_if_fail (self->book != NULL, FALSE);

  query = budget_filter_build_query (self->filter, BUDGET_FILTER_LIST);
  expenses = orm_session_observe (budget_book_get_session (self->book), query, error);
  if (expenses == NULL)
    return FALSE;

  set_next (self, expenses);
  return TRUE;
}

/**
 * budget_expense_list_set_book:
 * @self: a list
 * @book: whose expenses
 * @filter: which of them; the headings set how it sorts
 */
void
budget_expense_list_set_book (BudgetExpenseList *self, BudgetBook *book, BudgetFilter *filter)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_LIST (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (BUDGET_IS_FILTER (filter));

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_func (self->filter, on_filter_notify, self);
  stop_watching_people (self);
  g_set_object (&self->book, book);
  g_set_object (&self->filter, filter);
  g_signal_connect_object (budget_book_get_users (book), "items-changed",
                           G_CALLBACK (update_columns), self, G_CONNECT_SWAPPED);
  update_columns (self);
  show_sort (self);
  g_signal_connect_object (filter, "notify", G_CALLBACK (on_filter_notify), self,
                           G_CONNECT_SWAPPED);
  on_filter_notify (self);
}

/**
 * budget_expense_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the live list of expenses that it shows
 */
GListModel *
budget_expense_list_get_model (BudgetExpenseList *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_LIST (self), NULL);

  return self->expenses;
}

/**
 * budget_expense_list_get_loading:
 * @self: a list
 *
 * Returns: whether expenses are still to come
 */
gboolean
budget_expense_list_get_loading (BudgetExpenseList *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_LIST (self), FALSE);

  return self->next != NULL || is_loading (self->expenses);
}

/**
 * budget_expense_list_get_selection:
 * @self: a list
 *
 * Returns: (transfer none): which rows are selected
 */
GtkSelectionModel *
budget_expense_list_get_selection (BudgetExpenseList *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE_LIST (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}

/**
 * budget_expense_list_dup_selected:
 * @self: a list
 *
 * Returns: (transfer full) (element-type BudgetExpense): the selected expenses
 */
GPtrArray *
budget_expense_list_dup_selected (BudgetExpenseList *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GPtrArray *expenses = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (BUDGET_IS_EXPENSE_LIST (self), expenses);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        gpointer expense = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

        if (expense != NULL)
          g_ptr_array_add (expenses, expense);
      }
    while (gtk_bitset_iter_next (&iter, &position));

  return expenses;
}

/**
 * budget_expense_list_set_menu:
 * @self: a list
 * @menu: what can be done with the selected expenses
 */
void
budget_expense_list_set_menu (BudgetExpenseList *self, GMenuModel *menu)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_LIST (self));

  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), menu);
}
