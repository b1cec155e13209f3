/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-connection-private.h"

static void
open_in_thread (GTask *task, gpointer source, gpointer uri, GCancellable *cancellable)
{
  GError *error = NULL;
  OrmConnection *connection;

  if (g_task_return_error_if_cancelled (task))
    return;

  connection = orm_connection_open (uri, &error);
  if (connection != NULL)
    g_task_return_pointer (task, connection, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * orm_connection_open_async:
 * @uri: `sqlite:` and a path, or `sqlite::memory:`
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open, or cannot be opened
 * @user_data: for @callback
 *
 * As orm_connection_open(), in another thread: a database on a slow disk, or
 * one that another program has locked, lets a program wait.
 */
void
orm_connection_open_async (const char *uri,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (uri != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, orm_connection_open_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * orm_connection_open_finish:
 * @result: what the callback was called with
 * @error: return location for an #OrmError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the connection, for the thread that asked, or %NULL
 */
OrmConnection *
orm_connection_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, orm_connection_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
