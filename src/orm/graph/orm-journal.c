/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-journal-private.h"
#include "orm-linking-private.h"
#include "orm-session-private.h"
#include "orm-unit-of-work-private.h"

struct _OrmJournal
{
  GArray *entries; /* of OrmJournalEntry */

  /* Index of the first change of each slot from an entry on, up to @n_read. */
  GHashTable *first; /* of First, or NULL */
  guint first_from;
  guint n_read;

  /* Index of the links of deleted rows by either end, up to
   * @n_link_rows_read. */
  GHashTable *link_rows; /* of LinkRows, or NULL */
  guint n_link_rows_read;
};

typedef struct
{
  OrmEntity *entity;
  guint slot;
  guint index; /* the position of the entry */
} First;

typedef struct
{
  OrmSide *side;
  gint64 id;
  GArray *others; /* of gint64 */
} LinkRows;

static void
entry_clear (OrmJournalEntry *entry)
{
  _orm_value_clear (&entry->old);
  g_clear_object (&entry->entity);
  g_clear_object (&entry->other);
}

OrmJournal *
_orm_journal_new (void)
{
  OrmJournal *self = g_new0 (OrmJournal, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (OrmJournalEntry));
  return self;
}

void
_orm_journal_free (OrmJournal *self)
{
  _orm_journal_clear (self);
  g_array_unref (self->entries);
  g_free (self);
}

guint
_orm_journal_get_length (OrmJournal *self)
{
  return self->entries->len;
}

const OrmJournalEntry *
_orm_journal_get (OrmJournal *self, guint index)
{
  return &g_array_index (self->entries, OrmJournalEntry, index);
}

static guint
hash_first (gconstpointer data)
{
  const First *first = data;

  return g_direct_hash (first->entity) ^ (first->slot * 2654435761u);
}

static gboolean
equal_firsts (gconstpointer a, gconstpointer b)
{
  const First *left = a, *right = b;

  return left->entity == right->entity && left->slot == right->slot;
}

static void
read_first (OrmJournal *self)
{
  for (; self->n_read < self->entries->len; self->n_read++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (self, self->n_read);
      First first = { entry->entity, entry->slot, self->n_read };

      if ((entry->kind == ORM_JOURNAL_COLUMN || entry->kind == ORM_JOURNAL_REFERENCE) &&
          !g_hash_table_contains (self->first, &first))
        g_hash_table_add (self->first, g_memdup2 (&first, sizeof first));
    }
}

static void
ensure_first (OrmJournal *self, guint from)
{
  if (self->first == NULL || self->first_from != from)
    {
      g_clear_pointer (&self->first, g_hash_table_unref);
      self->first = g_hash_table_new_full (hash_first, equal_firsts, g_free, NULL);
      self->first_from = from;
      self->n_read = from;
    }

  read_first (self);
}

/*
 * Finds the first change of a slot at @from or later, or the one kept by
 * _orm_journal_keep_first(); it has the value before the change. Valid until
 * the next entry is added.
 */
const OrmJournalEntry *
_orm_journal_find_first (OrmJournal *self, guint from, OrmEntity *entity, guint slot)
{
  First wanted = { entity, slot, 0 };
  const First *first;

  if (from >= self->entries->len && (self->first == NULL || self->first_from != from))
    return NULL;

  ensure_first (self, from);
  first = g_hash_table_lookup (self->first, &wanted);
  return first != NULL ? _orm_journal_get (self, first->index) : NULL;
}

static guint
hash_link_rows (gconstpointer data)
{
  const LinkRows *rows = data;

  return g_direct_hash (rows->side) ^ g_int64_hash (&rows->id);
}

static gboolean
equal_link_rows (gconstpointer a, gconstpointer b)
{
  const LinkRows *left = a, *right = b;

  return left->side == right->side && left->id == right->id;
}

static void
link_rows_free (gpointer data)
{
  g_array_unref (((LinkRows *) data)->others);
  g_free (data);
}

static void
index_link_row (OrmJournal *self, OrmSide *side, gint64 id, gint64 other)
{
  LinkRows wanted = { side, id, NULL }, *rows = g_hash_table_lookup (self->link_rows, &wanted);

  if (rows == NULL)
    {
      wanted.others = g_array_new (FALSE, FALSE, sizeof (gint64));
      rows = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (self->link_rows, rows);
    }

  g_array_append_val (rows->others, other);
}

