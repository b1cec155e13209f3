/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-linking-private.h"
#include "orm-links-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Changing a link is one operation with two emissions: first by the list that
 * was changed, then by the one of the other side. A handler of the first may
 * change the same link again; then the inner change wins and the outer one
 * stops.
 */

struct _OrmLinking
{
  OrmCollection *list;    /* emits first */
  OrmCollection *inverse; /* emits second */
  OrmEntity *owner;       /* of the list */
  OrmEntity *member;
  gboolean is_linked; /* what it becomes */
  gboolean is_new;    /* neither a rollback's nor made while the link was changing */
  gboolean is_superseded;
  guint position;       /* in the list */
  guint other_position; /* in the inverse */
};

/*
 * The change of this link that is in progress, unless a later one has
 * overridden it.
 */
static OrmLinking *
find_linking (OrmCollection *self, OrmEntity *member)
{
  for (GList *l = _orm_collection_get_linkings (self)->head; l != NULL; l = l->next)
    {
      OrmLinking *linking = l->data;
      OrmEntity *other = linking->list == self ? linking->member : linking->owner;

      if (other == member && !linking->is_superseded)
        return linking;
    }

  return NULL;
}

/*
 * Adds the entities that are just being linked to the list's owner or unlinked
 * from it, since perhaps only one of the two lists is changed yet.
 */
void
_orm_linking_add_changing (OrmCollection *self, GPtrArray *entities)
{
  for (GList *l = _orm_collection_get_linkings (self)->head; l != NULL; l = l->next)
    {
      OrmLinking *linking = l->data;

      g_ptr_array_add (entities,
                       g_object_ref (linking->list == self ? linking->member : linking->owner));
    }
}

static gboolean
check_linked_in_database (
  OrmCollection *self, gint64 owner, gint64 member, gboolean *is_linked, GError **error)
{
  OrmConnection *connection = orm_session_get_connection (_orm_collection_get_session (self));
  OrmValue parameters[] = { ORM_VALUE_INTEGER (owner), ORM_VALUE_INTEGER (member) };
  g_autofree char *sql = _orm_dialect_has_link (_orm_collection_get_side (self));
  gint64 exists = 0;

  if (!_orm_connection_select_int64 (connection, sql, parameters, 2, &exists, error))
    return FALSE;

  *is_linked = exists != 0;
  return TRUE;
}

static gboolean
is_shorter (OrmCollection *self, OrmCollection *other)
{
  return !orm_collection_is_loaded (other) ||
         _orm_keys_get_length (_orm_collection_get_key_list (self)->keys) <=
           _orm_keys_get_length (_orm_collection_get_key_list (other)->keys);
}

static gboolean
is_in_session (OrmCollection *self, OrmEntity *member)
{
  OrmSession *session = _orm_collection_get_session (self);

  return session != NULL && orm_entity_get_session (member) == session;
}

/*
 * Finds out whether two entities are linked, in this order: from a change in
 * progress, the shorter of the loaded lists, the unwritten links, the database.
 */
static gboolean
check_linked (OrmCollection *self, OrmEntity *member, gboolean *is_linked, GError **error)
{
  OrmEntity *owner = orm_collection_get_owner (self);
  OrmCollection *inverse = _orm_collection_peek_inverse (self, member);
  OrmLinking *linking = find_linking (self, member);
  gint64 owner_key = _orm_entity_get_key (owner), key = _orm_entity_get_key (member);
  OrmLink *link;

  if (linking != NULL)
    *is_linked = linking->is_linked;
  else if (orm_collection_is_loaded (self) && (inverse == NULL || is_shorter (self, inverse)))
    *is_linked = _orm_collection_has_key (self, key);
  else if (inverse != NULL && orm_collection_is_loaded (inverse))
    *is_linked = _orm_collection_has_key (inverse, owner_key);
  else if (!is_in_session (self, member))
    *is_linked = FALSE;
  else
    {
      link = _orm_links_lookup (_orm_session_get_links (_orm_collection_get_session (self)),
                                _orm_collection_get_side (self), owner, member);
      *is_linked = link != NULL && link->is_added;
      if (link == NULL && owner_key > 0 && key > 0)
        return check_linked_in_database (self, owner_key, key, is_linked, error);
    }

  return TRUE;
}

gboolean
_orm_linking_contains (OrmCollection *self, OrmEntity *member)
{
  g_autoptr (GError) error = NULL;
  gboolean is_linked = FALSE;

  if (orm_entity_get_state (orm_collection_get_owner (self)) == ORM_ENTITY_DELETED)
    return FALSE;

  if (!check_linked (self, member, &is_linked, &error))
    _orm_session_report_failed_load (_orm_collection_get_session (self), error);
  return is_linked;
}

