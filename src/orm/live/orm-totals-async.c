/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-totals-private.h"

/*
 * Adding up again in the worker. Sums do not say whose they are, so nothing can be
 * worked into them: if anything of theirs changed since the question, they are
 * asked for again.
 */

typedef struct
{
  OrmQuestion question;
  GArray *deltas; /* of OrmDelta */
} Job;

static Job *
job_new (OrmTotals *totals)
{
  Job *job = g_new0 (Job, 1);

  _orm_totals_question (totals, &job->question);
  job->deltas = g_array_new (FALSE, FALSE, sizeof (OrmDelta));
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  _orm_question_clear (&job->question);
  g_array_unref (job->deltas);
  g_free (job);
}

static gboolean
work (OrmConnection *connection, gpointer data, GError **error)
{
  Job *job = data;

  return _orm_totals_ask (&job->question, connection, job->deltas, error);
}

static gboolean
is_right (OrmTotals *self, OrmWatch *watch)
{
  return !_orm_watch_has_changed (watch, self->query->mapper) &&
         !_orm_query_is_confused (self->query, watch);
}

static gpointer
new_job (gpointer object)
{
  OrmTotals *totals = object;

  /* This question is as good as the next one. */
  totals->rereads_again = FALSE;
  return job_new (totals);
}

static void
become (OrmTotals *totals, GArray *deltas)
{
  _orm_observer_skip (totals->observer);
  _orm_totals_become (totals, deltas);
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmTotals *totals = object;

  if (!is_right (totals, watch))
    return ORM_FETCH_AGAIN;

  become (totals, ((Job *) job)->deltas);
  return ORM_FETCH_DONE;
}

static gboolean
read_now (gpointer object, GError **error)
{
  OrmTotals *totals = object;
  OrmConnection *connection;
  gboolean is_read;
  Job *job;

  if (!_orm_session_autoflush (totals->session, error))
    return FALSE;

  /* What could not be written is counted already, and the rows do not have it:
   * they are read when they do. */
  if (_orm_session_withholds (totals->session, totals->query, TRUE))
    {
      totals->needs_reading = TRUE;
      return TRUE;
    }

  totals->rereads_again = FALSE;
  job = job_new (totals);
  connection = orm_session_get_connection (totals->session);
  is_read = _orm_totals_ask (&job->question, connection, job->deltas, error);
  if (is_read)
    become (totals, job->deltas);

  job_free (job);
  return is_read;
}

static void
end (gpointer object, GError *error)
{
  OrmTotals *totals = object;
  g_autoptr (GError) failed = error;
  gboolean again;

  again = totals->rereads_again && failed == NULL;
  totals->rereads_again = FALSE;
  totals->is_loading = FALSE;

  if (again)
    _orm_totals_reread_async (totals);
  else if (failed != NULL && !g_error_matches (failed, ORM_ERROR, ORM_ERROR_DETACHED))
    {
      totals->needs_reading = TRUE;
      _orm_session_stay_behind (totals->session);
      _orm_session_report_failed_load (totals->session, failed);
    }
}

static const OrmFetchClass fetch_class = {
  .new_job = new_job,
  .work = work,
  .free_job = job_free,
  .take = take,
  .read = read_now,
  .end = end,
};

/*
 * Adds up again in the worker, because rows changed elsewhere, and tells what
 * is different. Totals that are let go of meanwhile are not kept for it.
 */
void
_orm_totals_reread_async (OrmTotals *self)
{
  if (self->is_loading)
    {
      self->rereads_again = TRUE;
      return;
    }

  self->is_loading = TRUE;
  _orm_fetch_start (self->session, &fetch_class, self);
}
