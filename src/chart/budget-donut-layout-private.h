/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BUDGET_DONUT_OTHER G_MAXUINT
#define BUDGET_DONUT_MAX_SLICES 10
#define BUDGET_DONUT_MIN_SHARE 0.02

typedef struct
{
  guint position; /* of the value, or BUDGET_DONUT_OTHER */
  gint64 value;
  int percent;
  double start; /* in turns from twelve o'clock, in reading direction */
  double end;
} BudgetDonutSlice;

typedef struct
{
  gint64 total;     /* of all values, including refunds */
  gint64 shown;     /* the sum of the slices */
  gint64 withheld;  /* the sum of the negative values, which no slice shows */
  guint n_withheld; /* the number of negative values */
  guint n_folded;   /* the number of values in Other, the last slice */
  guint n_values;
  GArray *slices; /* of BudgetDonutSlice */
  int *percents;  /* for each value */
  int *owners;    /* for each value: the slice that contains it, or -1 */
} BudgetDonutLayout;

typedef struct
{
  double center_x;
  double center_y;
  double outer;
  double inner;
  double lift; /* how far a highlighted slice grows outward */
  gboolean mirrored;
} BudgetDonutFrame;

BudgetDonutLayout *_budget_donut_layout_new (const gint64 *values,
                                             guint n_values,
                                             guint max_slices,
                                             double min_share) G_GNUC_WARN_UNUSED_RESULT;
void _budget_donut_layout_free (BudgetDonutLayout *self);
const BudgetDonutSlice *_budget_donut_layout_get_slice (const BudgetDonutLayout *self, guint index);
int _budget_donut_layout_find (const BudgetDonutLayout *self, double turn);

void
_budget_donut_frame_init (BudgetDonutFrame *self, double width, double height, gboolean mirrored);
gboolean
_budget_donut_frame_locate (const BudgetDonutFrame *self, double x, double y, double *turn);
void _budget_donut_frame_get_point (
  const BudgetDonutFrame *self, double turn, double radius, double *x, double *y);
void _budget_donut_frame_get_bounds (const BudgetDonutFrame *self,
                                     double start,
                                     double end,
                                     double bounds[4]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetDonutLayout, _budget_donut_layout_free)

G_END_DECLS
