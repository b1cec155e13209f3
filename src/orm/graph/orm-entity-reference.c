/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-cascade-private.h"
#include "orm-collection-private.h"
#include "orm-loader-private.h"
#include "orm-session-private.h"
#include "orm-unit-of-work-private.h"

/*
 * A change of a to-one, made from either side, is one operation with up to
 * three emissions: the removal from the old list, the notification, the
 * addition to the new list. A handler of the first two may change the same
 * to-one again; then the inner change wins and the outer one stops. No other
 * change can interrupt it, see _orm_session_is_busy().
 */

typedef struct
{
  OrmEntity *entity;
  OrmSide *side;
  OrmReference *reference;
  OrmSession *session; /* the session that notes the change */
  OrmEntity *old_target;
  OrmEntity *target;
  guint position;
  guint serial;
  OrmMoveFlags flags;
} Move;

struct _OrmRemoval
{
  Move move;
};

/*
 * The session of the entity; %NULL if it is about to leave it.
 */
static OrmSession *
get_session (OrmEntity *entity)
{
  OrmEntityPrivate *priv = entity != NULL ? _orm_entity_get_private (entity) : NULL;

  return priv != NULL && !priv->is_dropped ? priv->session : NULL;
}

/*
 * Returns the target of a to-one, and reads it if necessary. If its row does
 * not exist, this is remembered until rows may have changed.
 */
OrmEntity *
_orm_entity_get_target (OrmEntity *self, OrmSide *side, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmReference *reference = &priv->references[side->number];
  g_autoptr (GError) local_error = NULL;

  if (reference->target != NULL || reference->key == 0)
    return reference->target;

  if (priv->session == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_DETACHED,
                   "%s.%s was not read before the session was closed", side->owner->table,
                   side->spec->name);
      return NULL;
    }

  g_set_object (&reference->target,
                _orm_session_peek (priv->session, side->target, reference->key));
  if (reference->target != NULL)
    return reference->target;

  if ((side->spec->flags & ORM_RELATIONSHIP_STRICT) != 0)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_LAZY_LOAD, "%s.%s is strict: prefetch it",
                   side->owner->table, side->spec->name);
      return NULL;
    }

  if (reference->is_missing)
    {
      _orm_session_set_not_found (side->target, reference->key, error);
      return NULL;
    }

  reference->target =
    _orm_session_load_target (priv->session, side->target, reference->key, &local_error);
  reference->is_missing = g_error_matches (local_error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return reference->target;
}

/*
 * The target of a to-one as of its last notification.
 */
OrmEntity *
_orm_entity_get_announced_target (OrmEntity *self, OrmSide *side, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  OrmMoved *moved = priv->references[side->number].moved;
  g_autoptr (OrmEntity) loaded = NULL;
  gint64 key;

  if (moved == NULL || !_orm_moved_is_lagging (moved))
    return _orm_entity_get_target (self, side, error);

  key = _orm_moved_get_announced_key (moved);
  if (_orm_moved_get_announced_target (moved) == NULL && key > 0 && priv->session != NULL)
    {
      loaded = orm_session_get (priv->session, side->target->type, key, error);
      _orm_moved_set_announced_target (moved, loaded);
    }

  return _orm_moved_get_announced_target (moved);
}

/*
 * The key of the target of a to-one as of its last notification.
 */
gint64
_orm_entity_get_announced_key (OrmEntity *self, OrmSide *side)
{
  OrmReference *reference = &_orm_entity_get_private (self)->references[side->number];

  return reference->moved != NULL && _orm_moved_is_lagging (reference->moved)
           ? _orm_moved_get_announced_key (reference->moved)
           : reference->key;
}

static gboolean
check_target (Move *move, GError **error)
{
  OrmSession *mine = get_session (move->entity);
  OrmSession *theirs = get_session (move->target);

  if (move->target == NULL)
    return TRUE;

  if (!G_TYPE_CHECK_INSTANCE_TYPE (move->target, move->side->target->type))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION, "%s.%s is a %s, not a %s",
                   move->side->owner->table, move->side->spec->name,
                   g_type_name (move->side->target->type), G_OBJECT_TYPE_NAME (move->target));
      return FALSE;
    }

  if (mine != NULL && theirs != NULL && mine != theirs)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                   "%s.%s: the two belong to different sessions", move->side->owner->table,
                   move->side->spec->name);
      return FALSE;
    }

  if (_orm_entity_get_private (move->target)->state == ORM_ENTITY_DELETED ||
      _orm_entity_get_private (move->target)->is_deleting)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "%s.%s: the target is deleted",
                   move->side->owner->table, move->side->spec->name);
      return FALSE;
    }

  return TRUE;
}

/*
 * Lets both sides validate the change: the member its to-one, the new owner its
 * list.
 */
