/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-flush-private.h"
#include "orm-levels-private.h"

/*
 * The statements of a flush: any number of rows of a class in one, as JSON.
 */

/* Rows to a statement: beyond it a longer text gains nothing. */
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
 * A target that got its row in this flush is known by its id from now on; one
 * whose row comes with the same statement, by the id that is chosen for it.
 */
static OrmValue
get_slot_to_write (OrmFlush *self, OrmEntity *entity, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmReference *reference;
  const gint64 *id;

  if (slot < priv->mapper->n_columns)
    return _orm_entity_get_slot (entity, slot);

  reference = &priv->references[slot - priv->mapper->n_columns];
  if (reference->target != NULL)
    reference->key = _orm_entity_get_key (reference->target);

  id = reference->target != NULL ? g_hash_table_lookup (self->ids, reference->target) : NULL;
  return id != NULL ? ORM_VALUE_INTEGER (*id) : _orm_entity_get_slot (entity, slot);
}

/*
 * A comma and the value as the column stores it.
 */
void
_orm_flush_append_value (GString *json, OrmMapper *mapper, guint slot, const OrmValue *value)
{
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);
  g_autofree char *text = NULL;

  g_string_append_c (json, ',');
  if (value->is_null)
    {
      g_string_append (json, "null");
      return;
    }

  if (value->is_text)
    {
      append_json_text (json, value->text);
      return;
    }

  if (mapper->reads[slot + 1] == ORM_READ_INT64)
    {
      _orm_append_integer (json, value->integer);
      return;
    }

  text = _orm_value_to_storage (value, column);
  append_json_text (json, text);
}

/*
 * The id and the slots, as an array, after a comma if it is not the first.
 */
void
_orm_flush_append_row (OrmFlush *self, GString *json, OrmEntity *entity, gint64 id, guint64 slots)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  g_string_append (json, json->len > 1 ? ",[" : "[");
  _orm_append_integer (json, id);
  for (guint i = 0; i < mapper->n_slots; i++)
    if ((slots & ORM_SLOT_BIT (i)) != 0)
      {
        OrmValue value = get_slot_to_write (self, entity, i);

        _orm_flush_append_value (json, mapper, i, &value);
      }
  g_string_append_c (json, ']');
}

gint64
_orm_flush_run (OrmFlush *self, const char *sql, const char *json, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) json };

  return _orm_connection_execute (self->connection, sql, &parameter, 1, error);
}

static gint64
choose_id (OrmFlush *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 id = priv->key > 0 ? priv->key : priv->wanted_id;

  return id > 0 ? id
                : _orm_id_counter_next (_orm_session_get_ids (self->session), priv->mapper, error);
}

void
_orm_flush_mark_inserted (OrmFlush *self, OrmEntity *entity, gint64 id)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 old_key = priv->key;

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_INSERTED, entity,
                          priv->state);
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

static gint64
get_chosen_id (OrmFlush *self, OrmEntity *entity)
{
  return *(const gint64 *) g_hash_table_lookup (self->ids, entity);
}

/* A target that came with the same statement had another key when the row was written. */
static void
settle_references (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].target != NULL)
      priv->references[i].key = _orm_entity_get_key (priv->references[i].target);
}

static gboolean
insert_chunk (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, guint from, GError **error)
{
  guint end = MIN (entities->len, from + CHUNK);
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *sql = _orm_dialect_insert (mapper);

  /* First all ids: rows of one class may point at one another. */
  for (guint i = from; i < end; i++)
    {
      gint64 id = choose_id (self, g_ptr_array_index (entities, i), error);

      if (id == 0)
        return FALSE;
      g_hash_table_insert (self->ids, g_ptr_array_index (entities, i), g_memdup2 (&id, sizeof id));
    }

  for (guint i = from; i < end; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);

      _orm_flush_append_row (self, json, entity, get_chosen_id (self, entity), G_MAXUINT64);
    }

  g_string_append_c (json, ']');
  if (_orm_flush_run (self, sql, json->str, error) < 0)
    return FALSE;

  for (guint i = from; i < end; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);

      _orm_flush_mark_inserted (self, entity, get_chosen_id (self, entity));
    }

  for (guint i = from; i < end && _orm_mapper_points_at_itself (mapper); i++)
    settle_references (g_ptr_array_index (entities, i));
  g_hash_table_remove_all (self->ids);
  return TRUE;
}

