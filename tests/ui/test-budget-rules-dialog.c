/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-expense-dialog.h"
#include "budget-expense-pane.h"
#include "budget-rule-change.h"
#include "budget-rule-dialog.h"
#include "budget-rule-offer.h"
#include "budget-rule-order.h"
#include "budget-rule-row.h"
#include "budget-rules-apply-dialog.h"
#include "budget-rules-dialog.h"
#include "budget-rules.h"
#include "budget-ui-history.h"
#include "budget-window.h"

/* Rules in their dialog, and rules that the window offers. */

typedef struct
{
  BookFixture book;
  BudgetWindow *window;
  GtkWidget *dialog;
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

static GtkWidget *
find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
act (gpointer widget, const char *action)
{
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetPeriod) everything = budget_period_new_everything ();

  book_fixture_set_up (&self->book, NULL);
  self->window = BUDGET_WINDOW (budget_window_new (NULL));
  budget_window_set_book (self->window, self->book.book);
  budget_filter_set_period (budget_window_get_filter (self->window), everything);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  gtk_window_destroy (GTK_WINDOW (self->window));
  run_pending ();
  book_fixture_tear_down (&self->book, NULL);
}

static BudgetRule *
add_rule (Fixture *self, const char *pattern, BudgetCategory *category)
{
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (GError) error = NULL;

  budget_rule_set_pattern (rule, pattern);
  budget_rule_set_category (rule, category);
  budget_rule_order_add (self->book.book, rule, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book.book, "Rule", &error);
  g_assert_no_error (error);
  return rule;
}

static void
open_dialog (Fixture *self)
{
  act (self->window, "win.rules");
  self->dialog = find_window (BUDGET_TYPE_RULES_DIALOG);
  g_assert_nonnull (self->dialog);
}

static GtkListBoxRow *
get_row (Fixture *self, int place)
{
  GtkListBox *rows = NULL;

  /* The first list box inside the stack is the list of rules. */
  rows = GTK_LIST_BOX (find_child (self->dialog, GTK_TYPE_LIST_BOX));
  return gtk_list_box_get_row_at_index (rows, place);
}

/* Compares the visible rules, in order. */
static void
assert_shown (Fixture *self, const char *expected)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    g_string_append_printf (shown, "%s%s", i > 0 ? ", " : "",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  g_assert_cmpstr (shown->str, ==, expected);
}

static void
assert_page (Fixture *self, const char *page)
{
  GtkStack *stack = GTK_STACK (find_child (self->dialog, GTK_TYPE_STACK));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, page);
}

static void
search (Fixture *self, const char *text)
{
  GtkWidget *entry = find_child (self->dialog, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
}

static void
test_a_rule_is_made (Fixture *self, gconstpointer data)
{
  GtkWidget *form;

  open_dialog (self);
  assert_page (self, "empty");
  act (self->dialog, "rules.add");
  form = find_window (BUDGET_TYPE_RULE_DIALOG);

  /* An empty text and punctuation have no words. */
  g_assert_false (budget_form_dialog_save (BUDGET_FORM_DIALOG (form)));
  gtk_editable_set_text (GTK_EDITABLE (find_child (form, ADW_TYPE_ENTRY_ROW)), " *** ");
  g_assert_false (budget_form_dialog_save (BUDGET_FORM_DIALOG (form)));
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_rules (self->book.book)), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (find_child (form, ADW_TYPE_ENTRY_ROW)), "Green Grocer");
  act (form, "form.save");
  assert_page (self, "rules");
  assert_shown (self, "Green Grocer");
  g_assert_null (find_window (BUDGET_TYPE_RULE_DIALOG));

  act (self->dialog, "rules.undo");
  assert_page (self, "empty");
}

