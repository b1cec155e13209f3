/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-row.h"
#include "budget-color-dot.h"
#include "budget-draft-row.h"
#include "budget-draft-sorter.h"
#include "budget-draft-text.h"
#include "budget-expense-cell.h"
#include "budget-rule-change-row.h"
#include "budget-rule-row.h"
#include "budget-rules.h"
#include "budget-summary.h"
#include "budget-ui-text.h"
#include "import-fixture.h"

#include <adwaita.h>

/*
 * The rows and cells of the lists: each shows its item, follows the item's
 * changes, and has a name for screen readers.
 */

#define CURRENCY "EUR"

/* Writes the visible parts of a widget: labels as they are, dots as their
 * colour, ticks as x or o. */
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

/* Creates a cell within a list's cell and row. */
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

  /* The row is disposed of while it still shows an item. */
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
test_only_the_description_has_details (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autofree char *day = dup_day (2);
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *cell = create_cell_in_row (BUDGET_EXPENSE_FIELD_DATE, &row);

  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (cell), lunch);
  g_object_set (cell, "compact", TRUE, NULL);
  assert_shown (cell, day);
}

static gboolean
has_tooltip (GtkWidget *cell)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean is_shown = FALSE;

  g_signal_emit_by_name (cell, "query-tooltip", 1, 1, FALSE, tooltip, &is_shown);

  return is_shown;
}

static void
test_only_the_date_has_a_tooltip (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (GtkWidget) row = NULL;
  g_autoptr (GtkWidget) other_row = NULL;
  GtkWidget *date = create_cell_in_row (BUDGET_EXPENSE_FIELD_DATE, &row);
  GtkWidget *amount = create_cell_in_row (BUDGET_EXPENSE_FIELD_AMOUNT, &other_row);

  g_assert_false (has_tooltip (date));
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (date), lunch);
  budget_expense_cell_set_expense (BUDGET_EXPENSE_CELL (amount), lunch);
  g_assert_true (has_tooltip (date));
  g_assert_false (has_tooltip (amount));
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
  whole = g_strdup_printf ("%s | 42%%", plain);
  spoken = g_strdup_printf ("Travel, %s, 42%%", amount);

  assert_shown (row, plain);
  budget_category_row_set_percent (BUDGET_CATEGORY_ROW (row), 42);
  assert_shown (row, whole);
  assert_label (row, spoken);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (gtk_widget_get_first_child (row)), ==, "1 expense");
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

static BudgetRule *
add_rule (BookFixture *self, const char *pattern)
{
  BudgetRule *rule = budget_rule_new ();

  g_assert_true (budget_rule_set_pattern (rule, pattern));
  g_assert_true (budget_rule_set_category (rule, self->entertainment));
  g_assert_true (orm_session_add (self->session, rule, NULL));
  g_assert_true (orm_session_commit (self->session, NULL));

  return rule;
}

static void
test_a_rule_row_follows_its_rule (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetRule) rule = add_rule (self, "lunch");
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_rule_row_new (rule));
  GtkWidget *enabled_switch = find_child (row, GTK_TYPE_SWITCH);
  g_autoptr (GString) shown = g_string_new (NULL);

  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "Entertainment · anywhere");
  assert_label (enabled_switch, "Use the rule “lunch”");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (enabled_switch)));

  g_assert_true (budget_rule_set_pattern (rule, "brunch"));
  g_assert_true (budget_rule_set_user (rule, self->bob));
  g_assert_true (budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_EQUALS));
  g_assert_true (budget_rule_set_enabled (rule, FALSE));
  g_assert_true (budget_category_set_name (self->entertainment, "Fun"));
  g_assert_true (budget_category_set_color (self->entertainment, "#123456"));

  append_shown (row, shown);
  g_assert_cmpstr (shown->str, ==, " | #123456 | brunch | Fun · Bob · exactly | o");
  g_assert_true (gtk_widget_has_css_class (row, "off"));
  assert_label (enabled_switch, "Use the rule “brunch”");
}

