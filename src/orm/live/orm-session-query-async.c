/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-fetch-private.h"
#include "orm-query-model-private.h"
#include "orm-question-private.h"
#include "orm-session-impl-private.h"
#include "orm-session-query.h"
#include "orm-totals-private.h"

/*
 * Queries that the session's thread does not wait for.
 */

static gboolean
check_query (OrmSession *self, OrmQuery *query, GTask *task)
{
  GError *error = NULL;

  if (_orm_session_check_open (self, &error) && _orm_session_check_query (self, query, &error))
    return TRUE;

  g_task_return_error (task, error);
  return FALSE;
}

/**
 * orm_session_find_async:
 * @self: a session
 * @query: what to look for
 * @cancellable: (nullable): a cancellable
 * @callback: called when the result is there
 * @user_data: for @callback
 *
 * As orm_session_find(), without waiting for the database; see
 * orm_session_get_async(). The result is what memory and the rows say together
 * when the answer comes; what is unsaved then is written first if the session
 * flushes by itself. Only ids are read: rows come when they are looked at, a
 * page at a time. What the query prefetches is read once the ids are there, in
 * the session's own thread.
 */
void
orm_session_find_async (OrmSession *self,
                        OrmQuery *query,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (ORM_IS_QUERY (query));

  task = _orm_session_new_task (self, orm_session_find_async, cancellable, callback, user_data);
  if (check_query (self, query, task))
    _orm_query_model_new_async (self, query, ORM_SNAPSHOT, task);
}

/**
 * orm_session_find_finish:
 * @self: a session
 * @result: what the callback was called with
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED;
 *   %ORM_ERROR_DETACHED if the session was closed meanwhile
 *
 * Returns: (transfer full) (type OrmQueryModel): the result, or %NULL
 */
GListModel *
orm_session_find_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_session_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * orm_session_observe_async:
 * @self: a session
 * @query: what to look for
 * @cancellable: (nullable): a cancellable
 * @callback: called when the result is there
 * @user_data: for @callback
 *
 * As orm_session_observe(), without waiting for the database; see
 * orm_session_find_async(). Nothing is written: the result is what memory says,
 * from the moment it comes.
 */
void
orm_session_observe_async (OrmSession *self,
                           OrmQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (ORM_IS_QUERY (query));

  task = _orm_session_new_task (self, orm_session_observe_async, cancellable, callback, user_data);
  if (check_query (self, query, task))
    _orm_query_model_new_async (self, query, ORM_LIVE, task);
}

/**
 * orm_session_observe_finish:
 * @self: a session
 * @result: what the callback was called with
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED;
 *   %ORM_ERROR_DETACHED if the session was closed meanwhile
 *
 * Returns: (transfer full) (type OrmQueryModel): the live result, or %NULL
 */
GListModel *
orm_session_observe_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_session_observe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * orm_session_observe_totals_async:
 * @self: a session
 * @query: which rows
 * @group_path: a to-one, or a date and `.month`
 * @sum_path: a number of the class itself
 * @cancellable: (nullable): a cancellable
 * @callback: called when the totals are there
 * @user_data: for @callback
 *
 * As orm_session_observe_totals(), without waiting for the database; see
 * orm_session_get_async(). While something of the class is not committed, sums
 * can only be read where it was written: after a few tries they are, at once.
 */
void
orm_session_observe_totals_async (OrmSession *self,
                                  OrmQuery *query,
                                  const char *group_path,
                                  const char *sum_path,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  GError *error = NULL;

  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (ORM_IS_QUERY (query));
  g_return_if_fail (group_path != NULL && sum_path != NULL);

  task = _orm_session_new_task (self, orm_session_observe_totals_async, cancellable, callback,
                                user_data);
  if (!check_query (self, query, task))
    return;

  totals = _orm_totals_new_unread (self, query, group_path, sum_path, &error);
  if (totals != NULL)
    _orm_totals_new_async (totals, task);
  else
    g_task_return_error (task, error);
}

/**
 * orm_session_observe_totals_finish:
 * @self: a session
 * @result: what the callback was called with
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED;
 *   %ORM_ERROR_DETACHED if the session was closed meanwhile
 *
 * Returns: (transfer full): the live totals, or %NULL
 */
