/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"
#include "orm-session-private.h"

/*
 * What was read of a collection, and what memory knows better.
 */

static OrmSession *
get_session (OrmCollection *self)
{
  return self->owner != NULL ? orm_entity_get_session (self->owner) : NULL;
}

/*
 * Whether a row that the database lists is a member in memory too: it may have
 * been moved away or deleted here.
 */
static gboolean
is_still_member (OrmCollection *self, OrmEntity *entity)
{
  OrmValue owner;

  if (_orm_side_has_links (self->side))
    return _orm_collection_keeps_link (self, entity);

  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return FALSE;

  owner = _orm_entity_get_slot (entity, _orm_side_get_slot (self->side->inverse));
  return !owner.is_null && owner.integer == _orm_collection_get_owner_key (self);
}

static gboolean
is_member (OrmCollection *self, gint64 id)
{
  OrmEntity *entity = _orm_session_peek (get_session (self), self->side->target, id);

  return entity == NULL || is_still_member (self, entity);
}

/*
 * The ids that were read, less those that left in memory. Few are in memory, so
 * those are asked and not the ids; but who is linked to nobody here cannot say
 * so.
 */
static OrmKeys *
take_members (OrmCollection *self, const gint64 *ids, guint n_ids)
{
  OrmKeys *keys = _orm_keys_new (ORM_KEYS_ALONE);
  GHashTable *entities =
    _orm_identity_map_get_entities (_orm_session_get_map (get_session (self)), self->side->target);
  gboolean has_left = _orm_side_has_links (self->side) || g_hash_table_size (entities) > n_ids;
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, entities);
  while (!has_left && g_hash_table_iter_next (&iter, NULL, &entity))
    has_left = !is_still_member (self, entity);

  if (!has_left)
    {
      _orm_keys_append_many (keys, ids, n_ids);
      return keys;
    }

  for (guint i = 0; i < n_ids; i++)
    if (is_member (self, ids[i]))
      _orm_keys_append (keys, ids[i], 0);

  return keys;
}

/*
 * The members: the database's rows less those that left in memory, then those
 * that came in memory, in the order they came.
 */
static OrmKeys *
reconcile (OrmCollection *self, const gint64 *ids, guint n_ids, OrmKeys *added)
{
  OrmKeys *keys = take_members (self, ids, n_ids);
  g_autoptr (GHashTable) seen = NULL;

  if (_orm_keys_get_length (added) == 0)
    return keys;

  seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n_ids; i++)
    g_hash_table_add (seen, (gpointer) &ids[i]);

  for (guint i = 0; i < _orm_keys_get_length (added); i++)
    {
      gint64 key = _orm_keys_get (added, i);
      gboolean is_known =
        key < 0 || (_orm_session_peek (get_session (self), self->side->target, key) != NULL &&
                    is_member (self, key));

      if (is_known && !g_hash_table_contains (seen, &key))
        _orm_keys_append (keys, key, 0);
    }

  return keys;
}

/*
 * Takes the ids that were read, for the first time. Nobody has to be told.
 */
void
_orm_collection_set_loaded (OrmCollection *self, const gint64 *ids, guint n_ids)
{
  g_autoptr (OrmKeys) added = _orm_side_has_links (self->side)
                                ? _orm_collection_dup_unwritten (self)
                                : _orm_keys_ref (self->queue);
  g_autoptr (OrmKeys) keys = reconcile (self, ids, n_ids, added);

  _orm_collection_place_unsaved (self, keys);
  _orm_keys_unref (self->list.keys);
  self->list.keys = g_steal_pointer (&keys);
  self->is_loaded = TRUE;
  _orm_keys_clear (self->queue);
}

/*
 * The same for a list in an order of its own: those that stay stay where they
 * are, new ones come at the end.
 */
static OrmKeys *
keep_order (OrmCollection *self, const gint64 *ids, guint n_ids)
{
  OrmKeys *keys = _orm_keys_new (ORM_KEYS_ALONE);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_ids; i++)
    g_hash_table_add (rows, (gpointer) &ids[i]);

  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);
      OrmEntity *entity = _orm_session_peek (get_session (self), self->side->target, key);

      if ((g_hash_table_remove (rows, &key) && is_member (self, key)) ||
          (_orm_side_has_links (self->side)
             ? _orm_collection_is_unwritten (self, key)
             : key < 0 || (entity != NULL && orm_entity_is_dirty (entity))))
        _orm_keys_append (keys, key, 0);
    }

  for (guint i = 0; i < n_ids; i++)
    if (g_hash_table_contains (rows, &ids[i]) && is_member (self, ids[i]))
      _orm_keys_append (keys, ids[i], 0);

  return keys;
}

/*
 * Takes the ids that were read again, and tells what is different.
 */
void
_orm_collection_merge (OrmCollection *self, const gint64 *ids, guint n_ids)
{
  g_autoptr (OrmKeys) added = _orm_side_has_links (self->side)
                                ? _orm_collection_dup_unwritten (self)
                                : _orm_keys_new (ORM_KEYS_ALONE);
  g_autoptr (OrmKeys) wanted = NULL;
  gboolean has_links = _orm_side_has_links (self->side);

  for (guint i = 0; i < _orm_keys_get_length (self->list.keys) && !has_links; i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);
      OrmEntity *entity = _orm_session_peek (get_session (self), self->side->target, key);

      if (key < 0 || (entity != NULL && orm_entity_is_dirty (entity)))
        _orm_keys_append (added, key, 0);
    }

  wanted = !_orm_side_is_ordered (self->side) &&
               _orm_keys_get_n_ascending (self->list.keys) + _orm_keys_get_length (added) <
                 _orm_keys_get_length (self->list.keys)
             ? keep_order (self, ids, n_ids)
             : reconcile (self, ids, n_ids, added);
  _orm_collection_place_unsaved (self, wanted);
  if (_orm_collection_begin_change (self))
    {
      _orm_collection_become (self, wanted);
      return;
    }

  _orm_keys_unref (self->list.keys);
  self->list.keys = g_steal_pointer (&wanted);
}
