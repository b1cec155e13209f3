/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"

/*
 * Random changes, with a copy of each list and a handler on each expense: at
 * each emission a list equals its copy, and each member's to-one is the list's
 * owner. If a test fails, --seed= with the printed seed repeats it.
 */

typedef struct
{
  Fixture *f;
  GPtrArray *expenses; /* all that ever existed */
  guint n_steps;       /* since the last commit or rollback */
} Game;

static void
add_to_game (Game *game, FixtureExpense *expense)
{
  g_ptr_array_add (game->expenses, g_object_ref (expense));
  fixture_track (game->f, expense);
  fixture_watch_notify (game->f, expense, "category", "e");
  fixture_watch_notify (game->f, expense, "user", "e");
}

static FixtureExpense *
pick (Game *game)
{
  return g_ptr_array_index (game->expenses, g_test_rand_int_range (0, (gint) game->expenses->len));
}

static FixtureExpense *
pick_live (Game *game)
{
  for (guint i = 0; i < 50; i++)
    {
      FixtureExpense *expense = pick (game);

      if (orm_entity_get_state (ORM_ENTITY (expense)) < ORM_ENTITY_DELETED)
        return expense;
    }

  return NULL;
}

static gpointer
pick_owner (Game *game, gboolean *is_user)
{
  Fixture *f = game->f;
  gpointer owners[] = { f->food, f->entertainment, f->transportation, f->empty, f->alice, f->bob };
  guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (owners));

  if (is_user != NULL)
    *is_user = i >= 4;
  return owners[i];
}

static FixtureExpense *
new_complete (Game *game)
{
  g_autoptr (FixtureExpense) expense = fixture_new_expense ("new", 100);

  add_to_game (game, expense);
  return expense;
}

static void
set_random_owner (Game *game, gboolean by_property)
{
  gboolean is_user;
  gpointer owner = pick_owner (game, &is_user);
  FixtureExpense *expense = pick_live (game);
  const char *name = is_user ? "user" : "category";

  if (expense == NULL)
    return;
  if (by_property)
    g_object_set (expense, name, owner, NULL);
  else
    g_assert_true (orm_entity_set_reference (ORM_ENTITY (expense), name, owner));
}

static void
append_random (Game *game)
{
  FixtureExpense *expense = g_test_rand_bit () ? new_complete (game) : pick_live (game);

  if (expense != NULL)
    orm_collection_append (fixture_expenses (pick_owner (game, NULL)), expense);
}

static void
remove_random (Game *game)
{
  OrmCollection *list = fixture_expenses (pick_owner (game, NULL));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr (OrmEntity) item = NULL;

  if (n == 0)
    return;
  item = g_list_model_get_item (G_LIST_MODEL (list), (guint) g_test_rand_int_range (0, (gint) n));
  g_assert_true (orm_collection_remove (list, item));
}

static void
move_random (Game *game)
{
  OrmCollection *list = fixture_expenses (pick_owner (game, NULL));
  gint n = (gint) g_list_model_get_n_items (G_LIST_MODEL (list));

  if (n > 0)
    orm_collection_move (list, (guint) g_test_rand_int_range (0, n),
                         (guint) g_test_rand_int_range (0, n));
}

/*
 * Picks some members, some members of other lists and some new expenses.
 */
static GPtrArray *
pick_members (Game *game)
{
  GPtrArray *entities = g_ptr_array_new ();

  for (gint i = g_test_rand_int_range (0, 6); i > 0; i--)
    {
      FixtureExpense *expense =
        g_test_rand_int_range (0, 4) == 0 ? new_complete (game) : pick_live (game);

      if (expense != NULL && !g_ptr_array_find (entities, expense, NULL))
        g_ptr_array_add (entities, expense);
    }

  return entities;
}

static void
replace_random (Game *game)
{
  OrmCollection *list = fixture_expenses (pick_owner (game, NULL));
  g_autoptr (GPtrArray) wanted = pick_members (game);

  orm_collection_replace (list, wanted->pdata, wanted->len);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (item == g_ptr_array_index (wanted, i));
    }
}

static void
splice_random (Game *game)
{
  OrmCollection *list = fixture_expenses (pick_owner (game, NULL));
  g_autoptr (GPtrArray) additions = pick_members (game);
  gint n = (gint) g_list_model_get_n_items (G_LIST_MODEL (list));
  gint position = g_test_rand_int_range (0, n + 1);

  for (guint i = additions->len; i > 0; i--)
    if (orm_collection_contains (list, g_ptr_array_index (additions, i - 1)))
      g_ptr_array_remove_index (additions, i - 1);

  orm_collection_splice (list, (guint) position,
                         (guint) g_test_rand_int_range (0, n - position + 1), additions->pdata,
                         additions->len);
  for (guint i = 0; i < additions->len; i++)
    {
      g_autoptr (OrmEntity) item =
        g_list_model_get_item (G_LIST_MODEL (list), (guint) position + i);

      g_assert_true (item == g_ptr_array_index (additions, i));
    }
}

/*
 * Deletes an expense, and sometimes adds it again.
 */
static void
delete_random (Game *game)
{
  FixtureExpense *expense = pick_live (game);

  if (expense == NULL || orm_entity_get_session (ORM_ENTITY (expense)) != game->f->session ||
      orm_entity_get_state (ORM_ENTITY (expense)) == ORM_ENTITY_TRANSIENT)
    return;

  g_assert_true (orm_session_delete (game->f->session, expense, NULL));
  if (g_test_rand_int_range (0, 3) == 0)
    g_assert_true (orm_session_add (game->f->session, expense, NULL));
}

/*
 * An expense needs both owners to be saved: add the missing ones.
 */
