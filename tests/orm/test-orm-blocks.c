/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-query-model.h"

/*
 * Long lists, whose rows are read in blocks.
 */

#define N_ROWS 1500

static const char *const texts[] = {
  "plain",
  "\"quoted\" and \\back\\slashed\\",
  "line\nfeed, tab\t, return\r, bell\a, form\f, back\b",
  "Käse, кофе, 茶, 🍜",
  "[1,2],{\"a\":null}",
  "null",
  "\\u0041",
  "a",
  "\x01\x1f\x7f",
  "]",
};

static gint64
amount_of (guint i)
{
  return i % 3 == 0 ? -G_GINT64_CONSTANT (9999999999) + i : (gint64) i * 7;
}

static void
add_rows (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  orm_session_begin_group (fixture->session, NULL);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (FixtureExpense) expense =
        fixture_new_expense (texts[i % G_N_ELEMENTS (texts)], amount_of (i));
      g_autoptr (GDate) date = g_date_new_julian (1 + i * 2000);

      if (i % 4 != 0)
        orm_entity_set_date (ORM_ENTITY (expense), FIXTURE_EXPENSE_DATE, date);
      orm_entity_set_reference (ORM_ENTITY (expense), "user", fixture->alice);
      orm_entity_set_reference (ORM_ENTITY (expense), "category", fixture->empty);
      orm_session_add (fixture->session, expense, NULL);
    }
  orm_session_end_group (fixture->session);
  g_assert_true (orm_session_commit (fixture->session, &error));
  g_assert_no_error (error);
}

static void
check_row (OrmEntity *expense, guint i)
{
  g_autofree char *description = NULL;
  g_autoptr (OrmEntity) user = NULL;
  g_autoptr (GDate) date = NULL;
  gint64 amount;

  g_object_get (expense, "description", &description, "amount", &amount, "date", &date, "user",
                &user, NULL);
  g_assert_cmpstr (description, ==, texts[i % G_N_ELEMENTS (texts)]);
  g_assert_cmpint (amount, ==, amount_of (i));
  g_assert_nonnull (user);
  if (i % 4 != 0)
    g_assert_cmpuint (g_date_get_julian (date), ==, 1 + i * 2000);
}

static void
test_every_value (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmEntity) category = NULL;
  GListModel *list;

  add_rows (fixture);
  fixture_reopen (fixture);
  category = orm_session_get (fixture->session, FIXTURE_TYPE_CATEGORY, 4, NULL);
  list = G_LIST_MODEL (fixture_expenses (category));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_ROWS);

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (list, i);

      check_row (expense, i);
    }
}

static void
test_any_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmEntity) category = NULL;
  GListModel *list;

  add_rows (fixture);
  fixture_reopen (fixture);
  category = orm_session_get (fixture->session, FIXTURE_TYPE_CATEGORY, 4, NULL);
  list = G_LIST_MODEL (fixture_expenses (category));

  for (guint i = N_ROWS; i > 0; i--)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (list, i - 1);

      check_row (expense, i - 1);
    }

  for (guint i = 0; i < 300; i++)
    {
      guint position = (guint) g_test_rand_int_range (0, N_ROWS);
      g_autoptr (OrmEntity) expense = g_list_model_get_item (list, position);

      check_row (expense, position);
    }
}

/*
 * Iterating reads longer and longer blocks.
 */
static void
test_reads_ahead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmEntity) category = NULL;
  GListModel *list;
  guint64 n;

  add_rows (fixture);
  fixture_reopen (fixture);
  category = orm_session_get (fixture->session, FIXTURE_TYPE_CATEGORY, 4, NULL);
  list = G_LIST_MODEL (fixture_expenses (category));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_ROWS);
  fixture_take_count (fixture);

  for (guint i = 0; i < N_ROWS; i++)
    g_object_unref (g_list_model_get_item (list, i));
  n = fixture_take_count (fixture);
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (n, <, N_ROWS / 128);
}

/*
 * Bytes in a text column, which another program may have written, cannot be
 * read; the rows beside them can.
 */
static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmEntity) category = NULL, first = NULL, second = NULL;
  GListModel *list;

  add_rows (fixture);
  fixture_elsewhere (fixture, "UPDATE expenses SET description = x'4f6464' "
                              "WHERE id = (SELECT min(id) FROM expenses WHERE category_id = 4)");
  fixture_reopen (fixture);
  category = orm_session_get (fixture->session, FIXTURE_TYPE_CATEGORY, 4, NULL);
  list = G_LIST_MODEL (fixture_expenses (category));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_ROWS);
  first = g_list_model_get_item (list, 0);
  g_assert_cmpint (orm_entity_get_state (first), ==, ORM_ENTITY_DETACHED);
  second = g_list_model_get_item (list, 1);
  check_row (second, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/orm/blocks/every-value", Fixture, NULL, fixture_set_up_file, test_every_value,
              fixture_tear_down);
  g_test_add ("/orm/blocks/any-order", Fixture, NULL, fixture_set_up_file, test_any_order,
              fixture_tear_down);
  g_test_add ("/orm/blocks/reads-ahead", Fixture, NULL, fixture_set_up_file, test_reads_ahead,
              fixture_tear_down);
  g_test_add ("/orm/blocks/bytes", Fixture, NULL, fixture_set_up_file, test_bytes,
              fixture_tear_down);

  return g_test_run ();
}
