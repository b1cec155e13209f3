/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-query-model.h"
#include "orm-reread-private.h"
#include "orm-session-private.h"
#include "orm-session-query.h"

static guint n_answers;

void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->result);
  answer->n_calls = 0;
}

void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  g_assert_cmpuint (answer->n_calls, ==, 0);
  answer->result = g_object_ref (result);
  answer->n_calls++;
  answer->turn = ++n_answers;
}

GAsyncResult *
wait_for (Answer *answer)
{
  while (answer->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return answer->result;
}

void
wait_for_list (GListModel *list)
{
  while (orm_query_model_get_loading (ORM_QUERY_MODEL (list)))
    g_main_context_iteration (NULL, TRUE);
}

void
wait_for_totals (OrmTotals *totals)
{
  while (orm_totals_get_loading (totals))
    g_main_context_iteration (NULL, TRUE);
}

void
wait_for_collection (OrmCollection *list)
{
  while (_orm_reread_is_running (list))
    g_main_context_iteration (NULL, TRUE);
}

void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Only atomic numbers, because ThreadSanitizer understands them. */
struct _Gate
{
  gint ref_count;
  gint is_reached;
  gint is_open;
};

static void
gate_unref (gpointer data)
{
  Gate *gate = data;

  if (g_atomic_int_dec_and_test (&gate->ref_count))
    g_free (gate);
}

static void
wait_until (gint *condition)
{
  while (!g_atomic_int_get (condition))
    g_usleep (100);
}

static gboolean
wait_at_gate (OrmConnection *connection, gpointer job, GError **error)
{
  Gate *gate = job;

  g_atomic_int_set (&gate->is_reached, TRUE);
  wait_until (&gate->is_open);
  return TRUE;
}

static void
on_gate_passed (GObject *source, GAsyncResult *result, gpointer data)
{
  Gate *gate = _orm_worker_run_finish (result, NULL);

  g_clear_pointer (&gate, gate_unref);
}

/*
 * Makes all later reads in the worker wait until the gate is opened.
 */
Gate *
gate_close (OrmSession *session)
{
  Gate *gate;

  if (!_orm_connection_is_file (orm_session_get_connection (session)))
    return NULL;

  gate = g_new0 (Gate, 1);
  gate->ref_count = 2;
  _orm_worker_run (_orm_session_ensure_worker (session), wait_at_gate, gate, gate_unref, NULL,
                   on_gate_passed, NULL);
  return gate;
}

/*
 * Waits until the worker has done the jobs before the gate.
 */
void
gate_wait (Gate *gate)
{
  if (gate != NULL)
    wait_until (&gate->is_reached);
}

void
gate_open (Gate *gate)
{
  if (gate == NULL)
    return;

  g_atomic_int_set (&gate->is_open, TRUE);
  gate_unref (gate);
}

/*
 * Closes the session first, so that its thread has ended and every result is
 * queued.
 */
void
async_tear_down (Fixture *fixture, gconstpointer data)
{
  drain ();
  orm_session_close (fixture->session);
  drain ();
  fixture_tear_down (fixture, data);
  drain ();
}

/*
 * Lists of a small database are read synchronously, so mark this one as large.
 */
void
make_big (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_connection_begin (fixture->connection, &error));
  orm_connection_execute (fixture->connection, "CREATE TABLE IF NOT EXISTS padding (bytes)",
                          &error);
  g_assert_no_error (error);
  orm_connection_execute (fixture->connection, "INSERT INTO padding VALUES (zeroblob(2000000))",
                          &error);
  g_assert_no_error (error);
  g_assert_true (orm_connection_commit (fixture->connection, &error));
  fixture_take_count (fixture);
}

/*
 * Adds expenses of Alice's, three a day, the last of them in "Empty".
 */
void
add_many_rows (Fixture *fixture, guint n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO expenses (id, user_id, category_id, description, amount, date) "
    "SELECT 1000 + i, 1, 4, 'note ' || (i * 7919 %% 1000), i * 31 %% 977, "
    "date('2001-01-01', (i / 3) || ' days') FROM "
    "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
    "SELECT i FROM n)",
    n_rows);

  g_assert_true (orm_connection_begin (fixture->connection, &error));
  orm_connection_execute (fixture->connection, sql, &error);
  g_assert_no_error (error);
  g_assert_true (orm_connection_commit (fixture->connection, &error));
  make_big (fixture);
}

OrmQuery *
new_query_by_date (void)
{
  OrmQuery *query = orm_query_new (FIXTURE_TYPE_EXPENSE);

  orm_query_order_by (query, "date", ORM_DESCENDING);
  return orm_query_order_by (query, "id", ORM_DESCENDING);
}

/*
 * Checks that a list equals a new query of the database.
 */
void
assert_as_found (Fixture *fixture, GListModel *list, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = NULL;
  guint n;

  g_assert_true (orm_session_flush (fixture->session, &error));
  g_assert_no_error (error);
  found = orm_session_find (fixture->session, query, &error);
  g_assert_no_error (error);

  n = g_list_model_get_n_items (found);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (orm_query_model_get_id (ORM_QUERY_MODEL (list), i), ==,
                     orm_query_model_get_id (ORM_QUERY_MODEL (found), i));
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Listener *listener = data;

  g_string_append_printf (listener->log, "%u-%u+%u; ", position, removed, added);
  g_assert_cmpuint (position + removed, <=, listener->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (listener->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (listener->items, (gint) (position + i),
                        g_list_model_get_item (list, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, listener->items->len);
}

void
listener_init (Listener *listener, gpointer list)
{
  listener->list = g_object_ref (list);
  listener->items = g_ptr_array_new_with_free_func (g_object_unref);
  listener->log = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (listener->items, g_list_model_get_item (list, i));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), listener);
}

void
listener_check (Listener *listener)
{
  g_assert_cmpuint (g_list_model_get_n_items (listener->list), ==, listener->items->len);
  for (guint i = 0; i < listener->items->len; i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (listener->list, i);

      g_assert_true (item == g_ptr_array_index (listener->items, i));
    }
}

void
listener_clear (Listener *listener)
{
  if (listener->list == NULL)
    return;

  g_signal_handlers_disconnect_by_data (listener->list, listener);
  g_clear_object (&listener->list);
  g_ptr_array_unref (listener->items);
  g_string_free (listener->log, TRUE);
}

/*
 * Returns a live query that was created without an error.
 */
GListModel *
fixture_observe (Fixture *fixture, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_observe (fixture->session, query, &error);

  g_assert_no_error (error);
  return list;
}
