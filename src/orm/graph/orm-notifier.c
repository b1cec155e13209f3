/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-collection-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Making and emitting changes. Every change, from setting one property to a
 * commit, is between _orm_session_enter() and _orm_session_leave(). A change of
 * more than one property is first made in memory and in the rows, while the
 * emissions of lists and notifications are held back; then it is emitted. So a
 * handler always finds the session between two changes, and a change that it
 * makes is a change of its own. _orm_session_is_busy() alone decides what a
 * handler may do.
 */

struct _OrmObserver
{
  const OrmObserverClass *klass; /* NULL once it is removed */
  gpointer data;
  OrmChangeSet *changes;
};

struct _OrmNotifier
{
  guint depth;    /* the number of changes in progress and open groups */
  guint n_groups; /* how many of these are groups opened by the program */
  OrmOutbox *outbox;
  gboolean needs_settling; /* observers may read the rows before the change ends */
  gboolean is_outdated;    /* rows changed, and observers were not notified yet */
  GQueue postponed;        /* of OrmEntity: to be deleted once no change is in progress */
  GPtrArray *observers;
  guint n_gone;            /* how many of them were removed */
  GPtrArray *order_caches; /* of OrmCollection: they cache the order column of their rows */
};

static void
observer_free (gpointer data)
{
  OrmObserver *observer = data;

  g_clear_object (&observer->changes);
  g_free (observer);
}

OrmNotifier *
_orm_notifier_new (void)
{
  OrmNotifier *self = g_new0 (OrmNotifier, 1);

  self->outbox = _orm_outbox_new ();
  self->observers = g_ptr_array_new_with_free_func (observer_free);
  self->order_caches = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->postponed);
  return self;
}

void
_orm_notifier_free (OrmNotifier *self)
{
  g_ptr_array_unref (self->observers);
  g_ptr_array_unref (self->order_caches);
  g_queue_clear_full (&self->postponed, g_object_unref);
  _orm_outbox_free (self->outbox);
  g_free (self);
}

OrmObserver *
_orm_session_add_observer (OrmSession *self, const OrmObserverClass *klass, gpointer data)
{
  OrmObserver *observer = g_new0 (OrmObserver, 1);

  observer->klass = klass;
  observer->data = data;
  observer->changes = _orm_change_set_new ();
  g_ptr_array_add (_orm_session_get_notifier (self)->observers, observer);
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
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  _orm_array_keep (notifier->observers, is_following, NULL);
  notifier->n_gone = 0;
}

/*
 * Removes an observer. It stays in the array until that is not being iterated
 * and most of its observers are removed.
 */
void
_orm_session_remove_observer (OrmSession *self, OrmObserver *observer)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  observer->klass = NULL;
  _orm_observer_skip (observer);
  notifier->n_gone++;

  if (notifier->depth == 0 && notifier->n_gone > notifier->observers->len / 2)
    remove_gone_observers (self);
}

void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  _orm_outbox_add_rekeyed (notifier->outbox, mapper, old_key, new_key);

  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (observer->klass != NULL && observer->klass->rekey != NULL)
        observer->klass->rekey (observer->data, mapper, old_key, new_key);
    }
}

/*
 * Drops the changes that an observer has not seen yet, because it has just read
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
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

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
 * Notifies the observers that unknown rows have changed. Reads that the worker
 * starts from now on are current.
 */
void
_orm_session_notify_outdated (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);
  guint n = notifier->observers->len;

  notifier->is_outdated = FALSE;
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (observer->klass != NULL && observer->klass->outdated != NULL)
        observer->klass->outdated (observer->data);
    }
}

/*
 * The same, at the end of the change in progress.
 */
void
_orm_session_note_outdated (OrmSession *self)
{
  _orm_session_get_notifier (self)->is_outdated = TRUE;
}

/*
 * Lets observers read from the database what they cannot find out in memory;
 * the rows are the same as memory now.
 */
static void
settle (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);
  guint n;

  notifier->needs_settling = FALSE;
  _orm_session_clear_order_caches (self);
  if (notifier->is_outdated)
    _orm_session_notify_outdated (self);

  n = notifier->observers->len;
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (observer->klass != NULL && observer->klass->settled != NULL)
        observer->klass->settled (observer->data);
    }
}

/*
 * Calls the observers, and calls them again as long as their handlers make
 * changes.
 */
static void
deliver (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);
  gboolean has_delivered;

  do
    {
      has_delivered = notifier->needs_settling;
      for (guint i = 0; i < notifier->observers->len; i++)
        has_delivered |= deliver_to (g_ptr_array_index (notifier->observers, i));
      if (notifier->needs_settling)
        settle (self);
    }
  while (has_delivered);

  _orm_session_update_dirty (self);
}

/*
 * Whether a change is being made or emitted. A handler may then read, set
 * values and change lists; deletions are postponed until the change is over,
 * and everything else is refused. A group that the program has opened is not a
 * change.
 */
gboolean
_orm_session_is_busy (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  return notifier->depth > notifier->n_groups;
}

