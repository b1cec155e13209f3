/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-linked-private.h"
#include "orm-links-private.h"
#include "orm-refresh-private.h"
#include "orm-undo-stack-private.h"
#include "orm-unit-of-work-private.h"

typedef struct
{
  char *name;
  guint mark;
} Savepoint;

struct _OrmUnitOfWork
{
  OrmJournal *journal;
  OrmLinks *links;
  OrmIdCounter *ids;
  GPtrArray *unsaved; /* unowned: the journal holds them; NULL in place of removed ones */
  guint n_left;       /* the number of removed ones */
  GPtrArray *dropped; /* of OrmEntity: they leave the session after the emissions */
  GArray *savepoints;
  guint flush_mark; /* the length of the journal that is flushed */
  gboolean autoflush;
  gboolean needs_rollback;
  gboolean is_rolled_back; /* the database is rolled back, memory not yet */
  gboolean was_reentered;  /* a handler of the flush tried to flush */
};

static void
savepoint_clear (gpointer data)
{
  g_free (((Savepoint *) data)->name);
}

OrmUnitOfWork *
_orm_unit_of_work_new (OrmConnection *connection)
{
  OrmUnitOfWork *self = g_new0 (OrmUnitOfWork, 1);

  self->journal = _orm_journal_new ();
  self->links = _orm_links_new ();
  self->ids = _orm_id_counter_new (connection);
  self->unsaved = g_ptr_array_new ();
  self->dropped = g_ptr_array_new_with_free_func (g_object_unref);
  self->savepoints = g_array_new (FALSE, FALSE, sizeof (Savepoint));
  g_array_set_clear_func (self->savepoints, savepoint_clear);
  self->autoflush = TRUE;
  return self;
}

void
_orm_unit_of_work_free (OrmUnitOfWork *self)
{
  _orm_journal_free (self->journal);
  _orm_links_free (self->links);
  _orm_id_counter_free (self->ids);
  g_ptr_array_unref (self->unsaved);
  g_ptr_array_unref (self->dropped);
  g_array_unref (self->savepoints);
  g_free (self);
}

/*
 * Drops all unsaved changes, because the session is closed.
 */
void
_orm_unit_of_work_clear (OrmUnitOfWork *self)
{
  g_ptr_array_set_size (self->unsaved, 0);
  self->n_left = 0;
  _orm_links_clear (self->links);
  _orm_journal_clear (self->journal);
}

/*
 * Removes the gaps that removed entities have left in the array.
 */
static void
close_gaps (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  guint n = 0;

  for (guint i = 0; i < work->unsaved->len && work->n_left > 0; i++)
    {
      OrmEntity *entity = g_ptr_array_index (work->unsaved, i);

      if (entity == NULL)
        continue;

      _orm_entity_get_private (entity)->unsaved_at = n;
      g_ptr_array_index (work->unsaved, n++) = entity;
    }

  if (work->n_left > 0)
    g_ptr_array_set_size (work->unsaved, (gint) n);
  work->n_left = 0;
}

/*
 * Removes an entity that has no unsaved changes any more.
 */
void
_orm_session_remove_unsaved (OrmSession *self, OrmEntity *entity)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->is_unsaved && priv->unsaved_at < work->unsaved->len &&
      g_ptr_array_index (work->unsaved, priv->unsaved_at) == entity)
    {
      g_ptr_array_index (work->unsaved, priv->unsaved_at) = NULL;
      if (++work->n_left > work->unsaved->len / 2)
        close_gaps (self);
    }

  priv->is_unsaved = FALSE;
}

/*
 * Called when the entity is disposed.
 */
void
_orm_session_forget (OrmSession *self, OrmEntity *entity)
{
  _orm_identity_map_remove (_orm_session_get_map (self), entity);
  _orm_session_remove_unsaved (self, entity);
}

/*
 * Removes the entity from the session as if it had never been added.
 */
void
_orm_session_expunge (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_session_forget (self, entity);
  priv->session = NULL;
  priv->state = ORM_ENTITY_TRANSIENT;
  priv->dirty = 0;
  priv->orphaned = 0;
}

/*
 * Lets the lists hold an entity that is not in a session any more.
 */
static void
hold_in_lists (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmEntity *owner = priv->references[i].target;
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, priv->mapper->references[i]->inverse)
                      : NULL;

      if (list != NULL && _orm_collection_knows (list, entity))
        _orm_collection_hold (list, entity);
    }
}

