/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm-fixture.h"
#include "orm-session-query.h"
#include "orm-tree-fixture.h"

/*
 * The statements of a flush and their order, and entities that were added,
 * deleted, or both.
 */

static void
set_amount (gpointer expense, gint64 amount)
{
  g_assert_true (orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, amount));
}

static void
rename_category (FixtureCategory *category, const char *name)
{
  g_assert_true (orm_entity_set_text (ORM_ENTITY (category), FIXTURE_CATEGORY_NAME, name));
}

static OrmEntityState
state_of (gpointer entity)
{
  return orm_entity_get_state (entity);
}

static void
test_no_net_change (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  set_amount (f->e[1], 1);
  set_amount (f->e[1], 5250);
  fixture_move (f->e[2], f->entertainment);
  fixture_move (f->e[2], f->food);
  fixture_take_count (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (f->e[1])));
}

static void
test_set_back_after_a_flush (Fixture *f, gconstpointer data)
{
  set_amount (f->e[1], 1);
  fixture_watch_sql (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  set_amount (f->e[1], 5250);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_sql (f, "UPDATE expenses(amount); UPDATE expenses(amount); ");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "5250");
}

static void
test_only_what_changed (Fixture *f, gconstpointer data)
{
  fixture_watch_sql (f);
  set_amount (f->e[1], 1);
  orm_entity_set_text (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_DESCRIPTION, "Fruit");
  set_amount (f->e[2], 2);
  rename_category (f->empty, "Full");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "UPDATE categories(name); UPDATE expenses(description,amount); "
                         "UPDATE expenses(amount); ");
}

static void
test_delete_and_add_again (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_add (f->session, f->e[1], NULL));
  fixture_assert_log (f, "Alice 0-1+0; Food 0-1+0; Food 0-0+1; Alice 0-0+1; ");
  g_assert_cmpint (state_of (f->e[1]), ==, ORM_ENTITY_PERSISTENT);
  fixture_take_count (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "6");
}

static void
test_delete_and_add_owner_again (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_add (f->session, f->e[3], NULL));
  g_assert_cmpint (state_of (f->alice), ==, ORM_ENTITY_PERSISTENT);
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_check_at_rest (f);

  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_add (f->session, f->alice, NULL));
  set_amount (f->e[1], 1);
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
  g_assert_false (orm_session_get_dirty (f->session));
  fixture_check_at_rest (f);
}

/*
 * A new entity that was deleted and added again keeps its to-ones when the
 * rollback removes it, as every new entity does, but is in none of its lists.
 */
static void
test_delete_and_add_new_again (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("Bun", 3);

  fixture_load_all (f);
  fixture_track (f, x);
  orm_collection_append (fixture_expenses (f->alice), x);
  orm_collection_append (fixture_expenses (f->food), x);
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_true (orm_session_delete (f->session, x, NULL));
  g_assert_true (orm_session_add (f->session, x, NULL));
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (x), "category", NULL));

  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_null (fixture_category_of (x));
  fixture_check_at_rest (f);
}

