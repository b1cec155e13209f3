/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-cascade-private.h"
#include "orm-collection-private.h"
#include "orm-linking-private.h"
#include "orm-links-private.h"
#include "orm-loader-private.h"
#include "orm-member-order-private.h"
#include "orm-session-private.h"
#include "orm-unit-of-work-private.h"

/**
 * OrmCollection:
 *
 * The to-many side of a relationship, or either side of a many-to-many, as a
 * #GListModel of the members that can be changed.
 *
 * A collection stores the keys of its members and creates an entity when its
 * item is requested, so that a list of a hundred thousand members takes about
 * 400 kB. It is loaded from the database when it is first accessed; members
 * that are appended before that are queued. It holds references only to members
 * that are not in a session.
 */

struct _OrmCollection
{
  GObject parent_instance;

  OrmEntity *owner; /* unowned, see on_collection_toggled() */
  OrmSide *side;
  gboolean is_loaded;
  OrmKeyList list;
  OrmKeys *queue;        /* members added before loading */
  GHashTable *held;      /* key → entity that is in no session yet */
  GQueue linkings;       /* of OrmLinking */
  OrmMemberOrder *order; /* of an ordered list */
  OrmFetch *fetch;       /* reads the list again in the worker; created on demand */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OrmCollection,
                               orm_collection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

OrmCollection *
_orm_collection_new (OrmEntity *owner, OrmSide *side)
{
  OrmCollection *self = g_object_new (ORM_TYPE_COLLECTION, NULL);

  self->owner = owner;
  self->side = side;
  if (_orm_side_is_ordered (side))
    self->order = _orm_member_order_new (side, self->held);

  /* Only this program can add members to an owner without a row, so there is
   * nothing to load. The owner may already have its id, if undo restores its
   * row. */
  self->is_loaded =
    _orm_entity_get_key (owner) < 0 ||
    (_orm_side_has_links (side) && orm_entity_get_state (owner) <= ORM_ENTITY_PENDING);
  return self;
}

/*
 * The session in which members are looked up.
 */
OrmSession *
_orm_collection_get_session (OrmCollection *self)
{
  return self->owner != NULL ? orm_entity_get_session (self->owner) : NULL;
}

OrmSide *
_orm_collection_get_side (OrmCollection *self)
{
  return self->side;
}

gint64
_orm_collection_get_owner_key (OrmCollection *self)
{
  return self->owner != NULL ? _orm_entity_get_key (self->owner) : 0;
}

/*
 * The keys of the members and those that the views know; read-only.
 */
const OrmKeyList *
_orm_collection_get_key_list (OrmCollection *self)
{
  return &self->list;
}

/*
 * The changes of the list's links that are in progress, the innermost first.
 * They are owned by their callers on the stack.
 */
GQueue *
_orm_collection_get_linkings (OrmCollection *self)
{
  return &self->linkings;
}

/*
 * The fetch that reads the list again in the worker.
 */
OrmFetch *
_orm_collection_ensure_fetch (OrmCollection *self, const OrmFetchClass *klass)
{
  if (self->fetch == NULL)
    self->fetch = _orm_fetch_new (klass, self);
  return self->fetch;
}

gboolean
_orm_collection_find_key (OrmCollection *self, gint64 key, guint *position)
{
  guint found;

  if (!self->is_loaded || !_orm_keys_find (self->list.keys, key, &found))
    return FALSE;

  if (position != NULL)
    *position = found;
  return TRUE;
}

/*
 * Whether the list has the key, or will have it once the emissions in progress
 * are done.
 */
gboolean
_orm_collection_has_key (OrmCollection *self, gint64 key)
{
  guint position;

  if (self->list.wanted != NULL)
    return _orm_keys_find (self->list.wanted, key, &position);

  return _orm_collection_find_key (self, key, NULL);
}

/*
 * The member with a key, if it is in memory.
 */
OrmEntity *
_orm_collection_peek_member (OrmCollection *self, OrmSession *session, gint64 key)
{
  OrmEntity *held = g_hash_table_lookup (self->held, &key);

  if (held != NULL || session == NULL)
    return held;

  return _orm_session_peek (session, self->side->target, key);
}

static OrmEntity *
dup_member (OrmCollection *self, OrmKeys *keys, guint position)
{
  gint64 key = _orm_keys_get (keys, position);
  OrmEntity *held = NULL;

  if (g_hash_table_size (self->held) > 0)
    held = g_hash_table_lookup (self->held, &key);
  if (held != NULL)
    return g_object_ref (held);

  return _orm_session_dup_at (_orm_collection_get_session (self), self->side->target, keys,
                              position);
}

/*
 * The position in @keys for a member of an ordered list that is not in them.
 */
static guint
find_place (OrmCollection *self, OrmKeys *keys, OrmEntity *entity)
{
  OrmSession *session = _orm_collection_get_session (self);
  gboolean had_values = _orm_member_order_has_values (self->order);
  guint place = _orm_member_order_find_place (self->order, session, keys, entity);

  /* The session makes the list forget the values when the rows may change. */
  if (!had_values && _orm_member_order_has_values (self->order))
    _orm_session_add_order_cache (session, self);

  return place;
}

void
_orm_collection_forget_values (OrmCollection *self)
{
  _orm_member_order_forget_values (self->order);
}

/*
 * The list of the other side in @member, if it was ever used.
 */
OrmCollection *
_orm_collection_peek_inverse (OrmCollection *self, OrmEntity *member)
{
  return member != NULL ? _orm_entity_peek_collection (member, self->side->inverse) : NULL;
}

/*
 * Replaces the keys by @wanted and emits the differences range by range.
 */
static void
set_keys (OrmCollection *self, OrmKeys *wanted)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);

  _orm_key_list_set_keys (&self->list, G_LIST_MODEL (self), wanted);
}

