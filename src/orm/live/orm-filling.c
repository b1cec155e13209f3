/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-filling-private.h"
#include "orm-refresh-private.h"
#include "orm-unit-of-work-private.h"

struct _OrmFilling
{
  const OrmFillingClass *klass;
  gpointer model; /* unowned: it owns the filling */
  OrmSession *session;
  OrmQuery *query;
  OrmFetch *fetch;
  gboolean is_needed; /* the model may differ from the rows */
  gboolean is_filled; /* it was read completely once */
  GError *error;      /* of the last read, if it failed */
};

OrmFilling *
_orm_filling_new (const OrmFillingClass *klass,
                  gpointer model,
                  OrmSession *session,
                  OrmQuery *query)
{
  OrmFilling *self = g_new0 (OrmFilling, 1);

  self->klass = klass;
  self->model = model;
  self->session = g_object_ref (session);
  self->query = g_object_ref (query);
  self->fetch = _orm_fetch_new (&klass->fetch, model);
  return self;
}

void
_orm_filling_free (OrmFilling *self)
{
  _orm_fetch_free (self->fetch);
  g_object_unref (self->query);
  g_object_unref (self->session);
  g_clear_error (&self->error);
  g_free (self);
}

/*
 * Whether unsaved changes affect the query in a way that is not evaluated in
 * memory, so that it has to be run again once they are written. Changes of the
 * query's own class are evaluated in memory, unless the query cannot be or the
 * model counts rows.
 */
gboolean
_orm_filling_waits_for_flush (OrmFilling *self)
{
  OrmQuery *query = self->query;
  gboolean can_evaluate = _orm_query_can_evaluate (query);
  GPtrArray *unsaved = _orm_session_get_unsaved (self->session);

  for (guint i = 0; i < unsaved->len; i++)
    {
      OrmEntityPrivate *priv = _orm_entity_get_private (g_ptr_array_index (unsaved, i));

      if ((priv->dirty & _orm_query_get_related_slots (query, priv->mapper)) != 0 ||
          (!can_evaluate && _orm_query_involves (query, priv->mapper)) ||
          ((!can_evaluate || self->klass->counts_rows) && priv->mapper == query->mapper))
        return TRUE;
    }

  return FALSE;
}

/*
 * Whether uncommitted changes can be applied to a result that was read on
 * another connection. That needs a query that can be evaluated in memory, and
 * is impossible for sums, which do not say which rows are in them.
 */
static gboolean
can_apply_uncommitted (OrmFilling *self)
{
  g_autoptr (OrmWatch) watch = NULL;

  if (_orm_journal_get_length (_orm_session_get_journal (self->session)) == 0)
    return TRUE;

  watch = _orm_watch_new (self->session);
  return _orm_query_can_evaluate (self->query) && !_orm_query_is_invalidated (self->query, watch) &&
         !(self->klass->counts_rows && _orm_watch_has_changed (watch, self->query->mapper));
}

/*
 * Whether a query may take long enough to read it in the background, and can be
 * read on a second connection.
 */
static gboolean
can_read_in_worker (OrmFilling *self)
{
  OrmConnection *connection = orm_session_get_connection (self->session);

  return _orm_connection_is_file (connection) && !_orm_connection_is_small (connection) &&
         can_apply_uncommitted (self);
}

static void
set_error (OrmFilling *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->klass->notify_error (self->model);
}

/*
 * Reads in the worker. Rows that are found quickly are shown at once, so that
 * the list does not flicker.
 */
static gboolean
read_in_worker (OrmFilling *self, GError **error)
{
  gboolean has_all = FALSE;

  self->is_needed = FALSE;
  if (self->klass->read_first != NULL && !self->klass->read_first (self->model, &has_all, error))
    return FALSE;

  if (has_all)
    {
      _orm_filling_succeed (self);
      _orm_fetch_stop (self->fetch);
      return TRUE;
    }

  self->is_needed = FALSE;
  if (self->is_filled)
    _orm_filling_run_in_worker (self);
  else
    _orm_fetch_start_idle (self->fetch, self->session);
  return TRUE;
}

/*
 * Reads the model: at once if it follows a change of this program or if the
 * read is short, otherwise in the worker.
 */
void
_orm_filling_run (OrmFilling *self)
{
  g_autoptr (GObject) alive = g_object_ref (self->model);
  g_autoptr (GError) error = NULL;
  gboolean is_own = self->is_filled && !_orm_session_is_merging (self->session);
  gboolean is_read;

  if (!is_own && can_read_in_worker (self))
    is_read = read_in_worker (self, &error);
  else
    {
      self->is_needed = FALSE;
      is_read = self->klass->fetch.read (self->model, &error);
      _orm_fetch_stop (self->fetch);
    }

  if (is_read)
    return;

  self->is_needed = TRUE;
  set_error (self, error);
  _orm_session_report_failed_load (self->session, error);
}

/*
 * Reads everything in the worker.
 */
void
_orm_filling_run_in_worker (OrmFilling *self)
{
  _orm_fetch_start (self->fetch, self->session);
}

void
_orm_filling_stop (OrmFilling *self)
{
  _orm_fetch_stop (self->fetch);
}

/*
 * Reads at once if the worker is reading or the last read failed.
 *
 * Returns: %TRUE if the model is filled
 */
gboolean
_orm_filling_load (OrmFilling *self, GError **error)
{
  g_autoptr (GObject) alive = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_read;

  if (!_orm_session_check_usable (self->session, error))
    return FALSE;

  if (!_orm_fetch_is_running (self->fetch) && self->error == NULL)
    return TRUE;

  alive = g_object_ref (self->model);
  is_read = self->klass->fetch.read (self->model, &failure);
  self->is_needed |= !is_read;
  if (!is_read)
    set_error (self, failure);
  _orm_fetch_stop (self->fetch);

  if (!is_read)
    g_propagate_error (error, g_steal_pointer (&failure));
  return is_read;
}

void
_orm_filling_set_needed (OrmFilling *self, gboolean is_needed)
{
  self->is_needed = is_needed;
}

/*
 * The model now has the rows that were read.
 */
void
_orm_filling_succeed (OrmFilling *self)
{
  self->is_filled = TRUE;
  set_error (self, NULL);
}

/*
 * The worker could not read. A model that was filled before is outdated now,
 * which is reported to the session; one that was never filled has
 * only its own error.
 */
void
_orm_filling_fail (OrmFilling *self, OrmSession *session, const GError *error)
{
  self->is_needed = TRUE;
  if (self->is_filled)
    _orm_session_force_reread (session);
  set_error (self, error);
}

gboolean
_orm_filling_is_needed (OrmFilling *self)
{
  return self->is_needed;
}

gboolean
_orm_filling_is_filled (OrmFilling *self)
{
  return self->is_filled;
}

/*
 * Whether the model is being read in the worker; %FALSE if @self is %NULL.
 */
gboolean
_orm_filling_is_running (OrmFilling *self)
{
  return self != NULL && _orm_fetch_is_running (self->fetch);
}

const GError *
_orm_filling_get_error (OrmFilling *self)
{
  return self != NULL ? self->error : NULL;
}