static void
test_an_edited_rule_is_made_by_hand (Fixture *self, gconstpointer data)
{
  BudgetRule *rule = add_rule (self, "lunch", self->book.food);
  g_autoptr (GError) error = NULL;
  GtkWidget *form;

  budget_rule_set_learned (rule, TRUE);
  budget_rule_set_user (rule, self->book.bob);
  budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_EQUALS);
  budget_book_commit (self->book.book, "Learned", &error);
  g_assert_no_error (error);

  open_dialog (self);
  act (get_row (self, 0), "rule-row.edit");
  form = find_window (BUDGET_TYPE_RULE_DIALOG);
  gtk_editable_set_text (GTK_EDITABLE (find_child (form, ADW_TYPE_ENTRY_ROW)), "Lunch break");
  act (form, "form.save");

  assert_shown (self, "Lunch break");
  g_assert_false (budget_rule_get_learned (rule));
  g_assert_true (budget_rule_get_category (rule) == self->book.food);
  g_assert_true (budget_rule_get_user (rule) == self->book.bob);
  g_assert_cmpint (budget_rule_get_match_kind (rule), ==, BUDGET_RULE_MATCH_EQUALS);
}

static void
test_rules_are_moved_by_keys (Fixture *self, gconstpointer data)
{
  add_rule (self, "first", self->book.food);
  add_rule (self, "second", self->book.food);
  add_rule (self, "third", self->book.food);
  open_dialog (self);
  assert_shown (self, "first, second, third");

  act (get_row (self, 2), "rule-row.move-up");
  assert_shown (self, "first, third, second");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->dialog)) ==
                 GTK_WIDGET (get_row (self, 1)));
  act (get_row (self, 0), "rule-row.move-down");
  assert_shown (self, "third, first, second");

  /* The first rule cannot move up, nor the last one down. */
  act (get_row (self, 0), "rule-row.move-up");
  act (get_row (self, 2), "rule-row.move-down");
  assert_shown (self, "third, first, second");

  act (self->dialog, "rules.undo");
  assert_shown (self, "first, third, second");
}

static void
test_a_rule_is_dropped_beside_another (Fixture *self, gconstpointer data)
{
  BudgetRule *first = add_rule (self, "first", self->book.food);
  BudgetRule *third;

  add_rule (self, "second", self->book.food);
  third = add_rule (self, "third", self->book.food);
  open_dialog (self);

  g_signal_emit_by_name (get_row (self, 1), "dropped", first, TRUE);
  assert_shown (self, "second, first, third");
  g_signal_emit_by_name (get_row (self, 0), "dropped", third, FALSE);
  assert_shown (self, "third, second, first");
  g_signal_emit_by_name (get_row (self, 1), "dropped", third, FALSE);
  assert_shown (self, "third, second, first");
}

/* Hidden rules keep their positions. */
static void
test_a_search_finds_rules (Fixture *self, gconstpointer data)
{
  add_rule (self, "green one", self->book.food);
  add_rule (self, "red", self->book.entertainment);
  add_rule (self, "green two", self->book.transportation);
  open_dialog (self);

  search (self, "GREEN");
  assert_shown (self, "green one, green two");
  act (get_row (self, 1), "rule-row.move-up");
  assert_shown (self, "green two, green one");
  search (self, "entertain");
  assert_shown (self, "red");
  search (self, "nothing of it");
  assert_page (self, "nothing");
  search (self, "");
  assert_shown (self, "green two, green one, red");
}

static void
test_a_rule_is_disabled_and_deleted (Fixture *self, gconstpointer data)
{
  BudgetRule *rule = add_rule (self, "lunch", self->book.food);
  GtkWidget *button;

  open_dialog (self);
  button = find_child (GTK_WIDGET (get_row (self, 0)), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (button), FALSE);
  g_assert_false (budget_rule_get_enabled (rule));
  act (self->dialog, "rules.undo");
  g_assert_true (budget_rule_get_enabled (rule));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (button)));

  act (get_row (self, 0), "rule-row.delete");
  assert_page (self, "empty");
  act (self->dialog, "rules.undo");
  assert_shown (self, "lunch");
}

