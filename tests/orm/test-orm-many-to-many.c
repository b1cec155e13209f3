/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"
#include "orm-session-query.h"

#include "orm-query-model.h"

/*
 * Many-to-many lists: editing, handlers that edit, lists that are not loaded,
 * entities in no session, and queries.
 */

static void
test_tables (Links *links, gconstpointer data)
{
  g_autofree char *sql = links_read (links, "SELECT group_concat(sql, '; ') FROM (SELECT sql FROM "
                                            "sqlite_master WHERE tbl_name = 'item_labels' AND sql "
                                            "IS NOT NULL ORDER BY type DESC)");
  g_autofree char *friendships =
    links_read (links, "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE "
                       "tbl_name = 'friendships' AND sql IS NOT NULL ORDER BY name)");

  g_assert_cmpstr (
    sql, ==,
    "CREATE TABLE \"item_labels\" (\"item_id\" INTEGER NOT NULL REFERENCES \"items\" (id) ON "
    "DELETE CASCADE, \"label_id\" INTEGER NOT NULL REFERENCES \"labels\" (id) ON "
    "DELETE CASCADE, PRIMARY KEY (\"item_id\", \"label_id\")) WITHOUT ROWID; "
    "CREATE INDEX \"item_labels_label_id\" ON \"item_labels\" (\"label_id\")");
  g_assert_cmpstr (friendships, ==, "friendships friendships_person_id");
}

static void
test_load (Links *links, gconstpointer data)
{
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_count (links, 1);
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_count (links, 1);
  links_assert_ids (links_labels (links->item[4]), "");
  g_assert_true (links_labels (links->item[4]) == links_labels (links->item[4]));
  g_assert_true (orm_collection_get_owner (links_labels (links->item[4])) == links->item[4]);
  g_assert_false (orm_session_get_dirty (links->session));
}

/*
 * A long list reads all ids as one value, then its rows in blocks.
 */
static void
test_load_long (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmEntity) last = NULL;
  OrmCollection *list = links_items (links->label[4]);

  orm_connection_execute (links->connection,
                          "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n "
                          "WHERE i < 1099) INSERT INTO items (id, name) SELECT i, 'x' FROM n",
                          &error);
  g_assert_no_error (error);
  orm_connection_execute (
    links->connection, "INSERT INTO item_labels SELECT id, 4 FROM items WHERE id >= 100", &error);
  g_assert_no_error (error);
  links_take_count (links);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1000);
  links_assert_count (links, 2);
  last = g_list_model_get_item (G_LIST_MODEL (list), 999);
  g_assert_cmpint (orm_entity_get_id (last), ==, 1099);
  links_assert_count (links, 1);
  g_assert_true (orm_collection_contains (list, last));
  g_assert_false (orm_collection_contains (list, links->item[1]));
  links_assert_count (links, 0);
}

static void
test_append (Links *links, gconstpointer data)
{
  links_watch_all (links);

  g_assert_true (orm_collection_append (links_labels (links->item[2]), links->label[3]));
  links_assert_log (links, "b 1-0+1; blue 1-0+1; ");
  links_assert_ids (links_labels (links->item[2]), "1 3");
  links_assert_ids (links_items (links->label[3]), "3 2");

  g_assert_true (orm_collection_append (links_items (links->label[4]), links->item[4]));
  links_assert_log (links, "none 0-0+1; d 0-0+1; ");

  g_assert_false (orm_collection_append (links_labels (links->item[2]), links->label[3]));
  g_assert_false (orm_collection_append (links_items (links->label[3]), links->item[2]));
  g_assert_true (orm_collection_try_append (links_items (links->label[3]), links->item[2], NULL));
  links_assert_log (links, "");
  links_assert_count (links, 0);
  g_assert_true (orm_session_get_dirty (links->session));
}

