/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-query-model.h"
#include "orm-session-private.h"
#include "orm-session-query.h"

/*
 * The reads that nobody waits for: each of them, cancelled, and closed under
 * way. All run on a file, where another thread reads, and in memory, where
 * there is none.
 */

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) miss = { 0 }, hit = { 0 }, none = { 0 };
  g_autoptr (OrmEntity) expense = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  fixture_reopen (fixture);
  orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 3, NULL, on_answer, &miss);
  g_assert_null (miss.result);
  expense = orm_session_get_finish (fixture->session, wait_for (&miss), &error);
  g_assert_no_error (error);
  g_assert_true (FIXTURE_IS_EXPENSE (expense));
  g_assert_cmpint (orm_entity_get_id (expense), ==, 3);
  g_assert_cmpuint (fixture_take_count (fixture), ==, fixture->path != NULL ? 0 : 1);

  /* In memory: no statement at all, but still not at once. */
  orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 3, NULL, on_answer, &hit);
  g_assert_null (hit.result);
  again = orm_session_get_finish (fixture->session, wait_for (&hit), &error);
  g_assert_no_error (error);
  g_assert_true (again == expense);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);

  orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 99, NULL, on_answer, &none);
  g_assert_null (orm_session_get_finish (fixture->session, wait_for (&none), &error));
  g_assert_no_error (error);
}

/*
 * Who is deleted is not there, whenever that happens.
 */
static void
test_get_deleted (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) before = { 0 }, meanwhile = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FixtureExpense) expense = g_steal_pointer (&fixture->e[7]);
  Gate *gate;

  orm_session_delete (fixture->session, fixture->e[3], &error);
  orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 3, NULL, on_answer, &before);
  g_assert_null (orm_session_get_finish (fixture->session, wait_for (&before), &error));
  g_assert_no_error (error);
  orm_session_rollback (fixture->session);

  /* Read before it was deleted, and the answer comes when it has left memory. */
  g_clear_object (&expense);
  orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 7, NULL, on_answer, &meanwhile);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  expense = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 7, &error);
  orm_session_delete (fixture->session, expense, &error);
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_clear_object (&expense);
  gate_open (gate);
  g_assert_null (orm_session_get_finish (fixture->session, wait_for (&meanwhile), &error));
  g_assert_no_error (error);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_find_async (fixture->session, query, NULL, on_answer, &answer);
  found = orm_session_find_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  fixture_assert_ids (found, "7 6 5 3 2 1");
  assert_as_found (fixture, found, query);
}

/*
 * A snapshot knows the ids of what was new, and does not follow.
 */
static void
test_find_new (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("new", 100);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_find_async (fixture->session, query, NULL, on_answer, &answer);
  orm_entity_set_reference (ORM_ENTITY (expense), "user", fixture->bob);
  orm_collection_append (fixture_expenses (fixture->food), expense);
  found = orm_session_find_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  fixture_assert_ids (found, "1 2 3 5 6 7 8");
  orm_session_delete (fixture->session, fixture->e[1], &error);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 7);
  orm_session_rollback (fixture->session);
}

static void
test_prefetch (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  fixture_reopen (fixture);
  orm_query_prefetch (query, "category");
  orm_session_find_async (fixture->session, query, NULL, on_answer, &answer);
  found = orm_session_find_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  fixture_take_count (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (found, i);

      g_assert_nonnull (orm_entity_get_reference (expense, "category"));
    }
  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);
}

static void
test_observe (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Listener) listener = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GDate) date = g_date_new_dmy (4, 11, 2026);
  g_autoptr (GError) error = NULL;

  orm_session_observe_async (fixture->session, query, NULL, on_answer, &answer);
  list = orm_session_observe_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  listener_init (&listener, list);
  fixture_assert_ids (list, "7 6 5 3 2 1");

  orm_entity_set_date (ORM_ENTITY (fixture->e[7]), FIXTURE_EXPENSE_DATE, date);
  orm_session_delete (fixture->session, fixture->e[1], &error);
  fixture_assert_ids (list, "6 5 7 3 2");
  listener_check (&listener);
  assert_as_found (fixture, list, query);
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals = NULL;
  g_autoptr (GError) error = NULL;

  fixture_take_count (fixture);
  orm_session_observe_totals_async (fixture->session, query, "category", "amount", NULL, on_answer,
                                    &answer);
  totals = orm_session_observe_totals_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, 6);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (totals)), ==, 3);
  g_assert_cmpuint (fixture_take_count (fixture), ==, fixture->path != NULL ? 0 : 1);

  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 0);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125 - 5250);
}

