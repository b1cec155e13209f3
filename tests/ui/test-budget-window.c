/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-category-row.h"
#include "budget-delete-dialog.h"
#include "budget-expense-pane.h"
#include "budget-import-dialog.h"
#include "budget-summary-pane.h"
#include "budget-ui-text.h"
#include "budget-window.h"

#include <glib/gstdio.h>
#include <string.h>

/* The window as a user works with it: a change in one place is visible in all others. */

typedef struct
{
  BookFixture book;
  BudgetWindow *window;
  BudgetSummaryPane *summary_pane;
  BudgetExpensePane *expense_pane;
} Fixture;

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

static void
open_window (Fixture *self)
{
  g_autoptr (BudgetPeriod) everything = budget_period_new_everything ();
  GtkWidget *window = NULL;

  window = budget_window_new (NULL);
  self->window = BUDGET_WINDOW (window);
  self->summary_pane = BUDGET_SUMMARY_PANE (find_child (window, BUDGET_TYPE_SUMMARY_PANE));
  self->expense_pane = BUDGET_EXPENSE_PANE (find_child (window, BUDGET_TYPE_EXPENSE_PANE));
  budget_window_set_book (self->window, self->book.book);
  budget_filter_set_period (budget_window_get_filter (self->window), everything);
  gtk_window_present (GTK_WINDOW (window));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  book_fixture_set_up (&self->book, NULL);
  open_window (self);
}

static void
set_up_big (Fixture *self, gconstpointer data)
{
  book_fixture_set_up_big (&self->book, NULL);
  open_window (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  book_fixture_tear_down (&self->book, NULL);
}

static GListModel *
get_list (Fixture *self)
{
  return budget_expense_list_get_model (budget_expense_pane_get_list (self->expense_pane));
}

/* In a large book, lists and totals are filled in the background. */
static void
wait_for_rows (Fixture *self)
{
  BudgetExpenseList *list = budget_expense_pane_get_list (self->expense_pane);
  BudgetSummary *summary = budget_summary_pane_get_summary (self->summary_pane);

  while (budget_expense_list_get_loading (list) || budget_summary_get_loading (summary))
    g_main_context_iteration (NULL, TRUE);
}

static BudgetCategoryTotal *
find_total (Fixture *self, BudgetCategory *category)
{
  GListModel *totals = G_LIST_MODEL (budget_summary_pane_get_summary (self->summary_pane));

  for (guint i = 0; i < g_list_model_get_n_items (totals); i++)
    {
      g_autoptr (BudgetCategoryTotal) total = g_list_model_get_item (totals, i);

      if (budget_category_total_get_category (total) == category)
        return g_steal_pointer (&total);
    }

  return NULL;
}

/* All amounts are positive, so each total is a slice, and the totals add up to the list's sum. */
static void
assert_all_agree (Fixture *self)
{
  BudgetChart *chart = budget_summary_pane_get_chart (self->summary_pane);
  BudgetChartSeries *series = budget_chart_get_series (chart);
  GListModel *totals = G_LIST_MODEL (budget_summary_pane_get_summary (self->summary_pane));
  gint64 listed = 0;
  gint64 charted = 0;

  for (guint i = 0; i < g_list_model_get_n_items (get_list (self)); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (get_list (self), i);

      listed += budget_expense_get_amount (expense);
    }
  for (guint i = 0; i < budget_chart_series_get_n_items (series); i++)
    charted += budget_chart_series_get_value (series, i);

  g_assert_cmpint (listed, ==,
                   budget_summary_get_total (budget_summary_pane_get_summary (self->summary_pane)));
  g_assert_cmpint (charted, ==, listed);
  g_assert_cmpuint (budget_chart_series_get_n_items (series), <=,
                    g_list_model_get_n_items (totals));
}

static void
select_expense (Fixture *self, gint64 id)
{
  GtkSelectionModel *selection =
    budget_expense_list_get_selection (budget_expense_pane_get_list (self->expense_pane));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (orm_entity_get_id (expense) == id)
        gtk_selection_model_select_item (selection, i, TRUE);
    }
}

static void
act (Fixture *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL));
}

static void
type_line (Fixture *self, const char *text)
{
  BudgetEntryLine *line = budget_expense_pane_get_entry_line (self->expense_pane);
  GtkEntry *entry = budget_entry_line_get_entry (line);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_list_totals_and_chart_agree (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "list");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  assert_all_agree (self);
}

