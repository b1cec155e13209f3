/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-fetch-private.h"
#include "orm-session-impl-private.h"

/*
 * Reading a row that the session's thread does not wait for.
 */

GTask *
_orm_session_new_task (OrmSession *self,
                       gpointer tag,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

gboolean
_orm_session_check_open (OrmSession *self, GError **error)
{
  if (self->is_closed)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DETACHED, "The session was closed");

  return !self->is_closed;
}

/* One row. */
typedef struct
{
  OrmSession *session; /* not held: the fetch does */
  OrmMapper *mapper;
  gint64 id;
  OrmEntity *entity;
} Getting;

typedef struct
{
  OrmMapper *mapper;
  gint64 id;
  char *sql;
  OrmRow *row; /* %NULL if there is none */
} RowJob;

static void
getting_free (gpointer data)
{
  Getting *self = data;

  g_clear_object (&self->entity);
  g_free (self);
}

static gpointer
getting_new_job (gpointer data)
{
  Getting *self = data;
  RowJob *job = g_new0 (RowJob, 1);

  job->mapper = self->mapper;
  job->id = self->id;
  job->sql = _orm_dialect_select_by_id (self->mapper);
  return job;
}

static void
row_job_free (gpointer data)
{
  RowJob *job = data;

  if (job->row != NULL)
    _orm_row_free (job->mapper, job->row);
  g_free (job->sql);
  g_free (job);
}

static gboolean
row_job_work (OrmConnection *connection, gpointer data, GError **error)
{
  RowJob *job = data;
  OrmValue parameter = ORM_VALUE_INTEGER (job->id);
  g_autoptr (OrmResult) result = _orm_connection_select (
    connection, job->sql, &parameter, 1, job->mapper->reads, job->mapper->n_reads, error);

  if (result == NULL)
    return FALSE;

  if (_orm_result_get_n_rows (result) == 0)
    return TRUE;

  job->row = _orm_row_new_from_result (job->mapper, result, 0, error);
  return job->row != NULL;
}

static gboolean
remembers_key (OrmWatch *watch, OrmMapper *mapper, gint64 key)
{
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, _orm_watch_get_entities (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    if (_orm_entity_get_private (entity)->mapper == mapper && _orm_entity_get_key (entity) == key)
      return TRUE;

  return FALSE;
}

/*
 * Who is in memory by now is right. A row that somebody deleted meanwhile may
 * have been read before that.
 */
static OrmFetchVerdict
getting_take (gpointer data, gpointer job, OrmWatch *watch, GError **error)
{
  Getting *self = data;
  OrmEntity *entity =
    self->id > 0 ? _orm_session_peek (self->session, self->mapper, self->id) : NULL;
  OrmRow *row;

  if (entity != NULL)
    {
      if (orm_entity_get_state (entity) != ORM_ENTITY_DELETED)
        self->entity = g_object_ref (entity);
      return ORM_FETCH_DONE;
    }

  if (_orm_watch_has_rows_changed (watch) || remembers_key (watch, self->mapper, self->id))
    return ORM_FETCH_AGAIN;

  row = g_steal_pointer (&((RowJob *) job)->row);
  if (row == NULL)
    {
      _orm_row_cache_remove (_orm_session_get_rows (self->session, self->mapper), self->id);
      return ORM_FETCH_DONE;
    }

  self->entity = _orm_session_hydrate (self->session, self->mapper, row);
  _orm_row_cache_take (_orm_session_get_rows (self->session, self->mapper), row);
  return ORM_FETCH_DONE;
}

static gboolean
getting_read (gpointer data, GError **error)
{
  Getting *self = data;
  GError *local_error = NULL;

  self->entity = orm_session_get (self->session, self->mapper->type, self->id, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static void
getting_end (gpointer data, GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&((Getting *) data)->entity), g_object_unref);
}

static const OrmFetchClass getting_class = {
  .new_job = getting_new_job,
  .work = row_job_work,
  .free_job = row_job_free,
  .take = getting_take,
  .read = getting_read,
  .end = getting_end,
  .free_data = getting_free,
};

/**
 * orm_session_get_async:
 * @self: a session
 * @type: an entity class
 * @id: a row's id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is found, or not
 * @user_data: for @callback
 *
 * As orm_session_get(), without waiting for the database. If the entity is in
 * memory, nothing is read, and @callback is called all the same later.
 *
 * All reads of a session that do not wait are done one after the other, in a
 * thread and on a connection of their own; their callbacks come in the order of
 * the calls, unless one was cancelled, is answered from memory, or had to be
 * read again because too much changed meanwhile. They are called in the
 * thread-default main context of the caller, which is the session's thread.
 * What changes here until the answer comes is worked into it.
 */
void
orm_session_get_async (OrmSession *self,
                       GType type,
                       gint64 id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  OrmMapper *mapper;
  OrmEntity *entity;
  Getting *getting;
  GError *error = NULL;

  g_return_if_fail (ORM_IS_SESSION (self));
  mapper = _orm_session_get_mapper (self, type);
  g_return_if_fail (mapper != NULL);

  task = _orm_session_new_task (self, orm_session_get_async, cancellable, callback, user_data);
  if (!_orm_session_check_open (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  entity = id > 0 ? _orm_session_peek (self, mapper, id) : NULL;
  if (entity != NULL)
    {
      gboolean is_deleted = orm_entity_get_state (entity) == ORM_ENTITY_DELETED;

      g_task_return_pointer (task, is_deleted ? NULL : g_object_ref (entity), g_object_unref);
      return;
    }

  if (!_orm_session_check_usable (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  getting = g_new0 (Getting, 1);
  getting->session = self;
  getting->mapper = mapper;
  getting->id = id;
  _orm_fetch_start (self, &getting_class, getting, task);
}

/**
 * orm_session_get_finish:
 * @self: a session
 * @result: what the callback was called with
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED;
 *   %ORM_ERROR_DETACHED if the session was closed meanwhile
 *
 * Returns: (transfer full) (nullable) (type OrmEntity): the entity; %NULL
 *   without @error set if there is no such row
 */
gpointer
orm_session_get_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_session_get_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