static void
test_deleted_and_flushed_cannot_be_added (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_flush (f->session, NULL));
  g_assert_false (orm_session_add (f->session, f->e[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
  g_clear_error (&error);

  /* Deleting it again does nothing. */
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_false (orm_session_add (f->session, f->e[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
  g_clear_error (&error);
  g_assert_false (orm_session_delete (f->session, f->e[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);
}

static void
test_pending_child_is_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  fixture_track (f, x);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  g_string_truncate (f->log, 0);
  g_assert_true (orm_session_delete (f->session, x, NULL));
  fixture_assert_log (f, "Bob 3-1+0; Food 4-1+0; ");
  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_TRANSIENT);
  g_assert_null (orm_entity_get_session (ORM_ENTITY (x)));
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
}

static void
test_pending_parent_is_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  g_assert_true (orm_session_add (f->session, new, NULL));
  orm_collection_append (fixture_expenses (new), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  g_assert_true (orm_session_delete (f->session, new, NULL));
  g_assert_cmpint (state_of (new), ==, ORM_ENTITY_TRANSIENT);
  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_TRANSIENT);
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT count(*) FROM categories", "4");
}

static void
test_orphan_gets_another_parent (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  orm_collection_remove (fixture_expenses (f->food), f->e[2]);
  orm_collection_append (fixture_expenses (f->empty), f->e[2]);
  fixture_watch_sql (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "UPDATE expenses(category_id); ");
  g_assert_cmpint (state_of (f->e[2]), ==, ORM_ENTITY_PERSISTENT);
}

static void
test_pending_orphan (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);
  orm_collection_remove (fixture_expenses (f->food), x);
  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_TRANSIENT);
  g_assert_null (orm_entity_get_session (ORM_ENTITY (x)));
  g_assert_false (orm_session_get_dirty (f->session));
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7");
  fixture_watch_sql (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "");
}

/*
 * A new member that is removed from its owner leaves the session; setting
 * another owner adds it again, with its other to-ones.
 */
static void
test_pending_orphan_gets_another_parent (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  orm_entity_set_reference (ORM_ENTITY (x), "user", f->bob);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_remove (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->empty), x);
  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_PENDING);
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7 ?");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE description = 'x'", "4");
  fixture_assert_value (f, "SELECT user_id FROM expenses WHERE description = 'x'", "2");
}

/*
 * In a group, it leaves the session at the end. It stays in the lists of
 * owners that were set since, as it does without a group.
 */
static void
test_pending_orphan_gets_other_owners (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);

  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->food), x);
  orm_collection_append (fixture_expenses (f->bob), x);

  f->is_grouping = TRUE;
  orm_session_begin_group (f->session, NULL);
  orm_collection_remove (fixture_expenses (f->food), x);
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (x), "category", f->empty));
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (x), "user", f->alice));
  orm_session_end_group (f->session);
  f->is_grouping = FALSE;

  fixture_check_at_rest (f);
  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_TRANSIENT);
  fixture_assert_ids (fixture_expenses (f->empty), "?");
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3 ?");
  fixture_assert_ids (fixture_expenses (f->bob), "5 6 7");

  orm_entity_set_reference (ORM_ENTITY (x), "category", NULL);
  orm_entity_set_reference (ORM_ENTITY (x), "user", NULL);
}

/*
 * Then it cannot be deleted, in a group or without one.
 */
static void
test_pending_orphan_is_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  orm_collection_append (fixture_expenses (f->food), x);

  orm_session_begin_group (f->session, NULL);
  orm_collection_remove (fixture_expenses (f->food), x);
  g_assert_false (orm_session_delete (f->session, x, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);
  orm_session_end_group (f->session);

  g_assert_cmpint (state_of (x), ==, ORM_ENTITY_TRANSIENT);
  g_assert_false (orm_session_get_dirty (f->session));
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_check_at_rest (f);
}

static void
test_two_deletes_of_one (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_delete (f->session, f->alice, NULL));
  g_assert_true (orm_session_delete (f->session, f->food, NULL));
  fixture_watch_sql (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "DELETE expenses; DELETE categories; DELETE users; ");
  fixture_assert_value (f, "SELECT group_concat(id) FROM expenses", "7");
}

static void
test_unique_swap (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rename_category (f->food, "Entertainment");
  rename_category (f->entertainment, "Food");
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f, "SELECT name FROM categories WHERE id = 1", "Entertainment");
  fixture_assert_value (f, "SELECT name FROM categories WHERE id = 2", "Food");
}

static void
test_unique_chain (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "Food", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (f->session, f->empty, NULL));
  rename_category (f->food, "Entertainment");
  rename_category (f->entertainment, "Empty");
  g_assert_true (orm_session_add (f->session, new, NULL));
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f,
                        "SELECT group_concat(x) FROM (SELECT id || name AS x FROM categories "
                        "ORDER BY id)",
                        "1Entertainment,2Empty,3Transportation,5Food");
}

static void
test_unique_value_set_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rename_category (f->food, "Meals");
  rename_category (f->food, "Food");
  orm_entity_set_text (ORM_ENTITY (f->food), FIXTURE_CATEGORY_COLOR, "#000000");
  rename_category (f->empty, "Full");
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f, "SELECT name || color FROM categories WHERE id = 1", "Food#000000");
}

