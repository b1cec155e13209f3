/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * Adding and deleting entities, with cascades over their relationships.
 */

gboolean _orm_session_delete_entity (OrmSession *self, OrmEntity *entity, GError **error);
gboolean _orm_session_delete_entities (OrmSession *self, GPtrArray *entities, GError **error);
void _orm_session_leave_orphan (OrmSession *self, OrmEntity *entity);

G_END_DECLS
