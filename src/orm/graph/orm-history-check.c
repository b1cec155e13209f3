/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm-dialect-private.h"
#include "orm-history-impl-private.h"

/*
 * Whether the rows are still as a step left them. The database is asked, not
 * memory, which may be older: somebody else may have written since.
 */

/* Keys to a statement. */
#define CHUNK 500

guint
_orm_step_row_hash (gconstpointer data)
{
  const OrmStepRow *row = data;

  return g_direct_hash (row->mapper) ^ g_int64_hash (&row->id);
}

gboolean
_orm_step_row_equal (gconstpointer a, gconstpointer b)
{
  const OrmStepRow *left = a, *right = b;

  return left->mapper == right->mapper && left->id == right->id;
}

static guint64
digest_byte (guint64 digest, guint8 byte)
{
  return (digest ^ byte) * G_GUINT64_CONSTANT (1099511628211);
}

guint64
_orm_step_digest (guint64 digest, const OrmValue *value)
{
  guint64 number = (guint64) value->integer;

  digest = digest_byte (digest, value->is_null ? 0 : 1);
  if (value->is_null)
    return digest;

  if (value->is_text)
    for (const char *p = value->text; *p != '\0'; p++)
      digest = digest_byte (digest, (guint8) *p);
  else
    for (guint i = 0; i < 8; i++)
      digest = digest_byte (digest, (guint8) (number >> (8 * i)));

  return digest;
}

static gboolean
changed_elsewhere (OrmStepRow *row, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
               "Row %" G_GINT64_FORMAT " of %s was changed since", row->id, row->mapper->table);
  return FALSE;
}

/* Gets each row that was found. */
typedef gboolean (*RowFunc) (gpointer data, const OrmRow *row, GError **error);

