/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-change-set-private.h"
#include "orm-outbox-private.h"
#include "orm-session.h"

G_BEGIN_DECLS

/*
 * OrmObserver:
 *
 * A follower of the session's changes. Each observer collects the changes since
 * its last call, so that a change made by a handler of one observer reaches the
 * others merged with those that they have not seen yet. %NULL instead of
 * changes means that the session was closed.
 */
typedef struct _OrmObserver OrmObserver;
typedef void (*OrmObserverFunc) (gpointer data, OrmChangeSet *changes);
typedef void (*OrmRekeyFunc) (gpointer data, OrmMapper *mapper, gint64 old_key, gint64 new_key);
typedef void (*OrmSettledFunc) (gpointer data);
typedef void (*OrmOutdatedFunc) (gpointer data);
typedef void (*OrmNotedFunc) (gpointer data, OrmEntity *entity, guint64 slots);
typedef gboolean (*OrmConcernsFunc) (gpointer data, OrmMapper *mapper);
typedef void (*OrmLinkedFunc) (gpointer data, OrmEntity *entity);

/*
 * @changed: entities changed in memory
 * @rekey: the key of an entity changed, because it got its row or lost it again
 * @settled: after a flush or a rollback the rows are the same as memory, so
 *   that queries that cannot be evaluated in memory can be read
 * @outdated: rows changed that were not read; @settled follows
 * @noted: an entity is about to change, in these slots or as a whole; called at
 *   once, even in a group
 * @linked: a link of the entity was added or removed, or is about to be; called
 *   at once, for both ends that are in memory
 * @concerns: (nullable): whether changes of a class are relevant; all are if it
 *   is %NULL
 */
typedef struct
{
  OrmObserverFunc changed;
  OrmRekeyFunc rekey;
  OrmSettledFunc settled;
  OrmOutdatedFunc outdated;
  OrmNotedFunc noted;
  OrmLinkedFunc linked;
  OrmConcernsFunc concerns;
} OrmObserverClass;

/*
 * OrmNotifier:
 *
 * The observers of a session, and when they are called: counts the changes in
 * progress, keeps what has to wait for their end, and decides what a handler
 * may do meanwhile.
 */
typedef struct _OrmNotifier OrmNotifier;

OrmNotifier *_orm_notifier_new (void);
void _orm_notifier_free (OrmNotifier *self);

OrmObserver *
_orm_session_add_observer (OrmSession *self, const OrmObserverClass *klass, gpointer data);
void _orm_session_remove_observer (OrmSession *self, OrmObserver *observer);
void _orm_observer_skip (OrmObserver *self);
void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key);

/* The begin and end of a change. Observers are called when the outermost
 * ends. */
void _orm_session_enter (OrmSession *self);
void _orm_session_leave (OrmSession *self);
void _orm_session_begin_coalescing (OrmSession *self);
void _orm_session_end_coalescing (OrmSession *self);
gboolean _orm_session_is_coalescing (OrmSession *self);
gboolean _orm_session_is_busy (OrmSession *self);
gboolean _orm_session_is_grouped (OrmSession *self);
gboolean _orm_session_refuse (OrmSession *self, const char *what, GError **error);
void _orm_session_settle_later (OrmSession *self);
void _orm_session_notify_outdated (OrmSession *self);
void _orm_session_note_outdated (OrmSession *self);
void _orm_session_clear_order_caches (OrmSession *self);
OrmOutbox *_orm_session_get_outbox (OrmSession *self);
void _orm_session_add_order_cache (OrmSession *self, OrmCollection *collection);
void
_orm_session_record_update (OrmSession *self, OrmEntity *entity, guint slot, const OrmValue *old);
void _orm_session_record_linked (OrmSession *self, OrmEntity *entity);
void _orm_session_record_inserted (OrmSession *self, OrmEntity *entity);
void _orm_session_record_deleted (OrmSession *self, OrmEntity *entity);
void _orm_session_postpone_deletion (OrmSession *self, OrmEntity *entity);

/* A group that the program has opened. */
void _orm_session_begin_group (OrmSession *self);
void _orm_session_end_group (OrmSession *self);

/* Closing: between these, the observers learn that the session is closed. */
void _orm_session_begin_close (OrmSession *self);
void _orm_session_end_close (OrmSession *self);

G_END_DECLS