/*
 * Adds the ids that an owner was linked to before its row, or the other one,
 * was deleted.
 */
void
_orm_journal_add_linked_ids (OrmJournal *self, OrmSide *side, gint64 owner, OrmKeys *ids)
{
  LinkRows wanted = { side, owner, NULL };
  const LinkRows *rows;

  if (self->link_rows == NULL)
    {
      self->link_rows =
        g_hash_table_new_full (hash_link_rows, equal_link_rows, link_rows_free, NULL);
      self->n_link_rows_read = 0;
    }

  for (; self->n_link_rows_read < self->entries->len; self->n_link_rows_read++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (self, self->n_link_rows_read);
      gint64 id = _orm_entity_get_key (entry->entity);

      if (entry->kind != ORM_JOURNAL_LINK_ROW)
        continue;

      index_link_row (self, entry->side, id, entry->old.integer);
      index_link_row (self, entry->side->inverse, entry->old.integer, id);
    }

  rows = g_hash_table_lookup (self->link_rows, &wanted);
  for (guint i = 0; rows != NULL && i < rows->others->len; i++)
    _orm_keys_append (ids, g_array_index (rows->others, gint64, i), 0);
}

static gboolean
is_of_another (gpointer first, gpointer value, gpointer entities)
{
  return !g_hash_table_contains (entities, ((First *) first)->entity);
}

/*
 * Called after a flush: the changes from @from on are in the database now,
 * except those of the given @entities. The first changes of these are kept for
 * _orm_journal_find_first(), which has to be called with the current end of the
 * journal from now on.
 */
void
_orm_journal_keep_first (OrmJournal *self, guint from, GHashTable *entities)
{
  if (g_hash_table_size (entities) == 0)
    {
      g_clear_pointer (&self->first, g_hash_table_unref);
      return;
    }

  ensure_first (self, from);
  g_hash_table_foreach_remove (self->first, is_of_another, entities);
  self->first_from = self->entries->len;
}

/*
 * Replaces the value before an unsaved change, because another program has
 * changed it in the database.
 */
void
_orm_journal_rebase (
  OrmJournal *self, guint from, OrmEntity *entity, guint slot, const OrmValue *value)
{
  OrmJournalEntry *entry = (OrmJournalEntry *) _orm_journal_find_first (self, from, entity, slot);

  if (entry == NULL)
    return;

  _orm_value_clear (&entry->old);
  entry->old = _orm_value_copy (value);
  g_clear_object (&entry->other);
}

/*
 * Removes all entries. Releasing an entity may finalize it, and by then the
 * journal has to be empty.
 */
void
_orm_journal_clear (OrmJournal *self)
{
  g_autoptr (GArray) entries = g_steal_pointer (&self->entries);

  self->entries = g_array_new (FALSE, FALSE, sizeof (OrmJournalEntry));
  g_clear_pointer (&self->first, g_hash_table_unref);
  g_clear_pointer (&self->link_rows, g_hash_table_unref);

  for (guint i = 0; i < entries->len; i++)
    entry_clear (&g_array_index (entries, OrmJournalEntry, i));
}

static OrmJournalEntry *
add (OrmJournal *self, OrmJournalKind kind, OrmEntity *entity)
{
  OrmJournalEntry entry = { .kind = kind,
                            .entity = g_object_ref (entity),
                            .old = ORM_VALUE_NULL,
                            .state = _orm_entity_get_private (entity)->state };

  g_array_append_val (self->entries, entry);
  return &g_array_index (self->entries, OrmJournalEntry, self->entries->len - 1);
}

void
_orm_journal_add_column (
  OrmJournal *self, OrmEntity *entity, guint slot, const OrmValue *old, OrmJournalOrigin origin)
{
  OrmJournalEntry *entry = add (self, ORM_JOURNAL_COLUMN, entity);

  entry->slot = slot;
  entry->old = _orm_value_copy (old);
  entry->is_own = origin == ORM_JOURNAL_BY_PROGRAM;
}

