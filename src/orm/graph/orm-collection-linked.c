/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"
#include "orm-links-private.h"

/*
 * What becomes of an entity's links when it gets its row, joins a session or
 * leaves it, and of a list's when it is read.
 */

static guint
count_keys (OrmCollection *self)
{
  return _orm_keys_get_length (self->list.keys);
}

static gint64
get_key (OrmCollection *self, guint position)
{
  return _orm_keys_get (self->list.keys, position);
}

static GArray *
dup_keys (OrmCollection *self)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < count_keys (self); i++)
    {
      gint64 key = get_key (self, i);

      g_array_append_val (keys, key);
    }

  return keys;
}

/*
 * The entity's list at its n-th collection, if that is a many-to-many and
 * somebody has used it.
 */
static OrmCollection *
peek_links (OrmEntity *entity, guint n)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return _orm_side_has_links (priv->mapper->collections[n]) ? priv->collections[n] : NULL;
}

static guint
count_lists (OrmEntity *entity)
{
  return _orm_entity_get_private (entity)->mapper->n_collections;
}

static GHashTable *
make_set (GArray *keys)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (set, &g_array_index (keys, gint64, i));

  return set;
}

/*
 * Brings the other sides' lists into step with those of @keys that are not in
 * @others.
 */
static void
spread (OrmCollection *self, OrmSession *session, GArray *keys, GHashTable *others)
{
  for (guint i = 0; i < keys->len && orm_entity_get_session (self->owner) == session; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      OrmEntity *member = _orm_collection_peek_member (self, session, key);
      OrmCollection *inverse =
        member != NULL ? _orm_entity_peek_collection (member, self->side->inverse) : NULL;
      gboolean is_linked = _orm_collection_has_key (self, key);

      if (g_hash_table_contains (others, &key))
        continue;

      _orm_session_record_linked (session, self->owner);
      if (member != NULL)
        _orm_session_record_linked (session, member);
      if (inverse == NULL || !inverse->is_loaded ||
          _orm_collection_has_key (inverse, _orm_entity_get_key (self->owner)) == is_linked)
        continue;

      if (is_linked)
        _orm_collection_insert (inverse, self->owner, ORM_POSITION_SORTED);
      else
        _orm_collection_take (inverse, self->owner);
    }
}

/*
 * Takes the ids that were read again. The list tells first, then each of the
 * other side's.
 */
void
_orm_collection_merge_links (OrmCollection *self, const gint64 *ids, guint n_ids)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  g_autoptr (OrmSession) session = g_object_ref (orm_entity_get_session (self->owner));
  g_autoptr (GArray) old_keys = dup_keys (self);
  g_autoptr (GArray) new_keys = NULL;
  g_autoptr (GHashTable) old_set = make_set (old_keys);
  g_autoptr (GHashTable) new_set = NULL;

  _orm_session_enter (session);
  _orm_collection_merge (self, ids, n_ids);
  new_keys = dup_keys (self);
  new_set = make_set (new_keys);
  spread (self, session, old_keys, new_set);
  spread (self, session, new_keys, old_set);
  _orm_session_leave (session);
}

static void
rekey_with (OrmCollection *list, OrmKeys *keys, gint64 old_key, gint64 new_key)
{
  OrmSession *session = orm_entity_get_session (list->owner);
  guint n = keys != NULL ? _orm_keys_get_length (keys) : 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 key = _orm_keys_get (keys, i);
      /* Oneself, too, is known by one of both keys. */
      gboolean is_self =
        list->side->target == list->side->owner && (key == old_key || key == new_key);
      OrmEntity *member = is_self ? list->owner : _orm_collection_peek_member (list, session, key);
      OrmCollection *inverse =
        member != NULL ? _orm_entity_peek_collection (member, list->side->inverse) : NULL;

      if (inverse != NULL)
        _orm_collection_rekey (inverse, old_key, new_key);
    }
}

/*
 * The lists that know the entity by its old key are those of its own members,
 * and in a group also of those who were: their views still know it.
 */
void
_orm_collection_rekey_linked (OrmEntity *entity, gint64 old_key, gint64 new_key)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);

      if (list == NULL)
        continue;

      rekey_with (list, list->list.keys, old_key, new_key);
      rekey_with (list, list->list.announced, old_key, new_key);
      rekey_with (list, list->list.wanted, old_key, new_key);
    }
}

static gboolean
is_elsewhere (OrmCollection *list, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
               "%s.%s: a member belongs to another session", list->side->owner->table,
               list->side->spec->name);
  return FALSE;
}

/*
 * Neither has to hold the other any more: the session does.
 */
static void
let_go (OrmCollection *list, OrmEntity *entity)
{
  if (list == NULL)
    return;

  if (list->is_loaded)
    _orm_collection_release (list, entity);
  else
    _orm_collection_take (list, entity);
}

static gboolean
join (OrmSession *session, OrmCollection *list, GError **error)
{
  g_autoptr (GArray) keys = dup_keys (list);

  for (guint i = 0; i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      g_autoptr (OrmEntity) member = NULL;

      g_set_object (&member, _orm_collection_peek_member (list, session, key));
      if (member == NULL || orm_entity_get_session (member) != session)
        return is_elsewhere (list, error);

      _orm_links_set (_orm_session_get_links (session), list->side, list->owner, member, TRUE);
      let_go (list, member);
      let_go (_orm_entity_peek_collection (member, list->side->inverse), list->owner);
    }

  return TRUE;
}

