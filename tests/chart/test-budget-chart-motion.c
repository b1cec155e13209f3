/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-motion-private.h"

static void
collapse (const double *before, const double *own, double *place)
{
  place[0] = place[1] = before != NULL ? before[1] : 0.0;
}

static BudgetChartTarget
target (GObject *key, double start, double end)
{
  return (BudgetChartTarget){ key, { start, end } };
}

/* "0.00-0.50 0.50-1.00", with slices that are being removed in brackets. */
static char *
to_text (BudgetChartMotion *motion)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < _budget_chart_motion_get_n_movers (motion); i++)
    {
      BudgetChartMover *mover = _budget_chart_motion_get_mover (motion, i);

      g_string_append_printf (text, "%s%s%.2f-%.2f%s", i > 0 ? " " : "", mover->leaving ? "(" : "",
                              mover->now[0], mover->now[1], mover->leaving ? ")" : "");
    }

  return g_string_free (text, FALSE);
}

static void
assert_shown (BudgetChartMotion *motion, const char *expected)
{
  g_autofree char *text = to_text (motion);

  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  BudgetChartMotion motion;
  GObject *a;
  GObject *b;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  BudgetChartTarget targets[2] = { { 0 } };

  fixture->a = g_object_new (G_TYPE_OBJECT, NULL);
  fixture->b = g_object_new (G_TYPE_OBJECT, NULL);
  targets[0] = target (fixture->a, 0.0, 0.5);
  targets[1] = target (fixture->b, 0.5, 1.0);

  _budget_chart_motion_init (&fixture->motion, collapse);
  _budget_chart_motion_retarget (&fixture->motion, targets, 2);
  _budget_chart_motion_advance (&fixture->motion, BUDGET_CHART_AT_ONCE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  _budget_chart_motion_clear (&fixture->motion);
  g_assert_finalize_object (fixture->a);
  g_assert_finalize_object (fixture->b);
}

static void
test_at_once_is_there (Fixture *fixture, gconstpointer data)
{
  assert_shown (&fixture->motion, "0.00-0.50 0.50-1.00");
}

static void
test_goes_on_from_where_it_is (Fixture *fixture, gconstpointer data)
{
  const BudgetChartTarget there[] = { target (fixture->a, 0.0, 1.0) };
  const BudgetChartTarget back[] = { target (fixture->a, 0.0, 0.5), target (fixture->b, 0.5, 1.0) };
  double before = 0.0;

  _budget_chart_motion_retarget (&fixture->motion, there, 1);
  g_assert_true (_budget_chart_motion_advance (&fixture->motion, 1000));
  assert_shown (&fixture->motion, "0.00-0.50 (0.50-1.00)");

  g_assert_true (_budget_chart_motion_advance (&fixture->motion, 51000));
  before = _budget_chart_motion_get_mover (&fixture->motion, 0)->now[1];
  g_assert_cmpfloat (before, >, 0.5);
  g_assert_cmpfloat (before, <, 1.0);
  g_assert_true (before == _budget_chart_motion_get_mover (&fixture->motion, 1)->now[0]);

  _budget_chart_motion_retarget (&fixture->motion, back, 2);
  g_assert_true (_budget_chart_motion_advance (&fixture->motion, 60000));
  g_assert_true (before == _budget_chart_motion_get_mover (&fixture->motion, 0)->now[1]);
  g_assert_false (_budget_chart_motion_advance (&fixture->motion, 310000));
  assert_shown (&fixture->motion, "0.00-0.50 0.50-1.00");
}

static void
test_new_comes_out_of_the_one_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) c = g_object_new (G_TYPE_OBJECT, NULL);
  const BudgetChartTarget three[] = { target (fixture->a, 0.0, 0.4), target (c, 0.4, 0.6),
                                      target (fixture->b, 0.6, 1.0) };

  _budget_chart_motion_retarget (&fixture->motion, three, 3);
  _budget_chart_motion_advance (&fixture->motion, 0);
  assert_shown (&fixture->motion, "0.00-0.50 0.50-0.50 0.50-1.00");
  _budget_chart_motion_advance (&fixture->motion, 250000);
  assert_shown (&fixture->motion, "0.00-0.40 0.40-0.60 0.60-1.00");

  _budget_chart_motion_retarget (&fixture->motion, NULL, 0);
  _budget_chart_motion_advance (&fixture->motion, BUDGET_CHART_AT_ONCE);
  assert_shown (&fixture->motion, "");
}

static void
test_moved_items_keep_their_slice (Fixture *fixture, gconstpointer data)
{
  const BudgetChartTarget swapped[] = { target (fixture->b, 0.0, 0.5),
                                        target (fixture->a, 0.5, 1.0) };

  _budget_chart_motion_retarget (&fixture->motion, swapped, 2);
  _budget_chart_motion_advance (&fixture->motion, 0);
  assert_shown (&fixture->motion, "0.50-1.00 0.00-0.50");
  _budget_chart_motion_advance (&fixture->motion, 250000);
  assert_shown (&fixture->motion, "0.00-0.50 0.50-1.00");
}

static void
test_one_comes_forward_the_others_step_back (Fixture *fixture, gconstpointer data)
{
  _budget_chart_motion_emphasize (&fixture->motion, TRUE, fixture->b);
  g_assert_true (_budget_chart_motion_advance (&fixture->motion, 0));
  g_assert_false (_budget_chart_motion_advance (&fixture->motion, 150000));
  g_assert_true (_budget_chart_motion_get_mover (&fixture->motion, 0)->emphasis == -1.0);
  g_assert_true (_budget_chart_motion_get_mover (&fixture->motion, 1)->emphasis == 1.0);

  _budget_chart_motion_emphasize (&fixture->motion, FALSE, NULL);
  _budget_chart_motion_advance (&fixture->motion, BUDGET_CHART_AT_ONCE);
  g_assert_true (_budget_chart_motion_get_mover (&fixture->motion, 1)->emphasis == 0.0);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/chart-motion/at-once", test_at_once_is_there);
  ADD ("/chart-motion/goes-on-from-where-it-is", test_goes_on_from_where_it_is);
  ADD ("/chart-motion/new-comes-out", test_new_comes_out_of_the_one_before);
  ADD ("/chart-motion/moved-items", test_moved_items_keep_their_slice);
  ADD ("/chart-motion/emphasis", test_one_comes_forward_the_others_step_back);

  return g_test_run ();
}
