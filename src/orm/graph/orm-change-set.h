/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-types.h"

G_BEGIN_DECLS

#define ORM_TYPE_CHANGE_SET (orm_change_set_get_type ())

G_DECLARE_FINAL_TYPE (OrmChangeSet, orm_change_set, ORM, CHANGE_SET, GObject)

/**
 * OrmChangeKind:
 * @ORM_CHANGE_INSERTED: the entity joined the session
 * @ORM_CHANGE_UPDATED: some of its properties or links changed
 * @ORM_CHANGE_DELETED: the entity was marked for deletion, or left the session
 *
 * What happened to an entity.
 */
typedef enum
{
  ORM_CHANGE_INSERTED,
  ORM_CHANGE_UPDATED,
  ORM_CHANGE_DELETED
} OrmChangeKind;

guint orm_change_set_get_n_changes (OrmChangeSet *self);
OrmEntity *orm_change_set_get_entity (OrmChangeSet *self, guint index);
OrmChangeKind orm_change_set_get_kind (OrmChangeSet *self, guint index);
gboolean orm_change_set_has_changed (OrmChangeSet *self, guint index, const char *property);
gboolean
orm_change_set_get_old_value (OrmChangeSet *self, guint index, const char *property, GValue *value);

G_END_DECLS
