/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-levels-private.h"
#include "orm-loader-private.h"
#include "orm-row-writer-private.h"
#include "orm-unit-of-work-private.h"

struct _OrmRowWriter
{
  OrmSession *session; /* not held */
  GArray *ids;         /* of the new rows of the statement that is put together */
  GHashTable *peers;   /* entity → its id, if those rows may point at one another */
};

/* Rows in one statement; more are not faster. */
#define CHUNK 1000

static void
append_json_text (GString *json, const char *text)
{
  const char *start = text;

  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      g_string_append_len (json, start, p - start);
      start = p + 1;
      if (c < 0x20)
        g_string_append_printf (json, "\\u%04x", c);
      else
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, (char) c);
        }
    }
  g_string_append (json, start);
  g_string_append_c (json, '"');
}

/*
 * The value to write for a slot. For a reference it is the id that the target
 * got in this flush or will get by the same statement.
 */
static OrmValue
get_slot_to_write (OrmRowWriter *self, OrmEntity *entity, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmReference *reference;
  const gint64 *id;

  if (slot < priv->mapper->n_columns)
    return _orm_entity_get_slot (entity, slot);

  reference = &priv->references[slot - priv->mapper->n_columns];
  if (reference->target != NULL)
    reference->key = _orm_entity_get_key (reference->target);

  id = reference->target != NULL ? g_hash_table_lookup (self->peers, reference->target) : NULL;
  return id != NULL ? ORM_VALUE_INTEGER (*id) : _orm_entity_get_slot (entity, slot);
}

/*
 * Appends a comma and the value as the column stores it.
 */
static void
append_value (GString *json, OrmMapper *mapper, guint slot, const OrmValue *value)
{
  g_string_append_c (json, ',');
  if (value->is_null)
    g_string_append (json, "null");
  else if (value->is_text)
    append_json_text (json, value->text);
  else if (mapper->reads[slot + 1] == ORM_READ_INT64)
    _orm_append_integer (json, value->integer);
  else
    {
      g_autofree char *text = _orm_value_to_storage (value, _orm_mapper_get_column (mapper, slot));

      append_json_text (json, text);
    }
}

/*
 * Appends the id and the slots as an array, after a comma if it is not the
 * first.
 */
static void
append_row (OrmRowWriter *self, GString *json, OrmEntity *entity, gint64 id, guint64 slots)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  g_string_append (json, json->len > 1 ? ",[" : "[");
  _orm_append_integer (json, id);
  for (guint i = 0; i < mapper->n_slots; i++)
    if ((slots & ORM_SLOT_BIT (i)) != 0)
      {
        OrmValue value = get_slot_to_write (self, entity, i);

        append_value (json, mapper, i, &value);
      }
  g_string_append_c (json, ']');
}

static gint64
run (OrmRowWriter *self, const char *sql, const char *json, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) json };

  return _orm_connection_execute (orm_session_get_connection (self->session), sql, &parameter, 1,
                                  error);
}

OrmRowWriter *
_orm_row_writer_new (OrmSession *session)
{
  OrmRowWriter *self = g_new0 (OrmRowWriter, 1);

  self->session = session;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->peers = g_hash_table_new (NULL, NULL);
  return self;
}

void
_orm_row_writer_free (OrmRowWriter *self)
{
  g_array_unref (self->ids);
  g_hash_table_unref (self->peers);
  g_free (self);
}

static gint64
choose_id (OrmRowWriter *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 id = priv->key > 0 ? priv->key : priv->wanted_id;

  return id > 0 ? id
                : _orm_id_counter_next (_orm_session_get_ids (self->session), priv->mapper, error);
}

static void
mark_inserted (OrmRowWriter *self, OrmEntity *entity, gint64 id)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 old_key = priv->key;

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_INSERTED, entity);
  _orm_session_forget (self->session, entity);
  priv->state = ORM_ENTITY_PERSISTENT;
  priv->dirty = 0;
  if (old_key != id)
    _orm_entity_set_key (entity, id);
  _orm_session_remember (self->session, entity);
  if (old_key != id)
    _orm_session_rekey_observers (self->session, priv->mapper, old_key, id);
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), id);
  if (old_key != id)
    _orm_entity_notify_id (entity);
}