/*
 * Refuses a call that a handler may not make.
 *
 * Returns: whether the call is refused, with @error set
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
  g_queue_push_tail (&_orm_session_get_notifier (self)->postponed, g_object_ref (entity));
}

/*
 * Deletes the entities that handlers wanted to delete. If a rule denies it by
 * now, the error is set on the entity, as by a setter.
 */
static void
delete_postponed (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  while (notifier->postponed.length > 0 && !_orm_session_is_busy (self))
    {
      g_autoptr (OrmEntity) entity = g_queue_pop_head (&notifier->postponed);
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
 * Lets observers read rows before the change in progress ends, because rows
 * were written or read.
 */
void
_orm_session_settle_later (OrmSession *self)
{
  _orm_session_get_notifier (self)->needs_settling = TRUE;
}

gboolean
_orm_session_is_grouped (OrmSession *self)
{
  return _orm_session_get_notifier (self)->n_groups > 0;
}

void
_orm_session_enter (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  _orm_session_check_thread (self);
  g_object_ref (self);
  notifier->depth++;
  _orm_outbox_finish (notifier->outbox);
}

void
_orm_session_leave (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  g_assert (_orm_session_is_busy (self));

  if (notifier->depth == 1)
    deliver (self);

  notifier->depth--;
  if (notifier->depth == 0)
    _orm_identity_map_release_shared (_orm_session_get_map (self));
  if (notifier->depth == 0 && notifier->n_gone > notifier->observers->len / 2)
    remove_gone_observers (self);
  delete_postponed (self);
  g_object_unref (self);
}

/*
 * Holds back the emissions of lists and notifications until
 * _orm_session_end_coalescing().
 */
void
_orm_session_begin_coalescing (OrmSession *self)
{
  _orm_outbox_hold (_orm_session_get_notifier (self)->outbox);
}

void
_orm_session_end_coalescing (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  _orm_outbox_release (notifier->outbox);
  if (!_orm_outbox_is_holding (notifier->outbox))
    _orm_session_expunge_dropped (self);
}

gboolean
_orm_session_is_coalescing (OrmSession *self)
{
  return _orm_outbox_is_holding (_orm_session_get_notifier (self)->outbox);
}

OrmOutbox *
_orm_session_get_outbox (OrmSession *self)
{
  return _orm_session_get_notifier (self)->outbox;
}

/*
 * Notes that a collection caches the order column of its members' rows; it has
 * to forget it when the rows may change.
 */
void
_orm_session_add_order_cache (OrmSession *self, OrmCollection *collection)
{
  g_ptr_array_add (_orm_session_get_notifier (self)->order_caches, g_object_ref (collection));
}

void
_orm_session_clear_order_caches (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  for (guint i = 0; i < notifier->order_caches->len; i++)
    _orm_collection_forget_values (g_ptr_array_index (notifier->order_caches, i));

  g_ptr_array_set_size (notifier->order_caches, 0);
}

/*
 * Whether changes of the entity are relevant to an observer. Others are not
 * collected for it.
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
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED ||
      _orm_entity_get_private (entity)->is_dropped)
    return;

  note (self, entity, ORM_SLOT_BIT (slot));
  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_update (observer->changes, entity, slot, old);
    }
}

/*
 * Records a change of the entity's links: for observers, an update without a
 * slot.
 */
void
_orm_session_record_linked (OrmSession *self, OrmEntity *entity)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  if (orm_entity_get_session (entity) != self ||
      orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return;

  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (observer->klass != NULL && observer->klass->linked != NULL)
        observer->klass->linked (observer->data, entity);
      if (is_concerned (observer, entity))
        _orm_change_set_add_linked (observer->changes, entity);
    }
}

void
_orm_session_record_inserted (OrmSession *self, OrmEntity *entity)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  note (self, entity, 0);
  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_inserted (observer->changes, entity);
    }
}

void
_orm_session_record_deleted (OrmSession *self, OrmEntity *entity)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  note (self, entity, 0);
  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      if (is_concerned (observer, entity))
        _orm_change_set_add_deleted (observer->changes, entity);
    }
}

void
_orm_session_begin_group (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  _orm_session_check_thread (self);
  notifier->depth++;
  notifier->n_groups++;
  _orm_session_begin_coalescing (self);
}

void
_orm_session_end_group (OrmSession *self)
{
  g_object_ref (self);
  _orm_session_get_notifier (self)->n_groups--;
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

void
_orm_session_begin_close (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  notifier->depth++;
  notifier->needs_settling = FALSE;
  _orm_session_clear_order_caches (self);
}

void
_orm_session_end_close (OrmSession *self)
{
  OrmNotifier *notifier = _orm_session_get_notifier (self);

  for (guint i = 0; i < notifier->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (notifier->observers, i);

      _orm_observer_skip (observer);
      if (observer->klass != NULL)
        observer->klass->changed (observer->data, NULL);
    }

  _orm_outbox_clear (notifier->outbox);
  notifier->depth--;
}
