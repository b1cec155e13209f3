/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-history-dialog.h"
#include "budget-import-history.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetImportHistoryDialog:
 *
 * The imported files, latest first. Each import can be undone, long after the
 * undo history is gone.
 */

struct _BudgetImportHistoryDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  GListModel *imports;
  guint idle_source; /* rows are to be told anew */
  AdwToast *undo_toast;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *rows;
  AdwStatusPage *failed_page;
};

G_DEFINE_FINAL_TYPE (BudgetImportHistoryDialog, budget_import_history_dialog, ADW_TYPE_WINDOW)

static const char import_data[] = "budget-import";

static void
on_undo_toast_dismissed (BudgetImportHistoryDialog *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

static void
show_toast (BudgetImportHistoryDialog *self, const char *text, gboolean can_undo)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  if (can_undo)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_undo_toast_dismissed), self,
                               G_CONNECT_SWAPPED);
      self->undo_toast = toast;
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static char *
describe_counts (BudgetImport *import)
{
  guint n_added = 0;
  guint n_matched = 0;
  guint n_changed = budget_import_history_count_changed (import);
  g_autofree char *text = NULL;

  if (!budget_import_history_count (import, &n_added, &n_matched))
    return g_strdup ("");

  text = g_strdup_printf (ngettext ("%u expense added", "%u expenses added", n_added), n_added);
  if (n_matched > 0)
    {
      g_autofree char *added = g_steal_pointer (&text);
      g_autofree char *matched =
        g_strdup_printf (ngettext ("%u matched", "%u matched", n_matched), n_matched);

      /* Translators: how many expenses were added, and how many matched */
      text = g_strdup_printf (_("%1$s, %2$s"), added, matched);
    }
  if (n_changed > 0)
    {
      g_autofree char *before = g_steal_pointer (&text);
      g_autofree char *changed =
        g_strdup_printf (ngettext ("%u changed", "%u changed", n_changed), n_changed);

      /* Translators: how many expenses were added and matched, and how many others changed */
      text = g_strdup_printf (_("%1$s, %2$s"), before, changed);
    }

  return g_steal_pointer (&text);
}

/* The date, the kind of file, the account, and the number of expenses. */
static char *
describe (BudgetImport *import)
{
  g_autoptr (GDateTime) made_at = g_date_time_to_local (budget_import_get_made_at (import));
  BudgetAccount *account = budget_import_get_account (import);
  g_autofree char *counts = describe_counts (import);
  g_autofree char *time = g_date_time_format (made_at, "%H:%M");
  g_autofree char *day = NULL;
  g_autoptr (GString) text = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (made_at),
                  (GDateMonth) g_date_time_get_month (made_at),
                  (GDateYear) g_date_time_get_year (made_at));
  day = budget_ui_format_date (&date, BUDGET_UI_DATE_FULL);

  text = g_string_new (counts);
  /* Translators: a day and a time of it */
  g_string_append_printf (text, _("\n%1$s at %2$s"), day, time);
  if (budget_import_get_format (import) != NULL)
    g_string_append_printf (text, " · %s", budget_import_get_format (import));
  if (account != NULL)
    g_string_append_printf (text, " · %s", budget_account_get_name (account));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_row (GtkWidget *row)
{
  BudgetImport *import = g_object_get_data (G_OBJECT (row), import_data);
  g_autofree char *text = describe (import);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
}

static void
show_state (BudgetImportHistoryDialog *self)
{
  gtk_stack_set_visible_child_name (
    self->stack, g_list_model_get_n_items (self->imports) > 0 ? "list" : "empty");
}

static gboolean
on_idle (gpointer user_data)
{
  BudgetImportHistoryDialog *self = user_data;

  self->idle_source = 0;
  show_state (self);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_ACTION_ROW (row))
      show_row (row);

  return G_SOURCE_REMOVE;
}

/* Many changes of the book cause one reload. */
static void
on_session_changed (BudgetImportHistoryDialog *self)
{
  if (self->idle_source == 0)
    self->idle_source = g_idle_add (on_idle, self);
}

typedef struct
{
  BudgetImportHistoryDialog *dialog;
  BudgetImport *import;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->import);
  g_free (question);
}

