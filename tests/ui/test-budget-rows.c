/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-category-row.h"
#include "budget-color-dot.h"
#include "budget-expense-cell.h"
#include "budget-summary.h"
#include "budget-ui-text.h"

#include <adwaita.h>

/*
 * The rows and cells of the lists: what each shows of its item, that it
 * follows the item's changes, and what a screen reader says.
 */

#define CURRENCY "EUR"

/* Writes what can be seen of a widget: texts as they are, dots as their colour, ticks as x or o. */
static void
append_shown (GtkWidget *widget, GString *shown)
{
  if (!gtk_widget_get_visible (widget))
    return;

  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (shown, " | %s", gtk_label_get_text (GTK_LABEL (widget)));
  else if (BUDGET_IS_COLOR_DOT (widget))
    g_string_append_printf (shown, " | %s", budget_color_dot_get_color (BUDGET_COLOR_DOT (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    g_string_append (shown,
                     gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) ? " | x" : " | o");
  else if (GTK_IS_SWITCH (widget))
    g_string_append (shown, gtk_switch_get_active (GTK_SWITCH (widget)) ? " | x" : " | o");
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      append_shown (child, shown);
}

static char *
dup_shown (GtkWidget *widget)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  append_shown (widget, shown);
  g_string_erase (shown, 0, MIN (shown->len, strlen (" | ")));

  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static void
assert_shown (GtkWidget *widget, const char *expected)
{
  g_autofree char *shown = dup_shown (widget);

  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_label (gpointer widget, const char *expected)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       expected);
}

static gpointer
find_child (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_child (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gpointer
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
dup_day (guint day)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) day, G_DATE_NOVEMBER, 2026);

  return budget_ui_format_date (date, BUDGET_UI_DATE_SHORT);
}

/* A cell is in a list's cell, and that in the list's row. */
static GtkWidget *
create_cell_in_row (BudgetExpenseField field, GtkWidget **row)
{
  GtkWidget *cell = budget_expense_cell_new (field, CURRENCY);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  *row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (*row), column);
  gtk_box_append (GTK_BOX (column), cell);

  return cell;
}

static void
test_each_cell_shows_its_field (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autofree char *amount = budget_ui_format_amount (budget_expense_get_amount (lunch), CURRENCY);
  g_autofree char *day = dup_day (2);
  g_autofree char *category = g_strdup_printf ("%s | Food", budget_category_get_color (self->food));
  const char *const expected[] = {
    [BUDGET_EXPENSE_FIELD_DATE] = day,          [BUDGET_EXPENSE_FIELD_DESCRIPTION] = "Lunch",
    [BUDGET_EXPENSE_FIELD_CATEGORY] = category, [BUDGET_EXPENSE_FIELD_PERSON] = "Alice",
    [BUDGET_EXPENSE_FIELD_AMOUNT] = amount,
  };

  for (guint field = 0; field < G_N_ELEMENTS (expected); field++)
    {
      g_autoptr (GtkWidget) row = NULL;
      GtkWidget *cell = create_cell_in_row (field, &row);

      budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
      assert_shown (cell, expected[field]);
    }
}

static void
test_a_cell_follows_its_expense (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (GtkWidget) row = NULL;
  g_autoptr (GtkWidget) other_row = NULL;
  GtkWidget *category = create_cell_in_row (BUDGET_EXPENSE_FIELD_CATEGORY, &row);
  GtkWidget *amount = create_cell_in_row (BUDGET_EXPENSE_FIELD_AMOUNT, &other_row);
  g_autofree char *received = budget_ui_format_amount (-100, CURRENCY);

  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (category), lunch);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (amount), lunch);

  g_assert_true (budget_category_set_name (self->food, "Meals"));
  g_assert_true (budget_category_set_color (self->food, "#123456"));
  assert_shown (category, "#123456 | Meals");

  g_assert_true (budget_expense_set_category (lunch, self->entertainment));
  g_assert_nonnull (find_label (category, budget_category_get_name (self->entertainment)));

  g_assert_true (budget_expense_set_amount (lunch, -100));
  assert_shown (amount, received);
  g_assert_true (gtk_widget_has_css_class (find_label (amount, received), "success"));
}

static void
test_a_cell_without_a_category_is_empty (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (BudgetExpense) plain = budget_expense_new ();
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *cell = create_cell_in_row (BUDGET_EXPENSE_FIELD_CATEGORY, &row);

  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), plain);
  assert_shown (cell, "(null)");
}

static void
test_a_recycled_cell_follows_only_its_new_expense (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (BudgetExpense) gas = book_fixture_get (self, BOOK_FIXTURE_GAS);
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *cell = create_cell_in_row (BUDGET_EXPENSE_FIELD_DESCRIPTION, &row);
  int n_notified = 0;

  g_signal_connect_swapped (cell, "notify::expense", G_CALLBACK (on_notify_count), &n_notified);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  g_assert_cmpint (n_notified, ==, 1);

  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), NULL);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), gas);
  g_assert_true (budget_expense_set_description (lunch, "Late lunch"));
  assert_shown (cell, "Gas");

  /* Disposed of while it still shows something. */
  g_clear_pointer (&row, g_object_unref);
  g_assert_true (budget_expense_set_description (gas, "Petrol"));
}

