/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-row-private.h"

/* After as many answers that came too late, the question is asked where nothing
 * can change meanwhile. */
#define MAX_TRIES 3

typedef struct
{
  OrmSession *session;
  const OrmFetchClass *klass;
  GWeakRef object; /* who let go of it does not need the answer */
  OrmWatch *watch; /* while a question is under way */
  guint n_tries;
} Fetch;

static void ask (Fetch *self);

static void
end (Fetch *self, GError *error)
{
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);

  if (object != NULL)
    self->klass->end (object, error);
  else
    g_clear_error (&error);

  g_clear_pointer (&self->watch, _orm_watch_free);
  g_weak_ref_clear (&self->object);
  g_object_unref (self->session);
  g_free (self);
}

static OrmFetchVerdict
take (Fetch *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);
  gpointer job = _orm_worker_run_finish (result, error);
  OrmFetchVerdict verdict = ORM_FETCH_DONE;

  if (job == NULL)
    return ORM_FETCH_FAILED;

  if (_orm_watch_is_closed (self->watch, error))
    verdict = ORM_FETCH_FAILED;
  else if (object != NULL)
    verdict = self->klass->take (object, job, self->watch, error);

  self->klass->free_job (job);
  return verdict;
}

static void
read_at_once (Fetch *self, GError **error)
{
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);

  if (object != NULL)
    self->klass->read (object, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *self = data;
  GError *error = NULL;
  OrmFetchVerdict verdict = take (self, result, &error);

  /* What taking it told may have made somebody close the session. */
  if (verdict == ORM_FETCH_AGAIN && _orm_watch_is_closed (self->watch, &error))
    verdict = ORM_FETCH_FAILED;
  g_clear_pointer (&self->watch, _orm_watch_free);

  if (verdict == ORM_FETCH_AGAIN && ++self->n_tries < MAX_TRIES)
    {
      ask (self);
      return;
    }

  if (verdict == ORM_FETCH_AGAIN)
    read_at_once (self, &error);

  end (self, error);
}

static void
ask (Fetch *self)
{
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);
  gpointer job = object != NULL ? self->klass->new_job (object) : NULL;

  if (job == NULL)
    {
      end (self, NULL);
      return;
    }

  self->watch = _orm_watch_new (self->session);
  _orm_worker_run (_orm_session_ensure_worker (self->session), self->klass->work, job,
                   self->klass->free_job, NULL, on_answered, self);
}

/*
 * Reads in the worker, again if too much changed meanwhile. The object is not
 * kept for it.
 */
void
_orm_fetch_start (OrmSession *session, const OrmFetchClass *klass, gpointer object)
{
  g_autoptr (GObject) alive = g_object_ref (object);
  Fetch *self;

  if (_orm_session_ensure_worker (session) == NULL)
    {
      klass->end (object,
                  g_error_new_literal (ORM_ERROR, ORM_ERROR_DETACHED, "The session was closed"));
      return;
    }

  self = g_new0 (Fetch, 1);
  self->session = g_object_ref (session);
  self->klass = klass;
  g_weak_ref_init (&self->object, object);
  ask (self);
}