/*
 * In a handler of an emission: emits the remaining ranges, so that the list is
 * up to date.
 */
void
_orm_collection_finish_emission (OrmCollection *self)
{
  _orm_key_list_finish (&self->list, G_LIST_MODEL (self));
}

/*
 * Has to be called before each change of a loaded list.
 *
 * Returns: whether the change has to be emitted at once
 */
static gboolean
begin_change (OrmCollection *self)
{
  OrmSession *session = _orm_collection_get_session (self);

  _orm_collection_finish_emission (self);
  if (session == NULL || !_orm_session_is_coalescing (session))
    return TRUE;

  if (_orm_key_list_hold_back (&self->list))
    _orm_outbox_add_list (_orm_session_get_outbox (session), self);

  return FALSE;
}

/*
 * Replaces the keys of a loaded list, as a change by the program.
 */
void
_orm_collection_set_keys (OrmCollection *self, OrmKeys *wanted)
{
  if (begin_change (self))
    {
      set_keys (self, wanted);
      return;
    }

  _orm_keys_unref (self->list.keys);
  self->list.keys = _orm_keys_copy (wanted);
}

/*
 * The number of members that were added, less those that were removed, while
 * emissions were held back.
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
 * Whether a list need not hold a member any more. That of a deleted owner holds
 * its members as long as it has them, because it is not notified of new keys.
 */
static gboolean
is_gone (gpointer key, gpointer entity, gpointer data)
{
  OrmCollection *self = data;
  gboolean is_deleted =
    self->owner != NULL && orm_entity_get_state (self->owner) == ORM_ENTITY_DELETED;

  return (orm_entity_get_session (entity) != NULL && !is_deleted) ||
         !_orm_collection_find_key (self, *(gint64 *) key, NULL);
}

/*
 * Releases the members that were removed while emissions were held back.
 */
static void
release_gone (OrmCollection *self)
{
  if (self->list.announced == NULL && self->list.wanted == NULL)
    g_hash_table_foreach_remove (self->held, is_gone, self);
}

/*
 * Takes a list whose emissions are held back to the keys that its views know.
 *
 * Returns: (transfer full): the current keys, or %NULL if nothing is held back
 */
OrmKeys *
_orm_collection_restore_announced (OrmCollection *self)
{
  return _orm_key_list_restore_announced (&self->list);
}

/*
 * Removes, and emits the removal of, the members that are not in @keys or have
 * another place there. Does not add any.
 */
void
_orm_collection_announce_removals (OrmCollection *self, OrmKeys *keys)
{
  g_autoptr (OrmKeys) staying = _orm_key_list_dup_staying (&self->list, keys);

  set_keys (self, staying);
}

/*
 * Replaces the keys by @keys and emits the differences, unless members that
 * stay have changed their order: their removal has to be emitted first.
 *
 * Returns: whether the keys were replaced
 */
