/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-query-model.h"
#include "orm-query.h"
#include "orm-session.h"

G_BEGIN_DECLS

typedef enum
{
  ORM_SNAPSHOT,
  ORM_LIVE
} OrmLiveness;

OrmQueryModel *
_orm_query_model_new (OrmSession *session, OrmQuery *query, OrmLiveness liveness, GError **error);
void _orm_query_model_reread_async (OrmQueryModel *self);

G_END_DECLS
