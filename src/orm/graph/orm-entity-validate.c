/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-entity-private.h"

#include <string.h>

/*
 * Whether a value may be set, and an entity saved.
 */

static gboolean
refuse (OrmEntity *self, guint slot, GError **error, const char *what)
{
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION, "%s.%s: %s", mapper->table,
               mapper->slot_names[slot], what);
  return FALSE;
}

static gboolean
check_text (OrmEntity *self, guint slot, const char *text, GError **error)
{
  OrmMapper *mapper = _orm_entity_get_private (self)->mapper;
  const OrmColumn *column = &mapper->columns[slot];

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (self, slot, error, "the text is not valid UTF-8");

  /* A text has no more characters than bytes. */
  if (column->max_length > 0 && strlen (text) > column->max_length &&
      g_utf8_strlen (text, -1) > column->max_length)
    {
      g_autofree char *what =
        g_strdup_printf ("the text is longer than %u characters", column->max_length);

      return refuse (self, slot, error, what);
    }

  if (mapper->patterns[slot] != NULL && !g_regex_match (mapper->patterns[slot], text, 0, NULL))
    return refuse (self, slot, error, "the text does not have the form that is asked for");

  return TRUE;
}

static gboolean
check_column (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];

  if (value->is_null)
    return TRUE;

  if (value->is_text)
    return check_text (self, slot, value->text, error);

  if (column->minimum != column->maximum &&
      (value->integer < column->minimum || value->integer > column->maximum))
    {
      g_autofree char *what = g_strdup_printf (
        "%" G_GINT64_FORMAT " is not between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT,
        value->integer, column->minimum, column->maximum);

      return refuse (self, slot, error, what);
    }

  if (column->type == ORM_COLUMN_TYPE_ENUM)
    {
      GEnumClass *klass = g_type_class_peek_static (column->enum_type ());

      if (g_enum_get_value (klass, (gint) value->integer) == NULL)
        return refuse (self, slot, error, "there is no such choice");
    }

  return TRUE;
}

gboolean
_orm_entity_check_vetoes (OrmEntity *self, const char *name, const GValue *value, GError **error)
{
  OrmEntityClass *klass = ORM_ENTITY_GET_CLASS (self);

  return klass->validate == NULL || klass->validate (self, name, value, error);
}

static gboolean
check_column_vetoes (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];
  g_auto (GValue) gvalue = G_VALUE_INIT;

  if (ORM_ENTITY_GET_CLASS (self)->validate == NULL)
    return TRUE;

  g_value_init (&gvalue, _orm_column_gtype (column));
  _orm_value_to_gvalue (value, column, &gvalue);
  return _orm_entity_check_vetoes (self, column->name, &gvalue, error);
}

/*
 * The class is asked first: its words are for the person at the form.
 */
gboolean
_orm_entity_check_column (OrmEntity *self, guint slot, const OrmValue *value, GError **error)
{
  const OrmColumn *column = &_orm_entity_get_private (self)->mapper->columns[slot];

  /* Not even the class can be shown a 30th of February. */
  if (column->type == ORM_COLUMN_TYPE_DATE && !value->is_null && !_orm_value_is_day (value))
    return refuse (self, slot, error, "that is no day of the years 1 to 9999");

  return check_column_vetoes (self, slot, value, error) && check_column (self, slot, value, error);
}

/**
 * orm_entity_validate:
 * @self: an entity
 * @error: return location for an #OrmError or the class's own error
 *
 * Asks whether the entity as a whole may be saved. A flush asks the same.
 *
 * Returns: %TRUE if it may
 */
gboolean
orm_entity_validate (OrmEntity *self, GError **error)
{
  OrmMapper *mapper;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  if (!_orm_entity_check_vetoes (self, NULL, NULL, error))
    return FALSE;

  mapper = _orm_entity_get_private (self)->mapper;
  for (guint i = 0; i < mapper->n_columns; i++)
    {
      OrmValue value = _orm_entity_get_slot (self, i);

      if (!check_column (self, i, &value, error))
        return FALSE;
    }

  return TRUE;
}
