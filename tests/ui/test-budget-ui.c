/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-category-dialog.h"
#include "budget-category-row.h"
#include "budget-color-dot.h"
#include "budget-date-row.h"
#include "budget-draft-editor.h"
#include "budget-draft-list.h"
#include "budget-draft-menu.h"
#include "budget-entry-line.h"
#include "budget-expense-cell.h"
#include "budget-expense-dialog.h"
#include "budget-expense-pane.h"
#include "budget-form-dialog.h"
#include "budget-import-dialog.h"
#include "budget-import-file-group.h"
#include "budget-import-history-dialog.h"
#include "budget-manage-dialog.h"
#include "budget-period-switcher.h"
#include "budget-person-dialog.h"
#include "budget-rule-change-row.h"
#include "budget-rule-dialog.h"
#include "budget-rules-apply-dialog.h"
#include "budget-rules-dialog.h"
#include "budget-summary-pane.h"
#include "budget-ui-text.h"
#include "budget-window.h"

/* Every widget on its own: its template is built without a warning. */

static void
test_each_template_is_built (void)
{
  const GType types[] = {
    BUDGET_TYPE_CATEGORY_ROW,      BUDGET_TYPE_COLOR_DOT,
    BUDGET_TYPE_DATE_ROW,          BUDGET_TYPE_ENTRY_LINE,
    BUDGET_TYPE_EXPENSE_CELL,      BUDGET_TYPE_EXPENSE_LIST,
    BUDGET_TYPE_EXPENSE_PANE,      BUDGET_TYPE_PERIOD_SWITCHER,
    BUDGET_TYPE_SUMMARY_PANE,      BUDGET_TYPE_CATEGORY_DIALOG,
    BUDGET_TYPE_EXPENSE_DIALOG,    BUDGET_TYPE_FORM_DIALOG,
    BUDGET_TYPE_IMPORT_DIALOG,     BUDGET_TYPE_MANAGE_DIALOG,
    BUDGET_TYPE_PERSON_DIALOG,     BUDGET_TYPE_RULE_CHANGE_ROW,
    BUDGET_TYPE_RULE_DIALOG,       BUDGET_TYPE_RULES_APPLY_DIALOG,
    BUDGET_TYPE_RULES_DIALOG,      BUDGET_TYPE_WINDOW,
    BUDGET_TYPE_DRAFT_EDITOR,      BUDGET_TYPE_DRAFT_LIST,
    BUDGET_TYPE_IMPORT_FILE_GROUP, BUDGET_TYPE_IMPORT_HISTORY_DIALOG,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
      if (GTK_IS_WINDOW (widget))
        gtk_window_destroy (GTK_WINDOW (widget));
      g_object_unref (widget);
      g_assert_null (widget);
    }
}

static void
test_date_row_reads_what_is_typed (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_date_row_new ());
  g_autoptr (GError) error = NULL;
  GDate today;
  GDate date;

  budget_ui_get_today (&today);
  gtk_editable_set_text (GTK_EDITABLE (row), "yesterday");
  g_assert_true (budget_date_row_read (BUDGET_DATE_ROW (row), &date, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_date_days_between (&date, &today), ==, 1);

  gtk_editable_set_text (GTK_EDITABLE (row), "soon");
  g_assert_false (budget_date_row_read (BUDGET_DATE_ROW (row), &date, &error));
  g_assert_nonnull (error);
}

static void
test_date_row_shows_a_day_as_it_may_be_typed (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (budget_date_row_new ());
  GDate day;
  GDate date;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 29, G_DATE_FEBRUARY, 2024);
  budget_date_row_set_date (BUDGET_DATE_ROW (row), &day);

  g_assert_true (budget_date_row_read (BUDGET_DATE_ROW (row), &date, NULL));
  g_assert_cmpint (g_date_compare (&day, &date), ==, 0);
}

static void
test_refunds_have_a_plus (void)
{
  g_autofree char *spent = budget_ui_format_amount (1250, "EUR");
  g_autofree char *received = budget_ui_format_amount (-1250, "EUR");

  g_assert_cmpint (spent[0], !=, '+');
  g_assert_cmpint (received[0], ==, '+');
  g_assert_cmpstr (received + 1, ==, spent);
}

