/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-filling-private.h"
#include "orm-loader-private.h"
#include "orm-prefetch-private.h"
#include "orm-query-keys-private.h"
#include "orm-query-model-private.h"
#include "orm-refresh-private.h"
#include "orm-statement-private.h"
#include "orm-unit-of-work-private.h"

/**
 * OrmQueryModel:
 *
 * The result of a query as a #GListModel. It holds ids in the query's order; an
 * entity is created when its item is requested. A live result follows each
 * change of the session with exact splices, which are found from the change
 * itself. A changed entity that keeps its position only notifies its own
 * properties.
 *
 * A live result may be read in the background, see orm_session_observe().
 *
 * If the order begins with a number or a date, this value is kept beside each
 * id, so that a row's position is usually found without reading other rows.
 */

struct _OrmQueryModel
{
  GObject parent_instance;

  OrmSession *session;
  OrmQuery *query;
  OrmObserver *observer;
  OrmKeyList list;
  guint serial;       /* grows with each change */
  GPtrArray *held;    /* the entities, if there are prefetches */
  GHashTable *rekeys; /* old key → new key, not applied yet */
  gboolean can_evaluate;
  OrmFilling *filling; /* %NULL for a snapshot */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OrmQueryModel,
                               orm_query_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A list of up to this many rows is read with its rows, not only its ids. */
#define SHORT_LIST 256

/* More items than this are searched for in one pass. */
#define MAX_SEARCHED 8

/*
 * Applies the collected changes of keys. A flush of many new rows changes many
 * keys, which are applied in one pass.
 */
static void
apply_rekeys (OrmQueryModel *self)
{
  GHashTableIter iter;
  gpointer old_key, new_key;
  guint position;

  if (g_hash_table_size (self->rekeys) > MAX_SEARCHED)
    _orm_key_list_rekey_all (&self->list, self->rekeys);
  else
    {
      g_hash_table_iter_init (&iter, self->rekeys);
      while (g_hash_table_iter_next (&iter, &old_key, &new_key))
        _orm_key_list_rekey (&self->list, *(gint64 *) old_key, *(gint64 *) new_key, &position);
    }

  g_hash_table_remove_all (self->rekeys);
}

static void
emit (OrmQueryModel *self, guint position, guint n_removed, guint n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static OrmQueryKeys
get_keys (OrmQueryModel *self)
{
  return (OrmQueryKeys){ self->session, self->query, self->list.keys };
}

static guint
find_place (OrmQueryModel *self, OrmEntity *entity)
{
  OrmQueryKeys keys = get_keys (self);

  return _orm_query_keys_find_place (&keys, entity);
}

static gboolean
find (OrmQueryModel *self, OrmEntity *entity, guint *position)
{
  OrmQueryKeys keys = get_keys (self);

  return _orm_query_keys_find (&keys, entity, position);
}

static void
take_out (OrmQueryModel *self, guint position)
{
  self->serial++;
  _orm_keys_remove (self->list.keys, position, 1);
}

static void
put_in (OrmQueryModel *self, OrmEntity *entity, guint position)
{
  OrmQueryKeys keys = get_keys (self);

  self->serial++;
  _orm_query_keys_insert (&keys, position, entity);
}

static void
reposition (OrmQueryModel *self, OrmEntity *entity, guint old_position)
{
  guint position, serial;

  take_out (self, old_position);
  position = find_place (self, entity);

  if (position == old_position)
    {
      put_in (self, entity, position);
      return;
    }

  serial = self->serial;
  emit (self, old_position, 1, 0);

  /* A handler may have changed the list or the entity again. If the entity is
   * back in the list, there is nothing left to insert. */
  if (self->serial != serial && find (self, entity, &position))
    return;

  position = find_place (self, entity);
  put_in (self, entity, position);
  emit (self, position, 0, 1);
}

static void
apply_one (OrmQueryModel *self, const OrmChange *change)
{
  gboolean matches = _orm_query_matches (self->query, change, ORM_NOW);
  OrmQueryKeys keys = get_keys (self);
  guint position;
  gboolean is_listed = _orm_query_keys_find_changed (&keys, change, matches, &position);

  if (is_listed && !matches)
    {
      take_out (self, position);
      emit (self, position, 1, 0);
    }
  else if (is_listed && _orm_query_orders_by_slots (self->query, change->slots))
    reposition (self, change->entity, position);
  else if (!is_listed && matches)
    {
      position = find_place (self, change->entity);
      put_in (self, change->entity, position);
      emit (self, position, 0, 1);
    }
}

static void
apply_many (OrmQueryModel *self, OrmChangeSet *changes)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (OrmRange));
  g_autoptr (OrmKeys) wanted = _orm_keys_copy (self->list.keys);
  OrmQueryKeys keys = { self->session, self->query, wanted };

