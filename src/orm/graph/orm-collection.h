/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"
#include "orm-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_COLLECTION (orm_collection_get_type ())

G_DECLARE_FINAL_TYPE (OrmCollection, orm_collection, ORM, COLLECTION, GObject)

gpointer orm_collection_get_owner (OrmCollection *self);
gboolean orm_collection_append (OrmCollection *self, gpointer entity);
gboolean orm_collection_try_append (OrmCollection *self, gpointer entity, GError **error);
gboolean orm_collection_remove (OrmCollection *self, gpointer entity);
gboolean orm_collection_contains (OrmCollection *self, gpointer entity);
gboolean orm_collection_find (OrmCollection *self, gpointer entity, guint *position);
void orm_collection_move (OrmCollection *self, guint from, guint to);
void orm_collection_splice (
  OrmCollection *self, guint position, guint n_removals, gpointer *additions, guint n_additions);
void orm_collection_replace (OrmCollection *self, gpointer *entities, guint n_entities);
gboolean orm_collection_is_loaded (OrmCollection *self);
gboolean orm_collection_load (OrmCollection *self, GError **error);

G_END_DECLS