static void
test_remove (Links *links, gconstpointer data)
{
  links_watch_all (links);

  g_assert_true (orm_collection_remove (links_items (links->label[1]), links->item[2]));
  links_assert_log (links, "red 1-1+0; b 0-1+0; ");
  g_assert_true (orm_collection_remove (links_labels (links->item[1]), links->label[1]));
  links_assert_log (links, "a 0-1+0; red 0-1+0; ");
  g_assert_false (orm_collection_remove (links_labels (links->item[1]), links->label[1]));
  g_assert_false (orm_collection_remove (links_items (links->label[1]), links->item[1]));
  links_assert_log (links, "");

  links_commit (links);
  links_assert_count (links, 1);
  links_assert_rows (links, "1:2 3:1 3:3");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (links->label[1])), ==, ORM_ENTITY_PERSISTENT);
}

static void
test_contains (Links *links, gconstpointer data)
{
  OrmCollection *labels = links_labels (links->item[1]);

  g_assert_true (orm_collection_contains (labels, links->label[2]));
  g_assert_false (orm_collection_contains (labels, links->label[3]));
  links_assert_count (links, 2);

  /* A queued change needs no statement. */
  orm_collection_append (labels, links->label[3]);
  orm_collection_remove (labels, links->label[2]);
  links_take_count (links);
  g_assert_true (orm_collection_contains (labels, links->label[3]));
  g_assert_true (orm_collection_contains (links_items (links->label[3]), links->item[1]));
  g_assert_false (orm_collection_contains (labels, links->label[2]));
  g_assert_false (orm_collection_contains (labels, links->item[1]));
  links_assert_count (links, 0);
  g_assert_false (orm_collection_is_loaded (labels));

  /* Nor does it if only the other side's list is loaded. */
  g_assert_true (orm_collection_load (links_items (links->label[1]), NULL));
  links_take_count (links);
  g_assert_true (orm_collection_contains (labels, links->label[1]));
  links_assert_count (links, 0);
  g_assert_false (orm_collection_is_loaded (labels));
}

static void
test_find_and_move (Links *links, gconstpointer data)
{
  OrmCollection *items = links_items (links->label[1]);
  guint position = 9;

  g_assert_true (orm_collection_find (items, links->item[3], &position));
  g_assert_cmpuint (position, ==, 2);
  links_assert_count (links, 1);
  g_assert_false (orm_collection_find (items, links->item[4], &position));

  links_watch (links, items, "red");
  orm_collection_move (items, 2, 0);
  links_assert_log (links, "red 0-3+3; ");
  links_assert_ids (items, "3 1 2");
  g_assert_false (orm_session_get_dirty (links->session));
  orm_session_rollback (links->session);
  links_assert_log (links, "red 0-1+0; red 2-0+1; ");
  links_assert_ids (items, "1 2 3");
}

static void
test_splice_and_replace (Links *links, gconstpointer data)
{
  gpointer added[] = { links->item[4], links->item[5] };
  gpointer wanted[] = { links->item[4], links->item[1], links->item[3] };

  links_watch_all (links);
  orm_collection_splice (links_items (links->label[1]), 1, 1, added, 2);
  links_assert_ids (links_items (links->label[1]), "1 4 5 3");
  links_assert_log (links, "b 0-1+0; red 1-1+2; d 0-0+1; e 0-0+1; ");

  orm_collection_replace (links_items (links->label[1]), wanted, 3);
  links_assert_ids (links_items (links->label[1]), "4 1 3");
  links_assert_ids (links_labels (links->item[5]), "");
  links_check (links);

  links_commit (links);
  links_assert_count (links, 2);
  links_assert_rows (links, "1:1 1:2 3:1 3:3 4:1");
}

/* A handler that acts once. */
typedef struct
{
  OrmCollection *list;
  OrmEntity *member;
  gboolean appends;
  gboolean deletes;
  Links *links;
  gulong id;
} Again;

static void
on_changed_again (OrmCollection *list, guint position, guint removed, guint added, gpointer data)
{
  Again *again = data;
  g_autoptr (GError) error = NULL;

  g_signal_handler_disconnect (list, again->id);
  if (again->deletes)
    g_assert_true (orm_session_delete (again->links->session, again->member, &error));
  else if (again->appends)
    g_assert_true (orm_collection_append (again->list, again->member));
  else
    g_assert_true (orm_collection_remove (again->list, again->member));
}