/*
 * Each row takes the name of the next one, the last row is deleted, and a new
 * row takes the first name.
 */
static void
test_unique_rotation (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "n 0", NULL);
  g_autoptr (GError) error = NULL;
  guint n = 100;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("n %u", i);

      g_ptr_array_add (categories, g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL));
      g_assert_true (orm_session_add (f->session, categories->pdata[i], NULL));
    }
  g_assert_true (orm_session_commit (f->session, NULL));

  for (guint i = 0; i + 1 < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("n %u", i + 1);

      rename_category (categories->pdata[i], name);
    }
  g_assert_true (orm_session_delete (f->session, categories->pdata[n - 1], NULL));
  g_assert_true (orm_session_add (f->session, new, NULL));
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f,
                        "SELECT count(*) FROM categories WHERE id BETWEEN 5 AND 103 AND "
                        "name = 'n ' || (id - 4)",
                        "99");
  fixture_assert_value (f, "SELECT group_concat(name) FROM categories WHERE id > 103", "n 0");
}

static gint64
sum_of (Fixture *f, const char *sql)
{
  g_autofree char *text = fixture_read (f, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/*
 * Rows with each set of changed columns. Some are set back, and some refer to
 * a row that the same flush inserts.
 */
static void
test_updates_of_any_columns (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);
  g_autoptr (GPtrArray) expenses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 64; i++)
    {
      FixtureExpense *expense = fixture_new_expense ("old", 1);

      g_ptr_array_add (expenses, expense);
      orm_entity_set_reference (ORM_ENTITY (expense), "category", f->food);
      orm_entity_set_reference (ORM_ENTITY (expense), "user", f->bob);
      g_assert_true (orm_session_add (f->session, expense, NULL));
    }
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_true (orm_session_add (f->session, new, NULL));

  for (guint i = 0; i < expenses->len; i++)
    {
      OrmEntity *expense = expenses->pdata[i];

      if ((i & 1) != 0)
        orm_entity_set_text (expense, FIXTURE_EXPENSE_DESCRIPTION, "new");
      if ((i & 2) != 0)
        orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, 2);
      if ((i & 4) != 0)
        orm_entity_set_reference (expense, "user", f->alice);
      if ((i & 8) != 0)
        orm_entity_set_reference (expense, "category", new);
      if ((i & 16) != 0)
        orm_entity_set_text (expense, FIXTURE_EXPENSE_DESCRIPTION, "old");
      if ((i & 32) != 0)
        orm_entity_set_int64 (expense, FIXTURE_EXPENSE_AMOUNT, 1);
    }

  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM expenses WHERE description = 'new'"), ==, 16);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM expenses WHERE amount = 2"), ==, 16);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM expenses WHERE user_id = 1 AND id > 7"), ==,
                   32);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM expenses WHERE category_id = 5"), ==, 32);
  g_assert_cmpint (sum_of (f, "SELECT sum(id) FROM expenses WHERE description = 'new' AND "
                              "amount = 2 AND user_id = 1 AND category_id = 5"),
                   ==, 8 + 15);
}

static void
check_names (Fixture *f, const char *prefix, guint first, guint n)
{
  for (guint id = first; id < first + n; id++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT name FROM categories WHERE id = %u", id);
      g_autofree char *name = g_strdup_printf ("%s %u", prefix, id);

      fixture_assert_value (f, sql, name);
    }
}

/*
 * New rows take the ids of deleted ones, in another order, among other new and
 * deleted rows.
 */
