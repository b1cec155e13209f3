/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"
#include "orm-session-query.h"

/*
 * Links in the session: flush, rollback, savepoints, groups, deletion, undo,
 * refresh; and mappings with mistakes.
 */

static const char all_rows[] = "1:1 1:2 2:1 3:1 3:3";

static void
flush (Links *links)
{
  g_autoptr (GError) error = NULL;

  orm_session_flush (links->session, &error);
  g_assert_no_error (error);
}

static void delete (Links *links, gpointer entity)
{
  g_autoptr (GError) error = NULL;

  orm_session_delete (links->session, entity, &error);
  g_assert_no_error (error);
}

static void
undo (Links *links)
{
  g_autoptr (GError) error = NULL;

  orm_session_undo (links->session, &error);
  g_assert_no_error (error);
}

static void
redo (Links *links)
{
  g_autoptr (GError) error = NULL;

  orm_session_redo (links->session, &error);
  g_assert_no_error (error);
}

static void
test_flush_order (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autofree char *names = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[1]), label);
  orm_collection_append (links_items (label), item);
  orm_collection_append (links_items (links->label[1]), item);
  orm_collection_remove (links_labels (links->item[1]), links->label[1]);
  g_string_truncate (links->log, 0);

  /* Two last ids, the removed links, two classes, the new links. */
  flush (links);
  links_assert_count (links, 6);
  links_assert_rows (links, "1:2 1:5 2:1 3:1 3:3 6:1 6:5");
  links_assert_ids (links_labels (links->item[1]), "2 5");
  links_assert_ids (links_labels (item), "5 1");
  links_assert_ids (links_items (label), "1 6");
  links_assert_ids (links_items (links->label[1]), "2 3 6");
  links_assert_log (links, "");
  links_commit (links);
  links_assert_count (links, 0);
}

static void
test_many_in_one (Links *links, gconstpointer data)
{
  links_watch_all (links);
  for (guint i = 1; i < G_N_ELEMENTS (links->item); i++)
    for (guint j = 1; j < G_N_ELEMENTS (links->label); j++)
      orm_collection_append (links_labels (links->item[i]), links->label[j]);
  links_commit (links);
  links_assert_count (links, 1);

  for (guint j = 1; j < G_N_ELEMENTS (links->label); j++)
    for (guint i = 1; i < G_N_ELEMENTS (links->item); i++)
      orm_collection_remove (links_items (links->label[j]), links->item[i]);
  links_commit (links);
  links_assert_count (links, 1);
  links_assert_rows (links, "");
}

/*
 * Thousands of links, a thousand with each statement, added and removed.
 */
static void
test_thousands (Links *links, gconstpointer data)
{
  OrmCollection *items = links_items (links->label[4]);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (items)), ==, 0);
  for (guint i = 0; i < 2500; i++)
    {
      g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "many");

      g_assert_true (orm_collection_append (items, item));
    }

  /* The last id, three statements for rows and three for links. */
  links_take_count (links);
  links_commit (links);
  links_assert_count (links, 7);

  /* The links are read and deleted, then the row. */
  delete (links, links->label[4]);
  links_commit (links);
  links_assert_count (links, 3);

  /* Items are looked up and read, the row and the links inserted. */
  undo (links);
  g_assert_cmpuint (links_take_count (links), <, 20);
  g_clear_object (&links->label[4]);
  links->label[4] = orm_session_get (links->session, LINKS_TYPE_LABEL, 4, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (links_items (links->label[4]))), ==,
                    2500);
}

/*
 * One changed row and one link are one transaction.
 */
static void
test_with_column (Links *links, gconstpointer data)
{
  g_autofree char *name = NULL;

  orm_entity_set_text (ORM_ENTITY (links->item[4]), LINKS_NAME, "renamed");
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 4:4");
  g_assert_false (orm_session_get_dirty (links->session));
  undo (links);
  links_assert_rows (links, all_rows);
  name = links_read (links, "SELECT name FROM items WHERE id = 4");
  g_assert_cmpstr (name, ==, "d");
}

static void
test_no_change (Links *links, gconstpointer data)
{
  links_watch_all (links);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_true (orm_session_get_dirty (links->session));
  orm_collection_remove (links_items (links->label[1]), links->item[4]);
  g_assert_false (orm_session_get_dirty (links->session));
  orm_collection_remove (links_labels (links->item[1]), links->label[1]);
  orm_collection_append (links_labels (links->item[1]), links->label[1]);
  g_assert_false (orm_session_get_dirty (links->session));

  links_commit (links);
  links_assert_count (links, 0);
  g_assert_false (orm_session_can_undo (links->session));
}

static void
on_dirty (OrmSession *session, GParamSpec *pspec, GString *log)
{
  g_string_append (log, orm_session_get_dirty (session) ? "dirty " : "clean ");
}

