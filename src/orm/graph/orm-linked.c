/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-linked-private.h"
#include "orm-linking-private.h"
#include "orm-links-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Updates all many-to-many lists of an entity when it gets its row, joins a
 * session or leaves it.
 */

/*
 * The n-th collection of the entity, if it is a many-to-many and was ever used.
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

/*
 * The members of a list that are in memory.
 */
static GPtrArray *
dup_members (OrmCollection *list, OrmSession *session)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  OrmKeys *keys = _orm_collection_get_key_list (list)->keys;

  for (guint i = 0; i < _orm_keys_get_length (keys); i++)
    {
      OrmEntity *member = _orm_collection_peek_member (list, session, _orm_keys_get (keys, i));

      if (member != NULL)
        g_ptr_array_add (members, g_object_ref (member));
    }

  return members;
}

static void
rekey_with (OrmCollection *list, OrmKeys *keys, gint64 old_key, gint64 new_key)
{
  OrmSide *side = _orm_collection_get_side (list);
  guint n = keys != NULL ? _orm_keys_get_length (keys) : 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 key = _orm_keys_get (keys, i);
      /* A list may contain its own owner, by either key. */
      gboolean is_self = side->target == side->owner && (key == old_key || key == new_key);
      OrmEntity *member =
        is_self ? orm_collection_get_owner (list)
                : _orm_collection_peek_member (list, _orm_collection_get_session (list), key);
      OrmCollection *inverse = _orm_collection_peek_inverse (list, member);

      if (inverse != NULL)
        _orm_collection_rekey (inverse, old_key, new_key);
    }
}

/*
 * Changes the key of the entity in the lists of its members and, in a group, in
 * those of former members, whose views still have it.
 */
void
_orm_linked_rekey (OrmEntity *entity, gint64 old_key, gint64 new_key)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);
      const OrmKeyList *keys = list != NULL ? _orm_collection_get_key_list (list) : NULL;

      if (keys == NULL)
        continue;

      rekey_with (list, keys->keys, old_key, new_key);
      rekey_with (list, keys->announced, old_key, new_key);
      rekey_with (list, keys->wanted, old_key, new_key);
    }
}

static gboolean
is_elsewhere (OrmSide *side, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
               "%s.%s: a member belongs to another session", side->owner->table, side->spec->name);
  return FALSE;
}

/*
 * Releases the entity from a list, because the session holds it now.
 */
static void
release_member (OrmCollection *list, OrmEntity *entity)
{
  if (list == NULL)
    return;

  if (orm_collection_is_loaded (list))
    _orm_collection_release (list, entity);
  else
    _orm_collection_take (list, entity);
}

/*
 * Whether the member's list may have lost the entity, when that was deleted
 * before it had a row; otherwise it holds the entity, or is not loaded. A list
 * with changes to emit also holds members that left.
 */
static gboolean
lacks_entity (OrmCollection *list, OrmEntity *member)
{
  OrmCollection *inverse = _orm_collection_peek_inverse (list, member);
  gint64 key = _orm_collection_get_owner_key (list);
  const OrmKeyList *keys;

  if (inverse == NULL || !orm_collection_is_loaded (inverse))
    return FALSE;

  keys = _orm_collection_get_key_list (inverse);
  return keys->announced != NULL || keys->wanted != NULL ||
         _orm_collection_peek_member (inverse, NULL, key) == NULL;
}

/*
 * The member's list gets the entity back, unless a handler has unlinked the two.
 */
static void
put_back (OrmSession *session, OrmEntity *entity, OrmCollection *list, OrmEntity *member)
{
  OrmCollection *inverse = _orm_collection_peek_inverse (list, member);

  if (_orm_collection_has_key (inverse, _orm_entity_get_key (entity)) ||
      !_orm_collection_has_key (list, _orm_entity_get_key (member)))
    return;

  _orm_journal_add_link (_orm_session_get_journal (session), ORM_JOURNAL_LINKED, entity, member,
                         _orm_collection_get_side (list), ORM_POSITION_SORTED, ORM_POSITION_SORTED);
  _orm_session_record_linked (session, entity);
  _orm_session_record_linked (session, member);
  _orm_collection_insert (inverse, entity, ORM_POSITION_LAST);
}

