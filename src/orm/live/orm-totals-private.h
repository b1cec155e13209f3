/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-query.h"
#include "orm-session.h"
#include "orm-totals.h"

G_BEGIN_DECLS

OrmTotals *_orm_totals_new (OrmSession *session,
                            OrmQuery *query,
                            const char *group_path,
                            const char *sum_path,
                            GError **error);
void _orm_totals_reread_async (OrmTotals *self);

G_END_DECLS
