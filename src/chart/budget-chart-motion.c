/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-motion-private.h"

#include <string.h>

/*
 * BudgetChartMotion:
 *
 * Animates the slices or bars of a chart to their new geometry.
 *
 * Each mover is identified by its item, so slices move when the list is sorted.
 * New targets can be set at any time; the animation continues from the current
 * geometry. Removed items shrink before they disappear.
 */

#define MOVE_TIME (250 * G_TIME_SPAN_MILLISECOND)
#define EMPHASIS_TIME (150 * G_TIME_SPAN_MILLISECOND)
#define NOT_STARTED G_MININT64

static void
clear_mover (gpointer data)
{
  BudgetChartMover *mover = data;

  g_clear_object (&mover->key);
}

/*
 * _budget_chart_motion_init:
 * @self: a motion
 * @collapse: computes where movers appear and disappear
 */
void
_budget_chart_motion_init (BudgetChartMotion *self, BudgetChartCollapse collapse)
{
  *self = (BudgetChartMotion){ 0 };
  self->collapse = collapse;
  self->movers = g_array_new (FALSE, TRUE, sizeof (BudgetChartMover));
  g_array_set_clear_func (self->movers, clear_mover);
}

/*
 * _budget_chart_motion_clear:
 * @self: a motion
 */
void
_budget_chart_motion_clear (BudgetChartMotion *self)
{
  g_clear_pointer (&self->movers, g_array_unref);
}

/*
 * _budget_chart_motion_get_n_movers:
 * @self: a motion
 *
 * Returns: the number of movers, including those that disappear
 */
guint
_budget_chart_motion_get_n_movers (BudgetChartMotion *self)
{
  return self->movers->len;
}

/*
 * _budget_chart_motion_get_mover:
 * @self: a motion
 * @index: an index
 *
 * Returns: (transfer none): the mover
 */
BudgetChartMover *
_budget_chart_motion_get_mover (BudgetChartMotion *self, guint index)
{
  return &g_array_index (self->movers, BudgetChartMover, index);
}

static int
find_mover (GArray *movers, GObject *key)
{
  for (guint i = 0; i < movers->len; i++)
    {
      if (g_array_index (movers, BudgetChartMover, i).key == key)
        return (int) i;
    }

  return -1;
}

static GArray *
place_targets (BudgetChartMotion *self, const BudgetChartTarget *targets, guint n_targets)
{
  GArray *movers = g_array_new (FALSE, TRUE, sizeof (BudgetChartMover));

  for (guint i = 0; i < n_targets; i++)
    {
      int old = find_mover (self->movers, targets[i].key);
      BudgetChartMover mover = { 0 };

      if (old >= 0)
        {
          mover = g_array_index (self->movers, BudgetChartMover, old);
          memcpy (mover.from, mover.now, sizeof mover.from);
        }
      else
        {
          const double *before =
            i > 0 ? g_array_index (movers, BudgetChartMover, i - 1).from : NULL;

          self->collapse (before, targets[i].place, mover.from);
          memcpy (mover.now, mover.from, sizeof mover.now);
        }

      mover.key = targets[i].key != NULL ? g_object_ref (targets[i].key) : NULL;
      memcpy (mover.to, targets[i].place, sizeof mover.to);
      mover.color = targets[i].color;
      mover.percent = targets[i].percent;
      mover.leaving = FALSE;
      g_array_append_val (movers, mover);
    }

  g_array_set_clear_func (movers, clear_mover);

  return movers;
}

/* A removed item stays after its former predecessor. */
static void
keep_leaving (BudgetChartMotion *self, GArray *movers)
{
  int before = -1;

  for (guint i = 0; i < self->movers->len; i++)
    {
      BudgetChartMover mover = g_array_index (self->movers, BudgetChartMover, i);
      int kept = find_mover (movers, mover.key);

      if (kept >= 0)
        {
          before = kept;
          continue;
        }

      memcpy (mover.from, mover.now, sizeof mover.from);
      self->collapse (before >= 0 ? g_array_index (movers, BudgetChartMover, before).to : NULL,
                      mover.now, mover.to);
      mover.to_emphasis = 0.0;
      mover.leaving = TRUE;
      if (mover.key != NULL)
        g_object_ref (mover.key);
      g_array_insert_val (movers, (guint) ++before, mover);
    }
}

/*
 * _budget_chart_motion_retarget:
 * @self: a motion
 * @targets: (array length=n_targets): the new geometry, in order
 * @n_targets: the number of targets
 *
 * Starts an animation from the current geometry.
 */
void
_budget_chart_motion_retarget (BudgetChartMotion *self,
                               const BudgetChartTarget *targets,
                               guint n_targets)
{
  GArray *movers = place_targets (self, targets, n_targets);

  keep_leaving (self, movers);
  g_array_unref (self->movers);
  self->movers = movers;
  self->moving = TRUE;
  self->move_start = NOT_STARTED;
}

/*
 * _budget_chart_motion_emphasize:
 * @self: a motion
 * @any: whether any item is highlighted
 * @key: (nullable): the highlighted item
 */
void
_budget_chart_motion_emphasize (BudgetChartMotion *self, gboolean any, GObject *key)
{
  for (guint i = 0; i < self->movers->len; i++)
    {
      BudgetChartMover *mover = &g_array_index (self->movers, BudgetChartMover, i);

      mover->from_emphasis = mover->emphasis;
      mover->to_emphasis = !any || mover->leaving ? 0.0 : mover->key == key ? 1.0 : -1.0;
    }

  self->emphasizing = TRUE;
  self->emphasis_start = NOT_STARTED;
}

static double
get_progress (gint64 *start, gint64 now, gint64 duration)
{
  double left = 0.0;

  if (now == BUDGET_CHART_AT_ONCE)
    return 1.0;

  if (*start == NOT_STARTED)
    *start = now;

  left = 1.0 - CLAMP ((double) (now - *start) / (double) duration, 0.0, 1.0);

  return 1.0 - left * left * left;
}

static void
drop_leaving (BudgetChartMotion *self)
{
  for (guint i = self->movers->len; i > 0; i--)
    {
      if (g_array_index (self->movers, BudgetChartMover, i - 1).leaving)
        g_array_remove_index (self->movers, i - 1);
    }
}

/*
 * _budget_chart_motion_advance:
 * @self: a motion
 * @now: the time of the frame, or %BUDGET_CHART_AT_ONCE to finish at once
 *
 * Returns: whether the animation continues
 */
gboolean
_budget_chart_motion_advance (BudgetChartMotion *self, gint64 now)
{
  double move = self->moving ? get_progress (&self->move_start, now, MOVE_TIME) : 1.0;
  double emphasis =
    self->emphasizing ? get_progress (&self->emphasis_start, now, EMPHASIS_TIME) : 1.0;

  for (guint i = 0; i < self->movers->len; i++)
    {
      BudgetChartMover *mover = &g_array_index (self->movers, BudgetChartMover, i);

      for (int j = 0; j < 2; j++)
        mover->now[j] =
          move < 1.0 ? mover->from[j] + (mover->to[j] - mover->from[j]) * move : mover->to[j];

      mover->emphasis =
        mover->from_emphasis + (mover->to_emphasis - mover->from_emphasis) * emphasis;
    }

  self->moving = move < 1.0;
  self->emphasizing = emphasis < 1.0;
  if (!self->moving)
    drop_leaving (self);

  return self->moving || self->emphasizing;
}
