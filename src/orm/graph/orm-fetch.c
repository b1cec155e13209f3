/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-row-private.h"

/* After this many results that were outdated when they arrived, read on the
 * session's own connection, where nothing can change meanwhile. */
#define MAX_TRIES 3

struct _OrmFetch
{
  const OrmFetchClass *klass;
  GObject *object; /* unowned; %NULL once it has freed its fetch */

  /* While a read is running: */
  OrmSession *session;
  GSource *start; /* the read is not started yet */
  OrmWatch *watch;
  GCancellable *current; /* identifies the current read; results of others are dropped */
  guint n_tries;
  gboolean is_wanted_again; /* another read was requested meanwhile */
};

static void
clear_start (OrmFetch *self)
{
  if (self->start != NULL)
    g_source_destroy (self->start);
  g_clear_pointer (&self->start, g_source_unref);
}

static void
drop_read (OrmFetch *self)
{
  clear_start (self);
  if (self->current != NULL)
    g_cancellable_cancel (self->current);
  g_clear_object (&self->current);
  g_clear_pointer (&self->watch, _orm_watch_free);
}

static void
notify_running (OrmFetch *self)
{
  if (self->object != NULL && self->klass->running != NULL)
    self->klass->running (self->object);
}

/*
 * Reports an error, unless it is that the session was closed.
 */
static void
report (OrmFetch *self, const GError *error)
{
  g_autoptr (OrmSession) session = g_object_ref (self->session);

  if (g_error_matches (error, ORM_ERROR, ORM_ERROR_DETACHED))
    return;

  self->klass->failed (self->object, session, error);
  _orm_session_report_failed_load (session, error);
}

static OrmFetchVerdict
take (OrmFetch *self, gpointer job, GCancellable *read, GError **error)
{
  OrmFetchVerdict verdict;

  if (_orm_watch_is_closed (self->watch, error))
    return ORM_FETCH_FAILED;

  verdict = self->klass->take (self->object, job, self->watch, error);

  /* A handler of what @take emitted may have closed the session. */
  if (verdict == ORM_FETCH_AGAIN && self->current == read &&
      _orm_watch_is_closed (self->watch, error))
    verdict = ORM_FETCH_FAILED;

  return verdict;
}

/*
 * Ends a read, or starts the next one. An error is reported first, so that the
 * object has it when it notifies that no read is running any more.
 */
static void
end (OrmFetch *self, const GError *error)
{
  drop_read (self);

  if (error != NULL)
    {
      self->is_wanted_again = FALSE;
      report (self, error);
    }

  /* A handler may have stopped the fetch, or started another read. */
  if (self->session == NULL || self->current != NULL)
    return;

  self->n_tries = 0;
  if (self->is_wanted_again)
    _orm_fetch_start (self, self->session);
  else
    _orm_fetch_stop (self);
}

/*
 * Reads again after a result that was outdated.
 */
static void
try_again (OrmFetch *self, GCancellable *read)
{
  g_autoptr (GError) error = NULL;

  if (++self->n_tries < MAX_TRIES)
    {
      drop_read (self);
      _orm_fetch_start (self, self->session);
      return;
    }

  self->is_wanted_again = FALSE;
  self->klass->read (self->object, &error);
  if (self->current == read)
    end (self, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  OrmFetch *self = data;
  GCancellable *read = g_task_get_cancellable (G_TASK (result));
  OrmFetchVerdict verdict = ORM_FETCH_FAILED;
  g_autoptr (GObject) alive = NULL;
  g_autoptr (GError) error = NULL;
  gpointer job = _orm_worker_run_finish (result, &error);

  if (self->current == read)
    {
      alive = g_object_ref (self->object);
      if (job != NULL)
        verdict = take (self, job, read, &error);
    }

  if (job != NULL)
    self->klass->free_job (job);

  if (self->current == read && verdict == ORM_FETCH_AGAIN)
    try_again (self, read);
  else if (self->current == read)
    end (self, error);

  g_rc_box_release (self);
}

static void
start_job (OrmFetch *self, gpointer job)
{
  clear_start (self);
  self->is_wanted_again = FALSE;
  self->current = g_cancellable_new ();
  self->watch = _orm_watch_new (self->session);
  _orm_worker_run (_orm_session_ensure_worker (self->session), self->klass->work, job,
                   self->klass->free_job, self->current, on_read, g_rc_box_acquire (self));
}

/*
 * Creates the fetch of @object, to which it does not take a reference.
 */
OrmFetch *
_orm_fetch_new (const OrmFetchClass *klass, gpointer object)
{
  OrmFetch *self = g_rc_box_new0 (OrmFetch);

  self->klass = klass;
  self->object = object;
  return self;
}

/*
 * A result that arrives later is dropped.
 */
void
_orm_fetch_free (OrmFetch *self)
{
  self->object = NULL;
  _orm_fetch_stop (self);
  g_rc_box_release (self);
}

/*
 * Reads in the worker. If a read is running already, another one follows.
 */
void
_orm_fetch_start (OrmFetch *self, OrmSession *session)
{
  gboolean is_first = self->session != session;
  gpointer job;

  if (!is_first && self->current != NULL)
    {
      self->is_wanted_again = TRUE;
      return;
    }

  if (is_first)
    _orm_fetch_stop (self);

  job = _orm_session_ensure_worker (session) != NULL ? self->klass->new_job (self->object) : NULL;
  if (job == NULL)
    {
      _orm_fetch_stop (self);
      return;
    }

  g_set_object (&self->session, session);
  start_job (self, job);
  if (is_first)
    notify_running (self);
}

static gboolean
on_start (gpointer data)
{
  OrmFetch *self = data;
  g_autoptr (GObject) alive = g_object_ref (self->object);

  _orm_fetch_start (self, self->session);
  return G_SOURCE_REMOVE;
}

/*
 * The same at the next iteration of the main loop, so that the worker does not
 * read for an object that is freed or read synchronously before.
 */
void
_orm_fetch_start_idle (OrmFetch *self, OrmSession *session)
{
  if (self->session == session)
    {
      _orm_fetch_start (self, session);
      return;
    }

  _orm_fetch_stop (self);
  self->session = g_object_ref (session);
  self->start = g_idle_source_new ();
  g_source_set_priority (self->start, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->start, on_start, self, NULL);
  g_source_attach (self->start, g_main_context_get_thread_default ());
  notify_running (self);
}

/*
 * Stops reading; the result of a running read is dropped.
 */
void
_orm_fetch_stop (OrmFetch *self)
{
  g_autoptr (OrmSession) session = g_steal_pointer (&self->session);

  drop_read (self);
  self->n_tries = 0;
  self->is_wanted_again = FALSE;
  if (session != NULL)
    notify_running (self);
}

/*
 * Whether a read is running or is to be started; %FALSE if @self is %NULL.
 */
gboolean
_orm_fetch_is_running (OrmFetch *self)
{
  return self != NULL && self->session != NULL;
}
