/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-query-model-private.h"
#include "orm-question-private.h"

/*
 * Reading a list again in the worker. It gives ids only, of a short list too:
 * the rows come when they are looked at, a page at a time, in the graph's
 * thread.
 */

typedef struct
{
  OrmMapper *mapper;
  OrmQuestion question;
  OrmKeys *keys; /* the worker's until it is done, then the graph's thread's */
} Job;

static gpointer
new_job (gpointer object)
{
  OrmQueryModel *model = object;
  g_auto (OrmQuerySql) sql = { 0 };
  Job *job = g_new0 (Job, 1);

  job->mapper = model->query->mapper;
  job->keys = _orm_query_keys_new (model->query);
  _orm_query_sql_init (&sql, model->query);
  _orm_question_init (
    &job->question, _orm_query_sql_ids (model->query, &sql, _orm_keys_has_ranks (job->keys)), &sql);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  _orm_question_clear (&job->question);
  _orm_keys_unref (job->keys);
  g_free (job);
}

static gboolean
work (OrmConnection *connection, gpointer data, GError **error)
{
  Job *job = data;

  return _orm_query_read_ids (connection, job->mapper, job->question.sql, job->question.parameters,
                              job->keys, error);
}

static GPtrArray *
dup_remembered (OrmWatch *watch)
{
  GPtrArray *entities = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, _orm_watch_get_entities (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    g_ptr_array_add (entities, entity);

  return entities;
}

/*
 * Makes the answer right about what changed since the question.
 */
static gboolean
work_in (OrmQueryModel *self, Job *job, OrmWatch *watch)
{
  OrmQueryKeys read = { self->session, self->query, job->keys };
  g_autoptr (GPtrArray) entities = NULL;

  if (_orm_query_is_confused (self->query, watch))
    return FALSE;

  if (!self->can_evaluate)
    return TRUE;

  entities = dup_remembered (watch);
  return _orm_query_keys_work_in (&read, entities);
}

/*
 * The list becomes what was read, and what is still to be told to it is in that
 * already.
 */
static void
become (OrmQueryModel *model, OrmKeys *keys)
{
  _orm_observer_skip (model->observer);
  _orm_query_model_apply_rekeys (model);
  _orm_query_model_become (model, keys);
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmQueryModel *model = object;

  if (!work_in (model, job, watch))
    return ORM_FETCH_AGAIN;

  become (model, ((Job *) job)->keys);
  return ORM_FETCH_DONE;
}

static gboolean
read_now (gpointer object, GError **error)
{
  OrmQueryModel *model = object;
  g_autoptr (OrmKeys) keys = _orm_query_keys_new (model->query);
  OrmQueryKeys read = { model->session, model->query, keys };

  if (!_orm_session_autoflush (model->session, error) ||
      !_orm_query_model_read (model, keys, error))
    return FALSE;

  /* What could not be written is in memory alone. */
  model->needs_reading |= _orm_session_withholds (model->session, model->query, FALSE);
  if (model->can_evaluate &&
      !_orm_query_keys_work_in (&read, _orm_session_get_unsaved (model->session)))
    {
      model->needs_reading = TRUE;
      return TRUE;
    }

  become (model, keys);
  return TRUE;
}

static void
failed (gpointer object, const GError *error)
{
  ((OrmQueryModel *) object)->needs_reading = TRUE;
}

static const OrmFetchClass fetch_class = {
  .new_job = new_job,
  .work = work,
  .free_job = job_free,
  .take = take,
  .read = read_now,
  .failed = failed,
  .running = _orm_query_model_notify_loading,
};

/*
 * Reads the list again in the worker, because rows changed elsewhere. When the
 * answer has come and what changed here since is worked in, the difference is
 * told by splices. A list that is let go of meanwhile is not kept for it.
 */
void
_orm_query_model_reread_async (OrmQueryModel *self)
{
  if (self->fetch == NULL)
    self->fetch = _orm_fetch_new (&fetch_class, self);
  _orm_fetch_start (self->fetch, self->session);
}
