/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity-private.h"
#include "orm-fetch-private.h"
#include "orm-key-list-private.h"

G_BEGIN_DECLS

OrmCollection *_orm_collection_new (OrmEntity *owner, OrmSide *side);
void _orm_collection_forget_owner (OrmCollection *self);
void _orm_collection_detach (OrmCollection *self);

/* Properties, and members in memory. */
OrmSession *_orm_collection_get_session (OrmCollection *self);
OrmSide *_orm_collection_get_side (OrmCollection *self);
gint64 _orm_collection_get_owner_key (OrmCollection *self);
const OrmKeyList *_orm_collection_get_key_list (OrmCollection *self);
gboolean _orm_collection_find_key (OrmCollection *self, gint64 key, guint *position);
gboolean _orm_collection_has_key (OrmCollection *self, gint64 key);
gboolean _orm_collection_knows (OrmCollection *self, OrmEntity *entity);
OrmEntity *_orm_collection_peek_member (OrmCollection *self, OrmSession *session, gint64 key);
OrmCollection *_orm_collection_peek_inverse (OrmCollection *self, OrmEntity *member);

/* Change only the list; the caller changes the other side. */
void _orm_collection_insert (OrmCollection *self, OrmEntity *entity, guint position);
void _orm_collection_take (OrmCollection *self, OrmEntity *entity);
void _orm_collection_set_keys (OrmCollection *self, OrmKeys *wanted);
void _orm_collection_restore_move (OrmCollection *self, guint from, guint to);
void _orm_collection_rekey (OrmCollection *self, gint64 old_key, gint64 new_key);
void _orm_collection_rekey_all (OrmCollection *self, GHashTable *new_keys);
void _orm_collection_rekey_held (OrmCollection *self);

/* Change both sides. */
gboolean _orm_collection_add (
  OrmCollection *self, gpointer entity, guint position, gboolean *is_new, GError **error);
GQueue *_orm_collection_get_linkings (OrmCollection *self);

/* Holding entities that are not in a session. */
void _orm_collection_hold (OrmCollection *self, OrmEntity *entity);
void _orm_collection_hold_new (OrmCollection *self, OrmEntity *member);
void _orm_collection_hold_all (OrmCollection *self, OrmSession *session);
void _orm_collection_release (OrmCollection *self, OrmEntity *entity);

/* Reading. */
void _orm_collection_set_loaded (OrmCollection *self, OrmKeys *ids);
void _orm_collection_merge (OrmCollection *self, OrmKeys *ids);
OrmFetch *_orm_collection_ensure_fetch (OrmCollection *self, const OrmFetchClass *klass);

/* Lists ordered by a column. */
void _orm_collection_reorder (OrmEntity *entity, guint slot);
void _orm_collection_forget_values (OrmCollection *self);

/* Emissions at the end of a group, see orm-outbox.c. */
gint _orm_collection_get_growth (OrmCollection *self);
OrmKeys *_orm_collection_restore_announced (OrmCollection *self);
void _orm_collection_announce_removals (OrmCollection *self, OrmKeys *keys);
gboolean _orm_collection_announce (OrmCollection *self, OrmKeys *keys);
void _orm_collection_finish_emission (OrmCollection *self);

G_END_DECLS
