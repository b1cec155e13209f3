/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-editor.h"
#include "budget-draft-list.h"
#include "budget-draft-row.h"
#include "budget-expense-dialog.h"
#include "budget-import-dialog.h"
#include "budget-import-file-group.h"
#include "budget-import-history-dialog.h"
#include "budget-window.h"
#include "import-fixture.h"

#include <glib/gstdio.h>

/*
 * Importing bank files through the buttons and lists of the dialog.
 */

#define N_TRANSACTIONS 20000

typedef struct
{
  ImportFixture import;
  char *folder;
  guint n_files;
  GListStore *files;
  BudgetWindow *window;
  BudgetImportDialog *dialog;
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

static gpointer
find_of_type (gpointer widget, GType type)
{
  return find_child (widget, is_of_type, &type);
}

static gboolean
is_row_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gpointer
find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  return NULL;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  import_fixture_set_up (&self->import, NULL);
  g_clear_object (&self->import.importer);
  self->folder = g_dir_make_tmp ("budget-import-ui-XXXXXX", NULL);
  self->files = g_list_store_new (G_TYPE_FILE);
  self->window = BUDGET_WINDOW (budget_window_new (NULL));
  budget_window_set_book (self->window, self->import.book.book);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      g_file_delete (file, NULL, NULL);
    }
  g_rmdir (self->folder);
  g_object_unref (self->files);
  g_free (self->folder);
  import_fixture_tear_down (&self->import, NULL);
}

static void
add_file (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_list_store_append (self->files, file);
}

static void
wait_for_reading (Fixture *self)
{
  GtkSpinner *spinner = find_of_type (self->dialog, GTK_TYPE_SPINNER);

  while (gtk_spinner_get_spinning (spinner))
    g_main_context_iteration (NULL, TRUE);
}

static void
open_files (Fixture *self)
{
  budget_window_import_files (self->window, G_LIST_MODEL (self->files));
  self->dialog = find_window (BUDGET_TYPE_IMPORT_DIALOG);
  g_assert_nonnull (self->dialog);
  wait_for_reading (self);
}

static void
open_text (Fixture *self, const char *text)
{
  add_file (self, "bank.csv", text);
  open_files (self);
}

