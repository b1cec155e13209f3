/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The operations with the relationship library, as the program uses it: a
 * session for each run, and everything through properties and relationships.
 */

#include "config.h"

#include "benchmark-orm.h"
#include "orm-session-query.h"

#include <string.h>

/* The open views during a change, and how often each emitted. */
typedef struct
{
  GListModel *list;
  OrmTotals *totals;
  GListModel *from, *to;
  guint n_list, n_totals, n_from, n_to;
} Views;

static OrmConnection *connection;
static gint64 n_all;

static gboolean
ours_open (const char *path, gint64 n_expenses)
{
  connection = bench_book_open (path);
  n_all = n_expenses;
  return TRUE;
}

static void
ours_close (void)
{
  g_clear_object (&connection);
}

static BenchResult
open_person (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (OrmEntity) user = bench_get (session, BENCH_TYPE_USER, BENCH_USER_OPENED);
  GListModel *expenses = orm_entity_get_collection (user, "expenses");
  guint n = g_list_model_get_n_items (expenses);

  return (BenchResult){ bench_ms_since (start, 1), n };
}

static BenchResult
open_list (void)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GListModel) list = bench_observe_sorted (session, 0);
  guint n = g_list_model_get_n_items (list);
  BenchResult result = { bench_ms_since (start, 1), 0 };
  OrmQueryModel *model = ORM_QUERY_MODEL (list);

  result.check = orm_query_model_get_id (model, 0) + orm_query_model_get_id (model, n / 2) +
                 orm_query_model_get_id (model, n - 1);
  return result;
}

static BenchResult
total (void)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  gint64 start = g_get_monotonic_time (), check = 0;
  g_autoptr (OrmTotals) totals = bench_observe_totals (session, "category");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) group = g_list_model_get_item (G_LIST_MODEL (totals), i);

      check += orm_total_get_key (group) * orm_total_get_sum (group) +
               (gint64) orm_total_get_count (group);
    }

  return (BenchResult){ bench_ms_since (start, 1), check };
}

static gint64
take_expense (OrmEntity *expense)
{
  const GDate *date = bench_expense_get_date (BENCH_EXPENSE (expense));

  return bench_check_expense (
    orm_entity_get_id (expense), orm_entity_get_reference_id (expense, "user"),
    orm_entity_get_reference_id (expense, "category"),
    bench_expense_get_description (BENCH_EXPENSE (expense)),
    bench_expense_get_amount (BENCH_EXPENSE (expense)), g_date_get_day (date));
}

static BenchResult
show_pages (guint run)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (GListModel) list = bench_observe_sorted (session, BENCH_PAGE_ABOVE);
  gint64 start = g_get_monotonic_time (), check = 0;

  for (guint i = 0; i < BENCH_N_PAGES; i++)
    {
      guint from = bench_pick_page (run, i, g_list_model_get_n_items (list));

      for (guint j = from; j < from + BENCH_PAGE_SIZE; j++)
        {
          g_autoptr (OrmEntity) expense = g_list_model_get_item (list, j);

          check += take_expense (expense);
        }
    }

  return (BenchResult){ bench_ms_since (start, BENCH_N_PAGES), check };
}

static gint64
walk_person (OrmEntity *user)
{
  GListModel *expenses = orm_entity_get_collection (user, "expenses");
  guint n = g_list_model_get_n_items (expenses);
  gint64 check = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (expenses, i);
      BenchCategory *category = orm_entity_get_reference (expense, "category");

      check += take_expense (expense) + (gint64) strlen (bench_category_get_name (category));
    }

  return check;
}

static BenchResult
walk (void)
{
  g_autoptr (OrmQuery) query = orm_query_new (BENCH_TYPE_USER);
  g_autoptr (OrmSession) session = bench_session_new (connection);
  gint64 start = g_get_monotonic_time (), check = 0;
  g_autoptr (GListModel) users = orm_session_find (session, query, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (OrmEntity) user = g_list_model_get_item (users, i);

      check += walk_person (user);
    }

  return (BenchResult){ bench_ms_since (start, 1), check };
}

