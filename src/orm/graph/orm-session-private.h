/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-identity-map-private.h"
#include "orm-keys-private.h"
#include "orm-notifier-private.h"
#include "orm-session.h"
#include "orm-worker-private.h"

G_BEGIN_DECLS

typedef struct _OrmLinks OrmLinks;
typedef struct _OrmRefresh OrmRefresh;
typedef struct _OrmUndoStack OrmUndoStack;
typedef struct _OrmUnitOfWork OrmUnitOfWork;

/* The parts of a session. */
OrmIdentityMap *_orm_session_get_map (OrmSession *self);
OrmNotifier *_orm_session_get_notifier (OrmSession *self);
OrmRefresh *_orm_session_get_refresh (OrmSession *self);
OrmUndoStack *_orm_session_get_undo (OrmSession *self);
OrmUnitOfWork *_orm_session_get_work (OrmSession *self);
OrmWorker *_orm_session_ensure_worker (OrmSession *self);

GPtrArray *_orm_session_get_mappers (OrmSession *self);
gboolean _orm_session_has_mapper (OrmSession *self, OrmMapper *mapper);
OrmMapper *_orm_session_get_mapper (OrmSession *self, GType type);
OrmEntity *_orm_session_peek (OrmSession *self, OrmMapper *mapper, gint64 key);
OrmRowCache *_orm_session_get_rows (OrmSession *self, OrmMapper *mapper);
void _orm_session_check_thread (OrmSession *self);

void _orm_session_report_failed_load (OrmSession *self, const GError *error);
void _orm_session_update_dirty (OrmSession *self);
void _orm_session_notify_history (OrmSession *self);

/* orm-flush.c */
typedef enum
{
  ORM_FLUSH_ALL,
  ORM_FLUSH_AND_COMMIT,  /* the same, directly before a commit */
  ORM_FLUSH_KEEP_ORPHANS /* for a read, which must not delete an entity in the middle of a move */
} OrmFlushScope;

gboolean _orm_session_run_flush (OrmSession *self, OrmFlushScope scope, GError **error);

G_END_DECLS
