/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-loader-private.h"
#include "orm-query-keys-private.h"
#include "orm-query-model.h"
#include "orm-session-query.h"
#include "orm-unit-of-work-private.h"

/*
 * The ordered keys of a query's result are compared with the database.
 */

static OrmQuery *
new_query (guint i)
{
  OrmQuery *query = orm_query_new (FIXTURE_TYPE_EXPENSE);

  switch (i)
    {
    case 0:
      return query;
    case 1:
      return orm_query_order_by (query, "id", ORM_DESCENDING);
    case 2:
      return orm_query_order_by (query, "amount", ORM_ASCENDING);
    case 3:
      return orm_query_order_by (orm_query_order_by (query, "date", ORM_DESCENDING), "id",
                                 ORM_DESCENDING);
    case 4:
      return orm_query_order_by (query, "description", ORM_ASCENDING);
    case 5:
      orm_query_where (query, "amount", ORM_GREATER, G_GINT64_CONSTANT (2000));
      return orm_query_order_by (orm_query_order_by (query, "category.name", ORM_DESCENDING),
                                 "amount", ORM_DESCENDING);
    default:
      g_object_unref (query);
      return NULL;
    }
}

/* Returns the keys that the query finds in the database. */
static OrmQueryKeys
read_keys (Fixture *fixture, OrmQuery *query)
{
  OrmQueryKeys self = { fixture->session, query, _orm_query_keys_new (query) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = orm_session_find (fixture->session, query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (OrmEntity) entity = g_list_model_get_item (found, i);

      _orm_query_keys_insert (&self, i, entity);
    }

  return self;
}

static char *
to_text (OrmKeys *keys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < _orm_keys_get_length (keys); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", _orm_keys_get (keys, i));

  return g_string_free (text, FALSE);
}

static void
assert_as_read (Fixture *fixture, const OrmQueryKeys *self)
{
  OrmQueryKeys read = read_keys (fixture, self->query);
  g_autofree char *text = to_text (self->keys), *wanted = to_text (read.keys);

  g_assert_cmpstr (text, ==, wanted);
  _orm_keys_unref (read.keys);
}

static void
test_finds_each_position (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      OrmQueryKeys self;

      if (query == NULL)
        break;

      self = read_keys (fixture, query);
      for (guint j = 0; j < _orm_keys_get_length (self.keys); j++)
        {
          g_autoptr (OrmEntity) entity =
            _orm_session_dup_at (fixture->session, query->mapper, self.keys, j);
          guint position;

          g_assert_true (_orm_query_keys_find (&self, entity, &position));
          g_assert_cmpuint (position, ==, j);

          _orm_keys_remove (self.keys, j, 1);
          g_assert_false (_orm_query_keys_find (&self, entity, &position));
          g_assert_cmpuint (_orm_query_keys_find_place (&self, entity), ==, j);
          _orm_query_keys_insert (&self, j, entity);
        }
      _orm_keys_unref (self.keys);
    }
}

static void
change_some (Fixture *fixture)
{
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[1]), FIXTURE_EXPENSE_AMOUNT, 9999);
  orm_entity_set_text (ORM_ENTITY (fixture->e[2]), FIXTURE_EXPENSE_DESCRIPTION, "Zoo");
  orm_entity_set_int64 (ORM_ENTITY (fixture->e[5]), FIXTURE_EXPENSE_AMOUNT, 1);
  fixture_move (fixture->e[3], fixture->empty);
}

static void
test_applies_unsaved_changes (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      OrmQueryKeys self;

      if (query == NULL)
        break;

      self = read_keys (fixture, query);
      change_some (fixture);
      g_assert_true (
        _orm_query_keys_apply_entities (&self, _orm_session_get_unsaved (fixture->session)));
      assert_as_read (fixture, &self);
      orm_session_rollback (fixture->session);
      _orm_keys_unref (self.keys);
    }
}

/* Replays the ranges on the old keys, as a view does. */
static void
assert_ranges_lead_to (GArray *ranges, OrmKeys *old_keys, OrmKeys *keys)
{
  g_autoptr (OrmKeys) replayed = _orm_keys_copy (old_keys);
  g_autofree char *text = NULL, *wanted = to_text (keys);

  for (guint i = 0; i < ranges->len; i++)
    {
      const OrmRange *range = &g_array_index (ranges, OrmRange, i);

      _orm_keys_remove (replayed, range->position, range->n_removed);
      _orm_keys_insert_range (replayed, range->position, keys, range->position, range->n_added);
    }

  text = to_text (replayed);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_reports_changed_ranges (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (OrmQuery) query = new_query (i);
      g_autoptr (OrmChangeSet) changes = _orm_change_set_new ();
      g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (OrmRange));
      g_autoptr (OrmKeys) old_keys = NULL;
      OrmQueryKeys self;

      if (query == NULL)
        break;

      self = read_keys (fixture, query);
      old_keys = _orm_keys_copy (self.keys);
      change_some (fixture);
      for (guint j = 1; j <= 5; j++)
        if (fixture->e[j] != NULL)
          _orm_change_set_add_moved (changes, ORM_ENTITY (fixture->e[j]));
      g_assert_true (_orm_query_keys_apply (&self, changes, ranges));
      assert_ranges_lead_to (ranges, old_keys, self.keys);
      assert_as_read (fixture, &self);
      orm_session_rollback (fixture->session);
      _orm_keys_unref (self.keys);
    }
}

static void
test_restored_keys_make_no_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = new_query (2);
  g_autoptr (OrmChangeSet) changes = _orm_change_set_new ();
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (OrmRange));
  OrmQueryKeys self = read_keys (fixture, query);

  for (guint i = 1; i <= 3; i++)
    _orm_change_set_add_moved (changes, ORM_ENTITY (fixture->e[i]));
  g_assert_true (_orm_query_keys_apply (&self, changes, ranges));

  g_assert_cmpuint (ranges->len, ==, 0);
  assert_as_read (fixture, &self);
  _orm_keys_unref (self.keys);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/orm/query-keys/", name, NULL);

  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("finds-each-position", test_finds_each_position);
  add ("applies-unsaved-changes", test_applies_unsaved_changes);
  add ("reports-changed-ranges", test_reports_changed_ranges);
  add ("restored-keys-make-no-range", test_restored_keys_make_no_range);

  return g_test_run ();
}