static void
test_color_dot_notifies_only_on_change (void)
{
  g_autoptr (GtkWidget) dot = g_object_ref_sink (budget_color_dot_new ());
  int n_notified = 0;

  g_signal_connect_swapped (dot, "notify::color", G_CALLBACK (on_notify_count), &n_notified);
  budget_color_dot_set_color (BUDGET_COLOR_DOT (dot), "#FF6B6B");
  budget_color_dot_set_color (BUDGET_COLOR_DOT (dot), "#FF6B6B");
  g_assert_cmpint (n_notified, ==, 1);

  budget_color_dot_set_color (BUDGET_COLOR_DOT (dot), "no colour");
  g_assert_null (budget_color_dot_get_color (BUDGET_COLOR_DOT (dot)));
  g_assert_cmpint (n_notified, ==, 2);
}

static void
test_form_saves_nothing_that_is_wrong (BookFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = budget_expense_dialog_new (fixture->book, NULL);

  g_assert_false (budget_form_dialog_save (BUDGET_FORM_DIALOG (dialog)));
  g_assert_false (orm_session_get_dirty (fixture->session));
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (budget_user_get_expenses (fixture->alice))), ==, 3);

  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_form_changes_an_expense (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (fixture, BOOK_FIXTURE_GAS);
  gint64 amount = budget_expense_get_amount (gas);
  GtkWidget *dialog = budget_expense_dialog_new (fixture->book, gas);

  g_assert_true (budget_form_dialog_save (BUDGET_FORM_DIALOG (dialog)));
  g_assert_cmpint (budget_expense_get_amount (gas), ==, amount);
  g_assert_false (orm_session_get_dirty (fixture->session));

  gtk_window_destroy (GTK_WINDOW (dialog));
}

static guint
count_items (GMenuModel *menu)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      n += section != NULL ? count_items (section) : 1;
    }

  return n;
}

static void
test_draft_menu_names_each_category (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *label = NULL;
  GVariant *target;

  g_assert_true (budget_category_set_name (fixture->food, "Food_and_drink"));
  menu = budget_draft_menu_new_categories (fixture->book, "drafts.change-category");
  g_assert_cmpuint (count_items (menu), ==,
                    g_list_model_get_n_items (budget_book_get_categories (fixture->book)));

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_clear_pointer (&label, g_free);
      g_assert_true (g_menu_model_get_item_attribute (menu, i, "label", "s", &label));
      target = g_menu_model_get_item_attribute_value (menu, i, "target", G_VARIANT_TYPE_INT64);
      if (g_variant_get_int64 (target) == orm_entity_get_id (ORM_ENTITY (fixture->food)))
        g_assert_cmpstr (label, ==, "Food and drink");
      g_variant_unref (target);
    }
}

static void
test_draft_menu_offers_people_only_to_several (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GMenuModel) several = budget_draft_menu_new (fixture->book);
  g_autoptr (GMenuModel) one = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *expenses = G_LIST_MODEL (budget_user_get_expenses (fixture->bob));

  while (g_list_model_get_n_items (expenses) > 0)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (expenses, 0);

      g_assert_true (orm_session_delete (fixture->session, expense, &error));
    }
  g_assert_true (orm_session_delete (fixture->session, fixture->bob, &error));
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);

  one = budget_draft_menu_new (fixture->book);
  g_assert_cmpuint (count_items (one), ==, count_items (several) - 1);
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

  g_test_add_func ("/ui/each-template-is-built", test_each_template_is_built);
  g_test_add_func ("/ui/date-row/reads-what-is-typed", test_date_row_reads_what_is_typed);
  g_test_add_func ("/ui/date-row/shows-a-day-in-typed-form",
                   test_date_row_shows_a_day_as_it_may_be_typed);
  g_test_add_func ("/ui/refunds-have-a-plus", test_refunds_have_a_plus);
  g_test_add_func ("/ui/color-dot/notifies-only-on-change", test_color_dot_notifies_only_on_change);
  g_test_add ("/ui/form/invalid-input-is-not-saved", BookFixture, NULL, book_fixture_set_up,
              test_form_saves_nothing_that_is_wrong, book_fixture_tear_down);
  g_test_add ("/ui/form/changes-an-expense", BookFixture, NULL, book_fixture_set_up,
              test_form_changes_an_expense, book_fixture_tear_down);
  g_test_add ("/ui/draft-menu/names-each-category", BookFixture, NULL, book_fixture_set_up,
              test_draft_menu_names_each_category, book_fixture_tear_down);
  g_test_add ("/ui/draft-menu/offers-people-only-to-several", BookFixture, NULL,
              book_fixture_set_up, test_draft_menu_offers_people_only_to_several,
              book_fixture_tear_down);

  return g_test_run ();
}