gboolean
_orm_collection_announce (OrmCollection *self, OrmKeys *keys)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);

  if (!_orm_key_list_try_set_keys (&self->list, G_LIST_MODEL (self), keys))
    return FALSE;

  release_gone (self);
  return TRUE;
}

static void
hold (OrmCollection *self, OrmEntity *entity)
{
  gint64 key = _orm_entity_get_key (entity);

  g_hash_table_replace (self->held, g_memdup2 (&key, sizeof key), g_object_ref (entity));
}

/*
 * Holds a member that is not in a session. A many-to-many whose owner is not in
 * a session holds all its members, because it cannot look them up.
 */
void
_orm_collection_hold (OrmCollection *self, OrmEntity *entity)
{
  if (_orm_entity_get_private (entity)->session == NULL ||
      (_orm_side_has_links (self->side) && _orm_collection_get_session (self) == NULL))
    hold (self, entity);
}

/*
 * Holds a member that has no id yet, in the list of a deleted owner, which is
 * not notified of new keys.
 */
void
_orm_collection_hold_new (OrmCollection *self, OrmEntity *member)
{
  gint64 key = _orm_entity_get_key (member);

  if (key < 0 && _orm_collection_has_key (self, key))
    hold (self, member);
}

/*
 * Holds all members in memory, because the owner has left the session and the
 * list cannot be loaded any more.
 */
void
_orm_collection_hold_all (OrmCollection *self, OrmSession *session)
{
  self->is_loaded = TRUE;
  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);
      OrmEntity *member = _orm_collection_peek_member (self, session, key);

      if (member != NULL)
        _orm_collection_hold (self, member);
    }
}

void
_orm_collection_release (OrmCollection *self, OrmEntity *entity)
{
  gint64 key = _orm_entity_get_key (entity);

  /* The views still have it until the removal is emitted. */
  if (self->list.announced == NULL && self->list.wanted == NULL)
    g_hash_table_remove (self->held, &key);
}

/*
 * Whether the entity is in the list or, before that is loaded, in its queue.
 */
gboolean
_orm_collection_knows (OrmCollection *self, OrmEntity *entity)
{
  gint64 key = _orm_entity_get_key (entity);
  guint position;

  return _orm_keys_find (self->queue, key, &position) || _orm_collection_find_key (self, key, NULL);
}

void
_orm_collection_insert (OrmCollection *self, OrmEntity *entity, guint position)
{
  gint64 key = _orm_entity_get_key (entity);
  gboolean is_emitted_now;

  _orm_collection_hold (self, entity);

  if (!self->is_loaded)
    {
      _orm_keys_append (self->queue, key, 0);
      return;
    }

  is_emitted_now = begin_change (self);
  if (self->order != NULL)
    position = find_place (self, self->list.keys, entity);
  else if (position == ORM_POSITION_SORTED)
    position = _orm_keys_find_place (self->list.keys, key);
  position = MIN (position, _orm_keys_get_length (self->list.keys));
  _orm_keys_insert (self->list.keys, position, key, 0);

  if (is_emitted_now)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
_orm_collection_take (OrmCollection *self, OrmEntity *entity)
{
  gint64 key = _orm_entity_get_key (entity);
  gboolean is_emitted_now;
  guint position;

  if (!self->is_loaded)
    {
      _orm_collection_release (self, entity);
      while (_orm_keys_find (self->queue, key, &position))
        _orm_keys_remove (self->queue, position, 1);
      return;
    }

  is_emitted_now = begin_change (self);
  _orm_collection_release (self, entity);
  if (!_orm_keys_find (self->list.keys, key, &position))
    return;

  _orm_keys_remove (self->list.keys, position, 1);

  if (is_emitted_now)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/*
 * Changes the key of a member that got its row, or lost it in a rollback.
 * Nothing is emitted, since the member is the same.
 */
void
_orm_collection_rekey (OrmCollection *self, gint64 old_key, gint64 new_key)
{
  gpointer stolen_key, entity;
  guint position;

  if (g_hash_table_size (self->held) > 0 &&
      g_hash_table_steal_extended (self->held, &old_key, &stolen_key, &entity))
    {
      *(gint64 *) stolen_key = new_key;
      g_hash_table_insert (self->held, stolen_key, entity);
    }

  if (_orm_keys_find (self->queue, old_key, &position))
    _orm_keys_set (self->queue, position, new_key);

  _orm_key_list_rekey (&self->list, old_key, new_key, &position);
}

/*
 * Holds each entity under the key that it has now. Returns the keys that have
 * changed, old to new.
 */
static GHashTable *
rehash_held (OrmCollection *self)
{
  GHashTable *new_keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer old_key, entity;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &old_key, &entity))
    {
      gint64 key = _orm_entity_get_key (entity);

      if (key == *(gint64 *) old_key)
        continue;

      g_hash_table_insert (new_keys, g_memdup2 (old_key, sizeof key), g_memdup2 (&key, sizeof key));
      g_ptr_array_add (moved, g_object_ref (entity));
      g_hash_table_iter_remove (&iter);
    }

  for (guint i = 0; i < moved->len; i++)
    hold (self, moved->pdata[i]);

  return new_keys;
}

