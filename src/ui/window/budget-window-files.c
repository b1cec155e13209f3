/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-foreign-reader.h"
#include "budget-import-dialog.h"
#include "budget-switch-dialog.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

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

  add_filter (GTK_FILE_CHOOSER (dialog), _("Books"), suffixes);
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

  add_filter (GTK_FILE_CHOOSER (dialog), _("Bank files"), suffixes);
  add_filter (GTK_FILE_CHOOSER (dialog), _("All files"), NULL);
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

/* What the book began with may have gone; nothing can be filtered by it then. */
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

/* Returns: whether whole books were among the files, which are brought in as they are */
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

/* A book is opened; anything else may be a bank's. */
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
void
_budget_window_accept_drops (BudgetWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * budget_window_import_files:
 * @self: a window
 * @files: #GFile items
 *
 * Shows what is in the bank's files, or in the books of other programs, to
 * bring it into the book.
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
        present_import (self, budget_switch_dialog_new (self->book, g_file_peek_path (file)));
      else
        g_list_store_append (statements, file);
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (statements)) > 0)
    present_import (self, budget_import_dialog_new (self->book, G_LIST_MODEL (statements)));
}