static void
test_dirty (Links *links, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (links->session, "notify::dirty", G_CALLBACK (on_dirty), log);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_cmpstr (log->str, ==, "dirty ");
  links_commit (links);
  g_assert_cmpstr (log->str, ==, "dirty clean ");
  orm_collection_remove (links_labels (links->item[4]), links->label[1]);
  orm_session_rollback (links->session);
  g_assert_cmpstr (log->str, ==, "dirty clean dirty clean ");
  g_signal_handlers_disconnect_by_data (links->session, log);
}

/*
 * A new entity that is not valid yet delays its own links and no others.
 */
static void
test_autoflush_waits (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = g_object_new (LINKS_TYPE_LABEL, NULL);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (GError) error = NULL;

  orm_entity_set_text (ORM_ENTITY (label), LINKS_NAME, "late");
  orm_entity_set_id (ORM_ENTITY (label), 9);
  orm_collection_append (links_labels (links->item[4]), label);
  orm_collection_append (links_labels (links->item[4]), links->label[2]);

  found = orm_session_find (links->session, query, &error);
  g_assert_no_error (error);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 4:2 4:9");
  links_assert_ids (links_labels (links->item[4]), "2 9");
  orm_session_rollback (links->session);
  links_assert_rows (links, all_rows);
  links_assert_ids (links_labels (links->item[4]), "");
}

static char *
read_wholes (Links *links)
{
  return links_read (links, "SELECT group_concat(name || coalesce(whole_id, '')) FROM "
                            "(SELECT * FROM items WHERE id > 5 OR id = 2 ORDER BY id)");
}

static LinksItem *
add_part (Links *links, const char *name, gpointer whole)
{
  LinksItem *item = links_new (LINKS_TYPE_ITEM, name);

  g_assert_true (orm_session_add (links->session, item, NULL));
  orm_entity_set_reference (ORM_ENTITY (item), "whole", whole);
  return item;
}

/*
 * The flush of a read leaves out a new item that is not valid, the parts of
 * its parts, and a saved item that has become such a part. Items without such
 * a whole are written.
 */
static void
test_autoflush_waits_for_wholes (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) whole = add_part (links, "unready", NULL);
  g_autoptr (LinksItem) part = add_part (links, "part", whole);
  g_autoptr (LinksItem) screw = add_part (links, "screw", part);
  g_autoptr (LinksItem) other = add_part (links, "other", links->item[1]);
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_LABEL);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  orm_entity_set_reference (ORM_ENTITY (links->item[2]), "whole", screw);
  orm_collection_append (links_labels (screw), links->label[1]);

  found = orm_session_find (links->session, query, &error);
  g_assert_no_error (error);
  before = read_wholes (links);
  g_assert_cmpstr (before, ==, "b,other1");
  links_assert_rows (links, all_rows);

  orm_entity_set_text (ORM_ENTITY (whole), LINKS_NAME, "ready");
  links_commit (links);
  after = read_wholes (links);
  g_assert_cmpstr (after, ==, "b9,other1,ready,part7,screw8");
}

/*
 * Each item is a part of another one, whichever was added first, and a whole
 * cannot be deleted before its parts.
 */
static void
test_undo_of_wholes (Links *links, gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *added = NULL, *undone = NULL, *redone = NULL;
  guint n = 61;

  orm_session_set_label (links->session, "Parts");
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, add_part (links, "part", NULL));
  for (guint i = 0; i + 1 < n; i++)
    orm_entity_set_reference (items->pdata[i * 17 % n], "whole", items->pdata[(i + 1) * 17 % n]);
  links_commit (links);
  added = links_read (links, "SELECT count(*) || ' ' || sum(whole_id) FROM items");

  orm_session_undo (links->session, &error);
  g_assert_no_error (error);
  undone = links_read (links, "SELECT count(*) FROM items");
  g_assert_cmpstr (undone, ==, "5");

  orm_session_redo (links->session, &error);
  g_assert_no_error (error);
  redone = links_read (links, "SELECT count(*) || ' ' || sum(whole_id) FROM items");
  g_assert_cmpstr (redone, ==, added);
}

