/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-session-private.h"

/*
 * The unit of work: what is unsaved becomes statements.
 *
 * Classes are written targets first and deleted targets last. Within a class
 * updates come before inserts, so that a unique value that one row gives up can
 * be taken by a new one; a deleted row whose unique value is wanted is deleted
 * before. Rows of one class go into one statement, as JSON.
 */

/* Rows to a statement: beyond it a longer text gains nothing. */
#define CHUNK 1000

typedef struct
{
  OrmSession *session;
  OrmConnection *connection;
  OrmFlushScope scope;
  GPtrArray *inserts;
  GPtrArray *updates;
  GPtrArray *deletes;
  GPtrArray *left;   /* what an automatic flush leaves for an explicit one */
  GHashTable *first; /* what the database has of a changed slot, by entity and slot */
} Flush;

static void
flush_clear (Flush *self)
{
  g_ptr_array_unref (self->inserts);
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->deletes);
  g_ptr_array_unref (self->left);
  g_hash_table_unref (self->first);
}

static gboolean
delete_orphans (Flush *self, GError **error)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (self->session);
  g_autoptr (GPtrArray) orphans = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_done = TRUE;

  for (guint i = 0; i < unsaved->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (unsaved, i);

      if (_orm_entity_get_private (entity)->orphaned != 0)
        g_ptr_array_add (orphans, g_object_ref (entity));
    }

  if (orphans->len == 0)
    return TRUE;

  _orm_session_begin_coalescing (self->session);
  for (guint i = 0; i < orphans->len && is_done; i++)
    is_done = _orm_session_delete_entity (self->session, g_ptr_array_index (orphans, i), error);
  _orm_session_end_coalescing (self->session);

  return is_done;
}

static gboolean
is_half_moved (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->orphaned != 0)
    return TRUE;

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].key == 0 &&
        (priv->mapper->references[i]->spec->flags & ORM_RELATIONSHIP_NOT_NULL) != 0)
      return TRUE;

  return FALSE;
}

static void
sort_out (Flush *self)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (self->session);

  for (guint i = 0; i < unsaved->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (unsaved, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      priv->is_unsaved = FALSE;
      if (priv->is_dropped)
        continue;

      if (self->scope == ORM_FLUSH_KEEP_ORPHANS && priv->state != ORM_ENTITY_DELETED &&
          (is_half_moved (entity) || !orm_entity_validate (entity, NULL)))
        g_ptr_array_add (self->left, entity);
      else if (priv->state == ORM_ENTITY_PENDING)
        g_ptr_array_add (self->inserts, entity);
      else if (priv->state == ORM_ENTITY_DELETED)
        g_ptr_array_add (self->deletes, entity);
      else if (priv->state == ORM_ENTITY_PERSISTENT && priv->dirty != 0)
        g_ptr_array_add (self->updates, entity);
    }

  g_ptr_array_set_size (unsaved, 0);
}

/*
 * An entity that waits is put back; so are all if the flush fails, for the
 * rollback to find.
 */
static void
put_back (Flush *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    _orm_session_add_unsaved (self->session, g_ptr_array_index (entities, i));
}

/*
 * A new entity that waits keeps those waiting that point at it.
 */
static void
keep_dependents (Flush *self, GPtrArray *entities)
{
  for (guint i = entities->len; i > 0 && self->left->len > 0; i--)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i - 1);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      for (guint j = 0; j < priv->mapper->n_references; j++)
        {
          OrmEntity *target = priv->references[j].target;

          if (target != NULL && orm_entity_get_state (target) == ORM_ENTITY_PENDING &&
              g_ptr_array_find (self->left, target, NULL))
            {
              g_ptr_array_remove_index (entities, i - 1);
              g_ptr_array_add (self->left, entity);
              break;
            }
        }
    }
}

static guint
hash_slot (gconstpointer data)
{
  const OrmJournalEntry *entry = data;

  return g_direct_hash (entry->entity) ^ (entry->slot * 2654435761u);
}

static gboolean
equal_slot (gconstpointer a, gconstpointer b)
{
  const OrmJournalEntry *left = a, *right = b;

  return left->entity == right->entity && left->slot == right->slot;
}

