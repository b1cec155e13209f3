/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-fetch-private.h"
#include "orm-linking-private.h"
#include "orm-loader-private.h"
#include "orm-refresh-private.h"
#include "orm-reread-private.h"
#include "orm-unit-of-work-private.h"

/* A list of more members than this is read again in the worker. */
#define LONG_LIST 10000

typedef struct
{
  OrmMapper *mapper;
  char *sql;
  gint64 owner;
  OrmKeys *keys; /* used by the worker until the job is done, then by the session's thread */
} Job;

static OrmSession *
get_session (OrmCollection *self)
{
  OrmEntity *owner = orm_collection_get_owner (self);

  return owner != NULL && orm_entity_get_state (owner) == ORM_ENTITY_PERSISTENT
           ? orm_entity_get_session (owner)
           : NULL;
}

static gpointer
new_job (gpointer object)
{
  OrmCollection *self = object;
  OrmSide *side = _orm_collection_get_side (self);
  Job *job;

  if (get_session (self) == NULL)
    return NULL;

  job = g_new0 (Job, 1);
  job->mapper = side->target;
  job->sql = _orm_side_has_links (side) ? _orm_dialect_select_linked_ids (side)
                                        : _orm_dialect_select_member_ids (side);
  job->owner = _orm_collection_get_owner_key (self);
  job->keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  _orm_keys_unref (job->keys);
  g_free (job->sql);
  g_free (job);
}

static gboolean
work (OrmConnection *connection, gpointer data, GError **error)
{
  Job *job = data;
  OrmValue owner = ORM_VALUE_INTEGER (job->owner);
  g_autofree char *text = _orm_connection_select_text (connection, job->sql, &owner, 1, error);

  if (text == NULL)
    return FALSE;

  return _orm_parse_keys (job->mapper, text, NULL, NULL, job->keys, error);
}

/*
 * Whether the result is what the session's own connection would find: nothing
 * of the list's classes has changed since the read started, here or elsewhere.
 */
static gboolean
is_right (OrmCollection *self, OrmWatch *watch)
{
  OrmSide *side = _orm_collection_get_side (self);
  GHashTable *links = _orm_watch_get_links (watch);

  return !_orm_watch_has_rows_changed (watch) && !_orm_watch_has_changed (watch, side->target) &&
         (!_orm_side_has_links (side) || !g_hash_table_contains (links, side->target)) &&
         !_orm_session_may_conflict (get_session (self));
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmCollection *self = object;
  OrmKeys *keys = ((Job *) job)->keys;

  if (get_session (self) == NULL)
    return ORM_FETCH_DONE;

  if (!is_right (self, watch))
    return ORM_FETCH_AGAIN;

  if (_orm_side_has_links (_orm_collection_get_side (self)))
    _orm_linking_merge (self, keys);
  else
    _orm_collection_merge (self, keys);
  return ORM_FETCH_DONE;
}

static gboolean
read_now (gpointer object, GError **error)
{
  OrmCollection *self = object;

  if (get_session (self) == NULL)
    return TRUE;

  return _orm_session_reload_collection (get_session (self), self, error);
}

static void
failed (gpointer object, OrmSession *session, const GError *error)
{
  _orm_session_force_reread (session);
}

static const OrmFetchClass fetch_class = {
  .new_job = new_job,
  .work = work,
  .free_job = job_free,
  .take = take,
  .read = read_now,
  .failed = failed,
};

/*
 * Whether reading it again takes so long that the program should not wait. What
 * is uncommitted the worker does not see.
 */
gboolean
_orm_reread_is_worth_it (OrmCollection *self)
{
  OrmSession *session = get_session (self);

  return session != NULL && _orm_journal_get_length (_orm_session_get_journal (session)) == 0 &&
         _orm_keys_get_length (_orm_collection_get_key_list (self)->keys) > LONG_LIST &&
         _orm_connection_is_file (orm_session_get_connection (session));
}

/*
 * Reads a loaded list again in the worker and emits the differences. Does not
 * keep the list alive.
 */
void
_orm_reread_start (OrmCollection *self)
{
  OrmSession *session = get_session (self);

  if (session != NULL)
    _orm_fetch_start (_orm_collection_ensure_fetch (self, &fetch_class), session);
}

gboolean
_orm_reread_is_running (OrmCollection *self)
{
  return _orm_fetch_is_running (_orm_collection_ensure_fetch (self, &fetch_class));
}
