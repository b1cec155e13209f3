/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-cascade-private.h"
#include "orm-collection-private.h"
#include "orm-links-private.h"
#include "orm-refresh-private.h"
#include "orm-row-writer-private.h"
#include "orm-unit-of-work-private.h"

/*
 * A flush turns unsaved changes into statements.
 *
 * Classes are written in an order in which targets come first; deletions are in
 * the opposite order. Within a class, updates come before inserts, so that a
 * new row can take a unique value from an old one; before both, values that
 * other rows will get are released. Links are deleted before the first row is
 * deleted, and inserted after the last row.
 */

/* The maximum number of times that all entities are validated, if validations
 * keep changing them. */
#define MAX_ROUNDS 16

/* A flush in progress: what is written, and how. */
typedef struct
{
  OrmSession *session;
  OrmConnection *connection;
  OrmFlushScope scope;
  GPtrArray *inserts;
  GPtrArray *updates;
  GPtrArray *deletes;
  GPtrArray *left;     /* entities that an automatic flush leaves for an explicit one */
  GHashTable *waiting; /* the same, as a set */
  GHashTable *invalid; /* entities whose validation fails */
  OrmRowWriter *writer;
} OrmFlush;

static void
flush_clear (OrmFlush *self)
{
  g_ptr_array_unref (self->inserts);
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->deletes);
  g_ptr_array_unref (self->left);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->invalid);
  _orm_row_writer_free (self->writer);
}

static gboolean
delete_orphans (OrmFlush *self, GError **error)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (self->session);
  g_autoptr (GPtrArray) orphans = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < unsaved->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (unsaved, i);

      if (_orm_entity_get_private (entity)->orphaned != 0)
        g_ptr_array_add (orphans, g_object_ref (entity));
    }

  return orphans->len == 0 || _orm_session_delete_entities (self->session, orphans, error);
}

/*
 * Whether the entity is an orphan or its to-one that may not be NULL is: it is
 * on its way from one owner to another.
 */
static gboolean
lacks_owner (OrmEntity *entity)
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
leave (OrmFlush *self, OrmEntity *entity)
{
  if (g_hash_table_add (self->waiting, entity))
    g_ptr_array_add (self->left, entity);
}

/*
 * Validates an entity after applying the fallbacks of its columns. An automatic
 * flush leaves an invalid entity for an explicit flush.
 */
static gboolean
validate (OrmFlush *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gboolean may_leave_out = self->scope == ORM_FLUSH_KEEP_ORPHANS;

  if (priv->is_dropped || priv->state > ORM_ENTITY_PERSISTENT ||
      (may_leave_out && lacks_owner (entity)))
    return TRUE;

  if (may_leave_out && !orm_entity_validate (entity, NULL))
    {
      g_hash_table_add (self->invalid, entity);
      return TRUE;
    }

  for (guint i = 0; priv->state == ORM_ENTITY_PENDING && i < priv->mapper->n_columns; i++)
    _orm_entity_apply_fallback (entity, i);

  return may_leave_out || orm_entity_validate (entity, error);
}

static GPtrArray *
dup_unsaved (OrmFlush *self)
{
  GPtrArray *unsaved = _orm_session_get_unsaved (self->session);
  GPtrArray *copy = g_ptr_array_new_full (unsaved->len, g_object_unref);

  for (guint i = 0; i < unsaved->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (unsaved, i)));

  return copy;
}

/*
 * Validates all entities until no validation changes anything, because changes
 * made by a validation are written, too.
 */
static gboolean
validate_all (OrmFlush *self, GError **error)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) unsaved = NULL;
      guint n_before;

      if (self->scope != ORM_FLUSH_KEEP_ORPHANS && !delete_orphans (self, error))
        return FALSE;

      g_hash_table_remove_all (self->invalid);
      n_before = _orm_journal_get_length (journal);
      unsaved = dup_unsaved (self);

      for (guint i = 0; i < unsaved->len; i++)
        if (!validate (self, g_ptr_array_index (unsaved, i), error))
          return FALSE;

      if (_orm_journal_get_length (journal) == n_before)
        return TRUE;
    }

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "Validation keeps changing the objects");
  return FALSE;
}

static void
partition_unsaved (OrmFlush *self)
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
          (lacks_owner (entity) || g_hash_table_contains (self->invalid, entity)))
        leave (self, entity);
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
 * Makes entities unsaved again: those that were left, or all if the flush
 * fails, so that a rollback finds them.
 */
static void
put_back (OrmFlush *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    _orm_session_add_unsaved (self->session, g_ptr_array_index (entities, i));
}

/*
 * Adds the entities that refer to a new entity, by that entity.
 */
