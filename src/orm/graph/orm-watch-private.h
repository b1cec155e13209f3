/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-path-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmWatch:
 *
 * What a read on another connection may have missed. Such a read sees what was
 * committed at some moment between its start and its end. The watch holds the
 * entities that had uncommitted changes at the start, or that change until the
 * watch is freed: for these memory is right, for all others the result is. A
 * link is in no entity's row, so only the classes of links are kept.
 */
typedef struct _OrmWatch OrmWatch;

OrmWatch *_orm_watch_new (OrmSession *session);
void _orm_watch_free (OrmWatch *self);
gboolean _orm_watch_is_closed (OrmWatch *self, GError **error);
GHashTable *_orm_watch_get_entities (OrmWatch *self);
gboolean _orm_watch_has_rows_changed (OrmWatch *self);
gboolean _orm_watch_has_changed (OrmWatch *self, OrmMapper *mapper);
GHashTable *_orm_watch_get_slots (OrmWatch *self);
GHashTable *_orm_watch_get_links (OrmWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmWatch, _orm_watch_free)

G_END_DECLS
