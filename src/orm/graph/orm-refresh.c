/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-linked-private.h"
#include "orm-linking-private.h"
#include "orm-loader-private.h"
#include "orm-refresh-private.h"
#include "orm-reread-private.h"
#include "orm-unit-of-work-private.h"

/*
 * PRAGMA data_version changes when another connection commits. Then everything
 * in memory is read again: entities notify, lists emit the differences, and
 * unsaved changes stay.
 */

/* Rows in one statement. */
#define CHUNK 1000

struct _OrmRefresh
{
  gint64 data_version; /* when everything was last read */
  gboolean is_merging;
  gboolean merged_unsaved; /* a merge met unsaved changes; their old values may be outdated */
  GHashTable *pointing;    /* side → key → GPtrArray, while lists are read again */
  GSource *poll;

  GHashTable *unread;      /* of OrmMapper: classes with rows that were deleted unread */
  GPtrArray *read_between; /* of OrmCollection: lists of these classes that were loaded since */
  guint n_unread;          /* the length of the journal at the first of them plus 1, or 0 */
};

OrmRefresh *
_orm_refresh_new (OrmConnection *connection)
{
  OrmRefresh *self = g_new0 (OrmRefresh, 1);

  self->data_version = _orm_connection_get_data_version (connection);
  self->unread = g_hash_table_new (NULL, NULL);
  self->read_between = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
_orm_refresh_free (OrmRefresh *self)
{
  g_hash_table_unref (self->unread);
  g_ptr_array_unref (self->read_between);
  g_free (self);
}

/*
 * Whether another program has committed since everything was last read.
 */
static gboolean
is_outdated (OrmSession *self)
{
  return _orm_connection_get_data_version (orm_session_get_connection (self)) !=
         _orm_session_get_refresh (self)->data_version;
}

/*
 * Whether another program may have changed a value that has an unsaved change
 * here: since everything was last read, or before a merge, which keeps unsaved
 * changes.
 */
gboolean
_orm_session_may_conflict (OrmSession *self)
{
  return _orm_session_get_refresh (self)->merged_unsaved || is_outdated (self);
}

/*
 * Makes the next merge read again, because a commit of another program could
 * not be read completely.
 */
void
_orm_session_force_reread (OrmSession *self)
{
  _orm_session_get_refresh (self)->data_version = -1;
}

/*
 * Updates the entity to its row. Unsaved changes stay, and the journal keeps
 * their old values, which the flush compares with the row.
 */
static void
take_row (OrmSession *self, OrmEntity *entity, const OrmRow *row)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_slots; i++)
    {
      OrmValue old = _orm_entity_get_slot (entity, i);
      g_auto (OrmValue) value = _orm_value_copy (&row->values[i]);

      /* The row that it refers to may exist by now. */
      if (i >= priv->mapper->n_columns)
        priv->references[i - priv->mapper->n_columns].is_missing = FALSE;

      if (_orm_value_equal (&old, &value))
        continue;

      if ((priv->dirty & ORM_SLOT_BIT (i)) != 0)
        continue;

      _orm_journal_rebase (_orm_session_get_journal (self), _orm_session_get_flush_mark (self),
                           entity, i, &value);
      if (i < priv->mapper->n_columns)
        _orm_entity_restore_column (entity, i, &value);
      else
        _orm_entity_retarget (entity, priv->mapper->references[i - priv->mapper->n_columns],
                              &value);
    }
}

/*
 * Removes an entity whose row another program has deleted from all lists.
 * Nothing is noted, because a rollback cannot restore it.
 */
static void
remove_gone (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_session_record_deleted (self, entity);
  priv->state = ORM_ENTITY_DELETED;
  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmSide *side = priv->mapper->references[i];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;

      if (list != NULL)
        _orm_collection_take (list, entity);
    }
  _orm_linked_delete (self, entity, ORM_LEAVE_FOR_GOOD);
  _orm_session_drop_gone (self, entity);
}