static void
test_ids_are_reused (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  guint n = 60;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("old %u", 5 + i);

      g_ptr_array_add (categories, g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL));
      g_assert_true (orm_session_add (f->session, categories->pdata[i], NULL));
    }
  g_assert_true (orm_session_commit (f->session, NULL));

  for (guint i = 0; i < n; i++)
    g_assert_true (orm_session_delete (f->session, categories->pdata[i], NULL));
  for (guint i = n; i > 20; i--)
    {
      g_autofree char *name = g_strdup_printf ("new %u", 4 + i);
      g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL);
      g_autofree char *other_name = g_strdup_printf ("other %u", i);
      g_autoptr (FixtureCategory) other =
        g_object_new (FIXTURE_TYPE_CATEGORY, "name", other_name, NULL);

      orm_entity_set_id (ORM_ENTITY (new), 4 + i);
      g_assert_true (orm_session_add (f->session, new, NULL));
      g_assert_true (orm_session_add (f->session, other, NULL));
    }
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  check_names (f, "new", 25, n - 20);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM categories WHERE id BETWEEN 5 AND 24"), ==, 0);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM categories WHERE id > 64"), ==, n - 20);

  orm_session_undo (f->session, &error);
  g_assert_no_error (error);
  check_names (f, "old", 5, n);
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM categories WHERE id > 64"), ==, 0);
}

/*
 * Some of many new rows are deleted before they are written. The others, and
 * later ones, get their ids in the order in which they were added.
 */
static void
test_new_rows_in_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 last_id = 4;
  guint n = 90;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("n %u", i);

      g_ptr_array_add (categories, g_object_new (FIXTURE_TYPE_CATEGORY, "name", name, NULL));
      g_assert_true (orm_session_add (f->session, categories->pdata[i], NULL));
      if (i > 10 && i % 3 > 0)
        g_assert_true (orm_session_delete (f->session, categories->pdata[i * 7 % (i - 3)], NULL) ||
                       state_of (categories->pdata[i * 7 % (i - 3)]) == ORM_ENTITY_TRANSIENT);
    }
  for (guint i = 0; i < n; i += 4)
    if (state_of (categories->pdata[i]) == ORM_ENTITY_PENDING)
      g_assert_true (orm_session_delete (f->session, categories->pdata[i], NULL));

  g_assert_true (orm_session_commit (f->session, NULL));
  for (guint i = 0; i < n; i++)
    {
      gint64 id = orm_entity_get_id (categories->pdata[i]);

      g_assert_cmpint (state_of (categories->pdata[i]), ==,
                       id > 0 ? ORM_ENTITY_PERSISTENT : ORM_ENTITY_TRANSIENT);
      if (id > 0)
        g_assert_cmpint (id, ==, ++last_id);
    }
  g_assert_cmpint (sum_of (f, "SELECT count(*) FROM categories"), ==, last_id);
}

static void
test_key_of_a_pending_target (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);

  fixture_load_all (f);
  g_assert_true (orm_session_add (f->session, new, NULL));
  fixture_move (f->e[1], new);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (f->e[1]), "category"), ==, 0);
  fixture_watch_sql (f);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_sql (f, "SELECT; INSERT categories; UPDATE expenses(category_id); ");
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (f->e[1]), "category"), ==, 5);
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 1", "5");
}

static void
test_target_joins_by_reference (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) new = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "New", NULL);

  /* Unlike B37: an entity of the session adds its new target. */
  fixture_move (f->e[1], new);
  g_assert_cmpint (state_of (new), ==, ORM_ENTITY_PENDING);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 1", "5");
}

static void
test_chosen_id (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureCategory) far = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "Far", NULL);
  g_autoptr (FixtureCategory) next = g_object_new (FIXTURE_TYPE_CATEGORY, "name", "Next", NULL);

  orm_entity_set_id (ORM_ENTITY (far), 77);
  g_assert_true (orm_session_add (f->session, far, NULL));
  g_assert_true (orm_session_add (f->session, next, NULL));
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (far)), ==, 77);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (next)), !=, 77);
  fixture_assert_value (f, "SELECT name FROM categories WHERE id = 77", "Far");
}

static void
assert_stale_flush (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_session_commit (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  orm_session_rollback (f->session);
  g_assert_false (orm_session_get_dirty (f->session));
}

static void
test_stale_update (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");
  set_amount (f->e[1], 1);
  assert_stale_flush (f);
}

/*
 * The row is already deleted, so the deletion succeeds.
 */
static void
test_delete_of_a_deleted_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_delete (f->session, f->e[2], NULL));
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state_of (f->e[1]), ==, ORM_ENTITY_DETACHED);
  fixture_assert_ids (fixture_expenses (f->food), "5 6");
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "4");
}

