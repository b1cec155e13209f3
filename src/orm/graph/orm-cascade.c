/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-cascade-private.h"
#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-linked-private.h"
#include "orm-loader-private.h"
#include "orm-prefetch-private.h"
#include "orm-refresh-private.h"
#include "orm-splice-private.h"
#include "orm-undo-stack-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Adding entities to a session, removing orphans, and deleting.
 */

static gboolean add_entity (OrmSession *self, OrmEntity *entity, GError **error);

static gboolean
add_targets (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmEntity *target = _orm_entity_peek_target (entity, priv->mapper->references[i]);
      OrmCollection *list;

      if (target == NULL)
        continue;

      if ((_orm_entity_get_private (target)->session == NULL ||
           _orm_entity_get_private (target)->state == ORM_ENTITY_DELETED) &&
          !add_entity (self, target, error))
        return FALSE;

      if (priv->references[i].is_unlisted)
        _orm_entity_relist (entity, priv->mapper->references[i]);

      list = _orm_entity_peek_collection (target, priv->mapper->references[i]->inverse);
      if (list != NULL)
        _orm_collection_release (list, entity);
    }

  return TRUE;
}

/*
 * Adds the entities that a rollback removed from the lists of @entity, too.
 */
static gboolean
add_unlisted (OrmSession *self, OrmEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) unlisted = NULL;

  if (_orm_entity_get_private (entity)->unlisted == NULL)
    return TRUE;

  unlisted = _orm_entity_dup_unlisted (entity);
  _orm_entity_clear_unlisted (entity);
  for (guint i = unlisted->len; i > 0; i--)
    if (orm_entity_get_session (unlisted->pdata[i - 1]) == NULL &&
        !add_entity (self, unlisted->pdata[i - 1], error))
      return FALSE;

  return TRUE;
}

static gboolean
add_members (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    {
      OrmCollection *list = priv->collections[i];
      guint n_items = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;

      for (guint j = 0; j < n_items; j++)
        {
          g_autoptr (OrmEntity) member = g_list_model_get_item (G_LIST_MODEL (list), j);

          if (orm_entity_get_session (member) == NULL && !add_entity (self, member, error))
            return FALSE;
        }
    }

  return TRUE;
}

/*
 * Whether the entity is marked for deletion and its row still exists.
 */
static gboolean
is_pending_delete (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return priv->state == ORM_ENTITY_DELETED && priv->session == self && priv->is_unsaved &&
         priv->key > 0;
}

static gboolean
undelete_members (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    {
      OrmSide *side = priv->mapper->collections[i];
      g_autoptr (GPtrArray) members = NULL;

      /* Deleting an entity does not delete the entities linked to it. */
      if (_orm_side_has_links (side))
        continue;

      members =
        _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), side->inverse, priv->key);
      for (guint j = 0; j < members->len; j++)
        if (is_pending_delete (self, g_ptr_array_index (members, j)) &&
            !add_entity (self, g_ptr_array_index (members, j), error))
          return FALSE;
    }

  return TRUE;
}

/*
 * Undoes the deletion of an entity that was marked for it and is added again
 * before its row is deleted, and that of the members marked with it.
 */
static gboolean
undelete (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gboolean is_done;

  _orm_session_enter (self);
  _orm_journal_add_state (_orm_session_get_journal (self), ORM_JOURNAL_UNDELETED, entity);
  priv->state = ORM_ENTITY_PERSISTENT;
  priv->is_gone_with_owner = FALSE;
  _orm_session_record_inserted (self, entity);

  is_done = add_targets (self, entity, error);
  for (guint i = priv->mapper->n_references; i > 0 && is_done; i--)
    {
      OrmSide *side = priv->mapper->references[i - 1];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;

      if (list != NULL && !_orm_collection_knows (list, entity))
        _orm_collection_insert (list, entity, ORM_POSITION_SORTED);
    }
  is_done = is_done && undelete_members (self, entity, error);
  _orm_session_leave (self);
  return is_done;
}

static gboolean
check_addable (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (!_orm_session_has_mapper (self, priv->mapper))
    g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "%s is not a class of the session",
                 G_OBJECT_TYPE_NAME (entity));
  else if (priv->session != NULL && priv->session != self)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                         "The entity belongs to another session");
  else if ((priv->state == ORM_ENTITY_DELETED && !is_pending_delete (self, entity)) ||
           priv->state == ORM_ENTITY_DETACHED)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DETACHED,
                         "The entity was deleted, or its session was closed");
  else
    return TRUE;

  return FALSE;
}

