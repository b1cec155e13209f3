/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"
#include "orm-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_TOTAL (orm_total_get_type ())

G_DECLARE_FINAL_TYPE (OrmTotal, orm_total, ORM, TOTAL, GObject)

gint64 orm_total_get_key (OrmTotal *self);
gpointer orm_total_get_group (OrmTotal *self);
gint64 orm_total_get_sum (OrmTotal *self);
guint64 orm_total_get_count (OrmTotal *self);

#define ORM_TYPE_TOTALS (orm_totals_get_type ())

G_DECLARE_FINAL_TYPE (OrmTotals, orm_totals, ORM, TOTALS, GObject)

gint64 orm_totals_get_sum (OrmTotals *self);
guint64 orm_totals_get_count (OrmTotals *self);
gboolean orm_totals_get_loading (OrmTotals *self);
const GError *orm_totals_get_error (OrmTotals *self);
gboolean orm_totals_load (OrmTotals *self, GError **error);

G_END_DECLS
