/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"
#include "orm-session-private.h"

/*
 * When a collection tells: at once, or in a group at its end.
 */

static OrmSession *
get_session (OrmCollection *self)
{
  return self->owner != NULL ? orm_entity_get_session (self->owner) : NULL;
}

/*
 * Makes the list what @wanted says, told range by range.
 */
void
_orm_collection_become (OrmCollection *self, OrmKeys *wanted)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);

  _orm_key_list_become (&self->list, G_LIST_MODEL (self), wanted);
}

/*
 * In a handler of an announcement: tells the rest of it, so that the list is
 * what it is to be.
 */
void
_orm_collection_catch_up (OrmCollection *self)
{
  _orm_key_list_finish (&self->list, G_LIST_MODEL (self));
}

/*
 * Called before each change of a loaded list. Returns whether the change is to
 * be told at once.
 */
gboolean
_orm_collection_begin_change (OrmCollection *self)
{
  OrmSession *session = get_session (self);

  _orm_collection_catch_up (self);
  if (session == NULL || !_orm_session_is_coalescing (session))
    return TRUE;

  if (_orm_key_list_hold_back (&self->list))
    _orm_outbox_add_list (_orm_session_get_outbox (session), self);

  return FALSE;
}

/*
 * Gives a loaded list other keys, as its user changes it.
 */
void
_orm_collection_set_keys (OrmCollection *self, OrmKeys *wanted)
{
  if (_orm_collection_begin_change (self))
    {
      _orm_collection_become (self, wanted);
      return;
    }

  _orm_keys_unref (self->list.keys);
  self->list.keys = _orm_keys_copy (wanted);
}

/*
 * By how many members the list is longer than it told, or shorter.
 */
gint
_orm_collection_get_growth (OrmCollection *self)
{
  if (self->list.announced == NULL)
    return 0;

  return (gint) _orm_keys_get_length (self->list.keys) -
         (gint) _orm_keys_get_length (self->list.announced);
}

/*
 * A deleted owner's list goes on holding those that it does not know the keys
 * of that they will have.
 */
static gboolean
is_gone (gpointer key, gpointer entity, gpointer data)
{
  OrmCollection *self = data;
  gboolean is_deleted =
    self->owner != NULL && orm_entity_get_state (self->owner) == ORM_ENTITY_DELETED;

  return (orm_entity_get_session (entity) != NULL && !(is_deleted && *(gint64 *) key < 0)) ||
         !_orm_collection_find_key (self, *(gint64 *) key, NULL);
}

/*
 * Lets go of those that left while the list held back.
 */
static void
release_gone (OrmCollection *self)
{
  if (self->list.announced == NULL && self->list.wanted == NULL)
    g_hash_table_foreach_remove (self->held, is_gone, self);
}

/*
 * Takes a list that held back to what its views know. Returns what it is to be,
 * %NULL if it has nothing to tell.
 */
OrmKeys *
_orm_collection_step_back (OrmCollection *self)
{
  return _orm_key_list_step_back (&self->list);
}

/*
 * Whether a member that stays has another place among the others in @keys.
 */
gboolean
_orm_collection_is_reordered (OrmCollection *self, OrmKeys *keys)
{
  return _orm_key_list_is_reordered (&self->list, keys);
}

/*
 * Tells of the members that are not among @keys, or have another place there.
 * Those that are to come stay out.
 */
void
_orm_collection_announce_removals (OrmCollection *self, OrmKeys *keys)
{
  g_autoptr (OrmKeys) staying = _orm_key_list_dup_staying (&self->list, keys);

  _orm_collection_become (self, staying);
}

/*
 * The list becomes what it is to be.
 */
void
_orm_collection_announce (OrmCollection *self, OrmKeys *keys)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);

  _orm_collection_become (self, keys);
  release_gone (self);
}
