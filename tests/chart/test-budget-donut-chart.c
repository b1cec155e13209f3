/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-series.h"
#include "budget-donut-chart.h"
#include "test-part.h"

typedef struct
{
  GtkWindow *window;
  BudgetChart *chart;
  GListStore *store;
  int n_notified;
  guint activated;
  guint n_other;
} Fixture;

static void
on_notify (Fixture *fixture)
{
  fixture->n_notified++;
}

static void
on_activate (BudgetChart *chart, guint position, Fixture *fixture)
{
  fixture->activated = position;
}

static void
on_activate_other (BudgetChart *chart, GtkBitset *positions, Fixture *fixture)
{
  fixture->n_other = (guint) gtk_bitset_get_size (positions);
}

static void
add (Fixture *fixture, guint position, const char *name, gint64 sum)
{
  g_autoptr (TestPart) part = test_part_new (name, "#ff6b6b", sum);

  g_list_store_insert (fixture->store, position, part);
}

static void
set_sum (Fixture *fixture, guint position, gint64 sum)
{
  g_autoptr (TestPart) part = g_list_model_get_item (G_LIST_MODEL (fixture->store), position);

  test_part_set_sum (part, sum);
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkExpression) value = gtk_property_expression_new (TEST_TYPE_PART, NULL, "sum");
  g_autoptr (GtkExpression) label = gtk_property_expression_new (TEST_TYPE_PART, NULL, "name");
  BudgetChartSeries *series = NULL;

  set_animations (FALSE);
  fixture->activated = GTK_INVALID_LIST_POSITION;
  fixture->store = g_list_store_new (TEST_TYPE_PART);
  add (fixture, 0, "Food", 7125);
  add (fixture, 1, "Rent", 4500);

  fixture->chart = BUDGET_CHART (budget_donut_chart_new ());
  series = budget_chart_get_series (fixture->chart);
  budget_chart_series_set_value_expression (series, value);
  budget_chart_series_set_label_expression (series, label);
  budget_chart_series_set_format (series, test_format_money, NULL, NULL);
  budget_chart_set_model (fixture->chart, G_LIST_MODEL (fixture->store));
  g_signal_connect (fixture->chart, "activate", G_CALLBACK (on_activate), fixture);
  g_signal_connect (fixture->chart, "activate-other", G_CALLBACK (on_activate_other), fixture);
  g_signal_connect_swapped (fixture->chart, "notify::highlighted", G_CALLBACK (on_notify), fixture);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->chart));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer chart = fixture->chart;

  g_object_add_weak_pointer (G_OBJECT (fixture->chart), &chart);
  gtk_window_destroy (fixture->window);
  g_assert_null (chart);
  g_assert_finalize_object (fixture->store);
}

static void
on_after_paint (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static void
wait_for_frame (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->chart));
  gboolean painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static void
show (Fixture *fixture)
{
  gtk_window_present (fixture->window);
  while (!gtk_widget_get_mapped (GTK_WIDGET (fixture->chart)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (fixture);
  gtk_window_set_focus (fixture->window, NULL);
  gtk_window_set_focus_visible (fixture->window, TRUE);
  wait_for_frame (fixture);
}

static GtkWidget *
get_mark (Fixture *fixture, guint index)
{
  GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (fixture->chart));

  while (index-- > 0 && mark != NULL)
    mark = gtk_widget_get_next_sibling (mark);

  return mark;
}

/* Compares the accessible names of all marks. */
static void
assert_marks (Fixture *fixture, const char *const *expected)
{
  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_assert_nonnull (get_mark (fixture, i));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_mark (fixture, i)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, expected[i]);
    }

  g_assert_null (get_mark (fixture, g_strv_length ((char **) expected)));
}

#define ASSERT_MARKS(...) assert_marks (fixture, (const char *const[]){ __VA_ARGS__, NULL })