static void
test_a_rule_row_that_begins_off_looks_it (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetRule) rule = add_rule (self, "lunch");
  g_autoptr (GtkWidget) row = NULL;

  g_assert_true (budget_rule_set_enabled (rule, FALSE));
  row = g_object_ref_sink (budget_rule_row_new (rule));
  g_assert_true (gtk_widget_has_css_class (row, "off"));

  g_assert_true (budget_rule_set_enabled (rule, TRUE));
  g_assert_false (gtk_widget_has_css_class (row, "off"));
}

/* Without the dialog, nothing disables the rule, so the switch has to go back. */
static void
test_a_switch_shows_the_rule (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetRule) rule = add_rule (self, "lunch");
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_rule_row_new (rule));
  GtkSwitch *enabled_switch = find_child (row, GTK_TYPE_SWITCH);

  gtk_switch_set_active (enabled_switch, FALSE);
  g_assert_true (gtk_switch_get_active (enabled_switch));
}

static void
on_preview_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static GListModel *
preview_rules (BookFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *changes;

  budget_rules_preview_async (self->book, NULL, NULL, on_preview_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  changes = budget_rules_preview_finish (self->book, result, &error);
  g_assert_no_error (error);
  return changes;
}

static void
test_a_change_row_shows_its_change (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetRule) rule = add_rule (self, "gas");
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (BudgetRuleChange) change = NULL;
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_rule_change_row_new ());
  g_autofree char *day = dup_day (3);
  g_autofree char *expected = NULL;
  GtkWidget *tick = find_child (row, GTK_TYPE_CHECK_BUTTON);

  changes = preview_rules (self);
  change = g_list_model_get_item (changes, 0);
  budget_rule_change_row_set_change (BUDGET_RULE_CHANGE_ROW (row), change);
  expected = g_strdup_printf ("x | Gas | %s | %s | Transportation | %s | Entertainment", day,
                              budget_category_get_color (self->transportation),
                              budget_category_get_color (self->entertainment));
  assert_shown (row, expected);
  assert_label (tick, "Gas, from Transportation to Entertainment");

  budget_rule_change_set_include (change, FALSE);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  g_assert_true (budget_rule_change_get_include (change));

  budget_rule_change_row_set_change (BUDGET_RULE_CHANGE_ROW (row), NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), FALSE);
  g_assert_true (budget_rule_change_get_include (change));
}

static void
test_a_change_row_shows_only_what_changes (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetRule) rule = add_rule (self, "gas");
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (BudgetRuleChange) change = NULL;
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_rule_change_row_new ());
  g_autoptr (BudgetExpense) gas = book_fixture_get (self, BOOK_FIXTURE_GAS);
  g_autofree char *day = dup_day (3);
  g_autofree char *expected = NULL;

  g_assert_true (budget_rule_set_user (rule, self->bob));
  g_assert_true (budget_expense_set_user (gas, self->alice));
  g_assert_true (budget_expense_set_category (gas, self->entertainment));
  g_assert_true (orm_session_commit (self->session, NULL));

  changes = preview_rules (self);
  change = g_list_model_get_item (changes, 0);
  budget_rule_change_row_set_change (BUDGET_RULE_CHANGE_ROW (row), change);
  expected = g_strdup_printf ("x | Gas | %s | %s | Entertainment | · Alice, now Bob", day,
                              budget_category_get_color (self->entertainment));
  assert_shown (row, expected);
}

static GtkWidget *
create_draft_row (ImportFixture *self, const char *text, GtkWidget **item)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *row = budget_draft_row_new (self->book.book, CURRENCY, G_MENU_MODEL (menu));

  import_fixture_read (self, text);
  *item = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (*item), row);

  return row;
}

