/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BudgetSteps:
 * @step: does a part of the job and sets @is_done if that was the last; at most
 *   a few milliseconds, so that the window stays responsive
 * @get_fraction: (nullable): returns the progress, from 0 to 1
 * @abandon: (nullable): reverts what was done, after an error or when the job was
 *   cancelled
 * @dup_result: (nullable): returns the #GObject that is the result
 *
 * The functions of a long job that is done in steps. All get the job.
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
 * @fraction: the progress, from 0 to 1
 * @data: user data
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
