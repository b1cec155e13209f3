/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmMemberOrder:
 *
 * The order of a list by a column of its members and, among equals, by their
 * ids. To find a position it reads a few members. When many are placed, it
 * reads the column of all rows at once and caches it until
 * _orm_member_order_forget_values(). Members that are not in a session are in
 * @held, by key.
 */
typedef struct _OrmMemberOrder OrmMemberOrder;

OrmMemberOrder *_orm_member_order_new (OrmSide *side, GHashTable *held);
void _orm_member_order_free (OrmMemberOrder *self);
guint _orm_member_order_find_place (OrmMemberOrder *self,
                                    OrmSession *session,
                                    OrmKeys *keys,
                                    OrmEntity *entity);
gboolean _orm_member_order_has_values (OrmMemberOrder *self);
void _orm_member_order_forget_values (OrmMemberOrder *self);

G_END_DECLS