static gboolean
join (OrmSession *session, OrmEntity *entity, OrmCollection *list, GError **error)
{
  OrmLinks *links = _orm_session_get_links (session);
  OrmSide *side = _orm_collection_get_side (list);
  g_autoptr (GPtrArray) members = NULL, incomplete = g_ptr_array_new ();

  _orm_collection_rekey_held (list);
  members = dup_members (list, session);
  if (members->len < _orm_keys_get_length (_orm_collection_get_key_list (list)->keys))
    return is_elsewhere (side, error);

  for (guint i = 0; i < members->len; i++)
    {
      OrmEntity *member = g_ptr_array_index (members, i);

      if (orm_entity_get_session (member) != session)
        return is_elsewhere (side, error);

      if (orm_entity_get_state (member) == ORM_ENTITY_DELETED)
        {
          _orm_collection_take (list, member);
          continue;
        }

      if (lacks_entity (list, member))
        g_ptr_array_add (incomplete, member);
      _orm_links_set (links, side, entity, member, TRUE);
      release_member (list, member);
      release_member (_orm_collection_peek_inverse (list, member), entity);
    }

  for (guint i = 0; i < incomplete->len; i++)
    put_back (session, entity, list, incomplete->pdata[i]);

  return TRUE;
}

/*
 * The links that were made before the entity was in the session are to be
 * written now, but for those to members that were deleted meanwhile. The others
 * are in the session already.
 */
gboolean
_orm_linked_join (OrmSession *session, OrmEntity *entity, GError **error)
{
  for (guint i = 0; i < count_lists (entity); i++)
    if (peek_links (entity, i) != NULL && !join (session, entity, peek_links (entity, i), error))
      return FALSE;

  return TRUE;
}

/*
 * Called when the entity is in the session again, with the links that it had
 * when it left.
 */
void
_orm_linked_release (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);
      g_autoptr (GPtrArray) members = NULL;

      if (list == NULL)
        continue;

      _orm_collection_rekey_held (list);
      members = dup_members (list, session);
      for (guint j = 0; j < members->len; j++)
        {
          OrmEntity *member = g_ptr_array_index (members, j);
          OrmCollection *inverse = _orm_collection_peek_inverse (list, member);

          if (orm_entity_get_session (member) != session)
            continue;

          if (inverse != NULL)
            _orm_collection_release (inverse, entity);
          _orm_collection_release (list, member);
        }
    }
}

/*
 * Called when the entity has left the session: its lists cannot look up their
 * members there any more, so they hold them.
 */
void
_orm_linked_hold (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    if (peek_links (entity, i) != NULL)
      _orm_collection_hold_all (peek_links (entity, i), session);
}

static void
leave (OrmSession *session, OrmEntity *entity, OrmCollection *list, OrmEntity *member)
{
  OrmLinks *links = _orm_session_get_links (session);
  OrmSide *side = _orm_collection_get_side (list);
  OrmCollection *inverse = _orm_entity_ensure_collection (member, side->inverse);
  OrmLink *link = _orm_links_lookup (links, side, entity, member);

  if (link != NULL)
    _orm_links_remove (links, link);

  if (!orm_collection_is_loaded (inverse))
    _orm_collection_insert (inverse, entity, ORM_POSITION_LAST);
  else if (_orm_collection_has_key (inverse, _orm_entity_get_key (entity)))
    _orm_collection_hold (inverse, entity);
}

/*
 * Called when the adding of the entity is reverted: the lists that it is in
 * hold it, and its links need not be written any more.
 */
void
_orm_linked_leave (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);
      g_autoptr (GPtrArray) members = list != NULL ? dup_members (list, session) : NULL;

      for (guint j = 0; members != NULL && j < members->len; j++)
        leave (session, entity, list, g_ptr_array_index (members, j));
    }
}

/*
 * The entities in memory that may have the entity in a loaded list.
 */
static GPtrArray *
dup_linked (OrmSession *session, OrmCollection *list, OrmSide *side)
{
  GPtrArray *members;

  if (list == NULL || !orm_collection_is_loaded (list))
    return _orm_identity_map_dup_with_list (_orm_session_get_map (session), side->inverse);

  members = dup_members (list, session);
  _orm_linking_add_changing (list, members);
  return members;
}

/*
 * Removes a deleted entity from the loaded lists of the entities that it is
 * linked to. Its own lists are not changed.
 */