static void
add_dependents (GHashTable *dependents, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      for (guint j = 0; j < priv->mapper->n_references; j++)
        {
          OrmEntity *target = priv->references[j].target;
          GPtrArray *found;

          if (target == NULL || orm_entity_get_state (target) != ORM_ENTITY_PENDING)
            continue;

          found = g_hash_table_lookup (dependents, target);
          if (found == NULL)
            {
              found = g_ptr_array_new ();
              g_hash_table_insert (dependents, target, found);
            }
          g_ptr_array_add (found, entity);
        }
    }
}

static gboolean
is_not_in (gpointer item, gpointer set)
{
  return !g_hash_table_contains (set, item);
}

/*
 * Leaves also those entities that refer, directly or indirectly, to a new
 * entity that is left.
 */
static void
keep_dependents (OrmFlush *self)
{
  g_autoptr (GHashTable) dependents = NULL;

  if (self->left->len == 0)
    return;

  dependents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  add_dependents (dependents, self->inserts);
  add_dependents (dependents, self->updates);

  for (guint i = 0; i < self->left->len; i++)
    {
      GPtrArray *found = g_hash_table_lookup (dependents, g_ptr_array_index (self->left, i));

      for (guint j = 0; found != NULL && j < found->len; j++)
        leave (self, g_ptr_array_index (found, j));
    }

  _orm_array_keep (self->inserts, is_not_in, self->waiting);
  _orm_array_keep (self->updates, is_not_in, self->waiting);
}

/*
 * The value of a changed slot in the database.
 */
static const OrmJournalEntry *
find_first (OrmFlush *self, OrmEntity *entity, guint slot)
{
  return _orm_journal_find_first (_orm_session_get_journal (self->session),
                                  _orm_session_get_flush_mark (self->session), entity, slot);
}

static gboolean
drop_unchanged_slots (OrmFlush *self, GPtrArray *entities)
{
  gboolean is_dropped = FALSE;

  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      for (guint j = 0; priv->state == ORM_ENTITY_PERSISTENT && j < priv->mapper->n_slots; j++)
        {
          const OrmJournalEntry *first;
          OrmValue now;

          if ((priv->dirty & ORM_SLOT_BIT (j)) == 0)
            continue;

          first = find_first (self, entity, j);
          now = _orm_entity_get_slot (entity, j);
          if (first == NULL || !_orm_value_equal (&first->old, &now))
            continue;

          priv->dirty &= ~ORM_SLOT_BIT (j);
          is_dropped = TRUE;
        }
    }

  return is_dropped;
}

static gboolean
is_dirty (gpointer entity, gpointer data)
{
  return _orm_entity_get_private (entity)->dirty != 0;
}

/*
 * Drops slots that were changed back to their old value. If a merge has skipped
 * another program's value for such a slot, the next merge has to read it.
 */