void
_orm_collection_rekey_all (OrmCollection *self, GHashTable *new_keys)
{
  g_autoptr (GHashTable) held_keys = rehash_held (self);

  _orm_key_list_rekey_all (&self->list, new_keys);
}

/*
 * Takes over the keys that members got while the owner was deleted. The list
 * held them, but was not informed of the new keys.
 */
void
_orm_collection_rekey_held (OrmCollection *self)
{
  g_autoptr (GHashTable) new_keys = rehash_held (self);

  if (g_hash_table_size (new_keys) > 0)
    _orm_key_list_rekey_all (&self->list, new_keys);
}

/*
 * The session is closed, so the members cannot be read any more.
 */
void
_orm_collection_detach (OrmCollection *self)
{
  OrmKeys *announced = self->list.announced != NULL ? self->list.announced : self->list.keys;
  guint n_keys = _orm_keys_get_length (announced);

  _orm_keys_clear (self->queue);
  _orm_key_list_clear (&self->list);
  _orm_key_list_init (&self->list, ORM_KEYS_WITHOUT_RANKS);
  g_hash_table_remove_all (self->held);

  if (n_keys > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_keys, 0);
}

void
_orm_collection_forget_owner (OrmCollection *self)
{
  self->owner = NULL;
  g_hash_table_remove_all (self->held);
}

/*
 * Moves a member whose order column has changed. A handler of its removal may
 * have moved the member, or changed this list.
 */
static void
reposition (OrmCollection *self, OrmEntity *entity)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  gint64 key = _orm_entity_get_key (entity);
  gboolean is_emitted_now;
  guint old_position, position;

  if (!_orm_collection_find_key (self, key, &old_position))
    return;

  is_emitted_now = begin_change (self);
  if (!_orm_collection_find_key (self, key, &old_position))
    return;

  _orm_keys_remove (self->list.keys, old_position, 1);
  position = find_place (self, self->list.keys, entity);
  if (position == old_position || !is_emitted_now)
    {
      _orm_keys_insert (self->list.keys, position, key, 0);
      return;
    }

  g_list_model_items_changed (G_LIST_MODEL (self), old_position, 1, 0);

  key = _orm_entity_get_key (entity);
  if (!orm_collection_contains (self, entity) || _orm_collection_find_key (self, key, NULL))
    return;

  begin_change (self);
  position = find_place (self, self->list.keys, entity);
  _orm_keys_insert (self->list.keys, position, key, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/*
 * Called when a column of an entity has changed.
 */
void
_orm_collection_reorder (OrmEntity *entity, guint slot)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *inverse = mapper->references[i]->inverse;
      OrmEntity *owner = NULL;
      OrmCollection *list;

      if (inverse == NULL || !_orm_side_is_ordered (inverse) || inverse->order_slot != slot)
        continue;

      owner = _orm_entity_peek_target (entity, mapper->references[i]);
      list = owner != NULL ? _orm_entity_peek_collection (owner, inverse) : NULL;
      if (list != NULL && orm_collection_is_loaded (list))
        reposition (list, entity);
    }
}

/*
 * Places members with unsaved changes by their values in memory, since @keys
 * are in the order of the rows.
 */
static void
place_unsaved (OrmCollection *self, OrmKeys *keys)
{
  OrmSession *session = orm_entity_get_session (self->owner);
  g_autoptr (GPtrArray) unsaved = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->order == NULL)
    return;

  for (guint i = _orm_keys_get_length (keys); i > 0; i--)
    {
      gint64 key = _orm_keys_get (keys, i - 1);
      OrmEntity *entity = _orm_session_peek (session, self->side->target, key);

      if (key > 0 && (entity == NULL || !orm_entity_is_dirty (entity)))
        continue;

      g_ptr_array_add (unsaved, dup_member (self, keys, i - 1));
      _orm_keys_remove (keys, i - 1, 1);
    }

  for (guint i = 0; i < unsaved->len; i++)
    _orm_keys_insert (keys, find_place (self, keys, unsaved->pdata[i]),
                      _orm_entity_get_key (unsaved->pdata[i]), 0);
}

