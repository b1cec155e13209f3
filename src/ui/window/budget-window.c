/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-delete-dialog.h"
#include "budget-entry-plan.h"
#include "budget-exporter.h"
#include "budget-foreign-reader.h"
#include "budget-import-dialog.h"
#include "budget-migrate-dialog.h"
#include "budget-rule-offer.h"
#include "budget-rules.h"
#include "budget-ui-history.h"
#include "budget-ui-text.h"
#include "budget-user.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/**
 * BudgetWindow:
 *
 * One book on the screen: the summary beside its expenses, or one of the two
 * where there is no room for both.
 *
 * Both panes show the expenses that match the window's filter, so they cannot
 * disagree. Each change is committed when it is made and can be undone.
 */

/* How often to check whether another program changed the book, in milliseconds. */
#define POLL_INTERVAL 1000

/* An export that takes longer shows how far it is. */
#define MAX_SILENT_MILLISECONDS 500

#define KEY_SUFFIX "budget-suffix"
#define KEY_WHOLE "budget-whole"

struct _BudgetWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  BudgetBook *book;
  BudgetFilter *filter;
  char *failed_path; /* the book that could not be opened */
  AdwToast *undo_toast;
  AdwToast *rule_toast;
  guint backup_id;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwLeaflet *leaflet;
  BudgetSummaryPane *summary_pane;
  BudgetExpensePane *expense_pane;
  AdwStatusPage *problem_page;
};

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
 * would undo this step, not its own.
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

/* Roll back, so that the screen shows nothing of a change that failed. */
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

static void
add_bindings (GtkWidgetClass *widget_class)
{
  /* Not accelerators of the application: those come before an entry's own keys. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
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

/* Copying a large book takes a while, so show the book first. */
static gboolean
on_first_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BudgetWindow *self = BUDGET_WINDOW (widget);

  if (self->backup_id == 0)
    self->backup_id = g_idle_add_full (G_PRIORITY_LOW, on_backup_idle, self, NULL);

  return G_SOURCE_REMOVE;
}

/* Native file choosers: there is no other kind that is new enough at the floor. */

