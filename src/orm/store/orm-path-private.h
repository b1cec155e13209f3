/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * OrmPath:
 *
 * A path from a class over relationships to a slot or to the id.
 */
typedef struct
{
  GPtrArray *sides; /* of OrmSide, not held */
  OrmMapper *end;
  gint slot;                  /* -1 for the id */
  gboolean ends_with_members; /* ends at a to-many and means the members themselves */
} OrmPath;

OrmPath *_orm_path_parse (OrmMapper *mapper, const char *text, GError **error);
OrmPath *_orm_path_copy (OrmPath *self);
void _orm_path_free (OrmPath *self);
const OrmColumn *_orm_path_get_column (OrmPath *self);
OrmPath *_orm_path_parse_number (OrmMapper *mapper, const char *text, GError **error);

G_END_DECLS