void
_orm_journal_add_reference (OrmJournal *self,
                            OrmEntity *entity,
                            OrmSide *side,
                            gint64 old_key,
                            OrmEntity *old_target,
                            guint position,
                            OrmJournalOrigin origin)
{
  OrmJournalEntry *entry = add (self, ORM_JOURNAL_REFERENCE, entity);

  entry->side = side;
  entry->slot = _orm_side_get_slot (side);
  entry->old = old_key != 0 ? ORM_VALUE_INTEGER (old_key) : ORM_VALUE_NULL;
  g_set_object (&entry->other, old_target);
  entry->position = position;
  entry->is_own = origin == ORM_JOURNAL_BY_PROGRAM;
}

void
_orm_journal_add_moved (OrmJournal *self, OrmEntity *owner, OrmSide *side, guint from, guint to)
{
  OrmJournalEntry *entry = add (self, ORM_JOURNAL_MOVED, owner);

  entry->side = side;
  entry->position = from;
  entry->to = to;
}

void
_orm_journal_add_left (
  OrmJournal *self, OrmEntity *entity, OrmEntity *owner, OrmSide *side, guint position)
{
  OrmJournalEntry *entry = add (self, ORM_JOURNAL_LEFT, entity);

  entry->side = side;
  g_set_object (&entry->other, owner);
  entry->position = position;
}

void
_orm_journal_add_link (OrmJournal *self,
                       OrmJournalKind kind,
                       OrmEntity *entity,
                       OrmEntity *other,
                       OrmSide *side,
                       guint position,
                       guint to)
{
  OrmJournalEntry *entry = add (self, kind, entity);

  entry->side = side;
  g_set_object (&entry->other, other);
  entry->position = position;
  entry->to = to;
}

/*
 * Notes the link of a row that is deleted. The other row need not be in memory.
 * @was_listed says whether the removal from the other's list has an entry of
 * its own.
 */
void
_orm_journal_add_link_row (
  OrmJournal *self, OrmEntity *entity, OrmSide *side, gint64 other_id, gboolean was_listed)
{
  OrmJournalEntry *entry = add (self, ORM_JOURNAL_LINK_ROW, entity);

  entry->side = side;
  entry->old = ORM_VALUE_INTEGER (other_id);
  entry->position = was_listed ? ORM_POSITION_LAST : ORM_POSITION_SORTED;
}

void
_orm_journal_add_state (OrmJournal *self, OrmJournalKind kind, OrmEntity *entity)
{
  OrmJournalEntry *entry = add (self, kind, entity);

  entry->old = ORM_VALUE_INTEGER (_orm_entity_get_key (entity));
}

/*
 * Whether the rollback makes the entity new again, as before it was added.
 */
static gboolean
is_new_again (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return priv->is_leaving || priv->state == ORM_ENTITY_TRANSIENT;
}

/*
 * Lets a new entity keep its target, so that it can be corrected and added
 * again, but removes it from the target's list.
 */
static void
keep_reference (const OrmJournalEntry *entry)
{
  if (_orm_entity_peek_target (entry->entity, entry->side) != NULL)
    _orm_entity_unlist (entry->entity, entry->side);
}

static void
restore_reference (OrmSession *session, const OrmJournalEntry *entry)
{
  OrmEntity *target = entry->other;

  /* The old target was not in memory when the entry was made; it may be now. */
  if (target == NULL && !entry->old.is_null)
    target = _orm_session_peek (session, entry->side->target, entry->old.integer);

  if (target == NULL && !entry->old.is_null)
    _orm_entity_retarget (entry->entity, entry->side, &entry->old);
  else
    _orm_entity_move (entry->entity, entry->side, target, entry->position, ORM_MOVE_REPLAY, NULL);
}

/*
 * One that was added again after it left, and is new, may point elsewhere now,
 * and keeps that.
 */
static void
restore_left (const OrmJournalEntry *entry)
{
  OrmEntity *owner = _orm_entity_peek_target (entry->entity, entry->side);
  OrmCollection *list =
    owner != NULL ? _orm_entity_peek_collection (owner, entry->side->inverse) : NULL;

  if (_orm_entity_is_unlisted (entry->entity, entry->side) ||
      (entry->other != NULL && owner != entry->other))
    return;

  if (list != NULL && orm_collection_is_loaded (list) &&
      !_orm_collection_knows (list, entry->entity))
    _orm_collection_insert (list, entry->entity, entry->position);
}

