/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-row-private.h"

/* About 1 MB, at 200 bytes a row, and more than 20 screenfuls. */
#define MAX_ROWS 4096

static void
row_free (OrmMapper *mapper, OrmRow *row)
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

/*
 * Whether a value of the right type is still invalid for the slot.
 */
static gboolean
has_fault (OrmMapper *mapper, guint slot, const OrmValue *value)
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
 * Another program wrote an invalid value. It is reported, not replaced.
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
 * Negative keys are reserved for entities without a row, so no row may have
 * one.
 */
void
_orm_row_set_id_error (OrmMapper *mapper, const char *id, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (id, -1);

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION,
               "Row %s of %s cannot be read: its id is not a number above 0", shown, mapper->table);
}

static gboolean
read_cell (OrmMapper *mapper, guint slot, const OrmCell *cell, OrmValue *value)
{
  gboolean is_number = mapper->reads[slot + 1] == ORM_READ_INT64;

  *value = ORM_VALUE_NULL;
  switch (cell->type)
    {
    case ORM_CELL_NULL:
      break;
    case ORM_CELL_INTEGER:
      if (!is_number)
        return FALSE;
      *value = ORM_VALUE_INTEGER (cell->integer);
      break;
    case ORM_CELL_TEXT:
      if (is_number ||
          !_orm_value_from_storage (_orm_mapper_get_column (mapper, slot), cell->text, value))
        return FALSE;
      break;
    case ORM_CELL_OTHER:
    default:
      return FALSE;
    }

  return !has_fault (mapper, slot, value);
}

static gboolean
read_id (OrmMapper *mapper, const OrmCell *cell, gint64 *id, GError **error)
{
  g_autofree char *shown = NULL;

  *id = cell->integer;
  if (cell->type == ORM_CELL_INTEGER && *id > 0)
    return TRUE;

  shown = cell->type == ORM_CELL_TEXT ? g_strdup (cell->text)
                                      : g_strdup_printf ("%" G_GINT64_FORMAT, cell->integer);
  _orm_row_set_id_error (mapper, shown, error);
  return FALSE;
}

/*
 * Reads a row whose cells are the id and the slots.
 */
static OrmRow *
row_new (OrmMapper *mapper, const OrmCell *cells, GError **error)
{
  OrmRow *row;
  gint64 id;

  if (!read_id (mapper, &cells[0], &id, error))
    return NULL;

  row = g_malloc0 (sizeof (OrmRow) + sizeof (OrmValue) * mapper->n_slots);
  row->id = id;
  row->link.data = row;

  for (guint i = 0; i < mapper->n_slots; i++)
    if (!read_cell (mapper, i, &cells[i + 1], &row->values[i]))
      {
        _orm_row_set_error (mapper, id, i, error);
        row_free (mapper, row);
        return NULL;
      }

  return row;
}

/*
 * Takes a row, instead of one of that id that is there already. The row is the
 * cache's and may go with the next one taken.
 *
 * Returns: (nullable): the row, unless it cannot be read
 */
OrmRow *
_orm_row_cache_take (OrmRowCache *self, const OrmCell *cells, GError **error)
{
  OrmRow *row = row_new (self->mapper, cells, error);

  if (row == NULL)
    return NULL;

  _orm_row_cache_remove (self, row->id);
  g_hash_table_insert (self->rows, &row->id, row);
  g_queue_push_tail_link (&self->queue, &row->link);

  if (self->queue.length > MAX_ROWS)
    _orm_row_cache_remove (self, ((OrmRow *) self->queue.head->data)->id);
  return row;
}

/*
 * The first @n cells of a row of @result, whose columns are the mapper's select
 * list. Where it says that one has another type, libgda has made a value of it.
 */
static void
get_cells (OrmMapper *mapper, OrmResult *result, guint row, OrmCell *cells, guint n)
{
  guint64 faults = (guint64) _orm_result_get_int64 (result, row, mapper->n_slots + 1);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_faulty = i > 0 ? (faults >> (i - 1) & 1) != 0 : faults == G_MAXUINT64;

      cells[i] = _orm_result_get_cell (result, row, i);
      if (is_faulty)
        cells[i].type = ORM_CELL_OTHER;
    }
}

/*
 * Reads the id of a row of which nothing else may be readable.
 */
gboolean
_orm_row_read_id (OrmMapper *mapper, OrmResult *result, guint row, gint64 *id, GError **error)
{
  OrmCell cell;

  get_cells (mapper, result, row, &cell, 1);
  return read_id (mapper, &cell, id, error);
}

/*
 * Takes a row of a result in the same way.
 */
OrmRow *
_orm_row_cache_take_result (OrmRowCache *self, OrmResult *result, guint row, GError **error)
{
  OrmCell cells[ORM_MAX_SLOTS + 1];

  get_cells (self->mapper, result, row, cells, self->mapper->n_slots + 1);
  return _orm_row_cache_take (self, cells, error);
}

void
_orm_row_cache_remove (OrmRowCache *self, gint64 id)
{
  OrmRow *row = g_hash_table_lookup (self->rows, &id);

  if (row == NULL)
    return;

  g_hash_table_remove (self->rows, &id);
  g_queue_unlink (&self->queue, &row->link);
  row_free (self->mapper, row);
}

void
_orm_row_cache_clear (OrmRowCache *self)
{
  g_hash_table_remove_all (self->rows);

  for (GList *link = self->queue.head; link != NULL;)
    {
      GList *next = link->next;

      row_free (self->mapper, link->data);
      link = next;
    }

  g_queue_init (&self->queue);
}