static void
test_needs_rollback (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  links_elsewhere (links, "DELETE FROM labels WHERE id = 4");
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_false (orm_session_flush (links->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FOREIGN_KEY);
  g_clear_error (&error);
  g_assert_false (orm_session_commit (links->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK);
  g_string_truncate (links->log, 0);

  orm_session_rollback (links->session);
  links_assert_log (links, "d 0-2+0; red 3-1+0; none 0-1+0; ");
  links_assert_rows (links, all_rows);
  links_commit (links);
}

/*
 * A link that another program has already added or removed is no error.
 */
static void
test_done_elsewhere (Links *links, gconstpointer data)
{
  links_watch_all (links);
  links_elsewhere (links, "INSERT INTO item_labels VALUES (4, 4)");
  links_elsewhere (links, "DELETE FROM item_labels WHERE item_id = 3");
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  orm_collection_remove (links_labels (links->item[3]), links->label[3]);
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 4:4");
}

static void
test_rollback (Links *links, gconstpointer data)
{
  links_watch_all (links);
  orm_collection_append (links_labels (links->item[2]), links->label[3]);
  orm_collection_remove (links_items (links->label[1]), links->item[1]);
  flush (links);
  orm_collection_remove (links_items (links->label[3]), links->item[2]);
  orm_collection_append (links_labels (links->item[1]), links->label[1]);
  links_assert_log (links, "b 1-0+1; blue 1-0+1; red 0-1+0; a 0-1+0; "
                           "blue 1-1+0; b 1-1+0; a 1-0+1; red 2-0+1; ");

  orm_session_rollback (links->session);
  links_assert_log (links, "red 2-1+0; red 0-0+1; a 0-1+0; a 1-0+1; ");
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_rows (links, all_rows);
  links_commit (links);
  links_assert_rows (links, all_rows);
}

static void
test_rollback_add (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (item), label);
  g_assert_true (orm_session_add (links->session, item, &error));
  orm_collection_append (links_labels (item), links->label[1]);
  flush (links);
  orm_collection_append (links_items (label), links->item[2]);
  orm_session_rollback (links->session);

  /* They are new again, and still linked to each other. */
  g_assert_null (orm_entity_get_session (ORM_ENTITY (label)));
  links_assert_ids (links_labels (item), "?");
  links_assert_ids (links_items (label), "?");
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_ids (links_labels (links->item[2]), "1");
  links_check (links);

  g_assert_true (orm_session_add (links->session, label, &error));
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 6:5");
}

static void
test_savepoint (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_true (orm_session_savepoint (links->session, "s", &error));
  orm_collection_remove (links_labels (links->item[4]), links->label[1]);
  orm_collection_append (links_labels (links->item[4]), links->label[2]);
  orm_collection_append (links_items (links->label[4]), item);
  flush (links);
  orm_collection_append (links_labels (links->item[5]), links->label[2]);
  g_string_truncate (links->log, 0);

  g_assert_true (orm_session_rollback_to (links->session, "s", &error));
  links_assert_log (links, "green 1-2+0; e 0-1+0; none 0-1+0; d 0-1+1; red 3-0+1; ");
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 4:1");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 4:1");
  links_assert_ids (links_items (links->label[1]), "1 2 3 4");
}

static void
test_group (Links *links, gconstpointer data)
{
  links_watch_all (links);
  orm_session_begin_group (links->session, "Label");
  for (guint i = 1; i < 6; i++)
    orm_collection_append (links_items (links->label[4]), links->item[i]);
  orm_collection_remove (links_labels (links->item[1]), links->label[1]);
  orm_collection_append (links_labels (links->item[1]), links->label[3]);
  orm_collection_remove (links_labels (links->item[1]), links->label[3]);
  links_assert_log (links, "");
  g_assert_true (orm_collection_contains (links_items (links->label[4]), links->item[5]));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (links_items (links->label[4]))), ==, 5);
  orm_session_end_group (links->session);
  links_assert_log (links, "red 0-1+0; a 0-1+0; a 1-0+1; b 1-0+1; c 2-0+1; d 0-0+1; e 0-0+1; "
                           "none 0-0+5; ");
  links_commit (links);
  links_assert_count (links, 2);
  g_assert_cmpstr (orm_session_get_undo_label (links->session), ==, "Label");

  undo (links);
  links_assert_log (links, "none 0-5+0; e 0-1+0; d 0-1+0; c 2-1+0; b 1-1+0; a 0-0+1; a 2-1+0; "
                           "red 0-0+1; ");
  links_assert_rows (links, all_rows);
}

static void
test_delete (Links *links, gconstpointer data)
{
  links_watch_all (links);
  delete (links, links->label[1]);
  links_assert_log (links, "a 0-1+0; b 0-1+0; c 0-1+0; ");
  g_assert_false (orm_collection_contains (links_labels (links->item[1]), links->label[1]));
  g_assert_false (orm_collection_append (links_labels (links->item[4]), links->label[1]));
  g_assert_false (orm_collection_remove (links_items (links->label[1]), links->item[1]));

  orm_session_rollback (links->session);
  links_assert_log (links, "c 0-0+1; b 0-0+1; a 0-0+1; ");
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_take_count (links);

  delete (links, links->item[3]);
  links_assert_log (links, "red 2-1+0; blue 0-1+0; ");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1");
  links_assert_log (links, "c 0-2+0; ");
}

/*
 * Deleting an entity loads neither its own list nor any other.
 */