/*
 * What was set to another value and back again is not written. The journal's
 * entries are copied, for it grows, and moves, during the flush; their texts
 * stay its own.
 */
static void
drop_unchanged (Flush *self)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);
  GHashTable *first = self->first;
  GHashTableIter iter;
  gpointer key;

  if (self->updates->len == 0)
    return;

  for (guint i = _orm_session_get_flush_mark (self->session); i < _orm_journal_get_length (journal);
       i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i);

      if ((entry->kind == ORM_JOURNAL_COLUMN || entry->kind == ORM_JOURNAL_REFERENCE) &&
          !g_hash_table_contains (first, entry))
        g_hash_table_add (first, g_memdup2 (entry, sizeof *entry));
    }

  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const OrmJournalEntry *entry = key;
      OrmValue now = _orm_entity_get_slot (entry->entity, entry->slot);

      if (orm_entity_get_state (entry->entity) == ORM_ENTITY_PERSISTENT &&
          _orm_value_equal (&entry->old, &now))
        _orm_entity_get_private (entry->entity)->dirty &= ~ORM_SLOT_BIT (entry->slot);
    }

  for (guint i = self->updates->len; i > 0; i--)
    if (_orm_entity_get_private (g_ptr_array_index (self->updates, i - 1))->dirty == 0)
      g_ptr_array_remove_index (self->updates, i - 1);
}

static gboolean
missing (OrmMapper *mapper, guint slot, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_NULL, "%s.%s has no value", mapper->table,
               mapper->slot_names[slot]);
  return FALSE;
}

static gboolean
check_entity (OrmEntity *entity, GError **error)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  if (!orm_entity_validate (entity, error))
    return FALSE;

  for (guint i = 0; i < mapper->n_slots; i++)
    {
      OrmValue value = _orm_entity_get_slot (entity, i);
      gboolean not_null;

      if (i < mapper->n_columns)
        not_null = (mapper->columns[i].flags & ORM_COLUMN_NOT_NULL) != 0;
      else
        not_null =
          (mapper->references[i - mapper->n_columns]->spec->flags & ORM_RELATIONSHIP_NOT_NULL) != 0;

      if (not_null && value.is_null)
        return missing (mapper, i, error);
    }

  return TRUE;
}

static gboolean
check_all (Flush *self, GError **error)
{
  for (guint i = 0; i < self->inserts->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->inserts, i);

      for (guint j = 0; j < _orm_entity_get_private (entity)->mapper->n_columns; j++)
        _orm_entity_apply_fallback (entity, j);
      if (!check_entity (entity, error))
        return FALSE;
    }

  for (guint i = 0; i < self->updates->len; i++)
    if (!check_entity (g_ptr_array_index (self->updates, i), error))
      return FALSE;

  return TRUE;
}

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
 * A target that got its row in this flush is known by its id from now on.
 */
static OrmValue
get_slot_to_write (OrmEntity *entity, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmReference *reference;

  if (slot >= priv->mapper->n_columns)
    {
      reference = &priv->references[slot - priv->mapper->n_columns];
      if (reference->target != NULL)
        reference->key = _orm_entity_get_key (reference->target);
    }

  return _orm_entity_get_slot (entity, slot);
}

static void
append_json_slot (GString *json, OrmEntity *entity, guint slot)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);
  OrmValue value = get_slot_to_write (entity, slot);
  g_autofree char *text = NULL;

  g_string_append_c (json, ',');
  if (value.is_null)
    {
      g_string_append (json, "null");
      return;
    }

  if (value.is_text)
    {
      append_json_text (json, value.text);
      return;
    }

  text = _orm_value_to_storage (&value, column);
  if (mapper->reads[slot + 1] == ORM_READ_INT64)
    g_string_append (json, text);
  else
    append_json_text (json, text);
}

static void
append_json_row (GString *json, OrmEntity *entity, gint64 id, guint64 slots)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  g_string_append_printf (json, "%s[%" G_GINT64_FORMAT, json->len > 1 ? "," : "", id);
  for (guint i = 0; i < mapper->n_slots; i++)
    if ((slots & ORM_SLOT_BIT (i)) != 0)
      append_json_slot (json, entity, i);
  g_string_append_c (json, ']');
}

