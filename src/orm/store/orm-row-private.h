/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * OrmRow:
 *
 * A row as it was read: the id and the slots.
 */
typedef struct
{
  gint64 id;
  GList link;         /* in the cache's queue; data is the row */
  gboolean is_shared; /* it was read as the target of a to-one */
  OrmValue values[];
} OrmRow;

/*
 * OrmReadAhead:
 *
 * The block of a list that was read last, to recognise reading in order.
 */
typedef struct
{
  guint first;
  guint end;
  guint n;
  guint n_in_order; /* the number of consecutive blocks read */
} OrmReadAhead;

/*
 * OrmRowCache:
 *
 * The rows of one class that were read recently, so that an entity that was
 * finalized can be created again without a statement. The cache has values, not
 * entities: an entity holds references to its targets, and a list that held its
 * entities would keep itself alive.
 */
typedef struct
{
  OrmMapper *mapper;
  GHashTable *rows; /* id → OrmRow */
  GQueue queue;     /* oldest first */
  OrmReadAhead ahead;
} OrmRowCache;

OrmRowCache *_orm_row_cache_new (OrmMapper *mapper);
void _orm_row_cache_free (OrmRowCache *self);
OrmRow *_orm_row_cache_lookup (OrmRowCache *self, gint64 id);
gboolean
_orm_row_read_id (OrmMapper *mapper, OrmResult *result, guint row, gint64 *id, GError **error);
void _orm_row_set_error (OrmMapper *mapper, gint64 id, guint slot, GError **error);
void _orm_row_set_id_error (OrmMapper *mapper, const char *id, GError **error);
OrmRow *_orm_row_cache_take (OrmRowCache *self, const OrmCell *cells, GError **error);
OrmRow *
_orm_row_cache_take_result (OrmRowCache *self, OrmResult *result, guint row, GError **error);
gboolean _orm_row_cache_take_json (OrmRowCache *self, char *text, GError **error);
void _orm_row_cache_remove (OrmRowCache *self, gint64 id);
void _orm_row_cache_clear (OrmRowCache *self);

G_END_DECLS