static gboolean
check_vetoes (Move *move, GError **error)
{
  g_auto (GValue) target = G_VALUE_INIT, member = G_VALUE_INIT;

  if (ORM_ENTITY_GET_CLASS (move->entity)->validate == NULL &&
      (move->target == NULL || ORM_ENTITY_GET_CLASS (move->target)->validate == NULL))
    return TRUE;

  g_value_init (&target, move->side->target->type);
  g_value_set_object (&target, move->target);
  if (!_orm_entity_check_vetoes (move->entity, move->side->spec->name, &target, error))
    return FALSE;

  if (move->target == NULL)
    return TRUE;

  g_value_init (&member, move->side->owner->type);
  g_value_set_object (&member, move->entity);
  return _orm_entity_check_vetoes (move->target, move->side->inverse->spec->name, &member, error);
}

/*
 * Adds a new target to the session of the entity, or an entity that is appended
 * to a list to the session of the list. Setting the to-one of a new entity does
 * not add it: the program has to do that (the rule of SQLAlchemy 2.0).
 */
static gboolean
cascade_add (Move *move, GError **error)
{
  OrmSession *mine = get_session (move->entity);
  OrmSession *theirs = get_session (move->target);

  if (move->target == NULL || (move->flags & ORM_MOVE_REPLAY) != 0)
    return TRUE;

  if (mine != NULL && theirs == NULL)
    return orm_session_add (mine, move->target, error);

  if (theirs != NULL && mine == NULL && (move->flags & ORM_MOVE_FROM_COLLECTION) != 0)
    return orm_session_add (theirs, move->entity, error);

  return TRUE;
}

static gboolean
is_superseded (Move *move)
{
  return move->reference->serial != move->serial;
}

static OrmCollection *
get_list (OrmEntity *owner, OrmSide *side)
{
  return owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;
}

static void
note (Move *move)
{
  OrmCollection *list = get_list (move->old_target, move->side);
  guint position = ORM_POSITION_SORTED;

  if (move->session == NULL || (move->flags & ORM_MOVE_REPLAY) != 0)
    return;

  if (list != NULL)
    _orm_collection_find_key (list, _orm_entity_get_key (move->entity), &position);
  _orm_journal_add_reference (_orm_session_get_journal (move->session), move->entity, move->side,
                              move->reference->key, move->old_target, position,
                              (move->flags & (ORM_MOVE_FROM_COLLECTION | ORM_MOVE_UNCHECKED)) != 0
                                ? ORM_JOURNAL_BY_LIBRARY
                                : ORM_JOURNAL_BY_PROGRAM);
}

static void
leave_old_list (Move *move)
{
  OrmCollection *list = get_list (move->old_target, move->side);

  if (list != NULL)
    _orm_collection_take (list, move->entity);
}

static void
update_orphaned (Move *move, gboolean had_target)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (move->entity);
  guint64 bit = ORM_SLOT_BIT (move->side->number);
  OrmRelationshipFlags flags = move->side->inverse->spec->flags;

  if (move->target != NULL || (move->flags & ORM_MOVE_REPLAY) != 0)
    priv->orphaned &= ~bit;
  else if (had_target && (flags & ORM_RELATIONSHIP_DELETE_ORPHAN) != 0)
    priv->orphaned |= bit;
}

static void
set_target (Move *move)
{
  guint slot = _orm_side_get_slot (move->side);
  OrmValue old = _orm_entity_get_slot (move->entity, slot);

  if (get_session (move->entity) != NULL)
    {
      _orm_session_record_update (get_session (move->entity), move->entity, slot, &old);
      if ((move->flags & ORM_MOVE_REPLAY) == 0)
        _orm_entity_mark_dirty (move->entity, slot);
    }

  if (move->session != NULL)
    _orm_outbox_add_reference (_orm_session_get_outbox (move->session), move->entity, move->side);

  update_orphaned (move, !old.is_null);
  move->reference->key = move->target != NULL ? _orm_entity_get_key (move->target) : 0;
  move->reference->is_missing = FALSE;
  g_set_object (&move->reference->target, move->target);
  _orm_entity_notify_slot (move->entity, slot);
}

static void
enter_new_list (Move *move)
{
  OrmCollection *list;

  if (move->target == NULL || _orm_entity_get_private (move->entity)->state == ORM_ENTITY_DELETED)
    return;

  list = _orm_entity_ensure_collection (move->target, move->side->inverse);
  _orm_collection_insert (list, move->entity, move->position);
}

static void
run (Move *move)
{
  note (move);
  leave_old_list (move);
  if (is_superseded (move))
    return;

  set_target (move);
  if (!is_superseded (move) && (move->flags & ORM_MOVE_STAY_OUT) == 0)
    enter_new_list (move);
}

