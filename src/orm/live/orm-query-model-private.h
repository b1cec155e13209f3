/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-fetch-private.h"
#include "orm-query-keys-private.h"
#include "orm-query-model.h"

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

void _orm_query_model_become (OrmQueryModel *self, OrmKeys *keys);
gboolean _orm_query_model_read (OrmQueryModel *self, OrmKeys *keys, GError **error);
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