static void
act (gpointer widget, const char *action)
{
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

static void
wait_for_end (Fixture *self)
{
  while (find_window (BUDGET_TYPE_IMPORT_DIALOG) != NULL)
    g_main_context_iteration (NULL, TRUE);
  self->dialog = NULL;
}

static void
commit (Fixture *self)
{
  act (self->dialog, "import.commit");
  wait_for_end (self);
}

static BudgetDraftList *
get_list (Fixture *self)
{
  return find_of_type (self->dialog, BUDGET_TYPE_DRAFT_LIST);
}

static GListModel *
get_shown (Fixture *self)
{
  return G_LIST_MODEL (budget_draft_list_get_selection (get_list (self)));
}

static guint
get_n_shown (Fixture *self)
{
  return g_list_model_get_n_items (get_shown (self));
}

/* Returns: (transfer none): the importer's draft */
static BudgetDraft *
get_draft (Fixture *self, guint position)
{
  g_autoptr (BudgetDraft) draft = g_list_model_get_item (
    G_LIST_MODEL (budget_import_dialog_get_importer (self->dialog)), position);

  g_assert_nonnull (draft);
  return draft;
}

static void
select_rows (Fixture *self, guint first, guint n_rows)
{
  gtk_selection_model_select_range (budget_draft_list_get_selection (get_list (self)), first,
                                    n_rows, TRUE);
}

static gint64
get_id (gpointer entity)
{
  return orm_entity_get_id (entity);
}

#define BANK                                                                                       \
  "Date,Description,Amount\n"                                                                      \
  "2026-12-01,Tea house,-7.20\n"                                                                   \
  "2026-12-02,Baker,-3.00\n"                                                                       \
  "2026-12-03,Tea house,-5.00\n"                                                                   \
  "soon,Broom,-9.00\n"                                                                             \
  "2026-12-04,Wages,900.00\n"

static void
test_rows_are_filtered_by_state (Fixture *self, gconstpointer data)
{
  BudgetDraftList *list;

  open_text (self, BANK);
  list = get_list (self);
  g_assert_cmpuint (get_n_shown (self), ==, 5);
  budget_draft_list_set_view (list, BUDGET_DRAFT_VIEW_REJECTED);
  g_assert_cmpuint (get_n_shown (self), ==, 1);
  budget_draft_list_set_view (list, BUDGET_DRAFT_VIEW_NEW);
  g_assert_cmpuint (get_n_shown (self), ==, 4);
  budget_draft_list_set_search (list, "TEA");
  g_assert_cmpuint (get_n_shown (self), ==, 2);
  budget_draft_list_set_view (list, BUDGET_DRAFT_VIEW_TRANSFERS);
  g_assert_cmpuint (get_n_shown (self), ==, 0);

  act (list, "drafts.show-all");
  g_assert_cmpuint (get_n_shown (self), ==, 5);
  g_assert_cmpint (budget_draft_list_get_view (list), ==, BUDGET_DRAFT_VIEW_ALL);
}

static void
test_rows_are_sorted (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetDraft) first = NULL;
  g_autoptr (BudgetDraft) last = NULL;

  open_text (self, BANK);
  g_object_set (get_list (self), "sort", "largest", NULL);
  first = g_list_model_get_item (get_shown (self), 0);
  g_assert_cmpint (budget_draft_get_amount (first), ==, 900);
  last = g_list_model_get_item (get_shown (self), 4);
  g_assert_cmpint (budget_draft_get_amount (last), ==, -90000);

  g_object_set (get_list (self), "sort", "file", NULL);
  g_clear_object (&first);
  first = g_list_model_get_item (get_shown (self), 0);
  g_assert_cmpstr (budget_draft_get_description (first), ==, "Tea house");
}

static void
type (gpointer parent, const char *title, const char *text)
{
  GtkWidget *row = find_child (parent, is_row_titled, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* A rejected row can be imported once it is corrected; invalid input keeps the form open. */
static void
test_a_rejected_row_is_corrected_in_its_form (Fixture *self, gconstpointer data)
{
  BudgetDraft *draft;
  GtkWidget *editor;

  open_text (self, BANK);
  draft = get_draft (self, 3);
  select_rows (self, 3, 1);
  act (get_list (self), "drafts.edit");
  editor = find_of_type (get_list (self), BUDGET_TYPE_DRAFT_EDITOR);
  g_assert_true (gtk_widget_get_visible (editor));

  type (editor, "Date", "never");
  type (editor, "Amount", "");
  type (editor, "Description", " ");
  act (editor, "editor.apply");
  g_assert_true (gtk_widget_get_visible (editor));
  g_assert_cmpint (budget_draft_get_state (draft), ==, BUDGET_DRAFT_REJECTED);
  g_assert_cmpstr (budget_draft_get_description (draft), ==, "Broom");

  type (editor, "Date", "2026-12-05");
  type (editor, "Amount", "3*4.20");
  type (editor, "Description", "New broom");
  type (editor, "Note", "for the yard");
  act (editor, "editor.apply");
  g_assert_cmpint (budget_draft_get_state (draft), ==, BUDGET_DRAFT_NEW);
  g_assert_cmpint (budget_draft_get_amount (draft), ==, 1260);
  g_assert_cmpstr (budget_draft_get_description (draft), ==, "New broom");
  g_assert_cmpstr (budget_draft_get_note (draft), ==, "for the yard");
  g_assert_true (budget_draft_get_include (draft));
  settle ();
  commit (self);
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 5);
}

static void
test_many_are_changed_at_once (Fixture *self, gconstpointer data)
{
  BudgetDraftList *list;
  BookFixture *book = &self->import.book;

  open_text (self, BANK);
  list = get_list (self);
  select_rows (self, 0, 4);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (list), "drafts.change-category", "x",
                                             get_id (book->transportation)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (list), "drafts.change-person", "x",
                                             get_id (book->bob)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (list), "drafts.shift-dates", "s", "-1m"));
  act (list, "drafts.turn-sign");

  g_assert_true (budget_draft_get_category (get_draft (self, 2)) == book->transportation);
  g_assert_true (budget_draft_get_user (get_draft (self, 1)) == book->bob);
  g_assert_cmpint (g_date_get_month (budget_draft_get_date (get_draft (self, 0))), ==,
                   G_DATE_NOVEMBER);
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 0)), ==, -720);
  g_assert_cmpint (budget_draft_get_state (get_draft (self, 3)), ==, BUDGET_DRAFT_REJECTED);

  /* Rows that are not selected do not change. */
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 4)), ==, -90000);
  g_assert_true (budget_draft_get_category (get_draft (self, 4)) != book->transportation);

  act (list, "drafts.leave-out");
  g_assert_false (budget_draft_get_include (get_draft (self, 0)));
  act (list, "drafts.toggle");
  g_assert_true (budget_draft_get_include (get_draft (self, 1)));
  g_assert_false (budget_draft_get_include (get_draft (self, 3)));
}