void
_orm_linked_delete (OrmSession *session, OrmEntity *entity, OrmLeaveKind kind)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_collections; i++)
    {
      OrmSide *side = mapper->collections[i];
      OrmCollection *list = peek_links (entity, i);
      g_autoptr (GPtrArray) members = NULL;

      if (!_orm_side_has_links (side))
        continue;

      members = dup_linked (session, list, side);
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
          if (list != NULL)
            _orm_collection_hold_new (list, member);
          _orm_collection_take (inverse, entity);
        }
    }
}

/*
 * Returns: (nullable): the undeleted entities, %NULL if there are none
 */
static GHashTable *
find_undeleted (OrmJournal *journal, guint from)
{
  GHashTable *undeleted = NULL;

  for (guint i = from; i < _orm_journal_get_length (journal); i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i);

      if (entry->kind != ORM_JOURNAL_UNDELETED)
        continue;

      if (undeleted == NULL)
        undeleted = g_hash_table_new (NULL, NULL);
      g_hash_table_add (undeleted, entry->entity);
    }

  return undeleted;
}

/*
 * The lists that the undeleted entities left when they were last deleted, each
 * right before its deletion was noted, and those that were read since.
 */
static GArray *
find_left (OrmJournal *journal, GHashTable *undeleted)
{
  GArray *left = g_array_new (FALSE, FALSE, sizeof (OrmJournalEntry));
  OrmEntity *deleted = NULL;

  for (guint i = _orm_journal_get_length (journal);
       i > 0 && (g_hash_table_size (undeleted) > 0 || deleted != NULL); i--)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i - 1);
      gboolean is_left = entry->kind == ORM_JOURNAL_LINK_LEFT;

      if (!is_left || entry->entity != deleted)
        deleted = NULL;
      if (is_left && (deleted != NULL || g_hash_table_contains (undeleted, entry->entity)))
        g_array_append_vals (left, entry, 1);
      else if (entry->kind == ORM_JOURNAL_DELETED && g_hash_table_remove (undeleted, entry->entity))
        deleted = entry->entity;
    }

  return left;
}

/*
 * A deleted entity's lists stay as they were. Members that were deleted after
 * it leave them now that it is back; if they are undeleted too, they return to
 * them.
 */
static void
drop_deleted (OrmSession *session, OrmEntity *entity, OrmCollection *list)
{
  OrmSide *side = _orm_collection_get_side (list);
  g_autoptr (GPtrArray) members = dup_members (list, session);

  for (guint i = 0; i < members->len; i++)
    {
      OrmEntity *member = g_ptr_array_index (members, i);
      guint position;

      if (orm_entity_get_state (member) != ORM_ENTITY_DELETED ||
          !_orm_collection_find_key (list, _orm_entity_get_key (member), &position))
        continue;

      _orm_journal_add_link (_orm_session_get_journal (session), ORM_JOURNAL_LINK_LEFT, member,
                             entity, side->inverse, ORM_POSITION_SORTED, position);
      _orm_collection_take (list, member);
    }
}

static void
drop_all_deleted (OrmSession *session, OrmEntity *entity)
{
  for (guint i = 0; i < count_lists (entity); i++)
    {
      OrmCollection *list = peek_links (entity, i);

      if (list != NULL && orm_collection_is_loaded (list))
        drop_deleted (session, entity, list);
    }
}

/*
 * Puts the entities that were undeleted since the journal had the length @from
 * back into the lists that they left when they were deleted.
 */
void
_orm_linked_undelete (OrmSession *session, guint from)
{
  OrmJournal *journal = _orm_session_get_journal (session);
  g_autoptr (GHashTable) undeleted = find_undeleted (journal, from);
  g_autoptr (GArray) left = NULL;
  guint n = _orm_journal_get_length (journal);

  if (undeleted == NULL)
    return;

  _orm_session_begin_coalescing (session);
  for (guint i = from; i < n; i++)
    if (_orm_journal_get (journal, i)->kind == ORM_JOURNAL_UNDELETED)
      {
        OrmEntity *entity = _orm_journal_get (journal, i)->entity;

        _orm_linked_release (session, entity);
        drop_all_deleted (session, entity);
      }
  left = find_left (journal, undeleted);

  /* From the last: each position is that of its time. */
  for (guint i = 0; i < left->len; i++)
    {
      const OrmJournalEntry *entry = &g_array_index (left, OrmJournalEntry, i);

      _orm_linking_restore_left (entry->entity, entry->other, entry->side, entry->to);
    }
  _orm_session_end_coalescing (session);
}