static void
react (OrmCollection *list, Again *again)
{
  again->id = g_signal_connect (list, "items-changed", G_CALLBACK (on_changed_again), again);
}

static void
test_reentrant_undo (Links *links, gconstpointer data)
{
  OrmCollection *labels = links_labels (links->item[4]), *items = links_items (links->label[4]);
  Again again = { .list = labels, .member = ORM_ENTITY (links->label[4]) };
  Again other = { .list = items, .member = ORM_ENTITY (links->item[4]) };

  links_watch_all (links);

  /* The handler removes the link again, from either side: the other list emits nothing. */
  react (labels, &again);
  orm_collection_append (labels, links->label[4]);
  links_assert_log (links, "d 0-0+1; d 0-1+0; ");
  react (labels, &other);
  orm_collection_append (labels, links->label[4]);
  links_assert_log (links, "d 0-0+1; d 0-1+0; ");
  g_assert_false (orm_session_get_dirty (links->session));

  /* A handler adds the link again. */
  again = (Again){ .list = links_items (links->label[2]),
                   .member = ORM_ENTITY (links->item[1]),
                   .appends = TRUE };
  react (links_labels (links->item[1]), &again);
  orm_collection_remove (links_labels (links->item[1]), links->label[2]);
  links_assert_log (links, "a 1-1+0; a 1-0+1; ");
  g_assert_false (orm_session_get_dirty (links->session));
  links_commit (links);
  links_assert_count (links, 0);
}

/*
 * A handler links a new entity again, from either side, before the other list
 * has removed it.
 */
static void
test_reentrant_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  OrmCollection *labels = links_labels (item), *items = links_items (links->label[4]);
  Again from_item = { .list = labels, .member = ORM_ENTITY (links->label[4]), .appends = TRUE };
  Again from_label = { .list = items, .member = ORM_ENTITY (item), .appends = TRUE };

  links_watch_all (links);
  links_watch (links, labels, "new");
  orm_collection_append (items, item);
  g_string_truncate (links->log, 0);

  react (items, &from_item);
  orm_collection_remove (items, item);
  links_assert_log (links, "none 0-1+0; none 0-0+1; ");
  react (items, &from_label);
  orm_collection_remove (items, item);
  links_assert_log (links, "none 0-1+0; none 0-0+1; ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (labels)), ==, 1);

  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 6:4");
}

/*
 * While one list has emitted the link and the other has not, both sides say
 * that they are linked.
 */
static void
on_changed_ask (OrmCollection *list, guint position, guint removed, guint added, gpointer data)
{
  Links *links = data;

  g_assert_true (orm_collection_contains (links_labels (links->item[4]), links->label[4]));
  g_assert_true (orm_collection_contains (links_items (links->label[4]), links->item[4]));
  g_assert_false (orm_collection_append (links_items (links->label[4]), links->item[4]));
}

static void
test_reentrant_contains (Links *links, gconstpointer data)
{
  links_watch_all (links);
  g_signal_connect (links_labels (links->item[4]), "items-changed", G_CALLBACK (on_changed_ask),
                    links);
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  links_assert_log (links, "d 0-0+1; none 0-0+1; ");
  g_signal_handlers_disconnect_by_func (links_labels (links->item[4]), on_changed_ask, links);
}

static void
test_reentrant_delete (Links *links, gconstpointer data)
{
  OrmCollection *labels = links_labels (links->item[4]);
  Again again = { .links = links, .member = ORM_ENTITY (links->label[4]), .deletes = TRUE };
  Again owner = { .links = links, .member = ORM_ENTITY (links->item[5]), .deletes = TRUE };

  links_watch_all (links);
  react (labels, &again);
  orm_collection_append (labels, links->label[4]);
  links_assert_ids (labels, "");
  links_assert_log (links, "d 0-0+1; none 0-0+1; d 0-1+0; ");

  react (links_labels (links->item[5]), &owner);
  orm_collection_append (links_labels (links->item[5]), links->label[3]);
  links_assert_ids (links_items (links->label[3]), "3");
  links_assert_log (links, "e 0-0+1; blue 1-0+1; blue 1-1+0; ");

  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");
}

