/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-key-list-private.h"
#include "orm-query-model.h"
#include "orm-query-private.h"

G_BEGIN_DECLS

typedef enum
{
  ORM_SNAPSHOT,
  ORM_LIVE
} OrmLiveness;

struct _OrmQueryModel
{
  GObject parent_instance;

  OrmSession *session;
  OrmQuery *query;
  OrmObserver *observer;
  OrmKeyList list;
  GArray *ranks;      /* of gint64, as many as keys, or NULL */
  GPtrArray *held;    /* what was prefetched */
  GHashTable *rekeys; /* old key → new key, still to be worked in */
  gboolean can_evaluate;
  gboolean needs_reading;
};

guint _orm_query_model_find_place (
  OrmQueryModel *self, OrmEntity *entity, GArray *keys, GArray *ranks, guint from);
void _orm_query_model_become (OrmQueryModel *self, GArray *keys, GArray *ranks);
void _orm_query_model_apply_many (OrmQueryModel *self, OrmChangeSet *changes);
gboolean _orm_query_model_read (OrmQueryModel *self, GArray *keys, GArray *ranks, GError **error);
OrmQueryModel *
_orm_query_model_new (OrmSession *session, OrmQuery *query, OrmLiveness liveness, GError **error);

G_END_DECLS
