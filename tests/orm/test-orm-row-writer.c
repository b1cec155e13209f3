/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-row-writer-private.h"
#include "orm-tree-fixture.h"

/*
 * Writing rows without a flush.
 */

/* More rows than two statements can take. */
#define MANY 2005

static OrmMapper *
get_mapper (gpointer entity)
{
  return _orm_entity_get_private (entity)->mapper;
}

static GPtrArray *
array_of (gpointer first, gpointer second)
{
  GPtrArray *array = g_ptr_array_new ();

  g_ptr_array_add (array, first);
  if (second != NULL)
    g_ptr_array_add (array, second);
  return array;
}

static void
set_weight (gpointer node, gint64 weight)
{
  g_assert_true (orm_entity_set_int64 (node, TREE_NODE_WEIGHT, weight));
}

static void
test_insert (Tree *t, gconstpointer data)
{
  g_autoptr (OrmRowWriter) writer = _orm_row_writer_new (t->session);
  g_autoptr (TreeNode) child = tree_new_node ("a \"child\"\n", NULL);
  g_autoptr (TreeNode) parent = tree_new_node ("parent", NULL);
  g_autoptr (GPtrArray) nodes = array_of (child, parent);
  g_autoptr (GError) error = NULL;

  tree_add (t, child);
  tree_add (t, parent);
  g_object_set (child, "parent", parent, NULL);
  _orm_row_writer_insert (writer, get_mapper (child), nodes, &error);
  g_assert_no_error (error);

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (child)), ==, ORM_ENTITY_PERSISTENT);
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (child), "parent"), ==,
                   orm_entity_get_id (ORM_ENTITY (parent)));
  tree_assert_value (t,
                     "SELECT c.name || p.name FROM nodes c JOIN nodes p ON c.parent_id = p.id "
                     "WHERE p.name = 'parent'",
                     "a \"child\"\nparent");
}

static void
test_update (Tree *t, gconstpointer data)
{
  g_autoptr (OrmRowWriter) writer = _orm_row_writer_new (t->session);
  g_autoptr (OrmEntity) node = tree_get (t, TREE_TYPE_NODE, 1);
  g_autoptr (GPtrArray) nodes = array_of (node, NULL);
  g_autoptr (GError) error = NULL;

  set_weight (node, 7);
  g_object_set (node, "name", "not written", NULL);
  g_assert_true (_orm_row_writer_update (writer, get_mapper (node), nodes,
                                         ORM_SLOT_BIT (TREE_NODE_WEIGHT), NULL));
  tree_assert_value (t, "SELECT count(*) FROM nodes WHERE weight = 7", "1");
  tree_assert_value (t, "SELECT count(*) FROM nodes WHERE name = 'not written'", "0");

  tree_execute (t, "UPDATE nodes SET parent_id = NULL");
  tree_execute (t, "DELETE FROM nodes WHERE id = 1");
  g_assert_false (_orm_row_writer_update (writer, get_mapper (node), nodes,
                                          ORM_SLOT_BIT (TREE_NODE_WEIGHT), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
}

static void
test_update_checked (Tree *t, gconstpointer data)
{
  g_autoptr (OrmRowWriter) writer = _orm_row_writer_new (t->session);
  g_autoptr (OrmEntity) node = tree_get (t, TREE_TYPE_NODE, 1);
  OrmValue values[8] = { [TREE_NODE_WEIGHT] = ORM_VALUE_INTEGER (3) };
  OrmExpectedRow row = { .id = 1, .slots = ORM_SLOT_BIT (TREE_NODE_WEIGHT), .values = values };

  tree_execute (t, "UPDATE nodes SET weight = 4 WHERE id = 1");
  set_weight (node, 7);
  g_assert_false (_orm_row_writer_update_checked (writer, node, &row));
  g_assert_true (orm_entity_is_dirty (node));
  tree_assert_value (t, "SELECT weight FROM nodes WHERE id = 1", "4");

  tree_execute (t, "UPDATE nodes SET weight = 3 WHERE id = 1");
  g_assert_true (_orm_row_writer_update_checked (writer, node, &row));
  g_assert_false (orm_entity_is_dirty (node));
  tree_assert_value (t, "SELECT weight FROM nodes WHERE id = 1", "7");
}

static void
test_delete (Tree *t, gconstpointer data)
{
  g_autoptr (OrmRowWriter) writer = _orm_row_writer_new (t->session);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *n_before = tree_read (t, "SELECT count(*) FROM nodes");

  /* Each is the parent of the next, so each needs its own statement, also when it is deleted. */
  for (guint i = 0; i < MANY; i++)
    {
      g_ptr_array_add (nodes, tree_new_node ("n", i % 5 > 0 ? nodes->pdata[i - 1] : NULL));
      tree_add (t, nodes->pdata[i]);
    }
  _orm_row_writer_insert (writer, get_mapper (nodes->pdata[0]), nodes, &error);
  g_assert_no_error (error);
  tree_assert_value (t, "SELECT count(*) FROM nodes WHERE name = 'n'", G_STRINGIFY (MANY));

  _orm_row_writer_delete (writer, get_mapper (nodes->pdata[0]), nodes, &error);
  g_assert_no_error (error);
  tree_assert_value (t, "SELECT count(*) FROM nodes", n_before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TREE(name, function)                                                                       \
  g_test_add ("/orm/row-writer/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

  TREE ("insert", test_insert);
  TREE ("update", test_update);
  TREE ("update-checked", test_update_checked);
  TREE ("delete", test_delete);

  return g_test_run ();
}
