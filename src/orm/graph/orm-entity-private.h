/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-row-private.h"

G_BEGIN_DECLS

#define ORM_SLOT_BIT(slot) (G_GUINT64_CONSTANT (1) << (slot))

/* See orm-outbox-private.h. */
typedef struct _OrmMoved OrmMoved;

/*
 * OrmReference:
 *
 * The to-one side of a relationship in memory: the target's key and, once it
 * was read, the target.
 */
typedef struct
{
  gint64 key;
  OrmEntity *target;
  guint serial;        /* grows with each change, so that an outer one notices an inner */
  guint moving;        /* how many changes are under way */
  gboolean is_apart;   /* a new entity whose target's list does not have it */
  gboolean is_missing; /* no row has the key, as far as anybody has read */
  OrmMoved *moved;     /* not held: while a change of it is not told */
} OrmReference;

/*
 * OrmEntityPrivate:
 *
 * An entity's key is its id once it has a row; until then a negative number
 * that no other entity of the process has.
 */
typedef struct
{
  OrmMapper *mapper;
  OrmSession *session;
  gint64 key;
  gint64 wanted_id;
  OrmEntityState state;
  guint64 dirty;    /* slots */
  guint64 orphaned; /* references whose owner demands a member to have one */
  OrmReference *references;
  OrmCollection **collections;
  GSList *apart; /* of GWeakRef: new entities that point here, in no list */
  GError *error;
  guint unsaved_at; /* its place among the session's unsaved ones, if it is one */
  guint is_unsaved : 1;
  guint is_held : 1; /* its notifications wait for the end of a group */
  guint is_deleting : 1;
  guint is_dropped : 1;         /* leaves the session once that is told */
  guint is_postponed : 1;       /* a handler wants it deleted */
  guint is_leaving : 1;         /* a rollback takes back that it was added */
  guint is_gone : 1;            /* its row has gone: it is detached then */
  guint is_gone_with_owner : 1; /* the database deletes the row by itself */
} OrmEntityPrivate;

/* What a change of a reference is part of. */
typedef enum
{
  ORM_MOVE_NONE = 0,
  ORM_MOVE_FROM_COLLECTION = 1 << 0, /* the member joins its owner's session */
  ORM_MOVE_REPLAY = 1 << 1,          /* a rollback: neither checked nor noted */
  ORM_MOVE_STAY_OUT = 1 << 2,        /* the caller puts it into the new list */
  ORM_MOVE_UNCHECKED = 1 << 3        /* nobody may refuse it */
} OrmMoveFlags;

/* Where a member is put that no position is given for: at the end, or among
 * the ids in order if the list is in that order. */
#define ORM_POSITION_LAST G_MAXUINT
#define ORM_POSITION_SORTED (G_MAXUINT - 1)

OrmEntityPrivate *_orm_entity_get_private (OrmEntity *self);
gint64 _orm_entity_get_key (OrmEntity *self);
void _orm_entity_set_key (OrmEntity *self, gint64 key);
void _orm_entity_notify_id (OrmEntity *self);
OrmValue _orm_entity_get_slot (OrmEntity *self, guint slot);
void _orm_entity_load_slot (OrmEntity *self, guint slot, const OrmValue *value);
void _orm_entity_restore_column (OrmEntity *self, guint slot, const OrmValue *value);
void _orm_entity_apply_fallback (OrmEntity *self, guint slot);
gboolean
_orm_entity_set_slot_value (OrmEntity *self, guint slot, const OrmValue *value, GError **error);
gboolean
_orm_entity_check_vetoes (OrmEntity *self, const char *name, const GValue *value, GError **error);
gboolean
_orm_entity_check_column (OrmEntity *self, guint slot, const OrmValue *value, GError **error);
OrmEntity *_orm_entity_peek_target (OrmEntity *self, OrmSide *side);
OrmCollection *_orm_entity_peek_collection (OrmEntity *self, OrmSide *side);
OrmCollection *_orm_entity_ensure_collection (OrmEntity *self, OrmSide *side);
void _orm_entity_notify_slot (OrmEntity *self, guint slot);
void _orm_entity_mark_dirty (OrmEntity *self, guint slot);
void _orm_entity_take_error (OrmEntity *self, GError *error);
void _orm_entity_empty_lists (OrmEntity *self);
void _orm_entity_detach (OrmEntity *self);

/* orm-entity-reference.c */
OrmEntity *_orm_entity_get_target (OrmEntity *self, OrmSide *side, GError **error);
gboolean _orm_entity_is_apart (OrmEntity *self, OrmSide *side);
GPtrArray *_orm_entity_dup_apart (OrmEntity *self);
void _orm_entity_forget_apart (OrmEntity *self);
void _orm_entity_stand_apart (OrmEntity *self, OrmSide *side);
void _orm_entity_rejoin (OrmEntity *self, OrmSide *side);
OrmEntity *_orm_entity_get_told_target (OrmEntity *self, OrmSide *side, GError **error);
gint64 _orm_entity_get_told_key (OrmEntity *self, OrmSide *side);
void _orm_entity_retarget (OrmEntity *self, OrmSide *side, const OrmValue *key);
gboolean _orm_entity_move (OrmEntity *self,
                           OrmSide *side,
                           OrmEntity *target,
                           guint position,
                           OrmMoveFlags flags,
                           GError **error);

/* A removal whose list is changed by the caller, between the two. */
typedef struct _OrmRemoval OrmRemoval;
OrmRemoval *_orm_removal_begin (OrmEntity *entity, OrmSide *side, GError **error);
void _orm_removal_cancel (OrmRemoval *self);
gboolean _orm_removal_is_overtaken (OrmRemoval *self);
OrmEntity *_orm_removal_get_entity (OrmRemoval *self);
void _orm_removal_end (OrmRemoval *self);

G_END_DECLS