static void
test_a_typed_line_is_added_everywhere (Fixture *self, gconstpointer data)
{
  BudgetEntryLine *line = budget_expense_pane_get_entry_line (self->expense_pane);

  type_line (self, "12.50 tea #Food @Bob");

  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 7);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (budget_entry_line_get_entry (line))), ==,
                   "");
  assert_all_agree (self);

  act (self, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  assert_all_agree (self);

  act (self, "win.redo");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 7);
  assert_all_agree (self);
}

static void
test_undo_removes_a_new_category_with_its_expense (Fixture *self, gconstpointer data)
{
  GListModel *categories = budget_book_get_categories (self->book.book);
  guint n_categories = g_list_model_get_n_items (categories);

  type_line (self, "80 ticket #Journeys");
  g_assert_cmpuint (g_list_model_get_n_items (categories), ==, n_categories + 1);
  budget_filter_set_category (budget_window_get_filter (self->window),
                              budget_book_find_category (self->book.book, "journeys"));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 1);

  act (self, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (categories), ==, n_categories);
  g_assert_null (budget_filter_get_category (budget_window_get_filter (self->window)));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
}

static BudgetImportDialog *
find_import_dialog (void)
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

static void
test_imported_rows_show_everywhere (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "budget-window-bank.csv", NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BudgetImportDialog *dialog = NULL;
  GtkSpinner *spinner;

  g_assert_true (g_file_set_contents (
    path, "Date,Description,Amount\n2026-11-20,Tea & <b>cake</b>,-7.20\nnever,Broken,-1.00\n", -1,
    NULL));
  g_list_store_append (files, file);
  budget_window_import_files (self->window, G_LIST_MODEL (files));
  dialog = find_import_dialog ();
  g_assert_nonnull (dialog);
  spinner = GTK_SPINNER (find_child (GTK_WIDGET (dialog), GTK_TYPE_SPINNER));
  while (gtk_spinner_get_spinning (spinner))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.commit", NULL);
  while (find_import_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 7);
  assert_all_agree (self);
  act (self, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static char *
wait_for_file (const char *path)
{
  char *contents = NULL;

  while (!g_file_get_contents (path, &contents, NULL, NULL))
    g_main_context_iteration (NULL, TRUE);

  return contents;
}

static GtkLabel *
find_label (GtkWidget *widget, const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part) != NULL)
    return GTK_LABEL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_label (child, part);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
wait_for_label (Fixture *self, const char *part)
{
  while (find_label (GTK_WIDGET (self->window), part) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_search_without_results_names_its_period (Fixture *self, gconstpointer data)
{
  BudgetFilter *filter = budget_window_get_filter (self->window);
  g_autoptr (BudgetPeriod) november = NULL;
  g_autoptr (BudgetPeriod) everything = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 3, G_DATE_NOVEMBER, 2026);
  november = budget_period_new_for_date (BUDGET_PERIOD_MONTH, &date);
  everything = budget_period_new_for_date (BUDGET_PERIOD_EVERYTHING, &date);

  budget_filter_set_period (filter, november);
  budget_filter_set_search (filter, "zeppelin");
  wait_for_label (self, "No Results in November 2026");
  while (!gtk_widget_get_mapped (
    GTK_WIDGET (find_label (GTK_WIDGET (self->window), "No Results in November 2026"))))
    g_main_context_iteration (NULL, TRUE);

  budget_filter_set_period (filter, everything);
  while (find_label (GTK_WIDGET (self->window), "No Results in") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (find_label (GTK_WIDGET (self->window), "No Results"));
}

/* Exports the visible list, and opens an exported book. */
static void
test_exporting_and_a_whole_book (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("budget-XXXXXX", NULL);
  g_autofree char *list = g_build_filename (folder, "list.csv", NULL);
  g_autofree char *whole = g_build_filename (folder, "book.json", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "list.csv", NULL);
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BudgetFilter) everything = budget_filter_new ();
  BudgetFilter *filter = budget_window_get_filter (self->window);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (whole);
  g_autoptr (BudgetExpense) gas = book_fixture_get (&self->book, BOOK_FIXTURE_GAS);

  budget_filter_set_user (filter, self->book.bob);
  budget_window_export_file (self->window, filter, list);
  budget_filter_set_user (filter, NULL);
  rows = wait_for_file (list);
  g_assert_nonnull (strstr (rows, "Concert"));
  g_assert_null (strstr (rows, "Gas"));
  wait_for_label (self, "Exported 3 expenses to list.csv");

  budget_window_export_file (self->window, everything, whole);
  text = wait_for_file (whole);
  g_assert_nonnull (strstr (text, "budget-book"));

  g_assert_true (orm_session_delete (self->book.session, gas, NULL));
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 5);
  g_list_store_append (files, file);
  budget_window_import_files (self->window, G_LIST_MODEL (files));
  g_assert_null (find_import_dialog ());
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  act (self, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 5);

  budget_window_export_file (self->window, everything, nowhere);
  wait_for_label (self, "list.csv: ");

  g_assert_cmpint (g_remove (list), ==, 0);
  g_assert_cmpint (g_remove (whole), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_a_heading_sorts_in_the_book (Fixture *self, gconstpointer data)
{
  GtkColumnView *view =
    GTK_COLUMN_VIEW (find_child (GTK_WIDGET (self->expense_pane), GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GtkColumnViewColumn) amount =
    g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);
  g_autoptr (BudgetExpense) first = NULL;
  g_autoptr (BudgetExpense) last = NULL;

  gtk_column_view_sort_by_column (view, amount, GTK_SORT_DESCENDING);

  g_assert_cmpint (budget_filter_get_sort_column (budget_window_get_filter (self->window)), ==,
                   BUDGET_FILTER_COLUMN_AMOUNT);
  g_assert_cmpint (budget_filter_get_sort_direction (budget_window_get_filter (self->window)), ==,
                   ORM_DESCENDING);
  first = g_list_model_get_item (get_list (self), 0);
  last = g_list_model_get_item (get_list (self), 5);
  g_assert_cmpint (budget_expense_get_amount (first), >, budget_expense_get_amount (last));
}

static void
test_a_line_that_cannot_be_read_adds_nothing (Fixture *self, gconstpointer data)
{
  BudgetEntryLine *line = budget_expense_pane_get_entry_line (self->expense_pane);

  type_line (self, "tea without an amount");
  type_line (self, "3 tea @nobody");

  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (budget_entry_line_get_entry (line))), ==,
                   "3 tea @nobody");
  g_assert_false (orm_session_get_dirty (self->book.session));
}

static void
test_a_slice_filters_the_list (Fixture *self, gconstpointer data)
{
  BudgetChart *chart = budget_summary_pane_get_chart (self->summary_pane);
  g_autoptr (BudgetCategoryTotal) food = find_total (self, self->book.food);
  guint position = budget_chart_series_find (budget_chart_get_series (chart), food);

  g_signal_emit_by_name (chart, "activate", position);
  g_assert_true (budget_filter_get_category (budget_window_get_filter (self->window)) ==
                 self->book.food);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==,
                    budget_category_total_get_count (food));

  g_signal_emit_by_name (chart, "activate", position);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
}

