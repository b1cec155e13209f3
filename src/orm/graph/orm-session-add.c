/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-links-private.h"
#include "orm-session-impl-private.h"

/*
 * Into the session, out of it, and finding in it.
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

      if ((orm_entity_get_session (target) == NULL ||
           orm_entity_get_state (target) == ORM_ENTITY_DELETED) &&
          !add_entity (self, target, error))
        return FALSE;

      if (priv->references[i].is_apart)
        _orm_entity_rejoin (entity, priv->mapper->references[i]);

      list = _orm_entity_peek_collection (target, priv->mapper->references[i]->inverse);
      if (list != NULL)
        _orm_collection_release (list, entity);
    }

  return TRUE;
}

/*
 * Those that a rollback took out of the entity's lists come with it again.
 */
static gboolean
add_apart (OrmSession *self, OrmEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) apart = _orm_entity_dup_apart (entity);

  _orm_entity_forget_apart (entity);
  for (guint i = apart->len; i > 0; i--)
    if (orm_entity_get_session (apart->pdata[i - 1]) == NULL &&
        !add_entity (self, apart->pdata[i - 1], error))
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
 * Whether the entity is only about to be deleted: its row is there.
 */
static gboolean
is_condemned (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return priv->state == ORM_ENTITY_DELETED && priv->session == self && priv->is_unsaved &&
         priv->key > 0;
}

static gboolean
pardon_members (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    {
      g_autoptr (GPtrArray) members = _orm_identity_map_dup_pointing_at (
        self->map, priv->mapper->collections[i]->inverse, priv->key);

      for (guint j = 0; j < members->len; j++)
        if (is_condemned (self, g_ptr_array_index (members, j)) &&
            !add_entity (self, g_ptr_array_index (members, j), error))
          return FALSE;
    }

  return TRUE;
}

/*
 * An entity that is added again before its row was deleted stays, and so do
 * those that were to go with it.
 */
static gboolean
pardon (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gboolean is_done;

  _orm_session_enter (self);
  _orm_journal_add_state (self->journal, ORM_JOURNAL_PARDONED, entity, priv->state);
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
  is_done = is_done && pardon_members (self, entity, error);
  _orm_session_leave (self);
  return is_done;
}

static gboolean
check_addable (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (!_orm_schema_has (self->schema, priv->mapper))
    g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "The session was not told of %s",
                 G_OBJECT_TYPE_NAME (entity));
  else if (priv->session != NULL && priv->session != self)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                         "The entity belongs to another session");
  else if ((priv->state == ORM_ENTITY_DELETED && !is_condemned (self, entity)) ||
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

  /* A handler adds what is just leaving. */
  if (priv->is_dropped && !priv->is_gone)
    {
      priv->is_dropped = FALSE;
      _orm_session_expunge (self, entity);
    }

  if (!check_addable (self, entity, error))
    return FALSE;

  if (priv->state == ORM_ENTITY_DELETED)
    return pardon (self, entity, error);

  if (priv->session == self)
    return TRUE;

  _orm_session_enter (self);
  _orm_journal_add_state (self->journal, ORM_JOURNAL_ADDED, entity, priv->state);
  priv->state = ORM_ENTITY_PENDING;
  _orm_session_remember (self, entity);
  _orm_session_add_unsaved (self, entity);
  _orm_session_record_inserted (self, entity);

  if (!add_targets (self, entity, error) || !add_members (self, entity, error) ||
      !add_apart (self, entity, error) || !_orm_collection_join_links (self, entity, error))
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
 * Puts a new entity into the session; the next flush gives it a row. What it
 * is related to and is new too comes along. One that was marked for deletion
 * and is added before the flush stays, with what was to go with it.
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

  mark = _orm_journal_get_length (self->journal);
  _orm_session_enter (self);
  _orm_entity_get_private (entity)->is_postponed = FALSE;
  is_added = add_entity (self, entity, error);
  if (!is_added)
    _orm_journal_rewind (self->journal, self, mark);
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

      members = _orm_identity_map_dup_pointing_at (self->map, inverse, priv->key);
      for (guint j = 0; j < members->len; j++)
        leave (self, g_ptr_array_index (members, j));
    }

  for (guint i = 0; i < mapper->n_references; i++)
    if (priv->references[i].target != NULL)
      _orm_entity_stand_apart (entity, mapper->references[i]);
}

/*
 * A new entity that was taken out of a list whose members need an owner leaves
 * the session, with its own new members. It keeps its other to-ones, for
 * somebody may add it again.
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

/**
 * orm_session_delete:
 * @self: a session
 * @entity: (type OrmEntity): an entity of the session
 * @error: return location for an #OrmError
 *
 * Marks an entity for deletion. The delete rules of its relationships act in
 * memory now: every list it or its members are in tells so before this
 * returns. The row goes with the next flush. A new entity is just dropped.
 *
 * Members of a list with %ORM_RELATIONSHIP_DB_CASCADE that was not read are
 * deleted by the database, unread, with their owner's row: one statement. So
 * that orm_session_undo() can bring them back, they are read first, one
 * statement a level, where the step has a name by then, from
 * orm_session_begin_group() or orm_session_set_label(), and steps are kept at
 * all. Without a name the commit makes no step and forgets those before it: half
 * a deletion is not offered to be taken back.
 *
 * In a handler of a change the entity is deleted when the change is over; if a
 * rule denies it then, orm_entity_get_error() of @entity says so.
 *
 * Returns: %FALSE if a rule denies it; then nothing has changed
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
  if (orm_entity_get_session (entity) != self)
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

  mark = _orm_journal_get_length (self->journal);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);

  /* What is written of half a deletion, memory alone could not take back. */
  autoflush = self->autoflush;
  self->autoflush = FALSE;
  is_deleted = _orm_session_delete_entity (self, entity, error);
  if (!is_deleted)
    _orm_journal_rewind (self->journal, self, mark);
  self->autoflush = autoflush;
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_deleted;
}

/**
 * orm_session_get:
 * @self: a session
 * @type: an entity class
 * @id: a row's id
 * @error: return location for an #OrmError
 *
 * Finds a row by its id; if its entity is in memory, without a statement.
 *
 * Returns: (transfer full) (nullable) (type OrmEntity): the entity; %NULL
 *   without @error set if there is no such row
 */
gpointer
orm_session_get (OrmSession *self, GType type, gint64 id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  OrmMapper *mapper;
  OrmEntity *entity;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  mapper = _orm_session_get_mapper (self, type);
  g_return_val_if_fail (mapper != NULL, NULL);

  /* Below 0 there are the keys of entities without a row. */
  entity = id > 0 ? _orm_session_peek (self, mapper, id) : NULL;
  if (entity != NULL)
    return orm_entity_get_state (entity) == ORM_ENTITY_DELETED ? NULL : g_object_ref (entity);

  if (!_orm_session_check_usable (self, error))
    return NULL;

  _orm_row_cache_remove (_orm_session_get_rows (self, mapper), id);
  entity = _orm_session_load_one (self, mapper, id, &local_error);
  if (entity == NULL && !g_error_matches (local_error, ORM_ERROR, ORM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return entity;
}