static guint n_failed_loads;

static void
on_load_failed (OrmSession *session, const GError *error)
{
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  n_failed_loads++;
}

/*
 * A program without foreign keys writes row 21, of category 99.
 */
static void
insert_dangling (Fixture *f)
{
  g_autofree char *uri = g_strconcat ("sqlite:", f->path, NULL);
  g_autoptr (OrmConnection) other = orm_connection_open (uri, NULL);

  /* The first write enables foreign keys. */
  g_assert_true (orm_connection_execute (other, "UPDATE users SET name = name", NULL));
  g_assert_true (_orm_connection_control (other, "PRAGMA foreign_keys = OFF", NULL));
  g_assert_true (
    orm_connection_execute (other,
                            "INSERT INTO expenses (id, user_id, category_id, description, amount) "
                            "VALUES (21, 1, 99, 'Dangling', 1)",
                            NULL));
}

/*
 * A missing target is looked up once.
 */
static void
test_missing_target (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = NULL;

  insert_dangling (f);
  x = orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 21, NULL);
  fixture_take_count (f);
  g_signal_connect (f->session, "load-failed", G_CALLBACK (on_load_failed), NULL);
  n_failed_loads = 0;

  for (guint i = 0; i < 3; i++)
    g_assert_null (orm_entity_get_reference (ORM_ENTITY (x), "category"));
  g_assert_cmpuint (fixture_take_count (f), ==, 1);
  g_assert_cmpuint (n_failed_loads, ==, 3);

  /* Another program inserts it. */
  fixture_elsewhere (f, "INSERT INTO categories (id, name) VALUES (99, 'Late')");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  g_assert_nonnull (orm_entity_get_reference (ORM_ENTITY (x), "category"));
  g_signal_handlers_disconnect_by_func (f->session, on_load_failed, NULL);
}

static void
test_refresh_of_a_deleted_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");
  g_assert_false (orm_session_refresh (f->session, f->e[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  fixture_assert_log (f, "Alice 0-1+0; Food 0-1+0; ");
  g_assert_cmpint (state_of (f->e[1]), ==, ORM_ENTITY_DETACHED);
  g_assert_null (orm_session_get (f->session, FIXTURE_TYPE_EXPENSE, 1, NULL));
}

static void
test_refresh_of_everything (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");
  fixture_elsewhere (f, "UPDATE expenses SET category_id = 4 WHERE id = 7");
  fixture_elsewhere (f, "INSERT INTO expenses (id, user_id, category_id, description, amount) "
                        "VALUES (50, 1, 1, 'Elsewhere', 100)");
  g_assert_true (orm_session_refresh (f->session, NULL, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "2 5 6 50");
  fixture_assert_ids (fixture_expenses (f->alice), "2 3 50");
  fixture_assert_ids (fixture_expenses (f->empty), "7");
  fixture_assert_ids (fixture_expenses (f->entertainment), "");
  fixture_check_at_rest (f);
}

static void
test_refresh_keeps_unsaved_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *description = NULL;
  gint64 amount;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  fixture_move (f->e[2], f->empty);
  fixture_elsewhere (f, "UPDATE expenses SET description = 'Theirs', category_id = 3 "
                        "WHERE id = 1");
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7 WHERE id = 2");
  g_assert_true (orm_session_refresh (f->session, NULL, NULL));
  g_object_get (f->e[1], "amount", &amount, "description", &description, NULL);
  g_assert_cmpint (amount, ==, 1);
  g_assert_cmpstr (description, ==, "Theirs");
  g_assert_true (fixture_category_of (f->e[1]) == f->transportation);
  g_assert_true (fixture_category_of (f->e[2]) == f->empty);
  fixture_check_at_rest (f);

  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount || category_id FROM expenses WHERE id = 1", "13");
  fixture_assert_value (f, "SELECT amount || category_id FROM expenses WHERE id = 2", "74");
}

static gint64
amount_of (FixtureExpense *expense)
{
  gint64 amount;

  g_object_get (expense, "amount", &amount, NULL);
  return amount;
}

/*
 * A refresh replaces the unsaved changes of this entity by its row.
 */
static void
test_refresh_of_a_changed_entity (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  fixture_move (f->e[1], f->empty);
  set_amount (f->e[2], 2);
  fixture_elsewhere (f, "UPDATE expenses SET amount = 77 WHERE id = 1");
  orm_session_refresh (f->session, f->e[1], &error);
  g_assert_no_error (error);
  g_assert_cmpint (amount_of (f->e[1]), ==, 77);
  g_assert_cmpint (amount_of (f->e[2]), ==, 2);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (f->e[1])));
  fixture_assert_ids (fixture_expenses (f->empty), "");
  fixture_check_at_rest (f);

  /* A later change is compared with the refreshed value. */
  set_amount (f->e[1], 78);
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "78,2");
  g_assert_true (orm_session_undo (f->session, &error));
  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "77,1875");
}

