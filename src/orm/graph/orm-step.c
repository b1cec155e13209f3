/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-cascade-private.h"
#include "orm-conflict-private.h"
#include "orm-dialect-private.h"
#include "orm-levels-private.h"
#include "orm-loader-private.h"
#include "orm-step-links-private.h"
#include "orm-step-private.h"

/* Keys in one statement. */
#define CHUNK 500

/* What a step did to a row. */
typedef enum
{
  STEP_INSERTED,
  STEP_UPDATED,
  STEP_DELETED
} StepKind;

typedef struct
{
  StepKind kind;
  OrmMapper *mapper;
  gint64 id;
  guint64 slots;
  OrmValue *old_values; /* as many as slots of the mapper; NULL of an inserted row */
  OrmValue *new_values; /* the same; NULL of a deleted row */
  OrmEntity *entity;    /* while the step is made or reverted */
} StepRow;

struct _OrmStep
{
  char *label;
  GPtrArray *rows; /* of StepRow */
  OrmStepLinks *links;
};

static guint
row_hash (gconstpointer data)
{
  const StepRow *row = data;

  return g_direct_hash (row->mapper) ^ g_int64_hash (&row->id);
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
  const StepRow *left = a, *right = b;

  return left->mapper == right->mapper && left->id == right->id;
}

static guint64
get_all_slots (OrmMapper *mapper)
{
  return mapper->n_slots == 64 ? G_MAXUINT64 : ORM_SLOT_BIT (mapper->n_slots) - 1;
}

static void
free_values (OrmMapper *mapper, OrmValue *values)
{
  for (guint i = 0; values != NULL && i < mapper->n_slots; i++)
    _orm_value_clear (&values[i]);

  g_free (values);
}

static void
row_free (StepRow *row)
{
  free_values (row->mapper, row->old_values);
  free_values (row->mapper, row->new_values);
  g_clear_object (&row->entity);
  g_free (row);
}

static OrmValue *
new_values (OrmMapper *mapper)
{
  OrmValue *values = g_new0 (OrmValue, mapper->n_slots);

  for (guint i = 0; i < mapper->n_slots; i++)
    values[i] = ORM_VALUE_NULL;

  return values;
}