/* A target in the same statement had its old key when the row was written. */
static void
settle_references (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].target != NULL)
      priv->references[i].key = _orm_entity_get_key (priv->references[i].target);
}

/*
 * First all ids are chosen: rows of one class may point at one another.
 */
static gboolean
choose_ids (OrmRowWriter *self, OrmMapper *mapper, OrmEntity **entities, guint n, GError **error)
{
  g_array_set_size (self->ids, n);
  for (guint i = 0; i < n; i++)
    {
      gint64 *id = &g_array_index (self->ids, gint64, i);

      *id = choose_id (self, entities[i], error);
      if (*id == 0)
        return FALSE;

      if (_orm_mapper_points_at_itself (mapper))
        g_hash_table_insert (self->peers, entities[i], id);
    }

  return TRUE;
}

static gboolean
insert_chunk (OrmRowWriter *self, OrmMapper *mapper, OrmEntity **entities, guint n, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *sql = _orm_dialect_insert (mapper);

  if (!choose_ids (self, mapper, entities, n, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    append_row (self, json, entities[i], g_array_index (self->ids, gint64, i), G_MAXUINT64);

  g_string_append_c (json, ']');
  if (run (self, sql, json->str, error) < 0)
    return FALSE;

  for (guint i = 0; i < n; i++)
    mark_inserted (self, entities[i], g_array_index (self->ids, gint64, i));

  for (guint i = 0; i < n && _orm_mapper_points_at_itself (mapper); i++)
    settle_references (entities[i]);
  g_hash_table_remove_all (self->peers);
  return TRUE;
}

/*
 * Makes sure that the ids chosen for entities are not assigned to others.
 */
static void
keep_chosen_ids (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntityPrivate *priv = _orm_entity_get_private (g_ptr_array_index (entities, i));

      _orm_id_counter_use (_orm_session_get_ids (self->session), mapper,
                           MAX (priv->key, priv->wanted_id));
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  gint64 left = _orm_entity_get_key (*(OrmEntity *const *) a);
  gint64 right = _orm_entity_get_key (*(OrmEntity *const *) b);

  return (left > right) - (left < right);
}

/*
 * Sorts new entities by their keys, so that lists keep their order when the
 * entities get ids. The rows of a tree are sorted from the root on, because
 * they may need several statements.
 */
static GPtrArray *
sort (GPtrArray *entities, OrmMapper *mapper)
{
  GPtrArray *sorted = g_ptr_array_sized_new (entities->len);
  g_autoptr (GPtrArray) levels = NULL;

  g_ptr_array_extend (sorted, entities, NULL, NULL);
  g_ptr_array_sort (sorted, compare_keys);
  if (entities->len <= CHUNK || !_orm_mapper_points_at_itself (mapper))
    return sorted;

  levels = _orm_levels_new (sorted);
  g_ptr_array_set_size (sorted, 0);
  for (guint i = 0; i < levels->len; i++)
    g_ptr_array_extend (sorted, g_ptr_array_index (levels, i), NULL, NULL);

  return sorted;
}

/*
 * Inserts rows of one class.
 */
gboolean
_orm_row_writer_insert (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  g_autoptr (GPtrArray) sorted = sort (entities, mapper);

  keep_chosen_ids (self, mapper, sorted);
  for (guint i = 0; i < sorted->len; i += CHUNK)
    if (!insert_chunk (self, mapper, (OrmEntity **) &sorted->pdata[i], MIN (sorted->len - i, CHUNK),
                       error))
      return FALSE;

  return TRUE;
}

static void
mark_updated (OrmRowWriter *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

/*
 * Updates a row if it has the expected values, with the check of
 * _orm_session_check_expected() in the UPDATE itself. The statement is its own
 * transaction.
 *
 * Returns: whether the row was updated; if not, nothing has happened
 */
gboolean
_orm_row_writer_update_checked (OrmRowWriter *self,
                                OrmEntity *entity,
                                const OrmExpectedRow *expected)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *sql = _orm_dialect_update_checked (mapper, expected->slots);

  append_row (self, json, entity, expected->id, expected->slots);
  g_string_truncate (json, json->len - 1);
  for (guint i = 0; i < mapper->n_slots; i++)
    if ((expected->slots & ORM_SLOT_BIT (i)) != 0)
      append_value (json, mapper, i, &expected->values[i]);
  g_string_append (json, "]]");

  if (run (self, sql, json->str, NULL) != 1)
    return FALSE;

  mark_updated (self, entity);
  return TRUE;
}

static gboolean
stale (OrmMapper *mapper, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
               "A row of %s that was changed here does not exist any more", mapper->table);
  return FALSE;
}

/*
 * Writes @slots of rows of one class.
 */
gboolean
_orm_row_writer_update (
  OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, guint64 slots, GError **error)
{
  g_autofree char *sql = _orm_dialect_update (mapper, slots);

  for (guint from = 0; from < entities->len; from += CHUNK)
    {
      guint n = MIN (entities->len - from, CHUNK);
      g_autoptr (GString) json = g_string_new ("[");
      gint64 n_rows;

      for (guint i = from; i < from + n; i++)
        {
          OrmEntity *entity = g_ptr_array_index (entities, i);

          append_row (self, json, entity, _orm_entity_get_key (entity), slots);
        }

      g_string_append_c (json, ']');
      n_rows = run (self, sql, json->str, error);
      if (n_rows < 0)
        return FALSE;
      if (n_rows < n)
        return stale (mapper, error);
    }

  for (guint i = 0; i < entities->len; i++)
    mark_updated (self, g_ptr_array_index (entities, i));

  return TRUE;
}

/*
 * Marks the entity of a deleted row. The session keeps it under its key until
 * the commit, because observers that are called later may look it up.
 */
static void
mark_removed (OrmRowWriter *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_REMOVED, entity);
  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

/*
 * It is not an error if another program has deleted some of the rows already.
 */
static gboolean
delete_rows (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = _orm_dialect_delete (mapper);

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntityPrivate *priv = _orm_entity_get_private (g_ptr_array_index (entities, i));

      if (!priv->is_gone_with_owner)
        g_array_append_val (ids, priv->key);
    }

  for (guint from = 0; from < ids->len; from += CHUNK)
    {
      g_autofree char *json =
        _orm_format_ids (&g_array_index (ids, gint64, from), MIN (ids->len - from, CHUNK));

      if (run (self, sql, json, error) < 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
delete_levels (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  g_autoptr (GPtrArray) levels = _orm_levels_new (entities);

  for (guint i = levels->len; i > 0; i--)
    if (!delete_rows (self, mapper, g_ptr_array_index (levels, i - 1), error))
      return FALSE;

  return TRUE;
}

/*
 * Deletes rows of one class, those of a tree from the leaves on.
 */
gboolean
_orm_row_writer_delete (OrmRowWriter *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  gboolean is_done = _orm_mapper_points_at_itself (mapper)
                       ? delete_levels (self, mapper, entities, error)
                       : delete_rows (self, mapper, entities, error);

  if (!is_done)
    return FALSE;

  for (guint i = 0; i < entities->len; i++)
    mark_removed (self, g_ptr_array_index (entities, i));

  return TRUE;
}

/*
 * Gives the row of a deleted entity to a new one that has chosen its id. The
 * caller has to write all its slots by an update.
 */
void
_orm_row_writer_reuse_row (OrmRowWriter *self, OrmEntity *deleted, OrmEntity *entity)
{
  mark_removed (self, deleted);
  mark_inserted (self, entity, _orm_entity_get_key (deleted));
}

/*
 * Sets a unique column of rows to temporary values until the rows are written.
 */
gboolean
_orm_row_writer_release_unique (
  OrmRowWriter *self, OrmMapper *mapper, guint slot, GArray *ids, GError **error)
{
  g_autofree char *sql = _orm_dialect_release_unique (mapper, slot);
  g_autofree char *json = _orm_format_ids ((const gint64 *) ids->data, ids->len);

  return run (self, sql, json, error) >= 0;
}