/*
 * A change does not load a list, and a queued member is in it once, also after
 * a flush.
 */
static void
test_unloaded (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OrmCollection *labels = links_labels (links->item[1]), *items = links_items (links->label[3]);

  orm_session_set_autoflush (links->session, FALSE);
  g_assert_true (orm_collection_append (labels, links->label[3]));
  g_assert_true (orm_collection_remove (labels, links->label[1]));
  g_assert_false (orm_collection_append (labels, links->label[3]));
  links_assert_count (links, 2);
  g_assert_false (orm_collection_is_loaded (labels));
  g_assert_false (orm_collection_is_loaded (items));

  links_assert_ids (items, "3 1");
  links_assert_ids (labels, "2 3");
  links_assert_ids (links_items (links->label[1]), "2 3");
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");

  g_assert_true (orm_session_flush (links->session, &error));
  g_assert_no_error (error);
  links_assert_ids (labels, "2 3");
  links_assert_rows (links, "1:2 1:3 2:1 3:1 3:3");
}

static void
test_unloaded_flush (Links *links, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OrmCollection *labels = links_labels (links->item[1]);

  orm_collection_append (labels, links->label[3]);
  g_assert_true (orm_session_flush (links->session, &error));
  orm_collection_remove (labels, links->label[2]);
  links_assert_ids (labels, "1 3");
  links_assert_ids (links_items (links->label[2]), "");
  links_assert_ids (links_items (links->label[3]), "1 3");
}

static void
test_add_cascade (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (LinksLabel) second = links_new (LINKS_TYPE_LABEL, "second");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);

  /* Appending adds a new member to its owner's session. */
  g_assert_true (orm_collection_append (links_labels (links->item[1]), label));
  g_assert_true (orm_entity_get_session (ORM_ENTITY (label)) == links->session);
  links_assert_log (links, "a 2-0+1; ");

  /* Appending a saved member does not add its new owner to the session. */
  g_assert_true (orm_collection_append (links_labels (item), links->label[4]));
  g_assert_true (orm_collection_append (links_labels (item), label));
  g_assert_true (orm_collection_append (links_labels (item), second));
  g_assert_null (orm_entity_get_session (ORM_ENTITY (item)));
  g_assert_null (orm_entity_get_session (ORM_ENTITY (second)));
  links_assert_log (links, "none 0-0+1; ");
  links_assert_ids (links_items (label), "1 ?");

  /* Adding the owner also adds the new entities that it is linked to. */
  g_assert_true (orm_session_add (links->session, item, &error));
  g_assert_no_error (error);
  g_assert_true (orm_entity_get_session (ORM_ENTITY (second)) == links->session);
  links_assert_log (links, "");

  links_commit (links);
  links_assert_rows (links, "1:1 1:2 1:5 2:1 3:1 3:3 6:4 6:5 6:6");
  links_assert_ids (links_labels (item), "4 5 6");
  links_assert_ids (links_items (label), "1 6");
  links_assert_ids (links_items (links->label[4]), "6");
  links_check (links);
}

/*
 * The same from the label's side, and over two links.
 */
static void
test_add_cascade_back (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksItem) other = links_new (LINKS_TYPE_ITEM, "other");
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_collection_append (links_items (label), item));
  g_assert_true (orm_collection_append (links_labels (other), label));
  g_assert_true (orm_session_add (links->session, item, &error));
  g_assert_no_error (error);
  g_assert_true (orm_entity_get_session (ORM_ENTITY (other)) == links->session);
  links_commit (links);
  links_assert_count (links, 5);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3 6:5 7:5");
  links_assert_ids (links_items (label), "6 7");
}

static void
test_transient_unloaded (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (LinksItem) never = links_new (LINKS_TYPE_ITEM, "never");
  g_autoptr (GError) error = NULL;
  OrmCollection *items = links_items (links->label[3]);

  /* An entity that is not in the session is queued in the list that is not loaded. */
  orm_collection_append (links_labels (item), links->label[3]);
  orm_collection_append (links_labels (never), links->label[3]);
  g_assert_false (orm_collection_is_loaded (items));
  g_assert_true (orm_collection_contains (items, item));
  g_assert_true (orm_collection_remove (items, never));
  links_assert_ids (links_labels (never), "");
  links_assert_count (links, 0);

  g_assert_true (orm_session_add (links->session, item, &error));
  g_assert_true (orm_session_flush (links->session, &error));
  links_assert_ids (items, "3 6");
  links_commit (links);
}