/*
 * Whether a member of a loaded list is not in the database's list yet.
 */
static gboolean
is_unwritten (OrmCollection *self, gint64 key)
{
  OrmSession *session = _orm_collection_get_session (self);
  OrmEntity *member = _orm_collection_peek_member (self, session, key);
  OrmLink *link;

  if (key < 0 || member == NULL)
    return key < 0;

  if (!_orm_side_has_links (self->side))
    return orm_entity_is_dirty (member);

  link = _orm_links_lookup (_orm_session_get_links (session), self->side, self->owner, member);
  return link != NULL && link->is_added;
}

/*
 * The keys of members that are not in the database's list yet; in a
 * many-to-many, those whose links will be written come first.
 */
static OrmKeys *
dup_unwritten (OrmCollection *self)
{
  OrmKeys *keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  OrmSession *session = _orm_collection_get_session (self);
  gboolean has_links = _orm_side_has_links (self->side);

  if (has_links)
    _orm_links_add_keys (_orm_session_get_links (session), self->side, self->owner, keys);

  if (!self->is_loaded)
    _orm_keys_insert_range (keys, _orm_keys_get_length (keys), self->queue, 0,
                            _orm_keys_get_length (self->queue));

  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);
      OrmEntity *held = g_hash_table_lookup (self->held, &key);

      if (has_links ? held != NULL && orm_entity_get_session (held) != session
                    : is_unwritten (self, key))
        _orm_keys_append (keys, key, 0);
    }

  return keys;
}

/*
 * Whether a member according to the database is one in memory too: it may have
 * been moved or deleted here.
 */
static gboolean
is_still_member (OrmCollection *self, OrmEntity *entity)
{
  OrmValue owner;

  if (_orm_side_has_links (self->side))
    return _orm_linking_keeps (self, entity);

  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return FALSE;

  owner = _orm_entity_get_slot (entity, _orm_side_get_slot (self->side->inverse));
  return !owner.is_null && owner.integer == _orm_collection_get_owner_key (self);
}

static gboolean
is_member (OrmCollection *self, gint64 id)
{
  OrmEntity *entity =
    _orm_session_peek (_orm_collection_get_session (self), self->side->target, id);

  return entity == NULL || is_still_member (self, entity);
}

/*
 * The ids that were read, without the members that left in memory. Usually few
 * entities are in memory, so the loop is over them and not over the ids. A
 * many-to-many has to check each id, because an entity does not know which
 * links it lost.
 */
static OrmKeys *
take_members (OrmCollection *self, OrmKeys *ids)
{
  OrmKeys *keys;
  GHashTable *entities = _orm_identity_map_get_entities (
    _orm_session_get_map (_orm_collection_get_session (self)), self->side->target);
  gboolean has_left =
    _orm_side_has_links (self->side) || g_hash_table_size (entities) > _orm_keys_get_length (ids);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, entities);
  while (!has_left && g_hash_table_iter_next (&iter, NULL, &entity))
    has_left = !is_still_member (self, entity);

  if (!has_left)
    return _orm_keys_copy (ids);

  keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  for (guint i = 0; i < _orm_keys_get_length (ids); i++)
    if (is_member (self, _orm_keys_get (ids, i)))
      _orm_keys_append (keys, _orm_keys_get (ids, i), 0);

  return keys;
}

/*
 * The members: the rows of the database without those that left in memory,
 * followed by those that were added in memory, in the order of adding.
 */
static OrmKeys *
reconcile (OrmCollection *self, OrmKeys *ids, OrmKeys *added)
{
  OrmKeys *keys = take_members (self, ids);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GHashTable) seen = NULL;

  if (_orm_keys_get_length (added) == 0)
    return keys;

  rows = _orm_keys_dup_array (ids);
  seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (seen, &g_array_index (rows, gint64, i));

  for (guint i = 0; i < _orm_keys_get_length (added); i++)
    {
      gint64 key = _orm_keys_get (added, i);
      gboolean is_known = key < 0 || (_orm_session_peek (_orm_collection_get_session (self),
                                                         self->side->target, key) != NULL &&
                                      is_member (self, key));

      if (is_known && !g_hash_table_contains (seen, &key))
        _orm_keys_append (keys, key, 0);
    }

  return keys;
}

