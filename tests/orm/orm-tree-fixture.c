/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm-tree-fixture.h"

struct _TreeNode
{
  OrmEntity parent_instance;

  char *name;
  gint64 weight;
  GDate *day;
  GDateTime *stamp;
};

struct _TreeShelf
{
  OrmEntity parent_instance;

  char *name;
};

struct _TreeBox
{
  OrmEntity parent_instance;

  char *name;
};

struct _TreeItem
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (TreeNode, tree_node, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (TreeShelf, tree_shelf, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (TreeBox, tree_box, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (TreeItem, tree_item, ORM_TYPE_ENTITY)

static const OrmColumn node_columns[] = {
  ORM_COLUMN ("name", TEXT, TreeNode, name),
  ORM_COLUMN ("weight", INT64, TreeNode, weight),
  ORM_COLUMN ("day", DATE, TreeNode, day),
  ORM_COLUMN ("stamp", TIMESTAMP, TreeNode, stamp),
};

static const OrmRelationship node_sides[] = {
  ORM_TO_ONE ("parent", tree_node_get_type, "children", "parent_id"),
  ORM_TO_MANY ("children", tree_node_get_type, "parent", .rule = ORM_DELETE_CASCADE),
  ORM_TO_MANY ("made", tree_item_get_type, "maker", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY ("bought", tree_item_get_type, "buyer", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY ("sealed", tree_item_get_type, "sealer", .rule = ORM_DELETE_DENY),
};

static const OrmColumn shelf_columns[] = {
  ORM_COLUMN ("name", TEXT, TreeShelf, name),
};

static const OrmRelationship shelf_sides[] = {
  ORM_TO_MANY ("boxes",
               tree_box_get_type,
               "shelf",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
};

static const OrmColumn box_columns[] = {
  ORM_COLUMN ("name", TEXT, TreeBox, name),
};

static const OrmRelationship box_sides[] = {
  ORM_TO_ONE ("shelf", tree_shelf_get_type, "boxes", "shelf_id"),
  ORM_TO_MANY ("items",
               tree_item_get_type,
               "box",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
};

static const OrmColumn item_columns[] = {
  ORM_COLUMN ("name", TEXT, TreeItem, name),
};

static const OrmRelationship item_sides[] = {
  ORM_TO_ONE ("box", tree_box_get_type, "items", "box_id"),
  ORM_TO_ONE ("maker", tree_node_get_type, "made", "maker_id"),
  ORM_TO_ONE ("buyer", tree_node_get_type, "bought", "buyer_id"),
  ORM_TO_ONE ("sealer", tree_node_get_type, "sealed", "sealer_id"),
};

static void
tree_node_class_init (TreeNodeClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "nodes", node_columns,
                        G_N_ELEMENTS (node_columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), node_sides,
                                      G_N_ELEMENTS (node_sides));
}

static void
tree_node_init (TreeNode *self)
{
}

static void
tree_shelf_class_init (TreeShelfClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "shelves", shelf_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), shelf_sides,
                                      G_N_ELEMENTS (shelf_sides));
}

static void
tree_shelf_init (TreeShelf *self)
{
}

static void
tree_box_class_init (TreeBoxClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "boxes", box_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), box_sides,
                                      G_N_ELEMENTS (box_sides));
}

static void
tree_box_init (TreeBox *self)
{
}

static void
tree_item_class_init (TreeItemClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "items", item_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), item_sides,
                                      G_N_ELEMENTS (item_sides));
}

static void
tree_item_init (TreeItem *self)
{
}

static void
open_session (Tree *tree)
{
  tree->session = orm_session_new (tree->connection, TREE_TYPE_NODE, TREE_TYPE_SHELF, TREE_TYPE_BOX,
                                   TREE_TYPE_ITEM, G_TYPE_INVALID);
  g_assert_nonnull (tree->session);
}

/*
 * Shelf 1 has the boxes 1 and 2, with the items 1, 2 and 3; shelf 2 box 3 with
 * item 4. Node 1 has the children 2 and 3; 2 has 4.
 */