/*
 * Removes an entity whose row does not exist any more, unless it has unsaved
 * changes: then the flush will report the conflict.
 */
static void
forget_gone (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->dirty == 0 && priv->state == ORM_ENTITY_PERSISTENT)
    remove_gone (self, entity);
}

/*
 * Gives up the unsaved changes of the entity. Their old values are replaced by
 * those of @row, if it was read.
 */
static void
discard_unsaved (OrmSession *self, OrmEntity *entity, const OrmRow *row)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; row != NULL && i < priv->mapper->n_slots; i++)
    if ((priv->dirty & ORM_SLOT_BIT (i)) != 0)
      _orm_journal_rebase (_orm_session_get_journal (self), _orm_session_get_flush_mark (self),
                           entity, i, &row->values[i]);

  priv->dirty = 0;
  priv->orphaned = 0;
  _orm_session_remove_unsaved (self, entity);
}

/* Whether unsaved changes are kept. */
typedef enum
{
  KEEP_UNSAVED,
  DISCARD_UNSAVED
} Unsaved;

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/*
 * Whether memory and the database differ about whether an entity is in the
 * list, and not because of an unsaved change.
 */
static gboolean
is_listed_wrongly (OrmSession *self, OrmCollection *list, gint64 id, gboolean is_listed)
{
  OrmSide *side = _orm_collection_get_side (list);
  OrmEntity *entity = _orm_session_peek (self, side->target, id);

  return entity != NULL && orm_entity_get_state (entity) == ORM_ENTITY_PERSISTENT &&
         (_orm_entity_get_private (entity)->dirty &
          ORM_SLOT_BIT (_orm_side_get_slot (side->inverse))) == 0 &&
         orm_collection_contains (list, entity) != is_listed;
}

/*
 * The entities in memory by the key of the target of their to-one.
 */
static GHashTable *
gather_pointing (OrmSession *self, OrmSide *side)
{
  GHashTable *pointing =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (
    &iter, _orm_identity_map_get_entities (_orm_session_get_map (self), side->owner));
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    {
      gint64 key = _orm_entity_get_private (entity)->references[side->number].key;
      GPtrArray *members = g_hash_table_lookup (pointing, &key);

      if (members == NULL)
        {
          members = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (pointing, g_memdup2 (&key, sizeof key), members);
        }
      g_ptr_array_add (members, g_object_ref (entity));
    }

  return pointing;
}

/*
 * The entities in memory that refer to the list's owner. While many lists are
 * read again, these may be those that did so at the start.
 */
static GPtrArray *
dup_pointing (OrmSession *self, OrmCollection *list)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  OrmSide *side = _orm_collection_get_side (list)->inverse;
  gint64 key = _orm_collection_get_owner_key (list);
  GHashTable *pointing;
  GPtrArray *members;

  if (refresh->pointing == NULL)
    return _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), side, key);

  pointing = g_hash_table_lookup (refresh->pointing, side);
  if (pointing == NULL)
    {
      pointing = gather_pointing (self, side);
      g_hash_table_insert (refresh->pointing, side, pointing);
    }

  members = g_hash_table_lookup (pointing, &key);
  return members != NULL ? g_ptr_array_ref (members) : g_ptr_array_new ();
}

/*
 * The entities in memory that another program has added to the list or removed
 * from it.
 */
static GPtrArray *
dup_moved_elsewhere (OrmSession *self, OrmCollection *list, OrmKeys *ids)
{
  GPtrArray *moved = g_ptr_array_new_with_free_func (g_object_unref);
  OrmSide *side = _orm_collection_get_side (list);
  g_autoptr (GPtrArray) members = dup_pointing (self, list);
  g_autoptr (GArray) sorted = _orm_keys_dup_array (ids);

  g_array_sort (sorted, compare_ids);
  for (guint i = 0; i < _orm_keys_get_length (ids); i++)
    {
      gint64 id = _orm_keys_get (ids, i);

      if (is_listed_wrongly (self, list, id, TRUE))
        g_ptr_array_add (moved, g_object_ref (_orm_session_peek (self, side->target, id)));
    }

  for (guint i = 0; i < members->len; i++)
    {
      OrmEntity *member = g_ptr_array_index (members, i);
      gint64 id = _orm_entity_get_key (member);

      if (!g_array_binary_search (sorted, &id, compare_ids, NULL) &&
          is_listed_wrongly (self, list, id, FALSE))
        g_ptr_array_add (moved, g_object_ref (member));
    }

  return moved;
}

