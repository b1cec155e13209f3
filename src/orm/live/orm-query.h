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
OrmQuery *orm_query_where_sized (OrmQuery *self, const char *path, OrmOperator op, gsize size, ...);
OrmQuery *orm_query_search (OrmQuery *self, const char *text, const char *first_path, ...)
  G_GNUC_NULL_TERMINATED;
OrmQuery *orm_query_join (OrmQuery *self, GType target, const char **path, GError **error);
OrmQuery *orm_query_order_by (OrmQuery *self, const char *path, OrmDirection direction);
OrmQuery *orm_query_prefetch (OrmQuery *self, const char *path);
OrmQuery *orm_query_limit (OrmQuery *self, guint limit, guint offset);
OrmQuery *orm_collection_new_query (OrmCollection *self) G_GNUC_WARN_UNUSED_RESULT;

/* In C the size of the value is passed along and checked. It is the size after
 * the default argument promotions: an array is a pointer, a short an int. */
#if !defined(__cplusplus) && !defined(__GI_SCANNER__)
#define ORM_ARGUMENT_SIZE(first, ...) sizeof (1 ? (first) : (first))
#define orm_query_where(self, path, op, ...)                                                       \
  orm_query_where_sized ((self), (path), (op), ORM_ARGUMENT_SIZE (__VA_ARGS__, ), __VA_ARGS__)
#endif

G_END_DECLS
