/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-donut-draw-private.h"
#include "budget-donut-layout-private.h"

static BudgetDonutLayout *
lay_out (guint n_values, const gint64 *values)
{
  return _budget_donut_layout_new (values, n_values, BUDGET_DONUT_MAX_SLICES,
                                   BUDGET_DONUT_MIN_SHARE);
}

/* "0:61 1:39" for two slices with their shares; "*:3" for Other. */
static char *
to_text (BudgetDonutLayout *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < layout->slices->len; i++)
    {
      const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (layout, i);

      if (i > 0)
        g_string_append_c (text, ' ');
      if (slice->position == BUDGET_DONUT_OTHER)
        g_string_append_printf (text, "*:%d", slice->percent);
      else
        g_string_append_printf (text, "%u:%d", slice->position, slice->percent);
    }

  return g_string_free (text, FALSE);
}

static void
assert_closed (BudgetDonutLayout *layout)
{
  double end = 0.0;

  for (guint i = 0; i < layout->slices->len; i++)
    {
      const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (layout, i);

      g_assert_true (slice->start == end);
      g_assert_cmpfloat (slice->end, >=, slice->start);
      end = slice->end;
    }

  g_assert_true (layout->slices->len == 0 || end == 1.0);
}

static void
test_slices_follow_the_values (void)
{
  const gint64 values[] = { 7125, 4500 };
  g_autoptr (BudgetDonutLayout) layout = lay_out (2, values);
  g_autofree char *text = to_text (layout);

  g_assert_cmpstr (text, ==, "0:61 1:39");
  g_assert_cmpint (layout->total, ==, 11625);
  g_assert_cmpfloat_with_epsilon (_budget_donut_layout_get_slice (layout, 0)->end, 7125 / 11625.0,
                                  1e-12);
  assert_closed (layout);
}

static void
test_nothing_makes_no_slices (void)
{
  const gint64 zeros[] = { 0, 0, 0 };
  g_autoptr (BudgetDonutLayout) none = lay_out (0, NULL);
  g_autoptr (BudgetDonutLayout) zero = lay_out (3, zeros);

  g_assert_cmpuint (none->slices->len, ==, 0);
  g_assert_cmpuint (zero->slices->len, ==, 0);
  g_assert_cmpint (zero->total, ==, 0);
  g_assert_cmpint (zero->owners[2], ==, -1);
  g_assert_cmpint (_budget_donut_layout_find (zero, 0.3), ==, -1);
}

static void
test_refunds_count_but_are_no_slice (void)
{
  const gint64 values[] = { 1000, -250, 3000, -50 };
  g_autoptr (BudgetDonutLayout) layout = lay_out (4, values);
  g_autofree char *text = to_text (layout);

  g_assert_cmpstr (text, ==, "0:25 2:75");
  g_assert_cmpint (layout->total, ==, 3700);
  g_assert_cmpint (layout->shown, ==, 4000);
  g_assert_cmpint (layout->withheld, ==, -300);
  g_assert_cmpuint (layout->n_withheld, ==, 2);
  g_assert_cmpint (layout->owners[1], ==, -1);
  assert_closed (layout);
}

static void
test_only_refunds_make_no_slices (void)
{
  const gint64 values[] = { -100, -200 };
  g_autoptr (BudgetDonutLayout) layout = lay_out (2, values);

  g_assert_cmpuint (layout->slices->len, ==, 0);
  g_assert_cmpint (layout->total, ==, -300);
}

static void
test_shares_add_up_to_a_hundred (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (int round = 0; round < 2000; round++)
    {
      guint n_values = (guint) g_rand_int_range (rand, 1, 60);
      g_autofree gint64 *values = g_new (gint64, n_values);
      g_autoptr (BudgetDonutLayout) layout = NULL;
      int sum = 0;
      int sliced = 0;

      for (guint i = 0; i < n_values; i++)
        values[i] = g_rand_int_range (rand, 1, round % 2 == 0 ? 10 : 10000000);

      layout = lay_out (n_values, values);
      for (guint i = 0; i < n_values; i++)
        sum += layout->percents[i];
      for (guint i = 0; i < layout->slices->len; i++)
        sliced += _budget_donut_layout_get_slice (layout, i)->percent;

      g_assert_cmpint (sum, ==, 100);
      g_assert_cmpint (sliced, ==, 100);
      g_assert_cmpuint (layout->slices->len, <=, BUDGET_DONUT_MAX_SLICES);
      assert_closed (layout);
    }
}

static void
test_thirds_round_by_largest_remainder (void)
{
  const gint64 thirds[] = { 1, 1, 1 };
  const gint64 sixths[] = { 2, 1, 3 };
  g_autoptr (BudgetDonutLayout) three = lay_out (3, thirds);
  g_autoptr (BudgetDonutLayout) six = lay_out (3, sixths);
  g_autofree char *first = to_text (three);
  g_autofree char *second = to_text (six);

  g_assert_cmpstr (first, ==, "0:34 1:33 2:33");
  g_assert_cmpstr (second, ==, "0:33 1:17 2:50");
}