/*
 * A linked entity that was not added is not saved, and the flush logs a
 * message.
 */
static void
test_linked_but_not_added (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "never");

  orm_collection_append (links_labels (item), links->label[1]);
  g_test_expect_message ("orm", G_LOG_LEVEL_MESSAGE, "*items*labels*not added*");
  links_commit (links);
  g_test_assert_expected_messages ();
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");
  orm_collection_remove (links_labels (item), links->label[1]);
  links_commit (links);
  links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");
}

static void
test_validation (Links *links, gconstpointer data)
{
  g_autoptr (LinksItem) plain = links_new (LINKS_TYPE_ITEM, "plain");
  g_autoptr (LinksLabel) closed = links_new (LINKS_TYPE_LABEL, "closed");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  g_assert_false (orm_collection_try_append (links_labels (links->item[1]), closed, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_clear_error (&error);
  g_assert_false (orm_collection_try_append (links_items (links->label[1]), plain, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_clear_error (&error);
  g_assert_false (orm_collection_append (links_items (closed), links->item[1]));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (links->item[1])), ORM_ERROR,
                  ORM_ERROR_VALIDATION);
  g_assert_false (
    orm_collection_try_append (links_items (links->label[1]), links->label[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);

  g_assert_null (orm_entity_get_session (ORM_ENTITY (closed)));
  links_assert_ids (links_items (closed), "");
  links_assert_log (links, "");
  g_assert_false (orm_session_get_dirty (links->session));
}

static void
test_other_session (Links *links, gconstpointer data)
{
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", NULL);
  g_autoptr (OrmSession) session = orm_session_new (connection, LINKS_TYPE_ITEM, LINKS_TYPE_LABEL,
                                                    LINKS_TYPE_SHELF, G_TYPE_INVALID);
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "foreign");
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_create_tables (session, &error));
  g_assert_true (orm_session_add (session, label, &error));
  g_assert_true (orm_session_commit (session, &error));
  g_assert_false (orm_collection_try_append (links_labels (links->item[4]), label, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);
  g_clear_error (&error);

  g_assert_true (orm_collection_append (links_labels (item), label));
  g_assert_false (orm_session_add (links->session, item, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE);
  g_assert_null (orm_entity_get_session (ORM_ENTITY (item)));
  links_assert_ids (links_labels (item), "1");
  orm_collection_remove (links_labels (item), label);
}

static void
test_self_reference (Links *links, gconstpointer data)
{
  OrmCollection *ann = links_friends (links->person[1]);

  links_assert_ids (ann, "2 3");
  links_assert_ids (links_friend_of (links->person[1]), "2");
  links_watch (links, ann, "ann");
  links_watch (links, links_friend_of (links->person[1]), "of ann");
  links_watch (links, links_friends (links->person[4]), "dot");
  links_watch (links, links_friend_of (links->person[4]), "of dot");

  orm_collection_append (ann, links->person[4]);
  links_assert_log (links, "ann 2-0+1; of dot 0-0+1; ");
  orm_collection_append (links_friends (links->person[4]), links->person[1]);
  links_assert_log (links, "dot 0-0+1; of ann 1-0+1; ");
  orm_collection_remove (links_friend_of (links->person[4]), links->person[1]);
  links_assert_log (links, "of dot 0-1+0; ann 2-1+0; ");

  /* A person can be their own friend. */
  orm_collection_append (ann, links->person[1]);
  links_assert_log (links, "ann 2-0+1; of ann 2-0+1; ");
  links_commit (links);
  links_assert_friendships (links, "1:1 1:2 1:3 2:1 4:1");
}

static void
test_self_reference_new (Links *links, gconstpointer data)
{
  g_autoptr (LinksPerson) person = links_new (LINKS_TYPE_PERSON, "Eve");
  g_autoptr (GError) error = NULL;

  orm_collection_append (links_friends (person), person);
  orm_collection_append (links_friends (person), links->person[1]);
  orm_collection_append (links_friends (links->person[2]), person);
  links_commit (links);
  links_assert_friendships (links, "1:2 1:3 2:1 2:5 5:1 5:5");
  links_assert_ids (links_friends (person), "5 1");
  links_assert_ids (links_friend_of (person), "5 2");

  g_assert_true (orm_session_delete (links->session, person, &error));
  links_commit (links);
  links_assert_friendships (links, "1:2 1:3 2:1");
  g_assert_true (orm_session_undo (links->session, &error));
  g_assert_no_error (error);
  links_assert_friendships (links, "1:2 1:3 2:1 2:5 5:1 5:5");
}

static GListModel *
find_named (Links *links, GType type, const char *path, const char *name)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);
  g_autoptr (GError) error = NULL;
  GListModel *found;

  orm_query_where (query, path, ORM_STARTS_WITH, name);
  found = orm_session_find (links->session, query, &error);
  g_assert_no_error (error);
  return found;
}

static void
test_query (Links *links, gconstpointer data)
{
  g_autoptr (GListModel) red = find_named (links, LINKS_TYPE_ITEM, "labels.name", "red");
  g_autoptr (GListModel) all = find_named (links, LINKS_TYPE_ITEM, "labels.name", "");
  g_autoptr (GListModel) upper = find_named (links, LINKS_TYPE_LABEL, "items.shelf.name", "upper");
  g_autoptr (GListModel) shelves =
    find_named (links, LINKS_TYPE_SHELF, "items.labels.name", "blue");
  g_autoptr (GListModel) two =
    find_named (links, LINKS_TYPE_PERSON, "friends.friend-of.friends.name", "Cid");
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (OrmQuery) several = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (OrmQuery) without = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (OrmQuery) with = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (GListModel) green = NULL, either = NULL, none = NULL, some = NULL;
  g_autoptr (GError) error = NULL;
  gpointer labels[] = { links->label[2], links->label[3] };
  gint64 sum;
  guint64 n_rows;

  links_assert_ids (red, "1 2 3");
  links_assert_ids (all, "1 2 3");
  links_assert_ids (upper, "1 2");
  links_assert_ids (shelves, "2");
  links_assert_ids (two, "1");

  orm_query_where (query, "labels", ORM_EQUAL, links->label[2]);
  green = orm_session_find (links->session, query, &error);
  links_assert_ids (green, "1");
  orm_query_where (several, "labels", ORM_IN, 2u, labels);
  either = orm_session_find (links->session, several, &error);
  links_assert_ids (either, "1 3");
  orm_query_where (without, "labels", ORM_EQUAL, NULL);
  none = orm_session_find (links->session, without, &error);
  g_assert_no_error (error);
  links_assert_ids (none, "4 5");
  orm_query_where (with, "labels", ORM_NOT_EQUAL, NULL);
  some = orm_session_find (links->session, with, &error);
  g_assert_no_error (error);
  links_assert_ids (some, "1 2 3");
  g_assert_true (orm_session_sum (links->session, several, "id", &sum, &n_rows, &error));
  g_assert_cmpint (sum, ==, 4);
  g_assert_cmpuint (n_rows, ==, 2);
}

/*
 * A query flushes first.
 */
static void
test_query_autoflush (Links *links, gconstpointer data)
{
  g_autoptr (GListModel) none = NULL;

  orm_collection_append (links_labels (links->item[5]), links->label[4]);
  links_take_count (links);
  none = find_named (links, LINKS_TYPE_ITEM, "labels.name", "none");
  links_assert_count (links, 2);
  links_assert_ids (none, "5");
  g_assert_true (orm_session_get_dirty (links->session));
  links_commit (links);
  g_assert_false (orm_session_get_dirty (links->session));
}

static void
test_query_errors (Links *links, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (OrmQuery) people = orm_query_new (LINKS_TYPE_PERSON);
  g_autoptr (OrmQuery) sorted = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = NULL;
  const char *path = NULL;

  g_assert_true (orm_query_join (query, LINKS_TYPE_LABEL, &path, &error) == query);
  g_assert_cmpstr (path, ==, "labels");
  g_assert_null (orm_query_join (people, LINKS_TYPE_PERSON, &path, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH);
  g_assert_nonnull (strstr (error->message, "friends, friend-of"));
  g_clear_error (&error);

  orm_query_order_by (sorted, "labels.name", ORM_ASCENDING);
  found = orm_session_find (links->session, sorted, &error);
  g_assert_null (found);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH);
}

static void
test_prefetch (Links *links, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  links_reopen (links);
  orm_query_prefetch (query, "labels.items.shelf");
  found = orm_session_find (links->session, query, &error);
  g_assert_no_error (error);
  links_assert_count (links, 4);

  links_load_objects (links);
  for (guint i = 1; i < G_N_ELEMENTS (links->item); i++)
    g_assert_true (orm_collection_is_loaded (links_labels (links->item[i])));
  links_assert_ids (links_labels (links->item[3]), "1 3");
  links_assert_ids (links_labels (links->item[5]), "");
  links_assert_ids (links_items (links->label[1]), "1 2 3");
  links_assert_count (links, 0);
}

static void
test_live_query (Links *links, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (LINKS_TYPE_ITEM);
  g_autoptr (GListModel) red = NULL;
  g_autoptr (GError) error = NULL;

  orm_query_where (query, "labels.name", ORM_EQUAL, "red");
  red = orm_session_observe (links->session, query, &error);
  g_assert_no_error (error);
  links_assert_ids (red, "1 2 3");

  orm_collection_append (links_items (links->label[1]), links->item[5]);
  orm_collection_remove (links_labels (links->item[2]), links->label[1]);
  links_assert_ids (red, "1 2 3");
  g_assert_true (orm_session_flush (links->session, &error));
  links_assert_ids (red, "1 3 5");
  orm_session_rollback (links->session);
  links_assert_ids (red, "1 2 3");

  g_assert_true (orm_session_delete (links->session, links->label[1], &error));
  links_commit (links);
  links_assert_ids (red, "");
  g_assert_true (orm_session_undo (links->session, &error));
  links_assert_ids (red, "1 2 3");
}

/*
 * The members of one entity, filtered; also of one that is inserted later.
 */
static void
test_members_query (Links *links, gconstpointer data)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "fresh");
  g_autoptr (OrmQuery) red = orm_collection_new_query (links_items (links->label[1]));
  g_autoptr (OrmQuery) fresh = orm_collection_new_query (links_items (label));
  g_autoptr (GListModel) reds = NULL, freshes = NULL;
  g_autoptr (GError) error = NULL;

  orm_query_where (red, "name", ORM_NOT_EQUAL, "b");
  reds = orm_session_observe (links->session, red, &error);
  g_assert_no_error (error);
  freshes = orm_session_observe (links->session, fresh, &error);
  g_assert_no_error (error);
  links_assert_ids (reds, "1 3");
  links_assert_ids (freshes, "");

  orm_collection_append (links_labels (links->item[2]), label);
  orm_collection_append (links_items (links->label[1]), links->item[4]);
  links_commit (links);
  links_assert_ids (reds, "1 3 4");
  links_assert_ids (freshes, "2");
}

