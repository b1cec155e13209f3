/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection-private.h"
#include "orm-keys-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/* Whether a rollback brings back who leaves. */
typedef enum
{
  ORM_LEAVE_NOTED,
  ORM_LEAVE_FOR_GOOD
} OrmLeaveKind;

/* orm-collection-links.c: changing and asking for one link of a many-to-many */
gboolean _orm_collection_link (OrmCollection *self,
                               OrmEntity *member,
                               guint position,
                               guint other_position,
                               gboolean *is_new,
                               GError **error);
void _orm_collection_unlink (OrmCollection *self, OrmEntity *member);
gboolean _orm_collection_contains_linked (OrmCollection *self, OrmEntity *member);
void _orm_collection_add_changing (OrmCollection *self, GPtrArray *entities);
void _orm_collection_restore_link (OrmSession *session, const OrmJournalEntry *entry);
void _orm_collection_restore_link_left (OrmEntity *entity,
                                        OrmEntity *other,
                                        OrmSide *side,
                                        guint position);

/* orm-collection-linked.c: what all links of an entity or of a list have to follow */
void _orm_collection_merge_links (OrmCollection *self, const gint64 *ids, guint n_ids);
void _orm_collection_rekey_linked (OrmEntity *entity, gint64 old_key, gint64 new_key);
gboolean _orm_collection_join_links (OrmSession *session, OrmEntity *entity, GError **error);
void _orm_collection_hold_linked (OrmSession *session, OrmEntity *entity);
void _orm_collection_release_linked (OrmSession *session, OrmEntity *entity);
void _orm_collection_leave_links (OrmSession *session, OrmEntity *entity);
void _orm_collection_leave_linked (OrmSession *session, OrmEntity *entity, OrmLeaveKind kind);

G_END_DECLS
