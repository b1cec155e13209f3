/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-links-private.h"
#include "orm-unit-of-work-private.h"
#include "orm-watch-private.h"

struct _OrmWatch
{
  OrmSession *session; /* unowned: the reader holds it */
  OrmObserver *observer;
  GHashTable *entities; /* of OrmEntity, held */
  GHashTable *slots;    /* mapper → guint64, the slots that were set */
  GHashTable *links;    /* of OrmMapper: a link of one of its entities came or went */
  gboolean is_outdated;
  gboolean is_closed;
};

static void
note (OrmWatch *self, OrmEntity *entity, guint64 slots)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;
  guint64 *known = g_hash_table_lookup (self->slots, mapper);

  if (known == NULL)
    g_hash_table_insert (self->slots, mapper, g_memdup2 (&slots, sizeof slots));
  else
    *known |= slots;

  if (!g_hash_table_contains (self->entities, entity))
    g_hash_table_add (self->entities, g_object_ref (entity));
}

/*
 * Notes that only the links of an entity changed, not its row.
 */
static void
note_linked (OrmWatch *self, OrmEntity *entity)
{
  g_hash_table_add (self->links, _orm_entity_get_private (entity)->mapper);
}

static void
on_session_linked (gpointer data, OrmEntity *entity)
{
  note_linked (data, entity);
}

static void
on_session_noted (gpointer data, OrmEntity *entity, guint64 slots)
{
  note (data, entity, slots);
}

static void
on_session_outdated (gpointer data)
{
  OrmWatch *self = data;

  self->is_outdated = TRUE;
}

static void
on_session_changed (gpointer data, OrmChangeSet *changes)
{
  OrmWatch *self = data;

  if (changes == NULL)
    self->is_closed = TRUE;
}

static const OrmObserverClass observer_class = {
  .changed = on_session_changed,
  .outdated = on_session_outdated,
  .noted = on_session_noted,
  .linked = on_session_linked,
};

static void
note_entry (OrmWatch *self, const OrmJournalEntry *entry)
{
  switch (entry->kind)
    {
    case ORM_JOURNAL_COLUMN:
    case ORM_JOURNAL_REFERENCE:
      note (self, entry->entity, ORM_SLOT_BIT (entry->slot));
      break;
    case ORM_JOURNAL_LINKED:
    case ORM_JOURNAL_UNLINKED:
    case ORM_JOURNAL_LINK_LEFT:
    case ORM_JOURNAL_LINK_ROW:
      note_linked (self, entry->entity);
      if (entry->other != NULL)
        note_linked (self, entry->other);
      break;
    case ORM_JOURNAL_MOVED:
    case ORM_JOURNAL_ADDED:
    case ORM_JOURNAL_LEFT:
    case ORM_JOURNAL_DELETED:
    case ORM_JOURNAL_UNDELETED:
    case ORM_JOURNAL_INSERTED:
    case ORM_JOURNAL_REMOVED:
    default:
      note (self, entry->entity, 0);
    }
}

/*
 * Notes all uncommitted changes. The links of an entity that was linked before
 * it joined the session have no journal entry, so look at the unwritten links
 * too.
 */
static void
note_uncommitted (OrmWatch *self)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);
  const GList *links = _orm_links_peek_list (_orm_session_get_links (self->session));

  for (guint i = 0; i < _orm_journal_get_length (journal); i++)
    note_entry (self, _orm_journal_get (journal, i));

  for (const GList *l = links; l != NULL; l = l->next)
    {
      note_linked (self, ((OrmLink *) l->data)->owner);
      note_linked (self, ((OrmLink *) l->data)->member);
    }
}

OrmWatch *
_orm_watch_new (OrmSession *session)
{
  OrmWatch *self = g_new0 (OrmWatch, 1);

  self->session = session;
  self->entities = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->slots = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->links = g_hash_table_new (NULL, NULL);
  self->observer = _orm_session_add_observer (session, &observer_class, self);
  note_uncommitted (self);
  return self;
}

void
_orm_watch_free (OrmWatch *self)
{
  _orm_session_remove_observer (self->session, self->observer);
  g_hash_table_unref (self->entities);
  g_hash_table_unref (self->slots);
  g_hash_table_unref (self->links);
  g_free (self);
}

/*
 * Whether the session was closed; then sets @error.
 */
gboolean
_orm_watch_is_closed (OrmWatch *self, GError **error)
{
  if (self->is_closed)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DETACHED, "The session was closed");

  return self->is_closed;
}

/*
 * The entities whose rows changed, as a set. Some may have left the session
 * since.
 */
GHashTable *
_orm_watch_get_entities (OrmWatch *self)
{
  return self->entities;
}

static gboolean
cascades_in_database (OrmMapper *mapper)
{
  for (guint i = 0; i < mapper->n_collections; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_CASCADE &&
        (mapper->collections[i]->spec->flags & ORM_RELATIONSHIP_DB_CASCADE) != 0)
      return TRUE;

  return FALSE;
}

/*
 * Whether rows changed that memory does not know: by another program, or by a
 * cascade of the database.
 */
gboolean
_orm_watch_has_rows_changed (OrmWatch *self)
{
  GHashTableIter iter;
  gpointer entity;

  if (self->is_outdated)
    return TRUE;

  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    if (orm_entity_get_state (entity) != ORM_ENTITY_PERSISTENT &&
        cascades_in_database (_orm_entity_get_private (entity)->mapper))
      return TRUE;

  return FALSE;
}

gboolean
_orm_watch_has_changed (OrmWatch *self, OrmMapper *mapper)
{
  return g_hash_table_contains (self->slots, mapper);
}

/*
 * The slots that changed, by class, as a bit set.
 */
GHashTable *
_orm_watch_get_slots (OrmWatch *self)
{
  return self->slots;
}

/*
 * The classes whose links changed, as a set.
 */
GHashTable *
_orm_watch_get_links (OrmWatch *self)
{
  return self->links;
}