/*
 * Marks an entity that was deleted before it had a row, or whose adding is
 * reverted. It leaves the session after all lists have emitted its removal;
 * until then they have to find it.
 */
void
_orm_session_drop (OrmSession *self, OrmEntity *entity)
{
  _orm_entity_get_private (entity)->is_dropped = TRUE;
  g_ptr_array_add (_orm_session_get_work (self)->dropped, g_object_ref (entity));
}

/*
 * The same for an entity whose row is deleted and will not be restored.
 */
void
_orm_session_drop_gone (OrmSession *self, OrmEntity *entity)
{
  _orm_entity_get_private (entity)->is_gone = TRUE;
  _orm_session_drop (self, entity);
}

static void
expunge_dropped (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gboolean was_added = priv->state == ORM_ENTITY_TRANSIENT;

  priv->is_dropped = FALSE;
  if (priv->is_gone)
    {
      priv->is_gone = FALSE;
      _orm_session_forget (self, entity);
      _orm_entity_detach (entity);
      return;
    }

  _orm_session_expunge (self, entity);
  hold_in_lists (entity);
  _orm_linked_hold (self, entity);

  /* In a rollback, its links are those from before it was added. */
  if (was_added)
    _orm_linked_leave (self, entity);
}

/*
 * Removes all marked entities. Their lists are emptied before the first one
 * leaves.
 */
void
_orm_session_expunge_dropped (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  g_autoptr (GPtrArray) dropped = g_steal_pointer (&work->dropped);

  work->dropped = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < dropped->len; i++)
    if (_orm_entity_get_private (dropped->pdata[i])->is_gone)
      _orm_entity_empty_lists (dropped->pdata[i]);

  for (guint i = dropped->len; i > 0; i--)
    if (_orm_entity_get_private (dropped->pdata[i - 1])->is_dropped)
      expunge_dropped (self, dropped->pdata[i - 1]);
}

/*
 * Removes a new entity whose adding was reverted from all lists, also from
 * those of other new entities, since the two would hold each other.
 */
static void
leave_lists (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].target != NULL && !priv->references[i].is_unlisted)
      _orm_entity_unlist (entity, priv->mapper->references[i]);
}

/*
 * Reverts the changes in memory until the journal has the length @mark.
 */
void
_orm_session_rewind (OrmSession *self, guint mark)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  guint n_dropped = work->dropped->len;

  _orm_journal_rewind (work->journal, self, mark);

  for (guint i = work->dropped->len; i > n_dropped; i--)
    if (_orm_entity_get_private (work->dropped->pdata[i - 1])->state == ORM_ENTITY_TRANSIENT)
      leave_lists (work->dropped->pdata[i - 1]);
}

OrmJournal *
_orm_session_get_journal (OrmSession *self)
{
  return _orm_session_get_work (self)->journal;
}

OrmLinks *
_orm_session_get_links (OrmSession *self)
{
  return _orm_session_get_work (self)->links;
}

OrmIdCounter *
_orm_session_get_ids (OrmSession *self)
{
  return _orm_session_get_work (self)->ids;
}

gboolean
_orm_session_has_unwritten (OrmSession *self)
{
  return _orm_session_has_unsaved (self) ||
         _orm_links_get_length (_orm_session_get_work (self)->links) > 0;
}

/*
 * Whether the database is already rolled back to where the journal is being
 * rewound to.
 */
gboolean
_orm_session_is_rolled_back (OrmSession *self)
{
  return _orm_session_get_work (self)->is_rolled_back;
}

/*
 * The journal entry with the old value of an unsaved slot, if there is one.
 */
const OrmJournalEntry *
_orm_session_find_unsaved (OrmSession *self, OrmEntity *entity, guint slot)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  return _orm_journal_find_first (work->journal, work->flush_mark, entity, slot);
}

guint
_orm_session_get_flush_mark (OrmSession *self)
{
  return _orm_session_get_work (self)->flush_mark;
}

/*
 * Notes that all changes so far are in the database, except those of @left.
 */
void
_orm_session_advance_flush_mark (OrmSession *self, GHashTable *left)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  _orm_journal_keep_first (work->journal, work->flush_mark, left);
  work->flush_mark = _orm_journal_get_length (work->journal);
}

void
_orm_session_add_unsaved (OrmSession *self, OrmEntity *entity)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->is_unsaved)
    return;

  priv->is_unsaved = TRUE;
  priv->unsaved_at = work->unsaved->len;
  g_ptr_array_add (work->unsaved, entity);
}

