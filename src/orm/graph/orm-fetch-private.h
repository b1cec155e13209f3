/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-watch-private.h"
#include "orm-worker-private.h"

G_BEGIN_DECLS

/*
 * OrmFetch:
 *
 * Reads for an object in the worker, one read at a time, and again if another
 * read was requested meanwhile. The object owns its fetch, which does not keep
 * it alive.
 */
typedef struct _OrmFetch OrmFetch;

/* Whether a result could be used. */
typedef enum
{
  ORM_FETCH_DONE,
  ORM_FETCH_AGAIN, /* too much changed since the read was started */
  ORM_FETCH_FAILED
} OrmFetchVerdict;

/*
 * OrmFetchClass:
 * @new_job: creates the job, of plain buffers; returns %NULL if there is
 *   nothing to read any more
 * @work: reads the result, in the worker's thread
 * @free_job: frees a job and its result
 * @take: applies the changes since the job was created to the result, and uses
 *   it
 * @read: reads at once, on the session's own connection
 * @failed: called if reading failed; the session then reports the error
 * @running: (nullable): called when _orm_fetch_is_running() has changed
 *
 * All but @work are called in the session's thread, and none after the object
 * has freed its fetch.
 */
typedef struct
{
  gpointer (*new_job) (gpointer object);
  OrmWorkFunc work;
  GDestroyNotify free_job;
  OrmFetchVerdict (*take) (gpointer object, gpointer job, OrmWatch *watch, GError **error);
  gboolean (*read) (gpointer object, GError **error);
  void (*failed) (gpointer object, OrmSession *session, const GError *error);
  void (*running) (gpointer object);
} OrmFetchClass;

OrmFetch *_orm_fetch_new (const OrmFetchClass *klass, gpointer object);
void _orm_fetch_free (OrmFetch *self);
void _orm_fetch_start (OrmFetch *self, OrmSession *session);
void _orm_fetch_start_idle (OrmFetch *self, OrmSession *session);
void _orm_fetch_stop (OrmFetch *self);
gboolean _orm_fetch_is_running (OrmFetch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmFetch, _orm_fetch_free)

G_END_DECLS
