/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-fetch-private.h"
#include "orm-linking-private.h"
#include "orm-loader-private.h"
#include "orm-refresh-private.h"
#include "orm-reread-private.h"

/*
 * Reading a collection again in the worker.
 */

/* A list of more members than this is read again in the worker. */
#define LONG_LIST 10000

typedef struct
{
  OrmMapper *mapper;
  char *sql;
  gint64 owner;
  OrmKeys *keys; /* the worker's until it is done, then the graph's thread's */
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
  job->keys = _orm_keys_new (ORM_KEYS_ALONE);
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

static gboolean
is_member (OrmCollection *self, OrmEntity *entity)
{
  return orm_entity_get_session (entity) != NULL && orm_collection_contains (self, entity);
}

static void
take_out_others (OrmCollection *self, OrmKeys *ids, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      guint position;

      if (!is_member (self, entity) &&
          _orm_keys_find (ids, _orm_entity_get_key (entity), &position))
        _orm_keys_remove (ids, position, 1);
    }
}

static void
put_in_members (OrmCollection *self, OrmKeys *ids, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      gint64 key = _orm_entity_get_key (entity);
      guint position;

      if (key > 0 && is_member (self, entity) && !_orm_keys_find (ids, key, &position))
        _orm_keys_insert (ids, _orm_keys_find_place (ids, key), key, 0);
    }
}

/*
 * The same for a list in the order of a column, where ids are not in order:
 * a member that may have another place is taken out, and gets the place that it
 * has in memory.
 */
static void
work_in_ordered (OrmCollection *self, OrmKeys *ids, GPtrArray *doubtful, GPtrArray *members)
{
  g_autoptr (GHashTable) leaving =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < doubtful->len; i++)
    {
      gint64 key = _orm_entity_get_key (g_ptr_array_index (doubtful, i));

      g_hash_table_add (leaving, g_memdup2 (&key, sizeof key));
    }

  for (guint i = _orm_keys_get_length (ids); i > 0; i--)
    {
      gint64 key = _orm_keys_get (ids, i - 1);
      OrmEntity *entity = _orm_session_peek (_orm_collection_get_session (self),
                                             _orm_collection_get_side (self)->target, key);

      if (g_hash_table_contains (leaving, &key) || (entity != NULL && !is_member (self, entity)))
        _orm_keys_remove (ids, i - 1, 1);
    }

  for (guint i = 0; i < members->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (members, i);
      gint64 key = _orm_entity_get_key (entity);
      guint position;

      if (key > 0 && is_member (self, entity) && !_orm_keys_find (ids, key, &position))
        _orm_keys_insert (ids, _orm_collection_find_place (self, ids, entity), key, 0);
    }
}

static GPtrArray *
dup_remembered (OrmCollection *self, OrmWatch *watch)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, _orm_watch_get_entities (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    if (_orm_entity_get_private (entity)->mapper == _orm_collection_get_side (self)->target)
      g_ptr_array_add (entities, g_object_ref (entity));

  return entities;
}

static void
add_id (OrmEntity *entity, OrmMapper *mapper, GArray *ids)
{
  gint64 key = _orm_entity_get_key (entity);

  if (_orm_entity_get_private (entity)->mapper == mapper && key > 0)
    g_array_append_val (ids, key);
}

/*
 * The ids of entities whose link to the owner may have changed since the
 * question, or whose row has.
 */