  if (!_orm_query_keys_apply (&keys, changes, ranges))
    {
      _orm_filling_set_needed (self->filling, TRUE);
      return;
    }

  self->serial++;
  _orm_key_list_set_keys_by_ranges (&self->list, G_LIST_MODEL (self), wanted, ranges);
}

static void
set_keys (OrmQueryModel *self, OrmKeys *keys)
{
  g_autoptr (OrmQueryModel) alive = g_object_ref (self);

  self->serial++;
  _orm_key_list_set_keys (&self->list, G_LIST_MODEL (self), keys);
}

static OrmResult *
select_rows (OrmQueryModel *self, const char *text, OrmQuerySql *sql, GError **error)
{
  return _orm_connection_select (orm_session_get_connection (self->session), text,
                                 (const OrmValue *) sql->parameters->data, sql->parameters->len,
                                 self->query->mapper->reads, self->query->mapper->n_reads, error);
}

/*
 * Adds the rows to the cache and their ids to @keys. A row with an invalid
 * value is reported only when its item is requested, except if it is needed
 * now, to prefetch from it. It gets the rank of the row before it, so that
 * ranks stay in order.
 */
static gboolean
take_rows (OrmQueryModel *self, OrmResult *result, OrmKeys *keys, GError **error)
{
  OrmMapper *mapper = self->query->mapper;
  OrmRowCache *rows = _orm_session_get_rows (self->session, mapper);
  const OrmOrder *order =
    _orm_keys_has_ranks (keys) ? g_ptr_array_index (self->query->orders, 0) : NULL;

  gboolean is_strict = self->query->prefetches->len > 0;
  gint64 id, rank = 0;

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      OrmRow *row;

      if (!_orm_row_read_id (mapper, result, i, &id, error))
        return FALSE;

      row = _orm_row_cache_take_result (rows, result, i, is_strict ? error : NULL);
      if (row == NULL && is_strict)
        return FALSE;
      if (order != NULL && row != NULL)
        rank = _orm_query_rank_value (self->query, &row->values[order->path->slot]);
      _orm_keys_append (keys, id, rank);
    }

  return TRUE;
}

/*
 * Reads all ids with the statement of _orm_query_sql_ids(), and their ranks if
 * @keys has ranks. May be called in any thread that has its own connection.
 */
static gboolean
read_ids (OrmConnection *connection,
          OrmMapper *mapper,
          const char *text,
          GArray *parameters,
          OrmKeys *keys,
          GError **error)
{
  static const OrmRead reads[] = { ORM_READ_TEXT, ORM_READ_TEXT, ORM_READ_TEXT };
  gboolean has_ranks = _orm_keys_has_ranks (keys);
  g_autoptr (OrmResult) result =
    _orm_connection_select (connection, text, (const OrmValue *) parameters->data, parameters->len,
                            reads, has_ranks ? 3 : 1, error);

  if (result == NULL)
    return FALSE;

  if (_orm_result_get_text (result, 0, 0) == NULL)
    return TRUE;

  return _orm_parse_keys (mapper, _orm_result_get_text (result, 0, 0),
                          has_ranks ? _orm_result_get_text (result, 0, 1) : NULL,
                          has_ranks ? _orm_result_get_text (result, 0, 2) : NULL, keys, error);
}

/*
 * Reads the first rows of a result, or all if it is short or has prefetches.
 */
static gboolean
read_page (OrmQueryModel *self, OrmKeys *keys, gboolean *has_all, GError **error)
{
  g_auto (OrmQuerySql) sql = { 0 };
  g_autoptr (OrmResult) result = NULL;
  g_autofree char *text = NULL;
  gboolean wants_all = self->query->prefetches->len > 0;

  _orm_query_sql_init (&sql, self->query);
  text = _orm_query_sql_rows (self->query, &sql, wants_all ? 0 : SHORT_LIST + 1);
  result = select_rows (self, text, &sql, error);
  if (result == NULL)
    return FALSE;

  *has_all = wants_all || _orm_result_get_n_rows (result) <= SHORT_LIST;
  return take_rows (self, result, keys, error);
}

