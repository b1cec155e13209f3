/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-collection-private.h"
#include "orm-query-model-private.h"
#include "orm-reread-private.h"
#include "orm-session-query.h"
#include "orm-totals-private.h"

/*
 * Changes, here and by another program, while the worker reads. If the random
 * test fails, --seed= with the printed seed repeats it.
 */

static OrmTotals *
observe_totals (Fixture *fixture, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  OrmTotals *totals =
    orm_session_observe_totals (fixture->session, query, "user", "amount", &error);

  g_assert_no_error (error);
  return totals;
}

static void
reread (GListModel *list)
{
  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
}

static FixtureExpense *
add_expense (Fixture *fixture, gint64 amount)
{
  FixtureExpense *expense = fixture_new_expense ("new", amount);
  g_autoptr (GDate) date = g_date_new_dmy (4, 11, 2026);

  orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
  orm_entity_set_reference (ORM_ENTITY (expense), "user", fixture->alice);
  orm_entity_set_reference (ORM_ENTITY (expense), "category", fixture->food);
  g_assert_true (orm_session_add (fixture->session, expense, NULL));
  return expense;
}

static void
commit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (fixture->session, &error);
  g_assert_no_error (error);
}

static void
set_day (FixtureExpense *expense, GDateDay day)
{
  g_autoptr (GDate) date = g_date_new_dmy (day, 11, 2026);

  orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
}

/*
 * The worker does not see uncommitted changes.
 */
static void
test_uncommitted (Fixture *fixture, gconstpointer data)
{
  g_auto (Listener) listener = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (FixtureExpense) expense = add_expense (fixture, 100);
  g_autoptr (GListModel) list = NULL;
  OrmCollection *food = fixture_expenses (fixture->food);

  orm_session_delete (fixture->session, fixture->e[5], NULL);
  set_day (fixture->e[1], 9);
  orm_session_flush (fixture->session, NULL);
  fixture_move (fixture->e[7], fixture->food);
  list = fixture_observe (fixture, query);
  listener_init (&listener, food);
  reread (list);
  _orm_reread_start (food);
  wait_for_list (list);
  wait_for_collection (food);
  fixture_assert_ids (list, "1 7 6 8 3 2");
  assert_as_found (fixture, list, query);
  fixture_assert_ids (food, "1 2 6 7 8");
  listener_check (&listener);
  orm_session_rollback (fixture->session);
  fixture_assert_ids (list, "7 6 5 3 2 1");
  assert_as_found (fixture, list, query);
}

typedef enum
{
  READS_BEFORE, /* what changes */
  READS_AFTER
} Moment;

/*
 * Reads a list again and calls @change before or after the worker has read.
 */
static GListModel *
reread_while (Fixture *fixture, OrmQuery *query, Moment moment, void (*change) (Fixture *fixture))
{
  GListModel *list = fixture_observe (fixture, query);
  Gate *gate = moment == READS_AFTER ? gate_close (fixture->session) : NULL;

  reread (list);
  if (moment == READS_BEFORE)
    {
      gate = gate_close (fixture->session);
      gate_wait (gate);
    }

  change (fixture);
  gate_open (gate);
  wait_for_list (list);
  return list;
}

static void
check_while (Fixture *fixture, void (*change) (Fixture *fixture), const char *ids)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autoptr (OrmQuery) query = new_query_by_date ();
      g_autoptr (GListModel) list = reread_while (fixture, query, moment, change);

      fixture_assert_ids (list, ids);
      assert_as_found (fixture, list, query);
      orm_session_rollback (fixture->session);
      assert_as_found (fixture, list, query);
    }
}

static void
edit_without_commit (Fixture *fixture)
{
  set_day (fixture->e[1], 9);
  orm_session_delete (fixture->session, fixture->e[6], NULL);
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  check_while (fixture, edit_without_commit, "1 7 5 3 2");
}

static void
edit_and_commit (Fixture *fixture)
{
  g_autoptr (FixtureExpense) expense = add_expense (fixture, 100);

  set_day (fixture->e[1], 9);
  commit (fixture);
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) first = NULL, second = NULL;

  first = reread_while (fixture, query, READS_BEFORE, edit_and_commit);
  fixture_assert_ids (first, "1 7 6 5 8 3 2");
  second = reread_while (fixture, query, READS_AFTER, edit_and_commit);
  fixture_assert_ids (second, "1 7 6 5 9 8 3 2");
  fixture_assert_ids (first, "1 7 6 5 9 8 3 2");
  assert_as_found (fixture, second, query);
}