/*
 * Reads the rows of entities of one class again, and removes entities whose row
 * does not exist any more.
 */
static gboolean
refresh_rows (OrmSession *self,
              OrmMapper *mapper,
              GPtrArray *entities,
              Unsaved unsaved,
              guint *n_found,
              GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  g_autoptr (OrmResult) result = NULL;
  g_autofree char *sql = _orm_dialect_select_by_ids (mapper);
  g_autofree char *list = NULL;
  OrmValue parameter = { .is_text = TRUE };
  gboolean has_all = TRUE;

  for (guint i = 0; i < entities->len; i++)
    g_array_append_val (ids, _orm_entity_get_private (g_ptr_array_index (entities, i))->key);

  list = _orm_format_ids ((const gint64 *) ids->data, ids->len);
  parameter.text = list;
  result = _orm_session_select_rows (self, mapper, sql, &parameter, error);
  if (result == NULL)
    return FALSE;

  *n_found = _orm_result_get_n_rows (result);
  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    g_hash_table_add (found,
                      _orm_session_peek (self, mapper, _orm_result_get_int64 (result, i, 0)));

  for (guint i = 0; i < entities->len; i++)
    if (!g_hash_table_contains (found, g_ptr_array_index (entities, i)))
      {
        _orm_row_cache_remove (rows, g_array_index (ids, gint64, i));
        if (unsaved == DISCARD_UNSAVED)
          discard_unsaved (self, g_ptr_array_index (entities, i), NULL);
        forget_gone (self, g_ptr_array_index (entities, i));
      }

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      OrmRow *row = _orm_row_cache_take_result (rows, result, i, has_all ? error : NULL);
      OrmEntity *entity = row != NULL ? _orm_session_peek (self, mapper, row->id) : NULL;

      has_all &= row != NULL;
      _orm_session_enter (self);
      if (entity != NULL && unsaved == DISCARD_UNSAVED)
        discard_unsaved (self, entity, row);
      if (entity != NULL)
        take_row (self, entity, row);
      _orm_session_leave (self);
    }

  return has_all;
}

/*
 * Reads a loaded collection again and emits the differences. Entities in memory
 * that were added or removed are read again too, so that both sides agree.
 */
gboolean
_orm_session_reload_collection (OrmSession *self, OrmCollection *collection, GError **error)
{
  OrmMapper *target = _orm_collection_get_side (collection)->target;
  g_autoptr (OrmCollection) alive = g_object_ref (collection);
  g_autoptr (OrmKeys) ids = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);
  g_autoptr (GPtrArray) moved = NULL;
  guint n_found;

  if (!_orm_session_read_members (self, collection, ids, error))
    return FALSE;

  if (_orm_side_has_links (_orm_collection_get_side (collection)))
    {
      _orm_linking_merge (collection, ids);
      return TRUE;
    }

  moved = dup_moved_elsewhere (self, collection, ids);
  if (moved->len > 0 && !refresh_rows (self, target, moved, KEEP_UNSAVED, &n_found, error))
    return FALSE;

  _orm_collection_merge (collection, ids);
  return TRUE;
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
 * Updates the entities in memory to their rows. Those whose row does not exist
 * any more are added to @gone.
 */
