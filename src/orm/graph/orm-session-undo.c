/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-history-private.h"
#include "orm-session-impl-private.h"

/*
 * Groups and steps.
 */

/**
 * orm_session_set_label:
 * @self: a session
 * @label: (nullable): what the step that the next commit makes is called
 */
void
orm_session_set_label (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_set_label (self->undo, label);
}

/**
 * orm_session_begin_group:
 * @self: a session
 * @label: (nullable): what the step is called
 *
 * Opens a group of changes. Lists that are changed in it read as they will be,
 * and tell at its end, once for each range; so do live queries and totals.
 * Groups nest; the outermost gives the label.
 */
void
orm_session_begin_group (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  if (!_orm_session_is_coalescing (self) && label != NULL)
    orm_session_set_label (self, label);

  _orm_session_begin_group (self);
}

/**
 * orm_session_end_group:
 * @self: a session
 *
 * Closes what orm_session_begin_group() opened.
 */
void
orm_session_end_group (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (_orm_session_is_grouped (self));

  _orm_session_end_group (self);
}

static gboolean
check_revertible (OrmSession *self, OrmUndoDirection direction, GError **error)
{
  if (_orm_undo_stack_is_empty (self->undo, direction))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no such step");
  else if (_orm_session_is_grouped (self))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED,
                         "A step cannot be taken back in a group");
  else if (orm_session_get_dirty (self))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED,
                         "There are changes that were not saved yet");
  else
    return TRUE;

  return FALSE;
}

static gboolean
revert_step (OrmSession *self, OrmStep *step, GError **error)
{
  gboolean autoflush = self->autoflush;
  gboolean is_done;

  /* Half of the way back may break a constraint that the whole does not. */
  self->autoflush = FALSE;
  is_done = _orm_step_revert (step, self, error);
  self->autoflush = autoflush;
  is_done = is_done && _orm_session_commit (self, error);

  if (!is_done)
    _orm_session_rollback (self);
  return is_done;
}

static gboolean
revert_last (OrmSession *self, OrmUndoDirection direction, GError **error)
{
  OrmStep *step;
  gboolean is_done;

  if (!check_revertible (self, direction, error))
    return FALSE;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  step = _orm_undo_stack_begin (self->undo, direction);
  is_done = revert_step (self, step, error);
  _orm_undo_stack_end (self->undo, step, is_done);
  _orm_session_end_coalescing (self);
  _orm_session_notify_history (self);
  _orm_session_leave (self);
  return is_done;
}

/**
 * orm_session_undo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Takes back the last committed step, as a commit of its own; rows that it
 * deleted come back under their ids, as new entities: the old ones stay
 * detached. If the rows were changed elsewhere since,
 * nothing is changed and the error is %ORM_ERROR_STALE.
 *
 * Returns: %TRUE if it was taken back
 */
gboolean
orm_session_undo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_session_refuse (self, "orm_session_undo()", error) &&
         revert_last (self, ORM_UNDO, error);
}

/**
 * orm_session_redo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Does again what orm_session_undo() took back.
 *
 * Returns: %TRUE if it was done again
 */
gboolean
orm_session_redo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_session_refuse (self, "orm_session_redo()", error) &&
         revert_last (self, ORM_REDO, error);
}

/**
 * orm_session_can_undo:
 * @self: a session
 *
 * Returns: whether there is a step to take back
 */
gboolean
orm_session_can_undo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_undo_stack_is_empty (self->undo, ORM_UNDO);
}

/**
 * orm_session_can_redo:
 * @self: a session
 *
 * Returns: whether there is a step to do again
 */
gboolean
orm_session_can_redo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_undo_stack_is_empty (self->undo, ORM_REDO);
}

/**
 * orm_session_get_undo_label:
 * @self: a session
 *
 * Returns: (nullable): what the step is called that undo would take back
 */
const char *
orm_session_get_undo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return _orm_undo_stack_get_label (self->undo, ORM_UNDO);
}

/**
 * orm_session_get_redo_label:
 * @self: a session
 *
 * Returns: (nullable): what the step is called that redo would do again
 */
const char *
orm_session_get_redo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return _orm_undo_stack_get_label (self->undo, ORM_REDO);
}

/**
 * orm_session_set_undo_limit:
 * @self: a session
 * @n_steps: how many committed steps are kept; 0 for none
 */
void
orm_session_set_undo_limit (OrmSession *self, guint n_steps)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_set_limit (self->undo, n_steps);
  _orm_session_notify_history (self);
}

/**
 * orm_session_clear_history:
 * @self: a session
 *
 * Forgets all steps, where what was committed is not the user's doing.
 */
void
orm_session_clear_history (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_clear (self->undo);
  _orm_session_notify_history (self);
}