static void
test_a_draft_row_follows_its_draft (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row =
    create_draft_row (self, "Date,Description,Amount\n2026-11-02,Corner Café,-7.50\n", &item);
  BudgetDraft *draft = import_fixture_get (self, 0);
  g_autofree char *day = dup_day (2);
  g_autofree char *amount = budget_ui_format_amount (750, CURRENCY);
  g_autofree char *received = budget_ui_format_amount (-750, CURRENCY);
  g_autofree char *expected = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *left_out = NULL;

  budget_draft_row_show (BUDGET_DRAFT_ROW (row), draft, 3);
  g_assert_cmpuint (budget_draft_row_get_position (BUDGET_DRAFT_ROW (row)), ==, 3);

  budget_draft_set_category (draft, self->book.food);
  budget_draft_set_user (draft, self->book.bob);
  budget_draft_set_description (draft, "Café");
  expected = g_strdup_printf ("x | Café | %s · New · Bob | %s | Food | Chosen by you | %s", day,
                              budget_category_get_color (self->book.food), amount);
  spoken = g_strdup_printf ("Café, %s, %s · New · Bob, Food", amount, day);
  assert_shown (row, expected);
  assert_label (item, spoken);
  assert_label (find_child (row, GTK_TYPE_CHECK_BUTTON), "Café");
  assert_label (find_child (row, GTK_TYPE_MENU_BUTTON), "Category: Food, Chosen by you");

  budget_draft_set_amount (draft, -750);
  g_assert_true (gtk_widget_has_css_class (find_label (row, received), "success"));
  budget_draft_set_include (draft, FALSE);
  g_assert_true (gtk_widget_has_css_class (find_label (row, received), "dim-label"));
  g_assert_false (gtk_widget_has_css_class (find_label (row, received), "success"));
  left_out = g_strdup_printf ("o | Café | %s · Left out · Bob | %s | Food | Chosen by you | %s",
                              day, budget_category_get_color (self->book.food), received);
  assert_shown (row, left_out);
}

static void
test_a_draft_row_says_why_a_line_is_unusable (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row = create_draft_row (
    self, "Date,Description,Amount\n2026-11-02,Café,-7.50\nsoon,Café,-1.00\n", &item);
  BudgetDraft *usable = import_fixture_get (self, 0);
  BudgetDraft *rejected = import_fixture_get (self, 1);
  g_autofree char *shown = NULL;
  GtkWidget *tick = find_child (row, GTK_TYPE_CHECK_BUTTON);

  budget_draft_row_show (BUDGET_DRAFT_ROW (row), usable, 0);
  g_assert_true (gtk_widget_get_sensitive (tick));
  budget_draft_row_clear (BUDGET_DRAFT_ROW (row));
  budget_draft_row_show (BUDGET_DRAFT_ROW (row), rejected, 1);
  g_assert_false (gtk_widget_get_sensitive (tick));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)));
  shown = dup_shown (row);
  g_assert_nonnull (strstr (shown, budget_draft_get_reason (rejected)));
  g_assert_true (has_tooltip (gtk_widget_get_next_sibling (tick)));
  g_assert_false (
    gtk_widget_get_visible (gtk_widget_get_parent (find_child (row, GTK_TYPE_MENU_BUTTON))));
}

/* The file names a category that the book does not have: it has no colour yet. */
static void
test_a_draft_row_without_a_color_has_no_dot (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row = create_draft_row (
    self, "Date,Description,Amount,Category\n2026-11-02,Café,-7.50,Treats\n", &item);
  BudgetDraft *draft = import_fixture_get (self, 0);
  GtkWidget *dot = find_child (row, BUDGET_TYPE_COLOR_DOT);

  budget_draft_row_show (BUDGET_DRAFT_ROW (row), draft, 0);
  g_assert_nonnull (find_label (row, "Treats"));
  g_assert_false (gtk_widget_get_visible (dot));

  budget_draft_set_category (draft, self->book.food);
  g_assert_true (gtk_widget_get_visible (dot));
}

static void
on_toggled (BudgetDraftRow *row, gboolean include, GString *ticks)
{
  g_string_append (ticks, include ? "+" : "-");
}

/* Nothing handles the row's action, so the tick has to go back. */
static void
test_a_tick_asks_and_shows_the_draft (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row =
    create_draft_row (self, "Date,Description,Amount\n2026-11-02,Café,-7.50\n", &item);
  GtkCheckButton *tick = find_child (row, GTK_TYPE_CHECK_BUTTON);
  BudgetDraft *draft = import_fixture_get (self, 0);
  g_autoptr (GString) ticks = g_string_new (NULL);

  g_signal_connect (row, "toggled", G_CALLBACK (on_toggled), ticks);
  budget_draft_row_show (BUDGET_DRAFT_ROW (row), draft, 0);
  g_assert_cmpstr (ticks->str, ==, "");

  gtk_check_button_set_active (tick, FALSE);
  g_assert_cmpstr (ticks->str, ==, "-");
  g_assert_true (gtk_check_button_get_active (tick));

  budget_draft_set_include (draft, FALSE);
  g_assert_false (gtk_check_button_get_active (tick));
  g_assert_cmpstr (ticks->str, ==, "-");
}