static gboolean
take_rows (OrmSession *self, OrmMapper *mapper, GPtrArray *gone, GError **error)
{
  g_autoptr (GPtrArray) entities =
    _orm_identity_map_dup_persistent (_orm_session_get_map (self), mapper);
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
            take_row (self, entity, row);
          else if (!orm_entity_is_dirty (entity))
            g_ptr_array_add (gone, g_object_ref (entity));
        }
    }

  return TRUE;
}

/*
 * Reads the loaded lists of a class's entities again. Long lists are only added
 * to @long_lists.
 */
static gboolean
reload_lists (
  OrmSession *self, OrmMapper *mapper, GHashTable *only, GPtrArray *long_lists, GError **error)
{
  g_autoptr (GPtrArray) entities =
    _orm_identity_map_dup_persistent (_orm_session_get_map (self), mapper);

  for (guint i = 0; i < entities->len; i++)
    for (guint j = 0; j < mapper->n_collections; j++)
      {
        OrmCollection *list =
          _orm_entity_peek_collection (g_ptr_array_index (entities, i), mapper->collections[j]);

        if (list == NULL || !orm_collection_is_loaded (list) ||
            (only != NULL && !g_hash_table_contains (only, mapper->collections[j]->target)))
          continue;
        if (long_lists != NULL && _orm_reread_is_worth_it (list))
          g_ptr_array_add (long_lists, g_object_ref (list));
        else if (!_orm_session_reload_collection (self, list, error))
          return FALSE;
      }

  return TRUE;
}

/*
 * The same for all classes. The entities that refer to the lists' owners are
 * collected once for all lists.
 */
static gboolean
reload_all_lists (OrmSession *self, GHashTable *only, GPtrArray *long_lists, GError **error)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  GHashTable *outer = refresh->pointing;
  gboolean is_read = TRUE;

  refresh->pointing = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < _orm_session_get_mappers (self)->len && is_read; i++)
    is_read = reload_lists (self, g_ptr_array_index (_orm_session_get_mappers (self), i), only,
                            long_lists, error);

  g_hash_table_unref (refresh->pointing);
  refresh->pointing = outer;
  return is_read;
}

static gboolean
read_all_again (OrmSession *self, GPtrArray *gone, GPtrArray *long_lists, GError **error)
{
  _orm_identity_map_clear_rows (_orm_session_get_map (self));

  for (guint i = 0; i < _orm_session_get_mappers (self)->len; i++)
    if (!take_rows (self, g_ptr_array_index (_orm_session_get_mappers (self), i), gone, error))
      return FALSE;

  /* Remove members before their owners. */
  for (guint i = gone->len; i > 0; i--)
    remove_gone (self, g_ptr_array_index (gone, i - 1));

  return reload_all_lists (self, NULL, long_lists, error);
}

/*
 * Reads everything in memory again.
 */
static gboolean
reread (OrmSession *self, GError **error)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) long_lists = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 data_version = _orm_connection_get_data_version (orm_session_get_connection (self));
  gboolean is_read;

  _orm_session_clear_order_caches (self);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_read = read_all_again (self, gone, refresh->is_merging ? long_lists : NULL, error);
  _orm_session_end_coalescing (self);

  if (is_read)
    {
      refresh->data_version = data_version;
      refresh->merged_unsaved |= _orm_journal_get_length (_orm_session_get_journal (self)) > 0;
      _orm_session_notify_outdated (self);
      for (guint i = 0; i < long_lists->len; i++)
        _orm_reread_start (g_ptr_array_index (long_lists, i));
      _orm_session_settle_later (self);
    }

  _orm_session_leave (self);
  return is_read;
}

/*
 * Called after a rollback: if a merge skipped values of another program because
 * of unsaved changes, reads everything again.
 */
void
_orm_session_read_newer (OrmSession *self)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  g_autoptr (GError) error = NULL;

  if (!refresh->merged_unsaved)
    return;

  refresh->merged_unsaved = FALSE;
  if (!reread (self, &error))
    _orm_session_report_failed_load (self, error);
}

/*
 * Called after a commit: the unsaved changes around which was merged are
 * written.
 */
