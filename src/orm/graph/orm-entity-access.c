/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-entity-private.h"
#include "orm-session-private.h"

/*
 * Getting and setting, as an entity's user does it.
 */

/**
 * orm_entity_get_state:
 * @self: an entity
 *
 * Returns: where it is between memory and the database
 */
OrmEntityState
orm_entity_get_state (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), ORM_ENTITY_TRANSIENT);

  return _orm_entity_get_private (self)->state;
}

/**
 * orm_entity_get_id:
 * @self: an entity
 *
 * Returns: the row's id, or 0 as long as there is none
 */
gint64
orm_entity_get_id (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), 0);

  priv = _orm_entity_get_private (self);
  return priv->key > 0 ? priv->key : priv->wanted_id;
}

/**
 * orm_entity_set_id:
 * @self: an entity that has no row yet
 * @id: the id its row shall have, above 0
 *
 * Chooses the id of a new row, where something outside the database knows it.
 */
void
orm_entity_set_id (OrmEntity *self, gint64 id)
{
  OrmEntityPrivate *priv;

  g_return_if_fail (ORM_IS_ENTITY (self));
  g_return_if_fail (id > 0);

  priv = _orm_entity_get_private (self);
  g_return_if_fail (priv->key < 0);

  priv->wanted_id = id;
}

/**
 * orm_entity_get_session:
 * @self: an entity
 *
 * Returns: (transfer none) (nullable): the session it is in
 */
OrmSession *
orm_entity_get_session (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  return _orm_entity_get_private (self)->session;
}

/**
 * orm_entity_is_dirty:
 * @self: an entity
 *
 * Returns: whether the next flush writes its row
 */
gboolean
orm_entity_is_dirty (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  priv = _orm_entity_get_private (self);
  return priv->dirty != 0 || priv->state == ORM_ENTITY_PENDING;
}

/**
 * orm_entity_get_error:
 * @self: an entity
 *
 * Tells why a setter returned %FALSE, or why a to-one that was read through its
 * property gave nothing. What succeeds later does not clear it, so ask only
 * after a refusal.
 *
 * Returns: (transfer none) (nullable): what the last refused change was
 *   refused for
 */
const GError *
orm_entity_get_error (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  return _orm_entity_get_private (self)->error;
}

/**
 * orm_entity_set:
 * @self: an entity
 * @property: the name of a column or a to-one
 * @value: its new value
 * @error: return location for an #OrmError or the class's own error
 *
 * Sets a property and says what is wrong if it is refused; a form does so.
 *
 * Returns: %TRUE if the property has the value; else nothing has changed
 */
gboolean
orm_entity_set (OrmEntity *self, const char *property, const GValue *value, GError **error)
{
  OrmMapper *mapper;
  OrmSide *side;
  OrmValue new_value;
  gint column;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (property != NULL && G_IS_VALUE (value), FALSE);

  mapper = _orm_entity_get_private (self)->mapper;
  column = _orm_mapper_find_column (mapper, property);

  if (column < 0)
    {
      side = _orm_mapper_find_side (mapper, property);
      g_return_val_if_fail (side != NULL && side->spec->kind == ORM_RELATIONSHIP_TO_ONE, FALSE);
      return _orm_entity_move (self, side, g_value_get_object (value), ORM_POSITION_LAST,
                               ORM_MOVE_NONE, error);
    }

  new_value = _orm_value_from_gvalue (&mapper->columns[column], value);
  if (!new_value.is_text && !new_value.is_null)
    return _orm_entity_set_slot_value (self, (guint) column, &new_value, error);

  /* The text may be the field's own. */
  {
    g_auto (OrmValue) copy = _orm_value_copy (&new_value);

    return _orm_entity_set_slot_value (self, (guint) column, &copy, error);
  }
}

static gboolean
set_checked (OrmEntity *self, guint column, OrmColumnType type, const OrmValue *value)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self);
  GError *error = NULL;

  g_return_val_if_fail (column < priv->mapper->n_columns, FALSE);
  g_return_val_if_fail (priv->mapper->columns[column].type == type, FALSE);

  if (_orm_entity_set_slot_value (self, column, value, &error))
    return TRUE;

  _orm_entity_take_error (self, error);
  return FALSE;
}