GPtrArray *
_orm_flush_pick (GPtrArray *entities, OrmMapper *mapper)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);

      if (_orm_entity_get_private (entity)->mapper == mapper)
        g_ptr_array_add (picked, entity);
    }

  return picked;
}

static void
sort_by_level (GPtrArray *entities)
{
  g_autoptr (GPtrArray) levels = _orm_levels_new (entities);

  g_ptr_array_set_size (entities, 0);
  for (guint i = 0; i < levels->len; i++)
    g_ptr_array_extend (entities, g_ptr_array_index (levels, i), NULL, NULL);
}

/*
 * An id that one of the entities has or wants is not given to another.
 */
static void
keep_chosen_ids (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities)
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
 * New rows get their ids in the order of the keys that they had, so that a list
 * which has them already keeps its order.
 */
gboolean
_orm_flush_insert_all (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) entities = _orm_flush_pick (self->inserts, mapper);

  g_ptr_array_sort (entities, compare_keys);
  keep_chosen_ids (self, mapper, entities);

  /* A tree's rows come from the root on, for what does not fit one statement. */
  if (entities->len > CHUNK && _orm_mapper_points_at_itself (mapper))
    sort_by_level (entities);

  for (guint i = 0; i < entities->len; i += CHUNK)
    if (!insert_chunk (self, mapper, entities, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
stale (OrmMapper *mapper, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE, "A row of %s that was changed here has gone",
               mapper->table);
  return FALSE;
}

void
_orm_flush_mark_updated (OrmFlush *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

gboolean
_orm_flush_update_group (
  OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, guint64 slots, GError **error)
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

          _orm_flush_append_row (self, json, entity, _orm_entity_get_key (entity), slots);
        }

      g_string_append_c (json, ']');
      n_rows = _orm_flush_run (self, sql, json->str, error);
      if (n_rows < 0)
        return FALSE;
      if (n_rows < n)
        return stale (mapper, error);
    }

  for (guint i = 0; i < entities->len; i++)
    _orm_flush_mark_updated (self, g_ptr_array_index (entities, i));

  return TRUE;
}

static gboolean
points_at_new_row (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].target != NULL &&
        orm_entity_get_state (priv->references[i].target) == ORM_ENTITY_PENDING)
      return TRUE;

  return FALSE;
}

/*
 * The updates of a class that can be written, those of the same columns
 * together; those that point at a row that is still to come wait for it.
 */
static GPtrArray *
group_updates (OrmFlush *self, OrmMapper *mapper)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) by_slots = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->updates->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->updates, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);
      GPtrArray *group;

      if (priv->mapper != mapper || priv->dirty == 0 || points_at_new_row (entity))
        continue;

      group = g_hash_table_lookup (by_slots, &priv->dirty);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_slots, &priv->dirty, group);
        }
      g_ptr_array_add (group, entity);
    }

  return groups;
}

/*
 * Writes the updates of a class that can be written, a statement for each set
 * of columns.
 */
gboolean
_orm_flush_update_ready (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) groups = group_updates (self, mapper);

  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);
      guint64 slots = _orm_entity_get_private (g_ptr_array_index (group, 0))->dirty;

      if (!_orm_flush_update_group (self, mapper, group, slots, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * The entity stays known by its key until the commit: whoever was told late may
 * still have to ask what it was.
 */
void
_orm_flush_mark_removed (OrmFlush *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_REMOVED, entity,
                          priv->state);
  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

/*
 * A row that somebody else has deleted already is as it shall be.
 */
static gboolean
delete_rows (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
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

      if (_orm_flush_run (self, sql, json, error) < 0)
        return FALSE;
    }

  return TRUE;
}

/*
 * Rows of a tree go level by level, from the leaves on.
 */
static gboolean
delete_levels (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  g_autoptr (GPtrArray) levels = _orm_levels_new (entities);

  for (guint i = levels->len; i > 0; i--)
    if (!delete_rows (self, mapper, g_ptr_array_index (levels, i - 1), error))
      return FALSE;

  return TRUE;
}

gboolean
_orm_flush_delete_all (OrmFlush *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  gboolean is_done = _orm_mapper_points_at_itself (mapper)
                       ? delete_levels (self, mapper, entities, error)
                       : delete_rows (self, mapper, entities, error);

  if (!is_done)
    return FALSE;

  for (guint i = 0; i < entities->len; i++)
    _orm_flush_mark_removed (self, g_ptr_array_index (entities, i));

  return TRUE;
}