static void
test_refresh_of_a_changed_and_deleted_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 1");
  g_assert_false (orm_session_refresh (f->session, f->e[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  g_assert_cmpint (state_of (f->e[1]), ==, ORM_ENTITY_DETACHED);
  g_assert_false (orm_session_get_dirty (f->session));
  fixture_assert_ids (fixture_expenses (f->food), "2 5 6");
}

static void
test_revert (Fixture *f, gconstpointer data)
{
  fixture_load_all (f);
  set_amount (f->e[1], 1);
  g_assert_true (orm_session_flush (f->session, NULL));
  set_amount (f->e[1], 2);
  set_amount (f->e[1], 3);
  fixture_move (f->e[1], f->empty);
  fixture_move (f->e[1], f->entertainment);
  set_amount (f->e[2], 4);
  fixture_take_count (f);

  g_assert_true (orm_session_revert (f->session, f->e[1], NULL));
  g_assert_cmpuint (fixture_take_count (f), ==, 0);
  g_assert_cmpint (amount_of (f->e[1]), ==, 1);
  g_assert_cmpint (amount_of (f->e[2]), ==, 4);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_check_at_rest (f);

  fixture_watch_sql (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_sql (f, "UPDATE expenses(amount); ");
  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "1,4");
  g_assert_true (orm_session_undo (f->session, NULL));
  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "5250,1875");
}

static void
test_revert_of_a_deletion (Fixture *f, gconstpointer data)
{
  g_autoptr (FixtureExpense) x = fixture_new_expense ("x", 100);
  g_autoptr (GError) error = NULL;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  g_assert_true (orm_session_delete (f->session, f->e[1], NULL));
  g_assert_true (orm_session_revert (f->session, f->e[1], NULL));
  g_assert_cmpint (amount_of (f->e[1]), ==, 5250);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_false (orm_session_get_dirty (f->session));

  orm_collection_append (fixture_expenses (f->food), x);
  g_assert_false (orm_session_revert (f->session, x, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
}

/*
 * A read flushes what it can while one entity lacks its owner.
 */
static void
test_revert_after_a_partial_flush (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) all = orm_query_new (FIXTURE_TYPE_EXPENSE);
  guint64 n_rows;

  fixture_load_all (f);
  set_amount (f->e[1], 1);
  g_assert_true (orm_session_flush (f->session, NULL));
  set_amount (f->e[1], 2);
  orm_collection_remove (fixture_expenses (f->food), f->e[1]);
  set_amount (f->e[2], 3);
  g_assert_true (orm_session_count (f->session, all, &n_rows, NULL));
  g_assert_cmpuint (n_rows, ==, 6);

  g_assert_true (orm_session_revert (f->session, f->e[1], NULL));
  g_assert_cmpint (amount_of (f->e[1]), ==, 1);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "1,3");
}

static void
test_nullify_unloaded (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = NULL;

  tree_execute (t, "UPDATE items SET maker_id = 3 WHERE id < 3");
  node = tree_get (t, TREE_TYPE_NODE, 3);
  g_assert_true (orm_session_delete (t->session, node, NULL));
  tree_commit (t);
  tree_assert_value (t, "SELECT count(*) FROM items", "4");
  tree_assert_value (t, "SELECT count(*) FROM items WHERE maker_id NOT NULL", "0");
  tree_assert_value (t, "SELECT count(*) FROM nodes WHERE id = 3", "0");
}

static void
test_deny_with_unsaved_members (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) node = tree_get (t, TREE_TYPE_NODE, 3);
  g_autoptr (TreeItem) item = tree_get (t, TREE_TYPE_ITEM, 1);
  g_autoptr (GError) error = NULL;

  orm_entity_set_reference (ORM_ENTITY (item), "sealer", node);
  g_assert_false (orm_session_delete (t->session, node, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);

  /* Removed again, in memory only. */
  tree_commit (t);
  orm_entity_set_reference (ORM_ENTITY (item), "sealer", NULL);
  g_assert_true (orm_session_delete (t->session, node, NULL));
  tree_commit (t);
}

static void
test_chain_of_new_nodes (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) top = tree_new_node ("top", NULL);
  g_autoptr (TreeNode) middle = tree_new_node ("middle", top);
  g_autoptr (TreeNode) bottom = tree_new_node ("bottom", middle);

  /* The last row comes first. */
  tree_watch_sql (t);
  tree_add (t, bottom);
  tree_commit (t);
  tree_assert_log (t, "SELECT; INSERT nodes; ");
  tree_assert_value (t,
                     "SELECT group_concat(n.name || '<' || p.name) FROM nodes n "
                     "JOIN nodes p ON p.id = n.parent_id WHERE n.id > 4 AND n.name = 'bottom'",
                     "bottom<middle");
  tree_assert_value (t,
                     "SELECT p.name FROM nodes n JOIN nodes p ON p.id = n.parent_id "
                     "WHERE n.name = 'middle'",
                     "top");
}

