/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-query-private.h"
#include "orm-totals.h"

G_BEGIN_DECLS

OrmTotals *_orm_totals_new (OrmSession *session,
                            OrmQuery *query,
                            const char *group_path,
                            const char *sum_path,
                            GError **error);

G_END_DECLS