/* Presses a key, which the widget or its ancestors handle. */
static gboolean
press (GtkWidget *widget, guint key)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
            continue;

          for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
            {
              g_autoptr (GtkShortcut) shortcut =
                g_list_model_get_item (G_LIST_MODEL (controller), j);
              GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

              if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
                  gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
                  gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                gtk_shortcut_get_arguments (shortcut)))
                return TRUE;
            }
        }
    }

  return FALSE;
}

static void
test_marks_follow_the_list (Fixture *fixture, gconstpointer data)
{
  const char *description = "Total $89.00; Books, $90.00, 100%. "
                            "Not shown: 1 category with more money back than spent, −$1.00";

  show (fixture);
  ASSERT_MARKS ("Food, $71.25, 61%", "Rent, $45.00, 39%");

  set_sum (fixture, 0, 4500);
  wait_for_frame (fixture);
  ASSERT_MARKS ("Food, $45.00, 50%", "Rent, $45.00, 50%");

  add (fixture, 1, "Books", 9000);
  wait_for_frame (fixture);
  ASSERT_MARKS ("Food, $45.00, 25%", "Books, $90.00, 50%", "Rent, $45.00, 25%");

  g_list_store_remove (fixture->store, 0);
  set_sum (fixture, 1, -100);
  wait_for_frame (fixture);
  ASSERT_MARKS ("Books, $90.00, 100%");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_list_store_remove_all (fixture->store);
  wait_for_frame (fixture);
  g_assert_null (get_mark (fixture, 0));
}

static void
test_properties_notify_only_on_change (Fixture *fixture, gconstpointer data)
{
  g_signal_connect_swapped (fixture->chart, "notify::title", G_CALLBACK (on_notify), fixture);
  g_signal_connect_swapped (fixture->chart, "notify::empty-text", G_CALLBACK (on_notify), fixture);
  g_signal_connect_swapped (fixture->chart, "notify::model", G_CALLBACK (on_notify), fixture);

  for (int i = 0; i < 2; i++)
    budget_chart_set_title (fixture->chart, "November");
  g_assert_cmpint (fixture->n_notified, ==, 1);

  for (int i = 0; i < 2; i++)
    budget_chart_set_empty_text (fixture->chart, "Nothing");
  g_assert_cmpint (fixture->n_notified, ==, 2);

  for (int i = 0; i < 2; i++)
    budget_chart_set_highlighted (fixture->chart, 1);
  g_assert_cmpint (fixture->n_notified, ==, 3);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);

  for (int i = 0; i < 2; i++)
    budget_chart_set_highlighted (fixture->chart, GTK_INVALID_LIST_POSITION);
  g_assert_cmpint (fixture->n_notified, ==, 4);

  for (int i = 0; i < 2; i++)
    budget_chart_set_model (fixture->chart, NULL);
  g_assert_cmpint (fixture->n_notified, ==, 5);
}

static int
compare_sums (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 left = 0;
  gint64 right = 0;

  g_object_get ((gpointer) a, "sum", &left, NULL);
  g_object_get ((gpointer) b, "sum", &right, NULL);

  return left < right ? -1 : left > right;
}

static void
test_highlight_goes_with_the_item (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  budget_chart_set_highlighted (fixture->chart, 0);
  g_assert_cmpint (fixture->n_notified, ==, 1);

  g_list_store_sort (fixture->store, compare_sums, NULL);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);
  g_assert_cmpint (fixture->n_notified, ==, 2);

  add (fixture, 0, "Books", 1);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 2);
}

static void
test_highlight_outlives_a_move_in_two_steps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestPart) food = g_list_model_get_item (G_LIST_MODEL (fixture->store), 0);

  show (fixture);
  g_assert_true (gtk_widget_grab_focus (get_mark (fixture, 0)));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);

  g_list_store_remove (fixture->store, 0);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, GTK_INVALID_LIST_POSITION);
  g_list_store_append (fixture->store, food);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);

  wait_for_frame (fixture);
  g_assert_true (gtk_widget_has_focus (get_mark (fixture, 1)));
}

