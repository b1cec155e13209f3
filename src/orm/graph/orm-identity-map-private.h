/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-entity-private.h"

G_BEGIN_DECLS

/*
 * OrmIdentityMap:
 *
 * The entities in memory by class and key, with which each row of the database
 * is one object, and the rows that were read recently. Does not hold references
 * to the entities.
 */
typedef struct _OrmIdentityMap OrmIdentityMap;

OrmIdentityMap *_orm_identity_map_new (GPtrArray *mappers);
void _orm_identity_map_free (OrmIdentityMap *self);
void _orm_identity_map_add (OrmIdentityMap *self, OrmEntity *entity);
void _orm_identity_map_remove (OrmIdentityMap *self, OrmEntity *entity);
void _orm_identity_map_clear (OrmIdentityMap *self);
OrmEntity *_orm_identity_map_peek (OrmIdentityMap *self, OrmMapper *mapper, gint64 key);
GHashTable *_orm_identity_map_get_entities (OrmIdentityMap *self, OrmMapper *mapper);
GPtrArray *_orm_identity_map_dup_all (OrmIdentityMap *self);
GPtrArray *_orm_identity_map_dup_persistent (OrmIdentityMap *self, OrmMapper *mapper);
GPtrArray *_orm_identity_map_dup_pointing_at (OrmIdentityMap *self, OrmSide *side, gint64 key);

void _orm_identity_map_add_linkable (OrmIdentityMap *self, OrmEntity *entity);
GPtrArray *_orm_identity_map_dup_with_list (OrmIdentityMap *self, OrmSide *side);

void _orm_identity_map_hold_shared (OrmIdentityMap *self, OrmEntity *entity);
void _orm_identity_map_release_shared (OrmIdentityMap *self);

OrmRowCache *_orm_identity_map_get_rows (OrmIdentityMap *self, OrmMapper *mapper);
void _orm_identity_map_clear_rows (OrmIdentityMap *self);

G_END_DECLS