static void
test_small_slices_fold_when_two (void)
{
  const gint64 one[] = { 1000, 10, 1000 };
  const gint64 two[] = { 1000, 10, 1000, 10 };
  g_autoptr (BudgetDonutLayout) alone = lay_out (3, one);
  g_autoptr (BudgetDonutLayout) folded = lay_out (4, two);
  g_autofree char *first = to_text (alone);
  g_autofree char *second = to_text (folded);

  g_assert_cmpstr (first, ==, "0:50 1:0 2:50");
  g_assert_cmpstr (second, ==, "0:50 2:50 *:0");
  g_assert_cmpuint (folded->n_folded, ==, 2);
  g_assert_cmpint (folded->owners[1], ==, 2);
  g_assert_cmpint (folded->owners[3], ==, 2);
  assert_closed (folded);
}

static void
test_too_many_fold_the_smallest (void)
{
  gint64 values[12] = { 0 };
  g_autoptr (BudgetDonutLayout) layout = NULL;

  for (int i = 0; i < 12; i++)
    values[i] = 100 + i;
  layout = lay_out (12, values);

  g_assert_cmpuint (layout->slices->len, ==, BUDGET_DONUT_MAX_SLICES);
  g_assert_cmpuint (layout->n_folded, ==, 3);
  g_assert_cmpuint (_budget_donut_layout_get_slice (layout, 0)->position, ==, 3);
  g_assert_cmpint (layout->owners[0], ==, BUDGET_DONUT_MAX_SLICES - 1);
}

static void
test_a_hundred_alike_are_not_all_other (void)
{
  gint64 values[100] = { 0 };
  g_autoptr (BudgetDonutLayout) layout = NULL;

  for (int i = 0; i < 100; i++)
    values[i] = 5;
  layout = lay_out (100, values);

  g_assert_cmpuint (layout->slices->len, ==, BUDGET_DONUT_MAX_SLICES);
  g_assert_cmpuint (layout->n_folded, ==, 91);
}

static void
test_huge_values_do_not_overflow (void)
{
  const gint64 values[] = { G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MININT64 };
  g_autoptr (BudgetDonutLayout) layout = lay_out (4, values);

  g_assert_cmpint (layout->shown, ==, G_MAXINT64);
  g_assert_cmpuint (layout->slices->len, >, 0);
}

static void
test_points_find_their_slice (void)
{
  const gint64 values[] = { 1, 1, 2 };
  g_autoptr (BudgetDonutLayout) layout = lay_out (3, values);
  BudgetDonutFrame frame = { 0 };
  double turn = 0.0;

  _budget_donut_frame_init (&frame, 200, 300, FALSE);

  g_assert_true (_budget_donut_frame_locate (&frame, 101, 150 - frame.outer + 2, &turn));
  g_assert_cmpint (_budget_donut_layout_find (layout, turn), ==, 0);
  g_assert_true (_budget_donut_frame_locate (&frame, 99, 150 - frame.outer + 2, &turn));
  g_assert_cmpint (_budget_donut_layout_find (layout, turn), ==, 2);
  g_assert_true (_budget_donut_frame_locate (&frame, 100 + frame.outer - 2, 151, &turn));
  g_assert_cmpint (_budget_donut_layout_find (layout, turn), ==, 1);

  g_assert_false (_budget_donut_frame_locate (&frame, 100, 150, &turn));
  g_assert_false (_budget_donut_frame_locate (&frame, 100, 10, &turn));
}

static void
test_right_to_left_is_mirrored (void)
{
  BudgetDonutFrame frame = { 0 };
  double turn = 0.0;
  double x = 0.0;
  double y = 0.0;

  _budget_donut_frame_init (&frame, 200, 200, TRUE);
  g_assert_true (_budget_donut_frame_locate (&frame, 100 - frame.outer + 2, 100, &turn));
  g_assert_cmpfloat_with_epsilon (turn, 0.25, 1e-9);

  _budget_donut_frame_get_point (&frame, 0.25, 50, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 50, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 100, 1e-9);
}

static void
test_points_and_turns_agree (void)
{
  for (int mirrored = 0; mirrored < 2; mirrored++)
    {
      BudgetDonutFrame frame = { 0 };

      _budget_donut_frame_init (&frame, 317, 251, mirrored);
      for (double turn = 0.001; turn < 1.0; turn += 0.013)
        {
          double x = 0.0;
          double y = 0.0;
          double found = 0.0;

          _budget_donut_frame_get_point (&frame, turn, (frame.inner + frame.outer) / 2, &x, &y);
          g_assert_true (_budget_donut_frame_locate (&frame, x, y, &found));
          g_assert_cmpfloat_with_epsilon (found, turn, 1e-9);
        }
    }
}