/*
 * Reads a short result with its rows in one statement, a long one as ids.
 */
static gboolean
read_keys (OrmQueryModel *self, OrmKeys *keys, GError **error)
{
  g_auto (OrmQuerySql) sql = { 0 };
  g_autofree char *text = NULL;
  gboolean has_all;

  if (!read_page (self, keys, &has_all, error))
    return FALSE;
  if (has_all)
    return TRUE;

  _orm_keys_clear (keys);
  _orm_query_sql_init (&sql, self->query);
  text = _orm_query_sql_ids (self->query, &sql, _orm_keys_has_ranks (keys));
  return read_ids (orm_session_get_connection (self->session), self->query->mapper, text,
                   sql.parameters, keys, error);
}

/*
 * Replaces the list by @keys and skips the pending changes, which @keys already
 * contains.
 */
static void
apply_result (OrmQueryModel *self, OrmKeys *keys)
{
  _orm_observer_skip (self->observer);
  apply_rekeys (self);
  set_keys (self, keys);
}

/*
 * Applies unsaved changes to keys that were read.
 *
 * Returns: whether @keys are right now; if not, the list has to be read again
 * after the changes are written
 */
static gboolean
apply_unsaved (OrmQueryModel *self, OrmKeys *keys)
{
  OrmQueryKeys read = { self->session, self->query, keys };

  if (self->can_evaluate)
    return _orm_query_keys_apply_entities (&read, _orm_session_get_unsaved (self->session));

  return !_orm_session_has_unwritten (self->session);
}

/*
 * Replaces the list by keys that were read on the session's own connection. If
 * too many changes are unsaved, a list that was filled stays as it is until
 * they are written.
 */
static void
apply_own_result (OrmQueryModel *self, OrmKeys *keys)
{
  gboolean is_right = apply_unsaved (self, keys);

  _orm_filling_set_needed (self->filling,
                           !is_right || _orm_filling_waits_for_flush (self->filling));
  if (is_right || !self->can_evaluate || !_orm_filling_is_filled (self->filling))
    apply_result (self, keys);
}

/*
 * Reading in the worker. It only reads ids, even for a short list. Rows are
 * read in the session's thread, a page at a time, when items are requested.
 */

typedef struct
{
  OrmMapper *mapper;
  OrmStatement statement;
  OrmKeys *keys; /* used by the worker until the job is done, then by the session's thread */
} Job;

static gpointer
new_job (gpointer object)
{
  OrmQueryModel *model = object;
  g_auto (OrmQuerySql) sql = { 0 };
  Job *job = g_new0 (Job, 1);

  job->mapper = model->query->mapper;
  job->keys = _orm_query_keys_new (model->query);
  _orm_query_sql_init (&sql, model->query);
  _orm_statement_init (&job->statement,
                       _orm_query_sql_ids (model->query, &sql, _orm_keys_has_ranks (job->keys)),
                       &sql);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  _orm_statement_clear (&job->statement);
  _orm_keys_unref (job->keys);
  g_free (job);
}

static gboolean
work (OrmConnection *connection, gpointer data, GError **error)
{
  Job *job = data;

  return read_ids (connection, job->mapper, job->statement.sql, job->statement.parameters,
                   job->keys, error);
}

static GPtrArray *
dup_remembered (OrmWatch *watch)
{
  GPtrArray *entities = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, _orm_watch_get_entities (watch));
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    g_ptr_array_add (entities, entity);

  return entities;
}

/*
 * Applies the changes since the job was started to its result.
 */
static gboolean
apply_changes_since (OrmQueryModel *self, Job *job, OrmWatch *watch)
{
  OrmQueryKeys read = { self->session, self->query, job->keys };
  g_autoptr (GPtrArray) entities = NULL;

  if (_orm_query_is_invalidated (self->query, watch))
    return FALSE;

  if (!self->can_evaluate)
    return TRUE;

  entities = dup_remembered (watch);
  return _orm_query_keys_apply_entities (&read, entities);
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmQueryModel *model = object;

  if (!apply_changes_since (model, job, watch))
    return ORM_FETCH_AGAIN;

  apply_result (model, ((Job *) job)->keys);
  _orm_filling_succeed (model->filling);
  return ORM_FETCH_DONE;
}

