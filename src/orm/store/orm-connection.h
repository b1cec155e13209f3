/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_CONNECTION (orm_connection_get_type ())

G_DECLARE_FINAL_TYPE (OrmConnection, orm_connection, ORM, CONNECTION, GObject)

OrmConnection *orm_connection_open (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void orm_connection_close (OrmConnection *self);

const char *orm_connection_get_uri (OrmConnection *self);
guint64 orm_connection_get_n_statements (OrmConnection *self);

gboolean orm_connection_get_schema_version (OrmConnection *self,
                                            gint *application_id,
                                            gint *version,
                                            GError **error);
gboolean orm_connection_set_schema_version (OrmConnection *self,
                                            gint application_id,
                                            gint version,
                                            GError **error);
gboolean orm_connection_check (OrmConnection *self, GPtrArray *problems, GError **error);
gboolean orm_connection_backup (OrmConnection *self, const char *path, GError **error);
gboolean orm_connection_begin (OrmConnection *self, GError **error);
gboolean orm_connection_commit (OrmConnection *self, GError **error);
void orm_connection_rollback (OrmConnection *self);
gboolean orm_connection_execute (OrmConnection *self, const char *sql, GError **error);

G_END_DECLS
