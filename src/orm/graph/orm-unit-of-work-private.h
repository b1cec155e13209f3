/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-refresh-private.h"
#include "orm-undo-stack-private.h"

G_BEGIN_DECLS

/*
 * OrmUnitOfWork:
 *
 * What is unsaved and what a rollback takes back: the way of an entity from
 * memory to the database and back.
 */

OrmUnitOfWork *_orm_unit_of_work_new (OrmConnection *connection);
void _orm_unit_of_work_free (OrmUnitOfWork *self);
void _orm_unit_of_work_clear (OrmUnitOfWork *self);

gboolean _orm_session_pause_autoflush (OrmSession *self);
void _orm_session_expunge_dropped (OrmSession *self);
gboolean _orm_session_commit (OrmSession *self, GError **error);
void _orm_session_rollback (OrmSession *self);
void _orm_session_notify_history (OrmSession *self);

G_END_DECLS