static void
test_focus_stays_when_its_mark_goes (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  g_assert_true (gtk_widget_grab_focus (get_mark (fixture, 1)));

  g_list_store_remove (fixture->store, 1);
  wait_for_frame (fixture);
  g_assert_true (gtk_widget_has_focus (get_mark (fixture, 0)));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);

  g_list_store_remove (fixture->store, 0);
  wait_for_frame (fixture);
  g_assert_null (get_mark (fixture, 0));
}

static void
test_keys_walk_around (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chart = GTK_WIDGET (fixture->chart);

  add (fixture, 2, "Books", 3000);
  show (fixture);

  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_RIGHT));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_DOWN));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_RIGHT));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_LEFT));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 2);

  g_assert_true (press (get_mark (fixture, 2), GDK_KEY_Home));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);
  g_assert_true (press (get_mark (fixture, 0), GDK_KEY_End));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 2);

  g_assert_true (press (get_mark (fixture, 2), GDK_KEY_Return));
  g_assert_cmpuint (fixture->activated, ==, 2);
  g_assert_true (press (get_mark (fixture, 1), GDK_KEY_space));
  g_assert_cmpuint (fixture->activated, ==, 1);

  g_assert_true (press (get_mark (fixture, 2), GDK_KEY_Escape));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, GTK_INVALID_LIST_POSITION);
  g_assert_false (press (get_mark (fixture, 2), GDK_KEY_Escape));

  gtk_widget_set_direction (chart, GTK_TEXT_DIR_RTL);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_LEFT));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 0);

  g_assert_false (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  gtk_window_set_focus (fixture->window, NULL);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, GTK_INVALID_LIST_POSITION);
}

static gboolean
is_other_highlighted (Fixture *fixture)
{
  gboolean highlighted = FALSE;

  g_object_get (fixture->chart, "other-highlighted", &highlighted, NULL);

  return highlighted;
}

static void
test_small_ones_share_a_mark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkBitset) folded = NULL;

  add (fixture, 0, "Pins", 10);
  add (fixture, 1, "Needles", 20);
  show (fixture);

  ASSERT_MARKS ("Food, $71.25, 61%", "Rent, $45.00, 39%", "Other, $0.30, <1%");
  g_assert_true (gtk_widget_activate (get_mark (fixture, 2)));
  g_assert_cmpuint (fixture->n_other, ==, 2);
  g_assert_cmpuint (fixture->activated, ==, GTK_INVALID_LIST_POSITION);

  folded = budget_donut_chart_dup_folded (BUDGET_DONUT_CHART (fixture->chart));
  g_assert_true (gtk_bitset_contains (folded, 0));
  g_assert_true (gtk_bitset_contains (folded, 1));
  g_assert_cmpint (budget_donut_chart_get_percent (BUDGET_DONUT_CHART (fixture->chart), 2), ==, 61);

  g_assert_true (gtk_widget_grab_focus (get_mark (fixture, 2)));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, GTK_INVALID_LIST_POSITION);
  g_assert_true (is_other_highlighted (fixture));

  budget_chart_set_highlighted (fixture->chart, 1);
  wait_for_frame (fixture);
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);
  g_assert_false (is_other_highlighted (fixture));
}

static void
test_can_be_built_from_a_file (void)
{
  const char *ui =
    "<interface><object class='BudgetDonutChart' id='chart'>"
    "<property name='title'>November</property>"
    "<property name='value-expression'><lookup name='sum' type='TestPart'/></property>"
    "<property name='label-expression'><lookup name='name' type='TestPart'/></property>"
    "</object></interface>";
  g_autoptr (GtkBuilder) builder = NULL;
  g_autoptr (GtkExpression) expression = NULL;

  g_type_ensure (BUDGET_TYPE_DONUT_CHART);
  g_type_ensure (TEST_TYPE_PART);
  builder = gtk_builder_new_from_string (ui, -1);
  g_object_get (gtk_builder_get_object (builder, "chart"), "value-expression", &expression, NULL);

  g_assert_nonnull (expression);
}