static void
test_sum (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  guint64 n_rows;
  gint64 sum;

  orm_query_where (query, "user", ORM_EQUAL, fixture->bob);
  orm_session_sum_async (fixture->session, query, "amount", NULL, on_answer, &answer);
  g_assert_true (
    orm_session_sum_finish (fixture->session, wait_for (&answer), &sum, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 10500);
  g_assert_cmpuint (n_rows, ==, 3);
}

/*
 * As a read that is waited for would say it.
 */
static void
test_mistakes (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) path = { 0 }, sum = { 0 }, totals = { 0 };
  g_autoptr (OrmQuery) wrong = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  gint64 value;

  orm_query_where (wrong, "colour", ORM_EQUAL, "red");
  orm_session_find_async (fixture->session, wrong, NULL, on_answer, &path);
  g_assert_null (path.result);
  g_assert_null (orm_session_find_finish (fixture->session, wait_for (&path), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
  g_clear_error (&error);

  orm_session_sum_async (fixture->session, query, "price", NULL, on_answer, &sum);
  g_assert_false (orm_session_sum_finish (fixture->session, wait_for (&sum), &value, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
  g_clear_error (&error);

  orm_session_observe_totals_async (fixture->session, query, "description", "amount", NULL,
                                    on_answer, &totals);
  g_assert_null (orm_session_observe_totals_finish (fixture->session, wait_for (&totals), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
}

/*
 * What the database refuses is an error of the answer.
 */
static void
test_no_table (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;

  orm_connection_execute (fixture->connection, "DROP TABLE expenses", &error);
  g_assert_no_error (error);
  orm_session_observe_async (fixture->session, query, NULL, on_answer, &answer);
  g_assert_null (orm_session_observe_finish (fixture->session, wait_for (&answer), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
}

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

/* How often a job was really done. */
static gint n_done;

static gboolean
count_done (OrmConnection *connection, gpointer job, GError **error)
{
  g_atomic_int_inc (&n_done);
  *(GThread **) job = g_thread_self ();
  return TRUE;
}

static void
run_counted (Fixture *fixture, GCancellable *cancellable, Answer *answer)
{
  _orm_worker_run (_orm_session_ensure_worker (fixture->session), count_done, g_new0 (GThread *, 1),
                   g_free, cancellable, on_answer, answer);
}

/*
 * A job that was cancelled before its turn is not done; who asked is told at
 * once.
 */
static void
test_cancel_before (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) early = { 0 }, late = { 0 }, other = { 0 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new (), cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree gpointer job = NULL;
  Gate *gate = gate_close (fixture->session);

  g_atomic_int_set (&n_done, 0);
  g_cancellable_cancel (cancelled);
  run_counted (fixture, cancelled, &early);
  run_counted (fixture, cancellable, &late);
  g_cancellable_cancel (cancellable);
  run_counted (fixture, NULL, &other);
  g_assert_null (_orm_worker_run_finish (wait_for (&early), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (_orm_worker_run_finish (wait_for (&late), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  gate_open (gate);
  job = _orm_worker_run_finish (wait_for (&other), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&n_done), ==, 1);
}

typedef struct
{
  Answer get, find, observe, totals, sum, load;
} Answers;

static void
ask_all (Fixture *fixture, OrmQuery *query, GCancellable *cancellable, Answers *answers)
{
  OrmSession *session = fixture->session;

  g_clear_object (&fixture->e[1]);
  orm_session_get_async (session, FIXTURE_TYPE_EXPENSE, 1, cancellable, on_answer, &answers->get);
  orm_session_find_async (session, query, cancellable, on_answer, &answers->find);
  orm_session_observe_async (session, query, cancellable, on_answer, &answers->observe);
  orm_session_observe_totals_async (session, query, "category", "amount", cancellable, on_answer,
                                    &answers->totals);
  orm_session_sum_async (session, query, "amount", cancellable, on_answer, &answers->sum);
  orm_collection_load_async (fixture_expenses (fixture->food), cancellable, on_answer,
                             &answers->load);
}

static void
check_all (Fixture *fixture, Answers *answers, GQuark domain, int code)
{
  OrmSession *session = fixture->session;
  GError *errors[6] = { NULL };
  gint64 sum;

  g_assert_null (orm_session_get_finish (session, wait_for (&answers->get), &errors[0]));
  g_assert_null (orm_session_find_finish (session, wait_for (&answers->find), &errors[1]));
  g_assert_null (orm_session_observe_finish (session, wait_for (&answers->observe), &errors[2]));
  g_assert_null (
    orm_session_observe_totals_finish (session, wait_for (&answers->totals), &errors[3]));
  g_assert_false (
    orm_session_sum_finish (session, wait_for (&answers->sum), &sum, NULL, &errors[4]));
  g_assert_false (orm_collection_load_finish (fixture_expenses (fixture->food),
                                              wait_for (&answers->load), &errors[5]));

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_assert_error (errors[i], domain, code);
      g_error_free (errors[i]);
    }

  answer_clear (&answers->get);
  answer_clear (&answers->find);
  answer_clear (&answers->observe);
  answer_clear (&answers->totals);
  answer_clear (&answers->sum);
  answer_clear (&answers->load);
}

static void
test_cancel_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answers answers = { 0 };
  Gate *gate = gate_close (fixture->session);

  ask_all (fixture, query, cancellable, &answers);
  g_cancellable_cancel (cancellable);
  check_all (fixture, &answers, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gate_open (gate);

  /* Nobody read the list while it was being loaded: it loads as ever. */
  fixture_assert_ids (fixture_expenses (fixture->food), "1 2 5 6");
}

/*
 * The worker is in the middle of it: the answer does not wait for that.
 */
static void
test_cancel_during (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answers answers = { 0 };
  Gate *gate;

  ask_all (fixture, query, cancellable, &answers);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  g_cancellable_cancel (cancellable);
  check_all (fixture, &answers, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gate_open (gate);
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

static void
test_close_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  Answers answers = { 0 };

  ask_all (fixture, query, NULL, &answers);
  orm_session_close (fixture->session);
  check_all (fixture, &answers, ORM_ERROR, ORM_ERROR_DETACHED);
}

/*
 * Everything was read, but nobody was told yet.
 */
static void
test_close_after (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  Answers answers = { 0 };
  Gate *gate;

  ask_all (fixture, query, NULL, &answers);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  gate_open (gate);
  orm_session_close (fixture->session);
  check_all (fixture, &answers, ORM_ERROR, ORM_ERROR_DETACHED);

  /* And afterwards there is nobody to ask. */
  ask_all (fixture, query, NULL, &answers);
  check_all (fixture, &answers, ORM_ERROR, ORM_ERROR_DETACHED);
}

/* How many jobs are being done. */
static gint n_inside;

static gboolean
take_time (OrmConnection *connection, gpointer job, GError **error)
{
  g_atomic_int_inc (&n_inside);
  g_usleep (50000);
  g_atomic_int_add (&n_inside, -1);
  return TRUE;
}

/*
 * The job that is being done is waited for.
 */
static void
test_close_waits (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autofree gpointer job = NULL;

  _orm_worker_run (_orm_session_ensure_worker (fixture->session), take_time, g_malloc (1), g_free,
                   NULL, on_answer, &answer);
  while (fixture->path != NULL && g_atomic_int_get (&n_inside) == 0)
    g_thread_yield ();

  orm_session_close (fixture->session);
  g_assert_cmpint (g_atomic_int_get (&n_inside), ==, 0);
  job = _orm_worker_run_finish (wait_for (&answer), NULL);
  g_assert_true ((job != NULL) == (fixture->path != NULL));
}

/*
 * Who asked lets go of everything: the answer comes all the same, and nothing
 * is kept after it.
 */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 }, found = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  OrmSession *session = fixture->session;
  FixtureCategory *food;
  Gate *gate;

  fixture_reopen (fixture);
  session = fixture->session;
  food = orm_session_get (session, FIXTURE_TYPE_CATEGORY, 1, &error);
  g_object_add_weak_pointer (G_OBJECT (food), (gpointer *) &food);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);

  gate = gate_close (session);
  orm_collection_load_async (fixture_expenses (food), NULL, on_answer, &answer);
  orm_session_observe_async (session, query, NULL, on_answer, &found);
  g_object_unref (food);
  g_clear_object (&fixture->session);
  gate_open (gate);

  wait_for (&answer);
  wait_for (&found);
  answer_clear (&answer);
  answer_clear (&found);
  drain ();
  g_assert_null (food);
  g_assert_null (session);

  fixture->session = orm_session_new (fixture->connection, FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY,
                                      FIXTURE_TYPE_EXPENSE, G_TYPE_INVALID);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  Answer answers[9] = { { 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (i % 3 == 0)
      orm_session_sum_async (fixture->session, query, "amount", NULL, on_answer, &answers[i]);
    else if (i % 3 == 1)
      orm_session_find_async (fixture->session, query, NULL, on_answer, &answers[i]);
    else
      orm_session_get_async (fixture->session, FIXTURE_TYPE_EXPENSE, 90 + i, NULL, on_answer,
                             &answers[i]);

  wait_for (&answers[8]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_cmpuint (answers[i].n_calls, ==, 1);
      g_assert_cmpuint (answers[i].turn, ==, answers[0].turn + i);
      answer_clear (&answers[i]);
    }
}

/*
 * The answer comes to the context that asked.
 */
static void
test_context (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_auto (Answer) answer = { 0 };

  g_main_context_push_thread_default (context);
  orm_session_find_async (fixture->session, query, NULL, on_answer, &answer);
  drain ();
  g_assert_null (answer.result);
  while (answer.result == NULL)
    g_main_context_iteration (context, TRUE);
  answer_clear (&answer);
  g_main_context_pop_thread_default (context);
}

static gboolean
try_to_write (OrmConnection *connection, gpointer job, GError **error)
{
  *(GThread **) job = g_thread_self ();
  return orm_connection_execute (connection, "DELETE FROM expenses", error);
}

/*
 * One thread for all jobs, whose connection only reads.
 */
static void
test_worker (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) first = { 0 }, second = { 0 }, writing = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree GThread **a = NULL, **b = NULL;

  run_counted (fixture, NULL, &first);
  run_counted (fixture, NULL, &second);
  a = _orm_worker_run_finish (wait_for (&first), &error);
  b = _orm_worker_run_finish (wait_for (&second), &error);
  g_assert_no_error (error);
  g_assert_true (*a == *b);
  g_assert_true ((*a == g_thread_self ()) == (fixture->path == NULL));

  if (fixture->path == NULL)
    return;

  _orm_worker_run (_orm_session_ensure_worker (fixture->session), try_to_write,
                   g_new0 (GThread *, 1), g_free, NULL, on_answer, &writing);
  g_assert_null (_orm_worker_run_finish (wait_for (&writing), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
}

/*
 * The session's own connection is not asked while a long list is opened.
 */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) answer = { 0 }, loaded = { 0 }, summed = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rows = 300000;

  add_many_rows (fixture, n_rows);
  orm_session_observe_async (fixture->session, query, NULL, on_answer, &answer);
  orm_collection_load_async (fixture_expenses (fixture->empty), NULL, on_answer, &loaded);
  orm_session_sum_async (fixture->session, query, "amount", NULL, on_answer, &summed);
  wait_for (&summed);
  g_assert_cmpuint (fixture_take_count (fixture), ==, fixture->path != NULL ? 0 : 3);

  list = orm_session_observe_finish (fixture->session, wait_for (&answer), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n_rows + 6);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (fixture->empty))), ==,
                    n_rows);
  g_assert_cmpuint (fixture_take_count (fixture), ==, 0);
  assert_as_found (fixture, list, query);
}

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "get", test_get },
  { "get-deleted", test_get_deleted },
  { "find", test_find },
  { "find-new", test_find_new },
  { "prefetch", test_prefetch },
  { "observe", test_observe },
  { "totals", test_totals },
  { "sum", test_sum },
  { "mistakes", test_mistakes },
  { "no-table", test_no_table },
  { "load", test_load },
  { "load-nothing", test_load_nothing },
  { "load-twice", test_load_twice },
  { "load-overtaken", test_load_overtaken },
  { "load-replaced", test_load_replaced },
  { "cancel-before", test_cancel_before },
  { "cancel-all", test_cancel_all },
  { "cancel-during", test_cancel_during },
  { "cancel-load", test_cancel_load },
  { "close-before", test_close_before },
  { "close-after", test_close_after },
  { "close-waits", test_close_waits },
  { "let-go", test_let_go },
  { "order", test_order },
  { "context", test_context },
  { "worker", test_worker },
  { "long", test_long },
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
