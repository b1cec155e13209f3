/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

/*
 * Handlers that change what they are notified of, and which entities are
 * finalized when.
 */

typedef void (*Act) (Fixture *f);

typedef struct
{
  Fixture *f;
  Act act;
  guint n_left; /* how many more times it acts */
} Handler;

static void
on_emission (Handler *handler)
{
  if (handler->n_left == 0)
    return;

  handler->n_left--;
  handler->act (handler->f);
}

static void
handle_list (Handler *handler, gpointer owner)
{
  g_signal_connect_data (fixture_expenses (owner), "items-changed", G_CALLBACK (on_emission),
                         handler, NULL, G_CONNECT_SWAPPED);
}

static void
handle_notify (Handler *handler, gpointer expense)
{
  g_signal_connect_swapped (expense, "notify::category", G_CALLBACK (on_emission), handler);
}

static void
act_remove (Fixture *f)
{
  orm_collection_remove (fixture_expenses (f->entertainment), f->e[2]);
}

static void
test_removes_an_added_member (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_remove, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->entertainment);
  fixture_move (f->e[2], f->entertainment);
  g_assert_null (fixture_category_of (f->e[2]));
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; Entertainment 1-1+0; ");
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->entertainment), &handler);
}

static void
act_append_again (Fixture *f)
{
  orm_collection_append (fixture_expenses (f->food), f->e[2]);
}

static void
test_appends_a_removed_member (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_append_again, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  fixture_move (f->e[2], f->entertainment);
  g_assert_true (fixture_category_of (f->e[2]) == f->food);
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6 2");
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "1");
}

static void
act_append_again_and_move (Fixture *f)
{
  orm_collection_append (fixture_expenses (f->food), f->e[2]);
  fixture_move (f->e[5], f->empty);
}

static void
test_changes_a_splice (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_append_again_and_move, 1 };
  gpointer additions[] = { f->e[7] };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  orm_collection_splice (fixture_expenses (f->food), 0, 3, additions, 1);
  fixture_assert_ids (fixture_expenses (f->food), "7 6 2");
  fixture_assert_ids (fixture_expenses (f->empty), "5");
  g_assert_null (fixture_category_of (f->e[1]));
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
}

static void
act_delete (Fixture *f)
{
  g_assert_true (orm_session_delete (f->session, f->e[2], NULL));
}

static void
run_delete (Fixture *f, guint where)
{
  Handler handler = { f, act_delete, 1 };

  fixture_load_all (f);
  if (where == 0)
    handle_list (&handler, f->food);
  else if (where == 1)
    handle_notify (&handler, f->e[2]);
  else
    handle_list (&handler, f->entertainment);

  fixture_move (f->e[2], f->entertainment);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_DELETED);
  fixture_assert_ids (fixture_expenses (f->food), "1 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_assert_ids (fixture_expenses (f->alice), "1 3");
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->entertainment), &handler);
  g_signal_handlers_disconnect_by_data (f->e[2], &handler);

  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->alice), "1 2 3");
  fixture_check_at_rest (f);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT count(*) FROM expenses", "6");
}

static void
test_deletes_in_the_removal (Fixture *f, gconstpointer data)
{
  run_delete (f, 0);
}

static void
test_deletes_in_the_notification (Fixture *f, gconstpointer data)
{
  run_delete (f, 1);
}

static void
test_deletes_in_the_addition (Fixture *f, gconstpointer data)
{
  run_delete (f, 2);
}

static void
act_delete_owner (Fixture *f)
{
  g_assert_true (orm_session_delete (f->session, f->entertainment, NULL));
}

/*
 * A handler deletes the owner that a member has moved to.
 */
static void
check_gone_with_owner (Fixture *f)
{
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->entertainment)), ==, ORM_ENTITY_DELETED);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (f->e[2])), ==, ORM_ENTITY_DELETED);
  fixture_assert_ids (fixture_expenses (f->alice), "1 3");
  fixture_check_at_rest (f);
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_check_at_rest (f);
}

static void
test_deletes_the_new_owner (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_delete_owner, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  fixture_move (f->e[2], f->entertainment);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  check_gone_with_owner (f);
}

static void
test_deletes_the_new_owner_late (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_delete_owner, 1 };

  fixture_load_all (f);
  handle_notify (&handler, f->e[2]);
  fixture_move (f->e[2], f->entertainment);
  g_signal_handlers_disconnect_by_data (f->e[2], &handler);

  check_gone_with_owner (f);
}

static void
act_drop (Fixture *f)
{
  g_ptr_array_set_size (f->tracked, 0);
  g_clear_object (&f->e[2]);
}

