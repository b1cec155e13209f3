/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-links-private.h"
#include "orm-session-impl-private.h"

/*
 * What other programs commit: SQLite counts it (PRAGMA data_version), and when
 * the count is another one, whatever is in memory is read again. Objects notify
 * of what is different, lists tell what came and went; what is unsaved here
 * stays as it is.
 */

/* Rows to a statement. */
#define CHUNK 1000

/*
 * Whether another program has committed since the session last looked.
 */
gboolean
_orm_session_is_behind (OrmSession *self)
{
  return _orm_connection_get_data_version (self->connection) != self->data_version;
}

/*
 * Something of what another program committed could not be read: the next merge
 * tries again.
 */
void
_orm_session_stay_behind (OrmSession *self)
{
  self->data_version = -1;
}

static gboolean
read_chunk (OrmSession *self, OrmMapper *mapper, GPtrArray *entities, guint from, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = from; i < MIN (from + CHUNK, entities->len); i++)
    {
      gint64 id = _orm_entity_get_key (g_ptr_array_index (entities, i));

      g_array_append_val (ids, id);
    }

  return _orm_session_read_rows (self, mapper, ids, error);
}

/*
 * Takes the rows of the entities in memory as they are now; those that have
 * none any more are added to @gone.
 */
static gboolean
take_rows (OrmSession *self, OrmMapper *mapper, GPtrArray *gone, GError **error)
{
  g_autoptr (GPtrArray) entities = _orm_identity_map_dup_persistent (self->map, mapper);
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);

  for (guint from = 0; from < entities->len; from += CHUNK)
    {
      if (!read_chunk (self, mapper, entities, from, error))
        return FALSE;

      for (guint i = from; i < MIN (from + CHUNK, entities->len); i++)
        {
          OrmEntity *entity = g_ptr_array_index (entities, i);
          OrmRow *row = _orm_row_cache_lookup (rows, _orm_entity_get_key (entity));

          if (orm_entity_get_state (entity) != ORM_ENTITY_PERSISTENT)
            continue;
          if (row != NULL)
            _orm_session_take_row (self, entity, row);
          else if (!orm_entity_is_dirty (entity))
            g_ptr_array_add (gone, g_object_ref (entity));
        }
    }

  return TRUE;
}

/*
 * Reads the loaded lists of a class's entities again; the long ones are added
 * to @long_lists.
 */
static gboolean
reload_lists (
  OrmSession *self, OrmMapper *mapper, GHashTable *only, GPtrArray *long_lists, GError **error)
{
  g_autoptr (GPtrArray) entities = _orm_identity_map_dup_persistent (self->map, mapper);

  for (guint i = 0; i < entities->len; i++)
    for (guint j = 0; j < mapper->n_collections; j++)
      {
        OrmCollection *list =
          _orm_entity_peek_collection (g_ptr_array_index (entities, i), mapper->collections[j]);

        if (list == NULL || !orm_collection_is_loaded (list) ||
            (only != NULL && !g_hash_table_contains (only, mapper->collections[j]->target)))
          continue;
        if (long_lists != NULL && _orm_collection_is_long (list))
          g_ptr_array_add (long_lists, g_object_ref (list));
        else if (!_orm_session_reload_collection (self, list, error))
          return FALSE;
      }

  return TRUE;
}

/*
 * The same of all classes. Who points at the lists' owners is gathered once for
 * all of them.
 */
static gboolean
reload_all_lists (OrmSession *self, GHashTable *only, GPtrArray *long_lists, GError **error)
{
  GHashTable *outer = self->pointing;
  gboolean is_read = TRUE;

  self->pointing = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < _orm_session_get_mappers (self)->len && is_read; i++)
    is_read = reload_lists (self, g_ptr_array_index (_orm_session_get_mappers (self), i), only,
                            long_lists, error);

  g_hash_table_unref (self->pointing);
  self->pointing = outer;
  return is_read;
}

static gboolean
read_all_again (OrmSession *self, GPtrArray *gone, GPtrArray *long_lists, GError **error)
{
  _orm_identity_map_clear_rows (self->map);

  for (guint i = 0; i < _orm_session_get_mappers (self)->len; i++)
    if (!take_rows (self, g_ptr_array_index (_orm_session_get_mappers (self), i), gone, error))
      return FALSE;

  /* Members before their owners. */
  for (guint i = gone->len; i > 0; i--)
    _orm_session_remove_gone (self, g_ptr_array_index (gone, i - 1));

  return reload_all_lists (self, NULL, long_lists, error);
}

/*
 * Reads everything again that is in memory.
 */
gboolean
_orm_session_reread (OrmSession *self, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) long_lists = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 data_version = _orm_connection_get_data_version (self->connection);
  gboolean is_read;

  _orm_session_end_placing (self);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_read = read_all_again (self, gone, self->is_merging ? long_lists : NULL, error);
  _orm_session_end_coalescing (self);

  if (is_read)
    {
      self->data_version = data_version;
      self->merged_unsaved |= _orm_journal_get_length (self->journal) > 0;
      _orm_session_tell_outdated (self);
      for (guint i = 0; i < long_lists->len; i++)
        _orm_collection_reload_async (g_ptr_array_index (long_lists, i));
      self->needs_settling = TRUE;
    }

  _orm_session_leave (self);
  return is_read;
}

