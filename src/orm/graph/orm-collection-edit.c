/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-impl-private.h"
#include "orm-collection-links-private.h"

/*
 * Changing a collection, as its user does it.
 */

static OrmSession *
get_session (OrmCollection *self)
{
  return self->owner != NULL ? orm_entity_get_session (self->owner) : NULL;
}

static gboolean
insert (OrmCollection *self, gpointer entity, guint position, GError **error)
{
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
    return _orm_collection_link (self, entity, position, ORM_POSITION_LAST, NULL, error);

  return _orm_entity_move (entity, self->side->inverse, self->owner, position,
                           ORM_MOVE_FROM_COLLECTION, error);
}

/**
 * orm_collection_try_append:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 * @error: return location for an #OrmError or an entity's own error
 *
 * Makes @entity a member, at the end; its former owner loses it, unless the
 * relationship is a many-to-many. If the owner is in a session, the entity
 * joins it. An unloaded collection is not loaded.
 *
 * Returns: %TRUE if it is a member now, also if it was one before
 */
gboolean
orm_collection_try_append (OrmCollection *self, gpointer entity, GError **error)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);

  return insert (self, entity, ORM_POSITION_LAST, error);
}

/**
 * orm_collection_append:
 * @self: a collection
 * @entity: (type OrmEntity): an entity of the collection's type
 *
 * As orm_collection_try_append(), for a program that knows that nothing
 * objects; a refusal is in orm_entity_get_error() of @entity.
 *
 * Returns: %FALSE if it was a member already, or was refused
 */
gboolean
orm_collection_append (OrmCollection *self, gpointer entity)
{
  GError *error = NULL;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);
  g_return_val_if_fail (G_TYPE_CHECK_INSTANCE_TYPE (entity, self->side->target->type), FALSE);

  if (_orm_side_has_links (self->side))
    {
      gboolean is_new = FALSE;

      if (!_orm_collection_link (self, entity, ORM_POSITION_LAST, ORM_POSITION_LAST, &is_new,
                                 &error))
        _orm_entity_take_error (entity, error);
      return is_new;
    }

  if (orm_collection_contains (self, entity) &&
      _orm_entity_get_private (entity)->references[self->side->inverse->number].moving == 0)
    return FALSE;

  if (insert (self, entity, ORM_POSITION_LAST, &error))
    return TRUE;

  _orm_entity_take_error (entity, error);
  return FALSE;
}

/**
 * orm_collection_remove:
 * @self: a collection
 * @entity: (type OrmEntity): an entity
 *
 * Takes a member out: it has no owner then. Where the relationship deletes
 * orphans, the next flush deletes it unless it was given another owner; one
 * that is new leaves the session at once. In a
 * many-to-many nothing but the link goes, and nobody is asked.
 *
 * Returns: %FALSE if it was no member, or was refused
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
      _orm_collection_unlink (self, entity);
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
  gboolean is_told_now = _orm_collection_begin_change (self);
  guint first = MIN (from, to), n = MAX (from, to) - first + 1;

  _orm_keys_remove (self->list.keys, from, 1);
  _orm_keys_insert (self->list.keys, to, key, 0);

  if (is_told_now)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

/*
 * A rollback of orm_collection_move().
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
 * Gives a member another place in memory. No member leaves, nothing becomes
 * dirty, and the database does not keep the order. A list that is ordered by a
 * column is in no other order: set the column instead.
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
  g_return_if_fail (!_orm_side_is_ordered (self->side));

  if (from == to)
    return;

  /* What the list is telling comes first, and may change who is where. */
  key = _orm_keys_get (self->list.keys, from);
  session = get_session (self) != NULL ? g_object_ref (get_session (self)) : NULL;
  if (session != NULL)
    _orm_session_enter (session);
  _orm_collection_catch_up (self);

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
