/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-result-private.h"

guint
_orm_result_get_n_rows (OrmResult *self)
{
  return self->n_rows;
}

OrmCell
_orm_result_get_cell (OrmResult *self, guint row, guint column)
{
  const GValue *value = gda_data_model_get_value_at (self->model, (int) column, (int) row, NULL);

  if (value == NULL || gda_value_is_null (value))
    return (OrmCell){ .type = ORM_CELL_NULL };

  if (G_VALUE_HOLDS_INT64 (value))
    return (OrmCell){ .type = ORM_CELL_INTEGER, .integer = g_value_get_int64 (value) };

  if (G_VALUE_HOLDS_INT (value))
    return (OrmCell){ .type = ORM_CELL_INTEGER, .integer = g_value_get_int (value) };

  if (G_VALUE_HOLDS_STRING (value))
    return (OrmCell){ .type = ORM_CELL_TEXT, .text = g_value_get_string (value) };

  return (OrmCell){ .type = ORM_CELL_OTHER };
}

gint64
_orm_result_get_int64 (OrmResult *self, guint row, guint column)
{
  OrmCell cell = _orm_result_get_cell (self, row, column);

  return cell.type == ORM_CELL_TEXT ? g_ascii_strtoll (cell.text, NULL, 10) : cell.integer;
}

const char *
_orm_result_get_text (OrmResult *self, guint row, guint column)
{
  return _orm_result_get_cell (self, row, column).text;
}

void
_orm_result_free (OrmResult *self)
{
  g_clear_object (&self->model);
  g_free (self);
}
