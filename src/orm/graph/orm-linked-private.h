/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/* Whether a rollback can restore the entity that leaves. */
typedef enum
{
  ORM_LEAVE_NOTED,
  ORM_LEAVE_FOR_GOOD
} OrmLeaveKind;

/*
 * All many-to-many lists of an entity, and those of the entities that it is
 * linked to.
 */
void _orm_linked_rekey (OrmEntity *entity, gint64 old_key, gint64 new_key);
gboolean _orm_linked_join (OrmSession *session, OrmEntity *entity, GError **error);
void _orm_linked_hold (OrmSession *session, OrmEntity *entity);
void _orm_linked_release (OrmSession *session, OrmEntity *entity);
void _orm_linked_leave (OrmSession *session, OrmEntity *entity);
void _orm_linked_undelete (OrmSession *session, guint from);
void _orm_linked_delete (OrmSession *session, OrmEntity *entity, OrmLeaveKind kind);

G_END_DECLS
