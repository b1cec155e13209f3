/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-conflict-private.h"

G_BEGIN_DECLS

/*
 * OrmRowWriter:
 *
 * Writes rows of a session's entities, any number of one class in a statement,
 * as JSON, and updates the entities and the journal. The caller decides the
 * order of classes.
 */
typedef struct _OrmRowWriter OrmRowWriter;

OrmRowWriter *_orm_row_writer_new (OrmSession *session);
void _orm_row_writer_free (OrmRowWriter *self);
gboolean
_orm_row_writer_insert (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error);
gboolean _orm_row_writer_update (
  OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, guint64 slots, GError **error);
gboolean _orm_row_writer_update_checked (OrmRowWriter *self,
                                         OrmEntity *entity,
                                         const OrmExpectedRow *expected);
gboolean _orm_row_writer_release_unique (
  OrmRowWriter *self, OrmMapper *mapper, guint slot, GArray *ids, GError **error);
gboolean
_orm_row_writer_delete (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error);
void _orm_row_writer_reuse_row (OrmRowWriter *self, OrmEntity *deleted, OrmEntity *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmRowWriter, _orm_row_writer_free)

G_END_DECLS