static void
test_delete_unloaded (Links *links, gconstpointer data)
{
  links_watch (links, links_items (links->label[1]), "red");
  links_watch (links, links_items (links->label[2]), "green");
  orm_collection_append (links_labels (links->item[1]), links->label[3]);
  links_take_count (links);

  /* One statement reads its parts. */
  delete (links, links->item[1]);
  links_assert_count (links, 1);
  links_assert_log (links, "red 0-1+0; green 0-1+0; ");
  g_assert_false (orm_collection_is_loaded (links_labels (links->item[1])));
  links_assert_ids (links_items (links->label[3]), "3");
  orm_session_rollback (links->session);
  links_assert_log (links, "green 0-0+1; red 0-0+1; ");
  links_assert_ids (links_labels (links->item[1]), "1 2");

  delete (links, links->item[1]);
  links_commit (links);
  links_assert_rows (links, "2:1 3:1 3:3");
  undo (links);
  links_assert_rows (links, all_rows);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
}

static void
test_delete_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (LinksPerson) person = links_new (LINKS_TYPE_PERSON, "Eve");

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[4]), label);
  orm_collection_append (links_labels (links->item[5]), label);
  delete (links, label);
  links_assert_log (links, "d 0-0+1; e 0-0+1; d 0-1+0; e 0-1+0; ");
  g_assert_null (orm_entity_get_session (ORM_ENTITY (label)));
  links_assert_ids (links_items (label), "4 5");

  /* Nor is it in a list that is loaded now. */
  links_assert_ids (links_friends (links->person[4]), "");
  orm_collection_append (links_friend_of (links->person[4]), person);
  delete (links, person);
  orm_session_set_autoflush (links->session, FALSE);
  links_assert_ids (links_friend_of (links->person[4]), "");
  links_take_count (links);
  links_commit (links);
  links_assert_count (links, 0);
  links_assert_rows (links, all_rows);
}

static void
test_delete_new_rollback (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  g_assert_true (orm_session_savepoint (links->session, "s", &error));
  orm_collection_append (links_labels (links->item[4]), label);
  delete (links, label);
  g_string_truncate (links->log, 0);
  g_assert_true (orm_session_rollback_to (links->session, "s", &error));
  links_assert_log (links, "");
  links_assert_ids (links_items (label), "");
  orm_session_rollback (links->session);
}

static void
test_delete_cascade (Links *links, gconstpointer data)
{
  links_watch_all (links);
  orm_collection_move (links_items (links->label[1]), 0, 2);
  links_assert_ids (links_items (links->label[1]), "2 3 1");
  g_string_truncate (links->log, 0);

  delete (links, links->shelf[1]);
  links_assert_log (links, "red 0-1+0; red 1-1+0; green 0-1+0; ");
  links_commit (links);
  links_assert_rows (links, "3:1 3:3");
  g_string_truncate (links->log, 0);

  /* They return to their positions. */
  undo (links);
  links_assert_ids (links_items (links->label[1]), "2 3 1");
  links_assert_rows (links, all_rows);
  redo (links);
  links_assert_rows (links, "3:1 3:3");
  links_assert_ids (links_items (links->label[1]), "3");
  undo (links);
  links_assert_ids (links_items (links->label[1]), "2 3 1");
  links_assert_rows (links, all_rows);
}

/*
 * A list that is loaded after the deletion, before or after the flush, has the
 * deleted member again when the deletion is undone.
 */
static void
test_delete_then_load (Links *links, gconstpointer data)
{
  orm_session_set_autoflush (links->session, FALSE);
  delete (links, links->item[3]);
  links_assert_ids (links_items (links->label[1]), "1 2");
  flush (links);
  links_assert_ids (links_items (links->label[3]), "");
  links_watch_all (links);

  orm_session_rollback (links->session);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_ids (links_items (links->label[3]), "3");
  links_assert_ids (links_labels (links->item[3]), "1 3");
  links_assert_rows (links, all_rows);
}

/*
 * The list of a deleted entity has its old members, also those that were
 * inserted later.
 */
static void
test_delete_with_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[1]), label);
  delete (links, links->item[1]);
  flush (links);
  links_assert_ids (links_labels (links->item[1]), "1 2 5");
  links_check (links);
  orm_session_rollback (links->session);
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_check (links);
}

/*
 * In a group, the link of a new entity is removed and the entity is inserted:
 * the views use its new key when the removal is emitted.
 */
static void
test_group_flush (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");

  links_watch_all (links);
  links_watch (links, links_items (label), "fresh");
  orm_collection_append (links_labels (links->item[1]), label);
  g_string_truncate (links->log, 0);

  orm_session_begin_group (links->session, NULL);
  orm_collection_append (links_labels (links->item[2]), links->label[4]);
  orm_collection_remove (links_items (label), links->item[1]);
  flush (links);
  orm_session_end_group (links->session);
  links_assert_log (links, "fresh 0-1+0; a 2-1+0; b 1-0+1; none 0-0+1; ");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 2:4 3:1 3:3");
}

/*
 * An entity is deleted in a group in which its new member is inserted. Its
 * list has the member after the group, too, until a rollback.
 */