static void
test_drops_the_last_reference (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_drop, 1 };
  gpointer e2 = f->e[2];

  handle_notify (&handler, f->e[2]);
  g_object_add_weak_pointer (e2, &e2);
  fixture_move (f->e[2], f->entertainment);

  /* Its unsaved changes keep it alive until the commit. */
  g_assert_nonnull (e2);
  g_signal_handlers_disconnect_by_data (e2, &handler);
  g_assert_true (orm_session_commit (f->session, NULL));
  g_assert_null (e2);
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "2");
}

typedef struct
{
  Fixture *f;
  GListModel *list;
} View;

static void
on_view_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  View *view = data;

  if (view->list == NULL)
    return;
  g_signal_handlers_disconnect_by_data (list, view);
  g_clear_object (&view->list);
}

static void
test_view_is_finalized_in_its_emission (Fixture *f, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (FIXTURE_TYPE_EXPENSE);
  View view = { f, NULL }, live = { f, NULL };

  view.list = G_LIST_MODEL (g_object_ref (fixture_expenses (f->food)));
  g_assert_cmpuint (g_list_model_get_n_items (view.list), ==, 4);
  g_signal_connect (view.list, "items-changed", G_CALLBACK (on_view_changed), &view);
  orm_query_where (query, "category", ORM_EQUAL, f->food);
  live.list = orm_session_observe (f->session, query, NULL);
  g_signal_connect (live.list, "items-changed", G_CALLBACK (on_view_changed), &live);
  g_clear_object (&f->food);

  fixture_move (f->e[2], f->entertainment);
  g_assert_null (view.list);
  g_assert_null (live.list);
  fixture_move (f->e[1], f->entertainment);
  g_assert_true (orm_session_commit (f->session, NULL));
}

static void
act_move_another (Fixture *f)
{
  fixture_move (f->e[1], f->entertainment);
}

static void
test_moves_another (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_move_another, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; Food 0-1+0; Entertainment 1-0+1; Entertainment 2-0+1; ");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7 1 2");
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
}

static void
test_moves_another_during_a_splice (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_move_another, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  g_assert_true (orm_session_delete (f->session, f->bob, NULL));
  fixture_assert_ids (fixture_expenses (f->food), "2");
  fixture_assert_ids (fixture_expenses (f->entertainment), "1");
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  orm_session_rollback (f->session);
  fixture_assert_ids (fixture_expenses (f->food), "1 2 5 6");
  fixture_assert_ids (fixture_expenses (f->entertainment), "7");
  fixture_check_at_rest (f);
}

static void
act_flush (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_session_flush (f->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_REENTRANT);
}

static void
test_flushes_in_the_removal (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_flush, 1 };

  fixture_load_all (f);
  handle_list (&handler, f->food);
  fixture_move (f->e[2], f->entertainment);
  g_signal_handlers_disconnect_by_data (fixture_expenses (f->food), &handler);
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_value (f, "SELECT category_id FROM expenses WHERE id = 2", "2");
}

static void
act_group (Fixture *f)
{
  orm_session_begin_group (f->session, NULL);
  fixture_move (f->e[1], f->entertainment);
  fixture_move (f->e[5], f->entertainment);
  orm_session_end_group (f->session);
}

static void
test_groups_in_a_handler (Fixture *f, gconstpointer data)
{
  Handler handler = { f, act_group, 1 };

  fixture_load_all (f);
  f->is_grouping = TRUE;
  handle_notify (&handler, f->e[2]);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; Food 0-2+0; Entertainment 1-0+2; Entertainment 3-0+1; ");
  f->is_grouping = FALSE;
  fixture_check_at_rest (f);
  g_signal_handlers_disconnect_by_data (f->e[2], &handler);
}

static void
on_changed (OrmSession *session, OrmChangeSet *changes, gpointer data)
{
  Fixture *f = data;

  g_string_append_printf (f->log, "changed %u; ", orm_change_set_get_n_changes (changes));
}

static void
test_changed_is_emitted_once_per_mutation (Fixture *f, gconstpointer data)
{
  gpointer additions[] = { f->e[7] };

  fixture_load_all (f);
  g_signal_connect (f->session, "changed", G_CALLBACK (on_changed), f);
  fixture_move (f->e[2], f->entertainment);
  fixture_assert_log (f, "Food 1-1+0; Entertainment 1-0+1; changed 1; ");
  orm_collection_splice (fixture_expenses (f->food), 0, 1, additions, 1);
  g_assert_true (g_str_has_suffix (f->log->str, "Food 0-1+1; changed 2; "));
  g_string_truncate (f->log, 0);
  g_assert_true (orm_session_delete (f->session, f->bob, NULL));
  g_assert_true (g_str_has_suffix (f->log->str, "; changed 4; "));
  g_signal_handlers_disconnect_by_data (f->session, f);
}