void
tree_set_up (Tree *tree, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tree->log = g_string_new (NULL);
  tree->connection = orm_connection_open ("sqlite::memory:", &error);
  g_assert_no_error (error);
  open_session (tree);
  g_assert_true (orm_session_create_tables (tree->session, &error));
  g_assert_no_error (error);

  tree_execute (tree,
                "INSERT INTO nodes (id, name, weight, parent_id) VALUES (1, 'root', 1, NULL)");
  tree_execute (tree, "INSERT INTO nodes (id, name, weight, parent_id) VALUES (2, 'left', 2, 1), "
                      "(3, 'right', 3, 1), (4, 'leaf', 4, 2)");
  tree_execute (tree, "INSERT INTO shelves (id, name) VALUES (1, 'A'), (2, 'B')");
  tree_execute (tree, "INSERT INTO boxes (id, name, shelf_id) VALUES (1, 'a', 1), (2, 'b', 1), "
                      "(3, 'c', 2)");
  tree_execute (tree, "INSERT INTO items (id, name, box_id) VALUES (1, 'x', 1), (2, 'y', 1), "
                      "(3, 'z', 2), (4, 'w', 3)");
}

void
tree_tear_down (Tree *tree, gconstpointer data)
{
  OrmSession *session = tree->session;

  tree_stop_watching (tree);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_clear_object (&tree->session);
  g_assert_null (session);
  g_clear_object (&tree->connection);
  g_string_free (tree->log, TRUE);
}

/*
 * Opens a new session on the same rows, with nothing in memory.
 */
void
tree_reopen (Tree *tree)
{
  g_clear_object (&tree->session);
  open_session (tree);
}

void
tree_execute (Tree *tree, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (tree->connection, sql, &error);
  g_assert_no_error (error);
}

/*
 * Returns a value of the database as text, without using the session.
 */
char *
tree_read (Tree *tree, const char *sql)
{
  g_autofree char *text = g_strdup_printf ("SELECT CAST((%s) AS TEXT)", sql);
  g_autoptr (GError) error = NULL;
  gsize length = tree->log->len;
  char *value = _orm_connection_select_text (tree->connection, text, NULL, 0, &error);

  g_assert_no_error (error);
  g_string_truncate (tree->log, length);
  return value;
}

gpointer
tree_get (Tree *tree, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (tree->session, type, id, &error);

  g_assert_no_error (error);
  return entity;
}

TreeNode *
tree_new_node (const char *name, gpointer parent)
{
  return g_object_new (TREE_TYPE_NODE, "name", name, "parent", parent, NULL);
}

void
tree_add (Tree *tree, gpointer entity)
{
  g_autoptr (GError) error = NULL;

  orm_session_add (tree->session, entity, &error);
  g_assert_no_error (error);
}

void
tree_commit (Tree *tree)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (tree->session, &error);
  g_assert_no_error (error);
}

char *
tree_ids (gpointer owner, const char *relationship)
{
  GListModel *list = orm_entity_get_collection (owner, relationship);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (list, i);

      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                              orm_entity_get_id (item));
    }

  return g_string_free (ids, FALSE);
}

typedef struct
{
  Tree *tree;
  char *name;
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *watch = data;

  g_free (watch->name);
  g_free (watch);
}

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added, gpointer data)
{
  Watch *watch = data;

  g_string_append_printf (watch->tree->log, "%s %u-%u+%u; ", watch->name, position, n_removed,
                          n_added);
}

void
tree_watch (Tree *tree, gpointer owner, const char *relationship, const char *name)
{
  GListModel *list = orm_entity_get_collection (owner, relationship);
  Watch *watch = g_new0 (Watch, 1);

  g_list_model_get_n_items (list);
  watch->tree = tree;
  watch->name = g_strdup (name);
  g_signal_connect_data (list, "items-changed", G_CALLBACK (on_items_changed), watch, watch_free,
                         0);
}

static void
on_statement (OrmConnection *connection, const char *sql, gint64 microseconds, gpointer data)
{
  Tree *tree = data;
  g_auto (GStrv) parts = g_strsplit (sql, "\"", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  g_auto (GStrv) words = g_strsplit (plain, " ", 4);
  const char *table = g_str_equal (words[0], "UPDATE") ? words[1] : words[2];

  if (g_str_equal (words[0], "SELECT"))
    g_string_append (tree->log, "SELECT; ");
  else
    g_string_append_printf (tree->log, "%s %s; ", words[0], table);
}

void
tree_watch_sql (Tree *tree)
{
  g_string_truncate (tree->log, 0);
  g_signal_connect (tree->connection, "statement", G_CALLBACK (on_statement), tree);
}

void
tree_stop_watching (Tree *tree)
{
  g_signal_handlers_disconnect_by_data (tree->connection, tree);
  g_string_truncate (tree->log, 0);
}
