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
 * A thread that reads on a connection of its own. A job is a plain buffer for
 * the request and its result. It belongs to the thread from _orm_worker_run()
 * until the callback, and contains no object of the graph.
 */
typedef struct _OrmWorker OrmWorker;

/* Runs in the worker's thread and stores its result in the job. */
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