static void
edit_and_roll_back (Fixture *fixture)
{
  g_autoptr (FixtureExpense) expense = add_expense (fixture, 100);

  edit_without_commit (fixture);
  orm_session_flush (fixture->session, NULL);
  orm_session_rollback (fixture->session);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  check_while (fixture, edit_and_roll_back, "7 6 5 3 2 1");
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  orm_session_undo (fixture->session, &error);
  g_assert_no_error (error);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();

  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autoptr (GListModel) list = NULL;
      g_autoptr (FixtureExpense) expense =
        orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 6, NULL);

      set_day (fixture->e[1], 9);
      orm_session_delete (fixture->session, expense, NULL);
      commit (fixture);
      g_clear_object (&fixture->e[6]);
      list = reread_while (fixture, query, moment, undo);
      fixture_assert_ids (list, "7 6 5 3 2 1");
      assert_as_found (fixture, list, query);
    }
}

/*
 * A result arrives while a group is open: changes that the group has not
 * emitted yet are in the result, once.
 */
static void
test_group (Fixture *fixture, gconstpointer data)
{
  g_auto (Listener) listener = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (FixtureExpense) expense = NULL, other = NULL;
  g_autoptr (GListModel) list = fixture_observe (fixture, query);

  reread (list);
  listener_init (&listener, list);
  orm_session_begin_group (fixture->session, NULL);
  expense = add_expense (fixture, 100);
  wait_for_list (list);
  other = add_expense (fixture, 200);
  orm_session_delete (fixture->session, fixture->e[1], NULL);
  orm_session_end_group (fixture->session);
  listener_check (&listener);
  fixture_assert_ids (list, "7 6 5 ? ? 3 2");
  assert_as_found (fixture, list, query);
}

static void
rename_category (Fixture *fixture)
{
  orm_entity_set_text (ORM_ENTITY (fixture->food), FIXTURE_CATEGORY_NAME, "Meals");
}

/*
 * A row that the query's path leads over changes: all rows behind it may be
 * affected.
 */
static void
test_related_row_changes (Fixture *fixture, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) list = NULL;

      orm_query_where (query, "category.name", ORM_EQUAL, "Meals");
      list = reread_while (fixture, query, moment, rename_category);
      fixture_assert_ids (list, "1 2 5 6");
      orm_session_rollback (fixture->session);
      fixture_assert_ids (list, "");
    }
}

static void
make_cheap (Fixture *fixture)
{
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 1);
}

/*
 * The owner that the query compares with gets its row meanwhile.
 */
static void
test_new_owner (Fixture *fixture, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autofree char *name = g_strdup_printf ("New %u", moment);
      g_autoptr (FixtureCategory) category =
        g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL);
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) list = NULL;
      g_autoptr (OrmTotals) totals = NULL;
      Gate *gate = moment == READS_AFTER ? gate_close (fixture->session) : NULL;

      orm_session_set_autoflush (fixture->session, FALSE);
      g_assert_true (orm_session_add (fixture->session, category, NULL));
      fixture_move (fixture->e[3], category);
      orm_query_where (query, "category", ORM_EQUAL, category);
      list = fixture_observe (fixture, query);
      totals = observe_totals (fixture, query);
      reread (list);
      _orm_totals_reread_async (totals);
      if (moment == READS_BEFORE)
        {
          gate = gate_close (fixture->session);
          gate_wait (gate);
        }
      commit (fixture);
      gate_open (gate);

      wait_for_list (list);
      wait_for_totals (totals);
      fixture_assert_ids (list, "3");
      g_assert_cmpint (orm_totals_get_sum (totals), ==, 4500);
      fixture_move (fixture->e[7], category);
      fixture_assert_ids (list, "3 7");
      orm_session_rollback (fixture->session);
    }

  orm_session_set_autoflush (fixture->session, TRUE);
}

/*
 * Unflushed changes: the list is right once they are flushed.
 */
