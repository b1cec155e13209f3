/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"

/*
 * Changing several members of a collection at once: the lists that lose a
 * member to this one tell first, and the newcomers notify; then this list tells
 * range by range; then those who left notify.
 */

static void
end_removals (GPtrArray *removals)
{
  for (guint i = removals->len; i > 0; i--)
    _orm_removal_end (g_ptr_array_index (removals, i - 1));

  g_ptr_array_set_size (removals, 0);
}

/*
 * Begins the removal of @entities, from the last to the first. One that is
 * refused stays; if there is an @error to set, so do all.
 */
static GPtrArray *
begin_removals (OrmCollection *self, GPtrArray *entities, GError **error)
{
  GPtrArray *removals = g_ptr_array_new ();

  for (guint i = entities->len; i > 0; i--)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i - 1);
      GError *local_error = NULL;
      OrmRemoval *removal;

      /* Somebody who was asked about another has moved it. */
      if (!orm_collection_contains (self, entity))
        continue;

      removal = _orm_removal_begin (entity, self->side->inverse, &local_error);
      if (removal != NULL)
        g_ptr_array_add (removals, removal);
      else if (error == NULL)
        _orm_entity_take_error (entity, local_error);
      else
        {
          for (guint j = 0; j < removals->len; j++)
            _orm_removal_cancel (g_ptr_array_index (removals, j));
          end_removals (removals);
          g_ptr_array_unref (removals);
          g_propagate_error (error, local_error);
          return NULL;
        }
    }

  return removals;
}

/*
 * The newcomers among @entities: they belong to this list from now on, and are
 * not in it yet.
 */
static void
take_newcomers (OrmCollection *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      GError *error = NULL;

      if (orm_collection_contains (self, entities->pdata[i]))
        continue;

      if (!_orm_entity_move (entities->pdata[i], self->side->inverse, self->owner,
                             ORM_POSITION_LAST, ORM_MOVE_FROM_COLLECTION | ORM_MOVE_STAY_OUT,
                             &error))
        _orm_entity_take_error (entities->pdata[i], error);
    }
}

static gboolean
is_newcomer (OrmCollection *self, OrmEntity *entity)
{
  return orm_collection_contains (self, entity) &&
         !_orm_collection_find_key (self, _orm_entity_get_key (entity), NULL);
}

/*
 * The keys of the list less those that are being removed, in order. A handler
 * may have changed the list since the removal began.
 */
static OrmKeys *
dup_staying (OrmCollection *self, GPtrArray *removals)
{
  g_autoptr (GHashTable) leaving =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  OrmKeys *staying = _orm_keys_new (ORM_KEYS_ALONE);

  for (guint i = 0; i < removals->len; i++)
    {
      OrmRemoval *removal = g_ptr_array_index (removals, i);
      gint64 key = _orm_entity_get_key (_orm_removal_get_entity (removal));

      if (!_orm_removal_is_overtaken (removal))
        g_hash_table_add (leaving, g_memdup2 (&key, sizeof key));
    }

  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);

      if (!g_hash_table_contains (leaving, &key))
        _orm_keys_append (staying, key, 0);
    }

  return staying;
}

static void
append_key (OrmCollection *self, OrmKeys *keys, OrmEntity *entity)
{
  _orm_keys_append (keys, _orm_entity_get_key (entity), 0);
  _orm_collection_hold (self, entity);
}

/*
 * Makes the list what @wanted says, then lets those go that left.
 */
static void
finish (OrmCollection *self, OrmKeys *wanted, GPtrArray *removals)
{
  _orm_collection_set_keys (self, wanted);

  for (guint i = 0; i < removals->len; i++)
    {
      OrmRemoval *removal = g_ptr_array_index (removals, i);

      if (!_orm_removal_is_overtaken (removal))
        _orm_collection_release (self, _orm_removal_get_entity (removal));
    }

  end_removals (removals);
}

/*
 * Takes members out of a loaded list, told as one change where they are side by
 * side. If one is refused, all stay.
 */
gboolean
_orm_collection_remove_many (OrmCollection *self, GPtrArray *members, GError **error)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  g_autoptr (GPtrArray) removals = begin_removals (self, members, error);
  g_autoptr (OrmKeys) wanted = NULL;

  if (removals == NULL)
    return FALSE;

  wanted = dup_staying (self, removals);
  finish (self, wanted, removals);
  return TRUE;
}

/*
 * @entities, each once.
 */
static GPtrArray *
dup_unique (gpointer *entities, guint n_entities)
{
  GPtrArray *unique = g_ptr_array_new_full (n_entities, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_entities; i++)
    if (g_hash_table_add (seen, entities[i]))
      g_ptr_array_add (unique, entities[i]);

  return unique;
}

/*
 * Members get the places that they have in @entities, from @first on.
 */
static void
put_in_order (OrmCollection *self, guint first, GPtrArray *entities)
{
  guint place = first;

  for (guint i = 0; i < entities->len; i++)
    {
      guint position;

      if (!orm_collection_find (self, entities->pdata[i], &position))
        continue;

      /* Taken from before the place, it draws the place along. */
      if (position < place)
        place--;
      if (position != place && place < _orm_keys_get_length (self->list.keys))
        orm_collection_move (self, position, place);
      place++;
    }
}

static GHashTable *
make_set (GPtrArray *entities)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entities->len; i++)
    g_hash_table_add (set, g_ptr_array_index (entities, i));

  return set;
}

