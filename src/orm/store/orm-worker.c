/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-worker-private.h"

/*
 * Jobs run one after the other, and their callbacks are called in the same
 * order. A database in memory cannot have a second connection; its jobs run on
 * the session's connection, from an idle source.
 */

struct _OrmWorker
{
  OrmConnection *own; /* the session's */
  char *uri;
  GThreadPool *pool;         /* %NULL if there is no second connection */
  OrmConnection *connection; /* the thread's, opened for the first job */
  gint is_closed;            /* atomic: no further jobs are run */
  gint has_ended;            /* atomic: the thread has closed its connection */
};

typedef enum
{
  JOB_WAITING,
  JOB_DONE
} JobState;

/*
 * The function, the job and the error belong to the thread until the state is
 * %JOB_DONE. The other members are used only in the caller's context.
 */
typedef struct
{
  OrmWorker *worker;
  OrmWorkFunc func;
  gpointer job;
  GDestroyNotify free_job;
  GCancellable *cancellable;
  GError *error;
  gint state; /* atomic: passes the job to the thread and back */

  GMainContext *context;
  GTask *task; /* %NULL once it has returned */
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
      if (connection != NULL && connection != self->own)
        _orm_connection_control (connection, "PRAGMA shrink_memory", NULL);
    }
}

static gboolean
on_done (gpointer data)
{
  Request *request = data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  g_assert (g_atomic_int_get (&request->state) == JOB_DONE);
  stop_listening (request);

  /* The task of a cancelled request has already returned. */
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
 * Passes the request, with its ownership, to the caller's context, which calls
 * @func. The request must not be accessed afterwards.
 */
static void
pass_to_context (Request *request, JobState state, GSourceFunc func)
{
  g_autoptr (GMainContext) context = g_main_context_ref (request->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, request, request_free);
  g_atomic_int_set (&request->state, state);
  g_source_attach (source, context);
}

/*
 * Runs in the thread. The worker itself, instead of a request, marks the end:
 * the connection is then closed in the thread that opened it.
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
  pass_to_context (data, JOB_DONE, on_done);
}

/*
 * A running statement cannot be interrupted, but the caller need not wait for
 * its result.
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
 * Creates a worker that reads the database of @connection.
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

  /* An exclusive pool uses the same thread for every job. */
  self->pool = g_thread_pool_new (on_turn, self, 1, TRUE, &error);
  if (error != NULL && self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, FALSE);

  return self;
}

/*
 * Waits for the running job. The tasks of waiting jobs return
 * %ORM_ERROR_DETACHED.
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
 * Runs @func with @job after the jobs before it, and calls @callback in the
 * caller's thread-default main context. Until then the worker owns @job.
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
      pass_to_context (request, JOB_WAITING, on_idle);
      return;
    }

  g_atomic_int_set (&request->state, JOB_WAITING);
  g_thread_pool_push (self->pool, request, NULL);
}

/*
 * Returns: (transfer full): the job with its result, or %NULL with an error of
 * the database or %G_IO_ERROR_CANCELLED
 */
gpointer
_orm_worker_run_finish (GAsyncResult *result, GError **error)
{
  g_assert (g_async_result_is_tagged (result, _orm_worker_run));

  return g_task_propagate_pointer (G_TASK (result), error);
}
