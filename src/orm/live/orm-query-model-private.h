/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-fetch-private.h"
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
  guint serial;       /* grows with each change */
  GPtrArray *held;    /* what was prefetched */
  GHashTable *rekeys; /* old key → new key, still to be worked in */
  gboolean can_evaluate;
  gboolean needs_reading;
  OrmFetch *fetch; /* reads it again in the worker; made when that is needed */
};

guint
_orm_query_model_find_place (OrmQueryModel *self, OrmEntity *entity, OrmKeys *keys, guint from);
gboolean
_orm_query_model_find_ranked (OrmQueryModel *self, const OrmChange *change, guint *position);
gboolean _orm_query_model_may_list (OrmQueryModel *self, const OrmChange *change, gboolean matches);
gboolean _orm_query_model_find_key (OrmQueryModel *self, OrmEntity *entity, guint *position);
gint64 _orm_query_model_rank (OrmQueryModel *self, OrmEntity *entity);
void _orm_query_model_become (OrmQueryModel *self, OrmKeys *keys);
void _orm_query_model_apply_many (OrmQueryModel *self, OrmChangeSet *changes);
gboolean _orm_query_model_work_in (OrmQueryModel *self, OrmKeys *keys, GPtrArray *entities);
gboolean _orm_query_model_read (OrmQueryModel *self, OrmKeys *keys, GError **error);
OrmKeys *_orm_query_model_new_keys (OrmQueryModel *self);
void _orm_query_model_apply_rekeys (OrmQueryModel *self);
void _orm_query_model_notify_loading (gpointer object);
OrmQueryModel *
_orm_query_model_new (OrmSession *session, OrmQuery *query, OrmLiveness liveness, GError **error);

gboolean _orm_query_read_ids (OrmConnection *connection,
                              OrmMapper *mapper,
                              const char *text,
                              GArray *parameters,
                              OrmKeys *keys,
                              GError **error);

/* orm-query-model-async.c */
void _orm_query_model_reread_async (OrmQueryModel *self);

G_END_DECLS