void
_orm_session_forget_merged (OrmSession *self)
{
  _orm_session_get_refresh (self)->merged_unsaved = FALSE;
}

/*
 * Notes that rows of a class are deleted unread, and with them those of classes
 * that the database's cascade deletes. They cannot be restored by an undo, and
 * the lists that have them have to be read again.
 */
void
_orm_session_note_unread (OrmSession *self, OrmMapper *mapper)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);

  if (refresh->n_unread == 0)
    refresh->n_unread = _orm_journal_get_length (_orm_session_get_journal (self)) + 1;
  _orm_session_note_outdated (self);

  if (!g_hash_table_add (refresh->unread, mapper))
    return;

  for (guint i = 0; i < mapper->n_collections; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_CASCADE)
      _orm_session_note_unread (self, mapper->collections[i]->target);
}

static gboolean
is_second_level (OrmSession *self, OrmMapper *mapper)
{
  for (guint i = 0; i < mapper->n_references; i++)
    if (g_hash_table_contains (_orm_session_get_refresh (self)->unread,
                               mapper->references[i]->target))
      return TRUE;

  return FALSE;
}

static gboolean
reread_unread (OrmSession *self, GPtrArray *gone, GError **error)
{
  GHashTable *unread = _orm_session_get_refresh (self)->unread;
  GHashTableIter iter;
  gpointer mapper;

  /* Members in memory of deleted entities were deleted too; those that were
   * deleted with unread rows were not. */
  g_hash_table_iter_init (&iter, unread);
  while (g_hash_table_iter_next (&iter, &mapper, NULL))
    if (is_second_level (self, mapper) && !take_rows (self, mapper, gone, error))
      return FALSE;

  for (guint i = gone->len; i > 0; i--)
    remove_gone (self, g_ptr_array_index (gone, i - 1));

  return reload_all_lists (self, unread, NULL, error);
}

/*
 * After a transaction in which rows were deleted unread, reads the loaded lists
 * again that may have had them.
 */
static gboolean
read_unread (OrmSession *self, GError **error)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer mapper;
  gboolean is_read;

  if (g_hash_table_size (refresh->unread) == 0)
    return TRUE;

  g_hash_table_iter_init (&iter, refresh->unread);
  while (g_hash_table_iter_next (&iter, &mapper, NULL))
    _orm_row_cache_clear (_orm_session_get_rows (self, mapper));

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_read = reread_unread (self, gone, error);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);

  g_hash_table_remove_all (refresh->unread);
  g_ptr_array_set_size (refresh->read_between, 0);
  return is_read;
}

void
_orm_session_commit_unread (OrmSession *self)
{
  g_autoptr (GError) error = NULL;

  _orm_session_get_refresh (self)->n_unread = 0;
  if (!read_unread (self, &error))
    _orm_session_report_failed_load (self, error);
}

/*
 * After a rollback, the rows that were deleted unread exist again. Only the
 * lists that were loaded meanwhile do not have them and are read again.
 */
static void
reload_read_between (OrmSession *self)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  g_autoptr (GPtrArray) read_between = g_steal_pointer (&refresh->read_between);

  refresh->read_between = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_remove_all (refresh->unread);

  for (guint i = 0; i < read_between->len; i++)
    {
      OrmCollection *list = g_ptr_array_index (read_between, i);
      g_autoptr (GError) error = NULL;

      if (_orm_collection_get_owner_key (list) > 0 &&
          !_orm_session_reload_collection (self, list, &error))
        _orm_session_report_failed_load (self, error);
    }
}

/*
 * Called after the database was rolled back to where the journal had the length
 * @mark.
 */
void
_orm_session_rewind_unread (OrmSession *self, guint mark)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);

  if (refresh->n_unread > mark)
    {
      refresh->n_unread = 0;
      _orm_session_note_outdated (self);
    }
  if (refresh->n_unread == 0)
    reload_read_between (self);
}

/*
 * Whether rows were deleted unread since the last commit.
 */
