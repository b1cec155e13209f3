/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-steps.h"

/*
 * Runs a long job in steps, at once or in a main loop. It can be cancelled
 * between two steps, but not after the last.
 */

typedef struct
{
  const BudgetSteps *steps;
  gpointer job;
  BudgetProgress progress;
  gpointer progress_data;
  GTask *task;
} Run;

static void
run_free (Run *self)
{
  g_clear_object (&self->task);
  g_free (self);
}

/* Returns: %FALSE with @error set if the job failed or was cancelled, and was abandoned */
static gboolean
run_step (const Run *self, GCancellable *cancellable, gboolean *is_done, GError **error)
{
  *is_done = FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !self->steps->step (self->job, is_done, error))
    {
      if (self->steps->abandon != NULL)
        self->steps->abandon (self->job);
      return FALSE;
    }

  if (self->progress != NULL && self->steps->get_fraction != NULL)
    self->progress (self->steps->get_fraction (self->job), self->progress_data);
  return TRUE;
}

/**
 * budget_steps_run:
 * @steps: the functions of the job
 * @job: user data for them
 * @progress: (nullable) (scope call): called with the progress
 * @progress_data: user data for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Runs a job at once.
 *
 * Returns: %TRUE if it is done
 */
gboolean
budget_steps_run (const BudgetSteps *steps,
                  gpointer job,
                  BudgetProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  Run run = { steps, job, progress, progress_data, NULL };
  gboolean is_done = FALSE;

  g_return_val_if_fail (steps != NULL && steps->step != NULL, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  while (!is_done)
    if (!run_step (&run, cancellable, &is_done, error))
      return FALSE;

  return TRUE;
}

static gboolean
on_idle (gpointer user_data)
{
  Run *self = user_data;
  GError *error = NULL;
  gboolean is_done;

  if (!run_step (self, g_task_get_cancellable (self->task), &is_done, &error))
    {
      g_task_return_error (self->task, error);
      return G_SOURCE_REMOVE;
    }

  if (!is_done)
    return G_SOURCE_CONTINUE;

  if (self->steps->dup_result != NULL)
    g_task_return_pointer (self->task, self->steps->dup_result (self->job), g_object_unref);
  else
    g_task_return_boolean (self->task, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * budget_steps_run_in_task:
 * @steps: the functions of the job
 * @job: user data for them, which the data of @task owns
 * @progress: (nullable) (scope notified): called with the progress, for as long as
 *   the task runs
 * @progress_data: user data for @progress
 * @task: a task of this thread, with the cancellable
 *
 * Runs a job step by step in the main loop of @task, which returns %TRUE or the
 * result of the job. Cancelling @task after the last step has no effect.
 */
void
budget_steps_run_in_task (const BudgetSteps *steps,
                          gpointer job,
                          BudgetProgress progress,
                          gpointer progress_data,
                          GTask *task)
{
  g_autoptr (GSource) idle = NULL;
  Run *run;

  g_return_if_fail (steps != NULL && steps->step != NULL);
  g_return_if_fail (G_IS_TASK (task));

  g_task_set_check_cancellable (task, FALSE);
  run = g_new0 (Run, 1);
  *run = (Run){ steps, job, progress, progress_data, g_object_ref (task) };
  idle = g_idle_source_new ();
  g_source_set_callback (idle, on_idle, run, (GDestroyNotify) run_free);
  g_source_attach (idle, g_task_get_context (task));
}
