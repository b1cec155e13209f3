/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-dialog.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>

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
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
_budget_window_choose_book (BudgetWindow *self)
{
  static const char *const suffixes[] = { "budget", NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Open a Book"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);

  add_filter (GTK_FILE_CHOOSER (dialog), _("Books"), suffixes);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_book_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
_budget_window_choose_statements (BudgetWindow *self)
{
  static const char *const suffixes[] = { "csv", "ofx", "qfx",   "qif", "txt",
                                          "xml", "sta", "mt940", "940", NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Import Bank Files"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);

  add_filter (GTK_FILE_CHOOSER (dialog), _("Bank files"), suffixes);
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

/**
 * budget_window_import_files:
 * @self: a window
 * @files: #GFile items
 *
 * Shows what is in the bank's files, to bring it into the book.
 */
void
budget_window_import_files (BudgetWindow *self, GListModel *files)
{
  GtkWidget *dialog = NULL;

  g_return_if_fail (BUDGET_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  dialog = budget_import_dialog_new (self->book, files);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
