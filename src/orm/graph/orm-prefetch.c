/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-loader-private.h"
#include "orm-prefetch-private.h"
#include "orm-session-private.h"

#include <string.h>

#define CHUNK 500

static OrmResult *
select_chunk (
  OrmSession *self, OrmMapper *mapper, const char *sql, GArray *keys, guint from, GError **error)
{
  guint n = MIN (keys->len - from, CHUNK);
  g_autofree char *list = _orm_format_ids (&g_array_index (keys, gint64, from), n);
  OrmValue parameter = { .is_text = TRUE, .text = list };

  return _orm_connection_select (orm_session_get_connection (self), sql, &parameter, 1,
                                 mapper->reads, mapper->n_reads, error);
}

static OrmEntity *
dup_entity (OrmSession *self, OrmMapper *mapper, const OrmRow *row)
{
  OrmEntity *entity = _orm_session_peek (self, mapper, row->id);

  return entity != NULL ? g_object_ref (entity) : _orm_session_hydrate (self, mapper, row);
}

/*
 * Reads rows. With @side, also the owners in the rows, which may differ from
 * those in memory.
 */
static gboolean
read_by (OrmSession *self,
         OrmMapper *mapper,
         const char *sql,
         GArray *keys,
         GPtrArray *found,
         OrmSide *side,
         GArray *owners,
         GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);

  for (guint from = 0; from < keys->len; from += CHUNK)
    {
      g_autoptr (OrmResult) result = select_chunk (self, mapper, sql, keys, from, error);

      if (result == NULL)
        return FALSE;

      for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
        {
          const OrmRow *row = _orm_row_cache_take_result (rows, result, i, error);

          if (row == NULL)
            return FALSE;
          if (side != NULL)
            g_array_append_val (owners, row->values[_orm_side_get_slot (side)].integer);
          g_ptr_array_add (found, dup_entity (self, mapper, row));
        }
    }

  return TRUE;
}

static gboolean
read_targets (
  OrmSession *self, OrmSide *side, GPtrArray *entities, GPtrArray *found, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = _orm_dialect_select_by_ids (side->target);

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmReference *reference = &_orm_entity_get_private (entity)->references[side->number];
      OrmEntity *target = _orm_entity_peek_target (entity, side);

      if (reference->key == 0 || !g_hash_table_add (seen, &reference->key))
        continue;

      if (target != NULL)
        g_ptr_array_add (found, g_object_ref (target));
      else if (reference->key > 0)
        g_array_append_val (missing, reference->key);
    }

  if (!read_by (self, side->target, sql, missing, found, NULL, NULL, error))
    return FALSE;

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmReference *reference = &_orm_entity_get_private (entity)->references[side->number];

      g_set_object (&reference->target, _orm_entity_peek_target (entity, side));
    }

  return TRUE;
}

static void
load_lists (OrmSide *side, GPtrArray *owners, GPtrArray *members, GArray *member_owners)
{
  g_autoptr (GHashTable) by_owner =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) _orm_keys_unref);

  for (guint i = 0; i < owners->len; i++)
    g_hash_table_insert (by_owner, &_orm_entity_get_private (g_ptr_array_index (owners, i))->key,
                         _orm_keys_new (ORM_KEYS_WITHOUT_RANKS));

  /* Group by the owner in the row. A member may have been moved in memory; the
   * list handles that when it gets the ids. */
  for (guint i = 0; i < member_owners->len; i++)
    {
      gint64 id = _orm_entity_get_key (g_ptr_array_index (members, i));
      OrmKeys *ids = g_hash_table_lookup (by_owner, &g_array_index (member_owners, gint64, i));

      if (ids != NULL)
        _orm_keys_append (ids, id, 0);
    }

  for (guint i = 0; i < owners->len; i++)
    {
      OrmEntity *owner = g_ptr_array_index (owners, i);
      OrmCollection *list = _orm_entity_ensure_collection (owner, side);
      OrmKeys *ids = g_hash_table_lookup (by_owner, &_orm_entity_get_private (owner)->key);

      if (!orm_collection_is_loaded (list))
        _orm_collection_set_loaded (list, ids);
    }
}

