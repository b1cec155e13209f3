/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-exporter.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>

/*
 * What the list shows, into a file: which, how far it is, and what became of
 * it. One can go on working meanwhile, or stop it.
 */

/* What is done by then needs no words. */
#define MILLISECONDS_BEFORE_TELLING 500

#define KEY_SUFFIX "budget-suffix"
#define KEY_WHOLE "budget-whole"

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
on_progress (double fraction, gpointer data)
{
  Export *self = data;

  if (self->bar != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
}

static void
on_response (GCancellable *cancellable, const char *response)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_taking_long (gpointer data)
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
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self->cancellable,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->dialog, dialog);
  g_set_weak_pointer (&self->bar, bar);
  gtk_window_present (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

static void
tell (BudgetWindow *self, guint n_written, const char *name)
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
      tell (self->window, n_written, self->name);
      return;
    }

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *message = g_strdup_printf ("%s: %s", self->name, error->message);

      _budget_window_show_problem (self->window, message);
    }
}

/**
 * budget_window_export_file:
 * @self: a window with a book
 * @filter: which expenses; what becomes of it later does not matter
 * @path: (type filename): where to; the ending says what kind of file
 *
 * Writes expenses into a file, while the window can go on being used.
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
  export->timeout = g_timeout_add (MILLISECONDS_BEFORE_TELLING, on_taking_long, export);
  if (application != NULL)
    {
      export->application = g_object_ref (application);
      g_application_hold (application);
    }

  budget_exporter_write_file_async (self->book, copy, path, on_progress, export,
                                    export->cancellable, on_written, export);
}

/* The name that was typed, with the ending of the kind that was chosen if it has none of ours. */
static char *
dup_path (GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  GtkFileFilter *kind = gtk_file_chooser_get_filter (chooser);

  if (path == NULL || budget_exporter_knows (path) || kind == NULL)
    return g_steal_pointer (&path);

  return g_strconcat (path, ".", (const char *) g_object_get_data (G_OBJECT (kind), KEY_SUFFIX),
                      NULL);
}

/* Only the file that was asked about may be written over. */
static gboolean
check_new_name (BudgetWindow *self, GtkFileChooser *chooser, const char *path)
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
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_path (chooser) : NULL;

  if (path != NULL && self->book != NULL && check_new_name (self, chooser, path))
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
add_kind (GtkFileChooser *chooser, const char *name, const char *suffix, gboolean is_whole)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_object_set_data_full (G_OBJECT (filter), KEY_SUFFIX, g_strdup (suffix), g_free);
  g_object_set_data (G_OBJECT (filter), KEY_WHOLE, GINT_TO_POINTER (is_whole));
  gtk_file_chooser_add_filter (chooser, filter);
}

/* Asks where to, and in what kind of file. */
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

      add_kind (chooser, title, suffix, FALSE);
    }
  add_kind (chooser, _("Whole book (JSON)"), "json", TRUE);

  gtk_file_chooser_set_current_name (chooser, g_strdelimit (name, "/", '-'));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_export_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
