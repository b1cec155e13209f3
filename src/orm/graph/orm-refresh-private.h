/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmRefresh:
 *
 * Reads rows and lists in memory again: because another program has committed,
 * because the database's cascade deleted rows, or because the program asks for
 * it.
 */

OrmRefresh *_orm_refresh_new (OrmConnection *connection);
void _orm_refresh_free (OrmRefresh *self);
void _orm_refresh_stop_polling (OrmRefresh *self);

gboolean _orm_session_may_conflict (OrmSession *self);
void _orm_session_force_reread (OrmSession *self);
gboolean _orm_session_is_merging (OrmSession *self);
gboolean
_orm_session_reload_collection (OrmSession *self, OrmCollection *collection, GError **error);

/* Called after a commit, or after a rollback. */
void _orm_session_forget_merged (OrmSession *self);
void _orm_session_read_newer (OrmSession *self);

/* Rows that the database's cascade deletes unread. */
void _orm_session_note_unread (OrmSession *self, OrmMapper *mapper);
gboolean _orm_session_has_unread (OrmSession *self);
void _orm_session_note_loaded (OrmSession *self, OrmCollection *collection);
void _orm_session_commit_unread (OrmSession *self);
void _orm_session_rewind_unread (OrmSession *self, guint mark);

G_END_DECLS
