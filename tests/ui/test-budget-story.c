/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-row.h"
#include "budget-csv-layout.h"
#include "budget-expense-pane.h"
#include "budget-import-dialog.h"
#include "budget-summary-pane.h"
#include "budget-window.h"
#include "import-fixture.h"

#include <glib/gstdio.h>

/*
 * One session with the program, from a bank's file to the reopened book,
 * through its buttons and lists.
 */

static const char bank[] = "Date,Description,Category,Amount\n"
                           "2026-11-02,Market,Food,-40.00\n"
                           "2026-11-03,Bakery,Food,-3.50\n"
                           "2026-11-04,Night bus,Food,-6.00\n"
                           "2026-11-05,Train,Transportation,-21.00\n"
                           "2026-11-06,Lamp,Flat,-30.00\n"
                           "soon,Broken,Flat,-1.00\n";

typedef struct
{
  char *folder;
  char *path;
  char *book_path;
  BudgetWindow *window;
  BudgetSummaryPane *summary_pane;
  BudgetExpensePane *expense_pane;
} Fixture;

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer what);

static GtkWidget *
find_child (GtkWidget *widget, Matches matches, gconstpointer what)
{
  if (matches (widget, what))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, matches, what);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) type);
}

static gboolean
is_row_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_undo_button (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
         gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) != NULL &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.undo") == 0;
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  return BUDGET_IS_CATEGORY_ROW (widget) &&
         g_strcmp0 (budget_category_total_get_name (
                      budget_category_row_get_total (BUDGET_CATEGORY_ROW (widget))),
                    name) == 0;
}

static gpointer
find_of_type (GtkWidget *widget, GType type)
{
  return find_child (widget, is_of_type, &type);
}

static void
open_window (Fixture *self)
{
  self->window = BUDGET_WINDOW (budget_window_new (NULL));
  self->summary_pane = find_of_type (GTK_WIDGET (self->window), BUDGET_TYPE_SUMMARY_PANE);
  self->expense_pane = find_of_type (GTK_WIDGET (self->window), BUDGET_TYPE_EXPENSE_PANE);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  budget_window_open_book (self->window, self->book_path);
  g_assert_nonnull (budget_window_get_book (self->window));
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.period-kind", "s", "everything"));
}

static void
close_window (Fixture *self)
{
  gtk_window_close (GTK_WINDOW (self->window));
  while (self->window != NULL || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("budget-story-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "bank.csv", NULL);
  self->book_path = g_build_filename (self->folder, "household.budget", NULL);
  book = budget_book_create (self->book_path, "EUR", &error);
  g_assert_no_error (error);
  g_clear_object (&book);
  open_window (self);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_window (self);
  remove_all (self->folder);
  g_free (self->book_path);
  g_free (self->path);
  g_free (self->folder);
}

static GListModel *
get_list (Fixture *self)
{
  return budget_expense_list_get_model (budget_expense_pane_get_list (self->expense_pane));
}

static gint64
sum_list (Fixture *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (get_list (self)); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (get_list (self), i);

      sum += budget_expense_get_amount (expense);
    }

  return sum;
}

static guint
find_slice (Fixture *self, const char *name)
{
  BudgetChartSeries *series =
    budget_chart_get_series (budget_summary_pane_get_chart (self->summary_pane));

  for (guint i = 0; i < budget_chart_series_get_n_items (series); i++)
    if (g_strcmp0 (budget_chart_series_get_label (series, i), name) == 0)
      return i;

  g_assert_not_reached ();
}

/* The legend's total of a category matches the size of its slice. */
static void
assert_category (Fixture *self, const char *name, guint count, gint64 total)
{
  BudgetChartSeries *series =
    budget_chart_get_series (budget_summary_pane_get_chart (self->summary_pane));
  GtkWidget *row = find_child (GTK_WIDGET (self->summary_pane), is_row_of, name);
  BudgetCategoryTotal *shown;

  g_assert_nonnull (row);
  shown = budget_category_row_get_total (BUDGET_CATEGORY_ROW (row));
  g_assert_cmpuint (budget_category_total_get_count (shown), ==, count);
  g_assert_cmpint (budget_category_total_get_total (shown), ==, total);
  g_assert_cmpint (budget_chart_series_get_value (series, find_slice (self, name)), ==, total);
}

static void
assert_all_agree (Fixture *self, guint count, gint64 sum)
{
  BudgetChartSeries *series =
    budget_chart_get_series (budget_summary_pane_get_chart (self->summary_pane));
  gint64 charted = 0;

  for (guint i = 0; i < budget_chart_series_get_n_items (series); i++)
    charted += budget_chart_series_get_value (series, i);

  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, count);
  g_assert_cmpint (sum_list (self), ==, sum);
  g_assert_cmpint (charted, ==, sum);
}

static BudgetImportDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (BUDGET_IS_IMPORT_DIALOG (window))
        return BUDGET_IMPORT_DIALOG (window);
    }

  return NULL;
}

/* The file has been read when the spinner stops. */
static void
wait_for_dialog (BudgetImportDialog *dialog)
{
  GtkSpinner *spinner = find_of_type (GTK_WIDGET (dialog), GTK_TYPE_SPINNER);

  while (gtk_spinner_get_spinning (spinner))
    g_main_context_iteration (NULL, TRUE);
}

static BudgetImportDialog *
open_file (Fixture *self, const char *text)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;
  BudgetImportDialog *dialog;

  g_file_set_contents (self->path, text, -1, &error);
  g_assert_no_error (error);
  g_list_store_append (files, file);
  budget_window_import_files (self->window, G_LIST_MODEL (files));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  wait_for_dialog (dialog);

  return dialog;
}

static void
import_file (Fixture *self, const char *text)
{
  BudgetImportDialog *dialog = open_file (self, text);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "import.commit", NULL));
  while (find_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
select_expense (Fixture *self, const char *description)
{
  GtkSelectionModel *selection =
    budget_expense_list_get_selection (budget_expense_pane_get_list (self->expense_pane));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (g_str_equal (budget_expense_get_description (expense), description))
        gtk_selection_model_select_item (selection, i, TRUE);
    }
}

static void
move_to (Fixture *self, const char *description, const char *name)
{
  BudgetCategory *category =
    budget_book_find_category (budget_window_get_book (self->window), name);

  g_assert_nonnull (category);
  select_expense (self, description);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.change-category", "x",
                                             orm_entity_get_id (ORM_ENTITY (category))));
}