static void
test_a_compact_cell_shows_category_and_person (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *cell = create_cell_in_row (BUDGET_EXPENSE_FIELD_DESCRIPTION, &row);
  g_autofree char *expected =
    g_strdup_printf ("Lunch | %s | Meals · Alice", budget_category_get_color (self->food));
  int n_notified = 0;

  g_signal_connect_swapped (cell, "notify::compact", G_CALLBACK (on_notify_count), &n_notified);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  g_object_set (cell, "compact", TRUE, NULL);
  g_object_set (cell, "compact", TRUE, NULL);
  g_assert_cmpint (n_notified, ==, 1);

  g_assert_true (budget_category_set_name (self->food, "Meals"));
  assert_shown (cell, expected);
  g_object_set (cell, "compact", FALSE, NULL);
  assert_shown (cell, "Lunch");
}

static void
test_the_whole_expense_is_said_of_its_row (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *cell = create_cell_in_row (BUDGET_EXPENSE_FIELD_DESCRIPTION, &row);
  g_autofree char *amount = budget_ui_format_amount (700, CURRENCY);
  g_autofree char *day =
    budget_ui_format_date (budget_expense_get_date (lunch), BUDGET_UI_DATE_FULL);
  g_autofree char *expected = g_strdup_printf ("Lunch, %s, Food, Alice, %s", amount, day);

  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  g_assert_true (budget_expense_set_amount (lunch, 700));
  assert_label (row, expected);
}

static BudgetCategoryTotal *
find_total (GListModel *summary, BudgetCategory *category)
{
  for (guint i = 0; i < g_list_model_get_n_items (summary); i++)
    {
      g_autoptr (BudgetCategoryTotal) total = g_list_model_get_item (summary, i);

      if (budget_category_total_get_category (total) == category)
        return total;
    }
  g_assert_not_reached ();
}

static void
test_a_category_row_follows_its_total (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (BudgetSummary) summary = budget_summary_new (self->book, filter);
  g_autoptr (GtkWidget) row = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *spoken = NULL;
  BudgetCategoryTotal *total;

  g_assert_true (budget_summary_load (summary, NULL));
  total = find_total (G_LIST_MODEL (summary), self->transportation);
  row = g_object_ref_sink (budget_category_row_new (total, CURRENCY));
  g_assert_true (budget_category_set_name (self->transportation, "Travel"));

  amount = budget_ui_format_amount (budget_category_total_get_total (total), CURRENCY);
  plain =
    g_strdup_printf ("%s | Travel | %s", budget_category_get_color (self->transportation), amount);
  whole = g_strdup_printf ("%s | 42 %%", plain);
  spoken = g_strdup_printf ("Travel, %s, 42 %%", amount);

  assert_shown (row, plain);
  budget_category_row_set_percent (BUDGET_CATEGORY_ROW (row), 42);
  assert_shown (row, whole);
  assert_label (row, spoken);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row), ==, "1 expense");
}

static void
test_a_category_row_is_marked_when_chosen (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (BudgetSummary) summary = budget_summary_new (self->book, filter);
  g_autoptr (GtkWidget) row = NULL;
  int n_notified = 0;

  g_assert_true (budget_summary_load (summary, NULL));
  row = g_object_ref_sink (
    budget_category_row_new (find_total (G_LIST_MODEL (summary), self->food), CURRENCY));
  g_signal_connect_swapped (row, "notify::lit", G_CALLBACK (on_notify_count), &n_notified);

  budget_category_row_set_chosen (BUDGET_CATEGORY_ROW (row), self->food);
  g_assert_true (gtk_widget_get_visible (find_child (row, GTK_TYPE_IMAGE)));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  budget_category_row_set_chosen (BUDGET_CATEGORY_ROW (row), self->empty);
  g_assert_false (gtk_widget_get_visible (find_child (row, GTK_TYPE_IMAGE)));
  g_assert_true (gtk_widget_has_css_class (row, "other"));

  budget_category_row_light (BUDGET_CATEGORY_ROW (row));
  budget_category_row_light (BUDGET_CATEGORY_ROW (row));
  g_assert_cmpint (n_notified, ==, 1);
  g_assert_true (gtk_widget_has_css_class (row, "lit"));
}

#define ADD_BOOK_TEST(path, function)                                                              \
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, function, book_fixture_tear_down)

static void
add_cell_tests (void)
{
  ADD_BOOK_TEST ("/expense-cell/each-shows-its-field", test_each_cell_shows_its_field);
  ADD_BOOK_TEST ("/expense-cell/follows-its-expense", test_a_cell_follows_its_expense);
  ADD_BOOK_TEST ("/expense-cell/is-empty-without-a-category",
                 test_a_cell_without_a_category_is_empty);
  ADD_BOOK_TEST ("/expense-cell/follows-only-its-new-expense",
                 test_a_recycled_cell_follows_only_its_new_expense);
  ADD_BOOK_TEST ("/expense-cell/shows-category-and-person-when-compact",
                 test_a_compact_cell_shows_category_and_person);
  ADD_BOOK_TEST ("/expense-cell/says-the-whole-expense", test_the_whole_expense_is_said_of_its_row);
}

static void
add_row_tests (void)
{
  ADD_BOOK_TEST ("/category-row/follows-its-total", test_a_category_row_follows_its_total);
  ADD_BOOK_TEST ("/category-row/is-marked-when-chosen", test_a_category_row_is_marked_when_chosen);
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

  add_cell_tests ();
  add_row_tests ();

  return g_test_run ();
}
