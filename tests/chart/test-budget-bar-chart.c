/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-bar-chart.h"
#include "test-part.h"

typedef struct
{
  GtkWindow *window;
  BudgetChart *chart;
  GListStore *store;
  guint activated;
} Fixture;

static void
on_activate (BudgetChart *chart, guint position, Fixture *fixture)
{
  fixture->activated = position;
}

static void
add (Fixture *fixture, const char *name, gint64 sum)
{
  g_autoptr (TestPart) part = test_part_new (name, NULL, sum);

  g_list_store_append (fixture->store, part);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkExpression) value = gtk_property_expression_new (TEST_TYPE_PART, NULL, "sum");
  g_autoptr (GtkExpression) label = gtk_property_expression_new (TEST_TYPE_PART, NULL, "name");
  BudgetChartSeries *series = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  fixture->activated = GTK_INVALID_LIST_POSITION;
  fixture->store = g_list_store_new (TEST_TYPE_PART);
  add (fixture, "Sep", 10000);
  add (fixture, "Oct", -5000);
  add (fixture, "Nov", 0);

  fixture->chart = BUDGET_CHART (budget_bar_chart_new ());
  series = budget_chart_get_series (fixture->chart);
  budget_chart_series_set_value_expression (series, value);
  budget_chart_series_set_label_expression (series, label);
  budget_chart_series_set_format (series, test_format_money, NULL, NULL);
  budget_chart_set_model (fixture->chart, G_LIST_MODEL (fixture->store));
  g_signal_connect (fixture->chart, "activate", G_CALLBACK (on_activate), fixture);

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

static void
test_every_item_has_a_bar (Fixture *fixture, gconstpointer data)
{
  show (fixture);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_mark (fixture, 0)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Sep, $100.00");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_mark (fixture, 1)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Oct, −$50.00");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Sep, $100.00; Oct, −$50.00; Nov, $0.00");
  g_assert_null (get_mark (fixture, 3));

  add (fixture, "Dec", 1);
  wait_for_frame (fixture);
  g_assert_nonnull (get_mark (fixture, 3));

  g_list_store_remove_all (fixture->store);
  wait_for_frame (fixture);
  g_assert_null (get_mark (fixture, 0));
}

static void
test_points_at_columns (Fixture *fixture, gconstpointer data)
{
  BudgetChartClass *klass = BUDGET_CHART_GET_CLASS (fixture->chart);
  double width = 0.0;
  double height = 0.0;

  show (fixture);
  width = gtk_widget_get_width (GTK_WIDGET (fixture->chart));
  height = gtk_widget_get_height (GTK_WIDGET (fixture->chart));

  g_assert_cmpint (klass->pick_mark (fixture->chart, 1, height / 2), ==, 0);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2, height - 1), ==, 1);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width - 1, height / 2), ==, 2);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width / 2, 0), ==, -1);
  g_assert_cmpint (klass->pick_mark (fixture->chart, width, height / 2), ==, -1);

  gtk_widget_set_direction (GTK_WIDGET (fixture->chart), GTK_TEXT_DIR_RTL);
  g_assert_cmpint (klass->pick_mark (fixture->chart, 1, height / 2), ==, 2);
}

static void
test_keys_walk_and_press (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chart = GTK_WIDGET (fixture->chart);

  show (fixture);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_RIGHT));
  g_assert_cmpuint (budget_chart_get_highlighted (fixture->chart), ==, 1);
  g_assert_true (gtk_widget_activate (get_mark (fixture, 1)));
  g_assert_cmpuint (fixture->activated, ==, 1);
  wait_for_frame (fixture);
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

  ADD ("/bar-chart/every-item", test_every_item_has_a_bar);
  ADD ("/bar-chart/points-at-columns", test_points_at_columns);
  ADD ("/bar-chart/keys", test_keys_walk_and_press);

  return g_test_run ();
}
