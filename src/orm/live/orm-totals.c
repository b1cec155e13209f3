/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-filling-private.h"
#include "orm-refresh-private.h"
#include "orm-statement-private.h"
#include "orm-total-private.h"
#include "orm-totals-private.h"
#include "orm-unit-of-work-private.h"

#include <string.h>

/**
 * OrmTotals:
 *
 * Sums of a query's rows by group, as a #GListModel of #OrmTotal. They are read
 * once by a GROUP BY, in the background if that may take a while. From then on,
 * each change of the session is subtracted with its old values and added with
 * its new ones, so that sums over a million rows follow an edit at once and
 * exactly.
 */

struct _OrmTotals
{
  GObject parent_instance;

  OrmSession *session;
  OrmQuery *query;
  OrmPath *group;
  OrmPath *value;
  OrmObserver *observer;
  OrmKeys *keys;      /* of the groups, in order */
  GHashTable *totals; /* key → OrmTotal */
  gint64 sum;
  guint64 count;
  gboolean can_evaluate;
  OrmFilling *filling;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OrmTotals,
                               orm_totals,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_0,
  PROP_SUM,
  PROP_COUNT,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The columns of _orm_query_sql_totals(). */
enum
{
  GROUP_KEY,
  GROUP_SUM,
  GROUP_COUNT,
  GROUP_IS_SOUND,
  GROUP_KEY_TYPE,
  GROUP_FIRST,
  GROUP_LAST
};

/* What is added to a group, or subtracted from it. */
typedef struct
{
  gint64 key;
  gint64 sum;
  gint64 count;
} OrmDelta;

static OrmTotal *
get_at (OrmTotals *self, guint position)
{
  gint64 key = _orm_keys_get (self->keys, position);

  return g_hash_table_lookup (self->totals, &key);
}

static void
insert (OrmTotals *self, gint64 key, OrmTotal *total)
{
  g_hash_table_insert (self->totals, g_memdup2 (&key, sizeof key), total);
}

/*
 * The class of the groups' entities, or %NULL if the groups are months.
 */
static OrmMapper *
get_target (OrmTotals *self)
{
  const OrmMapper *mapper = self->group->end;

  if (_orm_path_get_column (self->group) != NULL || self->group->slot < 0)
    return NULL;

  return mapper->references[self->group->slot - mapper->n_columns]->target;
}

static void
append (OrmTotals *self, const OrmDelta *delta)
{
  guint position = _orm_keys_get_length (self->keys);
  OrmTotal *total = _orm_total_new (self->session, get_target (self), delta->key);

  _orm_total_add (total, delta->sum, delta->count);
  _orm_keys_append (self->keys, delta->key, 0);
  insert (self, delta->key, total);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static gint64
month_of (const OrmValue *value)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) value->integer);
  return (gint64) g_date_get_year (&date) * 12 + g_date_get_month (&date) - 1;
}

static gint64
key_of (OrmTotals *self, const OrmValue *value)
{
  const OrmColumn *column = _orm_path_get_column (self->group);

  if (value->is_null)
    return 0;

  return column != NULL && column->type == ORM_COLUMN_TYPE_DATE ? month_of (value) : value->integer;
}

static void
number (GHashTable *numbers, gint64 key, guint n)
{
  g_hash_table_insert (numbers, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (n));
}

/*
 * Maps each key to the number of its delta, counted from 1.
 */
static GHashTable *
number_all (GArray *deltas)
{
  GHashTable *numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < deltas->len; i++)
    number (numbers, g_array_index (deltas, OrmDelta, i).key, i + 1);

  return numbers;
}

static OrmDelta *
ensure_delta (GArray *deltas, GHashTable *numbers, gint64 key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, &key));
  OrmDelta delta = { .key = key };

  if (n == 0)
    {
      g_array_append_val (deltas, delta);
      n = deltas->len;
      number (numbers, key, n);
    }

  return &g_array_index (deltas, OrmDelta, n - 1);
}

static void
add_moment (
  OrmTotals *self, const OrmChange *change, OrmMoment moment, GArray *deltas, GHashTable *numbers)
{
  g_auto (OrmValue) key = ORM_VALUE_NULL, value = ORM_VALUE_NULL;
  OrmDelta *delta;
  int sign = moment == ORM_NOW ? 1 : -1;

  if (!_orm_query_matches (self->query, change, moment))
    return;

  key = _orm_path_evaluate_change (self->group, change, moment);
  value = _orm_path_evaluate_change (self->value, change, moment);
  delta = ensure_delta (deltas, numbers, key_of (self, &key));
  delta->sum += sign * (value.is_null ? 0 : value.integer);
  delta->count += sign;
}