static void
on_described_change (OrmSession *session, OrmChangeSet *changes, gpointer data)
{
  Fixture *f = data;

  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      OrmEntity *entity = orm_change_set_get_entity (changes, i);
      g_autofree char *text = NULL;

      g_object_get (entity, FIXTURE_IS_EXPENSE (entity) ? "description" : "name", &text, NULL);
      g_string_append_printf (f->log, "%d %s; ", orm_change_set_get_kind (changes, i), text);
    }
}

/*
 * A group's changes have no entity that was both added and deleted in it; the
 * others are in order.
 */
static void
test_changed_omits_entities_added_and_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) expenses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) expected = g_string_new (NULL);

  g_signal_connect (f->session, "changed", G_CALLBACK (on_described_change), f);
  orm_session_begin_group (f->session, NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("new %u", i);

      g_ptr_array_add (expenses, fixture_new_expense (name, 1));
      g_assert_true (orm_session_add (f->session, expenses->pdata[i], NULL));
    }
  fixture_move (f->e[2], f->entertainment);
  for (guint i = 0; i < 50; i++)
    if (i % 7 != 3)
      g_assert_true (orm_session_delete (f->session, expenses->pdata[i], NULL));
    else
      g_string_append_printf (expected, "%d new %u; ", ORM_CHANGE_INSERTED, i);
  g_assert_true (orm_session_delete (f->session, f->e[3], NULL));
  orm_session_end_group (f->session);

  g_string_append_printf (expected, "%d Lunch; %d Gas; ", ORM_CHANGE_UPDATED, ORM_CHANGE_DELETED);
  fixture_assert_log (f, expected->str);
  g_signal_handlers_disconnect_by_data (f->session, f);
}

/*
 * A handler that is connected within a group gets the changes made after it.
 */
static void
test_changed_from_within_a_group (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  orm_session_begin_group (f->session, NULL);
  fixture_move (f->e[1], f->entertainment);
  g_signal_connect (f->session, "changed", G_CALLBACK (on_described_change), f);
  fixture_move (f->e[5], f->entertainment);
  g_assert_true (orm_session_delete (f->session, f->e[3], NULL));
  orm_session_end_group (f->session);

  g_string_append_printf (expected, "%d Lunch; %d Gas; ", ORM_CHANGE_UPDATED, ORM_CHANGE_DELETED);
  fixture_assert_log (f, expected->str);
  g_signal_handlers_disconnect_by_data (f->session, f);
}

static void
on_dirty (GObject *session, GParamSpec *pspec, gpointer data)
{
  Fixture *f = data;

  g_string_append_printf (f->log, "dirty %d; ", orm_session_get_dirty (ORM_SESSION (session)));
}

static void
test_dirty (Fixture *f, gconstpointer data)
{
  g_signal_connect (f->session, "notify::dirty", G_CALLBACK (on_dirty), f);
  fixture_move (f->e[2], f->entertainment);
  fixture_move (f->e[2], f->transportation);
  fixture_assert_log (f, "dirty 1; ");
  g_assert_true (orm_session_flush (f->session, NULL));
  fixture_assert_log (f, "");
  g_assert_true (orm_session_commit (f->session, NULL));
  fixture_assert_log (f, "dirty 0; ");
  fixture_move (f->e[2], f->empty);
  orm_session_rollback (f->session);
  fixture_assert_log (f, "dirty 1; dirty 0; ");
  g_signal_handlers_disconnect_by_data (f->session, f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/signals/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  CASE ("removes-an-added-member", test_removes_an_added_member);
  CASE ("appends-a-removed-member", test_appends_a_removed_member);
  CASE ("changes-a-splice", test_changes_a_splice);
  CASE ("deletes-in-the-removal", test_deletes_in_the_removal);
  CASE ("deletes-in-the-notification", test_deletes_in_the_notification);
  CASE ("deletes-in-the-addition", test_deletes_in_the_addition);
  CASE ("deletes-the-new-owner", test_deletes_the_new_owner);
  CASE ("deletes-the-new-owner-late", test_deletes_the_new_owner_late);
  CASE ("drops-the-last-reference", test_drops_the_last_reference);
  CASE ("view-is-finalized-in-its-emission", test_view_is_finalized_in_its_emission);
  CASE ("moves-another", test_moves_another);
  CASE ("moves-another-during-a-splice", test_moves_another_during_a_splice);
  CASE ("flushes-in-the-removal", test_flushes_in_the_removal);
  CASE ("groups-in-a-handler", test_groups_in_a_handler);
  CASE ("changed-is-emitted-once-per-mutation", test_changed_is_emitted_once_per_mutation);
  CASE ("changed-omits-entities-added-and-deleted", test_changed_omits_entities_added_and_deleted);
  CASE ("changed-from-within-a-group", test_changed_from_within_a_group);
  CASE ("dirty", test_dirty);

  return g_test_run ();
}
