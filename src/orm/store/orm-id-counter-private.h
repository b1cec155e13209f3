/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * OrmIdCounter:
 *
 * Assigns the ids of new rows in one transaction, for each class counting up
 * from the last id in the database.
 */
typedef struct _OrmIdCounter OrmIdCounter;

OrmIdCounter *_orm_id_counter_new (OrmConnection *connection);
void _orm_id_counter_free (OrmIdCounter *self);
gint64 _orm_id_counter_next (OrmIdCounter *self, OrmMapper *mapper, GError **error);
void _orm_id_counter_use (OrmIdCounter *self, OrmMapper *mapper, gint64 id);
void _orm_id_counter_reset (OrmIdCounter *self);

G_END_DECLS
