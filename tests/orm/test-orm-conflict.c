/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-conflict-private.h"
#include "orm-fixture.h"
#include "orm-session-query.h"

#include <string.h>

/*
 * Whether another program has changed the rows that are about to be written.
 */

#define AMOUNT ORM_SLOT_BIT (FIXTURE_EXPENSE_AMOUNT)

/* The size of the random test. */
#define N_ROUNDS 400
#define N_STEPS 12
#define N_ROWS 3

static void
count_found (gpointer data, guint index, const OrmRow *row)
{
  guint *n_found = data;

  g_assert_cmpint (row->id, ==, index + 1);
  *n_found += 1;
}

/*
 * Checks rows 1 and 2 against the amounts that are expected, or against no row
 * 2.
 */
static void
check (Fixture *f, gint64 first, gint64 *second, gint64 *wanted, const char *expected_error)
{
  OrmMapper *mapper = _orm_mapper_for_type (FIXTURE_TYPE_EXPENSE);
  OrmValue values[3][8] = { { { 0 } } };
  OrmExpectedRow rows[2] = { { .id = 1, .slots = AMOUNT, .values = values[0] },
                             { .id = 2, .slots = AMOUNT, .values = values[1] } };
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));
  g_autoptr (GError) error = NULL;
  guint n_found = 0;

  values[0][FIXTURE_EXPENSE_AMOUNT] = ORM_VALUE_INTEGER (first);
  values[1][FIXTURE_EXPENSE_AMOUNT] = ORM_VALUE_INTEGER (second != NULL ? *second : 0);
  values[2][FIXTURE_EXPENSE_AMOUNT] = ORM_VALUE_INTEGER (wanted != NULL ? *wanted : 0);
  rows[1].is_absent = second == NULL;
  rows[1].wanted = wanted != NULL ? values[2] : NULL;
  g_array_append_vals (expected, rows, 2);

  if (_orm_session_check_expected (f->session, mapper, expected, count_found, &n_found, &error))
    {
      g_assert_null (expected_error);
      g_assert_cmpuint (n_found, ==, second != NULL ? 2 : 1);
    }
  else
    {
      g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
      g_assert_cmpstr (error->message, ==, expected_error);
    }
}

static void
test_values (Fixture *f, gconstpointer data)
{
  gint64 amount = 1875, other = 7;

  fixture_assert_value (f, "SELECT group_concat(amount) FROM expenses WHERE id < 3", "5250,1875");
  check (f, 5250, &amount, NULL, NULL);
  check (f, 5251, &amount, NULL, "amount of row 1 of expenses was changed by another program");
  check (f, 5250, &other, NULL, "amount of row 2 of expenses was changed by another program");

  /* The row already has the new value. */
  check (f, 5250, &other, &amount, NULL);
  check (f, 5250, &other, &other, "amount of row 2 of expenses was changed by another program");
}

static void
test_rows (Fixture *f, gconstpointer data)
{
  gint64 amount = 1875;

  check (f, 5250, NULL, NULL, "Row 2 of expenses was added by another program");

  /* A row that was read earlier is read again. */
  fixture_elsewhere (f, "DELETE FROM expenses WHERE id = 2");
  check (f, 5250, &amount, NULL, "Row 2 of expenses was deleted by another program");
  check (f, 5250, NULL, NULL, NULL);
}

/*
 * A read flushes, but leaves an entity without its owner for later.
 */
static void
test_left_out_by_a_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  orm_collection_remove (fixture_expenses (f->food), f->e[1]);
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");

  fixture_move (f->e[1], f->entertainment);
  g_assert_false (orm_session_commit (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "7700");
}

static gint64
get_amount (gpointer expense)
{
  gint64 amount;

  g_object_get (expense, "amount", &amount, NULL);
  return amount;
}

static void
test_set_back_after_merge (Fixture *f, gconstpointer data)
{
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));

  /* Nothing is overwritten, because the change was undone here. */
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 5250);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "7700");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 7700);
}

