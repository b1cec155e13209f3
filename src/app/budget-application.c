/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-application.h"
#include "budget-foreign-reader.h"
#include "budget-window.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetApplication:
 *
 * The application with its window. It opens the last book or the files it is
 * given: a book is shown, any other file is imported.
 */

struct _BudgetApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BudgetApplication, budget_application, ADW_TYPE_APPLICATION)

static BudgetWindow *
get_window (BudgetApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !BUDGET_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window == NULL)
    window = GTK_WINDOW (budget_window_new (GTK_APPLICATION (self)));

  return BUDGET_WINDOW (window);
}

static void
open_last_book (BudgetWindow *window)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *path = g_settings_get_string (settings, "last-book");

  if (budget_window_get_book (window) == NULL)
    budget_window_open_book (window, *path != '\0' ? path : NULL);
}

static void
budget_application_activate (GApplication *application)
{
  BudgetWindow *window = get_window (BUDGET_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  open_last_book (window);
}

/*
 * Recognizes a book by its suffix or by the beginning of the file, which
 * GnuCash databases share. Never reads the open book as a file: closing that
 * would drop SQLite's lock.
 */
static gboolean
is_book (BudgetWindow *window, GFile *file)
{
  BudgetBook *book = budget_window_get_book (window);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GFileInputStream) stream = NULL;
  char start[16] = "";

  if (path == NULL)
    return FALSE;

  if (g_str_has_suffix (path, ".budget") ||
      (book != NULL && g_strcmp0 (budget_book_get_path (book), path) == 0))
    return TRUE;

  stream = g_file_read (file, NULL, NULL);
  return stream != NULL &&
         g_input_stream_read (G_INPUT_STREAM (stream), start, sizeof start, NULL, NULL) ==
           (gssize) sizeof start &&
         memcmp (start, "SQLite format 3", sizeof start) == 0 &&
         !budget_foreign_reader_knows (path);
}

static void
budget_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  BudgetWindow *window = get_window (BUDGET_APPLICATION (application));
  g_autoptr (GListStore) statements = g_list_store_new (G_TYPE_FILE);

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = is_book (window, files[i]) ? g_file_get_path (files[i]) : NULL;

      if (path != NULL)
        budget_window_open_book (window, path);
      else
        g_list_store_append (statements, files[i]);
    }

  /* If the requested book cannot be opened, do not open another one instead. */
  if (g_list_model_get_n_items (G_LIST_MODEL (statements)) == (guint) n_files)
    open_last_book (window);
  if (g_list_model_get_n_items (G_LIST_MODEL (statements)) > 0 &&
      budget_window_get_book (window) != NULL)
    budget_window_import_files (window, G_LIST_MODEL (statements));
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  GtkWidget *about = adw_about_window_new ();

  adw_about_window_set_application_name (ADW_ABOUT_WINDOW (about), _("Budget"));
  adw_about_window_set_application_icon (ADW_ABOUT_WINDOW (about), APP_ID);
  adw_about_window_set_version (ADW_ABOUT_WINDOW (about), PACKAGE_VERSION);
  adw_about_window_set_developer_name (ADW_ABOUT_WINDOW (about), _("The Budget developers"));
  adw_about_window_set_license_type (ADW_ABOUT_WINDOW (about), GTK_LICENSE_GPL_3_0);
  adw_about_window_set_comments (ADW_ABOUT_WINDOW (about),
                                 _("Record expenses and see where the money goes"));
  /* Translators: your names, one a line; they are shown as the translators */
  adw_about_window_set_translator_credits (ADW_ABOUT_WINDOW (about), _("translator-credits"));
  gtk_window_set_transient_for (GTK_WINDOW (about),
                                gtk_application_get_active_window (application));
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
}

/* Close the windows first, so that each saves its size. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *node = windows; node != NULL; node = node->next)
    if (BUDGET_IS_WINDOW (node->data))
      gtk_window_close (node->data);
  g_list_free (windows);
  g_application_quit (user_data);
}

static const GActionEntry entries[] = {
  { "about", show_about },
  { "quit", quit },
};

static void
add_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } keys[] = {
    { "app.quit", { "<Control>q" } },           { "win.add", { "<Control>n" } },
    { "win.choose-period", { "<Control>p" } },  { "win.current-period", { "<Alt>Home" } },
    { "win.export", { "<Control>e" } },         { "win.import", { "<Control>o" } },
    { "win.next-period", { "<Alt>Right" } },    { "win.open-book", { "<Control><Shift>o" } },
    { "win.previous-period", { "<Alt>Left" } }, { "win.quick-entry", { "<Control>l" } },
    { "win.rules", { "<Control>r" } },          { "win.search", { "<Control>f" } },
    { "window.close", { "<Control>w" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].accelerators);
}

static void
budget_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (budget_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  add_accelerators (GTK_APPLICATION (application));
}

static void
budget_application_class_init (BudgetApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = budget_application_startup;
  application_class->activate = budget_application_activate;
  application_class->open = budget_application_open;
}

static void
budget_application_init (BudgetApplication *self)
{
}

BudgetApplication *
budget_application_new (void)
{
  BudgetApplication *self = g_object_new (BUDGET_TYPE_APPLICATION, NULL);

  g_application_set_application_id (G_APPLICATION (self), APP_ID);
  g_application_set_resource_base_path (G_APPLICATION (self), "/org/example/Budget");
  g_application_set_flags (G_APPLICATION (self), G_APPLICATION_HANDLES_OPEN);

  return self;
}
