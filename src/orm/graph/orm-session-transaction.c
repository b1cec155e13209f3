/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-history-private.h"
#include "orm-session-impl-private.h"

/*
 * From memory to the database and back: flush, commit, rollback, savepoints.
 */

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
  self->needs_rollback |= !is_flushed;
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);

  return is_flushed;
}

/*
 * Before a read: writes what is unsaved, but no orphan's deletion and nothing
 * that is still being filled in. In a handler nothing is written.
 */
gboolean
_orm_session_autoflush (OrmSession *self, GError **error)
{
  if (!_orm_session_check_usable (self, error))
    return FALSE;

  if (!self->autoflush || _orm_session_is_busy (self) || !_orm_session_has_unwritten (self))
    return TRUE;

  return flush_scope (self, ORM_FLUSH_KEEP_ORPHANS, error);
}

/**
 * orm_session_flush:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Writes what is unsaved, in an order that satisfies the constraints, into a
 * transaction that stays open until the commit. If a handler of it flushes,
 * both fail with %ORM_ERROR_REENTRANT.
 *
 * Returns: %TRUE if all was written; else the session needs a rollback
 */
gboolean
orm_session_flush (OrmSession *self, GError **error)
{
  gboolean is_flushed;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  if (_orm_session_refuse (self, "orm_session_flush()", error))
    {
      self->was_reentered = TRUE;
      return FALSE;
    }

  self->was_reentered = FALSE;
  is_flushed = flush_scope (self, ORM_FLUSH_ALL, error);
  if (!is_flushed || !self->was_reentered)
    return is_flushed;

  self->needs_rollback = TRUE;
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_REENTRANT, "A handler of the flush flushed");
  return FALSE;
}

/*
 * What was deleted in the transaction leaves the session for good.
 */
static void
drop_removed (OrmSession *self)
{
  for (guint i = 0; i < _orm_journal_get_length (self->journal); i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (self->journal, i);

      if (entry->kind == ORM_JOURNAL_REMOVED && orm_entity_get_session (entry->entity) == self)
        _orm_session_drop_gone (self, entry->entity);
    }
}

/*
 * What was done since the last commit becomes a step, unless rows went without
 * being read.
 *
 * Returns: whether the history has changed
 */
static gboolean
keep_step (OrmSession *self)
{
  if (!_orm_session_has_unread (self))
    return _orm_undo_stack_push (self->undo, self->journal);

  _orm_undo_stack_clear (self->undo);
  return TRUE;
}

/*
 * After the commit nothing is unsaved any more.
 */
static void
finish_commit (OrmSession *self)
{
  drop_removed (self);
  _orm_journal_clear (self->journal);
  self->flush_mark = 0;
  _orm_session_forget_merged (self);
  g_array_set_size (self->savepoints, 0);
  _orm_id_counter_reset (self->ids);
  _orm_undo_stack_set_label (self->undo, NULL);
  _orm_session_commit_unread (self);
}

/*
 * orm_session_commit(), as a part of another change, too.
 */
gboolean
_orm_session_commit (OrmSession *self, GError **error)
{
  gboolean is_committed, has_step = FALSE;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_committed = flush_scope (self, ORM_FLUSH_AND_COMMIT, error);
  if (is_committed && !orm_connection_commit (self->connection, error))
    {
      self->needs_rollback = TRUE;
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
 * Flushes and commits. What was done since the last commit becomes one step
 * for orm_session_undo(). What handlers of the commit change is for the next
 * one.
 *
 * Returns: %TRUE if all is saved; else the session needs a rollback, except
 *   for %ORM_ERROR_REENTRANT: a handler cannot commit
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
      priv->contested = 0;
    }

  g_ptr_array_set_size (unsaved, 0);

  _orm_identity_map_clear_rows (self->map);
  _orm_id_counter_reset (self->ids);
}

/*
 * Takes memory to where the database has been taken. Links that are not written
 * there are none that were there then: a savepoint is flushed first.
 */
static void
rewind_to (OrmSession *self, guint mark)
{
  forget_unsaved (self);
  _orm_links_clear (self->links);
  self->flush_mark = mark;
  self->has_gone_back = TRUE;
  _orm_journal_rewind (self->journal, self, mark);
  self->has_gone_back = FALSE;
  _orm_session_settle_later (self);
  _orm_session_rewind_unread (self, mark);
}

/*
 * orm_session_rollback(), as a part of another change, too.
 */
void
_orm_session_rollback (OrmSession *self)
{
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  orm_connection_rollback (self->connection);
  self->needs_rollback = FALSE;
  g_array_set_size (self->savepoints, 0);
  _orm_undo_stack_set_label (self->undo, NULL);
  rewind_to (self, 0);
  _orm_session_read_newer (self);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

/**
 * orm_session_rollback:
 * @self: a session
 *
 * Takes everything back that was done since the last commit: the rows, the
 * entities, and each list, which tells what moves back and where to. What was
 * added is in no session any more. A handler of a change cannot roll back.
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

  /* A name is an identifier in the statement, and each makes a statement that
   * the connection keeps. */
  for (const char *p = name; *p != '\0'; p++)
    g_return_val_if_fail (g_ascii_isalnum (*p) || *p == '_', FALSE);

  sql = g_strdup_printf ("%s sp_%s", verb, name);
  return _orm_connection_control (self->connection, sql, error);
}

static gint
find_savepoint (OrmSession *self, const char *name)
{
  for (guint i = self->savepoints->len; i > 0; i--)
    if (g_str_equal (g_array_index (self->savepoints, OrmSavepoint, i - 1).name, name))
      return (gint) i - 1;

  return -1;
}

/**
 * orm_session_savepoint:
 * @self: a session
 * @name: letters, digits and underscores of ASCII
 * @error: return location for an #OrmError
 *
 * Flushes and remembers this moment for orm_session_rollback_to().
 *
 * Returns: %TRUE if it is remembered
 */
gboolean
orm_session_savepoint (OrmSession *self, const char *name, GError **error)
{
  OrmSavepoint savepoint;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  if (_orm_session_refuse (self, "orm_session_savepoint()", error) ||
      !flush_scope (self, ORM_FLUSH_ALL, error) ||
      !orm_connection_begin (self->connection, error) ||
      !run_savepoint (self, "SAVEPOINT", name, error))
    return FALSE;

  savepoint.name = g_strdup (name);
  savepoint.mark = _orm_journal_get_length (self->journal);
  g_array_append_val (self->savepoints, savepoint);
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
 * Forgets a savepoint and those after it; what was done since stays.
 *
 * Returns: %TRUE if it is forgotten
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

  g_array_set_size (self->savepoints, (guint) index);
  return TRUE;
}

/**
 * orm_session_rollback_to:
 * @self: a session
 * @name: a savepoint
 * @error: return location for an #OrmError
 *
 * Takes back what was done since a savepoint, in the rows, the entities and
 * the lists. The savepoint stays.
 *
 * Returns: %TRUE if it was taken back
 */
gboolean
orm_session_rollback_to (OrmSession *self, const char *name, GError **error)
{
  gint index;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (_orm_session_refuse (self, "orm_session_rollback_to()", error))
    return FALSE;

  index = check_savepoint (self, name, error);
  if (index < 0 || !run_savepoint (self, "ROLLBACK TO", name, error))
    return FALSE;

  self->needs_rollback = FALSE;
  g_array_set_size (self->savepoints, (guint) index + 1);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  rewind_to (self, g_array_index (self->savepoints, OrmSavepoint, index).mark);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return TRUE;
}
