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
#include "orm-unit-of-work-private.h"

/*
 * Commits of another program, with lists so long that the worker reads them
 * again. If the random test fails, --seed= with the printed seed repeats it.
 */

#define N_LONG 1500
#define N_VERY_LONG 12000

/*
 * A copy of a list, updated only from its emissions. It holds no entities, so
 * their values come from the rows.
 */
typedef struct
{
  GListModel *list;
  GArray *ids;
} Shadow;

static gint64
get_id (GListModel *list, guint position)
{
  if (ORM_IS_COLLECTION (list))
    return _orm_keys_get (_orm_collection_get_key_list (ORM_COLLECTION (list))->keys, position);

  return orm_query_model_get_id (ORM_QUERY_MODEL (list), position);
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  GArray *ids = data;

  g_assert_cmpuint (position + removed, <=, ids->len);
  g_array_remove_range (ids, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      gint64 id = get_id (list, i);

      g_array_insert_val (ids, i, id);
    }
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, ids->len);
}

static void
shadow_init (Shadow *shadow, gpointer list)
{
  shadow->list = g_object_ref (list);
  shadow->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  on_items_changed (list, 0, 0, g_list_model_get_n_items (list), shadow->ids);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), shadow->ids);
}

static void
shadow_check (Shadow *shadow)
{
  g_assert_cmpuint (g_list_model_get_n_items (shadow->list), ==, shadow->ids->len);
  for (guint i = 0; i < shadow->ids->len; i++)
    {
      gint64 id = g_array_index (shadow->ids, gint64, i);

      /* A list emits nothing when an entity gets its row. */
      if (id > 0)
        g_assert_cmpint (get_id (shadow->list, i), ==, id);
    }
}

static void
shadow_clear (Shadow *shadow)
{
  if (shadow->list == NULL)
    return;

  g_signal_handlers_disconnect_by_data (shadow->list, shadow->ids);
  g_clear_object (&shadow->list);
  g_array_unref (shadow->ids);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shadow, shadow_clear)

static void
merge (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean has_changed = FALSE;

  g_assert_true (orm_session_merge (fixture->session, &has_changed, &error));
  g_assert_no_error (error);
  g_assert_true (has_changed);
}

static void
commit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (fixture->session, &error);
  g_assert_no_error (error);
}

static GListModel *
observe (Fixture *fixture, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_observe (fixture->session, query, &error);

  g_assert_no_error (error);
  orm_query_model_load (ORM_QUERY_MODEL (list), &error);
  g_assert_no_error (error);
  return list;
}

static void
set_day (OrmEntity *expense, GDateYear year)
{
  g_autoptr (GDate) date = g_date_new_dmy (7, 11, year);

  orm_entity_set_date (expense, FIXTURE_EXPENSE_DATE, date);
}

static const char *const statements_elsewhere[] = {
  "INSERT INTO expenses (id, user_id, category_id, description, amount, date) VALUES "
  "(90001, 1, 4, 'theirs', 7, '2001-06-04'), (90002, 1, 4, 'theirs', 8, '2030-06-04')",
  "DELETE FROM expenses WHERE id IN (1100, 1101, 1400, 2)",
  "UPDATE expenses SET date = '1999-01-01', amount = amount + 5 WHERE id IN (1200, 1300)",
  "UPDATE expenses SET category_id = 1 WHERE id IN (1201, 1301)",
};

static void
write_elsewhere (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (statements_elsewhere); i++)
    fixture_elsewhere (fixture, statements_elsewhere[i]);
}

static void
forget_second (Fixture *fixture)
{
  g_clear_object (&fixture->e[2]);
}

/*
 * Entities in memory are updated at once, the list when it has been read.
 */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmEntity) held = NULL;
  guint n;

  add_many_rows (fixture, N_LONG);
  forget_second (fixture);
  list = observe (fixture, query);
  n = g_list_model_get_n_items (list);
  held = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 1300, NULL);
  shadow_init (&shadow, list);
  write_elsewhere (fixture);

  merge (fixture);
  g_assert_true (orm_query_model_get_loading (ORM_QUERY_MODEL (list)));
  g_assert_cmpint (orm_query_model_get_id (ORM_QUERY_MODEL (list), n - 1), ==, 1300);
  wait_for_list (list);
  assert_as_found (fixture, list, query);
  shadow_check (&shadow);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n - 2);
}

