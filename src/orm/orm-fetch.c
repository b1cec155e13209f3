/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
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
  gpointer data;
  GTask *task;
  OrmWatch *watch; /* while a question is under way */
  guint n_tries;
} Fetch;

static void ask (Fetch *self);

static void
end (Fetch *self, GError *error)
{
  self->klass->end (self->data, self->task, error);

  g_clear_pointer (&self->watch, _orm_watch_free);
  self->klass->free_data (self->data);
  g_object_unref (self->task);
  g_object_unref (self->session);
  g_free (self);
}

static OrmFetchVerdict
take (Fetch *self, GAsyncResult *result, GError **error)
{
  gpointer job = _orm_worker_run_finish (result, error);
  OrmFetchVerdict verdict;

  if (job == NULL)
    return ORM_FETCH_FAILED;

  if (_orm_watch_is_closed (self->watch, error))
    verdict = ORM_FETCH_FAILED;
  else
    verdict = self->klass->take (self->data, job, self->watch, error);

  self->klass->free_job (job);
  return verdict;
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
    self->klass->read (self->data, &error);

  end (self, error);
}

static void
ask (Fetch *self)
{
  gpointer job = self->klass->new_job (self->data);

  if (job == NULL)
    {
      end (self, NULL);
      return;
    }

  self->watch = _orm_watch_new (
    self->session, self->klass->get_query != NULL ? self->klass->get_query (self->data) : NULL);
  _orm_worker_run (_orm_session_ensure_worker (self->session), self->klass->work, job,
                   self->klass->free_job, g_task_get_cancellable (self->task), on_answered, self);
}

/*
 * Reads in the worker, again if too much changed meanwhile, and ends @task. The
 * data is the fetch's, until after its end.
 */
void
_orm_fetch_start (OrmSession *session, const OrmFetchClass *klass, gpointer data, GTask *task)
{
  Fetch *self;

  if (_orm_session_ensure_worker (session) == NULL)
    {
      klass->end (data, task,
                  g_error_new_literal (ORM_ERROR, ORM_ERROR_DETACHED, "The session was closed"));
      klass->free_data (data);
      return;
    }

  self = g_new0 (Fetch, 1);
  self->session = g_object_ref (session);
  self->klass = klass;
  self->data = data;
  self->task = g_object_ref (task);
  ask (self);
}

static void
fault_clear (gpointer data)
{
  g_free (((OrmFault *) data)->sql);
}

/*
 * Takes @sql and the parameters of the parts that it was made of.
 */
void
_orm_question_init (OrmQuestion *self, char *sql, OrmQuerySql *parts)
{
  self->sql = sql;
  self->parameters = g_array_ref (parts->parameters);
  self->faults = g_array_new (FALSE, FALSE, sizeof (OrmFault));
  g_array_set_clear_func (self->faults, fault_clear);
}

/*
 * Prepares for finding the row whose value, at the end of a path, made the
 * answer useless.
 */
void
_orm_question_add_fault (OrmQuestion *self, OrmQuery *query, OrmQuerySql *parts, OrmPath *path)
{
  OrmFault fault = { .mapper = path->end, .slot = (guint) path->slot };

  if (path->slot < 0)
    return;

  fault.sql = _orm_query_sql_fault (query, parts, path);
  g_array_append_val (self->faults, fault);
}

/*
 * Says why the answer is useless.
 */
void
_orm_question_set_error (OrmQuestion *self, OrmConnection *connection, GError **error)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      const OrmFault *fault = &g_array_index (self->faults, OrmFault, i);
      gint64 id;

      if (!_orm_connection_select_int64 (connection, fault->sql,
                                         (const OrmValue *) self->parameters->data,
                                         self->parameters->len, &id, error))
        return;

      if (id != 0)
        {
          _orm_row_set_error (fault->mapper, id, fault->slot, error);
          return;
        }
    }

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "The sum is too large");
}

void
_orm_question_init_sum (OrmQuestion *self, OrmQuery *query, OrmPath *value)
{
  g_auto (OrmQuerySql) sql = { 0 };

  _orm_query_sql_init (&sql, query);
  _orm_question_init (self, _orm_query_sql_sum (query, &sql, value), &sql);
  _orm_question_add_fault (self, query, &sql, value);
}

/*
 * SQLite stops adding up at the end of 64 bits, and libgda says nothing. What
 * is no number makes the sum one with a fraction.
 */
gboolean
_orm_question_ask_sum (
  OrmQuestion *self, OrmConnection *connection, gint64 *sum, guint64 *n_rows, GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_INT64, ORM_READ_INT64 };
  g_autoptr (OrmResult) result = _orm_question_ask (self, connection, reads, 3, error);

  if (result == NULL)
    return FALSE;

  if (_orm_result_get_n_rows (result) == 0 || _orm_result_get_int64 (result, 0, 2) == 0)
    {
      _orm_question_set_error (self, connection, error);
      return FALSE;
    }

  *sum = _orm_result_get_int64 (result, 0, 0);
  *n_rows = (guint64) _orm_result_get_int64 (result, 0, 1);
  return TRUE;
}

void
_orm_question_clear (OrmQuestion *self)
{
  g_free (self->sql);
  g_array_unref (self->parameters);
  g_array_unref (self->faults);
}

OrmResult *
_orm_question_ask (
  OrmQuestion *self, OrmConnection *connection, const OrmRead *reads, guint n_reads, GError **error)
{
  return _orm_connection_select (connection, self->sql, (const OrmValue *) self->parameters->data,
                                 self->parameters->len, reads, n_reads, error);
}