static void
test_group_delete_with_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  OrmCollection *items = links_items (links->label[4]);

  links_watch_all (links);
  orm_session_begin_group (links->session, NULL);
  orm_collection_append (items, item);
  orm_collection_append (items, links->item[1]);
  delete (links, links->label[4]);
  flush (links);
  orm_session_end_group (links->session);
  links_assert_ids (items, "6 1");

  orm_session_rollback (links->session);
  links_assert_ids (items, "");
  links_assert_rows (links, all_rows);
}

/*
 * An entity that was deleted before it had a row is added again: its list has
 * its members by the keys that they got meanwhile, without those that were
 * deleted.
 */
static void
test_add_deleted_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[1]), label);
  orm_collection_append (links_items (label), item);
  orm_collection_append (links_items (label), links->item[2]);
  delete (links, label);
  g_assert_true (orm_session_savepoint (links->session, "s", &error));
  links_assert_ids (links_items (label), "1 6 2");
  delete (links, links->item[2]);
  g_string_truncate (links->log, 0);

  g_assert_true (orm_session_add (links->session, label, &error));
  links_assert_log (links, "a 2-0+1; ");
  links_assert_ids (links_items (label), "1 6");
  g_assert_true (orm_collection_contains (links_labels (item), label));
  links_commit (links);
  g_assert_true (orm_collection_remove (links_items (label), item));
  links_assert_ids (links_items (label), "1");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 1:5 3:1 3:3");
}

/*
 * Then a rollback removes the links on both sides.
 */
static void
test_add_deleted_new_rollback (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[1]), label);
  delete (links, label);
  g_assert_true (orm_session_savepoint (links->session, "s", &error));
  g_assert_true (orm_session_add (links->session, label, &error));
  links_assert_ids (links_labels (links->item[1]), "1 2 ?");
  g_assert_true (orm_session_rollback_to (links->session, "s", &error));

  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_ids (links_items (label), "");
  orm_session_rollback (links->session);
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_ids (links_items (label), "");
}

/*
 * The same in a group, where lists keep removed members until they emit.
 */
static void
test_add_deleted_new_in_group (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_session_begin_group (links->session, NULL);
  orm_collection_append (links_items (label), links->item[1]);
  g_assert_true (orm_session_add (links->session, label, &error));
  delete (links, label);
  g_assert_true (orm_session_add (links->session, label, &error));
  links_assert_ids (links_labels (links->item[1]), "1 2 ?");
  orm_session_end_group (links->session);

  links_assert_log (links, "a 2-0+1; ");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 1:5 2:1 3:1 3:3");
}

/*
 * Adding a deleted entity again restores its links, and those of the entities
 * that the cascade deleted.
 */
static void
test_add_deleted (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  delete (links, links->shelf[1]);
  delete (links, links->label[1]);
  g_assert_true (orm_session_add (links->session, links->shelf[1], &error));
  g_assert_true (orm_session_add (links->session, links->label[1], &error));
  links_commit (links);
  links_assert_rows (links, all_rows);
}

/*
 * Then the lists have them again, at their old positions.
 */
static void
test_add_deleted_lists (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_move (links_labels (links->item[1]), 0, 1);
  orm_collection_append (links_items (links->label[1]), links->item[4]);
  orm_collection_remove (links_items (links->label[1]), links->item[3]);
  g_string_truncate (links->log, 0);

  delete (links, links->label[1]);
  links_assert_log (links, "a 1-1+0; b 0-1+0; d 0-1+0; ");
  g_assert_true (orm_session_add (links->session, links->label[1], &error));
  links_assert_log (links, "d 0-0+1; b 0-0+1; a 1-0+1; ");
  links_assert_ids (links_items (links->label[1]), "1 2 4");
  links_assert_ids (links_labels (links->item[1]), "2 1");

  /* Once more, without a link that was removed in between. */
  orm_collection_remove (links_labels (links->item[2]), links->label[1]);
  delete (links, links->label[1]);
  g_assert_true (orm_session_add (links->session, links->label[1], &error));
  links_assert_ids (links_items (links->label[1]), "1 4");
  links_assert_ids (links_labels (links->item[2]), "");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 3:3 4:1");
}

/*
 * The members that the cascade deleted are added again, too, and a rollback
 * changes nothing.
 */
static void
test_add_deleted_cascade (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  delete (links, links->shelf[1]);
  delete (links, links->label[2]);
  g_assert_true (orm_session_add (links->session, links->shelf[1], &error));
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_ids (links_labels (links->item[1]), "1");
  g_assert_true (orm_session_add (links->session, links->label[2], &error));
  links_assert_ids (links_items (links->label[2]), "1");
  links_assert_ids (links_labels (links->item[1]), "1 2");
  flush (links);
  links_assert_rows (links, all_rows);

  orm_session_rollback (links->session);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_ids (links_items (links->label[2]), "1");
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_rows (links, all_rows);
}