static void
test_unflushed (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (OrmQuery) all = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) list = NULL;
      g_autoptr (OrmTotals) totals = NULL;

      orm_session_set_autoflush (fixture->session, FALSE);
      orm_query_where (query, "category.name", ORM_EQUAL, "Meals");
      rename_category (fixture);
      make_cheap (fixture);
      list = fixture_observe (fixture, query);
      totals = observe_totals (fixture, all);

      if (i == 1)
        {
          reread (list);
          _orm_totals_reread_async (totals);
          wait_for_list (list);
          wait_for_totals (totals);
        }

      orm_session_flush (fixture->session, NULL);
      fixture_assert_ids (list, "1 2 5 6");
      g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125 - 5249);
      orm_session_rollback (fixture->session);
      fixture_assert_ids (list, "");
      g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125);
    }

  orm_session_set_autoflush (fixture->session, TRUE);
}

/*
 * The entities in memory do not tell which row comes next into a list of
 * three.
 */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (GListModel) list = NULL;

      orm_query_order_by (query, "amount", ORM_DESCENDING);
      orm_query_limit (query, 3, 0);
      list = reread_while (fixture, query, moment, make_cheap);
      fixture_assert_ids (list, "7 3 6");
      orm_session_rollback (fixture->session);
      fixture_assert_ids (list, "1 7 3");
    }
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
      g_autoptr (OrmTotals) totals = observe_totals (fixture, query);
      Gate *gate = i % 2 == 0 ? gate_close (fixture->session) : NULL;

      /* Before the read is started, or between that and its result. */
      if (i < 2)
        make_cheap (fixture);
      _orm_totals_reread_async (totals);
      if (i % 2 == 1)
        {
          gate = gate_close (fixture->session);
          gate_wait (gate);
        }
      if (i >= 2)
        make_cheap (fixture);
      gate_open (gate);

      wait_for_totals (totals);
      g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125 - 5249);
      orm_session_rollback (fixture->session);
      g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125);
    }
}

/*
 * Members are added and removed, and one of those added is removed again
 * before the list was read.
 */
static void
test_members (Fixture *fixture, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_auto (Listener) listener = { 0 };
      g_autoptr (FixtureExpense) expense = NULL, gone = NULL;
      g_autoptr (GError) error = NULL;
      OrmCollection *food;
      Gate *gate;

      fixture_reopen (fixture);
      fixture_load_objects (fixture);
      food = fixture_expenses (fixture->food);
      listener_init (&listener, food);
      gate = moment == READS_AFTER ? gate_close (fixture->session) : NULL;
      _orm_reread_start (food);
      if (moment == READS_BEFORE)
        {
          gate = gate_close (fixture->session);
          gate_wait (gate);
        }

      expense = add_expense (fixture, 1);
      gone = add_expense (fixture, 2);
      fixture_move (fixture->e[3], fixture->food);
      fixture_move (fixture->e[2], fixture->empty);
      orm_session_delete (fixture->session, gone, &error);
      orm_session_delete (fixture->session, fixture->e[6], &error);
      g_assert_no_error (error);
      if (moment == READS_AFTER)
        commit (fixture);
      g_string_truncate (listener.log, 0);
      gate_open (gate);

      wait_for_collection (food);
      fixture_assert_ids (food, moment == READS_AFTER ? "1 5 8 3" : "1 5 ? 3");
      g_assert_cmpstr (listener.log->str, ==, "");
      listener_check (&listener);
      orm_session_rollback (fixture->session);
      listener_check (&listener);
      fixture_assert_ids (food, moment == READS_AFTER ? "1 5 8 3" : "1 2 5 6");
    }
}

/*
 * The owner is deleted while its members are being read.
 */
static void
test_owner_deleted (Fixture *fixture, gconstpointer data)
{
  g_auto (Listener) listener = { 0 };
  g_autoptr (GError) error = NULL;
  OrmCollection *food = fixture_expenses (fixture->food);

  listener_init (&listener, food);
  _orm_reread_start (food);
  orm_session_delete (fixture->session, fixture->food, &error);
  g_assert_no_error (error);
  commit (fixture);
  wait_for_collection (food);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (food)), ==, 0);
  listener_check (&listener);
}

/*
 * Another program writes, and the session has or has not merged that yet.
 */
static void
elsewhere (Fixture *fixture, const char *sql)
{
  if (fixture->path != NULL)
    fixture_elsewhere (fixture, sql);
  else
    orm_connection_execute (fixture->connection, sql, NULL);
}

static void
merge (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* A database in memory has no other program, but a refresh has the same effect. */
  if (fixture->path != NULL)
    orm_session_merge (fixture->session, NULL, &error);
  else
    orm_session_refresh (fixture->session, NULL, &error);
  g_assert_no_error (error);
}

