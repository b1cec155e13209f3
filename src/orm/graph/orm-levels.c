/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-levels-private.h"

/*
 * Orders rows that refer to rows of their own class, as in a tree.
 */

/* The entities by number, each with a list of those that refer to it. */
typedef struct
{
  GPtrArray *entities;
  GHashTable *numbers; /* entity → its number plus 1 */
  guint *n_targets;    /* by number: its targets that have no level yet */
  GArray **below;
} Graph;

static void
add_edges (Graph *graph, guint number)
{
  OrmEntity *entity = g_ptr_array_index (graph->entities, number);
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmEntity *target = _orm_entity_peek_target (entity, mapper->references[i]);
      guint other =
        GPOINTER_TO_UINT (target != NULL ? g_hash_table_lookup (graph->numbers, target) : NULL);

      if (other == 0 || other - 1 == number)
        continue;

      if (graph->below[other - 1] == NULL)
        graph->below[other - 1] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (graph->below[other - 1], number);
      graph->n_targets[number]++;
    }
}

static void
graph_init (Graph *graph, GPtrArray *entities)
{
  graph->entities = entities;
  graph->numbers = g_hash_table_new (NULL, NULL);
  graph->n_targets = g_new0 (guint, entities->len);
  graph->below = g_new0 (GArray *, entities->len);

  for (guint i = 0; i < entities->len; i++)
    g_hash_table_insert (graph->numbers, g_ptr_array_index (entities, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < entities->len; i++)
    add_edges (graph, i);
}

static void
graph_clear (Graph *graph)
{
  for (guint i = 0; i < graph->entities->len; i++)
    g_clear_pointer (&graph->below[i], g_array_unref);

  g_hash_table_unref (graph->numbers);
  g_free (graph->n_targets);
  g_free (graph->below);
}

/*
 * Makes a level of the entities whose numbers are in @ready, and replaces these
 * by the entities that can be in the next level.
 */
static GPtrArray *
take_level (Graph *graph, GArray *ready)
{
  GPtrArray *level = g_ptr_array_sized_new (ready->len);
  guint n = ready->len;

  for (guint i = 0; i < n; i++)
    {
      guint number = g_array_index (ready, guint, i);
      GArray *below = graph->below[number];

      g_ptr_array_add (level, g_ptr_array_index (graph->entities, number));
      graph->n_targets[number] = G_MAXUINT;
      for (guint j = 0; below != NULL && j < below->len; j++)
        if (--graph->n_targets[g_array_index (below, guint, j)] == 0)
          g_array_append_val (ready, g_array_index (below, guint, j));
    }

  g_array_remove_range (ready, 0, n);
  return level;
}

/*
 * Splits entities into levels, arrays of entities that refer only to entities
 * of earlier levels. Entities that refer to each other in a cycle, and those
 * that refer to them, are in the last level.
 */
GPtrArray *
_orm_levels_new (GPtrArray *entities)
{
  GPtrArray *levels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) circle = g_ptr_array_new ();
  Graph graph;

  graph_init (&graph, entities);
  for (guint i = 0; i < entities->len; i++)
    if (graph.n_targets[i] == 0)
      g_array_append_val (ready, i);

  while (ready->len > 0)
    g_ptr_array_add (levels, take_level (&graph, ready));

  for (guint i = 0; i < entities->len; i++)
    if (graph.n_targets[i] != G_MAXUINT)
      g_ptr_array_add (circle, g_ptr_array_index (entities, i));
  if (circle->len > 0)
    g_ptr_array_add (levels, g_steal_pointer (&circle));

  graph_clear (&graph);
  return levels;
}