GPtrArray *
_orm_session_get_unsaved (OrmSession *self)
{
  close_gaps (self);
  return _orm_session_get_work (self)->unsaved;
}

gboolean
_orm_session_has_unsaved (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  return work->unsaved->len > work->n_left;
}

void
_orm_session_remember (OrmSession *self, OrmEntity *entity)
{
  _orm_entity_get_private (entity)->session = self;
  _orm_identity_map_add (_orm_session_get_map (self), entity);
}

/*
 * Reverts orm_session_add().
 */
void
_orm_session_restore_added (OrmSession *self, OrmEntity *entity, OrmEntityState state)
{
  _orm_session_record_deleted (self, entity);
  _orm_entity_get_private (entity)->state = state;
  _orm_session_drop (self, entity);
}

/*
 * Reverts a deletion in memory.
 */
void
_orm_session_restore_deleted (OrmSession *self, OrmEntity *entity, OrmEntityState state)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->session == NULL)
    _orm_session_remember (self, entity);
  _orm_linked_release (self, entity);
  priv->state = state;
  priv->is_dropped = FALSE;
  _orm_session_record_inserted (self, entity);
  if (state == ORM_ENTITY_PENDING)
    _orm_session_add_unsaved (self, entity);
}

/*
 * Reverts the adding of an entity that was marked for deletion. It is marked
 * again until the rollback reverts the deletion too, so it stays in its lists.
 */
void
_orm_session_restore_undeleted (OrmSession *self, OrmEntity *entity)
{
  _orm_session_record_deleted (self, entity);
  _orm_entity_get_private (entity)->state = ORM_ENTITY_DELETED;
}

/*
 * Reverts an INSERT.
 */
void
_orm_session_restore_inserted (OrmSession *self, OrmEntity *entity, gint64 old_key)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 id = priv->key;

  _orm_identity_map_remove (_orm_session_get_map (self), entity);
  priv->state = ORM_ENTITY_PENDING;
  if (old_key != id)
    _orm_entity_set_key (entity, old_key);
  _orm_session_remember (self, entity);
  if (old_key != id)
    _orm_session_rekey_observers (self, priv->mapper, id, old_key);
  if (old_key != id)
    _orm_entity_notify_id (entity);
}

/*
 * Reverts a DELETE.
 */
void
_orm_session_restore_removed (OrmSession *self, OrmEntity *entity)
{
  _orm_session_remember (self, entity);
}

gboolean
_orm_session_needs_rollback (OrmSession *self)
{
  return _orm_session_get_work (self)->needs_rollback;
}

gboolean
_orm_session_check_usable (OrmSession *self, GError **error)
{
  _orm_session_check_thread (self);

  if (!_orm_session_get_work (self)->needs_rollback)
    return TRUE;

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK,
                       "An earlier change failed: roll back first");
  return FALSE;
}

/*
 * Flush, commit, rollback and savepoints.
 */

/**
 * orm_session_set_autoflush:
 * @self: a session
 * @autoflush: whether a read first flushes unsaved changes, so that the result
 *   contains them; %TRUE by default
 */
void
orm_session_set_autoflush (OrmSession *self, gboolean autoflush)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_session_get_work (self)->autoflush = autoflush;
}

/*
 * Returns: whether reads flushed before
 */
gboolean
_orm_session_pause_autoflush (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  gboolean autoflush = work->autoflush;

  work->autoflush = FALSE;
  return autoflush;
}

static gboolean
flush_scope (OrmSession *self, OrmFlushScope scope, GError **error)
{
  gboolean is_flushed;

  if (!_orm_session_check_usable (self, error))
    return FALSE;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_flushed = _orm_session_run_flush (self, scope, error);
  if (is_flushed)
    _orm_session_settle_later (self);
  _orm_session_get_work (self)->needs_rollback |= !is_flushed;
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);

  return is_flushed;
}

/*
 * Flushes before a read, but does not delete orphans and leaves entities that
 * are not valid yet. Does nothing in a handler.
 */
gboolean
_orm_session_autoflush (OrmSession *self, GError **error)
{
  if (!_orm_session_check_usable (self, error))
    return FALSE;

  if (!_orm_session_get_work (self)->autoflush || _orm_session_is_busy (self) ||
      !_orm_session_has_unwritten (self))
    return TRUE;

  return flush_scope (self, ORM_FLUSH_KEEP_ORPHANS, error);
}

