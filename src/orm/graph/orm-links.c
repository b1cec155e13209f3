/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-links-private.h"
#include "orm-loader-private.h"
#include "orm-unit-of-work-private.h"

/* Links in one statement. */
#define CHUNK 1000

struct _OrmLinks
{
  GHashTable *links; /* of OrmLink, by side, owner and member */
  GHashTable *ends;  /* entity → GQueue of its links, in order */
  GQueue order;
};

static guint
hash_link (gconstpointer data)
{
  const OrmLink *link = data;

  return g_direct_hash (link->side) ^ (g_direct_hash (link->owner) * 31u) ^
         (g_direct_hash (link->member) * 2654435761u);
}

static gboolean
equal_links (gconstpointer a, gconstpointer b)
{
  const OrmLink *left = a, *right = b;

  return left->side == right->side && left->owner == right->owner && left->member == right->member;
}

static void
link_free (OrmLink *link)
{
  g_object_unref (link->owner);
  g_object_unref (link->member);
  g_free (link);
}

OrmLinks *
_orm_links_new (void)
{
  OrmLinks *self = g_new0 (OrmLinks, 1);

  self->links = g_hash_table_new (hash_link, equal_links);
  self->ends = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_queue_init (&self->order);
  return self;
}

void
_orm_links_free (OrmLinks *self)
{
  _orm_links_clear (self);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->ends);
  g_free (self);
}

/*
 * Removes all links. Releasing an entity may finalize it, and by then none of
 * the links may be left.
 */
void
_orm_links_clear (OrmLinks *self)
{
  GList *first = self->order.head;

  g_hash_table_remove_all (self->links);
  g_hash_table_remove_all (self->ends);
  g_queue_init (&self->order);

  while (first != NULL)
    {
      GList *next = first->next;

      link_free (first->data);
      first = next;
    }
}

guint
_orm_links_get_length (OrmLinks *self)
{
  return self->order.length;
}

/*
 * The links, in order; valid until one is added or removed.
 */
const GList *
_orm_links_peek_list (OrmLinks *self)
{
  return self->order.head;
}

static OrmLink
make_link (OrmSide *side, OrmEntity *owner, OrmEntity *member)
{
  OrmLink link = { .side = _orm_side_get_first (side) };

  link.owner = link.side == side ? owner : member;
  link.member = link.side == side ? member : owner;
  return link;
}

OrmLink *
_orm_links_lookup (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member)
{
  OrmLink wanted = make_link (side, owner, member);

  return g_hash_table_lookup (self->links, &wanted);
}

static void
add_end (OrmLinks *self, OrmEntity *entity, GList *node)
{
  GQueue *queue = g_hash_table_lookup (self->ends, entity);

  if (queue == NULL)
    {
      queue = g_new0 (GQueue, 1);
      g_hash_table_insert (self->ends, entity, queue);
    }

  g_queue_push_tail_link (queue, node);
}

static void
remove_end (OrmLinks *self, OrmEntity *entity, GList *node)
{
  GQueue *queue = g_hash_table_lookup (self->ends, entity);

  g_queue_unlink (queue, node);
  if (queue->length == 0)
    g_hash_table_remove (self->ends, entity);
}

void
_orm_links_remove (OrmLinks *self, OrmLink *link)
{
  remove_end (self, link->owner, &link->owner_node);
  if (link->member != link->owner)
    remove_end (self, link->member, &link->member_node);
  g_hash_table_remove (self->links, link);
  g_queue_unlink (&self->order, &link->node);
  link_free (link);
}

/*
 * Notes that a link was added or removed in memory. If the opposite was noted
 * before, the link is as in the database again and is dropped.
 */
void
_orm_links_set (
  OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member, gboolean is_linked)
{
  OrmLink *link = _orm_links_lookup (self, side, owner, member);

  if (link != NULL && link->is_added != is_linked)
    _orm_links_remove (self, link);
  if (link != NULL)
    return;

  link = g_new0 (OrmLink, 1);
  *link = make_link (side, owner, member);
  g_object_ref (link->owner);
  g_object_ref (link->member);
  link->is_added = is_linked;
  link->node.data = link;
  link->owner_node.data = link;
  link->member_node.data = link;
  add_end (self, link->owner, &link->owner_node);
  if (link->member != link->owner)
    add_end (self, link->member, &link->member_node);
  g_hash_table_add (self->links, link);
  g_queue_push_tail_link (&self->order, &link->node);
}

/*
 * Adds the keys of the entities that were linked to @owner and whose links are
 * not written yet.
 */
void
_orm_links_add_keys (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmKeys *keys)
{
  gboolean is_first = _orm_side_get_first (side) == side;

  GQueue *links = g_hash_table_lookup (self->ends, owner);

  for (GList *l = links != NULL ? links->head : NULL; l != NULL; l = l->next)
    {
      const OrmLink *link = l->data;
      OrmEntity *other = is_first ? link->member : link->owner;
      gint64 key = _orm_entity_get_key (other);

      if (link->is_added && link->side == _orm_side_get_first (side) &&
          (is_first ? link->owner : link->member) == owner &&
          orm_entity_get_session (other) != NULL &&
          orm_entity_get_state (other) != ORM_ENTITY_DELETED)
        _orm_keys_append (keys, key, 0);
    }
}

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
waits (OrmEntity *entity, GHashTable *waiting)
{
  return orm_entity_get_state (entity) == ORM_ENTITY_PENDING &&
         g_hash_table_contains (waiting, entity);
}