static gboolean
check_state (OrmSide *side, OrmEntity *entity, GError **error)
{
  OrmEntityState state = orm_entity_get_state (entity);

  if (state == ORM_ENTITY_DELETED)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "%s.%s: one of the two is deleted",
                 side->owner->table, side->spec->name);
  else if (state == ORM_ENTITY_DETACHED)
    g_set_error (error, ORM_ERROR, ORM_ERROR_DETACHED, "%s.%s: the session of one was closed",
                 side->owner->table, side->spec->name);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_link (OrmCollection *self, OrmEntity *member, GError **error)
{
  OrmSide *side = _orm_collection_get_side (self);
  OrmSession *mine = _orm_collection_get_session (self), *theirs = orm_entity_get_session (member);

  if (!check_state (side, orm_collection_get_owner (self), error) ||
      !check_state (side, member, error))
    return FALSE;

  if (mine == NULL || theirs == NULL || mine == theirs)
    return TRUE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
               "%s.%s: the two belong to different sessions", side->owner->table, side->spec->name);
  return FALSE;
}

static gboolean
check_veto (OrmEntity *entity, OrmSide *side, OrmEntity *other, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, side->target->type);
  g_value_set_object (&value, other);
  return _orm_entity_check_vetoes (entity, side->spec->name, &value, error);
}

/*
 * Whether the list has the entity already, although the link is new: if both
 * have rows, the lists may have been read before and after a change by another
 * program.
 */
static gboolean
has_already (OrmCollection *self, OrmEntity *entity, gboolean is_new)
{
  gint64 key = _orm_entity_get_key (entity);

  if (is_new && (key < 0 || _orm_entity_get_key (orm_collection_get_owner (self)) < 0))
    return FALSE;

  return _orm_collection_has_key (self, key);
}

/*
 * Adds the entity to a list. A list that is not loaded will later find members
 * that are in the session among the unwritten links, so only others are added.
 */
static void
put (OrmCollection *self, OrmEntity *entity, guint position, gboolean is_new)
{
  if (orm_collection_is_loaded (self)
        ? has_already (self, entity, is_new)
        : is_in_session (self, entity) || _orm_collection_knows (self, entity))
    return;

  _orm_collection_insert (self, entity, position);
}

/*
 * Whether the entity can still be linked. A handler of the first emission may
 * have deleted it or closed the session; in a rollback, another program may
 * have deleted its row.
 */
static gboolean
is_alive (OrmEntity *entity)
{
  OrmEntityState state = orm_entity_get_state (entity);

  return state != ORM_ENTITY_DELETED && state != ORM_ENTITY_DETACHED;
}

static void
apply (OrmLinking *linking)
{
  if (linking->is_linked && is_alive (linking->owner) && is_alive (linking->member))
    put (linking->list, linking->member, linking->position, linking->is_new);
  else if (!linking->is_linked)
    _orm_collection_take (linking->list, linking->member);

  if (linking->is_superseded)
    return;

  if (!linking->is_linked)
    _orm_collection_take (linking->inverse, linking->owner);
  else if (is_alive (linking->owner) && is_alive (linking->member))
    put (linking->inverse, linking->owner, linking->other_position, linking->is_new);
}

static void
run (OrmLinking *linking)
{
  OrmLinking *outer = find_linking (linking->list, linking->member);

  /* One of the lists may not have lost what it is to have again. */
  if (outer != NULL)
    {
      outer->is_superseded = TRUE;
      linking->is_new = FALSE;
    }

  g_queue_push_head (_orm_collection_get_linkings (linking->list), linking);
  g_queue_push_head (_orm_collection_get_linkings (linking->inverse), linking);
  apply (linking);
  g_queue_pop_head (_orm_collection_get_linkings (linking->inverse));
  g_queue_pop_head (_orm_collection_get_linkings (linking->list));
}

static guint
get_position (OrmCollection *self, OrmEntity *entity)
{
  guint position = ORM_POSITION_SORTED;

  _orm_collection_find_key (self, _orm_entity_get_key (entity), &position);
  return position;
}

/*
 * Notes the change for a rollback, the next flush and the session's observers.
 */