/**
 * orm_session_flush:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Writes the unsaved changes, in an order that satisfies the constraints, in a
 * transaction that stays open until the commit. If a handler of the flush calls
 * this, both calls fail with %ORM_ERROR_REENTRANT.
 *
 * Returns: %TRUE if everything was written; otherwise the session needs a
 *   rollback
 */
gboolean
orm_session_flush (OrmSession *self, GError **error)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  gboolean is_flushed;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  if (_orm_session_refuse (self, "orm_session_flush()", error))
    {
      work->was_reentered = TRUE;
      return FALSE;
    }

  work->was_reentered = FALSE;
  is_flushed = flush_scope (self, ORM_FLUSH_ALL, error);
  if (!is_flushed || !work->was_reentered)
    return is_flushed;

  work->needs_rollback = TRUE;
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_REENTRANT,
                       "A handler of the flush tried to flush");
  return FALSE;
}

/*
 * Removes the entities that were deleted in the transaction from the session.
 */
static void
drop_removed (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  for (guint i = 0; i < _orm_journal_get_length (work->journal); i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (work->journal, i);

      if (entry->kind == ORM_JOURNAL_REMOVED && orm_entity_get_session (entry->entity) == self)
        _orm_session_drop_gone (self, entry->entity);
    }
}

/*
 * Makes an undo step of the changes since the last commit, unless rows were
 * deleted unread.
 *
 * Returns: whether the history has changed
 */
static gboolean
keep_step (OrmSession *self)
{
  if (!_orm_session_has_unread (self))
    return _orm_undo_stack_push (_orm_session_get_undo (self),
                                 _orm_session_get_work (self)->journal);

  _orm_undo_stack_clear (_orm_session_get_undo (self));
  return TRUE;
}

/*
 * Clears the unit of work after a commit.
 */
static void
finish_commit (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  drop_removed (self);
  _orm_journal_clear (work->journal);
  work->flush_mark = 0;
  _orm_session_forget_merged (self);
  g_array_set_size (work->savepoints, 0);
  _orm_id_counter_reset (work->ids);
  _orm_undo_stack_set_label (_orm_session_get_undo (self), NULL);
  _orm_session_commit_unread (self);
}

/*
 * The same as orm_session_commit(), but can be part of another change.
 */
gboolean
_orm_session_commit (OrmSession *self, GError **error)
{
  gboolean is_committed, has_step = FALSE;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_committed = flush_scope (self, ORM_FLUSH_AND_COMMIT, error);
  if (is_committed && !orm_connection_commit (orm_session_get_connection (self), error))
    {
      _orm_session_get_work (self)->needs_rollback = TRUE;
      is_committed = FALSE;
    }

  if (is_committed)
    {
      has_step = keep_step (self);
      finish_commit (self);
    }
  _orm_session_end_coalescing (self);
  if (has_step)
    _orm_session_notify_history (self);
  _orm_session_leave (self);
  return is_committed;
}

/**
 * orm_session_commit:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Flushes and commits. The changes since the last commit become one step for
 * orm_session_undo(). Changes made by handlers of the commit belong to the next
 * one.
 *
 * Returns: %TRUE if everything is saved; otherwise the session needs a
 *   rollback, except after %ORM_ERROR_REENTRANT: a handler cannot commit
 */
gboolean
orm_session_commit (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_session_refuse (self, "orm_session_commit()", error) &&
         _orm_session_commit (self, error);
}

static void
forget_unsaved (OrmSession *self)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (self);

  for (guint i = 0; i < unsaved->len; i++)
    {
      OrmEntityPrivate *priv = _orm_entity_get_private (g_ptr_array_index (unsaved, i));

      priv->is_unsaved = FALSE;
      priv->dirty = 0;
    }

  g_ptr_array_set_size (unsaved, 0);

  _orm_identity_map_clear_rows (_orm_session_get_map (self));
  _orm_id_counter_reset (_orm_session_get_work (self)->ids);
}

/*
 * Rolls memory back after the database. Unwritten links are dropped: there were
 * none at that point, because a savepoint flushes first.
 */
static void
rewind_to (OrmSession *self, guint mark)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  forget_unsaved (self);
  _orm_links_clear (work->links);
  work->flush_mark = mark;
  work->is_rolled_back = TRUE;
  _orm_session_rewind (self, mark);
  work->is_rolled_back = FALSE;
  _orm_session_settle_later (self);
  _orm_session_rewind_unread (self, mark);
}