static gint64
run (Flush *self, const char *sql, const char *json, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) json };

  return _orm_connection_execute (self->connection, sql, &parameter, 1, error);
}

static gint64
choose_id (Flush *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 id = priv->key > 0 ? priv->key : priv->wanted_id;

  if (id > 0)
    {
      _orm_session_use_id (self->session, priv->mapper, id);
      return id;
    }

  return _orm_session_next_id (self->session, priv->mapper, error);
}

static void
mark_inserted (Flush *self, OrmEntity *entity, gint64 id)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 old_key = priv->key;

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_INSERTED, entity,
                          priv->state);
  _orm_session_forget (self->session, entity);
  priv->state = ORM_ENTITY_PERSISTENT;
  priv->dirty = 0;
  if (old_key != id)
    {
      _orm_entity_set_key (entity, id);
      _orm_session_rekey_observers (self->session, priv->mapper, old_key, id);
    }
  _orm_session_remember (self->session, entity);
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), id);
}

static gboolean
insert_chunk (Flush *self, OrmMapper *mapper, GPtrArray *entities, guint from, GError **error)
{
  /* Rows of one class that point at one another have to come together. */
  guint n = MIN (entities->len - from, CHUNK);
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = _orm_dialect_insert (mapper);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = choose_id (self, g_ptr_array_index (entities, from + i), error);

      if (id == 0)
        return FALSE;
      g_array_append_val (ids, id);
      append_json_row (json, g_ptr_array_index (entities, from + i), id, G_MAXUINT64);
    }

  g_string_append_c (json, ']');
  if (run (self, sql, json->str, error) < 0)
    return FALSE;

  for (guint i = 0; i < n; i++)
    mark_inserted (self, g_ptr_array_index (entities, from + i), g_array_index (ids, gint64, i));
  return TRUE;
}

static GPtrArray *
pick (GPtrArray *entities, OrmMapper *mapper)
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

static gboolean
insert_all (Flush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) entities = pick (self->inserts, mapper);

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

