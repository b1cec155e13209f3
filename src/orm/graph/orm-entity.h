/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"
#include "orm-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ORM_TYPE_ENTITY (orm_entity_get_type ())

G_DECLARE_DERIVABLE_TYPE (OrmEntity, orm_entity, ORM, ENTITY, GObject)

/**
 * OrmEntityClass:
 * @validate: checks whether @property may be set to @value, before anything is
 *   changed; for a relationship, the value is the other entity. With %NULL for
 *   both, checks whether the entity as a whole may be saved. The base class
 *   accepts everything.
 */
struct _OrmEntityClass
{
  GObjectClass parent_class;

  gboolean (*validate) (OrmEntity *self, const char *property, const GValue *value, GError **error);

  /*< private >*/
  struct _OrmMapper *mapper;
  gpointer padding[8];
};

void orm_entity_class_map (OrmEntityClass *klass,
                           const char *table,
                           const OrmColumn *columns,
                           guint n_columns);
void orm_entity_class_map_relationships (OrmEntityClass *klass,
                                         const OrmRelationship *relationships,
                                         guint n_relationships);

OrmEntityState orm_entity_get_state (OrmEntity *self);
gint64 orm_entity_get_id (OrmEntity *self);
void orm_entity_set_id (OrmEntity *self, gint64 id);
OrmSession *orm_entity_get_session (OrmEntity *self);
gboolean orm_entity_is_dirty (OrmEntity *self);
gboolean orm_entity_validate (OrmEntity *self, GError **error);

gboolean
orm_entity_set (OrmEntity *self, const char *property, const GValue *value, GError **error);
gboolean orm_entity_set_int64 (OrmEntity *self, guint column, gint64 value);
gboolean orm_entity_set_boolean (OrmEntity *self, guint column, gboolean value);
gboolean orm_entity_set_enum (OrmEntity *self, guint column, gint value);
gboolean orm_entity_set_text (OrmEntity *self, guint column, const char *value);
gboolean orm_entity_set_date (OrmEntity *self, guint column, const GDate *value);
gboolean orm_entity_set_timestamp (OrmEntity *self, guint column, GDateTime *value);
gboolean orm_entity_set_reference (OrmEntity *self, const char *relationship, gpointer target);
const GError *orm_entity_get_error (OrmEntity *self);

gpointer orm_entity_get_reference (OrmEntity *self, const char *relationship);
gpointer orm_entity_load_reference (OrmEntity *self, const char *relationship, GError **error);
gboolean orm_entity_has_reference (OrmEntity *self, const char *relationship);
gint64 orm_entity_get_reference_id (OrmEntity *self, const char *relationship);
gpointer orm_entity_get_collection (OrmEntity *self, const char *relationship);

G_END_DECLS
