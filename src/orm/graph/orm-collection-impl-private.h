/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection-private.h"
#include "orm-fetch-private.h"
#include "orm-key-list-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * What the collection's own files know of it and nobody else does.
 */
struct _OrmCollection
{
  GObject parent_instance;

  OrmEntity *owner; /* not held, see on_collection_toggled() */
  OrmSide *side;
  gboolean is_loaded;
  OrmKeyList list;
  OrmKeys *queue;   /* what was added before loading */
  GHashTable *held; /* key → entity that is in no session yet */
  GSList *linkings; /* changes of links under way, the innermost first */
  GArray *values;   /* of OrmMemberValue, by key, while many are placed */
  guint n_missed;   /* how many rows were read to place members, before that */
  OrmFetch *fetch;  /* reads it again in the worker; made when that is needed */
};

/*
 * OrmMemberValue:
 *
 * What a row has in the column that an ordered list is sorted by.
 */
typedef struct
{
  gint64 key;
  OrmValue value;
} OrmMemberValue;

/* orm-collection-order.c */
guint _orm_collection_find_place (OrmCollection *self, OrmKeys *keys, OrmEntity *entity);
void _orm_collection_place_unsaved (OrmCollection *self, OrmKeys *keys);
void
_orm_collection_splice_ordered (OrmCollection *self, GPtrArray *removals, GPtrArray *additions);

void _orm_collection_become (OrmCollection *self, OrmKeys *wanted);
gboolean _orm_collection_begin_change (OrmCollection *self);
void _orm_collection_set_keys (OrmCollection *self, OrmKeys *wanted);

G_END_DECLS