static gboolean
read_now (gpointer object, GError **error)
{
  OrmQueryModel *model = object;
  g_autoptr (OrmKeys) keys = _orm_query_keys_new (model->query);

  if (!_orm_session_autoflush (model->session, error) || !read_keys (model, keys, error))
    return FALSE;

  apply_own_result (model, keys);
  _orm_filling_succeed (model->filling);
  return TRUE;
}

static gboolean
read_first (gpointer object, gboolean *has_all, GError **error)
{
  OrmQueryModel *model = object;
  g_autoptr (OrmKeys) keys = NULL;

  if (!_orm_query_is_bounded (model->query) || _orm_keys_get_length (model->list.keys) > SHORT_LIST)
    return TRUE;

  keys = _orm_query_keys_new (model->query);
  if (!read_page (model, keys, has_all, error))
    return FALSE;

  apply_own_result (model, keys);
  return TRUE;
}

static void
failed (gpointer object, OrmSession *session, const GError *error)
{
  _orm_filling_fail (ORM_QUERY_MODEL (object)->filling, session, error);
}

static void
notify_loading (gpointer object)
{
  g_object_notify_by_pspec (object, properties[PROP_LOADING]);
}

static void
notify_error (gpointer object)
{
  g_object_notify_by_pspec (object, properties[PROP_ERROR]);
}

static const OrmFillingClass filling_class = {
  .fetch = {
    .new_job = new_job,
    .work = work,
    .free_job = job_free,
    .take = take,
    .read = read_now,
    .failed = failed,
    .running = notify_loading,
  },
  .read_first = read_first,
  .notify_error = notify_error,
};

/*
 * Reads the list in the worker. Then applies the changes made meanwhile and
 * emits the difference to the current list as splices. Does not keep the list
 * alive.
 */
void
_orm_query_model_reread_async (OrmQueryModel *self)
{
  _orm_filling_run_in_worker (self->filling);
}

/*
 * Whether the list has to be read again, because entities of another class that
 * the query reads have changed, or because it cannot be evaluated in memory.
 */
static gboolean
needs_reading (OrmQueryModel *self, OrmChangeSet *changes)
{
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      const OrmChange *change = _orm_change_set_get (changes, i);
      OrmMapper *mapper = _orm_entity_get_private (change->entity)->mapper;

      if (!self->can_evaluate &&
          (mapper == self->query->mapper || _orm_query_involves (self->query, mapper)))
        return TRUE;

      if ((change->updates & _orm_query_get_related_slots (self->query, mapper)) != 0)
        return TRUE;
    }

  return FALSE;
}

static void
clear (OrmQueryModel *self)
{
  guint n = _orm_keys_get_length (self->list.keys);

  _orm_key_list_clear (&self->list);
  _orm_key_list_init (&self->list, ORM_KEYS_WITHOUT_RANKS);
  if (n > 0)
    emit (self, 0, n, 0);
}

/*
 * The change, if it is the only one of the query's class.
 */
static const OrmChange *
single_change (OrmQueryModel *self, OrmChangeSet *changes)
{
  const OrmChange *found = NULL;

  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      const OrmChange *change = _orm_change_set_get (changes, i);

      if (_orm_entity_get_private (change->entity)->mapper != self->query->mapper)
        continue;
      if (found != NULL)
        return NULL;
      found = change;
    }

  return found;
}

static void
on_session_changed (gpointer data, OrmChangeSet *changes)
{
  g_autoptr (OrmQueryModel) self = g_object_ref (data);
  const OrmChange *change;

  if (changes == NULL)
    {
      _orm_filling_stop (self->filling);
      clear (self);
      return;
    }

  apply_rekeys (self);
  _orm_key_list_finish (&self->list, G_LIST_MODEL (self));
  if (needs_reading (self, changes))
    _orm_filling_set_needed (self->filling, TRUE);
  if (!self->can_evaluate)
    return;

  change = single_change (self, changes);
  if (change != NULL)
    apply_one (self, change);
  else
    apply_many (self, changes);
}