static void
test_moving_an_expense_moves_it_everywhere (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetCategoryTotal) food = find_total (self, self->book.food);
  g_autoptr (BudgetExpense) gas = book_fixture_get (&self->book, BOOK_FIXTURE_GAS);
  gint64 before = budget_category_total_get_total (food);

  select_expense (self, BOOK_FIXTURE_GAS);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.change-category", "x",
                                             orm_entity_get_id (ORM_ENTITY (self->book.food))));

  g_assert_true (budget_expense_get_category (gas) == self->book.food);
  g_assert_cmpint (budget_category_total_get_total (food), ==,
                   before + budget_expense_get_amount (gas));
  assert_all_agree (self);

  act (self, "win.undo");
  g_assert_true (budget_expense_get_category (gas) == self->book.transportation);
  g_assert_cmpint (budget_category_total_get_total (food), ==, before);
  assert_all_agree (self);
}

static void
test_a_deleted_expense_comes_back (Fixture *self, gconstpointer data)
{
  select_expense (self, BOOK_FIXTURE_DINNER);
  act (self, "win.delete");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 5);
  assert_all_agree (self);

  act (self, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  assert_all_agree (self);
}

static void
test_each_empty_state_has_its_page (Fixture *self, gconstpointer data)
{
  BudgetFilter *filter = budget_window_get_filter (self->window);
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1970);
  g_autoptr (BudgetPeriod) long_ago = budget_period_new_for_date (BUDGET_PERIOD_YEAR, date);

  budget_filter_set_search (filter, "nothing is called so");
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "empty-filter");

  act (self, "win.clear-filters");
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "list");

  budget_filter_set_period (filter, long_ago);
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "empty-period");

  act (self, "win.next-period");
  g_assert_cmpint (g_date_get_year (budget_period_get_first (budget_filter_get_period (filter))),
                   ==, 1971);
}