static gboolean
read_members (OrmSession *self, OrmSide *side, GPtrArray *owners, GPtrArray *found, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) member_owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = _orm_dialect_select_by_keys (side);

  for (guint i = 0; i < owners->len; i++)
    {
      gint64 key = _orm_entity_get_key (g_ptr_array_index (owners, i));

      if (key > 0)
        g_array_append_val (keys, key);
    }

  if (!read_by (self, side->target, sql, keys, members, side->inverse, member_owners, error))
    return FALSE;

  load_lists (side, owners, members, member_owners);
  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (found, g_object_ref (g_ptr_array_index (members, i)));
  return TRUE;
}

static OrmResult *
select_linked (
  OrmSession *self, OrmSide *side, const char *sql, GArray *keys, guint from, GError **error)
{
  OrmMapper *mapper = side->target;
  guint n = MIN (keys->len - from, CHUNK), n_reads = mapper->n_reads + 1;
  g_autofree char *list = _orm_format_ids (&g_array_index (keys, gint64, from), n);
  g_autofree OrmRead *reads = g_new (OrmRead, n_reads);
  OrmValue parameter = { .is_text = TRUE, .text = list };

  memcpy (reads, mapper->reads, sizeof (OrmRead) * (n_reads - 1));
  reads[n_reads - 1] = ORM_READ_INT64;
  return _orm_connection_select (orm_session_get_connection (self), sql, &parameter, 1, reads,
                                 n_reads, error);
}

/*
 * Takes the rows of a many-to-many, which contain a row once for each link:
 * adds it to the ids of each owner, and once to @found.
 */
static gboolean
take_linked (OrmSession *self,
             OrmSide *side,
             OrmResult *result,
             GHashTable *by_owner,
             GHashTable *seen,
             GPtrArray *found,
             GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (self, side->target);

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      gint64 owner = _orm_result_get_int64 (result, i, side->target->n_reads);
      gint64 id = _orm_result_get_int64 (result, i, 0);
      const OrmRow *row;

      _orm_keys_append (g_hash_table_lookup (by_owner, &owner), id, 0);
      if (g_hash_table_contains (seen, &id))
        continue;

      row = _orm_row_cache_take_result (rows, result, i, error);
      if (row == NULL)
        return FALSE;

      g_hash_table_add (seen, g_memdup2 (&id, sizeof id));
      g_ptr_array_add (found, dup_entity (self, side->target, row));
    }

  return TRUE;
}

static gboolean
read_linked (OrmSession *self, OrmSide *side, GPtrArray *owners, GPtrArray *found, GError **error)
{
  g_autoptr (GHashTable) by_owner =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) _orm_keys_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = _orm_dialect_select_linked_by_keys (side);

  for (guint i = 0; i < owners->len; i++)
    {
      gint64 *key = &_orm_entity_get_private (g_ptr_array_index (owners, i))->key;

      if (*key > 0 && !g_hash_table_contains (by_owner, key))
        {
          g_hash_table_insert (by_owner, key, _orm_keys_new (ORM_KEYS_WITHOUT_RANKS));
          g_array_append_val (keys, *key);
        }
    }

  for (guint from = 0; from < keys->len; from += CHUNK)
    {
      g_autoptr (OrmResult) result = select_linked (self, side, sql, keys, from, error);

      if (result == NULL || !take_linked (self, side, result, by_owner, seen, found, error))
        return FALSE;
    }

  for (guint i = 0; i < owners->len; i++)
    {
      OrmCollection *list = _orm_entity_ensure_collection (g_ptr_array_index (owners, i), side);
      gint64 key = _orm_collection_get_owner_key (list);
      OrmKeys *ids = g_hash_table_lookup (by_owner, &key);

      if (ids != NULL && !orm_collection_is_loaded (list))
        _orm_collection_set_loaded (list, ids);
    }

  return TRUE;
}