static void
test_a_compact_draft_row_stands_upright (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row =
    create_draft_row (self, "Date,Description,Amount\n2026-11-02,Café,-7.50\n", &item);
  GtkWidget *box = gtk_widget_get_next_sibling (find_child (row, GTK_TYPE_CHECK_BUTTON));
  int n_notified = 0;

  g_signal_connect_swapped (row, "notify::compact", G_CALLBACK (on_notify_count), &n_notified);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (box)), ==,
                   GTK_ORIENTATION_HORIZONTAL);
  g_object_set (row, "compact", TRUE, NULL);
  g_object_set (row, "compact", TRUE, NULL);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (box)), ==,
                   GTK_ORIENTATION_VERTICAL);
  g_assert_true (gtk_widget_has_css_class (row, "compact"));
  g_assert_cmpint (n_notified, ==, 1);
}

static void
test_a_draft_row_goes_while_it_shows_one (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) item = NULL;
  GtkWidget *row =
    create_draft_row (self, "Date,Description,Amount\n2026-11-02,Café,-7.50\n", &item);
  BudgetDraft *draft = import_fixture_get (self, 0);

  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  budget_draft_row_show (BUDGET_DRAFT_ROW (row), draft, 0);
  g_clear_pointer (&item, g_object_unref);
  g_assert_null (row);
  budget_draft_set_description (draft, "Tea room");
  budget_draft_set_include (draft, FALSE);
  g_assert_cmpstr (budget_draft_get_description (draft), ==, "Tea room");
}

#define ADD_BOOK_TEST(path, function)                                                              \
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, function, book_fixture_tear_down)
#define ADD_IMPORT_TEST(path, function)                                                            \
  g_test_add (path, ImportFixture, NULL, import_fixture_set_up, function, import_fixture_tear_down)

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
  ADD_BOOK_TEST ("/expense-cell/only-the-description-has-details",
                 test_only_the_description_has_details);
  ADD_BOOK_TEST ("/expense-cell/only-the-date-has-a-tooltip", test_only_the_date_has_a_tooltip);
  ADD_BOOK_TEST ("/expense-cell/says-the-whole-expense", test_the_whole_expense_is_said_of_its_row);
}

/* The descriptions in the order of a sorter. */
static char *
dup_sorted (ImportFixture *self, const char *sort)
{
  g_autoptr (GtkSortListModel) sorted = gtk_sort_list_model_new (
    g_object_ref (G_LIST_MODEL (self->importer)), budget_draft_sorter_new (sort));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sorted)); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (sorted), i);

      g_string_append_printf (text, "%s ", budget_draft_get_description (draft));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_drafts_are_sorted (ImportFixture *self, gconstpointer data)
{
  const char *const orders[][2] = {
    { "oldest", "undated bread cake apple dates " },
    { "newest", "apple dates cake bread undated " },
    { "smallest", "bread cake dates apple undated " },
    { "largest", "undated apple cake dates bread " },
    { "category", "bread cake undated dates apple " },
    { "description", "apple bread cake dates undated " },
    { "state", "undated apple bread cake dates " },
    { "file", "apple bread cake undated dates " },
    { "unknown", "apple bread cake undated dates " },
  };

  import_fixture_read (self, "Date,Description,Amount\n"
                             "2026-11-04,apple,-3.00\n"
                             "2026-11-01,bread,-1.00\n"
                             "2026-11-02,cake,-2.00\n"
                             "soon,undated,-9.00\n"
                             "2026-11-04,dates,-2.00\n");
  for (guint i = 0; i < 5; i++)
    budget_draft_set_category (import_fixture_get (self, i),
                               i == 0 ? self->book.food : self->book.entertainment);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *text = dup_sorted (self, orders[i][0]);

      g_test_message ("by %s", orders[i][0]);
      g_assert_cmpstr (text, ==, orders[i][1]);
    }
  g_assert_null (budget_draft_sorter_new (NULL));
}

