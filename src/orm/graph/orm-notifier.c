/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-collection-private.h"
#include "orm-session-impl-private.h"

/*
 * Changing and telling. Every change, from setting one property to a commit, is
 * bounded by _orm_session_enter() and _orm_session_leave(). A change of more
 * than one property is made in memory and in the rows first, while lists and
 * notifications are held back; then it is told. So a handler always finds the
 * session between two changes, and what it changes itself is a change of its
 * own. What a handler may do is decided by _orm_session_is_busy() alone.
 */

void
_orm_observer_free (OrmObserver *observer)
{
  g_clear_object (&observer->changes);
  g_free (observer);
}

OrmObserver *
_orm_session_add_observer (OrmSession *self, const OrmObserverClass *klass, gpointer data)
{
  OrmObserver *observer = g_new0 (OrmObserver, 1);

  observer->klass = klass;
  observer->data = data;
  observer->changes = _orm_change_set_new ();
  g_ptr_array_add (self->observers, observer);
  return observer;
}

static gboolean
is_following (gpointer observer, gpointer data)
{
  return ((OrmObserver *) observer)->klass != NULL;
}

static void
remove_gone_observers (OrmSession *self)
{
  _orm_array_keep (self->observers, is_following, NULL);
  self->n_gone = 0;
}

/*
 * Who lets go stays in the array until many have, or until nobody goes through
 * it any more.
 */
void
_orm_session_remove_observer (OrmSession *self, OrmObserver *observer)
{
  observer->klass = NULL;
  _orm_observer_skip (observer);
  self->n_gone++;

  if (self->depth == 0 && self->n_gone > self->observers->len / 2)
    remove_gone_observers (self);
}

void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  _orm_outbox_add_rekeyed (self->outbox, mapper, old_key, new_key);

  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->rekey != NULL)
        observer->klass->rekey (observer->data, mapper, old_key, new_key);
    }
}

/*
 * What was to be told is known to the observer already: it has just read
 * everything again.
 */
void
_orm_observer_skip (OrmObserver *self)
{
  g_object_unref (self->changes);
  self->changes = _orm_change_set_new ();
}

static void
note (OrmSession *self, OrmEntity *entity, guint64 slots)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->noted != NULL)
        observer->klass->noted (observer->data, entity, slots);
    }
}

static gboolean
deliver_to (OrmObserver *observer)
{
  g_autoptr (OrmChangeSet) changes = NULL;

  if (observer->klass == NULL || orm_change_set_get_n_changes (observer->changes) == 0)
    return FALSE;

  changes = g_steal_pointer (&observer->changes);
  observer->changes = _orm_change_set_new ();
  observer->klass->changed (observer->data, changes);
  return TRUE;
}

/*
 * Rows are not as they were read, and nobody knows which. Reads that start in
 * the worker from now on are current.
 */
void
_orm_session_tell_outdated (OrmSession *self)
{
  guint n = self->observers->len;

  self->is_outdated = FALSE;
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->outdated != NULL)
        observer->klass->outdated (observer->data);
    }
}

/*
 * The same, once the change that is under way ends.
 */
void
_orm_session_note_outdated (OrmSession *self)
{
  self->is_outdated = TRUE;
}

/*
 * The rows are as memory is: observers may read what memory cannot tell.
 */
static void
settle (OrmSession *self)
{
  guint n;

  self->needs_settling = FALSE;
  _orm_session_end_placing (self);
  if (self->is_outdated)
    _orm_session_tell_outdated (self);

  n = self->observers->len;
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->settled != NULL)
        observer->klass->settled (observer->data);
    }
}

/*
 * Tells the observers, and again while their handlers change more.
 */
static void
deliver (OrmSession *self)
{
  gboolean has_told;

  do
    {
      has_told = self->needs_settling;
      for (guint i = 0; i < self->observers->len; i++)
        has_told |= deliver_to (g_ptr_array_index (self->observers, i));
      if (self->needs_settling)
        settle (self);
    }
  while (has_told);

  _orm_session_update_dirty (self);
}

/*
 * Whether a change is being made or told. A handler then reads, sets values and
 * changes lists as it likes; deletions wait until it is over; everything else
 * is refused. A group that the program holds open is not a change.
 */
gboolean
_orm_session_is_busy (OrmSession *self)
{
  return self->depth > self->n_groups;
}

/*
 * Refuses what no handler may do.
 */
gboolean
_orm_session_refuse (OrmSession *self, const char *what, GError **error)
{
  if (!_orm_session_is_busy (self))
    return FALSE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_REENTRANT,
               "A handler of a change cannot call %s: do it when the change is over", what);
  return TRUE;
}