static void
mark_updated (Flush *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

static gboolean
update_group (Flush *self, OrmMapper *mapper, GPtrArray *entities, guint64 slots, GError **error)
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

          append_json_row (json, entity, _orm_entity_get_key (entity), slots);
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
 * Writes the updates of a class, a statement for each set of columns; those
 * that point at a row that is still to come wait for it.
 */
static gboolean
update_ready (Flush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) waiting = pick (self->updates, mapper);

  while (waiting->len > 0)
    {
      g_autoptr (GPtrArray) group = g_ptr_array_new ();
      guint64 slots = 0;

      for (guint i = 0; i < waiting->len;)
        {
          OrmEntity *entity = g_ptr_array_index (waiting, i);
          guint64 dirty = _orm_entity_get_private (entity)->dirty;

          if (dirty == 0 || points_at_new_row (entity))
            {
              g_ptr_array_remove_index (waiting, i);
              continue;
            }

          if (slots == 0)
            slots = dirty;
          if (dirty == slots)
            {
              g_ptr_array_add (group, entity);
              g_ptr_array_remove_index (waiting, i);
            }
          else
            i++;
        }

      if (group->len > 0 && !update_group (self, mapper, group, slots, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * The entity stays known by its key until the commit: whoever was told late may
 * still have to ask what it was.
 */
static void
mark_removed (Flush *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_journal_add_state (_orm_session_get_journal (self->session), ORM_JOURNAL_REMOVED, entity,
                          priv->state);
  priv->dirty = 0;
  _orm_row_cache_remove (_orm_session_get_rows (self->session, priv->mapper), priv->key);
}

static gboolean
delete_all (Flush *self, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  g_autofree char *sql = _orm_dialect_delete (mapper);

  for (guint from = 0; from < entities->len; from += CHUNK)
    {
      guint n = MIN (entities->len - from, CHUNK);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autofree char *json = NULL;
      gint64 n_rows;

      for (guint i = from; i < from + n; i++)
        {
          OrmEntity *entity = g_ptr_array_index (entities, i);
          gint64 id = _orm_entity_get_key (entity);

          if (!_orm_entity_get_private (entity)->is_gone_with_owner)
            g_array_append_val (ids, id);
        }

      json = _orm_format_ids ((const gint64 *) ids->data, ids->len);
      n_rows = ids->len > 0 ? run (self, sql, json, error) : 0;
      if (n_rows < 0)
        return FALSE;
      if (n_rows < ids->len)
        return stale (mapper, error);
    }

  for (guint i = 0; i < entities->len; i++)
    mark_removed (self, g_ptr_array_index (entities, i));

  return TRUE;
}

static OrmEntity *
find_new_with_id (Flush *self, OrmMapper *mapper, gint64 id)
{
  for (guint i = 0; i < self->inserts->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->inserts, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      if (priv->mapper == mapper && priv->key < 0 && priv->wanted_id == id)
        return entity;
    }

  return NULL;
}

static gboolean
has_chosen_ids (Flush *self)
{
  for (guint i = 0; i < self->inserts->len; i++)
    if (_orm_entity_get_private (g_ptr_array_index (self->inserts, i))->wanted_id > 0)
      return TRUE;

  return FALSE;
}

/*
 * A deleted row whose id a new entity asks for is not deleted but becomes the
 * new one's.
 */
static gboolean
switch_rows (Flush *self, GError **error)
{
  if (!has_chosen_ids (self))
    return TRUE;

  for (guint i = self->deletes->len; i > 0; i--)
    {
      OrmEntity *gone = g_ptr_array_index (self->deletes, i - 1);
      OrmMapper *mapper = _orm_entity_get_private (gone)->mapper;
      OrmEntity *entity = find_new_with_id (self, mapper, _orm_entity_get_key (gone));
      g_autoptr (GPtrArray) group = NULL;
      guint64 all = mapper->n_slots == 64 ? G_MAXUINT64 : ORM_SLOT_BIT (mapper->n_slots) - 1;

      if (entity == NULL)
        continue;

      g_ptr_array_remove (self->inserts, entity);
      g_ptr_array_remove_index (self->deletes, i - 1);
      mark_removed (self, gone);
      mark_inserted (self, entity, _orm_entity_get_key (gone));

      group = g_ptr_array_new ();
      g_ptr_array_add (group, entity);
      if (!update_group (self, mapper, group, all, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
wants_value (GPtrArray *entities, OrmMapper *mapper, guint slot, const OrmValue *value)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmValue wanted;

      if (_orm_entity_get_private (entity)->mapper != mapper)
        continue;

      wanted = _orm_entity_get_slot (entity, slot);
      if (_orm_value_equal (&wanted, value))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_in_the_way (Flush *self, OrmEntity *gone)
{
  OrmMapper *mapper = _orm_entity_get_private (gone)->mapper;

  for (guint i = 0; i < mapper->n_columns; i++)
    {
      OrmValue value = _orm_entity_get_slot (gone, i);

      if ((mapper->columns[i].flags & ORM_COLUMN_UNIQUE) != 0 && !value.is_null &&
          (wants_value (self->inserts, mapper, i, &value) ||
           wants_value (self->updates, mapper, i, &value)))
        return TRUE;
    }

  return FALSE;
}

/*
 * Deleted rows with a unique value that another row is to get go first, and
 * with them what was deleted of the classes that point at theirs.
 */
static gboolean
delete_early (Flush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);
  gboolean is_early = FALSE;

  for (guint i = 0; i < self->deletes->len && !is_early; i++)
    is_early = is_in_the_way (self, g_ptr_array_index (self->deletes, i));

  for (guint i = mappers->len; i > 0 && is_early; i--)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i - 1);
      g_autoptr (GPtrArray) entities = pick (self->deletes, mapper);

      /* A member that was moved to another owner has to leave this one first,
       * if that other owner has its row already. */
      if (!update_ready (self, mapper, error))
        return FALSE;
      if (entities->len > 0 && !delete_all (self, mapper, entities, error))
        return FALSE;
    }

  if (is_early)
    g_ptr_array_set_size (self->deletes, 0);
  return TRUE;
}

static gboolean
vacate_slot (Flush *self, OrmMapper *mapper, guint slot, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = NULL, *json = NULL;

  for (guint i = 0; i < self->updates->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->updates, i);
      OrmJournalEntry wanted = { .entity = entity, .slot = slot };
      const OrmJournalEntry *entry;
      gint64 id = _orm_entity_get_key (entity);

      if (_orm_entity_get_private (entity)->mapper != mapper ||
          (_orm_entity_get_private (entity)->dirty & ORM_SLOT_BIT (slot)) == 0)
        continue;

      entry = g_hash_table_lookup (self->first, &wanted);
      if (entry != NULL && !entry->old.is_null &&
          wants_value (self->updates, mapper, slot, &entry->old))
        g_array_append_val (ids, id);
    }

  if (ids->len == 0)
    return TRUE;

  sql = _orm_dialect_vacate (mapper, slot);
  json = _orm_format_ids ((const gint64 *) ids->data, ids->len);
  return run (self, sql, json, error) >= 0;
}

/*
 * Rows that pass a unique value on among themselves give it up first.
 */
static gboolean
vacate (Flush *self, OrmMapper *mapper, GError **error)
{
  for (guint i = 0; i < mapper->n_columns && self->updates->len > 1; i++)
    if ((mapper->columns[i].flags & ORM_COLUMN_UNIQUE) != 0 &&
        !vacate_slot (self, mapper, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_all (Flush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  if (!switch_rows (self, error) || !delete_early (self, error))
    return FALSE;

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      if (!vacate (self, mapper, error) || !update_ready (self, mapper, error) ||
          !insert_all (self, mapper, error) || !update_ready (self, mapper, error))
        return FALSE;
    }

  for (guint i = mappers->len; i > 0; i--)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i - 1);
      g_autoptr (GPtrArray) entities = pick (self->deletes, mapper);

      if (entities->len > 0 && !delete_all (self, mapper, entities, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_stray (const OrmJournalEntry *entry)
{
  OrmEntity *owner;
  OrmCollection *list;

  if (entry->kind != ORM_JOURNAL_REFERENCE ||
      orm_entity_get_state (entry->entity) != ORM_ENTITY_TRANSIENT)
    return FALSE;

  owner = _orm_entity_peek_target (entry->entity, entry->side);
  list = owner != NULL ? _orm_entity_peek_collection (owner, entry->side->inverse) : NULL;
  return list != NULL && _orm_collection_knows (list, entry->entity);
}

/*
 * Somebody in a list of the session who is not in the session himself is not
 * saved: that is the rule, but seldom what was meant.
 */
static void
mention_strays (Flush *self)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);

  for (guint i = _orm_session_get_flush_mark (self->session); i < _orm_journal_get_length (journal);
       i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i);

      if (is_stray (entry))
        g_message ("A new row of %s has its %s but was not added to the session; it is not saved",
                   entry->side->owner->table, entry->side->spec->name);
    }
}

/*
 * Writes what is unsaved. On failure the session has to be rolled back.
 */
gboolean
_orm_session_run_flush (OrmSession *self, OrmFlushScope scope, GError **error)
{
  Flush flush = { .session = self,
                  .connection = orm_session_get_connection (self),
                  .scope = scope,
                  .inserts = g_ptr_array_new (),
                  .updates = g_ptr_array_new (),
                  .deletes = g_ptr_array_new (),
                  .left = g_ptr_array_new (),
                  .first = g_hash_table_new_full (hash_slot, equal_slot, g_free, NULL) };
  gboolean is_done = scope == ORM_FLUSH_KEEP_ORPHANS || delete_orphans (&flush, error);

  if (is_done)
    {
      mention_strays (&flush);
      sort_out (&flush);
      keep_dependents (&flush, flush.inserts);
      keep_dependents (&flush, flush.updates);
      drop_unchanged (&flush);
    }

  if (is_done && flush.inserts->len + flush.updates->len + flush.deletes->len > 0)
    is_done = check_all (&flush, error) && orm_connection_begin (flush.connection, error) &&
              write_all (&flush, error);

  if (!is_done)
    {
      put_back (&flush, flush.inserts);
      put_back (&flush, flush.updates);
      put_back (&flush, flush.deletes);
    }
  put_back (&flush, flush.left);

  if (is_done)
    _orm_session_set_flush_mark (self, flush.left->len == 0);
  flush_clear (&flush);
  return is_done;
}