/*
 * A short list is updated at once.
 */
static void
test_short (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = observe (fixture, query);

  forget_second (fixture);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 2");
  merge (fixture);
  g_assert_false (orm_query_model_get_loading (ORM_QUERY_MODEL (list)));
  fixture_assert_ids (list, "7 6 5 3 1");
}

/*
 * Changes made here between the start of a read and its result stay in the
 * list.
 */
static void
test_changes_while_reading (Fixture *fixture, gconstpointer data)
{
  for (gint is_late = FALSE; is_late <= TRUE; is_late++)
    for (gint is_committed = FALSE; is_committed <= TRUE; is_committed++)
      {
        g_auto (Shadow) shadow = { 0 };
        g_autoptr (OrmQuery) query = new_query_by_date ();
        g_autoptr (GListModel) list = NULL;
        g_autoptr (OrmEntity) expense = NULL, deleted = NULL;
        g_autofree char *sql = g_strdup_printf ("DELETE FROM expenses WHERE id = %d",
                                                1500 + is_late * 20 + is_committed * 7);
        Gate *gate;

        if (is_late + is_committed == 0)
          add_many_rows (fixture, N_LONG);
        list = observe (fixture, query);
        shadow_init (&shadow, list);
        fixture_elsewhere (fixture, sql);
        gate = is_late ? gate_close (fixture->session) : NULL;
        merge (fixture);
        if (!is_late)
          {
            gate = gate_close (fixture->session);
            gate_wait (gate);
          }

        expense = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE,
                                   1600 + is_late * 20 + is_committed * 7, NULL);
        deleted = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE,
                                   1601 + is_late * 20 + is_committed * 7, NULL);
        set_day (expense, 2040);
        g_assert_true (orm_session_delete (fixture->session, deleted, NULL));
        if (is_committed)
          commit (fixture);
        gate_open (gate);
        g_assert_cmpint (orm_query_model_get_id (ORM_QUERY_MODEL (list), 0), ==,
                         orm_entity_get_id (expense));
        wait_for_list (list);
        assert_as_found (fixture, list, query);
        shadow_check (&shadow);
        orm_session_rollback (fixture->session);
        assert_as_found (fixture, list, query);
      }
}

/*
 * A commit of another program while the worker reads is included, too.
 */
static void
test_commit_while_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;

  add_many_rows (fixture, N_LONG);
  forget_second (fixture);
  list = observe (fixture, query);

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("DELETE FROM expenses WHERE id IN (%u, %u)", 2000 + i, 2100 + i);
      g_autofree char *more = g_strdup_printf ("DELETE FROM expenses WHERE id = %u", 2200 + i);
      Gate *gate;

      fixture_elsewhere (fixture, sql);
      merge (fixture);
      gate = gate_close (fixture->session);
      gate_wait (gate);
      for (guint j = 0; j <= i; j++)
        {
          fixture_elsewhere (fixture, more);
          g_free (more);
          more = g_strdup_printf ("DELETE FROM expenses WHERE id = %u", 2300 + 10 * i + j);
          if (j < i || i % 2 == 0)
            merge (fixture);
        }
      gate_open (gate);
      wait_for_list (list);
      if (i % 2 != 0)
        {
          merge (fixture);
          wait_for_list (list);
        }
      assert_as_found (fixture, list, query);
    }
}

/*
 * Another program commits while the last merge is still emitting.
 */
static void
on_emission (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  g_signal_handlers_disconnect_by_data (list, fixture);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1800");
  merge (fixture);
}

static void
test_merge_while_emitting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;

  add_many_rows (fixture, N_LONG);
  forget_second (fixture);
  list = observe (fixture, query);
  write_elsewhere (fixture);
  merge (fixture);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_emission), fixture);
  wait_for_list (list);
  assert_as_found (fixture, list, query);
}

/*
 * The next merge repeats a read that failed.
 */