static gboolean
needs_reading (OrmTotals *self, const OrmChange *change)
{
  OrmMapper *mapper = _orm_entity_get_private (change->entity)->mapper;

  if (!self->can_evaluate)
    return mapper == self->query->mapper || _orm_query_involves (self->query, mapper);

  return (change->updates & _orm_query_get_related_slots (self->query, mapper)) != 0;
}

static void
apply (OrmTotals *self, const OrmDelta *delta)
{
  OrmTotal *total;
  guint position;

  if (delta->sum == 0 && delta->count == 0)
    return;

  total = g_hash_table_lookup (self->totals, &delta->key);
  if (total == NULL)
    {
      append (self, delta);
      return;
    }

  _orm_total_add (total, delta->sum, delta->count);
  if (orm_total_get_count (total) > 0)
    {
      _orm_total_notify_added (total, delta->sum, delta->count);
      return;
    }

  if (!_orm_keys_find (self->keys, delta->key, &position))
    g_assert_not_reached ();
  _orm_keys_remove (self->keys, position, 1);
  g_hash_table_remove (self->totals, &delta->key);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
apply_all (OrmTotals *self, GArray *deltas)
{
  gint64 sum = 0, count = 0;

  for (guint i = 0; i < deltas->len; i++)
    {
      sum += g_array_index (deltas, OrmDelta, i).sum;
      count += g_array_index (deltas, OrmDelta, i).count;
    }

  self->sum += sum;
  self->count += (guint64) count;

  for (guint i = 0; i < deltas->len; i++)
    apply (self, &g_array_index (deltas, OrmDelta, i));

  if (sum != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUM]);
  if (count != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
forget_session (OrmTotals *self)
{
  GHashTableIter iter;
  gpointer total;

  g_hash_table_iter_init (&iter, self->totals);
  while (g_hash_table_iter_next (&iter, NULL, &total))
    _orm_total_forget_session (total);
}

static void
clear (OrmTotals *self)
{
  guint n = _orm_keys_get_length (self->keys);

  forget_session (self);
  _orm_keys_clear (self->keys);
  g_hash_table_remove_all (self->totals);
  self->sum = 0;
  self->count = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/*
 * All deltas are computed before the first is emitted: changes made by a
 * handler arrive as a change set of their own.
 */
static void
on_session_changed (gpointer data, OrmChangeSet *changes)
{
  g_autoptr (OrmTotals) self = g_object_ref (data);
  g_autoptr (GArray) deltas = NULL;
  g_autoptr (GHashTable) numbers = NULL;

  if (changes == NULL)
    {
      _orm_filling_stop (self->filling);
      clear (self);
      return;
    }

  /* The first read, which is still running, will include the changes. */
  if (!_orm_filling_is_filled (self->filling))
    return;

  deltas = g_array_new (FALSE, FALSE, sizeof (OrmDelta));
  numbers = number_all (deltas);
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      const OrmChange *change = _orm_change_set_get (changes, i);

      if (needs_reading (self, change))
        _orm_filling_set_needed (self->filling, TRUE);
      if (!self->can_evaluate ||
          _orm_entity_get_private (change->entity)->mapper != self->query->mapper)
        continue;

      add_moment (self, change, ORM_BEFORE, deltas, numbers);
      add_moment (self, change, ORM_NOW, deltas, numbers);
    }

  apply_all (self, deltas);
}

static void
on_session_rekey (gpointer data, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  OrmTotals *self = data;
  OrmTotal *total;
  guint position;

  _orm_query_update_keys (self->query);
  total = g_hash_table_lookup (self->totals, &old_key);
  if (total == NULL || _orm_total_get_target (total) != mapper)
    return;

  if (!_orm_keys_find (self->keys, old_key, &position))
    g_assert_not_reached ();
  _orm_keys_set (self->keys, position, new_key);
  g_object_ref (total);
  g_hash_table_remove (self->totals, &old_key);
  insert (self, new_key, total);
  _orm_total_set_key (total, new_key);
}

static void
init_statement (OrmTotals *self, OrmStatement *statement)
{
  g_auto (OrmQuerySql) sql = { 0 };

  _orm_query_sql_init (&sql, self->query);
  _orm_statement_init (statement,
                       _orm_query_sql_totals (self->query, &sql, self->group, self->value), &sql);
  _orm_statement_add_fault (statement, self->query, &sql, self->value);
  _orm_statement_add_fault (statement, self->query, &sql, self->group);
}

static gboolean
is_day (OrmResult *result, guint row, guint column)
{
  static const OrmColumn day = { .type = ORM_COLUMN_TYPE_DATE };
  const char *text = _orm_result_get_text (result, row, column);
  OrmValue value;

  return text == NULL || _orm_value_from_storage (&day, text, &value);
}

/*
 * Whether the group's key and sum are valid. An invalid date is found only if
 * it is the first or the last of its group.
 */
static gboolean
is_sound (OrmResult *result, guint row)
{
  gint64 key = _orm_result_get_int64 (result, row, GROUP_KEY);
  const char *type = _orm_result_get_text (result, row, GROUP_KEY_TYPE);

  return _orm_result_get_int64 (result, row, GROUP_IS_SOUND) != 0 &&
         (g_strcmp0 (type, "null") == 0 || (g_strcmp0 (type, "integer") == 0 && key > 0)) &&
         is_day (result, row, GROUP_FIRST) && is_day (result, row, GROUP_LAST);
}

/*
 * May be called in any thread that has its own connection.
 */
static gboolean
read_sums (OrmStatement *statement, OrmConnection *connection, GArray *deltas, GError **error)
{
  static const OrmRead reads[] = {
    [GROUP_KEY] = ORM_READ_INT64,     [GROUP_SUM] = ORM_READ_INT64,
    [GROUP_COUNT] = ORM_READ_INT64,   [GROUP_IS_SOUND] = ORM_READ_INT64,
    [GROUP_KEY_TYPE] = ORM_READ_TEXT, [GROUP_FIRST] = ORM_READ_TEXT,
    [GROUP_LAST] = ORM_READ_TEXT,
  };
  g_autoptr (OrmResult) result =
    _orm_statement_run (statement, connection, reads, G_N_ELEMENTS (reads), error);

  if (result == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      OrmDelta delta;

      if (!is_sound (result, i))
        {
          _orm_statement_set_error (statement, connection, error);
          return FALSE;
        }

      delta.key = _orm_result_get_int64 (result, i, GROUP_KEY);
      delta.sum = _orm_result_get_int64 (result, i, GROUP_SUM);
      delta.count = _orm_result_get_int64 (result, i, GROUP_COUNT);
      g_array_append_val (deltas, delta);
    }

  return TRUE;
}

static gboolean
read_deltas (OrmTotals *self, GArray *deltas, GError **error)
{
  OrmStatement statement;
  gboolean is_read;

  init_statement (self, &statement);
  is_read = read_sums (&statement, orm_session_get_connection (self->session), deltas, error);
  _orm_statement_clear (&statement);
  return is_read;
}

/*
 * Replaces the sums by those that were read and emits the differences.
 */
static void
set_sums (OrmTotals *self, GArray *deltas)
{
  g_autoptr (OrmTotals) alive = g_object_ref (self);
  g_autoptr (GHashTable) numbers = number_all (deltas);

  for (guint i = 0; i < _orm_keys_get_length (self->keys); i++)
    {
      OrmTotal *total = get_at (self, i);
      OrmDelta *delta = ensure_delta (deltas, numbers, orm_total_get_key (total));

      delta->sum -= orm_total_get_sum (total);
      delta->count -= (gint64) orm_total_get_count (total);
    }

  apply_all (self, deltas);
}

static void
apply_result (OrmTotals *self, GArray *deltas)
{
  _orm_observer_skip (self->observer);
  set_sums (self, deltas);
  _orm_filling_succeed (self->filling);
}

/*
 * Summing in the worker. Sums do not say which rows are in them, so later
 * changes cannot be applied to them: if a row changed meanwhile, they are read
 * again.
 */

typedef struct
{
  OrmStatement statement;
  GArray *deltas; /* of OrmDelta */
} Job;

static gpointer
new_job (gpointer object)
{
  OrmTotals *totals = object;
  Job *job = g_new0 (Job, 1);

  init_statement (totals, &job->statement);
  job->deltas = g_array_new (FALSE, FALSE, sizeof (OrmDelta));
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  _orm_statement_clear (&job->statement);
  g_array_unref (job->deltas);
  g_free (job);
}

static gboolean
work (OrmConnection *connection, gpointer data, GError **error)
{
  Job *job = data;

  return read_sums (&job->statement, connection, job->deltas, error);
}

static gboolean
is_right (OrmTotals *self, OrmWatch *watch)
{
  return !_orm_watch_has_changed (watch, self->query->mapper) &&
         !_orm_query_is_invalidated (self->query, watch);
}

static OrmFetchVerdict
take (gpointer object, gpointer job, OrmWatch *watch, GError **error)
{
  OrmTotals *totals = object;

  if (!is_right (totals, watch))
    return ORM_FETCH_AGAIN;

  apply_result (totals, ((Job *) job)->deltas);
  return ORM_FETCH_DONE;
}

static gboolean
read_now (gpointer object, GError **error)
{
  OrmTotals *totals = object;
  g_autoptr (GArray) deltas = NULL;
  gboolean waits_for_flush;

  if (!_orm_session_autoflush (totals->session, error))
    return FALSE;

  /* Unsaved changes are already in the sums but not in the rows, so read only
   * after they are written. */
  waits_for_flush = _orm_filling_waits_for_flush (totals->filling);
  _orm_filling_set_needed (totals->filling, waits_for_flush);
  if (waits_for_flush && _orm_filling_is_filled (totals->filling))
    return TRUE;

  deltas = g_array_new (FALSE, FALSE, sizeof (OrmDelta));
  if (!read_deltas (totals, deltas, error))
    return FALSE;

  apply_result (totals, deltas);
  return TRUE;
}

static void
failed (gpointer object, OrmSession *session, const GError *error)
{
  _orm_filling_fail (ORM_TOTALS (object)->filling, session, error);
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
  .notify_error = notify_error,
  .counts_rows = TRUE,
};

/*
 * Reads the sums in the worker and emits the differences. Does not keep the
 * totals alive.
 */
void
_orm_totals_reread_async (OrmTotals *self)
{
  _orm_filling_run_in_worker (self->filling);
}

static void
on_session_settled (gpointer data)
{
  OrmTotals *self = data;

  /* Unsaved changes are in the sums but not in the rows. */
  if (_orm_filling_is_needed (self->filling) && _orm_session_get_unsaved (self->session)->len == 0)
    _orm_filling_run (self->filling);
}

static void
on_session_outdated (gpointer data)
{
  OrmTotals *self = data;

  _orm_filling_set_needed (self->filling, TRUE);
}

static const OrmObserverClass observer_class = {
  .changed = on_session_changed,
  .rekey = on_session_rekey,
  .settled = on_session_settled,
  .outdated = on_session_outdated,
};

static gpointer
orm_totals_get_item (GListModel *model, guint position)
{
  OrmTotals *self = ORM_TOTALS (model);

  if (position >= _orm_keys_get_length (self->keys))
    return NULL;

  return g_object_ref (get_at (self, position));
}

static guint
orm_totals_get_n_items (GListModel *model)
{
  return _orm_keys_get_length (ORM_TOTALS (model)->keys);
}

static GType
orm_totals_get_item_type (GListModel *model)
{
  return ORM_TYPE_TOTAL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = orm_totals_get_item;
  iface->get_n_items = orm_totals_get_n_items;
  iface->get_item_type = orm_totals_get_item_type;
}

static void
orm_totals_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OrmTotals *self = ORM_TOTALS (object);

  switch (prop_id)
    {
    case PROP_SUM:
      g_value_set_int64 (value, self->sum);
      break;
    case PROP_COUNT:
      g_value_set_uint64 (value, self->count);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, orm_totals_get_loading (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, orm_totals_get_error (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
orm_totals_dispose (GObject *object)
{
  OrmTotals *self = ORM_TOTALS (object);

  g_clear_pointer (&self->filling, _orm_filling_free);
  if (self->observer != NULL)
    _orm_session_remove_observer (self->session, g_steal_pointer (&self->observer));
  forget_session (self);

  G_OBJECT_CLASS (orm_totals_parent_class)->dispose (object);
}

static void
orm_totals_finalize (GObject *object)
{
  OrmTotals *self = ORM_TOTALS (object);

  g_hash_table_unref (self->totals);
  _orm_keys_unref (self->keys);
  g_clear_pointer (&self->group, _orm_path_free);
  g_clear_pointer (&self->value, _orm_path_free);
  g_clear_object (&self->query);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (orm_totals_parent_class)->finalize (object);
}

static void
orm_totals_class_init (OrmTotalsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = orm_totals_get_property;
  object_class->dispose = orm_totals_dispose;
  object_class->finalize = orm_totals_finalize;

  /**
   * OrmTotals:sum:
   *
   * The sum over all groups.
   */
  properties[PROP_SUM] = g_param_spec_int64 ("sum", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * OrmTotals:count:
   *
   * The number of all rows.
   */
  properties[PROP_COUNT] = g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * OrmTotals:loading:
   *
   * Whether the totals are being read in the background: for the first time, or
   * again because another program changed the database. They keep their values
   * until then.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * OrmTotals:error:
   *
   * The error of the last read, or %NULL if it succeeded. Totals that were
   * never read are 0.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
orm_totals_init (OrmTotals *self)
{
  self->keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  self->totals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

static gboolean
parse_paths (OrmTotals *self, const char *group_path, const char *sum_path, GError **error)
{
  g_autofree char *group = g_strdup (group_path);
  const OrmColumn *column;
  gboolean is_month = g_str_has_suffix (group, ".month");

  if (is_month)
    group[strlen (group) - strlen (".month")] = '\0';

  self->group = _orm_path_parse (self->query->mapper, group, error);
  if (self->group == NULL)
    return FALSE;

  self->value = _orm_path_parse (self->query->mapper, sum_path, error);
  if (self->value == NULL)
    return FALSE;

  column = _orm_path_get_column (self->group);
  if (self->group->sides->len > 0 ||
      (column != NULL && (column->type != ORM_COLUMN_TYPE_DATE || !is_month)))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH,
                   "“%s” is neither a to-one nor the month of a date", group_path);
      return FALSE;
    }

  column = _orm_path_get_column (self->value);
  if (self->value->sides->len > 0 || column == NULL || column->type != ORM_COLUMN_TYPE_INT64)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "“%s” is not a number of the class itself",
                   sum_path);
      return FALSE;
    }

  return TRUE;
}

OrmTotals *
_orm_totals_new (OrmSession *session,
                 OrmQuery *query,
                 const char *group_path,
                 const char *sum_path,
                 GError **error)
{
  g_autoptr (OrmTotals) self = g_object_new (ORM_TYPE_TOTALS, NULL);

  self->session = g_object_ref (session);
  self->query = orm_query_copy (query);
  self->can_evaluate = _orm_query_can_evaluate (query);

  if (!parse_paths (self, group_path, sum_path, error))
    return NULL;

  self->filling = _orm_filling_new (&filling_class, self, session, self->query);
  self->observer = _orm_session_add_observer (session, &observer_class, self);
  _orm_filling_run (self->filling);
  return g_steal_pointer (&self);
}

/**
 * orm_totals_get_sum:
 * @self: totals
 *
 * Returns: the sum over all groups
 */
gint64
orm_totals_get_sum (OrmTotals *self)
{
  g_return_val_if_fail (ORM_IS_TOTALS (self), 0);

  return self->sum;
}

/**
 * orm_totals_get_count:
 * @self: totals
 *
 * Returns: the number of all rows
 */
guint64
orm_totals_get_count (OrmTotals *self)
{
  g_return_val_if_fail (ORM_IS_TOTALS (self), 0);

  return self->count;
}

/**
 * orm_totals_get_loading:
 * @self: totals
 *
 * Returns: whether the totals are being read in the background
 */
gboolean
orm_totals_get_loading (OrmTotals *self)
{
  g_return_val_if_fail (ORM_IS_TOTALS (self), FALSE);

  return _orm_filling_is_running (self->filling);
}

/**
 * orm_totals_get_error:
 * @self: totals
 *
 * Returns: (transfer none) (nullable): the error of the last read, %NULL if it
 *   succeeded
 */
const GError *
orm_totals_get_error (OrmTotals *self)
{
  g_return_val_if_fail (ORM_IS_TOTALS (self), NULL);

  return _orm_filling_get_error (self->filling);
}

/**
 * orm_totals_load:
 * @self: totals
 * @error: return location for an #OrmError
 *
 * Fills the totals by reading them at once on the session's own connection.
 * Does nothing unless they are being read in the background or the last read
 * failed.
 *
 * Returns: %TRUE if the totals are filled; otherwise they are unchanged
 */
gboolean
orm_totals_load (OrmTotals *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_TOTALS (self), FALSE);

  return _orm_filling_load (self->filling, error);
}