/*
 * In the middle of a cascade, a rule denies the rest.
 */
static void
test_delete_denied (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_entity_set_reference (ORM_ENTITY (links->item[5]), "whole", links->item[1]);
  links_commit (links);
  links_watch_all (links);
  orm_collection_append (links_labels (links->item[2]), links->label[4]);
  g_string_truncate (links->log, 0);

  g_assert_false (orm_session_delete (links->session, links->shelf[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  links_assert_log (links, "");
  links_assert_ids (links_items (links->label[4]), "2");
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 2:4 3:1 3:3");
}

/*
 * A new row takes the id of a deleted one, but none of its links.
 */
static void
test_delete_replaced (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "crimson");

  links_watch_all (links);
  delete (links, links->label[1]);
  orm_entity_set_id (ORM_ENTITY (label), 1);
  orm_collection_append (links_labels (links->item[5]), label);
  links_commit (links);
  links_assert_rows (links, "1:2 3:3 5:1");
  links_assert_ids (links_labels (links->item[5]), "1");
  links_assert_ids (links_labels (links->item[1]), "2");
}

static void
test_undo_links (Links *links, gconstpointer data)
{
  links_watch_all (links);
  orm_collection_append (links_labels (links->item[2]), links->label[2]);
  orm_collection_remove (links_labels (links->item[1]), links->label[1]);
  orm_collection_append (links_labels (links->item[5]), links->label[1]);
  orm_collection_remove (links_labels (links->item[5]), links->label[1]);
  links_commit (links);
  links_take_count (links);
  g_string_truncate (links->log, 0);

  undo (links);
  links_assert_log (links, "b 1-1+0; green 1-1+0; a 0-0+1; red 0-0+1; ");
  links_assert_rows (links, all_rows);
  redo (links);
  links_assert_log (links, "a 0-1+0; red 0-1+0; b 1-0+1; green 1-0+1; ");
  links_assert_rows (links, "1:2 2:1 2:2 3:1 3:3");
  undo (links);
  links_assert_rows (links, all_rows);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  g_assert_false (orm_session_can_undo (links->session));
}

static void
test_undo_insert (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (item), label);
  orm_collection_append (links_labels (item), links->label[1]);
  g_assert_true (orm_session_add (links->session, item, &error));
  links_commit (links);

  undo (links);
  links_assert_rows (links, all_rows);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  redo (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 6:1 6:5");
  links_assert_ids (links_items (links->label[1]), "1 2 3 6");
}

static void
assert_stale (Links *links, const char *rows)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (links->log, 0);
  g_assert_false (orm_session_undo (links->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  links_assert_log (links, "");
  links_assert_rows (links, rows);
  g_assert_false (orm_session_get_dirty (links->session));
}

static void
test_undo_stale (Links *links, gconstpointer data)
{
  links_watch_all (links);

  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  links_commit (links);
  links_elsewhere (links, "DELETE FROM item_labels WHERE item_id = 4");
  assert_stale (links, all_rows);
  links_elsewhere (links, "INSERT INTO item_labels VALUES (4, 4)");
  undo (links);

  orm_collection_remove (links_labels (links->item[2]), links->label[1]);
  links_commit (links);
  links_elsewhere (links, "INSERT INTO item_labels VALUES (2, 1)");
  assert_stale (links, all_rows);
  links_elsewhere (links, "DELETE FROM item_labels WHERE item_id = 2");
  undo (links);
  links_assert_rows (links, all_rows);

  orm_collection_remove (links_labels (links->item[2]), links->label[1]);
  links_commit (links);
  links_elsewhere (links, "DELETE FROM items WHERE id = 2");
  assert_stale (links, "1:1 1:2 3:1 3:3");
}

static void
test_refresh (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[1]), links->label[4]);
  g_string_truncate (links->log, 0);
  links_elsewhere (links, "DELETE FROM item_labels WHERE item_id = 1 AND label_id = 1");
  links_elsewhere (links, "INSERT INTO item_labels VALUES (1, 3), (5, 1)");

  /* The unwritten change stays, and the other side follows the refresh. */
  g_assert_true (orm_session_refresh (links->session, links->item[1], &error));
  links_assert_ids (links_labels (links->item[1]), "2 3 4");
  links_assert_log (links, "red 0-1+0; a 0-1+0; a 1-0+1; blue 0-0+1; ");
  g_assert_true (orm_session_refresh (links->session, NULL, &error));
  links_assert_ids (links_items (links->label[1]), "2 3 5");
  links_assert_ids (links_labels (links->item[5]), "1");
  links_commit (links);
  links_assert_rows (links, "1:2 1:3 1:4 2:1 3:1 3:3 5:1");
}

/*
 * Commits of another program are merged with unwritten changes.
 */
static void
test_merge (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean has_changed;

  links_watch_all (links);
  orm_collection_append (links_labels (links->item[2]), links->label[4]);
  orm_collection_append (links_labels (links->item[4]), links->label[2]);
  orm_collection_remove (links_items (links->label[3]), links->item[3]);
  orm_collection_move (links_items (links->label[1]), 0, 2);
  g_string_truncate (links->log, 0);

  links_elsewhere (links, "INSERT INTO item_labels VALUES (5, 1), (5, 4), (2, 4)");
  links_elsewhere (links, "DELETE FROM item_labels WHERE item_id = 1 AND label_id = 2");
  links_elsewhere (links, "DELETE FROM items WHERE id = 3");
  g_assert_true (orm_session_merge (links->session, &has_changed, &error));
  g_assert_true (has_changed);
  links_assert_ids (links_items (links->label[1]), "2 1 5");
  links_assert_ids (links_items (links->label[2]), "4");
  links_assert_ids (links_items (links->label[3]), "");
  links_assert_ids (links_items (links->label[4]), "2 5");
  links_assert_ids (links_labels (links->item[1]), "1");
  links_assert_ids (links_labels (links->item[5]), "1 4");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (links->item[3])), ==, ORM_ENTITY_DETACHED);
  links_check (links);

  orm_session_rollback (links->session);
  links_assert_ids (links_labels (links->item[2]), "1 4");
  links_assert_ids (links_items (links->label[2]), "");
  links_assert_ids (links_items (links->label[3]), "");
  links_assert_rows (links, "1:1 2:1 2:4 5:1 5:4");
}