static void
test_rules_are_applied_as_ticked (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (&self->book, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (BudgetExpense) other = book_fixture_get (&self->book, BOOK_FIXTURE_BOBS_LUNCH);
  g_autoptr (BudgetRuleChange) change = NULL;
  GtkWidget *preview, *all;
  GListModel *changes;

  add_rule (self, "lunch", self->book.entertainment);
  open_dialog (self);
  act (self->dialog, "rules.apply");
  preview = find_window (BUDGET_TYPE_RULES_APPLY_DIALOG);
  while (budget_rules_apply_dialog_get_changes (BUDGET_RULES_APPLY_DIALOG (preview)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  changes = budget_rules_apply_dialog_get_changes (BUDGET_RULES_APPLY_DIALOG (preview));
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 2);

  /* Without a tick there is nothing to apply. */
  all = find_child (find_child (preview, GTK_TYPE_STACK), GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (all)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (all), FALSE);
  g_assert_cmpuint (budget_rules_count_included (changes), ==, 0);
  gtk_widget_activate_action (preview, "apply.commit", NULL);
  g_assert_true (budget_expense_get_category (lunch) == self->book.food);

  change = g_list_model_get_item (changes, 0);
  g_signal_emit_by_name (find_child (preview, GTK_TYPE_LIST_VIEW), "activate", 0);
  g_assert_true (budget_rule_change_get_include (change));
  g_assert_true (gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (all)));
  act (preview, "apply.commit");
  g_assert_null (find_window (BUDGET_TYPE_RULES_APPLY_DIALOG));
  g_assert_true (budget_expense_get_category (budget_rule_change_get_expense (change)) ==
                 self->book.entertainment);
  g_assert_true (budget_expense_get_category (lunch) != budget_expense_get_category (other));

  act (self->dialog, "rules.undo");
  g_assert_true (budget_expense_get_category (lunch) == self->book.food);
  g_assert_true (budget_expense_get_category (other) == self->book.food);
}

static void
test_a_preview_can_be_closed_at_once (Fixture *self, gconstpointer data)
{
  GtkWidget *preview;

  add_rule (self, "lunch", self->book.entertainment);
  open_dialog (self);
  act (self->dialog, "rules.apply");
  preview = find_window (BUDGET_TYPE_RULES_APPLY_DIALOG);
  g_object_add_weak_pointer (G_OBJECT (preview), (gpointer *) &preview);
  gtk_window_destroy (GTK_WINDOW (preview));
  g_assert_null (preview);
  run_pending ();
}

static void
select_expense (Fixture *self, gint64 id)
{
  GtkWidget *pane = find_child (GTK_WIDGET (self->window), BUDGET_TYPE_EXPENSE_PANE);
  GtkSelectionModel *selection =
    budget_expense_list_get_selection (budget_expense_pane_get_list (BUDGET_EXPENSE_PANE (pane)));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (orm_entity_get_id (expense) == id)
        gtk_selection_model_select_item (selection, i, TRUE);
    }
}

/* Returns: the button of a toast that offers to make a rule */
static GtkWidget *
find_offer (GtkWidget *widget)
{
  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.learn-rule") == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_offer (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
file_under (Fixture *self, gint64 id, BudgetCategory *category)
{
  select_expense (self, id);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.change-category", "x",
                                             orm_entity_get_id (ORM_ENTITY (category))));
  return find_offer (GTK_WIDGET (self->window));
}

