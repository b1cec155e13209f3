/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-donut-layout-private.h"

#include <math.h>

/*
 * BudgetDonutLayout:
 *
 * Computes the slices of a ring from the values.
 *
 * Only positive values have a slice: a ring cannot show negative parts.
 * Refunds are counted separately, and the total includes them. Shares are whole
 * percentages that add up to 100, also when small values are folded into one
 * slice.
 */

typedef struct
{
  guint position;
  gint64 value;
  double remainder;
} Rank;

/* A sum that does not fit becomes the largest or smallest number. */
static gint64
add_saturating (gint64 a, gint64 b)
{
  gint64 sum = 0;

  if (!__builtin_add_overflow (a, b, &sum))
    return sum;

  return b > 0 ? G_MAXINT64 : G_MININT64;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const Rank *left = a;
  const Rank *right = b;

  if (left->value != right->value)
    return left->value > right->value ? -1 : 1;

  return left->position < right->position ? -1 : 1;
}

static int
compare_remainders (gconstpointer a, gconstpointer b)
{
  const Rank *left = a;
  const Rank *right = b;

  if (left->remainder > right->remainder)
    return -1;
  if (left->remainder < right->remainder)
    return 1;

  return compare_values (a, b);
}

static void
sum_up (BudgetDonutLayout *self, const gint64 *values)
{
  for (guint i = 0; i < self->n_values; i++)
    {
      if (values[i] > 0)
        {
          self->shown = add_saturating (self->shown, values[i]);
        }
      else if (values[i] < 0)
        {
          self->withheld = add_saturating (self->withheld, values[i]);
          self->n_withheld++;
        }
    }

  self->total = add_saturating (self->shown, self->withheld);
}

/* The positive values, the largest first. */
static GArray *
rank_values (BudgetDonutLayout *self, const gint64 *values)
{
  GArray *ranks = g_array_new (FALSE, FALSE, sizeof (Rank));

  for (guint i = 0; i < self->n_values; i++)
    {
      Rank rank = { i, values[i], 0.0 };

      if (values[i] > 0)
        g_array_append_val (ranks, rank);
    }

  g_array_sort (ranks, compare_values);

  return ranks;
}

/* Largest remainder method: round every share down, then give the percents
 * that are left to the values with the largest remainders. */
static void
share_out (BudgetDonutLayout *self, GArray *ranks)
{
  g_autoptr (GArray) losers = g_array_copy (ranks);
  int left = 100;

  for (guint i = 0; i < losers->len; i++)
    {
      Rank *rank = &g_array_index (losers, Rank, i);
      double exact = (double) rank->value * 100.0 / (double) self->shown;
      int percent = CLAMP ((int) floor (exact), 0, left);

      self->percents[rank->position] = percent;
      rank->remainder = exact - percent;
      left -= percent;
    }

  g_array_sort (losers, compare_remainders);

  for (guint i = 0; i < losers->len && left > 0; i++, left--)
    self->percents[g_array_index (losers, Rank, i).position]++;
}

/* Marks values that are too small, or beyond the maximum number of slices. They
 * share the last slice, whose number is not known yet. */
static void
fold (BudgetDonutLayout *self, GArray *ranks, guint max_slices, double min_share)
{
  guint keep = ranks->len > max_slices ? max_slices - 1 : ranks->len;
  guint n_small = 0;
  guint first = 0;

  while (n_small < ranks->len &&
         (double) g_array_index (ranks, Rank, ranks->len - 1 - n_small).value <
           min_share * (double) self->shown)
    n_small++;

  /* Never show only the slice Other. */
  if (n_small == ranks->len)
    n_small = 0;

  first = MIN (keep, ranks->len - n_small);
  if (ranks->len - first < 2)
    return;

  self->n_folded = ranks->len - first;
  for (guint i = first; i < ranks->len; i++)
    self->owners[g_array_index (ranks, Rank, i).position] = G_MAXINT;
}

static void
add_slice (BudgetDonutLayout *self, guint position, gint64 value, int percent, double *spent)
{
  BudgetDonutSlice slice = { position, value, percent, *spent / (double) self->shown, 0.0 };

  *spent += (double) value;
  slice.end = *spent / (double) self->shown;
  g_array_append_val (self->slices, slice);
}

static void
cut (BudgetDonutLayout *self, const gint64 *values)
{
  double spent = 0.0;
  gint64 other = 0;
  int other_percent = 0;

  for (guint i = 0; i < self->n_values; i++)
    {
      if (values[i] <= 0)
        continue;

      if (self->owners[i] == G_MAXINT)
        {
          other = add_saturating (other, values[i]);
          other_percent += self->percents[i];
          continue;
        }

      self->owners[i] = (int) self->slices->len;
      add_slice (self, i, values[i], self->percents[i], &spent);
    }

  for (guint i = 0; i < self->n_values; i++)
    {
      if (self->owners[i] == G_MAXINT)
        self->owners[i] = (int) self->slices->len;
    }

  if (self->n_folded > 0)
    add_slice (self, BUDGET_DONUT_OTHER, other, other_percent, &spent);

  /* Rounding must not leave a gap. */
  if (self->slices->len > 0)
    g_array_index (self->slices, BudgetDonutSlice, self->slices->len - 1).end = 1.0;
}

/*
 * _budget_donut_layout_new:
 * @values: (array length=n_values): the values, in the order of the model
 * @n_values: how many
 * @max_slices: the maximum number of slices, including Other; at least two
 * @min_share: the minimum share of a slice, from 0 to 1
 *
 * Returns: (transfer full): the layout
 */
