/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-session-impl-private.h"

/*
 * Telling: what changed is gathered for each observer and told when the
 * outermost mutation ends.
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

void
_orm_session_remove_observer (OrmSession *self, OrmObserver *observer)
{
  observer->klass = NULL;

  if (!self->is_delivering)
    g_ptr_array_remove (self->observers, observer);
}

void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->rekey != NULL)
        observer->klass->rekey (observer->data, mapper, old_key, new_key);
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

static void
remove_gone_observers (OrmSession *self)
{
  for (guint i = self->observers->len; i > 0; i--)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i - 1);

      if (observer->klass == NULL)
        g_ptr_array_remove_index (self->observers, i - 1);
    }
}

/*
 * Tells the observers, and again while their handlers change more.
 */
static void
deliver (OrmSession *self)
{
  g_autoptr (OrmSession) alive = g_object_ref (self);
  gboolean has_told;

  if (self->is_delivering)
    return;

  self->is_delivering = TRUE;
  do
    {
      has_told = FALSE;
      for (guint i = 0; i < self->observers->len; i++)
        has_told |= deliver_to (g_ptr_array_index (self->observers, i));
    }
  while (has_told);
  self->is_delivering = FALSE;

  remove_gone_observers (self);
  _orm_session_update_dirty (self);
}

void
_orm_session_enter (OrmSession *self)
{
  self->depth++;
}

void
_orm_session_leave (OrmSession *self)
{
  g_assert (self->depth > 0);

  if (--self->depth == 0)
    deliver (self);
}

void
_orm_session_begin_coalescing (OrmSession *self)
{
  self->coalescing++;
}

void
_orm_session_end_coalescing (OrmSession *self)
{
  g_autoptr (GPtrArray) touched = NULL;

  g_assert (self->coalescing > 0);

  if (--self->coalescing > 0)
    return;

  touched = g_steal_pointer (&self->touched);
  self->touched = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < touched->len; i++)
    _orm_collection_step_back (g_ptr_array_index (touched, i));
  for (guint i = 0; i < touched->len; i++)
    _orm_collection_announce (g_ptr_array_index (touched, i));

  _orm_session_expunge_dropped (self);
}

gboolean
_orm_session_is_coalescing (OrmSession *self)
{
  return self->coalescing > 0;
}

void
_orm_session_add_touched (OrmSession *self, OrmCollection *collection)
{
  g_ptr_array_add (self->touched, g_object_ref (collection));
}

void
_orm_session_record_update (OrmSession *self, OrmEntity *entity, guint slot, const OrmValue *old)
{
  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return;

  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_update (observer->changes, entity, slot, old);
    }
}

void
_orm_session_record_inserted (OrmSession *self, OrmEntity *entity)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_inserted (observer->changes, entity);
    }
}

void
_orm_session_record_deleted (OrmSession *self, OrmEntity *entity)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_deleted (observer->changes, entity);
    }
}

void
_orm_session_settle (OrmSession *self)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->settled != NULL)
        observer->klass->settled (observer->data);
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

      if (observer->klass != NULL)
        observer->klass->changed (observer->data, NULL);
    }
}