static void
test_points_at_slices (Fixture *fixture, gconstpointer data)
{
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (fixture->chart);
  double width = 0.0;
  double height = 0.0;
  GdkRectangle bounds = { 0 };

  show (fixture);
  width = gtk_widget_get_width (GTK_WIDGET (fixture->chart));
  height = gtk_widget_get_height (GTK_WIDGET (fixture->chart));

  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2, height / 2), ==, -1);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2 + 2, height / 2 - 100), ==, 0);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2 - 2, height / 2 - 100), ==, 1);

  klass->get_mark_bounds (fixture->chart, 1, &bounds);
  g_assert_cmpint (bounds.x + bounds.width, <=, (int) width / 2 + 1);
  g_assert_cmpint (gtk_widget_get_width (get_mark (fixture, 1)), ==, bounds.width);

  gtk_widget_set_direction (GTK_WIDGET (fixture->chart), GTK_TEXT_DIR_RTL);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2 - 2, height / 2 - 100), ==, 0);
}

static void
test_changes_while_it_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) other = g_list_store_new (TEST_TYPE_PART);

  show (fixture);
  set_animations (TRUE);

  for (guint i = 0; i < 30; i++)
    {
      if (i % 3 == 0)
        add (fixture, i % 2, "New", 1000 + i);
      else if (i % 3 == 1)
        g_list_store_remove (fixture->store, 0);
      else
        set_sum (fixture, 0, i * 500);

      if (i % 4 == 0)
        budget_chart_set_highlighted (fixture->chart, i % 2);
      if (i == 20)
        budget_chart_set_model (fixture->chart, G_LIST_MODEL (other));
      if (i == 25)
        budget_chart_set_model (fixture->chart, G_LIST_MODEL (fixture->store));
      wait_for_frame (fixture);
    }

  gtk_widget_set_visible (GTK_WIDGET (fixture->chart), FALSE);
  g_list_store_remove_all (fixture->store);
  gtk_widget_set_visible (GTK_WIDGET (fixture->chart), TRUE);
  wait_for_frame (fixture);
  add (fixture, 0, "Last", 100);
  wait_for_frame (fixture);
  ASSERT_MARKS ("Last, $1.00, 100%");
}

static void
test_removed_items_are_let_go (Fixture *fixture, gconstpointer data)
{
  TestPart *food = g_list_model_get_item (G_LIST_MODEL (fixture->store), 0);

  show (fixture);
  budget_chart_set_highlighted (fixture->chart, 0);
  wait_for_frame (fixture);
  g_list_store_remove (fixture->store, 0);
  wait_for_frame (fixture);

  g_assert_finalize_object (food);
}

static void
test_can_be_disposed_of_while_moving (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  set_animations (TRUE);
  gtk_widget_grab_focus (get_mark (fixture, 1));
  add (fixture, 0, "New", 1000);
  wait_for_frame (fixture);
  add (fixture, 0, "Newer", 1000);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display; run under xvfb-run\n");
      return 0;
    }

  ADD ("/donut-chart/marks-follow-the-list", test_marks_follow_the_list);
  ADD ("/donut-chart/notify-only-on-change", test_properties_notify_only_on_change);
  ADD ("/donut-chart/highlight-goes-with-the-item", test_highlight_goes_with_the_item);
  ADD ("/donut-chart/move-in-two-steps", test_highlight_outlives_a_move_in_two_steps);
  ADD ("/donut-chart/focus-stays", test_focus_stays_when_its_mark_goes);
  ADD ("/donut-chart/keys", test_keys_walk_around);
  ADD ("/donut-chart/other", test_small_ones_share_a_mark);
  ADD ("/donut-chart/points-at-slices", test_points_at_slices);
  ADD ("/donut-chart/changes-while-it-moves", test_changes_while_it_moves);
  ADD ("/donut-chart/removed-items", test_removed_items_are_let_go);
  ADD ("/donut-chart/can-be-disposed-of-while-moving", test_can_be_disposed_of_while_moving);

  g_test_add_func ("/donut-chart/built-from-a-file", test_can_be_built_from_a_file);

  return g_test_run ();
}
