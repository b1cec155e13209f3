/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"

/*
 * Changing several links of a collection at once. Nobody else loses a member by
 * it, so that they are just changed one after the other, and told together.
 */

static void
begin_batch (OrmCollection *self)
{
  OrmSession *session = orm_entity_get_session (self->owner);

  if (session == NULL)
    return;

  _orm_session_enter (session);
  _orm_session_begin_coalescing (session);
}

static void
end_batch (OrmCollection *self)
{
  OrmSession *session = orm_entity_get_session (self->owner);

  if (session == NULL)
    return;

  _orm_session_end_coalescing (session);
  _orm_session_leave (session);
}

static void
link_at (OrmCollection *self, OrmEntity *entity, guint position)
{
  GError *error = NULL;

  if (!_orm_collection_link (self, entity, position, ORM_POSITION_LAST, NULL, &error))
    _orm_entity_take_error (entity, error);
}

/*
 * Puts @entities, each once, where @position is, and moves there who is in the
 * list already.
 */
static void
put (OrmCollection *self, guint position, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      guint old_position;

      if (!orm_collection_find (self, entities->pdata[i], &old_position))
        link_at (self, entities->pdata[i], position);
      else
        {
          if (old_position < position)
            position--;
          if (old_position != position)
            orm_collection_move (self, old_position, position);
        }

      /* One that was refused takes no place. */
      if (orm_collection_find (self, entities->pdata[i], &old_position))
        position = old_position + 1;
    }
}

static void
unlink_all (OrmCollection *self, GPtrArray *members, GPtrArray *wanted)
{
  g_autoptr (GHashTable) staying = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (staying, wanted->pdata[i]);

  for (guint i = members->len; i > 0; i--)
    if (!g_hash_table_contains (staying, members->pdata[i - 1]))
      orm_collection_remove (self, members->pdata[i - 1]);
}

static GPtrArray *
dup_members (OrmCollection *self, guint position, guint n)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (members, g_list_model_get_item (G_LIST_MODEL (self), position + i));

  return members;
}

void
_orm_collection_splice_links (OrmCollection *self,
                              guint position,
                              guint n_removals,
                              GPtrArray *additions)
{
  g_autoptr (OrmEntity) owner = g_object_ref (self->owner);
  g_autoptr (GPtrArray) members = dup_members (self, position, n_removals);

  begin_batch (self);
  unlink_all (self, members, additions);
  put (self, MIN (position, _orm_keys_get_length (self->list.keys)), additions);
  end_batch (self);
}

void
_orm_collection_replace_links (OrmCollection *self, GPtrArray *entities)
{
  g_autoptr (OrmEntity) owner = g_object_ref (self->owner);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_autoptr (GPtrArray) members = dup_members (self, 0, n);

  begin_batch (self);
  unlink_all (self, members, entities);
  put (self, 0, entities);
  end_batch (self);
}
