/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

/*
 * Live queries and totals with random changes. After each change, every list
 * is compared with its copy and with a fresh SELECT. If the test fails,
 * --seed= with the printed seed repeats it.
 */

#define N_QUERIES 8

typedef struct
{
  Fixture base;
  OrmQuery *queries[N_QUERIES];
  GListModel *lists[N_QUERIES];
  GArray *emitted[N_QUERIES]; /* keys, updated only from the emissions */
  OrmTotals *totals;
  OrmTotals *months;
  GString *history;
} Live;

static void
on_list_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  GArray *emitted = data;

  g_assert_cmpuint (position + removed, <=, emitted->len);
  if (removed > 0)
    g_array_remove_range (emitted, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 id = orm_query_model_get_id (ORM_QUERY_MODEL (list), position + i);

      g_array_insert_val (emitted, position + i, id);
    }
  g_assert_cmpuint (emitted->len, ==, g_list_model_get_n_items (list));
}

static OrmQuery *
new_query (Live *live, guint i)
{
  OrmQuery *query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GDate) from = g_date_new_dmy (5, 11, 2026);

  switch (i)
    {
    case 0:
      return orm_query_order_by (orm_query_order_by (query, "date", ORM_DESCENDING), "id",
                                 ORM_DESCENDING);
    case 1:
      orm_query_where (query, "amount", ORM_GREATER, G_GINT64_CONSTANT (3000));
      return orm_query_order_by (query, "amount", ORM_ASCENDING);
    case 2:
      return orm_query_order_by (query, "description", ORM_DESCENDING);
    case 3:
      orm_query_where (query, "category.name", ORM_STARTS_WITH, "f");
      return orm_query_order_by (query, "user.name", ORM_ASCENDING);
    case 4:
      orm_query_search (query, "un", "description", "category.name", NULL);
      return query;
    case 5:
      orm_query_where (query, "date", ORM_GREATER_EQUAL, from);
      orm_query_where (query, "user", ORM_EQUAL, live->base.bob);
      return orm_query_order_by (query, "category.name", ORM_ASCENDING);
    case 6:
      return orm_query_limit (orm_query_order_by (query, "amount", ORM_DESCENDING), 3, 0);
    case 7:
      return orm_query_order_by (orm_query_order_by (query, "date", ORM_ASCENDING), "description",
                                 ORM_ASCENDING);
    default:
      g_assert_not_reached ();
    }
}

static void
set_up (Live *live, gconstpointer data)
{
  g_autoptr (OrmQuery) all = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmQuery) seen = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;

  fixture_set_up_file (&live->base, data);
  live->history = g_string_new (NULL);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      live->queries[i] = new_query (live, i);
      live->lists[i] = orm_session_observe (live->base.session, live->queries[i], &error);
      g_assert_no_error (error);
      live->emitted[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
      on_list_changed (live->lists[i], 0, 0, g_list_model_get_n_items (live->lists[i]),
                       live->emitted[i]);
      g_signal_connect (live->lists[i], "items-changed", G_CALLBACK (on_list_changed),
                        live->emitted[i]);
    }

  orm_query_where (seen, "category.name", ORM_NOT_EQUAL, "Hidden");
  live->totals =
    orm_session_observe_totals (live->base.session, seen, "category", "amount", &error);
  g_assert_no_error (error);
  live->months =
    orm_session_observe_totals (live->base.session, all, "date.month", "amount", &error);
  g_assert_no_error (error);
}

static void
tear_down (Live *live, gconstpointer data)
{
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_signal_handlers_disconnect_by_data (live->lists[i], live->emitted[i]);
      g_clear_object (&live->lists[i]);
      g_clear_object (&live->queries[i]);
      g_array_unref (live->emitted[i]);
    }
  g_clear_object (&live->totals);
  g_clear_object (&live->months);
  g_string_free (live->history, TRUE);
  fixture_tear_down (&live->base, data);
}

static gboolean
same_items (GListModel *list, GListModel *truth)
{
  if (g_list_model_get_n_items (list) != g_list_model_get_n_items (truth))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    if (orm_query_model_get_id (ORM_QUERY_MODEL (list), i) !=
        orm_query_model_get_id (ORM_QUERY_MODEL (truth), i))
      return FALSE;

  return TRUE;
}