static void
test_long_chain (Tree *t, gconstpointer data)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 2500; i++)
    g_ptr_array_add (nodes, tree_new_node ("n", i > 0 ? nodes->pdata[i - 1] : NULL));
  for (guint i = nodes->len; i > 0; i--)
    tree_add (t, nodes->pdata[i - 1]);
  tree_commit (t);
  tree_assert_value (t,
                     "SELECT count(*) FROM nodes n JOIN nodes p ON p.id = n.parent_id "
                     "WHERE n.name = 'n'",
                     "2499");
}

static void
test_circle_of_two (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) one = tree_new_node ("one", NULL);
  g_autoptr (TreeNode) two = tree_new_node ("two", one);
  g_autoptr (GError) error = NULL;

  orm_entity_set_reference (ORM_ENTITY (one), "parent", two);
  tree_add (t, one);
  tree_commit (t);
  tree_assert_value (t,
                     "SELECT count(*) FROM nodes a JOIN nodes b ON b.id = a.parent_id "
                     "AND a.id = b.parent_id",
                     "2");

  g_assert_true (orm_session_delete (t->session, one, NULL));
  orm_session_commit (t->session, &error);
  g_assert_no_error (error);
  tree_assert_value (t, "SELECT count(*) FROM nodes", "4");
}

static void
test_subtree_is_deleted (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) root = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (TreeNode) left = tree_get (t, TREE_TYPE_NODE, 2);
  g_autoptr (TreeNode) leaf = tree_get (t, TREE_TYPE_NODE, 4);
  g_autoptr (GError) error = NULL;

  tree_watch (t, root, "children", "root");
  g_assert_true (orm_session_delete (t->session, left, NULL));
  tree_assert_log (t, "root 0-1+0; ");
  g_assert_cmpint (state_of (leaf), ==, ORM_ENTITY_DELETED);
  orm_session_commit (t->session, &error);
  g_assert_no_error (error);
  tree_assert_value (t, "SELECT group_concat(id) FROM nodes", "1,3");
}

