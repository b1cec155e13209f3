/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-steps.h"

/* Work of four steps, of which one may fail. */
typedef struct
{
  guint n_done;
  guint fails_at;
  GCancellable *cancellable; /* cancelled with the step @cancels_at */
  guint cancels_at;
  gboolean is_abandoned;
  GString *progress;
} Job;

#define N_STEPS 4

static gboolean
step (gpointer data, gboolean *is_done, GError **error)
{
  Job *job = data;

  job->n_done++;
  if (job->n_done == job->cancels_at)
    g_cancellable_cancel (job->cancellable);

  if (job->n_done == job->fails_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No");
      return FALSE;
    }

  *is_done = job->n_done == N_STEPS;
  return TRUE;
}

static double
get_fraction (gpointer data)
{
  return (double) ((Job *) data)->n_done / N_STEPS;
}

static void
abandon (gpointer data)
{
  ((Job *) data)->is_abandoned = TRUE;
}

static gpointer
dup_result (gpointer data)
{
  return g_list_store_new (G_TYPE_OBJECT);
}

static const BudgetSteps plain = { step, NULL, NULL, NULL };
static const BudgetSteps steps = { step, get_fraction, abandon, NULL };
static const BudgetSteps with_result = { step, get_fraction, abandon, dup_result };

static void
on_progress (double fraction, gpointer data)
{
  g_string_append_printf (((Job *) data)->progress, "%.2f ", fraction);
}

static void
set_up (Job *job, gconstpointer data)
{
  job->cancellable = g_cancellable_new ();
  job->progress = g_string_new (NULL);
}

static void
tear_down (Job *job, gconstpointer data)
{
  g_object_unref (job->cancellable);
  g_string_free (job->progress, TRUE);
}

static gboolean
run (Job *job, GError **error)
{
  return budget_steps_run (&steps, job, on_progress, job, job->cancellable, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

/* Returns: (transfer full): the task, when it is over */
static GTask *
run_in_task (const BudgetSteps *kind, Job *job)
{
  GAsyncResult *result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, job->cancellable, on_done, &result);

  budget_steps_run_in_task (kind, job, on_progress, job, task);
  g_assert_cmpuint (job->n_done, ==, 0);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return G_TASK (result);
}

static void
test_all_steps_are_done (Job *job, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (job, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (job->n_done, ==, N_STEPS);
  g_assert_cmpstr (job->progress->str, ==, "0.25 0.50 0.75 1.00 ");
  g_assert_false (job->is_abandoned);
}

static void
test_only_the_step_is_needed (Job *job, gconstpointer data)
{
  g_assert_true (budget_steps_run (&plain, job, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (job->n_done, ==, N_STEPS);
}

static void
test_an_error_abandons (Job *job, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  job->fails_at = 3;
  g_assert_false (run (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (job->n_done, ==, 3);
  g_assert_true (job->is_abandoned);
}

static void
test_cancelling_abandons (Job *job, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  job->cancels_at = 2;
  g_assert_false (run (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (job->n_done, ==, 2);
  g_assert_true (job->is_abandoned);
}

static void
test_a_task_returns_when_all_is_done (Job *job, gconstpointer data)
{
  g_autoptr (GTask) task = run_in_task (&steps, job);

  g_assert_true (g_task_propagate_boolean (task, NULL));
  g_assert_cmpuint (job->n_done, ==, N_STEPS);
  g_assert_cmpstr (job->progress->str, ==, "0.25 0.50 0.75 1.00 ");
}

static void
test_a_task_returns_the_result (Job *job, gconstpointer data)
{
  g_autoptr (GTask) task = run_in_task (&with_result, job);
  g_autoptr (GObject) result = g_task_propagate_pointer (task, NULL);

  g_assert_true (G_IS_LIST_STORE (result));
}

static void
test_a_task_returns_the_error (Job *job, gconstpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  job->fails_at = 2;
  task = run_in_task (&with_result, job);
  g_assert_null (g_task_propagate_pointer (task, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_true (job->is_abandoned);
}

static void
test_a_task_is_cancelled_between_steps (Job *job, gconstpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  job->cancels_at = 1;
  task = run_in_task (&steps, job);
  g_assert_false (g_task_propagate_boolean (task, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (job->n_done, ==, 1);
  g_assert_true (job->is_abandoned);
}

/* The last step is done, so a late cancellation is not reported. */
static void
test_a_finished_task_is_not_cancelled (Job *job, gconstpointer data)
{
  g_autoptr (GTask) task = NULL;

  job->cancels_at = N_STEPS;
  task = run_in_task (&steps, job);
  g_assert_true (g_task_propagate_boolean (task, NULL));
  g_assert_false (job->is_abandoned);
}

#define ADD(name, func) g_test_add ("/steps/" name, Job, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("all-steps-are-done", test_all_steps_are_done);
  ADD ("only-the-step-is-needed", test_only_the_step_is_needed);
  ADD ("an-error-abandons", test_an_error_abandons);
  ADD ("cancelling-abandons", test_cancelling_abandons);
  ADD ("a-task-returns-when-all-is-done", test_a_task_returns_when_all_is_done);
  ADD ("a-task-returns-the-result", test_a_task_returns_the_result);
  ADD ("a-task-returns-the-error", test_a_task_returns_the_error);
  ADD ("a-task-is-cancelled-between-steps", test_a_task_is_cancelled_between_steps);
  ADD ("a-finished-task-is-not-cancelled", test_a_finished_task_is_not_cancelled);

  return g_test_run ();
}
