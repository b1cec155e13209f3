/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-links-private.h"

static guint
hash_link (gconstpointer data)
{
  const OrmLink *link = data;

  return g_direct_hash (link->side) ^ (g_direct_hash (link->owner) * 31u) ^
         (g_direct_hash (link->member) * 2654435761u);
}

static gboolean
equal_links (gconstpointer a, gconstpointer b)
{
  const OrmLink *left = a, *right = b;

  return left->side == right->side && left->owner == right->owner && left->member == right->member;
}

static void
link_free (OrmLink *link)
{
  g_object_unref (link->owner);
  g_object_unref (link->member);
  g_free (link);
}

OrmLinks *
_orm_links_new (void)
{
  OrmLinks *self = g_new0 (OrmLinks, 1);

  self->links = g_hash_table_new (hash_link, equal_links);
  self->ends = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_queue_init (&self->order);
  return self;
}

void
_orm_links_free (OrmLinks *self)
{
  _orm_links_clear (self);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->ends);
  g_free (self);
}

/*
 * Letting go of the entities may finalize them, and that must find none of the
 * links any more.
 */
void
_orm_links_clear (OrmLinks *self)
{
  GList *first = self->order.head;

  g_hash_table_remove_all (self->links);
  g_hash_table_remove_all (self->ends);
  g_queue_init (&self->order);

  while (first != NULL)
    {
      GList *next = first->next;

      link_free (first->data);
      first = next;
    }
}

guint
_orm_links_get_length (OrmLinks *self)
{
  return self->order.length;
}

static OrmLink
make_link (OrmSide *side, OrmEntity *owner, OrmEntity *member)
{
  OrmLink link = { .side = _orm_side_get_first (side) };

  link.owner = link.side == side ? owner : member;
  link.member = link.side == side ? member : owner;
  return link;
}

OrmLink *
_orm_links_lookup (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member)
{
  OrmLink wanted = make_link (side, owner, member);

  return g_hash_table_lookup (self->links, &wanted);
}

static void
add_end (OrmLinks *self, OrmEntity *entity, GList *node)
{
  GQueue *queue = g_hash_table_lookup (self->ends, entity);

  if (queue == NULL)
    {
      queue = g_new0 (GQueue, 1);
      g_hash_table_insert (self->ends, entity, queue);
    }

  g_queue_push_tail_link (queue, node);
}

static void
remove_end (OrmLinks *self, OrmEntity *entity, GList *node)
{
  GQueue *queue = g_hash_table_lookup (self->ends, entity);

  g_queue_unlink (queue, node);
  if (queue->length == 0)
    g_hash_table_remove (self->ends, entity);
}

void
_orm_links_remove (OrmLinks *self, OrmLink *link)
{
  remove_end (self, link->owner, &link->owner_node);
  if (link->member != link->owner)
    remove_end (self, link->member, &link->member_node);
  g_hash_table_remove (self->links, link);
  g_queue_unlink (&self->order, &link->node);
  link_free (link);
}

/*
 * Notes that memory has the link now, or has not. What was noted the other way
 * round before is as the database has it again.
 */
void
_orm_links_set (
  OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member, gboolean is_linked)
{
  OrmLink *link = _orm_links_lookup (self, side, owner, member);

  if (link != NULL && link->is_added != is_linked)
    _orm_links_remove (self, link);
  if (link != NULL)
    return;

  link = g_new0 (OrmLink, 1);
  *link = make_link (side, owner, member);
  g_object_ref (link->owner);
  g_object_ref (link->member);
  link->is_added = is_linked;
  link->node.data = link;
  link->owner_node.data = link;
  link->member_node.data = link;
  add_end (self, link->owner, &link->owner_node);
  if (link->member != link->owner)
    add_end (self, link->member, &link->member_node);
  g_hash_table_add (self->links, link);
  g_queue_push_tail_link (&self->order, &link->node);
}

/*
 * Adds the keys of those that were linked to @owner and are not written yet.
 */
void
_orm_links_add_keys (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmKeys *keys)
{
  gboolean is_first = _orm_side_get_first (side) == side;

  GQueue *links = g_hash_table_lookup (self->ends, owner);

  for (GList *l = links != NULL ? links->head : NULL; l != NULL; l = l->next)
    {
      const OrmLink *link = l->data;
      OrmEntity *other = is_first ? link->member : link->owner;
      gint64 key = _orm_entity_get_key (other);

      if (link->is_added && link->side == _orm_side_get_first (side) &&
          (is_first ? link->owner : link->member) == owner &&
          orm_entity_get_session (other) != NULL &&
          orm_entity_get_state (other) != ORM_ENTITY_DELETED)
        _orm_keys_append (keys, key, 0);
    }
}