/*
 * Two linked entities in no session keep each other alive until one is added.
 */
static void
test_new_entities_are_released (Links *links, gconstpointer data)
{
  LinksItem *item = links_new (LINKS_TYPE_ITEM, "new");
  LinksLabel *label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  g_object_add_weak_pointer (G_OBJECT (label), (gpointer *) &label);
  orm_collection_append (links_labels (item), label);
  orm_collection_append (links_labels (item), links->label[1]);
  g_object_unref (label);
  g_assert_nonnull (label);

  g_assert_true (orm_session_add (links->session, item, &error));
  links_commit (links);
  g_assert_null (label);
  g_object_unref (item);
  g_assert_null (item);
}

/*
 * The last emission of a commit is that of a list whose owner was deleted.
 * What its handler changes belongs to the next step.
 */
static void
on_gone (OrmCollection *list, guint position, guint removed, guint added, Links *links)
{
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
}

static void
test_commit_handler (Links *links, gconstpointer data)
{
  links_watch_all (links);
  delete (links, links->label[1]);
  g_signal_connect (links_items (links->label[1]), "items-changed", G_CALLBACK (on_gone), links);
  links_commit (links);
  g_signal_handlers_disconnect_by_func (links_items (links->label[1]), on_gone, links);
  g_assert_true (orm_session_get_dirty (links->session));

  orm_session_rollback (links->session);
  links_assert_ids (links_labels (links->item[4]), "");
  links_assert_ids (links_items (links->label[4]), "");
  links_check (links);
}

static void
test_unlinked_entities_are_released (Links *links, gconstpointer data)
{
  LinksItem *item = links_new (LINKS_TYPE_ITEM, "new");
  LinksLabel *label = links_new (LINKS_TYPE_LABEL, "fresh");

  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  g_object_add_weak_pointer (G_OBJECT (label), (gpointer *) &label);
  orm_collection_append (links_labels (item), label);
  orm_collection_remove (links_items (label), item);
  g_object_unref (label);
  g_assert_null (label);
  g_object_unref (item);
  g_assert_null (item);

  /* After a rollback, only the test holds it. */
  item = links_new (LINKS_TYPE_ITEM, "new");
  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  orm_collection_append (links_items (links->label[1]), item);
  orm_session_rollback (links->session);
  g_object_unref (item);
  g_assert_null (item);
}