static void
test_drafts_are_searched (ImportFixture *self, gconstpointer data)
{
  BudgetDraft *draft;

  import_fixture_read (self, "Date,Description,Amount\n2026-11-04,Corner Café,-3.00\n");
  draft = import_fixture_get (self, 0);
  budget_draft_set_description (draft, "Breakfast");
  budget_draft_set_category (draft, self->book.food);
  budget_draft_set_note (draft, "With Bob");

  g_assert_true (budget_draft_has_text (draft, "fast"));
  g_assert_true (budget_draft_has_text (draft, "corner café"));
  g_assert_true (budget_draft_has_text (draft, "food"));
  g_assert_true (budget_draft_has_text (draft, "bob"));
  g_assert_false (budget_draft_has_text (draft, "alice"));
}

static void
test_counts_leave_out_what_is_none (ImportFixture *self, gconstpointer data)
{
  g_autofree char *sum = budget_ui_format_amount (300, CURRENCY);
  g_autofree char *one = g_strdup_printf ("1 to add, %s", sum);
  g_autofree char *with_unusable = g_strdup_printf ("1 to add, %s · 1 unusable", sum);
  g_autofree char *text = NULL;

  import_fixture_read (self, "Date,Description,Amount\n2026-11-04,Café,-3.00\n");
  text = budget_importer_describe_counts (self->importer);
  g_assert_cmpstr (text, ==, one);

  g_clear_pointer (&text, g_free);
  import_fixture_read (self, "Date,Description,Amount\n2026-11-04,Café,-3.00\nsoon,Tea,-1.00\n");
  text = budget_importer_describe_counts (self->importer);
  g_assert_cmpstr (text, ==, with_unusable);
}

static void
add_row_tests (void)
{
  ADD_BOOK_TEST ("/category-row/follows-its-total", test_a_category_row_follows_its_total);
  ADD_BOOK_TEST ("/category-row/is-marked-when-chosen", test_a_category_row_is_marked_when_chosen);
  ADD_BOOK_TEST ("/rule-row/follows-its-rule", test_a_rule_row_follows_its_rule);
  ADD_BOOK_TEST ("/rule-row/looks-off-from-the-start", test_a_rule_row_that_begins_off_looks_it);
  ADD_BOOK_TEST ("/rule-row/switch-shows-the-rule", test_a_switch_shows_the_rule);
  ADD_BOOK_TEST ("/rule-change-row/shows-its-change", test_a_change_row_shows_its_change);
  ADD_BOOK_TEST ("/rule-change-row/shows-only-what-changes",
                 test_a_change_row_shows_only_what_changes);
  ADD_IMPORT_TEST ("/draft-text/is-searched", test_drafts_are_searched);
  ADD_IMPORT_TEST ("/draft-text/counts-leave-out-none", test_counts_leave_out_what_is_none);
  ADD_IMPORT_TEST ("/draft-sorter/sorts", test_drafts_are_sorted);
  ADD_IMPORT_TEST ("/draft-row/follows-its-draft", test_a_draft_row_follows_its_draft);
  ADD_IMPORT_TEST ("/draft-row/says-why-a-line-is-unusable",
                   test_a_draft_row_says_why_a_line_is_unusable);
  ADD_IMPORT_TEST ("/draft-row/has-no-dot-without-a-color",
                   test_a_draft_row_without_a_color_has_no_dot);
  ADD_IMPORT_TEST ("/draft-row/tick-asks-and-shows-the-draft",
                   test_a_tick_asks_and_shows_the_draft);
  ADD_IMPORT_TEST ("/draft-row/stands-upright-when-compact",
                   test_a_compact_draft_row_stands_upright);
  ADD_IMPORT_TEST ("/draft-row/goes-while-it-shows-a-draft",
                   test_a_draft_row_goes_while_it_shows_one);
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
