/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BudgetSteps:
 * @step: does some of the work and says whether that was the last of it; at
 *   most a few milliseconds, so that a window goes on
 * @get_fraction: (nullable): how much is done, 0 to 1
 * @abandon: (nullable): takes back what was done, after an error or when it was
 *   cancelled
 * @dup_result: (nullable): the #GObject that the work was for
 *
 * A kind of long work that is done in steps. All functions get the job.
 */
typedef struct
{
  gboolean (*step) (gpointer job, gboolean *is_done, GError **error);
  double (*get_fraction) (gpointer job);
  void (*abandon) (gpointer job);
  gpointer (*dup_result) (gpointer job);
} BudgetSteps;

/**
 * BudgetProgress:
 * @fraction: how much is done, 0 to 1
 * @data: what was given with it
 */
typedef void (*BudgetProgress) (double fraction, gpointer data);

gboolean budget_steps_run (const BudgetSteps *steps,
                           gpointer job,
                           BudgetProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);
void budget_steps_run_in_task (const BudgetSteps *steps,
                               gpointer job,
                               BudgetProgress progress,
                               gpointer progress_data,
                               GTask *task);

G_END_DECLS