static gboolean
add_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  /* A handler may add an entity that is just leaving the session. */
  if (priv->is_dropped && !priv->is_gone)
    {
      priv->is_dropped = FALSE;
      _orm_session_expunge (self, entity);
    }

  if (!check_addable (self, entity, error))
    return FALSE;

  if (priv->state == ORM_ENTITY_DELETED)
    return undelete (self, entity, error);

  if (priv->session == self)
    return TRUE;

  _orm_session_enter (self);
  _orm_journal_add_state (_orm_session_get_journal (self), ORM_JOURNAL_ADDED, entity);
  priv->state = ORM_ENTITY_PENDING;
  _orm_session_remember (self, entity);
  _orm_session_add_unsaved (self, entity);
  _orm_session_record_inserted (self, entity);

  if (!add_targets (self, entity, error) || !add_members (self, entity, error) ||
      !add_unlisted (self, entity, error) || !_orm_linked_join (self, entity, error))
    {
      _orm_session_leave (self);
      return FALSE;
    }

  _orm_session_leave (self);
  return TRUE;
}

/**
 * orm_session_add:
 * @self: a session
 * @entity: (type OrmEntity): a new entity
 * @error: return location for an #OrmError
 *
 * Adds a new entity to the session; the next flush inserts its row. New
 * entities that it is related to are added too. An entity that was marked for
 * deletion and is added before the flush is kept, together with those that were
 * marked with it.
 *
 * Returns: %TRUE if it is in the session
 */
gboolean
orm_session_add (OrmSession *self, gpointer entity, GError **error)
{
  gboolean is_added;
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  mark = _orm_journal_get_length (_orm_session_get_journal (self));
  _orm_session_enter (self);
  _orm_entity_get_private (entity)->is_postponed = FALSE;
  is_added = add_entity (self, entity, error);
  if (is_added)
    _orm_linked_undelete (self, mark);
  else
    _orm_session_rewind (self, mark);
  _orm_session_leave (self);
  return is_added;
}

static void
leave (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmMapper *mapper = priv->mapper;

  if (priv->state != ORM_ENTITY_PENDING)
    return;

  _orm_session_record_deleted (self, entity);
  priv->state = ORM_ENTITY_TRANSIENT;
  _orm_session_drop (self, entity);

  for (guint i = 0; i < mapper->n_collections; i++)
    {
      OrmSide *inverse = mapper->collections[i]->inverse;
      g_autoptr (GPtrArray) members = NULL;

      if (_orm_side_has_links (mapper->collections[i]))
        continue;

      members = _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), inverse, priv->key);
      for (guint j = 0; j < members->len; j++)
        leave (self, g_ptr_array_index (members, j));
    }

  for (guint i = 0; i < mapper->n_references; i++)
    if (priv->references[i].target != NULL)
      _orm_entity_unlist (entity, mapper->references[i]);
}

/*
 * Removes a new entity that was removed from a list whose members need an owner
 * from the session, with its own new members. It keeps its other to-ones,
 * because it may be added again.
 */
void
_orm_session_leave_orphan (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->state != ORM_ENTITY_PENDING || priv->orphaned == 0)
    return;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  leave (self, entity);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

/*
 * Deletion in memory. First all entities to delete are collected, and rules are
 * checked; nothing is changed until then. Next, members that stay are removed
 * from the lists of deleted owners. Last, the deleted entities are removed from
 * the lists they are in.
 */

typedef struct
{
  OrmSession *session;
  GPtrArray *entities;    /* the entities to delete, members before their owners */
  GPtrArray *kept;        /* entities that were prefetched, to keep them alive */
  GHashTable *with_owner; /* entities whose rows the database's cascade deletes */
} Deletion;

/*
 * Removes a deleted entity from the loaded lists of its owners. It keeps its
 * own to-ones.
 */
static void
leave_lists (OrmSession *self, OrmEntity *entity)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *side = mapper->references[i];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;
      guint position = ORM_POSITION_SORTED;

      /* Noted even if the list is not loaded: it may be loaded before a
       * rollback. */
      if (list != NULL)
        _orm_collection_find_key (list, _orm_entity_get_key (entity), &position);
      _orm_journal_add_left (_orm_session_get_journal (self), entity, owner, side, position);

      if (list != NULL)
        _orm_collection_take (list, entity);
    }
}

static gboolean
has_members (OrmSession *self, OrmCollection *list, gboolean *has, GError **error)
{
  OrmSide *side = _orm_collection_get_side (list);
  OrmValue key = ORM_VALUE_INTEGER (_orm_collection_get_owner_key (list));
  g_autofree char *sql = NULL;
  gint64 exists;

  if (orm_collection_is_loaded (list))
    {
      *has = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
      return TRUE;
    }

  /* Members that were moved in memory have not been moved in the rows yet. */
  if (_orm_session_has_unsaved (self))
    {
      if (!_orm_session_load_collection (self, list, error))
        return FALSE;
      *has = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
      return TRUE;
    }

  sql = _orm_dialect_has_members (side);
  if (!_orm_connection_select_int64 (orm_session_get_connection (self), sql, &key, 1, &exists,
                                     error))
    return FALSE;

  *has = exists != 0;
  return TRUE;
}