void
_orm_session_postpone_deletion (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->is_postponed)
    return;

  priv->is_postponed = TRUE;
  g_queue_push_tail (&self->postponed, g_object_ref (entity));
}

/*
 * Deletes what handlers wanted deleted. What is denied by now is told by the
 * entity, as what a setter refuses is.
 */
static void
delete_postponed (OrmSession *self)
{
  while (self->postponed.length > 0 && !_orm_session_is_busy (self))
    {
      g_autoptr (OrmEntity) entity = g_queue_pop_head (&self->postponed);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);
      gboolean is_wanted = priv->is_postponed && priv->session == self;
      GError *error = NULL;

      priv->is_postponed = FALSE;
      if (is_wanted && priv->state != ORM_ENTITY_DELETED &&
          !orm_session_delete (self, entity, &error))
        _orm_entity_take_error (entity, error);
    }
}

/*
 * Rows were written or read: observers may read them before the change ends.
 */
void
_orm_session_settle_later (OrmSession *self)
{
  self->needs_settling = TRUE;
}

gboolean
_orm_session_is_grouped (OrmSession *self)
{
  return self->n_groups > 0;
}

void
_orm_session_enter (OrmSession *self)
{
  _orm_session_check_thread (self);
  g_object_ref (self);
  self->depth++;
  _orm_outbox_finish (self->outbox);
}

void
_orm_session_leave (OrmSession *self)
{
  g_assert (_orm_session_is_busy (self));

  if (self->depth == 1)
    deliver (self);

  self->depth--;
  if (self->depth == 0)
    _orm_session_let_go_of_shared (self);
  if (self->depth == 0 && self->n_gone > self->observers->len / 2)
    remove_gone_observers (self);
  delete_postponed (self);
  g_object_unref (self);
}

/*
 * Until the end, lists and notifications are held back.
 */
void
_orm_session_begin_coalescing (OrmSession *self)
{
  _orm_outbox_hold (self->outbox);
}

void
_orm_session_end_coalescing (OrmSession *self)
{
  _orm_outbox_release (self->outbox);
  if (!_orm_outbox_is_holding (self->outbox))
    _orm_session_expunge_dropped (self);
}

gboolean
_orm_session_is_coalescing (OrmSession *self)
{
  return _orm_outbox_is_holding (self->outbox);
}

OrmOutbox *
_orm_session_get_outbox (OrmSession *self)
{
  return self->outbox;
}

/*
 * The collection remembers what its members' rows have, until they may have
 * something else.
 */
void
_orm_session_add_placing (OrmSession *self, OrmCollection *collection)
{
  g_ptr_array_add (self->placing, g_object_ref (collection));
}

void
_orm_session_end_placing (OrmSession *self)
{
  for (guint i = 0; i < self->placing->len; i++)
    _orm_collection_forget_values (g_ptr_array_index (self->placing, i));

  g_ptr_array_set_size (self->placing, 0);
}

/*
 * What cannot change anything for an observer is not gathered for it: many
 * lists are of classes that there is little of.
 */
static gboolean
is_concerned (OrmObserver *observer, OrmEntity *entity)
{
  return observer->klass != NULL &&
         (observer->klass->concerns == NULL ||
          observer->klass->concerns (observer->data, _orm_entity_get_private (entity)->mapper));
}

void
_orm_session_record_update (OrmSession *self, OrmEntity *entity, guint slot, const OrmValue *old)
{
  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED ||
      _orm_entity_get_private (entity)->is_dropped)
    return;

  note (self, entity, ORM_SLOT_BIT (slot));
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_update (observer->changes, entity, slot, old);
    }
}

/*
 * A link of the entity came or went: for observers, an update of no slot.
 */
void
_orm_session_record_linked (OrmSession *self, OrmEntity *entity)
{
  if (orm_entity_get_session (entity) != self ||
      orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return;

  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->linked != NULL)
        observer->klass->linked (observer->data, entity);
      if (is_concerned (observer, entity))
        _orm_change_set_add_linked (observer->changes, entity);
    }
}

void
_orm_session_record_inserted (OrmSession *self, OrmEntity *entity)
{
  note (self, entity, 0);
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_inserted (observer->changes, entity);
    }
}

void
_orm_session_record_deleted (OrmSession *self, OrmEntity *entity)
{
  note (self, entity, 0);
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_deleted (observer->changes, entity);
    }
}

/*
 * The session is closed: its observers let go.
 */
void
_orm_session_deliver_closed (OrmSession *self)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_observer_skip (observer);
      if (observer->klass != NULL)
        observer->klass->changed (observer->data, NULL);
    }
}