/*
 * Restores the row in a list that was loaded after the row had been deleted.
 */
static void
restore_link_row (OrmSession *session, const OrmJournalEntry *entry)
{
  OrmEntity *other = _orm_session_peek (session, entry->side->target, entry->old.integer);

  if (other != NULL && entry->position == ORM_POSITION_SORTED)
    _orm_linking_restore_left (entry->entity, other, entry->side, entry->position);
}

static void
restore (OrmSession *session, const OrmJournalEntry *entry)
{
  switch (entry->kind)
    {
    case ORM_JOURNAL_COLUMN:
      if (!entry->is_own || !is_new_again (entry->entity))
        _orm_entity_restore_column (entry->entity, entry->slot, &entry->old);
      break;
    case ORM_JOURNAL_REFERENCE:
      if (_orm_entity_is_unlisted (entry->entity, entry->side))
        break;
      if (entry->is_own && is_new_again (entry->entity))
        keep_reference (entry);
      else
        restore_reference (session, entry);
      break;
    case ORM_JOURNAL_MOVED:
      _orm_collection_restore_move (_orm_entity_ensure_collection (entry->entity, entry->side),
                                    entry->to, entry->position);
      break;
    case ORM_JOURNAL_ADDED:
      _orm_session_restore_added (session, entry->entity, entry->state);
      break;
    case ORM_JOURNAL_LEFT:
      restore_left (entry);
      break;
    case ORM_JOURNAL_LINKED:
    case ORM_JOURNAL_UNLINKED:
      _orm_linking_restore (session, entry);
      break;
    case ORM_JOURNAL_LINK_LEFT:
      _orm_linking_restore_left (entry->entity, entry->other, entry->side, entry->to);
      break;
    case ORM_JOURNAL_LINK_ROW:
      restore_link_row (session, entry);
      break;
    case ORM_JOURNAL_DELETED:
      _orm_session_restore_deleted (session, entry->entity, entry->state);
      break;
    case ORM_JOURNAL_UNDELETED:
      _orm_session_restore_undeleted (session, entry->entity);
      break;
    case ORM_JOURNAL_INSERTED:
      _orm_session_restore_inserted (session, entry->entity, entry->old.integer);
      break;
    case ORM_JOURNAL_REMOVED:
      _orm_session_restore_removed (session, entry->entity);
      break;
    default:
      g_assert_not_reached ();
    }
}

/*
 * Reverts one change. Its entry stays in the journal, as do those after it.
 */
void
_orm_journal_revert_entry (OrmSession *session, const OrmJournalEntry *entry)
{
  restore (session, entry);
}

static void
mark_leaving (GArray *entries, gboolean is_leaving)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const OrmJournalEntry *entry = &g_array_index (entries, OrmJournalEntry, i);

      if (entry->kind == ORM_JOURNAL_ADDED)
        _orm_entity_get_private (entry->entity)->is_leaving = is_leaving;
    }
}

/*
 * Reverts the entries from @mark on, from the last to the first, and emits the
 * changes after that.
 */
void
_orm_journal_rewind (OrmJournal *self, OrmSession *session, guint mark)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (OrmJournalEntry));
  guint n = self->entries->len - mark;

  if (n == 0)
    return;

  g_array_append_vals (entries, &g_array_index (self->entries, OrmJournalEntry, mark), n);
  g_array_set_size (self->entries, mark);
  g_clear_pointer (&self->first, g_hash_table_unref);
  g_clear_pointer (&self->link_rows, g_hash_table_unref);

  _orm_session_enter (session);
  _orm_session_begin_coalescing (session);

  mark_leaving (entries, TRUE);
  for (guint i = n; i > 0; i--)
    restore (session, &g_array_index (entries, OrmJournalEntry, i - 1));
  mark_leaving (entries, FALSE);

  _orm_session_end_coalescing (session);
  _orm_session_leave (session);

  for (guint i = 0; i < n; i++)
    entry_clear (&g_array_index (entries, OrmJournalEntry, i));
}
