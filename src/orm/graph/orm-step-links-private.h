/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-journal-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmStepLinks:
 *
 * The links of many-to-manys that one commit added and removed: the part of a
 * step that is not in the rows of entities.
 */
typedef struct _OrmStepLinks OrmStepLinks;

OrmStepLinks *_orm_step_links_new (OrmJournal *journal);
void _orm_step_links_free (OrmStepLinks *self);
guint _orm_step_links_get_length (OrmStepLinks *self);
gboolean _orm_step_links_check (OrmStepLinks *self, OrmSession *session, GError **error);
gboolean _orm_step_links_revert (OrmStepLinks *self, OrmSession *session, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmStepLinks, _orm_step_links_free)

G_END_DECLS
