/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-error.h"
#include "orm-types.h"

G_BEGIN_DECLS

#define ORM_TYPE_QUERY (orm_query_get_type ())

G_DECLARE_FINAL_TYPE (OrmQuery, orm_query, ORM, QUERY, GObject)

OrmQuery *orm_query_new (GType type) G_GNUC_WARN_UNUSED_RESULT;
OrmQuery *orm_query_copy (OrmQuery *self) G_GNUC_WARN_UNUSED_RESULT;
OrmQuery *orm_query_where (OrmQuery *self, const char *path, OrmOperator op, ...);
OrmQuery *orm_query_search (OrmQuery *self, const char *text, const char *first_path, ...)
  G_GNUC_NULL_TERMINATED;
OrmQuery *orm_query_join (OrmQuery *self, GType target, const char **path, GError **error);
OrmQuery *orm_query_order_by (OrmQuery *self, const char *path, OrmDirection direction);
OrmQuery *orm_query_prefetch (OrmQuery *self, const char *path);
OrmQuery *orm_query_limit (OrmQuery *self, guint limit, guint offset);
OrmQuery *orm_collection_new_query (OrmCollection *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
