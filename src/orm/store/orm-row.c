/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-row-private.h"

/* Rows of about 200 bytes: some 3 MB, and 80 screenfuls. */
#define MAX_ROWS 16384

void
_orm_row_free (OrmMapper *mapper, OrmRow *row)
{
  for (guint i = 0; i < mapper->n_slots; i++)
    _orm_value_clear (&row->values[i]);

  g_free (row);
}

OrmRowCache *
_orm_row_cache_new (OrmMapper *mapper)
{
  OrmRowCache *self = g_new0 (OrmRowCache, 1);

  self->mapper = mapper;
  self->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->queue);
  return self;
}

void
_orm_row_cache_free (OrmRowCache *self)
{
  _orm_row_cache_clear (self);
  g_hash_table_unref (self->rows);
  g_free (self);
}

OrmRow *
_orm_row_cache_lookup (OrmRowCache *self, gint64 id)
{
  return g_hash_table_lookup (self->rows, &id);
}

OrmRow *
_orm_row_new (OrmMapper *mapper, gint64 id)
{
  OrmRow *row = g_malloc (sizeof (OrmRow) + sizeof (OrmValue) * mapper->n_slots);

  row->id = id;
  row->link = (GList){ .data = row };
  row->is_shared = FALSE;
  return row;
}

/*
 * Whether a value is of the right type and yet none that a slot can have.
 */
gboolean
_orm_row_has_fault (OrmMapper *mapper, guint slot, const OrmValue *value)
{
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);

  if (column == NULL)
    return !value->is_null && value->integer <= 0;

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
    case ORM_COLUMN_TYPE_ENUM:
      return value->is_null;
    case ORM_COLUMN_TYPE_BOOLEAN:
      return value->is_null || (value->integer != 0 && value->integer != 1);
    case ORM_COLUMN_TYPE_TEXT:
    case ORM_COLUMN_TYPE_DATE:
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

/*
 * What another program wrote cannot be read: nothing is put in its place.
 */
void
_orm_row_set_error (OrmMapper *mapper, gint64 id, guint slot, GError **error)
{
  static const char *const wanted[] = {
    [ORM_COLUMN_TYPE_INT64] = "a whole number",
    [ORM_COLUMN_TYPE_TEXT] = "a text in UTF-8",
    [ORM_COLUMN_TYPE_DATE] = "a day as YYYY-MM-DD",
    [ORM_COLUMN_TYPE_TIMESTAMP] = "a time as YYYY-MM-DD HH:MM:SS",
    [ORM_COLUMN_TYPE_BOOLEAN] = "0 or 1",
    [ORM_COLUMN_TYPE_ENUM] = "one of the values it can have",
  };
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION,
               "Row %" G_GINT64_FORMAT " of %s cannot be read: %s is not %s", id, mapper->table,
               mapper->slot_names[slot], column != NULL ? wanted[column->type] : "the id of a row");
}

/*
 * Negative keys are those of entities without a row: no row may have one.
 */
void
_orm_row_set_id_error (OrmMapper *mapper, const char *id, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (id, -1);

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION,
               "Row %s of %s cannot be read: its id is not a number above 0", shown, mapper->table);
}

static gboolean
read_value (OrmMapper *mapper, OrmResult *result, guint row, guint slot, OrmValue *value)
{
  *value = ORM_VALUE_NULL;

  if (_orm_result_is_null (result, row, slot + 1))
    return TRUE;

  if (mapper->reads[slot + 1] == ORM_READ_TEXT)
    {
      const char *text = _orm_result_get_text (result, row, slot + 1);

      return text != NULL &&
             _orm_value_from_storage (_orm_mapper_get_column (mapper, slot), text, value);
    }

  *value = ORM_VALUE_INTEGER (_orm_result_get_int64 (result, row, slot + 1));
  return TRUE;
}

static guint64
get_faults (OrmMapper *mapper, OrmResult *result, guint row)
{
  return (guint64) _orm_result_get_int64 (result, row, mapper->n_slots + 1);
}

/*
 * Reads the id of a row that may be readable no further.
 */
gboolean
_orm_row_read_id (OrmMapper *mapper, OrmResult *result, guint row, gint64 *id, GError **error)
{
  g_autofree char *text = NULL;

  *id = _orm_result_get_int64 (result, row, 0);
  if (*id > 0 && get_faults (mapper, result, row) != G_MAXUINT64)
    return TRUE;

  text = g_strdup_printf ("%" G_GINT64_FORMAT, *id);
  _orm_row_set_id_error (mapper, text, error);
  return FALSE;
}

/*
 * Reads one row of @result, whose columns are the mapper's select list.
 */
static OrmRow *
row_new_from_result (OrmMapper *mapper, OrmResult *result, guint row, GError **error)
{
  guint64 faults = get_faults (mapper, result, row);
  gint faulty = -1;
  gint64 id;
  OrmRow *self;

  if (!_orm_row_read_id (mapper, result, row, &id, error))
    return NULL;

  self = _orm_row_new (mapper, id);
  for (guint i = 0; i < mapper->n_slots; i++)
    {
      gboolean is_read = read_value (mapper, result, row, i, &self->values[i]);

      if (faulty < 0 && (!is_read || (faults & (G_GUINT64_CONSTANT (1) << i)) != 0 ||
                         _orm_row_has_fault (mapper, i, &self->values[i])))
        faulty = (gint) i;
    }

  if (faulty < 0)
    return self;

  _orm_row_set_error (mapper, id, (guint) faulty, error);
  _orm_row_free (mapper, self);
  return NULL;
}

/*
 * Takes a row, instead of one of that id that is there already. The row is the
 * cache's and may go with the next one taken.
 */
void
_orm_row_cache_take (OrmRowCache *self, OrmRow *row)
{
  _orm_row_cache_remove (self, row->id);
  g_hash_table_insert (self->rows, &row->id, row);
  g_queue_push_tail_link (&self->queue, &row->link);

  if (self->queue.length > MAX_ROWS)
    _orm_row_cache_remove (self, ((OrmRow *) self->queue.head->data)->id);
}

/*
 * The same for a row of a result.
 */
OrmRow *
_orm_row_cache_take_result (OrmRowCache *self, OrmResult *result, guint row, GError **error)
{
  OrmRow *taken = row_new_from_result (self->mapper, result, row, error);

  if (taken != NULL)
    _orm_row_cache_take (self, taken);
  return taken;
}

void
_orm_row_cache_remove (OrmRowCache *self, gint64 id)
{
  OrmRow *row = g_hash_table_lookup (self->rows, &id);

  if (row == NULL)
    return;

  g_hash_table_remove (self->rows, &id);
  g_queue_unlink (&self->queue, &row->link);
  _orm_row_free (self->mapper, row);
}

void
_orm_row_cache_clear (OrmRowCache *self)
{
  g_hash_table_remove_all (self->rows);

  for (GList *link = self->queue.head; link != NULL;)
    {
      GList *next = link->next;

      _orm_row_free (self->mapper, link->data);
      link = next;
    }

  g_queue_init (&self->queue);
}
