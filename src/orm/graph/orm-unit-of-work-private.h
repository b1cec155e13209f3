/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-id-counter-private.h"
#include "orm-journal-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmUnitOfWork:
 *
 * The unsaved changes of a session, and those that a rollback reverts.
 */

OrmUnitOfWork *_orm_unit_of_work_new (OrmConnection *connection);
void _orm_unit_of_work_free (OrmUnitOfWork *self);
void _orm_unit_of_work_clear (OrmUnitOfWork *self);

/* Unsaved changes. */
OrmJournal *_orm_session_get_journal (OrmSession *self);
OrmLinks *_orm_session_get_links (OrmSession *self);
OrmIdCounter *_orm_session_get_ids (OrmSession *self);
GPtrArray *_orm_session_get_unsaved (OrmSession *self);
gboolean _orm_session_has_unsaved (OrmSession *self);
gboolean _orm_session_has_unwritten (OrmSession *self);
void _orm_session_add_unsaved (OrmSession *self, OrmEntity *entity);
void _orm_session_remove_unsaved (OrmSession *self, OrmEntity *entity);
const OrmJournalEntry *_orm_session_find_unsaved (OrmSession *self, OrmEntity *entity, guint slot);
guint _orm_session_get_flush_mark (OrmSession *self);
void _orm_session_advance_flush_mark (OrmSession *self, GHashTable *left);

/* Entities that enter the session or leave it. */
void _orm_session_remember (OrmSession *self, OrmEntity *entity);
void _orm_session_forget (OrmSession *self, OrmEntity *entity);
void _orm_session_expunge (OrmSession *self, OrmEntity *entity);
void _orm_session_drop (OrmSession *self, OrmEntity *entity);
void _orm_session_drop_gone (OrmSession *self, OrmEntity *entity);
void _orm_session_expunge_dropped (OrmSession *self);

/* Flush and commit. */
gboolean _orm_session_check_usable (OrmSession *self, GError **error);
gboolean _orm_session_needs_rollback (OrmSession *self);
gboolean _orm_session_autoflush (OrmSession *self, GError **error);
gboolean _orm_session_pause_autoflush (OrmSession *self);
gboolean _orm_session_commit (OrmSession *self, GError **error);

/* Rollback. */
void _orm_session_rollback (OrmSession *self);
void _orm_session_rewind (OrmSession *self, guint mark);
gboolean _orm_session_is_rolled_back (OrmSession *self);
void _orm_session_restore_added (OrmSession *self, OrmEntity *entity, OrmEntityState state);
void _orm_session_restore_deleted (OrmSession *self, OrmEntity *entity, OrmEntityState state);
void _orm_session_restore_undeleted (OrmSession *self, OrmEntity *entity);
void _orm_session_restore_inserted (OrmSession *self, OrmEntity *entity, gint64 old_key);
void _orm_session_restore_removed (OrmSession *self, OrmEntity *entity);

G_END_DECLS
