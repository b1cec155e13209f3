/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * OrmSchema:
 *
 * The entity classes of one database and their tables. Classes are in the order
 * of INSERT: the target of a to-one comes before the class that refers to it.
 */
typedef struct _OrmSchema OrmSchema;

OrmSchema *_orm_schema_new (const GType *types, guint n_types, GError **error);
void _orm_schema_free (OrmSchema *self);
GPtrArray *_orm_schema_get_mappers (OrmSchema *self);
gboolean _orm_schema_has (OrmSchema *self, OrmMapper *mapper);
gboolean _orm_schema_create_tables (OrmSchema *self, OrmConnection *connection, GError **error);
gboolean _orm_schema_update_tables (OrmSchema *self, OrmConnection *connection, GError **error);

G_END_DECLS