static void
on_emitted (guint *n_emitted)
{
  (*n_emitted)++;
}

static GListModel *
watch_collection (OrmEntity *user, guint *n_emitted)
{
  GListModel *expenses = orm_entity_get_collection (user, "expenses");

  /* A list whose length was not read is not loaded. */
  g_list_model_get_n_items (expenses);
  g_signal_connect_swapped (expenses, "items-changed", G_CALLBACK (on_emitted), n_emitted);
  return expenses;
}

/*
 * Opens the sorted list of all and the totals by @group, and reads each sum.
 */
static void
views_open (Views *views, OrmSession *session, const char *group)
{
  views->list = bench_observe_sorted (session, 0);
  g_signal_connect_swapped (views->list, "items-changed", G_CALLBACK (on_emitted), &views->n_list);

  views->totals = bench_observe_totals (session, group);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views->totals)); i++)
    {
      g_autoptr (OrmTotal) sum = g_list_model_get_item (G_LIST_MODEL (views->totals), i);

      g_signal_connect_swapped (sum, "notify::sum", G_CALLBACK (on_emitted), &views->n_totals);
    }
}

static void
views_close (Views *views)
{
  g_clear_object (&views->list);
  g_clear_object (&views->totals);
}

static void
insert_all (OrmSession *session)
{
  g_autoptr (OrmEntity) user = bench_get (session, BENCH_TYPE_USER, BENCH_USER_INSERTED);
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDate) date = g_date_new_dmy (22, G_DATE_NOVEMBER, 2026);

  for (int i = 1; i <= BENCH_N_CATEGORIES; i++)
    g_ptr_array_add (categories, bench_get (session, BENCH_TYPE_CATEGORY, i));

  orm_session_begin_group (session, "Insert");
  for (int i = 0; i < BENCH_N_INSERTS; i++)
    {
      g_autoptr (OrmEntity) expense = g_object_new (BENCH_TYPE_EXPENSE, NULL);
      char description[32];

      g_snprintf (description, sizeof description, "Inserted %d", i);
      orm_entity_set_text (expense, BENCH_EXPENSE_DESCRIPTION, description);
      orm_entity_set_int64 (expense, BENCH_EXPENSE_AMOUNT, i + 1);
      orm_entity_set_date (expense, BENCH_EXPENSE_DATE, date);
      orm_entity_set_reference (expense, "user", user);
      orm_entity_set_reference (expense, "category",
                                g_ptr_array_index (categories, (guint) i % BENCH_N_CATEGORIES));
      orm_session_add (session, expense, NULL);
    }
  orm_session_end_group (session);
  bench_commit (session);
}

static BenchResult
insert (gboolean has_views)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  Views views = { 0 };
  BenchResult result;
  gint64 start;

  if (has_views)
    views_open (&views, session, "category");

  start = g_get_monotonic_time ();
  insert_all (session);
  result = (BenchResult){ bench_ms_since (start, 1), BENCH_N_INSERTS };

  if (has_views)
    {
      g_assert_cmpint (g_list_model_get_n_items (views.list), ==, n_all + BENCH_N_INSERTS);
      g_assert_cmpuint (views.n_list, >, 0);
      g_assert_cmpuint (views.n_totals, >=, BENCH_N_CATEGORIES);
    }
  views_close (&views);
  return result;
}

static GPtrArray *
get_all (OrmSession *session, guint run, guint n, gint64 (*pick) (guint, guint, gint64))
{
  GPtrArray *expenses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (expenses, bench_get (session, BENCH_TYPE_EXPENSE, pick (run, i, n_all)));
  return expenses;
}

/*
 * A row that is moved is visible, so it is in memory.
 */
