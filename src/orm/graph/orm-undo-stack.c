/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-undo-stack-private.h"

#define DEFAULT_LIMIT 100

/* Where a commit pushes its step. */
typedef enum
{
  PUSH_NEW, /* to the undo steps, and clear the redo steps */
  PUSH_WHILE_UNDOING,
  PUSH_WHILE_REDOING
} Mode;

struct _OrmUndoStack
{
  GPtrArray *undo_steps; /* of OrmStep, the last one on top */
  GPtrArray *redo_steps;
  guint limit;
  char *label;
  Mode mode;
};

OrmUndoStack *
_orm_undo_stack_new (void)
{
  OrmUndoStack *self = g_new0 (OrmUndoStack, 1);

  self->undo_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_step_free);
  self->redo_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_step_free);
  self->limit = DEFAULT_LIMIT;
  return self;
}

void
_orm_undo_stack_free (OrmUndoStack *self)
{
  g_ptr_array_unref (self->undo_steps);
  g_ptr_array_unref (self->redo_steps);
  g_free (self->label);
  g_free (self);
}

static GPtrArray *
get_steps (OrmUndoStack *self, OrmUndoDirection direction)
{
  return direction == ORM_UNDO ? self->undo_steps : self->redo_steps;
}

static void
trim (OrmUndoStack *self, GPtrArray *steps)
{
  if (steps->len > self->limit)
    g_ptr_array_remove_range (steps, 0, steps->len - self->limit);
}

/*
 * Sets the label of the step that the next commit makes.
 */
void
_orm_undo_stack_set_label (OrmUndoStack *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
}

void
_orm_undo_stack_set_limit (OrmUndoStack *self, guint n_steps)
{
  self->limit = n_steps;
  trim (self, self->undo_steps);
}

/*
 * Makes a step of the changes of a commit.
 *
 * Returns: whether there is a new step
 */
gboolean
_orm_undo_stack_push (OrmUndoStack *self, OrmJournal *journal)
{
  GPtrArray *steps = get_steps (self, self->mode == PUSH_WHILE_UNDOING ? ORM_REDO : ORM_UNDO);
  OrmStep *step = self->limit > 0 ? _orm_step_new (journal, self->label) : NULL;

  if (step == NULL || _orm_step_is_empty (step))
    {
      g_clear_pointer (&step, _orm_step_free);
      return FALSE;
    }

  if (self->mode == PUSH_NEW)
    g_ptr_array_set_size (self->redo_steps, 0);

  g_ptr_array_add (steps, step);
  trim (self, steps);
  return TRUE;
}

void
_orm_undo_stack_clear (OrmUndoStack *self)
{
  g_ptr_array_set_size (self->undo_steps, 0);
  g_ptr_array_set_size (self->redo_steps, 0);
}

gboolean
_orm_undo_stack_is_empty (OrmUndoStack *self, OrmUndoDirection direction)
{
  return get_steps (self, direction)->len == 0;
}

const char *
_orm_undo_stack_get_label (OrmUndoStack *self, OrmUndoDirection direction)
{
  GPtrArray *steps = get_steps (self, direction);

  return steps->len > 0 ? _orm_step_get_label (g_ptr_array_index (steps, steps->len - 1)) : NULL;
}

/*
 * Whether the next step has to be complete so that it can be undone: a step
 * with a label, or one of an undo or redo.
 */
gboolean
_orm_undo_stack_wants_step (OrmUndoStack *self)
{
  return self->limit > 0 && (self->label != NULL || self->mode != PUSH_NEW);
}

/*
 * Pops the last step. Until _orm_undo_stack_end(), a commit pushes the opposite
 * one under the same label.
 */
OrmStep *
_orm_undo_stack_begin (OrmUndoStack *self, OrmUndoDirection direction)
{
  GPtrArray *steps = get_steps (self, direction);
  OrmStep *step = g_ptr_array_steal_index (steps, steps->len - 1);

  self->mode = direction == ORM_UNDO ? PUSH_WHILE_UNDOING : PUSH_WHILE_REDOING;
  _orm_undo_stack_set_label (self, _orm_step_get_label (step));
  return step;
}

/*
 * Ends an undo or redo. A step that could not be reverted is pushed back.
 */
void
_orm_undo_stack_end (OrmUndoStack *self, OrmStep *step, gboolean is_done)
{
  GPtrArray *steps = get_steps (self, self->mode == PUSH_WHILE_UNDOING ? ORM_UNDO : ORM_REDO);

  self->mode = PUSH_NEW;
  if (is_done)
    _orm_step_free (step);
  else
    g_ptr_array_add (steps, step);
}