static const char *const news[] = {
  "INSERT INTO expenses (id, user_id, category_id, description, amount, date) VALUES "
  "(20, 1, 1, 'theirs', 7, '2026-11-04')",
  "DELETE FROM expenses WHERE id = 2",
};

/*
 * What another program commits while the worker reads is not missed.
 */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = fixture_observe (fixture, query);
  g_autoptr (OrmTotals) totals = observe_totals (fixture, query);
  OrmCollection *food = fixture_expenses (fixture->food);
  Gate *gate;

  g_clear_object (&fixture->e[2]);
  fixture_assert_ids (food, "1 2 5 6");
  reread (list);
  _orm_totals_reread_async (totals);
  _orm_reread_start (food);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  elsewhere (fixture, news[0]);
  elsewhere (fixture, news[1]);
  merge (fixture);
  gate_open (gate);

  wait_for_list (list);
  wait_for_totals (totals);
  wait_for_collection (food);
  fixture_assert_ids (list, "7 6 5 20 3 1");
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22125 + 7 - 1875);
  fixture_assert_ids (food, "1 5 6 20");
}

/*
 * After a list is read again, it still has the unsaved changes.
 */
static void
test_reread (Fixture *fixture, gconstpointer data)
{
  g_auto (Listener) listener = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (FixtureExpense) expense = NULL;
  g_autoptr (GListModel) list = orm_session_observe (fixture->session, query, NULL);
  Gate *gate;

  g_clear_object (&fixture->e[2]);
  fixture_assert_ids (list, "7 6 5 3 2 1");
  listener_init (&listener, list);
  elsewhere (fixture, news[0]);
  elsewhere (fixture, news[1]);
  set_day (fixture->e[1], 9);
  g_string_truncate (listener.log, 0);

  fixture_take_count (fixture);
  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
  g_assert_true (orm_query_model_get_loading (ORM_QUERY_MODEL (list)));
  gate = gate_close (fixture->session);
  gate_wait (gate);
  expense = add_expense (fixture, 3);
  set_day (fixture->e[6], 8);
  gate_open (gate);
  g_assert_cmpstr (listener.log->str, ==, "4-0+1; 2-1+0; 1-0+1; ");
  g_string_truncate (listener.log, 0);

  wait_for_list (list);
  /* The row of the entity, which the handler reads. */
  if (fixture->path != NULL)
    g_assert_cmpuint (fixture_take_count (fixture), ==, 1);
  fixture_assert_ids (list, "1 6 7 5 ? 20 3");
  g_assert_cmpstr (listener.log->str, ==, "5-0+1; 7-1+0; ");
  listener_check (&listener);
  assert_as_found (fixture, list, query);
}

/*
 * Changes within a group are emitted once, at its end.
 */
static void
test_reread_in_group (Fixture *fixture, gconstpointer data)
{
  g_auto (Listener) listener = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date (), all = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (FixtureExpense) expense = NULL;
  g_autoptr (GListModel) list = orm_session_observe (fixture->session, query, NULL);
  g_autoptr (OrmTotals) totals =
    orm_session_observe_totals (fixture->session, all, "user", "amount", NULL);

  listener_init (&listener, list);
  orm_session_begin_group (fixture->session, NULL);
  expense = add_expense (fixture, 3);
  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
  _orm_totals_reread_async (totals);
  wait_for_list (list);
  wait_for_totals (totals);
  orm_session_end_group (fixture->session);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 7);
  listener_check (&listener);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22128);
  assert_as_found (fixture, list, query);
}

static void
test_reread_totals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals =
    orm_session_observe_totals (fixture->session, query, "user", "amount", NULL);

  elsewhere (fixture, news[0]);
  _orm_totals_reread_async (totals);
  _orm_totals_reread_async (totals);
  wait_for_totals (totals);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22132);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, 7);

  elsewhere (fixture, news[1]);
  _orm_totals_reread_async (totals);
  make_cheap (fixture);
  wait_for_totals (totals);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 22132 - 5249 - 1875);
}

/*
 * A read does not keep a list alive that nobody else holds.
 */