static void
test_the_same_for_all_of_a_description (Fixture *self, gconstpointer data)
{
  BudgetDraftList *list;
  BudgetCategory *food = self->import.book.food;

  open_text (self, BANK);
  list = get_list (self);
  select_rows (self, 0, 1);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (list), "drafts.change-category", "x", get_id (food)));
  g_assert_true (budget_draft_get_category (get_draft (self, 0)) == food);
  g_assert_true (budget_draft_get_category (get_draft (self, 2)) != food);

  act (list, "drafts.same-for-all");
  g_assert_true (budget_draft_get_category (get_draft (self, 2)) == food);
  g_assert_cmpint (budget_draft_get_source (get_draft (self, 2)), ==, BUDGET_DRAFT_SOURCE_USER);
  g_assert_true (budget_draft_get_category (get_draft (self, 1)) != food);
}

static void
choose (Fixture *self, const char *title, guint position)
{
  GtkWidget *row = find_child (GTK_WIDGET (self->dialog), is_row_titled, title);

  g_assert_true (ADW_IS_COMBO_ROW (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
  wait_for_reading (self);
}

/* Changes are kept when the file is read again with another layout. */
static void
test_corrections_outlive_another_reading (Fixture *self, gconstpointer data)
{
  GDate day;

  open_text (self, BANK);
  select_rows (self, 1, 1);
  act (get_list (self), "drafts.turn-sign");
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 9, G_DATE_DECEMBER, 2026);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (get_list (self)), "drafts.shift-dates", "s", "7d"));

  choose (self, "Dates", BUDGET_DATE_ORDER_DMY);
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 1)), ==, -300);
  g_assert_cmpint (g_date_compare (budget_draft_get_date (get_draft (self, 1)), &day), ==, 0);
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 0)), ==, 720);
}

/* A table whose columns were not detected can be read once the user chooses them. */
static void
test_columns_of_an_unreadable_table_can_be_chosen (Fixture *self, gconstpointer data)
{
  AdwViewStack *pages;

  open_text (self, "x;y;z\nTea;3.4.26;no price\nCake;5.4.26;no price\nJam;6.4.26;1,20 or so\n");
  pages = find_of_type (self->dialog, ADW_TYPE_VIEW_STACK);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "files");
  g_assert_cmpuint (get_n_shown (self), ==, 0);

  choose (self, "Column 3", BUDGET_CSV_ROLE_AMOUNT);
  g_assert_cmpuint (get_n_shown (self), >, 0);
  g_assert_cmpint (budget_draft_get_state (get_draft (self, 0)), ==, BUDGET_DRAFT_REJECTED);
}