static StepRow *
ensure_row (OrmStep *self, GHashTable *rows, OrmEntity *entity)
{
  StepRow *row = g_hash_table_lookup (rows, entity);
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  if (row != NULL)
    return row;

  row = g_new0 (StepRow, 1);
  row->kind = STEP_UPDATED;
  row->mapper = mapper;
  row->id = _orm_entity_get_key (entity);
  row->entity = g_object_ref (entity);
  g_hash_table_insert (rows, entity, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

/*
 * A value that the entity had before it had a row is not an old value of the
 * row.
 */
static void
note_old_value (StepRow *row, const OrmJournalEntry *entry)
{
  if (entry->state <= ORM_ENTITY_PENDING || (row->slots & ORM_SLOT_BIT (entry->slot)) != 0)
    return;

  if (row->old_values == NULL)
    row->old_values = new_values (row->mapper);
  row->slots |= ORM_SLOT_BIT (entry->slot);
  row->old_values[entry->slot] = _orm_value_copy (&entry->old);
}

static void
note_entry (OrmStep *self, GHashTable *rows, const OrmJournalEntry *entry)
{
  StepRow *row;

  switch (entry->kind)
    {
    case ORM_JOURNAL_COLUMN:
    case ORM_JOURNAL_REFERENCE:
      if (_orm_entity_get_key (entry->entity) > 0)
        note_old_value (ensure_row (self, rows, entry->entity), entry);
      break;
    case ORM_JOURNAL_INSERTED:
      ensure_row (self, rows, entry->entity)->kind = STEP_INSERTED;
      break;
    case ORM_JOURNAL_REMOVED:
      row = ensure_row (self, rows, entry->entity);
      if (row->kind == STEP_INSERTED)
        row->id = 0; /* inserted and deleted within the step */
      row->kind = STEP_DELETED;
      break;
    case ORM_JOURNAL_MOVED:
    case ORM_JOURNAL_ADDED:
    case ORM_JOURNAL_LEFT:
    case ORM_JOURNAL_LINKED:
    case ORM_JOURNAL_UNLINKED:
    case ORM_JOURNAL_LINK_LEFT:
    case ORM_JOURNAL_LINK_ROW:
    case ORM_JOURNAL_DELETED:
    case ORM_JOURNAL_UNDELETED:
      break;
    default:
      g_assert_not_reached ();
    }
}

/*
 * Stores the values of a row: all old values of a deleted one, all new values
 * of an inserted one, to check them before an undo, and both values of the
 * changed slots of an updated one.
 */
static void
complete_row (StepRow *row)
{
  OrmMapper *mapper = row->mapper;

  if (row->kind == STEP_INSERTED)
    {
      free_values (mapper, g_steal_pointer (&row->old_values));
      row->slots = get_all_slots (mapper);
    }

  if (row->kind != STEP_DELETED)
    row->new_values = new_values (mapper);
  else if (row->old_values == NULL)
    row->old_values = new_values (mapper);

  for (guint i = 0; i < mapper->n_slots; i++)
    {
      OrmValue now = _orm_entity_get_slot (row->entity, i);
      gboolean is_noted = (row->slots & ORM_SLOT_BIT (i)) != 0;

      if (row->kind != STEP_DELETED && is_noted)
        row->new_values[i] = _orm_value_copy (&now);
      else if (row->kind == STEP_DELETED && !is_noted)
        row->old_values[i] = _orm_value_copy (&now);
    }

  g_clear_object (&row->entity);
}

/*
 * Joins the deletion and the insertion of a row with the same id into an
 * update.
 */
static void
join_reused (OrmStep *self)
{
  g_autoptr (GHashTable) deleted = g_hash_table_new (row_hash, row_equal);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StepRow *row = g_ptr_array_index (self->rows, i);

      if (row->kind == STEP_DELETED && row->id > 0)
        g_hash_table_add (deleted, row);
    }

  for (guint i = 0; i < self->rows->len && g_hash_table_size (deleted) > 0; i++)
    {
      StepRow *row = g_ptr_array_index (self->rows, i);
      StepRow *before = row->kind == STEP_INSERTED ? g_hash_table_lookup (deleted, row) : NULL;

      if (before == NULL)
        continue;

      before->kind = STEP_UPDATED;
      before->slots = row->slots;
      before->new_values = g_steal_pointer (&row->new_values);
      row->id = 0;
    }
}

static gboolean
has_effect (gpointer data, gpointer unused)
{
  const StepRow *row = data;

  if (row->kind != STEP_UPDATED)
    return row->id > 0;

  for (guint i = 0; i < row->mapper->n_slots; i++)
    if ((row->slots & ORM_SLOT_BIT (i)) != 0 &&
        !_orm_value_equal (&row->old_values[i], &row->new_values[i]))
      return TRUE;

  return FALSE;
}

/*
 * Makes the step of a journal, right after its commit.
 */
OrmStep *
_orm_step_new (OrmJournal *journal, const char *label)
{
  OrmStep *self = g_new0 (OrmStep, 1);
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);

  self->label = g_strdup (label);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->links = _orm_step_links_new (journal);

  for (guint i = 0; i < _orm_journal_get_length (journal); i++)
    note_entry (self, rows, _orm_journal_get (journal, i));

  for (guint i = 0; i < self->rows->len; i++)
    complete_row (g_ptr_array_index (self->rows, i));
  join_reused (self);

  _orm_array_keep (self->rows, has_effect, NULL);
  return self;
}

void
_orm_step_free (OrmStep *self)
{
  g_ptr_array_unref (self->rows);
  _orm_step_links_free (self->links);
  g_free (self->label);
  g_free (self);
}

const char *
_orm_step_get_label (OrmStep *self)
{
  return self->label;
}

gboolean
_orm_step_is_empty (OrmStep *self)
{
  return self->rows->len == 0 && _orm_step_links_get_length (self->links) == 0;
}

/* The rows of a step, while it is compared with the database. */
typedef struct
{
  OrmSession *session;
  GHashTable *rows;   /* of StepRow, by class and id */
  GPtrArray *current; /* the rows of the class being checked */
} Check;

static gboolean
is_in_step (Check *check, OrmMapper *mapper, gint64 id)
{
  StepRow wanted = { .mapper = mapper, .id = id };

  return g_hash_table_contains (check->rows, &wanted);
}

static void
take_entity (gpointer data, guint index, const OrmRow *now)
{
  Check *check = data;
  StepRow *row = g_ptr_array_index (check->current, index);
  OrmEntity *entity = _orm_session_peek (check->session, row->mapper, row->id);

  row->entity = entity != NULL ? g_object_ref (entity)
                               : _orm_session_hydrate (check->session, row->mapper, now);
}

/*
 * Checks that the rows are as the step left them, and sets the entity of each.
 */
static gboolean
check_rows (OrmStep *self, Check *check, OrmMapper *mapper, GError **error)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));

  g_ptr_array_set_size (check->current, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      StepRow *row = g_ptr_array_index (self->rows, i);
      OrmExpectedRow one = { .id = row->id,
                             .is_absent = row->kind == STEP_DELETED,
                             .slots = row->slots,
                             .values = row->new_values };

      if (row->mapper != mapper)
        continue;

      g_array_append_val (expected, one);
      g_ptr_array_add (check->current, row);
    }

  return _orm_session_check_expected (check->session, mapper, expected, take_entity, check, error);
}

