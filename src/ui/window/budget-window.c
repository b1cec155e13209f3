/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-entry-plan.h"
#include "budget-ui-text.h"
#include "budget-user.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>

/**
 * BudgetWindow:
 *
 * One book on the screen: the summary beside its expenses, or one of the two
 * where there is no room for both.
 *
 * Both panes show what the window's filter lets through, so they cannot
 * disagree. Each change is committed when it is made and can be undone.
 */

/* How often to look for what another program saved in the book, in milliseconds. */
#define POLL_INTERVAL 1000

G_DEFINE_FINAL_TYPE (BudgetWindow, budget_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_filter_notify (BudgetWindow *self, GParamSpec *pspec)
{
  BudgetPeriod *period = budget_filter_get_period (self->filter);
  BudgetPeriodKind kind = budget_period_get_kind (period);
  const GDate *first = budget_period_get_first (period);
  const GDate *last = budget_period_get_last (period);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  _budget_window_update_actions (self);

  if (kind == BUDGET_PERIOD_CUSTOM)
    {
      start = budget_ui_format_date (first, BUDGET_UI_DATE_TYPED);
      end = budget_ui_format_date (last, BUDGET_UI_DATE_TYPED);
    }
  g_settings_set_enum (self->settings, "period-kind", kind);
  g_settings_set_string (self->settings, "period-start", start != NULL ? start : "");
  g_settings_set_string (self->settings, "period-end", end != NULL ? end : "");
  g_settings_set_enum (self->settings, "sort-direction",
                       budget_filter_get_sort_direction (self->filter));
  g_settings_set_enum (self->settings, "sort-column", budget_filter_get_sort_column (self->filter));
}

static BudgetPeriod *
create_remembered_period (BudgetWindow *self)
{
  BudgetPeriodKind kind = g_settings_get_enum (self->settings, "period-kind");
  g_autofree char *start = g_settings_get_string (self->settings, "period-start");
  g_autofree char *end = g_settings_get_string (self->settings, "period-end");
  GDate first;
  GDate last;

  budget_ui_get_today (&last);
  if (kind != BUDGET_PERIOD_CUSTOM)
    return budget_period_new_for_date (kind, &last);

  g_date_clear (&first, 1);
  g_date_set_parse (&first, start);
  if (*end != '\0')
    g_date_set_parse (&last, end);
  if (!g_date_valid (&first) || !g_date_valid (&last) || g_date_compare (&first, &last) > 0)
    {
      budget_ui_get_today (&last);
      return budget_period_new_for_date (BUDGET_PERIOD_MONTH, &last);
    }

  return budget_period_new_custom (&first, &last);
}

static BudgetFilter *
create_filter (BudgetWindow *self)
{
  BudgetFilter *filter = budget_filter_new ();
  g_autoptr (BudgetPeriod) period = create_remembered_period (self);

  budget_filter_set_period (filter, period);
  budget_filter_set_sort (filter, g_settings_get_enum (self->settings, "sort-column"),
                          g_settings_get_enum (self->settings, "sort-direction"));

  return filter;
}

static void
on_undo_toast_dismissed (BudgetWindow *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

/**
 * _budget_window_show_done:
 * @self: a window
 * @label: what was done
 *
 * Says so, and offers to take it back. The offer before it is withdrawn: it
 * would take back this step, not its own.
 */
void
_budget_window_show_done (BudgetWindow *self, const char *label)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *title = g_markup_escape_text (label, -1);

  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);

  adw_toast_set_title (toast, title);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_undo_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  self->undo_toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
  _budget_window_update_actions (self);
}

void
_budget_window_show_problem (BudgetWindow *self, const char *message)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Nothing of a change that failed may stay on the screen. */
void
_budget_window_abandon (BudgetWindow *self, const GError *error)
{
  OrmSession *session = budget_book_get_session (self->book);

  if (orm_session_get_dirty (session))
    orm_session_rollback (session);
  _budget_window_show_problem (self,
                               error != NULL ? error->message : _("The change could not be made"));
}

gboolean
_budget_window_commit (BudgetWindow *self, const char *label)
{
  g_autoptr (GError) error = NULL;

  if (!budget_book_commit (self->book, label, &error))
    {
      _budget_window_abandon (self, error);
      return FALSE;
    }

  _budget_window_show_done (self, label);
  return TRUE;
}

static void
on_line_entered (BudgetWindow *self, BudgetQuickEntry *entry, BudgetEntryLine *line)
{
  OrmSession *session = budget_book_get_session (self->book);
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  /* Translators: %s is the description of an expense */
  label = g_strdup_printf (_("Added “%s”"), entry->description);
  expense = budget_entry_plan_add_expense (self->book, entry, &error);
  if (expense != NULL && budget_book_commit (self->book, label, &error))
    {
      budget_entry_line_clear (line);
      _budget_window_show_done (self, label);
      return;
    }

  if (orm_session_get_dirty (session))
    orm_session_rollback (session);
  budget_entry_line_show_error (line, error->message);
}

static void
on_leaflet_notify_folded (BudgetWindow *self)
{
  _budget_window_update_actions (self);
}

static gboolean
budget_window_close_request (GtkWindow *window)
{
  BudgetWindow *self = BUDGET_WINDOW (window);
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window))
    {
      g_settings_set_int (self->settings, "window-width", MAX (width, 360));
      g_settings_set_int (self->settings, "window-height", MAX (height, 294));
    }

  return GTK_WINDOW_CLASS (budget_window_parent_class)->close_request (window);
}

