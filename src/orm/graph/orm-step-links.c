/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-conflict-private.h"
#include "orm-dialect-private.h"
#include "orm-linking-private.h"
#include "orm-links-private.h"
#include "orm-loader-private.h"
#include "orm-step-links-private.h"

/* Rows in one statement. */
#define CHUNK 1000

typedef struct
{
  OrmSide *side; /* the first side, _orm_side_get_first() */
  gint64 owner;
  gint64 member;
  guint position;       /* of the member in the owner's list, before it was removed */
  guint other_position; /* of the owner in the member's list */
  gboolean is_known;    /* whether the next two are known */
  gboolean was_linked;
  gboolean is_linked;
  gboolean is_owner_deleted; /* in the same step */
  gboolean is_member_deleted;
} StepLink;

struct _OrmStepLinks
{
  GArray *links; /* of StepLink */
};

static guint
hash_link (gconstpointer data)
{
  const StepLink *link = data;

  return g_direct_hash (link->side) ^ (g_int64_hash (&link->owner) * 31u) ^
         (g_int64_hash (&link->member) * 2654435761u);
}

static gboolean
equal_links (gconstpointer a, gconstpointer b)
{
  const StepLink *left = a, *right = b;

  return left->side == right->side && left->owner == right->owner && left->member == right->member;
}

static gboolean
is_deleted (OrmEntity *entity)
{
  return entity != NULL && orm_entity_get_state (entity) == ORM_ENTITY_DELETED;
}

/*
 * The link of a journal entry, as seen from the first side.
 */
static StepLink
read_entry (const OrmJournalEntry *entry)
{
  OrmEntity *other = entry->other;
  gint64 other_key = 0;
  StepLink link = { .side = _orm_side_get_first (entry->side) };

  if (entry->kind == ORM_JOURNAL_LINK_ROW)
    {
      other_key = entry->old.integer;
      other =
        _orm_session_peek (orm_entity_get_session (entry->entity), entry->side->target, other_key);
    }
  else
    other_key = _orm_entity_get_key (other);

  if (link.side == entry->side)
    {
      link.owner = _orm_entity_get_key (entry->entity);
      link.member = other_key;
      link.is_owner_deleted = is_deleted (entry->entity);
      link.is_member_deleted = is_deleted (other);
    }
  else
    {
      link.owner = other_key;
      link.member = _orm_entity_get_key (entry->entity);
      link.is_owner_deleted = is_deleted (other);
      link.is_member_deleted = is_deleted (entry->entity);
    }

  link.position = ORM_POSITION_SORTED;
  link.other_position = ORM_POSITION_SORTED;
  return link;
}

static void
note_positions (StepLink *link, const OrmJournalEntry *entry)
{
  gboolean is_first = link->side == entry->side;
  guint position = is_first ? entry->position : entry->to;
  guint other_position = is_first ? entry->to : entry->position;

  if (position != ORM_POSITION_SORTED)
    link->position = position;
  if (other_position != ORM_POSITION_SORTED)
    link->other_position = other_position;
}

static void
note_entry (GHashTable *links, GPtrArray *order, const OrmJournalEntry *entry)
{
  StepLink wanted, *link;

  if (entry->kind != ORM_JOURNAL_LINKED && entry->kind != ORM_JOURNAL_UNLINKED &&
      entry->kind != ORM_JOURNAL_LINK_LEFT && entry->kind != ORM_JOURNAL_LINK_ROW)
    return;

  wanted = read_entry (entry);
  if (wanted.owner <= 0 || wanted.member <= 0)
    return;

  link = g_hash_table_lookup (links, &wanted);
  if (link == NULL)
    {
      link = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (links, link);
      g_ptr_array_add (order, link);
    }

  if (entry->kind == ORM_JOURNAL_UNLINKED || entry->kind == ORM_JOURNAL_LINK_LEFT)
    note_positions (link, entry);
  if (entry->kind == ORM_JOURNAL_LINK_LEFT)
    return;

  if (!link->is_known)
    link->was_linked = entry->kind != ORM_JOURNAL_LINKED;
  link->is_known = TRUE;
  link->is_linked = entry->kind == ORM_JOURNAL_LINKED;
}

/*
 * Collects the links that the changes in @journal have added or removed; called
 * right after their commit.
 */
OrmStepLinks *
_orm_step_links_new (OrmJournal *journal)
{
  OrmStepLinks *self = g_new0 (OrmStepLinks, 1);
  g_autoptr (GHashTable) found = g_hash_table_new (hash_link, equal_links);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);

  self->links = g_array_new (FALSE, FALSE, sizeof (StepLink));
  for (guint i = 0; i < _orm_journal_get_length (journal); i++)
    note_entry (found, order, _orm_journal_get (journal, i));

  for (guint i = 0; i < order->len; i++)
    {
      StepLink *link = g_ptr_array_index (order, i);

      link->is_linked = link->is_linked && !link->is_owner_deleted && !link->is_member_deleted;
      if (link->is_known && link->was_linked != link->is_linked)
        g_array_append_vals (self->links, link, 1);
    }

  return self;
}

void
_orm_step_links_free (OrmStepLinks *self)
{
  g_array_unref (self->links);
  g_free (self);
}

guint
_orm_step_links_get_length (OrmStepLinks *self)
{
  return self->links->len;
}

static gboolean
changed_elsewhere (OrmSide *side, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE, "Links of %s were changed since",
               side->spec->association);
  return FALSE;
}

/*
 * Checks that all links of an association that the step added exist
 * (@is_linked), or that none of those that it removed does.
 */