/*
 * Whether any link can be written although the new entities in @waiting cannot.
 */
gboolean
_orm_links_has_ready (OrmLinks *self, GHashTable *waiting)
{
  for (GList *l = self->order.head; l != NULL; l = l->next)
    {
      const OrmLink *link = l->data;

      if (!waits (link->owner, waiting) && !waits (link->member, waiting))
        return TRUE;
    }

  return FALSE;
}

static gboolean
run (OrmSession *session, const char *sql, const char *json, GError **error)
{
  OrmConnection *connection = orm_session_get_connection (session);
  OrmValue parameter = { .is_text = TRUE, .text = (char *) json };

  return _orm_connection_execute (connection, sql, &parameter, 1, error) >= 0;
}

static gboolean
run_pairs (OrmSession *session, const char *sql, GPtrArray *links, guint from, GError **error)
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
  return run (session, sql, json->str, error);
}

/*
 * Writes the added links, or the removed ones, of one association.
 */
static gboolean
write_links (OrmLinks *self, OrmSession *session, OrmSide *first, gboolean is_added, GError **error)
{
  g_autoptr (GPtrArray) picked = g_ptr_array_new ();
  g_autofree char *sql =
    is_added ? _orm_dialect_insert_links (first) : _orm_dialect_delete_links (first);

  for (GList *l = self->order.head; l != NULL; l = l->next)
    {
      OrmLink *link = l->data;

      if (link->side == first && link->is_added == is_added && has_row (link))
        g_ptr_array_add (picked, link);
    }

  for (guint i = 0; i < picked->len; i += CHUNK)
    if (!run_pairs (session, sql, picked, i, error))
      return FALSE;

  for (guint i = 0; i < picked->len; i++)
    _orm_links_remove (self, g_ptr_array_index (picked, i));

  return TRUE;
}

static gboolean
write_all (OrmLinks *self, OrmSession *session, gboolean is_added, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (session);

  if (self->order.length == 0)
    return TRUE;

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      for (guint j = 0; j < mapper->n_collections; j++)
        if (_orm_side_has_links (mapper->collections[j]) &&
            _orm_side_get_first (mapper->collections[j]) == mapper->collections[j] &&
            !write_links (self, session, mapper->collections[j], is_added, error))
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
note_rows (OrmSession *session, OrmSide *side, OrmResult *result, GHashTable *left)
{
  OrmJournal *journal = _orm_session_get_journal (session);

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      gint64 id = _orm_result_get_int64 (result, i, 1);
      OrmJournalEntry wanted = { .side = side };

      wanted.entity =
        _orm_session_peek (session, side->owner, _orm_result_get_int64 (result, i, 0));
      wanted.other = _orm_session_peek (session, side->target, id);
      if (wanted.entity != NULL)
        _orm_journal_add_link_row (journal, wanted.entity, side, id,
                                   g_hash_table_contains (left, &wanted));
    }
}

static gboolean
delete_chunk (OrmSession *session,
              OrmSide *side,
              GPtrArray *entities,
              guint from,
              GHashTable *left,
              GError **error)
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
  result = _orm_connection_select (orm_session_get_connection (session), select, &parameter, 1,
                                   reads, 2, error);
  if (result == NULL)
    return FALSE;
  if (_orm_result_get_n_rows (result) == 0)
    return TRUE;

  note_rows (session, side, result, left);
  delete = _orm_dialect_delete_links_of (side);
  return run (session, delete, json, error);
}

static gboolean
delete_links_of (OrmSession *session, OrmSide *side, GPtrArray *entities, GError **error)
{
  g_autoptr (GHashTable) left = NULL;

  if (entities->len == 0)
    return TRUE;

  left = find_left (_orm_session_get_journal (session), side);
  for (guint i = 0; i < entities->len; i += CHUNK)
    if (!delete_chunk (session, side, entities, i, left, error))
      return FALSE;

  return TRUE;
}

/*
 * Deletes all links of rows of one class that are going to be deleted. They are
 * deleted before the rows, because the undo step has to know them, and because
 * a row that a new entity takes over is not deleted.
 */
gboolean
_orm_links_delete_of (OrmSession *session, OrmMapper *mapper, GPtrArray *entities, GError **error)
{
  for (guint i = 0; i < mapper->n_collections; i++)
    if (_orm_side_has_links (mapper->collections[i]) &&
        !delete_links_of (session, mapper->collections[i], entities, error))
      return FALSE;

  return TRUE;
}

static void
forget_gone (OrmLinks *self)
{
  GList *next;

  for (GList *l = self->order.head; l != NULL; l = next)
    {
      OrmLink *link = l->data;

      next = l->next;
      if (is_gone (link->owner) || is_gone (link->member))
        _orm_links_remove (self, link);
    }
}

/*
 * Deletes the links that were removed in memory. The links of deleted entities
 * have been deleted already, or were never written.
 */
gboolean
_orm_links_delete (OrmLinks *self, OrmSession *session, GError **error)
{
  forget_gone (self);
  return write_all (self, session, FALSE, error);
}

/*
 * Inserts the links whose two rows exist.
 */
gboolean
_orm_links_insert (OrmLinks *self, OrmSession *session, GError **error)
{
  return write_all (self, session, TRUE, error);
}
