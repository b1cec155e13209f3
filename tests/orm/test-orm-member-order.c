/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-fixture.h"
#include "orm-member-order-private.h"

/*
 * The position of a member in a list that is ordered by a column. The rows
 * have ids from 101 on, each with an amount.
 */

#define FIRST_ID 101

typedef struct
{
  Fixture fixture;
  OrmSide side;
  OrmRelationship spec;
  GHashTable *held;
  OrmKeys *keys;
  OrmMemberOrder *order;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  const OrmSide *side;

  fixture_set_up (&self->fixture, NULL);

  side = _orm_collection_get_side (fixture_expenses (self->fixture.empty));
  self->spec = *side->spec;
  self->side = *side;
  self->side.spec = &self->spec;
  self->side.order_slot = FIXTURE_EXPENSE_AMOUNT;

  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  self->order = _orm_member_order_new (&self->side, self->held);
}

static void
tear_down (Case *self, gconstpointer data)
{
  _orm_member_order_free (self->order);
  _orm_keys_unref (self->keys);
  g_hash_table_unref (self->held);
  fixture_tear_down (&self->fixture, NULL);
}

/*
 * Rows whose amounts are 10, 20, 30 and so on, in a list in that order.
 */
static void
add_rows (Case *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql =
    g_strdup_printf ("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
                     "INSERT INTO expenses (id, description, amount, date, user_id, category_id) "
                     "SELECT %d + i, 'row', (i + 1) * 10, '2026-01-01', 1, 4 FROM n",
                     n - 1, FIRST_ID);

  orm_connection_execute (self->fixture.connection, sql, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    _orm_keys_append (self->keys, FIRST_ID + i, 0);
}

static guint
find_place (Case *self, gint64 amount)
{
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("new", amount);

  return _orm_member_order_find_place (self->order, self->fixture.session, self->keys,
                                       ORM_ENTITY (expense));
}

static void
test_finds_place (Case *self, gconstpointer data)
{
  add_rows (self, 3);

  g_assert_cmpuint (find_place (self, 5), ==, 0);
  g_assert_cmpuint (find_place (self, 20), ==, 2);
  g_assert_cmpuint (find_place (self, 99), ==, 3);
}

static void
test_descending (Case *self, gconstpointer data)
{
  self->spec.direction = ORM_DESCENDING;
  add_rows (self, 1);

  g_assert_cmpuint (find_place (self, 5), ==, 1);
  g_assert_cmpuint (find_place (self, 15), ==, 0);
}

/*
 * The value of a new entity is taken from the entity itself.
 */
static void
test_asks_held_entities (Case *self, gconstpointer data)
{
  FixtureExpense *held = fixture_new_expense ("held", 50);
  gint64 key = _orm_entity_get_key (ORM_ENTITY (held));

  g_hash_table_insert (self->held, g_memdup2 (&key, sizeof key), held);
  _orm_keys_append (self->keys, key, 0);

  g_assert_cmpuint (find_place (self, 49), ==, 0);
  g_assert_cmpuint (find_place (self, 51), ==, 1);
}

/*
 * Placing many members takes no statement each, because the column is read
 * once and cached.
 */
static void
test_remembers_rows_of_many (Case *self, gconstpointer data)
{
  guint64 n_before;

  add_rows (self, 4000);
  for (guint i = 0; i < 100 && !_orm_member_order_has_values (self->order); i++)
    g_assert_cmpuint (find_place (self, 37 * 10 * i + 5), ==, 37 * i);
  g_assert_true (_orm_member_order_has_values (self->order));

  n_before = orm_connection_get_n_statements (self->fixture.connection);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (find_place (self, 40 * i + 5), ==, 4 * i);
  g_assert_cmpuint (orm_connection_get_n_statements (self->fixture.connection), ==, n_before);

  _orm_member_order_forget_values (self->order);
  g_assert_false (_orm_member_order_has_values (self->order));
}

#define ADD(path, test) g_test_add ("/orm/member-order/" path, Case, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("finds-place", test_finds_place);
  ADD ("descending", test_descending);
  ADD ("asks-held-entities", test_asks_held_entities);
  ADD ("remembers-rows-of-many", test_remembers_rows_of_many);

  return g_test_run ();
}
