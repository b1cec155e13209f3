/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"
#include "orm-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_QUERY_MODEL (orm_query_model_get_type ())

G_DECLARE_FINAL_TYPE (OrmQueryModel, orm_query_model, ORM, QUERY_MODEL, GObject)

gboolean orm_query_model_find (OrmQueryModel *self, gpointer entity, guint *position);
gint64 orm_query_model_get_id (OrmQueryModel *self, guint position);
gboolean orm_query_model_get_loading (OrmQueryModel *self);
const GError *orm_query_model_get_error (OrmQueryModel *self);
gboolean orm_query_model_load (OrmQueryModel *self, GError **error);

G_END_DECLS
