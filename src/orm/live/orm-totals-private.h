/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-fetch-private.h"
#include "orm-question-private.h"
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

struct _OrmTotals
{
  GObject parent_instance;

  OrmSession *session;
  OrmQuery *query;
  OrmPath *group;
  OrmPath *value;
  OrmObserver *observer;
  OrmKeys *keys;      /* of the groups, in order */
  GHashTable *totals; /* key → OrmTotal, by the total's own key */
  gint64 sum;
  guint64 count;
  gboolean can_evaluate;
  gboolean needs_reading;
  OrmFetch *fetch; /* reads them again in the worker; made when that is needed */
};

void _orm_total_notify (OrmTotal *self, gboolean has_sum_changed, gboolean has_count_changed);
void _orm_total_notify_key (OrmTotal *self);

OrmTotals *_orm_totals_new (OrmSession *session,
                            OrmQuery *query,
                            const char *group_path,
                            const char *sum_path,
                            GError **error);

void _orm_totals_reread_async (OrmTotals *self);

G_END_DECLS
