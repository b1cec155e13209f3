/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-query-private.h"
#include "orm-totals.h"

G_BEGIN_DECLS

struct _OrmTotal
{
  GObject parent_instance;

  OrmSession *session; /* not held: the list holds it */
  OrmMapper *target;   /* NULL unless the group is an entity */
  OrmEntity *group;
  gint64 key;
  gint64 sum;
  guint64 count;
};

void _orm_total_notify (OrmTotal *self, gboolean has_sum_changed, gboolean has_count_changed);
void _orm_total_notify_key (OrmTotal *self);

OrmTotals *_orm_totals_new (OrmSession *session,
                            OrmQuery *query,
                            const char *group_path,
                            const char *sum_path,
                            GError **error);

G_END_DECLS