static void
budget_window_dispose (GObject *object)
{
  BudgetWindow *self = BUDGET_WINDOW (object);

  g_clear_handle_id (&self->backup_id, g_source_remove);
  if (self->expense_pane != NULL)
    g_signal_handlers_disconnect_by_data (
      budget_expense_list_get_selection (budget_expense_pane_get_list (self->expense_pane)), self);
  if (self->book != NULL)
    {
      g_signal_handlers_disconnect_by_data (budget_book_get_session (self->book), self);
      orm_session_set_poll_interval (budget_book_get_session (self->book), 0);
    }
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->failed_path, g_free);

  G_OBJECT_CLASS (budget_window_parent_class)->dispose (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  /* Not accelerators of the application: those come before an entry's own keys. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}

static void
budget_window_class_init (BudgetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = budget_window_close_request;

  g_type_ensure (BUDGET_TYPE_EXPENSE_PANE);
  g_type_ensure (BUDGET_TYPE_SUMMARY_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, summary_pane);
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, expense_pane);
  gtk_widget_class_bind_template_child (widget_class, BudgetWindow, problem_page);
  gtk_widget_class_bind_template_callback (widget_class, on_leaflet_notify_folded);
  add_bindings (widget_class);
}

static void
budget_window_init (BudgetWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_size (window, g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (window);

  self->filter = create_filter (self);
  g_signal_connect_object (self->filter, "notify", G_CALLBACK (on_filter_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_expense_pane_get_entry_line (self->expense_pane), "entered",
                           G_CALLBACK (on_line_entered), self, G_CONNECT_SWAPPED);
  _budget_window_install_actions (self);
  _budget_window_accept_drops (self);
  _budget_window_update_actions (self);
}

GtkWidget *
budget_window_new (GtkApplication *application)
{
  return g_object_new (BUDGET_TYPE_WINDOW, "application", application, NULL);
}

/**
 * budget_window_get_book:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the book that it shows
 */
BudgetBook *
budget_window_get_book (BudgetWindow *self)
{
  g_return_val_if_fail (BUDGET_IS_WINDOW (self), NULL);

  return self->book;
}

/**
 * budget_window_get_filter:
 * @self: a window
 *
 * Returns: (transfer none): what of the book it shows
 */
BudgetFilter *
budget_window_get_filter (BudgetWindow *self)
{
  g_return_val_if_fail (BUDGET_IS_WINDOW (self), NULL);

  return self->filter;
}

/**
 * budget_window_set_book:
 * @self: a window
 * @book: the book to show
 */
void
budget_window_set_book (BudgetWindow *self, BudgetBook *book)
{
  OrmSession *session = NULL;

  g_return_if_fail (BUDGET_IS_WINDOW (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));

  if (self->book != NULL)
    {
      g_signal_handlers_disconnect_by_func (budget_book_get_session (self->book),
                                            _budget_window_update_actions, self);
      orm_session_set_poll_interval (budget_book_get_session (self->book), 0);
    }
  budget_filter_set_category (self->filter, NULL);
  budget_filter_set_user (self->filter, NULL);
  budget_filter_set_search (self->filter, NULL);
  g_set_object (&self->book, book);

  session = budget_book_get_session (book);
  g_signal_connect_object (session, "notify", G_CALLBACK (_budget_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  budget_summary_pane_set_book (self->summary_pane, book, self->filter);
  budget_expense_pane_set_book (self->expense_pane, book, self->filter);
  orm_session_set_poll_interval (session, POLL_INTERVAL);
  gtk_stack_set_visible_child_name (self->stack, "book");
  _budget_window_update_actions (self);
}

static gboolean
on_backup_idle (gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  self->backup_id = 0;
  if (!budget_book_backup_daily (self->book, &error))
    _budget_window_show_problem (self, error->message);

  return G_SOURCE_REMOVE;
}

/* A large book takes a while to copy; its owner shall see it first. */
static gboolean
on_first_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BudgetWindow *self = BUDGET_WINDOW (widget);

  if (self->backup_id == 0)
    self->backup_id = g_idle_add_full (G_PRIORITY_LOW, on_backup_idle, self, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * budget_window_open_book:
 * @self: a window
 * @path: (nullable): a book, or %NULL for the household's own
 *
 * Opens a book and shows it, or why it cannot be opened. A named book is never
 * created by opening it; the household's own is, the first time.
 */
void
budget_window_open_book (BudgetWindow *self, const char *path)
{
  g_autofree char *usual = budget_book_dup_default_path ();
  g_autofree char *description = NULL;
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BUDGET_IS_WINDOW (self));

  if (path == NULL || g_strcmp0 (path, usual) == 0)
    book = budget_book_open_or_create (usual, &error);
  else
    book = budget_book_open (path, &error);

  if (book != NULL)
    {
      g_clear_pointer (&self->failed_path, g_free);
      g_settings_set_string (self->settings, "last-book", path != NULL ? path : "");
      budget_window_set_book (self, book);
      gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_frame, NULL, NULL);
      return;
    }

  if (self->book != NULL)
    {
      _budget_window_show_problem (self, error->message);
      return;
    }
  g_free (self->failed_path);
  self->failed_path = g_strdup (path != NULL ? path : usual);
  description = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->problem_page, description);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  _budget_window_update_actions (self);
}
