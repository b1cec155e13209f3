/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-session-private.h"
#include "orm-session-query.h"

/*
 * Lists that are loaded while nobody waits.
 */

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 }, again = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->food);

  fixture_watch_notify (fixture, list, "loading", "Food");
  orm_collection_load_async (list, NULL, on_answer, &answer);
  g_assert_true (orm_collection_get_loading (list));
  listener_init (&listener, list);
  g_assert_cmpuint (listener.items->len, ==, 0);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);

  g_assert_true (orm_collection_load_finish (list, wait_for (&answer), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; ");
  g_assert_false (orm_collection_get_loading (list));
  fixture_assert_ids (list, "1 2 5 6");
  fixture_assert_log (fixture, "Food loading; Food loading; ");
  listener_check (&listener);

  orm_collection_load_async (list, NULL, on_answer, &again);
  g_assert_null (again.result);
  g_assert_true (orm_collection_load_finish (list, wait_for (&again), &error));
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; ");
}

static void
test_load_nothing (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->empty);

  orm_collection_load_async (list, NULL, on_answer, &answer);
  listener_init (&listener, list);
  g_assert_true (orm_collection_load_finish (list, wait_for (&answer), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (listener.log->str, ==, "");
  g_assert_true (orm_collection_is_loaded (list));
}

static void
test_load_twice (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) first = { 0 }, second = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->food);

  fixture_watch_notify (fixture, list, "loading", "Food");
  orm_collection_load_async (list, NULL, on_answer, &first);
  orm_collection_load_async (list, NULL, on_answer, &second);
  listener_init (&listener, list);
  g_assert_true (orm_collection_load_finish (list, wait_for (&first), &error));
  g_assert_true (orm_collection_load_finish (list, wait_for (&second), &error));
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; ");
  fixture_assert_log (fixture, "Food loading; Food loading; ");
}

/*
 * Somebody cannot wait.
 */
static void
test_load_overtaken (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->food);
  Gate *gate = gate_close (fixture->session);

  orm_collection_load_async (list, NULL, on_answer, &answer);
  listener_init (&listener, list);
  g_assert_true (orm_collection_load (list, &error));
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; ");
  orm_collection_remove (list, fixture->e[2]);
  gate_open (gate);
  g_assert_true (orm_collection_load_finish (list, wait_for (&answer), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; 1-1+0; ");
  listener_check (&listener);
  orm_session_rollback (fixture->session);
}

static void
test_load_replaced (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->food);
  gpointer members[] = { fixture->e[5], fixture->e[7] };

  orm_collection_load_async (list, NULL, on_answer, &answer);
  listener_init (&listener, list);
  orm_collection_replace (list, members, 2);
  g_assert_true (orm_collection_load_finish (list, wait_for (&answer), &error));
  fixture_assert_ids (list, "5 7");
  listener_check (&listener);
  orm_session_rollback (fixture->session);
}

/*
 * Somebody read the list as empty: it does not have members without a word.
 */
static void
test_cancel_load (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) first = { 0 }, second = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  OrmCollection *list = fixture_expenses (fixture->food);

  orm_collection_load_async (list, cancellable, on_answer, &first);
  listener_init (&listener, list);
  g_cancellable_cancel (cancellable);
  g_assert_false (orm_collection_load_finish (list, wait_for (&first), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (orm_collection_get_loading (list));
  listener_check (&listener);

  orm_collection_load_async (list, NULL, on_answer, &second);
  g_assert_true (orm_collection_load_finish (list, wait_for (&second), &error));
  g_assert_cmpstr (listener.log->str, ==, "0-0+4; ");
  listener_check (&listener);
}

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "load", test_load },
  { "load-nothing", test_load_nothing },
  { "load-twice", test_load_twice },
  { "load-overtaken", test_load_overtaken },
  { "load-replaced", test_load_replaced },
  { "cancel-load", test_cancel_load },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("/orm/async/file/", cases[i].name, NULL);
      g_autofree char *memory = g_strconcat ("/orm/async/memory/", cases[i].name, NULL);

      g_test_add (file, Fixture, NULL, fixture_set_up_file, cases[i].func, async_tear_down);
      g_test_add (memory, Fixture, NULL, fixture_set_up, cases[i].func, async_tear_down);
    }

  return g_test_run ();
}
