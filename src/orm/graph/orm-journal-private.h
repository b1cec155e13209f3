/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-entity-private.h"
#include "orm-keys-private.h"

G_BEGIN_DECLS

/*
 * OrmJournal:
 *
 * All changes in memory since the last commit, in order. The journal holds the
 * entities that changed, so that unsaved changes are not lost when the program
 * releases an entity. A rollback reverts its entries from the last to the
 * first, and a commit makes an undo step of them.
 */
typedef struct _OrmJournal OrmJournal;

typedef enum
{
  ORM_JOURNAL_COLUMN,    /* a column had another value */
  ORM_JOURNAL_REFERENCE, /* a to-one had another target */
  ORM_JOURNAL_MOVED,     /* a member had another position in its list */
  ORM_JOURNAL_ADDED,     /* the entity was in no session */
  ORM_JOURNAL_LEFT,      /* the deleted entity was in a list */
  ORM_JOURNAL_DELETED,   /* the entity was not marked as deleted */
  ORM_JOURNAL_UNDELETED, /* the entity was marked as deleted */
  ORM_JOURNAL_LINKED,    /* the entity was not linked to the other */
  ORM_JOURNAL_UNLINKED,  /* the entity was linked to the other */
  ORM_JOURNAL_LINK_LEFT, /* the deleted entity was in the other's list */
  ORM_JOURNAL_LINK_ROW,  /* the deleted row was linked to another row */
  ORM_JOURNAL_INSERTED,  /* the entity had no row */
  ORM_JOURNAL_REMOVED    /* the entity had a row */
} OrmJournalKind;

typedef struct
{
  OrmJournalKind kind;
  guint slot;
  OrmEntity *entity;
  OrmEntity *other; /* the old target, the owner of the list, or the other end of the link */
  OrmSide *side;
  OrmValue old;
  guint position;
  guint to;             /* (link) the entity's position in the other's list */
  OrmEntityState state; /* of the entity, before the change */
  gboolean is_own;      /* see %ORM_JOURNAL_BY_PROGRAM */
} OrmJournalEntry;

/* The origin of a change of a column or a to-one. */
typedef enum
{
  ORM_JOURNAL_BY_PROGRAM, /* set on the entity itself: a new entity keeps it in a rollback */
  ORM_JOURNAL_BY_LIBRARY  /* set by a change of a list, or by a flush */
} OrmJournalOrigin;

OrmJournal *_orm_journal_new (void);
void _orm_journal_free (OrmJournal *self);
guint _orm_journal_get_length (OrmJournal *self);
const OrmJournalEntry *_orm_journal_get (OrmJournal *self, guint index);
const OrmJournalEntry *
_orm_journal_find_first (OrmJournal *self, guint from, OrmEntity *entity, guint slot);
void _orm_journal_add_linked_ids (OrmJournal *self, OrmSide *side, gint64 owner, OrmKeys *ids);
void _orm_journal_keep_first (OrmJournal *self, guint from, GHashTable *entities);
void _orm_journal_rebase (
  OrmJournal *self, guint from, OrmEntity *entity, guint slot, const OrmValue *value);
void _orm_journal_revert_entry (OrmSession *session, const OrmJournalEntry *entry);
void _orm_journal_clear (OrmJournal *self);
void _orm_journal_rewind (OrmJournal *self, OrmSession *session, guint mark);

void _orm_journal_add_column (
  OrmJournal *self, OrmEntity *entity, guint slot, const OrmValue *old, OrmJournalOrigin origin);
void _orm_journal_add_reference (OrmJournal *self,
                                 OrmEntity *entity,
                                 OrmSide *side,
                                 gint64 old_key,
                                 OrmEntity *old_target,
                                 guint position,
                                 OrmJournalOrigin origin);
void
_orm_journal_add_moved (OrmJournal *self, OrmEntity *owner, OrmSide *side, guint from, guint to);
void _orm_journal_add_left (
  OrmJournal *self, OrmEntity *entity, OrmEntity *owner, OrmSide *side, guint position);
void _orm_journal_add_link (OrmJournal *self,
                            OrmJournalKind kind,
                            OrmEntity *entity,
                            OrmEntity *other,
                            OrmSide *side,
                            guint position,
                            guint to);
void _orm_journal_add_link_row (
  OrmJournal *self, OrmEntity *entity, OrmSide *side, gint64 other_id, gboolean was_listed);
void _orm_journal_add_state (OrmJournal *self, OrmJournalKind kind, OrmEntity *entity);

G_END_DECLS
