/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity-private.h"

G_BEGIN_DECLS

/*
 * OrmOutbox:
 *
 * The changes that are not emitted yet, of lists, to-ones and properties. While
 * a change of several entities is made, all emissions are held back; then they
 * are made in the same order as for a single move: a member leaves its old
 * list, notifies, and enters its new list. At each emission lists and to-ones
 * agree: a to-one returns its old target until its own notification.
 */
typedef struct _OrmOutbox OrmOutbox;

OrmOutbox *_orm_outbox_new (void);
void _orm_outbox_free (OrmOutbox *self);
void _orm_outbox_hold (OrmOutbox *self);
void _orm_outbox_release (OrmOutbox *self);
gboolean _orm_outbox_is_holding (OrmOutbox *self);
void _orm_outbox_finish (OrmOutbox *self);
void _orm_outbox_clear (OrmOutbox *self);

void _orm_outbox_add_list (OrmOutbox *self, OrmCollection *list);
void _orm_outbox_add_entity (OrmOutbox *self, OrmEntity *entity);
void _orm_outbox_add_reference (OrmOutbox *self, OrmEntity *entity, OrmSide *side);
void _orm_outbox_add_rekeyed (OrmOutbox *self, OrmMapper *mapper, gint64 old_key, gint64 new_key);

/* A to-one that has changed and has not notified yet. */
gboolean _orm_moved_is_lagging (OrmMoved *self);
OrmEntity *_orm_moved_get_announced_target (OrmMoved *self);
gint64 _orm_moved_get_announced_key (OrmMoved *self);
void _orm_moved_set_announced_target (OrmMoved *self, OrmEntity *target);

G_END_DECLS