static void
on_session_changed (OrmSession *session, OrmChangeSet *changes, GString *log)
{
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    g_string_append_printf (log, "%s%" G_GINT64_FORMAT "%s ",
                            LINKS_IS_ITEM (orm_change_set_get_entity (changes, i)) ? "item"
                                                                                   : "label",
                            orm_entity_get_id (orm_change_set_get_entity (changes, i)),
                            orm_change_set_get_kind (changes, i) == ORM_CHANGE_UPDATED ? "" : "?");
}

static void
test_changed_signal (Links *links, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (links->session, "changed", G_CALLBACK (on_session_changed), log);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_cmpstr (log->str, ==, "item4 label1 ");
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  g_assert_cmpstr (log->str, ==, "item4 label1 ");
  orm_session_rollback (links->session);
  g_assert_cmpstr (log->str, ==, "item4 label1 item4 label1 ");
  g_signal_handlers_disconnect_by_data (links->session, log);
}

/*
 * A list does not keep clean members alive, nor new ones that were unlinked.
 */
static void
test_members_are_not_kept_alive (Links *links, gconstpointer data)
{
  LinksItem *item;
  LinksLabel *label;
  GListModel *list;

  links_watch (links, links_labels (links->item[4]), "d");
  orm_collection_append (links_labels (links->item[4]), links->label[4]);
  orm_collection_append (links_items (links->label[3]), links->item[4]);
  links_commit (links);
  g_ptr_array_set_size (links->shadows, 0);

  item = g_steal_pointer (&links->item[4]);
  label = g_steal_pointer (&links->label[4]);
  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  g_object_add_weak_pointer (G_OBJECT (label), (gpointer *) &label);
  g_object_unref (label);
  g_assert_null (label);

  /* A reference to its list keeps an owner alive. */
  list = G_LIST_MODEL (g_object_ref (links_labels (item)));
  g_object_unref (item);
  g_assert_nonnull (item);
  links_assert_ids (list, "4 3");
  g_object_unref (list);
  g_assert_null (item);
}