static void
test_rows_stay_until_new_ones_are_read (Fixture *self, gconstpointer data)
{
  BudgetFilter *filter = budget_window_get_filter (self->window);
  BudgetExpenseList *list = budget_expense_pane_get_list (self->expense_pane);
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1970);
  g_autoptr (BudgetPeriod) long_ago = budget_period_new_for_date (BUDGET_PERIOD_YEAR, date);
  g_autoptr (GListModel) before = NULL;

  wait_for_rows (self);
  assert_all_agree (self);
  before = g_object_ref (get_list (self));

  budget_filter_set_category (filter, self->book.food);
  budget_filter_set_category (filter, self->book.entertainment);
  g_assert_true (budget_expense_list_get_loading (list));
  g_assert_true (get_list (self) == before);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  wait_for_rows (self);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 1);

  /* While the search is running, no page says that there are no results. */
  budget_filter_set_search (filter, "nothing is called so");
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "list");
  wait_for_rows (self);
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "empty-filter");

  act (self, "win.clear-filters");
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "list");
  budget_filter_set_period (filter, long_ago);
  wait_for_rows (self);
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "empty-period");
}

static void
test_an_edit_shows_in_a_big_book (Fixture *self, gconstpointer data)
{
  type_line (self, "7 tea #Food @Alice");
  wait_for_rows (self);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 7);
  assert_all_agree (self);

  select_expense (self, BOOK_FIXTURE_DINNER);
  act (self, "win.delete");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 6);
  assert_all_agree (self);
}

static void
test_rows_that_cannot_be_read_are_no_empty_list (Fixture *self, gconstpointer data)
{
  OrmConnection *connection = orm_session_get_connection (self->book.session);
  BudgetFilter *filter = budget_window_get_filter (self->window);

  wait_for_rows (self);
  g_assert_true (orm_connection_begin (connection, NULL));
  g_assert_true (
    orm_connection_execute (connection, "ALTER TABLE expenses RENAME TO hidden", NULL));
  g_assert_true (orm_connection_commit (connection, NULL));
  budget_filter_set_category (filter, self->book.food);
  wait_for_rows (self);
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "failed");

  g_assert_true (orm_connection_begin (connection, NULL));
  g_assert_true (
    orm_connection_execute (connection, "ALTER TABLE hidden RENAME TO expenses", NULL));
  g_assert_true (orm_connection_commit (connection, NULL));
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (self->expense_pane), "expenses.reload", NULL));
  wait_for_rows (self);
  g_assert_cmpstr (budget_expense_pane_get_state (self->expense_pane), ==, "list");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 4);
}

static void
test_a_row_is_highlighted_with_its_slice (Fixture *self, gconstpointer data)
{
  BudgetChart *chart = budget_summary_pane_get_chart (self->summary_pane);
  GtkWidget *row = find_child (GTK_WIDGET (self->summary_pane), BUDGET_TYPE_CATEGORY_ROW);
  gboolean is_lit = FALSE;

  budget_chart_set_highlighted (chart, 0);
  g_object_get (row, "lit", &is_lit, NULL);
  g_assert_true (is_lit);

  budget_chart_set_highlighted (chart, GTK_INVALID_LIST_POSITION);
  g_object_get (row, "lit", &is_lit, NULL);
  g_assert_false (is_lit);
}

#define ADD(name, func) g_test_add ("/window/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_BIG(name, func) g_test_add ("/window/" name, Fixture, NULL, set_up_big, func, tear_down)

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_elsewhere (const char *path, const char *sql)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) other = orm_connection_open (uri, &error);

  g_assert_no_error (error);
  orm_connection_execute (other, sql, &error);
  g_assert_no_error (error);
}