static void
test_reverted_after_merge (Fixture *f, gconstpointer data)
{
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));

  /* The merge left the column with the unsaved change alone; now it is read. */
  g_assert_true (orm_session_revert (f->session, f->e[1], NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 7700);
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 222);
  g_assert_true (orm_session_commit (f->session, NULL));
}

static void
test_merged_after_revert (Fixture *f, gconstpointer data)
{
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  g_assert_true (orm_session_revert (f->session, f->e[1], NULL));
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  g_assert_cmpint (get_amount (f->e[1]), ==, 7700);

  /* The value is not that of the row any more. */
  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 5250);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "5250");
}

static void
test_set_back_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_entity_set_int64 (ORM_ENTITY (f->e[1]), FIXTURE_EXPENSE_AMOUNT, 111);
  fixture_elsewhere (f, "UPDATE expenses SET amount = 7700 WHERE id = 1");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  fixture_elsewhere (f, "UPDATE expenses SET amount = 5250 WHERE id = 1");
  orm_session_commit (f->session, &error);
  g_assert_no_error (error);
  fixture_assert_value (f, "SELECT amount FROM expenses WHERE id = 1", "111");
}

/* The random test's model of one column of a row. */
typedef struct
{
  gint64 read;   /* what the session has read */
  gint64 memory; /* what the session has */
  gint64 row;
  gboolean is_set; /* since the last commit; a merge leaves it alone */
} Slot;

static const char *const slot_names[] = { "amount", "category_id" };

#define N_SLOTS G_N_ELEMENTS (slot_names)

typedef struct
{
  Fixture *fixture;
  Slot slots[N_ROWS + 1][N_SLOTS];
} Model;

static gint64
get_slot (Model *model, guint i, guint j)
{
  OrmEntity *entity = ORM_ENTITY (model->fixture->e[i]);

  if (j == 0)
    return get_amount (entity);

  return orm_entity_get_reference_id (entity, "category");
}

static void
set_slot (Model *model, guint i, guint j, gint64 value)
{
  Fixture *f = model->fixture;
  gpointer categories[] = { NULL, f->food, f->entertainment, f->transportation };

  if (j == 0)
    orm_entity_set_int64 (ORM_ENTITY (f->e[i]), FIXTURE_EXPENSE_AMOUNT, value);
  else
    orm_entity_set_reference (ORM_ENTITY (f->e[i]), "category", categories[value]);
  model->slots[i][j].is_set |= value != model->slots[i][j].memory;
  model->slots[i][j].memory = value;
}

static void
write_elsewhere (Model *model, guint i, guint j, gint64 value)
{
  g_autofree char *sql = g_strdup_printf (
    "UPDATE expenses SET %s = %" G_GINT64_FORMAT " WHERE id = %u", slot_names[j], value, i);

  fixture_elsewhere (model->fixture, sql);
  model->slots[i][j].row = value;
}

/*
 * The session's value is the one that it has read.
 */
static void
take_read (Model *model, guint i)
{
  for (guint j = 0; j < N_SLOTS; j++)
    {
      Slot *slot = &model->slots[i][j];

      slot->read = slot->memory = get_slot (model, i, j);
      slot->is_set = FALSE;
    }
}

/*
 * Afterwards the session has read everything except columns with unsaved
 * changes.
 */
static void
merge (Model *model)
{
  g_autoptr (GError) error = NULL;

  orm_session_merge (model->fixture->session, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 1; i <= N_ROWS; i++)
    for (guint j = 0; j < N_SLOTS; j++)
      {
        Slot *slot = &model->slots[i][j];

        if (!slot->is_set)
          slot->memory = slot->read = slot->row;
        g_assert_cmpint (get_slot (model, i, j), ==, slot->memory);
      }
}

static void
revert_one (Model *model, guint i)
{
  g_autoptr (GError) error = NULL;

  orm_session_revert (model->fixture->session, model->fixture->e[i], &error);
  g_assert_no_error (error);
  take_read (model, i);
}

/*
 * The commit must fail if, and only if, it would overwrite a value that the
 * session has not read.
 */