static void
test_reread_released (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  GListModel *list = orm_session_observe (fixture->session, query, NULL);
  OrmTotals *totals = orm_session_observe_totals (fixture->session, query, "user", "amount", NULL);
  Gate *gate = gate_close (fixture->session);

  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
  _orm_totals_reread_async (totals);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_add_weak_pointer (G_OBJECT (totals), (gpointer *) &totals);
  g_object_unref (list);
  g_object_unref (totals);
  g_assert_null (list);
  g_assert_null (totals);
  gate_open (gate);
}

/*
 * The session is closed before the worker has read, or before the result has
 * arrived.
 */
static void
test_reread_closed (Fixture *fixture, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment <= READS_AFTER; moment++)
    {
      g_autoptr (OrmQuery) query = new_query_by_date ();
      g_autoptr (GListModel) list = NULL;
      g_autoptr (OrmTotals) totals = NULL;
      g_autoptr (OrmCollection) food = NULL;
      Gate *gate = NULL;

      fixture_reopen (fixture);
      fixture_load_objects (fixture);
      list = fixture_observe (fixture, query);
      totals = observe_totals (fixture, query);
      food = g_object_ref (fixture_expenses (fixture->food));
      fixture_assert_ids (food, "1 2 5 6");
      reread (list);
      _orm_totals_reread_async (totals);
      _orm_reread_start (food);
      if (moment == READS_BEFORE)
        {
          gate = gate_close (fixture->session);
          gate_wait (gate);
          gate_open (gate);
        }

      orm_session_close (fixture->session);
      wait_for_list (list);
      wait_for_totals (totals);
      wait_for_collection (food);
      g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
      g_assert_cmpuint (orm_totals_get_count (totals), ==, 0);
    }
}

/*
 * Random changes while random lists are read.
 */

#define N_QUERIES 8
#define N_CATEGORIES 4

typedef struct
{
  Fixture *fixture;
  OrmQuery *queries[N_QUERIES];
  GListModel *lists[N_QUERIES];
  OrmTotals *totals;
  OrmEntity *categories[N_CATEGORIES];
  GString *history;
} Round;

static OrmQuery *
new_query (guint i)
{
  OrmQuery *query = orm_query_new (FIXTURE_TYPE_EXPENSE);

  switch (i)
    {
    case 0:
      g_object_unref (query);
      return new_query_by_date ();
    case 1:
      orm_query_where (query, "amount", ORM_GREATER, G_GINT64_CONSTANT (3000));
      return orm_query_order_by (query, "amount", ORM_ASCENDING);
    case 2:
      return orm_query_order_by (query, "description", ORM_DESCENDING);
    case 3:
      orm_query_where (query, "category.name", ORM_STARTS_WITH, "f");
      return orm_query_order_by (query, "user.name", ORM_ASCENDING);
    case 4:
      return orm_query_search (query, "un", "description", "category.name", NULL);
    case 5:
      return orm_query_order_by (query, "category.name", ORM_ASCENDING);
    case 6:
      return orm_query_limit (orm_query_order_by (query, "amount", ORM_DESCENDING), 3, 0);
    default:
      return query;
    }
}

static gpointer
dup_random (Round *round, GType type, gint n)
{
  return orm_session_get (round->fixture->session, type, g_test_rand_int_range (1, n), NULL);
}

static void
change_row (Round *round)
{
  static const char *const words[] = { "Lunch", "Brunch", "gas", "Fun", "Zoo", "apple" };
  g_autoptr (OrmEntity) expense = dup_random (round, FIXTURE_TYPE_EXPENSE, 60);
  g_autoptr (OrmEntity) category = dup_random (round, FIXTURE_TYPE_CATEGORY, N_CATEGORIES + 1);
  GDateDay day = (GDateDay) g_test_rand_int_range (1, 12);
  gint what = g_test_rand_int_range (0, 5);

  if (expense == NULL)
    return;

  g_string_append_printf (round->history, "row %" G_GINT64_FORMAT " %d; ",
                          orm_entity_get_id (expense), what);
  if (what == 0)
    orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, day * 700);
  else if (what == 1)
    orm_entity_set_text (expense, FIXTURE_EXPENSE_DESCRIPTION, words[day % 6]);
  else if (what == 2)
    set_day (FIXTURE_EXPENSE (expense), day);
  else if (what == 3 && category != NULL)
    orm_entity_set_reference (expense, "category", category);
  else
    orm_session_delete (round->fixture->session, expense, NULL);
}