static void
remove_book (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

static void
test_another_program_is_noticed (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("budget-window-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "shared.budget", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_create (path, "EUR", &error);
  gboolean is_late = FALSE;
  guint late_id;

  g_assert_no_error (error);
  budget_window_set_book (self->window, book);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 0);

  run_elsewhere (path, "INSERT INTO expenses (description, amount, date, user_id, category_id) "
                       "SELECT 'Theirs', 1234, '2026-11-22', (SELECT min(id) FROM users), "
                       "(SELECT min(id) FROM categories)");
  late_id = g_timeout_add_seconds (60, on_late, &is_late);
  while (!is_late && g_list_model_get_n_items (get_list (self)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (late_id);

  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, 1);
  g_assert_cmpint (budget_summary_get_total (budget_summary_pane_get_summary (self->summary_pane)),
                   ==, 1234);
  assert_all_agree (self);

  budget_window_set_book (self->window, self->book.book);
  g_clear_object (&book);
  remove_book (path);
}

static float
get_end (GtkLabel *label, GtkWidget *list)
{
  graphene_rect_t bounds;

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (label), list, &bounds));

  return bounds.origin.x + bounds.size.width;
}

static void
wait_for_width (GtkWidget *widget)
{
  while (gtk_widget_get_width (widget) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_title_ends_where_its_figures_do (Fixture *self, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (budget_expense_pane_get_list (self->expense_pane));
  g_autoptr (BudgetExpense) expense = book_fixture_get (&self->book, BOOK_FIXTURE_GAS);
  g_autofree char *amount = budget_ui_format_amount (budget_expense_get_amount (expense),
                                                     budget_book_get_currency (self->book.book));

  wait_for_width (GTK_WIDGET (find_label (list, amount)));
  g_assert_cmpfloat (get_end (find_label (list, "Amount"), list), ==,
                     get_end (find_label (list, amount), list));
}

static gboolean
is_column_visible (Fixture *self, const char *title)
{
  GtkWidget *list = GTK_WIDGET (budget_expense_pane_get_list (self->expense_pane));
  GtkColumnView *view = GTK_COLUMN_VIEW (find_child (list, GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_title (column), title))
        return gtk_column_view_column_get_visible (column);
    }

  g_assert_not_reached ();
}

static void
test_only_several_people_have_a_column (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wait_for_width (GTK_WIDGET (self->expense_pane));
  g_assert_true (is_column_visible (self, "Person"));

  orm_session_delete (self->book.session, self->book.bob, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book.book, "Deleted", &error);
  g_assert_no_error (error);
  g_assert_false (is_column_visible (self, "Person"));
  g_assert_true (is_column_visible (self, "Category"));

  act (self, "win.undo");
  g_assert_true (is_column_visible (self, "Person"));
}

/* Returns: (nullable): the question that is on the screen */
static AdwMessageDialog *
find_question (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (BUDGET_IS_DELETE_DIALOG (window) && gtk_widget_get_visible (window))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static AdwMessageDialog *
ask_to_delete (Fixture *self, const char *action, gpointer owner)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action, "x",
                                             orm_entity_get_id (ORM_ENTITY (owner))));

  return find_question ();
}

static void
answer (AdwMessageDialog *question, const char *response)
{
  g_assert_nonnull (question);
  g_assert_true (adw_message_dialog_has_response (question, response));
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
}

static guint
count_expenses (gpointer owner)
{
  return g_list_model_get_n_items (G_LIST_MODEL (orm_entity_get_collection (owner, "expenses")));
}

static void
test_the_expenses_of_a_deleted_category_are_moved (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetCategory) restored = NULL;
  gint64 id = orm_entity_get_id (ORM_ENTITY (self->book.food));
  guint n_moved = count_expenses (self->book.food);
  guint n_before = count_expenses (self->book.entertainment);
  guint n_all = g_list_model_get_n_items (get_list (self));
  AdwMessageDialog *question = ask_to_delete (self, "win.delete-category", self->book.food);
  GtkDropDown *others;
  g_autofree char *text =
    g_strdup_printf ("%u expenses belong to it. They can be moved to another, "
                     "or be deleted too.",
                     n_moved);

  g_assert_nonnull (question);
  g_assert_cmpstr (adw_message_dialog_get_heading (question), ==, "Delete “Food”?");
  g_assert_cmpstr (adw_message_dialog_get_body (question), ==, text);

  others = GTK_DROP_DOWN (adw_message_dialog_get_extra_child (question));
  for (guint i = 0; i < g_list_model_get_n_items (gtk_drop_down_get_model (others)); i++)
    if (g_str_equal (
          gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (others)), i),
          "Entertainment"))
      gtk_drop_down_set_selected (others, i);
  answer (question, "move");

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (self->book.food)), !=, ORM_ENTITY_PERSISTENT);
  g_assert_cmpuint (count_expenses (self->book.entertainment), ==, n_before + n_moved);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, n_all);

  act (self, "win.undo");
  restored = orm_session_get (self->book.session, BUDGET_TYPE_CATEGORY, id, NULL);
  g_assert_nonnull (restored);
  g_assert_cmpuint (count_expenses (restored), ==, n_moved);
  g_assert_cmpuint (count_expenses (self->book.entertainment), ==, n_before);
}