static gboolean
concerns (gpointer data, OrmMapper *mapper)
{
  OrmQueryModel *self = data;

  return mapper == self->query->mapper || _orm_query_involves (self->query, mapper);
}

/*
 * Assigned ids are in the same order as the keys before them. An id that the
 * program chose may belong elsewhere in the list.
 */
static void
on_session_rekey (gpointer data, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  OrmQueryModel *self = data;
  OrmEntity *entity = _orm_session_peek (self->session, mapper, new_key);

  _orm_query_update_keys (self->query);
  if (entity != NULL && _orm_entity_get_private (entity)->wanted_id > 0 && concerns (self, mapper))
    _orm_filling_set_needed (self->filling, TRUE);
  if (mapper == self->query->mapper)
    g_hash_table_replace (self->rekeys, g_memdup2 (&old_key, sizeof old_key),
                          g_memdup2 (&new_key, sizeof new_key));
}

/*
 * The changes are written now, so the list can be read from the database if it
 * could not be evaluated in memory.
 */
static void
on_session_settled (gpointer data)
{
  OrmQueryModel *self = data;

  apply_rekeys (self);
  if (_orm_filling_is_needed (self->filling))
    _orm_filling_run (self->filling);
}

static void
on_session_outdated (gpointer data)
{
  OrmQueryModel *self = data;

  _orm_filling_set_needed (self->filling, TRUE);
}

static const OrmObserverClass observer_class = {
  .changed = on_session_changed,
  .rekey = on_session_rekey,
  .settled = on_session_settled,
  .outdated = on_session_outdated,
  .concerns = concerns,
};

static gpointer
orm_query_model_get_item (GListModel *model, guint position)
{
  OrmQueryModel *self = ORM_QUERY_MODEL (model);

  if (position >= _orm_keys_get_length (self->list.keys))
    return NULL;

  if (g_hash_table_size (self->rekeys) > 0)
    apply_rekeys (self);
  return _orm_session_dup_at (self->session, self->query->mapper, self->list.keys, position);
}

static guint
orm_query_model_get_n_items (GListModel *model)
{
  return _orm_keys_get_length (ORM_QUERY_MODEL (model)->list.keys);
}

static GType
orm_query_model_get_item_type (GListModel *model)
{
  return ORM_QUERY_MODEL (model)->query->mapper->type;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = orm_query_model_get_item;
  iface->get_n_items = orm_query_model_get_n_items;
  iface->get_item_type = orm_query_model_get_item_type;
}

