/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* The geometry of a slice or bar. The chart defines the two numbers: two angles,
 * or a position and a height. */
typedef struct
{
  GObject *key; /* the item, or NULL for several items */
  double place[2];
  GdkRGBA color;
  int percent;
} BudgetChartTarget;

typedef struct
{
  GObject *key;
  double from[2];
  double to[2];
  double now[2];
  double from_emphasis;
  double to_emphasis;
  double emphasis; /* from -1, faded, to 1, highlighted */
  GdkRGBA color;
  int percent;
  gboolean leaving;
} BudgetChartMover;

/*
 * BudgetChartCollapse:
 * @before: (nullable): the geometry of its predecessor
 * @own: its geometry in full size
 * @place: (out): its geometry without size
 */
typedef void (*BudgetChartCollapse) (const double *before, const double *own, double *place);

typedef struct
{
  GArray *movers; /* of BudgetChartMover */
  BudgetChartCollapse collapse;
  gint64 move_start;
  gint64 emphasis_start;
  gboolean moving;
  gboolean emphasizing;
} BudgetChartMotion;

#define BUDGET_CHART_AT_ONCE G_MAXINT64

void _budget_chart_motion_init (BudgetChartMotion *self, BudgetChartCollapse collapse);
void _budget_chart_motion_clear (BudgetChartMotion *self);
guint _budget_chart_motion_get_n_movers (BudgetChartMotion *self);
BudgetChartMover *_budget_chart_motion_get_mover (BudgetChartMotion *self, guint index);
void _budget_chart_motion_retarget (BudgetChartMotion *self,
                                    const BudgetChartTarget *targets,
                                    guint n_targets);
void _budget_chart_motion_emphasize (BudgetChartMotion *self, gboolean any, GObject *key);
gboolean _budget_chart_motion_advance (BudgetChartMotion *self, gint64 now);

G_END_DECLS
