/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-journal-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmStep:
 *
 * The changes that one commit made to the rows: enough to revert it, and to
 * check whether the rows are still as it left them.
 */
typedef struct _OrmStep OrmStep;

OrmStep *_orm_step_new (OrmJournal *journal, const char *label);
void _orm_step_free (OrmStep *self);
const char *_orm_step_get_label (OrmStep *self);
gboolean _orm_step_is_empty (OrmStep *self);
gboolean _orm_step_revert (OrmStep *self, OrmSession *session, GError **error);

G_END_DECLS