BudgetDonutLayout *
_budget_donut_layout_new (const gint64 *values, guint n_values, guint max_slices, double min_share)
{
  BudgetDonutLayout *self = g_new0 (BudgetDonutLayout, 1);
  g_autoptr (GArray) ranks = NULL;

  g_assert (values != NULL || n_values == 0);
  g_assert (max_slices >= 2);

  self->n_values = n_values;
  self->slices = g_array_new (FALSE, FALSE, sizeof (BudgetDonutSlice));
  self->percents = g_new0 (int, n_values);
  self->owners = g_new (int, n_values);
  for (guint i = 0; i < n_values; i++)
    self->owners[i] = -1;

  sum_up (self, values);

  if (self->shown > 0)
    {
      ranks = rank_values (self, values);
      share_out (self, ranks);
      fold (self, ranks, max_slices, min_share);
      cut (self, values);
    }

  return self;
}

/*
 * _budget_donut_layout_free:
 * @self: (transfer full): a layout
 */
void
_budget_donut_layout_free (BudgetDonutLayout *self)
{
  g_array_unref (self->slices);
  g_free (self->percents);
  g_free (self->owners);
  g_free (self);
}

/*
 * _budget_donut_layout_get_slice:
 * @self: a layout
 * @index: the number of a slice
 *
 * Returns: (transfer none): the slice
 */
const BudgetDonutSlice *
_budget_donut_layout_get_slice (const BudgetDonutLayout *self, guint index)
{
  g_assert (index < self->slices->len);

  return &g_array_index (self->slices, BudgetDonutSlice, index);
}

/*
 * _budget_donut_layout_find:
 * @self: a layout
 * @turn: a position on the ring, from 0 to 1
 *
 * Returns: the number of the slice there, or -1
 */
int
_budget_donut_layout_find (const BudgetDonutLayout *self, double turn)
{
  for (guint i = 0; i < self->slices->len; i++)
    {
      const BudgetDonutSlice *slice = _budget_donut_layout_get_slice (self, i);

      if (turn >= slice->start && turn < slice->end)
        return (int) i;
    }

  return -1;
}

/*
 * _budget_donut_frame_init:
 * @self: a frame to fill in
 * @width: the width there is
 * @height: the height there is
 * @mirrored: whether the ring runs anticlockwise
 *
 * Centers the ring in a rectangle, with room for a highlighted slice to grow.
 */
void
_budget_donut_frame_init (BudgetDonutFrame *self, double width, double height, gboolean mirrored)
{
  double radius = MAX (MIN (width, height) / 2.0, 0.0);

  self->center_x = width / 2.0;
  self->center_y = height / 2.0;
  self->lift = MIN (MAX (radius * 0.045, 3.0), radius);
  self->outer = radius - self->lift;
  self->inner = self->outer * 0.66;
  self->mirrored = mirrored;
}

/*
 * _budget_donut_frame_locate:
 * @self: a frame
 * @x: across
 * @y: down
 * @turn: (out): how far around the ring the point lies
 *
 * Returns: %FALSE if the point is not on the ring
 */
gboolean
_budget_donut_frame_locate (const BudgetDonutFrame *self, double x, double y, double *turn)
{
  double dx = self->mirrored ? self->center_x - x : x - self->center_x;
  double dy = y - self->center_y;
  double radius = hypot (dx, dy);

  if (radius < self->inner || radius > self->outer + self->lift || radius <= 0.0)
    return FALSE;

  *turn = atan2 (dx, -dy) / (2.0 * G_PI);
  if (*turn < 0.0)
    *turn += 1.0;
  if (*turn >= 1.0)
    *turn = 0.0;

  return TRUE;
}

/*
 * _budget_donut_frame_get_point:
 * @self: a frame
 * @turn: how far around the ring
 * @radius: how far from its middle
 * @x: (out): across
 * @y: (out): down
 */
void
_budget_donut_frame_get_point (
  const BudgetDonutFrame *self, double turn, double radius, double *x, double *y)
{
  double angle = turn * 2.0 * G_PI;
  double across = sin (angle) * radius;

  *x = self->center_x + (self->mirrored ? -across : across);
  *y = self->center_y - cos (angle) * radius;
}

/*
 * _budget_donut_frame_get_bounds:
 * @self: a frame
 * @start: where a slice starts, in turns
 * @end: where it ends
 * @bounds: (out): left, top, right and bottom of the smallest box around it
 */
void
_budget_donut_frame_get_bounds (const BudgetDonutFrame *self,
                                double start,
                                double end,
                                double bounds[4])
{
  const double radii[] = { self->inner, self->outer };

  bounds[0] = bounds[1] = G_MAXDOUBLE;
  bounds[2] = bounds[3] = -G_MAXDOUBLE;

  /* The corners, and the four points of the compass if the slice covers them. */
  for (int i = 0; i < 6; i++)
    {
      double turn = i == 4 ? start : i == 5 ? end : i / 4.0;

      if (i < 4 && (turn < start || turn > end))
        continue;

      for (guint j = 0; j < G_N_ELEMENTS (radii); j++)
        {
          double x = 0.0;
          double y = 0.0;

          _budget_donut_frame_get_point (self, turn, radii[j], &x, &y);
          bounds[0] = MIN (bounds[0], x);
          bounds[1] = MIN (bounds[1], y);
          bounds[2] = MAX (bounds[2], x);
          bounds[3] = MAX (bounds[3], y);
        }
    }
}