static gboolean
deny (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  gboolean has = FALSE;

  if (!has_members (self, _orm_entity_ensure_collection (entity, side), &has, error))
    return FALSE;

  if (!has)
    return TRUE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_DENIED, "The row of %s still has %s", side->owner->table,
               side->spec->name);
  return FALSE;
}

static GPtrArray *
dup_members (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  OrmCollection *list = _orm_entity_ensure_collection (entity, side);
  guint n_items;

  if (!orm_collection_is_loaded (list) && !_orm_session_load_collection (self, list, error))
    return NULL;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (members, g_list_model_get_item (G_LIST_MODEL (list), i));

  return g_steal_pointer (&members);
}

/*
 * The members in memory of a list that is not loaded. If the database cascades,
 * only these have to be deleted in memory.
 */
static GPtrArray *
dup_known_members (OrmSession *self, OrmEntity *entity, OrmSide *side)
{
  return _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), side->inverse,
                                            _orm_entity_get_key (entity));
}

static gboolean
is_left_to_database (OrmEntity *entity, OrmSide *side)
{
  OrmCollection *list = _orm_entity_peek_collection (entity, side);

  return side->spec->rule == ORM_DELETE_CASCADE &&
         (side->spec->flags & ORM_RELATIONSHIP_DB_CASCADE) != 0 &&
         (list == NULL || !orm_collection_is_loaded (list)) && _orm_entity_get_key (entity) > 0;
}

static gboolean collect (Deletion *deletion, OrmEntity *entity, GError **error);

static gboolean
collect_members (Deletion *deletion, OrmEntity *entity, OrmSide *side, GError **error)
{
  gboolean by_database = is_left_to_database (entity, side);
  g_autoptr (GPtrArray) members = NULL;

  if (by_database && _orm_undo_stack_wants_step (_orm_session_get_undo (deletion->session)))
    {
      if (!_orm_session_read_database_cascade (deletion->session, entity, deletion->kept, error))
        return FALSE;
      by_database = FALSE;
    }

  if (by_database)
    _orm_session_note_unread (deletion->session, side->target);
  members = by_database ? dup_known_members (deletion->session, entity, side)
                        : dup_members (deletion->session, entity, side, error);
  if (members == NULL)
    return FALSE;

  for (guint i = members->len; i > 0; i--)
    {
      OrmEntity *member = g_ptr_array_index (members, i - 1);

      if (!collect (deletion, member, error))
        return FALSE;

      if (by_database)
        g_hash_table_add (deletion->with_owner, member);
    }

  return TRUE;
}

/*
 * Collects the entities that are deleted with @entity. All entities that are
 * marked as being deleted are in @deletion, also on failure.
 */
static gboolean
collect (Deletion *deletion, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmMapper *mapper = priv->mapper;
  gboolean is_done = TRUE;

  if (priv->is_deleting || priv->state == ORM_ENTITY_DELETED || priv->session != deletion->session)
    return TRUE;

  priv->is_deleting = TRUE;
  for (guint i = 0; i < mapper->n_collections && is_done; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_DENY)
      is_done = deny (deletion->session, entity, mapper->collections[i], error);

  for (guint i = 0; i < mapper->n_collections && is_done; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_CASCADE)
      is_done = collect_members (deletion, entity, mapper->collections[i], error);

  g_ptr_array_add (deletion->entities, g_object_ref (entity));
  return is_done;
}

static gboolean
stays (gpointer member, gpointer data)
{
  return !_orm_entity_get_private (member)->is_deleting;
}

/*
 * Removes the members that stay from the list of a deleted owner. Members that
 * are deleted too keep their owner.
 */
static gboolean
nullify_members (Deletion *deletion, OrmEntity *entity, OrmSide *side, GError **error)
{
  g_autoptr (GPtrArray) members = dup_members (deletion->session, entity, side, error);

  if (members == NULL)
    return FALSE;

  _orm_array_keep (members, stays, NULL);
  return members->len == 0 ||
         _orm_splice_remove (_orm_entity_ensure_collection (entity, side), members, error);
}

static gboolean
nullify_all_members (Deletion *deletion, GError **error)
{
  for (guint i = 0; i < deletion->entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (deletion->entities, i);
      OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

      for (guint j = 0; j < mapper->n_collections; j++)
        if (mapper->collections[j]->spec->rule == ORM_DELETE_NULLIFY &&
            !nullify_members (deletion, entity, mapper->collections[j], error))
          return FALSE;
    }

  return TRUE;
}

/*
 * A pending entity is treated as if it had never been added, and loses its
 * owners.
 */
