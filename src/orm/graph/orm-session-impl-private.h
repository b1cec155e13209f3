/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-links-private.h"
#include "orm-refresh-private.h"
#include "orm-schema-private.h"
#include "orm-undo-stack-private.h"

G_BEGIN_DECLS

/*
 * What the session's own files know of it and nobody else does.
 */

struct _OrmObserver
{
  const OrmObserverClass *klass; /* NULL once it is removed */
  gpointer data;
  OrmChangeSet *changes;
};

typedef struct
{
  char *name;
  guint mark;
} OrmSavepoint;

struct _OrmSession
{
  GObject parent_instance;

  OrmConnection *connection;
  GThread *thread;   /* not held: the one whose objects they are */
  OrmWorker *worker; /* made when it is first needed */
  gboolean is_closed;
  OrmSchema *schema;
  OrmIdentityMap *map;
  GPtrArray *unsaved; /* not held: the journal does; NULL in the place of one that left */
  guint n_left;       /* how many of them did */
  OrmJournal *journal;
  OrmLinks *links;
  OrmIdCounter *ids;
  GArray *savepoints;
  guint flush_mark; /* how much of the journal the database knows */
  gboolean autoflush;
  gboolean needs_rollback;
  gboolean has_gone_back; /* the database was rolled back, memory follows */
  gboolean was_dirty;

  guint depth;    /* how many changes are under way, and groups open */
  guint n_groups; /* how many of those are groups that the program opened */
  OrmOutbox *outbox;
  gboolean needs_settling; /* observers may read the rows before the change ends */
  gboolean is_outdated;    /* rows changed, and observers were not told */
  gboolean was_reentered;  /* a handler of the flush flushed */
  GQueue postponed;        /* of OrmEntity: to be deleted once nothing is under way */
  GPtrArray *observers;
  guint n_gone;       /* how many of them have let go */
  GPtrArray *placing; /* of OrmCollection: what their rows have is remembered */
  GPtrArray *dropped; /* of OrmEntity: deleted before they had a row */
  GPtrArray *shared;  /* of OrmEntity: targets that were asked for again and again */

  OrmUndoStack *undo;
  OrmRefresh *refresh;
};

void _orm_session_expunge_dropped (OrmSession *self);
void _orm_session_postpone_deletion (OrmSession *self, OrmEntity *entity);
gboolean _orm_session_commit (OrmSession *self, GError **error);
void _orm_session_rollback (OrmSession *self);
void _orm_session_deliver_closed (OrmSession *self);
void _orm_session_update_dirty (OrmSession *self);
void _orm_session_notify_history (OrmSession *self);
void _orm_observer_free (OrmObserver *observer);

G_END_DECLS