static void
note (OrmSession *session, OrmLinking *linking)
{
  OrmSide *side = _orm_collection_get_side (linking->list);
  guint position = ORM_POSITION_SORTED, other_position = ORM_POSITION_SORTED;

  if (!linking->is_linked)
    {
      position = get_position (linking->list, linking->member);
      other_position = get_position (linking->inverse, linking->owner);
    }

  _orm_journal_add_link (_orm_session_get_journal (session),
                         linking->is_linked ? ORM_JOURNAL_LINKED : ORM_JOURNAL_UNLINKED,
                         linking->owner, linking->member, side, position, other_position);
  if (is_in_session (linking->list, linking->member))
    _orm_links_set (_orm_session_get_links (session), side, linking->owner, linking->member,
                    linking->is_linked);
  _orm_session_record_linked (session, linking->owner);
  _orm_session_record_linked (session, linking->member);
}

static gboolean
link_new (OrmLinking *linking, OrmSession *session, GError **error)
{
  OrmCollection *list = linking->list;
  OrmSide *side = _orm_collection_get_side (list);

  if (!check_veto (linking->owner, side, linking->member, error) ||
      !check_veto (linking->member, side->inverse, linking->owner, error))
    return FALSE;

  /* A new member joins the session of the list; a new owner does not join that
   * of the member. */
  if (_orm_collection_get_session (list) != NULL &&
      orm_entity_get_session (linking->member) == NULL &&
      !orm_session_add (session, linking->member, error))
    return FALSE;

  if (session != NULL)
    note (session, linking);
  run (linking);
  return TRUE;
}

static OrmCollection *
dup_inverse (OrmCollection *self, OrmEntity *member)
{
  return g_object_ref (
    _orm_entity_ensure_collection (member, _orm_collection_get_side (self)->inverse));
}

/*
 * The session that notes a change: that of the list or, if it has none, that of
 * the other side.
 */
static OrmSession *
dup_session (OrmCollection *list, OrmCollection *inverse)
{
  OrmSession *session = _orm_collection_get_session (list) != NULL
                          ? _orm_collection_get_session (list)
                          : _orm_collection_get_session (inverse);

  return session != NULL ? g_object_ref (session) : NULL;
}

/*
 * Links the owner and @member, at @position in this list and at @other_position
 * in the list of @member. Sets @is_new if they were not linked before.
 */
gboolean
_orm_linking_add (OrmCollection *self,
                  OrmEntity *member,
                  guint position,
                  guint other_position,
                  gboolean *is_new,
                  GError **error)
{
  g_autoptr (OrmCollection) list = g_object_ref (self);
  g_autoptr (OrmCollection) inverse = dup_inverse (self, member);
  g_autoptr (OrmSession) session = NULL;
  OrmLinking linking = { .list = list,
                         .inverse = inverse,
                         .owner = orm_collection_get_owner (self),
                         .member = member,
                         .is_linked = TRUE,
                         .is_new = TRUE,
                         .position = position,
                         .other_position = other_position };
  gboolean is_linked = FALSE, is_done;

  _orm_collection_finish_emission (list);
  _orm_collection_finish_emission (inverse);
  if (!check_link (self, member, error) || !check_linked (self, member, &is_linked, error))
    return FALSE;
  if (is_linked)
    return TRUE;

  session = dup_session (list, inverse);
  if (session != NULL)
    _orm_session_enter (session);
  is_done = link_new (&linking, session, error);
  if (session != NULL)
    _orm_session_leave (session);

  if (is_new != NULL)
    *is_new = is_done;
  return is_done;
}

/*
 * Removes an existing link.
 */
void
_orm_linking_remove (OrmCollection *self, OrmEntity *member)
{
  g_autoptr (OrmCollection) list = g_object_ref (self);
  g_autoptr (OrmCollection) inverse = dup_inverse (self, member);
  g_autoptr (OrmSession) session = NULL;
  OrmLinking linking = {
    .list = list, .inverse = inverse, .owner = orm_collection_get_owner (self), .member = member
  };

  _orm_collection_finish_emission (list);
  _orm_collection_finish_emission (inverse);
  session = dup_session (list, inverse);
  if (session != NULL)
    {
      _orm_session_enter (session);
      note (session, &linking);
    }
  run (&linking);
  if (session != NULL)
    _orm_session_leave (session);
}

/*
 * Reverts a change of a link; the lists emit in the opposite order.
 */
void
_orm_linking_restore (OrmSession *session, const OrmJournalEntry *entry)
{
  OrmSide *side = entry->side;
  g_autoptr (OrmCollection) list =
    g_object_ref (_orm_entity_ensure_collection (entry->entity, side));
  g_autoptr (OrmCollection) inverse =
    g_object_ref (_orm_entity_ensure_collection (entry->other, side->inverse));
  OrmLinking linking = { .list = inverse,
                         .inverse = list,
                         .owner = entry->other,
                         .member = entry->entity,
                         .is_linked = entry->kind == ORM_JOURNAL_UNLINKED,
                         .position = entry->to,
                         .other_position = entry->position };

  /* If the database was rolled back too, the link need not be written. */
  if (!_orm_session_is_rolled_back (session) && is_in_session (list, entry->other))
    _orm_links_set (_orm_session_get_links (session), side, entry->entity, entry->other,
                    linking.is_linked);
  _orm_session_record_linked (session, entry->entity);
  _orm_session_record_linked (session, entry->other);
  run (&linking);
}

