/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

G_BEGIN_DECLS

/*
 * A second schema for what the first does not have: a tree whose nodes are of
 * one class, two relationships between two classes, owners whose members the
 * database deletes over two levels, and columns without limits.
 */

#define TREE_TYPE_NODE (tree_node_get_type ())
G_DECLARE_FINAL_TYPE (TreeNode, tree_node, TREE, NODE, OrmEntity)

#define TREE_TYPE_SHELF (tree_shelf_get_type ())
G_DECLARE_FINAL_TYPE (TreeShelf, tree_shelf, TREE, SHELF, OrmEntity)

#define TREE_TYPE_BOX (tree_box_get_type ())
G_DECLARE_FINAL_TYPE (TreeBox, tree_box, TREE, BOX, OrmEntity)

#define TREE_TYPE_ITEM (tree_item_get_type ())
G_DECLARE_FINAL_TYPE (TreeItem, tree_item, TREE, ITEM, OrmEntity)

enum
{
  TREE_NODE_NAME,
  TREE_NODE_WEIGHT,
  TREE_NODE_DAY,
  TREE_NODE_STAMP
};

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  GString *log;
} Tree;

void tree_set_up (Tree *tree, gconstpointer data);
void tree_tear_down (Tree *tree, gconstpointer data);
void tree_reopen (Tree *tree);
void tree_execute (Tree *tree, const char *sql);
char *tree_read (Tree *tree, const char *sql);
gpointer tree_get (Tree *tree, GType type, gint64 id);
TreeNode *tree_new_node (const char *name, gpointer parent);
void tree_add (Tree *tree, gpointer entity);
void tree_commit (Tree *tree);
char *tree_ids (gpointer owner, const char *relationship);
void tree_watch (Tree *tree, gpointer owner, const char *relationship, const char *name);
void tree_watch_sql (Tree *tree);
void tree_stop_watching (Tree *tree);

#define tree_assert_log(tree, expected)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((tree)->log->str, ==, (expected));                                            \
    g_string_truncate ((tree)->log, 0);                                                            \
  }                                                                                                \
  G_STMT_END

#define tree_assert_value(tree, sql, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *value_ = tree_read (tree, sql);                                               \
    g_assert_cmpstr (value_, ==, (expected));                                                      \
  }                                                                                                \
  G_STMT_END

#define tree_assert_ids(owner, relationship, expected)                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *ids_ = tree_ids (owner, relationship);                                        \
    g_assert_cmpstr (ids_, ==, (expected));                                                        \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
