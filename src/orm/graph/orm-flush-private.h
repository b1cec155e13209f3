/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-row-writer-private.h"

G_BEGIN_DECLS

/*
 * OrmFlush:
 *
 * One flush under way: what is to be written, and how.
 */
typedef struct
{
  OrmSession *session;
  OrmConnection *connection;
  OrmFlushScope scope;
  GPtrArray *inserts;
  GPtrArray *updates;
  GPtrArray *deletes;
  GPtrArray *left;     /* what an automatic flush leaves for an explicit one */
  GHashTable *waiting; /* the same, as a set */
  GHashTable *invalid; /* who refused to be written */
  OrmRowWriter *writer;
} OrmFlush;

/* orm-flush.c */
GPtrArray *_orm_flush_pick (GPtrArray *entities, OrmMapper *mapper);
const OrmJournalEntry *_orm_flush_find_first (OrmFlush *self, OrmEntity *entity, guint slot);

/* orm-flush-conflict.c */
gboolean _orm_flush_check_contested (OrmFlush *self, GError **error);
gboolean _orm_flush_check_conflicts (OrmFlush *self, GError **error);

G_END_DECLS