static void
complete_all (Game *game)
{
  for (guint i = 0; i < game->expenses->len; i++)
    {
      OrmEntity *expense = g_ptr_array_index (game->expenses, i);

      if (orm_entity_get_state (expense) == ORM_ENTITY_TRANSIENT &&
          (orm_entity_has_reference (expense, "user") ||
           orm_entity_has_reference (expense, "category")))
        g_assert_true (orm_session_add (game->f->session, expense, NULL));
      if (orm_entity_get_state (expense) != ORM_ENTITY_PENDING)
        continue;
      if (orm_entity_get_reference (expense, "user") == NULL)
        g_assert_true (orm_entity_set_reference (expense, "user", game->f->bob));
      if (orm_entity_get_reference (expense, "category") == NULL)
        g_assert_true (orm_entity_set_reference (expense, "category", game->f->empty));
    }
}

static void
save (Game *game, gboolean commit)
{
  g_autoptr (GError) error = NULL;

  complete_all (game);
  if (commit)
    {
      orm_session_commit (game->f->session, &error);
      game->n_steps = 0;
    }
  else
    orm_session_flush (game->f->session, &error);
  g_assert_no_error (error);
}

static void
play (Game *game, int what)
{
  game->n_steps++;
  switch (what)
    {
    case 0:
    case 1:
      set_random_owner (game, FALSE);
      break;
    case 2:
      set_random_owner (game, TRUE);
      break;
    case 3:
    case 4:
      append_random (game);
      break;
    case 5:
      remove_random (game);
      break;
    case 6:
      move_random (game);
      break;
    case 7:
    case 8:
      replace_random (game);
      break;
    case 9:
    case 10:
      splice_random (game);
      break;
    case 11:
      delete_random (game);
      break;
    case 12:
      game->f->is_grouping = game->n_steps > 6 || g_test_slow ();
      orm_session_rollback (game->f->session);
      game->f->is_grouping = FALSE;
      game->n_steps = 0;
      break;
    case 13:
      save (game, TRUE);
      break;
    case 14:
      save (game, FALSE);
      break;
    case 15:
      g_assert_true (orm_session_refresh (game->f->session, NULL, NULL));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
play_group (Game *game)
{
  game->f->is_grouping = TRUE;
  orm_session_begin_group (game->f->session, "Group");
  for (gint i = g_test_rand_int_range (1, 8); i > 0; i--)
    play (game, g_test_rand_int_range (0, 12));
  orm_session_end_group (game->f->session);
  game->f->is_grouping = FALSE;
}

/*
 * Makes so many changes that the rollback emits them list by list, as a group
 * does.
 */
static void
play_long (Game *game)
{
  for (guint i = 0; i < 150; i++)
    {
      play (game, g_test_rand_int_range (0, 12));
      g_string_truncate (game->f->log, 0);
    }

  game->f->is_grouping = TRUE;
  orm_session_rollback (game->f->session);
  game->f->is_grouping = FALSE;
}

static void
check_again (Game *game)
{
  Fixture *f = game->f;
  gpointer owners[] = { f->food, f->entertainment, f->transportation, f->empty, f->alice, f->bob };

  save (game, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const char *column = i < 4 ? "category_id" : "user_id";
      g_autofree char *sql =
        g_strdup_printf ("SELECT count(*) FROM expenses WHERE %s = %" G_GINT64_FORMAT, column,
                         orm_entity_get_id (owners[i]));
      g_autofree char *n = fixture_read (f, sql);

      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture_expenses (owners[i]))), ==,
                        (guint) g_ascii_strtoull (n, NULL, 10));
    }
}

static void
unlink_transient (Game *game)
{
  /* Two entities in no session keep each other alive. */
  for (guint i = 0; i < game->expenses->len; i++)
    {
      OrmEntity *expense = g_ptr_array_index (game->expenses, i);

      g_signal_handlers_disconnect_matched (expense, G_SIGNAL_MATCH_ID, 0, 0, NULL, NULL, NULL);
      if (orm_entity_get_state (expense) != ORM_ENTITY_TRANSIENT)
        continue;
      orm_entity_set_reference (expense, "user", NULL);
      orm_entity_set_reference (expense, "category", NULL);
    }
}

static void
run (Fixture *f, gboolean with_groups)
{
  Game game = { .f = f, .expenses = g_ptr_array_new_with_free_func (g_object_unref) };
  guint n = g_test_slow () ? 20000 : 400;

  fixture_load_all (f);
  for (guint i = 0; i < G_N_ELEMENTS (f->e); i++)
    if (f->e[i] != NULL)
      add_to_game (&game, f->e[i]);

  for (guint i = 0; i < n; i++)
    {
      if (with_groups && g_test_rand_int_range (0, 3) == 0)
        play_group (&game);
      else if (with_groups && g_test_rand_int_range (0, 40) == 0)
        play_long (&game);
      else
        play (&game, g_test_rand_int_range (0, 16));
      fixture_check_at_rest (f);
      g_string_truncate (f->log, 0);
    }

  check_again (&game);
  unlink_transient (&game);
  g_ptr_array_set_size (f->tracked, 0);
  g_ptr_array_unref (game.expenses);
}

/* B86 */
static void
test_shadow_copies_stay_equal (Fixture *f, gconstpointer data)
{
  run (f, FALSE);
}

/* B86 */
static void
test_shadow_copies_stay_equal_in_groups (Fixture *f, gconstpointer data)
{
  run (f, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/orm/shadow/shadow-copies-stay-equal", Fixture, NULL, fixture_set_up,
              test_shadow_copies_stay_equal, fixture_tear_down);
  g_test_add ("/orm/shadow/shadow-copies-stay-equal-in-groups", Fixture, NULL, fixture_set_up,
              test_shadow_copies_stay_equal_in_groups, fixture_tear_down);

  return g_test_run ();
}
