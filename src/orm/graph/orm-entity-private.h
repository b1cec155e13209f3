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
 * was accessed, the target.
 */
typedef struct
{
  gint64 key;
  OrmEntity *target;
  guint serial;         /* incremented by each change, so that an outer one notices an inner one */
  guint moving;         /* the number of changes in progress */
  gboolean is_unlisted; /* a new entity that is not in the list of its target */
  gboolean is_missing;  /* the target was read, and its row does not exist */
  OrmMoved *moved;      /* unowned; set while a change is not emitted yet */
} OrmReference;

/*
 * OrmEntityPrivate:
 *
 * An entity's key is its id once it has a row; until then, a negative number
 * that is unique in the process.
 */
typedef struct
{
  OrmMapper *mapper;
  OrmSession *session;
  gint64 key;
  gint64 wanted_id;
  OrmEntityState state;
  guint64 dirty;      /* slots */
  guint64 orphaned;   /* bits of references: removed from an owner that deletes orphans */
  guint64 held_slots; /* changed while notifications are held back */
  OrmReference *references;
  OrmCollection **collections;
  GSList *unlisted; /* of GWeakRef: new entities that refer to this one but are not in its list */
  GError *error;
  guint unsaved_at; /* its index in the session's array of unsaved entities, if it is in it */
  guint is_unsaved : 1;
  guint is_held : 1;     /* its notifications are held back until the end of a group */
  guint has_held_id : 1; /* its id is one of them */
  guint is_deleting : 1;
  guint is_dropped : 1;         /* leaves the session once its removal is emitted */
  guint is_postponed : 1;       /* a handler has requested its deletion */
  guint is_leaving : 1;         /* a rollback is reverting its addition */
  guint is_gone : 1;            /* its row does not exist any more: it will be detached */
  guint is_gone_with_owner : 1; /* the database's cascade deletes the row */
} OrmEntityPrivate;

/* How a reference is changed. */
typedef enum
{
  ORM_MOVE_NONE = 0,
  ORM_MOVE_FROM_COLLECTION = 1 << 0, /* the member joins its owner's session */
  ORM_MOVE_REPLAY = 1 << 1,          /* by a rollback: neither checked nor noted */
  ORM_MOVE_STAY_OUT = 1 << 2,        /* the caller adds it to the new list */
  ORM_MOVE_UNCHECKED = 1 << 3        /* it cannot be refused */
} OrmMoveFlags;

/* Positions for members that are inserted without one: at the end, or in the
 * order of ids if the list is in that order. */
#define ORM_POSITION_LAST G_MAXUINT
#define ORM_POSITION_SORTED (G_MAXUINT - 1)

/* The position of the private data, from the instance on; set by class_init(). */
extern gint _orm_entity_private_offset;

static inline OrmEntityPrivate *
_orm_entity_get_private (OrmEntity *self)
{
  return G_STRUCT_MEMBER_P (self, _orm_entity_private_offset);
}

static inline gint64
_orm_entity_get_key (OrmEntity *self)
{
  return _orm_entity_get_private (self)->key;
}

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
OrmEntity *_orm_entity_peek_target (OrmEntity *self, OrmSide *side);
OrmCollection *_orm_entity_peek_collection (OrmEntity *self, OrmSide *side);
OrmCollection *_orm_entity_ensure_collection (OrmEntity *self, OrmSide *side);
void _orm_entity_notify_slot (OrmEntity *self, guint slot);
void _orm_entity_notify_held (OrmEntity *self);
void _orm_entity_mark_dirty (OrmEntity *self, guint slot);
void _orm_entity_take_error (OrmEntity *self, GError *error);
void _orm_entity_empty_lists (OrmEntity *self);
void _orm_entity_detach (OrmEntity *self);

/* orm-entity-reference.c */
OrmEntity *_orm_entity_get_target (OrmEntity *self, OrmSide *side, GError **error);
gboolean _orm_entity_is_unlisted (OrmEntity *self, OrmSide *side);
GPtrArray *_orm_entity_dup_unlisted (OrmEntity *self);
void _orm_entity_clear_unlisted (OrmEntity *self);
void _orm_entity_unlist (OrmEntity *self, OrmSide *side);
void _orm_entity_relist (OrmEntity *self, OrmSide *side);
OrmEntity *_orm_entity_get_announced_target (OrmEntity *self, OrmSide *side, GError **error);
gint64 _orm_entity_get_announced_key (OrmEntity *self, OrmSide *side);
void _orm_entity_retarget (OrmEntity *self, OrmSide *side, const OrmValue *key);
gboolean _orm_entity_move (OrmEntity *self,
                           OrmSide *side,
                           OrmEntity *target,
                           guint position,
                           OrmMoveFlags flags,
                           GError **error);

/* A removal in two parts, between which the caller changes the list. */
typedef struct _OrmRemoval OrmRemoval;
OrmRemoval *_orm_removal_begin (OrmEntity *entity, OrmSide *side, GError **error);
void _orm_removal_cancel (OrmRemoval *self);
gboolean _orm_removal_is_superseded (OrmRemoval *self);
OrmEntity *_orm_removal_get_entity (OrmRemoval *self);
void _orm_removal_end (OrmRemoval *self);

G_END_DECLS