/*
 * Takes members out of an ordered list and lets others in, each at its place.
 */
static void
splice_ordered (OrmCollection *self, GPtrArray *removals, GPtrArray *additions)
{
  g_autoptr (OrmSession) session = NULL;

  if (orm_entity_get_session (self->owner) != NULL)
    {
      session = g_object_ref (orm_entity_get_session (self->owner));
      _orm_session_enter (session);
      _orm_session_begin_coalescing (session);
    }

  for (guint i = removals->len; i > 0; i--)
    orm_collection_remove (self, removals->pdata[i - 1]);
  for (guint i = 0; i < additions->len; i++)
    if (!orm_collection_contains (self, additions->pdata[i]))
      orm_collection_append (self, additions->pdata[i]);

  if (session != NULL)
    {
      _orm_session_end_coalescing (session);
      _orm_session_leave (session);
    }
}

/**
 * orm_collection_splice:
 * @self: a collection
 * @position: where
 * @n_removals: how many members to take out there
 * @additions: (array length=n_additions) (element-type OrmEntity) (nullable):
 *   entities to put there, each once
 * @n_additions: how many
 *
 * Takes members out and puts others in their place, told as one change. Who is
 * in both stays; a member from elsewhere in the list comes to the place. In a
 * list that is ordered by a column everybody comes to his own place.
 */
void
orm_collection_splice (
  OrmCollection *self, guint position, guint n_removals, gpointer *additions, guint n_additions)
{
  g_autoptr (OrmCollection) alive = NULL;
  g_autoptr (GPtrArray) unique = dup_unique (additions, n_additions);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) added = NULL;
  g_autoptr (GPtrArray) removals = NULL;
  g_autoptr (OrmKeys) staying = NULL, wanted = NULL;
  guint n_items;

  g_return_if_fail (ORM_IS_COLLECTION (self));

  alive = g_object_ref (self);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_return_if_fail (position <= n_items && n_removals <= n_items - position);

  if (_orm_side_has_links (self->side))
    {
      _orm_collection_splice_links (self, position, n_removals, unique);
      return;
    }

  added = make_set (unique);
  for (guint i = 0; i < n_removals; i++)
    {
      g_autoptr (OrmEntity) member = g_list_model_get_item (G_LIST_MODEL (self), position + i);

      if (!g_hash_table_contains (added, member))
        g_ptr_array_add (members, g_steal_pointer (&member));
    }

  if (_orm_side_is_ordered (self->side))
    {
      splice_ordered (self, members, unique);
      return;
    }

  removals = begin_removals (self, members, NULL);
  take_newcomers (self, unique);

  staying = dup_staying (self, removals);
  position = MIN (position, _orm_keys_get_length (staying));
  wanted = _orm_keys_new (ORM_KEYS_ALONE);
  _orm_keys_insert_range (wanted, 0, staying, 0, position);
  for (guint i = 0; i < unique->len; i++)
    if (is_newcomer (self, unique->pdata[i]))
      append_key (self, wanted, unique->pdata[i]);
  _orm_keys_insert_range (wanted, _orm_keys_get_length (wanted), staying, position,
                          _orm_keys_get_length (staying) - position);

  finish (self, wanted, removals);
  put_in_order (self, position, unique);
}

static GPtrArray *
dup_unwanted (OrmCollection *self, GHashTable *wanted)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmEntity) member = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (!g_hash_table_contains (wanted, member))
        g_ptr_array_add (members, g_steal_pointer (&member));
    }

  return members;
}

/**
 * orm_collection_replace:
 * @self: a collection
 * @entities: (array length=n_entities) (element-type OrmEntity): the members
 *   that it shall have, each once, in order
 * @n_entities: how many
 *
 * Makes the collection equal to @entities with the least change: who stays is
 * not touched.
 */
void
orm_collection_replace (OrmCollection *self, gpointer *entities, guint n_entities)
{
  g_autoptr (OrmCollection) alive = NULL;
  g_autoptr (GPtrArray) unique = dup_unique (entities, n_entities);
  g_autoptr (GHashTable) wanted = make_set (unique);
  g_autoptr (GPtrArray) members = NULL, removals = NULL;
  g_autoptr (OrmKeys) staying = NULL, keys = NULL;
  guint next = 0;

  g_return_if_fail (ORM_IS_COLLECTION (self));

  alive = g_object_ref (self);
  if (_orm_side_has_links (self->side))
    {
      _orm_collection_replace_links (self, unique);
      return;
    }

  members = dup_unwanted (self, wanted);
  if (_orm_side_is_ordered (self->side))
    {
      splice_ordered (self, members, unique);
      return;
    }

  removals = begin_removals (self, members, NULL);
  take_newcomers (self, unique);

  /* Newcomers get their places; who stays comes in the order of before. */
  staying = dup_staying (self, removals);
  keys = _orm_keys_new (ORM_KEYS_ALONE);
  for (guint i = 0; i < unique->len; i++)
    if (is_newcomer (self, unique->pdata[i]))
      append_key (self, keys, unique->pdata[i]);
    else if (next < _orm_keys_get_length (staying))
      _orm_keys_append (keys, _orm_keys_get (staying, next++), 0);
  for (; next < _orm_keys_get_length (staying); next++)
    _orm_keys_append (keys, _orm_keys_get (staying, next), 0);

  finish (self, keys, removals);
  put_in_order (self, 0, unique);
}