static void
on_load_failed (OrmSession *session, GError *error, gpointer data)
{
  g_test_message ("%s", error->message);
  ++*(guint *) data;
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  guint n_failed = 0;
  Gate *gate;

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  list = observe (fixture, query);
  totals = orm_session_observe_totals (fixture->session, query, "user", "amount", NULL);
  g_assert_true (orm_totals_load (totals, NULL));
  g_signal_connect (fixture->session, "load-failed", G_CALLBACK (on_load_failed), &n_failed);
  write_elsewhere (fixture);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  merge (fixture);
  fixture_elsewhere (fixture, "ALTER TABLE expenses RENAME TO hidden");
  gate_open (gate);
  g_assert_true (orm_totals_get_loading (totals));
  wait_for_list (list);
  wait_for_totals (totals);
  g_assert_cmpuint (n_failed, ==, 2);

  fixture_elsewhere (fixture, "ALTER TABLE hidden RENAME TO expenses");
  merge (fixture);
  wait_for_list (list);
  wait_for_totals (totals);
  g_assert_cmpuint (n_failed, ==, 2);
  assert_as_found (fixture, list, query);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, g_list_model_get_n_items (list));
}

/*
 * A handler releases one list when another starts to load.
 */
static void
on_loading (GObject *list, GParamSpec *pspec, gpointer other)
{
  g_clear_object ((GListModel **) other);
}

static void
test_release_while_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date ();
  g_autoptr (GListModel) first = NULL, second = NULL, third = NULL, fourth = NULL;

  add_many_rows (fixture, N_LONG);
  forget_second (fixture);
  first = observe (fixture, query);
  second = observe (fixture, query);
  third = observe (fixture, query);
  fourth = observe (fixture, query);
  g_signal_connect (second, "notify::loading", G_CALLBACK (on_loading), &first);
  g_signal_connect (third, "notify::loading", G_CALLBACK (on_loading), &second);
  write_elsewhere (fixture);
  merge (fixture);
  g_assert_null (first);
  g_assert_null (second);
  wait_for_list (third);
  wait_for_list (fourth);
  assert_as_found (fixture, third, query);
  assert_as_found (fixture, fourth, query);
}

/*
 * A list with a limit cannot be evaluated in memory, so it is read again after
 * the flush.
 */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_limit (new_query_by_date (), N_LONG - 100, 0);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmEntity) expense = NULL;

  add_many_rows (fixture, N_LONG);
  forget_second (fixture);
  list = observe (fixture, query);
  write_elsewhere (fixture);
  merge (fixture);
  g_assert_true (orm_query_model_get_loading (ORM_QUERY_MODEL (list)));
  wait_for_list (list);
  assert_as_found (fixture, list, query);

  expense = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 1005, NULL);
  set_day (expense, 2040);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1700");
  merge (fixture);
  commit (fixture);
  wait_for_list (list);
  assert_as_found (fixture, list, query);
}

static void
assert_totals (Fixture *fixture, OrmTotals *totals, OrmQuery *query)
{
  gint64 sum;
  guint64 n_rows;

  g_assert_true (orm_session_sum (fixture->session, query, "amount", &sum, &n_rows, NULL));
  g_assert_cmpint (orm_totals_get_sum (totals), ==, sum);
  g_assert_cmpuint (orm_totals_get_count (totals), ==, n_rows);
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) totals = NULL;
  Gate *gate;

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  totals = orm_session_observe_totals (fixture->session, query, "category", "amount", NULL);
  g_assert_true (orm_totals_load (totals, NULL));
  write_elsewhere (fixture);
  merge (fixture);
  g_assert_true (orm_totals_get_loading (totals));
  wait_for_totals (totals);
  assert_totals (fixture, totals, query);

  /* This session and another program both commit during the read. */
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1700");
  merge (fixture);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 1);
  commit (fixture);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1701");
  merge (fixture);
  gate_open (gate);
  wait_for_totals (totals);
  assert_totals (fixture, totals, query);

  /* Unsaved changes are in the sums but not in the rows. */
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 2);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1702");
  merge (fixture);
  commit (fixture);
  wait_for_totals (totals);
  assert_totals (fixture, totals, query);
}

static char *
dup_member_ids (Fixture *fixture, int category)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT group_concat(id, ' ') FROM (SELECT id FROM expenses WHERE "
                     "category_id = %d ORDER BY id)",
                     category);

  return fixture_read (fixture, sql);
}

