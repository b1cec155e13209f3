/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-change-set.h"
#include "orm-connection.h"
#include "orm-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_SESSION (orm_session_get_type ())

G_DECLARE_FINAL_TYPE (OrmSession, orm_session, ORM, SESSION, GObject)

OrmSession *
orm_session_new (OrmConnection *connection, GType first_entity_type, ...) G_GNUC_WARN_UNUSED_RESULT;
OrmSession *orm_session_new_for_types (OrmConnection *connection,
                                       const GType *types,
                                       guint n_types,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
OrmConnection *orm_session_get_connection (OrmSession *self);
gboolean orm_session_create_tables (OrmSession *self, GError **error);
gboolean orm_session_update_tables (OrmSession *self, GError **error);
void orm_session_set_autoflush (OrmSession *self, gboolean autoflush);
gboolean orm_session_get_dirty (OrmSession *self);
void orm_session_close (OrmSession *self);

gboolean orm_session_add (OrmSession *self, gpointer entity, GError **error);
gboolean orm_session_delete (OrmSession *self, gpointer entity, GError **error);
gpointer orm_session_get (OrmSession *self, GType type, gint64 id, GError **error);

gboolean orm_session_flush (OrmSession *self, GError **error);
gboolean orm_session_commit (OrmSession *self, GError **error);
void orm_session_rollback (OrmSession *self);
gboolean orm_session_savepoint (OrmSession *self, const char *name, GError **error);
gboolean orm_session_release (OrmSession *self, const char *name, GError **error);
gboolean orm_session_rollback_to (OrmSession *self, const char *name, GError **error);
gboolean orm_session_refresh (OrmSession *self, gpointer entity, GError **error);
gboolean orm_session_revert (OrmSession *self, gpointer entity, GError **error);
gboolean orm_session_merge (OrmSession *self, gboolean *has_changed, GError **error);
void orm_session_set_poll_interval (OrmSession *self, guint milliseconds);

void orm_session_begin_group (OrmSession *self, const char *label);
void orm_session_end_group (OrmSession *self);
void orm_session_set_label (OrmSession *self, const char *label);
gboolean orm_session_undo (OrmSession *self, GError **error);
gboolean orm_session_redo (OrmSession *self, GError **error);
gboolean orm_session_can_undo (OrmSession *self);
gboolean orm_session_can_redo (OrmSession *self);
const char *orm_session_get_undo_label (OrmSession *self);
const char *orm_session_get_redo_label (OrmSession *self);
void orm_session_set_undo_limit (OrmSession *self, guint n_steps);
void orm_session_clear_history (OrmSession *self);

G_END_DECLS
