/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-types.h"

G_BEGIN_DECLS

/*
 * OrmValue:
 *
 * One value, as it passes between an entity's field, the journal and a row.
 * Everything but text is an integer: a date is its Julian day, a timestamp its
 * Unix time in seconds, a reference its target's key.
 */
typedef struct
{
  gboolean is_text;
  gboolean is_null;
  union
  {
    gint64 integer;
    char *text;
  };
} OrmValue;

#define ORM_VALUE_NULL ((OrmValue){ .is_null = TRUE })
#define ORM_VALUE_INTEGER(i_) ((OrmValue){ .integer = (i_) })

OrmValue _orm_value_text (const char *text);
void _orm_value_clear (OrmValue *value);
OrmValue _orm_value_copy (const OrmValue *value);
gboolean _orm_value_equal (const OrmValue *a, const OrmValue *b);
int _orm_value_compare (const OrmValue *a, const OrmValue *b);

OrmValue _orm_value_from_field (const OrmColumn *column, gconstpointer instance);
void _orm_value_to_field (const OrmValue *value, const OrmColumn *column, gpointer instance);
void _orm_value_free_field (const OrmColumn *column, gpointer instance);
OrmValue _orm_value_from_gvalue (const OrmColumn *column, const GValue *gvalue);
void _orm_value_to_gvalue (const OrmValue *value, const OrmColumn *column, GValue *gvalue);
gboolean _orm_value_from_storage (const OrmColumn *column, const char *text, OrmValue *value);
char *_orm_value_to_storage (const OrmValue *value, const OrmColumn *column);
OrmValue _orm_value_fallback (const OrmColumn *column);
OrmValue _orm_value_from_date (const GDate *date);
OrmValue _orm_value_from_any_date (const GDate *date);
gboolean _orm_value_is_day (const OrmValue *value);
void _orm_append_integer (GString *text, gint64 number);
GType _orm_column_gtype (const OrmColumn *column);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrmValue, _orm_value_clear)

G_END_DECLS
