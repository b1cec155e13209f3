/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-result-private.h"

/*
 * Reading the rows of a small SELECT.
 */

guint
_orm_result_get_n_rows (OrmResult *self)
{
  return self->n_rows;
}

static const GValue *
get_value (OrmResult *self, guint row, guint column)
{
  return gda_data_model_get_value_at (self->model, (int) column, (int) row, NULL);
}

gboolean
_orm_result_is_null (OrmResult *self, guint row, guint column)
{
  const GValue *value = get_value (self, row, column);

  return value == NULL || gda_value_is_null (value);
}

gint64
_orm_result_get_int64 (OrmResult *self, guint row, guint column)
{
  const GValue *value = get_value (self, row, column);

  if (value == NULL || gda_value_is_null (value))
    return 0;

  if (G_VALUE_HOLDS_INT64 (value))
    return g_value_get_int64 (value);

  if (G_VALUE_HOLDS_INT (value))
    return g_value_get_int (value);

  if (G_VALUE_HOLDS_STRING (value))
    return g_ascii_strtoll (g_value_get_string (value), NULL, 10);

  return 0;
}

const char *
_orm_result_get_text (OrmResult *self, guint row, guint column)
{
  const GValue *value = get_value (self, row, column);

  if (value == NULL || gda_value_is_null (value) || !G_VALUE_HOLDS_STRING (value))
    return NULL;

  return g_value_get_string (value);
}

void
_orm_result_free (OrmResult *self)
{
  g_clear_object (&self->model);
  g_free (self);
}