static gboolean
check_members_of (Check *check, OrmSide *side, const gint64 *owners, guint n_owners, GError **error)
{
  OrmConnection *connection = orm_session_get_connection (check->session);
  g_autofree char *sql = _orm_dialect_select_by_keys (side);
  g_autofree char *list = _orm_format_ids (owners, n_owners);
  OrmValue parameter = { .is_text = TRUE, .text = list };
  g_autoptr (OrmResult) result = _orm_connection_select (
    connection, sql, &parameter, 1, side->target->reads, side->target->n_reads, error);

  for (guint i = 0; result != NULL && i < _orm_result_get_n_rows (result); i++)
    {
      gint64 id;

      if (!_orm_row_read_id (side->target, result, i, &id, error))
        return FALSE;

      if (!is_in_step (check, side->target, id))
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
                       "Row %" G_GINT64_FORMAT " of %s was added since", id, side->target->table);
          return FALSE;
        }
    }

  return result != NULL;
}

/*
 * Checks that no other program has added members to a row that the step
 * inserted.
 */
static gboolean
check_members (OrmStep *self, Check *check, OrmMapper *mapper, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const StepRow *row = g_ptr_array_index (self->rows, i);

      if (row->mapper == mapper && row->kind == STEP_INSERTED)
        g_array_append_val (ids, row->id);
    }

  for (guint i = 0; i < mapper->n_collections; i++)
    for (guint from = 0; from < ids->len; from += CHUNK)
      if (!_orm_side_has_links (mapper->collections[i]) &&
          !check_members_of (check, mapper->collections[i], &g_array_index (ids, gint64, from),
                             MIN (ids->len - from, CHUNK), error))
        return FALSE;

  return TRUE;
}

/*
 * Checks that the targets of old values exist, or are restored with the step.
 */
static gboolean
check_targets (OrmStep *self, Check *check, OrmSide *side, GError **error)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (OrmExpectedRow));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint slot = _orm_side_get_slot (side);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StepRow *row = g_ptr_array_index (self->rows, i);
      OrmExpectedRow target = { 0 };

      if (row->mapper != side->owner || row->kind == STEP_INSERTED || row->old_values[slot].is_null)
        continue;

      target.id = row->old_values[slot].integer;
      if (!is_in_step (check, side->target, target.id) &&
          g_hash_table_add (seen, &row->old_values[slot].integer))
        g_array_append_val (expected, target);
    }

  return _orm_session_check_expected (check->session, side->target, expected, NULL, NULL, error);
}

/*
 * Checks that the rows are still as the step left them. Reads the database,
 * because memory may be outdated.
 */
static gboolean
check (OrmStep *self, OrmSession *session, GError **error)
{
  GPtrArray *mappers = _orm_session_get_mappers (session);
  g_autoptr (GHashTable) rows = g_hash_table_new (row_hash, row_equal);
  g_autoptr (GPtrArray) current = g_ptr_array_new ();
  Check check = { session, rows, current };

  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_add (rows, g_ptr_array_index (self->rows, i));

  for (guint i = 0; i < mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (mappers, i);

      if (!check_rows (self, &check, mapper, error) || !check_members (self, &check, mapper, error))
        return FALSE;

      for (guint j = 0; j < mapper->n_references; j++)
        if (!check_targets (self, &check, mapper->references[j], error))
          return FALSE;
    }

  return TRUE;
}

static OrmEntity *
find_target (OrmSession *session, OrmSide *side, const OrmValue *key)
{
  OrmEntity *target = _orm_session_peek (session, side->target, key->integer);

  if (target != NULL)
    return g_object_ref (target);

  return orm_session_get (session, side->target->type, key->integer, NULL);
}

static gboolean
set_slot (OrmSession *session, OrmEntity *entity, guint slot, const OrmValue *value, GError **error)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;
  g_autoptr (OrmEntity) target = NULL;
  OrmSide *side;

  if (slot < mapper->n_columns)
    return _orm_entity_set_slot_value (entity, slot, value, error);

  side = mapper->references[slot - mapper->n_columns];
  if (!value->is_null)
    {
      target = find_target (session, side, value);
      if (target == NULL)
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
                       "Row %" G_GINT64_FORMAT " of %s was deleted since", value->integer,
                       side->target->table);
          return FALSE;
        }
    }

  return _orm_entity_move (entity, side, target, ORM_POSITION_SORTED, ORM_MOVE_NONE, error);
}

/*
 * Restores deleted rows under their ids, as new entities.
 */