static gboolean
read_rows (OrmSession *session,
           OrmMapper *mapper,
           const char *sql,
           GArray *ids,
           RowFunc function,
           gpointer data,
           GError **error)
{
  OrmRowCache *cache = _orm_session_get_rows (session, mapper);

  for (guint from = 0; from < ids->len; from += CHUNK)
    {
      g_autofree char *list =
        _orm_format_ids (&g_array_index (ids, gint64, from), MIN (ids->len - from, CHUNK));
      OrmValue parameter = { .is_text = TRUE, .text = list };
      g_autoptr (OrmResult) result =
        _orm_connection_select (orm_session_get_connection (session), sql, &parameter, 1,
                                mapper->reads, mapper->n_reads, error);

      if (result == NULL)
        return FALSE;

      for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
        {
          const OrmRow *row = _orm_row_cache_take_result (cache, result, i, error);

          if (row == NULL || !function (data, row, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* The rows of the step and what was found of them. */
typedef struct
{
  OrmSession *session;
  OrmMapper *mapper;
  GHashTable *rows;  /* of Row, by class and id */
  GHashTable *found; /* ids of targets */
} Check;

static OrmStepRow *
find_row (Check *check, gint64 id)
{
  OrmStepRow wanted = { .mapper = check->mapper, .id = id };

  return g_hash_table_lookup (check->rows, &wanted);
}

static gboolean
check_values (OrmStepRow *row, const OrmRow *now)
{
  guint64 digest = ORM_STEP_DIGEST;

  for (guint i = 0; i < row->mapper->n_slots; i++)
    {
      digest = _orm_step_digest (digest, &now->values[i]);
      if (row->kind == ORM_STEP_UPDATED && (row->slots & ORM_SLOT_BIT (i)) != 0 &&
          !_orm_value_equal (&now->values[i], &row->new_values[i]))
        return FALSE;
    }

  return row->kind != ORM_STEP_INSERTED || digest == row->digest;
}

static gboolean
check_found (gpointer data, const OrmRow *now, GError **error)
{
  Check *check = data;
  OrmStepRow *row = find_row (check, now->id);
  OrmEntity *entity;

  if (row->kind == ORM_STEP_DELETED || !check_values (row, now))
    return changed_elsewhere (row, error);

  entity = _orm_session_peek (check->session, row->mapper, row->id);
  row->entity = entity != NULL ? g_object_ref (entity)
                               : _orm_session_hydrate (check->session, row->mapper, now);
  return TRUE;
}

static gboolean
check_member (gpointer data, const OrmRow *now, GError **error)
{
  Check *check = data;

  if (find_row (check, now->id) != NULL)
    return TRUE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE, "Row %" G_GINT64_FORMAT " of %s came since",
               now->id, check->mapper->table);
  return FALSE;
}

static gboolean
note_target (gpointer data, const OrmRow *now, GError **error)
{
  Check *check = data;

  g_hash_table_add (check->found, g_memdup2 (&now->id, sizeof now->id));
  return TRUE;
}

static GArray *
dup_ids (OrmStep *self, OrmMapper *mapper, gboolean only_inserted)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->rows->len; i++)
    {
      OrmStepRow *row = g_ptr_array_index (self->rows, i);

      if (row->mapper == mapper && (!only_inserted || row->kind == ORM_STEP_INSERTED))
        g_array_append_val (ids, row->id);
    }

  return ids;
}

/*
 * The rows are as the step left them.
 */
static gboolean
check_rows (OrmStep *self, Check *check, GError **error)
{
  g_autofree char *sql = _orm_dialect_select_by_ids (check->mapper);
  g_autoptr (GArray) ids = dup_ids (self, check->mapper, FALSE);

  if (!read_rows (check->session, check->mapper, sql, ids, check_found, check, error))
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      OrmStepRow *row = g_ptr_array_index (self->rows, i);

      if (row->mapper == check->mapper && row->kind != ORM_STEP_DELETED && row->entity == NULL)
        return changed_elsewhere (row, error);
    }

  return TRUE;
}

/*
 * Nobody else gave members to a row that the step brought.
 */
static gboolean
check_members (OrmStep *self, Check *check, GError **error)
{
  OrmMapper *mapper = check->mapper;
  g_autoptr (GArray) ids = dup_ids (self, mapper, TRUE);
  gboolean is_done = TRUE;

  for (guint i = 0; i < mapper->n_collections && ids->len > 0 && is_done; i++)
    {
      OrmSide *side = mapper->collections[i];
      g_autofree char *sql = NULL;

      if (_orm_side_has_links (side))
        continue;

      sql = _orm_dialect_select_by_keys (side);
      check->mapper = side->target;
      is_done = read_rows (check->session, side->target, sql, ids, check_member, check, error);
      check->mapper = mapper;
    }

  return is_done;
}

/*
 * What the old values point at is there, or comes back with the step.
 */
static gboolean
check_targets (OrmStep *self, Check *check, OrmSide *side, GError **error)
{
  g_autofree char *sql = _orm_dialect_select_by_ids (side->target);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint slot = _orm_side_get_slot (side);

  check->mapper = side->target;
  for (guint i = 0; i < self->rows->len; i++)
    {
      OrmStepRow *row = g_ptr_array_index (self->rows, i);
      const OrmValue *key;

      if (row->mapper != side->owner || row->kind == ORM_STEP_INSERTED ||
          row->old_values[slot].is_null)
        continue;

      key = &row->old_values[slot];
      if (find_row (check, key->integer) == NULL &&
          g_hash_table_add (check->found, g_memdup2 (&key->integer, sizeof key->integer)))
        g_array_append_val (ids, key->integer);
    }

  g_hash_table_remove_all (check->found);
  if (!read_rows (check->session, side->target, sql, ids, note_target, check, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (check->found, &g_array_index (ids, gint64, i)))
      {
        g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
                     "Row %" G_GINT64_FORMAT " of %s has gone since",
                     g_array_index (ids, gint64, i), side->target->table);
        return FALSE;
      }

  g_hash_table_remove_all (check->found);
  return TRUE;
}

/*
 * Fails with ORM_ERROR_STALE if somebody else had a hand in it.
 */
gboolean
_orm_step_check (OrmStep *self, OrmSession *session, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (session);
  g_autoptr (GHashTable) rows = g_hash_table_new (_orm_step_row_hash, _orm_step_row_equal);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Check check = { .session = session, .rows = rows, .found = found };

  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_add (rows, g_ptr_array_index (self->rows, i));

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      check.mapper = mapper;
      if (!check_rows (self, &check, error) || !check_members (self, &check, error))
        return FALSE;

      for (guint j = 0; j < mapper->n_references; j++)
        if (!check_targets (self, &check, mapper->references[j], error))
          return FALSE;
    }

  return TRUE;
}