static void
test_each_file_has_its_account (Fixture *self, gconstpointer data)
{
  GtkWidget *new_account;

  add_file (self, "one.csv", "Date,Description,Amount\n2026-12-01,Tea,-7.20\n");
  add_file (self, "two.qif", "!Type:Bank\nD12/02/2026\nT-3.00\nPCake\n^\n");
  open_files (self);

  /* The first account of the files: the book's accounts are listed before new ones. */
  choose (self, "Account",
          g_list_model_get_n_items (budget_book_get_accounts (self->import.book.book)) + 1);
  new_account = find_child (GTK_WIDGET (self->dialog), is_row_titled, "Name of the New Account");
  gtk_editable_set_text (GTK_EDITABLE (new_account), " Purse ");
  g_signal_emit_by_name (new_account, "apply");
  wait_for_reading (self);
  g_assert_cmpstr (budget_draft_get_account_name (get_draft (self, 0)), ==, "Purse");
  g_assert_cmpstr (budget_draft_get_account_name (get_draft (self, 1)), ==, NULL);
  commit (self);
  g_assert_nonnull (budget_book_find_account (self->import.book.book, "Purse"));
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 2);

  /* One step for all. */
  act (self->window, "win.undo");
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 0);
}

static void
test_another_currency_is_explained (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed =
    import_fixture_type (&self->import, "lunch", 1250, "2025-11-30");
  GtkWidget *row;

  open_text (self, "Date,Description,Amount,Currency\n2026-12-01,Tea,-7.20,USD\n");
  g_assert_cmpint (budget_draft_get_state (get_draft (self, 0)), ==, BUDGET_DRAFT_REJECTED);
  row = find_child (GTK_WIDGET (self->dialog), is_row_titled, "Use Amounts Without Conversion");
  g_assert_true (gtk_widget_get_visible (row));
  gtk_switch_set_active (find_of_type (row, GTK_TYPE_SWITCH), TRUE);
  wait_for_reading (self);
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 0)), ==, 720);
  g_assert_cmpint (budget_draft_get_state (get_draft (self, 0)), ==, BUDGET_DRAFT_NEW);
}

static gboolean
is_drop_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
test_a_remembered_layout_is_shown_and_removed (Fixture *self, gconstpointer data)
{
  GtkWidget *row;

  open_text (self, "Date,Text,Amount\n2026-12-01,Tea,-7.20\n");
  gtk_switch_set_active (
    find_of_type (find_child (GTK_WIDGET (self->dialog), is_row_titled, "Amounts Are Reversed"),
                  GTK_TYPE_SWITCH),
    TRUE);
  wait_for_reading (self);
  commit (self);

  g_list_store_remove_all (self->files);
  open_text (self, "Date,Text,Amount\n2026-12-08,Cake,-4.00\n");
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 0)), ==, -400);
  row = find_child (GTK_WIDGET (self->dialog), is_row_titled, "Read as Last Time");
  g_assert_true (gtk_widget_get_visible (row));

  g_signal_emit_by_name (find_child (row, is_drop_button, "_Drop Them"), "clicked");
  wait_for_reading (self);
  g_assert_cmpint (budget_draft_get_amount (get_draft (self, 0)), ==, 400);
  g_assert_false (gtk_widget_get_visible (row));
  gtk_window_close (GTK_WINDOW (self->dialog));
}

static void
test_the_order_of_qif_dates_is_chosen (Fixture *self, gconstpointer data)
{
  GDateMonth month;

  add_file (self, "bank.qif", "!Type:Bank\nD03/04/2026\nT-3.00\nPTea\n^\n");
  open_files (self);
  month = g_date_get_month (budget_draft_get_date (get_draft (self, 0)));
  choose (self, "Dates", month == G_DATE_APRIL ? BUDGET_DATE_ORDER_MDY : BUDGET_DATE_ORDER_DMY);
  g_assert_cmpint (g_date_get_month (budget_draft_get_date (get_draft (self, 0))), !=, month);
}

