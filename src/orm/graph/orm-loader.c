/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-loader-private.h"
#include "orm-refresh-private.h"
#include "orm-unit-of-work-private.h"

#include <string.h>

/* A list of up to this many members is read with its rows, not only its ids. */
#define SHORT_LIST 256

/* The number of rows that are read for one that is requested, and the maximum
 * when many are requested in order. */
#define BLOCK 128
#define MAX_BLOCK 1024

/*
 * Parses a number up to a blank. A date is parsed as the number of its digits,
 * which sorts in the same order.
 *
 * Returns: whether it was a number or a date
 */
static gboolean
parse_number (const char **text, gint64 *number)
{
  const char *p = *text;
  gboolean is_negative = *p == '-', is_number = *p > ' ';
  guint64 digits = 0;

  for (; *p != ' ' && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits = digits * 10 + (guint64) (*p - '0');
    else if (*p != '-')
      is_number = FALSE;

  *text = *p == ' ' ? p + 1 : p;
  *number = (gint64) (is_negative ? -digits : digits);
  return is_number;
}

/*
 * Parses an id. Another program may have written negative ids, which are keys
 * of entities without a row here.
 */
static gboolean
parse_id (OrmMapper *mapper, const char **text, gint64 *id, GError **error)
{
  const char *start = *text;
  g_autofree char *shown = NULL;

  if (parse_number (text, id) && *id > 0)
    return TRUE;

  shown = g_strndup (start, strcspn (start, " "));
  _orm_row_set_id_error (mapper, shown, error);
  return FALSE;
}

/*
 * The rank for rows at the beginning whose value is invalid.
 */
static gint64
find_first_rank (const char *ranks)
{
  gint64 rank;

  while (*ranks != '\0')
    if (parse_number (&ranks, &rank))
      return rank;

  return 0;
}

/*
 * Parses keys and, if @ranks is not %NULL, their ranks in ascending or
 * descending order. There is one rank for each key or, if @counts is not %NULL,
 * each distinct rank occurs once and @counts has the number of its keys. An
 * invalid rank is replaced by the one before it, so that ranks stay in order.
 */
gboolean
_orm_parse_keys (OrmMapper *mapper,
                 const char *text,
                 const char *ranks,
                 const char *counts,
                 OrmKeys *keys,
                 GError **error)
{
  gint64 key, next, rank = ranks != NULL ? find_first_rank (ranks) : 0;
  gint64 n = 0; /* how many of the following keys have the rank */

  while (*text != '\0')
    {
      if (!parse_id (mapper, &text, &key, error))
        return FALSE;

      if (ranks != NULL && n == 0)
        {
          if (parse_number (&ranks, &next))
            rank = next;
          n = 1;
          if (counts != NULL)
            parse_number (&counts, &n);
        }

      n--;
      _orm_keys_append (keys, key, rank);
    }

  /* A text with blanks among the ranks would shift all that follow. */
  if (ranks != NULL && *ranks != '\0')
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION,
                   "%s cannot be sorted: a value is neither a number nor a date", mapper->table);
      return FALSE;
    }

  return TRUE;
}

/*
 * The ids as a JSON array, for json_each().
 */
char *
_orm_format_ids (const gint64 *ids, guint n_ids)
{
  GString *text = g_string_sized_new (n_ids * 8 + 2);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n_ids; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      _orm_append_integer (text, ids[i]);
    }
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

/*
 * Selects whole rows of a class, with one parameter.
 */
OrmResult *
_orm_session_select_rows (
  OrmSession *self, OrmMapper *mapper, const char *sql, const OrmValue *parameter, GError **error)
{
  return _orm_connection_select (orm_session_get_connection (self), sql, parameter, 1,
                                 mapper->reads, mapper->n_reads, error);
}

void
_orm_session_set_not_found (OrmMapper *mapper, gint64 id, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no row %" G_GINT64_FORMAT " of %s",
               id, mapper->table);
}

/*
 * Creates the entity of a row.
 */
OrmEntity *
_orm_session_hydrate (OrmSession *self, OrmMapper *mapper, const OrmRow *row)
{
  OrmEntity *entity = g_object_new (mapper->type, NULL);
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < mapper->n_slots; i++)
    _orm_entity_load_slot (entity, i, &row->values[i]);

  priv->key = row->id;
  priv->state = ORM_ENTITY_PERSISTENT;
  _orm_session_remember (self, entity);
  return entity;
}

/*
 * Returns a row; reads it if it is not in the cache.
 */
