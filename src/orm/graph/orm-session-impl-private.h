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

  gboolean was_reentered; /* a handler of the flush flushed */
  GPtrArray *dropped;     /* of OrmEntity: deleted before they had a row */
  GPtrArray *shared;      /* of OrmEntity: targets that were asked for again and again */

  OrmNotifier *notifier;
  OrmUndoStack *undo;
  OrmRefresh *refresh;
};

void _orm_session_expunge_dropped (OrmSession *self);
gboolean _orm_session_commit (OrmSession *self, GError **error);
void _orm_session_rollback (OrmSession *self);
void _orm_session_update_dirty (OrmSession *self);
void _orm_session_notify_history (OrmSession *self);

G_END_DECLS
