/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * Prefetching relationships, with one statement for each level and 500 keys,
 * which is below the limits of SQLite.
 */

gboolean _orm_session_prefetch (
  OrmSession *self, OrmMapper *mapper, GPtrArray *paths, GPtrArray *entities, GError **error);
gboolean _orm_session_read_database_cascade (OrmSession *self,
                                             OrmEntity *owner,
                                             GPtrArray *found,
                                             GError **error);

G_END_DECLS