static OrmRow *
find_row (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);
  OrmRow *row = _orm_row_cache_lookup (rows, id);
  OrmValue parameter = ORM_VALUE_INTEGER (id);
  g_autoptr (OrmResult) result = NULL;
  g_autofree char *sql = NULL;

  if (row != NULL)
    return row;

  sql = _orm_dialect_select_by_id (mapper);
  result = _orm_session_select_rows (self, mapper, sql, &parameter, error);
  if (result == NULL)
    return NULL;

  if (_orm_result_get_n_rows (result) == 0)
    {
      _orm_session_set_not_found (mapper, id, error);
      return NULL;
    }

  return _orm_row_cache_take_result (rows, result, 0, error);
}

/*
 * Loads the entity of a row, which must not be in memory.
 */
OrmEntity *
_orm_session_load_one (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error)
{
  OrmRow *row = find_row (self, mapper, id, error);

  return row != NULL ? _orm_session_hydrate (self, mapper, row) : NULL;
}

/*
 * The same for the target of a to-one. The members of a list often share a few
 * targets, and code that iterates over the list holds one member at a time. So
 * a target that is requested again after it was released is held until the
 * session changes.
 */
OrmEntity *
_orm_session_load_target (OrmSession *self, OrmMapper *mapper, gint64 id, GError **error)
{
  OrmRow *row = find_row (self, mapper, id, error);
  OrmEntity *target;
  gboolean is_shared;

  if (row == NULL)
    return NULL;

  is_shared = row->is_shared;
  row->is_shared = TRUE;
  target = _orm_session_hydrate (self, mapper, row);
  if (is_shared)
    _orm_identity_map_hold_shared (_orm_session_get_map (self), target);

  return target;
}

/*
 * Reads rows into the cache. Rows that do not exist are not in the cache
 * afterwards.
 *
 * Returns: %FALSE if not all could be read; the others are in the cache
 */
gboolean
_orm_session_read_rows (OrmSession *self, OrmMapper *mapper, GArray *ids, GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);
  g_autofree char *sql = _orm_dialect_select_json_by_ids (mapper);
  g_autofree char *list = _orm_format_ids ((const gint64 *) ids->data, ids->len);
  g_autofree char *text = NULL, *row_sql = NULL;
  OrmValue parameter = { .is_text = TRUE, .text = list };
  g_autoptr (OrmResult) result = NULL;
  gboolean has_all = TRUE;

  /* In one text, because libgda makes an object of each row and has SQLite write
   * each number as text. Through its data model alone, a walk takes 7.8 times as
   * long as with sqlite3 instead of 3.1, a random page 2.8 times instead of 1.6,
   * and longer blocks change nothing: build-aux/benchmark orm 100000, with and
   * without the next statement. */
  text = _orm_connection_select_text (orm_session_get_connection (self), sql, &parameter, 1, NULL);
  if (text != NULL)
    return _orm_row_cache_take_json (rows, text, error);

  /* Another program may have written bytes that are invalid in JSON. */
  row_sql = _orm_dialect_select_by_ids (mapper);
  result = _orm_session_select_rows (self, mapper, row_sql, &parameter, error);
  if (result == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    has_all &= _orm_row_cache_take_result (rows, result, i, has_all ? error : NULL) != NULL;
  return has_all;
}

/*
 * Chooses the block to read for a position. If each block starts where the last
 * one ended, blocks become longer.
 */
static void
choose_block (OrmReadAhead *ahead, OrmKeys *keys, guint position, guint *first, guint *n)
{
  guint length = _orm_keys_get_length (keys);

  if (position == ahead->end && ahead->n > 0)
    {
      ahead->n_in_order++;
      ahead->n = ahead->n_in_order > 2 ? MIN (ahead->n * 2, MAX_BLOCK) : ahead->n;
      *first = position;
    }
  else if (position + 1 == ahead->first && ahead->n > 0)
    {
      ahead->n = BLOCK;
      *first = position + 1 > BLOCK ? position + 1 - BLOCK : 0;
    }
  else
    {
      ahead->n = BLOCK;
      ahead->n_in_order = 0;
      *first = position;
    }

  *n = MIN (ahead->n, length - *first);
  ahead->first = *first;
  ahead->end = *first + *n;
}

