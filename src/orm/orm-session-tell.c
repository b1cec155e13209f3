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

  if (!self->is_delivering && self->n_telling == 0)
    g_ptr_array_remove (self->observers, observer);
}

void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  OrmRekeyed rekeyed = { mapper, old_key, new_key };

  if (self->coalescing > 0)
    g_array_append_val (self->rekeyed, rekeyed);

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

  if (self->n_telling == 0)
    remove_gone_observers (self);
  _orm_session_update_dirty (self);
}

void
_orm_session_enter (OrmSession *self)
{
  _orm_session_check_thread (self);
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

/*
 * While lists hold back, notifications wait for them: at no emission is a list
 * ahead of what it told.
 */
void
_orm_session_hold_notify (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (self->coalescing == 0 || priv->is_held)
    return;

  priv->is_held = TRUE;
  g_object_freeze_notify (G_OBJECT (entity));
  g_ptr_array_add (self->held, g_object_ref (entity));
}

static void
release_notify (OrmSession *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < held->len; i++)
    _orm_entity_get_private (g_ptr_array_index (held, i))->is_held = FALSE;
  for (guint i = 0; i < held->len; i++)
    g_object_thaw_notify (g_ptr_array_index (held, i));
}

/*
 * From the last to the first: a row that was written, taken back and written
 * again has its last key under each of those it had.
 */
static void
add_last_key (GHashTable *new_keys, OrmRekeyed *rekeyed, OrmMapper *mapper)
{
  const gint64 *later;

  if (rekeyed->mapper != mapper)
    return;

  later = g_hash_table_lookup (new_keys, &rekeyed->new_key);
  if (later != NULL)
    rekeyed->new_key = *later;

  if (rekeyed->new_key != rekeyed->old_key)
    g_hash_table_replace (new_keys, &rekeyed->old_key, &rekeyed->new_key);
  else
    g_hash_table_remove (new_keys, &rekeyed->old_key);
}

/*
 * A list that held back shows its views who has left since, under the key that
 * he has now.
 */
static void
rekey_touched (OrmSession *self)
{
  g_autoptr (GHashTable) new_keys = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->mappers->len && self->rekeyed->len > 0; i++)
    {
      g_hash_table_remove_all (new_keys);
      for (guint j = self->rekeyed->len; j > 0; j--)
        add_last_key (new_keys, &g_array_index (self->rekeyed, OrmRekeyed, j - 1),
                      self->mappers->pdata[i]);

      for (guint j = 0; j < self->touched->len; j++)
        if (_orm_collection_get_side (self->touched->pdata[j])->target == self->mappers->pdata[i])
          _orm_collection_rekey_all (self->touched->pdata[j], new_keys);
    }

  g_array_set_size (self->rekeyed, 0);
}

/*
 * Lists that lose members tell before those that win them.
 */
static gint
compare_growth (gconstpointer a, gconstpointer b)
{
  gint left = _orm_collection_get_growth (*(OrmCollection *const *) a);
  gint right = _orm_collection_get_growth (*(OrmCollection *const *) b);

  return (left > right) - (left < right);
}

void
_orm_session_end_coalescing (OrmSession *self)
{
  g_autoptr (GPtrArray) touched = NULL;

  g_assert (self->coalescing > 0);

  if (--self->coalescing > 0)
    return;

  rekey_touched (self);
  touched = g_steal_pointer (&self->touched);
  self->touched = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_sort (touched, compare_growth);

  for (guint i = 0; i < touched->len; i++)
    _orm_collection_step_back (g_ptr_array_index (touched, i));
  for (guint i = 0; i < touched->len; i++)
    _orm_collection_announce (g_ptr_array_index (touched, i));

  _orm_session_expunge_dropped (self);
  release_notify (self);
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

/*
 * What cannot change anything for an observer is not gathered for it: many
 * lists are of classes that there is little of.
 */
static gboolean
is_concerned (OrmObserver *observer, OrmEntity *entity)
{
  return observer->klass == NULL || observer->klass->concerns == NULL ||
         observer->klass->concerns (observer->data, _orm_entity_get_private (entity)->mapper);
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
 * Handlers may let go of lists and open others: each observer that there was is
 * told once.
 */
static void
begin_telling (OrmSession *self)
{
  g_object_ref (self);
  self->n_telling++;
}

static void
end_telling (OrmSession *self)
{
  if (--self->n_telling == 0 && !self->is_delivering)
    remove_gone_observers (self);

  g_object_unref (self);
}

/*
 * Rows are not as they were read, and nobody knows which. Who begins to read in
 * the worker now has nothing to hear of that.
 */
void
_orm_session_tell_outdated (OrmSession *self)
{
  guint n = self->observers->len;

  self->has_unread_news = FALSE;
  begin_telling (self);
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->outdated != NULL)
        observer->klass->outdated (observer->data);
    }
  end_telling (self);
}

void
_orm_session_settle (OrmSession *self)
{
  guint n;

  if (self->has_unread_news)
    _orm_session_tell_outdated (self);

  begin_telling (self);
  n = self->observers->len;
  for (guint i = 0; i < n; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->settled != NULL)
        observer->klass->settled (observer->data);
    }
  end_telling (self);
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