static GArray *
dup_doubtful (OrmCollection *self, OrmWatch *watch)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, _orm_watch_get_entities (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    add_id (entity, _orm_collection_get_side (self)->target, ids);

  g_hash_table_iter_init (&iter, _orm_watch_get_linked (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    add_id (entity, _orm_collection_get_side (self)->target, ids);

  return ids;
}

static gboolean
ask_linked (OrmCollection *self, GArray *ids, OrmKeys *linked, GError **error)
{
  g_autofree char *json = _orm_format_ids ((const gint64 *) ids->data, ids->len);
  g_autofree char *sql = _orm_dialect_select_linked_among (_orm_collection_get_side (self));
  OrmValue parameters[] = { ORM_VALUE_INTEGER (_orm_collection_get_owner_key (self)),
                            { .is_text = TRUE, .text = json } };
  OrmSession *session = _orm_collection_get_session (self);
  g_autofree char *text =
    _orm_connection_select_text (orm_session_get_connection (session), sql, parameters, 2, error);

  if (text == NULL)
    return FALSE;

  return _orm_parse_keys (_orm_collection_get_side (self)->target, text, NULL, NULL, linked, error);
}

/*
 * The same for a many-to-many: makes the ids what this program's own connection
 * would answer now. What is not written yet comes on top of that, as it does
 * when the list is read at once.
 */
static gboolean
work_in_links (OrmCollection *self, OrmKeys *ids, OrmWatch *watch, GError **error)
{
  g_autoptr (GArray) doubtful = dup_doubtful (self, watch);
  g_autoptr (OrmKeys) linked = NULL;
  guint position;

  if (doubtful->len == 0)
    return TRUE;

  linked = _orm_keys_new (ORM_KEYS_ALONE);
  if (!ask_linked (self, doubtful, linked, error))
    return FALSE;

  for (guint i = 0; i < doubtful->len; i++)
    if (_orm_keys_find (ids, g_array_index (doubtful, gint64, i), &position))
      _orm_keys_remove (ids, position, 1);

  for (guint i = 0; i < _orm_keys_get_length (linked); i++)
    {
      gint64 key = _orm_keys_get (linked, i);

      if (!_orm_keys_find (ids, key, &position))
        _orm_keys_insert (ids, _orm_keys_find_place (ids, key), key, 0);
    }

  return TRUE;
}

static gboolean
is_saved (gpointer entity, gpointer data)
{
  return !orm_entity_is_dirty (entity);
}

/*
 * Those in memory whose place is not for the rows to say: the list keeps them
 * where they are.
 */
static void
drop_unsaved (GPtrArray *entities)
{
  _orm_array_keep (entities, is_saved, NULL);
}

/*
 * Memory has the last word about the entities in it: where the rows differ by
 * now, the next merge changes them, and they notify.
 */
static void
work_in_known (OrmCollection *self, OrmKeys *ids, OrmWatch *watch)
{
  g_autoptr (GPtrArray) entities = dup_remembered (self, watch);
  g_autoptr (GPtrArray) members = NULL, known = NULL;

  if (_orm_side_is_ordered (_orm_collection_get_side (self)))
    {
      members = dup_remembered (self, watch);
      drop_unsaved (members);
      work_in_ordered (self, ids, entities, members);
      return;
    }

  known = _orm_identity_map_dup_persistent (_orm_session_get_map (get_session (self)),
                                            _orm_collection_get_side (self)->target);
  g_ptr_array_extend_and_steal (entities, g_steal_pointer (&known));
  take_out_others (self, ids, entities);
  drop_unsaved (entities);
  put_in_members (self, ids, entities);
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmCollection *self = object;
  OrmKeys *keys = ((Job *) job)->keys;
  g_autoptr (GArray) ids = NULL;

  if (get_session (self) == NULL)
    return ORM_FETCH_DONE;

  if (_orm_watch_has_rows_changed (watch))
    return ORM_FETCH_AGAIN;

  if (!_orm_side_has_links (_orm_collection_get_side (self)))
    work_in_known (self, keys, watch);
  else if (!work_in_links (self, keys, watch, error))
    return ORM_FETCH_FAILED;

  ids = _orm_keys_dup_array (keys);
  if (_orm_side_has_links (_orm_collection_get_side (self)))
    _orm_linking_merge (self, (const gint64 *) ids->data, ids->len);
  else
    _orm_collection_merge (self, (const gint64 *) ids->data, ids->len);
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
  _orm_session_stay_behind (session);
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
 * Whether reading it again takes so long that the program should not wait.
 */
gboolean
_orm_reread_is_worth_it (OrmCollection *self)
{
  OrmSession *session = get_session (self);

  return session != NULL &&
         _orm_keys_get_length (_orm_collection_get_key_list (self)->keys) > LONG_LIST &&
         _orm_connection_is_file (orm_session_get_connection (session));
}

/*
 * Reads a loaded list again in the worker, because another program changed the
 * rows, and tells what is different. A list that is let go of meanwhile is not
 * kept for it.
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