/*
 * Sets the ids of a list that is loaded for the first time. Nothing is emitted.
 */
void
_orm_collection_set_loaded (OrmCollection *self, OrmKeys *ids)
{
  g_autoptr (OrmKeys) added = dup_unwritten (self);
  g_autoptr (OrmKeys) keys = reconcile (self, ids, added);

  place_unsaved (self, keys);
  _orm_keys_unref (self->list.keys);
  self->list.keys = g_steal_pointer (&keys);
  self->is_loaded = TRUE;
  _orm_keys_clear (self->queue);
}

/*
 * The same for a list with an order of its own: members that stay keep their
 * order, new ones are appended.
 */
static OrmKeys *
keep_order (OrmCollection *self, OrmKeys *ids)
{
  OrmKeys *keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  g_autoptr (GArray) rows = _orm_keys_dup_array (ids);
  g_autoptr (GHashTable) left = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (left, &g_array_index (rows, gint64, i));

  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    {
      gint64 key = _orm_keys_get (self->list.keys, i);

      if ((g_hash_table_remove (left, &key) && is_member (self, key)) || is_unwritten (self, key))
        _orm_keys_append (keys, key, 0);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 key = g_array_index (rows, gint64, i);

      if (g_hash_table_contains (left, &key) && is_member (self, key))
        _orm_keys_append (keys, key, 0);
    }

  return keys;
}

/*
 * Updates the list to the ids that were read again, and emits the differences.
 */
void
_orm_collection_merge (OrmCollection *self, OrmKeys *ids)
{
  g_autoptr (OrmKeys) added = dup_unwritten (self);
  guint n_ascending = _orm_keys_get_n_ascending (self->list.keys);
  g_autoptr (OrmKeys) wanted = NULL;

  wanted = self->order == NULL &&
               n_ascending + _orm_keys_get_length (added) < _orm_keys_get_length (self->list.keys)
             ? keep_order (self, ids)
             : reconcile (self, ids, added);
  place_unsaved (self, wanted);
  _orm_collection_set_keys (self, wanted);
}

static gpointer
orm_collection_get_item (GListModel *model, guint position)
{
  OrmCollection *self = ORM_COLLECTION (model);

  if (!self->is_loaded && g_list_model_get_n_items (model) == 0)
    return NULL;

  if (position >= _orm_keys_get_length (self->list.keys))
    return NULL;

  return dup_member (self, self->list.keys, position);
}

static guint
orm_collection_get_n_items (GListModel *model)
{
  OrmCollection *self = ORM_COLLECTION (model);
  g_autoptr (GError) error = NULL;

  if (orm_collection_load (self, &error))
    return _orm_keys_get_length (self->list.keys);

  if (_orm_collection_get_session (self) != NULL)
    _orm_session_report_failed_load (_orm_collection_get_session (self), error);
  return 0;
}

static GType
orm_collection_get_item_type (GListModel *model)
{
  return ORM_COLLECTION (model)->side->target->type;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = orm_collection_get_item;
  iface->get_n_items = orm_collection_get_n_items;
  iface->get_item_type = orm_collection_get_item_type;
}

static void
orm_collection_finalize (GObject *object)
{
  OrmCollection *self = ORM_COLLECTION (object);

  g_clear_pointer (&self->fetch, _orm_fetch_free);
  _orm_key_list_clear (&self->list);
  _orm_keys_unref (self->queue);
  g_hash_table_unref (self->held);
  g_clear_pointer (&self->order, _orm_member_order_free);

  G_OBJECT_CLASS (orm_collection_parent_class)->finalize (object);
}

static void
orm_collection_class_init (OrmCollectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = orm_collection_finalize;
}

static void
orm_collection_init (OrmCollection *self)
{
  _orm_key_list_init (&self->list, ORM_KEYS_WITHOUT_RANKS);
  self->queue = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * orm_collection_get_owner:
 * @self: a collection
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the owner of the
 *   members
 */
gpointer
orm_collection_get_owner (OrmCollection *self)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), NULL);

  return self->owner;
}

