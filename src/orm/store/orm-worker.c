/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-worker-private.h"

/*
 * Jobs are done one after the other, and answered in that order. A database in
 * memory has no second connection: there each job is done on the session's own,
 * when the main context is idle.
 */

struct _OrmWorker
{
  OrmConnection *own; /* the session's */
  char *uri;
  GThreadPool *pool;         /* %NULL if there is no second connection */
  OrmConnection *connection; /* the thread's, opened with the first job */
  gint is_closed;            /* atomic: nothing more is done */
  gint has_ended;            /* atomic: the thread has let go of all that was its own */
};

typedef enum
{
  JOB_WAITING,
  JOB_DONE
} JobState;

/*
 * The thread has the function, the job and the error until the state says that
 * it is done; the rest is only for the context that asked.
 */
typedef struct
{
  OrmWorker *worker;
  OrmWorkFunc func;
  gpointer job;
  GDestroyNotify free_job;
  GCancellable *cancellable;
  GError *error;
  gint state; /* atomic: it hands the job over, there and back */

  GMainContext *context;
  GTask *task; /* %NULL once it is answered */
  GSource *cancelled;
} Request;

static void
worker_clear (gpointer data)
{
  OrmWorker *self = data;

  g_clear_object (&self->own);
  g_free (self->uri);
}

static void
stop_listening (Request *request)
{
  if (request->cancelled == NULL)
    return;

  g_source_destroy (request->cancelled);
  g_clear_pointer (&request->cancelled, g_source_unref);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  stop_listening (request);
  g_clear_object (&request->task);
  g_clear_object (&request->cancellable);
  g_clear_error (&request->error);
  if (request->job != NULL)
    request->free_job (request->job);
  g_main_context_unref (request->context);
  g_rc_box_release_full (request->worker, worker_clear);
  g_free (request);
}

static OrmConnection *
ensure_connection (OrmWorker *self, GError **error)
{
  if (self->pool == NULL)
    return self->own;

  if (self->connection != NULL)
    return self->connection;

  self->connection = orm_connection_open (self->uri, error);
  if (self->connection != NULL &&
      !_orm_connection_control (self->connection, "PRAGMA query_only=ON", error))
    g_clear_object (&self->connection);

  return self->connection;
}

static void
work (Request *request)
{
  OrmConnection *connection;
  OrmWorker *self;

  g_assert (g_atomic_int_get (&request->state) == JOB_WAITING);
  self = request->worker;

  if (g_atomic_int_get (&self->is_closed))
    g_set_error_literal (&request->error, ORM_ERROR, ORM_ERROR_DETACHED, "The session was closed");
  else if (!g_cancellable_set_error_if_cancelled (request->cancellable, &request->error))
    {
      connection = ensure_connection (self, &request->error);
      if (connection != NULL)
        request->func (connection, request->job, &request->error);
    }
}

static gboolean
on_done (gpointer data)
{
  Request *request = data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  g_assert (g_atomic_int_get (&request->state) == JOB_DONE);
  stop_listening (request);

  /* A request that was cancelled was answered then. */
  if (task == NULL)
    return G_SOURCE_REMOVE;

  if (request->error != NULL)
    g_task_return_error (task, g_steal_pointer (&request->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&request->job), request->free_job);

  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer data)
{
  Request *request = data;

  work (request);
  g_atomic_int_set (&request->state, JOB_DONE);
  return on_done (request);
}

/*
 * Hands the request over to the context that asked, which looks at it by @func
 * and owns it. Nothing of it is touched afterwards.
 */
static void
hand_over (Request *request, JobState state, GSourceFunc func)
{
  g_autoptr (GMainContext) context = g_main_context_ref (request->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, request, request_free);
  g_atomic_int_set (&request->state, state);
  g_source_attach (source, context);
}

/*
 * Runs in the thread. The worker itself instead of a request says that it is
 * the end; then the connection goes where it came from.
 */
static void
on_turn (gpointer data, gpointer user_data)
{
  OrmWorker *self = user_data;

  if (data == self)
    {
      g_clear_object (&self->connection);
      g_atomic_int_set (&self->has_ended, TRUE);
      return;
    }

  work (data);
  hand_over (data, JOB_DONE, on_done);
}

/*
 * The database cannot be stopped in the middle of a statement, but nobody has
 * to wait for what is not wanted any more.
 */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Request *request = data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  stop_listening (request);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The read was cancelled");
  return G_SOURCE_REMOVE;
}

/*
 * A worker for reading what @connection has committed.
 */
OrmWorker *
_orm_worker_new (OrmConnection *connection)
{
  OrmWorker *self = g_rc_box_new0 (OrmWorker);
  g_autoptr (GError) error = NULL;

  self->own = g_object_ref (connection);
  self->uri = g_strdup (orm_connection_get_uri (connection));

  if (!_orm_connection_is_file (connection))
    return self;

  /* An exclusive thread: it is the same one for each job. */
  self->pool = g_thread_pool_new (on_turn, self, 1, TRUE, &error);
  if (error != NULL && self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, FALSE);

  return self;
}

/*
 * Waits for the job that is being done. Those that wait are answered that the
 * session was closed, as is whoever did not get his answer yet.
 */
void
_orm_worker_close (OrmWorker *self)
{
  GThreadPool *pool = self->pool;

  g_atomic_int_set (&self->is_closed, TRUE);

  if (pool != NULL)
    {
      g_thread_pool_push (pool, self, NULL);
      g_thread_pool_free (pool, FALSE, TRUE);
      g_assert (g_atomic_int_get (&self->has_ended));
    }

  g_rc_box_release_full (self, worker_clear);
}

/*
 * Does @func with @job when its turn comes, and answers in the thread-default
 * main context of the caller. The job is the worker's until then.
 */
void
_orm_worker_run (OrmWorker *self,
                 OrmWorkFunc func,
                 gpointer job,
                 GDestroyNotify free_job,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  g_assert (job != NULL && free_job != NULL);

  request->worker = g_rc_box_acquire (self);
  request->func = func;
  request->job = job;
  request->free_job = free_job;
  request->task = g_task_new (NULL, cancellable, callback, user_data);
  request->context = g_main_context_ref (g_task_get_context (request->task));
  g_task_set_source_tag (request->task, _orm_worker_run);

  if (cancellable != NULL)
    {
      request->cancellable = g_object_ref (cancellable);
      request->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancelled, G_SOURCE_FUNC (on_cancelled), request, NULL);
      g_source_attach (request->cancelled, request->context);
    }

  if (self->pool == NULL)
    {
      hand_over (request, JOB_WAITING, on_idle);
      return;
    }

  g_atomic_int_set (&request->state, JOB_WAITING);
  g_thread_pool_push (self->pool, request, NULL);
}

/*
 * The job as it was done, now the caller's; %NULL with an error of the
 * database's, or %G_IO_ERROR_CANCELLED.
 */
gpointer
_orm_worker_run_finish (GAsyncResult *result, GError **error)
{
  g_assert (g_async_result_is_tagged (result, _orm_worker_run));

  return g_task_propagate_pointer (G_TASK (result), error);
}