/* A toast is drawn with the next frame. */
static void
undo_by_toast (Fixture *self)
{
  GtkWidget *button = NULL;

  while ((button = find_child (GTK_WIDGET (self->window), is_undo_button, NULL)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_signal_emit_by_name (button, "clicked");
}

static void
assert_as_imported (Fixture *self)
{
  assert_all_agree (self, 5, 10050);
  assert_category (self, "Food", 3, 4950);
  assert_category (self, "Transportation", 1, 2100);
  assert_category (self, "Flat", 1, 3000);
}

static void
assert_as_moved (Fixture *self)
{
  assert_all_agree (self, 5, 10050);
  assert_category (self, "Food", 2, 4350);
  assert_category (self, "Transportation", 2, 2700);
  assert_category (self, "Flat", 1, 3000);
}

/* The backup is made automatically, after the window is shown. */
static void
wait_for_backup (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);

  while (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_an_evening (Fixture *self, gconstpointer data)
{
  BudgetChart *chart = budget_summary_pane_get_chart (self->summary_pane);

  assert_all_agree (self, 0, 0);
  wait_for_backup ();
  import_file (self, bank);
  assert_as_imported (self);

  /* Activating a slice filters the list by its category; activating its row in
   * the legend removes the filter. */
  g_signal_emit_by_name (chart, "activate", find_slice (self, "Food"));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 3);
  g_assert_cmpint (sum_list (self), ==, 4950);

  /* An expense that is moved to another category leaves the filtered list. */
  move_to (self, "Night bus", "Transportation");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 2);
  g_assert_cmpint (sum_list (self), ==, 4350);
  assert_category (self, "Food", 2, 4350);
  g_assert_true (
    gtk_widget_activate (find_child (GTK_WIDGET (self->summary_pane), is_row_of, "Food")));
  assert_as_moved (self);

  undo_by_toast (self);
  assert_as_imported (self);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.redo", NULL));
  assert_as_moved (self);

  close_window (self);
  open_window (self);
  assert_as_moved (self);
}

static BudgetDraft *
get_draft (BudgetImportDialog *dialog, guint position)
{
  g_autoptr (BudgetDraft) draft =
    g_list_model_get_item (G_LIST_MODEL (budget_import_dialog_get_importer (dialog)), position);

  g_assert_nonnull (draft);
  return draft;
}

static void
choose (BudgetImportDialog *dialog, const char *title, guint position)
{
  GtkWidget *row = find_child (GTK_WIDGET (dialog), is_row_titled, title);

  g_assert_true (ADW_IS_COMBO_ROW (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
  wait_for_dialog (dialog);
}

static void
test_a_wrong_guess_is_corrected (Fixture *self, gconstpointer data)
{
  BudgetImportDialog *dialog = open_file (self, "Date,Text,Remark,Amount\n"
                                                "03/04/2026,Tea,black,-7.20\n"
                                                "05/06/2026,Cake,sweet,-3.00\n");
  GtkWidget *tick = find_of_type (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON);
  GtkWidget *row = find_child (GTK_WIDGET (dialog), is_row_titled, "Amounts Are Reversed");
  GtkSwitch *inverted = find_of_type (row, GTK_TYPE_SWITCH);
  GListModel *categories = budget_book_get_categories (budget_window_get_book (self->window));
  g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, 1);
  GDateMonth month = g_date_get_month (budget_draft_get_date (get_draft (dialog, 0)));

  g_assert_nonnull (tick);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), FALSE);
  g_assert_true (gtk_widget_activate_action (tick, "draft.change-category", "x",
                                             orm_entity_get_id (ORM_ENTITY (category))));
  g_assert_cmpint (import_fixture_count_drafts (budget_import_dialog_get_importer (dialog)).sum, ==,
                   300);

  choose (dialog, "Dates", month == G_DATE_APRIL ? BUDGET_DATE_ORDER_MDY : BUDGET_DATE_ORDER_DMY);
  g_assert_cmpint (g_date_get_month (budget_draft_get_date (get_draft (dialog, 0))), !=, month);
  g_assert_false (budget_draft_get_include (get_draft (dialog, 0)));
  g_assert_true (budget_draft_get_category (get_draft (dialog, 0)) == category);

  gtk_switch_set_active (inverted, TRUE);
  wait_for_dialog (dialog);
  g_assert_cmpint (import_fixture_count_drafts (budget_import_dialog_get_importer (dialog)).sum, ==,
                   -300);
  gtk_switch_set_active (inverted, FALSE);
  wait_for_dialog (dialog);

  choose (dialog, "Text", BUDGET_CSV_ROLE_IGNORED);
  choose (dialog, "Remark", BUDGET_CSV_ROLE_DESCRIPTION);
  g_assert_cmpstr (budget_draft_get_description (get_draft (dialog, 1)), ==, "sweet");

  /* An invalid entry shows an error and can be corrected. */
  choose (dialog, "Separator", 1);
  g_assert_cmpuint (budget_importer_get_n_files (budget_import_dialog_get_importer (dialog)), ==,
                    0);
  choose (dialog, "Separator", 0);
  g_assert_cmpint (import_fixture_count_drafts (budget_import_dialog_get_importer (dialog)).sum, ==,
                   300);

  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 0);
}

#define ADD(name, func) g_test_add ("/story/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *home = NULL;
  int result;

  if (g_getenv ("DISPLAY") == NULL)
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  /* The backups of these books must not go into the user's home folder. */
  home = g_dir_make_tmp ("budget-home-XXXXXX", NULL);
  g_assert_nonnull (home);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("an-evening", test_an_evening);
  ADD ("a-wrong-guess-is-corrected", test_a_wrong_guess_is_corrected);

  result = g_test_run ();
  remove_all (home);

  return result;
}