static char *
dup_long_table (void)
{
  GString *text = g_string_new ("Date,Description,Amount\n");

  for (guint i = 0; i < N_TRANSACTIONS; i++)
    g_string_append_printf (text, "2026-%02u-%02u,Shop %u,-%u.50\n", i % 12 + 1, i % 28 + 1, i,
                            i % 90 + 1);

  return g_string_free (text, FALSE);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n_rows = BUDGET_IS_DRAFT_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_rows += count_rows (child);

  return n_rows;
}

static void
test_a_long_file_has_few_widgets_and_can_be_cancelled (Fixture *self, gconstpointer data)
{
  g_autofree char *text = dup_long_table ();
  GtkProgressBar *progress;

  open_text (self, text);
  g_assert_cmpuint (get_n_shown (self), ==, N_TRANSACTIONS);
  g_assert_cmpuint (count_rows (GTK_WIDGET (self->dialog)), <, 500);

  act (self->dialog, "import.commit");
  progress = find_of_type (self->dialog, GTK_TYPE_PROGRESS_BAR);
  while (gtk_progress_bar_get_fraction (progress) <= 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (progress), <, 1);
  act (self->dialog, "import.cancel");
  settle ();

  g_assert_true (find_window (BUDGET_TYPE_IMPORT_DIALOG) == self->dialog);
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 0);
  g_assert_false (orm_session_get_dirty (self->import.book.session));
  commit (self);
  g_assert_cmpuint (import_fixture_count (&self->import), ==, N_TRANSACTIONS);
}

static void
test_a_match_is_refused_in_the_list (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed =
    import_fixture_type (&self->import, "lunch", 1250, "2026-11-30");

  open_text (self, "Date,Description,Amount\n2026-12-01,Roma,-12.50\n");
  g_assert_true (budget_draft_get_matched (get_draft (self, 0)));
  budget_draft_list_set_view (get_list (self), BUDGET_DRAFT_VIEW_CHECK);
  g_assert_cmpuint (get_n_shown (self), ==, 1);
  select_rows (self, 0, 1);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (get_list (self)), "drafts.set-matched", "b", FALSE));
  g_assert_cmpint (budget_draft_get_state (get_draft (self, 0)), ==, BUDGET_DRAFT_NEW);
  commit (self);
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 2);
}

static void
test_an_import_is_undone (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed =
    import_fixture_type (&self->import, "lunch", 1250, "2026-11-30");
  GtkWidget *history;
  GtkStack *stack;
  GtkWidget *row;
  AdwMessageDialog *question;

  act (self->window, "win.import-history");
  history = find_window (BUDGET_TYPE_IMPORT_HISTORY_DIALOG);
  stack = find_of_type (history, GTK_TYPE_STACK);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
  gtk_window_close (GTK_WINDOW (history));
  settle ();

  open_text (self, "Date,Description,Amount\n2026-12-01,Roma,-12.50\n2026-12-01,Tea,-3.00\n");
  commit (self);
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 2);
  act (self->window, "win.import-history");
  history = find_window (BUDGET_TYPE_IMPORT_HISTORY_DIALOG);
  stack = find_of_type (history, GTK_TYPE_STACK);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "list");
  row = find_child (history, is_row_titled, "bank.csv");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "1 expense added, 1 matched"));

  g_signal_emit_by_name (find_of_type (row, GTK_TYPE_BUTTON), "clicked");
  question = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  adw_message_dialog_response (question, "undo");
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 1);
  g_assert_false (budget_expense_get_matched (typed));
  settle ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");

  act (history, "win.undo");
  settle ();
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "list");
  gtk_window_close (GTK_WINDOW (history));
}