static void
check_emitted (Live *live, guint i)
{
  for (guint j = 0; j < live->emitted[i]->len; j++)
    {
      gint64 emitted = g_array_index (live->emitted[i], gint64, j);

      /* An entity that was new when it was emitted has got its id since. */
      if (emitted > 0)
        g_assert_cmpint (emitted, ==, orm_query_model_get_id (ORM_QUERY_MODEL (live->lists[i]), j));
    }
}

static void
check_lists (Live *live)
{
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GListModel) truth =
        orm_session_find (live->base.session, live->queries[i], &error);

      g_assert_no_error (error);
      if (!same_items (live->lists[i], truth))
        {
          g_autofree char *is = fixture_ids (live->lists[i]);
          g_autofree char *should = fixture_ids (truth);

          g_test_message ("query %u after %s: %s instead of %s", i, live->history->str, is, should);
          g_assert_cmpstr (is, ==, should);
        }
      check_emitted (live, i);
    }
}

static void
check_totals (Live *live, OrmTotals *totals, const char *path, gboolean is_filtered)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (OrmTotals) truth = NULL;
  gint64 sum = 0;

  if (is_filtered)
    orm_query_where (query, "category.name", ORM_NOT_EQUAL, "Hidden");
  truth = orm_session_observe_totals (live->base.session, query, path, "amount", NULL);
  if (orm_totals_get_sum (totals) != orm_totals_get_sum (truth))
    g_test_message ("%s after %s", path, live->history->str);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, orm_totals_get_sum (truth));
  g_assert_cmpuint (orm_totals_get_count (totals), ==, orm_totals_get_count (truth));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (totals)), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (truth)));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (totals)); i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (totals), i);
      gboolean is_found = FALSE;

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (truth)); j++)
        {
          g_autoptr (OrmTotal) other = g_list_model_get_item (G_LIST_MODEL (truth), j);

          if (orm_total_get_key (other) != orm_total_get_key (total))
            continue;
          is_found = TRUE;
          g_assert_cmpint (orm_total_get_sum (other), ==, orm_total_get_sum (total));
          g_assert_cmpuint (orm_total_get_count (other), ==, orm_total_get_count (total));
        }
      g_assert_true (is_found);
      sum += orm_total_get_sum (total);
    }
  g_assert_cmpint (sum, ==, orm_totals_get_sum (totals));
}

/*
 * Lists emit at the end of a group, so the row may have been deleted.
 */
static FixtureExpense *
dup_random_expense (Live *live)
{
  guint n = g_list_model_get_n_items (live->lists[0]);
  g_autoptr (OrmEntity) expense = NULL;

  if (n == 0)
    return NULL;

  expense = g_list_model_get_item (live->lists[0], (guint) g_test_rand_int_range (0, (gint) n));
  if (orm_entity_get_state (expense) >= ORM_ENTITY_DELETED)
    return NULL;

  return (gpointer) g_steal_pointer (&expense);
}

static gpointer
random_owner (Live *live, GType type)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);
  g_autoptr (GListModel) all = orm_session_find (live->base.session, query, NULL);
  guint n = g_list_model_get_n_items (all);

  return g_list_model_get_item (all, (guint) g_test_rand_int_range (0, (gint) n));
}

static void
set_random_date (FixtureExpense *expense)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_test_rand_int_range (1, 10), G_DATE_NOVEMBER, 2026);
  if (g_test_rand_bit ())
    g_date_add_months (&date, 1);
  orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, &date);
}

static void
edit (Live *live)
{
  static const char *const words[] = { "Lunch", "Brunch", "gas", "Fun", "Zoo", "apple" };
  g_autoptr (FixtureExpense) expense = dup_random_expense (live);
  g_autoptr (OrmEntity) owner = NULL;

  if (expense == NULL)
    return;

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      orm_entity_set_int64 (ORM_ENTITY (expense), FIXTURE_EXPENSE_AMOUNT,
                            g_test_rand_int_range (0, 8) * 1000);
      break;
    case 1:
      orm_entity_set_text (ORM_ENTITY (expense), FIXTURE_EXPENSE_DESCRIPTION,
                           words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      break;
    case 2:
      set_random_date (expense);
      break;
    case 3:
      owner = random_owner (live, FIXTURE_TYPE_CATEGORY);
      orm_entity_set_reference (ORM_ENTITY (expense), "category", owner);
      break;
    default:
      owner = random_owner (live, FIXTURE_TYPE_USER);
      orm_entity_set_reference (ORM_ENTITY (expense), "user", owner);
      break;
    }
}

