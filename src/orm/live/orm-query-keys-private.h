/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-key-list-private.h"
#include "orm-query-private.h"

G_BEGIN_DECLS

/*
 * OrmQueryKeys:
 *
 * The keys of a query's result in the query's order. Finds the position that an
 * entity has or should have, and applies changes of entities in memory. Emits
 * nothing. A row is read only if keys and ranks do not decide which of two
 * comes first.
 */
typedef struct
{
  OrmSession *session;
  OrmQuery *query;
  OrmKeys *keys;
} OrmQueryKeys;

OrmKeys *_orm_query_keys_new (OrmQuery *query);

guint _orm_query_keys_find_place (const OrmQueryKeys *self, OrmEntity *entity);
gboolean _orm_query_keys_find (const OrmQueryKeys *self, OrmEntity *entity, guint *position);
gboolean _orm_query_keys_find_changed (const OrmQueryKeys *self,
                                       const OrmChange *change,
                                       gboolean matches,
                                       guint *position);
void _orm_query_keys_insert (const OrmQueryKeys *self, guint position, OrmEntity *entity);
gboolean _orm_query_keys_apply_entities (const OrmQueryKeys *self, GPtrArray *entities);
gboolean _orm_query_keys_apply (const OrmQueryKeys *self, OrmChangeSet *changes, GArray *ranges);

G_END_DECLS
