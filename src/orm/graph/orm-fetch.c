/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-row-private.h"

/* After this many answers that came too late, the question is asked where
 * nothing can change meanwhile. */
#define MAX_TRIES 3

struct _OrmFetch
{
  const OrmFetchClass *klass;
  GObject *object; /* not held; %NULL once it has freed its fetch */

  /* While a read is running: */
  OrmSession *session;
  GSource *start; /* the question is still to be asked */
  OrmWatch *watch;
  GCancellable *question; /* the one under way; an answer to another one is dropped */
  guint n_tries;
  gboolean is_wanted_again; /* rows changed elsewhere since the question */
};

static void
clear_start (OrmFetch *self)
{
  if (self->start != NULL)
    g_source_destroy (self->start);
  g_clear_pointer (&self->start, g_source_unref);
}

static void
drop_question (OrmFetch *self)
{
  clear_start (self);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
  g_clear_pointer (&self->watch, _orm_watch_free);
}

static void
tell_running (OrmFetch *self)
{
  if (self->object != NULL && self->klass->running != NULL)
    self->klass->running (self->object);
}

/*
 * A closed session has nothing left to read: that is no failure.
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
take (OrmFetch *self, gpointer job, GCancellable *question, GError **error)
{
  OrmFetchVerdict verdict;

  if (_orm_watch_is_closed (self->watch, error))
    return ORM_FETCH_FAILED;

  verdict = self->klass->take (self->object, job, self->watch, error);

  /* What taking it told may have made somebody close the session. */
  if (verdict == ORM_FETCH_AGAIN && self->question == question &&
      _orm_watch_is_closed (self->watch, error))
    verdict = ORM_FETCH_FAILED;

  return verdict;
}

/*
 * The object hears of an error first, so that it has it when it tells that
 * nothing is running any more.
 */
static void
end (OrmFetch *self, const GError *error)
{
  drop_question (self);

  if (error != NULL)
    {
      self->is_wanted_again = FALSE;
      report (self, error);
    }

  /* A handler may have stopped it, or started it anew. */
  if (self->session == NULL || self->question != NULL)
    return;

  self->n_tries = 0;
  if (self->is_wanted_again)
    _orm_fetch_start (self, self->session);
  else
    _orm_fetch_stop (self);
}

/*
 * An answer that came too late.
 */
static void
try_again (OrmFetch *self, GCancellable *question)
{
  g_autoptr (GError) error = NULL;

  if (++self->n_tries < MAX_TRIES)
    {
      drop_question (self);
      _orm_fetch_start (self, self->session);
      return;
    }

  self->is_wanted_again = FALSE;
  self->klass->read (self->object, &error);
  if (self->question == question)
    end (self, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  OrmFetch *self = data;
  GCancellable *question = g_task_get_cancellable (G_TASK (result));
  OrmFetchVerdict verdict = ORM_FETCH_FAILED;
  g_autoptr (GObject) alive = NULL;
  g_autoptr (GError) error = NULL;
  gpointer job = _orm_worker_run_finish (result, &error);

  if (self->question == question)
    {
      alive = g_object_ref (self->object);
      if (job != NULL)
        verdict = take (self, job, question, &error);
    }

  if (job != NULL)
    self->klass->free_job (job);

  if (self->question == question && verdict == ORM_FETCH_AGAIN)
    try_again (self, question);
  else if (self->question == question)
    end (self, error);

  g_rc_box_release (self);
}

static void
ask (OrmFetch *self, gpointer job)
{
  clear_start (self);
  self->is_wanted_again = FALSE;
  self->question = g_cancellable_new ();
  self->watch = _orm_watch_new (self->session);
  _orm_worker_run (_orm_session_ensure_worker (self->session), self->klass->work, job,
                   self->klass->free_job, self->question, on_answered, g_rc_box_acquire (self));
}

/*
 * Made by @object, which is not held.
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
 * An answer that is still to come finds nobody.
 */
void
_orm_fetch_free (OrmFetch *self)
{
  self->object = NULL;
  _orm_fetch_stop (self);
  g_rc_box_release (self);
}

/*
 * Reads in the worker. If a read is running already, another one follows it.
 */
void
_orm_fetch_start (OrmFetch *self, OrmSession *session)
{
  gboolean is_first = self->session != session;
  gpointer job;

  if (!is_first && self->question != NULL)
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
  ask (self, job);
  if (is_first)
    tell_running (self);
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
 * The same at the next turn of the main loop, so that the worker does not read
 * for an object that is let go of before, or read at once.
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
  tell_running (self);
}

/*
 * Drops the answer that was asked for.
 */
void
_orm_fetch_stop (OrmFetch *self)
{
  g_autoptr (OrmSession) session = g_steal_pointer (&self->session);

  drop_question (self);
  self->n_tries = 0;
  self->is_wanted_again = FALSE;
  if (session != NULL)
    tell_running (self);
}

/*
 * Whether @self, if there is one yet, reads or has to read again.
 */
gboolean
_orm_fetch_is_running (OrmFetch *self)
{
  return self != NULL && self->session != NULL;
}