static void
add (Live *live)
{
  g_autoptr (FixtureExpense) expense =
    fixture_new_expense ("Bun", g_test_rand_int_range (0, 8) * 1000);
  g_autoptr (OrmEntity) user = random_owner (live, FIXTURE_TYPE_USER);
  g_autoptr (OrmEntity) category = random_owner (live, FIXTURE_TYPE_CATEGORY);

  set_random_date (expense);
  orm_entity_set_reference (ORM_ENTITY (expense), "user", user);
  orm_entity_set_reference (ORM_ENTITY (expense), "category", category);
  g_assert_true (orm_session_add (live->base.session, expense, NULL));
}

static void
rename_category (Live *live)
{
  static const char *const names[] = { "Food", "Fun", "Hidden", "Zoo", "Home", "Garden" };
  g_autoptr (OrmEntity) category = random_owner (live, FIXTURE_TYPE_CATEGORY);
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) same = NULL;
  const char *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];

  orm_query_where (query, "name", ORM_EQUAL, name);
  same = orm_session_find (live->base.session, query, NULL);
  if (g_list_model_get_n_items (same) == 0)
    orm_entity_set_text (category, FIXTURE_CATEGORY_NAME, name);
}

static void
add_category (Live *live)
{
  g_autofree char *name = g_strdup_printf ("New %d", g_test_rand_int ());
  g_autoptr (FixtureCategory) category = g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL);

  g_assert_true (orm_session_add (live->base.session, category, NULL));
}

/*
 * A category's list, loaded or not, equals its rows.
 */
static void
check_collection (Live *live, gpointer category)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  g_autoptr (GListModel) truth = NULL;

  orm_query_where (query, "category", ORM_EQUAL, category);
  truth = orm_session_find (live->base.session, query, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (category))), ==,
                    g_list_model_get_n_items (truth));
}

static void
delete_something (Live *live)
{
  g_autoptr (OrmEntity) entity = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_CATEGORY);
  g_autoptr (GListModel) all = orm_session_find (live->base.session, query, NULL);

  if (g_test_rand_int_range (0, 8) == 0 && g_list_model_get_n_items (all) > 2)
    {
      entity = random_owner (live, FIXTURE_TYPE_CATEGORY);
      check_collection (live, entity);
    }
  else
    entity = (gpointer) dup_random_expense (live);

  if (entity == NULL)
    return;

  g_assert_true (orm_session_delete (live->base.session, entity, NULL));
  if (g_test_rand_int_range (0, 3) == 0)
    g_assert_true (orm_session_add (live->base.session, entity, NULL));
}

/*
 * A step whose rows another program has changed cannot be undone, and changes
 * nothing.
 */
static void
revert (gboolean (*function) (OrmSession *session, GError **error), OrmSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!function (session, &error))
    g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_false (orm_session_get_dirty (session));
}

/*
 * Writes as another program, which is possible while there is no transaction
 * here.
 */
static void
write_elsewhere (Live *live)
{
  static const char *const statements[] = {
    "UPDATE expenses SET amount = abs(random() % 8) * 1000 WHERE id IN "
    "(SELECT id FROM expenses ORDER BY random() LIMIT 2)",
    "UPDATE expenses SET date = date('2026-11-01', abs(random() % 30) || ' days') WHERE id IN "
    "(SELECT id FROM expenses ORDER BY random() LIMIT 3)",
    "UPDATE expenses SET category_id = (SELECT id FROM categories ORDER BY random() LIMIT 1), "
    "user_id = (SELECT id FROM users ORDER BY random() LIMIT 1) WHERE id IN "
    "(SELECT id FROM expenses ORDER BY random() LIMIT 2)",
    "DELETE FROM expenses WHERE id IN (SELECT id FROM expenses ORDER BY random() LIMIT 1)",
    "INSERT INTO expenses (description, amount, date, user_id, category_id) SELECT 'Theirs', "
    "abs(random() % 8) * 1000, '2026-11-07', (SELECT min(id) FROM users), "
    "(SELECT id FROM categories ORDER BY random() LIMIT 1)",
    "UPDATE OR IGNORE categories SET name = name || 'x' WHERE length(name) < 20 AND id = "
    "(SELECT id FROM categories ORDER BY random() LIMIT 1)",
    "UPDATE expenses SET description = 'Bun' WHERE id % 3 = 0",
  };
  OrmSession *session = live->base.session;
  g_autoptr (GError) error = NULL;

  /* Otherwise the other program would wait for the end of the transaction. */
  g_assert_true (orm_session_commit (session, &error));
  g_assert_no_error (error);

  fixture_elsewhere (&live->base, statements[g_test_rand_int_range (0, G_N_ELEMENTS (statements))]);
  if (g_test_rand_bit ())
    edit (live);
  if (!orm_session_merge (session, NULL, &error))
    g_assert_no_error (error);

  /* Another program may have changed or deleted the same row. */
  if (!orm_session_flush (session, &error))
    {
      g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
      orm_session_rollback (session);
      g_assert_true (orm_session_merge (session, NULL, NULL));
    }
}

