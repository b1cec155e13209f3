/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-history-private.h"

/* What a step did to a row. */
typedef enum
{
  ROW_INSERTED,
  ROW_UPDATED,
  ROW_DELETED
} RowKind;

typedef struct
{
  RowKind kind;
  OrmMapper *mapper;
  gint64 id;
  guint64 slots;
  OrmValue *old_values; /* as many as slots of the mapper */
  OrmValue *new_values;
} Row;

struct _OrmStep
{
  char *label;
  GPtrArray *rows;
};

static void
free_values (OrmMapper *mapper, OrmValue *values)
{
  for (guint i = 0; values != NULL && i < mapper->n_slots; i++)
    _orm_value_clear (&values[i]);

  g_free (values);
}

static void
row_free (Row *row)
{
  free_values (row->mapper, row->old_values);
  free_values (row->mapper, row->new_values);
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

static Row *
ensure_row (OrmStep *self, GHashTable *rows, OrmEntity *entity)
{
  Row *row = g_hash_table_lookup (rows, entity);
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  if (row != NULL)
    return row;

  row = g_new0 (Row, 1);
  row->kind = ROW_UPDATED;
  row->mapper = mapper;
  row->id = _orm_entity_get_key (entity);
  g_hash_table_insert (rows, entity, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
note_old_value (Row *row, const OrmJournalEntry *entry)
{
  if ((row->slots & ORM_SLOT_BIT (entry->slot)) != 0)
    return;

  if (row->old_values == NULL)
    row->old_values = new_values (row->mapper);
  row->slots |= ORM_SLOT_BIT (entry->slot);
  row->old_values[entry->slot] = _orm_value_copy (&entry->old);
}

static void
note_entry (OrmStep *self, GHashTable *rows, const OrmJournalEntry *entry)
{
  Row *row;

  switch (entry->kind)
    {
    case ORM_JOURNAL_COLUMN:
    case ORM_JOURNAL_REFERENCE:
      if (_orm_entity_get_key (entry->entity) > 0)
        note_old_value (ensure_row (self, rows, entry->entity), entry);
      break;
    case ORM_JOURNAL_INSERTED:
      ensure_row (self, rows, entry->entity)->kind = ROW_INSERTED;
      break;
    case ORM_JOURNAL_REMOVED:
      row = ensure_row (self, rows, entry->entity);
      if (row->kind == ROW_INSERTED)
        row->id = 0; /* came and went within the step */
      row->kind = ROW_DELETED;
      break;
    case ORM_JOURNAL_MOVED:
    case ORM_JOURNAL_ADDED:
    case ORM_JOURNAL_LEFT:
    case ORM_JOURNAL_DELETED:
      break;
    default:
      g_assert_not_reached ();
    }
}

/*
 * A deleted row is kept whole; of an updated one also what it became.
 */
static void
complete_row (Row *row, OrmEntity *entity)
{
  /* Of a row that came, its id says enough to take it away again. */
  if (row->kind == ROW_INSERTED)
    {
      free_values (row->mapper, g_steal_pointer (&row->old_values));
      row->slots = 0;
      return;
    }

  if (row->kind == ROW_UPDATED)
    row->new_values = new_values (row->mapper);
  if (row->old_values == NULL)
    row->old_values = new_values (row->mapper);

  for (guint i = 0; i < row->mapper->n_slots; i++)
    {
      OrmValue now = _orm_entity_get_slot (entity, i);
      gboolean has_changed = (row->slots & ORM_SLOT_BIT (i)) != 0;

      if (row->kind == ROW_UPDATED && has_changed)
        row->new_values[i] = _orm_value_copy (&now);
      else if (row->kind == ROW_DELETED && !has_changed)
        row->old_values[i] = _orm_value_copy (&now);
    }
}

static gboolean
is_without_effect (const Row *row)
{
  if (row->kind != ROW_UPDATED)
    return row->id <= 0;

  for (guint i = 0; i < row->mapper->n_slots; i++)
    if ((row->slots & ORM_SLOT_BIT (i)) != 0 &&
        !_orm_value_equal (&row->old_values[i], &row->new_values[i]))
      return FALSE;

  return TRUE;
}

/*
 * The step that a journal describes, right after its commit.
 */
OrmStep *
_orm_step_new (OrmJournal *journal, const char *label)
{
  OrmStep *self = g_new0 (OrmStep, 1);
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer entity, row;

  self->label = g_strdup (label);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);

  for (guint i = 0; i < _orm_journal_get_length (journal); i++)
    note_entry (self, rows, _orm_journal_get (journal, i));

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &entity, &row))
    complete_row (row, entity);

  for (guint i = self->rows->len; i > 0; i--)
    if (is_without_effect (g_ptr_array_index (self->rows, i - 1)))
      g_ptr_array_remove_index (self->rows, i - 1);

  return self;
}