static void
test_a_match_is_undone_in_its_form (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) typed =
    import_fixture_type (&self->import, "lunch", 1250, "2026-11-30");
  GtkWidget *form;

  open_text (self, "Date,Description,Amount\n2026-12-01,Roma,-12.50\n");
  commit (self);
  g_assert_true (budget_expense_get_matched (typed));

  form = budget_expense_dialog_new (self->import.book.book, typed);
  gtk_window_present (GTK_WINDOW (form));
  g_assert_nonnull (
    find_child (form, is_row_titled, "Matched With the Bank’s Transaction in “bank.csv”"));
  act (form, "expense.unmatch");
  settle ();
  g_assert_false (budget_expense_get_matched (typed));
  g_assert_cmpuint (import_fixture_count (&self->import), ==, 2);
  g_assert_null (find_window (BUDGET_TYPE_EXPENSE_DIALOG));
}

static GtkDropTarget *
find_drop_target (gpointer widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }

  return NULL;
}

static void
test_files_are_dropped_on_the_window (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  g_autoptr (GSList) list = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  add_file (self, "bank.csv", BANK);
  add_file (self, "bank.qif", "!Type:Bank\nD12/31/2026\nT-3.00\nPTea\n^\n");
  first = g_list_model_get_item (G_LIST_MODEL (self->files), 0);
  second = g_list_model_get_item (G_LIST_MODEL (self->files), 1);
  list = g_slist_append (g_slist_append (NULL, first), second);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (list));

  g_signal_emit_by_name (find_drop_target (self->window), "drop", &value, 1.0, 1.0, &is_taken);
  g_assert_true (is_taken);
  self->dialog = find_window (BUDGET_TYPE_IMPORT_DIALOG);
  g_assert_nonnull (self->dialog);
  wait_for_reading (self);
  g_assert_cmpuint (get_n_shown (self), ==, 6);
}

/* The same from right to left and on a narrow screen. */
static void
test_narrow_and_from_right_to_left (Fixture *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  open_text (self, BANK);
  gtk_window_set_default_size (GTK_WINDOW (self->dialog), 360, 640);
  while (gtk_widget_get_width (GTK_WIDGET (self->dialog)) > 400)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_cmpuint (get_n_shown (self), ==, 5);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define ADD(name, func) g_test_add ("/import-ui/" name, Fixture, NULL, set_up, func, tear_down)

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

  ADD ("rows-are-filtered-by-state", test_rows_are_filtered_by_state);
  ADD ("rows-are-sorted", test_rows_are_sorted);
  ADD ("a-rejected-row-is-corrected-in-its-form", test_a_rejected_row_is_corrected_in_its_form);
  ADD ("many-are-changed-at-once", test_many_are_changed_at_once);
  ADD ("the-same-for-all-of-a-description", test_the_same_for_all_of_a_description);
  ADD ("corrections-outlive-another-reading", test_corrections_outlive_another_reading);
  ADD ("columns-of-an-unreadable-table-can-be-chosen",
       test_columns_of_an_unreadable_table_can_be_chosen);
  ADD ("each-file-has-its-account", test_each_file_has_its_account);
  ADD ("another-currency-is-explained", test_another_currency_is_explained);
  ADD ("a-remembered-layout-is-shown-and-removed", test_a_remembered_layout_is_shown_and_removed);
  ADD ("the-order-of-qif-dates-is-chosen", test_the_order_of_qif_dates_is_chosen);
  ADD ("reading-a-long-file-can-be-cancelled",
       test_a_long_file_has_few_widgets_and_can_be_cancelled);
  ADD ("a-match-is-refused-in-the-list", test_a_match_is_refused_in_the_list);
  ADD ("an-import-is-undone", test_an_import_is_undone);
  ADD ("a-match-is-undone-in-its-form", test_a_match_is_undone_in_its_form);
  ADD ("files-are-dropped-on-the-window", test_files_are_dropped_on_the_window);
  ADD ("narrow-and-from-right-to-left", test_narrow_and_from_right_to_left);

  return g_test_run ();
}
