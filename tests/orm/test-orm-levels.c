/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-levels-private.h"
#include "orm-tree-fixture.h"

/*
 * The order in which rows of a tree are written.
 */

/* "root; left right; leaf; " */
static char *
levels_to_text (GPtrArray *nodes)
{
  g_autoptr (GPtrArray) levels = _orm_levels_new (nodes);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < levels->len; i++)
    {
      GPtrArray *level = g_ptr_array_index (levels, i);

      for (guint j = 0; j < level->len; j++)
        {
          g_autofree char *name = NULL;

          g_object_get (g_ptr_array_index (level, j), "name", &name, NULL);
          g_string_append_printf (text, "%s%s", j > 0 ? " " : "", name);
        }
      g_string_append (text, "; ");
    }

  return g_string_free (text, FALSE);
}

static void
assert_levels (TreeNode **nodes, guint n_nodes, const char *expected)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_nodes; i++)
    g_ptr_array_add (array, nodes[i]);

  text = levels_to_text (array);
  g_assert_cmpstr (text, ==, expected);
}

/*
 * Two entities in no session keep each other alive.
 */
static void
clear_parents (TreeNode **nodes, guint n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    g_object_set (nodes[i], "parent", NULL, NULL);
}

static void
test_no_entities (void)
{
  assert_levels (NULL, 0, "");
}

static void
test_tree (void)
{
  g_autoptr (TreeNode) root = tree_new_node ("root", NULL);
  g_autoptr (TreeNode) left = tree_new_node ("left", root);
  g_autoptr (TreeNode) right = tree_new_node ("right", root);
  g_autoptr (TreeNode) leaf = tree_new_node ("leaf", right);
  TreeNode *all[] = { leaf, right, root, left };
  TreeNode *without_root[] = { leaf, left, right };

  assert_levels (all, G_N_ELEMENTS (all), "root; right left; leaf; ");

  /* An owner that is not in the list does not change the order. */
  assert_levels (without_root, G_N_ELEMENTS (without_root), "left right; leaf; ");
  clear_parents (all, G_N_ELEMENTS (all));
}

static void
test_circle (void)
{
  g_autoptr (TreeNode) root = tree_new_node ("root", NULL);
  g_autoptr (TreeNode) first = tree_new_node ("first", NULL);
  g_autoptr (TreeNode) second = tree_new_node ("second", first);
  g_autoptr (TreeNode) below = tree_new_node ("below", second);
  g_autoptr (TreeNode) own = tree_new_node ("own", NULL);
  TreeNode *all[] = { first, below, second, root, own };

  g_object_set (first, "parent", second, NULL);
  g_object_set (own, "parent", own, NULL);
  assert_levels (all, G_N_ELEMENTS (all), "root own; first below second; ");
  clear_parents (all, G_N_ELEMENTS (all));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/levels/no-entities", test_no_entities);
  g_test_add_func ("/orm/levels/tree", test_tree);
  g_test_add_func ("/orm/levels/circle", test_circle);

  return g_test_run ();
}
