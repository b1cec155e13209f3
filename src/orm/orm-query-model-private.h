/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-query-model.h"
#include "orm-query-private.h"

G_BEGIN_DECLS

typedef enum
{
  ORM_SNAPSHOT,
  ORM_LIVE
} OrmLiveness;

OrmQueryModel *
_orm_query_model_new (OrmSession *session, OrmQuery *query, OrmLiveness liveness, GError **error);

G_END_DECLS