void
_orm_step_free (OrmStep *self)
{
  g_ptr_array_unref (self->rows);
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
  return self->rows->len == 0;
}

static gboolean
changed_elsewhere (Row *row, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
               "Row %" G_GINT64_FORMAT " of %s was changed since", row->id, row->mapper->table);
  return FALSE;
}

static gboolean
check_row (Row *row, OrmSession *session, GError **error)
{
  g_autoptr (OrmEntity) entity = NULL;
  g_autoptr (GError) local_error = NULL;

  entity = orm_session_get (session, row->mapper->type, row->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if ((entity == NULL) != (row->kind == ROW_DELETED))
    return changed_elsewhere (row, error);

  if (row->kind != ROW_UPDATED)
    return TRUE;

  for (guint i = 0; i < row->mapper->n_slots; i++)
    {
      OrmValue now = _orm_entity_get_slot (entity, i);

      if ((row->slots & ORM_SLOT_BIT (i)) != 0 && !_orm_value_equal (&now, &row->new_values[i]))
        return changed_elsewhere (row, error);
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
                       "Row %" G_GINT64_FORMAT " of %s has gone since", value->integer,
                       side->target->table);
          return FALSE;
        }
    }

  return _orm_entity_move (entity, side, target, ORM_POSITION_SORTED, ORM_MOVE_NONE, error);
}

/*
 * A deleted row comes back under its id, as a new entity.
 */
static gboolean
revive_rows (OrmStep *self, OrmSession *session, GHashTable *revived, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      OrmEntity *entity;

      if (row->kind != ROW_DELETED)
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
revert_values (OrmSession *session, GHashTable *revived, Row *row, GError **error)
{
  g_autoptr (OrmEntity) entity = NULL;
  guint from = row->kind == ROW_DELETED ? row->mapper->n_columns : 0;

  if (row->kind == ROW_INSERTED)
    return TRUE;

  if (row->kind == ROW_DELETED)
    entity = g_object_ref (g_hash_table_lookup (revived, row));
  else
    entity = orm_session_get (session, row->mapper->type, row->id, error);

  for (guint i = from; entity != NULL && i < row->mapper->n_slots; i++)
    if ((row->kind == ROW_DELETED || (row->slots & ORM_SLOT_BIT (i)) != 0) &&
        !set_slot (session, entity, i, &row->old_values[i], error))
      return FALSE;

  return entity != NULL;
}

static gboolean
delete_inserted (OrmStep *self, OrmSession *session, GError **error)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      Row *row = g_ptr_array_index (self->rows, i - 1);
      g_autoptr (OrmEntity) entity = NULL;

      if (row->kind != ROW_INSERTED)
        continue;

      /* A member that the step brought too may have gone with its owner. */
      entity = orm_session_get (session, row->mapper->type, row->id, error);
      if (entity != NULL && !_orm_session_delete_entity (session, entity, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * Does the opposite of the step, in memory; the caller commits, and that
 * commit's own step is the way back. On failure the caller rolls back.
 */
gboolean
_orm_step_revert (OrmStep *self, OrmSession *session, GError **error)
{
  g_autoptr (GHashTable) revived = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    if (!check_row (g_ptr_array_index (self->rows, i), session, error))
      return FALSE;

  if (!revive_rows (self, session, revived, error))
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    if (!revert_values (session, revived, g_ptr_array_index (self->rows, i), error))
      return FALSE;

  return delete_inserted (self, session, error);
}