static void
drop_unchanged (OrmFlush *self)
{
  gboolean is_dropped = drop_unchanged_slots (self, self->updates);

  is_dropped |= drop_unchanged_slots (self, self->left);
  if (is_dropped && _orm_session_may_conflict (self->session))
    _orm_session_force_reread (self->session);

  _orm_array_keep (self->updates, is_dirty, NULL);
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
check_all (OrmFlush *self, GError **error)
{
  for (guint i = 0; i < self->inserts->len; i++)
    if (!check_entity (g_ptr_array_index (self->inserts, i), error))
      return FALSE;

  for (guint i = 0; i < self->updates->len; i++)
    if (!check_entity (g_ptr_array_index (self->updates, i), error))
      return FALSE;

  return TRUE;
}

static guint
hash_row (gconstpointer data)
{
  OrmEntity *entity = (OrmEntity *) data;
  gint64 id = orm_entity_get_id (entity);

  return g_direct_hash (_orm_entity_get_private (entity)->mapper) ^ g_int64_hash (&id);
}

static gboolean
equal_rows (gconstpointer a, gconstpointer b)
{
  OrmEntity *left = (OrmEntity *) a, *right = (OrmEntity *) b;

  return _orm_entity_get_private (left)->mapper == _orm_entity_get_private (right)->mapper &&
         orm_entity_get_id (left) == orm_entity_get_id (right);
}

/*
 * The new entities with a chosen id, by class and id.
 */
static GHashTable *
find_chosen_ids (OrmFlush *self)
{
  GHashTable *chosen = g_hash_table_new (hash_row, equal_rows);

  for (guint i = 0; i < self->inserts->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->inserts, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);

      if (priv->key < 0 && priv->wanted_id > 0 && !g_hash_table_contains (chosen, entity))
        g_hash_table_add (chosen, entity);
    }

  return chosen;
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

/*
 * Writes all slots of the rows that new entities took over from deleted ones.
 */
static gboolean
write_reused (OrmFlush *self, GPtrArray *reused, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);
      guint64 all = mapper->n_slots == 64 ? G_MAXUINT64 : ORM_SLOT_BIT (mapper->n_slots) - 1;
      g_autoptr (GPtrArray) entities = pick (reused, mapper);

      if (!_orm_row_writer_update (self->writer, mapper, entities, all, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * If a new entity has chosen the id of a row that is to be deleted, the row is
 * not deleted but becomes the row of the new entity.
 */
static gboolean
reuse_rows (OrmFlush *self, GError **error)
{
  g_autoptr (GHashTable) chosen = find_chosen_ids (self);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) reused = g_ptr_array_new ();

  for (guint i = self->deletes->len; i > 0 && g_hash_table_size (chosen) > 0; i--)
    {
      OrmEntity *gone = g_ptr_array_index (self->deletes, i - 1);
      OrmEntity *entity = g_hash_table_lookup (chosen, gone);

      if (entity == NULL)
        continue;

      g_hash_table_remove (chosen, entity);
      g_hash_table_add (done, gone);
      g_hash_table_add (done, entity);
      g_ptr_array_add (reused, entity);
      _orm_row_writer_reuse_row (self->writer, gone, entity);
    }

  if (reused->len == 0)
    return TRUE;

  _orm_array_keep (self->inserts, is_not_in, done);
  _orm_array_keep (self->deletes, is_not_in, done);
  return write_reused (self, reused, error);
}

/*
 * Whether a slot has to be written. A value that was changed back is not.
 */
static gboolean
writes_slot (OrmEntity *entity, guint slot)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return priv->state == ORM_ENTITY_PENDING || (priv->dirty & ORM_SLOT_BIT (slot)) != 0;
}

static guint
hash_value (gconstpointer data)
{
  const OrmValue *value = data;

  return value->is_text ? g_str_hash (value->text) : g_int64_hash (&value->integer);
}

static gboolean
equal_values (gconstpointer a, gconstpointer b)
{
  return _orm_value_equal (a, b);
}

/*
 * Adds the values that rows of a class will get in a slot. They borrow the
 * texts of the entities.
 */
static void
add_wanted (GHashTable *wanted, GPtrArray *entities, OrmMapper *mapper, guint slot)
{
  for (guint i = 0; i < entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (entities, i);
      OrmValue value;

      if (_orm_entity_get_private (entity)->mapper != mapper || !writes_slot (entity, slot))
        continue;

      value = _orm_entity_get_slot (entity, slot);
      if (!value.is_null)
        g_hash_table_add (wanted, g_memdup2 (&value, sizeof value));
    }
}

static gboolean
get_released (OrmFlush *self, OrmEntity *entity, guint slot, gboolean is_deleted, OrmValue *value)
{
  const OrmJournalEntry *entry = find_first (self, entity, slot);

  if (!is_deleted && (entry == NULL || !writes_slot (entity, slot)))
    return FALSE;

  *value = entry != NULL ? entry->old : _orm_entity_get_slot (entity, slot);
  return !value->is_null;
}

/*
 * Finds the rows that have a unique value which another row will get.
 */
static void
find_rows_to_release (OrmFlush *self, OrmMapper *mapper, guint slot, GArray *ids)
{
  g_autoptr (GHashTable) wanted = NULL;

  for (guint i = 0; i < self->updates->len + self->deletes->len; i++)
    {
      gboolean is_deleted = i >= self->updates->len;
      OrmEntity *entity = is_deleted ? g_ptr_array_index (self->deletes, i - self->updates->len)
                                     : g_ptr_array_index (self->updates, i);
      gint64 id = _orm_entity_get_key (entity);
      OrmValue value;

      if (_orm_entity_get_private (entity)->mapper != mapper ||
          !get_released (self, entity, slot, is_deleted, &value))
        continue;

      if (wanted == NULL)
        {
          wanted = g_hash_table_new_full (hash_value, equal_values, g_free, NULL);
          add_wanted (wanted, self->inserts, mapper, slot);
          add_wanted (wanted, self->updates, mapper, slot);
        }

      if (g_hash_table_contains (wanted, &value))
        g_array_append_val (ids, id);
    }
}

static gboolean
release_unique_slot (OrmFlush *self, OrmMapper *mapper, guint slot, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  find_rows_to_release (self, mapper, slot, ids);
  return ids->len == 0 || _orm_row_writer_release_unique (self->writer, mapper, slot, ids, error);
}

/*
 * Releases unique values of changed or deleted rows that other rows will get.
 * Rows are not deleted at this point, since their members may have to be moved
 * to the very row that gets the value.
 */
static gboolean
release_unique_values (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  for (guint i = 0; i < mapper->n_columns; i++)
    if ((mapper->columns[i].flags & ORM_COLUMN_UNIQUE) != 0 &&
        !release_unique_slot (self, mapper, i, error))
      return FALSE;

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
 * Adds the expected values of a row: those before the unsaved changes, which
 * are stored in @values, followed by the new ones.
 */
static void
expect_row (OrmFlush *self, OrmEntity *entity, OrmValue *values, GArray *expected)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  guint n_slots = priv->mapper->n_slots;
  OrmExpectedRow row = { .id = priv->key, .values = values, .wanted = values + n_slots };

  for (guint i = 0; i < n_slots; i++)
    {
      const OrmJournalEntry *first =
        (priv->dirty & ORM_SLOT_BIT (i)) != 0 ? find_first (self, entity, i) : NULL;

      if (first == NULL)
        continue;

      row.slots |= ORM_SLOT_BIT (i);
      values[i] = first->old;
      values[n_slots + i] = _orm_entity_get_slot (entity, i);
    }

  g_array_append_val (expected, row);
}

/*
 * Checks that the flush does not overwrite changes that another program has
 * made since the rows were read here.
 */
static gboolean
check_conflicts (OrmFlush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  if (self->updates->len == 0 || !_orm_session_may_conflict (self->session))
    return TRUE;

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);
      g_autoptr (GPtrArray) entities = pick (self->updates, mapper);
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));
      g_autofree OrmValue *values = g_new (OrmValue, (gsize) entities->len * mapper->n_slots * 2);

      for (guint j = 0; j < entities->len; j++)
        expect_row (self, entities->pdata[j], values + (gsize) j * mapper->n_slots * 2, expected);

      if (!_orm_session_check_expected (self->session, mapper, expected, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * The updates of a class that can be written, grouped by their columns. Those
 * that refer to a row that is not inserted yet have to wait for it.
 */
static GPtrArray *
group_updates (OrmFlush *self, OrmMapper *mapper)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) by_slots = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->updates->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (self->updates, i);
      OrmEntityPrivate *priv = _orm_entity_get_private (entity);
      GPtrArray *group;

      if (priv->mapper != mapper || priv->dirty == 0 || points_at_new_row (entity))
        continue;

      group = g_hash_table_lookup (by_slots, &priv->dirty);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_slots, &priv->dirty, group);
        }
      g_ptr_array_add (group, entity);
    }

  return groups;
}