/*
 * The links that were made before the entity was in the session are to be
 * written now; its members are in the session already.
 */
gboolean
_orm_collection_join_links (OrmSession *session, OrmEntity *entity, GError **error)
{
  for (guint i = 0; i < count_lists (entity); i++)
    if (peek_links (entity, i) != NULL && !join (session, peek_links (entity, i), error))
      return FALSE;

  return TRUE;
}

/*
 * The entity is in the session again, with the links that it left it with.
 */
void
_orm_collection_release_linked (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);

      for (guint j = 0; list != NULL && j < count_keys (list); j++)
        {
          OrmEntity *member = _orm_collection_peek_member (list, session, get_key (list, j));
          OrmCollection *inverse =
            member != NULL ? _orm_entity_peek_collection (member, list->side->inverse) : NULL;

          if (member == NULL || orm_entity_get_session (member) != session)
            continue;

          if (inverse != NULL)
            _orm_collection_release (inverse, entity);
          _orm_collection_release (list, member);
        }
    }
}

/*
 * The entity has left the session, and its lists have nobody to ask for their
 * members any more.
 */
void
_orm_collection_hold_linked (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);

      if (list == NULL)
        continue;

      list->is_loaded = TRUE;
      for (guint j = 0; j < count_keys (list); j++)
        {
          OrmEntity *member = _orm_collection_peek_member (list, session, get_key (list, j));

          if (member != NULL)
            _orm_collection_hold (list, member);
        }
    }
}

/*
 * The entity is as if it had never been in the session: the lists that it is in
 * hold it, and its links are not to be written.
 */
void
_orm_collection_leave_links (OrmSession *session, OrmEntity *entity)
{
  OrmLinks *links = _orm_session_get_links (session);

  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);

      for (guint j = 0; list != NULL && j < count_keys (list); j++)
        {
          gint64 key = _orm_entity_get_key (entity);
          OrmEntity *member = _orm_collection_peek_member (list, session, get_key (list, j));
          OrmCollection *inverse =
            member != NULL ? _orm_entity_ensure_collection (member, list->side->inverse) : NULL;
          OrmLink *link = NULL;

          if (inverse == NULL)
            continue;

          link = _orm_links_lookup (links, list->side, entity, member);
          if (link != NULL)
            _orm_links_remove (links, link);
          if (!inverse->is_loaded)
            _orm_collection_insert (inverse, entity, ORM_POSITION_LAST);
          else if (_orm_collection_has_key (inverse, key))
            _orm_collection_hold (inverse, entity);
        }
    }
}

/*
 * Those in memory that may have the entity in a loaded list.
 */
static GPtrArray *
dup_linked (OrmSession *session, OrmEntity *entity, OrmSide *side)
{
  OrmCollection *list = _orm_entity_peek_collection (entity, side);
  GPtrArray *members;

  if (list == NULL || !list->is_loaded)
    return _orm_identity_map_dup_with_list (_orm_session_get_map (session), side->inverse);

  members = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < count_keys (list); i++)
    {
      OrmEntity *member = _orm_collection_peek_member (list, session, get_key (list, i));

      if (member != NULL)
        g_ptr_array_add (members, g_object_ref (member));
    }
  _orm_collection_add_changing (list, members);

  return members;
}

/*
 * A deleted entity's own list is not told of its members' new keys, so it has
 * to hold those that are still to get one.
 */
static void
hold_new (OrmCollection *list, OrmEntity *member)
{
  gint64 key = _orm_entity_get_key (member);

  if (list != NULL && key < 0 && _orm_collection_has_key (list, key))
    g_hash_table_replace (list->held, g_memdup2 (&key, sizeof key), g_object_ref (member));
}

/*
 * Takes a deleted entity out of the loaded lists of those it is linked to. Its
 * own lists stay as they were: that is what it was.
 */
void
_orm_collection_leave_linked (OrmSession *session, OrmEntity *entity, OrmLeaveKind kind)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_collections; i++)
    {
      OrmSide *side = mapper->collections[i];
      g_autoptr (GPtrArray) members = NULL;

      if (!_orm_side_has_links (side))
        continue;

      members = dup_linked (session, entity, side);
      for (guint j = 0; j < members->len; j++)
        {
          OrmEntity *member = g_ptr_array_index (members, j);
          OrmCollection *inverse = _orm_entity_peek_collection (member, side->inverse);
          guint position;

          if (inverse == NULL ||
              !_orm_collection_find_key (inverse, _orm_entity_get_key (entity), &position))
            continue;

          if (kind == ORM_LEAVE_NOTED)
            _orm_journal_add_link (_orm_session_get_journal (session), ORM_JOURNAL_LINK_LEFT,
                                   entity, member, side, ORM_POSITION_SORTED, position);
          hold_new (_orm_entity_peek_collection (entity, side), member);
          _orm_collection_take (inverse, entity);
        }
    }
}
