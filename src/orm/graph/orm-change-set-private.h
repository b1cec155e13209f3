/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-change-set.h"
#include "orm-entity-private.h"

G_BEGIN_DECLS

/*
 * OrmChange:
 *
 * One entity's part of a change set: the slots that changed, with the values
 * they had before the first change. Slots that did not change are read from
 * the entity, unless it is deleted: then all are kept here, for it may go on
 * changing without its session.
 */
typedef struct
{
  OrmEntity *entity;
  OrmSession *session; /* not held: its own, even if it has left it since */
  OrmChangeKind kind;
  guint64 slots;
  OrmValue *old;       /* as many as the mapper has slots */
  OrmEntity **targets; /* what the old references led to, as far as in memory */
  gint64 key;
  guint64 updates;       /* the slots that were set, whatever the kind says */
  gboolean is_uncertain; /* what it was before is not known */
  gboolean is_dropped;   /* it came and went within the set */
} OrmChange;

OrmChangeSet *_orm_change_set_new (void);
void
_orm_change_set_add_update (OrmChangeSet *self, OrmEntity *entity, guint slot, const OrmValue *old);
void _orm_change_set_add_linked (OrmChangeSet *self, OrmEntity *entity);
void _orm_change_set_add_inserted (OrmChangeSet *self, OrmEntity *entity);
void _orm_change_set_add_deleted (OrmChangeSet *self, OrmEntity *entity);
void _orm_change_set_add_moved (OrmChangeSet *self, OrmEntity *entity);
const OrmChange *_orm_change_set_get (OrmChangeSet *self, guint index);
OrmValue _orm_change_get_old_slot (const OrmChange *change, guint slot);
OrmEntity *_orm_change_get_old_target (const OrmChange *change, OrmSide *side);

G_END_DECLS