static void
assert_members (Fixture *fixture, Shadow *shadow, int category)
{
  g_autofree char *is = fixture_ids (shadow->list);
  g_autofree char *should = dup_member_ids (fixture, category);

  g_assert_true (g_str_equal (is, should));
  shadow_check (shadow);
}

/*
 * A long list of members that was read in part, with changes made here.
 */
static void
test_collection (Fixture *fixture, gconstpointer data)
{
  g_auto (Shadow) shadow = { 0 };
  g_autoptr (OrmEntity) moved = NULL, deleted = NULL, held = NULL;
  OrmCollection *list = fixture_expenses (fixture->empty);
  Gate *gate;

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  held = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 1301, NULL);
  moved = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 3000, NULL);
  deleted = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE, 3001, NULL);
  shadow_init (&shadow, list);
  write_elsewhere (fixture);
  merge (fixture);
  g_assert_true (_orm_reread_is_running (list));
  g_assert_false (orm_collection_contains (list, held));
  gate = gate_close (fixture->session);
  gate_wait (gate);
  fixture_move (FIXTURE_EXPENSE (moved), fixture->food);
  g_assert_true (orm_session_delete (fixture->session, deleted, NULL));
  fixture_move (fixture->e[1], fixture->empty);
  commit (fixture);
  gate_open (gate);
  wait_for_collection (list);
  shadow_check (&shadow);
  g_assert_false (orm_collection_find (list, moved, NULL));
  g_assert_true (orm_collection_find (list, fixture->e[1], NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==,
                    N_VERY_LONG + 2 - 3 - 2 - 2 + 1);

  /* Once more, with an unsaved change that is undone. */
  fixture_move (fixture->e[1], fixture->food);
  commit (fixture);
  fixture_move (fixture->e[7], fixture->empty);
  fixture_elsewhere (fixture, "DELETE FROM expenses WHERE id = 1702");
  merge (fixture);
  wait_for_collection (list);
  g_assert_true (orm_collection_find (list, fixture->e[7], NULL));
  shadow_check (&shadow);
  orm_session_rollback (fixture->session);
  assert_members (fixture, &shadow, 4);
}

static void
test_collection_again (Fixture *fixture, gconstpointer data)
{
  g_auto (Shadow) shadow = { 0 };
  OrmCollection *list = fixture_expenses (fixture->empty);
  Gate *gate;

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  shadow_init (&shadow, list);
  fixture_elsewhere (fixture, statements_elsewhere[0]);
  merge (fixture);
  gate = gate_close (fixture->session);
  gate_wait (gate);
  fixture_elsewhere (fixture, statements_elsewhere[1]);
  merge (fixture);
  fixture_elsewhere (fixture, statements_elsewhere[3]);
  gate_open (gate);
  wait_for_collection (list);
  merge (fixture);
  wait_for_collection (list);
  assert_members (fixture, &shadow, 4);
}

/*
 * The owner, or the session, is released while the list is read.
 */
static void
test_collection_released (Fixture *fixture, gconstpointer data)
{
  OrmCollection *list = fixture_expenses (fixture->empty);
  Gate *gate;

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  orm_collection_load (list, NULL);
  write_elsewhere (fixture);
  gate = gate_close (fixture->session);
  merge (fixture);
  g_assert_true (_orm_reread_is_running (list));
  g_clear_object (&fixture->empty);
  gate_open (gate);
  drain ();
}

/*
 * Polling finds every external change in the end, whatever changes here.
 */
static void
change_here (Fixture *fixture)
{
  g_autoptr (OrmEntity) expense = orm_session_get (fixture->session, FIXTURE_TYPE_EXPENSE,
                                                   g_test_rand_int_range (1000, 2500), NULL);
  g_autoptr (FixtureExpense) added = NULL;
  gint what = g_test_rand_int_range (0, 7);

  if (what == 0)
    commit (fixture);
  else if (what == 1)
    orm_session_rollback (fixture->session);
  else if (what == 2)
    {
      added = fixture_new_expense ("new", 3);
      set_day (ORM_ENTITY (added), (GDateYear) g_test_rand_int_range (1998, 2010));
      orm_entity_set_reference (ORM_ENTITY (added), "user", fixture->alice);
      orm_entity_set_reference (ORM_ENTITY (added), "category", fixture->empty);
      orm_session_add (fixture->session, added, NULL);
    }
  else if (what == 3)
    orm_session_undo (fixture->session, NULL);
  else if (expense == NULL)
    return;
  else if (what == 4)
    orm_session_delete (fixture->session, expense, NULL);
  else
    set_day (expense, (GDateYear) g_test_rand_int_range (1998, 2010));
}