static void
load_block (OrmSession *self, OrmMapper *mapper, OrmKeys *keys, guint position)
{
  OrmRowCache *rows = _orm_session_get_rows (self, mapper);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  guint first, n;

  choose_block (&rows->ahead, keys, position, &first, &n);
  for (guint i = first; i < first + n; i++)
    {
      gint64 id = _orm_keys_get (keys, i);

      if (id > 0 && _orm_session_peek (self, mapper, id) == NULL &&
          _orm_row_cache_lookup (rows, id) == NULL)
        g_array_append_val (ids, id);
    }

  if (!_orm_session_read_rows (self, mapper, ids, &error))
    _orm_session_report_failed_load (self, error);
}

/*
 * Creates a detached entity for an item whose row cannot be read, because a
 * list must not return %NULL for a valid position.
 */
static OrmEntity *
new_unreadable (OrmMapper *mapper, gint64 key)
{
  OrmEntity *entity = g_object_new (mapper->type, NULL);

  _orm_entity_get_private (entity)->key = key;
  _orm_entity_get_private (entity)->state = ORM_ENTITY_DETACHED;
  return entity;
}

/*
 * Returns the entity whose key is at @position. If its row has to be read, also
 * reads the rows around it.
 */
OrmEntity *
_orm_session_dup_at (OrmSession *self, OrmMapper *mapper, OrmKeys *keys, guint position)
{
  gint64 key = _orm_keys_get (keys, position);
  OrmEntity *entity = _orm_session_peek (self, mapper, key);
  OrmRow *row;

  if (entity != NULL)
    return g_object_ref (entity);

  if (key < 0)
    return new_unreadable (mapper, key);

  row = _orm_row_cache_lookup (_orm_session_get_rows (self, mapper), key);
  if (row == NULL)
    {
      load_block (self, mapper, keys, position);
      row = _orm_row_cache_lookup (_orm_session_get_rows (self, mapper), key);
    }

  return row != NULL ? _orm_session_hydrate (self, mapper, row) : new_unreadable (mapper, key);
}

static gboolean
read_all_ids (OrmSession *self, OrmSide *side, const OrmValue *owner, OrmKeys *ids, GError **error)
{
  g_autofree char *sql = _orm_side_has_links (side) ? _orm_dialect_select_linked_ids (side)
                                                    : _orm_dialect_select_member_ids (side);
  g_autofree char *text =
    _orm_connection_select_text (orm_session_get_connection (self), sql, owner, 1, error);

  if (text == NULL)
    return FALSE;

  _orm_keys_clear (ids);
  return _orm_parse_keys (side->target, text, NULL, NULL, ids, error);
}

/*
 * Reads the ids of a list, with the rows if it is short.
 */
gboolean
_orm_session_read_members (OrmSession *self,
                           OrmCollection *collection,
                           OrmKeys *ids,
                           GError **error)
{
  OrmSide *side = _orm_collection_get_side (collection);
  OrmRowCache *rows = _orm_session_get_rows (self, side->target);
  OrmValue owner = ORM_VALUE_INTEGER (_orm_collection_get_owner_key (collection));
  g_autofree char *sql = _orm_side_has_links (side)
                           ? _orm_dialect_select_linked (side, SHORT_LIST + 1)
                           : _orm_dialect_select_members (side, SHORT_LIST + 1);
  g_autoptr (OrmResult) result = _orm_session_select_rows (self, side->target, sql, &owner, error);
  guint n_rows;

  if (result == NULL)
    return FALSE;

  n_rows = _orm_result_get_n_rows (result);
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 id;

      if (!_orm_row_read_id (side->target, result, i, &id, error))
        return FALSE;

      /* Other invalid values are reported when the item is requested. */
      _orm_row_cache_take_result (rows, result, i, NULL);
      _orm_keys_append (ids, id, 0);
    }

  return n_rows <= SHORT_LIST || read_all_ids (self, side, &owner, ids, error);
}

gboolean
_orm_session_load_collection (OrmSession *self, OrmCollection *collection, GError **error)
{
  OrmSide *side = _orm_collection_get_side (collection);
  g_autoptr (OrmCollection) alive = g_object_ref (collection);
  g_autoptr (OrmKeys) ids = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);

  if (!_orm_session_autoflush (self, error) ||
      !_orm_session_read_members (self, collection, ids, error))
    return FALSE;

  /* The links were deleted with the owner's row, but a rollback needs the list
   * as it was before. */
  if (_orm_side_has_links (side) &&
      orm_entity_get_state (orm_collection_get_owner (collection)) == ORM_ENTITY_DELETED)
    _orm_journal_add_linked_ids (_orm_session_get_journal (self), side,
                                 _orm_collection_get_owner_key (collection), ids);
  _orm_session_note_loaded (self, collection);
  _orm_collection_set_loaded (collection, ids);
  return TRUE;
}
