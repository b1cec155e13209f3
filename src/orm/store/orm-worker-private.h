/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-connection-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * OrmWorker:
 *
 * One thread with a connection of its own that only reads. It is asked by plain
 * buffers and answers by them: a job is its thread's from _orm_worker_run()
 * until the answer, and no object of the graph is in it.
 */
typedef struct _OrmWorker OrmWorker;

/* Runs in the worker's thread; what it finds goes into the job. */
typedef gboolean (*OrmWorkFunc) (OrmConnection *connection, gpointer job, GError **error);

OrmWorker *_orm_worker_new (OrmConnection *connection);
void _orm_worker_close (OrmWorker *self);
void _orm_worker_run (OrmWorker *self,
                      OrmWorkFunc func,
                      gpointer job,
                      GDestroyNotify free_job,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
gpointer _orm_worker_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