/*
 * Called if a handler of the removal has set the to-one to the old target
 * again: the outer change stops, and the member is inserted into the list
 * again.
 */
static void
stay_in_list (Move *move)
{
  OrmCollection *list = get_list (move->target, move->side);

  if (list != NULL)
    _orm_collection_finish_emission (list);
  if (list != NULL && !_orm_collection_find_key (list, _orm_entity_get_key (move->entity), NULL))
    _orm_collection_insert (list, move->entity, move->position);
}

static gboolean
is_there (Move *move)
{
  return move->reference->key == (move->target != NULL ? _orm_entity_get_key (move->target) : 0);
}

/*
 * A validation may itself move the entity, so the old target is read only after
 * it.
 */
static gboolean
move_checked (Move *move, GError **error)
{
  g_autoptr (OrmEntity) old_target = NULL;

  if ((move->flags & (ORM_MOVE_REPLAY | ORM_MOVE_UNCHECKED)) == 0 &&
      (!check_target (move, error) || !check_vetoes (move, error) || !cascade_add (move, error)))
    return FALSE;

  if (is_there (move))
    return TRUE;

  move->reference->is_unlisted = FALSE;
  g_set_object (&old_target, _orm_entity_peek_target (move->entity, move->side));
  move->old_target = old_target;
  move->session = get_session (move->entity);
  if (move->session == NULL)
    move->session = get_session (move->target);
  if (move->session == NULL)
    move->session = get_session (move->old_target);

  move->serial = ++move->reference->serial;
  move->reference->moving++;
  run (move);
  move->reference->moving--;
  return TRUE;
}

gboolean
_orm_entity_is_unlisted (OrmEntity *self, OrmSide *side)
{
  return _orm_entity_get_private (self)->references[side->number].is_unlisted;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

void
_orm_entity_clear_unlisted (OrmEntity *self)
{
  g_slist_free_full (g_steal_pointer (&_orm_entity_get_private (self)->unlisted), weak_ref_free);
}

/*
 * The new entities, as far as they are alive, that refer to this one but are
 * not in its lists.
 */
GPtrArray *
_orm_entity_dup_unlisted (OrmEntity *self)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = _orm_entity_get_private (self)->unlisted; l != NULL; l = l->next)
    {
      g_autoptr (OrmEntity) entity = g_weak_ref_get (l->data);
      OrmEntityPrivate *priv = entity != NULL ? _orm_entity_get_private (entity) : NULL;
      gboolean is_unlisted = FALSE;

      for (guint i = 0; priv != NULL && i < priv->mapper->n_references; i++)
        is_unlisted |= priv->references[i].is_unlisted && priv->references[i].target == self;
      if (is_unlisted)
        g_ptr_array_add (entities, g_steal_pointer (&entity));
    }

  return entities;
}

/*
 * Removes a new entity from the list of its target, but keeps the reference to
 * it. If the target is new as well, adding it again also adds the entity. The
 * target has only a weak reference for that, to avoid a reference cycle.
 */
void
_orm_entity_unlist (OrmEntity *self, OrmSide *side)
{
  OrmReference *reference = &_orm_entity_get_private (self)->references[side->number];
  OrmCollection *list = get_list (reference->target, side);
  OrmEntityPrivate *target =
    reference->target != NULL ? _orm_entity_get_private (reference->target) : NULL;

  reference->is_unlisted = TRUE;
  if (target != NULL && (target->is_leaving || target->state == ORM_ENTITY_TRANSIENT))
    {
      GWeakRef *weak = g_new0 (GWeakRef, 1);

      g_weak_ref_init (weak, self);
      target->unlisted = g_slist_prepend (target->unlisted, weak);
    }

  if (list != NULL)
    _orm_collection_take (list, self);
}

/*
 * Makes an entity that is added again, or put into the list, an ordinary
 * member.
 */
void
_orm_entity_relist (OrmEntity *self, OrmSide *side)
{
  OrmReference *reference = &_orm_entity_get_private (self)->references[side->number];
  OrmSession *session = get_session (reference->target);

  reference->is_unlisted = FALSE;
  if (session != NULL)
    _orm_journal_add_reference (_orm_session_get_journal (session), self, side, 0, NULL,
                                ORM_POSITION_LAST, ORM_JOURNAL_BY_PROGRAM);
  _orm_collection_insert (_orm_entity_ensure_collection (reference->target, side->inverse), self,
                          ORM_POSITION_LAST);
}

static gboolean
relist_checked (OrmEntity *self, OrmSide *side, OrmMoveFlags flags, GError **error)
{
  OrmEntity *target = _orm_entity_get_private (self)->references[side->number].target;
  OrmSession *session = get_session (target);
  Move move = { .entity = self, .side = side, .target = target, .flags = flags };
  gboolean is_done;

  if (session != NULL)
    _orm_session_enter (session);
  is_done = check_target (&move, error) && cascade_add (&move, error);

  /* Adding the entity to the session may have put it back already. */
  if (is_done && _orm_entity_is_unlisted (self, side))
    _orm_entity_relist (self, side);
  if (session != NULL)
    _orm_session_leave (session);
  return is_done;
}

