/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-session-private.h"
#include "orm-splice-private.h"

/*
 * Changes several members of a collection at once, using only its interface.
 *
 * For a to-many, the lists that lose a member to this one emit first, and the
 * new members notify; then this list emits range by range; then the removed
 * members notify. In an ordered list, where each member has its own place, and
 * in a many-to-many, where no other list loses a member, members are changed
 * one after the other, and the changes are emitted together.
 */

static OrmKeys *
get_keys (OrmCollection *self)
{
  return _orm_collection_get_key_list (self)->keys;
}

static void
end_removals (GPtrArray *removals)
{
  for (guint i = removals->len; i > 0; i--)
    _orm_removal_end (g_ptr_array_index (removals, i - 1));

  g_ptr_array_set_size (removals, 0);
}

/*
 * Begins the removal of @entities, from the last to the first. A member whose
 * removal is refused stays; if @error is not %NULL, all stay then.
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

      /* The validation of another member may have moved this one. */
      if (!orm_collection_contains (self, entity))
        continue;

      removal = _orm_removal_begin (entity, _orm_collection_get_side (self)->inverse, &local_error);
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
 * Sets the owner of the new members among @entities. They are not in the list
 * yet.
 */
static void
take_new_members (OrmCollection *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      GError *error = NULL;

      if (orm_collection_contains (self, entities->pdata[i]))
        continue;

      if (!_orm_entity_move (entities->pdata[i], _orm_collection_get_side (self)->inverse,
                             orm_collection_get_owner (self), ORM_POSITION_LAST,
                             ORM_MOVE_FROM_COLLECTION | ORM_MOVE_STAY_OUT, &error))
        _orm_entity_take_error (entities->pdata[i], error);
    }
}

static gboolean
is_new_member (OrmCollection *self, OrmEntity *entity)
{
  return orm_collection_contains (self, entity) &&
         !_orm_collection_find_key (self, _orm_entity_get_key (entity), NULL);
}

/*
 * The keys of the list without those that are being removed. A handler may have
 * changed the list since the removal began.
 */
static OrmKeys *
dup_staying (OrmCollection *self, GPtrArray *removals)
{
  g_autoptr (GHashTable) leaving =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  OrmKeys *staying = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);

  for (guint i = 0; i < removals->len; i++)
    {
      OrmRemoval *removal = g_ptr_array_index (removals, i);
      gint64 key = _orm_entity_get_key (_orm_removal_get_entity (removal));

      if (!_orm_removal_is_superseded (removal))
        g_hash_table_add (leaving, g_memdup2 (&key, sizeof key));
    }

  for (guint i = 0; i < _orm_keys_get_length (get_keys (self)); i++)
    {
      gint64 key = _orm_keys_get (get_keys (self), i);

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
 * Replaces the keys of the list by @wanted, then ends the removals.
 */
static void
finish (OrmCollection *self, OrmKeys *wanted, GPtrArray *removals)
{
  _orm_collection_set_keys (self, wanted);

  for (guint i = 0; i < removals->len; i++)
    {
      OrmRemoval *removal = g_ptr_array_index (removals, i);

      if (!_orm_removal_is_superseded (removal))
        _orm_collection_release (self, _orm_removal_get_entity (removal));
    }

  end_removals (removals);
}

/*
 * Removes members from a loaded list; adjacent ones are emitted as one change.
 * If one removal is refused, all members stay.
 */
gboolean
_orm_splice_remove (OrmCollection *self, GPtrArray *members, GError **error)
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
 * The entities without repetitions.
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
 * The members from @position on that are not in @wanted.
 */
static GPtrArray *
dup_leaving (OrmCollection *self, guint position, guint n, GPtrArray *wanted)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) staying = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (staying, wanted->pdata[i]);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OrmEntity) member = g_list_model_get_item (G_LIST_MODEL (self), position + i);

      if (!g_hash_table_contains (staying, member))
        g_ptr_array_add (members, g_steal_pointer (&member));
    }

  return members;
}

/*
 * Moves an entity to @place if it is a member.
 *
 * Returns: the place after it
 */
static guint
put_at (OrmCollection *self, guint place, OrmEntity *entity)
{
  guint position;

  if (!orm_collection_find (self, entity, &position))
    return place;

  /* Removing it before the place shifts the place by one. */
  if (position < place)
    place--;
  if (position != place && place < _orm_keys_get_length (get_keys (self)))
    orm_collection_move (self, position, place);
  return place + 1;
}

static void
add_at (OrmCollection *self, guint place, OrmEntity *entity)
{
  GError *error = NULL;
  gboolean is_new;

  if (!_orm_collection_add (self, entity, place, &is_new, &error))
    _orm_entity_take_error (entity, error);
}