static void
on_book_chosen (BudgetWindow *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    budget_window_open_book (self, path);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
on_statements_chosen (BudgetWindow *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT)
    budget_window_import_files (self, files);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_file_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  if (suffixes == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
_budget_window_choose_book (BudgetWindow *self)
{
  static const char *const suffixes[] = { "budget", NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Open a Book"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);

  add_file_filter (GTK_FILE_CHOOSER (dialog), _("Books"), suffixes);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_book_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
_budget_window_choose_statements (BudgetWindow *self)
{
  static const char *const suffixes[] = { "csv", "json",  "ofx", "qfx", "qif",     "txt", "xml",
                                          "sta", "mt940", "940", "xhb", "gnucash", NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Import Bank Files"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);

  add_file_filter (GTK_FILE_CHOOSER (dialog), _("Bank files"), suffixes);
  add_file_filter (GTK_FILE_CHOOSER (dialog), _("All files"), NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_statements_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_imported (BudgetWindow *self, const char *label)
{
  _budget_window_show_done (self, label);
}

/*
 * The book that is open is never read as a file, by whatever name: closing it
 * would drop SQLite's lock on it.
 */
static gboolean
is_open_book (BudgetWindow *self, const char *path)
{
  const char *own = budget_book_get_path (self->book);
  GStatBuf book, file;

  return own != NULL && g_stat (own, &book) == 0 && g_stat (path, &file) == 0 &&
         book.st_dev == file.st_dev && book.st_ino == file.st_ino;
}

static gboolean
is_foreign_book (BudgetWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  return path != NULL && !is_open_book (self, path) && budget_foreign_reader_knows (path);
}

static void
present_import (BudgetWindow *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The import may replace the category or person that the list is filtered by. */
static void
import_book (BudgetWindow *self, const char *path)
{
  BudgetBookImportCounts counts;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  if (!budget_book_importer_read_file (self->book, path, BUDGET_BOOK_IMPORT_NONE, &counts, NULL,
                                       &error))
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *message = g_strdup_printf ("%s: %s", name, error->message);

      _budget_window_show_problem (self, message);
      return;
    }

  budget_filter_set_category (self->filter, NULL);
  budget_filter_set_user (self->filter, NULL);
  /* Translators: %u is how many expenses came with a whole book’s file. */
  label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Import of %u expense", "Import of %u expenses", counts.n_added),
    counts.n_added);
  _budget_window_show_done (self, label);
}

/* Returns: whether there were whole books among the files, which are imported without a preview */
static gboolean
import_books (BudgetWindow *self, GListModel *files)
{
  gboolean has_book = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path == NULL || !budget_book_importer_sniff_file (path))
        continue;

      has_book = TRUE;
      if (g_list_model_get_n_items (files) == 1)
        import_book (self, path);
      else
        _budget_window_show_problem (self, _("A whole book must be imported on its own"));
    }

  return has_book;
}

static gboolean
is_book (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, ".budget");
}

/* Books are opened; all other files are imported. */
static gboolean
on_drop (BudgetWindow *self, const GValue *value)
{
  g_autoptr (GListStore) statements = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *node = files; node != NULL; node = node->next)
    {
      g_autofree char *path = is_book (node->data) ? g_file_get_path (node->data) : NULL;

      if (path != NULL)
        budget_window_open_book (self, path);
      else
        g_list_store_append (statements, node->data);
    }

  if (self->book == NULL || g_list_model_get_n_items (G_LIST_MODEL (statements)) == 0)
    return files != NULL;

  budget_window_import_files (self, G_LIST_MODEL (statements));
  return TRUE;
}

/* Files that are dropped on the window are imported. */
static void
accept_drops (BudgetWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* An export in progress. The window can be used meanwhile, and the export can be stopped. */
typedef struct
{
  BudgetWindow *window;
  GApplication *application; /* which must not end before the file has */
  GCancellable *cancellable;
  char *name;
  GtkWidget *dialog; /* both NULL while there is none, or when it was closed */
  GtkWidget *bar;
  guint timeout;
} Export;

static void
export_free (Export *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->bar);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_object_unref (self->cancellable);
  g_object_unref (self->window);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
on_export_progress (double fraction, gpointer data)
{
  Export *self = data;

  if (self->bar != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
}

static void
on_export_response (GCancellable *cancellable, const char *response)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_export_taking_long (gpointer data)
{
  Export *self = data;
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self->window), _("Exporting"), self->name);
  GtkWidget *bar = gtk_progress_bar_new ();

  self->timeout = 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Exporting"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), bar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_export_response), self->cancellable,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->dialog, dialog);
  g_set_weak_pointer (&self->bar, bar);
  gtk_window_present (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

static void
show_exported (BudgetWindow *self, guint n_written, const char *name)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  text = g_strdup_printf (
    /* Translators: how many expenses were written, and the name of the file. */
    g_dngettext (GETTEXT_PACKAGE, "Exported %1$u expense to %2$s", "Exported %1$u expenses to %2$s",
                 n_written),
    n_written, name);
  title = g_markup_escape_text (text, -1);
  adw_toast_set_title (toast, title);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  guint n_written;

  if (budget_exporter_write_file_finish (BUDGET_BOOK (object), result, &n_written, &error))
    {
      show_exported (self->window, n_written, self->name);
      return;
    }

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *message = g_strdup_printf ("%s: %s", self->name, error->message);

      _budget_window_show_problem (self->window, message);
    }
}

/* The name that was typed, with the ending of the kind that was chosen if it has none of ours. */
static char *
dup_export_path (GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  GtkFileFilter *kind = gtk_file_chooser_get_filter (chooser);

  if (path == NULL || budget_exporter_knows (path) || kind == NULL)
    return g_steal_pointer (&path);

  return g_strconcat (path, ".", (const char *) g_object_get_data (G_OBJECT (kind), KEY_SUFFIX),
                      NULL);
}

/* Overwrite only the file that the user confirmed. */
static gboolean
check_export_name (BudgetWindow *self, GtkFileChooser *chooser, const char *path)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *chosen = g_file_get_path (file);
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (g_strcmp0 (chosen, path) == 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  name = g_filename_display_basename (path);
  /* Translators: %s is the name of a file. */
  message = g_strdup_printf (_("There is a file “%s” already; choose another name"), name);
  _budget_window_show_problem (self, message);
  return FALSE;
}

static void
on_export_chosen (BudgetWindow *self, int response, GtkNativeDialog *dialog)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  GtkFileFilter *kind = gtk_file_chooser_get_filter (chooser);
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_export_path (chooser) : NULL;

  if (path != NULL && self->book != NULL && check_export_name (self, chooser, path))
    {
      gboolean is_whole = kind != NULL && g_object_get_data (G_OBJECT (kind), KEY_WHOLE) != NULL;
      g_autoptr (BudgetFilter) filter =
        is_whole ? budget_filter_new () : g_object_ref (self->filter);

      budget_window_export_file (self, filter, path);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_export_kind (GtkFileChooser *chooser, const char *name, const char *suffix, gboolean is_whole)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_object_set_data_full (G_OBJECT (filter), KEY_SUFFIX, g_strdup (suffix), g_free);
  g_object_set_data (G_OBJECT (filter), KEY_WHOLE, GINT_TO_POINTER (is_whole));
  gtk_file_chooser_add_filter (chooser, filter);
}

/* Asks for the file and its format. */
void
_budget_window_choose_export (BudgetWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Export"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autofree char *label = budget_period_dup_label (budget_filter_get_period (self->filter));
  g_autofree char *name = g_strconcat (label, ".csv", NULL);

  for (guint i = 0; i < budget_exporter_get_n_kinds (); i++)
    {
      const char *title;
      const char *suffix = budget_exporter_get_kind (i, &title);

      add_export_kind (chooser, title, suffix, FALSE);
    }
  add_export_kind (chooser, _("Whole book (JSON)"), "json", TRUE);

  gtk_file_chooser_set_current_name (chooser, g_strdelimit (name, "/", '-'));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_export_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
move_expenses (OrmEntity *owner, OrmEntity *target, GError **error)
{
  GListModel *expenses = G_LIST_MODEL (orm_entity_get_collection (owner, "expenses"));
  const char *relationship = BUDGET_IS_CATEGORY (owner) ? "category" : "user";

  for (guint n_items = g_list_model_get_n_items (expenses); n_items > 0;
       n_items = g_list_model_get_n_items (expenses))
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (expenses, n_items - 1);
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_OBJECT);
      g_value_set_object (&value, target);
      if (expense == NULL || !orm_entity_set (expense, relationship, &value, error))
        return FALSE;
      if (g_list_model_get_n_items (expenses) >= n_items)
        return FALSE;
    }

  return TRUE;
}

/* Deletes a category or person, with its expenses unless they get another. */
static void
delete_owner (BudgetWindow *self, OrmEntity *owner, OrmEntity *target)
{
  OrmSession *session = budget_book_get_session (self->book);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  gboolean is_done = FALSE;

  g_object_get (owner, "name", &name, NULL);
  /* Translators: %s is the name of a category or a person */
  label = g_strdup_printf (_("Deleted “%s”"), name);
  if ((gpointer) budget_filter_get_category (self->filter) == owner)
    budget_filter_set_category (self->filter, NULL);
  if ((gpointer) budget_filter_get_user (self->filter) == owner)
    budget_filter_set_user (self->filter, NULL);

  orm_session_begin_group (session, label);
  is_done = (target == NULL || move_expenses (owner, target, &error)) &&
            orm_session_delete (session, owner, &error);
  orm_session_end_group (session);

  if (is_done)
    _budget_window_commit (self, label);
  else
    _budget_window_abandon (self, error);
}

static void
on_deletion_confirmed (BudgetWindow *self, OrmEntity *target, BudgetDeleteDialog *dialog)
{
  delete_owner (self, budget_delete_dialog_get_owner (dialog), target);
}

/* Asks first if there are expenses. */
static void
start_deletion (BudgetWindow *self, OrmEntity *owner)
{
  GtkWidget *dialog;

  if (g_list_model_get_n_items (G_LIST_MODEL (orm_entity_get_collection (owner, "expenses"))) == 0)
    {
      delete_owner (self, owner, NULL);
      return;
    }

  dialog = budget_delete_dialog_new (self->book, owner);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_deletion_confirmed), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_budget_window_delete_category (BudgetWindow *self, BudgetCategory *category)
{
  start_deletion (self, ORM_ENTITY (category));
}

void
_budget_window_delete_user (BudgetWindow *self, BudgetUser *user)
{
  if (g_list_model_get_n_items (budget_book_get_users (self->book)) < 2)
    {
      _budget_window_show_problem (self, _("A book needs at least one person"));
      return;
    }

  start_deletion (self, ORM_ENTITY (user));
}

static void
on_rule_toast_dismissed (BudgetWindow *self, AdwToast *toast)
{
  if (self->rule_toast == toast)
    self->rule_toast = NULL;
}

static void
withdraw_rule (BudgetWindow *self)
{
  if (self->rule_toast != NULL)
    adw_toast_dismiss (self->rule_toast);
}

/**
 * _budget_window_withdraw_offers:
 * @self: a window
 *
 * Withdraws the offers of a rule and to undo the latest step.
 */
void
_budget_window_withdraw_offers (BudgetWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  withdraw_rule (self);
}

/**
 * _budget_window_offer_rule:
 * @self: a window
 * @expenses: (element-type BudgetExpense): expenses whose category was changed
 *
 * Replaces the rule that is offered by one for these expenses, if there is any.
 */
void
_budget_window_offer_rule (BudgetWindow *self, GPtrArray *expenses)
{
  AdwToast *toast;

  withdraw_rule (self);
  toast = budget_rule_offer_new (self->book, expenses);
  if (toast == NULL)
    return;

  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_rule_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  self->rule_toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* An expense that is being edited, with its category from before. */
typedef struct
{
  BudgetWindow *window; /* outlives the form, which is destroyed with it */
  BudgetExpense *expense;
  BudgetCategory *category;
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->expense);
  g_clear_object (&edit->category);
  g_free (edit);
}

static void
on_edit_saved (GtkWidget *form, const char *label, Edit *edit)
{
  g_autoptr (GPtrArray) expenses = g_ptr_array_new ();

  g_ptr_array_add (expenses, edit->expense);
  if (budget_expense_get_category (edit->expense) != edit->category)
    _budget_window_offer_rule (edit->window, expenses);
}

/**
 * _budget_window_watch_category:
 * @self: a window
 * @form: where @expense is edited
 * @expense: an expense
 *
 * Calls _budget_window_offer_rule() when the form changes the category.
 */
void
_budget_window_watch_category (BudgetWindow *self, GtkWidget *form, BudgetExpense *expense)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->window = self;
  edit->expense = g_object_ref (expense);
  g_set_object (&edit->category, budget_expense_get_category (expense));
  g_signal_connect_data (form, "saved", G_CALLBACK (on_edit_saved), edit, edit_free,
                         G_CONNECT_AFTER);
}

