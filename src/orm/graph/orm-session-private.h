/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-id-counter-private.h"
#include "orm-identity-map-private.h"
#include "orm-journal-private.h"
#include "orm-keys-private.h"
#include "orm-notifier-private.h"
#include "orm-session.h"
#include "orm-worker-private.h"

G_BEGIN_DECLS

/* See orm-undo-stack-private.h. */
typedef struct _OrmUndoStack OrmUndoStack;

/* See orm-unit-of-work-private.h. */
typedef struct _OrmUnitOfWork OrmUnitOfWork;

/* See orm-refresh-private.h. */
typedef struct _OrmRefresh OrmRefresh;

/* See orm-links-private.h. */
typedef struct _OrmLinks OrmLinks;

OrmJournal *_orm_session_get_journal (OrmSession *self);
OrmLinks *_orm_session_get_links (OrmSession *self);
OrmNotifier *_orm_session_get_notifier (OrmSession *self);
OrmUnitOfWork *_orm_session_get_work (OrmSession *self);
OrmUndoStack *_orm_session_get_undo (OrmSession *self);
void _orm_session_update_dirty (OrmSession *self);
OrmRefresh *_orm_session_get_refresh (OrmSession *self);
OrmIdCounter *_orm_session_get_ids (OrmSession *self);
gboolean _orm_session_has_gone_back (OrmSession *self);
gboolean _orm_session_has_unwritten (OrmSession *self);
OrmMapper *_orm_session_get_mapper (OrmSession *self, GType type);
GPtrArray *_orm_session_get_mappers (OrmSession *self);
OrmRowCache *_orm_session_get_rows (OrmSession *self, OrmMapper *mapper);
guint _orm_session_get_flush_mark (OrmSession *self);
const OrmJournalEntry *_orm_session_find_unsaved (OrmSession *self, OrmEntity *entity, guint slot);
void _orm_session_set_flush_mark (OrmSession *self, gboolean is_complete);
void _orm_session_remove_unsaved (OrmSession *self, OrmEntity *entity);
void _orm_session_add_unsaved (OrmSession *self, OrmEntity *entity);
GPtrArray *_orm_session_get_unsaved (OrmSession *self);
gboolean _orm_session_has_unsaved (OrmSession *self);
void _orm_session_forget (OrmSession *self, OrmEntity *entity);
OrmIdentityMap *_orm_session_get_map (OrmSession *self);
OrmEntity *_orm_session_peek (OrmSession *self, OrmMapper *mapper, gint64 key);
void _orm_session_remember (OrmSession *self, OrmEntity *entity);
void _orm_session_report_failed_load (OrmSession *self, const GError *error);
void _orm_session_restore_added (OrmSession *self, OrmEntity *entity, OrmEntityState state);
void _orm_session_restore_deleted (OrmSession *self, OrmEntity *entity, OrmEntityState state);
void _orm_session_restore_pardoned (OrmSession *self, OrmEntity *entity);
void _orm_session_restore_inserted (OrmSession *self, OrmEntity *entity, gint64 old_key);
void _orm_session_restore_removed (OrmSession *self, OrmEntity *entity);
void _orm_session_check_thread (OrmSession *self);
gboolean _orm_session_check_usable (OrmSession *self, GError **error);
gboolean _orm_session_needs_rollback (OrmSession *self);
void _orm_session_remove_gone (OrmSession *self, OrmEntity *entity);
void _orm_session_leave_orphan (OrmSession *self, OrmEntity *entity);
void _orm_session_drop (OrmSession *self, OrmEntity *entity);
void _orm_session_drop_gone (OrmSession *self, OrmEntity *entity);
void _orm_session_expunge (OrmSession *self, OrmEntity *entity);
OrmEntity *_orm_session_hydrate (OrmSession *self, OrmMapper *mapper, const OrmRow *row);

OrmWorker *_orm_session_ensure_worker (OrmSession *self);

/* orm-session-load.c */
void _orm_session_set_not_found (OrmMapper *mapper, gint64 id, GError **error);
OrmEntity *_orm_session_load_one (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error);
OrmEntity *
_orm_session_load_target (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error);
OrmEntity *_orm_session_dup_at (OrmSession *self, OrmMapper *mapper, OrmKeys *keys, guint position);
gboolean _orm_session_load_collection (OrmSession *self, OrmCollection *collection, GError **error);
OrmResult *_orm_session_select_rows (
  OrmSession *self, OrmMapper *mapper, const char *sql, const OrmValue *parameter, GError **error);
gboolean _orm_session_read_members (OrmSession *self,
                                    OrmCollection *collection,
                                    GArray *ids,
                                    GError **error);
gboolean
_orm_session_reload_collection (OrmSession *self, OrmCollection *collection, GError **error);
gboolean _orm_session_read_rows (OrmSession *self, OrmMapper *mapper, GArray *ids, GError **error);
void _orm_session_take_row (OrmSession *self, OrmEntity *entity, const OrmRow *row);
gboolean _orm_session_is_behind (OrmSession *self);
gboolean _orm_session_is_merging (OrmSession *self);
void _orm_session_stay_behind (OrmSession *self);
gboolean _orm_session_autoflush (OrmSession *self, GError **error);
gboolean _orm_parse_keys (OrmMapper *mapper,
                          const char *text,
                          const char *ranks,
                          const char *counts,
                          OrmKeys *keys,
                          GError **error);
char *_orm_format_ids (const gint64 *ids, guint n_ids);

/* orm-session-delete.c */
gboolean _orm_session_delete_entity (OrmSession *self, OrmEntity *entity, GError **error);
gboolean _orm_session_delete_entities (OrmSession *self, GPtrArray *entities, GError **error);

/* orm-prefetch.c */
gboolean _orm_session_prefetch (
  OrmSession *self, OrmMapper *mapper, GPtrArray *paths, GPtrArray *entities, GError **error);
gboolean _orm_session_read_database_cascade (OrmSession *self,
                                             OrmEntity *owner,
                                             GPtrArray *found,
                                             GError **error);

/* orm-flush.c */
typedef enum
{
  ORM_FLUSH_ALL,
  ORM_FLUSH_AND_COMMIT,  /* the same, and nothing else is to come before a commit */
  ORM_FLUSH_KEEP_ORPHANS /* a read must not turn half a move into a deletion */
} OrmFlushScope;

gboolean _orm_session_run_flush (OrmSession *self, OrmFlushScope scope, GError **error);

G_END_DECLS
