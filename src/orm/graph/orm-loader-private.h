/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * Loads rows into entities and ids into lists. A short list is read with its
 * rows in one statement. Of a long one, all ids are read as one value, and rows
 * in blocks around the requested position.
 */

OrmEntity *_orm_session_hydrate (OrmSession *self, OrmMapper *mapper, const OrmRow *row);
OrmEntity *_orm_session_load_one (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error);
OrmEntity *
_orm_session_load_target (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error);
OrmEntity *_orm_session_dup_at (OrmSession *self, OrmMapper *mapper, OrmKeys *keys, guint position);
gboolean _orm_session_load_collection (OrmSession *self, OrmCollection *collection, GError **error);
gboolean _orm_session_read_members (OrmSession *self,
                                    OrmCollection *collection,
                                    OrmKeys *ids,
                                    GError **error);
gboolean _orm_session_read_rows (OrmSession *self, OrmMapper *mapper, GArray *ids, GError **error);
OrmResult *_orm_session_select_rows (
  OrmSession *self, OrmMapper *mapper, const char *sql, const OrmValue *parameter, GError **error);
void _orm_session_set_not_found (OrmMapper *mapper, gint64 id, GError **error);

gboolean _orm_parse_keys (OrmMapper *mapper,
                          const char *text,
                          const char *ranks,
                          const char *counts,
                          OrmKeys *keys,
                          GError **error);
char *_orm_format_ids (const gint64 *ids, guint n_ids);

G_END_DECLS