static void
change_each (OrmCollection *self, GPtrArray *leaving, guint place, GPtrArray *entities)
{
  gboolean is_ordered = _orm_side_is_ordered (_orm_collection_get_side (self));
  g_autoptr (OrmEntity) owner = g_object_ref (orm_collection_get_owner (self));
  g_autoptr (OrmSession) session = NULL;

  g_set_object (&session, orm_entity_get_session (owner));
  if (session != NULL)
    {
      _orm_session_enter (session);
      _orm_session_begin_coalescing (session);
    }

  for (guint i = leaving->len; i > 0; i--)
    orm_collection_remove (self, leaving->pdata[i - 1]);

  place = MIN (place, _orm_keys_get_length (get_keys (self)));
  for (guint i = 0; i < entities->len; i++)
    {
      if (!orm_collection_contains (self, entities->pdata[i]))
        add_at (self, place, entities->pdata[i]);
      if (!is_ordered)
        place = put_at (self, place, entities->pdata[i]);
    }

  if (session != NULL)
    {
      _orm_session_end_coalescing (session);
      _orm_session_leave (session);
    }
}

/* Where members that stay are placed. */
typedef enum
{
  STAY_OUTSIDE, /* before and after the new members */
  STAY_AS_GIVEN /* at the places that @entities has for them, in the old order */
} StayPlacement;

/*
 * The keys of the members that stay and of the new ones in @entities.
 */
static OrmKeys *
dup_wanted (
  OrmCollection *self, OrmKeys *staying, guint place, GPtrArray *entities, StayPlacement placement)
{
  OrmKeys *wanted = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  guint n_staying = _orm_keys_get_length (staying), next = MIN (place, n_staying);

  _orm_keys_insert_range (wanted, 0, staying, 0, next);
  for (guint i = 0; i < entities->len; i++)
    if (is_new_member (self, entities->pdata[i]))
      append_key (self, wanted, entities->pdata[i]);
    else if (placement == STAY_AS_GIVEN && next < n_staying)
      _orm_keys_append (wanted, _orm_keys_get (staying, next++), 0);

  _orm_keys_insert_range (wanted, _orm_keys_get_length (wanted), staying, next, n_staying - next);
  return wanted;
}

static void
change_at_once (OrmCollection *self,
                GPtrArray *leaving,
                guint place,
                GPtrArray *entities,
                StayPlacement placement)
{
  g_autoptr (GPtrArray) removals = begin_removals (self, leaving, NULL);
  g_autoptr (OrmKeys) staying = NULL, wanted = NULL;

  take_new_members (self, entities);
  staying = dup_staying (self, removals);
  place = MIN (place, _orm_keys_get_length (staying));
  wanted = dup_wanted (self, staying, place, entities, placement);
  finish (self, wanted, removals);

  for (guint i = 0; i < entities->len; i++)
    place = put_at (self, place, entities->pdata[i]);
}

static void
change (OrmCollection *self,
        guint position,
        guint n_removals,
        GPtrArray *entities,
        StayPlacement placement)
{
  OrmSide *side = _orm_collection_get_side (self);
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  g_autoptr (GPtrArray) leaving = dup_leaving (self, position, n_removals, entities);

  if (_orm_side_has_links (side) || _orm_side_is_ordered (side))
    change_each (self, leaving, position, entities);
  else
    change_at_once (self, leaving, position, entities, placement);
}

/**
 * orm_collection_splice:
 * @self: a collection
 * @position: the position of the change
 * @n_removals: the number of members to remove there
 * @additions: (array length=n_additions) (element-type OrmEntity) (nullable):
 *   entities to insert there, each once
 * @n_additions: the number of additions
 *
 * Removes members and inserts others in their place, emitted as one change. A
 * member that is removed and added stays; one from elsewhere in the list is
 * moved to the position. In a list that is ordered by a column, each gets its
 * own place. An entity whose change is refused stays where it was: see
 * orm_entity_get_error() of each.
 */
void
orm_collection_splice (
  OrmCollection *self, guint position, guint n_removals, gpointer *additions, guint n_additions)
{
  g_autoptr (GPtrArray) unique = dup_unique (additions, n_additions);
  guint n_items;

  g_return_if_fail (ORM_IS_COLLECTION (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_return_if_fail (position <= n_items && n_removals <= n_items - position);

  change (self, position, n_removals, unique, STAY_OUTSIDE);
}

/**
 * orm_collection_replace:
 * @self: a collection
 * @entities: (array length=n_entities) (element-type OrmEntity): the new
 *   members, each once, in order
 * @n_entities: the number of members
 *
 * Makes the collection equal to @entities with as few changes as possible:
 * members that stay are not changed. An entity whose change is refused stays
 * where it was, as in orm_collection_splice().
 */
void
orm_collection_replace (OrmCollection *self, gpointer *entities, guint n_entities)
{
  g_autoptr (GPtrArray) unique = dup_unique (entities, n_entities);

  g_return_if_fail (ORM_IS_COLLECTION (self));

  change (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self)), unique, STAY_AS_GIVEN);
}