/*
 * Sets the to-one @side of @self to @target and updates both lists.
 */
gboolean
_orm_entity_move (OrmEntity *self,
                  OrmSide *side,
                  OrmEntity *target,
                  guint position,
                  OrmMoveFlags flags,
                  GError **error)
{
  OrmReference *reference = &_orm_entity_get_private (self)->references[side->number];
  g_autoptr (OrmEntity) alive = g_object_ref (self);
  g_autoptr (OrmEntity) new_target = target != NULL ? g_object_ref (target) : NULL;
  OrmSession *session;
  gboolean is_done;
  Move move = { .entity = self,
                .side = side,
                .reference = reference,
                .target = target,
                .position = position,
                .flags = flags };

  if (reference->is_unlisted && reference->target == target)
    return relist_checked (self, side, flags, error);

  if (is_there (&move))
    {
      if (reference->moving > 0)
        {
          reference->serial++;
          stay_in_list (&move);
        }
      return TRUE;
    }

  session = get_session (self) != NULL ? get_session (self) : get_session (target);
  if (session == NULL)
    session = get_session (_orm_entity_peek_target (self, side));

  if (session != NULL)
    _orm_session_enter (session);
  is_done = move_checked (&move, error);
  if (session != NULL)
    _orm_session_leave (session);
  return is_done;
}

/*
 * Begins the removal of a member from a list that the caller changes for
 * several members at once: validates and notes it. Removals have to begin with
 * the last member, so that a rollback inserts the first one first.
 */
OrmRemoval *
_orm_removal_begin (OrmEntity *entity, OrmSide *side, GError **error)
{
  OrmRemoval *self = g_new0 (OrmRemoval, 1);
  Move *move = &self->move;

  move->entity = g_object_ref (entity);
  move->side = side;
  move->reference = &_orm_entity_get_private (entity)->references[side->number];
  move->position = ORM_POSITION_LAST;

  g_set_object (&move->old_target, _orm_entity_peek_target (entity, side));
  move->session =
    get_session (entity) != NULL ? get_session (entity) : get_session (move->old_target);
  if (move->session != NULL)
    _orm_session_enter (move->session);

  move->serial = ++move->reference->serial;
  move->reference->moving++;
  if (!check_vetoes (move, error))
    {
      _orm_removal_cancel (self);
      _orm_removal_end (self);
      return NULL;
    }

  if (!is_superseded (move))
    note (move);
  return self;
}

OrmEntity *
_orm_removal_get_entity (OrmRemoval *self)
{
  return self->move.entity;
}

/*
 * Whether a handler has changed the same to-one meanwhile; its change wins.
 */
gboolean
_orm_removal_is_superseded (OrmRemoval *self)
{
  return is_superseded (&self->move);
}

/*
 * Cancels a removal before the list is changed: the member stays.
 */
void
_orm_removal_cancel (OrmRemoval *self)
{
  self->move.reference->serial++;
}

/*
 * Ends a removal after the list has emitted it: the member has no owner now.
 */
void
_orm_removal_end (OrmRemoval *self)
{
  Move *move = &self->move;

  if (!is_superseded (move))
    set_target (move);

  move->reference->moving--;
  if (get_session (move->entity) != NULL)
    _orm_session_leave_orphan (get_session (move->entity), move->entity);
  if (move->session != NULL)
    _orm_session_leave (move->session);

  g_clear_object (&move->old_target);
  g_object_unref (move->entity);
  g_free (self);
}

/*
 * Sets the to-one @side to the target with @key, as in the database: neither
 * checked nor noted, and the target need not be in memory.
 */
void
_orm_entity_retarget (OrmEntity *self, OrmSide *side, const OrmValue *key)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  guint slot = _orm_side_get_slot (side);
  OrmEntity *target = NULL;
  OrmValue old;

  if (!key->is_null && priv->session != NULL)
    target = _orm_session_peek (priv->session, side->target, key->integer);

  _orm_entity_move (self, side, target, ORM_POSITION_LAST, ORM_MOVE_REPLAY, NULL);
  if (target != NULL || key->is_null)
    return;

  old = _orm_entity_get_slot (self, slot);
  if (priv->session != NULL)
    {
      _orm_session_record_update (priv->session, self, slot, &old);
      _orm_outbox_add_reference (_orm_session_get_outbox (priv->session), self, side);
    }
  _orm_entity_load_slot (self, slot, key);
  _orm_entity_notify_slot (self, slot);
}