/**
 * orm_entity_set_int64:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_int64 (OrmEntity *self, guint column, gint64 value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_INT64, &new_value);
}

/**
 * orm_entity_set_boolean:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_boolean (OrmEntity *self, guint column, gboolean value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (!!value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_BOOLEAN, &new_value);
}

/**
 * orm_entity_set_enum:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_enum (OrmEntity *self, guint column, gint value)
{
  OrmValue new_value = ORM_VALUE_INTEGER (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_ENUM, &new_value);
}

/**
 * orm_entity_set_text:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_text (OrmEntity *self, guint column, const char *value)
{
  g_auto (OrmValue) new_value = _orm_value_text (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_TEXT, &new_value);
}

/**
 * orm_entity_set_date:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value, a day of the years 1 to 9999
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_date (OrmEntity *self, guint column, const GDate *value)
{
  OrmValue new_value = _orm_value_from_any_date (value);

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  return set_checked (self, column, ORM_COLUMN_TYPE_DATE, &new_value);
}

/**
 * orm_entity_set_timestamp:
 * @self: an entity
 * @column: the number of the column in its class's table
 * @value: (nullable): its new value, kept to the second
 *
 * Returns: %FALSE if the value was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_timestamp (OrmEntity *self, guint column, GDateTime *value)
{
  OrmValue new_value = ORM_VALUE_NULL;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  if (value != NULL)
    new_value = ORM_VALUE_INTEGER (g_date_time_to_unix (value));

  return set_checked (self, column, ORM_COLUMN_TYPE_TIMESTAMP, &new_value);
}

static OrmSide *
get_side (OrmEntity *self, const char *name, gboolean is_to_one)
{
  OrmSide *side = _orm_mapper_find_side (_orm_entity_get_private (self)->mapper, name);

  g_return_val_if_fail (side != NULL, NULL);
  g_return_val_if_fail ((side->spec->kind == ORM_RELATIONSHIP_TO_ONE) == is_to_one, NULL);

  return side;
}

/**
 * orm_entity_set_reference:
 * @self: an entity
 * @relationship: a to-one
 * @target: (type OrmEntity) (nullable): its new target
 *
 * Points a to-one at another entity. The collections of the old and the new
 * target follow: first the old one tells of the removal, then @self notifies,
 * then the new one tells of the addition, at its end.
 *
 * Returns: %FALSE if the target was refused: see orm_entity_get_error()
 */
gboolean
orm_entity_set_reference (OrmEntity *self, const char *relationship, gpointer target)
{
  OrmSide *side;
  GError *error = NULL;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (target == NULL || ORM_IS_ENTITY (target), FALSE);

  side = get_side (self, relationship, TRUE);
  if (side == NULL)
    return FALSE;

  if (_orm_entity_move (self, side, target, ORM_POSITION_LAST, ORM_MOVE_NONE, &error))
    return TRUE;

  _orm_entity_take_error (self, error);
  return FALSE;
}

/**
 * orm_entity_load_reference:
 * @self: an entity
 * @relationship: a to-one
 * @error: return location for an #OrmError
 *
 * Reads a to-one, from the database if its target is not in memory.
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the target; %NULL
 *   without @error set if there is none
 */
gpointer
orm_entity_load_reference (OrmEntity *self, const char *relationship, GError **error)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  side = get_side (self, relationship, TRUE);
  return side != NULL ? _orm_entity_get_told_target (self, side, error) : NULL;
}

/**
 * orm_entity_get_reference:
 * @self: an entity
 * @relationship: a to-one
 *
 * Reads a to-one as its property does: if it cannot be loaded, the session's
 * #OrmSession::load-failed says why and so does orm_entity_get_error().
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the target
 */
gpointer
orm_entity_get_reference (OrmEntity *self, const char *relationship)
{
  GError *error = NULL;
  gpointer target = orm_entity_load_reference (self, relationship, &error);

  if (error == NULL)
    return target;

  if (orm_entity_get_session (self) != NULL)
    _orm_session_report_failed_load (orm_entity_get_session (self), error);
  _orm_entity_take_error (self, error);
  return NULL;
}

/**
 * orm_entity_has_reference:
 * @self: an entity
 * @relationship: a to-one
 *
 * Returns: whether it has a target; nothing is loaded
 */
gboolean
orm_entity_has_reference (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  side = get_side (self, relationship, TRUE);
  return side != NULL && _orm_entity_get_told_key (self, side) != 0;
}

/**
 * orm_entity_get_reference_id:
 * @self: an entity
 * @relationship: a to-one
 *
 * Returns: the id of its target, 0 if it has none or that has no row yet;
 *   nothing is loaded
 */
gint64
orm_entity_get_reference_id (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), 0);

  side = get_side (self, relationship, TRUE);
  if (side == NULL)
    return 0;

  return MAX (_orm_entity_get_told_key (self, side), 0);
}

/**
 * orm_entity_get_collection:
 * @self: an entity
 * @relationship: a to-many or a many-to-many
 *
 * Returns: (type OrmCollection) (transfer none): its members; always the same
 *   object, which is read from the database when somebody looks into it
 */
gpointer
orm_entity_get_collection (OrmEntity *self, const char *relationship)
{
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_ENTITY (self), NULL);

  side = get_side (self, relationship, FALSE);
  return side != NULL ? _orm_entity_ensure_collection (self, side) : NULL;
}