static void
step (Live *live, int what)
{
  OrmSession *session = live->base.session;
  g_autoptr (GError) error = NULL;

  g_string_append_printf (live->history, "%d ", what);
  if (what < 6)
    edit (live);
  else if (what < 9)
    add (live);
  else if (what == 9)
    delete_something (live);
  else if (what == 10)
    rename_category (live);
  else if (what == 11)
    add_category (live);
  else if (what == 12)
    orm_session_rollback (session);
  else if (what == 13 || what == 14)
    g_assert_true (orm_session_commit (session, &error));
  else if (what == 15 && !orm_session_get_dirty (session) && orm_session_can_undo (session))
    revert (orm_session_undo, session);
  else if (what == 17)
    write_elsewhere (live);
  else if (what == 16 && !orm_session_get_dirty (session) && orm_session_can_redo (session))
    revert (orm_session_redo, session);
  g_assert_no_error (error);
}

static void
check (Live *live)
{
  g_assert_true (orm_session_flush (live->base.session, NULL));
  check_lists (live);
  check_totals (live, live->totals, "category", TRUE);
  check_totals (live, live->months, "date.month", FALSE);
}

static void
test_random (Live *live, gconstpointer data)
{
  guint n = g_test_slow () ? 100000 : 400;

  for (guint i = 0; i < n; i++)
    {
      if (g_test_rand_int_range (0, 10) == 0)
        {
          guint n_grouped = (guint) g_test_rand_int_range (1, 120);

          orm_session_begin_group (live->base.session, "Group");
          for (guint j = 0; j < n_grouped; j++)
            step (live, g_test_rand_int_range (0, 10));
          orm_session_end_group (live->base.session);
        }
      else
        step (live, g_test_rand_int_range (0, 18));

      check (live);
      if (live->history->len > 400)
        g_string_erase (live->history, 0, 200);

      /* Keep the list small, because it is compared each time. */
      while (g_list_model_get_n_items (live->lists[0]) > 400)
        {
          g_autoptr (FixtureExpense) expense = dup_random_expense (live);

          g_assert_true (orm_session_delete (live->base.session, expense, NULL));
        }
    }
}

static void
test_edit_without_move_is_silent (Live *live, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint i = 0; i < live->emitted[0]->len; i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (live->lists[0], i);
      guint n = live->emitted[0]->len;

      orm_entity_set_text (expense, FIXTURE_EXPENSE_DESCRIPTION, "Other");
      g_assert_cmpuint (live->emitted[0]->len, ==, n);
      g_assert_cmpint (orm_query_model_get_id (ORM_QUERY_MODEL (live->lists[0]), i), ==,
                       orm_entity_get_id (expense));
    }
}

static void
test_totals_follow_an_amount (Live *live, gconstpointer data)
{
  g_assert_cmpint (orm_totals_get_sum (live->totals), ==, 22125);
  orm_entity_set_int64 (ORM_ENTITY (live->base.e[2]), FIXTURE_EXPENSE_AMOUNT, 2000);
  g_assert_cmpint (orm_totals_get_sum (live->totals), ==, 22250);
  orm_session_rollback (live->base.session);
  g_assert_cmpint (orm_totals_get_sum (live->totals), ==, 22125);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/orm/live/random", Live, NULL, set_up, test_random, tear_down);
  g_test_add ("/orm/live/edit-without-move-is-silent", Live, NULL, set_up,
              test_edit_without_move_is_silent, tear_down);
  g_test_add ("/orm/live/totals-follow-an-amount", Live, NULL, set_up, test_totals_follow_an_amount,
              tear_down);

  return g_test_run ();
}
