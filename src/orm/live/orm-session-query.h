/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-query.h"
#include "orm-session.h"
#include "orm-totals.h"

G_BEGIN_DECLS

/* Running queries on a session. */
GListModel *orm_session_find (OrmSession *self, OrmQuery *query, GError **error);
gpointer orm_session_find_first (OrmSession *self, OrmQuery *query, GError **error);
gboolean orm_session_count (OrmSession *self, OrmQuery *query, guint64 *n_rows, GError **error);
GListModel *orm_session_observe (OrmSession *self, OrmQuery *query, GError **error);
gboolean orm_session_sum (OrmSession *self,
                          OrmQuery *query,
                          const char *path,
                          gint64 *sum,
                          guint64 *n_rows,
                          GError **error);
OrmTotals *orm_session_observe_totals (
  OrmSession *self, OrmQuery *query, const char *group_path, const char *sum_path, GError **error);

G_END_DECLS