static gboolean
is_second_level (OrmSession *self, OrmMapper *mapper)
{
  for (guint i = 0; i < mapper->n_references; i++)
    if (g_hash_table_contains (self->unread, mapper->references[i]->target))
      return TRUE;

  return FALSE;
}

static gboolean
reread_unread (OrmSession *self, GPtrArray *gone, GError **error)
{
  GHashTableIter iter;
  gpointer mapper;

  /* Direct members that were in memory are known; not what went with others. */
  g_hash_table_iter_init (&iter, self->unread);
  while (g_hash_table_iter_next (&iter, &mapper, NULL))
    if (is_second_level (self, mapper) && !take_rows (self, mapper, gone, error))
      return FALSE;

  for (guint i = gone->len; i > 0; i--)
    _orm_session_remove_gone (self, g_ptr_array_index (gone, i - 1));

  return reload_all_lists (self, self->unread, NULL, error);
}

/*
 * After the end of a transaction in which the database deleted rows that nobody
 * had read: the loaded lists that may have them are read again.
 */
gboolean
_orm_session_reread_unread (OrmSession *self, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer mapper;
  gboolean is_read;

  if (g_hash_table_size (self->unread) == 0)
    return TRUE;

  g_hash_table_iter_init (&iter, self->unread);
  while (g_hash_table_iter_next (&iter, &mapper, NULL))
    _orm_row_cache_clear (_orm_session_get_rows (self, mapper));

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_read = reread_unread (self, gone, error);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);

  g_hash_table_remove_all (self->unread);
  g_ptr_array_set_size (self->read_between, 0);
  return is_read;
}

/*
 * Whether it is another program that has changed rows, and nobody waits for
 * what long lists have to say to that.
 */
gboolean
_orm_session_is_merging (OrmSession *self)
{
  return self->is_merging && _orm_connection_is_file (self->connection);
}

static gboolean
merge (OrmSession *self, GError **error)
{
  gboolean was_merging = self->is_merging, is_read;

  self->is_merging = TRUE;
  is_read = _orm_session_reread (self, error);
  self->is_merging = was_merging;
  return is_read;
}

/**
 * orm_session_merge:
 * @self: a session
 * @has_changed: (out) (optional): whether there was anything to work in
 * @error: return location for an #OrmError
 *
 * Works in what other programs have committed since the session last looked.
 * Properties that are different notify; collections, live queries and totals
 * tell what came, went and moved; an entity whose row has gone leaves its lists
 * and is detached. A property with an unsaved change keeps it: if the other
 * program changed the same one, the next flush fails with %ORM_ERROR_STALE
 * instead of overwriting either.
 *
 * Live queries of more than 1,000 rows, totals of more than 10,000 and loaded
 * collections of more than 10,000 members are read in the background: what
 * came, went and moved there is told by the main context. What is in memory is
 * right at once in these, too.
 *
 * If nobody has committed, it costs one PRAGMA. While the session has an open
 * transaction no other program can commit.
 *
 * Returns: %TRUE if the session is up to date, but for what is still being read
 *   in the background
 */
gboolean
orm_session_merge (OrmSession *self, gboolean *has_changed, GError **error)
{
  gboolean is_behind;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  if (_orm_session_refuse (self, "orm_session_merge()", error) ||
      !_orm_session_check_usable (self, error))
    return FALSE;

  _orm_session_let_go_of_shared (self);
  is_behind = self->n_groups == 0 && _orm_session_is_behind (self);
  if (has_changed != NULL)
    *has_changed = is_behind;

  return !is_behind || merge (self, error);
}

static gboolean
on_poll (gpointer data)
{
  OrmSession *self = data;
  g_autoptr (OrmSession) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!self->needs_rollback && !_orm_session_is_busy (self) &&
      !orm_session_merge (self, NULL, &error))
    _orm_session_report_failed_load (self, error);

  return G_SOURCE_CONTINUE;
}

void
_orm_session_stop_polling (OrmSession *self)
{
  if (self->poll != NULL)
    g_source_destroy (self->poll);
  g_clear_pointer (&self->poll, g_source_unref);
}

/**
 * orm_session_set_poll_interval:
 * @self: a session
 * @milliseconds: how often to look, 0 for never (the default)
 *
 * Lets the main loop call orm_session_merge() regularly, in the thread-default
 * main context of the caller. What goes wrong is told by
 * #OrmSession::load-failed.
 */
void
orm_session_set_poll_interval (OrmSession *self, guint milliseconds)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_session_stop_polling (self);
  if (milliseconds == 0)
    return;

  self->poll = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->poll, on_poll, self, NULL);
  g_source_attach (self->poll, g_main_context_get_thread_default ());
}
