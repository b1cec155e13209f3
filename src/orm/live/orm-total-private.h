/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"
#include "orm-totals.h"

G_BEGIN_DECLS

/*
 * One group of an OrmTotals. @target is the class of the group's entity, %NULL
 * if the group is a month.
 */
OrmTotal *_orm_total_new (OrmSession *session, OrmMapper *target, gint64 key);
OrmMapper *_orm_total_get_target (OrmTotal *self);
void _orm_total_add (OrmTotal *self, gint64 sum, gint64 count);
void _orm_total_notify_added (OrmTotal *self, gint64 sum, gint64 count);
void _orm_total_set_key (OrmTotal *self, gint64 key);
void _orm_total_forget_session (OrmTotal *self);

G_END_DECLS