/**
 * _budget_window_learn_rule:
 * @self: a window
 * @description: what was paid for
 * @category: the category of such expenses
 *
 * Adds the rule, as a step of its own for undo.
 */
void
_budget_window_learn_rule (BudgetWindow *self, const char *description, BudgetCategory *category)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  BudgetRule *rule = budget_rules_learn (self->book, description, category, NULL, &error);

  if (rule == NULL)
    {
      if (error != NULL)
        _budget_window_abandon (self, error);
      return;
    }

  /* Translators: %s is what a rule looks for */
  label = g_strdup_printf (_("Added the rule “%s”"), budget_rule_get_pattern (rule));
  _budget_window_commit (self, label);
}

BudgetExpensePane *
_budget_window_get_expense_pane (BudgetWindow *self)
{
  return self->expense_pane;
}

BudgetSummaryPane *
_budget_window_get_summary_pane (BudgetWindow *self)
{
  return self->summary_pane;
}

/* Only matters when the window is too narrow for both. */
void
_budget_window_show_pane (BudgetWindow *self, gpointer pane)
{
  adw_leaflet_set_visible_child (self->leaflet, pane);
}

/* Opens the book that could not be opened. */
void
_budget_window_retry (BudgetWindow *self)
{
  g_autofree char *path = g_strdup (self->failed_path);

  budget_window_open_book (self, path);
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
  accept_drops (self);
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

/**
 * budget_window_import_files:
 * @self: a window
 * @files: #GFile items
 *
 * Shows what bank files or the books of other programs contain, to be imported.
 */
void
budget_window_import_files (BudgetWindow *self, GListModel *files)
{
  g_autoptr (GListStore) statements = g_list_store_new (G_TYPE_FILE);

  g_return_if_fail (BUDGET_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  if (import_books (self, files))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (is_foreign_book (self, file))
        present_import (self, budget_migrate_dialog_new (self->book, g_file_peek_path (file)));
      else
        g_list_store_append (statements, file);
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (statements)) > 0)
    present_import (self, budget_import_dialog_new (self->book, G_LIST_MODEL (statements)));
}

/**
 * budget_window_export_file:
 * @self: a window with a book
 * @filter: which expenses; it is copied
 * @path: (type filename): the file; its suffix selects the format
 *
 * Exports expenses to a file in the background.
 */
void
budget_window_export_file (BudgetWindow *self, BudgetFilter *filter, const char *path)
{
  g_autoptr (BudgetFilter) copy = NULL;
  GApplication *application = g_application_get_default ();
  Export *export;

  g_return_if_fail (BUDGET_IS_WINDOW (self));
  g_return_if_fail (BUDGET_IS_FILTER (filter));
  g_return_if_fail (path != NULL);
  g_return_if_fail (self->book != NULL);

  copy = budget_filter_copy (filter);
  export = g_new0 (Export, 1);
  export->window = g_object_ref (self);
  export->cancellable = g_cancellable_new ();
  export->name = g_filename_display_basename (path);
  export->timeout = g_timeout_add (MAX_SILENT_MILLISECONDS, on_export_taking_long, export);
  if (application != NULL)
    {
      export->application = g_object_ref (application);
      g_application_hold (application);
    }

  budget_exporter_write_file_async (self->book, copy, path, on_export_progress, export,
                                    export->cancellable, on_written, export);
}