static void
drop_pending (Deletion *deletion, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->state == ORM_ENTITY_PENDING)
      _orm_entity_move (entity, priv->mapper->references[i], NULL, ORM_POSITION_LAST,
                        ORM_MOVE_UNCHECKED, NULL);
}

static void
mark_deleted (Deletion *deletion, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmSession *session = deletion->session;
  OrmEntityState state = priv->state;

  leave_lists (session, entity);
  _orm_linked_delete (session, entity, ORM_LEAVE_NOTED);
  _orm_journal_add_state (_orm_session_get_journal (session), ORM_JOURNAL_DELETED, entity);
  _orm_session_record_deleted (session, entity);
  priv->is_gone_with_owner =
    state != ORM_ENTITY_PENDING && g_hash_table_contains (deletion->with_owner, entity);

  priv->state = ORM_ENTITY_DELETED;
  if (state == ORM_ENTITY_PENDING)
    _orm_session_drop (session, entity);
  else
    _orm_session_add_unsaved (session, entity);
}

static void
mark_all_deleted (Deletion *deletion)
{
  for (guint i = 0; i < deletion->entities->len; i++)
    drop_pending (deletion, g_ptr_array_index (deletion->entities, i));

  for (guint i = 0; i < deletion->entities->len; i++)
    mark_deleted (deletion, g_ptr_array_index (deletion->entities, i));
}

/*
 * Deletes in memory; emissions have to be held back. On failure the caller
 * reverts what was noted in the journal.
 */
gboolean
_orm_session_delete_entities (OrmSession *self, GPtrArray *entities, GError **error)
{
  Deletion deletion = { .session = self,
                        .entities = g_ptr_array_new_with_free_func (g_object_unref),
                        .kept = g_ptr_array_new_with_free_func (g_object_unref),
                        .with_owner = g_hash_table_new (NULL, NULL) };
  gboolean is_done = TRUE;

  for (guint i = 0; i < entities->len && is_done; i++)
    is_done = collect (&deletion, g_ptr_array_index (entities, i), error);

  is_done = is_done && nullify_all_members (&deletion, error);
  if (is_done)
    mark_all_deleted (&deletion);

  for (guint i = 0; i < deletion.entities->len; i++)
    _orm_entity_get_private (g_ptr_array_index (deletion.entities, i))->is_deleting = FALSE;

  g_ptr_array_unref (deletion.entities);
  g_ptr_array_unref (deletion.kept);
  g_hash_table_unref (deletion.with_owner);
  return is_done;
}

gboolean
_orm_session_delete_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();

  g_ptr_array_add (entities, entity);
  return _orm_session_delete_entities (self, entities, error);
}

/**
 * orm_session_delete:
 * @self: a session
 * @entity: (type OrmEntity): an entity of the session
 * @error: return location for an #OrmError
 *
 * Marks an entity for deletion. The delete rules of its relationships are
 * applied in memory at once: all lists that are affected emit their changes
 * before this returns. The row is deleted by the next flush. A new entity is
 * only removed from the session.
 *
 * If a list with %ORM_RELATIONSHIP_DB_CASCADE is not loaded, the database
 * deletes its members with their owner's row, in one statement and without
 * reading them. They are read first, with one statement for each level, if
 * orm_session_undo() has to be able to restore them: if the step has a label by
 * then, from orm_session_begin_group() or orm_session_set_label(), and undo
 * steps are kept at all. Without a label, the commit makes no step and forgets
 * all earlier ones, since only a part of the deletion could be undone.
 *
 * If this is called in a handler of a change, the entity is deleted when the
 * change is over. If a rule denies the deletion then, orm_entity_get_error() of
 * @entity returns the error.
 *
 * Returns: %FALSE if a rule denies the deletion; nothing has changed then
 */
gboolean
orm_session_delete (OrmSession *self, gpointer entity, GError **error)
{
  g_autoptr (OrmEntity) alive = NULL;
  gboolean autoflush, is_deleted;
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  alive = g_object_ref (entity);

  /* A transient entity has left the session, even if a group still holds back
   * the emission. */
  if (orm_entity_get_session (entity) != self ||
      orm_entity_get_state (entity) == ORM_ENTITY_TRANSIENT)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                           "The entity is not in this session");
      return FALSE;
    }

  if (_orm_session_is_busy (self))
    {
      _orm_session_postpone_deletion (self, entity);
      return TRUE;
    }

  mark = _orm_journal_get_length (_orm_session_get_journal (self));
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);

  /* If a part of the deletion were flushed, reverting memory would not be
   * enough. */
  autoflush = _orm_session_pause_autoflush (self);
  is_deleted = _orm_session_delete_entity (self, entity, error);
  if (!is_deleted)
    _orm_session_rewind (self, mark);
  orm_session_set_autoflush (self, autoflush);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_deleted;
}
