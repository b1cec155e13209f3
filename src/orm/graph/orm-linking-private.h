/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-journal-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmLinking:
 *
 * A change of one link of a many-to-many. A link is in two lists, but in
 * neither entity's row.
 */
typedef struct _OrmLinking OrmLinking;

gboolean _orm_linking_contains (OrmCollection *self, OrmEntity *member);
gboolean _orm_linking_add (OrmCollection *self,
                           OrmEntity *member,
                           guint position,
                           guint other_position,
                           gboolean *is_new,
                           GError **error);
void _orm_linking_remove (OrmCollection *self, OrmEntity *member);
void _orm_linking_add_changing (OrmCollection *self, GPtrArray *entities);
gboolean _orm_linking_keeps (OrmCollection *self, OrmEntity *member);
void _orm_linking_merge (OrmCollection *self, OrmKeys *ids);
void _orm_linking_restore (OrmSession *session, const OrmJournalEntry *entry);
void _orm_linking_restore_left (OrmEntity *entity, OrmEntity *other, OrmSide *side, guint position);

G_END_DECLS