static void
test_setting_a_category_offers_a_rule (Fixture *self, gconstpointer data)
{
  GtkWidget *offer = file_under (self, BOOK_FIXTURE_ALICES_LUNCH, self->book.entertainment);
  g_autoptr (BudgetRule) rule = NULL;
  GListModel *rules = budget_book_get_rules (self->book.book);

  g_assert_nonnull (offer);
  g_signal_emit_by_name (offer, "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 1);
  rule = g_list_model_get_item (rules, 0);
  g_assert_cmpstr (budget_rule_get_pattern (rule), ==, "Lunch");
  g_assert_true (budget_rule_get_category (rule) == self->book.entertainment);
  g_assert_true (budget_rule_get_learned (rule));

  /* Undo removes the rule first, and then the change that it was made from. */
  act (self->window, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 0);
}

static void
test_a_single_expense_offers_no_rule (Fixture *self, gconstpointer data)
{
  g_assert_null (file_under (self, BOOK_FIXTURE_CONCERT, self->book.food));
}

static void
test_a_hand_made_rule_offers_no_rule (Fixture *self, gconstpointer data)
{
  add_rule (self, "lunch", self->book.food);
  g_assert_null (file_under (self, BOOK_FIXTURE_ALICES_LUNCH, self->book.entertainment));
}

static void
test_only_one_description_offers_a_rule (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (&self->book, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (BudgetExpense) other = book_fixture_get (&self->book, BOOK_FIXTURE_BOBS_LUNCH);
  g_autoptr (BudgetExpense) concert = book_fixture_get (&self->book, BOOK_FIXTURE_CONCERT);
  g_autoptr (GPtrArray) expenses = g_ptr_array_new ();
  g_autoptr (AdwToast) offer = NULL;

  g_ptr_array_add (expenses, lunch);
  g_ptr_array_add (expenses, other);
  offer = budget_rule_offer_new (self->book.book, expenses);
  g_assert_nonnull (offer);
  g_assert_cmpstr (adw_toast_get_action_name (offer), ==, "win.learn-rule");

  g_ptr_array_add (expenses, concert);
  g_assert_null (budget_rule_offer_new (self->book.book, expenses));
}

static void
test_the_form_offers_a_rule (Fixture *self, gconstpointer data)
{
  GtkWidget *form;

  select_expense (self, BOOK_FIXTURE_BOBS_LUNCH);
  act (self->window, "win.edit");
  form = find_window (BUDGET_TYPE_EXPENSE_DIALOG);
  act (form, "form.save");
  g_assert_null (find_offer (GTK_WIDGET (self->window)));

  act (self->window, "win.edit");
  form = find_window (BUDGET_TYPE_EXPENSE_DIALOG);
  budget_expense_dialog_set_category (BUDGET_EXPENSE_DIALOG (form), self->book.transportation);
  act (form, "form.save");
  g_assert_nonnull (find_offer (GTK_WIDGET (self->window)));
}

/* A rule takes precedence over the last category. */
static void
test_a_typed_line_follows_the_rules (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetCategory) before = NULL;
  g_autoptr (BudgetCategory) after = NULL;

  before = budget_ui_history_guess_category (self->book.book, "Lunch");
  g_assert_true (before == self->book.food);

  add_rule (self, "lunch", self->book.entertainment);
  after = budget_ui_history_guess_category (self->book.book, "Lunch");
  g_assert_true (after == self->book.entertainment);
}

#define ADD(name, func) g_test_add ("/rules-dialog/" name, Fixture, NULL, set_up, func, tear_down)

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

  ADD ("a-rule-is-made", test_a_rule_is_made);
  ADD ("an-edited-rule-is-made-by-hand", test_an_edited_rule_is_made_by_hand);
  ADD ("rules-are-moved-by-keys", test_rules_are_moved_by_keys);
  ADD ("a-rule-is-dropped-beside-another", test_a_rule_is_dropped_beside_another);
  ADD ("a-search-finds-rules", test_a_search_finds_rules);
  ADD ("a-rule-is-disabled-and-deleted", test_a_rule_is_disabled_and_deleted);
  ADD ("rules-are-applied-as-ticked", test_rules_are_applied_as_ticked);
  ADD ("a-preview-can-be-closed-at-once", test_a_preview_can_be_closed_at_once);
  ADD ("setting-a-category-offers-a-rule", test_setting_a_category_offers_a_rule);
  ADD ("a-single-expense-offers-no-rule", test_a_single_expense_offers_no_rule);
  ADD ("a-hand-made-rule-offers-no-rule", test_a_hand_made_rule_offers_no_rule);
  ADD ("only-one-description-offers-a-rule", test_only_one_description_offers_a_rule);
  ADD ("the-form-offers-a-rule", test_the_form_offers_a_rule);
  ADD ("a-typed-line-follows-the-rules", test_a_typed_line_follows_the_rules);

  return g_test_run ();
}