static void
add_row (Round *round)
{
  g_autoptr (FixtureExpense) expense =
    fixture_new_expense ("Bun", g_test_rand_int_range (0, 9) * 1000);
  g_autoptr (OrmEntity) user = dup_random (round, FIXTURE_TYPE_USER, 3);
  g_autoptr (OrmEntity) category = dup_random (round, FIXTURE_TYPE_CATEGORY, N_CATEGORIES + 1);

  set_day (expense, (GDateDay) g_test_rand_int_range (1, 12));
  orm_entity_set_reference (ORM_ENTITY (expense), "user", user);
  orm_entity_set_reference (ORM_ENTITY (expense), "category", category);
  orm_session_add (round->fixture->session, expense, NULL);
}

static void
change (Round *round)
{
  static const char *const names[] = { "Food", "Fun", "Zoo", "Home", "Garden", "Feast" };
  OrmSession *session = round->fixture->session;
  g_autoptr (OrmEntity) category = NULL;
  gint what = g_test_rand_int_range (0, 16);

  g_string_append_printf (round->history, "%d; ", what);
  switch (what)
    {
    case 0:
      commit (round->fixture);
      break;
    case 1:
      g_assert_true (orm_session_flush (session, NULL));
      break;
    case 2:
      orm_session_rollback (session);
      break;
    case 3:
      orm_session_undo (session, NULL);
      break;
    case 4:
      orm_session_redo (session, NULL);
      break;
    case 5:
      category = dup_random (round, FIXTURE_TYPE_CATEGORY, N_CATEGORIES + 1);
      if (category != NULL)
        {
          g_autofree char *name =
            g_strdup_printf ("%s %" G_GINT64_FORMAT, names[g_test_rand_int_range (0, 6)],
                             orm_entity_get_id (category));

          orm_entity_set_text (category, FIXTURE_CATEGORY_NAME, name);
        }
      break;
    case 6:
      g_main_context_iteration (NULL, FALSE);
      break;
    case 7:
    case 8:
    case 9:
      add_row (round);
      break;
    default:
      change_row (round);
      break;
    }
}

static void
check_list (Round *round, guint i, GListModel *list)
{
  g_autoptr (GListModel) truth =
    orm_session_find (round->fixture->session, round->queries[i], NULL);
  g_autofree char *is = fixture_ids (list), *should = fixture_ids (truth);

  if (strcmp (is, should) != 0)
    g_test_message ("query %u after %s", i, round->history->str);
  g_assert_cmpstr (is, ==, should);
}

static void
observe_all (Round *round)
{
  OrmSession *session = round->fixture->session;

  for (guint i = 0; i < N_QUERIES; i++)
    round->lists[i] = fixture_observe (round->fixture, round->queries[i]);
  round->totals =
    orm_session_observe_totals (session, round->queries[7], "category", "amount", NULL);
  g_assert_nonnull (round->totals);
  for (guint i = 0; i < N_CATEGORIES; i++)
    round->categories[i] = orm_session_get (session, FIXTURE_TYPE_CATEGORY, i + 1, NULL);
}

static void
reread_all (Round *round)
{
  for (guint i = 0; i < N_QUERIES; i++)
    reread (round->lists[i]);
  _orm_totals_reread_async (round->totals);
  for (guint i = 0; i < N_CATEGORIES; i++)
    _orm_reread_start (fixture_expenses (round->categories[i]));
}

static char *
dup_row_ids (Round *round, OrmEntity *category)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) rows = NULL;

  orm_query_where (query, "category", ORM_EQUAL, category);
  rows = orm_session_find (round->fixture->session, query, NULL);
  return fixture_ids (rows);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return atoi (*(char *const *) a) - atoi (*(char *const *) b);
}

static char *
sort_ids (const char *ids)
{
  g_auto (GStrv) numbers = g_strsplit (ids, " ", -1);

  qsort (numbers, g_strv_length (numbers), sizeof (char *), compare_numbers);
  return g_strjoinv (" ", numbers);
}

static void
check_members (Round *round, guint i, Listener *listener)
{
  g_autofree char *ids = fixture_ids (listener->list), *sorted = sort_ids (ids);
  g_autofree char *truth = dup_row_ids (round, round->categories[i]);

  if (strcmp (sorted, truth) != 0)
    g_test_message ("list %u after %s", i, round->history->str);
  g_assert_cmpstr (sorted, ==, truth);
  listener_check (listener);
}

