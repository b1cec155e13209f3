/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-step-private.h"

G_BEGIN_DECLS

typedef enum
{
  ORM_UNDO,
  ORM_REDO
} OrmUndoDirection;

/*
 * OrmUndoStack:
 *
 * The committed steps that can be undone, the undone steps that can be redone,
 * and the label of the step that the next commit makes.
 */
typedef struct _OrmUndoStack OrmUndoStack;

OrmUndoStack *_orm_undo_stack_new (void);
void _orm_undo_stack_free (OrmUndoStack *self);
void _orm_undo_stack_set_label (OrmUndoStack *self, const char *label);
void _orm_undo_stack_set_limit (OrmUndoStack *self, guint n_steps);
gboolean _orm_undo_stack_push (OrmUndoStack *self, OrmJournal *journal);
void _orm_undo_stack_clear (OrmUndoStack *self);
gboolean _orm_undo_stack_is_empty (OrmUndoStack *self, OrmUndoDirection direction);
const char *_orm_undo_stack_get_label (OrmUndoStack *self, OrmUndoDirection direction);
gboolean _orm_undo_stack_wants_step (OrmUndoStack *self);
OrmStep *_orm_undo_stack_begin (OrmUndoStack *self, OrmUndoDirection direction);
void _orm_undo_stack_end (OrmUndoStack *self, OrmStep *step, gboolean is_done);

G_END_DECLS