static void
orm_query_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_LOADING)
    g_value_set_boolean (value, orm_query_model_get_loading (ORM_QUERY_MODEL (object)));
  else if (prop_id == PROP_ERROR)
    g_value_set_boxed (value, orm_query_model_get_error (ORM_QUERY_MODEL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
orm_query_model_dispose (GObject *object)
{
  OrmQueryModel *self = ORM_QUERY_MODEL (object);

  g_clear_pointer (&self->filling, _orm_filling_free);
  if (self->observer != NULL)
    _orm_session_remove_observer (self->session, g_steal_pointer (&self->observer));
  g_clear_pointer (&self->held, g_ptr_array_unref);

  G_OBJECT_CLASS (orm_query_model_parent_class)->dispose (object);
}

static void
orm_query_model_finalize (GObject *object)
{
  OrmQueryModel *self = ORM_QUERY_MODEL (object);

  _orm_key_list_clear (&self->list);
  g_hash_table_unref (self->rekeys);
  g_clear_object (&self->query);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (orm_query_model_parent_class)->finalize (object);
}

static void
orm_query_model_class_init (OrmQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = orm_query_model_dispose;
  object_class->finalize = orm_query_model_finalize;
  object_class->get_property = orm_query_model_get_property;

  /**
   * OrmQueryModel:loading:
   *
   * Whether the list is being read in the background: for the first time, or
   * again because another program changed the database. It keeps its items
   * until then.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * OrmQueryModel:error:
   *
   * The error of the last read, or %NULL if it succeeded.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
orm_query_model_init (OrmQueryModel *self)
{
  self->rekeys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static gboolean
prefetch (OrmQueryModel *self, GError **error)
{
  if (self->query->prefetches->len == 0)
    return TRUE;

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < _orm_keys_get_length (self->list.keys); i++)
    g_ptr_array_add (self->held,
                     _orm_session_dup_at (self->session, self->query->mapper, self->list.keys, i));

  return _orm_session_prefetch (self->session, self->query->mapper, self->query->prefetches,
                                self->held, error);
}

/*
 * Reads a list that does not follow the session, completely and at once.
 */
static gboolean
read_snapshot (OrmQueryModel *self, GError **error)
{
  return _orm_session_autoflush (self->session, error) &&
         read_keys (self, self->list.keys, error) && prefetch (self, error);
}

/*
 * A live list with prefetches holds all its entities anyway, so it is read at
 * once; others are read by the filling.
 */
static gboolean
start_following (OrmQueryModel *self, GError **error)
{
  self->filling = _orm_filling_new (&filling_class, self, self->session, self->query);
  self->observer = _orm_session_add_observer (self->session, &observer_class, self);

  if (self->query->prefetches->len > 0)
    return read_now (self, error) && prefetch (self, error);

  _orm_filling_run (self->filling);
  return TRUE;
}

OrmQueryModel *
_orm_query_model_new (OrmSession *session, OrmQuery *query, OrmLiveness liveness, GError **error)
{
  g_autoptr (OrmQueryModel) self = g_object_new (ORM_TYPE_QUERY_MODEL, NULL);
  gboolean is_made;

  self->session = g_object_ref (session);
  self->query = orm_query_copy (query);
  self->can_evaluate = _orm_query_can_evaluate (query);
  _orm_key_list_init (&self->list,
                      _orm_query_has_ranks (query) ? ORM_KEYS_WITH_RANKS : ORM_KEYS_WITHOUT_RANKS);

  is_made = liveness == ORM_LIVE ? start_following (self, error) : read_snapshot (self, error);
  return is_made ? g_steal_pointer (&self) : NULL;
}

/**
 * orm_query_model_find:
 * @self: a result
 * @entity: (type OrmEntity): an entity
 * @position: (out): the position of @entity
 *
 * Finds an entity in the list.
 *
 *   Returns: whether it is in the list
 */
gboolean
orm_query_model_find (OrmQueryModel *self, gpointer entity, guint *position)
{
  g_return_val_if_fail (ORM_IS_QUERY_MODEL (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  return _orm_entity_get_private (entity)->mapper == self->query->mapper &&
         find (self, entity, position);
}

/**
 * orm_query_model_get_id:
 * @self: a result
 * @position: a position in it
 *
 * Gets the id at a position without creating an entity, which is useful for a
 * selection of many rows.
 *
 * Returns: the id, or 0 if the entity is pending or @position is out of range
 */
gint64
orm_query_model_get_id (OrmQueryModel *self, guint position)
{
  g_return_val_if_fail (ORM_IS_QUERY_MODEL (self), 0);

  apply_rekeys (self);
  return position < _orm_keys_get_length (self->list.keys)
           ? MAX (_orm_keys_get (self->list.keys, position), 0)
           : 0;
}

/**
 * orm_query_model_get_loading:
 * @self: a result
 *
 * Returns: whether it is being read in the background
 */
gboolean
orm_query_model_get_loading (OrmQueryModel *self)
{
  g_return_val_if_fail (ORM_IS_QUERY_MODEL (self), FALSE);

  return _orm_filling_is_running (self->filling);
}

/**
 * orm_query_model_get_error:
 * @self: a result
 *
 * Returns: (transfer none) (nullable): the error of the last read, %NULL if it
 *   succeeded
 */
const GError *
orm_query_model_get_error (OrmQueryModel *self)
{
  g_return_val_if_fail (ORM_IS_QUERY_MODEL (self), NULL);

  return _orm_filling_get_error (self->filling);
}

/**
 * orm_query_model_load:
 * @self: a result
 * @error: return location for an #OrmError
 *
 * Fills the list by reading it at once on the session's own connection. Does
 * nothing unless the list is being read in the background or the last read
 * failed.
 *
 * Returns: %TRUE if the list is filled; otherwise it is unchanged
 */
gboolean
orm_query_model_load (OrmQueryModel *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_QUERY_MODEL (self), FALSE);

  return self->filling == NULL || _orm_filling_load (self->filling, error);
}