/* Mappings with mistakes. */
#define DEFINE_TYPE(Name, name, ...)                                                               \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntity parent_instance;                                                                     \
    char *name;                                                                                    \
  } Name;                                                                                          \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntityClass parent_class;                                                                   \
  } Name##Class;                                                                                   \
  static GType name##_get_type (void);                                                             \
  G_DEFINE_TYPE (Name, name, ORM_TYPE_ENTITY)                                                      \
  static const OrmColumn name##_columns[] = { ORM_COLUMN ("name", TEXT, Name, name) };             \
  static const OrmRelationship name##_sides[] = { __VA_ARGS__ };                                   \
  static void name##_class_init (Name##Class *klass)                                               \
  {                                                                                                \
    orm_entity_class_map (ORM_ENTITY_CLASS (klass), #name "s", name##_columns, 1);                 \
    orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), name##_sides,                    \
                                        G_N_ELEMENTS (name##_sides));                              \
  }                                                                                                \
  static void name##_init (Name *self) {}

DEFINE_TYPE (Table,
             table,
             ORM_MANY_TO_MANY ("selves", table_get_type, "others", "one", "a"),
             ORM_MANY_TO_MANY ("others", table_get_type, "selves", "two", "b"))
DEFINE_TYPE (Column,
             column,
             ORM_MANY_TO_MANY ("selves", column_get_type, "others", "one", "a"),
             ORM_MANY_TO_MANY ("others", column_get_type, "selves", "one", "a"))
DEFINE_TYPE (Mirror, mirror, ORM_MANY_TO_MANY ("selves", mirror_get_type, "selves", "one", "a"))
DEFINE_TYPE (Kind,
             kind,
             ORM_MANY_TO_MANY ("selves", kind_get_type, "others", "one", "a"),
             ORM_TO_ONE ("others", kind_get_type, "selves", "a"))
DEFINE_TYPE (
  Rule,
  rule,
  ORM_MANY_TO_MANY ("selves", rule_get_type, "others", "one", "a"),
  ORM_MANY_TO_MANY ("others", rule_get_type, "selves", "one", "b", .rule = ORM_DELETE_CASCADE))

static void
test_mapping (Links *links, gconstpointer data)
{
  GType types[] = { table_get_type (), column_get_type (), mirror_get_type (), kind_get_type (),
                    rule_get_type () };
  const char *const names[] = { "Table.others", "Column.others", "Mirror.selves", "Kind.others",
                                "Rule.selves" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OrmSession) session =
        orm_session_new_for_types (links->connection, &types[i], 1, &error);

      g_assert_null (session);
      g_assert_error (error, ORM_ERROR, ORM_ERROR_MAPPING);
      g_assert_nonnull (strstr (error->message, ".selves"));
      g_assert_nonnull (strstr (error->message, names[i]));
    }
}

#define ADD(name, set_up, func)                                                                    \
  g_test_add ("/orm/many-to-many/session/" name, Links, NULL, set_up, func, links_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("flush-order", links_set_up, test_flush_order);
  ADD ("many-in-one", links_set_up, test_many_in_one);
  ADD ("thousands", links_set_up, test_thousands);
  ADD ("with-column", links_set_up, test_with_column);
  ADD ("no-change", links_set_up, test_no_change);
  ADD ("dirty", links_set_up, test_dirty);
  ADD ("autoflush-waits", links_set_up, test_autoflush_waits);
  ADD ("autoflush-waits-for-wholes", links_set_up, test_autoflush_waits_for_wholes);
  ADD ("undo-of-wholes", links_set_up, test_undo_of_wholes);
  ADD ("needs-rollback", links_set_up_file, test_needs_rollback);
  ADD ("done-elsewhere", links_set_up_file, test_done_elsewhere);
  ADD ("rollback", links_set_up, test_rollback);
  ADD ("rollback-add", links_set_up, test_rollback_add);
  ADD ("savepoint", links_set_up, test_savepoint);
  ADD ("group", links_set_up, test_group);
  ADD ("delete", links_set_up, test_delete);
  ADD ("delete-unloaded", links_set_up, test_delete_unloaded);
  ADD ("delete-new", links_set_up, test_delete_new);
  ADD ("delete-new-rollback", links_set_up, test_delete_new_rollback);
  ADD ("delete-cascade", links_set_up, test_delete_cascade);
  ADD ("delete-then-load", links_set_up, test_delete_then_load);
  ADD ("delete-with-new", links_set_up, test_delete_with_new);
  ADD ("group-flush", links_set_up, test_group_flush);
  ADD ("group-delete-with-new", links_set_up, test_group_delete_with_new);
  ADD ("add-deleted-new", links_set_up, test_add_deleted_new);
  ADD ("add-deleted-new-rollback", links_set_up, test_add_deleted_new_rollback);
  ADD ("add-deleted-new-in-group", links_set_up, test_add_deleted_new_in_group);
  ADD ("add-deleted", links_set_up, test_add_deleted);
  ADD ("add-deleted-lists", links_set_up, test_add_deleted_lists);
  ADD ("add-deleted-cascade", links_set_up, test_add_deleted_cascade);
  ADD ("delete-denied", links_set_up, test_delete_denied);
  ADD ("delete-replaced", links_set_up, test_delete_replaced);
  ADD ("undo-links", links_set_up, test_undo_links);
  ADD ("undo-insert", links_set_up, test_undo_insert);
  ADD ("undo-stale", links_set_up_file, test_undo_stale);
  ADD ("refresh", links_set_up_file, test_refresh);
  ADD ("commit-handler", links_set_up, test_commit_handler);
  ADD ("merge", links_set_up_file, test_merge);
  ADD ("new-entities-are-released", links_set_up, test_new_entities_are_released);
  ADD ("unlinked-entities-are-released", links_set_up, test_unlinked_entities_are_released);
  ADD ("mapping", links_set_up, test_mapping);

  return g_test_run ();
}
