/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-path-private.h"

#include <string.h>

void
_orm_path_free (OrmPath *self)
{
  g_ptr_array_unref (self->sides);
  g_free (self);
}

OrmPath *
_orm_path_copy (OrmPath *self)
{
  OrmPath *copy = g_new0 (OrmPath, 1);

  *copy = *self;
  copy->sides = g_ptr_array_copy (self->sides, NULL, NULL);
  return copy;
}

static gboolean
follow (OrmPath *path, const char *name, GError **error)
{
  OrmSide *side = _orm_mapper_find_side (path->end, name);

  if (side == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "%s has no relationship “%s”",
                   g_type_name (path->end->type), name);
      return FALSE;
    }

  if (side->target == NULL && !_orm_mapper_resolve (path->end, error))
    return FALSE;

  g_ptr_array_add (path->sides, side);
  path->end = side->target;
  return TRUE;
}

/*
 * Parses the last name: a column, the id, or a relationship, which stands for
 * its target or its members.
 */
static gboolean
end_path (OrmPath *path, const char *name, GError **error)
{
  OrmSide *side = _orm_mapper_find_side (path->end, name);

  path->slot = _orm_mapper_find_column (path->end, name);
  if (path->slot >= 0 || strcmp (name, "id") == 0)
    return TRUE;

  if (side != NULL && side->spec->kind == ORM_RELATIONSHIP_TO_ONE)
    {
      path->slot = (gint) _orm_side_get_slot (side);
      return side->target != NULL || _orm_mapper_resolve (path->end, error);
    }

  if (side != NULL)
    {
      path->ends_with_members = TRUE;
      return follow (path, name, error);
    }

  g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH,
               "%s has neither a column nor a relationship “%s”", g_type_name (path->end->type),
               name);
  return FALSE;
}

OrmPath *
_orm_path_parse (OrmMapper *mapper, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ".", -1);
  OrmPath *path = g_new0 (OrmPath, 1);
  guint n = g_strv_length (names);

  path->sides = g_ptr_array_new ();
  path->end = mapper;
  path->slot = -1;

  for (guint i = 0; i + 1 < n; i++)
    if (!follow (path, names[i], error))
      {
        _orm_path_free (path);
        return NULL;
      }

  if (end_path (path, n > 0 ? names[n - 1] : "", error))
    return path;

  _orm_path_free (path);
  return NULL;
}

/*
 * The column at the end, or %NULL if the path ends at a key.
 */
const OrmColumn *
_orm_path_get_column (OrmPath *self)
{
  return self->slot >= 0 ? _orm_mapper_get_column (self->end, (guint) self->slot) : NULL;
}

/*
 * Parses a path that ends at a number, for a sum.
 */
OrmPath *
_orm_path_parse_number (OrmMapper *mapper, const char *text, GError **error)
{
  OrmPath *path = _orm_path_parse (mapper, text, error);
  const OrmColumn *column = path != NULL ? _orm_path_get_column (path) : NULL;
  gboolean is_number = path != NULL && !path->ends_with_members &&
                       (column != NULL ? column->type == ORM_COLUMN_TYPE_INT64 ||
                                           column->type == ORM_COLUMN_TYPE_BOOLEAN
                                       : path->slot < 0);

  for (guint i = 0; path != NULL && i < path->sides->len; i++)
    is_number &=
      ((const OrmSide *) g_ptr_array_index (path->sides, i))->spec->kind == ORM_RELATIONSHIP_TO_ONE;

  if (path == NULL || is_number)
    return path;

  g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "“%s” is not a number and cannot be summed",
               text);
  _orm_path_free (path);
  return NULL;
}