/*
 * The same as orm_session_rollback(), but can be part of another change.
 */
void
_orm_session_rollback (OrmSession *self)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  orm_connection_rollback (orm_session_get_connection (self));
  work->needs_rollback = FALSE;
  g_array_set_size (work->savepoints, 0);
  _orm_undo_stack_set_label (_orm_session_get_undo (self), NULL);
  rewind_to (self, 0);
  _orm_session_read_newer (self);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

/**
 * orm_session_rollback:
 * @self: a session
 *
 * Reverts all changes since the last commit: in the rows, in the entities, and
 * in the lists, which emit their changes. Entities that were added are not in
 * the session any more. A handler of a change cannot roll back.
 */
void
orm_session_rollback (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (!_orm_session_is_busy (self));

  _orm_session_rollback (self);
}

static gboolean
run_savepoint (OrmSession *self, const char *verb, const char *name, GError **error)
{
  g_autofree char *sql = NULL;

  /* The name becomes an identifier in a statement, which the connection
   * caches. */
  for (const char *p = name; *p != '\0'; p++)
    g_return_val_if_fail (g_ascii_isalnum (*p) || *p == '_', FALSE);

  sql = g_strdup_printf ("%s sp_%s", verb, name);
  return _orm_connection_control (orm_session_get_connection (self), sql, error);
}

static gint
find_savepoint (OrmSession *self, const char *name)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  for (guint i = work->savepoints->len; i > 0; i--)
    if (g_str_equal (g_array_index (work->savepoints, Savepoint, i - 1).name, name))
      return (gint) i - 1;

  return -1;
}

/**
 * orm_session_savepoint:
 * @self: a session
 * @name: letters, digits and underscores of ASCII
 * @error: return location for an #OrmError
 *
 * Flushes and makes a savepoint for orm_session_rollback_to().
 *
 * Returns: %TRUE if the savepoint was made
 */
gboolean
orm_session_savepoint (OrmSession *self, const char *name, GError **error)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);

  Savepoint savepoint;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  if (_orm_session_refuse (self, "orm_session_savepoint()", error) ||
      !flush_scope (self, ORM_FLUSH_ALL, error) ||
      !orm_connection_begin (orm_session_get_connection (self), error) ||
      !run_savepoint (self, "SAVEPOINT", name, error))
    return FALSE;

  savepoint.name = g_strdup (name);
  savepoint.mark = _orm_journal_get_length (work->journal);
  g_array_append_val (work->savepoints, savepoint);
  return TRUE;
}

static gint
check_savepoint (OrmSession *self, const char *name, GError **error)
{
  gint index = find_savepoint (self, name);

  if (index < 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no savepoint “%s”", name);
  return index;
}

/**
 * orm_session_release:
 * @self: a session
 * @name: a savepoint
 * @error: return location for an #OrmError
 *
 * Removes a savepoint and those after it. The changes since then stay.
 *
 * Returns: %TRUE if the savepoint was removed
 */
gboolean
orm_session_release (OrmSession *self, const char *name, GError **error)
{
  gint index;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (_orm_session_refuse (self, "orm_session_release()", error))
    return FALSE;

  index = check_savepoint (self, name, error);
  if (index < 0 || !flush_scope (self, ORM_FLUSH_ALL, error) ||
      !run_savepoint (self, "RELEASE", name, error))
    return FALSE;

  g_array_set_size (_orm_session_get_work (self)->savepoints, (guint) index);
  return TRUE;
}

/**
 * orm_session_rollback_to:
 * @self: a session
 * @name: a savepoint
 * @error: return location for an #OrmError
 *
 * Reverts all changes since a savepoint, in the rows, the entities and the
 * lists. The savepoint stays.
 *
 * Returns: %TRUE if the changes were reverted
 */
gboolean
orm_session_rollback_to (OrmSession *self, const char *name, GError **error)
{
  OrmUnitOfWork *work = _orm_session_get_work (self);
  gint index;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (_orm_session_refuse (self, "orm_session_rollback_to()", error))
    return FALSE;

  index = check_savepoint (self, name, error);
  if (index < 0 || !run_savepoint (self, "ROLLBACK TO", name, error))
    return FALSE;

  work->needs_rollback = FALSE;
  g_array_set_size (work->savepoints, (guint) index + 1);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  rewind_to (self, g_array_index (work->savepoints, Savepoint, index).mark);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return TRUE;
}