static gboolean
check_pairs (
  OrmStepLinks *self, OrmSide *side, gboolean is_linked, OrmSession *session, GError **error)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *sql = _orm_dialect_count_links (side);
  OrmValue parameter = { .is_text = TRUE };
  gint64 n_wanted = 0, n_found = 0;

  for (guint i = 0; i < self->links->len; i++)
    {
      const StepLink *link = &g_array_index (self->links, StepLink, i);

      if (link->side == side && link->is_linked == is_linked)
        g_string_append_printf (json, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                                n_wanted++ > 0 ? "," : "", link->owner, link->member);
    }

  if (n_wanted == 0)
    return TRUE;

  g_string_append_c (json, ']');
  parameter.text = json->str;
  if (!_orm_connection_select_int64 (orm_session_get_connection (session), sql, &parameter, 1,
                                     &n_found, error))
    return FALSE;

  return n_found == (is_linked ? n_wanted : 0) || changed_elsewhere (side, error);
}

/*
 * Checks that both rows of each link to restore exist, except for rows that are
 * restored with the step.
 */
static gboolean
check_rows (OrmStepLinks *self, OrmSide *side, OrmSession *session, GError **error)
{
  gboolean is_first = _orm_side_get_first (side) == side;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));

  for (guint i = 0; i < self->links->len; i++)
    {
      StepLink *link = &g_array_index (self->links, StepLink, i);
      gint64 *id = is_first ? &link->owner : &link->member;
      OrmExpectedRow row = { .id = *id };

      if (link->side == _orm_side_get_first (side) && !link->is_linked &&
          !(is_first ? link->is_owner_deleted : link->is_member_deleted) &&
          g_hash_table_add (seen, id))
        g_array_append_val (expected, row);
    }

  return _orm_session_check_expected (session, side->owner, expected, NULL, NULL, error);
}

/*
 * Checks that the links are still as the step left them. Reads the database
 * because memory may not know the changes of other programs.
 */
gboolean
_orm_step_links_check (OrmStepLinks *self, OrmSession *session, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->links->len; i++)
    {
      OrmSide *side = g_array_index (self->links, StepLink, i).side;

      if (g_hash_table_add (seen, side) && (!check_pairs (self, side, TRUE, session, error) ||
                                            !check_pairs (self, side, FALSE, session, error) ||
                                            !check_rows (self, side, session, error) ||
                                            !check_rows (self, side->inverse, session, error)))
        return FALSE;
    }

  return TRUE;
}

/*
 * The entity of a row that is in memory or in the cache.
 */
static OrmEntity *
dup_entity (OrmSession *session, OrmMapper *mapper, gint64 id, GError **error)
{
  OrmEntity *entity = _orm_session_peek (session, mapper, id);

  if (entity == NULL)
    return _orm_session_load_one (session, mapper, id, error);

  return orm_entity_get_state (entity) != ORM_ENTITY_DELETED ? g_object_ref (entity) : NULL;
}

/*
 * Reads the rows of one side's entities that are not in memory, all of a class
 * at once.
 */
static gboolean
read_rows (
  OrmStepLinks *self, guint from, guint n, gboolean of_owners, OrmSession *session, GError **error)
{
  g_autoptr (GHashTable) missing =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer mapper, ids;

  for (guint i = from; i < from + n; i++)
    {
      const StepLink *link = &g_array_index (self->links, StepLink, i);
      gint64 id = of_owners ? link->owner : link->member;

      mapper = of_owners ? link->side->owner : link->side->target;
      if (_orm_session_peek (session, mapper, id) != NULL)
        continue;

      ids = g_hash_table_lookup (missing, mapper);
      if (ids == NULL)
        {
          ids = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (missing, mapper, ids);
        }
      g_array_append_val ((GArray *) ids, id);
    }

  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, &mapper, &ids))
    if (!_orm_session_read_rows (session, mapper, ids, error))
      return FALSE;

  return TRUE;
}

static gboolean
revert_link (const StepLink *link, OrmSession *session, GError **error)
{
  OrmSide *side = link->side;
  g_autoptr (OrmEntity) owner = NULL, member = NULL;
  g_autoptr (GError) local_error = NULL;
  OrmCollection *list;

  owner = dup_entity (session, side->owner, link->owner, &local_error);
  if (local_error == NULL)
    member = dup_entity (session, side->target, link->member, &local_error);
  if (g_error_matches (local_error, ORM_ERROR, ORM_ERROR_NOT_FOUND))
    g_clear_error (&local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (owner == NULL || member == NULL)
    return changed_elsewhere (side, error);

  list = _orm_entity_ensure_collection (owner, side);
  if (!link->is_linked)
    return _orm_linking_add (list, member, link->position, link->other_position, NULL, error);

  if (orm_collection_contains (list, member))
    _orm_linking_remove (list, member);
  return TRUE;
}

/*
 * Reverts the links from the last to the first, so that the positions of each
 * are right.
 */
gboolean
_orm_step_links_revert (OrmStepLinks *self, OrmSession *session, GError **error)
{
  for (guint end = self->links->len; end > 0;)
    {
      guint n = MIN (end, CHUNK);

      if (!read_rows (self, end - n, n, TRUE, session, error) ||
          !read_rows (self, end - n, n, FALSE, session, error))
        return FALSE;

      for (; n > 0; n--)
        if (!revert_link (&g_array_index (self->links, StepLink, --end), session, error))
          return FALSE;
    }

  return TRUE;
}