static void
change_there (Fixture *fixture)
{
  gint id = g_test_rand_int_range (2500, 4000);
  g_autofree char *sql = NULL;

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      sql = g_strdup_printf ("DELETE FROM expenses WHERE id = %d", id);
      break;
    case 1:
      sql = g_strdup_printf ("UPDATE expenses SET date = '%d-05-05', amount = 9 WHERE id = %d",
                             g_test_rand_int_range (1998, 2010), id);
      break;
    default:
      sql = g_strdup_printf ("INSERT OR REPLACE INTO expenses (id, user_id, category_id, "
                             "description, amount, date) VALUES (%d, 1, 4, 'theirs', 1, "
                             "'%d-02-03')",
                             id + 100000, g_test_rand_int_range (1998, 2010));
      break;
    }

  fixture_elsewhere (fixture, sql);
}

static char *
dup_summary (Shadow *shadow)
{
  gint64 sum = 0;

  for (guint i = 0; i < shadow->ids->len; i++)
    sum += get_id (shadow->list, i);

  return g_strdup_printf ("%u %" G_GINT64_FORMAT, shadow->ids->len, sum);
}

static gboolean
has_transaction (Fixture *fixture)
{
  return orm_session_get_dirty (fixture->session) ||
         _orm_journal_get_length (_orm_session_get_journal (fixture->session)) > 0;
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query_by_date (), all = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  OrmCollection *members = fixture_expenses (fixture->empty);
  g_auto (Shadow) shadow = { 0 }, member_shadow = { 0 };

  add_many_rows (fixture, N_VERY_LONG);
  forget_second (fixture);
  list = observe (fixture, query);
  totals = orm_session_observe_totals (fixture->session, all, "user", "amount", NULL);
  g_assert_true (orm_totals_load (totals, NULL));
  shadow_init (&shadow, list);
  shadow_init (&member_shadow, members);

  for (guint i = 0; i < (g_test_thorough () ? 100 : 12); i++)
    {
      g_autofree char *is = NULL, *should = NULL;

      for (gint j = g_test_rand_int_range (1, 12); j > 0; j--)
        {
          gint what = g_test_rand_int_range (0, 5);

          if (what < 2)
            change_here (fixture);
          else if (what == 2 && !has_transaction (fixture))
            change_there (fixture);
          else if (what == 3)
            g_assert_true (orm_session_merge (fixture->session, NULL, NULL));
          else
            g_main_context_iteration (NULL, FALSE);
        }

      commit (fixture);
      change_there (fixture);
      g_assert_true (orm_session_merge (fixture->session, NULL, NULL));
      wait_for_list (list);
      wait_for_totals (totals);
      wait_for_collection (members);
      assert_as_found (fixture, list, query);
      assert_totals (fixture, totals, all);
      shadow_check (&shadow);
      shadow_check (&member_shadow);
      should = fixture_read (
        fixture, "SELECT count(*) || ' ' || sum(id) FROM expenses WHERE category_id = 4");
      is = dup_summary (&member_shadow);
      g_assert_cmpstr (is, ==, should);
    }
}

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "list", test_list },
  { "short", test_short },
  { "changes-while-reading", test_changes_while_reading },
  { "commit-while-reading", test_commit_while_reading },
  { "merge-while-emitting", test_merge_while_emitting },
  { "failure", test_failure },
  { "release-while-loading", test_release_while_loading },
  { "limit", test_limit },
  { "totals", test_totals },
  { "collection", test_collection },
  { "collection-again", test_collection_again },
  { "collection-released", test_collection_released },
  { "random", test_random },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("/orm/async-merge/", cases[i].name, NULL);

      g_test_add (file, Fixture, NULL, fixture_set_up_file, cases[i].func, async_tear_down);
    }

  return g_test_run ();
}