static void
test_subtree_is_moved_out_of_a_deleted_one (Tree *t, gconstpointer data)
{
  g_autoptr (TreeNode) right = tree_get (t, TREE_TYPE_NODE, 3);
  g_autoptr (TreeNode) left = tree_get (t, TREE_TYPE_NODE, 2);
  g_autoptr (TreeNode) leaf = tree_get (t, TREE_TYPE_NODE, 4);

  orm_entity_set_reference (ORM_ENTITY (leaf), "parent", right);
  g_assert_true (orm_session_delete (t->session, left, NULL));
  tree_commit (t);
  tree_assert_value (t,
                     "SELECT group_concat(x) FROM (SELECT id || ':' || coalesce(parent_id, 0) "
                     "AS x FROM nodes ORDER BY id)",
                     "1:0,3:1,4:3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE_IN(name, function, set_up)                                                            \
  g_test_add ("/orm/work/" name, Fixture, NULL, set_up, function, fixture_tear_down)
#define CASE(name, function) CASE_IN (name, function, fixture_set_up)
#define TREE(name, function)                                                                       \
  g_test_add ("/orm/work/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  CASE ("no-net-change", test_no_net_change);
  CASE ("set-back-after-a-flush", test_set_back_after_a_flush);
  CASE ("only-what-changed", test_only_what_changed);
  CASE ("delete-and-add-again", test_delete_and_add_again);
  CASE ("delete-and-add-new-again", test_delete_and_add_new_again);
  CASE ("delete-and-add-owner-again", test_delete_and_add_owner_again);
  CASE ("deleted-and-flushed-cannot-be-added", test_deleted_and_flushed_cannot_be_added);
  CASE ("pending-child-is-deleted", test_pending_child_is_deleted);
  CASE ("pending-parent-is-deleted", test_pending_parent_is_deleted);
  CASE ("orphan-gets-another-parent", test_orphan_gets_another_parent);
  CASE ("pending-orphan", test_pending_orphan);
  CASE ("pending-orphan-gets-another-parent", test_pending_orphan_gets_another_parent);
  CASE ("pending-orphan-gets-other-owners", test_pending_orphan_gets_other_owners);
  CASE ("pending-orphan-is-deleted", test_pending_orphan_is_deleted);
  CASE ("two-deletes-of-one", test_two_deletes_of_one);
  CASE ("unique-swap", test_unique_swap);
  CASE ("unique-chain", test_unique_chain);
  CASE ("unique-value-set-back", test_unique_value_set_back);
  CASE ("unique-rotation", test_unique_rotation);
  CASE ("updates-of-any-columns", test_updates_of_any_columns);
  CASE ("ids-are-reused", test_ids_are_reused);
  CASE ("new-rows-in-order", test_new_rows_in_order);
  CASE ("key-of-a-pending-target", test_key_of_a_pending_target);
  CASE ("target-joins-by-reference", test_target_joins_by_reference);
  CASE ("chosen-id", test_chosen_id);
  CASE_IN ("stale-update", test_stale_update, fixture_set_up_file);
  CASE_IN ("missing-target", test_missing_target, fixture_set_up_file);
  CASE_IN ("delete-of-a-deleted-row", test_delete_of_a_deleted_row, fixture_set_up_file);
  CASE_IN ("refresh-of-a-deleted-row", test_refresh_of_a_deleted_row, fixture_set_up_file);
  CASE_IN ("refresh-of-a-changed-entity", test_refresh_of_a_changed_entity, fixture_set_up_file);
  CASE_IN ("refresh-of-a-changed-and-deleted-row", test_refresh_of_a_changed_and_deleted_row,
           fixture_set_up_file);
  CASE ("revert", test_revert);
  CASE ("revert-of-a-deletion", test_revert_of_a_deletion);
  CASE ("revert-after-a-partial-flush", test_revert_after_a_partial_flush);
  CASE_IN ("refresh-of-everything", test_refresh_of_everything, fixture_set_up_file);
  CASE_IN ("refresh-keeps-unsaved-changes", test_refresh_keeps_unsaved_changes,
           fixture_set_up_file);
  TREE ("nullify-unloaded", test_nullify_unloaded);
  TREE ("deny-with-unsaved-members", test_deny_with_unsaved_members);
  TREE ("chain-of-new-nodes", test_chain_of_new_nodes);
  TREE ("long-chain", test_long_chain);
  TREE ("circle-of-two", test_circle_of_two);
  TREE ("subtree-is-deleted", test_subtree_is_deleted);
  TREE ("subtree-is-moved-out-of-a-deleted-one", test_subtree_is_moved_out_of_a_deleted_one);

  return g_test_run ();
}