gboolean
_orm_session_has_unread (OrmSession *self)
{
  return _orm_session_get_refresh (self)->n_unread > 0;
}

/*
 * Called when a list was loaded. If rows of its class were deleted unread, it
 * has to be read again after a rollback.
 */
void
_orm_session_note_loaded (OrmSession *self, OrmCollection *collection)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);

  if (g_hash_table_contains (refresh->unread, _orm_collection_get_side (collection)->target))
    g_ptr_array_add (refresh->read_between, g_object_ref (collection));
}

/*
 * Whether changes of another program are being merged, for which long lists can
 * be read in the background.
 */
gboolean
_orm_session_is_merging (OrmSession *self)
{
  return _orm_session_get_refresh (self)->is_merging &&
         _orm_connection_is_file (orm_session_get_connection (self));
}

static gboolean
merge (OrmSession *self, GError **error)
{
  OrmRefresh *refresh = _orm_session_get_refresh (self);
  gboolean was_merging = refresh->is_merging, is_read;

  refresh->is_merging = TRUE;
  is_read = reread (self, error);
  refresh->is_merging = was_merging;
  return is_read;
}

/**
 * orm_session_merge:
 * @self: a session
 * @has_changed: (out) (optional): whether another program had committed
 * @error: return location for an #OrmError
 *
 * Merges what other programs have committed since the last merge. Properties
 * that changed notify; collections, live queries and totals emit the
 * differences; an entity whose row was deleted is removed from its lists and
 * detached. A property with an unsaved change keeps its value: if the other
 * program changed it too, the next flush fails with %ORM_ERROR_STALE instead of
 * overwriting it.
 *
 * Live queries and totals of a database of more than 1 MiB, and loaded
 * collections of more than 10,000 members, are read in the background and emit
 * the differences from the main context. Entities in memory are right in these
 * at once, too.
 *
 * If no other program has committed, this costs one PRAGMA. While the session
 * has an open transaction, no other program can commit.
 *
 * Returns: %TRUE if the session is up to date, except for lists and totals that
 *   are still being read in the background
 */
gboolean
orm_session_merge (OrmSession *self, gboolean *has_changed, GError **error)
{
  gboolean has_news;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  if (_orm_session_refuse (self, "orm_session_merge()", error) ||
      !_orm_session_check_usable (self, error))
    return FALSE;

  _orm_identity_map_release_shared (_orm_session_get_map (self));
  has_news = !_orm_session_is_grouped (self) && is_outdated (self);
  if (has_changed != NULL)
    *has_changed = has_news;

  return !has_news || merge (self, error);
}

static gboolean
on_poll (gpointer data)
{
  OrmSession *self = data;
  g_autoptr (OrmSession) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!_orm_session_needs_rollback (self) && !_orm_session_is_busy (self) &&
      !orm_session_merge (self, NULL, &error))
    _orm_session_report_failed_load (self, error);

  return G_SOURCE_CONTINUE;
}

void
_orm_refresh_stop_polling (OrmRefresh *self)
{
  if (self->poll != NULL)
    g_source_destroy (self->poll);
  g_clear_pointer (&self->poll, g_source_unref);
}

/**
 * orm_session_set_poll_interval:
 * @self: a session
 * @milliseconds: the interval, or 0 for never (the default)
 *
 * Calls orm_session_merge() regularly, from the thread-default main context of
 * the caller. Errors are reported by
 * #OrmSession::load-failed.
 */