/*
 * Writes the updates of a class that can be written, with one statement for
 * each set of columns.
 */
static gboolean
write_updates (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) groups = group_updates (self, mapper);

  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);
      guint64 slots = _orm_entity_get_private (g_ptr_array_index (group, 0))->dirty;

      if (!_orm_row_writer_update (self->writer, mapper, group, slots, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_inserts (OrmFlush *self, OrmMapper *mapper, GError **error)
{
  g_autoptr (GPtrArray) entities = pick (self->inserts, mapper);

  return _orm_row_writer_insert (self->writer, mapper, entities, error);
}

static gboolean
delete_links (OrmFlush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);
      g_autoptr (GPtrArray) entities = pick (self->deletes, mapper);

      if (!_orm_links_delete_of (self->session, mapper, entities, error))
        return FALSE;
    }

  return _orm_links_delete (_orm_session_get_links (self->session), self->session, error);
}

static gboolean
write_all (OrmFlush *self, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (self->session);

  if (!delete_links (self, error) || !reuse_rows (self, error))
    return FALSE;

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      if (!release_unique_values (self, mapper, error) || !write_updates (self, mapper, error) ||
          !write_inserts (self, mapper, error) || !write_updates (self, mapper, error))
        return FALSE;
    }

  if (!_orm_links_insert (_orm_session_get_links (self->session), self->session, error))
    return FALSE;

  for (guint i = mappers->len; i > 0; i--)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i - 1);
      g_autoptr (GPtrArray) entities = pick (self->deletes, mapper);

      if (entities->len > 0 && !_orm_row_writer_delete (self->writer, mapper, entities, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_links (OrmFlush *self)
{
  return _orm_links_has_ready (_orm_session_get_links (self->session), self->waiting);
}

static gboolean
has_unique_slot (OrmMapper *mapper, guint64 slots)
{
  for (guint i = 0; i < mapper->n_columns; i++)
    if ((slots & ORM_SLOT_BIT (i)) != 0 && (mapper->columns[i].flags & ORM_COLUMN_UNIQUE) != 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_single (OrmFlush *self)
{
  OrmEntity *entity;
  OrmEntityPrivate *priv;

  if (self->updates->len != 1 || self->inserts->len + self->deletes->len + self->left->len > 0 ||
      has_links (self))
    return FALSE;

  entity = g_ptr_array_index (self->updates, 0);
  priv = _orm_entity_get_private (entity);
  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].key < 0)
      return FALSE;

  return !has_unique_slot (priv->mapper, priv->dirty);
}

/*
 * Writes a single changed row, the most common commit, with one statement,
 * without a transaction or a read, if possible. If the row does not have the
 * expected values any more, the usual flush has to find out what is different.
 *
 * Returns: whether the row was written; if not, nothing has happened
 */
static gboolean
write_single (OrmFlush *self)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));
  g_autofree OrmValue *values = NULL;
  const OrmExpectedRow *row;
  OrmEntity *entity;
  OrmEntityPrivate *priv;

  if (!is_single (self) || _orm_connection_in_transaction (self->connection) ||
      !_orm_connection_prepare_for_writing (self->connection, NULL))
    return FALSE;

  entity = g_ptr_array_index (self->updates, 0);
  priv = _orm_entity_get_private (entity);
  values = g_new (OrmValue, priv->mapper->n_slots * 2);
  expect_row (self, entity, values, expected);

  row = &g_array_index (expected, OrmExpectedRow, 0);
  return row->slots == priv->dirty && _orm_row_writer_update_checked (self->writer, entity, row);
}

