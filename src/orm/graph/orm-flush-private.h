/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

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
  GHashTable *ids;     /* of new entities, before they are theirs */
} OrmFlush;

/* orm-flush.c */
const OrmJournalEntry *_orm_flush_find_first (OrmFlush *self, OrmEntity *entity, guint slot);

/* orm-flush-conflict.c */
gboolean _orm_flush_check_contested (OrmFlush *self, GError **error);
gboolean _orm_flush_check_conflicts (OrmFlush *self, GError **error);

/* orm-flush-single.c */
gboolean _orm_flush_write_single (OrmFlush *self);

/* orm-flush-write.c */
void
_orm_flush_append_row (OrmFlush *self, GString *json, OrmEntity *entity, gint64 id, guint64 slots);
void _orm_flush_append_value (GString *json, OrmMapper *mapper, guint slot, const OrmValue *value);
void _orm_flush_mark_updated (OrmFlush *self, OrmEntity *entity);
gint64 _orm_flush_run (OrmFlush *self, const char *sql, const char *json, GError **error);
GPtrArray *_orm_flush_pick (GPtrArray *entities, OrmMapper *mapper);
gboolean _orm_flush_insert_all (OrmFlush *self, OrmMapper *mapper, GError **error);
gboolean _orm_flush_update_group (
  OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, guint64 slots, GError **error);
gboolean _orm_flush_update_ready (OrmFlush *self, OrmMapper *mapper, GError **error);
gboolean
_orm_flush_delete_all (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, GError **error);
void _orm_flush_mark_inserted (OrmFlush *self, OrmEntity *entity, gint64 id);
void _orm_flush_mark_removed (OrmFlush *self, OrmEntity *entity);

G_END_DECLS