void
orm_session_set_poll_interval (OrmSession *self, guint milliseconds)
{
  OrmRefresh *refresh;

  g_return_if_fail (ORM_IS_SESSION (self));

  refresh = _orm_session_get_refresh (self);
  _orm_refresh_stop_polling (refresh);
  if (milliseconds == 0)
    return;

  refresh->poll = g_timeout_source_new (milliseconds);
  g_source_set_callback (refresh->poll, on_poll, self, NULL);
  g_source_attach (refresh->poll, g_main_context_get_thread_default ());
}
static gboolean
refresh_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();
  gint64 id = priv->key;
  guint n_found;

  g_ptr_array_add (entities, entity);
  if (!refresh_rows (self, priv->mapper, entities, DISCARD_UNSAVED, &n_found, error))
    return FALSE;

  if (n_found == 0)
    {
      _orm_session_set_not_found (priv->mapper, id, error);
      return FALSE;
    }

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    if (priv->collections[i] != NULL && orm_collection_is_loaded (priv->collections[i]) &&
        !_orm_session_reload_collection (self, priv->collections[i], error))
      return FALSE;

  return TRUE;
}

/**
 * orm_session_refresh:
 * @self: a session
 * @entity: (type OrmEntity) (nullable): an entity, or %NULL for all in memory
 * @error: return location for an #OrmError
 *
 * Reads rows again that another program may have changed: properties that
 * changed notify, and loaded lists emit the differences. If one entity is read,
 * its unsaved changes are given up; if all are read, unsaved changes stay.
 *
 * An entity whose row does not exist any more is removed from the session and
 * all lists; if all are read, only if it has no unsaved changes.
 *
 * Returns: %TRUE if everything was read; %FALSE with %ORM_ERROR_NOT_FOUND if
 *   the row of @entity does not exist any more
 */
gboolean
orm_session_refresh (OrmSession *self, gpointer entity, GError **error)
{
  gboolean is_read;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (entity == NULL || ORM_IS_ENTITY (entity), FALSE);

  if (_orm_session_refuse (self, "orm_session_refresh()", error) ||
      !_orm_session_check_usable (self, error))
    return FALSE;

  if (entity == NULL)
    return reread (self, error);

  g_return_val_if_fail (orm_entity_get_state (entity) == ORM_ENTITY_PERSISTENT, FALSE);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_read = refresh_entity (self, entity, error);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_read;
}

/*
 * Reverts the unsaved changes of an entity by the journal. Fails if a merge has
 * skipped another program's values, which are not in the journal.
 */
static gboolean
revert_unsaved (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  guint64 dirty = priv->dirty;

  if (dirty != 0 && _orm_session_get_refresh (self)->merged_unsaved)
    return FALSE;

  for (guint i = 0; i < priv->mapper->n_slots; i++)
    if ((dirty & ORM_SLOT_BIT (i)) != 0)
      _orm_journal_revert_entry (self, _orm_session_find_unsaved (self, entity, i));

  discard_unsaved (self, entity, NULL);
  return TRUE;
}

static gboolean
revert (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->state == ORM_ENTITY_DELETED && !orm_session_add (self, entity, error))
    return FALSE;

  return revert_unsaved (self, entity) || refresh_entity (self, entity, error);
}

/**
 * orm_session_revert:
 * @self: a session
 * @entity: (type OrmEntity): an entity of the session that has a row
 * @error: return location for an #OrmError
 *
 * Gives up the unsaved changes of one entity: its properties and to-ones get
 * the values that were last flushed or read, and if it was marked for deletion,
 * it is kept. The unsaved changes of others stay, and so do its links in
 * many-to-manys, which belong to the other side too. Nothing is read, unless a
 * merge has found changes of another program meanwhile.
 *
 * Returns: %TRUE if the changes were given up; %FALSE with %ORM_ERROR_NOT_FOUND
 *   if @entity has no row, or with %ORM_ERROR_REENTRANT in a handler of a
 *   change
 */
gboolean
orm_session_revert (OrmSession *self, gpointer entity, GError **error)
{
  gboolean is_done;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);
  g_return_val_if_fail (orm_entity_get_session (entity) == self, FALSE);

  if (_orm_session_refuse (self, "orm_session_revert()", error) ||
      !_orm_session_check_usable (self, error))
    return FALSE;

  if (orm_entity_get_state (entity) == ORM_ENTITY_PENDING)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "The entity has no row yet");
      return FALSE;
    }

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_done = revert (self, entity, error);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_done;
}