static void
commit (Model *model)
{
  g_autoptr (GError) error = NULL;
  gboolean is_stale = FALSE;

  for (guint i = 1; i <= N_ROWS; i++)
    for (guint j = 0; j < N_SLOTS; j++)
      {
        const Slot *slot = &model->slots[i][j];

        is_stale |=
          slot->memory != slot->read && slot->row != slot->read && slot->row != slot->memory;
      }

  if (orm_session_commit (model->fixture->session, &error))
    {
      g_assert_false (is_stale);
      for (guint i = 1; i <= N_ROWS; i++)
        for (guint j = 0; j < N_SLOTS; j++)
          if (model->slots[i][j].memory != model->slots[i][j].read)
            model->slots[i][j].row = model->slots[i][j].memory;
    }
  else
    {
      g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
      g_assert_true (is_stale);
      orm_session_rollback (model->fixture->session);
    }

  for (guint i = 1; i <= N_ROWS; i++)
    take_read (model, i);
  merge (model);
}

/*
 * An entity lacks its owner while a read flushes, and the other connection
 * changes its row before it gets one. Nothing else may be unsaved, because the
 * flush would open a transaction and lock out the other connection.
 */
static void
move_around_a_read (Model *model, guint i, guint j, gint64 value)
{
  Fixture *f = model->fixture;
  FixtureCategory *from = fixture_category_of (f->e[i]);
  g_autoptr (OrmQuery) all = orm_query_new (FIXTURE_TYPE_EXPENSE);
  guint64 n_rows;

  for (guint k = 1; k <= N_ROWS; k++)
    for (guint l = 0; l < N_SLOTS; l++)
      if (k != i && model->slots[k][l].is_set)
        return;

  orm_collection_remove (fixture_expenses (from), f->e[i]);
  model->slots[i][1].is_set = TRUE;
  g_assert_true (orm_session_count (f->session, all, &n_rows, NULL));
  if (model->slots[i][0].memory == model->slots[i][0].read)
    model->slots[i][0].is_set = FALSE;
  write_elsewhere (model, i, j, value);
  set_slot (model, i, 1, g_test_rand_int_range (1, 4));
}

/*
 * Two connections set the same few columns to one of three values.
 */
static void
test_random (Fixture *f, gconstpointer data)
{
  Model model = { .fixture = f };

  fixture_elsewhere (f, "UPDATE expenses SET amount = 1, category_id = 1");
  g_assert_true (orm_session_merge (f->session, NULL, NULL));
  for (guint i = 1; i <= N_ROWS; i++)
    {
      take_read (&model, i);
      for (guint j = 0; j < N_SLOTS; j++)
        model.slots[i][j].row = model.slots[i][j].memory;
    }

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint step = (guint) g_test_rand_int_range (1, N_STEPS); step > 0; step--)
        {
          guint i = (guint) g_test_rand_int_range (1, N_ROWS + 1),
                j = (guint) g_test_rand_int_range (0, N_SLOTS);
          gint64 value = g_test_rand_int_range (1, 4);

          switch (g_test_rand_int_range (0, 9))
            {
            case 0:
            case 1:
            case 2:
              set_slot (&model, i, j, value);
              break;
            case 3:
            case 4:
            case 5:
              write_elsewhere (&model, i, j, value);
              break;
            case 6:
              merge (&model);
              break;
            case 7:
              move_around_a_read (&model, i, j, value);
              break;
            default:
              revert_one (&model, i);
              break;
            }
        }

      commit (&model);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/conflict/" name, Fixture, NULL, fixture_set_up_file, function,                 \
              fixture_tear_down)

  CASE ("values", test_values);
  CASE ("rows", test_rows);
  CASE ("set-back-after-merge", test_set_back_after_merge);
  CASE ("set-back-elsewhere", test_set_back_elsewhere);
  CASE ("reverted-after-merge", test_reverted_after_merge);
  CASE ("merged-after-revert", test_merged_after_revert);
  CASE ("left-out-by-a-read", test_left_out_by_a_read);
  CASE ("random", test_random);

  return g_test_run ();
}
