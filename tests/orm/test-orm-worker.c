/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-session-private.h"

/*
 * The worker: jobs run one after the other, are cancelled, and end when the
 * session is closed. All tests run with a file, which has a thread, and with a
 * database in memory, which has none.
 */

/* How many jobs have run. */
static gint n_done;

static gboolean
count_done (OrmConnection *connection, gpointer job, GError **error)
{
  g_atomic_int_inc (&n_done);
  *(GThread **) job = g_thread_self ();
  return TRUE;
}

static void
run_counted (Fixture *fixture, GCancellable *cancellable, Answer *answer)
{
  _orm_worker_run (_orm_session_ensure_worker (fixture->session), count_done, g_new0 (GThread *, 1),
                   g_free, cancellable, on_answer, answer);
}

/*
 * A job that is cancelled before it starts does not run, and returns the error
 * at once.
 */
static void
test_cancel_before (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) early = { 0 }, late = { 0 }, other = { 0 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new (), cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree gpointer job = NULL;
  Gate *gate = gate_close (fixture->session);

  g_atomic_int_set (&n_done, 0);
  g_cancellable_cancel (cancelled);
  run_counted (fixture, cancelled, &early);
  run_counted (fixture, cancellable, &late);
  g_cancellable_cancel (cancellable);
  run_counted (fixture, NULL, &other);
  g_assert_null (_orm_worker_run_finish (wait_for (&early), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (_orm_worker_run_finish (wait_for (&late), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  gate_open (gate);
  job = _orm_worker_run_finish (wait_for (&other), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&n_done), ==, 1);
}

/* Whether the waiting job has started, and whether it may end. */
static gint is_staying, may_end;

static gboolean
wait_in_job (OrmConnection *connection, gpointer job, GError **error)
{
  g_atomic_int_set (&is_staying, TRUE);
  while (!g_atomic_int_get (&may_end))
    g_usleep (100);
  return TRUE;
}

/*
 * A running job is cancelled: the task returns before the job ends.
 */
static void
test_cancel_during (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if (fixture->path == NULL)
    return;

  _orm_worker_run (_orm_session_ensure_worker (fixture->session), wait_in_job, g_malloc (1), g_free,
                   cancellable, on_answer, &answer);
  while (!g_atomic_int_get (&is_staying))
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  g_assert_null (_orm_worker_run_finish (wait_for (&answer), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_atomic_int_set (&may_end, TRUE);
}

/*
 * Closing the session returns each task once, whether its job had started or
 * not.
 */
static void
test_close_answers (Fixture *fixture, gconstpointer data)
{
  Answer answers[5] = { { 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    run_counted (fixture, NULL, &answers[i]);
  orm_session_close (fixture->session);
  g_assert_null (_orm_session_ensure_worker (fixture->session));

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gpointer job = _orm_worker_run_finish (wait_for (&answers[i]), &error);

      if (job == NULL)
        g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
      g_assert_cmpuint (answers[i].n_calls, ==, 1);
      answer_clear (&answers[i]);
    }
}

/* How many jobs are running. */
static gint n_inside;

static gboolean
take_time (OrmConnection *connection, gpointer job, GError **error)
{
  g_atomic_int_inc (&n_inside);
  g_usleep (50000);
  g_atomic_int_add (&n_inside, -1);
  return TRUE;
}

/*
 * Closing waits for the running job.
 */
static void
test_close_waits (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autofree gpointer job = NULL;

  _orm_worker_run (_orm_session_ensure_worker (fixture->session), take_time, g_malloc (1), g_free,
                   NULL, on_answer, &answer);
  while (fixture->path != NULL && g_atomic_int_get (&n_inside) == 0)
    g_thread_yield ();

  orm_session_close (fixture->session);
  g_assert_cmpint (g_atomic_int_get (&n_inside), ==, 0);
  job = _orm_worker_run_finish (wait_for (&answer), NULL);
  g_assert_true ((job != NULL) == (fixture->path != NULL));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  Answer answers[9] = { { 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    run_counted (fixture, NULL, &answers[i]);

  wait_for (&answers[8]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree gpointer job = _orm_worker_run_finish (answers[i].result, NULL);

      g_assert_nonnull (job);
      g_assert_cmpuint (answers[i].n_calls, ==, 1);
      g_assert_cmpuint (answers[i].turn, ==, answers[0].turn + i);
      answer_clear (&answers[i]);
    }
}

/*
 * The task returns in the main context that started it.
 */
static void
test_context (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_auto (Answer) answer = { 0 };
  g_autofree gpointer job = NULL;

  g_main_context_push_thread_default (context);
  run_counted (fixture, NULL, &answer);
  drain ();
  g_assert_null (answer.result);
  while (answer.result == NULL)
    g_main_context_iteration (context, TRUE);
  job = _orm_worker_run_finish (answer.result, NULL);
  g_assert_nonnull (job);
  answer_clear (&answer);
  g_main_context_pop_thread_default (context);
}

static gboolean
try_to_write (OrmConnection *connection, gpointer job, GError **error)
{
  *(GThread **) job = g_thread_self ();
  return orm_connection_execute (connection, "DELETE FROM expenses", error);
}

/*
 * One thread runs all jobs, and its connection only reads.
 */
static void
test_one_thread (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) first = { 0 }, second = { 0 }, writing = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree GThread **a = NULL, **b = NULL;

  run_counted (fixture, NULL, &first);
  run_counted (fixture, NULL, &second);
  a = _orm_worker_run_finish (wait_for (&first), &error);
  b = _orm_worker_run_finish (wait_for (&second), &error);
  g_assert_no_error (error);
  g_assert_true (*a == *b);
  g_assert_true ((*a == g_thread_self ()) == (fixture->path == NULL));

  if (fixture->path == NULL)
    return;

  _orm_worker_run (_orm_session_ensure_worker (fixture->session), try_to_write,
                   g_new0 (GThread *, 1), g_free, NULL, on_answer, &writing);
  g_assert_null (_orm_worker_run_finish (wait_for (&writing), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
}

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "cancel-before", test_cancel_before },
  { "cancel-during", test_cancel_during },
  { "close-answers", test_close_answers },
  { "close-waits", test_close_waits },
  { "order", test_order },
  { "context", test_context },
  { "one-thread", test_one_thread },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("/orm/worker/file/", cases[i].name, NULL);
      g_autofree char *memory = g_strconcat ("/orm/worker/memory/", cases[i].name, NULL);

      g_test_add (file, Fixture, NULL, fixture_set_up_file, cases[i].func, async_tear_down);
      g_test_add (memory, Fixture, NULL, fixture_set_up, cases[i].func, async_tear_down);
    }

  return g_test_run ();
}
