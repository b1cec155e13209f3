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
 * one was asked for meanwhile. The object owns its fetch and does not have to
 * live for the answer.
 */
typedef struct _OrmFetch OrmFetch;

/* What an answer is worth. */
typedef enum
{
  ORM_FETCH_DONE,
  ORM_FETCH_AGAIN, /* too much changed since the question */
  ORM_FETCH_FAILED
} OrmFetchVerdict;

/*
 * OrmFetchClass:
 * @new_job: the question as plain buffers; %NULL if it has no answer any more
 * @work: finds the answer, in the worker's thread
 * @free_job: frees question and answer
 * @take: works in what changed since the question, and takes the answer
 * @read: asks and takes at once, on the session's own connection
 * @failed: the object stays as it is, because of an error that the session
 *   reports
 * @running: (nullable): _orm_fetch_is_running() is another one now
 *
 * All but @work are called in the graph's thread, and none once the object has
 * freed its fetch.
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