OrmTotals *
orm_session_observe_totals_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_session_observe_totals_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A sum. */
typedef struct
{
  gint64 sum;
  guint64 n_rows;
} Sum;

typedef struct
{
  OrmSession *session; /* not held: the fetch does */
  OrmQuery *query;
  char *path;
  OrmPath *value;
  Sum sum;
} Summing;

typedef struct
{
  OrmQuestion question;
  Sum sum;
} SumJob;

static void
summing_free (gpointer data)
{
  Summing *self = data;

  g_object_unref (self->query);
  _orm_path_free (self->value);
  g_free (self->path);
  g_free (self);
}

static gpointer
summing_new_job (gpointer data)
{
  Summing *self = data;
  SumJob *job = g_new0 (SumJob, 1);

  _orm_question_init_sum (&job->question, self->query, self->value);
  return job;
}

static void
sum_job_free (gpointer data)
{
  SumJob *job = data;

  _orm_question_clear (&job->question);
  g_free (job);
}

static gboolean
sum_job_work (OrmConnection *connection, gpointer data, GError **error)
{
  SumJob *job = data;

  return _orm_question_ask_sum (&job->question, connection, &job->sum.sum, &job->sum.n_rows, error);
}

static void
summing_update_keys (gpointer data)
{
  _orm_query_update_keys (((Summing *) data)->query);
}

static OrmFetchVerdict
summing_take (gpointer data, gpointer job, OrmWatch *watch, GError **error)
{
  Summing *self = data;

  if (_orm_watch_has_changed (watch, self->query->mapper) ||
      _orm_query_is_confused (self->query, watch) || _orm_watch_has_changed_on (watch, self->value))
    return ORM_FETCH_AGAIN;

  self->sum = ((SumJob *) job)->sum;
  return ORM_FETCH_DONE;
}

static gboolean
summing_read (gpointer data, GError **error)
{
  Summing *self = data;

  return orm_session_sum (self->session, self->query, self->path, &self->sum.sum, &self->sum.n_rows,
                          error);
}

static void
summing_end (gpointer data, GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&((Summing *) data)->sum, sizeof (Sum)), g_free);
}

static const OrmFetchClass summing_class = {
  .new_job = summing_new_job,
  .rekeyed = summing_update_keys,
  .work = sum_job_work,
  .free_job = sum_job_free,
  .take = summing_take,
  .read = summing_read,
  .end = summing_end,
  .free_data = summing_free,
};

/**
 * orm_session_sum_async:
 * @self: a session
 * @query: which rows
 * @path: a number, over to-ones
 * @cancellable: (nullable): a cancellable
 * @callback: called when the sum is there
 * @user_data: for @callback
 *
 * As orm_session_sum(), without waiting for the database; see
 * orm_session_observe_totals_async().
 */
void
orm_session_sum_async (OrmSession *self,
                       OrmQuery *query,
                       const char *path,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Summing *summing;
  OrmPath *value;

  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (ORM_IS_QUERY (query));
  g_return_if_fail (path != NULL);

  task = _orm_session_new_task (self, orm_session_sum_async, cancellable, callback, user_data);
  if (!check_query (self, query, task))
    return;

  value = _orm_path_parse_number (query->mapper, path, &error);
  if (value == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  summing = g_new0 (Summing, 1);
  summing->session = self;
  summing->query = orm_query_copy (query);
  summing->path = g_strdup (path);
  summing->value = value;
  _orm_fetch_start (self, &summing_class, summing, task);
}

/**
 * orm_session_sum_finish:
 * @self: a session
 * @result: what the callback was called with
 * @sum: (out): the sum, 0 over no rows
 * @n_rows: (out) (optional): how many rows there are
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED;
 *   %ORM_ERROR_DETACHED if the session was closed meanwhile
 *
 * Returns: %TRUE if it was added up
 */
gboolean
orm_session_sum_finish (
  OrmSession *self, GAsyncResult *result, gint64 *sum, guint64 *n_rows, GError **error)
{
  g_autofree Sum *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_session_sum_async), FALSE);
  g_return_val_if_fail (sum != NULL, FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  *sum = found->sum;
  if (n_rows != NULL)
    *n_rows = found->n_rows;
  return TRUE;
}
