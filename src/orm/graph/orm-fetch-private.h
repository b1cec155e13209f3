/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-watch-private.h"
#include "orm-worker-private.h"

G_BEGIN_DECLS

/* What an answer is worth. */
typedef enum
{
  ORM_FETCH_DONE,
  ORM_FETCH_AGAIN, /* too much changed since the question */
  ORM_FETCH_FAILED
} OrmFetchVerdict;

/*
 * OrmFetchClass:
 * @new_job: the question as plain buffers; %NULL if nobody wants to know it any
 *   more
 * @work: finds the answer, in the worker's thread
 * @free_job: frees question and answer
 * @take: works in what changed since, and takes the answer
 * @read: asks and takes at once, after too many answers that came too late;
 *   what else happens in the graph's thread waits for this
 * @end: is told how it ended; the error is its own
 *
 * A read in the worker for an object in the graph's thread. All but @work are
 * called there, and none once nobody has the object any more.
 */
typedef struct
{
  gpointer (*new_job) (gpointer object);
  OrmWorkFunc work;
  GDestroyNotify free_job;
  OrmFetchVerdict (*take) (gpointer object, gpointer job, OrmWatch *watch, GError **error);
  gboolean (*read) (gpointer object, GError **error);
  void (*end) (gpointer object, GError *error);
} OrmFetchClass;

void _orm_fetch_start (OrmSession *session, const OrmFetchClass *klass, gpointer object);

G_END_DECLS
