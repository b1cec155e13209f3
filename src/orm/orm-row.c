/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
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

static OrmValue
read_value (OrmMapper *mapper, OrmResult *result, guint row, guint slot)
{
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);

  if (_orm_result_is_null (result, row, slot + 1))
    return ORM_VALUE_NULL;

  if (mapper->reads[slot + 1] == ORM_READ_INT64)
    return ORM_VALUE_INTEGER (_orm_result_get_int64 (result, row, slot + 1));

  return _orm_value_from_storage (column, _orm_result_get_text (result, row, slot + 1));
}

OrmRow *
_orm_row_new (OrmMapper *mapper, gint64 id)
{
  OrmRow *row = g_malloc (sizeof (OrmRow) + sizeof (OrmValue) * mapper->n_slots);

  row->id = id;
  row->link = (GList){ .data = row };
  return row;
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

/*
 * Reads the id of a row.
 */
gboolean
_orm_row_read_id (OrmMapper *mapper, OrmResult *result, guint row, gint64 *id, GError **error)
{
  g_autofree char *text = NULL;

  *id = _orm_result_get_int64 (result, row, 0);
  if (*id > 0)
    return TRUE;

  text = g_strdup_printf ("%" G_GINT64_FORMAT, *id);
  _orm_row_set_id_error (mapper, text, error);
  return FALSE;
}

/*
 * Reads one row of @result, whose columns are the mapper's select list.
 */
OrmRow *
_orm_row_new_from_result (OrmMapper *mapper, OrmResult *result, guint row, GError **error)
{
  gint64 id;
  OrmRow *self;

  if (!_orm_row_read_id (mapper, result, row, &id, error))
    return NULL;

  self = _orm_row_new (mapper, id);
  for (guint i = 0; i < mapper->n_slots; i++)
    self->values[i] = read_value (mapper, result, row, i);

  return self;
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
  OrmRow *taken = _orm_row_new_from_result (self->mapper, result, row, error);

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