static gboolean
is_not_added (const OrmJournalEntry *entry)
{
  OrmEntity *owner;
  OrmCollection *list;

  if (entry->kind == ORM_JOURNAL_LINKED)
    return orm_entity_get_state (entry->entity) == ORM_ENTITY_TRANSIENT &&
           orm_collection_contains (_orm_entity_peek_collection (entry->entity, entry->side),
                                    entry->other);

  if (entry->kind != ORM_JOURNAL_REFERENCE ||
      _orm_entity_get_private (entry->entity)->state != ORM_ENTITY_TRANSIENT)
    return FALSE;

  owner = _orm_entity_peek_target (entry->entity, entry->side);
  list = owner != NULL ? _orm_entity_peek_collection (owner, entry->side->inverse) : NULL;
  return list != NULL && _orm_collection_knows (list, entry->entity);
}

/*
 * Logs a message about new entities that refer to a saved entity but are not in
 * the session: they are not saved, which is seldom intended.
 */
static void
log_not_added (OrmFlush *self)
{
  OrmJournal *journal = _orm_session_get_journal (self->session);

  for (guint i = _orm_session_get_flush_mark (self->session); i < _orm_journal_get_length (journal);
       i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (journal, i);

      if (is_not_added (entry))
        g_message ("A new row of %s has its %s but was not added to the session; it is not saved",
                   entry->side->owner->table, entry->side->spec->name);
    }
}

/*
 * Writes the unsaved changes. On failure the session has to be rolled back.
 */
gboolean
_orm_session_run_flush (OrmSession *self, OrmFlushScope scope, GError **error)
{
  OrmFlush flush = { .session = self,
                     .connection = orm_session_get_connection (self),
                     .scope = scope,
                     .inserts = g_ptr_array_new (),
                     .updates = g_ptr_array_new (),
                     .deletes = g_ptr_array_new (),
                     .left = g_ptr_array_new (),
                     .waiting = g_hash_table_new (NULL, NULL),
                     .invalid = g_hash_table_new (NULL, NULL),
                     .writer = _orm_row_writer_new (self) };
  gboolean is_done = validate_all (&flush, error);

  if (is_done)
    {
      log_not_added (&flush);
      partition_unsaved (&flush);
      keep_dependents (&flush);
      drop_unchanged (&flush);
    }

  if (is_done &&
      (flush.inserts->len + flush.updates->len + flush.deletes->len > 0 || has_links (&flush)))
    is_done =
      check_all (&flush, error) && ((scope == ORM_FLUSH_AND_COMMIT && write_single (&flush)) ||
                                    (orm_connection_begin (flush.connection, error) &&
                                     check_conflicts (&flush, error) && write_all (&flush, error)));

  if (!is_done)
    {
      put_back (&flush, flush.inserts);
      put_back (&flush, flush.updates);
      put_back (&flush, flush.deletes);
    }
  put_back (&flush, flush.left);

  if (is_done)
    _orm_session_advance_flush_mark (self, flush.waiting);
  flush_clear (&flush);
  return is_done;
}