static void
on_answered (Question *question, const char *response)
{
  BudgetImportHistoryDialog *self = question->dialog;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "undo"))
    return;

  /* Translators: %s is the name of a file that was imported */
  label =
    g_strdup_printf (_("Undid the import of “%s”"), budget_import_get_name (question->import));
  if (budget_import_history_undo (self->book, question->import, &error))
    show_toast (self, label, TRUE);
  else
    show_toast (self, error->message, FALSE);
}

static char *
describe_loss (BudgetImport *import)
{
  guint n_added = 0;
  guint n_matched = 0;
  guint n_changed = budget_import_history_count_changed (import);
  g_autoptr (GString) text = g_string_new (NULL);

  budget_import_history_count (import, &n_added, &n_matched);
  g_string_append_printf (
    text,
    ngettext ("This also deletes the %u expense it added, including later changes.",
              "This also deletes the %u expenses it added, including later changes.", n_added),
    n_added);
  if (n_matched > 0)
    g_string_append_printf (
      text, ngettext ("\n%u entered by hand is kept.", "\n%u entered by hand are kept.", n_matched),
      n_matched);
  if (n_changed > 0)
    g_string_append_printf (text,
                            ngettext ("\nIts changes to %u other expense are undone.",
                                      "\nIts changes to %u other expenses are undone.", n_changed),
                            n_changed);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask (BudgetImportHistoryDialog *self, BudgetImport *import)
{
  g_autofree char *body = describe_loss (import);
  g_autofree char *heading = NULL;
  Question *question = g_new0 (Question, 1);
  GtkWidget *dialog;

  question->dialog = self;
  question->import = g_object_ref (import);

  /* Translators: %s is the name of a file that was imported */
  heading = g_strdup_printf (_("Undo Import of “%s”?"), budget_import_get_name (import));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "undo", _("_Undo Import"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered), question, question_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetImportHistoryDialog *self = BUDGET_IMPORT_HISTORY_DIALOG (widget);
  g_autoptr (BudgetImport) import =
    orm_session_get (budget_book_get_session (self->book), BUDGET_TYPE_IMPORT,
                     g_variant_get_int64 (parameter), NULL);

  if (import != NULL)
    ask (self, import);
}

static void
on_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.import", NULL);
  gtk_window_close (GTK_WINDOW (widget));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Undo Import…"));
  /* Translators: %s is the name of a file that was imported */
  g_autofree char *label = g_strdup_printf (_("Undo import of %s"), budget_import_get_name (item));
  g_autofree char *title = g_markup_escape_text (budget_import_get_name (item), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), import_data, g_object_ref (item), g_object_unref);
  show_row (row);

  budget_ui_set_label (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "history.undo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", orm_entity_get_id (item));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
budget_import_history_dialog_dispose (GObject *object)
{
  BudgetImportHistoryDialog *self = BUDGET_IMPORT_HISTORY_DIALOG (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  if (self->rows != NULL && self->imports != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  if (self->book != NULL)
    g_signal_handlers_disconnect_by_data (budget_book_get_session (self->book), self);
  if (self->imports != NULL)
    g_signal_handlers_disconnect_by_data (self->imports, self);
  g_clear_object (&self->imports);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_import_history_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, BudgetImportHistoryDialog, child)

static void
budget_import_history_dialog_class_init (BudgetImportHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_import_history_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/example/Budget/budget-import-history-dialog.ui");
  BIND (toasts);
  BIND (stack);
  BIND (rows);
  BIND (failed_page);
  gtk_widget_class_install_action (widget_class, "history.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "history.undo", "x", on_undo);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}

static void
budget_import_history_dialog_init (BudgetImportHistoryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_import_history_dialog_new:
 * @book: a book
 *
 * Returns: (transfer none): a dialog that lists the book's imports; it uses the
 *   actions of the window that it belongs to
 */
GtkWidget *
budget_import_history_dialog_new (BudgetBook *book)
{
  BudgetImportHistoryDialog *self = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_IMPORT_HISTORY_DIALOG, NULL);
  self->book = g_object_ref (book);
  self->imports = budget_import_history_open (book, &error);
  if (self->imports == NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, text);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return GTK_WIDGET (self);
    }

  gtk_list_box_bind_model (self->rows, self->imports, create_row, self, NULL);
  g_signal_connect_object (self->imports, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (budget_book_get_session (book), "changed",
                           G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  show_state (self);

  return GTK_WIDGET (self);
}