/**
 * orm_collection_contains:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 *
 * Checks whether an entity is a member, by its to-one, so that the collection
 * need not be loaded. For a many-to-many, uses whichever list of the two is
 * loaded, otherwise the database.
 *
 * Returns: whether it is a member
 */
gboolean
orm_collection_contains (OrmCollection *self, gpointer entity)
{
  OrmValue owner;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  if (!G_TYPE_CHECK_INSTANCE_TYPE (entity, self->side->target->type) || self->owner == NULL ||
      orm_entity_get_state (entity) >= ORM_ENTITY_DELETED)
    return FALSE;

  if (_orm_side_has_links (self->side))
    return _orm_linking_contains (self, entity);

  owner = _orm_entity_get_slot (entity, _orm_side_get_slot (self->side->inverse));
  return !owner.is_null && !_orm_entity_is_unlisted (entity, self->side->inverse) &&
         owner.integer == _orm_entity_get_key (self->owner);
}

/**
 * orm_collection_find:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 * @position: (out) (optional): the position of @entity
 *
 * Finds a member; loads the collection if necessary. If the list is in the
 * order of ids, this is a binary search.
 *
 * Returns: whether it is a member
 */
gboolean
orm_collection_find (OrmCollection *self, gpointer entity, guint *position)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  if (_orm_side_has_links (self->side) && g_list_model_get_n_items (G_LIST_MODEL (self)) == 0)
    return FALSE;

  if (!orm_collection_contains (self, entity) ||
      g_list_model_get_n_items (G_LIST_MODEL (self)) == 0)
    return FALSE;

  return _orm_collection_find_key (self, _orm_entity_get_key (entity), position);
}

/**
 * orm_collection_is_loaded:
 * @self: a collection
 *
 * Returns: whether the members are loaded
 */
gboolean
orm_collection_is_loaded (OrmCollection *self)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);

  return self->is_loaded;
}

/*
 * Whether the members can be read.
 */
static gboolean
check_loadable (OrmCollection *self, GError **error)
{
  if (_orm_collection_get_session (self) == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_DETACHED,
                   "%s.%s was not read before the session was closed", self->side->owner->table,
                   self->side->spec->name);
      return FALSE;
    }

  if ((self->side->spec->flags & ORM_RELATIONSHIP_STRICT) != 0)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_LAZY_LOAD, "%s.%s is strict: prefetch it",
                   self->side->owner->table, self->side->spec->name);
      return FALSE;
    }

  return TRUE;
}

/**
 * orm_collection_load:
 * @self: a collection
 * @error: return location for an #OrmError
 *
 * Reads the members if they are not loaded yet. Nothing is emitted.
 *
 * Returns: %TRUE if they are loaded, %FALSE with @error set otherwise
 */
gboolean
orm_collection_load (OrmCollection *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);

  if (self->is_loaded)
    return TRUE;

  return check_loadable (self, error) &&
         _orm_session_load_collection (_orm_collection_get_session (self), self, error);
}

/*
 * Makes @entity a member, at @position. Sets @is_new if it was not one before.
 */
gboolean
_orm_collection_add (
  OrmCollection *self, gpointer entity, guint position, gboolean *is_new, GError **error)
{
  OrmSide *inverse = self->side->inverse;

  *is_new = FALSE;
  if (entity == NULL || !ORM_IS_ENTITY (entity) ||
      !G_TYPE_CHECK_INSTANCE_TYPE (entity, self->side->target->type))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION, "%s.%s takes a %s",
                   self->side->owner->table, self->side->spec->name,
                   g_type_name (self->side->target->type));
      return FALSE;
    }

  if (self->owner == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_DETACHED, "The collection's owner is gone");
      return FALSE;
    }

  if (_orm_side_has_links (self->side))
    return _orm_linking_add (self, entity, position, ORM_POSITION_LAST, is_new, error);

  *is_new = !orm_collection_contains (self, entity) ||
            _orm_entity_get_private (entity)->references[inverse->number].moving > 0;
  if (_orm_entity_move (entity, inverse, self->owner, position, ORM_MOVE_FROM_COLLECTION, error))
    return TRUE;

  *is_new = FALSE;
  return FALSE;
}

/**
 * orm_collection_try_append:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 * @error: return location for an #OrmError or an entity's own error
 *
 * Appends @entity to the members. Unless the relationship is a many-to-many, it
 * is removed from its former owner. If the owner is in a session, @entity is
 * added to it. The collection is not loaded for that.
 *
 * Returns: %TRUE if @entity is a member now, also if it was one before; %FALSE
 *   with @error set if it was refused
 */
