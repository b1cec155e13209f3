/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-connection-private.h"

G_BEGIN_DECLS

/* One bit each in a number. */
#define ORM_MAX_SLOTS 64

typedef struct _OrmMapper OrmMapper;
typedef struct _OrmSide OrmSide;

/*
 * OrmSide:
 *
 * One side of a relationship, linked to its other side.
 */
struct _OrmSide
{
  const OrmRelationship *spec;
  OrmMapper *owner;
  OrmMapper *target;
  OrmSide *inverse;
  char *sql_column; /* these two quoted for SQL */
  char *sql_association;
  GParamSpec *pspec;
  guint order_slot; /* the target's slot that the list is ordered by, if any */
  guint number;     /* index among the references or the collections of its class */
};

/*
 * OrmMapper:
 *
 * The mapping of a class, as declared in class_init. A *slot* is a column or,
 * after the columns, the foreign key of a to-one; a row consists of its id and
 * its slots.
 */
struct _OrmMapper
{
  GType type;
  const char *table;
  char *sql_table; /* quoted, like @sql_names */
  const OrmColumn *columns;
  guint n_columns;
  GParamSpec **column_pspecs;
  GRegex **patterns;
  OrmSide *sides;
  guint n_sides;
  OrmSide **references;
  guint n_references;
  OrmSide **collections;
  guint n_collections;
  guint n_slots;
  guint64 ordering_slots; /* the slots that some list is ordered by */
  char **slot_names;
  char **sql_names;
  OrmRead *reads;
  guint n_reads;
  char *select_list; /* the id, the slots, and a bit for each slot whose value has a wrong type */
  char *json_list;   /* the id and the slots */
  gboolean is_resolved;
};

OrmMapper *
_orm_mapper_new (GType type, const char *table, const OrmColumn *columns, guint n_columns);
void _orm_mapper_add_sides (OrmMapper *self, const OrmRelationship *relationships, guint n);
void _orm_mapper_ensure_resolved (OrmMapper *self);
gboolean _orm_mapper_resolve (OrmMapper *self, GError **error);
OrmMapper *_orm_mapper_for_type (GType type);
OrmSide *_orm_mapper_find_side (OrmMapper *self, const char *name);
gint _orm_mapper_find_column (OrmMapper *self, const char *name);
gboolean _orm_side_is_ordered (const OrmSide *side);
guint _orm_side_get_slot (const OrmSide *side);
gboolean _orm_side_has_links (const OrmSide *side);
OrmSide *_orm_side_get_first (OrmSide *side);
gboolean _orm_mapper_points_at_itself (OrmMapper *self);
const OrmColumn *_orm_mapper_get_column (OrmMapper *self, guint slot);

G_END_DECLS
