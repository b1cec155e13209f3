/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-links-private.h"

/*
 * The links of a flush: any number of an association in one statement, as JSON.
 */

/* As many as rows of a class. */
#define CHUNK 1000

static gboolean
is_gone (OrmEntity *entity)
{
  OrmEntityState state = orm_entity_get_state (entity);

  return state != ORM_ENTITY_PENDING && state != ORM_ENTITY_PERSISTENT;
}

static gboolean
has_row (const OrmLink *link)
{
  return orm_entity_get_state (link->owner) == ORM_ENTITY_PERSISTENT &&
         orm_entity_get_state (link->member) == ORM_ENTITY_PERSISTENT;
}

static gboolean
waits (OrmFlush *self, OrmEntity *entity)
{
  return orm_entity_get_state (entity) == ORM_ENTITY_PENDING &&
         g_hash_table_contains (self->waiting, entity);
}

/*
 * Whether there is a link that this flush can write: one of a new entity that
 * waits, waits too.
 */
gboolean
_orm_flush_has_links (OrmFlush *self)
{
  for (GList *l = _orm_session_get_links (self->session)->order.head; l != NULL; l = l->next)
    {
      const OrmLink *link = l->data;

      if (!waits (self, link->owner) && !waits (self, link->member))
        return TRUE;
    }

  return FALSE;
}

static gboolean
run (OrmFlush *self, const char *sql, const char *json, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) json };

  return _orm_connection_execute (self->connection, sql, &parameter, 1, error) >= 0;
}

static gboolean
run_pairs (OrmFlush *self, const char *sql, GPtrArray *links, guint from, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = from; i < MIN (from + CHUNK, links->len); i++)
    {
      const OrmLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (json, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                              i > from ? "," : "", _orm_entity_get_key (link->owner),
                              _orm_entity_get_key (link->member));
    }

  g_string_append_c (json, ']');
  return run (self, sql, json->str, error);
}

/*
 * Writes the links of one association that came, or that went.
 */
static gboolean
write_links (OrmFlush *self, OrmSide *first, gboolean is_added, GError **error)
{
  OrmLinks *links = _orm_session_get_links (self->session);
  g_autoptr (GPtrArray) picked = g_ptr_array_new ();
  g_autofree char *sql =
    is_added ? _orm_dialect_insert_links (first) : _orm_dialect_delete_links (first);

  for (GList *l = links->order.head; l != NULL; l = l->next)
    {
      OrmLink *link = l->data;

      if (link->side == first && link->is_added == is_added && has_row (link))
        g_ptr_array_add (picked, link);
    }

  for (guint i = 0; i < picked->len; i += CHUNK)
    if (!run_pairs (self, sql, picked, i, error))
      return FALSE;

  for (guint i = 0; i < picked->len; i++)
    _orm_links_remove (links, g_ptr_array_index (picked, i));

  return TRUE;
}

static gboolean
write_associations (OrmFlush *self, gboolean is_added, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  if (_orm_links_get_length (_orm_session_get_links (self->session)) == 0)
    return TRUE;

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      for (guint j = 0; j < mapper->n_collections; j++)
        if (_orm_side_has_links (mapper->collections[j]) &&
            _orm_side_get_first (mapper->collections[j]) == mapper->collections[j] &&
            !write_links (self, mapper->collections[j], is_added, error))
          return FALSE;
    }

  return TRUE;
}

static guint
hash_left (gconstpointer data)
{
  const OrmJournalEntry *entry = data;

  return g_direct_hash (entry->entity) ^ (g_direct_hash (entry->other) * 2654435761u);
}

static gboolean
equal_left (gconstpointer a, gconstpointer b)
{
  const OrmJournalEntry *left = a, *right = b;

  return left->entity == right->entity && left->other == right->other && left->side == right->side;
}

/*
 * The loaded lists that deleted entities of @side were in.
 */
