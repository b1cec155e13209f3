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
 * What a read elsewhere may have missed: it sees what was committed at some
 * moment between its question and its answer. Everything that was not committed
 * at the question, and everything that changes until the watch is let go, is
 * remembered, and held. About these entities memory is right, about all others
 * the answer is. A link is in no entity's row: of links, only the classes are
 * remembered.
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