static BenchResult
move (guint run)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (OrmEntity) from = bench_get (session, BENCH_TYPE_USER, BENCH_USER_FROM);
  g_autoptr (OrmEntity) to = bench_get (session, BENCH_TYPE_USER, BENCH_USER_TO);
  g_autoptr (GPtrArray) expenses = get_all (session, run, BENCH_N_MOVES, bench_pick_moved);
  Views views = { 0 };
  BenchResult result;
  gint64 start;

  views.from = watch_collection (from, &views.n_from);
  views.to = watch_collection (to, &views.n_to);
  views_open (&views, session, "user");

  start = g_get_monotonic_time ();
  for (guint i = 0; i < expenses->len; i++)
    {
      orm_entity_set_reference (g_ptr_array_index (expenses, i), "user", to);
      bench_commit (session);
    }
  result = (BenchResult){ bench_ms_since (start, BENCH_N_MOVES), 1 };

  g_assert_cmpuint (views.n_from, >=, BENCH_N_MOVES);
  g_assert_cmpuint (views.n_to, >=, BENCH_N_MOVES);
  g_assert_cmpuint (views.n_totals, >=, 2 * BENCH_N_MOVES);
  g_signal_handlers_disconnect_by_data (views.from, &views.n_from);
  g_signal_handlers_disconnect_by_data (views.to, &views.n_to);
  views_close (&views);
  return result;
}

static BenchResult delete (void)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (OrmEntity) user = bench_get (session, BENCH_TYPE_USER, BENCH_USER_DELETED);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (!orm_session_delete (session, user, &error))
    g_error ("%s", error->message);
  bench_commit (session);
  return (BenchResult){ bench_ms_since (start, 1), 1 };
}

static void
edit_all (OrmSession *session, GPtrArray *expenses, guint run, gboolean commits)
{
  for (guint i = 0; i < expenses->len; i++)
    {
      OrmEntity *expense = g_ptr_array_index (expenses, i);
      GDate date;

      bench_pick_date (run, i, &date);
      orm_session_begin_group (session, "Edit");
      orm_entity_set_int64 (expense, BENCH_EXPENSE_AMOUNT, bench_pick_amount (run, i));
      orm_entity_set_date (expense, BENCH_EXPENSE_DATE, &date);
      orm_session_end_group (session);
      if (commits)
        bench_commit (session);
    }
}

static BenchResult
edit (guint run, gboolean has_views, gboolean commits)
{
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (GPtrArray) expenses = get_all (session, run, BENCH_N_EDITS, bench_pick);
  Views views = { 0 };
  BenchResult result;
  gint64 start;

  if (has_views)
    views_open (&views, session, "category");

  start = g_get_monotonic_time ();
  edit_all (session, expenses, run, commits);
  result = (BenchResult){ bench_ms_since (start, BENCH_N_EDITS), 1 };

  if (has_views)
    {
      g_assert_cmpuint (views.n_list, >=, BENCH_N_EDITS);
      g_assert_cmpuint (views.n_totals, >=, BENCH_N_EDITS);
    }
  views_close (&views);
  orm_session_rollback (session);
  return result;
}

static BenchResult
ours_run (BenchWork work, guint run)
{
  switch (work)
    {
    case BENCH_OPEN:
      return open_person ();
    case BENCH_LIST:
      return open_list ();
    case BENCH_TOTALS:
      return total ();
    case BENCH_PAGE:
      return show_pages (run);
    case BENCH_WALK:
      return walk ();
    case BENCH_INSERT:
      return insert (FALSE);
    case BENCH_INSERT_WITH_VIEWS:
      return insert (TRUE);
    case BENCH_MOVE:
      return move (run);
    case BENCH_DELETE:
      return delete ();
    case BENCH_EDIT_WITH_VIEWS:
      return edit (run, TRUE, FALSE);
    case BENCH_EDIT_WITH_VIEWS_COMMIT:
      return edit (run, TRUE, TRUE);
    case BENCH_EDIT_COMMIT:
      return edit (run, FALSE, TRUE);
    case BENCH_N_WORKS:
    default:
      g_assert_not_reached ();
    }
}

const BenchContender bench_ours = { "ours", ours_open, ours_run, ours_close };