gboolean
orm_collection_try_append (OrmCollection *self, gpointer entity, GError **error)
{
  gboolean is_new;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);

  return _orm_collection_add (self, entity, ORM_POSITION_LAST, &is_new, error);
}

/**
 * orm_collection_append:
 * @self: a collection
 * @entity: (type OrmEntity): an entity of the collection's type
 *
 * Like orm_collection_try_append(), for a program that does not expect a
 * refusal.
 *
 * Returns: %TRUE if @entity became a member; %FALSE if it was one already, or
 *   was refused: see orm_entity_get_error() of @entity
 */
gboolean
orm_collection_append (OrmCollection *self, gpointer entity)
{
  GError *error = NULL;
  gboolean is_new;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);
  g_return_val_if_fail (G_TYPE_CHECK_INSTANCE_TYPE (entity, self->side->target->type), FALSE);

  if (!_orm_collection_add (self, entity, ORM_POSITION_LAST, &is_new, &error))
    _orm_entity_take_error (entity, error);
  return is_new;
}

/**
 * orm_collection_remove:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 *
 * Removes a member, which has no owner then. If the relationship deletes
 * orphans, the next flush deletes it unless it gets another owner before; a new
 * entity leaves the session at once. In a many-to-many only the link is
 * removed, and neither class is asked to validate that.
 *
 * Returns: %TRUE if @entity was removed; %FALSE if it was not a member, or the
 *   removal was refused: see orm_entity_get_error() of @entity
 */
gboolean
orm_collection_remove (OrmCollection *self, gpointer entity)
{
  GError *error = NULL;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  if (!orm_collection_contains (self, entity))
    return FALSE;

  if (_orm_side_has_links (self->side))
    {
      _orm_linking_remove (self, entity);
      return TRUE;
    }

  if (_orm_entity_move (entity, self->side->inverse, NULL, ORM_POSITION_LAST,
                        ORM_MOVE_FROM_COLLECTION, &error))
    {
      if (orm_entity_get_session (entity) != NULL)
        _orm_session_leave_orphan (orm_entity_get_session (entity), entity);
      return TRUE;
    }

  _orm_entity_take_error (entity, error);
  return FALSE;
}

static void
reorder (OrmCollection *self, guint from, guint to)
{
  gint64 key = _orm_keys_get (self->list.keys, from);
  gboolean is_emitted_now = begin_change (self);
  guint first = MIN (from, to), n = MAX (from, to) - first + 1;

  _orm_keys_remove (self->list.keys, from, 1);
  _orm_keys_insert (self->list.keys, to, key, 0);

  if (is_emitted_now)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

/*
 * Reverts orm_collection_move().
 */
void
_orm_collection_restore_move (OrmCollection *self, guint from, guint to)
{
  if (MAX (from, to) < _orm_keys_get_length (self->list.keys))
    reorder (self, from, to);
}

/**
 * orm_collection_move:
 * @self: a collection
 * @from: a member's position
 * @to: its new position
 *
 * Moves a member to another position in memory. Nothing becomes dirty, and the
 * order is not saved. A list that is ordered by a column cannot be reordered:
 * set the column instead.
 */
void
orm_collection_move (OrmCollection *self, guint from, guint to)
{
  g_autoptr (OrmSession) session = NULL;
  guint n_items;
  gint64 key;

  g_return_if_fail (ORM_IS_COLLECTION (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_return_if_fail (from < n_items && to < n_items);
  g_return_if_fail (self->order == NULL);

  if (from == to)
    return;

  /* Emissions in progress are finished first, and their handlers may move
   * members. */
  key = _orm_keys_get (self->list.keys, from);
  session = _orm_collection_get_session (self) != NULL
              ? g_object_ref (_orm_collection_get_session (self))
              : NULL;
  if (session != NULL)
    _orm_session_enter (session);
  _orm_collection_finish_emission (self);

  if (_orm_collection_find_key (self, key, &from) && to < _orm_keys_get_length (self->list.keys))
    {
      if (session != NULL)
        _orm_journal_add_moved (_orm_session_get_journal (session), self->owner, self->side, from,
                                to);
      reorder (self, from, to);
    }

  if (session != NULL)
    _orm_session_leave (session);
}