static void
check_totals (Round *round)
{
  OrmTotals *totals = round->totals;
  gint64 sum;
  guint64 n_rows;

  g_assert_true (
    orm_session_sum (round->fixture->session, round->queries[7], "amount", &sum, &n_rows, NULL));
  if (orm_totals_get_sum (totals) != sum)
    g_test_message ("totals after %s", round->history->str);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, sum);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, n_rows);
}

/*
 * Waits for all results, makes one more change, and compares everything with
 * the database.
 */
static void
wait_and_check (Round *round, Listener *listeners)
{
  for (guint i = 0; i < N_QUERIES; i++)
    wait_for_list (round->lists[i]);
  wait_for_totals (round->totals);
  for (guint i = 0; i < N_CATEGORIES; i++)
    wait_for_collection (fixture_expenses (round->categories[i]));

  for (guint pass = 0; pass < 2; pass++)
    {
      commit (round->fixture);
      for (guint i = 0; i < N_QUERIES; i++)
        check_list (round, i, round->lists[i]);
      for (guint i = 0; i < N_CATEGORIES; i++)
        check_members (round, i, &listeners[i]);
      check_totals (round);
      for (guint i = 0; i < 3; i++)
        change (round);
    }
}

static void
run_round (Round *round)
{
  Listener listeners[N_CATEGORIES] = { { 0 } };
  gint moment = g_test_rand_int_range (0, 3);
  gint n_changes = g_test_rand_int_range (0, 8);
  Gate *gate = NULL;

  g_string_truncate (round->history, 0);
  orm_session_set_autoflush (round->fixture->session, g_test_rand_bit ());
  observe_all (round);
  for (guint i = 0; i < N_CATEGORIES; i++)
    listener_init (&listeners[i], fixture_expenses (round->categories[i]));
  for (gint i = g_test_rand_int_range (-2, 4); i > 0; i--)
    change (round);

  if (moment == READS_AFTER)
    gate = gate_close (round->fixture->session);
  g_string_append (round->history, "asked; ");
  reread_all (round);
  if (moment == READS_BEFORE)
    {
      gate = gate_close (round->fixture->session);
      gate_wait (gate);
    }

  while (n_changes-- > 0)
    change (round);
  gate_open (gate);
  wait_and_check (round, listeners);

  for (guint i = 0; i < N_CATEGORIES; i++)
    {
      listener_clear (&listeners[i]);
      g_clear_object (&round->categories[i]);
    }
  for (guint i = 0; i < N_QUERIES; i++)
    g_clear_object (&round->lists[i]);
  g_clear_object (&round->totals);
  commit (round->fixture);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  Round round = { .fixture = fixture };

  fixture_reopen (fixture);
  round.history = g_string_new (NULL);
  for (guint i = 0; i < N_QUERIES; i++)
    round.queries[i] = new_query (i);

  for (guint i = 0; i < (g_test_thorough () ? 1000 : 60); i++)
    run_round (&round);

  for (guint i = 0; i < N_QUERIES; i++)
    g_object_unref (round.queries[i]);
  g_string_free (round.history, TRUE);
  orm_session_set_autoflush (fixture->session, TRUE);
}

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "uncommitted", test_uncommitted },
  { "edit", test_edit },
  { "commit", test_commit },
  { "rollback", test_rollback },
  { "undo", test_undo },
  { "group", test_group },
  { "related-row-changes", test_related_row_changes },
  { "new-owner", test_new_owner },
  { "unflushed", test_unflushed },
  { "limit", test_limit },
  { "totals", test_totals },
  { "members", test_members },
  { "owner-deleted", test_owner_deleted },
  { "elsewhere", test_elsewhere },
  { "reread", test_reread },
  { "reread-in-group", test_reread_in_group },
  { "reread-totals", test_reread_totals },
  { "reread-released", test_reread_released },
  { "reread-closed", test_reread_closed },
  { "random", test_random },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("/orm/async-changes/file/", cases[i].name, NULL);
      g_autofree char *memory = g_strconcat ("/orm/async-changes/memory/", cases[i].name, NULL);

      g_test_add (file, Fixture, NULL, fixture_set_up_file, cases[i].func, async_tear_down);
      g_test_add (memory, Fixture, NULL, fixture_set_up, cases[i].func, async_tear_down);
    }

  return g_test_run ();
}