static void
test_the_expenses_of_a_deleted_person_go_too (Fixture *self, gconstpointer data)
{
  guint n_deleted = count_expenses (self->book.bob);
  guint n_all = g_list_model_get_n_items (get_list (self));

  budget_filter_set_user (budget_window_get_filter (self->window), self->book.bob);
  answer (ask_to_delete (self, "win.delete-person", self->book.bob), "cancel");
  g_assert_cmpuint (count_expenses (self->book.bob), ==, n_deleted);

  answer (ask_to_delete (self, "win.delete-person", self->book.bob), "delete");
  g_assert_null (budget_filter_get_user (budget_window_get_filter (self->window)));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (self)), ==, n_all - n_deleted);

  /* A book keeps one person. */
  g_assert_null (ask_to_delete (self, "win.delete-person", self->book.alice));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (self->book.alice)), ==, ORM_ENTITY_PERSISTENT);
}

static void
test_a_category_without_expenses_goes_unasked (Fixture *self, gconstpointer data)
{
  g_assert_null (ask_to_delete (self, "win.delete-category", self->book.empty));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (self->book.empty)), !=, ORM_ENTITY_PERSISTENT);
}

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

  ADD_BIG ("rows-stay-until-new-ones-are-read", test_rows_stay_until_new_ones_are_read);
  ADD_BIG ("an-edit-shows-in-a-big-book", test_an_edit_shows_in_a_big_book);
  ADD_BIG ("rows-that-cannot-be-read-are-no-empty-list",
           test_rows_that_cannot_be_read_are_no_empty_list);
  ADD ("another-program-is-noticed", test_another_program_is_noticed);
  ADD ("list-totals-and-chart-agree", test_list_totals_and_chart_agree);
  ADD ("a-typed-line-is-added-everywhere", test_a_typed_line_is_added_everywhere);
  ADD ("undo-removes-a-new-category-with-its-expense",
       test_undo_removes_a_new_category_with_its_expense);
  ADD ("imported-rows-show-everywhere", test_imported_rows_show_everywhere);
  ADD ("a-search-without-results-names-its-period", test_a_search_without_results_names_its_period);
  ADD ("exporting-and-a-whole-book", test_exporting_and_a_whole_book);
  ADD ("a-heading-sorts-in-the-book", test_a_heading_sorts_in_the_book);
  ADD ("a-line-that-cannot-be-read-adds-nothing", test_a_line_that_cannot_be_read_adds_nothing);
  ADD ("a-slice-filters-the-list", test_a_slice_filters_the_list);
  ADD ("moving-an-expense-moves-it-everywhere", test_moving_an_expense_moves_it_everywhere);
  ADD ("a-deleted-expense-comes-back", test_a_deleted_expense_comes_back);
  ADD ("the-expenses-of-a-deleted-category-are-moved",
       test_the_expenses_of_a_deleted_category_are_moved);
  ADD ("the-expenses-of-a-deleted-person-go-too", test_the_expenses_of_a_deleted_person_go_too);
  ADD ("a-category-without-expenses-goes-unasked", test_a_category_without_expenses_goes_unasked);
  ADD ("only-several-people-have-a-column", test_only_several_people_have_a_column);
  ADD ("a-title-ends-where-its-figures-do", test_a_title_ends_where_its_figures_do);
  ADD ("each-empty-state-has-its-page", test_each_empty_state_has_its_page);
  ADD ("a-row-is-highlighted-with-its-slice", test_a_row_is_highlighted_with_its_slice);

  return g_test_run ();
}
