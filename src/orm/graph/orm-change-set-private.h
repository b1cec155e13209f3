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
 * The change of one entity: the slots that changed, with their values before
 * the first change. Slots that did not change are read from the entity. If it
 * is deleted, all its values are copied here, because it may still change
 * outside its session.
 */
typedef struct
{
  OrmEntity *entity;
  OrmSession *session; /* unowned: the entity's, even if it has left it since */
  OrmChangeKind kind;
  guint64 slots;
  OrmValue *old;       /* one for each slot of the mapper */
  OrmEntity **targets; /* the old targets of the references, if they were in memory */
  gint64 key;
  guint64 updates;       /* the slots that were set, for any kind */
  gboolean is_uncertain; /* the old values are not known */
  gboolean is_dropped;   /* it was inserted and deleted within the set */
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