/*
 * Inserts an entity whose deletion is reverted into the list of @other again.
 */
void
_orm_linking_restore_left (OrmEntity *entity, OrmEntity *other, OrmSide *side, guint position)
{
  OrmCollection *list = _orm_entity_peek_collection (other, side->inverse);

  if (list != NULL && orm_collection_is_loaded (list) &&
      orm_entity_get_state (entity) != ORM_ENTITY_DETACHED)
    put (list, entity, position, FALSE);
}

/*
 * Whether a link in the database exists in memory too. When a list is loaded
 * for the first time, the list of the other side decides if it is loaded. When
 * it is read again, to find changes of other programs, the database decides.
 */
gboolean
_orm_linking_keeps (OrmCollection *self, OrmEntity *member)
{
  OrmEntity *owner = orm_collection_get_owner (self);
  OrmSession *session = orm_entity_get_session (owner);
  OrmLink *link = _orm_links_lookup (_orm_session_get_links (session),
                                     _orm_collection_get_side (self), owner, member);
  OrmCollection *inverse = _orm_collection_peek_inverse (self, member);

  if (link != NULL)
    return link->is_added && orm_entity_get_state (member) != ORM_ENTITY_DELETED;

  if (orm_entity_get_state (member) == ORM_ENTITY_DELETED)
    {
      /* A rollback of the deletion has to restore the entity in this list,
       * too. */
      if (!orm_collection_is_loaded (self))
        _orm_journal_add_link (_orm_session_get_journal (session), ORM_JOURNAL_LINK_LEFT, member,
                               owner, _orm_collection_get_side (self)->inverse, ORM_POSITION_SORTED,
                               ORM_POSITION_SORTED);
      return FALSE;
    }

  return orm_collection_is_loaded (self) || orm_entity_get_state (owner) == ORM_ENTITY_DELETED ||
         inverse == NULL || !orm_collection_is_loaded (inverse) ||
         _orm_collection_has_key (inverse, _orm_entity_get_key (owner));
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
 * Updates the lists of the other side for those members in @keys that are not
 * in @others.
 */
static void
update_inverse_lists (OrmCollection *self, OrmSession *session, GArray *keys, GHashTable *others)
{
  for (guint i = 0; i < keys->len && _orm_collection_get_session (self) == session; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      OrmEntity *owner = orm_collection_get_owner (self), *member;
      OrmCollection *inverse;
      gboolean is_linked;

      if (g_hash_table_contains (others, &key))
        continue;

      member = _orm_collection_peek_member (self, session, key);
      inverse = _orm_collection_peek_inverse (self, member);
      is_linked = _orm_collection_has_key (self, key);

      _orm_session_record_linked (session, owner);
      if (member != NULL)
        _orm_session_record_linked (session, member);
      if (inverse == NULL || !orm_collection_is_loaded (inverse) ||
          _orm_collection_has_key (inverse, _orm_entity_get_key (owner)) == is_linked)
        continue;

      if (is_linked)
        _orm_collection_insert (inverse, owner, ORM_POSITION_SORTED);
      else
        _orm_collection_take (inverse, owner);
    }
}

/*
 * Updates the list to the ids that were read again. It emits first, then the
 * lists of the other side.
 */
void
_orm_linking_merge (OrmCollection *self, OrmKeys *ids)
{
  g_autoptr (OrmCollection) alive = g_object_ref (self);
  g_autoptr (OrmSession) session = g_object_ref (_orm_collection_get_session (self));
  g_autoptr (GArray) old_keys = _orm_keys_dup_array (_orm_collection_get_key_list (self)->keys);
  g_autoptr (GArray) new_keys = NULL;
  g_autoptr (GHashTable) old_set = make_set (old_keys);
  g_autoptr (GHashTable) new_set = NULL;

  _orm_session_enter (session);
  _orm_collection_merge (self, ids);
  new_keys = _orm_keys_dup_array (_orm_collection_get_key_list (self)->keys);
  new_set = make_set (new_keys);
  update_inverse_lists (self, session, old_keys, new_set);
  update_inverse_lists (self, session, new_keys, old_set);
  _orm_session_leave (session);
}