static gboolean
revive_rows (OrmStep *self, OrmSession *session, GHashTable *revived, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      StepRow *row = g_ptr_array_index (self->rows, i);
      OrmEntity *entity;

      if (row->kind != STEP_DELETED)
        continue;

      entity = g_object_new (row->mapper->type, NULL);
      _orm_entity_get_private (entity)->key = row->id;
      g_hash_table_insert (revived, row, entity);

      for (guint j = 0; j < row->mapper->n_columns; j++)
        _orm_entity_load_slot (entity, j, &row->old_values[j]);
      if (!orm_session_add (session, entity, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
revert_values (OrmSession *session, GHashTable *revived, StepRow *row, GError **error)
{
  g_autoptr (OrmEntity) entity = NULL;
  guint from = row->kind == STEP_DELETED ? row->mapper->n_columns : 0;

  if (row->kind == STEP_INSERTED)
    return TRUE;

  if (row->kind == STEP_DELETED)
    entity = g_object_ref (g_hash_table_lookup (revived, row));
  else
    entity = g_object_ref (row->entity);

  for (guint i = from; entity != NULL && i < row->mapper->n_slots; i++)
    if ((row->kind == STEP_DELETED || (row->slots & ORM_SLOT_BIT (i)) != 0) &&
        !set_slot (session, entity, i, &row->old_values[i], error))
      return FALSE;

  return entity != NULL;
}

static gboolean
may_deny (OrmMapper *mapper)
{
  for (guint i = 0; i < mapper->n_collections; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_DENY)
      return TRUE;

  return FALSE;
}

/*
 * Deletes the entities that the step inserted, except owners whose deletion
 * members can deny, which are added to @owners.
 */
static gboolean
delete_free (OrmStep *self, OrmSession *session, GPtrArray *owners, GError **error)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      StepRow *row = g_ptr_array_index (self->rows, i - 1);

      if (row->kind != STEP_INSERTED)
        continue;

      if (may_deny (row->mapper))
        g_ptr_array_add (owners, row->entity);
      else if (!_orm_session_delete_entity (session, row->entity, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * Deletes the entities of one level. If another entity of the level denies a
 * deletion, it is tried again, as long as any can be deleted.
 */
static gboolean
delete_level (OrmSession *session, GPtrArray *level, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_ref (level);

  do
    {
      g_autoptr (GPtrArray) denied = g_ptr_array_new ();
      g_autoptr (GError) denial = NULL;

      for (guint i = 0; i < left->len; i++)
        {
          g_clear_error (&denial);
          if (_orm_session_delete_entity (session, g_ptr_array_index (left, i), &denial))
            continue;

          g_ptr_array_add (denied, g_ptr_array_index (left, i));
          if (!g_error_matches (denial, ORM_ERROR, ORM_ERROR_DENIED) || denied->len == left->len)
            {
              g_propagate_error (error, g_steal_pointer (&denial));
              return FALSE;
            }
        }

      g_ptr_array_unref (left);
      left = g_steal_pointer (&denied);
    }
  while (left->len > 0);

  return TRUE;
}

/*
 * Deletes the entities that the step inserted, members before the owners whose
 * deletion they deny. An owner may be a member itself.
 */
static gboolean
delete_inserted (OrmStep *self, OrmSession *session, GError **error)
{
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  g_autoptr (GPtrArray) levels = NULL;

  if (!delete_free (self, session, owners, error))
    return FALSE;

  levels = _orm_levels_new (owners);
  for (guint i = levels->len; i > 0; i--)
    if (!delete_level (session, g_ptr_array_index (levels, i - 1), error))
      return FALSE;

  return TRUE;
}

static gboolean
revert (OrmStep *self, OrmSession *session, GHashTable *revived, GError **error)
{
  if (!check (self, session, error) || !_orm_step_links_check (self->links, session, error) ||
      !revive_rows (self, session, revived, error))
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    if (!revert_values (session, revived, g_ptr_array_index (self->rows, i), error))
      return FALSE;

  return _orm_step_links_revert (self->links, session, error) &&
         delete_inserted (self, session, error);
}

/*
 * Reverts the step in memory. The caller commits, and the step of that commit
 * is the opposite one. The transaction is open from the check on, so that no
 * other program can write before the commit. On failure the caller has to roll
 * back.
 */
gboolean
_orm_step_revert (OrmStep *self, OrmSession *session, GError **error)
{
  g_autoptr (GHashTable) revived = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  gboolean is_done;

  if (!orm_connection_begin (orm_session_get_connection (session), error))
    return FALSE;

  is_done = revert (self, session, revived, error);
  for (guint i = 0; i < self->rows->len; i++)
    g_clear_object (&((StepRow *) g_ptr_array_index (self->rows, i))->entity);

  return is_done;
}
