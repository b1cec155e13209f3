/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-session-private.h"

/*
 * Deletion in memory: the delete rules of the entity's lists, then its leaving
 * of the lists that it is in itself.
 */

/*
 * Takes a deleted entity out of the loaded lists of its owners. Its own to-ones
 * stay as they were: that is what it was.
 */
void
_orm_session_leave_lists (OrmSession *self, OrmEntity *entity)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *side = mapper->references[i];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;
      guint position = ORM_POSITION_SORTED;

      /* Noted even if there is no list: it may be loaded before a rollback. */
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

  /* What moved in memory is not in the rows yet. */
  if (_orm_session_get_unsaved (self)->len > 0)
    {
      if (!_orm_session_load_collection (self, list, error))
        return FALSE;
      *has = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
      return TRUE;
    }

  sql = _orm_dialect_has_members (side->target, side->inverse->spec->column);
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
 * The members in memory of a list that is not loaded. Where the database
 * cascades, they are all that has to be told.
 */
static GPtrArray *
dup_known_members (OrmSession *self, OrmEntity *entity, OrmSide *side)
{
  return _orm_session_dup_pointing_at (self, side->inverse, _orm_entity_get_key (entity));
}

static gboolean
cascade (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  OrmCollection *list = _orm_entity_peek_collection (entity, side);
  gboolean by_database = (side->spec->flags & ORM_RELATIONSHIP_DB_CASCADE) != 0 &&
                         (list == NULL || !orm_collection_is_loaded (list)) &&
                         _orm_entity_get_key (entity) > 0;
  g_autoptr (GPtrArray) members =
    by_database ? dup_known_members (self, entity, side) : dup_members (self, entity, side, error);

  if (members == NULL)
    return FALSE;

  for (guint i = members->len; i > 0; i--)
    {
      OrmEntity *member = g_ptr_array_index (members, i - 1);

      if (!_orm_session_delete_entity (self, member, error))
        return FALSE;

      /* Its row goes with its owner's. */
      if (by_database && orm_entity_get_state (member) == ORM_ENTITY_DELETED)
        _orm_entity_get_private (member)->is_gone_with_owner = TRUE;
    }

  return TRUE;
}

static gboolean
nullify (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  g_autoptr (GPtrArray) members = dup_members (self, entity, side, error);

  if (members == NULL)
    return FALSE;

  for (guint i = members->len; i > 0; i--)
    if (!_orm_entity_move (g_ptr_array_index (members, i - 1), side->inverse, NULL,
                           ORM_POSITION_LAST, ORM_MOVE_FROM_COLLECTION, error))
      return FALSE;

  return TRUE;
}

static gboolean
apply_rule (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  switch (side->spec->rule)
    {
    case ORM_DELETE_NO_ACTION:
      return TRUE;
    case ORM_DELETE_DENY:
      return deny (self, entity, side, error);
    case ORM_DELETE_NULLIFY:
      return nullify (self, entity, side, error);
    case ORM_DELETE_CASCADE:
      return cascade (self, entity, side, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
apply_rules (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  /* What is denied is denied before anything has moved. */
  for (guint i = 0; i < mapper->n_collections; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_DENY &&
        !apply_rule (self, entity, mapper->collections[i], error))
      return FALSE;

  for (guint i = 0; i < mapper->n_collections; i++)
    if (mapper->collections[i]->spec->rule != ORM_DELETE_DENY &&
        !apply_rule (self, entity, mapper->collections[i], error))
      return FALSE;

  return TRUE;
}

/*
 * Deletes in memory. On failure the caller takes back what was noted.
 */
gboolean
_orm_session_delete_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmEntityState state = priv->state;
  gboolean is_done;

  if (priv->is_deleting || state == ORM_ENTITY_DELETED || priv->session != self)
    return TRUE;

  priv->is_deleting = TRUE;
  is_done = apply_rules (self, entity, error);
  priv->is_deleting = FALSE;

  if (!is_done)
    return FALSE;

  _orm_session_leave_lists (self, entity);
  _orm_journal_add_state (_orm_session_get_journal (self), ORM_JOURNAL_DELETED, entity, state);
  _orm_session_record_deleted (self, entity);
  priv->is_gone_with_owner = FALSE;

  priv->state = ORM_ENTITY_DELETED;
  if (state == ORM_ENTITY_PENDING)
    _orm_session_drop (self, entity);
  else
    _orm_session_add_unsaved (self, entity);

  return TRUE;
}
