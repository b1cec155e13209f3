/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-migrate-dialog.h"
#include "budget-window.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>

/* Importing another program's file through the window. */

typedef struct
{
  BookFixture book;
  BudgetWindow *window;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int file = g_file_open_tmp ("budget-XXXXXX.txt", &self->path, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  book_fixture_set_up (&self->book, NULL);
  self->window = BUDGET_WINDOW (budget_window_new (NULL));
  budget_window_set_book (self->window, self->book.book);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  book_fixture_tear_down (&self->book, NULL);
  g_unlink (self->path);
  g_free (self->path);
}

static BudgetMigrateDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (BUDGET_IS_MIGRATE_DIALOG (toplevel))
        return BUDGET_MIGRATE_DIALOG (toplevel);
    }

  return NULL;
}

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
get_page (BudgetMigrateDialog *dialog)
{
  GtkWidget *stack = find_child (GTK_WIDGET (dialog), GTK_TYPE_STACK);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

/* Opens another program's file in the window and waits until it is read. */
static BudgetMigrateDialog *
give (Fixture *self, const char *currency, const char *entries)
{
  g_autofree char *text =
    g_strdup_printf ("<homebank><properties title=\"&lt;b&gt;\" curr=\"1\"/>"
                     "<cur key=\"1\" iso=\"%s\"/>"
                     "<account key=\"1\" curr=\"1\" name=\"Bank &amp; &lt;Co\"/>%s</homebank>",
                     currency, entries);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  BudgetMigrateDialog *dialog;

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  g_list_store_append (files, file);
  budget_window_import_files (self->window, G_LIST_MODEL (files));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  while (g_str_equal (get_page (dialog), "reading"))
    g_main_context_iteration (NULL, TRUE);
  return dialog;
}

static guint
count_expenses (Fixture *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = orm_session_find (self->book.session, query, NULL);

  return g_list_model_get_n_items (found);
}

#define ENTRIES                                                                                    \
  "<ope date=\"739617\" amount=\"-5\" account=\"1\" wording=\"soup\"/>"                            \
  "<ope date=\"0\" amount=\"-5\" account=\"1\"/><fav flags=\"4\"/>"

static void
test_is_imported_when_confirmed (Fixture *self, gconstpointer data)
{
  const char *currency = budget_book_get_currency (self->book.book);
  guint before = count_expenses (self);
  BudgetMigrateDialog *dialog = give (self, currency, ENTRIES);

  g_assert_cmpstr (get_page (dialog), ==, "report");
  g_assert_cmpuint (budget_book_merger_get_n_new (budget_migrate_dialog_get_merger (dialog)), ==,
                    1);
  g_assert_cmpuint (count_expenses (self), ==, before);

  while (!gtk_widget_activate_action (GTK_WIDGET (dialog), "migrate.commit", NULL) ||
         find_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_expenses (self), ==, before + 1);
  g_assert_cmpstr (orm_session_get_undo_label (self->book.session), ==, "Migration from HomeBank");

  /* Expenses that the book already has are not offered again. */
  dialog = give (self, currency, ENTRIES);
  g_assert_cmpuint (budget_book_merger_get_n_new (budget_migrate_dialog_get_merger (dialog)), ==,
                    0);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "migrate.commit", NULL);
  g_assert_cmpuint (count_expenses (self), ==, before + 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_reports_an_error (Fixture *self, gconstpointer data)
{
  BudgetMigrateDialog *dialog = give (self, "XAF", ENTRIES);
  AdwStatusPage *page;

  g_assert_cmpstr (get_page (dialog), ==, "failed");
  page = ADW_STATUS_PAGE (find_child (
    gtk_stack_get_visible_child (GTK_STACK (find_child (GTK_WIDGET (dialog), GTK_TYPE_STACK))),
    ADW_TYPE_STATUS_PAGE));
  g_assert_nonnull (g_strstr_len (adw_status_page_get_description (page), -1, "XAF"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_can_be_closed_while_it_reads (Fixture *self, gconstpointer data)
{
  guint before = count_expenses (self);
  GtkWidget *dialog;

  g_assert_true (g_file_set_contents (self->path, "<homebank/>", -1, NULL));
  dialog = budget_migrate_dialog_new (self->book.book, self->path);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_expenses (self), ==, before);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/budget/migrate-dialog/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  if (g_getenv ("DISPLAY") == NULL)
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("is-imported-when-confirmed", test_is_imported_when_confirmed);
  ADD ("reports-an-error", test_reports_an_error);
  ADD ("can-be-closed-while-it-reads", test_can_be_closed_while_it_reads);

  return g_test_run ();
}