static void
test_session_closed (Links *links, gconstpointer data)
{
  g_autoptr (OrmCollection) labels = g_object_ref (links_labels (links->item[1]));
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "new");
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (GError) error = NULL;

  links_watch_all (links);
  orm_collection_append (labels, label);
  orm_collection_append (links_labels (item), links->label[1]);
  g_string_truncate (links->log, 0);

  orm_session_close (links->session);
  g_assert_nonnull (strstr (links->log->str, "a 0-3+0; "));
  links_assert_ids (labels, "");
  links_assert_ids (links_items (links->label[1]), "");
  g_assert_false (orm_collection_contains (labels, links->label[1]));
  g_assert_false (orm_collection_try_append (labels, links->label[1], &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
  g_string_truncate (links->log, 0);
}

#define ADD(name, set_up, func)                                                                    \
  g_test_add ("/orm/many-to-many/" name, Links, NULL, set_up, func, links_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("tables", links_set_up, test_tables);
  ADD ("load", links_set_up, test_load);
  ADD ("load-long", links_set_up, test_load_long);
  ADD ("append", links_set_up, test_append);
  ADD ("remove", links_set_up, test_remove);
  ADD ("contains", links_set_up, test_contains);
  ADD ("find-and-move", links_set_up, test_find_and_move);
  ADD ("splice-and-replace", links_set_up, test_splice_and_replace);
  ADD ("reentrant-undo", links_set_up, test_reentrant_undo);
  ADD ("reentrant-new", links_set_up, test_reentrant_new);
  ADD ("reentrant-contains", links_set_up, test_reentrant_contains);
  ADD ("reentrant-delete", links_set_up, test_reentrant_delete);
  ADD ("unloaded", links_set_up, test_unloaded);
  ADD ("unloaded-flush", links_set_up, test_unloaded_flush);
  ADD ("add-cascade", links_set_up, test_add_cascade);
  ADD ("add-cascade-back", links_set_up, test_add_cascade_back);
  ADD ("transient-unloaded", links_set_up, test_transient_unloaded);
  ADD ("linked-but-not-added", links_set_up, test_linked_but_not_added);
  ADD ("validation", links_set_up, test_validation);
  ADD ("other-session", links_set_up, test_other_session);
  ADD ("self-reference", links_set_up, test_self_reference);
  ADD ("self-reference-new", links_set_up, test_self_reference_new);
  ADD ("query", links_set_up, test_query);
  ADD ("query-autoflush", links_set_up, test_query_autoflush);
  ADD ("query-errors", links_set_up, test_query_errors);
  ADD ("prefetch", links_set_up, test_prefetch);
  ADD ("live-query", links_set_up, test_live_query);
  ADD ("members-query", links_set_up, test_members_query);
  ADD ("changed-signal", links_set_up, test_changed_signal);
  ADD ("members-are-not-kept-alive", links_set_up, test_members_are_not_kept_alive);
  ADD ("session-closed", links_set_up, test_session_closed);

  return g_test_run ();
}