static gboolean
read_side (OrmSession *self, OrmSide *side, GPtrArray *level, GPtrArray *next, GError **error)
{
  switch (side->spec->kind)
    {
    case ORM_RELATIONSHIP_TO_ONE:
      return read_targets (self, side, level, next, error);
    case ORM_RELATIONSHIP_TO_MANY:
      return read_members (self, side, level, next, error);
    case ORM_RELATIONSHIP_MANY_TO_MANY:
      return read_linked (self, side, level, next, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
prefetch_path (OrmSession *self,
               OrmMapper *mapper,
               const char *path,
               GPtrArray *entities,
               GHashTable *levels,
               GError **error)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  g_autoptr (GString) prefix = g_string_new (NULL);
  GPtrArray *level = entities;

  for (guint i = 0; names[i] != NULL; i++)
    {
      OrmSide *side = _orm_mapper_find_side (mapper, names[i]);
      GPtrArray *next;

      if (side == NULL)
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "%s has no relationship “%s”",
                       g_type_name (mapper->type), names[i]);
          return FALSE;
        }

      g_string_append_printf (prefix, "%s%s", i > 0 ? "." : "", names[i]);
      next = g_hash_table_lookup (levels, prefix->str);
      if (next == NULL)
        {
          next = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (levels, g_strdup (prefix->str), next);
          if (!read_side (self, side, level, next, error))
            return FALSE;
        }

      level = next;
      mapper = side->target;
    }

  return TRUE;
}

/*
 * Reads the relationships on @paths, starting from @entities. All entities that
 * were read are added to @entities, so that the array holds the graph.
 */
gboolean
_orm_session_prefetch (
  OrmSession *self, OrmMapper *mapper, GPtrArray *paths, GPtrArray *entities, GError **error)
{
  g_autoptr (GHashTable) levels =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer level;

  for (guint i = 0; i < paths->len; i++)
    if (!prefetch_path (self, mapper, g_ptr_array_index (paths, i), entities, levels, error))
      return FALSE;

  g_hash_table_iter_init (&iter, levels);
  while (g_hash_table_iter_next (&iter, NULL, &level))
    for (guint i = 0; i < ((GPtrArray *) level)->len; i++)
      g_ptr_array_add (entities, g_object_ref (g_ptr_array_index ((GPtrArray *) level, i)));

  return TRUE;
}

/*
 * The owners in @level whose members are not loaded, so that the database would
 * delete them unread.
 */
static GPtrArray *
pick_unread (GPtrArray *level, OrmSide *side)
{
  GPtrArray *owners = g_ptr_array_new ();

  for (guint i = 0; i < level->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (level, i);
      OrmCollection *list;

      if (_orm_entity_get_private (entity)->mapper != side->owner ||
          _orm_entity_get_key (entity) < 0)
        continue;

      list = _orm_entity_peek_collection (entity, side);
      if (list == NULL || !orm_collection_is_loaded (list))
        g_ptr_array_add (owners, entity);
    }

  return owners;
}

static gboolean
read_level (OrmSession *self, GPtrArray *level, GPtrArray *next, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self);

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      for (guint j = 0; j < mapper->n_collections; j++)
        {
          OrmSide *side = mapper->collections[j];
          g_autoptr (GPtrArray) owners = NULL;

          if (side->spec->rule != ORM_DELETE_CASCADE ||
              (side->spec->flags & ORM_RELATIONSHIP_DB_CASCADE) == 0)
            continue;

          owners = pick_unread (level, side);
          if (owners->len > 0 && !read_members (self, side, owners, next, error))
            return FALSE;
        }
    }

  return TRUE;
}

/*
 * Reads the rows that the database would delete with @owner's row, with one
 * statement for each level, and adds their entities to @found.
 */
gboolean
_orm_session_read_database_cascade (OrmSession *self,
                                    OrmEntity *owner,
                                    GPtrArray *found,
                                    GError **error)
{
  g_autoptr (GPtrArray) level = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (level, g_object_ref (owner));
  while (level->len > 0)
    {
      g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);

      if (!read_level (self, level, next, error))
        return FALSE;

      for (guint i = 0; i < next->len; i++)
        g_ptr_array_add (found, g_object_ref (g_ptr_array_index (next, i)));
      g_ptr_array_unref (level);
      level = g_steal_pointer (&next);
    }

  return TRUE;
}