static void
test_bounds_cover_the_slice (void)
{
  BudgetDonutFrame frame = { 0 };
  double bounds[4] = { 0 };

  _budget_donut_frame_init (&frame, 200, 200, FALSE);
  _budget_donut_frame_get_bounds (&frame, 0.0, 1.0, bounds);
  g_assert_cmpfloat_with_epsilon (bounds[0], 100 - frame.outer, 1e-9);
  g_assert_cmpfloat_with_epsilon (bounds[3], 100 + frame.outer, 1e-9);

  _budget_donut_frame_get_bounds (&frame, 0.0, 0.25, bounds);
  g_assert_cmpfloat_with_epsilon (bounds[0], 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (bounds[1], 100 - frame.outer, 1e-9);
  g_assert_cmpfloat_with_epsilon (bounds[2], 100 + frame.outer, 1e-9);
  g_assert_cmpfloat_with_epsilon (bounds[3], 100, 1e-9);
}

static void
test_no_room_is_no_trouble (void)
{
  BudgetDonutFrame frame = { 0 };
  double turn = 0.0;

  _budget_donut_frame_init (&frame, 0, 0, FALSE);
  g_assert_cmpfloat (frame.outer, >=, 0.0);
  g_assert_false (_budget_donut_frame_locate (&frame, 0, 0, &turn));
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *row =
    cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[x] & 0xffffff;
}

static void
test_slices_are_drawn_in_their_place (void)
{
  const BudgetDonutArc arcs[] = { { 0.0, 0.75, 0.0, { 1, 0, 0, 1 }, 75 },
                                  { 0.75, 1.0, 0.0, { 0, 0, 1, 1 }, 25 } };
  const BudgetChartStyle style = { { 0, 0, 0, 1 }, { 0, 0, 0, 1 }, FALSE };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  BudgetDonutFrame frame;

  _budget_donut_frame_init (&frame, 400, 300, FALSE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  _budget_donut_draw (cr, &frame, arcs, G_N_ELEMENTS (arcs), context, &style);
  cairo_surface_flush (surface);

  /* Red runs from twelve to nine o'clock, blue from there to twelve. */
  g_assert_cmphex (get_pixel (surface, 200 + 112, 150 - 36), ==, 0xff0000);
  g_assert_cmphex (get_pixel (surface, 200 - 100, 150 - 70), ==, 0x0000ff);
  g_assert_cmphex (get_pixel (surface, 5, 5), ==, 0xffffff);

  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Black or white, whichever has the higher contrast ratio of WCAG 2. */
static void
test_text_has_the_better_contrast (void)
{
  const struct
  {
    const char *ground;
    float text;
  } pairs[] = {
    { "#ffffff", 0 }, { "#000000", 1 }, { "#3584e4", 0 }, { "#1a5fb4", 1 },
    { "#2ec27e", 0 }, { "#9141ac", 1 }, { "#767676", 0 }, { "#757575", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      GdkRGBA ground;

      g_assert_true (gdk_rgba_parse (&ground, pairs[i].ground));
      g_test_message ("%s", pairs[i].ground);
      g_assert_cmpfloat (_budget_chart_get_contrast (&ground)->red, ==, pairs[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/donut-layout/slices-follow-the-values", test_slices_follow_the_values);
  g_test_add_func ("/donut-layout/nothing-makes-no-slices", test_nothing_makes_no_slices);
  g_test_add_func ("/donut-layout/refunds-are-no-slice", test_refunds_count_but_are_no_slice);
  g_test_add_func ("/donut-layout/only-refunds", test_only_refunds_make_no_slices);
  g_test_add_func ("/donut-layout/shares-add-up", test_shares_add_up_to_a_hundred);
  g_test_add_func ("/donut-layout/thirds", test_thirds_round_by_largest_remainder);
  g_test_add_func ("/donut-layout/small-fold-when-two", test_small_slices_fold_when_two);
  g_test_add_func ("/donut-layout/too-many-fold", test_too_many_fold_the_smallest);
  g_test_add_func ("/donut-layout/a-hundred-alike", test_a_hundred_alike_are_not_all_other);
  g_test_add_func ("/donut-layout/huge-values", test_huge_values_do_not_overflow);
  g_test_add_func ("/donut-layout/points-find-their-slice", test_points_find_their_slice);
  g_test_add_func ("/donut-layout/right-to-left", test_right_to_left_is_mirrored);
  g_test_add_func ("/donut-layout/points-and-turns-agree", test_points_and_turns_agree);
  g_test_add_func ("/donut-layout/bounds", test_bounds_cover_the_slice);
  g_test_add_func ("/donut-layout/no-room", test_no_room_is_no_trouble);
  g_test_add_func ("/donut-layout/slices-are-drawn", test_slices_are_drawn_in_their_place);
  g_test_add_func ("/donut-layout/text-has-the-better-contrast", test_text_has_the_better_contrast);

  return g_test_run ();
}