static GHashTable *
find_left (OrmJournal *journal, OrmSide *side)
{
  GHashTable *left = g_hash_table_new_full (hash_left, equal_left, g_free, NULL);

  for (guint i = 0; i < _orm_journal_get_length (journal); i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i);

      if (entry->kind == ORM_JOURNAL_LINK_LEFT && entry->side == side)
        g_hash_table_add (left, g_memdup2 (entry, sizeof *entry));
    }

  return left;
}

static void
note_rows (OrmFlush *self, OrmSide *side, OrmResult *result, GHashTable *left)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      gint64 id = _orm_result_get_int64 (result, i, 1);
      OrmJournalEntry wanted = { .side = side };

      wanted.entity =
        _orm_session_peek (self->session, side->owner, _orm_result_get_int64 (result, i, 0));
      wanted.other = _orm_session_peek (self->session, side->target, id);
      if (wanted.entity != NULL)
        _orm_journal_add_link_row (journal, wanted.entity, side, id,
                                   g_hash_table_contains (left, &wanted));
    }
}

static gboolean
remove_chunk (
  OrmFlush *self, OrmSide *side, GPtrArray *entities, guint from, GHashTable *left, GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_INT64 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OrmResult) result = NULL;
  g_autofree char *select = _orm_dialect_select_links (side);
  g_autofree char *delete = NULL, *json = NULL;
  OrmValue parameter = { .is_text = TRUE };

  for (guint i = from; i < MIN (from + CHUNK, entities->len); i++)
    {
      gint64 id = _orm_entity_get_key (g_ptr_array_index (entities, i));

      g_array_append_val (ids, id);
    }

  json = _orm_format_ids ((const gint64 *) ids->data, ids->len);
  parameter.text = json;
  result = _orm_connection_select (self->connection, select, &parameter, 1, reads, 2, error);
  if (result == NULL)
    return FALSE;
  if (_orm_result_get_n_rows (result) == 0)
    return TRUE;

  note_rows (self, side, result, left);
  delete = _orm_dialect_delete_links_of (side);
  return run (self, delete, json, error);
}

/*
 * The links of deleted rows go before the rows: the step that this becomes has
 * to know them, and a row whose id is taken by another does not go at all.
 */
static gboolean
remove_links_of (OrmFlush *self, OrmSide *side, GPtrArray *entities, GError **error)
{
  g_autoptr (GHashTable) left = NULL;

  if (entities->len == 0)
    return TRUE;

  left = find_left (_orm_session_get_journal (self->session), side);
  for (guint i = 0; i < entities->len; i += CHUNK)
    if (!remove_chunk (self, side, entities, i, left, error))
      return FALSE;

  return TRUE;
}

static gboolean
remove_links_of_deleted (OrmFlush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);
      g_autoptr (GPtrArray) entities = _orm_flush_pick (self->deletes, mapper);

      for (guint j = 0; j < mapper->n_collections; j++)
        if (_orm_side_has_links (mapper->collections[j]) &&
            !remove_links_of (self, mapper->collections[j], entities, error))
          return FALSE;
    }

  return TRUE;
}

/*
 * A link of somebody who is gone has gone with him, or never came.
 */
static void
forget_gone (OrmLinks *links)
{
  GList *next;

  for (GList *l = links->order.head; l != NULL; l = next)
    {
      OrmLink *link = l->data;

      next = l->next;
      if (is_gone (link->owner) || is_gone (link->member))
        _orm_links_remove (links, link);
    }
}

gboolean
_orm_flush_remove_links (OrmFlush *self, GError **error)
{
  if (!remove_links_of_deleted (self, error))
    return FALSE;

  forget_gone (_orm_session_get_links (self->session));
  return write_associations (self, FALSE, error);
}

/*
 * All rows that this flush brings are there now.
 */
gboolean
_orm_flush_insert_links (OrmFlush *self, GError **error)
{
  return write_associations (self, TRUE, error);
}
